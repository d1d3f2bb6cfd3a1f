//! Owns the candidate pairs: made by the chosen rules, each once, in slices of the records so that
//! never all of them stand in memory.
//!
//! Blocks with too many pairs are cut up by further keys; what is lost is counted. Invariant: a
//! pair is handed out once, the smaller record first, in the order of the records.

use rayon::prelude::*;

use crate::choose::{BLOCK_PAIRS_MAX, Chosen};
use crate::key::{Key, keys_of, mix};
use crate::records::Records;
use crate::rule::{Rule, for_each_block, for_each_pair, pairs_in};
use crate::sample::split;

/// Pairs in memory at a time: 8 bytes each, before doubles are dropped. Ten million records with ten
/// pairs each need one slice of 800 MB; every slice costs a pass of every rule.
const PAIRS_AT_ONCE: f64 = 1.2e8;
/// Records whose pairs are handed out together.
const BUCKET: usize = 16_384;
/// Keys that a block with too many pairs is cut by.
const CUTS: usize = 4;
/// Neighbours each record keeps in a piece that is still too big.
const NEIGHBORS: usize = 8;

/// A pair that is to be scored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) left: u32,
    pub(crate) right: u32,
    /// How it agrees.
    pub(crate) pattern: u64,
}

/// What a rule gave.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleCount {
    /// Pairs, those of other rules included.
    pub(crate) pairs: u64,
    /// Blocks that were cut up.
    pub(crate) cut: u64,
    /// Pairs of these blocks that were not compared under this rule.
    pub(crate) lost: u64,
}

/// Makes the candidate pairs of chosen rules.
pub(crate) struct Candidates<'a> {
    records: &'a Records,
    rules: &'a [Chosen],
    /// For each rule the keys that cut its blocks.
    cuts: Vec<Vec<Key>>,
    /// All pairs by bucket, once made, if they fit.
    kept: Option<(Vec<Vec<Candidate>>, Vec<RuleCount>)>,
}

impl<'a> Candidates<'a> {
    pub(crate) fn new(records: &'a Records, rules: &'a [Chosen]) -> Self {
        let mut keys = keys_of(records);
        // The keys with most distinct values cut best.
        keys.sort_by_key(|k| (std::cmp::Reverse(k.distinct()), k.field, k.part));
        let cuts = rules
            .iter()
            .map(|chosen| {
                let mut fields: Vec<usize> = chosen.rule.keys.iter().map(|k| k.field).collect();
                let mut cuts: Vec<Key> = Vec::new();
                for key in &keys {
                    if cuts.len() < CUTS && !fields.contains(&key.field) {
                        fields.push(key.field);
                        cuts.push(key.clone());
                    }
                }
                cuts
            })
            .collect();
        Self { records, rules, cuts, kept: None }
    }

    /// The pairs of one record in `step`, with their patterns. What fits is kept for later.
    pub(crate) fn sample<T: Send>(
        &mut self,
        step: u64,
        look: impl Fn(&mut dyn Iterator<Item = Candidate>) -> T + Sync,
    ) -> Vec<T> {
        let is_wanted = |c: &Candidate| is_sampled(c.left, step);
        if self.slices() > 1.0 {
            let mut counts = vec![RuleCount::default(); self.rules.len()];
            let wanted = |left: u32| is_sampled(left, step);
            let buckets = self.buckets(0, self.records.len(), &mut counts, &wanted);
            return buckets.par_iter().map(|b| look(&mut b.iter().copied())).collect();
        }
        let mut counts = vec![RuleCount::default(); self.rules.len()];
        let buckets = self.buckets(0, self.records.len(), &mut counts, &|_| true);
        let out =
            buckets.par_iter().map(|b| look(&mut b.iter().copied().filter(is_wanted))).collect();
        self.kept = Some((buckets, counts));
        out
    }

    /// Slices that the pairs are made in.
    fn slices(&self) -> f64 {
        let expected: f64 = self.rules.iter().map(|r| r.pairs).sum();
        (expected / PAIRS_AT_ONCE).ceil().max(1.0)
    }

    /// Calls `score` on slices of pairs, in parallel, and `take` on the results, in order.
    pub(crate) fn for_each_slice<T: Send>(
        &mut self,
        score: impl Fn(&[Candidate]) -> T + Sync,
        mut take: impl FnMut(T),
    ) -> Vec<RuleCount> {
        if let Some((buckets, counts)) = self.kept.take() {
            hand_out(buckets, &score, &mut take);
            return counts;
        }
        let width = (self.records.len() as f64 / self.slices()).ceil();
        let mut counts = vec![RuleCount::default(); self.rules.len()];
        let mut from = 0;
        while from < self.records.len() {
            let mut to = from;
            // `width` records, in whole buckets.
            while ((to - from) as f64) < width && to < self.records.len() {
                to += BUCKET;
            }
            let buckets = self.buckets(from, to, &mut counts, &|_| true);
            hand_out(buckets, &score, &mut take);
            from = to;
        }
        counts
    }

    /// The pairs whose first record lies in a range and is wanted, each once, in order, by bucket.
    fn buckets(
        &self,
        from: usize,
        to: usize,
        counts: &mut [RuleCount],
        wanted: &(dyn Fn(u32) -> bool + Sync),
    ) -> Vec<Vec<Candidate>> {
        let made: Vec<(Vec<Vec<u64>>, RuleCount)> = (0..self.rules.len())
            .into_par_iter()
            .map(|r| self.pairs_of(r, from, to, wanted))
            .collect();
        let mut by_bucket: Vec<Vec<Vec<u64>>> = vec![Vec::new(); (to - from).div_ceil(BUCKET)];
        for (total, (buckets, count)) in counts.iter_mut().zip(made) {
            total.pairs += count.pairs;
            total.cut = total.cut.max(count.cut);
            total.lost = total.lost.max(count.lost);
            for (all, part) in by_bucket.iter_mut().zip(buckets) {
                all.push(part);
            }
        }
        by_bucket
            .into_par_iter()
            .map(|parts| {
                let mut pairs: Vec<u64> = parts.concat();
                drop(parts);
                pairs.sort_unstable();
                pairs.dedup();
                let look = |pair: u64| {
                    let (left, right) = split(pair);
                    Candidate { left, right, pattern: self.records.pattern(left, right) }
                };
                pairs.into_iter().map(look).collect()
            })
            .collect()
    }

    /// The pairs of one rule whose first record is wanted, by bucket.
    fn pairs_of(
        &self,
        rule: usize,
        from: usize,
        to: usize,
        wanted: &(dyn Fn(u32) -> bool + Sync),
    ) -> (Vec<Vec<u64>>, RuleCount) {
        let of: &Rule = &self.rules[rule].rule;
        let mut buckets: Vec<Vec<u64>> = vec![Vec::new(); (to - from).div_ceil(BUCKET)];
        let mut count = RuleCount::default();
        let mut push = |l: u32, r: u32| {
            if (from..to).contains(&(l as usize)) && wanted(l) {
                buckets[(l as usize - from) / BUCKET].push(u64::from(l) << 32 | u64::from(r));
            }
        };
        let members = of.members(self.records);
        for_each_block(&members, |block| {
            let pairs = pairs_in(self.records, block);
            if pairs <= BLOCK_PAIRS_MAX {
                for_each_pair(self.records, block, &mut push);
                return;
            }
            let kept = self.cut(block, &self.cuts[rule], &mut push);
            count.cut += 1;
            count.lost += pairs.saturating_sub(kept);
        });
        count.pairs = buckets.iter().map(|b| b.len() as u64).sum();
        (buckets, count)
    }

    /// Pairs of a block with too many: those that agree on one more key. Counts pairs that agree
    /// on several once for each.
    fn cut(&self, block: &[(u64, u32)], cuts: &[Key], push: &mut impl FnMut(u32, u32)) -> u64 {
        let mut kept = 0;
        for key in cuts {
            let mut piece: Vec<(u64, u32)> = block
                .iter()
                .map(|(_, record)| (key.of(self.records.row(*record)), *record))
                .filter(|(hash, _)| *hash != 0)
                .collect();
            piece.sort_unstable();
            for_each_block(&piece, |part| {
                let pairs = pairs_in(self.records, part);
                if pairs <= BLOCK_PAIRS_MAX {
                    for_each_pair(self.records, part, &mut *push);
                    kept += pairs;
                } else {
                    kept += self.neighbors(part, push);
                }
            });
        }
        kept
    }

    /// Pairs of records that stand next to each other when sorted by all they hold.
    fn neighbors(&self, part: &[(u64, u32)], push: &mut impl FnMut(u32, u32)) -> u64 {
        let mut sorted: Vec<(&[u32], u32)> =
            part.iter().map(|(_, r)| (self.records.row(*r), *r)).collect();
        sorted.sort_unstable();
        let mut kept = 0;
        for (i, (_, l)) in sorted.iter().enumerate() {
            for (_, r) in sorted[i + 1..].iter().take(NEIGHBORS) {
                let (l, r) = (*l.min(r), *l.max(r));
                if self.records.may_pair(l, r) {
                    push(l, r);
                    kept += 1;
                }
            }
        }
        kept
    }
}

/// Scores buckets in parallel, a few at a time, and takes the results in order.
fn hand_out<T: Send>(
    buckets: Vec<Vec<Candidate>>,
    score: &(impl Fn(&[Candidate]) -> T + Sync),
    take: &mut impl FnMut(T),
) {
    let at_once = rayon::current_num_threads() * 2;
    let mut buckets = buckets.into_iter();
    loop {
        let some: Vec<Vec<Candidate>> = buckets.by_ref().take(at_once).collect();
        if some.is_empty() {
            return;
        }
        let results: Vec<T> = some.into_par_iter().map(|pairs| score(&pairs)).collect();
        results.into_iter().for_each(&mut *take);
    }
}

/// True for a fixed share of the records, one in `step`.
fn is_sampled(record: u32, step: u64) -> bool {
    mix(u64::from(record) ^ 0x5eed).is_multiple_of(step)
}
