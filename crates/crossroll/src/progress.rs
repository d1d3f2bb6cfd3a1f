//! Progress bars on stderr, only at a terminal.

use std::sync::Mutex;
use std::time::Duration;

use case::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// One bar at a time, or none.
pub(crate) struct Bars {
    shown: bool,
    bar: Mutex<ProgressBar>,
}

impl Bars {
    /// Bars that are shown or not.
    pub(crate) fn new(shown: bool) -> Self {
        Self { shown, bar: Mutex::new(ProgressBar::hidden()) }
    }

    fn with(&self, act: impl FnOnce(&mut ProgressBar)) {
        // A bar that a panicking thread held is still a bar.
        act(&mut self.bar.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}

impl Progress for Bars {
    fn begin(&self, task: &str, total: Option<u64>) {
        if !self.shown {
            return;
        }
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{msg:<30} {wide_bar} {pos}/{len} [{elapsed}, {eta} left]",
            ),
            None => (ProgressBar::new_spinner(), "{msg:<30} {spinner} {pos} [{elapsed}]"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(task.to_owned());
        bar.enable_steady_tick(Duration::from_millis(200));
        self.with(|shown| *shown = bar);
    }

    fn found(&self, items: u64) {
        if self.shown {
            self.with(|bar| bar.inc_length(items));
        }
    }

    fn advance(&self, items: u64) {
        if self.shown {
            self.with(|bar| bar.inc(items));
        }
    }

    fn end(&self) {
        if self.shown {
            self.with(|bar| bar.finish_and_clear());
        }
    }
}
