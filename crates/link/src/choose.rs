//! Owns the choice of blocking rules: which keys, alone or together, find the most pairs of one
//! person for the fewest comparisons.
//!
//! A first set of rules finds a sample of likely pairs; rules are then added one by one, each time
//! the one that finds most new likely pairs per comparison. Invariant: the comparisons of the
//! chosen rules stay within the budget, estimated.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::agree::{Agreement, Agreements};
use crate::key::{Key, keys_of};
use crate::learn::{Chances, Labels};
use crate::records::Records;
use crate::rule::{Rule, hash_of, sum_of};
use crate::sample::{Likely, likely_pairs};

/// Pairs compared per record at most.
const PAIRS_PER_RECORD: f64 = 20.0;
/// Pairs that are always allowed, for small tables; see `docs/design/link.md`.
const PAIRS_ALWAYS: f64 = 5e6;
/// Pairs per record at most, even for small tables.
const PAIRS_PER_RECORD_MAX: f64 = 150.0;
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
    /// Numbers of its keys.
    keys: Vec<usize>,
    cost: f64,
    is_measured: bool,
    /// Which likely pairs it finds.
    finds: Vec<u64>,
}

/// Chooses the rules, and learns first chances on the way, unless there are no labels to learn with
/// because nothing is to be learnt.
pub(crate) fn choose(
    records: &Records,
    labels: Option<&Labels>,
    chances: &mut Chances,
) -> Vec<Chosen> {
    let keys = keys_of(records);
    let shares: Vec<f64> = keys.iter().map(|k| share_of(records, k)).collect();
    let n = records.len() as f64;
    let budget = (n * PAIRS_PER_RECORD).max(PAIRS_ALWAYS.min(n * PAIRS_PER_RECORD_MAX));
    let rules = combinations(records, &keys, &shares, budget / 2.0);
    let likely = likely_pairs(records, &keys, &rules, labels, chances);
    let agreements = Agreements::new(records, &keys);
    let shared: Vec<Agreement> =
        likely.par_iter().map(|p| agreements.of(p.left, p.right)).collect();
    let mut offers: Vec<Offer> = rules
        .into_par_iter()
        .map(|(keys, cost)| {
            let mask = agreements.mask(&keys);
            let mut finds = vec![0_u64; shared.len().div_ceil(64)];
            for (i, by) in shared.iter().enumerate() {
                finds[i / 64] |= u64::from(mask.is_met(*by)) << (i % 64);
            }
            Offer { keys, cost, is_measured: false, finds }
        })
        .collect();
    shortlist(records, &mut offers);
    greedy(&Measure::new(records, &keys), &keys, offers, &likely, budget)
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
) -> Vec<(Vec<usize>, f64)> {
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
                out.push((next.clone(), cost));
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
    measure: &Measure<'_>,
    keys: &[Key],
    mut offers: Vec<Offer>,
    likely: &[Likely],
    budget: f64,
) -> Vec<Chosen> {
    let records = measure.records;
    let total: f64 = likely.iter().map(|l| l.weight).sum::<f64>().max(1.0);
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
            offers[best].cost = measure.cost(&offers[best].keys).max(offers[best].cost);
            offers[best].is_measured = true;
            continue;
        }
        let offer = &offers[best];
        if offer.cost > COST_PER_PAIR_MAX * gains[best] * scale || gains[best] < gain_min * total {
            break;
        }
        spent += offer.cost;
        chosen.push(Chosen {
            rule: Rule { keys: offer.keys.iter().map(|k| keys[*k].clone()).collect() },
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

fn gain(offer: &Offer, open: &[u64], likely: &[Likely]) -> f64 {
    let mut sum = 0.0;
    for (w, (o, f)) in open.iter().zip(&offer.finds).enumerate() {
        let mut bits = o & f;
        while bits != 0 {
            let at = w * 64 + bits.trailing_zeros() as usize;
            sum += likely.get(at).map_or(0.0, |l| l.weight);
            bits &= bits - 1;
        }
    }
    sum
}

/// The keys of every n-th record, on which the comparisons of a rule are measured.
struct Measure<'a> {
    records: &'a Records,
    step: usize,
    /// Hashes of each key, record by record.
    hashes: Vec<Vec<u64>>,
}

impl<'a> Measure<'a> {
    fn new(records: &'a Records, keys: &[Key]) -> Self {
        let step = records.len().div_ceil(MEASURED_RECORDS).max(1);
        let hashes = keys
            .par_iter()
            .map(|key| {
                let rows = (0..records.len()).step_by(step);
                rows.map(|i| key.of(records.row(u32::try_from(i).unwrap_or(0)))).collect()
            })
            .collect();
        Self { records, step, hashes }
    }

    /// Comparisons of a rule, estimated.
    fn cost(&self, keys: &[usize]) -> f64 {
        let count = self.hashes.first().map_or(0, Vec::len);
        let mut hashes: Vec<u64> = (0..count)
            .filter_map(|i| sum_of(keys.iter().map(|k| self.hashes[*k][i])))
            .map(hash_of)
            .collect();
        hashes.sort_unstable();
        let halved = if self.records.is_link() { 0.5 } else { 1.0 };
        let scale = (self.step * self.step) as f64 * halved;
        let pairs = hashes.chunk_by(|a, b| a == b).map(|b| (b.len() * (b.len() - 1) / 2) as u64);
        scale * pairs.map(|p| p.min(BLOCK_PAIRS_MAX * 4) as f64).sum::<f64>()
    }
}
