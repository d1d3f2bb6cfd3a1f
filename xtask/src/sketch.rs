//! Owns the training of sketches: spellings of one name are drawn together, others of the same
//! batch are pushed apart (a contrastive loss, both ways), first in random batches, then among near words.
//! Invariant: fixed generator and fixed order of sums, so the same corpus gives the same table.

use names::Script;
use names::sketch::{WIDTH, each_row, first_row, rows};
use rayon::prelude::*;

use crate::random::Random;

/// Pairs in one batch: each pair has so many rivals less one.
const BATCH: usize = 384;
/// Passes over random batches, then over batches of near words. Chosen on held-out tokens.
const PASSES: usize = 8;
const HARD_PASSES: usize = 4;
/// Near words that enter a hard batch with each pair drawn for it.
const ALIKE: usize = 8;
const RATE: f32 = 0.08;
/// Cosines are multiplied by this before the softmax.
const SHARPNESS: f32 = 18.0;

/// Two spellings of one name as rows of the table, and keys by which equal spellings are known.
pub(crate) struct Spellings {
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
    pub(crate) left_key: u64,
    pub(crate) right_key: u64,
}

/// Rows of a word in the table of all scripts.
pub(crate) fn rows_of(script: Script, word: &str) -> Vec<u32> {
    let mut found = Vec::new();
    if let Some(first) = first_row(script) {
        each_row(script, word, |row| found.push(u32::try_from(first + row).unwrap_or(0)));
    }
    found
}

pub(crate) struct Table {
    numbers: Vec<f32>,
    squares: Vec<f32>,
}

type Vector = [f32; WIDTH];

impl Table {
    pub(crate) fn new() -> Table {
        let mut random = Random::new(1);
        let numbers = (0..rows() * WIDTH).map(|_| 0.2 * (random.unit() - 0.5)).collect();
        Table { numbers, squares: vec![0.02; rows() * WIDTH] }
    }

    /// Sum of the rows, scaled to length one, and its length before.
    fn encode(&self, rows: &[u32]) -> (Vector, f32) {
        let mut sum = [0.0; WIDTH];
        for &row in rows {
            let from = row as usize * WIDTH;
            for (total, number) in sum.iter_mut().zip(&self.numbers[from..from + WIDTH]) {
                *total += number;
            }
        }
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
        for x in &mut sum {
            *x /= length;
        }
        (sum, length)
    }

    fn learn(&mut self, rows: &[u32], (unit, length): &(Vector, f32), pull: &Vector, rate: f32) {
        let along: f32 = dot(unit, pull);
        let mut step = [0.0; WIDTH];
        for (slot, (u, p)) in step.iter_mut().zip(unit.iter().zip(pull)) {
            *slot = (p - along * u) / length;
        }
        for &row in rows {
            let from = row as usize * WIDTH;
            for (at, gradient) in (from..from + WIDTH).zip(&step) {
                self.squares[at] += gradient * gradient;
                self.numbers[at] -= rate * gradient / self.squares[at].sqrt();
            }
        }
    }

    /// Trains on one set after another, mixed batch by batch.
    pub(crate) fn train(&mut self, sets: &[Vec<Spellings>], mut say: impl FnMut(&str)) {
        let mut random = Random::new(2);
        for pass in 0..PASSES + HARD_PASSES {
            let rate = RATE / (1.0 + 0.25 * pass as f32);
            let (mut loss, mut count) = (0.0, 0.0);
            for (set, batch) in self.batches(sets, pass >= PASSES, &mut random) {
                loss += self.step(&sets[set], &batch, rate);
                count += 1.0;
            }
            say(&format!("sketches: pass {pass}, loss {:.4}", loss / f32::max(count, 1.0)));
        }
    }

    fn batches(
        &self,
        sets: &[Vec<Spellings>],
        hard: bool,
        random: &mut Random,
    ) -> Vec<(usize, Vec<usize>)> {
        let mut batches = Vec::new();
        for (nth, set) in sets.iter().enumerate() {
            let mut order: Vec<usize> = (0..set.len()).collect();
            random.shuffle(&mut order);
            if hard {
                let units: Vec<Vector> =
                    set.par_iter().map(|pair| self.encode(&pair.right).0).collect();
                let count = set.len() / BATCH;
                let seeds = BATCH / ALIKE;
                let hard: Vec<Vec<usize>> = (0..count)
                    .into_par_iter()
                    .map(|batch| {
                        let mut members: Vec<usize> = (0..seeds)
                            .flat_map(|seed| {
                                nearest(&units, order[(batch * seeds + seed) % order.len()])
                            })
                            .collect();
                        members.sort_unstable();
                        members.dedup();
                        members
                    })
                    .collect();
                batches.extend(hard.into_iter().map(|batch| (nth, batch)));
            } else {
                batches.extend(order.chunks(BATCH).map(|batch| (nth, batch.to_vec())));
            }
        }
        random.shuffle(&mut batches);
        batches
    }

    /// One step of gradient descent; gives the loss.
    fn step(&mut self, set: &[Spellings], batch: &[usize], rate: f32) -> f32 {
        let table = &*self;
        let left: Vec<_> = batch.par_iter().map(|&at| table.encode(&set[at].left)).collect();
        let right: Vec<_> = batch.par_iter().map(|&at| table.encode(&set[at].right)).collect();
        let same = |i: usize, j: usize| {
            let (a, b) = (&set[batch[i]], &set[batch[j]]);
            i != j && (a.left_key == b.left_key || a.right_key == b.right_key)
        };
        let row = |i: usize, from: &[(Vector, f32)], to: &[(Vector, f32)]| -> (Vector, f32) {
            let mut shares: Vec<f32> = (0..to.len())
                .map(|j| {
                    if same(i, j) {
                        f32::NEG_INFINITY
                    } else {
                        SHARPNESS * dot(&from[i].0, &to[j].0)
                    }
                })
                .collect();
            let top = shares.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            for share in &mut shares {
                *share = (*share - top).exp();
            }
            let total: f32 = shares.iter().sum();
            let mut pull = [0.0; WIDTH];
            for (j, share) in shares.iter().enumerate() {
                let weight = share / total - f32::from(u8::from(i == j));
                if weight.abs() > 1e-5 {
                    for (slot, x) in pull.iter_mut().zip(&to[j].0) {
                        *slot += weight * x;
                    }
                }
            }
            (pull, -(shares[i] / total).max(1e-9).ln())
        };
        let pulls: Vec<_> = (0..batch.len())
            .into_par_iter()
            .map(|i| (row(i, &left, &right), row(i, &right, &left)))
            .collect();
        let mut loss = 0.0;
        for (i, ((pull_left, loss_left), (pull_right, loss_right))) in pulls.iter().enumerate() {
            loss += 0.5 * (loss_left + loss_right);
            let pair = &set[batch[i]];
            self.learn(&pair.left, &left[i], pull_left, rate);
            self.learn(&pair.right, &right[i], pull_right, rate);
        }
        loss / batch.len().max(1) as f32
    }

    /// The table in eight bits a number, one scale for all.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut sizes: Vec<f32> = self.numbers.iter().map(|x| x.abs()).collect();
        sizes.sort_unstable_by(f32::total_cmp);
        // The few largest are cut, so that the many small ones keep their differences.
        let scale = 127.0 / sizes[sizes.len() - sizes.len() / 2000 - 1].max(1e-6);
        #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of a byte")]
        let byte = |x: &f32| ((x * scale).round().clamp(-127.0, 127.0) as i8).cast_unsigned();
        self.numbers.iter().map(byte).collect()
    }
}

fn nearest(units: &[Vector], seed: usize) -> Vec<usize> {
    let own = &units[seed];
    let mut best: Vec<(f32, usize)> = Vec::with_capacity(ALIKE + 1);
    for (at, other) in units.iter().enumerate() {
        let likeness = dot(own, other);
        if best.len() < ALIKE || likeness > best[best.len() - 1].0 {
            let place = best.partition_point(|(l, _)| *l >= likeness);
            best.insert(place, (likeness, at));
            best.truncate(ALIKE);
        }
    }
    best.into_iter().map(|(_, at)| at).collect()
}

fn dot(a: &Vector, b: &Vector) -> f32 {
    // Eight sums side by side, so that the compiler may use wide registers.
    let mut sums = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    sums.iter().sum()
}
