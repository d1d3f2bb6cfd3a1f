//! Owns the making of an index: words told apart, each put under its keys and with its names.
//! Invariant: the same names in the same order give the same columns.

use rustc_hash::FxHashMap;

use super::{Index, View};
use crate::cells::CELLS;
use crate::engine::Engine;
use crate::keys::{self, KEPT};
use crate::part::Name;
use crate::rarity::Rarity;
use crate::sketch::WIDTH;

/// Cells under which two parts taken as one word are kept: there are as many such words as names,
/// and few are asked for. Chosen by hand.
const JOINED_KEPT: usize = 1;

/// Takes up names one by one; [`Builder::finish`] makes the index of them.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    sketches: Vec<[i16; WIDTH]>,
    surprises: Vec<f32>,
    cells: Vec<[u16; KEPT]>,
    skeletons: Vec<u64>,
    /// Whether the word is a part of some name, and not only two that stand together.
    are_parts: Vec<bool>,
    name_first: Vec<u32>,
    name_words: Vec<u32>,
    /// As `name_first` and `name_words`, of the words that are two parts taken as one.
    joined_first: Vec<usize>,
    joined_words: Vec<u32>,
    /// Text of a word, hashed, to the word.
    known: FxHashMap<u64, u32>,
}

impl Builder {
    /// Adds one name at the next position. Positions beyond 2^32 are not kept, nor are words
    /// beyond as many in all names together.
    pub fn add(&mut self, engine: &Engine, name: &Name) {
        let from = self.name_words.len();
        let Ok(from_small) = u32::try_from(from) else { return };
        if u32::try_from(self.name_first.len()).is_err() {
            return;
        }
        let joined_from = self.joined_words.len();
        self.name_first.push(from_small);
        self.joined_first.push(joined_from);
        let parts = keys::parts(name).map(|unit| (unit, true));
        let joined = keys::joined(name).map(|unit| (unit, false));
        for (unit, is_part) in parts.chain(joined) {
            let next = u32::try_from(self.surprises.len()).unwrap_or(u32::MAX);
            let word = *self.known.entry(unit.exact).or_insert_with(|| {
                let sketch = &unit.learned(engine.model()).sketch;
                self.sketches.push(*sketch.wide());
                self.surprises.push(Rarity::general_surprise(unit.rarity_key));
                self.cells.push(keys::cells_of(engine.model(), unit));
                self.skeletons.push(keys::skeleton_key(unit));
                self.are_parts.push(false);
                next
            });
            self.are_parts[word as usize] |= is_part;
            let run = if is_part { &mut self.name_words } else { &mut self.joined_words };
            let from = if is_part { from } else { joined_from };
            if !run[from..].contains(&word) {
                run.push(word);
            }
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.name_first.len()
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.name_first.is_empty()
    }

    /// The index of all names added.
    pub fn finish(mut self) -> Index {
        let words = self.surprises.len();
        self.name_first.push(u32::try_from(self.name_words.len()).unwrap_or(u32::MAX));
        let by_cell = (0u32..).zip(&self.cells).zip(&self.are_parts);
        let by_cell = by_cell.flat_map(|((word, cells), &is_part)| {
            let (first, count) = if is_part { (0, KEPT) } else { (CELLS, JOINED_KEPT) };
            cells.iter().take(count).map(move |cell| (first + usize::from(*cell), word))
        });
        let (cell_first, cell_words) = turned(2 * CELLS, by_cell);
        let mut word_places = vec![0u32; words];
        for (place, word) in (0u32..).zip(&cell_words) {
            word_places[*word as usize] = place;
        }
        let sketches = cell_words.iter().flat_map(|word| self.sketches[*word as usize]).collect();
        let mut skeletons = self.skeletons.clone();
        skeletons.sort_unstable();
        skeletons.dedup();
        let place = |key: &u64| skeletons.binary_search(key).unwrap_or(usize::MAX);
        let (skeleton_first, skeleton_words) = turned(
            skeletons.len(),
            (0u32..).zip(&self.skeletons).map(|(word, key)| (place(key), word)),
        );
        self.joined_first.push(self.joined_words.len());
        let names = (0u32..).zip(self.name_first.windows(2)).zip(self.joined_first.windows(2));
        let by_word = names.flat_map(|((name, run), joined)| {
            let parts = &self.name_words[run[0] as usize..run[1] as usize];
            // A word may be a part and two others taken as one.
            let joined = self.joined_words[joined[0]..joined[1]].iter();
            let joined = joined.filter(|word| !parts.contains(word));
            parts.iter().chain(joined).map(move |&word| (word as usize, name))
        });
        let (posting_first, postings) = turned(words, by_word);
        Index {
            id: View::next_id(),
            sketches,
            word_places,
            surprises: self.surprises,
            cell_first,
            cell_words,
            skeletons,
            skeleton_first,
            skeleton_words,
            posting_first,
            postings,
            name_first: self.name_first,
            name_words: self.name_words,
        }
    }
}

/// The runs of values by position: where each begins, and all of them, in the order given.
fn turned(
    positions: usize,
    pairs: impl Iterator<Item = (usize, u32)> + Clone,
) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0u32; positions + 1];
    for (at, _) in pairs.clone() {
        first[at + 1] += 1;
    }
    for at in 0..positions {
        first[at + 1] += first[at];
    }
    let mut column = vec![0u32; first[positions] as usize];
    let mut next = first.clone();
    for (at, value) in pairs {
        column[next[at] as usize] = value;
        next[at] += 1;
    }
    (first, column)
}
