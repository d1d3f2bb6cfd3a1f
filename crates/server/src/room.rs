//! The cases that are served: each with its room, the events that its watchers hear, its jobs.

mod hub;
mod jobs;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use case::{Case, CaseError, Room};

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
}

impl OpenCase {
    /// Opens a case to be served.
    pub(crate) fn open(case: Case) -> Result<Arc<Self>, CaseError> {
        let hub = Arc::new(Hub::default());
        let heard = Arc::clone(&hub);
        let room = Room::open(case, move |change| heard.tell_change(change))?;
        let jobs = Jobs::new(Arc::clone(&hub));
        Ok(Arc::new(Self { room, hub, jobs }))
    }

    /// The name of the case.
    pub(crate) fn name(&self) -> String {
        self.room.view().name.to_string()
    }

    /// Looks for what other processes did, until the server ends. Runs within the server's runtime.
    pub(crate) fn watch(self: &Arc<Self>) {
        let case = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            // The first search would wait for it. A failure shows when somebody searches.
            let _ = case.room.index_text();
            let _ = case.room.searcher();
        });
        let case = Arc::downgrade(self);
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(LOOK_EVERY);
            ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                ticks.tick().await;
                let Some(case) = case.upgrade() else { return };
                // What cannot be read now is tried again at the next tick; requests tell of it.
                let _ = tokio::task::spawn_blocking(move || case.room.refresh()).await;
            }
        });
    }
}

impl Cases {
    /// One case.
    pub(crate) fn of_one(case: Arc<OpenCase>) -> Self {
        Self { cases: BTreeMap::from([(case.name(), case)]) }
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
