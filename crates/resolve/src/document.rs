//! Numbers of documents and registers: exact, one confused character, or another number of the
//! same kind.

use crate::facts::{HELD_PAPER, HELD_PASSPORT};
use crate::outcome::Outcome;

/// A number, folded, with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) raw: String,
    pub(crate) kind: NumberKind,
    pub(crate) folded: String,
}

/// The kinds of which a person or body has, as a rule, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// A passport.
    Passport,
    /// An identity card or national number.
    Identity,
    /// Any other register.
    Other,
}

/// Properties that hold such numbers. Of papers that are entities of their own only a passport's kind
/// is sure: an `Identification` may be any register.
pub(crate) const NUMBER_PROPERTIES: [(&str, NumberKind); 12] = [
    ("passportNumber", NumberKind::Passport),
    ("idNumber", NumberKind::Identity),
    ("socialSecurityNumber", NumberKind::Identity),
    ("taxNumber", NumberKind::Other),
    ("innCode", NumberKind::Other),
    ("registrationNumber", NumberKind::Other),
    ("leiCode", NumberKind::Other),
    ("swiftBic", NumberKind::Other),
    ("imoNumber", NumberKind::Other),
    ("mmsi", NumberKind::Other),
    (HELD_PASSPORT, NumberKind::Passport),
    (HELD_PAPER, NumberKind::Other),
];

/// Shorter numbers are shared by too many papers to say anything. Chosen by hand.
const LENGTH_MIN: usize = 5;

impl Number {
    /// A number as written; `None` if too little is left of it.
    pub(crate) fn new(raw: &str, kind: NumberKind) -> Option<Self> {
        let folded: String = raw.chars().filter_map(fold_char).collect();
        let has_digits = folded.bytes().filter(u8::is_ascii_digit).count() >= 3;
        (folded.len() >= LENGTH_MIN && has_digits).then(|| Self {
            raw: raw.to_owned(),
            kind,
            folded,
        })
    }
}

/// Letters upper case, digits of any script as ASCII, all else dropped.
fn fold_char(c: char) -> Option<char> {
    let digit = match c {
        '٠'..='٩' => Some(u32::from(c) - 0x660),
        '۰'..='۹' => Some(u32::from(c) - 0x6F0),
        _ => None,
    };
    match digit {
        Some(value) => char::from_digit(value, 10),
        None if c.is_ascii_alphanumeric() => Some(c.to_ascii_uppercase()),
        None => None,
    }
}

/// How two numbers agree; `None` where they are of different kinds and differ.
pub(crate) fn compare_numbers(left: &Number, right: &Number) -> Option<Outcome> {
    if left.folded == right.folded {
        return Some(Outcome::DocumentSame);
    }
    if left.kind != right.kind {
        return None;
    }
    if is_confusable(&left.folded, &right.folded) {
        return Some(Outcome::DocumentNear);
    }
    (left.kind != NumberKind::Other).then_some(Outcome::DocumentDifferent)
}

/// One character differs, and scanners or eyes confuse the two.
fn is_confusable(left: &str, right: &str) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut differing = left.bytes().zip(right.bytes()).filter(|(a, b)| a != b);
    match (differing.next(), differing.next()) {
        (Some((a, b)), None) => [b"0OQD", b"1IL7", b"5S6G", b"8B3E", b"2Z7T", b"4A9G", b"UVWY"]
            .iter()
            .any(|group| group.contains(&a) && group.contains(&b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Option<Outcome>) {
        let number = |raw| Number::new(raw, NumberKind::Passport).expect("long enough");
        assert_eq!(compare_numbers(&number(left), &number(right)), expected);
        assert_eq!(compare_numbers(&number(right), &number(left)), expected);
    }

    #[test]
    fn numbers_agree_across_spellings_and_scripts() {
        check("ZZ-000 1234", "zz0001234", Some(Outcome::DocumentSame));
        check("٠٠٠١٢٣٤", "0001234", Some(Outcome::DocumentSame));
        check("ZZ0001234", "ZZO001234", Some(Outcome::DocumentNear));
        check("ZZ0001234", "ZZ0009999", Some(Outcome::DocumentDifferent));
    }

    #[test]
    fn a_fragment_is_no_number() {
        assert_eq!(Number::new("12", NumberKind::Passport), None);
        assert_eq!(Number::new("unknown", NumberKind::Passport), None);
    }
}
