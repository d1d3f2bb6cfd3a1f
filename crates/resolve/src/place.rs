//! Places as text: addresses and birth places, compared by the words they share, with what the
//! gazetteer knows of them: `Mosul` lies in `Ninawa`, `Halab` is `Aleppo`.
//!
//! Weak evidence by design. The country is left to the comparison of countries.

use model::value::parse_country;

use crate::gazetteer::{Gazetteer, Located, words_of};

/// A place, as the set of its words.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) raw: String,
    /// Keys of the words or of the places they name, ordered.
    words: Vec<u64>,
    /// Keys of the regions in which these lie, ordered.
    regions: Vec<u64>,
}

/// How two places agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// All words of the shorter are in the longer.
    Same,
    /// Some are shared, or one is the region of the other.
    Near,
    /// None is.
    Different,
}

impl Place {
    /// Reads a place; `None` if nothing but a country is said.
    pub(crate) fn new(raw: &str) -> Option<Self> {
        let mut words = Vec::new();
        for segment in raw.split([',', ';', '/', '،', '؛', '(', ')', '\n']) {
            for piece in segment.split(" - ") {
                if piece.trim().is_empty() || parse_country(piece).is_some() {
                    continue;
                }
                words.extend(words_of(piece));
            }
        }
        let Located { words, regions } = Gazetteer::bundled().locate(words);
        (!words.is_empty()).then(|| Self { raw: raw.to_owned(), words, regions })
    }

    fn lies_in(&self, other: &Self) -> bool {
        self.regions.iter().any(|region| other.words.binary_search(region).is_ok())
    }
}

/// How two places agree. Symmetric.
pub(crate) fn compare_places(left: &Place, right: &Place) -> Likeness {
    let shared = left.words.iter().filter(|w| right.words.binary_search(w).is_ok()).count();
    if shared == left.words.len().min(right.words.len()) {
        Likeness::Same
    } else if shared > 0 || left.lies_in(right) || right.lies_in(left) {
        Likeness::Near
    } else {
        Likeness::Different
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(left: &str, right: &str) -> Likeness {
        let (left, right) = (Place::new(left), Place::new(right));
        compare_places(&left.expect("a place"), &right.expect("a place"))
    }

    #[test]
    fn a_city_is_near_its_region_and_the_same_in_any_spelling() {
        assert_eq!(compare("Mosul", "Ninawa, Iraq"), Likeness::Near);
        assert_eq!(compare("الموصل", "Mosul, Iraq"), Likeness::Same);
        assert_eq!(compare("Halab", "Aleppo"), Likeness::Same);
        assert_eq!(compare("Mosul", "Raqqa"), Likeness::Different);
        assert_eq!(compare("Tal Afar", "Mosul"), Likeness::Different, "one region, two cities");
    }

    #[test]
    fn a_country_alone_is_no_place() {
        assert!(Place::new("Tunisia").is_none());
    }
}
