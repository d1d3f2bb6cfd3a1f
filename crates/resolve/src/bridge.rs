//! What a cluster hangs together by: the pair whose going would part it, and what would be parted.
//!
//! It scores nothing: it reads scored pairs.

use std::collections::BTreeMap;

use model::{EntityId, ScoredPair};

/// The lightest pair that a cluster hangs together by.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// One end.
    pub left: EntityId,
    /// The other.
    pub right: EntityId,
    /// Match weight of the pair.
    pub weight: f64,
    /// The members on the side of `left`.
    pub left_side: Vec<EntityId>,
    /// The members on the side of `right`.
    pub right_side: Vec<EntityId>,
}

/// The bridge of a cluster: of the strongest pairs that join all its members, the lightest. `None`
/// where the pairs do not join them all (a judgement does) and for a single member.
pub fn find_bridge(members: &[EntityId], pairs: &[ScoredPair]) -> Option<Bridge> {
    let places: BTreeMap<&EntityId, usize> = members.iter().zip(0..).collect();
    let mut edges: Vec<(f64, usize, usize)> = pairs
        .iter()
        .filter_map(|pair| Some((pair.weight, *places.get(&pair.left)?, *places.get(&pair.right)?)))
        .collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let mut homes: Vec<usize> = (0..members.len()).collect();
    let mut last = None;
    for &(weight, left, right) in &edges {
        let (from, to) = (homes[right], homes[left]);
        if from == to {
            continue;
        }
        let side = |home: usize| -> Vec<EntityId> {
            let at = members.iter().zip(&homes).filter(|(_, h)| **h == home);
            at.map(|(member, _)| member.clone()).collect()
        };
        last = Some(Bridge {
            left: members[left].clone(),
            right: members[right].clone(),
            weight,
            left_side: side(to),
            right_side: side(from),
        });
        for home in &mut homes {
            if *home == from {
                *home = to;
            }
        }
    }
    let whole = homes.iter().all(|home| *home == homes[0]);
    last.filter(|_| whole)
}

#[cfg(test)]
mod tests {
    use model::Explanation;

    use super::*;

    fn pair(left: &str, right: &str, weight: f64) -> ScoredPair {
        ScoredPair {
            left: left.into(),
            right: right.into(),
            weight,
            probability: 0.5,
            score: 0.5,
            explanation: Explanation::default(),
        }
    }

    #[test]
    fn the_bridge_is_the_lightest_of_the_pairs_that_are_needed() {
        let members = ["a", "b", "c", "d"].map(EntityId::from);
        let pairs =
            [pair("a", "b", 9.0), pair("b", "c", 2.0), pair("c", "d", 8.0), pair("a", "c", 1.0)];
        let bridge = find_bridge(&members, &pairs).unwrap();
        assert_eq!((bridge.left.as_str(), bridge.right.as_str()), ("b", "c"));
        assert_eq!(bridge.left_side, members[..2]);
        assert_eq!(bridge.right_side, members[2..]);
    }

    #[test]
    fn a_cluster_that_pairs_do_not_join_has_none() {
        let members = ["a", "b", "c"].map(EntityId::from);
        assert_eq!(find_bridge(&members, &[pair("a", "b", 9.0)]), None);
        assert_eq!(find_bridge(&members[..1], &[]), None);
    }
}
