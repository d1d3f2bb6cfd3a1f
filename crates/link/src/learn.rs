//! Owns the learning without labels: chances of the levels among unrelated records from random
//! pairs, among records of one person, of kin, of neighbours and of namesakes by
//! expectation–maximization over candidate pairs.
//!
//! `docs/design/link.md` has the formulas. Invariant: the same records give the same parameters;
//! sums run in a fixed order.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::key::mix;
use crate::level::{self, BANDS, BITS, DIFFERENT, EXACT, FAR, Level, MISSING};
use crate::property::Property;
use crate::records::{Field, Records};

/// Why two records agree.
pub(crate) const CLASSES: usize = 6;
/// By chance.
pub(crate) const CHANCE: usize = 0;
/// One person.
pub(crate) const SAME: usize = 1;
/// Members of one household.
pub(crate) const KIN: usize = 2;
/// People of one place.
pub(crate) const NEIGHBORS: usize = 3;
/// People of one name: their names are chosen and written as those of one person, the rest is chance.
pub(crate) const NAMESAKES: usize = 4;
/// Members of one household born on the same day.
pub(crate) const TWINS: usize = 5;

/// Pairs of each class for one pair of one person, before anything is learnt; chosen by hand.
const FIRST_SHARES: [(usize, f64); CLASSES - 1] =
    [(SAME, 1.0), (KIN, 0.2), (NEIGHBORS, 0.5), (NAMESAKES, 0.1), (TWINS, 0.02)];
/// Random pairs that the chances among unrelated records are counted on.
const RANDOM_PAIRS: u64 = 600_000;
/// Rounds of expectation–maximization at most.
const ROUNDS: usize = 60;
/// Change of a probability at which it ends.
const STILL: f64 = 3e-4;
/// Pairs that are added to each level of a learnt class, so that no level is impossible.
const PRIOR_PAIRS: f64 = 2.0;
/// Judgements of one person from which on they count in the learning; chosen by hand: fewer say
/// little of levels that one pair in twenty shows.
const LABELS_MIN: usize = 50;
/// Judgements that count as much as all that is learnt without them; chosen by hand.
const LABELS_HALF: f64 = 500.0;
/// Codes of a level.
const LEVELS: usize = 1 << BITS;
/// Levels below the bands, and one for all exact agreements.
pub(crate) const STEPS: usize = 9;

/// The parameters of one field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldChances {
    /// By class and level; the last level is any exact agreement.
    pub(crate) of: [[f64; STEPS]; CLASSES],
    /// Share of the values of each band among records.
    band_share: [f64; BANDS],
    /// Chance that two unrelated records agree on a value of each band.
    band_chance: [f64; BANDS],
    /// Classes whose chances are learnt; the others keep those of unrelated records.
    learnt: [bool; CLASSES],
}

/// All parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chances {
    pub(crate) fields: Vec<FieldChances>,
    /// Share of each class among all pairs.
    pub(crate) share: [f64; CLASSES],
}

/// How the pairs agree that were judged to be one person.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    pairs: usize,
    /// Pairs by field and step; empty if there are too few.
    counts: Vec<[f64; STEPS]>,
}

impl Labels {
    /// The labels, if there are enough to learn from.
    pub(crate) fn of(records: &Records, same: &[(u32, u32)]) -> Self {
        let mut pairs: Vec<(u32, u32)> =
            same.iter().filter(|(l, r)| l != r).map(|(l, r)| (*l.min(r), *l.max(r))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        if pairs.len() < LABELS_MIN {
            return Self::default();
        }
        let mut counts = vec![[0.0; STEPS]; records.fields.len()];
        for (l, r) in &pairs {
            let pattern = records.pattern(*l, *r);
            for (f, counts) in counts.iter_mut().enumerate() {
                counts[step(level_of(pattern, f))] += 1.0;
            }
        }
        Self { pairs: pairs.len(), counts }
    }

    /// Judgements that were learnt from.
    pub(crate) fn pairs(&self) -> usize {
        self.pairs
    }

    /// Adds the labels to what was expected of pairs of one person, so that they make up a share
    /// that grows with their number.
    fn blend(&self, counts: &mut [[[f64; STEPS]; CLASSES]]) {
        let (fields, classes) = counts.split_at_mut(self.counts.len());
        let Some(expected) = classes.last().map(|c| c[SAME][0]) else { return };
        // λ / (1 − λ) with λ = n / (n + LABELS_HALF), for each of the n labels.
        let each = expected / LABELS_HALF;
        for (field, labels) in fields.iter_mut().zip(&self.counts) {
            for (count, label) in field[SAME].iter_mut().zip(labels) {
                *count += label * each;
            }
        }
    }
}

/// Chances by field, level and class, for many patterns.
#[derive(Debug)]
pub(crate) struct Table {
    fields: Vec<[[f64; CLASSES]; LEVELS]>,
    share: [f64; CLASSES],
}

impl Table {
    /// The chance of a pattern in each class, times the share of the class.
    pub(crate) fn joint(&self, pattern: u64) -> [f64; CLASSES] {
        let (mut joint, mut rest) = (self.share, pattern);
        for field in &self.fields {
            let level = usize::from(level_of(rest, 0));
            for (j, chance) in joint.iter_mut().zip(&field[level]) {
                *j *= chance;
            }
            rest >>= BITS;
        }
        joint
    }
}

/// Patterns with the pairs that show them.
pub(crate) type Patterns = Vec<(u64, f64)>;

/// The level of a field in a pattern.
pub(crate) fn level_of(pattern: u64, field: usize) -> Level {
    let shift = BITS * u32::try_from(field).unwrap_or(0);
    u8::try_from(pattern >> shift & 15).unwrap_or(MISSING)
}

/// The step of a level: all exact agreements are one.
pub(crate) fn step(level: Level) -> usize {
    usize::from(level.min(EXACT))
}

impl Chances {
    /// The parameters before any candidate pair is seen.
    pub(crate) fn begin(records: &Records) -> Self {
        let counts = random_levels(records);
        let fields = records
            .fields
            .iter()
            .zip(&counts)
            .map(|(field, counts)| {
                let p = field.property;
                let twins = p.is_shared_by_kin() || p == Property::BirthDate;
                let learnt = [false, true, p.is_shared_by_kin(), p.is_place(), p.is_name(), twins];
                let mut chances = FieldChances {
                    of: [[0.0; STEPS]; CLASSES],
                    band_share: [0.0; BANDS],
                    band_chance: [0.0; BANDS],
                    learnt,
                };
                chances.count_bands(field);
                chances.begin(counts);
                chances
            })
            .collect();
        let persons = records.len() as f64 * 0.5 / records.pairs().max(1.0);
        let mut share = [0.0; CLASSES];
        for (class, part) in FIRST_SHARES {
            share[class] = (persons * part).min(0.1);
        }
        share[CHANCE] = (1.0 - share.iter().sum::<f64>()).max(0.01);
        Self { fields, share }
    }

    /// The chances by field and level, ready to be multiplied.
    pub(crate) fn table(&self) -> Table {
        let of_level = |field: &FieldChances, level: usize| {
            let level = u8::try_from(level).unwrap_or(MISSING);
            std::array::from_fn(
                |class| {
                    if level == MISSING { 1.0 } else { field.chance(class, level) }
                },
            )
        };
        let of_field =
            |field| -> [[f64; CLASSES]; LEVELS] { std::array::from_fn(|l| of_level(field, l)) };
        Table { fields: self.fields.iter().map(of_field).collect(), share: self.share }
    }

    /// Learns the classes from candidate pairs.
    pub(crate) fn learn(&mut self, patterns: &Patterns, labels: &Labels, pairs: f64) {
        for _ in 0..ROUNDS {
            let mut counts = self.expect(patterns);
            labels.blend(&mut counts);
            if self.maximize(&counts, pairs) < STILL {
                break;
            }
        }
    }

    /// Classes that are made of parts of others: namesakes write their name as one person does,
    /// twins share what kin share and the day of birth.
    fn tie(&mut self) {
        for field in &mut self.fields {
            if field.learnt[NAMESAKES] {
                field.of[NAMESAKES] = field.of[SAME];
            }
            if field.learnt[TWINS] {
                field.of[TWINS] = field.of[if field.learnt[KIN] { KIN } else { SAME }];
            }
        }
    }

    /// Expected pairs by field, class and step; the last entry counts the classes.
    fn expect(&self, patterns: &Patterns) -> Vec<[[f64; STEPS]; CLASSES]> {
        let (width, table) = (self.fields.len(), self.table());
        let parts: Vec<Vec<[[f64; STEPS]; CLASSES]>> = patterns
            .par_chunks(8192)
            .map(|chunk| {
                let mut counts = vec![[[0.0; STEPS]; CLASSES]; width + 1];
                for (pattern, weight) in chunk {
                    let joint = table.joint(*pattern);
                    let sum: f64 = joint.iter().sum();
                    if sum <= 0.0 {
                        continue;
                    }
                    for class in 1..CLASSES {
                        let expected = weight * joint[class] / sum;
                        counts[width][class][0] += expected;
                        for (f, count) in counts[..width].iter_mut().enumerate() {
                            count[class][step(level_of(*pattern, f))] += expected;
                        }
                    }
                }
                counts
            })
            .collect();
        let mut total = vec![[[0.0; STEPS]; CLASSES]; width + 1];
        for part in parts {
            for (t, p) in total.iter_mut().zip(part) {
                for (t, p) in t.iter_mut().zip(p) {
                    for (t, p) in t.iter_mut().zip(p) {
                        *t += p;
                    }
                }
            }
        }
        total
    }

    /// Sets the parameters to what was expected; the biggest change.
    fn maximize(&mut self, counts: &[[[f64; STEPS]; CLASSES]], pairs: f64) -> f64 {
        let mut change: f64 = 0.0;
        let width = self.fields.len();
        for class in 1..CLASSES {
            self.share[class] = (counts[width][class][0] / pairs.max(1.0)).clamp(1e-15, 0.5);
            for (field, counts) in self.fields.iter_mut().zip(counts) {
                if !field.learnt[class] {
                    continue;
                }
                let counts = &counts[class];
                let seen: f64 = counts[1..].iter().sum();
                for (step, count) in counts.iter().enumerate().skip(1) {
                    // The prior says: as among unrelated records.
                    let added = PRIOR_PAIRS * field.of[CHANCE][step];
                    let p = (count + added + 1e-3) / (seen + PRIOR_PAIRS + 8e-3);
                    change = change.max((p - field.of[class][step]).abs());
                    field.of[class][step] = p;
                }
            }
        }
        self.tie();
        let others: f64 = self.share[1..].iter().sum();
        self.share[CHANCE] = (1.0 - others).max(1e-9);
        change
    }
}

impl FieldChances {
    /// The chance of a level in a class.
    fn chance(&self, class: usize, level: Level) -> f64 {
        if level < EXACT {
            return self.of[class][usize::from(level)];
        }
        let band = usize::from(level - EXACT);
        if self.learnt[class] {
            self.of[class][STEPS - 1] * self.band_share[band]
        } else {
            self.band_chance[band]
        }
    }

    /// True if the class has chances of its own for this field.
    pub(crate) fn is_learnt(&self, class: usize) -> bool {
        self.learnt[class]
    }

    fn count_bands(&mut self, field: &Field) {
        let filled = field.filled.max(1) as f64;
        for (_, log2) in field.used() {
            let frequency = f64::from(log2).exp2();
            let band = usize::from(level::exact(log2) - EXACT);
            self.band_share[band] += frequency;
            // Two records of a value that stands once only cannot meet.
            self.band_chance[band] += frequency * (frequency - 1.0 / filled).max(frequency * 1e-3);
        }
    }

    /// Sets every class from the levels of random pairs.
    fn begin(&mut self, counts: &[f64; STEPS]) {
        let seen: f64 = counts.iter().sum();
        let exact: f64 = self.band_chance.iter().sum::<f64>().clamp(1e-12, 0.999);
        let other: f64 = counts[1..STEPS - 1].iter().sum::<f64>().max(1.0);
        for step in 1..STEPS - 1 {
            let p = (counts[step] + 0.5) / (other + 3.5) * (1.0 - exact);
            for class in &mut self.of {
                class[step] = p.max(0.1 / (seen + 1.0));
            }
        }
        for (class, of) in self.of.iter_mut().enumerate() {
            of[STEPS - 1] = exact;
            if self.learnt[class] {
                let apart = of[usize::from(DIFFERENT)] + of[usize::from(FAR)];
                of[STEPS - 1] = 0.75;
                let mut near = 0.0;
                for (step, p) in of.iter_mut().enumerate().take(STEPS - 1).skip(1) {
                    if step < usize::from(DIFFERENT) {
                        *p = 0.03;
                        near += 0.03;
                    } else {
                        *p *= (0.25 - 0.15) / apart.max(1e-9);
                    }
                }
                debug_assert!(near < 0.2);
            }
        }
    }
}

/// Levels of random pairs, by field and step.
fn random_levels(records: &Records) -> Vec<[f64; STEPS]> {
    let (n, first) = (records.len() as u64, records.first as u64);
    let mut counts = vec![[0.0; STEPS]; records.fields.len()];
    if n < 2 || (records.is_link() && first == 0) {
        return counts;
    }
    let draw = |i: u64, below: u64| u32::try_from(mix(i) % below.max(1)).unwrap_or(0);
    let parts: Vec<FxHashMap<u64, u32>> = (0..64_u64)
        .into_par_iter()
        .map(|part| {
            let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
            for i in (part..RANDOM_PAIRS).step_by(64) {
                let (l, r) = if records.is_link() {
                    let right = u32::try_from(first).unwrap_or(0) + draw(2 * i + 1, n - first);
                    (draw(2 * i, first), right)
                } else {
                    (draw(2 * i, n), draw(2 * i + 1, n))
                };
                if l != r {
                    *seen.entry(records.pattern(l, r)).or_default() += 1;
                }
            }
            seen
        })
        .collect();
    for part in parts {
        let mut patterns: Vec<(u64, u32)> = part.into_iter().collect();
        patterns.sort_unstable();
        for (pattern, count) in patterns {
            for (f, counts) in counts.iter_mut().enumerate() {
                counts[step(level_of(pattern, f))] += f64::from(count);
            }
        }
    }
    for counts in &mut counts {
        counts[0] = 0.0;
    }
    counts
}
