//! Owns the weighing of a pair: the binary logarithm of the odds that its records are one person.
//!
//! An agreement on a rare value weighs more. Invariant: the weight of a pair does not depend on
//! which record comes first.

use crate::learn::{CHANCE, CLASSES, Chances, KIN, NAMESAKES, SAME, STEPS, TWINS, level_of, step};
use crate::level::{Level, MISSING};
use crate::records::Records;

/// Bits that kin, twins and namesakes count more when records are joined: chosen on generated people
/// and families (two seeds) and `historical_50k`, November 2026; see `docs/design/link.md`.
const CAUTION: [(usize, f32); 3] = [(KIN, 5.0), (TWINS, 6.0), (NAMESAKES, 8.0)];
/// Bits that twins count more still when whole groups are joined: several records of each show
/// the one thing that differs no better than one; chosen like `CAUTION`.
const CAUTION_OF_GROUPS: f32 = 1.0;

/// A pair with its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredPair {
    /// The record with the smaller number.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// Binary logarithm of the odds that they are one person.
    pub weight: f32,
}

impl ScoredPair {
    /// The probability that they are one person.
    pub fn probability(&self) -> f64 {
        probability(self.weight)
    }
}

/// A pair that may join two records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Join {
    pub(crate) pair: ScoredPair,
    /// Its weight with caution: never more than as scored.
    pub(crate) cautious: f32,
    /// How its records agree.
    pub(crate) pattern: u64,
}

/// The probability of a weight.
pub fn probability(weight: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(weight)).exp2())
}

/// The weight of a probability.
pub fn weight(probability: f64) -> f64 {
    (probability / (1.0 - probability)).log2()
}

/// Weighs pairs by learnt chances.
#[derive(Debug)]
pub(crate) struct Scorer<'a> {
    records: &'a Records,
    /// By field, step and class the binary logarithm of the chance.
    logs: Vec<[[f32; CLASSES]; STEPS]>,
    /// By field and class: the class has chances of its own.
    learnt: Vec<[bool; CLASSES]>,
    shares: [f32; CLASSES],
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(records: &'a Records, chances: &Chances) -> Self {
        let logs = chances
            .fields
            .iter()
            .map(|field| {
                let mut logs = [[0.0; CLASSES]; STEPS];
                for (step, logs) in logs.iter_mut().enumerate() {
                    for (class, log) in logs.iter_mut().enumerate() {
                        *log = narrow(field.of[class][step].max(1e-12).log2());
                    }
                }
                logs
            })
            .collect();
        let learnt = chances
            .fields
            .iter()
            .map(|f| std::array::from_fn(|class| f.is_learnt(class)))
            .collect();
        let shares = chances.share.map(|s| narrow(s.max(1e-18).log2()));
        Self { records, logs, learnt, shares }
    }

    /// The weight of a pair whose records agree by this pattern: as it is, and with caution.
    ///
    /// Caution is for clusters: to take two people of one family or name for one person is worse
    /// than to leave one person in two clusters, so these explanations count more.
    pub(crate) fn weigh(&self, left: u32, pattern: u64) -> (f32, f32) {
        let sums = self.sums(left, pattern);
        (against_others(sums), against_others(careful(sums)))
    }

    /// Binary logarithms of the share of each class and the chance of the pattern in it.
    fn sums(&self, left: u32, pattern: u64) -> [f32; CLASSES] {
        let mut sums = self.shares;
        for (f, value) in self.records.row(left).iter().enumerate() {
            let level = level_of(pattern, f);
            if level != MISSING {
                self.add(&mut sums, f, level, *value);
            }
        }
        sums
    }

    /// The class that explains a pair best, with caution, if it is not one person.
    pub(crate) fn explanation(&self, left: u32, pattern: u64) -> usize {
        let sums = careful(self.sums(left, pattern));
        let others = (0..CLASSES).filter(|class| *class != SAME);
        others.max_by(|a, b| sums[*a].total_cmp(&sums[*b]).then(b.cmp(a))).unwrap_or(CHANCE)
    }

    /// Weighs a pair of records.
    pub(crate) fn join(&self, left: u32, right: u32) -> Join {
        let pattern = self.records.pattern(left, right);
        let (weight, cautious) = self.weigh(left, pattern);
        Join { pair: ScoredPair { left, right, weight }, cautious, pattern }
    }

    /// The weight, with caution, of all that two groups show: field by field the agreement that
    /// speaks most for one person. What all pairs deny counts as often as the smaller group has
    /// records that say it. `pattern` gives the pattern of a pair of places.
    pub(crate) fn profile(
        &self,
        left: &[u32],
        right: &[u32],
        pattern: impl Fn(usize, usize) -> u64,
    ) -> f32 {
        let mut sums = self.shares;
        for f in 0..self.logs.len() {
            let mut best = (f32::NEG_INFINITY, [0.0; CLASSES]);
            for (i, l) in left.iter().enumerate() {
                for j in 0..right.len() {
                    let level = level_of(pattern(i, j), f);
                    if level == MISSING {
                        continue;
                    }
                    let mut parts = [0.0; CLASSES];
                    self.add(&mut parts, f, level, self.records.row(*l)[f]);
                    let telling = parts[SAME] - parts[CHANCE];
                    if telling > best.0 {
                        best = (telling, parts);
                    }
                }
            }
            let filled = |of: &[u32]| of.iter().filter(|r| self.records.row(**r)[f] != 0).count();
            let times = if best.0 < 0.0 { filled(left).min(filled(right)) } else { 1 };
            for (sum, part) in sums.iter_mut().zip(best.1) {
                *sum += part * times as f32;
            }
        }
        sums[TWINS] += CAUTION_OF_GROUPS;
        against_others(careful(sums))
    }

    /// Adds what a level of a field says; `value` is what the records agree on, if they do.
    fn add(&self, sums: &mut [f32; CLASSES], field: usize, level: Level, value: u32) {
        let (step, learnt) = (step(level), &self.learnt[field]);
        // The share of the value itself is left out of every class.
        let frequency = self.records.fields[field].log2_frequency[value as usize];
        for (class, (sum, log)) in sums.iter_mut().zip(&self.logs[field][step]).enumerate() {
            *sum += if step == STEPS - 1 && !learnt[class] { frequency } else { *log };
        }
    }
}

/// The sums with what kin, twins and namesakes count more.
fn careful(mut sums: [f32; CLASSES]) -> [f32; CLASSES] {
    for (class, bits) in CAUTION {
        sums[class] += bits;
    }
    sums
}

/// The odds of one person against all other explanations.
fn against_others(mut sums: [f32; CLASSES]) -> f32 {
    let same = std::mem::replace(&mut sums[SAME], f32::NEG_INFINITY);
    let most = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let others: f32 = sums.iter().map(|s| (s - most).exp2()).sum();
    same - most - others.log2()
}

/// Single precision is enough for a weight.
#[expect(clippy::cast_possible_truncation, reason = "weights need no more than 24 bits")]
pub(crate) fn narrow(value: f64) -> f32 {
    value as f32
}
