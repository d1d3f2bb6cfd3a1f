//! Countries: ISO 3166-1 alpha-2 codes from codes, names and demonyms in many languages.

/// A country by its ISO 3166-1 alpha-2 code, upper case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub [u8; 2]);
