//! Why records are one person, and what would become of it: the pairs inside a cluster, what it
//! hangs together by, merging and splitting shown before they are said.
//!
//! Merging and splitting are judgements on pairs; the clusters follow from them at once where the
//! workbench is ready, else with the next run.

use model::{EntityId, Entry, Judgement, Level, ScoredPair, Verdict};
use resolve::{Bridge, find_bridge};

use crate::acts::Ground;
use crate::{Actor, CaseError, CaseView, NotDone, Room};

/// A cluster with its reasons.
#[derive(Clone, Debug)]
pub struct ClusterView {
    /// Its place in the view.
    pub place: usize,
    /// The members.
    pub members: Vec<EntityId>,
    /// The pairs among them, strongest first.
    pub pairs: Vec<ScoredPair>,
    /// What it hangs together by, if pairs hold it.
    pub bridge: Option<Bridge>,
}

/// What a merge or split would do.
#[derive(Clone, Debug)]
pub struct Regrouping {
    /// The people that there would be.
    pub groups: Vec<Vec<EntityId>>,
    /// The pairs between them that decide, strongest first.
    pub pairs: Vec<ScoredPair>,
    /// What speaks against it, in words.
    pub warnings: Vec<String>,
    /// The pairs that would be judged.
    pub judged: Vec<(EntityId, EntityId)>,
}

/// Members of one cluster that are looked at pair by pair; a person has some dozen records.
const MEMBERS_MAX: usize = 60;
/// Pairs that one split may judge.
const JUDGED_MAX: usize = 2_000;

impl Room {
    /// A cluster by the id of its lead or of a member.
    ///
    /// # Errors
    /// [`NotDone::NotFound`] and those of the store.
    pub fn cluster(&self, view: &CaseView, id: &str) -> Result<ClusterView, CaseError> {
        let (place, row) = view.find(id).ok_or(NotDone::NotFound { what: "cluster" })?;
        let looked = &row.members[..row.members.len().min(MEMBERS_MAX)];
        let mut pairs = self.read(|case| {
            let mut pairs = Vec::new();
            for (at, left) in looked.iter().enumerate() {
                for right in &looked[at + 1..] {
                    pairs.extend(case.store.pair(left, right)?);
                }
            }
            Ok::<_, CaseError>(pairs)
        })?;
        sort(&mut pairs);
        let bridge = find_bridge(&row.members, &pairs);
        Ok(ClusterView { place, members: row.members.clone(), pairs, bridge })
    }

    /// What the merge of two people would do.
    ///
    /// # Errors
    /// [`NotDone::NotFound`] and those of the store.
    pub fn preview_merge(&self, left: &str, right: &str) -> Result<Regrouping, CaseError> {
        let view = self.view();
        let (at, left) = view.find(left).ok_or(NotDone::NotFound { what: "lead" })?;
        let (other, right) = view.find(right).ok_or(NotDone::NotFound { what: "lead" })?;
        if at == other {
            return Err(NotDone::invalid("the two are one person already").into());
        }
        let pairs = self.cross_pairs(&left.members, &right.members)?;
        let mut warnings = warnings_of(&view, &pairs);
        let best = pairs.first().map(|best| (best.left.clone(), best.right.clone()));
        let judged: Vec<_> = best.into_iter().collect();
        let mut group: Vec<EntityId> = left.members.iter().chain(&right.members).cloned().collect();
        group.sort();
        let (groups, against) = self.regrouped(&judgements(&judged, Verdict::Same), vec![group])?;
        warnings.extend(against);
        Ok(Regrouping { groups, pairs, warnings, judged })
    }

    /// What setting some members of a cluster apart would do.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn preview_split(&self, id: &str, apart: &[EntityId]) -> Result<Regrouping, CaseError> {
        let view = self.view();
        let (_, row) = view.find(id).ok_or(NotDone::NotFound { what: "lead" })?;
        let (gone, rest): (Vec<EntityId>, Vec<EntityId>) =
            row.members.iter().cloned().partition(|member| apart.contains(member));
        let known = apart.iter().all(|id| row.members.contains(id));
        if !known || gone.is_empty() || rest.is_empty() {
            let what = "name some of the members and not all of them";
            return Err(NotDone::invalid(what).into());
        }
        if gone.len() * rest.len() > JUDGED_MAX {
            return Err(NotDone::TooMany { most: JUDGED_MAX }.into());
        }
        let pairs = self.cross_pairs(&gone, &rest)?;
        let judged = gone.iter().flat_map(|l| rest.iter().map(|r| (l.clone(), r.clone())));
        let judged: Vec<_> = judged.collect();
        let mut warnings = Vec::new();
        for (left, right) in gone.iter().flat_map(|l| rest.iter().map(move |r| (l, r))) {
            if let Some((judgement, _)) = view.journal.judgement(left, right)
                && judgement.verdict == Verdict::Same
            {
                warnings.push(format!("{left} and {right} were judged to be the same"));
            }
        }
        let (groups, against) =
            self.regrouped(&judgements(&judged, Verdict::Different), vec![gone, rest])?;
        warnings.extend(against);
        Ok(Regrouping { groups, pairs, warnings, judged })
    }

    /// Merges two people: judges their strongest pair to be the same.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn merge(
        &self,
        actor: &Actor,
        ground: &Ground,
        left: &str,
        right: &str,
    ) -> Result<Vec<Entry>, CaseError> {
        let preview = self.preview_merge(left, right)?;
        self.judge_all(actor, ground, &preview.judged, Verdict::Same)
    }

    /// Sets some members of a cluster apart: judges each of them different from each other member.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn split(
        &self,
        actor: &Actor,
        ground: &Ground,
        id: &str,
        apart: &[EntityId],
    ) -> Result<Vec<Entry>, CaseError> {
        let preview = self.preview_split(id, apart)?;
        self.judge_all(actor, ground, &preview.judged, Verdict::Different)
    }

    /// Pairs between two groups, strongest first; those that were not kept are compared now.
    fn cross_pairs(
        &self,
        left: &[EntityId],
        right: &[EntityId],
    ) -> Result<Vec<ScoredPair>, CaseError> {
        let mut pairs = Vec::new();
        for l in left.iter().take(MEMBERS_MAX) {
            for r in right.iter().take(MEMBERS_MAX) {
                if pairs.len() < JUDGED_MAX {
                    pairs.push(self.explain(l, r)?);
                }
            }
        }
        sort(&mut pairs);
        Ok(pairs)
    }
}

/// One verdict on each of several pairs.
fn judgements(pairs: &[(EntityId, EntityId)], verdict: Verdict) -> Vec<Judgement> {
    let pairs = pairs.iter().cloned();
    pairs.map(|(left, right)| Judgement::new(left, right, verdict)).collect()
}

fn sort(pairs: &mut [ScoredPair]) {
    pairs.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (&a.left, &a.right).cmp(&(&b.left, &b.right)))
    });
}

/// What speaks against a merge: fields in conflict, and what was judged.
fn warnings_of(view: &CaseView, pairs: &[ScoredPair]) -> Vec<String> {
    let mut warnings: Vec<String> = Vec::new();
    for pair in pairs {
        let conflicts = pair.explanation.parts.iter().filter(|p| p.level == Level::Conflict);
        for part in conflicts {
            let said = |side: &Option<String>| side.clone().unwrap_or_default();
            let (left, right) = (said(&part.left), said(&part.right));
            warnings.push(format!("{} in conflict: {left} / {right}", part.comparison));
        }
        if pair.explanation.is_name_only() {
            warnings.push("nothing but names speaks for it".to_owned());
        }
        if let Some((judgement, _)) = view.journal.judgement(&pair.left, &pair.right)
            && judgement.verdict != Verdict::Same
        {
            let (left, right) = (&pair.left, &pair.right);
            warnings.push(format!("{left} and {right} were judged otherwise"));
        }
    }
    warnings.sort();
    warnings.dedup();
    warnings
}
