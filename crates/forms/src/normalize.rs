//! Normalised values of answers, one rule per kind of value, as FORM.md has them.
//!
//! Never guesses: what is not understood has no normalised value, and the text as written stays. What
//! a value leaves open (another reading, an interval of days, a country that was assumed) stands
//! beside it.

use model::value::{
    Calendar, Country, DateOrder, DateValue, Phone, find_countries, parse_country,
    parse_country_fuzzy, parse_date, parse_phones,
};

use crate::Key;
use crate::blood::parse_blood;
use crate::fit::parse_children;
use crate::form::{Detail, Flaw};
use crate::vocabulary::{self, Section};

/// Least likeness of a typed word to one of ours: one wrong letter in five. Chosen by hand.
const TYPED_LEAST: f32 = 0.8;
/// What parts the values of an answer that has several.
pub(crate) const SEVERAL: &str = ";";

/// The normalised value of an answer, if it can be told, and what it leaves open.
pub(crate) fn normalize(key: Key, written: &str, order: DateOrder) -> (Option<String>, Detail) {
    match key {
        Key::BirthDate | Key::EntryDate | Key::DeathDate => date(written, order),
        Key::Contact => contact(written, None),
        Key::Residence => {
            let country = match find_countries(written).as_slice() {
                [only] => Some(only.to_string()),
                _ => None,
            };
            (text(written), Detail { country, ..Detail::default() })
        }
        _ => (plain(key, written), Detail::default()),
    }
}

/// Values that leave nothing open.
fn plain(key: Key, written: &str) -> Option<String> {
    match key {
        Key::Nationality => country(written),
        Key::BloodType => parse_blood(written, false),
        Key::MaritalStatus => word(Section::MaritalStatus, written),
        Key::Children => parse_children(written).map(|n| n.to_string()),
        Key::Education => word(Section::Education, written),
        Key::ShariaLevel => word(Section::ShariaLevel, written),
        Key::Role => word(Section::Role, written).or_else(|| Some("other".to_owned())),
        Key::Obedience => word(Section::Obedience, written).or_else(|| text(written)),
        Key::Speciality => word(Section::Speciality, written).or_else(|| text(written)),
        Key::EntryPoint => word(Section::EntryPoint, written)
            .or_else(|| {
                let found = vocabulary::nearest_within(Section::EntryPoint, written, TYPED_LEAST);
                found.map(|found| found.value.to_owned())
            })
            .or_else(|| text(written)),
        Key::Travelled => countries(written),
        Key::Recommender
        | Key::Facilitator
        | Key::PriorJihad
        | Key::Deposits
        | Key::Notes
        | Key::Occupation
        | Key::Workplace => none(written).or_else(|| text(written)),
        _ => text(written),
    }
}

/// A date as ISO 8601, cut where the text says no more. Of a Hijri date the value is the day of the
/// Umm al-Qura calendar, the interval that of both calendars.
fn date(written: &str, order: DateOrder) -> (Option<String>, Detail) {
    let Some(date) = parse_date(written, order) else { return (None, Detail::default()) };
    let calendar = match date.calendar {
        Calendar::Gregorian => None,
        Calendar::Islamic => Some("hijri"),
        Calendar::Persian => Some("solar_hijri"),
    };
    let detail = Detail {
        calendar,
        interval: calendar.map(|_| format!("{}/{}", date.from, date.to)),
        readings: readings(&date),
        flaws: if date.flawed { vec![Flaw::Impossible] } else { Vec::new() },
        ..Detail::default()
    };
    let value = date.to_ftm();
    (Some(value).filter(|value| !value.is_empty()), detail)
}

fn readings(date: &DateValue) -> Vec<String> {
    let show = |(from, to)| if from == to { format!("{from}") } else { format!("{from}/{to}") };
    date.alternatives.iter().copied().map(show).collect()
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
        .or_else(|| several_countries(written))
}

/// Several nationalities, where the text is nothing but them.
fn several_countries(written: &str) -> Option<String> {
    let and = |word: &&str| ["and", "et", "ve", "und", "и", "و"].contains(word);
    let apart = |c: char| c.is_whitespace() || ",;،؛/|+&-–".contains(c);
    let words = written.split(apart).filter(|word| !word.is_empty() && !and(word));
    let codes: Option<Vec<String>> = words
        .map(|word| parse_country(word).or_else(|| parse_country(word.strip_prefix('و')?)))
        .map(|country| country.map(|country| country.to_string()))
        .collect();
    codes.map(|codes| codes.join(SEVERAL))
}

fn countries(written: &str) -> Option<String> {
    if let Some(none) = none(written) {
        return Some(none);
    }
    let codes: Vec<String> = find_countries(written).iter().map(ToString::to_string).collect();
    (!codes.is_empty()).then(|| codes.join(SEVERAL))
}

/// Phones as E.164; an address, or a number whose country is neither written nor assumed, as text.
pub(crate) fn contact(written: &str, assumed: Option<Country>) -> (Option<String>, Detail) {
    let phones = parse_phones(written, assumed);
    if phones.is_empty() {
        return (none(written).or_else(|| text(written)), Detail::default());
    }
    let assumed = phones.iter().find_map(|phone| phone.assumed).map(|c| c.to_string());
    let mut numbers: Vec<&str> = Vec::new();
    for Phone { number, .. } in &phones {
        if !numbers.contains(&number.as_str()) {
            numbers.push(number);
        }
    }
    (Some(numbers.join(SEVERAL)), Detail { assumed, ..Detail::default() })
}

/// The single values of an answer.
pub(crate) fn values(key: Key, normalized: &str) -> Vec<&str> {
    let parts = || normalized.split(SEVERAL);
    let is_number = |part: &str| part.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit());
    match key {
        Key::Travelled | Key::Nationality => parts().collect(),
        Key::Contact if parts().all(is_number) => parts().collect(),
        _ => vec![normalized],
    }
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
            let (normalized, _) = normalize(key, written, DateOrder::DayFirst);
            assert_eq!(normalized.as_deref(), expected, "{key}: {written}");
        }
    }
}
