//! Owns the sharpening of alignment weights: every right pair against the most similar of many
//! wrong ones, by stochastic gradient on the best alignments.
//! Invariant: a fixed generator, so the same examples give the same weights.

use std::collections::BTreeMap;

use names::model::{EMPTY, FLOOR, Grams, LATIN_GRAM_MAX, NEVER_RUN, PairModel};

/// A right pair in gram numbers, with keys by which equal spellings are known.
pub(crate) struct Example {
    pub(crate) native: Grams,
    pub(crate) latin: Grams,
    pub(crate) native_key: u64,
    pub(crate) latin_key: u64,
    /// Other examples whose Latin side looks similar to the native side.
    pub(crate) rivals: Vec<u32>,
}

/// Random wrong tokens looked at besides the neighbours, and the wrong ones kept. Chosen by hand.
const RANDOM: usize = 8;
const KEPT: usize = 6;
/// Right pairs visited in one pass.
const VISITS_MAX: usize = 40_000;
const RATE: f32 = 0.12;
/// Pull towards the EM weights, for each visit.
const PULL: f32 = 2e-4;

pub(crate) struct Sharpener<'a> {
    model: PairModel,
    start: Vec<f32>,
    squares: Vec<f32>,
    examples: &'a [Example],
    right: BTreeMap<u64, Vec<u64>>,
    random: u64,
}

impl<'a> Sharpener<'a> {
    pub(crate) fn new(model: PairModel, examples: &'a [Example]) -> Sharpener<'a> {
        let mut right: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for example in examples {
            right.entry(example.native_key).or_default().push(example.latin_key);
        }
        let start = model.weights.clone();
        let squares = vec![1.0; start.len()];
        Sharpener { model, start, squares, examples, right, random: 0x9E37_79B9_7F4A_7C15 }
    }

    fn next(&mut self, bound: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        usize::try_from(self.random >> 33).unwrap_or(0) % bound.max(1)
    }

    fn is_right(&self, native: u64, latin: u64) -> bool {
        native == latin || self.right.get(&native).is_some_and(|right| right.contains(&latin))
    }

    /// The most similar wrong pairs among neighbours and random ones: (native, Latin, score).
    fn rivals(&mut self, at: usize) -> Vec<(usize, usize, f32)> {
        let mut rivals: Vec<(usize, usize, f32)> = Vec::with_capacity(64);
        let examples = self.examples;
        let mut looked_at: Vec<(usize, usize)> =
            examples[at].rivals.iter().map(|&other| (at, other as usize)).collect();
        for nth in 0..RANDOM {
            let other = self.next(examples.len());
            looked_at.push(if nth % 2 == 0 { (at, other) } else { (other, at) });
        }
        for (native, latin) in looked_at {
            if self.is_right(examples[native].native_key, examples[latin].latin_key) {
                continue;
            }
            let score = self.model.align(&examples[native].native, &examples[latin].latin);
            rivals.push((native, latin, score));
        }
        rivals.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        rivals.truncate(KEPT);
        rivals
    }

    /// One pass over all examples; gives the mean loss.
    pub(crate) fn epoch(&mut self, epoch: usize) -> f32 {
        let mut loss = 0.0;
        let rate = RATE / (1.0 + epoch as f32);
        for _ in 0..self.examples.len().min(VISITS_MAX) {
            let at = self.next(self.examples.len());
            let example = &self.examples[at];
            let right = self.model.align(&example.native, &example.latin);
            let rivals = self.rivals(at);
            let top = rivals.iter().map(|rival| rival.2).fold(right, f32::max);
            let sum: f32 =
                rivals.iter().map(|rival| (rival.2 - top).exp()).sum::<f32>() + (right - top).exp();
            let share = (right - top).exp() / sum;
            loss -= share.max(1e-9).ln();
            if share > 0.995 {
                continue;
            }
            self.step(at, at, rate * (1.0 - share));
            for (native, latin, score) in rivals {
                let share = (score - top).exp() / sum;
                if share > 0.005 {
                    self.step(native, latin, -rate * share);
                }
            }
        }
        loss / self.examples.len().clamp(1, VISITS_MAX) as f32
    }

    fn step(&mut self, native: usize, latin: usize, amount: f32) {
        let path =
            best_path(&self.model, &self.examples[native].native, &self.examples[latin].latin);
        for at in path {
            let gradient = amount / RATE;
            self.squares[at] += gradient * gradient;
            let pull = PULL * (self.start[at] - self.model.weights[at]);
            let moved = self.model.weights[at] + amount / self.squares[at].sqrt() * 2.0 + pull;
            self.model.weights[at] = moved.clamp(FLOOR + 0.01, 14.0);
        }
    }

    /// Gives the model.
    pub(crate) fn finish(self) -> PairModel {
        self.model
    }
}

/// Weight positions of the best alignment.
fn best_path(model: &PairModel, native: &[[u16; 3]], latin: &[[u16; 3]]) -> Vec<usize> {
    let width = latin.len() + 1;
    let mut best = vec![(f32::NEG_INFINITY, 0usize, usize::MAX); (native.len() + 1) * width];
    best[0].0 = 0.0;
    for i in 0..=native.len() {
        for j in 0..width {
            for a in 0..=i.min(2) {
                for b in 0..=j.min(LATIN_GRAM_MAX) {
                    if a + b == 0 || (a == 0 && b > 1) {
                        continue;
                    }
                    let n = if a == 0 { EMPTY } else { native[i - a][a - 1] };
                    let l = if b == 0 { EMPTY } else { latin[j - b][b - 1] };
                    let from = (i - a) * width + j - b;
                    if n == NEVER_RUN || l == NEVER_RUN {
                        continue;
                    }
                    let at = model.at(n, l);
                    let total = best[from].0 + model.weights[at];
                    if total > best[i * width + j].0 {
                        best[i * width + j] = (total, from, at);
                    }
                }
            }
        }
    }
    let mut path = Vec::new();
    let mut cell = best.len() - 1;
    while cell != 0 {
        let (_, from, at) = best[cell];
        path.push(at);
        cell = from;
    }
    path
}
