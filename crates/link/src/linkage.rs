//! Owns the whole way of a linkage: choose rules, learn, score every candidate pair, cluster.
//!
//! It reads and writes nothing; scored pairs are handed out slice by slice. Invariant: the same
//! records give the same pairs and clusters.

use crate::candidates::{Candidates, RuleCount, is_sampled, unpacked};
use crate::choose::{Chosen, choose, count};
use crate::cluster::{Weighing, cluster};
use crate::learn::Chances;
use crate::model::LinkModel;
use crate::records::Records;
use crate::score::{ScoredPair, Scorer, narrow, weight};

/// Pairs that the chances are learnt on, about.
const LEARNT_PAIRS: f64 = 1e6;
/// Pairs are kept for clustering from this probability on.
const KEPT_FROM: f64 = 0.5;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct LinkOptions {
    /// Probability from which on pairs join a cluster.
    pub threshold: f64,
    /// Weight from which on pairs are handed out.
    pub weight_min: f32,
    /// A cluster holds one record of each table at most.
    pub one_to_one: bool,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { threshold: 0.95, weight_min: -10.0, one_to_one: false }
    }
}

/// What a rule did.
#[derive(Clone, Debug)]
pub struct RuleReport {
    /// What it asks for.
    pub rule: String,
    /// Pairs expected.
    pub estimated: f64,
    /// Pairs it gave, those of other rules included.
    pub pairs: u64,
    /// Share of the likely pairs of the sample that it was the first to find.
    pub gain: f64,
    /// Blocks cut up because they were too big.
    pub cut: u64,
    /// Pairs of these blocks that were not compared under this rule.
    pub lost: u64,
}

/// What came out.
#[derive(Debug)]
pub struct Linked {
    /// By record the smallest record of its cluster.
    pub cluster_of: Vec<u32>,
    /// Pairs compared.
    pub compared: u64,
    /// Pairs handed out.
    pub scored: u64,
    /// Pairs that speak for one person at the threshold.
    pub matches: u64,
    /// Joins that were refused.
    pub refused: u64,
    /// The rules.
    pub rules: Vec<RuleReport>,
    /// What was learnt.
    pub model: LinkModel,
    /// The same, to explain pairs by.
    pub(crate) chances: Chances,
}

/// Links records; `take` gets the scored pairs in order, slice by slice.
pub fn link<E>(
    records: &Records,
    options: &LinkOptions,
    mut take: impl FnMut(&[ScoredPair]) -> Result<(), E>,
) -> Result<Linked, E> {
    let mut chances = Chances::begin(records);
    let rules = choose(records, &mut chances);
    let mut candidates = Candidates::new(records, &rules);
    relearn(records, &rules, &mut candidates, &mut chances);
    let scorer = Scorer::new(records, &chances);
    let kept_from = narrow(weight(KEPT_FROM.min(options.threshold)));
    let (mut kept, mut compared, mut scored) = (Vec::new(), 0_u64, 0_u64);
    let mut failed = None;
    let counts = candidates.for_each_slice(
        |pairs| {
            let out: Vec<ScoredPair> = unpacked(pairs)
                .map(|(left, right)| ScoredPair { left, right, weight: scorer.weigh(left, right) })
                .filter(|p| p.weight >= options.weight_min)
                .collect();
            (pairs.len() as u64, out)
        },
        |(count, out): (u64, Vec<ScoredPair>)| {
            compared += count;
            scored += out.len() as u64;
            kept.extend(out.iter().filter(|p| p.weight >= kept_from).copied());
            if failed.is_none()
                && let Err(error) = take(&out)
            {
                failed = Some(error);
            }
        },
    );
    if let Some(error) = failed {
        return Err(error);
    }
    let cautious = scorer.cautious();
    let weighing = Weighing {
        weigh: &|l, r| cautious.weigh(l, r),
        may_pair: &|l, r| records.may_pair(l, r),
        threshold: narrow(weight(options.threshold)),
        one_to_one: options.one_to_one,
    };
    let clustering = cluster(records.len(), &kept, &weighing);
    // Pairs of one component that no rule found are worth a score of their own.
    let more: Vec<ScoredPair> = clustering
        .more
        .into_iter()
        .map(|p| ScoredPair { weight: scorer.weigh(p.left, p.right), ..p })
        .filter(|p| p.weight >= options.weight_min)
        .filter(|p| !rules.iter().any(|c| c.rule.finds(records, p.left, p.right)))
        .collect();
    scored += more.len() as u64;
    take(&more)?;
    let matches = kept.iter().filter(|p| p.weight >= weighing.threshold).count() as u64;
    Ok(Linked {
        cluster_of: clustering.of,
        compared,
        scored,
        matches,
        refused: clustering.refused,
        rules: report(records, &rules, &counts),
        model: LinkModel::of(records, &chances),
        chances,
    })
}

/// Learns the chances on the candidate pairs of a fixed share of the records.
fn relearn(
    records: &Records,
    rules: &[Chosen],
    candidates: &mut Candidates<'_>,
    chances: &mut Chances,
) {
    let expected: f64 = rules.iter().map(|r| r.pairs).sum();
    let mut step = 1_u64;
    while expected / step as f64 > LEARNT_PAIRS {
        step += 1;
    }
    let mut patterns = Vec::new();
    candidates.for_each_slice(
        |pairs| {
            let sampled = unpacked(pairs).filter(|(l, _)| is_sampled(*l, step));
            count(sampled.map(|(l, r)| (records.pattern(l, r), step as f64)))
        },
        |part| patterns.extend(part),
    );
    chances.learn(&count(patterns.into_iter()), records.pairs());
}

fn report(records: &Records, rules: &[Chosen], counts: &[RuleCount]) -> Vec<RuleReport> {
    rules
        .iter()
        .zip(counts)
        .map(|(chosen, count)| RuleReport {
            rule: chosen.rule.describe(records),
            estimated: chosen.pairs,
            pairs: count.pairs,
            gain: chosen.gain,
            cut: count.cut,
            lost: count.lost,
        })
        .collect()
}
