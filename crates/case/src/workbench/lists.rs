//! New versions of lists: what they changed is screened, and nothing else.
//!
//! Everybody is asked of an index of the changed entries alone; whoever has one of them among the best,
//! or had one, is screened anew. Rarity and prior stay those of the versions that everybody was
//! last screened with, so that all figures but those of changed entries are what they were. Where that
//! cannot be (another set of lists, a tenth more entities, another version of the program), all are
//! screened anew.

use std::collections::BTreeSet;

use model::{DatasetName, EntityId, LeadId, Status};
use rayon::prelude::*;
use resolve::ScreenHit;
use store::Changes;
use triage::Searched;

use super::open::searched;
use super::reopen::Snapshots;
use super::screening::best_hits;
use super::{Changed, Kept, Workbench};
use crate::people::Records;
use crate::{Case, CaseError, Progress};

/// Entries of lists, by list and id.
type EntryIds = BTreeSet<(DatasetName, EntityId)>;

impl Workbench {
    /// Takes up new versions of lists and writes what they change.
    pub(super) fn take_lists(
        &mut self,
        case: &mut Case,
        progress: &dyn Progress,
    ) -> Result<Changed, CaseError> {
        let lists = case.open_lists(false, progress)?;
        let Some(changed) = case.changed_entries(&self.lists.versions, &lists.versions)? else {
            let (workbench, changed) = Self::rebuild(case, false, progress)?;
            *self = workbench;
            return Ok(changed);
        };
        self.parts = case.parts(&self.rules)?;
        self.lists = lists;
        self.searched = searched(case)?;
        let mut touched = self.with_changed_entries(case, &changed)?;
        touched.extend(self.listed(case)?);
        progress.begin("screening what changed", Some(self.leads.len() as u64));
        touched.extend(self.ask_changed(case, &changed, &touched, progress)?);
        progress.end();
        let before = Snapshots::of_touched(&case.store, &self.standing, &touched)?;
        let leads = self.make_anew(case, &touched)?;
        let reasons = self.restate(case, &touched)?;
        let mut changes = Changes { leads, reasons, ..Changes::default() };
        changes.acts = before.reopenings(self, case, &changes.leads)?;
        self.write(case, changes)
    }

    /// The leads that have a changed entry among their matches, or a judgement on one.
    fn with_changed_entries(
        &self,
        case: &Case,
        changed: &EntryIds,
    ) -> Result<BTreeSet<LeadId>, CaseError> {
        let mut leads = BTreeSet::new();
        let ids: BTreeSet<&EntityId> = changed.iter().map(|(_, id)| id).collect();
        for id in &ids {
            leads.extend(case.store.leads_matching(id)?);
        }
        for (lead, kept) in &self.leads {
            let judged = self.words.judged_with(&kept.cluster.members);
            if judged.iter().any(|entry| ids.contains(*entry)) {
                leads.insert(lead.clone());
            }
        }
        leads.retain(|lead| self.leads.contains_key(lead));
        Ok(leads)
    }

    /// The leads that a list entry makes listed: what a new version says of it besides may be other, a
    /// reported death above all, where nothing differs that is compared.
    fn listed(&self, case: &Case) -> Result<BTreeSet<LeadId>, CaseError> {
        let mut leads = BTreeSet::new();
        for list in &self.searched.lists {
            leads.extend(case.store.leads_listed_on(list.name.as_str())?);
        }
        leads.retain(|lead| self.leads.contains_key(lead));
        Ok(leads)
    }

    /// The other leads for which a changed entry is among the best now.
    fn ask_changed(
        &self,
        case: &Case,
        changed: &EntryIds,
        touched: &BTreeSet<LeadId>,
        progress: &dyn Progress,
    ) -> Result<Vec<LeadId>, CaseError> {
        let part = self.lists.index.part(changed);
        if part.is_empty() {
            return Ok(Vec::new());
        }
        let records = Records::load_people(&case.store, &self.standing)?;
        let others: Vec<(&LeadId, &Kept)> =
            self.leads.iter().filter(|(id, _)| !touched.contains(*id)).collect();
        let found = others.into_par_iter().filter(|(_, kept)| {
            progress.advance(1);
            let hits = best_hits(&part, &records.person(&kept.cluster).entity);
            let is_best = |hit: &ScreenHit| kept.floor.is_none_or(|floor| hit.pair.weight >= floor);
            hits.iter().any(is_best)
        });
        Ok(found.map(|(id, _)| id.clone()).collect())
    }

    /// The reasons of all other leads that no list has, which name the lists with their dates.
    fn restate(
        &self,
        case: &Case,
        touched: &BTreeSet<LeadId>,
    ) -> Result<Vec<(LeadId, Vec<String>)>, CaseError> {
        let now = self.searched.not_found();
        let says = |status| matches!(status, Status::NotFound | Status::ReportedDead);
        let mut restated = Vec::new();
        let others = self.leads.iter().filter(|(id, _)| !touched.contains(*id));
        for (id, _) in others.filter(|(_, kept)| says(kept.status)) {
            let mut reasons = case.store.reasons_of(id)?;
            for reason in reasons.iter_mut().filter(|reason| Searched::is_not_found(reason)) {
                reason.clone_from(&now);
            }
            restated.push((id.clone(), reasons));
        }
        Ok(restated)
    }
}
