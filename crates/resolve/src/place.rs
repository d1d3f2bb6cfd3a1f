//! Places as text: addresses and birth places, compared by the words they share.
//!
//! Weak evidence by design: no gazetteer, so `Mosul` and `Ninawa` share nothing. The country is
//! left to the comparison of countries.

use model::value::parse_country;
use names::{Engine, Kind};

/// A place, as the set of its words.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) raw: String,
    /// Keys of the words, ordered.
    words: Vec<u64>,
}

/// How two places agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Likeness {
    /// All words of the shorter are in the longer.
    Same,
    /// Some are shared.
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
                let name = Engine::bundled().prepare(piece, Kind::Other);
                let keys = name.parts().iter().filter(|p| p.tag().is_content());
                words.extend(keys.map(names::NamePart::token_key));
            }
        }
        words.sort_unstable();
        words.dedup();
        (!words.is_empty()).then(|| Self { raw: raw.to_owned(), words })
    }
}

/// How two places agree. Symmetric.
pub(crate) fn compare_places(left: &Place, right: &Place) -> Likeness {
    let shared = left.words.iter().filter(|w| right.words.binary_search(w).is_ok()).count();
    if shared == left.words.len().min(right.words.len()) {
        Likeness::Same
    } else if shared > 0 {
        Likeness::Near
    } else {
        Likeness::Different
    }
}
