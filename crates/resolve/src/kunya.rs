//! Kunyas: "Abu Somebody al-Somewhere". Found in any name property, compared by teknonym and
//! nisba, never matched with a civil name.
//!
//! Thousands of men share one kunya; its weight is capped by the model, and its share among the
//! people at hand lowers it further.

use names::{Engine, Kind, Name, Tag};

use crate::outcome::Outcome;
use crate::spelling::{SAME_NISBA_MIN, SAME_TEKNONYM_MIN, is_same_word};

/// A kunya, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Kunya {
    pub(crate) raw: String,
    /// "Mother of" rather than "father of".
    pub(crate) is_female: bool,
    teknonym: Name,
    nisba: Option<Name>,
    /// Equal for most spellings of one teknonym.
    pub(crate) teknonym_key: u64,
    /// Equal for most spellings of one teknonym with one nisba.
    pub(crate) key: u64,
}

/// "Mother of", as the first word of a kunya.
const MOTHER_OF: [&str; 9] = ["umm", "oum", "oumm", "um", "om", "أم", "ام", "умм", "ум"];

/// "Father of", as the first word of a kunya.
const FATHER_OF: [&str; 7] = ["abu", "abou", "abo", "aboo", "أبو", "ابو", "абу"];

/// Words of a kunya that was turned around, "father of" included.
const TURNED_WORDS_MAX: usize = 3;

/// A kunya that a list turned around as it turns given name and family name, "Sample, Abu" or
/// "Sample Abu", in its own order; `None` for all other texts.
pub(crate) fn turned_back(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (last, rest) = words.split_last()?;
    let lower = last.to_lowercase();
    let is_head = [&FATHER_OF[..], &MOTHER_OF[..]].concat().contains(&lower.as_str());
    (is_head && !rest.is_empty() && words.len() <= TURNED_WORDS_MAX)
        .then(|| format!("{last} {}", rest.join(" ")))
}

impl Kunya {
    /// Reads a name as a kunya and nothing else; `None` if it holds a civil name, too.
    pub(crate) fn read(name: &Name) -> Option<Self> {
        let content = name.parts().iter().filter(|p| p.tag().is_content());
        let (heads, rest): (Vec<_>, Vec<_>) = content.partition(|p| p.tag() == Tag::Kunya);
        let [head] = heads[..] else { return None };
        let nisba = match rest[..] {
            [] => None,
            [part] if matches!(part.tag(), Tag::Nisba | Tag::Place) => Some(part),
            _ => return None,
        };
        let first_word = head.text().split(|c: char| c.is_whitespace() || c == '-').next()?;
        let engine = Engine::bundled();
        let nisba_key = nisba.map_or(0, names::NamePart::token_key);
        Some(Self {
            raw: name.raw().to_owned(),
            is_female: MOTHER_OF.contains(&first_word.to_lowercase().as_str()),
            teknonym: engine.prepare(head.spelled(), Kind::Person),
            nisba: nisba.map(|part| engine.prepare(part.spelled(), Kind::Person)),
            teknonym_key: head.token_key(),
            key: head.token_key().rotate_left(17) ^ nisba_key,
        })
    }
}

/// How two kunyas agree. Symmetric.
pub(crate) fn compare_kunyas(left: &Kunya, right: &Kunya) -> Outcome {
    let is_same = left.is_female == right.is_female
        && is_same_word(&left.teknonym, &right.teknonym, SAME_TEKNONYM_MIN);
    if !is_same {
        return Outcome::KunyaDifferent;
    }
    match (&left.nisba, &right.nisba) {
        (Some(l), Some(r)) if is_same_word(l, r, SAME_NISBA_MIN) => Outcome::KunyaSame,
        (Some(_), Some(_)) => Outcome::KunyaOtherNisba,
        (None, None) => Outcome::KunyaSame,
        _ => Outcome::KunyaNear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Kunya> {
        Kunya::read(&Engine::bundled().prepare(text, Kind::Person))
    }

    #[test]
    fn a_kunya_is_one_in_either_order() {
        let plain = read("Abu Sakhr al-Tunisi").expect("a kunya");
        let turned = read("AL-TUNISI, Abu Sakhr").expect("a kunya");
        assert_eq!(compare_kunyas(&plain, &turned), Outcome::KunyaSame);
        assert!(read("Maro Abu Sakhr").is_none(), "a civil name goes before it");
    }

    #[test]
    fn what_lists_turn_around_is_turned_back() {
        assert_eq!(turned_back("SAKHR, Abu").as_deref(), Some("Abu SAKHR"));
        assert_eq!(turned_back("Abd al-Sakhr Umm").as_deref(), Some("Umm Abd al-Sakhr"));
        assert_eq!(turned_back("Abu Sakhr"), None);
        assert_eq!(turned_back("Abu"), None);
        assert_eq!(turned_back("Maro Testan al-Sakhr Abu"), None);
    }
}
