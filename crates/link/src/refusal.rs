//! Owns the reasons why records that a likely pair speaks for stand in two clusters all the same.
//!
//! It changes nothing: it looks at the clusters as they came out. Invariant: a refused pair is at
//! the threshold or above and its records are in different clusters.

use rayon::prelude::*;

use crate::cluster::Weighing;
use crate::learn::{CHANCE, KIN, NAMESAKES, NEIGHBORS, TWINS, level_of};
use crate::level::{DIFFERENT, FAR};
use crate::property::Property;
use crate::score::Join;

/// Pairs of two clusters that are looked at for the one that speaks most against them.
const LOOKED_AT_MAX: usize = 10_000;

/// What kept two records apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A judgement says that records of the two clusters are two persons.
    Judgement,
    /// Each stands in an earlier cluster of its own.
    EarlierClusters,
    /// A cluster would hold two records of one table.
    OneToOne,
    /// They are rather two members of one household.
    Kin,
    /// They are rather two members of one household born on the same day.
    Twins,
    /// They are rather two people of one name.
    Namesakes,
    /// They are rather two people of one place.
    Neighbors,
    /// What they agree on may be chance.
    Chance,
}

impl Reason {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Judgement => "judgement",
            Self::EarlierClusters => "earlier_clusters",
            Self::OneToOne => "one_to_one",
            Self::Kin => "kin",
            Self::Twins => "twins",
            Self::Namesakes => "namesakes",
            Self::Neighbors => "neighbors",
            Self::Chance => "chance",
        }
    }

    fn of_class(class: usize) -> Self {
        match class {
            KIN => Self::Kin,
            NEIGHBORS => Self::Neighbors,
            NAMESAKES => Self::Namesakes,
            TWINS => Self::Twins,
            _ => {
                debug_assert_eq!(class, CHANCE);
                Self::Chance
            }
        }
    }
}

/// A likely pair whose records stand in two clusters.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The record with the smaller number.
    pub left: u32,
    /// The other.
    pub right: u32,
    /// The weight of the pair.
    pub weight: f32,
    /// What kept them apart.
    pub reason: Reason,
    /// The pair of their clusters that speaks most against them, if it is not the pair itself.
    pub against: Option<(u32, u32)>,
    /// What is hardly ever different for one person and is different in that pair.
    pub conflicts: Vec<Property>,
}

/// Why each of these pairs was refused.
pub(crate) fn refusals(pairs: &[Join], cluster_of: &[u32], by: &Weighing<'_>) -> Vec<Refusal> {
    let refused: Vec<&Join> = pairs
        .iter()
        .filter(|j| cluster_of[j.pair.left as usize] != cluster_of[j.pair.right as usize])
        .collect();
    let mut members: Vec<(u32, u32)> = cluster_of.iter().copied().zip(0_u32..).collect();
    members.par_sort_unstable();
    let cluster = |record: u32| {
        let root = cluster_of[record as usize];
        let from = members.partition_point(|m| m.0 < root);
        let to = members.partition_point(|m| m.0 <= root);
        &members[from..to]
    };
    refused
        .into_par_iter()
        .map(|join| refusal(join, cluster(join.pair.left), cluster(join.pair.right), by))
        .collect()
}

fn refusal(join: &Join, left: &[(u32, u32)], right: &[(u32, u32)], by: &Weighing<'_>) -> Refusal {
    let pairs = || {
        let all = left.iter().flat_map(|l| right.iter().map(move |r| (l.1.min(r.1), l.1.max(r.1))));
        all.take(LOOKED_AT_MAX)
    };
    let whole = |reason, against: (u32, u32)| Refusal {
        left: join.pair.left,
        right: join.pair.right,
        weight: join.pair.weight,
        reason,
        against: (against != (join.pair.left, join.pair.right)).then_some(against),
        conflicts: Vec::new(),
    };
    if let Some(pair) = pairs().find(|(l, r)| by.bases.are_judged_apart(*l, *r)) {
        return whole(Reason::Judgement, pair);
    }
    if let Some(pair) = pairs().find(|(l, r)| by.bases.is_bridge(*l, *r)) {
        return whole(Reason::EarlierClusters, pair);
    }
    if by.one_to_one
        && let Some(pair) = pairs().find(|(l, r)| !by.records.may_pair(*l, *r))
    {
        return whole(Reason::OneToOne, pair);
    }
    // A pair that would join by itself is refused for what others of the clusters say.
    let weakest = if join.cautious < by.threshold {
        *join
    } else {
        pairs()
            .map(|(l, r)| by.scorer.join(l, r))
            .min_by(|a, b| a.cautious.total_cmp(&b.cautious))
            .unwrap_or(*join)
    };
    let pair = (weakest.pair.left, weakest.pair.right);
    let class = by.scorer.explanation(weakest.pair.left, weakest.pattern);
    let conflicts = by.records.fields.iter().enumerate().filter(|(f, field)| {
        let level = level_of(weakest.pattern, *f);
        field.property.is_of_one_person() && (level == DIFFERENT || level == FAR)
    });
    Refusal {
        conflicts: conflicts.map(|(_, field)| field.property).collect(),
        ..whole(Reason::of_class(class), pair)
    }
}
