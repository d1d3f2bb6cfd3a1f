//! Owns the index of names: the distinct words of many names, found by their keys, ranked by their
//! sketches. It brings up candidates for the full comparison and decides nothing.
//! Invariant: the answer depends on the names, in the order given, and the query alone.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::engine::Engine;
use crate::keys;
use crate::model::Model;
use crate::part::Name;
use crate::sketch::Sketch;
use crate::unit::Unit;

/// Words taken up for each word of the query, nearest sketches first.
const NEAREST: usize = 300;
/// Cosine below which a word is no neighbour.
const COSINE_MIN: f32 = 0.3;

/// The distinct words of a set of names.
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
    names: usize,
    sketches: Vec<Sketch>,
    /// Word to the names that have it.
    postings: Vec<Vec<u32>>,
    /// Key to words.
    keys: FxHashMap<u64, Vec<u32>>,
    /// Text of a word, hashed, to the word.
    known: FxHashMap<u64, u32>,
}

/// A name that an index brings up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Position of the name, in the order in which they were given.
    pub position: usize,
    /// Sum over the words of the query of rarity times nearness; comparable within one query only.
    pub weight: f32,
}

impl Index {
    /// Indexes the names. Positions beyond 2^32 are not kept.
    pub fn new<'a>(engine: &Engine, names: impl IntoIterator<Item = &'a Name>) -> Index {
        let mut index = Index::default();
        for name in names {
            index.add(engine, name);
        }
        index
    }

    /// Adds one name at the next position.
    pub fn add(&mut self, engine: &Engine, name: &Name) {
        let Ok(position) = u32::try_from(self.names) else { return };
        self.names += 1;
        for unit in keys::units(name) {
            let next = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
            let word = *self.known.entry(unit.exact).or_insert_with(|| {
                self.sketches.push(unit.learned(engine.model()).sketch);
                self.postings.push(Vec::new());
                for key in keys::kept_of(engine.model(), unit) {
                    self.keys.entry(key).or_default().push(next);
                }
                next
            });
            let posting = &mut self.postings[word as usize];
            if posting.last() != Some(&position) {
                posting.push(position);
            }
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.names == 0
    }

    /// At most `most` names whose words lie nearest to those of `query`, nearest first, ties by
    /// position.
    pub fn candidates(&self, engine: &Engine, query: &Name, most: usize) -> Vec<Candidate> {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.fit(self);
            for unit in keys::units(query) {
                self.nearest(engine.model(), unit, scratch);
                self.add_names(scratch);
            }
            let mut found = scratch.take_sums();
            let order = |a: &Candidate, b: &Candidate| {
                b.weight.total_cmp(&a.weight).then(a.position.cmp(&b.position))
            };
            if found.len() > most {
                found.select_nth_unstable_by(most, order);
                found.truncate(most);
            }
            found.sort_unstable_by(order);
            found
        })
    }

    /// Leaves the words with the sketches nearest to that of `unit`, and their cosine.
    fn nearest(&self, model: &Model, unit: &Unit, scratch: &mut Scratch) {
        let own = &unit.learned(model).sketch;
        scratch.words.clear();
        for key in keys::asked_of(model, unit) {
            for &word in self.keys.get(&key).map_or(&[][..], Vec::as_slice) {
                if std::mem::replace(&mut scratch.seen[word as usize], true) {
                    continue;
                }
                scratch.seen_words.push(word);
                let cosine = own.likeness(&self.sketches[word as usize]);
                if cosine > COSINE_MIN {
                    scratch.words.push((word, cosine));
                }
            }
        }
        for word in scratch.seen_words.drain(..) {
            scratch.seen[word as usize] = false;
        }
        if scratch.words.len() > NEAREST {
            let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            scratch.words.select_nth_unstable_by(NEAREST, order);
            scratch.words.truncate(NEAREST);
        }
    }

    /// Adds to each name the best weight of its words among those left by [`Index::nearest`].
    fn add_names(&self, scratch: &mut Scratch) {
        let names = self.names.max(2) as f32;
        for &(word, cosine) in &scratch.words {
            let posting = &self.postings[word as usize];
            let weight = ((names / posting.len() as f32).ln() + 0.01) * (cosine - COSINE_MIN);
            for &position in posting {
                let best = &mut scratch.best[position as usize];
                if *best == 0.0 {
                    scratch.touched.push(position);
                }
                *best = best.max(weight);
            }
        }
        for position in scratch.touched.drain(..) {
            let best = std::mem::take(&mut scratch.best[position as usize]);
            let sum = &mut scratch.sums[position as usize];
            if *sum == 0.0 {
                scratch.summed.push(position);
            }
            *sum += best;
        }
    }
}

/// Room for one query, as large as the largest index asked by this thread. All sums are zero and
/// no word is seen between queries.
#[derive(Debug, Default)]
struct Scratch {
    seen: Vec<bool>,
    seen_words: Vec<u32>,
    words: Vec<(u32, f32)>,
    best: Vec<f32>,
    touched: Vec<u32>,
    sums: Vec<f32>,
    summed: Vec<u32>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Scratch {
    fn fit(&mut self, index: &Index) {
        self.seen.resize(self.seen.len().max(index.sketches.len()), false);
        self.best.resize(self.best.len().max(index.names), 0.0);
        self.sums.resize(self.sums.len().max(index.names), 0.0);
    }

    fn take_sums(&mut self) -> Vec<Candidate> {
        let summed = self.summed.drain(..);
        summed
            .map(|position| Candidate {
                position: position as usize,
                weight: std::mem::take(&mut self.sums[position as usize]),
            })
            .collect()
    }
}
