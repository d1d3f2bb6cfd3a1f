//! Owns the index of names: the distinct words of many names, found by their keys, ranked by their
//! sketches. It brings up candidates for the full comparison and decides nothing.
//! Invariant: the answer depends on the names, in the order given, and the query alone.
//!
//! The tables are plain arrays of numbers ([`View`]), so that they can be stored and mapped into
//! memory as they are. [`Builder`] makes them.

mod ask;
mod build;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::engine::Engine;
use crate::part::Name;
use crate::sketch::WIDTH;

pub use ask::{Asked, Candidate};
pub use build::Builder;

/// Columns of an index, as slices. Word and name are positions; a column `…_first` holds, for each
/// position and one beyond, where its run begins in the column that it points into.
///
/// Numbers that point nowhere are passed over: columns read from a damaged file bring up other
/// candidates, or none.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Which index it is, for what threads keep of former queries: [`View::next_id`].
    pub id: u64,
    /// The sketch of each of `cell_words`, one after the other, so that those of a cell stand
    /// together: [`WIDTH`] numbers each.
    pub sketches: &'a [i16],
    /// By word, one of its places in `cell_words`.
    pub word_places: &'a [u32],
    /// What sharing the word is worth: negative natural logarithm of the share of people who have
    /// it, by the bundled table.
    pub surprises: &'a [f32],
    /// By cell, into `cell_words`: first all cells with the words that are parts of names, then all
    /// with those that are only two parts taken as one.
    pub cell_first: &'a [u32],
    /// Words of the cells.
    pub cell_words: &'a [u32],
    /// Keys of skeletons, ascending.
    pub skeletons: &'a [u64],
    /// By skeleton, into `skeleton_words`.
    pub skeleton_first: &'a [u32],
    /// Words of the skeletons.
    pub skeleton_words: &'a [u32],
    /// By word, into `postings`.
    pub posting_first: &'a [u32],
    /// Names that have the word, ascending.
    pub postings: &'a [u32],
    /// By name, into `name_words`.
    pub name_first: &'a [u32],
    /// Words of the names that are parts of them.
    pub name_words: &'a [u32],
}

/// An index that owns its columns.
///
/// ```
/// use names::{Engine, Kind, index::Index};
/// let engine = Engine::bundled();
/// let pool = ["Samir Qandil", "Ruslan Okunev"].map(|text| engine.prepare(text, Kind::Person));
/// let index = Index::new(engine, &pool);
/// let found = index.candidates(engine, &engine.prepare("سمير قنديل", Kind::Person), 10);
/// assert_eq!(found[0].position, 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Index {
    id: u64,
    sketches: Vec<i16>,
    word_places: Vec<u32>,
    surprises: Vec<f32>,
    cell_first: Vec<u32>,
    cell_words: Vec<u32>,
    skeletons: Vec<u64>,
    skeleton_first: Vec<u32>,
    skeleton_words: Vec<u32>,
    posting_first: Vec<u32>,
    postings: Vec<u32>,
    name_first: Vec<u32>,
    name_words: Vec<u32>,
}

impl Index {
    /// Indexes the names. Positions beyond 2^32 are not kept.
    pub fn new<'a>(engine: &Engine, names: impl IntoIterator<Item = &'a Name>) -> Index {
        let mut builder = Builder::default();
        for name in names {
            builder.add(engine, name);
        }
        builder.finish()
    }

    /// Its columns.
    pub fn view(&self) -> View<'_> {
        View {
            id: self.id,
            sketches: &self.sketches,
            word_places: &self.word_places,
            surprises: &self.surprises,
            cell_first: &self.cell_first,
            cell_words: &self.cell_words,
            skeletons: &self.skeletons,
            skeleton_first: &self.skeleton_first,
            skeleton_words: &self.skeleton_words,
            posting_first: &self.posting_first,
            postings: &self.postings,
            name_first: &self.name_first,
            name_words: &self.name_words,
        }
    }

    /// At most `most` names whose words lie nearest to those of `query`, nearest first, ties by
    /// position.
    pub fn candidates(&self, engine: &Engine, query: &Name, most: usize) -> Vec<Candidate> {
        self.view().candidates(&Asked::new(engine, query), most)
    }
}

impl<'a> View<'a> {
    /// A number that no other index of this process has.
    pub fn next_id() -> u64 {
        static LAST: AtomicU64 = AtomicU64::new(0);
        LAST.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.name_first.len().saturating_sub(1)
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn words(&self) -> usize {
        self.word_places.len()
    }

    /// The sketch of a word.
    fn sketch(&self, word: u32) -> Option<&'a [i16; WIDTH]> {
        let place = *self.word_places.get(word as usize)?;
        self.sketches.as_chunks::<WIDTH>().0.get(place as usize)
    }

    /// The words of a cell, each with its sketch.
    fn cell(&self, at: usize) -> impl Iterator<Item = (u32, &'a [i16; WIDTH])> {
        let from = self.cell_first.get(at).map_or(0, |from| *from as usize);
        let sketches = self.sketches.as_chunks::<WIDTH>().0.get(from..).unwrap_or_default();
        run(self.cell_first, self.cell_words, at).iter().copied().zip(sketches)
    }

    fn posting(&self, word: u32) -> &'a [u32] {
        run(self.posting_first, self.postings, word as usize)
    }

    fn words_of(&self, name: u32) -> &'a [u32] {
        run(self.name_first, self.name_words, name as usize)
    }
}

/// The run of a column that belongs to a position; empty if there is none.
fn run<'a>(first: &[u32], column: &'a [u32], at: usize) -> &'a [u32] {
    let (Some(&from), Some(&to)) = (first.get(at), first.get(at + 1)) else { return &[] };
    column.get(from as usize..to as usize).unwrap_or_default()
}

#[cfg(test)]
mod tests;
