//! The workbench: a case held ready while people work on it, so that what they say takes effect at
//! once and changes what it touches.
//!
//! It keeps records made ready, pairs and ranks in memory and no statements: those of the leads that
//! an act touches are read when it does. Invariants: what it writes is what a full run would write;
//! one act is one transaction; the key it leaves is the one that a run looks for.

mod apply;
mod lists;
mod open;
mod preview;
mod reopen;
mod screening;

use std::collections::BTreeMap;

use model::{Cluster, EntityId, Entry, LeadId, Standing, Status};
use resolve::Resolver;
use store::RankRow;
use triage::{Facts, Rules, Searched, Words};

use crate::index::Lists;
use crate::{Case, CaseError, Progress};

pub use preview::{Preview, merge, split};

/// List entries kept for a person, best first; the screen shows them all.
pub(crate) const CANDIDATES_MAX: usize = 10;

/// The step whose key says what the results were made of.
pub(crate) const STEP: &str = "leads";

/// A case held ready.
pub struct Workbench {
    journal: Vec<Entry>,
    standing: Standing,
    words: Words,
    resolver: Resolver,
    lists: Lists,
    searched: Searched,
    rules: Rules,
    parts: Parts,
    leads: BTreeMap<LeadId, Kept>,
    /// The lead of each record.
    home: BTreeMap<EntityId, LeadId>,
}

/// What is kept of a lead.
#[derive(Clone, Debug)]
struct Kept {
    cluster: Cluster,
    status: Status,
    facts: Facts,
    rank: RankRow,
    /// The least weight among the best matches; `None` if there was room for more.
    floor: Option<f64>,
}

/// What a change did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changed {
    /// Leads that are new or other than they were, in order of id.
    pub leads: Vec<LeadId>,
    /// Leads that are no more.
    pub gone: Vec<LeadId>,
    /// Leads whose place in the queue is another.
    pub ranks: usize,
    /// Pairs of records that were scored anew or are found no longer.
    pub pairs: usize,
    /// What the program added to the journal: leads that came up again.
    pub entries: Vec<Entry>,
}

impl Changed {
    /// True if all is as it was.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What the results of a case depend on; the same parts mean the same results.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Parts {
    program: String,
    records: String,
    journal: String,
    status_rules: String,
    rank_rules: String,
    lists: String,
}

impl Parts {
    /// True if records and people are those that the results were made of.
    fn has_people_of(&self, other: &Self) -> bool {
        let people = |parts: &Self| {
            let Self { program, records, journal, status_rules, .. } = parts.clone();
            (program, records, journal, status_rules)
        };
        people(self) == people(other)
    }

    fn to_key(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A text that differs where rules of rank do.
fn rank_key(rules: &Rules) -> String {
    hash(&format!("{:?}", rules.rank))
}

impl Case {
    /// What results would be made of now.
    pub(crate) fn parts(&self, rules: &Rules) -> Result<Parts, CaseError> {
        let (records, journal, lists) = self.store.fingerprints()?;
        Ok(Parts {
            program: format!("{} {}", env!("CARGO_PKG_VERSION"), crate::index::engine()),
            records,
            journal,
            status_rules: hash(&format!("{:?}", rules.status)),
            rank_rules: rank_key(rules),
            lists,
        })
    }

    /// The parts after entries were recorded under these rules of rank, and nothing else changed.
    pub(crate) fn parts_after(&self, parts: &Parts, rules: &Rules) -> Result<Parts, CaseError> {
        let rank_rules = rank_key(rules);
        Ok(Parts { journal: self.store.words_fingerprint()?, rank_rules, ..parts.clone() })
    }

    /// Whether there are results at all.
    pub(crate) fn was_run(&self) -> Result<bool, CaseError> {
        Ok(self.store.step_key(STEP, "")?.is_some())
    }

    /// What the results were made of.
    pub(crate) fn parts_done(&self) -> Result<Parts, CaseError> {
        let text = self.store.step_key(STEP, "")?.unwrap_or_default();
        // A key of an earlier version is no such text: everything is made anew.
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }
}

impl Workbench {
    /// Brings everything up to date with what was written to the case by other ways: lists that were
    /// loaded, rules that were edited, entries that were recorded and not applied.
    ///
    /// # Errors
    /// Those of the store; then nothing was written, and the workbench is to be opened again.
    pub fn refresh(
        &mut self,
        case: &mut Case,
        progress: &dyn Progress,
    ) -> Result<Changed, CaseError> {
        let (rules, _) = case.rules()?;
        let parts = case.parts(&rules)?;
        if parts == self.parts {
            return Ok(Changed::default());
        }
        if parts.records != self.parts.records || parts.status_rules != self.parts.status_rules {
            let (workbench, changed) = Self::rebuild(case, false, progress)?;
            *self = workbench;
            return Ok(changed);
        }
        self.rules = rules;
        let later = case.store.journal_after(self.journal.last().map_or(0, |entry| entry.seq))?;
        let mut changed = self.apply(case, &later)?;
        if parts.lists == self.parts.lists {
            return Ok(changed);
        }
        let by_lists = self.take_lists(case, progress)?;
        changed.leads.extend(by_lists.leads);
        changed.leads.sort();
        changed.leads.dedup();
        changed.gone.extend(by_lists.gone);
        changed.ranks += by_lists.ranks;
        changed.pairs += by_lists.pairs;
        changed.entries.extend(by_lists.entries);
        Ok(changed)
    }

    /// Whether the results that are stored are those it holds.
    pub(crate) fn rests_on_results(&self, case: &Case) -> Result<bool, CaseError> {
        Ok(case.parts_done()? == self.parts)
    }

    /// The journal, oldest entry first.
    pub fn journal(&self) -> &[Entry] {
        &self.journal
    }

    /// What holds by word of people.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The lead of a record.
    pub fn lead_of(&self, record: &EntityId) -> Option<&LeadId> {
        self.home.get(record)
    }

    /// The records of a lead.
    pub fn members(&self, lead: &LeadId) -> Option<&[EntityId]> {
        self.leads.get(lead).map(|kept| kept.cluster.members.as_slice())
    }

    /// The proposed status of a lead.
    pub fn status(&self, lead: &LeadId) -> Option<Status> {
        self.leads.get(lead).map(|kept| kept.status)
    }

    /// Two records compared, explained.
    pub fn pair(&self, left: &EntityId, right: &EntityId) -> Option<model::ScoredPair> {
        self.resolver.pair(left, right)
    }

    /// People, records, and pairs of them that are kept.
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.leads.len(), self.home.len(), self.resolver.pairs_len())
    }

    /// Keeps a lead that is still to be made.
    fn keep_new(&mut self, id: LeadId, cluster: Cluster) {
        let rank = RankRow { id: id.clone(), rank: 0, points: 0.0, line: None };
        let (status, facts) = (Status::TooLittleData, Facts::default());
        self.leads.insert(id, Kept { cluster, status, facts, rank, floor: None });
    }
}

fn hash(text: &str) -> String {
    intake::unpack::hash(text.as_bytes()).to_string()
}

/// The places in the queue that are other than they were.
fn new_ranks(leads: &mut BTreeMap<LeadId, Kept>, rules: &Rules) -> Vec<RankRow> {
    let queue = triage::rank_queue(leads.iter().map(|(id, kept)| (id, &kept.facts)), &rules.rank);
    let mut changed = Vec::new();
    for ranked in queue {
        let triage::Ranked { id, rank, points, line } = ranked;
        let row = RankRow { id, rank, points, line };
        if let Some(kept) = leads.get_mut(&row.id).filter(|kept| kept.rank != row) {
            kept.rank = row.clone();
            changed.push(row);
        }
    }
    changed
}

#[cfg(test)]
mod tests;
