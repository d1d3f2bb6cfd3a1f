//! Owns the index of names: the distinct words of many names, found by their keys, ranked by their
//! sketches. It brings up candidates for the full comparison and decides nothing.
//! Invariant: the answer depends on the names, in the order given, and the query alone.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::engine::Engine;
use crate::keys;
use crate::part::Name;
use crate::sketch::Sketch;

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
        let mut weights: FxHashMap<u32, f32> = FxHashMap::default();
        let mut best: FxHashMap<u32, f32> = FxHashMap::default();
        for unit in keys::units(query) {
            best.clear();
            let sketch = &unit.learned(engine.model()).sketch;
            for (word, cosine) in self.nearest(sketch, keys::asked_of(engine.model(), unit)) {
                let posting = &self.postings[word as usize];
                let rare = (self.names.max(2) as f32 / posting.len() as f32).ln() + 0.01;
                let weight = rare * (cosine - COSINE_MIN);
                for &position in posting {
                    let own = best.entry(position).or_insert(0.0);
                    *own = own.max(weight);
                }
            }
            for (&position, weight) in &best {
                *weights.entry(position).or_insert(0.0) += weight;
            }
        }
        let mut found: Vec<Candidate> = weights
            .into_iter()
            .map(|(position, weight)| Candidate { position: position as usize, weight })
            .collect();
        let order = |a: &Candidate, b: &Candidate| {
            b.weight.total_cmp(&a.weight).then(a.position.cmp(&b.position))
        };
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found
    }

    /// Words under these keys with the sketches nearest to that given, and their cosine.
    fn nearest(&self, own: &Sketch, keys: impl Iterator<Item = u64>) -> Vec<(u32, f32)> {
        let mut seen: FxHashSet<u32> = FxHashSet::default();
        let mut found: Vec<(u32, f32)> = Vec::new();
        for word in keys.filter_map(|key| self.keys.get(&key)).flatten() {
            if seen.insert(*word) {
                let cosine = own.likeness(&self.sketches[*word as usize]);
                if cosine > COSINE_MIN {
                    found.push((*word, cosine));
                }
            }
        }
        if found.len() > NEAREST {
            found.select_nth_unstable_by(NEAREST, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(NEAREST);
        }
        found
    }
}
