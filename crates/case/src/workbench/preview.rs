//! What acts would do, before they are recorded: which people would be others, with which pairs, with
//! which leads, and what speaks against it. Nothing is kept.

use model::{Act, By, Cluster, EntityId, Entry, Judgement, Lead, ScoredPair, Standing, Verdict};
use resolve::Refusal;
use triage::{Words, propose_lead};

use super::Workbench;
use super::screening::{Entries, screen};
use crate::people::{Records, recorrected};
use crate::{Case, CaseError};

/// Leads proposed for a preview; whoever changes more sees the clusters.
const LEADS_MAX: usize = 50;

/// What acts would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// The people that would be no longer what they are.
    pub before: Vec<Cluster>,
    /// What their records would make.
    pub after: Vec<Cluster>,
    /// The leads that those would be, without their place in the queue; of no more than fifty.
    pub leads: Vec<Lead>,
    /// Pairs of a corrected record or a judgement, as they would be scored.
    pub pairs: Vec<ScoredPair>,
    /// What speaks against it: two records that contradict each other and would be one person, or
    /// would be kept apart.
    pub warnings: Vec<Refusal>,
}

impl Workbench {
    /// What these acts would do if they were recorded now.
    ///
    /// # Errors
    /// Those of the store.
    pub fn preview(&mut self, case: &Case, acts: &[Act]) -> Result<Preview, CaseError> {
        let next = self.journal.last().map_or(1, |entry| entry.seq + 1);
        let length = self.journal.len();
        let by = By::default();
        let entries = (next..).zip(acts);
        let entries = entries.map(|(seq, act)| Entry { seq, act: act.clone(), by: by.clone() });
        self.journal.extend(entries);
        let then = Standing::of(&self.journal);
        self.journal.truncate(length);
        let words = Words::of(&then);
        let corrected = recorrected(&then, &self.standing);
        let records = Records::load_some(&case.store, &corrected, &then)?;
        let changed: Vec<_> = records.people.into_values().collect();
        let found =
            self.resolver.preview(&changed, &self.standing.judgements(), &then.judgements());
        let resolve::Preview { before, after, pairs, warnings } = found;
        // Those that stay the same people and say something else count as well.
        let mut shown: Vec<Cluster> = after.clone();
        let touched = words.touched_since(&self.words);
        for lead in corrected.iter().chain(&touched).filter_map(|record| self.home.get(record)) {
            let kept = self.leads.get(lead).map(|kept| kept.cluster.clone());
            shown.extend(kept.filter(|c| !before.contains(c) && !shown.contains(c)));
        }
        let mut leads = Vec::new();
        let mut entries = Entries::default();
        for cluster in shown.iter().take(LEADS_MAX) {
            let records = Records::load_some(&case.store, &cluster.members, &then)?;
            let screened = screen(&self.lists.index, records.person(cluster), &words);
            let person = entries.put(&case.store, screened.person, screened.hits)?;
            leads.push(propose_lead(person, &words, &self.searched, &self.rules.status).0);
        }
        Ok(Preview { before, after, leads, pairs, warnings })
    }
}

/// The judgements that take some records out of a person: each of them is another than each that
/// stays. What both sides then make follows from their scores.
pub fn split(members: &[EntityId], apart: &[EntityId]) -> Vec<Judgement> {
    let stays = members.iter().filter(|member| !apart.contains(member));
    let pairs = stays.flat_map(|stays| apart.iter().map(move |goes| (stays, goes)));
    pairs.map(|(stays, goes)| judgement(stays, goes, Verdict::Different, members)).collect()
}

/// The judgements that make one person of several: the first record of each and that of the next.
pub fn merge(people: &[&[EntityId]]) -> Vec<Judgement> {
    let all: Vec<EntityId> = people.iter().copied().flatten().cloned().collect();
    let firsts: Vec<&EntityId> = people.iter().filter_map(|members| members.first()).collect();
    let pairs = firsts.windows(2);
    pairs.map(|pair| judgement(pair[0], pair[1], Verdict::Same, &all)).collect()
}

fn judgement(
    left: &EntityId,
    right: &EntityId,
    verdict: Verdict,
    members: &[EntityId],
) -> Judgement {
    let (left, right) = if left <= right { (left, right) } else { (right, left) };
    let mut members = members.to_vec();
    members.sort();
    Judgement { members, ..Judgement::new(left.clone(), right.clone(), verdict) }
}
