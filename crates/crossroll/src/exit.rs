//! The exit codes, which other programs rely on, and the way an error is told.

use std::process::ExitCode;

use case::CaseError;

use crate::output::Talk;

/// Done.
pub(crate) const DONE: u8 = 0;
/// The user's mistake: an argument, a file that is not there, a broken query.
pub(crate) const USERS_MISTAKE: u8 = 1;
/// Our fault or the machine's: disk full, damaged case, a bug.
pub(crate) const OUR_FAULT: u8 = 2;
/// Done, with problems recorded.
pub(crate) const DONE_WITH_PROBLEMS: u8 = 3;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Done,
    /// Some input could not be read; the problems are recorded and were counted on stderr.
    Problems,
}

impl Outcome {
    /// `Problems` if there are any.
    pub(crate) fn of_problems(count: u64) -> Self {
        if count == 0 { Outcome::Done } else { Outcome::Problems }
    }

    /// Its exit code.
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Outcome::Done => DONE,
            Outcome::Problems => DONE_WITH_PROBLEMS,
        })
    }
}

/// An error of the user that no crate below knows of.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Mistake {
    message: String,
    hint: Option<&'static str>,
}

impl Mistake {
    /// A mistake with a hint what to do next.
    pub(crate) fn new(message: impl Into<String>, hint: &'static str) -> Self {
        Self { message: message.into(), hint: Some(hint) }
    }
}

/// Prints what clap has to say: help and version on stdout, mistakes on stderr.
pub(crate) fn of_arguments(error: &clap::Error) -> ExitCode {
    // Nothing is left to be done if the terminal is gone.
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { USERS_MISTAKE } else { DONE })
}

/// Tells an error with its causes and a hint, and gives its exit code.
pub(crate) fn of_error(error: &anyhow::Error, talk: &Talk) -> ExitCode {
    // A reader of our output that has seen enough (`| head`) is no error.
    let gone = error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    });
    if gone {
        return ExitCode::from(DONE);
    }
    talk.error(error);
    if let Some(mistake) = error.downcast_ref::<Mistake>() {
        if let Some(hint) = mistake.hint {
            talk.hint(hint);
        }
        return ExitCode::from(USERS_MISTAKE);
    }
    let Some(case_error) = error.downcast_ref::<CaseError>() else {
        return ExitCode::from(OUR_FAULT);
    };
    if let Some(hint) = case_error.hint() {
        talk.hint(hint);
    }
    ExitCode::from(if case_error.is_users_mistake() { USERS_MISTAKE } else { OUR_FAULT })
}
