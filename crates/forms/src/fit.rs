//! What an answer's content says of the key it stands under: evidence beside the label's wording.

use model::value::{
    DateOrder, find_countries, parse_country, parse_country_fuzzy, parse_date, parse_phone,
};

use crate::Key;
use crate::blood::parse_blood;
use crate::fold::{ascii_digits, fold, words};
use crate::vocabulary::{self, Section};

/// Likeness from which a word may be a misread one of ours. Chosen by hand.
const LIKE_LEAST: f32 = 0.7;

/// How well a text fits what a key can hold: 1 for a text that hardly fits another key, 0 where it
/// says nothing, -1 where it cannot stand there. The figures are chosen by hand.
pub(crate) fn fit(key: Key, text: &str) -> f32 {
    let folded = fold(text);
    if folded.is_empty() {
        return 0.0;
    }
    if vocabulary::exact(Section::Unknown, text).is_some() {
        return 0.0;
    }
    if vocabulary::exact(Section::None, text).is_some() {
        return fit_of_none(key);
    }
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    match key {
        Key::FullName | Key::MotherName => fit_name(key, &folded, digits),
        Key::Kunya if is_kunya(&folded) && digits == 0 => 1.0,
        Key::Kunya => {
            if digits > 0 {
                -1.0
            } else {
                -0.1
            }
        }
        // A recognizer loses the sign sooner than it makes one.
        Key::BloodType => match parse_blood(text, false) {
            Some(group) if group.ends_with(['+', '-']) => 1.0,
            Some(_) => 0.8,
            None => -1.0,
        },
        Key::BirthDate | Key::EntryDate | Key::DeathDate => fit_date(text, &folded, digits),
        Key::Nationality => fit_nationality(text, digits),
        Key::MaritalStatus => fit_words(Section::MaritalStatus, text, digits, 1.0),
        Key::Children => fit_children(text, digits),
        Key::Education => fit_words(Section::Education, text, digits, 0.7),
        Key::ShariaLevel => fit_words(Section::ShariaLevel, text, digits, 0.6),
        Key::Role => fit_words(Section::Role, text, digits, 0.7),
        Key::Obedience => fit_words(Section::Obedience, text, digits, 0.6),
        Key::Speciality => fit_words(Section::Speciality, text, digits, 0.5).max(-0.1),
        Key::EntryPoint => fit_place(text, &folded, digits),
        Key::Travelled => fit_travelled(text, &folded),
        Key::Facilitator | Key::Recommender => fit_mention(&folded, digits),
        Key::Contact => fit_contact(text, digits),
        Key::PriorJihad if vocabulary::within(Section::Yes, text).is_some() => 0.5,
        Key::PriorJihad => {
            if digits > 6 {
                -0.5
            } else {
                0.0
            }
        }
        Key::Residence if is_kunya(&folded) => -0.5,
        Key::Residence => {
            if find_countries(text).is_empty() {
                0.0
            } else {
                0.4
            }
        }
        Key::DeathPlace => {
            if digits > 0 {
                -0.8
            } else {
                0.1
            }
        }
        Key::Occupation | Key::Workplace | Key::Deposits | Key::Notes => {
            if parse_phone(text, None).is_some() { -0.4 } else { 0.0 }
        }
    }
}

/// Whether folded text begins as a kunya does.
pub(crate) fn is_kunya(folded: &str) -> bool {
    const FIRST: [&str; 20] = [
        "ابو", "ابا", "ابي", "ام", "ابن", "بو", "abu", "abou", "abo", "aboo", "ebu", "umm", "um",
        "oum", "oumm", "ummu", "абу", "умм", "ум", "ibn",
    ];
    let mut all = words(folded);
    all.next().is_some_and(|first| FIRST.contains(&first)) && all.next().is_some()
}

fn fit_of_none(key: Key) -> f32 {
    match key {
        Key::Travelled | Key::Recommender | Key::PriorJihad | Key::Deposits => 0.4,
        Key::Children | Key::Facilitator | Key::Notes | Key::Education | Key::Contact => 0.2,
        Key::FullName | Key::Kunya | Key::BirthDate | Key::Nationality | Key::BloodType => -0.5,
        _ => 0.0,
    }
}

fn fit_name(key: Key, folded: &str, digits: usize) -> f32 {
    let count = words(folded).count();
    match digits {
        1.. => -1.0,
        0 if key == Key::FullName && is_kunya(folded) => -0.3,
        0 if vocabulary::is_answer_word(folded) => -0.6,
        0 if (2..=6).contains(&count) => 0.3,
        0 => 0.0,
    }
}

fn fit_date(text: &str, folded: &str, digits: usize) -> f32 {
    if digits == 0 {
        return -1.0;
    }
    if parse_phone(text, None).is_some_and(|p| p.is_international()) || digits > 9 {
        return -1.0;
    }
    if parse_date(text, DateOrder::DayFirst).is_none() {
        return -0.3;
    }
    let letters = words(folded).filter(|w| is_word(w) && !ERA.contains(w)).count();
    let numbers = words(folded).filter(|w| !is_word(w)).count();
    match (letters, numbers) {
        (0, _) => 1.0,
        // A month in words; the Hijri ones are of two.
        (1..=3, 2) => 0.9,
        _ => 0.4,
    }
}

/// Signs of an era or a calendar.
const ERA: [&str; 6] = ["ه", "م", "هجري", "ميلادي", "г", "ah"];

fn is_word(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

fn fit_nationality(text: &str, digits: usize) -> f32 {
    if digits > 0 {
        -1.0
    } else if parse_country(text).is_some() {
        1.0
    } else if parse_country_fuzzy(text).is_some() {
        0.7
    } else if find_countries(text).is_empty() {
        -0.3
    } else {
        0.3
    }
}

fn fit_words(section: Section, text: &str, digits: usize, most: f32) -> f32 {
    if vocabulary::exact(section, text).is_some() {
        most
    } else if vocabulary::within(section, text).is_some() {
        0.7 * most
    } else if vocabulary::nearest(section, text, LIKE_LEAST).is_some() {
        0.5 * most
    } else if digits > 0 {
        -0.6
    } else {
        -0.2
    }
}

fn fit_children(text: &str, digits: usize) -> f32 {
    let number = parse_children(text);
    match number {
        Some(_) if ascii_digits(text).trim().parse::<u8>().is_ok() => 1.0,
        Some(_) if digits <= 2 => 0.8,
        _ => -1.0,
    }
}

/// Reads a number of children, in digits of any script or in words.
pub(crate) fn parse_children(text: &str) -> Option<u32> {
    let ascii = ascii_digits(text);
    let numbers: Vec<&str> =
        ascii.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    match numbers.as_slice() {
        [] => vocabulary::exact(Section::Number, text)
            .or_else(|| vocabulary::within(Section::Number, text))
            .and_then(|found| found.value.parse().ok()),
        // The sons and the daughters, each with a number.
        [first, second] if ascii.contains(['+', 'و']) || tells_sons(text) => {
            Some(first.parse::<u32>().ok()?.saturating_add(second.parse().ok()?))
        }
        [first, ..] => first.parse().ok(),
    }
    .filter(|number| *number <= CHILDREN_MAX)
}

/// Whether sons and daughters are counted each.
fn tells_sons(text: &str) -> bool {
    const SONS: [&str; 12] = [
        "boy",
        "son",
        "sohn",
        "jung",
        "fils",
        "garcon",
        "oglan",
        "erkek",
        "сын",
        "мальч",
        "ذكر",
        "ذكور",
    ];
    const DAUGHTERS: [&str; 9] =
        ["girl", "daughter", "tocht", "madch", "fille", "kiz", "доч", "девоч", "بنات"];
    let folded = fold(text);
    let any = |stems: &[&str]| words(&folded).any(|w| stems.iter().any(|stem| w.starts_with(stem)));
    any(&SONS) && any(&DAUGHTERS)
}

/// Children a number may speak of; more is a misread number. Chosen by hand.
const CHILDREN_MAX: u32 = 40;

fn fit_place(text: &str, folded: &str, digits: usize) -> f32 {
    if vocabulary::exact(Section::EntryPoint, text).is_some() {
        1.0
    } else if is_kunya(folded) || digits > 0 {
        -0.8
    } else if vocabulary::within(Section::EntryPoint, text).is_some() {
        0.8
    } else if vocabulary::nearest(Section::EntryPoint, text, LIKE_LEAST).is_some() {
        0.6
    } else {
        0.0
    }
}

fn fit_travelled(text: &str, folded: &str) -> f32 {
    if is_kunya(folded) {
        return -0.8;
    }
    let countries = find_countries(text).len();
    match countries {
        0 => -0.2,
        _ if countries * 2 >= words(folded).count() => 0.8,
        _ => 0.5,
    }
}

fn fit_mention(folded: &str, digits: usize) -> f32 {
    if digits > 2 {
        -0.7
    } else if is_kunya(folded) {
        0.5
    } else {
        0.0
    }
}

fn fit_contact(text: &str, digits: usize) -> f32 {
    match digits {
        7.. if fit_date(text, &fold(text), digits) >= 1.0 => 0.1,
        7.. if parse_phone(text, None).is_some() => 1.0,
        7.. => 0.5,
        1..=6 => 0.0,
        _ if text.contains('@') => 0.8,
        _ => -0.2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_fits_its_own_key_best() {
        for (key, text) in [
            (Key::BirthDate, "19-05-1992"),
            (Key::Nationality, "تونسي"),
            (Key::BloodType, "AB-"),
            (Key::MaritalStatus, "холост"),
            (Key::Children, "٣"),
            (Key::Kunya, "أبو سمبل"),
            (Key::Contact, "+999 123 456 789"),
            (Key::EntryPoint, "تل أبيض"),
        ] {
            for other in Key::ALL {
                let date = matches!(other, Key::EntryDate | Key::DeathDate);
                if other != key && !date {
                    assert!(fit(other, text) < fit(key, text), "{text}: {other}");
                }
            }
        }
    }

    #[test]
    fn children_are_counted_in_digits_and_words() {
        let cases =
            [("٣", Some(3)), ("3 children", Some(3)), ("ثلاثة أولاد", Some(3)), ("none", Some(0))];
        for (text, number) in cases {
            assert_eq!(parse_children(text), number, "{text}");
        }
        assert_eq!(parse_children("1992"), None);
        assert_eq!(parse_children("Sample"), None);
    }
}
