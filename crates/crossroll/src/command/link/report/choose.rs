//! Owns the choice of what a page shows in full: pairs, clusters, refused joins.
//!
//! It makes no text. Invariant: the choice follows from weights and record numbers alone.

use std::collections::BTreeMap;

use ::link::{Explainer, Linked, ScoredPair};
use rayon::prelude::*;

use super::collect::Collected;

/// Clusters of each kind, and refused joins, that are shown; chosen by hand.
const CLUSTERS: usize = 8;
const REFUSED: usize = 6;
/// Records that are shown of a cluster.
pub(crate) const RECORDS_SHOWN: usize = 30;
/// Records of a cluster that are compared all with all: as the clustering does.
const WHOLE_MAX: usize = 400;
/// Weights beyond this count as this, as in the clustering.
const WEIGHT_BOUND: f32 = 12.0;

/// Why a pair stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// Somebody asked for it.
    Asked,
    /// It is just a match.
    Above,
    /// It is just none.
    Below,
    /// Likely, but its records are in two clusters.
    Refused,
    /// It has one of the highest weights.
    Highest,
}

/// A pair that is shown.
pub(crate) struct Shown {
    pub(crate) why: Why,
    pub(crate) left: u32,
    pub(crate) right: u32,
    /// False if no rule found it, or it weighs less than what is written.
    pub(crate) is_scored: bool,
}

/// A cluster of two records or more.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub(crate) members: Vec<u32>,
    /// What its pairs say, if they were compared.
    pub(crate) inside: Option<Inside>,
}

/// What the pairs inside a cluster say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Inside {
    /// Mean weight of all pairs, each bounded to ±12.
    pub(crate) mean: f64,
    /// The weakest pair that the cluster hangs together by: without it and weaker ones it would be
    /// two.
    pub(crate) bridge: ScoredPair,
}

/// A join that was refused.
pub(crate) struct Refused {
    pub(crate) pair: ScoredPair,
    /// Its weight with caution against kin and namesakes.
    pub(crate) cautious: f32,
    /// Mean weight between all records of both clusters, and the number of pairs.
    pub(crate) mean: f64,
    pub(crate) pairs: usize,
    /// Records of both clusters.
    pub(crate) sizes: (usize, usize),
}

/// Clusters as the page needs them.
pub(crate) struct Clusters {
    /// Clusters by number of records.
    pub(crate) sizes: BTreeMap<usize, usize>,
    pub(crate) largest: Vec<Cluster>,
    pub(crate) doubtful: Vec<Cluster>,
    pub(crate) refused: Vec<Refused>,
    /// Likely pairs whose records are in two clusters.
    pub(crate) refused_pairs: usize,
}

/// The pairs to show, in the order of the page.
pub(crate) fn pairs(collected: &Collected, clusters: &Clusters) -> Vec<Shown> {
    let mut out: Vec<Shown> = Vec::new();
    let mut add = |why, left: u32, right: u32, is_scored| {
        if !out.iter().any(|s| (s.left, s.right) == (left, right)) {
            out.push(Shown { why, left, right, is_scored });
        }
    };
    for ((left, right), weight) in &collected.asked {
        add(Why::Asked, *left, *right, weight.is_some());
    }
    // Read from the heaviest down: above the threshold, then below.
    for (_, pair) in collected.above.pairs.iter().rev() {
        add(Why::Above, pair.left, pair.right, true);
    }
    for (_, pair) in &collected.below.pairs {
        add(Why::Below, pair.left, pair.right, true);
    }
    for refused in &clusters.refused {
        add(Why::Refused, refused.pair.left, refused.pair.right, true);
    }
    for (_, pair) in &collected.highest.pairs {
        add(Why::Highest, pair.left, pair.right, true);
    }
    out
}

/// Looks at all clusters.
pub(crate) fn clusters(linked: &Linked, explainer: &Explainer<'_>, seen: &Collected) -> Clusters {
    let of = |record: u32| linked.cluster_of[record as usize];
    let records = u32::try_from(linked.cluster_of.len()).unwrap_or(u32::MAX);
    let mut sorted: Vec<u32> = (0..records).collect();
    sorted.sort_unstable_by_key(|record| (of(*record), *record));
    let by_cluster: Vec<&[u32]> = sorted.chunk_by(|a, b| of(*a) == of(*b)).collect();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for members in &by_cluster {
        *sizes.entry(members.len()).or_default() += 1;
    }
    let mut all: Vec<(&[u32], Option<Inside>)> = by_cluster
        .into_par_iter()
        .filter(|members| members.len() > 1)
        .map(|members| (members, look_inside(members, explainer)))
        .collect();
    let cluster = |(members, inside): &(&[u32], Option<Inside>)| Cluster {
        members: members.to_vec(),
        inside: *inside,
    };
    all.sort_by(|a, b| doubt(a.1).total_cmp(&doubt(b.1)).then(a.0.cmp(b.0)));
    let doubtful = all.iter().take(CLUSTERS).map(cluster).collect();
    all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(b.0)));
    let largest = all.iter().filter(|c| c.0.len() > 2).take(CLUSTERS).map(cluster).collect();
    let mut apart: Vec<ScoredPair> =
        seen.matches.iter().filter(|p| of(p.left) != of(p.right)).copied().collect();
    apart.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    let members = |record: u32| members_of(linked, record);
    let refused = apart
        .iter()
        .take(REFUSED)
        .map(|p| refused(*p, &members(p.left), &members(p.right), explainer));
    Clusters { sizes, largest, doubtful, refused: refused.collect(), refused_pairs: apart.len() }
}

/// Clusters are doubted by their weakest bridge; one that was not compared comes last.
fn doubt(inside: Option<Inside>) -> f64 {
    inside.map_or(f64::INFINITY, |i| f64::from(i.bridge.weight).min(i.mean))
}

fn members_of(linked: &Linked, record: u32) -> Vec<u32> {
    let root = linked.cluster_of[record as usize];
    (0_u32..).zip(&linked.cluster_of).filter(|(_, of)| **of == root).map(|(r, _)| r).collect()
}

fn refused(pair: ScoredPair, left: &[u32], right: &[u32], by: &Explainer<'_>) -> Refused {
    let (mut sum, mut pairs) = (0.0_f64, 0_usize);
    for l in left.iter().take(WHOLE_MAX) {
        for r in right.iter().take(WHOLE_MAX) {
            sum += bounded(by.weigh_to_join(*l, *r));
            pairs += 1;
        }
    }
    Refused {
        pair,
        cautious: by.weigh_to_join(pair.left, pair.right),
        mean: sum / pairs.max(1) as f64,
        pairs,
        sizes: (left.len(), right.len()),
    }
}

fn bounded(weight: f32) -> f64 {
    f64::from(weight.clamp(-WEIGHT_BOUND, WEIGHT_BOUND))
}

/// Mean and weakest bridge of a cluster: the weakest pair of its heaviest spanning tree (Prim 1957).
fn look_inside(members: &[u32], by: &Explainer<'_>) -> Option<Inside> {
    if members.len() > WHOLE_MAX {
        return None;
    }
    let (&first, rest) = members.split_first()?;
    let (mut sum, mut pairs) = (0.0_f64, 0_usize);
    let mut bridge: Option<ScoredPair> = None;
    // By record outside the tree its heaviest pair into it.
    let mut outside: Vec<(u32, ScoredPair)> = rest
        .iter()
        .map(|r| (*r, ScoredPair { left: first, right: *r, weight: f32::NEG_INFINITY }))
        .collect();
    let mut joined = first;
    while !outside.is_empty() {
        for (record, best) in &mut outside {
            let (left, right) = (joined.min(*record), joined.max(*record));
            let weight = by.weigh(left, right);
            sum += bounded(weight);
            pairs += 1;
            if weight > best.weight {
                *best = ScoredPair { left, right, weight };
            }
        }
        let heaviest = (0..outside.len()).max_by(|a, b| {
            let (a, b) = (&outside[*a], &outside[*b]);
            a.1.weight.total_cmp(&b.1.weight).then(b.0.cmp(&a.0))
        })?;
        let (record, best) = outside.swap_remove(heaviest);
        if bridge.is_none_or(|b| best.weight < b.weight) {
            bridge = Some(best);
        }
        joined = record;
    }
    bridge.map(|bridge| Inside { mean: sum / pairs.max(1) as f64, bridge })
}
