//! What holds in a case by word of people: the fold of its journal, by kind.
//!
//! Where the last word counts, only that one is here. Nothing is weighed: that is for the steps that
//! read it.

use std::collections::BTreeMap;

use crate::journal::{LifeClaim, standing};
use crate::{Act, By, Decision, EntityId, Entry, Grade, Judgement, LeadId, Subject};

/// What the standing entries of a journal say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Judgements on pairs, oldest first; the last on a pair counts.
    pub judgements: Vec<(Judgement, By)>,
    /// The last correction of each question, by record and key; `None` where nothing stands.
    pub corrections: BTreeMap<EntityId, BTreeMap<String, Option<String>>>,
    /// What people said of whether somebody lives, oldest first.
    pub life_claims: Vec<(LifeClaim, By)>,
    /// The last grade of each subject.
    pub gradings: BTreeMap<Subject, Grade>,
    /// Decisions with the numbers of their entries, oldest first, by lead as it was called then.
    pub decisions: BTreeMap<LeadId, Vec<Decided>>,
    /// The number of the last entry by which a lead came up again.
    pub reopenings: BTreeMap<LeadId, u64>,
}

/// A decision with its entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The number of the entry.
    pub seq: u64,
    /// What was decided.
    pub decision: Decision,
    /// Who, when, why, on which lists.
    pub by: By,
}

impl Standing {
    /// Folds a journal, oldest entry first.
    pub fn of(entries: &[Entry]) -> Self {
        let mut all = Self::default();
        for entry in standing(entries) {
            all.add(entry);
        }
        all
    }

    /// Takes up an entry that follows all others and stands. An undo changes nothing here: what it takes
    /// back is left out by folding anew.
    pub fn add(&mut self, entry: &Entry) {
        let by = &entry.by;
        match &entry.act {
            Act::Judgement(judgement) => self.judgements.push((judgement.clone(), by.clone())),
            Act::Correction(correction) => {
                let of_record = self.corrections.entry(correction.record.clone()).or_default();
                of_record.insert(correction.key.clone(), correction.written.clone());
            }
            Act::LifeClaim(claim) => self.life_claims.push((claim.clone(), by.clone())),
            Act::Grading(grading) => {
                self.gradings.insert(grading.subject.clone(), grading.grade);
            }
            Act::Decision(decision) => {
                let (seq, decision) = (entry.seq, decision.clone());
                let decided = Decided { seq, decision, by: by.clone() };
                let of_lead = self.decisions.entry(decided.decision.lead_id.clone()).or_default();
                of_lead.push(decided);
            }
            Act::Reopening(reopening) => {
                self.reopenings.insert(reopening.lead_id.clone(), entry.seq);
            }
            Act::Note(_) | Act::Assignment(_) | Act::Mark(_) | Act::Undo(_) => {}
        }
    }

    /// The judgements alone, oldest first.
    pub fn judgements(&self) -> Vec<Judgement> {
        self.judgements.iter().map(|(judgement, _)| judgement.clone()).collect()
    }
}

/// Whether a judgement or decision made on these records speaks of others than those of now. One
/// that names no records is never stale.
pub fn is_stale(then: &[EntityId], now: &[EntityId]) -> bool {
    let sorted = |members: &[EntityId]| {
        let mut members = members.to_vec();
        members.sort();
        members.dedup();
        members
    };
    !then.is_empty() && sorted(then) != sorted(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Correction;
    use crate::{Undo, Verdict};

    fn entry(seq: u64, act: Act) -> Entry {
        Entry { seq, act, by: By::default() }
    }

    fn corrected(seq: u64, written: &str) -> Entry {
        entry(
            seq,
            Act::Correction(Correction {
                record: "r1".into(),
                key: "kunya".into(),
                before: "Abu Nemo".into(),
                written: Some(written.into()),
            }),
        )
    }

    #[test]
    fn the_last_standing_correction_counts_and_an_undo_brings_the_former_back() {
        let mut entries = vec![corrected(1, "Abu One"), corrected(2, "Abu Two")];
        let kunya =
            |entries: &[Entry]| Standing::of(entries).corrections[&"r1".into()]["kunya"].clone();
        assert_eq!(kunya(&entries).as_deref(), Some("Abu Two"));
        entries.push(entry(3, Act::Undo(Undo::Entry(2))));
        assert_eq!(kunya(&entries).as_deref(), Some("Abu One"));
        entries.push(entry(4, Act::Undo(Undo::Entry(1))));
        assert_eq!(Standing::of(&entries), Standing::default());
    }

    #[test]
    fn a_judgement_is_stale_when_its_records_are_not_those_of_now() {
        let ids = |names: &[&str]| -> Vec<EntityId> { names.iter().map(|n| (*n).into()).collect() };
        assert!(!is_stale(&ids(&["b", "a"]), &ids(&["a", "b"])));
        assert!(is_stale(&ids(&["a", "b"]), &ids(&["a", "b", "c"])));
        assert!(is_stale(&ids(&["a", "b"]), &ids(&["a"])));
        assert!(!is_stale(&[], &ids(&["a"])));
        let judgement = Judgement::new("a".into(), "b".into(), Verdict::Same);
        assert!(!is_stale(&judgement.members, &ids(&["a", "b"])));
    }
}
