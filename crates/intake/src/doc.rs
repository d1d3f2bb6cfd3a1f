//! Word 97–2003 to blocks; older Word 6 and 95 as far as their text goes.
//!
//! Headers, body, text boxes, then footers, notes and comments; tables by cell marks and row ends.
//! Field codes and tracked deletions are left out; chosen check boxes and list entries are kept.
//! Nothing is executed or fetched, macros and embedded objects stay closed.
//! Invariants: no story is read beyond the stream; work follows the size of the file, whatever
//! counts its tables claim.

mod fib;
mod forms;
mod pieces;
mod runs;
mod story;

use std::ops::Range;

use model::{Block, DocumentState, Layout};

use crate::flow::{Flow, add_new};
use crate::limits::Limits;
use crate::ole::{self, Ole, u16_at, u32_at};
use crate::read::{DocumentRead, ReadOptions};
use fib::{Fib, Version};
use pieces::Pieces;
use runs::{Characters, Paragraphs};

/// All that a story is read from.
struct Doc {
    /// The stream of the text.
    main: Vec<u8>,
    /// The stream of pictures and form fields.
    data: Vec<u8>,
    pieces: Pieces,
    paragraphs: Paragraphs,
    characters: Characters,
    fonts: Vec<String>,
}

/// The layout of the document.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let Some(ole) = Ole::open(content) else {
        return DocumentRead::corrupt("the container of the document is damaged");
    };
    let main = ole.stream("WordDocument").unwrap_or_default();
    let Some(fib) = Fib::read(&main) else {
        return DocumentRead::corrupt("the head of its text stream is damaged");
    };
    if fib.encrypted {
        return DocumentRead::encrypted("it needs a password");
    }
    let table = match fib.version {
        Version::Word97 => ole.stream(fib.table_stream).unwrap_or_default(),
        Version::Word6 => main.clone(),
    };
    let pieces = Pieces::read(&main, &table, &fib, options.limits.xml_bytes_max);
    let damage = pieces.damage();
    let modern = fib.version == Version::Word97;
    let data = if modern { ole.stream("Data").unwrap_or_default() } else { Vec::new() };
    let paragraphs = Paragraphs::read(&main, &table, &data, &fib);
    let doc = Doc {
        paragraphs,
        characters: Characters::read(&main, &table, &fib),
        fonts: if modern { fonts(&table, &fib) } else { Vec::new() },
        main,
        data,
        pieces,
    };
    let mut read = DocumentRead::read(Layout::default());
    stories(&doc, &table, &fib, &options.limits, &mut read);
    if let Some(why) = damage {
        read.note("text_damaged", why, None);
        read.lower(why);
    }
    ole::properties::read(&ole, &mut read.metadata);
    if ole.has_macros() {
        read.note("macros_not_run", "the document holds macros; they were not run", None);
    }
    if read.state == DocumentState::PartlyRead && read.layout.blocks.is_empty() {
        read.state = DocumentState::Corrupt;
    }
    read
}

/// Reads all stories in their order; the body is numbered first.
fn stories(doc: &Doc, table: &[u8], fib: &Fib, limits: &Limits, read: &mut DocumentRead) {
    let mut flow = Flow::new(limits);
    let mut pictures = 0;
    let mut story = |range: Range<u32>| {
        pictures += story::read(doc, range, &mut flow);
        flow.take_blocks()
    };
    let parts = fib.parts();
    let body = story(parts.body.clone());
    let (headers, footers) = header_stories(table, fib);
    let mut blocks: Vec<Block> = Vec::new();
    for range in headers {
        add_new(&mut blocks, story(range));
    }
    blocks.extend(body);
    for range in std::iter::once(parts.boxes.clone()).chain(footers).chain(parts.notes.clone()) {
        let more = story(range);
        add_new(&mut blocks, more);
    }
    read.layout.blocks = blocks;
    if let Some(why) = flow.limit() {
        read.note("part_refused", why, None);
        read.lower(why);
    }
    read.pictures = pictures;
}

/// Places of headers and of footers; the first six stories are separators of notes.
fn header_stories(table: &[u8], fib: &Fib) -> (Vec<Range<u32>>, Vec<Range<u32>>) {
    /// A section has six; documents of more sections repeat them.
    const STORIES_MAX: usize = 6 * 1000;
    let (mut headers, mut footers) = (Vec::new(), Vec::new());
    let part = fib.parts().headers;
    let list = fib.table(table, fib::HEADERS);
    let ends: Vec<u32> = (0..list.len() / 4).filter_map(|n| u32_at(list, n * 4)).collect();
    for (number, pair) in ends.windows(2).enumerate().skip(6).take(STORIES_MAX) {
        let range = part.start.saturating_add(pair[0])..part.start.saturating_add(pair[1]);
        if range.start >= range.end || range.end > part.end {
            continue;
        }
        if matches!(number % 6, 0 | 1 | 4) { headers.push(range) } else { footers.push(range) }
    }
    if ends.len() < 2 && !part.is_empty() {
        headers.push(part);
    }
    (headers, footers)
}

/// Names of the fonts, for characters of symbol fonts.
fn fonts(table: &[u8], fib: &Fib) -> Vec<String> {
    const FONTS_MAX: usize = 4096;
    const NAME: usize = 40;
    let list = fib.table(table, fib::FONTS);
    let mut fonts = Vec::new();
    let mut at = 4;
    while let Some(length) = list.get(at).map(|length| usize::from(*length) + 1) {
        if fonts.len() >= FONTS_MAX {
            break;
        }
        let units = (at + NAME..at + length).step_by(2).map_while(|at| u16_at(list, at));
        let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
        fonts.push(String::from_utf16_lossy(&units).to_ascii_lowercase());
        at += length;
    }
    fonts
}

#[cfg(test)]
mod tests;
