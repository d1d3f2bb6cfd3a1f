//! Numbers of documents and registers: exact, misread by a character, or another number of the
//! same kind.
//!
//! Invariants: comparing is symmetric; two numbers that follow each other in a series are two
//! documents, never near, and so are two that pass their own checks.

mod check;

use check::{check_number, zone_digit};

pub(crate) use check::Check;

use crate::facts::{HELD_PAPER, HELD_PASSPORT};
use crate::outcome::Outcome;

/// A number, folded, with its kind and what its check digits say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) raw: String,
    pub(crate) kind: NumberKind,
    pub(crate) folded: String,
    pub(crate) check: Option<Check>,
}

/// The kinds of which a person, body or vessel has, as a rule, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    /// A passport.
    Passport,
    /// An identity card or national number.
    Identity,
    /// Legal Entity Identifier.
    Lei,
    /// A ship or shipping company.
    Imo,
    /// A Russian taxpayer.
    Inn,
    /// A body in the Russian state register.
    Ogrn,
    /// Any other register.
    Other,
}

/// Properties that hold such numbers. Of papers that are entities of their own only a passport's kind
/// is sure: an `Identification` may be any register.
pub(crate) const NUMBER_PROPERTIES: [(&str, NumberKind); 13] = [
    ("passportNumber", NumberKind::Passport),
    ("idNumber", NumberKind::Identity),
    ("socialSecurityNumber", NumberKind::Identity),
    ("taxNumber", NumberKind::Other),
    ("innCode", NumberKind::Inn),
    ("ogrnCode", NumberKind::Ogrn),
    ("registrationNumber", NumberKind::Other),
    ("leiCode", NumberKind::Lei),
    ("swiftBic", NumberKind::Other),
    ("imoNumber", NumberKind::Imo),
    ("mmsi", NumberKind::Other),
    (HELD_PASSPORT, NumberKind::Passport),
    (HELD_PAPER, NumberKind::Other),
];

/// Shorter numbers are shared by too many papers to say anything. Chosen by hand.
const LENGTH_MIN: usize = 5;
/// A character is dropped from long numbers only: of two short ones one is too often within the
/// other by chance. Chosen by hand.
const DROPPED_LENGTH_MIN: usize = 8;
/// What some write before a number of a register, and how many digits then follow.
const LABELS: [(&str, &[usize]); 3] = [("IMO", &[7]), ("INN", &[10, 12]), ("OGRN", &[13, 15])];
/// Characters that scanners and eyes confuse. Chosen by hand.
const CONFUSABLE: [&[u8]; 7] = [b"0OQD", b"1IL7", b"5S6G", b"8B3E", b"2Z7T", b"4A9G", b"UVWY"];

impl Number {
    /// A number as written; `None` if too little is left of it.
    pub(crate) fn new(raw: &str, kind: NumberKind) -> Option<Self> {
        let folded: String = raw.chars().filter_map(fold_char).collect();
        let folded = without_label(&folded).to_owned();
        let has_digits = folded.bytes().filter(u8::is_ascii_digit).count() >= 3;
        // Nothing but zeros stands for a number that is not known.
        let says_something = folded.bytes().any(|b| b != b'0');
        (folded.len() >= LENGTH_MIN && has_digits && says_something).then(|| Self {
            raw: raw.to_owned(),
            kind,
            check: check_number(kind, &folded),
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

fn without_label(folded: &str) -> &str {
    let is_number = |rest: &&str| rest.bytes().all(|b| b.is_ascii_digit());
    LABELS
        .into_iter()
        .filter_map(|(label, lengths)| Some((folded.strip_prefix(label)?, lengths)))
        .find(|(rest, lengths)| lengths.contains(&rest.len()) && is_number(rest))
        .map_or(folded, |(rest, _)| rest)
}

/// How two numbers agree; `None` where they are of different kinds and differ. Symmetric.
pub(crate) fn compare_numbers(left: &Number, right: &Number) -> Option<Outcome> {
    if left.folded == right.folded {
        return Some(Outcome::DocumentSame);
    }
    if left.kind != right.kind {
        return None;
    }
    let is_near = match (left.check, right.check) {
        (Some(Check::Passes), Some(Check::Passes)) => return Some(Outcome::RegisterDifferent),
        // The one is what the other should be.
        (Some(Check::Passes), Some(Check::Fails)) | (Some(Check::Fails), Some(Check::Passes)) => {
            differing(&left.folded, &right.folded).is_some()
        }
        _ => is_confusable(&left.folded, &right.folded),
    };
    let has_zone_digit = left.kind == NumberKind::Passport
        && (is_zone(&left.folded, &right.folded) || is_zone(&right.folded, &left.folded));
    if is_near || has_zone_digit || has_dropped(&left.folded, &right.folded) {
        return Some(Outcome::DocumentNear);
    }
    match left.kind {
        NumberKind::Passport | NumberKind::Identity => Some(Outcome::DocumentDifferent),
        // A number that fails may have been any other; of an unknown register nothing is known.
        _ => (left.check.is_some() && right.check.is_some()).then_some(Outcome::DocumentDifferent),
    }
}

/// The two characters, where just one differs.
fn differing(left: &str, right: &str) -> Option<(u8, u8)> {
    let mut differing = left.bytes().zip(right.bytes()).filter(|(a, b)| a != b);
    match (left.len() == right.len(), differing.next(), differing.next()) {
        (true, found, None) => found,
        _ => None,
    }
}

/// One character differs, and scanners or eyes confuse the two. Not so a last digit that is the next
/// one: papers of a family are given out in a row.
fn is_confusable(left: &str, right: &str) -> bool {
    differing(left, right).is_some_and(|(a, b)| {
        let is_last = left.as_bytes().last() != right.as_bytes().last();
        let is_next = a.is_ascii_digit() && b.is_ascii_digit() && a.abs_diff(b) == 1;
        CONFUSABLE.iter().any(|group| group.contains(&a) && group.contains(&b))
            && !(is_last && is_next)
    })
}

/// The longer is the shorter with one character more. Numbers of one series have one length, so that
/// neighbours never meet here.
fn has_dropped(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    if short.len() < DROPPED_LENGTH_MIN || short.len() + 1 != long.len() {
        return false;
    }
    let same = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    short.as_bytes()[same..] == long.as_bytes()[same + 1..]
}

/// The zone is the number with its check digit, copied from the machine readable zone of a passport.
fn is_zone(number: &str, zone: &str) -> bool {
    zone.strip_prefix(number).is_some_and(|rest| {
        let mut rest = rest.chars();
        rest.next() == zone_digit(number) && rest.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Option<Outcome>) {
        check_kind(NumberKind::Passport, left, right, expected);
    }

    fn check_kind(kind: NumberKind, left: &str, right: &str, expected: Option<Outcome>) {
        let number = |raw| Number::new(raw, kind).expect("long enough");
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
        assert_eq!(Number::new("IMO 0000000", NumberKind::Imo), None);
    }

    #[test]
    fn one_character_too_few_is_near_in_long_numbers_only() {
        check("ZZ0001234", "ZZ001234", Some(Outcome::DocumentNear));
        check("N00123456", "00123456", Some(Outcome::DocumentNear));
        check("ZZ00123", "ZZ0123", Some(Outcome::DocumentDifferent));
        check("ZZ0001234", "Z0001243", Some(Outcome::DocumentDifferent));
    }

    #[test]
    fn neighbours_of_a_series_are_other_documents() {
        for first in [10_000_000, 12_345_670, 99_999_985] {
            let numbers: Vec<String> = (first..first + 30).map(|n: u32| n.to_string()).collect();
            for (at, left) in numbers.iter().enumerate() {
                for right in &numbers[at + 1..] {
                    assert!(!has_dropped(left, right), "{left} {right}");
                }
            }
            for pair in numbers.windows(2) {
                check(&pair[0], &pair[1], Some(Outcome::DocumentDifferent));
            }
        }
    }

    #[test]
    fn a_passport_number_with_its_zone_digit_is_near() {
        check("ZZ01234", "ZZ012344", Some(Outcome::DocumentNear));
        check("ZZ01234", "ZZ012345", Some(Outcome::DocumentDifferent));
    }

    #[test]
    fn two_numbers_of_one_register_conflict() {
        let (first, second) = ("0000ZZSAMPLE00000132", "0000ZZSAMPLE00000229");
        check_kind(NumberKind::Lei, first, second, Some(Outcome::RegisterDifferent));
        check_kind(NumberKind::Imo, "IMO 1234567", "7654329", Some(Outcome::RegisterDifferent));
        check_kind(NumberKind::Imo, "IMO 1234567", "1234567", Some(Outcome::DocumentSame));
        check_kind(NumberKind::Other, "10000123", "20000456", None);
    }

    #[test]
    fn a_number_that_fails_its_check_may_be_the_one_that_passes() {
        check_kind(NumberKind::Inn, "1234567894", "1234567294", Some(Outcome::DocumentNear));
        check_kind(NumberKind::Inn, "1234567894", "1243567294", Some(Outcome::DocumentDifferent));
        check_kind(NumberKind::Inn, "1234567894", "123456789", Some(Outcome::DocumentNear));
        check_kind(NumberKind::Inn, "1234567894", "987654321", None);
    }
}
