//! Runs the program as a user does.

#![expect(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot run the program has failed; test files share this module"
)]
#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod client;
pub mod desk;
pub mod http;
pub mod probes;

use std::path::Path;
use std::process::{Command, Stdio};

/// What the program answered.
pub struct Answer {
    /// Exit code; -1 if it was killed.
    pub code: i32,
    /// Data.
    pub stdout: String,
    /// Talk.
    pub stderr: String,
}

/// The program, ready to be given arguments.
pub fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossroll"));
    command.env("NO_COLOR", "1").env("COLUMNS", "100").stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn crossroll(arguments: &[&str]) -> Answer {
    let output = command().args(arguments).output().unwrap();
    Answer {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An empty folder that is removed afterwards.
pub fn sandbox() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The demo in a folder: cache, list, case.
pub fn demo(folder: &Path) -> Answer {
    crossroll(&["demo", folder.to_str().unwrap(), "--no-serve"])
}
