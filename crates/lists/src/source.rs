//! What a list is read from, and where its entities go.
//!
//! The crate opens nothing itself: the caller hands in files that can be opened again and again
//! (once to recognise, once to hash, once or more to read).

use std::fmt;
use std::io::{self, Read, Seek};
use std::rc::Rc;

use model::{EntityId, Problem, Statement};

/// A file of a list. A clone is the same file.
#[derive(Clone)]
pub struct SourceFile {
    /// Name relative to what was named by the user, for problems and citations.
    pub name: String,
    open: Rc<dyn Fn() -> io::Result<Box<dyn ReadSeek>>>,
}

/// Bytes that can be read from any position.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

impl SourceFile {
    /// A file that `open` opens at its first byte.
    pub fn new(
        name: impl Into<String>,
        open: impl Fn() -> io::Result<Box<dyn ReadSeek>> + 'static,
    ) -> Self {
        Self { name: name.into(), open: Rc::new(open) }
    }

    /// A file held in memory.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let bytes: std::sync::Arc<[u8]> = bytes.into();
        Self::new(name, move || Ok(Box::new(io::Cursor::new(bytes.clone()))))
    }

    /// Opens it at its first byte.
    pub fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        (self.open)()
    }
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SourceFile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Where entities and problems go, one by one.
pub trait Sink {
    /// All statements of one entity of the list (its own id in `entity_id`). Edges (a passport, a
    /// family tie, a sanction) are entities of their own and come in separate calls.
    fn entity(&mut self, statements: Vec<Statement>);
    /// Something that could not be read.
    fn problem(&mut self, problem: Problem);
    /// The list still holds this entity, marked as taken off; it comes with no statements. `words` are
    /// the list's own, a date where it gives one.
    fn delisted(&mut self, _entity: EntityId, _words: String) {}
    /// What the list says of an entity beside its properties; told before its statements. Only lists
    /// in FtM's own format say so.
    fn about(&mut self, _entity: &EntityId, _about: About) {}
}

/// What FtM's entity lines hold beside properties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What the publisher calls it.
    pub caption: String,
    /// The data sets that it was merged from.
    pub datasets: Vec<String>,
    /// Ids that were merged into it.
    pub referents: Vec<String>,
    /// When it was first seen, last seen and last changed, in ISO 8601 without zone.
    pub first_seen: Option<String>,
    /// See `first_seen`.
    pub last_seen: Option<String>,
    /// See `first_seen`.
    pub last_change: Option<String>,
}

/// What a list says of itself, and what was counted in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListInfo {
    /// The format that was recognised: `un_xml`, `ofac_csv`, …
    pub format: String,
    /// What the publisher calls the list.
    pub title: String,
    /// The publisher's date of the data, ISO 8601.
    pub date: Option<String>,
    /// SHA-256 of the bytes as handed in; of several files, of `sha256  name\n` lines by name.
    pub sha256: String,
    /// What was counted.
    pub counts: Counts,
}

/// Counts over one list. Edges and addresses count as neither entities nor names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Listed subjects of any schema.
    pub entities: u64,
    /// Of them persons.
    pub persons: u64,
    /// Other full names (`alias`, `previousName`).
    pub aliases: u64,
    /// Names too weak to match alone (`weakAlias`).
    pub weak_aliases: u64,
    /// Rows or elements that were skipped.
    pub skipped: u64,
}
