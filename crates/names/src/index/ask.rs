//! Owns the asking of an index: words near those of the query, the names that have them, the best
//! of these. Invariant: no state is left between two queries.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::{View, run};
use crate::cells::CELLS;
use crate::engine::Engine;
use crate::keys;
use crate::part::Name;
use crate::sketch::{Sketch, WIDTH};
use crate::unit::Unit;

/// Words taken up for each word of the query, nearest sketches first.
const NEAREST: usize = 150;
/// Cosine below which a word is no neighbour. From 0.3 to 0.5 as many are found of the names left out of
/// six public lists (November 2026); scripts that have few letters for many sounds need the lower.
const COSINE_MIN: f32 = 0.4;
/// Cells looked into where either side is two parts taken as one: what people join they spell
/// alike. With 24 the right entity is first for one query of a thousand more, at a sixth more time
/// (names left out of six public lists, November 2026).
const JOINED_ASKED: usize = 10;
/// Of so many times the names wanted, by the words they share, those are given that have least of
/// others. Chosen by hand.
const REFINED: usize = 3;
/// Share of what other words are worth that is taken off. Chosen by hand.
const UNMET: f32 = 0.5;
/// Words gone through for each word of the query: in a large index the farther cells are left out,
/// but never these first. Chosen by hand: of 1.2 million generated people as many are found.
const SCANNED_MAX: usize = 8_000;
const CELLS_MIN: usize = 6;
/// Names of postings gone through for one query. Rare words come first; the words left over count
/// only for the names that the others brought up. Chosen by hand: half a millisecond.
const POSTINGS_MAX: usize = 100_000;

/// A query, made ready to be put to any number of indexes.
#[derive(Clone, Debug)]
pub struct Asked {
    words: Vec<AskedWord>,
}

#[derive(Clone, Debug)]
struct AskedWord {
    /// Equal for words that are alike to everything.
    identity: u64,
    sketch: Sketch,
    cells: [u16; keys::ASKED],
    /// Whether it is two parts taken as one: only single words are looked for, then.
    is_joined: bool,
    skeleton: u64,
}

/// A name that an index brings up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// Position of the name, in the order in which they were given.
    pub position: usize,
    /// Sum over the words of the query of rarity times nearness; comparable within one query only.
    pub weight: f32,
}

impl Asked {
    /// Makes a query ready.
    pub fn new(engine: &Engine, query: &Name) -> Asked {
        let model = engine.model();
        let word = |(unit, is_joined): (&Unit, bool)| AskedWord {
            identity: unit.identity,
            sketch: unit.learned(model).sketch,
            cells: keys::cells_of(model, unit),
            is_joined,
            skeleton: keys::skeleton_key(unit),
        };
        let parts = keys::parts(query).map(|unit| (unit, false));
        let joined = keys::joined(query).map(|unit| (unit, true));
        Asked { words: parts.chain(joined).map(word).collect() }
    }
}

impl View<'_> {
    /// At most `most` names whose words lie nearest to those of the query, nearest first, ties by
    /// position. Weights of several indexes compare with each other.
    pub fn candidates(&self, asked: &Asked, most: usize) -> Vec<Candidate> {
        SCRATCH.with_borrow_mut(|scratch| {
            scratch.fit(self);
            for (nth, word) in (0u8..).zip(&asked.words) {
                self.add_nearest(word, nth, scratch);
            }
            scratch.note_near();
            self.gather(scratch);
            let mut found = scratch.take_sums();
            let order = |a: &Candidate, b: &Candidate| {
                b.weight.total_cmp(&a.weight).then(a.position.cmp(&b.position))
            };
            if found.len() > REFINED * most {
                found.select_nth_unstable_by(REFINED * most, order);
                found.truncate(REFINED * most);
            }
            for candidate in &mut found {
                candidate.weight -= UNMET * self.unmet(candidate.position, scratch);
            }
            scratch.forget_near();
            if found.len() > most {
                found.select_nth_unstable_by(most, order);
                found.truncate(most);
            }
            found.sort_unstable_by(order);
            found
        })
    }

    /// What those words of a name are worth that are near no word of the query.
    fn unmet(&self, name: usize, scratch: &Scratch) -> f32 {
        let words = run(self.name_first, self.name_words, name);
        let unmet = words.iter().map(|&word| {
            let near = scratch.nearness.get(word as usize).copied().unwrap_or_default();
            let surprise = self.surprises.get(word as usize).copied().unwrap_or_default();
            surprise * (1.0 - near)
        });
        unmet.sum()
    }

    /// Adds the words with the sketches nearest to that of one word of the query. Queries repeat
    /// their words: what was found for the last of them is kept.
    fn add_nearest(&self, asked: &AskedWord, nth: u8, scratch: &mut Scratch) {
        let key = (self.id, asked.identity, asked.is_joined);
        if !scratch.known.contains_key(&key) {
            if scratch.known.len() >= KNOWN_MAX {
                scratch.known.clear();
            }
            let near = self.nearest(asked, scratch);
            scratch.known.insert(key, near);
        }
        let near = scratch.known.get(&key).map_or(&[][..], Vec::as_slice);
        scratch.found.extend(near.iter().map(|&(word, cosine)| {
            let surprise = self.surprises.get(word as usize).copied().unwrap_or_default();
            let nearness = (cosine - COSINE_MIN) / (1.0 - COSINE_MIN);
            Near { weight: (surprise + 0.01) * nearness, nearness, word, nth }
        }));
    }

    /// The words with the sketches nearest to that of one word of the query, and their cosines.
    fn nearest(&self, asked: &AskedWord, scratch: &mut Scratch) -> Vec<(u32, f32)> {
        let Scratch { seen, near, .. } = scratch;
        near.clear();
        // A word is in two cells; which it was seen in does not matter.
        let mut meet = |word: u32, sketch: &[i16; WIDTH]| {
            let cosine = asked.sketch.likeness_to(sketch);
            if cosine > COSINE_MIN
                && let Some(seen) = seen.get_mut(word as usize)
                && !std::mem::replace(seen, true)
            {
                near.push((word, cosine));
            }
        };
        let (whole, joined) =
            if asked.is_joined { (JOINED_ASKED, 0) } else { (keys::ASKED, JOINED_ASKED) };
        let cells = |count: usize| asked.cells[..count].iter().map(|cell| usize::from(*cell));
        let cells = cells(whole).chain(cells(joined).map(|cell| CELLS + cell));
        let mut scanned = 0;
        for (nth, cell) in cells.enumerate() {
            if nth >= CELLS_MIN && nth < whole && scanned > SCANNED_MAX {
                continue;
            }
            for (word, sketch) in self.cell(cell) {
                meet(word, sketch);
                scanned += 1;
            }
        }
        if let Ok(at) = self.skeletons.binary_search(&asked.skeleton) {
            for &word in run(self.skeleton_first, self.skeleton_words, at) {
                if let Some(sketch) = self.sketch(word) {
                    meet(word, sketch);
                }
            }
        }
        for (word, _) in near.iter() {
            seen[*word as usize] = false;
        }
        if near.len() > NEAREST {
            let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
            near.select_nth_unstable_by(NEAREST, order);
            near.truncate(NEAREST);
        }
        near.clone()
    }

    /// Sums up, for each name, over the words of the query, the best weight among its words.
    fn gather(&self, scratch: &mut Scratch) {
        let Scratch { found, best, touched, sums, masks, summed, .. } = scratch;
        let late = self.put_off(found);
        for of_one in found.chunk_by(|a, b| a.nth == b.nth) {
            for near in of_one {
                for &name in self.posting(near.word).iter().take(POSTINGS_MAX) {
                    let Some(best) = best.get_mut(name as usize) else { continue };
                    if *best == 0.0 {
                        touched.push(name);
                    }
                    *best = best.max(near.weight);
                }
            }
            for name in touched.drain(..) {
                let weight = std::mem::take(&mut best[name as usize]);
                let sum = &mut sums[name as usize];
                if *sum == 0.0 {
                    summed.push(name);
                }
                *sum += weight;
                masks[name as usize] |= bit(of_one[0].nth);
            }
        }
        found.clear();
        if !late.is_empty() {
            self.add_late(&late, scratch);
        }
    }

    /// Takes out the words whose postings are too many to be gone through: the best stay.
    fn put_off(&self, found: &mut Vec<Near>) -> Vec<Near> {
        let length = |near: &Near| self.posting(near.word).len();
        if found.iter().map(length).sum::<usize>() <= POSTINGS_MAX {
            return Vec::new();
        }
        found.sort_unstable_by(|a, b| {
            b.weight.total_cmp(&a.weight).then((a.nth, a.word).cmp(&(b.nth, b.word)))
        });
        let mut taken = 0;
        let fits = found.iter().take_while(|near| {
            taken += length(near);
            taken <= POSTINGS_MAX
        });
        let late = found.split_off(fits.count().max(1));
        found.sort_by_key(|near| near.nth);
        late
    }

    /// Adds what the words that were not gone through are worth to the names that others brought
    /// up, where they have no better word for that of the query. A name that has common words alone
    /// is no candidate in so large an index.
    fn add_late(&self, late: &[Near], scratch: &mut Scratch) {
        let Scratch { sums, masks, summed, .. } = scratch;
        let mut by_word: Vec<(u32, u8, f32)> =
            late.iter().map(|near| (near.word, near.nth, near.weight)).collect();
        by_word.sort_unstable_by_key(|(word, nth, _)| (*word, *nth));
        for &name in summed.iter() {
            let mut best: [f32; 32] = [0.0; 32];
            for word in self.words_of(name) {
                let from = by_word.partition_point(|(other, ..)| other < word);
                for &(_, nth, weight) in
                    by_word[from..].iter().take_while(|(other, ..)| other == word)
                {
                    if masks[name as usize] & bit(nth) == 0 {
                        let own = &mut best[usize::from(nth) % 32];
                        *own = own.max(weight);
                    }
                }
            }
            sums[name as usize] += best.iter().sum::<f32>();
        }
    }
}

/// A word near one of the query.
#[derive(Clone, Copy, Debug)]
struct Near {
    weight: f32,
    /// 1 for the same word, 0 for one that is hardly alike.
    nearness: f32,
    word: u32,
    /// Which word of the query.
    nth: u8,
}

/// The bit of a word of the query. A name has fewer words and pairs of words than there are bits.
fn bit(nth: u8) -> u32 {
    1 << (nth % 32)
}

/// Room for one query, as large as the largest index asked by this thread. All sums are zero and
/// no word is seen between queries.
#[derive(Debug, Default)]
struct Scratch {
    seen: Vec<bool>,
    near: Vec<(u32, f32)>,
    /// Index and word of a query to the words nearest to it.
    known: FxHashMap<(u64, u64, bool), Vec<(u32, f32)>>,
    found: Vec<Near>,
    best: Vec<f32>,
    touched: Vec<u32>,
    sums: Vec<f32>,
    masks: Vec<u32>,
    /// By word, the greatest nearness to a word of the query.
    nearness: Vec<f32>,
    near_words: Vec<u32>,
    summed: Vec<u32>,
}

/// Words of queries, times the indexes asked, for which a thread keeps the nearest; about 10 MB.
const KNOWN_MAX: usize = 16_384;

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl Scratch {
    fn fit(&mut self, index: &View<'_>) {
        self.seen.resize(self.seen.len().max(index.words()), false);
        self.best.resize(self.best.len().max(index.len()), 0.0);
        self.sums.resize(self.sums.len().max(index.len()), 0.0);
        self.masks.resize(self.masks.len().max(index.len()), 0);
        self.nearness.resize(self.nearness.len().max(index.words()), 0.0);
    }

    fn note_near(&mut self) {
        for near in &self.found {
            if let Some(nearness) = self.nearness.get_mut(near.word as usize) {
                *nearness = nearness.max(near.nearness);
                self.near_words.push(near.word);
            }
        }
    }

    fn forget_near(&mut self) {
        for word in self.near_words.drain(..) {
            self.nearness[word as usize] = 0.0;
        }
    }

    fn take_sums(&mut self) -> Vec<Candidate> {
        for &name in &self.summed {
            self.masks[name as usize] = 0;
        }
        let summed = self.summed.drain(..);
        summed
            .map(|position| Candidate {
                position: position as usize,
                weight: std::mem::take(&mut self.sums[position as usize]),
            })
            .collect()
    }
}
