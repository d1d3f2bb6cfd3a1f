//! What must hold of the readers of watchlists, for any bytes. Shared by the fuzz target and by the
//! test that runs over the samples on a stable toolchain. Panics where a law is broken.
//!
//! Formats are told by content, so one target reaches all of them from the samples of each.

use lists::{ListError, Options, Sink, SourceFile, load};
use model::{Problem, Statement};

/// What came of a load.
#[derive(Default, PartialEq)]
struct Seen {
    entities: Vec<Vec<Statement>>,
    problems: Vec<Problem>,
}

impl Sink for Seen {
    fn entity(&mut self, statements: Vec<Statement>) {
        assert!(!statements.is_empty(), "an entity has statements");
        let id = &statements[0].entity_id;
        assert!(statements.iter().all(|s| s.entity_id == *id), "of one entity");
        self.entities.push(statements);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

/// The bytes as a list, whatever they are. Gives the format, if one was told.
pub(crate) fn check_list(bytes: &[u8]) -> Option<String> {
    let (told, first) = loaded(bytes);
    // Tables of Excel are parsed by a crate that may give up by a panic, which is caught.
    let foreign = bytes.starts_with(b"PK");
    let failed = first.problems.iter().any(|problem| problem.kind == "reader_failed");
    assert!(foreign || !failed, "a reader of lists panicked");
    if told.is_none() {
        assert!(first.entities.is_empty(), "what is no list gives no entities");
    }
    assert!(first == loaded(bytes).1, "the same bytes are read the same");
    told
}

fn loaded(bytes: &[u8]) -> (Option<String>, Seen) {
    let mut seen = Seen::default();
    let files = [SourceFile::from_bytes("fuzzed", bytes.to_vec())];
    match load(&files, &"fuzzed".into(), &Options::default(), &mut seen) {
        Ok(info) => {
            let came = u64::try_from(seen.entities.len()).unwrap_or(u64::MAX);
            assert!(info.counts.entities <= came, "no more are counted than come");
            (Some(info.format), seen)
        }
        Err(ListError::ReaderFailed { format }) => {
            assert!(bytes.starts_with(b"PK"), "the reader of {format} panicked");
            (None, Seen::default())
        }
        Err(_) => (None, seen),
    }
}
