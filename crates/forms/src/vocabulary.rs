//! The words an answer may be, from `data/values.txt`, and the border places of `data/places.txt`.
//!
//! Looks words up as they are, inside a longer answer, or by likeness where letters were misread.
//! Dates, phones and the countries' codes are the business of `model::value`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::eye::resemblance;
use crate::fold::{fold, likeness, words};

/// Words of answers, written for this project.
const VALUES: &str = include_str!("../data/values.txt");
/// Places of the border, written for this project.
const PLACES: &str = include_str!("../data/places.txt");

/// Letters from which a part of an answer may resemble a word: shorter ones resemble too many.
/// Chosen by hand.
const LETTERS_MIN: usize = 6;

/// A reading less like every word of a list is no reading of one. Chosen by hand.
const LIKE_NOTHING: f32 = 0.5;

/// A list of words that stand for values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Section {
    /// "None", "nothing", "no".
    None,
    /// "Not known".
    Unknown,
    /// "Yes".
    Yes,
    /// Marital status.
    MaritalStatus,
    /// Level of education.
    Education,
    /// Level of religious knowledge.
    ShariaLevel,
    /// Role.
    Role,
    /// Level of obedience.
    Obedience,
    /// Speciality.
    Speciality,
    /// Numbers in words.
    Number,
    /// Demonyms, by country code.
    Nationality,
    /// Names of countries, by country code.
    Country,
    /// Border places.
    EntryPoint,
}

/// A word of the lists that an answer is or holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    /// The value it stands for.
    pub(crate) value: &'static str,
    /// The word itself, in its usual spelling.
    pub(crate) word: &'static str,
    /// 1 where the answer has the word, less where it only resembles it.
    pub(crate) likeness: f32,
}

struct Entry {
    value: &'static str,
    word: &'static str,
    chars: Vec<char>,
}

struct List {
    entries: Vec<Entry>,
    exact: BTreeMap<String, usize>,
}

static LISTS: LazyLock<BTreeMap<Section, List>> = LazyLock::new(|| {
    let mut lists = BTreeMap::new();
    parse(VALUES, &mut lists);
    parse(PLACES, &mut lists);
    lists
});

/// All words of a list.
pub(crate) fn words_of(section: Section) -> impl Iterator<Item = &'static str> {
    LISTS.get(&section).into_iter().flat_map(|list| list.entries.iter().map(|entry| entry.word))
}

/// The word that the whole answer is.
pub(crate) fn exact(section: Section, text: &str) -> Option<Found> {
    let list = LISTS.get(&section)?;
    let entry = &list.entries[*list.exact.get(&compact(text))?];
    Some(Found { value: entry.value, word: entry.word, likeness: 1.0 })
}

/// The longest word (or words) of the list that stand in the answer.
pub(crate) fn within(section: Section, text: &str) -> Option<Found> {
    let list = LISTS.get(&section)?;
    let folded = fold(text);
    let all: Vec<&str> = words(&folded).collect();
    for length in (1..=all.len().min(4)).rev() {
        for run in all.windows(length) {
            if let Some(id) = list.exact.get(&run.concat()) {
                let entry = &list.entries[*id];
                return Some(Found { value: entry.value, word: entry.word, likeness: 1.0 });
            }
        }
    }
    None
}

/// The same for a word with an ending, or a letter wrong, that stands in a longer answer.
pub(crate) fn nearest_within(section: Section, text: &str, least: f32) -> Option<Found> {
    let folded = fold(text);
    let all: Vec<&str> = words(&folded).collect();
    let long = |run: &&[&str]| run.iter().map(|w| w.chars().count()).sum::<usize>() >= LETTERS_MIN;
    (1..=all.len().min(3)).rev().find_map(|length| {
        let mut runs = all.windows(length).filter(long);
        runs.find_map(|run| nearest(section, &run.join(" "), least))
    })
}

/// The word most like the whole answer, if at least `least` like it and no word of another value is
/// as like.
pub(crate) fn nearest(section: Section, text: &str, least: f32) -> Option<Found> {
    if let Some(found) = exact(section, text) {
        return Some(found);
    }
    let chars: Vec<char> = fold(text).chars().collect();
    let mut best: Option<Found> = None;
    let mut tie = false;
    for entry in &LISTS.get(&section)?.entries {
        let likeness = likeness(&chars, &entry.chars, least);
        if likeness < least {
            continue;
        }
        match &best {
            Some(found) if likeness < found.likeness => {}
            Some(found) if likeness <= found.likeness => tie |= found.value != entry.value,
            _ => {
                best = Some(Found { value: entry.value, word: entry.word, likeness });
                tie = false;
            }
        }
    }
    best.filter(|_| !tie)
}

/// The word that several readings of one answer look like, each with its confidence: one that is a
/// word of the list goes first, then the word that they resemble most together. `None` if none of
/// them is at least `least` like it, or if a word of another value is less than `lead` behind. With
/// a `value` only the words for it.
pub(crate) fn seen(
    section: Section,
    value: Option<&str>,
    readings: &[(String, f32)],
    least: f32,
    lead: f32,
) -> Option<Found> {
    let known = readings.iter().filter_map(|(text, sure)| Some((exact(section, text)?, *sure)));
    if let Some((found, _)) = known.reduce(|a, b| if b.1 > a.1 { b } else { a }) {
        return Some(found);
    }
    let entries: Vec<&Entry> = LISTS
        .get(&section)?
        .entries
        .iter()
        .filter(|entry| value.is_none_or(|value| value == entry.value))
        .collect();
    // By reading: its weight and how like it is to each entry. Even a reading that the recognizer has
    // no trust in has some strokes right; one that is like nothing says nothing.
    let votes: Vec<(f32, Vec<f32>)> = readings
        .iter()
        .map(|(text, sure)| {
            let alike = entries.iter().map(|entry| resemblance(text, entry.word)).collect();
            (0.3 + sure, alike)
        })
        .filter(|(_, alike): &(f32, Vec<f32>)| alike.iter().any(|like| *like >= LIKE_NOTHING))
        .collect();
    let total: f32 = votes.iter().map(|(weight, _)| weight).sum();
    let mut best: BTreeMap<&str, (f32, Found)> = BTreeMap::new();
    for (i, entry) in entries.iter().enumerate() {
        let sum: f32 = votes.iter().map(|(weight, alike)| weight * alike[i]).sum();
        let most = votes.iter().map(|(_, alike)| alike[i]).fold(0.0, f32::max);
        let found = Found { value: entry.value, word: entry.word, likeness: most };
        if best.get(entry.value).is_none_or(|(other, _)| sum > *other * total) {
            best.insert(entry.value, (sum / total, found));
        }
    }
    let mut ranked: Vec<(f32, Found)> = best.into_values().collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (vote, first) = *ranked.first()?;
    let clear = ranked.get(1).is_none_or(|(other, _)| vote - other >= lead);
    Some(first).filter(|found| clear && found.likeness >= least)
}

/// Whether an answer is nothing but one of the words of any list but the places'.
pub(crate) fn is_answer_word(text: &str) -> bool {
    let compact = compact(text);
    LISTS.values().any(|list| list.exact.contains_key(&compact))
}

/// Folded text without the gaps between words, which are lost or made easily.
fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

fn section(head: &str) -> Option<Section> {
    Some(match head {
        "none" => Section::None,
        "unknown" => Section::Unknown,
        "yes" => Section::Yes,
        "marital_status" => Section::MaritalStatus,
        "education" => Section::Education,
        "sharia_level" => Section::ShariaLevel,
        "role" => Section::Role,
        "obedience" => Section::Obedience,
        "speciality" => Section::Speciality,
        "number" => Section::Number,
        "nationality" => Section::Nationality,
        "country" => Section::Country,
        "entry_point" => Section::EntryPoint,
        _ => return None,
    })
}

/// Reads a data file. Its shape is held by a test, so lines that do not fit are left out.
fn parse(data: &'static str, lists: &mut BTreeMap<Section, List>) {
    let mut current = None;
    for line in data.lines().map(str::trim).filter(|l| !l.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            current = section(head);
        } else if let (Some(section), Some((value, list))) = (current, line.split_once(" = ")) {
            let target = lists
                .entry(section)
                .or_insert_with(|| List { entries: Vec::new(), exact: BTreeMap::new() });
            for word in list.split('|').map(str::trim) {
                let folded = fold(word);
                if folded.is_empty() {
                    continue;
                }
                let chars = folded.chars().collect();
                target.exact.entry(compact(word)).or_insert(target.entries.len());
                target.entries.push(Entry { value, word, chars });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_data_is_known_and_no_word_has_two_values() {
        for data in [VALUES, PLACES] {
            for line in data.lines().filter(|l| l.starts_with('[')) {
                assert!(section(line.trim_matches(['[', ']'])).is_some(), "{line}");
            }
        }
        for (section, list) in LISTS.iter() {
            for entry in &list.entries {
                let first = &list.entries[list.exact[&compact(entry.word)]];
                assert_eq!(first.value, entry.value, "{} in {section:?}", entry.word);
            }
        }
    }

    #[test]
    fn words_are_found_whole_within_and_by_likeness() {
        let value = |found: Option<Found>| found.map(|f| f.value);
        assert_eq!(value(exact(Section::MaritalStatus, "مُتَزَوّج")), Some("married"));
        assert_eq!(value(exact(Section::MaritalStatus, "married twice")), None);
        assert_eq!(value(within(Section::MaritalStatus, "married twice")), Some("married"));
        assert_eq!(value(within(Section::MaritalStatus, "not married")), Some("single"));
        assert_eq!(value(nearest(Section::MaritalStatus, "متروج", 0.7)), Some("married"));
        assert_eq!(value(nearest(Section::MaritalStatus, "sample", 0.7)), None);
        assert_eq!(value(exact(Section::EntryPoint, "أعزاز")), Some("Azaz"));
    }

    #[test]
    fn readings_vote_and_a_word_of_the_list_goes_first() {
        let value = |readings: &[(&str, f32)]| {
            let readings: Vec<(String, f32)> =
                readings.iter().map(|(text, sure)| ((*text).to_owned(), *sure)).collect();
            seen(Section::Nationality, None, &readings, 0.7, 0.04).map(|found| found.value)
        };
        assert_eq!(value(&[("نوسي", 0.3), ("تونسي", 0.2), ("gs", 0.45)]), Some("TN"));
        assert_eq!(value(&[("روسي", 0.9), ("نوسي", 0.8)]), Some("RU"));
        assert_eq!(value(&[("ترك", 0.5), ("ws", 0.6)]), Some("TR"));
        assert_eq!(value(&[("سي", 0.9)]), None);
        assert_eq!(value(&[("xq", 0.9)]), None);
    }
}
