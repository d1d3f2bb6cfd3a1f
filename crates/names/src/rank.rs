//! Owns the drivers that binaries call with plain data: ranking a pool of names for queries.
//! Reads and writes nothing itself. Invariants: the order of the answer depends on the names and
//! ids alone; ties with the last place are all given.

use crate::engine::Engine;
use crate::index::{Candidate, Index};
use crate::part::{Kind, Name};
use crate::rarity::Rarity;

/// Candidates that go from the index to the full comparison. Chosen by hand.
const CANDIDATES_MAX: usize = 600;

/// A pool of names, and the index of their words.
pub struct Pool {
    names: Vec<Name>,
    index: Index,
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
        let names: Vec<Name> = texts.into_iter().map(|text| engine.prepare(text, kind)).collect();
        let index = Index::new(engine, &names);
        Pool { names, index }
    }

    /// The best `top` names of the pool for `query`, best first, with all that tie with the last.
    pub fn rank(&self, engine: &Engine, query: &str, kind: Kind, top: usize) -> Vec<Ranked> {
        let query = engine.prepare(query, kind);
        let rarity = Rarity::bundled();
        let mut ranked: Vec<Ranked> = self
            .index
            .candidates(engine, &query, CANDIDATES_MAX)
            .into_iter()
            .map(|Candidate { position: candidate, .. }| {
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
