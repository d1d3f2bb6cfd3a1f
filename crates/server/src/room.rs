//! The cases that are served: each with its room, the events that its watchers hear, its jobs.

mod hub;
mod jobs;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use case::{Case, CaseError, Room};
use model::Subject;

pub(crate) use hub::{Event, Hub};
pub(crate) use jobs::{Job, Jobs};

/// How often it is looked whether another process changed a case. Chosen by hand: a person hardly
/// notices, and a look costs microseconds.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The cases that are served, by name.
pub(crate) struct Cases {
    cases: BTreeMap<String, Arc<OpenCase>>,
}

/// A case that is served.
pub(crate) struct OpenCase {
    /// Where it is worked on.
    pub(crate) room: Room,
    /// Who hears what happens to it.
    pub(crate) hub: Arc<Hub>,
    /// Long work on it.
    pub(crate) jobs: Jobs,
    /// What is hidden from all but the case lead, and of which journal and people that is.
    hidden: Mutex<(u64, usize, Arc<BTreeSet<String>>)>,
}

impl OpenCase {
    /// Opens a case to be served.
    pub(crate) fn open(case: Case) -> Result<Arc<Self>, CaseError> {
        let hub = Arc::new(Hub::default());
        let heard = Arc::clone(&hub);
        let room = Room::open(case, move |change| heard.tell_change(change))?;
        let jobs = Jobs::new(Arc::clone(&hub));
        Ok(Arc::new(Self { room, hub, jobs, hidden: Mutex::default() }))
    }

    /// The name of the case.
    pub(crate) fn name(&self) -> String {
        self.room.view().name.to_string()
    }

    /// Ids of leads, records and documents that are hidden from all but the case lead.
    ///
    /// # Errors
    /// Those of the store; then nothing is to be shown.
    pub(crate) fn hidden(&self) -> Result<Arc<BTreeSet<String>>, CaseError> {
        let view = self.room.view();
        let key = (view.journal.seq, Arc::as_ptr(&view.people).addr());
        let mut kept = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        if (kept.0, kept.1) == key && key.0 > 0 {
            return Ok(kept.2.clone());
        }
        let found = self.room.read(Case::restrictions)?;
        let mut hidden: BTreeSet<String> = BTreeSet::new();
        for subject in &found.restricted {
            match subject {
                Subject::Lead(id) => hidden.insert(id.to_string()),
                Subject::Entity(id) => hidden.insert(id.to_string()),
                Subject::Document(id) => hidden.insert(id.to_string()),
                Subject::Dataset(_) => false,
            };
        }
        // A lead with a hidden record is hidden whole, and so are the documents that it stands on.
        for row in &view.people.rows {
            let is_hidden = hidden.contains(row.id.as_str())
                || row.members.iter().any(|member| hidden.contains(member.as_str()));
            if is_hidden {
                hidden.insert(row.id.to_string());
                hidden.extend(row.members.iter().map(ToString::to_string));
            }
        }
        let records: Vec<String> = hidden.iter().filter(|id| id.contains('-')).cloned().collect();
        for (_, document) in &view.ledger.documents {
            let is_under = |record: &String| {
                let digits = record.split('-').next().unwrap_or_default();
                document.id.as_str().starts_with(digits)
            };
            if records.iter().any(is_under) {
                hidden.insert(document.id.to_string());
            }
        }
        let hidden = Arc::new(hidden);
        *kept = (key.0, key.1, hidden.clone());
        Ok(hidden)
    }

    /// Looks for what other processes did, until the server ends. Runs within the server's runtime.
    pub(crate) fn watch(self: &Arc<Self>) {
        let case = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // The first search would wait for it. A failure shows when somebody searches.
            let _ = case.room.index_text();
            let _ = case.room.searcher();
            let _ = case.room.ready();
        });
        let case = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(LOOK_EVERY);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                let Some(case) = case.upgrade() else { return };
                // What cannot be read now is tried again at the next tick; requests tell of it.
                let look = move || match case.room.glance() {
                    Ok(true) => case.room.ready(),
                    looked => looked.map(drop),
                };
                let _ = tokio::task::spawn_blocking(look).await;
            }
        });
    }
}

impl Cases {
    /// These cases.
    pub(crate) fn of(cases: impl IntoIterator<Item = Arc<OpenCase>>) -> Self {
        Self { cases: cases.into_iter().map(|case| (case.name(), case)).collect() }
    }

    /// The case, if it is one alone.
    pub(crate) fn only(&self) -> Option<Arc<OpenCase>> {
        self.cases.values().next().filter(|_| self.cases.len() == 1).cloned()
    }

    /// The case of a name.
    pub(crate) fn find(&self, name: &str) -> Option<Arc<OpenCase>> {
        self.cases.get(name).cloned()
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Arc<OpenCase>> {
        self.cases.values()
    }
}
