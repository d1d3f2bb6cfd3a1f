//! What watchers of a case hear: entries of the journal, results that changed, progress of jobs.
//!
//! Entries have their number, by which a watcher that was away asks for what it missed; the rest
//! tells of a state that can be asked for at any time and is not told again.

use std::sync::Arc;

use case::Change;
use model::Entry;
use tokio::sync::broadcast;

use super::Job;

/// Events that a slow watcher may lag behind before it is told to look again. Chosen by hand.
const LAG_MAX: usize = 4096;

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// Somebody acted.
    Entry(Arc<Entry>),
    /// Leads, documents or lists are others.
    Results {
        /// Whether leads are.
        leads: bool,
        /// Whether documents or lists are.
        ledger: bool,
    },
    /// A job began, went on or ended.
    Job(Job),
}

/// Who hears.
pub(crate) struct Hub {
    sender: broadcast::Sender<Event>,
}

impl Default for Hub {
    fn default() -> Self {
        Self { sender: broadcast::channel(LAG_MAX).0 }
    }
}

impl Hub {
    /// Hears from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }

    /// Tells all who listen.
    pub(crate) fn tell(&self, event: Event) {
        // Nobody may be listening.
        let _ = self.sender.send(event);
    }

    /// Tells what changed.
    pub(crate) fn tell_change(&self, change: &Change) {
        for entry in &change.entries {
            self.tell(Event::Entry(Arc::new(entry.clone())));
        }
        if change.leads || change.ledger {
            self.tell(Event::Results { leads: change.leads, ledger: change.ledger });
        }
    }
}
