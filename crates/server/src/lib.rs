//! HTTP over a case.
