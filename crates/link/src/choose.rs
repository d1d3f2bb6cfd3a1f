//! Owns the choice of blocking rules: which keys, alone or together, find the most pairs of one
//! person for the fewest comparisons.
//!
//! A first set of rules finds a sample of likely pairs; rules are then added one by one, each time
//! the one that finds most new likely pairs per comparison. Invariant: the comparisons of the
//! chosen rules stay within the budget, estimated.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::key::{Key, keys_of, mix};
use crate::learn::{CHANCE, Chances, Patterns, SAME};
use crate::records::Records;
use crate::rule::{Rule, for_each_block, for_each_pair, pairs_in};

/// Pairs compared per record at most.
const PAIRS_PER_RECORD: f64 = 20.0;
/// Pairs that are always allowed, for small tables; see `docs/design/link.md`.
const PAIRS_ALWAYS: f64 = 5e6;
/// Pairs per record at most, even for small tables.
const PAIRS_PER_RECORD_MAX: f64 = 150.0;
/// Pairs of the first sample.
const SAMPLE_PAIRS: f64 = 4e5;
/// Likely pairs that rules are judged by.
const LIKELY_MAX: usize = 8_000;
/// From this probability on a pair of the sample is likely.
const LIKELY_FROM: f64 = 0.5;
/// Keys of a rule at most.
const KEYS_MAX: usize = 3;
/// Rules at most: each costs a pass over the records.
const RULES_MAX: usize = 40;
/// Rules that are weighed against each other: the cost of each is measured.
const OFFERS_MAX: usize = 300;
/// Share of the likely pairs that a rule must be the first to find, for each million records: a
/// pass over few records costs little.
const GAIN_MIN: f64 = 4e-4;
/// Records on which the cost of a rule is measured.
const MEASURED_RECORDS: usize = 60_000;
/// Comparisons that one more likely pair may cost.
const COST_PER_PAIR_MAX: f64 = 4000.0;
/// Blocks with more pairs are not counted into the cost of a rule, for they are cut up.
pub(crate) const BLOCK_PAIRS_MAX: u64 = 50_000;

/// A chosen rule with what is expected of it.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) rule: Rule,
    /// Comparisons, estimated.
    pub(crate) pairs: f64,
    /// Share of the likely pairs that it is the first to find.
    pub(crate) gain: f64,
}

/// A rule that may be chosen.
struct Offer {
    rule: Rule,
    cost: f64,
    is_measured: bool,
    /// Which likely pairs it finds.
    finds: Vec<u64>,
}

/// Chooses the rules, and learns first chances on the way.
pub(crate) fn choose(records: &Records, chances: &mut Chances) -> Vec<Chosen> {
    let keys = keys_of(records);
    let shares: Vec<f64> = keys.iter().map(|k| share_of(records, k)).collect();
    let n = records.len() as f64;
    let budget = (n * PAIRS_PER_RECORD).max(PAIRS_ALWAYS.min(n * PAIRS_PER_RECORD_MAX));
    let offers = combinations(records, &keys, &shares, budget / 2.0);
    let likely = likely_pairs(records, &offers, chances);
    let mut offers: Vec<Offer> = offers
        .into_par_iter()
        .map(|(rule, cost)| {
            let finds = finds(records, &rule, &likely);
            Offer { rule, cost, is_measured: false, finds }
        })
        .collect();
    shortlist(records, &mut offers);
    greedy(records, offers, &likely, budget)
}

/// Chance that two records agree on a key.
fn share_of(records: &Records, key: &Key) -> f64 {
    let field = &records.fields[key.field];
    let mut by_hash: FxHashMap<u64, f64> = FxHashMap::default();
    for (id, frequency) in field.used() {
        let hash = key.of_value(id);
        if hash != 0 {
            *by_hash.entry(hash).or_default() += f64::from(frequency).exp2();
        }
    }
    let mut shares: Vec<f64> = by_hash.into_values().collect();
    shares.sort_unstable_by(f64::total_cmp);
    let filled = field.filled as f64 / records.len().max(1) as f64;
    shares.iter().map(|s| s * s).sum::<f64>() * filled * filled
}

/// All sets of keys whose estimated cost is below a bound.
fn combinations(
    records: &Records,
    keys: &[Key],
    shares: &[f64],
    cost_max: f64,
) -> Vec<(Rule, f64)> {
    let pairs = records.pairs();
    let mut out = Vec::new();
    let mut open: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), pairs)];
    while let Some((chosen, cost)) = open.pop() {
        let from = chosen.last().map_or(0, |k| k + 1);
        for k in from..keys.len() {
            if chosen.iter().any(|c| keys[*c].field == keys[k].field) {
                continue;
            }
            let cost = cost * shares[k];
            let mut next = chosen.clone();
            next.push(k);
            if cost <= cost_max {
                let rule = Rule { keys: next.iter().map(|k| keys[*k].clone()).collect() };
                out.push((rule, cost));
            }
            // What is rare already gains nothing by one more key.
            if next.len() < KEYS_MAX && cost > records.len() as f64 / 20.0 {
                open.push((next, cost));
            }
        }
    }
    out.sort_by(|a, b| a.1.total_cmp(&b.1));
    out
}

/// Pairs that are probably one person, with their weight, found by the cheapest rules.
fn likely_pairs(
    records: &Records,
    offers: &[(Rule, f64)],
    chances: &mut Chances,
) -> Vec<(u32, u32, f64)> {
    let cost_max = records.len() as f64;
    let cheap: Vec<&(Rule, f64)> =
        offers.iter().filter(|o| o.1 <= cost_max && o.0.keys.len() <= 2).collect();
    let first: Vec<&Rule> = cheap.iter().map(|o| &o.0).collect();
    let cost: f64 = cheap.iter().map(|o| o.1 + cost_max).sum();
    let rate = (SAMPLE_PAIRS / cost.max(1.0)).min(1.0);
    let limit = limit_of(rate);
    let mut pairs: Vec<u64> = first
        .par_iter()
        .map(|rule| {
            let members = rule.members(records, |h| mix(h ^ 7) <= limit);
            let mut out = Vec::new();
            for_each_block(&members, |block| {
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
    pairs.sort_unstable();
    pairs.dedup();
    let weighed: Vec<(u32, u32, u64, f64)> = pairs
        .par_iter()
        .map(|pair| {
            let (l, r) = split(*pair);
            let agree = first.iter().filter(|rule| rule.finds(records, l, r)).count();
            let agree = i32::try_from(agree).unwrap_or(i32::MAX);
            (l, r, records.pattern(l, r), 1.0 / (1.0 - (1.0 - rate).powi(agree)).max(rate))
        })
        .collect();
    chances.learn(&count(weighed.iter().map(|p| (p.2, p.3))), records.pairs());
    let mut likely: Vec<(u32, u32, f64)> = weighed
        .iter()
        .filter_map(|(l, r, pattern, weight)| {
            let joint = chances.joint(*pattern);
            let p = joint[SAME] / joint.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            debug_assert!(joint[CHANCE].is_finite());
            (p >= LIKELY_FROM).then_some((*l, *r, p * weight))
        })
        .collect();
    likely.sort_by_key(|(l, r, _)| mix(u64::from(*l) << 32 | u64::from(*r)));
    likely.truncate(LIKELY_MAX);
    likely
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

fn finds(records: &Records, rule: &Rule, likely: &[(u32, u32, f64)]) -> Vec<u64> {
    let mut bits = vec![0_u64; likely.len().div_ceil(64)];
    for (i, (l, r, _)) in likely.iter().enumerate() {
        if rule.finds(records, *l, *r) {
            bits[i / 64] |= 1 << (i % 64);
        }
    }
    bits
}

/// Keeps the offers that find most for what they cost.
fn shortlist(records: &Records, offers: &mut Vec<Offer>) {
    let found = |o: &Offer| o.finds.iter().map(|w| w.count_ones()).sum::<u32>();
    let pass = records.len() as f64 / 20.0;
    let mut valued: Vec<(f64, Offer)> = offers
        .drain(..)
        .map(|o| (f64::from(found(&o)).powi(2) / (o.cost + pass), o))
        .filter(|(value, _)| *value > 0.0)
        .collect();
    valued.sort_by(|a, b| b.0.total_cmp(&a.0));
    valued.truncate(OFFERS_MAX);
    offers.extend(valued.into_iter().map(|(_, o)| o));
}

/// Takes the rule with most new pairs per comparison until the budget is spent.
fn greedy(
    records: &Records,
    mut offers: Vec<Offer>,
    likely: &[(u32, u32, f64)],
    budget: f64,
) -> Vec<Chosen> {
    let total: f64 = likely.iter().map(|l| l.2).sum::<f64>().max(1.0);
    // Likely pairs stand for those of all records; a rule costs at least a pass.
    let scale = records.len() as f64 / total;
    let mut open: Vec<u64> = vec![u64::MAX; likely.len().div_ceil(64)];
    let mut chosen: Vec<Chosen> = Vec::new();
    let gain_min = GAIN_MIN * (records.len() as f64 / 1e6).min(1.0);
    let mut spent = 0.0;
    let mut gains: Vec<f64> = offers.par_iter().map(|o| gain(o, &open, likely)).collect();
    while chosen.len() < RULES_MAX {
        let value = |i: usize| gains[i] / (offers[i].cost + records.len() as f64 / 20.0);
        let Some(best) = (0..offers.len())
            .filter(|i| gains[*i] > 0.0 && spent + offers[*i].cost <= budget)
            .max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)))
        else {
            break;
        };
        if !offers[best].is_measured {
            offers[best].cost = measure(records, &offers[best].rule).max(offers[best].cost);
            offers[best].is_measured = true;
            continue;
        }
        let offer = &offers[best];
        if offer.cost > COST_PER_PAIR_MAX * gains[best] * scale || gains[best] < gain_min * total {
            break;
        }
        spent += offer.cost;
        chosen.push(Chosen {
            rule: offer.rule.clone(),
            pairs: offer.cost,
            gain: gains[best] / total,
        });
        for (o, f) in open.iter_mut().zip(&offer.finds) {
            *o &= !f;
        }
        gains = offers.par_iter().map(|o| gain(o, &open, likely)).collect();
    }
    chosen
}

fn gain(offer: &Offer, open: &[u64], likely: &[(u32, u32, f64)]) -> f64 {
    let mut sum = 0.0;
    for (w, (o, f)) in open.iter().zip(&offer.finds).enumerate() {
        let mut bits = o & f;
        while bits != 0 {
            let at = w * 64 + bits.trailing_zeros() as usize;
            sum += likely.get(at).map_or(0.0, |l| l.2);
            bits &= bits - 1;
        }
    }
    sum
}

/// Comparisons of a rule, measured on every n-th record.
fn measure(records: &Records, rule: &Rule) -> f64 {
    let step = records.len().div_ceil(MEASURED_RECORDS).max(1);
    let mut hashes: Vec<u64> = (0..records.len())
        .step_by(step)
        .map(|i| rule.hash(records.row(u32::try_from(i).unwrap_or(0))))
        .filter(|h| *h != 0)
        .collect();
    hashes.sort_unstable();
    let scale = (step * step) as f64 * if records.is_link() { 0.5 } else { 1.0 };
    let pairs = hashes.chunk_by(|a, b| a == b).map(|b| (b.len() * (b.len() - 1) / 2) as u64);
    scale * pairs.map(|p| p.min(BLOCK_PAIRS_MAX * 4) as f64).sum::<f64>()
}
