//! Rich Text Format to blocks. Word saves it under `.doc` too.
//!
//! Text, tables, and what the file says of itself; pictures, objects, field codes and tracked
//! deletions are left out. Nothing is executed or fetched.
//! Invariants: one pass, groups on an explicit stack; cells stand in the order of the file, which
//! is the reading order of a right-to-left row too.

mod word;

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};
use model::{Block, Cell, Layout, Place, Span, Table};

use crate::read::{DocumentRead, ReadOptions};

/// The layout of the document.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let mut reader = Reader::new(options.limits.xml_depth_max);
    let mut at = 0;
    while at < content.len() && reader.fault.is_none() {
        at = reader.token(content, at);
    }
    reader.finish()
}

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Body,
    Nowhere,
    Fonts,
    /// A property, by its key.
    Property(&'static str),
    /// A time, by its key.
    Time(&'static str),
}

/// What a group inherits and gives back at its end.
#[derive(Clone, Copy, Debug)]
struct State {
    destination: Destination,
    font: i32,
    in_table: bool,
    deleted: bool,
    /// Characters that stand for one `\u` in old readers and are skipped.
    substitutes: usize,
}

struct Reader {
    depth_max: usize,
    state: State,
    stack: Vec<State>,
    /// The group began with `\*`: unknown destinations in it are left out.
    starred: bool,
    skip: usize,
    code_page: &'static Encoding,
    charsets: BTreeMap<i32, &'static Encoding>,
    /// 8-bit characters not yet decoded, and half a pair of UTF-16.
    bytes: Vec<u8>,
    surrogate: Option<u16>,
    text: String,
    cell: Vec<String>,
    row: Vec<Vec<String>>,
    table: Vec<Vec<Vec<String>>>,
    blocks: Vec<Block>,
    paragraphs: u32,
    tables: u32,
    metadata: BTreeMap<String, String>,
    /// Year, month, day, hour, minute of the time that is being read.
    time: [i32; 5],
    fault: Option<&'static str>,
}

impl Reader {
    fn new(depth_max: usize) -> Self {
        Self {
            depth_max,
            state: State {
                destination: Destination::Body,
                font: 0,
                in_table: false,
                deleted: false,
                substitutes: 1,
            },
            stack: Vec::new(),
            starred: false,
            skip: 0,
            code_page: WINDOWS_1252,
            charsets: BTreeMap::new(),
            bytes: Vec::new(),
            surrogate: None,
            text: String::new(),
            cell: Vec::new(),
            row: Vec::new(),
            table: Vec::new(),
            blocks: Vec::new(),
            paragraphs: 0,
            tables: 0,
            metadata: BTreeMap::new(),
            time: [0; 5],
            fault: None,
        }
    }

    /// Reads one token; gives where the next begins.
    fn token(&mut self, content: &[u8], at: usize) -> usize {
        match content[at] {
            b'{' => {
                if self.stack.len() >= self.depth_max {
                    self.fault = Some("its groups are nested deeper than the limit");
                }
                self.flush();
                self.stack.push(self.state);
                self.starred = false;
                at + 1
            }
            b'}' => {
                self.close_group();
                at + 1
            }
            b'\\' => self.control(content, at + 1),
            b'\r' | b'\n' => at + 1,
            byte => {
                self.byte(byte);
                at + 1
            }
        }
    }

    fn close_group(&mut self) {
        self.flush();
        if let Destination::Property(key) = self.state.destination {
            let value = std::mem::take(&mut self.text);
            if !value.trim().is_empty() {
                self.metadata.insert(key.to_owned(), value.trim().to_owned());
            }
        }
        if let Destination::Time(key) = self.state.destination {
            let [year, month, day, hour, minute] = std::mem::take(&mut self.time);
            if year > 0 && month > 0 && day > 0 {
                let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00");
                self.metadata.insert(key.to_owned(), text);
            }
        }
        if let Some(state) = self.stack.pop() {
            self.state = state;
        }
        self.starred = false;
    }

    fn control(&mut self, content: &[u8], at: usize) -> usize {
        let Some(first) = content.get(at).copied() else { return at };
        if !first.is_ascii_alphabetic() {
            return self.symbol(content, at, first);
        }
        let word_end = end_of(content, at, u8::is_ascii_alphabetic);
        let sign = usize::from(content.get(word_end) == Some(&b'-'));
        let number_end = end_of(content, word_end + sign, u8::is_ascii_digit);
        let has_number = number_end > word_end + sign;
        let end = if has_number { number_end } else { word_end };
        let word = std::str::from_utf8(&content[at..word_end]).unwrap_or_default();
        let number = std::str::from_utf8(&content[word_end..end]).ok().and_then(|n| n.parse().ok());
        let next = end + usize::from(content.get(end) == Some(&b' '));
        if word == "bin" {
            let length = number.and_then(|n: i32| usize::try_from(n).ok()).unwrap_or_default();
            return next.saturating_add(length);
        }
        self.word(word, number);
        next
    }

    fn symbol(&mut self, content: &[u8], at: usize, symbol: u8) -> usize {
        match symbol {
            b'\'' => {
                let digits = content.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
                if let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
                    self.byte(byte);
                }
                at + 3
            }
            b'*' => {
                self.starred = true;
                at + 1
            }
            b'~' => self.character('\u{a0}', at),
            b'_' => self.character('-', at),
            b'{' | b'}' | b'\\' => {
                self.byte(symbol);
                at + 1
            }
            b'\r' | b'\n' => {
                self.word("par", None);
                at + 1
            }
            _ => at + 1,
        }
    }

    fn character(&mut self, character: char, at: usize) -> usize {
        self.push(character);
        at + 1
    }

    fn unicode(&mut self, code: i32) {
        self.flush_bytes();
        self.skip = self.state.substitutes;
        let Ok(unit) = u16::try_from(code.rem_euclid(0x1_0000)) else { return };
        if let Some(high) = self.surrogate.take()
            && let Some(Ok(character)) = char::decode_utf16([high, unit]).next()
        {
            self.keep(character);
            return;
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.surrogate = Some(unit);
        } else {
            self.keep(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_kept() {
            self.bytes.push(byte);
        }
    }

    fn push(&mut self, character: char) {
        self.flush();
        self.keep(character);
    }

    fn keep(&mut self, character: char) {
        if self.is_kept() {
            self.text.push(character);
        }
    }

    fn is_kept(&self) -> bool {
        !self.state.deleted
            && matches!(self.state.destination, Destination::Body | Destination::Property(_))
    }

    /// Decodes what is pending; a control word ends the substitutes of `\u`.
    fn flush(&mut self) {
        self.flush_bytes();
        self.skip = 0;
    }

    fn flush_bytes(&mut self) {
        if !self.bytes.is_empty() {
            let encoding = self.charsets.get(&self.state.font).copied().unwrap_or(self.code_page);
            self.text.push_str(&encoding.decode_without_bom_handling(&self.bytes).0);
            self.bytes.clear();
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        let text = std::mem::take(&mut self.text);
        if self.state.in_table {
            self.cell.push(text);
            return;
        }
        // Text after a row that is in no row itself ends the table.
        self.end_table();
        for text in std::mem::take(&mut self.cell).into_iter().chain([text]) {
            let text = text.trim();
            if !text.is_empty() {
                let place = Place::Paragraph { index: self.paragraphs };
                self.blocks.push(Block::Paragraph(Span::new(text, place)));
            }
            self.paragraphs += 1;
        }
    }

    fn end_cell(&mut self) {
        self.flush();
        let mut cell = std::mem::take(&mut self.cell);
        cell.push(std::mem::take(&mut self.text));
        self.row.push(cell);
    }

    fn end_row(&mut self) {
        self.flush();
        if !self.row.is_empty() {
            self.table.push(std::mem::take(&mut self.row));
        }
    }

    fn end_table(&mut self) {
        if self.table.is_empty() {
            return;
        }
        let number = self.tables;
        self.tables += 1;
        let rows = (0..).zip(std::mem::take(&mut self.table));
        let rows = rows.map(|(row, cells)| {
            let cells = (0..).zip(cells);
            cells.map(|(column, texts)| cell(&texts, number, row, column)).collect()
        });
        self.blocks.push(Block::Table(Table { register: false, rows: rows.collect() }));
    }

    fn finish(mut self) -> DocumentRead {
        self.flush();
        let cut = !self.stack.is_empty();
        if !self.row.is_empty() {
            self.end_cell();
            self.end_row();
        }
        self.state.in_table = false;
        self.end_paragraph();
        let nothing = self.blocks.is_empty();
        let mut read = DocumentRead::read(Layout { pages: Vec::new(), blocks: self.blocks });
        read.metadata = self.metadata;
        if let Some(fault) = self.fault {
            read.note("groups_refused", fault, None);
            if nothing {
                return DocumentRead { problems: read.problems, ..DocumentRead::refused(fault) };
            }
            read.lower(fault);
        } else if cut {
            let fault = "the file ends in the middle of its text";
            read.note("text_cut_short", fault, None);
            if nothing {
                return DocumentRead { problems: read.problems, ..DocumentRead::corrupt(fault) };
            }
            read.lower(fault);
        }
        read
    }
}

fn end_of(content: &[u8], from: usize, is: fn(&u8) -> bool) -> usize {
    let rest = content.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !is(byte)).unwrap_or(rest.len())
}

fn cell(texts: &[String], table: u32, row: u32, column: u32) -> Cell {
    let texts = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    let place = Place::TableCell { table, row, column };
    Cell { spans: texts.map(|text| Span::new(text, place.clone())).collect() }
}

#[cfg(test)]
mod tests;
