//! Owns the first look at the data: a sample of pairs found by the cheapest rules, on which first
//! chances are learnt, and the likely pairs among them, by which rules are judged.
//!
//! Invariant: the sample depends on the values, not on the order of the records, except for ids.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::agree::{Agreements, Mask};
use crate::choose::BLOCK_PAIRS_MAX;
use crate::key::{Key, mix};
use crate::learn::{Chances, Labels, Patterns, SAME};
use crate::records::Records;
use crate::rule::{for_each_block, for_each_pair, hash_of, pairs_in, sum_of};

/// Pairs of the first sample.
const SAMPLE_PAIRS: f64 = 4e5;
/// Likely pairs that rules are judged by.
const LIKELY_MAX: usize = 8_000;
/// From this probability on a pair of the sample is likely.
const LIKELY_FROM: f64 = 0.5;
/// Records that one thread takes at a time.
const CHUNK: usize = 1 << 14;

/// A pair that is probably one person, with what it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likely {
    pub(crate) left: u32,
    pub(crate) right: u32,
    /// Pairs of one person that it stands for.
    pub(crate) weight: f64,
}

/// A record that a rule of the sample finds: rule, hash, record.
type Member = (u32, u64, u32);

/// Pairs that are probably one person, found by rules of one or two keys that cost little each.
pub(crate) fn likely_pairs(
    records: &Records,
    keys: &[Key],
    rules: &[(Vec<usize>, f64)],
    labels: Option<&Labels>,
    chances: &mut Chances,
) -> Vec<Likely> {
    let cost_max = records.len() as f64;
    let cheap: Vec<&(Vec<usize>, f64)> =
        rules.iter().filter(|o| o.1 <= cost_max && o.0.len() <= 2).collect();
    let cost: f64 = cheap.iter().map(|o| o.1 + cost_max).sum();
    let rate = (SAMPLE_PAIRS / cost.max(1.0)).min(1.0);
    let first: Vec<&[usize]> = cheap.iter().map(|o| o.0.as_slice()).collect();
    let agreements = Agreements::new(records, keys);
    let masks: Vec<Mask> = first.iter().map(|keys| agreements.mask(keys)).collect();
    let weighed: Vec<(u32, u32, u64, f64)> = sampled_pairs(records, keys, &first, rate)
        .par_iter()
        .map(|pair| {
            let (l, r) = split(*pair);
            let by = agreements.of(l, r);
            let finders = masks.iter().filter(|mask| mask.is_met(by)).count();
            let finders = i32::try_from(finders).unwrap_or(i32::MAX);
            (l, r, records.pattern(l, r), 1.0 / (1.0 - (1.0 - rate).powi(finders)).max(rate))
        })
        .collect();
    if let Some(labels) = labels {
        chances.learn(&count(weighed.iter().map(|p| (p.2, p.3))), labels, records.pairs());
    }
    let table = chances.table();
    let mut likely: Vec<Likely> = weighed
        .iter()
        .filter_map(|(left, right, pattern, weight)| {
            let joint = table.joint(*pattern);
            let p = joint[SAME] / joint.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let pair = Likely { left: *left, right: *right, weight: p * weight };
            (p >= LIKELY_FROM).then_some(pair)
        })
        .collect();
    likely.sort_by_key(|p| mix(u64::from(p.left) << 32 | u64::from(p.right)));
    likely.truncate(LIKELY_MAX);
    likely
}

/// The pairs of a share of the blocks of rules, each once, in order.
fn sampled_pairs(records: &Records, keys: &[Key], rules: &[&[usize]], rate: f64) -> Vec<u64> {
    let mut members = sampled_members(records, keys, rules, limit_of(rate));
    members.par_sort_unstable();
    let mut pairs: Vec<u64> = members
        .par_chunk_by(|a, b| a.0 == b.0)
        .map(|of_rule| {
            let of_rule: Vec<(u64, u32)> = of_rule.iter().map(|m| (m.1, m.2)).collect();
            let mut out = Vec::new();
            for_each_block(&of_rule, |block| {
                if pairs_in(records, block) <= BLOCK_PAIRS_MAX {
                    for_each_pair(records, block, |l, r| {
                        out.push(u64::from(l) << 32 | u64::from(r));
                    });
                }
            });
            out
        })
        .flatten()
        .collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

/// The records of the blocks whose hash is below a limit.
fn sampled_members(records: &Records, keys: &[Key], rules: &[&[usize]], limit: u64) -> Vec<Member> {
    (0..records.len().div_ceil(CHUNK))
        .into_par_iter()
        .flat_map_iter(|chunk| {
            let mut out: Vec<Member> = Vec::new();
            let mut hashes = vec![0; keys.len()];
            for record in chunk * CHUNK..((chunk + 1) * CHUNK).min(records.len()) {
                let record = u32::try_from(record).unwrap_or(u32::MAX);
                let row = records.row(record);
                for (hash, key) in hashes.iter_mut().zip(keys) {
                    *hash = key.of(row);
                }
                for (rule, keys) in (0_u32..).zip(rules) {
                    let hash = sum_of(keys.iter().map(|k| hashes[*k])).map_or(0, hash_of);
                    if hash != 0 && hash <= limit {
                        out.push((rule, hash, record));
                    }
                }
            }
            out
        })
        .collect()
}

/// The bound below which this share of all hashes lies.
fn limit_of(rate: f64) -> u64 {
    // Halving finds the bits of the share one by one.
    let (mut limit, mut rest) = (0_u64, rate.clamp(0.0, 1.0));
    for bit in (0..64).rev() {
        rest *= 2.0;
        if rest >= 1.0 {
            limit |= 1 << bit;
            rest -= 1.0;
        }
    }
    if rate >= 1.0 { u64::MAX } else { limit }
}

/// Sums up the weights of equal patterns, in the order of the patterns.
pub(crate) fn count(patterns: impl Iterator<Item = (u64, f64)>) -> Patterns {
    let mut seen: FxHashMap<u64, f64> = FxHashMap::default();
    for (pattern, weight) in patterns {
        *seen.entry(pattern).or_default() += weight;
    }
    let mut patterns: Patterns = seen.into_iter().collect();
    patterns.sort_unstable_by_key(|(p, _)| *p);
    patterns
}

/// The two records of a packed pair.
pub(crate) fn split(pair: u64) -> (u32, u32) {
    let bytes = pair.to_be_bytes();
    let half =
        |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    (half(0), half(4))
}
