//! Phone numbers to E.164, with the assumed country shown.

/// A phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The text as written.
    pub raw: String,
    /// E.164.
    pub e164: String,
}
