//! Owns what is known before a linkage: judgements on pairs, and the clusters of an earlier result.
//!
//! Invariant: records of one base are one person whatever the data say; two records that were
//! judged different are never of one base.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::LinkModel;

/// A record that no earlier cluster holds.
pub const NEW: u32 = u32::MAX;

/// What a person, or an earlier run, said of records.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Pairs that are one person.
    pub same: Vec<(u32, u32)>,
    /// Pairs that are two.
    pub different: Vec<(u32, u32)>,
    /// By record the number of its earlier cluster, or [`NEW`]; empty without an earlier result.
    pub earlier: Vec<u32>,
    /// What an earlier run learnt: nothing is learnt anew.
    pub model: Option<LinkModel>,
}

/// Judgements that cannot all hold: two records are one person by a chain of judgements, and two
/// by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("records {left} and {right} are judged different, and the same by other judgements")]
pub struct Contradiction {
    /// A record of the pair that was judged different.
    pub left: u32,
    /// The other.
    pub right: u32,
}

/// Records that belong together before any pair is weighed.
#[derive(Debug, Default)]
pub(crate) struct Bases {
    /// By record the smallest record of its base; empty if every record is its own.
    of: Vec<u32>,
    /// By record the earlier cluster that its base stands for; empty without an earlier result.
    earlier: Vec<u32>,
    /// By record: its earlier cluster stays as it is.
    is_settled: Vec<bool>,
    /// Pairs judged different, both ways.
    apart: FxHashSet<(u32, u32)>,
    /// Records that stand in such a pair.
    judged: FxHashSet<u32>,
    /// Earlier clusters that a judgement takes apart.
    pub(crate) dissolved: Vec<u32>,
}

impl Known {
    /// The bases of so many records.
    pub(crate) fn bases(&self, records: usize) -> Result<Bases, Contradiction> {
        let mut apart = FxHashSet::default();
        for (l, r) in &self.different {
            apart.insert((*l, *r));
            apart.insert((*r, *l));
        }
        let judged = self.different.iter().flat_map(|(l, r)| [*l, *r]).collect();
        let mut bases = Bases { apart, judged, ..Bases::default() };
        if self.same.is_empty() && self.earlier.is_empty() {
            let itself = self.different.iter().find(|(l, r)| l == r);
            return match itself {
                Some((left, right)) => Err(Contradiction { left: *left, right: *right }),
                None => Ok(bases),
            };
        }
        let mut judged_same = Sets::new(records);
        for (l, r) in &self.same {
            judged_same.union(*l, *r);
        }
        let mut contradictions = self.different.iter().copied();
        if let Some((left, right)) =
            contradictions.find(|(l, r)| judged_same.find(*l) == judged_same.find(*r))
        {
            return Err(Contradiction { left, right });
        }
        let mut gone = self.taken_apart(&judged_same);
        gone.extend(self.contradicting(&judged_same, &gone));
        let mut sets = judged_same;
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        bases.earlier.clone_from(&self.earlier);
        for (record, cluster) in (0_u32..).zip(&mut bases.earlier) {
            if gone.contains(cluster) {
                *cluster = NEW;
            } else if *cluster != NEW {
                sets.union(record, *first.entry(*cluster).or_insert(record));
            }
        }
        bases.is_settled = bases.earlier.iter().map(|c| *c != NEW).collect();
        bases.of = sets.roots();
        // Records that are judged the same as an earlier cluster's stand for it.
        let mut of_root: FxHashMap<u32, u32> = FxHashMap::default();
        for (root, cluster) in bases.of.iter().zip(&bases.earlier) {
            if *cluster != NEW {
                let least = of_root.entry(*root).or_insert(*cluster);
                *least = (*least).min(*cluster);
            }
        }
        for (root, cluster) in bases.of.iter().zip(&mut bases.earlier) {
            *cluster = of_root.get(root).copied().unwrap_or(NEW);
        }
        bases.dissolved = self.earlier.iter().copied().filter(|c| gone.contains(c)).collect();
        bases.dissolved.sort_unstable();
        bases.dissolved.dedup();
        Ok(bases)
    }

    /// Earlier clusters that a judgement takes apart.
    fn taken_apart(&self, same: &Sets) -> FxHashSet<u32> {
        let of_root: FxHashSet<(u32, u32)> = (0_u32..)
            .zip(&self.earlier)
            .filter(|(_, cluster)| **cluster != NEW)
            .map(|(record, cluster)| (same.find(record), *cluster))
            .collect();
        // A root stands for few clusters: those of the records that were judged the same.
        let mut clusters: Vec<(u32, u32)> = of_root.iter().copied().collect();
        clusters.sort_unstable();
        let mut gone = FxHashSet::default();
        for (l, r) in &self.different {
            let (l, r) = (same.find(*l), same.find(*r));
            let from = clusters.partition_point(|c| c.0 < l);
            for (_, cluster) in clusters[from..].iter().take_while(|c| c.0 == l) {
                if of_root.contains(&(r, *cluster)) {
                    gone.insert(*cluster);
                }
            }
        }
        gone
    }

    /// Earlier clusters that, with the judgements that join them, contradict another judgement.
    fn contradicting(&self, same: &Sets, gone: &FxHashSet<u32>) -> Vec<u32> {
        let mut sets = same.clone();
        let mut first: FxHashMap<u32, u32> = FxHashMap::default();
        let left = || (0_u32..).zip(&self.earlier).filter(|(_, c)| **c != NEW && !gone.contains(c));
        for (record, cluster) in left() {
            sets.union(record, *first.entry(*cluster).or_insert(record));
        }
        let of_pair = self.different.iter().map(|(l, r)| (sets.find(*l), sets.find(*r)));
        let broken: FxHashSet<u32> = of_pair.filter(|(l, r)| l == r).map(|(l, _)| l).collect();
        left().filter(|(r, _)| broken.contains(&sets.find(*r))).map(|(_, c)| *c).collect()
    }
}

impl Bases {
    /// The smallest record of the base of a record.
    pub(crate) fn of(&self, record: u32) -> u32 {
        self.of.get(record as usize).copied().unwrap_or(record)
    }

    /// True if both records stand in an earlier cluster that stays: nothing is to be said of them.
    pub(crate) fn are_settled(&self, left: u32, right: u32) -> bool {
        let is = |r: u32| self.is_settled.get(r as usize).is_some_and(|is| *is);
        is(left) && is(right)
    }

    /// True if some base holds more than one record.
    pub(crate) fn are_given(&self) -> bool {
        !self.of.is_empty()
    }

    /// The earlier cluster that a record stands for.
    pub(crate) fn earlier(&self, record: u32) -> Option<u32> {
        self.earlier.get(record as usize).copied().filter(|c| *c != NEW)
    }

    /// True if the two records stand for two earlier clusters.
    pub(crate) fn is_bridge(&self, left: u32, right: u32) -> bool {
        self.of(left) != self.of(right)
            && self.earlier(left).zip(self.earlier(right)).is_some_and(|(l, r)| l != r)
    }

    /// True if the two records were judged different.
    pub(crate) fn are_judged_apart(&self, left: u32, right: u32) -> bool {
        self.apart.contains(&(left, right))
    }

    /// True if the record was judged different from some other.
    pub(crate) fn is_judged(&self, record: u32) -> bool {
        self.judged.contains(&record)
    }
}

/// Disjoint sets of records; the root of each is its smallest.
#[derive(Clone, Debug)]
pub(crate) struct Sets {
    of: Vec<u32>,
}

impl Sets {
    pub(crate) fn new(records: usize) -> Self {
        Self { of: (0..u32::try_from(records).unwrap_or(u32::MAX)).collect() }
    }

    /// The root of a record.
    pub(crate) fn find(&self, mut record: u32) -> u32 {
        while self.of[record as usize] != record {
            record = self.of[record as usize];
        }
        record
    }

    /// Makes two sets one.
    pub(crate) fn union(&mut self, left: u32, right: u32) {
        let (l, r) = (self.find(left), self.find(right));
        let root = l.min(r);
        self.of[l.max(r) as usize] = root;
        // Shortens both ways.
        self.of[left as usize] = root;
        self.of[right as usize] = root;
    }

    /// The root of every record.
    pub(crate) fn roots(mut self) -> Vec<u32> {
        for record in 0..self.of.len() {
            // A root is smaller than its record, so it is final already.
            self.of[record] = self.of[self.of[record] as usize];
        }
        self.of
    }
}
