//! What people say takes effect: the corrected records' pairs, the people of whom something was said,
//! their leads, the order of the queue. Undo is no case of its own: what holds before and after is
//! compared, however it came about.

use std::collections::BTreeSet;

use model::{Act, Cluster, EntityId, Entry, LeadId, Standing};
use rayon::prelude::*;
use store::{Changes, NewLead};
use triage::{Person, Words};

use super::reopen::Snapshots;
use super::screening::{Entries, Screened, screen};
use super::{Changed, Workbench, rank_key};
use crate::people::{Records, recorrected};
use crate::{Actor, Case, CaseError};

/// Leads made anew at a time.
const BATCH: usize = 2_048;

/// The leads that a change touches.
#[derive(Default)]
struct Touched {
    /// People that are other than they were, or of whom something else is said.
    leads: BTreeSet<LeadId>,
    /// Leads that are no more.
    gone: Vec<LeadId>,
}

/// Whether results may rest on an act. The rest, most of what people do all day, costs nothing here.
fn may_change_results(act: &Act) -> bool {
    match act {
        Act::Judgement(_)
        | Act::Correction(_)
        | Act::LifeClaim(_)
        | Act::Grading(_)
        | Act::Undo(_) => true,
        Act::Decision(_) | Act::Reopening(_) | Act::Note(_) | Act::Assignment(_) | Act::Mark(_) => {
            false
        }
    }
}

impl Workbench {
    /// Records acts and takes them up.
    ///
    /// # Errors
    /// Those of the store. What was recorded stays, even where it could not be taken up: it is when the
    /// workbench is opened again.
    pub fn act(
        &mut self,
        case: &mut Case,
        acts: &[Act],
        actor: &Actor,
        (reason, batch): (Option<&str>, Option<&str>),
    ) -> Result<(Vec<Entry>, Changed), CaseError> {
        let entries = case.record(acts, actor, reason, batch)?;
        let changed = self.apply(case, &entries)?;
        Ok((entries, changed))
    }

    /// Takes up entries that were recorded, and writes what they change.
    ///
    /// # Errors
    /// Those of the store; then nothing was written, and the workbench is to be opened again.
    pub fn apply(&mut self, case: &mut Case, entries: &[Entry]) -> Result<Changed, CaseError> {
        let last = self.journal.last().map_or(0, |entry| entry.seq);
        let news: Vec<Entry> = entries.iter().filter(|entry| entry.seq > last).cloned().collect();
        let is_quiet = !news.iter().any(|entry| may_change_results(&entry.act));
        if is_quiet && self.parts.rank_rules == rank_key(&self.rules) {
            for entry in &news {
                self.standing.add(entry);
            }
            self.journal.extend(news);
            return Ok(Changed::default());
        }
        self.journal.extend(news);
        let standing = Standing::of(&self.journal);
        let then = std::mem::replace(&mut self.standing, standing);
        let words = Words::of(&self.standing);
        let former = std::mem::replace(&mut self.words, words);
        let parts = case.parts_after(&self.parts, &self.rules)?;
        if parts == self.parts {
            return Ok(Changed::default());
        }
        self.parts = parts;
        let corrected = recorrected(&self.standing, &then);
        let records = Records::load_some(&case.store, &corrected, &self.standing)?;
        for person in records.people.values() {
            self.resolver.replace(person);
        }
        let is_judged = self.standing.judgements != then.judgements;
        let mut touched = Touched::default();
        if is_judged || !corrected.is_empty() {
            let clusters = self.resolver.resolve(&self.standing.judgements()).clusters;
            self.settle(clusters, &mut touched);
        }
        touched.leads.extend(corrected.iter().filter_map(|record| self.home.get(record)).cloned());
        self.find_reworded(case, &former, &mut touched)?;
        let all = touched.leads.iter().chain(&touched.gone);
        let before = Snapshots::of_touched(&case.store, &self.standing, &all.cloned().collect())?;
        let leads = self.make_anew(case, &touched.leads)?;
        let mut changes = Changes { gone: touched.gone, leads, ..Changes::default() };
        changes.acts = before.reopenings(self, case, &changes.leads)?;
        self.write(case, changes)
    }

    /// Puts clusters in the place of the former ones, and tells which are other than they were.
    fn settle(&mut self, clusters: Vec<Cluster>, touched: &mut Touched) {
        let ids: BTreeSet<LeadId> =
            clusters.iter().map(|cluster| LeadId::new(cluster.id.as_str())).collect();
        touched.gone = self.leads.keys().filter(|id| !ids.contains(*id)).cloned().collect();
        let former: Vec<_> = touched.gone.iter().filter_map(|id| self.leads.remove(id)).collect();
        for member in former.iter().flat_map(|kept| &kept.cluster.members) {
            self.home.remove(member);
        }
        for cluster in clusters {
            let id = LeadId::new(cluster.id.as_str());
            if self.leads.get(&id).is_some_and(|kept| kept.cluster == cluster) {
                continue;
            }
            for member in &cluster.members {
                self.home.insert(member.clone(), id.clone());
            }
            // What else is kept of it is made anew.
            if let Some(kept) = self.leads.get_mut(&id) {
                kept.cluster = cluster;
            } else {
                self.keep_new(id.clone(), cluster);
            }
            touched.leads.insert(id);
        }
    }

    /// The leads of whose records or list entries something else is said.
    fn find_reworded(
        &self,
        case: &Case,
        former: &Words,
        touched: &mut Touched,
    ) -> Result<(), CaseError> {
        if self.words.is_source_regraded(former) {
            // A document or a list was graded: whoever has a claim may rest on it.
            let claimed = self.leads.iter().filter(|(_, kept)| kept.facts.has_claims());
            touched.leads.extend(claimed.map(|(id, _)| id.clone()));
        }
        for entity in &self.words.touched_since(former) {
            let record = EntityId::from(forms::record_of(entity.as_str()));
            if let Some(lead) = self.home.get(&record) {
                touched.leads.insert(lead.clone());
                continue;
            }
            let matching = case.store.leads_matching(entity)?.into_iter();
            touched.leads.extend(matching.filter(|lead| self.leads.contains_key(lead)));
        }
        Ok(())
    }

    /// Screens and proposes leads anew.
    pub(super) fn make_anew(
        &mut self,
        case: &Case,
        touched: &BTreeSet<LeadId>,
    ) -> Result<Vec<NewLead>, CaseError> {
        let mut made = Vec::with_capacity(touched.len());
        let touched: Vec<&LeadId> = touched.iter().collect();
        for batch in touched.chunks(BATCH) {
            let people = self.people(case, batch.iter().copied())?;
            let screened: Vec<Screened> = people
                .into_par_iter()
                .map(|person| screen(&self.lists.index, person, &self.words))
                .collect();
            let mut entries = Entries::default();
            for screened in screened {
                made.push(self.propose(case, &mut entries, screened)?);
            }
        }
        Ok(made)
    }

    /// The people of leads, with their forms, in order.
    fn people<'a>(
        &self,
        case: &Case,
        leads: impl Iterator<Item = &'a LeadId>,
    ) -> Result<Vec<Person>, CaseError> {
        let clusters: Vec<&Cluster> =
            leads.filter_map(|id| self.leads.get(id)).map(|kept| &kept.cluster).collect();
        let members = clusters.iter().flat_map(|cluster| &cluster.members);
        let records = Records::load_some(&case.store, members, &self.standing)?;
        Ok(clusters.into_iter().map(|cluster| records.person(cluster)).collect())
    }
}
