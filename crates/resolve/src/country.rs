//! Countries of a person: nationality against nationality, or against where they were born or live.

use model::value::Country;

use crate::outcome::Outcome;

/// The countries that a source ties to a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct Countries {
    /// Nationality and citizenship, ordered.
    pub(crate) nationalities: Vec<Country>,
    /// Country of birth, of residence, or of no stated kind, ordered.
    pub(crate) others: Vec<Country>,
}

impl Countries {
    pub(crate) fn is_empty(&self) -> bool {
        self.nationalities.is_empty() && self.others.is_empty()
    }
}

/// How the countries of two people agree, and by which country. `None` if either states none.
pub(crate) fn compare_countries(
    left: &Countries,
    right: &Countries,
) -> Option<(Outcome, Option<Country>)> {
    if left.is_empty() || right.is_empty() {
        return None;
    }
    let shared = |a: &[Country], b: &[Country]| a.iter().find(|c| b.contains(c)).copied();
    if let Some(country) = shared(&left.nationalities, &right.nationalities) {
        return Some((Outcome::NationalitySame, Some(country)));
    }
    let crossed = shared(&left.nationalities, &right.others)
        .or_else(|| shared(&left.others, &right.nationalities))
        .or_else(|| shared(&left.others, &right.others));
    let are_both_stated = !left.nationalities.is_empty() && !right.nationalities.is_empty();
    match crossed {
        // A Tunisian born in France and a Frenchman: not the same nationality, yet no contradiction.
        Some(_) if are_both_stated => Some((Outcome::NationalityOtherCountry, None)),
        Some(country) => Some((Outcome::NationalityCountry, Some(country))),
        None if are_both_stated => Some((Outcome::NationalityDifferent, None)),
        None => Some((Outcome::NationalityOtherCountry, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries(nationalities: &[&[u8; 2]], others: &[&[u8; 2]]) -> Countries {
        let codes = |list: &[&[u8; 2]]| list.iter().map(|c| Country(**c)).collect();
        Countries { nationalities: codes(nationalities), others: codes(others) }
    }

    fn check(left: &Countries, right: &Countries, expected: Option<Outcome>) {
        assert_eq!(compare_countries(left, right).map(|c| c.0), expected);
        assert_eq!(compare_countries(right, left).map(|c| c.0), expected);
    }

    #[test]
    fn nationality_meets_nationality_first() {
        let tunisian = countries(&[b"TN"], &[]);
        check(&tunisian, &countries(&[b"FR", b"TN"], &[]), Some(Outcome::NationalitySame));
        check(&tunisian, &countries(&[b"FR"], &[]), Some(Outcome::NationalityDifferent));
        check(&tunisian, &countries(&[], &[b"TN"]), Some(Outcome::NationalityCountry));
        check(&tunisian, &countries(&[], &[b"FR"]), Some(Outcome::NationalityOtherCountry));
        check(&tunisian, &Countries::default(), None);
    }

    #[test]
    fn a_country_of_birth_softens_another_nationality() {
        let left = countries(&[b"TN"], &[b"FR"]);
        check(&left, &countries(&[b"FR"], &[]), Some(Outcome::NationalityOtherCountry));
    }
}
