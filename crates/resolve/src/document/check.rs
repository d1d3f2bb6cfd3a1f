//! Check digits: whether a number of a register passes the check that the register itself makes.
//!
//! Does not say that a number was ever given out. Invariant: only folded numbers are read, so that a
//! number checks the same however it is spelled.

use super::NumberKind;

/// What a number's own check digits say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// They fit.
    Passes,
    /// They do not fit, or the number has not the length of its register: it was misread, mistyped
    /// or made up.
    Fails,
}

/// The check of a number; `None` for kinds without check digits.
pub(super) fn check_number(kind: NumberKind, folded: &str) -> Option<Check> {
    let passes = match kind {
        NumberKind::Lei => is_lei(folded),
        NumberKind::Imo => digits(folded).is_some_and(|d| is_ship(&d) || is_ship_company(&d)),
        NumberKind::Inn => is_inn(&digits(folded)?)?,
        NumberKind::Ogrn => digits(folded).is_some_and(|d| is_ogrn(&d)),
        NumberKind::Passport | NumberKind::Identity | NumberKind::Other => return None,
    };
    Some(if passes { Check::Passes } else { Check::Fails })
}

/// ISO 17442: 20 characters, the last two digits chosen so that the whole, a letter read as 10 to
/// 35, leaves 1 when divided by 97 (ISO/IEC 7064, MOD 97-10).
fn is_lei(folded: &str) -> bool {
    let remainder = folded.chars().try_fold(0, |rest, c| {
        let value = c.to_digit(36)?;
        Some((rest * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    folded.len() == 20 && remainder == Some(1)
}

/// IMO ship number (IMO Resolution A.1117(30)): of seven digits the first six times 7 to 2 add up to
/// a number that ends in the seventh.
fn is_ship(digits: &[u32]) -> bool {
    is_weighed(digits, &[7, 6, 5, 4, 3, 2], |sum| sum % 10)
}

/// IMO company number (IMO Resolution MSC.160(78)), with the weights that OpenSanctions' rigour
/// checks.
fn is_ship_company(digits: &[u32]) -> bool {
    is_weighed(digits, &[8, 6, 4, 2, 9, 7], |sum| (11 - sum % 11) % 10)
}

/// INN, the number of Russian taxpayers (order of the Federal Tax Service of 29 June 2012,
/// MMV-7-6/435@; the weights as python-stdnum has them): ten digits for bodies, twelve for people.
/// `None` for another length: other countries call their numbers INN, too.
fn is_inn(digits: &[u32]) -> Option<bool> {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let last = |sum: u32| sum % 11 % 10;
    match digits.len() {
        10 => Some(is_weighed(digits, &WEIGHTS[2..], last)),
        12 => Some(
            is_weighed(&digits[..11], &WEIGHTS[1..], last) && is_weighed(digits, &WEIGHTS, last),
        ),
        _ => None,
    }
}

/// OGRN and OGRNIP, Russian state registration (order of the Ministry of Finance of 18 February
/// 2015, 25n): the last digit is that of the remainder by 11 of the twelve before it, by 13 of the
/// fourteen for the self-employed.
fn is_ogrn(digits: &[u32]) -> bool {
    let divisor = match digits.len() {
        13 => 11,
        15 => 13,
        _ => return false,
    };
    digits.split_last().is_some_and(|(check, rest)| {
        rest.iter().fold(0, |left, digit| (left * 10 + digit) % divisor) % 10 == *check
    })
}

/// True if the last digit follows from the sum of the others, each times its weight.
fn is_weighed(digits: &[u32], weights: &[u32], check: impl Fn(u32) -> u32) -> bool {
    digits.split_last().is_some_and(|(last, rest)| {
        let sum = rest.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
        rest.len() == weights.len() && check(sum) == *last
    })
}

/// The check digit that a machine readable zone puts behind the number of a passport (ICAO Doc 9303
/// part 3, 4.9): weights 7, 3, 1; a letter is 10 to 35; fillers are 0 and, at the end, change
/// nothing.
pub(super) fn zone_digit(folded: &str) -> Option<char> {
    let sum = folded
        .chars()
        .zip([7, 3, 1].into_iter().cycle())
        .try_fold(0, |sum, (c, weight)| Some(sum + c.to_digit(36)? * weight))?;
    char::from_digit(sum % 10, 10)
}

fn digits(folded: &str) -> Option<Vec<u32>> {
    folded.chars().map(|c| c.to_digit(10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: NumberKind, folded: &str, expected: Option<Check>) {
        assert_eq!(check_number(kind, folded), expected, "{folded}");
    }

    #[test]
    fn numbers_of_registers_check() {
        check(NumberKind::Lei, "0000ZZSAMPLE00000132", Some(Check::Passes));
        check(NumberKind::Lei, "0000ZZSAMPLE00000133", Some(Check::Fails));
        check(NumberKind::Lei, "0000ZZSAMPLE000001", Some(Check::Fails));
        check(NumberKind::Imo, "1234567", Some(Check::Passes));
        check(NumberKind::Imo, "1234576", Some(Check::Fails));
        check(NumberKind::Imo, "123456", Some(Check::Fails));
        check(NumberKind::Imo, "0001233", Some(Check::Passes));
        check(NumberKind::Inn, "1234567894", Some(Check::Passes));
        check(NumberKind::Inn, "1234567895", Some(Check::Fails));
        check(NumberKind::Inn, "123456789047", Some(Check::Passes));
        check(NumberKind::Inn, "123456789037", Some(Check::Fails));
        check(NumberKind::Ogrn, "1000000000120", Some(Check::Passes));
        check(NumberKind::Ogrn, "1000000000121", Some(Check::Fails));
        check(NumberKind::Ogrn, "300000000000123", Some(Check::Passes));
        check(NumberKind::Ogrn, "30000000000012", Some(Check::Fails));
    }

    #[test]
    fn what_has_no_check_digit_is_not_doubted() {
        check(NumberKind::Passport, "ZZ0001234", None);
        check(NumberKind::Other, "1234567895", None);
        check(NumberKind::Inn, "123456789", None);
    }

    #[test]
    fn the_zone_of_the_specimen_passport_checks() {
        // The specimen of ICAO Doc 9303 part 4.
        assert_eq!(zone_digit("L898902C3"), Some('6'));
        assert_eq!(zone_digit("-"), None);
    }
}
