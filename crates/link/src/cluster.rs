//! Owns the clusters: which records hang together by likely pairs, and what became of each of these
//! components.
//!
//! How the records of one component are joined is `component.rs`'s. Invariant: clusters are a
//! partition, the same for any order of the pairs; bases stay whole, and records that were judged
//! different are never in one cluster.

use rayon::prelude::*;

use crate::component::Component;
use crate::known::{Bases, Sets};
use crate::records::Records;
use crate::score::{Join, ScoredPair, Scorer};

/// What became of the records.
#[derive(Debug)]
pub(crate) struct Clustering {
    /// By record the smallest record of its cluster.
    pub(crate) of: Vec<u32>,
    /// Pairs within components that no likely pair stood for, with their weight.
    pub(crate) more: Vec<ScoredPair>,
}

/// How records are weighed, and what keeps them apart.
pub(crate) struct Weighing<'a> {
    pub(crate) records: &'a Records,
    pub(crate) scorer: &'a Scorer<'a>,
    pub(crate) bases: &'a Bases,
    /// True if the pair may be handed out.
    pub(crate) may_pair: &'a (dyn Fn(u32, u32) -> bool + Sync),
    /// From this weight on a pair joins.
    pub(crate) threshold: f32,
    /// A cluster holds one record of each table at most.
    pub(crate) one_to_one: bool,
}

/// Clusters records by likely pairs.
pub(crate) fn cluster(pairs: &[Join], by: &Weighing<'_>) -> Clustering {
    let mut sets = Sets::new(by.records.len());
    for join in pairs {
        sets.union(join.pair.left, join.pair.right);
    }
    let count = u32::try_from(by.records.len()).unwrap_or(u32::MAX);
    let mut of: Vec<u32> = (0..count).map(|record| by.bases.of(record)).collect();
    if by.bases.are_given() {
        for (record, base) in (0_u32..).zip(&of) {
            sets.union(record, *base);
        }
    }
    let roots = sets.roots();
    let mut joining: Vec<(u32, Join)> =
        pairs.iter().map(|j| (roots[j.pair.left as usize], *j)).collect();
    joining.par_sort_unstable_by_key(|(root, j)| (*root, j.pair.left, j.pair.right));
    let members = members(&roots, &joining, by);
    let edges: Vec<&[(u32, Join)]> = joining.chunk_by(|a, b| a.0 == b.0).collect();
    let members: Vec<&[(u32, u32)]> = members.chunk_by(|a, b| a.0 == b.0).collect();
    let split: Vec<Component> = edges
        .into_par_iter()
        .zip(members)
        .map(|(edges, members)| {
            debug_assert_eq!(edges[0].0, members[0].0);
            let edges: Vec<Join> = edges.iter().map(|e| e.1).collect();
            Component::of(&edges, members.iter().map(|m| m.1).collect(), by)
        })
        .collect();
    let mut more = Vec::new();
    for part in split {
        for (record, root) in part.members.iter().zip(&part.roots) {
            of[*record as usize] = *root;
        }
        more.extend(part.more);
    }
    Clustering { of, more }
}

/// The records of every component that has a likely pair, with their root, in order.
fn members(roots: &[u32], joining: &[(u32, Join)], by: &Weighing<'_>) -> Vec<(u32, u32)> {
    let mut members: Vec<(u32, u32)> = if by.bases.are_given() {
        let mut is_joined = vec![false; roots.len()];
        for (root, _) in joining {
            is_joined[*root as usize] = true;
        }
        (0_u32..)
            .zip(roots)
            .filter(|(_, root)| is_joined[**root as usize])
            .map(|(record, root)| (*root, record))
            .collect()
    } else {
        joining.iter().flat_map(|(r, j)| [(*r, j.pair.left), (*r, j.pair.right)]).collect()
    };
    members.par_sort_unstable();
    members.dedup();
    members
}
