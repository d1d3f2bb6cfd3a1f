//! One document to its layout: chooses the reader by media type and guards it.
//!
//! Two steps: [`parse`] reads what stands in the file as text and lists the pages that are pictures;
//! [`recognize`] reads one of those. They are apart so that each page may have a process, and limits,
//! of its own ([`crate::Readers`]); [`read`] does both at once, here.
//! Reads from memory only. Containers are opened by [`crate::unpack()`], not here; a mail is both,
//! so its headers and body are read here.
//! Invariants: a panic of a reader ends as `corrupt` with a problem; every state but `read` has a
//! reason; problems carry the path they were asked for.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{DocumentState, Layout, Page, Place, Problem, Rect, Stage};
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::sniff::MediaType;
use crate::{delimited, doc, exif, html, image, mail, msg, odf, ooxml, pdf, pictures, rtf, sheet};

/// How to read.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Pages that are pictures and were not recognized yet; empty once a document is read.
    pub(crate) scanned: Vec<ScannedPage>,
    /// Pictures in a text document that its reader met; [`pictures::add`] tells what becomes of them.
    #[serde(skip)]
    pub(crate) pictures: usize,
}

/// A page that is a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ScannedPage {
    /// Its number from 0.
    pub(crate) page: u32,
    /// Blocks of the layout that stand before its own.
    pub(crate) blocks_before: usize,
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
            scanned: Vec::new(),
            pictures: 0,
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

    /// Lists a page that is a picture, to be recognized.
    pub(crate) fn scanned(&mut self, page: u32, size: Page) {
        self.layout.pages.push(size);
        self.scanned.push(ScannedPage { page, blocks_before: self.layout.blocks.len() });
    }

    /// Lowers `read` to `partly_read` with this reason; a state that is already worse stays.
    pub fn lower(&mut self, reason: impl Into<String>) {
        if self.state == DocumentState::Read {
            self.state = DocumentState::PartlyRead;
            self.reason = Some(reason.into());
        }
    }
}

/// Reads one document, pictures of pages included. Never fails and never panics.
pub fn read(path: &str, media: MediaType, content: &[u8], options: &ReadOptions) -> DocumentRead {
    let mut read = parse(path, media, content, options);
    let pages: Vec<DocumentRead> = if options.ocr {
        let pages = read.scanned.iter();
        pages.map(|scan| recognize(path, media, content, scan.page, options)).collect()
    } else {
        Vec::new()
    };
    join_pages(&mut read, path, media, pages);
    read
}

/// Reads what stands in the file as text; pages that are pictures are listed.
pub(crate) fn parse(
    path: &str,
    media: MediaType,
    content: &[u8],
    options: &ReadOptions,
) -> DocumentRead {
    let read = guarded(path, media, || {
        let mut read = dispatch(media, content, options);
        if pictures::are_pages_of(media) {
            pictures::add(media, content, options, &mut read);
        }
        read
    });
    debug_assert!((read.state == DocumentState::Read) == read.reason.is_none());
    read
}

/// Recognizes one page that is a picture. A page that cannot be had ends in the state that says so.
pub(crate) fn recognize(
    path: &str,
    media: MediaType,
    content: &[u8],
    page: u32,
    options: &ReadOptions,
) -> DocumentRead {
    guarded(path, media, || match media {
        MediaType::Pdf => pdf::recognize(content, page, options),
        media if pictures::are_pages_of(media) => {
            pictures::recognize(media, content, page, options)
        }
        _ => image::recognize(content, page, options),
    })
}

/// Puts the pages that were recognized in their places; without them, says that they were not.
pub(crate) fn join_pages(
    read: &mut DocumentRead,
    path: &str,
    media: MediaType,
    pages: Vec<DocumentRead>,
) {
    let scanned = std::mem::take(&mut read.scanned);
    let recognized = !pages.is_empty();
    let mut pages = pages.into_iter();
    let mut lost = Vec::new();
    let mut added = 0;
    for scan in &scanned {
        let place = if pictures::are_pages_of(media) {
            Place::Picture { picture: scan.page, area: WHOLE }
        } else {
            Place::Page { page: scan.page, area: WHOLE }
        };
        let Some(part) = pages.next() else {
            read.note("not_recognized", "a scanned page; recognition is switched off", Some(place));
            continue;
        };
        read.problems.extend(part.problems);
        if !matches!(part.state, DocumentState::Read | DocumentState::PartlyRead) {
            let reason = part.reason.unwrap_or_default();
            read.note("page_unread", reason.clone(), Some(place));
            lost.push((part.state, reason));
            continue;
        }
        if let Some(reason) = part.reason {
            read.lower(reason);
        }
        let at = scan.blocks_before + added;
        added += part.layout.blocks.len();
        read.layout.blocks.splice(at..at, part.layout.blocks);
    }
    for problem in &mut read.problems {
        if problem.path.is_empty() {
            path.clone_into(&mut problem.path);
        }
    }
    if !scanned.is_empty() && !recognized {
        read.lower("scanned pages were not recognized");
    }
    if lost.len() == read.layout.pages.len() && read.layout.blocks.is_empty() {
        if let Some((state, reason)) = lost.into_iter().next() {
            read.state = state;
            read.reason = Some(reason);
        }
    } else if !lost.is_empty() {
        read.lower(format!(
            "{} of {} pages could not be read",
            lost.len(),
            read.layout.pages.len()
        ));
    }
}

/// The area of a whole page.
pub(crate) const WHOLE: Rect = Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };

fn guarded(path: &str, media: MediaType, work: impl FnOnce() -> DocumentRead) -> DocumentRead {
    let mut read = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let mut read = DocumentRead::corrupt("the reader gave up on damaged content");
        read.note("reader_panicked", format!("the {} reader panicked", media.as_str()), None);
        read
    });
    for problem in &mut read.problems {
        if problem.path.is_empty() {
            path.clone_into(&mut problem.path);
        }
    }
    read
}

fn dispatch(media: MediaType, content: &[u8], options: &ReadOptions) -> DocumentRead {
    match media {
        MediaType::Empty => DocumentRead::ended(DocumentState::Empty, "no bytes"),
        MediaType::Docx => ooxml::read_docx(content, options),
        MediaType::Mail => mail::read(content, options),
        MediaType::Delimited => delimited::read(content, options),
        MediaType::Text => delimited::read_text(content, options),
        MediaType::Html => html::read(content, options),
        MediaType::Msg => msg::read(content, options),
        MediaType::Odt => odf::read_text(content, options),
        MediaType::Ods => odf::read_sheets(content, options),
        MediaType::Xlsb => sheet::read_xlsb(content, options),
        MediaType::Doc => doc::read(content, options),
        MediaType::Rtf => rtf::read(content, options),
        MediaType::Xlsx => sheet::read_xlsx(content, options),
        MediaType::Xls => sheet::read_xls(content, options),
        MediaType::OfficeEncrypted => DocumentRead::encrypted("it needs a password"),
        MediaType::Pdf => pdf::parse(content, options),
        media if media.is_image() => {
            let mut read = image::parse(content, options);
            exif::read(content, &mut read.metadata);
            read
        }
        MediaType::Heic | MediaType::Avif => {
            let mut read = DocumentRead::unsupported(
                "a HEIF photograph: no decoder with a free licence; save it as JPEG and add it",
            );
            exif::read(content, &mut read.metadata);
            read
        }
        MediaType::Rar => DocumentRead::unsupported(
            "RAR archive: no reader with a free licence; unpack it with another program and add \
             the folder",
        ),
        MediaType::Unknown => DocumentRead::unsupported("of no known format"),
        media => DocumentRead::unsupported(format!("{} is not read", media.as_str())),
    }
}
