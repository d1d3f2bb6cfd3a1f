//! How far long work is, told to whoever shows it. The steps never print.

/// Hears of the progress of long work. One task at a time.
pub trait Progress: Sync {
    /// A task begins; `total` is the number of its items, if known.
    fn begin(&self, task: &str, total: Option<u64>);
    /// The task has more items than was known.
    fn found(&self, items: u64);
    /// Items of the task were done.
    fn advance(&self, items: u64);
    /// The task ended.
    fn end(&self);
    /// Whether nobody wants the work any more: it ends where what was done can be kept.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Ends work that nobody wants any more.
pub(crate) fn go_on(progress: &dyn Progress) -> Result<(), crate::CaseError> {
    if progress.is_cancelled() { Err(crate::CaseError::Cancelled) } else { Ok(()) }
}

/// Nobody is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _task: &str, _total: Option<u64>) {}
    fn found(&self, _items: u64) {}
    fn advance(&self, _items: u64) {}
    fn end(&self) {}
}
