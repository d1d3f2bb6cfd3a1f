//! Reading and writing of FtM entities (`.ftm.json` lines) and statement CSV.
//!
//! Streams only: a line or row at a time, from any reader to any writer. A bad line is a
//! [`Problem`] and the next one is read; an error means that the stream itself failed.
//!
//! Lossless both ways, but for what the formats cannot hold: citations (both), and in entity lines the
//! dataset and text as written of a single value. Entities of an extension schema (`Form`) are ours
//! and are left out of both: what other tools may know of a form stands on the person and the links.

mod entities;
mod statements;

#[cfg(test)]
mod tests;

use std::io::{self, BufRead};

use crate::{Place, Problem, Stage};

pub use entities::{EntityLine, EntityReader, write_entity};
pub use statements::{
    COLUMNS, Checksum, StatementReader, StatementRow, StatementWriter, entity_checksum,
    statement_id,
};

/// The stream failed.
#[derive(Debug, thiserror::Error)]
pub enum FtmError {
    /// The input could not be read on.
    #[error("cannot read FtM data")]
    Read(#[source] io::Error),
    /// The output could not be written.
    #[error("cannot write FtM data")]
    Write(#[source] io::Error),
}

/// What a reader met: a value, or a problem with the line it stands in.
#[derive(Clone, Debug, PartialEq)]
pub enum Read<T> {
    /// A value, and the line it begins at (from 1).
    Value(u64, T),
    /// A line that could not be read, or only in part.
    Problem(Problem),
}

/// True if other tools keep links to an entity of this id: followthemoney drops a value of the type
/// `entity` that is not made of letters, digits, full stops and hyphens, with a letter or digit at both
/// ends, when it cleans what it reads.
///
/// ```
/// use model::ftm::is_clean_id;
/// assert!(is_clean_id("a1b2-0.recommender"));
/// assert!(!is_clean_id("a1b2-0/recommender"));
/// ```
pub fn is_clean_id(id: &str) -> bool {
    let ends = |c: char| c.is_ascii_alphanumeric();
    id.len() <= ID_BYTES_MAX
        && id.starts_with(ends)
        && id.ends_with(ends)
        && id.chars().all(|c| ends(c) || matches!(c, '.' | '-'))
}

/// Longest id that FtM takes.
const ID_BYTES_MAX: usize = 200;
/// Longest line; followthemoney itself reads no entity above 50 MB.
const LINE_BYTES_MAX: usize = 50 * 1024 * 1024;

/// A line without its end.
#[derive(Debug, PartialEq)]
enum Line {
    Whole(Vec<u8>),
    /// Longer than the limit; skipped.
    TooLong,
}

/// The next line, `None` at the end.
fn next_line(reader: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut long = false;
    let mut any = false;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let taken = &chunk[..end.unwrap_or(chunk.len())];
        long |= line.len() + taken.len() > limit;
        if !long {
            line.extend_from_slice(taken);
        }
        let used = taken.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(any.then_some(if long { Line::TooLong } else { Line::Whole(line) }))
}

/// A problem with one line.
fn problem_at(path: &str, line: u64, kind: &str, message: impl Into<String>) -> Problem {
    Problem::new(Stage::Lists, path, kind, message)
        .at(Place::Record { file: String::new(), number: line })
}
