//! Owns the drivers that binaries call with plain data: ranking a pool of names for queries.
//! Reads and writes nothing itself. Invariants: the order of the answer depends on the names and
//! ids alone; ties with the last place are all given.

use rustc_hash::FxHashMap;

use crate::engine::Engine;
use crate::part::{Kind, Name};
use crate::rarity::Rarity;

/// Candidates that go from the key index to the full comparison, best first by the rarity of the
/// keys they share. Chosen by hand.
const CANDIDATES_MAX: usize = 600;

/// A pool of names under their keys.
pub struct Pool {
    names: Vec<Name>,
    postings: FxHashMap<u64, Vec<u32>>,
}

/// A candidate of a ranking: its place in the pool and its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Position in the pool.
    pub candidate: usize,
    /// Score in 0..1.
    pub score: f32,
}

impl Pool {
    /// Analyses and indexes the names of a pool.
    ///
    /// ```
    /// use names::{Engine, Kind, rank::Pool};
    /// let pool = Pool::new(Engine::bundled(), ["Samir Qandil", "Ruslan Okunev"], Kind::Person);
    /// let best = pool.rank(Engine::bundled(), "سمير قنديل", Kind::Person, 1);
    /// assert_eq!(best[0].candidate, 0);
    /// ```
    pub fn new<'a>(engine: &Engine, texts: impl IntoIterator<Item = &'a str>, kind: Kind) -> Pool {
        let mut pool = Pool { names: Vec::new(), postings: FxHashMap::default() };
        for text in texts {
            let name = engine.prepare(text, kind);
            let Ok(at) = u32::try_from(pool.names.len()) else { break };
            for key in engine.keys(&name) {
                pool.postings.entry(key).or_default().push(at);
            }
            pool.names.push(name);
        }
        pool
    }

    /// The best `top` names of the pool for `query`, best first, with all that tie with the last.
    pub fn rank(&self, engine: &Engine, query: &str, kind: Kind, top: usize) -> Vec<Ranked> {
        let query = engine.prepare(query, kind);
        let rarity = Rarity::bundled();
        let mut ranked: Vec<Ranked> = self
            .candidates(engine, &query)
            .into_iter()
            .map(|candidate| {
                let score = engine.score(&query, &self.names[candidate], rarity);
                Ranked { candidate, score }
            })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.candidate.cmp(&b.candidate)));
        let Some(last) = ranked.get(top.saturating_sub(1)).map(|last| last.score) else {
            return ranked;
        };
        let end = ranked.partition_point(|one| one.score >= last);
        ranked.truncate(end);
        ranked
    }

    /// Positions of the names that share keys with `query`, those with the rarest keys first.
    pub fn candidates(&self, engine: &Engine, query: &Name) -> Vec<usize> {
        let mut weights = vec![0.0f32; self.names.len()];
        let mut touched: Vec<usize> = Vec::new();
        let size = self.names.len().max(2) as f32;
        for key in engine.keys(query) {
            let Some(posting) = self.postings.get(&key) else { continue };
            let weight = (size / posting.len() as f32).ln() + 0.01;
            for at in posting.iter().filter_map(|&at| usize::try_from(at).ok()) {
                if weights[at] == 0.0 {
                    touched.push(at);
                }
                weights[at] += weight;
            }
        }
        let order = |a: &usize, b: &usize| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b));
        if touched.len() > CANDIDATES_MAX {
            touched.select_nth_unstable_by(CANDIDATES_MAX, order);
            touched.truncate(CANDIDATES_MAX);
        }
        touched.sort_unstable_by(order);
        touched
    }

    /// The analysed names, in the order given.
    pub fn names(&self) -> &[Name] {
        &self.names
    }
}

/// Scores one pair of texts, as `names compare` does.
///
/// ```
/// use names::{Engine, Kind, rank};
/// let same = rank::compare_texts(Engine::bundled(), "Samir Qandil", "سمير قنديل", Kind::Person);
/// let other = rank::compare_texts(Engine::bundled(), "Samir Qandil", "Ruslan Okunev", Kind::Person);
/// assert!(same > other);
/// ```
pub fn compare_texts(engine: &Engine, left: &str, right: &str, kind: Kind) -> f32 {
    let (left, right) = (engine.prepare(left, kind), engine.prepare(right, kind));
    engine.score(&left, &right, Rarity::bundled())
}
