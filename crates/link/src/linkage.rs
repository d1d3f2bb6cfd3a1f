//! Owns the whole way of a linkage: choose rules, learn, score every candidate pair, cluster.
//!
//! It reads and writes nothing; scored pairs are handed out slice by slice. Invariant: the same
//! records give the same pairs and clusters.

use rayon::prelude::*;

use crate::candidates::{Candidate, Candidates, RuleCount};
use crate::choose::{Chosen, choose};
use crate::cluster::{Weighing, cluster};
use crate::known::{Bases, Contradiction, Known};
use crate::learn::{Chances, Labels};
use crate::model::{LinkModel, ModelMismatch};
use crate::records::Records;
use crate::refusal::{Refusal, refusals};
use crate::rule::Finders;
use crate::sample::count;
use crate::score::{Join, ScoredPair, Scorer, narrow, weight};

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
    /// Tell why likely pairs stand in two clusters.
    pub refusals: bool,
}

impl Default for LinkOptions {
    fn default() -> Self {
        Self { threshold: 0.95, weight_min: -10.0, one_to_one: false, refusals: false }
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
    /// Pairs that speak for one person at the threshold and stand in two clusters.
    pub refused: u64,
    /// Why each of these stands in two clusters, if that was asked for.
    pub refusals: Vec<Refusal>,
    /// Earlier clusters that judgements took apart.
    pub dissolved: Vec<u32>,
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
    known: &Known,
    mut take: impl FnMut(&[ScoredPair]) -> Result<(), E>,
) -> Result<Linked, E>
where
    E: From<Contradiction> + From<ModelMismatch>,
{
    let bases = known.bases(records.len())?;
    let mut chances = Chances::begin(records);
    let mut learning = None;
    if let Some(model) = &known.model {
        model.set(records, &mut chances)?;
    } else {
        learning = Some(Labels::of(records, &known.same));
    }
    let rules = choose(records, learning.as_ref(), &mut chances);
    let mut candidates = Candidates::new(records, &rules);
    if let Some(labels) = &learning {
        relearn(records, &rules, &mut candidates, labels, &mut chances);
    }
    let scorer = Scorer::new(records, &chances);
    let scored = score(&mut candidates, &scorer, &bases, options, &mut take)?;
    let may_pair = |l, r| records.may_pair(l, r) && !bases.are_settled(l, r);
    let weighing = Weighing {
        records,
        scorer: &scorer,
        bases: &bases,
        may_pair: &may_pair,
        threshold: narrow(weight(options.threshold)),
        one_to_one: options.one_to_one,
    };
    let clustering = cluster(&scored.likely, &weighing);
    let finders = Finders::new(rules.iter().map(|c| &c.rule));
    // Pairs of one component that no rule found are worth a score of their own.
    let more: Vec<ScoredPair> = clustering
        .more
        .into_par_iter()
        .filter(|p| p.weight >= options.weight_min)
        .filter(|p| !finders.find(records, p.left, p.right))
        .collect();
    take(&more)?;
    let mut matching = scored.likely;
    matching.retain(|j| j.pair.weight >= weighing.threshold);
    let of = |record: u32| clustering.of[record as usize];
    let refused = matching.iter().filter(|j| of(j.pair.left) != of(j.pair.right)).count();
    let refusals =
        if options.refusals { refusals(&matching, &clustering.of, &weighing) } else { Vec::new() };
    Ok(Linked {
        compared: scored.compared,
        scored: scored.handed_out + more.len() as u64,
        matches: matching.len() as u64,
        refused: refused as u64,
        refusals,
        rules: report(records, &rules, &scored.counts),
        model: known
            .model
            .clone()
            .unwrap_or_else(|| LinkModel::of(records, &chances, learning.map_or(0, |l| l.pairs()))),
        chances,
        cluster_of: clustering.of,
        dissolved: bases.dissolved,
    })
}

/// What became of the candidate pairs.
struct Scored {
    compared: u64,
    handed_out: u64,
    /// Pairs that may join clusters.
    likely: Vec<Join>,
    counts: Vec<RuleCount>,
}

/// Weighs every candidate pair of which something is to be said.
fn score<E>(
    candidates: &mut Candidates<'_>,
    scorer: &Scorer<'_>,
    bases: &Bases,
    options: &LinkOptions,
    take: &mut impl FnMut(&[ScoredPair]) -> Result<(), E>,
) -> Result<Scored, E> {
    let likely_from = narrow(weight(KEPT_FROM.min(options.threshold)));
    let mut scored = Scored { compared: 0, handed_out: 0, likely: Vec::new(), counts: Vec::new() };
    let mut failed = None;
    let counts = candidates.for_each_slice(
        |pairs| {
            let (mut compared, mut out, mut joins) = (0, Vec::new(), Vec::new());
            for Candidate { left, right, pattern } in pairs {
                if bases.are_settled(*left, *right) {
                    continue;
                }
                compared += 1;
                let (weight, cautious) = scorer.weigh(*left, *pattern);
                let pair = ScoredPair { left: *left, right: *right, weight };
                if weight >= options.weight_min {
                    out.push(pair);
                }
                if weight >= likely_from {
                    joins.push(Join { pair, cautious, pattern: *pattern });
                }
            }
            (compared, out, joins)
        },
        |(compared, out, joins): (u64, Vec<ScoredPair>, Vec<Join>)| {
            scored.compared += compared;
            scored.handed_out += out.len() as u64;
            scored.likely.extend(joins);
            if failed.is_none()
                && let Err(error) = take(&out)
            {
                failed = Some(error);
            }
        },
    );
    match failed {
        Some(error) => Err(error),
        None => Ok(Scored { counts, ..scored }),
    }
}

/// Learns the chances on the candidate pairs of a fixed share of the records.
fn relearn(
    records: &Records,
    rules: &[Chosen],
    candidates: &mut Candidates<'_>,
    labels: &Labels,
    chances: &mut Chances,
) {
    let expected: f64 = rules.iter().map(|r| r.pairs).sum();
    let mut step = 1_u64;
    while expected / step as f64 > LEARNT_PAIRS {
        step += 1;
    }
    let parts = candidates.sample(step, |pairs| count(pairs.map(|c| (c.pattern, step as f64))));
    chances.learn(&count(parts.into_iter().flatten()), labels, records.pairs());
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
