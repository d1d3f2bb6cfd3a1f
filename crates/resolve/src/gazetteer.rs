//! Places that are written in ways which share no word (Mosul and al-Mawsil, Aleppo and Halab), and
//! the region in which a city lies: `data/places.txt`.
//!
//! Knows no coordinates and decides nothing. Invariant: a place that it does not know keeps its
//! words.

use std::sync::LazyLock;

use names::{Engine, Kind, NamePart};
use rustc_hash::FxHashMap;

use crate::block::hash;

/// The places, by the words of their spellings.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    /// The least word of a spelling to the spellings that have it.
    by_word: FxHashMap<u64, Vec<Spelling>>,
}

/// One spelling of a place.
#[derive(Debug)]
struct Spelling {
    /// Keys of its words, ordered.
    words: Vec<u64>,
    place: u64,
    region: Option<u64>,
}

/// The words of a place, read by the gazetteer; all ordered.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Located {
    /// Keys of the places that are known, and of the words that belong to none.
    pub(crate) words: Vec<u64>,
    /// Keys of the regions in which known cities lie.
    pub(crate) regions: Vec<u64>,
}

impl Gazetteer {
    /// The gazetteer that is compiled in.
    pub(crate) fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<Gazetteer> =
            LazyLock::new(|| Gazetteer::from_text(include_str!("../data/places.txt")));
        &BUNDLED
    }

    /// Reads `region = city ; city` and lone places, spellings parted by bars.
    fn from_text(text: &str) -> Self {
        let mut gazetteer = Self::default();
        let mut next = 0;
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            let (head, cities) = line.split_once('=').unwrap_or((line, ""));
            let region = hash(&[PLACE, next]);
            next += 1;
            gazetteer.add(head, region, None);
            for city in cities.split(';').filter(|city| !city.trim().is_empty()) {
                gazetteer.add(city, hash(&[PLACE, next]), Some(region));
                next += 1;
            }
        }
        gazetteer
    }

    fn add(&mut self, spellings: &str, place: u64, region: Option<u64>) {
        for spelling in spellings.split('|') {
            let words = words_of(spelling);
            if let Some(first) = words.first() {
                let known = self.by_word.entry(*first).or_default();
                if known.iter().all(|s| s.words != words) {
                    known.push(Spelling { words, place, region });
                }
            }
        }
    }

    /// Puts known places in the stead of their words; the longest spelling goes first.
    pub(crate) fn locate(&self, mut words: Vec<u64>) -> Located {
        words.sort_unstable();
        words.dedup();
        let mut met: Vec<&Spelling> = words
            .iter()
            .filter_map(|word| self.by_word.get(word))
            .flatten()
            .filter(|s| s.words.iter().all(|word| words.binary_search(word).is_ok()))
            .collect();
        met.sort_by_key(|s| std::cmp::Reverse(s.words.len()));
        let mut located = Located::default();
        for spelling in met {
            let is_left = |word: &u64| words.binary_search(word).is_ok();
            if spelling.words.iter().all(is_left) {
                words.retain(|word| !spelling.words.contains(word));
                located.words.push(spelling.place);
                located.regions.extend(spelling.region);
            }
        }
        located.words.append(&mut words);
        for keys in [&mut located.words, &mut located.regions] {
            keys.sort_unstable();
            keys.dedup();
        }
        located
    }
}

/// Keeps the keys of places apart from those of words.
const PLACE: i64 = 0x706c_6163;

/// Keys of the words of a text, ordered.
pub(crate) fn words_of(text: &str) -> Vec<u64> {
    let name = Engine::bundled().prepare(text, Kind::Other);
    let parts = name.parts().iter().filter(|part| part.tag().is_content());
    let mut keys: Vec<u64> = parts.map(NamePart::token_key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Gazetteer {
        Gazetteer::from_text(
            "# a comment\nOberland | Haut Pays = Seestadt | Lakeville ; Bergen\nKap",
        )
    }

    fn locate(text: &str) -> Located {
        sample().locate(words_of(text))
    }

    #[test]
    fn spellings_that_share_no_word_are_one_place() {
        assert_eq!(locate("Oberland"), locate("Haut Pays"));
        assert_eq!(locate("Seestadt").words, locate("Lakeville").words);
        assert_ne!(locate("Seestadt").words, locate("Bergen").words);
    }

    #[test]
    fn a_city_lies_in_its_region_and_a_region_in_none() {
        assert_eq!(locate("Seestadt").regions, locate("Oberland").words);
        assert!(locate("Oberland").regions.is_empty());
    }

    #[test]
    fn words_of_no_place_stay() {
        let words = words_of("Testan");
        assert_eq!(sample().locate(words.clone()), Located { words, regions: Vec::new() });
        assert_eq!(locate("Haut").words, words_of("Haut"), "half a spelling is none");
    }

    #[test]
    fn no_spelling_of_the_bundled_places_is_lost() {
        let bundled = Gazetteer::bundled();
        for line in include_str!("../data/places.txt").lines().filter(|l| !l.starts_with('#')) {
            for spelling in line.split(['|', '=', ';']).filter(|s| !s.trim().is_empty()) {
                let located = bundled.locate(words_of(spelling));
                assert_eq!(located.words.len(), 1, "{spelling}");
            }
        }
    }
}
