//! Clustering: scored pairs and judgements to people.
//!
//! Pairs are taken best first, ties by id; two clusters become one only if no member of the one
//! contradicts a member of the other. So a chain of good pairs never bridges a father and a son,
//! and the result does not depend on the order of the input. A judgement always wins over a score.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::{EntityId, Explanation, Judgement, Level, Verdict};

/// Two records kept apart although their pair scored high enough.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// The smaller id.
    pub left: EntityId,
    /// The larger id.
    pub right: EntityId,
    /// Why.
    pub reason: String,
}

/// What the judgements say of pairs, later ones over earlier ones.
#[derive(Debug, Default)]
pub(crate) struct Rulings {
    same: BTreeSet<(EntityId, EntityId)>,
    different: BTreeSet<(EntityId, EntityId)>,
    unsure: BTreeSet<(EntityId, EntityId)>,
}

impl Rulings {
    pub(crate) fn read(judgements: &[Judgement]) -> Self {
        let mut last: BTreeMap<(EntityId, EntityId), Verdict> = BTreeMap::new();
        for judgement in judgements {
            last.insert(ordered(&judgement.left, &judgement.right), judgement.verdict);
        }
        let mut rulings = Self::default();
        for (pair, verdict) in last {
            match verdict {
                Verdict::Same => rulings.same.insert(pair),
                Verdict::Different | Verdict::Related => rulings.different.insert(pair),
                Verdict::Unsure => rulings.unsure.insert(pair),
            };
        }
        rulings
    }
}

fn ordered(left: &EntityId, right: &EntityId) -> (EntityId, EntityId) {
    if left <= right { (left.clone(), right.clone()) } else { (right.clone(), left.clone()) }
}

/// A pair good enough to join two records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) left: usize,
    pub(crate) right: usize,
    pub(crate) weight: f64,
}

/// The records of each person, by position.
pub(crate) struct Clusters {
    pub(crate) groups: Vec<Vec<usize>>,
    pub(crate) refused: Vec<Refusal>,
}

/// Clusters records. `ids` are ordered; `verdict_on` tells what a comparison says of two records.
pub(crate) fn cluster(
    ids: &[EntityId],
    mut edges: Vec<Edge>,
    rulings: &Rulings,
    verdict_on: impl FnMut(usize, usize) -> PairVerdict,
) -> Clusters {
    let mut merging = Merging::new(ids, rulings, verdict_on);
    for (left, right) in &rulings.same {
        if let (Ok(l), Ok(r)) = (ids.binary_search(left), ids.binary_search(right)) {
            merging.join_judged(l, r);
        }
    }
    edges.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (a.left, a.right).cmp(&(b.left, b.right)))
    });
    for edge in edges {
        merging.join_scored(edge);
    }
    merging.finish()
}

/// What the comparison of two records means for their clusters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PairVerdict {
    /// Match weight, prior included.
    pub(crate) weight: f64,
    /// A contradiction that no third record can bridge, in words.
    pub(crate) contradiction: Option<Arc<str>>,
}

struct Merging<'a, F> {
    ids: &'a [EntityId],
    rulings: &'a Rulings,
    verdict_on: F,
    /// Cluster of each record: the smallest position in it.
    home: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
    refused: BTreeSet<Refusal>,
}

/// Pairs between two clusters that are looked at before they become one. A person has a few dozen
/// records at most; beyond that, members are taken at even steps.
const CROSS_PAIRS_MAX: usize = 400;

impl<F: FnMut(usize, usize) -> PairVerdict> Merging<'_, F> {
    fn new<'a>(ids: &'a [EntityId], rulings: &'a Rulings, verdict_on: F) -> Merging<'a, F> {
        Merging {
            ids,
            rulings,
            verdict_on,
            home: (0..ids.len()).collect(),
            members: (0..ids.len()).map(|i| (i, vec![i])).collect(),
            refused: BTreeSet::new(),
        }
    }

    fn join_judged(&mut self, left: usize, right: usize) {
        let (a, b) = (self.home[left], self.home[right]);
        if a == b {
            return;
        }
        match self.judged_apart(a, b) {
            Some(reason) => self.refuse(left, right, reason),
            None => self.merge(a, b),
        }
    }

    fn join_scored(&mut self, edge: Edge) {
        let (a, b) = (self.home[edge.left], self.home[edge.right]);
        if a == b {
            return;
        }
        let pair = ordered(&self.ids[edge.left], &self.ids[edge.right]);
        let reason = if self.rulings.unsure.contains(&pair) {
            Some("judged unsure".to_owned())
        } else {
            match self.judged_apart(a, b) {
                Some(reason) => Some(reason),
                None => self.contradiction(a, b),
            }
        };
        match reason {
            Some(reason) => self.refuse(edge.left, edge.right, reason),
            None => self.merge(a, b),
        }
    }

    fn judged_apart(&self, a: usize, b: usize) -> Option<String> {
        let (a, b) = (&self.members[&a], &self.members[&b]);
        a.iter().flat_map(|&l| b.iter().map(move |&r| (l, r))).find_map(|(l, r)| {
            let pair = ordered(&self.ids[l], &self.ids[r]);
            self.rulings
                .different
                .contains(&pair)
                .then(|| format!("{} and {} were judged to be different", pair.0, pair.1))
        })
    }

    /// A contradiction between members, or members that together speak against it.
    fn contradiction(&mut self, a: usize, b: usize) -> Option<String> {
        let (a, b) = (&self.members[&a], &self.members[&b]);
        let pairs = a.len() * b.len();
        let step = pairs.div_ceil(CROSS_PAIRS_MAX).max(1);
        let mut total = 0.0;
        for at in (0..pairs).step_by(step) {
            let (l, r) = (a[at / b.len()], b[at % b.len()]);
            let verdict = (self.verdict_on)(l, r);
            if let Some(words) = verdict.contradiction {
                return Some(format!("{} and {}: {words}", self.ids[l], self.ids[r]));
            }
            total += verdict.weight;
        }
        (total <= 0.0).then(|| "the records of the two clusters disagree on the whole".to_owned())
    }

    fn refuse(&mut self, left: usize, right: usize, reason: String) {
        let (left, right) = ordered(&self.ids[left], &self.ids[right]);
        self.refused.insert(Refusal { left, right, reason });
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (keep, gone) = (a.min(b), a.max(b));
        let moved = self.members.remove(&gone).expect("a home always has members");
        for &member in &moved {
            self.home[member] = keep;
        }
        let members = self.members.get_mut(&keep).expect("a home always has members");
        members.extend(moved);
        members.sort_unstable();
    }

    fn finish(self) -> Clusters {
        Clusters {
            groups: self.members.into_values().collect(),
            refused: self.refused.into_iter().collect(),
        }
    }
}

/// A contradiction that no third record can bridge: another sex, another mother, years apart,
/// another nationality under another kunya where no birth date speaks for it, or names of one
/// family that differ in the given name (father and son, brothers) unless both were born on one
/// day, or two numbers of a register where a body has one.
pub(crate) fn contradiction(explanation: &Explanation) -> Option<String> {
    let conflicts = |comparison: &str| explanation.level(comparison) == Level::Conflict;
    let said = |comparison: &str| {
        let part = explanation.part(comparison)?;
        Some(format!("{:?} and {:?}", part.left.as_deref()?, part.right.as_deref()?))
    };
    if explanation.level("document") == Level::Agree {
        return None;
    }
    ["gender", "birthDate"]
        .into_iter()
        .find(|c| conflicts(c))
        .map(|c| format!("{c} differs: {}", said(c).unwrap_or_default()))
        .or_else(|| {
            let is_other =
                conflicts("motherName") && explanation.level("birthDate") != Level::Agree;
            is_other.then(|| format!("mother differs: {}", said("motherName").unwrap_or_default()))
        })
        .or_else(|| {
            let are_others = conflicts("nationality")
                && conflicts("kunya")
                && explanation.level("birthDate") != Level::Agree;
            are_others.then(|| {
                format!("nationality and kunya differ: {}", said("kunya").unwrap_or_default())
            })
        })
        .or_else(|| {
            let outcome = |comparison| explanation.part(comparison).map(|p| p.outcome.as_str());
            let is_kin = outcome("name") == Some("kin") && outcome("birthDate") != Some("same_day");
            is_kin.then(|| format!("kin or namesakes: {}", said("name").unwrap_or_default()))
        })
        .or_else(|| {
            let outcome = explanation.part("document").map(|p| p.outcome.as_str());
            (outcome == Some("register_conflict")).then(|| {
                format!("register number differs: {}", said("document").unwrap_or_default())
            })
        })
}

#[cfg(test)]
mod tests {
    use model::Part;

    use super::*;

    fn found(outcomes: &[(&str, Level, &str)]) -> Option<String> {
        let parts = outcomes
            .iter()
            .map(|(comparison, level, outcome)| Part {
                comparison: (*comparison).to_owned(),
                level: *level,
                outcome: (*outcome).to_owned(),
                weight: 0.0,
                rarity: 0.0,
                left: Some("left".to_owned()),
                right: Some("right".to_owned()),
                notes: Vec::new(),
            })
            .collect();
        contradiction(&Explanation { prior: 0.0, parts })
    }

    #[test]
    fn kin_stay_apart_unless_they_were_born_on_one_day() {
        let kin = ("name", Level::Near, "kin");
        assert!(found(&[kin, ("birthDate", Level::Near, "other_day")]).is_some());
        assert!(found(&[kin]).is_some());
        assert!(found(&[kin, ("birthDate", Level::Agree, "same_day")]).is_none());
        assert!(found(&[("name", Level::Agree, "agree")]).is_none());
    }

    #[test]
    fn two_numbers_of_one_register_are_two_bodies() {
        assert!(found(&[("document", Level::Conflict, "register_conflict")]).is_some());
        assert!(found(&[("document", Level::Conflict, "conflict")]).is_none());
    }

    #[test]
    fn another_nationality_under_another_kunya_is_somebody_else() {
        let name = ("name", Level::Agree, "agree");
        let kunya = ("kunya", Level::Conflict, "different");
        let nationality = ("nationality", Level::Conflict, "conflict");
        assert!(found(&[name, kunya, nationality]).is_some());
        assert!(found(&[name, nationality]).is_none());
        let born = ("birthDate", Level::Agree, "same_day");
        assert!(found(&[name, kunya, nationality, born]).is_none());
    }
}
