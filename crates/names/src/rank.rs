//! Owns the drivers that binaries call with plain data: ranking a pool of names for queries.
//! Reads and writes nothing itself. Invariants: the order of the answer depends on the names and
//! ids alone; ties with the last place are all given.

use rustc_hash::FxHashMap;

use crate::engine::Engine;
use crate::model::Model;
use crate::part::{Kind, Name};
use crate::rarity::Rarity;
use crate::sketch::Sketch;
use crate::unit::Unit;

/// Candidates that go from the sketches to the full comparison. Chosen by hand.
const CANDIDATES_MAX: usize = 600;
/// Words of the pool taken up for each word of the query, nearest sketches first.
const NEAREST: usize = 300;
/// Cosine below which a word is no neighbour.
const COSINE_MIN: f32 = 0.3;

/// A pool of names, and the distinct words of which they are made.
pub struct Pool {
    names: Vec<Name>,
    sketches: Vec<Sketch>,
    postings: Vec<Vec<u32>>,
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
        let mut pool = Pool { names: Vec::new(), sketches: Vec::new(), postings: Vec::new() };
        let mut words: FxHashMap<u64, usize> = FxHashMap::default();
        for text in texts {
            let name = engine.prepare(text, kind);
            let Ok(at) = u32::try_from(pool.names.len()) else { break };
            for unit in units(&name) {
                let word = *words.entry(unit.exact).or_insert_with(|| {
                    pool.sketches.push(unit.learned(engine.model()).sketch);
                    pool.postings.push(Vec::new());
                    pool.postings.len() - 1
                });
                if pool.postings[word].last() != Some(&at) {
                    pool.postings[word].push(at);
                }
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

    /// Positions of the names whose words lie nearest to those of `query`, nearest first.
    pub fn candidates(&self, engine: &Engine, query: &Name) -> Vec<usize> {
        let mut weights = vec![0.0f32; self.names.len()];
        let mut touched: Vec<usize> = Vec::new();
        let mut best: FxHashMap<usize, f32> = FxHashMap::default();
        for unit in units(query) {
            best.clear();
            for (word, cosine) in self.nearest(engine.model(), unit) {
                let posting = &self.postings[word];
                let rare = (self.names.len().max(2) as f32 / posting.len() as f32).ln() + 0.01;
                let weight = rare * (cosine - COSINE_MIN);
                for at in posting.iter().filter_map(|&at| usize::try_from(at).ok()) {
                    let own = best.entry(at).or_insert(0.0);
                    if weight > *own {
                        if weights[at] == 0.0 {
                            touched.push(at);
                        }
                        weights[at] += weight - *own;
                        *own = weight;
                    }
                }
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

    /// Words of the pool with the sketches nearest to that of `unit`, and their cosine.
    fn nearest(&self, model: &Model, unit: &Unit) -> Vec<(usize, f32)> {
        let own = &unit.learned(model).sketch;
        let mut found: Vec<(usize, f32)> = self
            .sketches
            .iter()
            .enumerate()
            .map(|(word, sketch)| (word, own.likeness(sketch)))
            .filter(|(_, cosine)| *cosine > COSINE_MIN)
            .collect();
        if found.len() > NEAREST {
            found.select_nth_unstable_by(NEAREST, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            found.truncate(NEAREST);
        }
        found
    }

    /// The analysed names, in the order given.
    pub fn names(&self) -> &[Name] {
        &self.names
    }
}

/// The words of a name that an index keeps: its parts, and neighbours that others join.
fn units(name: &Name) -> impl Iterator<Item = &Unit> {
    let parts = name.content.iter().map(|&at| &name.parts[usize::from(at)].unit);
    parts.chain(name.spans.iter().filter(|span| span.count == 2).map(|span| &span.unit))
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
