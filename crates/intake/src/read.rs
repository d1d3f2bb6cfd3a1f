//! One document to its layout: chooses the reader by media type and guards it.
//!
//! Reads from memory only. Containers are opened by [`crate::unpack()`], not here; a mail is both,
//! so its headers and body are read here.
//! Invariants: a panic of a reader ends as `corrupt` with a problem; every state but `read` has a
//! reason; problems carry the path they were asked for.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{DocumentState, Layout, Place, Problem, Stage};

use crate::limits::Limits;
use crate::sniff::MediaType;
use crate::{delimited, image, mail, ooxml, pdf, rtf, sheet};

/// How to read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Limits on pages, cells, pixels and the like.
    pub limits: Limits,
    /// Whether scans go through optical character recognition.
    pub ocr: bool,
    /// Tesseract's names of the languages, joined by `+`.
    pub ocr_languages: String,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { limits: Limits::default(), ocr: true, ocr_languages: "ara+eng+fra+rus".to_owned() }
    }
}

/// What was understood of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRead {
    /// Where it ended: read, partly read, encrypted, unsupported, corrupt or refused.
    pub state: DocumentState,
    /// Why, for every state but read.
    pub reason: Option<String>,
    /// Text and layout.
    pub layout: Layout,
    /// What the file says of itself, by stable keys: `author`, `last_modified_by`, `created`,
    /// `modified`, `application`, `title` …; times as the file writes them.
    pub metadata: BTreeMap<String, String>,
    /// What went wrong on the way.
    pub problems: Vec<Problem>,
}

impl DocumentRead {
    /// A document read whole.
    pub fn read(layout: Layout) -> Self {
        Self {
            state: DocumentState::Read,
            reason: None,
            layout,
            metadata: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    /// A document that ended in another state, without a layout.
    pub fn ended(state: DocumentState, reason: impl Into<String>) -> Self {
        let mut read = Self::read(Layout::default());
        read.state = state;
        read.reason = Some(reason.into());
        read
    }

    /// A format that this build cannot read.
    pub fn unsupported(reason: impl Into<String>) -> Self {
        Self::ended(DocumentState::Unsupported, reason)
    }

    /// Damaged beyond reading.
    pub fn corrupt(reason: impl Into<String>) -> Self {
        Self::ended(DocumentState::Corrupt, reason)
    }

    /// Behind a password.
    pub fn encrypted(reason: impl Into<String>) -> Self {
        Self::ended(DocumentState::Encrypted, reason)
    }

    /// Past a limit.
    pub fn refused(reason: impl Into<String>) -> Self {
        Self::ended(DocumentState::RefusedByLimit, reason)
    }

    /// Records a problem; the path is filled in by [`read`].
    pub fn note(&mut self, kind: &str, message: impl Into<String>, place: Option<Place>) {
        let mut problem = Problem::new(Stage::Intake, "", kind, message);
        problem.place = place;
        self.problems.push(problem);
    }

    /// Lowers `read` to `partly_read` with this reason; a state that is already worse stays.
    pub fn lower(&mut self, reason: impl Into<String>) {
        if self.state == DocumentState::Read {
            self.state = DocumentState::PartlyRead;
            self.reason = Some(reason.into());
        }
    }
}

/// Reads one document. Never fails and never panics.
pub fn read(path: &str, media: MediaType, content: &[u8], options: &ReadOptions) -> DocumentRead {
    let caught = catch_unwind(AssertUnwindSafe(|| dispatch(path, media, content, options)));
    let mut read = caught.unwrap_or_else(|_| {
        let mut read = DocumentRead::corrupt("the reader gave up on damaged content");
        read.note("reader_panicked", format!("the {} reader panicked", media.as_str()), None);
        read
    });
    for problem in &mut read.problems {
        if problem.path.is_empty() {
            path.clone_into(&mut problem.path);
        }
    }
    debug_assert!((read.state == DocumentState::Read) == read.reason.is_none());
    read
}

fn dispatch(path: &str, media: MediaType, content: &[u8], options: &ReadOptions) -> DocumentRead {
    let _ = path;
    match media {
        MediaType::Empty => DocumentRead::ended(DocumentState::Empty, "no bytes"),
        MediaType::Docx => ooxml::read_docx(content, options),
        MediaType::Mail => mail::read(content, options),
        MediaType::Delimited => delimited::read(content, options),
        MediaType::Text => delimited::read_text(content, options),
        MediaType::Html => delimited::read_html(content, options),
        MediaType::Rtf => rtf::read(content, options),
        MediaType::Xlsx => sheet::read_xlsx(content, options),
        MediaType::Xls => sheet::read_xls(content, options),
        MediaType::OfficeEncrypted => DocumentRead::encrypted("it needs a password"),
        MediaType::Pdf => pdf::read(content, options),
        media if media.is_image() => image::read(content, options),
        MediaType::Unknown => DocumentRead::unsupported("of no known format"),
        media => DocumentRead::unsupported(format!("{} is not read", media.as_str())),
    }
}
