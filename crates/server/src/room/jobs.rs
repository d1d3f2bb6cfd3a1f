//! Long work on a case, one after the other: it has a connection of its own, tells how far it is,
//! and can be cancelled.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use case::{CaseError, Progress};

use super::{Event, Hub};

/// Jobs that are remembered once they have ended. Chosen by hand.
const REMEMBERED: usize = 100;
/// Jobs that may wait. Chosen by hand.
const WAITING_MAX: usize = 20;
/// How often progress is told. Chosen by hand.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// Long work.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Its number.
    pub(crate) id: u64,
    /// What is done: `run`, `add`, `add_list`, `verify`, `learn_template`.
    pub(crate) kind: &'static str,
    /// Who began it.
    pub(crate) user: String,
    /// How it stands.
    pub(crate) state: JobState,
    /// The task it is at.
    pub(crate) task: String,
    /// Items of the task that are done.
    pub(crate) done: u64,
    /// Items of the task, if known.
    pub(crate) total: Option<u64>,
    /// What came of it, or what went wrong, in words.
    pub(crate) outcome: Option<String>,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobState {
    /// Others come first.
    Waiting,
    /// It is at work.
    Running,
    /// It is done.
    Done,
    /// It failed.
    Failed,
    /// It was cancelled.
    Cancelled,
}

impl JobState {
    /// The word on the wire.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            JobState::Waiting => "waiting",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
        }
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(self) -> bool {
        matches!(self, JobState::Done | JobState::Failed | JobState::Cancelled)
    }
}

/// The jobs of a case.
pub(crate) struct Jobs {
    shared: Arc<Shared>,
    /// Held by the job that works.
    turn: Arc<Mutex<()>>,
}

struct Shared {
    hub: Arc<Hub>,
    jobs: Mutex<BTreeMap<u64, (Job, Arc<AtomicBool>)>>,
}

impl Shared {
    fn jobs(&self) -> MutexGuard<'_, BTreeMap<u64, (Job, Arc<AtomicBool>)>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, id: u64, change: impl FnOnce(&mut Job)) {
        let told = {
            let mut jobs = self.jobs();
            let Some((job, _)) = jobs.get_mut(&id) else { return };
            change(job);
            job.clone()
        };
        self.hub.tell(Event::Job(told));
    }
}

impl Jobs {
    /// None yet.
    pub(crate) fn new(hub: Arc<Hub>) -> Self {
        let shared = Shared { hub, jobs: Mutex::default() };
        Self { shared: Arc::new(shared), turn: Arc::default() }
    }

    /// All that are remembered, by number.
    pub(crate) fn all(&self) -> Vec<Job> {
        self.shared.jobs().values().map(|(job, _)| job.clone()).collect()
    }

    /// One of them.
    pub(crate) fn find(&self, id: u64) -> Option<Job> {
        self.shared.jobs().get(&id).map(|(job, _)| job.clone())
    }

    /// Asks a job to end. `false` if there is none of this number.
    pub(crate) fn cancel(&self, id: u64) -> bool {
        let jobs = self.shared.jobs();
        let found = jobs.get(&id);
        found.inspect(|(_, cancelled)| cancelled.store(true, Ordering::Relaxed)).is_some()
    }

    /// Begins a job; `None` if too many wait. `work` says in words what came of it.
    pub(crate) fn begin(
        &self,
        kind: &'static str,
        user: &str,
        work: impl FnOnce(&dyn Progress) -> Result<String, CaseError> + Send + 'static,
    ) -> Option<Job> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let job = {
            let mut jobs = self.shared.jobs();
            let waiting = jobs.values().filter(|(job, _)| !job.state.has_ended()).count();
            if waiting >= WAITING_MAX {
                return None;
            }
            while jobs.len() >= REMEMBERED {
                let old =
                    jobs.iter().find(|(_, (job, _))| job.state.has_ended()).map(|(id, _)| *id);
                let Some(old) = old else { break };
                jobs.remove(&old);
            }
            let job = Job {
                id: jobs.last_key_value().map_or(0, |(id, _)| *id) + 1,
                kind,
                user: user.to_owned(),
                state: JobState::Waiting,
                task: String::new(),
                done: 0,
                total: None,
                outcome: None,
            };
            jobs.insert(job.id, (job.clone(), Arc::clone(&cancelled)));
            job
        };
        self.shared.hub.tell(Event::Job(job.clone()));
        let (shared, turn, id) = (Arc::clone(&self.shared), Arc::clone(&self.turn), job.id);
        tokio::task::spawn_blocking(move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            shared.change(id, |job| job.state = JobState::Running);
            let teller = Teller { shared: &shared, id, cancelled, told: Mutex::new(None) };
            // A panic would leave the job running for ever.
            let worked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                if teller.is_cancelled() { Err(CaseError::Cancelled) } else { work(&teller) }
            }));
            let (state, outcome) = match worked {
                Ok(Ok(outcome)) => (JobState::Done, outcome),
                Ok(Err(CaseError::Cancelled)) => {
                    (JobState::Cancelled, "what was done until then is kept".to_owned())
                }
                Ok(Err(error)) => (JobState::Failed, in_words(&error)),
                Err(_) => (JobState::Failed, "the program failed".to_owned()),
            };
            shared.change(id, |job| (job.state, job.outcome) = (state, Some(outcome)));
        });
        Some(job)
    }
}

/// A failure with its hint.
fn in_words(error: &CaseError) -> String {
    match error.hint() {
        Some(hint) => format!("{error}; {hint}"),
        None => error.to_string(),
    }
}

/// Tells how far a job is, not too often.
struct Teller<'a> {
    shared: &'a Shared,
    id: u64,
    cancelled: Arc<AtomicBool>,
    /// When it was last told, and how much was done since.
    told: Mutex<Option<(Instant, u64)>>,
}

impl Progress for Teller<'_> {
    fn begin(&self, task: &str, total: Option<u64>) {
        self.shared.change(self.id, |job| {
            (job.task, job.done, job.total) = (task.to_owned(), 0, total);
        });
    }

    fn found(&self, items: u64) {
        self.shared.change(self.id, |job| job.total = job.total.map(|total| total + items));
    }

    fn advance(&self, items: u64) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let (last, more) = told.get_or_insert_with(|| (Instant::now(), 0));
        *more += items;
        if last.elapsed() >= TELL_EVERY {
            let done = *more;
            *told = None;
            drop(told);
            self.shared.change(self.id, |job| job.done += done);
        }
    }

    fn end(&self) {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner).take();
        let more = told.map_or(0, |(_, more)| more);
        self.shared.change(self.id, |job| job.done += more);
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}
