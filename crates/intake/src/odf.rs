//! `OpenDocument` texts and sheets, packed in a ZIP or as one flat XML file.
//!
//! Nothing outside the file is ever opened. Macros are noted, never run.

mod controls;
mod sheet;
mod text;

use model::{DocumentState, Layout};

use crate::flow::{Flow, add_new};
use crate::ooxml::package::{Package, Part};
use crate::ooxml::{judge, nothing_left, xml};
use crate::read::{DocumentRead, ReadOptions};

/// The layout of a text document: headers, body, footers.
pub(crate) fn read_text(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let mut read = DocumentRead::read(Layout::default());
    let Some(parts) = Parts::open(content, options, &mut read) else { return read };
    let mut flow = Flow::new(&options.limits);
    let mut outcome = text::read(&parts.body, &text::BODY, &mut flow, &options.limits);
    let body = flow.take_blocks();
    let side = parts.styles.as_deref().unwrap_or(&parts.body);
    for part in [&text::HEADERS, &text::FOOTERS] {
        let other = text::read(side, part, &mut flow, &options.limits);
        outcome.stop = outcome.stop.or(other.stop);
        let blocks = flow.take_blocks();
        if part == &text::HEADERS {
            add_new(&mut read.layout.blocks, blocks);
            read.layout.blocks.extend_from_slice(&body);
        } else {
            add_new(&mut read.layout.blocks, blocks);
        }
    }
    judge("its content", outcome, &mut read);
    if let Some(why) = flow.limit() {
        read.note("part_refused", why, None);
        read.lower(why);
    }
    parts.finish(read)
}

/// The sheets of a workbook.
pub(crate) fn read_sheets(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let mut read = DocumentRead::read(Layout::default());
    let Some(parts) = Parts::open(content, options, &mut read) else { return read };
    let outcome = sheet::read(&parts.body, &options.limits, &mut read);
    judge("its content", outcome, &mut read);
    parts.finish(read)
}

/// The parts that are read.
struct Parts {
    body: Vec<u8>,
    /// Headers and footers; `None` in a flat file, which has them beside the body.
    styles: Option<Vec<u8>>,
    meta: Option<Vec<u8>>,
    macros: bool,
    pictures: usize,
}

impl Parts {
    /// Unpacks the parts; `None` if the document ends here, in the state that `read` then has.
    fn open(content: &[u8], options: &ReadOptions, read: &mut DocumentRead) -> Option<Self> {
        if !content.starts_with(b"PK") {
            let body = content.to_vec();
            let bytes_max = usize::try_from(options.limits.xml_bytes_max).unwrap_or(usize::MAX);
            if body.len() > bytes_max {
                *read = DocumentRead::refused("it is larger than the limit for XML");
                return None;
            }
            return Some(Self { body, styles: None, meta: None, macros: false, pictures: 0 });
        }
        let package = Package::open(content, &options.limits);
        if !package.is_whole() {
            read.note("archive_damaged", "the directory of the file is damaged or missing", None);
            read.lower("the file is damaged or cut short");
        }
        let had = |name: &str| match package.part(name) {
            Part::Had { bytes, .. } => Some(bytes),
            _ => None,
        };
        let manifest = had("META-INF/manifest.xml").unwrap_or_default();
        let locked = memchr::memmem::find(&manifest, b"encryption-data").is_some();
        let body = match package.part("content.xml") {
            Part::Had { .. } | Part::Missing if locked => {
                Err(DocumentRead::encrypted("it needs a password"))
            }
            Part::Had { bytes, damage } => {
                if let Some(why) = damage {
                    read.note("part_damaged", why, None);
                    read.lower(why);
                }
                Ok(bytes)
            }
            Part::Refused(why) => Err(DocumentRead::refused(format!("its content {why}"))),
            Part::Encrypted => Err(DocumentRead::encrypted("it needs a password")),
            Part::Missing => Err(DocumentRead::corrupt("it holds no content")),
        };
        match body {
            Ok(body) => Some(Self {
                body,
                styles: Some(had("styles.xml").unwrap_or_default()),
                meta: had("meta.xml"),
                macros: package.names().any(|name| name.starts_with("Basic/")),
                pictures: package.names().filter(|name| name.starts_with("Pictures/")).count(),
            }),
            Err(end) => {
                *read = DocumentRead { problems: std::mem::take(&mut read.problems), ..end };
                None
            }
        }
    }

    fn finish(self, mut read: DocumentRead) -> DocumentRead {
        // Comments in the body have creators and dates of their own, behind the description.
        let described = self.meta.as_deref().unwrap_or(&self.body);
        xml::collect_texts(described, KEYS, Some("office:meta"), &mut read.metadata);
        if self.macros {
            read.note("macros_not_run", "the document holds macros; they were not run", None);
        }
        read.pictures = self.pictures;
        debug_assert!(read.state != DocumentState::Read || read.reason.is_none());
        nothing_left(read)
    }
}

/// Elements of the description and the keys they are kept under.
const KEYS: &[(&str, &str)] = &[
    ("meta:initial-creator", "author"),
    ("dc:creator", "last_modified_by"),
    ("meta:creation-date", "created"),
    ("dc:date", "modified"),
    ("meta:print-date", "last_printed"),
    ("meta:editing-cycles", "revision"),
    ("meta:generator", "application"),
    ("meta:keyword", "keywords"),
    ("dc:title", "title"),
    ("dc:subject", "subject"),
    ("dc:description", "description"),
    ("dc:language", "language"),
];

#[cfg(test)]
mod tests;
