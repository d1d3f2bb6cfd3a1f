//! Normalised values of answers, one rule per kind of value, as FORM.md has them.
//!
//! Never guesses: what is not understood has no normalised value, and the text as written stays.

use model::value::{
    DateOrder, find_countries, parse_country, parse_country_fuzzy, parse_date, parse_phone,
};

use crate::Key;
use crate::blood::parse_blood;
use crate::fit::parse_children;
use crate::vocabulary::{self, Section};

/// Least likeness of a typed word to one of ours: one wrong letter in five. Chosen by hand.
const TYPED_LEAST: f32 = 0.8;
/// What parts the values of an answer that has several.
pub(crate) const SEVERAL: &str = ";";

/// The normalised value of an answer, if it can be told.
pub(crate) fn normalize(key: Key, written: &str, order: DateOrder) -> Option<String> {
    match key {
        Key::BirthDate | Key::EntryDate | Key::DeathDate => {
            parse_date(written, order).map(|d| d.to_ftm()).filter(|d| !d.is_empty())
        }
        Key::Nationality => country(written),
        Key::BloodType => parse_blood(written, false),
        Key::MaritalStatus => word(Section::MaritalStatus, written),
        Key::Children => parse_children(written).map(|n| n.to_string()),
        Key::Education => word(Section::Education, written),
        Key::ShariaLevel => word(Section::ShariaLevel, written),
        Key::Role => word(Section::Role, written).or_else(|| Some("other".to_owned())),
        Key::Obedience => word(Section::Obedience, written).or_else(|| text(written)),
        Key::Speciality => word(Section::Speciality, written).or_else(|| text(written)),
        Key::EntryPoint => word(Section::EntryPoint, written).or_else(|| text(written)),
        Key::Travelled => countries(written),
        Key::Contact => contact(written),
        Key::Recommender
        | Key::Facilitator
        | Key::PriorJihad
        | Key::Deposits
        | Key::Notes
        | Key::Occupation
        | Key::Workplace => none(written).or_else(|| text(written)),
        Key::FullName | Key::Kunya | Key::MotherName | Key::Residence | Key::DeathPlace => {
            text(written)
        }
    }
}

/// The text with its white space tidied.
fn text(written: &str) -> Option<String> {
    let tidy = written.split_whitespace().collect::<Vec<_>>().join(" ");
    (!tidy.is_empty()).then_some(tidy)
}

fn none(written: &str) -> Option<String> {
    vocabulary::exact(Section::None, written).map(|found| found.value.to_owned())
}

fn word(section: Section, written: &str) -> Option<String> {
    vocabulary::exact(section, written)
        .or_else(|| vocabulary::within(section, written))
        .or_else(|| vocabulary::nearest(section, written, TYPED_LEAST))
        .map(|found| found.value.to_owned())
}

fn country(written: &str) -> Option<String> {
    parse_country(written)
        .or_else(|| match find_countries(written).as_slice() {
            [only] => Some(*only),
            _ => None,
        })
        .or_else(|| parse_country_fuzzy(written).map(|(country, _)| country))
        .map(|country| country.to_string())
}

fn countries(written: &str) -> Option<String> {
    if let Some(none) = none(written) {
        return Some(none);
    }
    let codes: Vec<String> = find_countries(written).iter().map(ToString::to_string).collect();
    (!codes.is_empty()).then(|| codes.join(SEVERAL))
}

/// A phone as E.164; an address or a number without its country as text.
fn contact(written: &str) -> Option<String> {
    parse_phone(written, None)
        .map(|phone| phone.number)
        .or_else(|| none(written))
        .or_else(|| text(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_is_normalised() {
        for (key, written, expected) in [
            (Key::BirthDate, "٨/٦/١٩٩٧", Some("1997-06-08")),
            (Key::BirthDate, "1988", Some("1988")),
            (Key::BirthDate, "sample", None),
            (Key::Nationality, "тунисец", Some("TN")),
            (Key::MaritalStatus, "متزوجة", Some("married")),
            (Key::MaritalStatus, "holost", None),
            (Key::Children, "ولدان", Some("2")),
            (Key::Education, "lycée", Some("secondary")),
            (Key::ShariaLevel, "طالب علم", Some("advanced")),
            (Key::Role, "استشهادي", Some("suicide")),
            (Key::Role, "cook", Some("other")),
            (Key::EntryPoint, "اعزاز", Some("Azaz")),
            (Key::EntryPoint, "Sample  Hill", Some("Sample Hill")),
            (Key::Travelled, "مصر، فرنسا", Some("EG;FR")),
            (Key::Travelled, "لا يوجد", Some("none")),
            (Key::Contact, "+٩٩٩ ١٧٤ ٨٤٨ ٧٩٠", Some("+999174848790")),
            (Key::Recommender, "néant", Some("none")),
            (Key::FullName, " Sample\n Person ", Some("Sample Person")),
        ] {
            let normalized = normalize(key, written, DateOrder::DayFirst);
            assert_eq!(normalized.as_deref(), expected, "{key}: {written}");
        }
    }
}
