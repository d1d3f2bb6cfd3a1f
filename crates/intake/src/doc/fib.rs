//! The head of the text stream: version, flags, lengths of the stories, places of the tables.
//!
//! Offsets are those of Microsoft's MS-DOC for Word 97 and later, and of the Word 6 binary format.

use std::ops::Range;

use crate::ole::{u16_at, u32_at};

/// Who wrote the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Word 6 and 95.
    Word6,
    /// Word 97 to 2003, and later programs that write its format.
    Word97,
}

/// The head.
#[derive(Debug)]
pub(super) struct Fib {
    pub(super) version: Version,
    pub(super) encrypted: bool,
    /// Which of two streams holds the tables.
    pub(super) table_stream: &'static str,
    /// Windows' number of the language.
    pub(super) language: u16,
    /// Where the text begins and ends in a file without a piece table.
    pub(super) text: Range<u32>,
    /// Characters of the stories, in their order.
    lengths: [u32; 8],
    /// Places of tables: start and length.
    tables: Vec<(u32, u32)>,
}

/// Numbers of the tables that are used, in the order of Word 97.
pub(super) const HEADERS: usize = 11;
pub(super) const CHARACTERS: usize = 12;
pub(super) const PARAGRAPHS: usize = 13;
pub(super) const FONTS: usize = 15;
pub(super) const PIECES: usize = 33;

const TABLES_97: usize = 154;
const LENGTHS_97: usize = 76;
/// Word 6 has the same tables in the same order from here on.
const TABLES_6: usize = 88;
const LENGTHS_6: usize = 52;

const ENCRYPTED: u16 = 0x0100;
const SECOND_TABLE: u16 = 0x0200;

/// Positions of characters of the stories.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) body: Range<u32>,
    pub(super) headers: Range<u32>,
    pub(super) boxes: Range<u32>,
    /// Footnotes, endnotes, comments, text boxes of headers.
    pub(super) notes: Vec<Range<u32>>,
}

impl Fib {
    /// Reads the head; `None` if it is none.
    pub(super) fn read(main: &[u8]) -> Option<Self> {
        let version = match u16_at(main, 0)? {
            0xa5dc => Version::Word6,
            0xa5ec | 0xa5eb => Version::Word97,
            _ => return None,
        };
        // Word 97 was written under its predecessor's mark by some converters: the number decides.
        let version = if u16_at(main, 2)? < 105 { Version::Word6 } else { version };
        let flags = u16_at(main, 10)?;
        let (lengths_at, tables_at) = match version {
            Version::Word6 => (LENGTHS_6, TABLES_6),
            Version::Word97 => (LENGTHS_97, TABLES_97),
        };
        let mut lengths = [0; 8];
        for (number, length) in lengths.iter_mut().enumerate() {
            *length = u32_at(main, lengths_at + number * 4)?;
        }
        let tables = (0..=PIECES)
            .map(|n| u32_at(main, tables_at + n * 8).zip(u32_at(main, tables_at + n * 8 + 4)))
            .map(Option::unwrap_or_default)
            .collect();
        Some(Self {
            version,
            encrypted: flags & ENCRYPTED != 0,
            table_stream: if flags & SECOND_TABLE != 0 { "1Table" } else { "0Table" },
            language: u16_at(main, 6)?,
            text: u32_at(main, 24)?..u32_at(main, 28)?,
            lengths,
            tables,
        })
    }

    /// The bytes of a table, as far as the stream goes.
    pub(super) fn table<'t>(&self, stream: &'t [u8], number: usize) -> &'t [u8] {
        let (start, length) = self.tables.get(number).copied().unwrap_or_default();
        let Ok(start) = usize::try_from(start) else { return &[] };
        let end = start.saturating_add(usize::try_from(length).unwrap_or(0)).min(stream.len());
        stream.get(start..end).unwrap_or_default()
    }

    /// Characters of all stories.
    pub(super) fn characters(&self) -> u32 {
        self.lengths.iter().fold(0, |sum: u32, length| sum.saturating_add(*length))
    }

    /// Where the stories lie.
    pub(super) fn parts(&self) -> Parts {
        let mut start = 0_u32;
        let mut next = |length: u32| {
            let range = start..start.saturating_add(length);
            start = range.end;
            range
        };
        let [body, footnotes, headers, macros, comments, endnotes, boxes, header_boxes] =
            self.lengths.map(&mut next);
        let _ = macros;
        Parts { body, headers, boxes, notes: vec![footnotes, endnotes, comments, header_boxes] }
    }
}
