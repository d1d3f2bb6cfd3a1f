//! Documents to statements: labels, answers, registers.
