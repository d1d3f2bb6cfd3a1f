//! The workbench of a room: what people say takes effect with the request that says it, once the case
//! has been made ready; until then it does with the next run.
//!
//! Whoever writes never waits for the workbench being opened: what it did not see then, it takes up
//! when it is ready.

use std::num::NonZeroUsize;
use std::sync::TryLockError;

use model::{EntityId, Entry, Judgement};

use super::{Room, lock};
use crate::progress::Silent;
use crate::workbench::Preview;
use crate::{Case, CaseError, Changed, Workbench};

/// Runs long work of many threads on half of the cores, so that whoever looks at the case meanwhile
/// is answered as fast as ever.
fn beside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    match rayon::ThreadPoolBuilder::new().num_threads((cores / 2).max(1)).build() {
        Ok(pool) => pool.install(work),
        // No threads are to be had: then by the one that is here.
        Err(_) => work(),
    }
}

impl Room {
    /// Makes the workbench ready, or brings it up to date with what other processes wrote. Takes
    /// seconds on a large case. A case that was never run is left to its first run.
    ///
    /// # Errors
    /// Those of the store; then what people say takes effect with the next run.
    pub fn ready(&self) -> Result<(), CaseError> {
        {
            let mut bench = lock(&self.bench);
            let mut case = self.copy()?;
            if !case.was_run()? {
                *bench = None;
                return Ok(());
            }
            let opened = match bench.take() {
                // Results that another process made are read, not made again.
                Some(mut workbench) if workbench.rests_on_results(&case)? => {
                    workbench.refresh(&mut case, &Silent)?;
                    workbench
                }
                _ => beside(|| Workbench::open(&mut case, &Silent))?,
            };
            *bench = Some(opened);
        }
        self.refresh()?;
        Ok(())
    }

    /// Lets the workbench take up what it has not seen of the journal; gives what is other, if
    /// anything is.
    pub(super) fn take_up(&self, case: &mut Case) -> Result<Option<Changed>, CaseError> {
        let mut bench = match self.bench.try_lock() {
            Ok(bench) => bench,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            // It is being opened, and will read the journal after this entry.
            Err(TryLockError::WouldBlock) => return Ok(None),
        };
        let Some(workbench) = bench.as_mut() else { return Ok(None) };
        let seen = workbench.journal().last().map_or(0, |entry| entry.seq);
        let later: Vec<Entry> = case.store.journal_after(seen)?;
        match workbench.apply(case, &later) {
            Ok(changed) => Ok((!changed.is_empty()).then_some(changed)),
            Err(error) => {
                // What it holds is no longer what is stored.
                *bench = None;
                Err(error)
            }
        }
    }

    /// What judgements would make of the records, if the workbench is ready.
    pub(crate) fn preview(&self, judgements: &[Judgement]) -> Result<Option<Preview>, CaseError> {
        let Ok(mut bench) = self.bench.try_lock() else { return Ok(None) };
        let Some(workbench) = bench.as_mut() else { return Ok(None) };
        let acts: Vec<_> = judgements.iter().cloned().map(model::Act::Judgement).collect();
        self.read(|case| workbench.preview(case, &acts)).map(Some)
    }

    /// The people that judgements would make of these records, and what speaks against it; the
    /// groups as they were asked for where the workbench is not ready.
    pub(crate) fn regrouped(
        &self,
        judgements: &[Judgement],
        asked: Vec<Vec<EntityId>>,
    ) -> Result<(Vec<Vec<EntityId>>, Vec<String>), CaseError> {
        let Some(preview) = self.preview(judgements)? else { return Ok((asked, Vec::new())) };
        let warnings = preview
            .warnings
            .into_iter()
            .map(|refused| format!("{} and {}: {}", refused.left, refused.right, refused.reason));
        let groups: Vec<_> = preview.after.into_iter().map(|cluster| cluster.members).collect();
        Ok((if groups.is_empty() { asked } else { groups }, warnings.collect()))
    }
}
