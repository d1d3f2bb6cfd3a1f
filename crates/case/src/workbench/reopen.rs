//! Leads that come up again: decided on, and not what they were then. The program says so in the
//! journal, with the reason in words; the decision stays as it was made, with the lists of its time.

use std::collections::{BTreeMap, BTreeSet};

use model::journal::Reopening;
use model::{
    Act, By, DatasetName, EntityId, Lead, LeadId, LifeStatus, ListMatch, Standing, Status,
};
use store::{NewLead, Store};

use super::Workbench;
use crate::{Case, CaseError};

/// Leads that were decided on, as they were before a change.
pub(super) struct Snapshots {
    leads: BTreeMap<LeadId, Snapshot>,
}

struct Snapshot {
    /// The lead; `None` if it was no more even then.
    lead: Option<Lead>,
    /// The records that the last decision was made on.
    members: Vec<EntityId>,
    /// The hash of each list at that decision.
    lists: BTreeMap<DatasetName, String>,
}

impl Snapshots {
    /// All leads that were decided on since they last came up.
    pub(super) fn of_decided(store: &Store, standing: &Standing) -> Result<Self, CaseError> {
        Self::of(store, standing, |_| true)
    }

    /// Those of them that a change touches.
    pub(super) fn of_touched(
        store: &Store,
        standing: &Standing,
        touched: &BTreeSet<LeadId>,
    ) -> Result<Self, CaseError> {
        Self::of(store, standing, |lead| touched.contains(lead))
    }

    fn of(
        store: &Store,
        standing: &Standing,
        is_touched: impl Fn(&LeadId) -> bool,
    ) -> Result<Self, CaseError> {
        let mut leads = BTreeMap::new();
        for (id, decisions) in standing.decisions.iter().filter(|(id, _)| is_touched(id)) {
            let since = standing.reopenings.get(id).copied().unwrap_or_default();
            let Some(last) = decisions.last().filter(|last| last.seq > since) else { continue };
            let (members, lists) = (last.decision.members.clone(), last.by.lists.clone());
            leads.insert(id.clone(), Snapshot { lead: store.lead(id)?, members, lists });
        }
        Ok(Self { leads })
    }

    /// What is to be put into the journal, now that these leads were made.
    pub(super) fn reopenings(
        &self,
        workbench: &Workbench,
        case: &Case,
        made: &[NewLead],
    ) -> Result<Vec<(Act, By)>, CaseError> {
        let made: BTreeMap<&LeadId, &Lead> =
            made.iter().map(|new| (&new.lead.id, &new.lead)).collect();
        let mut acts = Vec::new();
        for (id, then) in &self.leads {
            let home = || then.members.iter().find_map(|member| workbench.lead_of(member));
            let now = if workbench.leads.contains_key(id) { Some(id) } else { home() };
            let Some(now) = now.and_then(|id| made.get(id)) else { continue };
            let (cause, reasons) = then.differences(now, workbench, case)?;
            if !reasons.is_empty() {
                let reopening = Reopening { lead_id: now.id.clone(), cause: cause.to_owned() };
                acts.push((Act::Reopening(reopening), case.by_program(reasons.join("; "))?));
            }
        }
        Ok(acts)
    }
}

impl Snapshot {
    /// What changed, by its first cause and in words.
    fn differences(
        &self,
        now: &Lead,
        workbench: &Workbench,
        case: &Case,
    ) -> Result<(&'static str, Vec<String>), CaseError> {
        let mut reasons = Vec::new();
        let Some(then) = self.lead.as_ref() else { return Ok(("members", reasons)) };
        let mut cause = "correction";
        let matches = |lead: &Lead| -> BTreeMap<(DatasetName, EntityId), ListMatch> {
            let counting = lead.matches.iter().filter(|m| m.proposes < Status::NotFound);
            counting.map(|m| ((m.dataset.clone(), m.entity_id.clone()), m.clone())).collect()
        };
        let (before, after) = (matches(then), matches(now));
        for ((list, entry), found) in &before {
            if !after.contains_key(&(list.clone(), entry.clone())) {
                let statements = case.store.entity_statements(entry)?;
                let is_listed = statements.iter().any(|s| s.dataset == *list);
                let what = if is_listed { "is no match any more" } else { "is no longer listed" };
                reasons.push(format!("{}: {} {what}", workbench.version_of(list), found.caption));
            }
        }
        for ((list, _), found) in after.iter().filter(|(key, _)| !before.contains_key(key)) {
            let what = if found.proposes == Status::Listed { "listed" } else { "possible" };
            let version = workbench.version_of(list);
            reasons.push(format!("{version}: {} is a new match, {what}", found.caption));
        }
        if !reasons.is_empty() && self.lists != case.list_hashes()? {
            cause = "list";
        }
        if then.members != now.members {
            cause = "members";
            let (is, was) = (now.members.len(), then.members.len());
            reasons.insert(
                0,
                if is == was {
                    "other records than before".to_owned()
                } else {
                    format!("now {is} records instead of {was}")
                },
            );
        }
        if then.status != now.status {
            reasons.push(format!(
                "proposed as {}, before as {}",
                now.status.label(),
                then.status.label()
            ));
        }
        if then.life != now.life {
            reasons.push(format!("{}, before {}", life(now.life), life(then.life)));
        }
        Ok((cause, reasons))
    }
}

impl Workbench {
    /// A list with its date, in words.
    fn version_of(&self, list: &DatasetName) -> String {
        let known = self.searched.lists.iter().find(|dataset| dataset.name == *list);
        match known.and_then(|dataset| dataset.date.as_deref()) {
            Some(date) => format!("list {list} of {date}"),
            None => format!("list {list}"),
        }
    }
}

fn life(life: LifeStatus) -> &'static str {
    match life {
        LifeStatus::Unknown => "not reported dead",
        LifeStatus::ReportedDead => "reported dead",
        LifeStatus::Disputed => "death disputed",
    }
}
