//! The parts of an office file.
//!
//! Only parts that are asked for are unpacked: styles and themes make up nine tenths of a form.
//! Invariant: no part is unpacked beyond the limit for XML parts.

use crate::archive::zip::{self, Directory};
use crate::archive::{Allowance, End};
use crate::limits::Limits;

use super::xml;

/// An office file's directory over its bytes.
pub(crate) struct Package<'c> {
    content: &'c [u8],
    directory: Directory,
    allowance: Allowance,
}

/// A part, or why it could not be had.
pub(crate) enum Part {
    /// There is none of this name.
    Missing,
    /// Past a limit.
    Refused(&'static str),
    /// Behind a password.
    Encrypted,
    /// The bytes; with damage: those before it.
    Had {
        /// The bytes.
        bytes: Vec<u8>,
        /// What is wrong with them.
        damage: Option<&'static str>,
    },
}

/// Office files have some 20 parts; with pictures some hundreds.
const PARTS_MAX: usize = 20_000;

impl<'c> Package<'c> {
    /// Reads the directory; a missing one is made up from the local headers.
    pub(crate) fn open(content: &'c [u8], limits: &Limits) -> Self {
        let allowance = Allowance {
            bytes_max: limits.xml_bytes_max,
            ratio_max: limits.ratio_max,
            ratio_free_bytes: limits.ratio_free_bytes,
        };
        Self { content, directory: zip::directory(content, PARTS_MAX), allowance }
    }

    /// Whether the directory was sound.
    pub(crate) fn is_whole(&self) -> bool {
        self.directory.whole
    }

    /// Names of all parts, in the order of the directory.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.directory.entries.iter().filter_map(|entry| std::str::from_utf8(&entry.name).ok())
    }

    /// A part by name; writers differ in case, in slashes and in a leading slash.
    pub(crate) fn part(&self, name: &str) -> Part {
        let same = |entry: &&zip::Entry| {
            let entry = entry.name.strip_prefix(b"/").unwrap_or(&entry.name);
            let slashed = |byte: &u8| if *byte == b'\\' { b'/' } else { byte.to_ascii_lowercase() };
            entry.iter().map(slashed).eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
        };
        let Some(entry) = self.directory.entries.iter().find(same) else { return Part::Missing };
        let extracted = zip::extract(self.content, entry, self.allowance);
        match extracted.end {
            End::Whole => Part::Had { bytes: extracted.bytes, damage: None },
            End::Damaged(why) => Part::Had { bytes: extracted.bytes, damage: Some(why) },
            End::TooLarge(why) => Part::Refused(why),
            End::Encrypted => Part::Encrypted,
            End::Method => Part::Refused("is packed by an unknown method"),
        }
    }

    /// The part that holds the text.
    pub(crate) fn main_part(&self) -> String {
        const USUAL: &str = "word/document.xml";
        if self.names().any(|name| name.eq_ignore_ascii_case(USUAL)) {
            return USUAL.to_owned();
        }
        let main = self
            .relationships("_rels/.rels")
            .into_iter()
            .find(|relationship| relationship.kind.ends_with("/officeDocument"));
        main.map_or_else(|| USUAL.to_owned(), |r| r.target.trim_start_matches('/').to_owned())
    }

    /// The relationships that a part of them lists.
    pub(crate) fn relationships(&self, part: &str) -> Vec<Relationship> {
        let Part::Had { bytes, .. } = self.part(part) else { return Vec::new() };
        let text = xml::decode(&bytes);
        let mut reader = xml::reader(&text);
        let mut out = Vec::new();
        while let Ok(event) = reader.read_event() {
            match event {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(start)
                    if start.local_name().into_inner() == "Relationship" =>
                {
                    let value = |name| xml::attribute(&start, name).unwrap_or_default();
                    out.push(Relationship {
                        id: value("Id"),
                        kind: value("Type"),
                        target: value("Target"),
                        external: value("TargetMode") == "External",
                    });
                }
                _ => {}
            }
        }
        out
    }
}

/// One line of a part of relationships.
#[derive(Debug)]
pub(crate) struct Relationship {
    /// What the part calls it.
    pub(crate) id: String,
    /// Its type, a URI.
    pub(crate) kind: String,
    /// What it points to.
    pub(crate) target: String,
    /// Whether that lies outside the file.
    pub(crate) external: bool,
}
