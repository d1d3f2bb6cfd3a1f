//! Owns what a report remembers while pairs stream by: counts by weight, by threshold and by level,
//! and a few pairs worth a look.
//!
//! Of all pairs it keeps only those at or above the threshold, as the clustering does. Invariant:
//! sums run in the order of the pairs, so that the same pairs give the same numbers.

use std::collections::{BTreeMap, BTreeSet};

use ::link::{LevelCounts, Records, ScoredPair, weight};

/// Probabilities that the table of thresholds has, beside the one asked for; chosen by hand.
const PROBABILITIES: [f64; 9] = [0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999];
/// Records up to which groups are counted: ten thresholds take 40 bytes a record.
const GROUPED_MAX: usize = 2_000_000;
/// Pairs kept on each side of the threshold, and as the highest; chosen by hand.
const NEAREST: usize = 5;
const HIGHEST: usize = 2;

/// What was seen of the pairs.
pub(crate) struct Collected {
    /// Weight from which on a pair is a match.
    pub(crate) threshold: f64,
    pub(crate) levels: LevelCounts,
    /// Pairs by weight, rounded down to a whole bit.
    pub(crate) bins: BTreeMap<i32, Bin>,
    pub(crate) thresholds: Vec<AtThreshold>,
    /// Sum of the probabilities of all pairs.
    pub(crate) expected: f64,
    pub(crate) above: Nearest,
    pub(crate) below: Nearest,
    pub(crate) highest: Nearest,
    /// Pairs at or above the threshold.
    pub(crate) matches: Vec<ScoredPair>,
    /// Pairs that somebody asked for, with their weight once they were seen.
    pub(crate) asked: BTreeMap<(u32, u32), Option<f32>>,
    /// By record the weight of its best pair.
    best: Vec<f32>,
}

/// Pairs of like weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bin {
    pub(crate) pairs: u64,
    pub(crate) expected: f64,
}

/// What would be if this were the threshold.
pub(crate) struct AtThreshold {
    pub(crate) probability: f64,
    pub(crate) pairs: u64,
    /// Pairs of one person among them, expected.
    pub(crate) expected: f64,
    /// Groups of records that these pairs connect, records without a pair included; not counted
    /// in very large tables.
    pub(crate) groups: Option<usize>,
    /// By record another of its group; the smallest is its own.
    up: Vec<u32>,
}

/// The pairs with the smallest distance, nearest first.
pub(crate) struct Nearest {
    room: usize,
    pub(crate) pairs: Vec<(f32, ScoredPair)>,
}

impl Nearest {
    fn new(room: usize) -> Self {
        Self { room, pairs: Vec::with_capacity(room + 1) }
    }

    fn offer(&mut self, distance: f32, pair: ScoredPair) {
        if self.pairs.len() == self.room && self.pairs.last().is_some_and(|l| l.0 <= distance) {
            return;
        }
        let at = self.pairs.partition_point(|known| known.0 <= distance);
        self.pairs.insert(at, (distance, pair));
        self.pairs.truncate(self.room);
    }
}

impl Collected {
    /// Nothing yet.
    pub(crate) fn new(records: &Records, threshold: f64, asked: &BTreeSet<(u32, u32)>) -> Self {
        let mut probabilities = PROBABILITIES.to_vec();
        probabilities.push(threshold);
        probabilities.sort_by(f64::total_cmp);
        probabilities.dedup();
        let groups = (records.len() <= GROUPED_MAX).then_some(records.len());
        let grouped = groups.map_or(0, |count| u32::try_from(count).unwrap_or(u32::MAX));
        let at = |probability| AtThreshold {
            probability,
            pairs: 0,
            expected: 0.0,
            groups,
            up: (0..grouped).collect(),
        };
        Self {
            threshold: weight(threshold),
            levels: LevelCounts::new(records),
            bins: BTreeMap::new(),
            thresholds: probabilities.into_iter().map(at).collect(),
            expected: 0.0,
            above: Nearest::new(NEAREST),
            below: Nearest::new(NEAREST),
            highest: Nearest::new(HIGHEST),
            matches: Vec::new(),
            asked: asked.iter().map(|pair| (*pair, None)).collect(),
            best: vec![f32::NEG_INFINITY; records.len()],
        }
    }

    /// Takes the next pairs.
    pub(crate) fn take(&mut self, records: &Records, pairs: &[ScoredPair]) {
        self.levels.add(records, pairs);
        for pair in pairs {
            self.take_one(*pair);
        }
    }

    fn take_one(&mut self, pair: ScoredPair) {
        let probability = pair.probability();
        self.expected += probability;
        let bin = self.bins.entry(whole(pair.weight)).or_default();
        bin.pairs += 1;
        bin.expected += probability;
        let exact = f64::from(pair.weight);
        for at in &mut self.thresholds {
            if exact < weight(at.probability) {
                break;
            }
            at.pairs += 1;
            at.expected += probability;
            if let Some(groups) = &mut at.groups
                && union(&mut at.up, pair.left, pair.right)
            {
                *groups -= 1;
            }
        }
        for record in [pair.left, pair.right] {
            let best = &mut self.best[record as usize];
            *best = best.max(pair.weight);
        }
        self.highest.offer(-pair.weight, pair);
        // Where the pair is `--report-pair`, it is shown once.
        if let Some(seen) = self.asked.get_mut(&(pair.left, pair.right)) {
            *seen = Some(pair.weight);
        }
        let distance = f64::from(pair.weight) - self.threshold;
        let nearest = if distance >= 0.0 { &mut self.above } else { &mut self.below };
        nearest.offer((pair.weight - narrow(self.threshold)).abs(), pair);
        if distance >= 0.0 {
            self.matches.push(pair);
        }
    }

    /// Records that have a pair of at least this weight.
    pub(crate) fn linked(&self, weight: f64) -> usize {
        self.best.iter().filter(|best| f64::from(**best) >= weight).count()
    }
}

/// The whole number below a weight.
#[expect(clippy::cast_possible_truncation, reason = "weights are some hundreds at most")]
pub(crate) fn whole(weight: f32) -> i32 {
    weight.floor() as i32
}

#[expect(clippy::cast_possible_truncation, reason = "as weights are")]
fn narrow(weight: f64) -> f32 {
    weight as f32
}

/// Joins the groups of two records; false if they were one already.
fn union(up: &mut [u32], left: u32, right: u32) -> bool {
    let (l, r) = (find(up, left), find(up, right));
    up[l.max(r) as usize] = l.min(r);
    l != r
}

fn find(up: &mut [u32], mut record: u32) -> u32 {
    while up[record as usize] != record {
        let next = up[up[record as usize] as usize];
        up[record as usize] = next;
        record = next;
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_stay_and_ties_go_to_the_first() {
        let pair = |left, weight| ScoredPair { left, right: 99, weight };
        let mut nearest = Nearest::new(2);
        for (left, distance) in [(0, 3.0), (1, 1.0), (2, 2.0), (3, 1.0), (4, 1.0)] {
            nearest.offer(distance, pair(left, 0.0));
        }
        let kept: Vec<u32> = nearest.pairs.iter().map(|(_, p)| p.left).collect();
        assert_eq!(kept, [1, 3]);
    }

    #[test]
    fn groups_are_counted_as_they_are_joined() {
        let mut up: Vec<u32> = (0..4).collect();
        assert!(union(&mut up, 2, 3));
        assert!(union(&mut up, 0, 3));
        assert!(!union(&mut up, 0, 2));
        assert_eq!(find(&mut up, 3), 0);
    }

    #[test]
    fn weights_are_rounded_down() {
        assert_eq!([whole(-0.5), whole(0.0), whole(4.2)], [-1, 0, 4]);
    }
}
