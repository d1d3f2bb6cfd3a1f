//! The name engine: text to parts, keys, features and a calibrated score.
