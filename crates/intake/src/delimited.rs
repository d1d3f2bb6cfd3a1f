//! Delimited files to a register, plain text to paragraphs.
//!
//! Values stay as they are: formulas, markup and direction marks are text here; who shows or
//! exports them guards against them. Own splitter, since a quote that never closes must not
//! swallow the rest of the file, and every row keeps the number it has in the file.

use model::{Block, Cell, Layout, Place, Span, Table};

use crate::read::{DocumentRead, ReadOptions};
use crate::text::{self, Decoded};

/// What may stand between fields. In this order of preference among equals.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// A quoted field may have this many bytes; a quote that is still open then was meant as a
/// character. Longest quoted note seen: some 2 kB.
const QUOTED_BYTES_MAX: usize = 64 << 10;

/// A register of delimited lines.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let decoded = text::decode(content);
    let text = decoded.text.trim_start_matches('\u{feff}');
    let mut read = DocumentRead::read(Layout::default());
    let delimiter = best_delimiter(text).map_or('\0', |found| found.delimiter);
    let mut table = Table { register: true, rows: Vec::new() };
    let mut cells = 0;
    let mut splitter = Splitter { text, at: 0, delimiter };
    let mut number = 0_u32;
    while let Some(record) = splitter.next() {
        if record.unclosed {
            let place = Place::SheetCell { sheet: String::new(), row: number, column: 0 };
            let message = "a quote is opened and never closed; it was taken as a character";
            read.note("quote_unclosed", message, Some(place));
            read.lower(message);
        }
        if record.fields.iter().any(|field| field.len() > options.limits.text_bytes_max) {
            return DocumentRead::refused("a field is longer than the limit");
        }
        cells += record.fields.len();
        if cells > options.limits.cells_max {
            read.lower("it has more cells than the limit");
            read.note("cells_refused", "rows past the limit of cells were not read", None);
            break;
        }
        if record.fields.iter().any(|field| !field.trim().is_empty()) {
            table.rows.push(row(number, record.fields));
        }
        number = number.saturating_add(1);
    }
    read.layout.blocks.push(Block::Table(table));
    tell_encoding(&mut read, &decoded);
    read
}

/// Plain text: a line is a paragraph, numbered as editors count lines.
pub(crate) fn read_text(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let decoded = text::decode(content);
    let mut read = lines(&decoded.text, options);
    tell_encoding(&mut read, &decoded);
    read
}

/// A line is a paragraph, numbered as editors count lines.
pub(crate) fn lines(text: &str, options: &ReadOptions) -> DocumentRead {
    let mut read = DocumentRead::read(Layout::default());
    let text = text.trim_start_matches('\u{feff}');
    for (index, line) in (0_u32..).zip(text.lines()) {
        if line.len() > options.limits.text_bytes_max {
            read.note("line_refused", "a line is longer than the limit", None);
            read.lower("a line is longer than the limit");
            continue;
        }
        let line = line.trim();
        if !line.is_empty() {
            let span = Span::new(line, Place::Paragraph { index });
            read.layout.blocks.push(Block::Paragraph(span));
        }
    }
    read
}

pub(crate) fn tell_encoding(read: &mut DocumentRead, decoded: &Decoded<'_>) {
    read.metadata.insert("encoding".to_owned(), decoded.encoding.to_owned());
    if decoded.repaired {
        read.note("encoding_repaired", "the text was encoded twice; it was decoded twice", None);
    }
    if decoded.lossy {
        let message = format!("some bytes are no {} and were replaced", decoded.encoding);
        read.note("encoding_damaged", message.clone(), None);
        read.lower(message);
    }
    if decoded.text.contains('\0') {
        read.note("zero_bytes", "the text holds zero bytes; they were kept", None);
    }
}

fn row(number: u32, fields: Vec<String>) -> Vec<Cell> {
    let cell = |(column, text): (u32, String)| {
        let text = text.trim();
        if text.is_empty() {
            return Cell::default();
        }
        let place = Place::SheetCell { sheet: String::new(), row: number, column };
        Cell { spans: vec![Span::new(text, place)] }
    };
    (0..).zip(fields).map(cell).collect()
}

/// The delimiter of a text whose lines are surely records: at least three lines, nine of ten with
/// the same number of fields, and at least three fields.
pub(crate) fn delimiter(text: &str) -> Option<char> {
    let found = best_delimiter(text)?;
    let sure = found.fields >= 3 && found.agreeing >= 3 && found.agreeing * 10 >= found.lines * 9;
    sure.then_some(found.delimiter)
}

struct Found {
    delimiter: char,
    /// The most common number of fields above one.
    fields: usize,
    /// Lines with that number.
    agreeing: usize,
    lines: usize,
}

/// The delimiter that most lines agree on; of equals the one that gives more fields.
fn best_delimiter(text: &str) -> Option<Found> {
    /// A header and some rows; a longer look adds nothing.
    const LINES: usize = 50;
    const LOOK_BYTES: usize = 64 << 10;
    let text = &text[..text.floor_char_boundary(LOOK_BYTES)];
    let mut best: Option<Found> = None;
    for delimiter in DELIMITERS {
        let mut splitter = Splitter { text, at: 0, delimiter };
        let counts: Vec<usize> = std::iter::from_fn(|| splitter.next())
            .take(LINES)
            .filter(|record| record.fields.iter().any(|field| !field.is_empty()))
            .map(|record| record.fields.len())
            .collect();
        let common = counts
            .iter()
            .filter(|count| **count > 1)
            .map(|count| (counts.iter().filter(|c| *c == count).count(), *count))
            .max();
        let Some((agreeing, fields)) = common else { continue };
        let better = best.as_ref().is_none_or(|best| {
            (agreeing * fields.min(4), fields) > (best.agreeing * best.fields.min(4), best.fields)
        });
        if better {
            best = Some(Found { delimiter, fields, agreeing, lines: counts.len() });
        }
    }
    best
}

/// Cuts a text into records.
struct Splitter<'t> {
    text: &'t str,
    at: usize,
    /// `\0` for none: each line is one field.
    delimiter: char,
}

#[derive(Debug, PartialEq)]
struct Record {
    fields: Vec<String>,
    /// A field was opened by a quote that never closes, and more lines follow.
    unclosed: bool,
}

impl Splitter<'_> {
    fn next(&mut self) -> Option<Record> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut record = Record { fields: Vec::new(), unclosed: false };
        loop {
            let rest = &self.text[self.at..];
            let quoted = rest.starts_with('"') && self.delimiter != '\0';
            let mut field = String::new();
            if quoted {
                match closed(rest) {
                    Some(length) => {
                        field = rest[1..length - 1].replace("\"\"", "\"");
                        self.at += length;
                    }
                    None => record.unclosed |= rest.trim_end().contains('\n'),
                }
            }
            let rest = &self.text[self.at..];
            let stop = rest.find([self.delimiter, '\n', '\r']).filter(|_| self.delimiter != '\0');
            let stop = stop.or_else(|| rest.find(['\n', '\r'])).unwrap_or(rest.len());
            field.push_str(&rest[..stop]);
            record.fields.push(field);
            self.at += stop;
            let rest = &self.text[self.at..];
            let Some(mark) = rest.chars().next() else { return Some(record) };
            self.at += if rest.starts_with("\r\n") { 2 } else { mark.len_utf8() };
            if mark == '\n' || mark == '\r' {
                return Some(record);
            }
            if self.at >= self.text.len() {
                record.fields.push(String::new());
                return Some(record);
            }
        }
    }
}

/// Length of the quoted field that the text begins with, both quotes included.
fn closed(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = bytes.len().min(QUOTED_BYTES_MAX);
    let mut at = 1;
    while at < end {
        at += memchr::memchr(b'"', &bytes[at..end])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};
    use model::DocumentState;

    use super::*;

    fn check(text: &str, expect: &Expect) {
        let read = read(text.as_bytes(), &ReadOptions::default());
        let mut out = format!("{}", read.state);
        for problem in &read.problems {
            let _ = write!(out, " {}", problem.kind);
        }
        let [Block::Table(table)] = &*read.layout.blocks else { panic!("one table") };
        assert!(table.register);
        for row in &table.rows {
            out += "\n";
            for cell in row {
                let place = cell.spans.first().map(|span| span.place.describe());
                let _ = write!(out, "[{}|{}]", cell.text(), place.unwrap_or_default());
            }
        }
        expect.assert_eq(&out.replace("row ", "").replace(", column ", ":"));
    }

    #[test]
    fn the_delimiter_is_found_below_a_title() {
        check(
            "SAMPLE - register\r\nNo;Name;Kunya\r\n1;Example, the first;Abu Sample\r\n2;Second;\r\n",
            &expect![[r"
                read
                [SAMPLE - register|1:1]
                [No|2:1][Name|2:2][Kunya|2:3]
                [1|3:1][Example, the first|3:2][Abu Sample|3:3]
                [2|4:1][Second|4:2][|]"]],
        );
    }

    #[test]
    fn quotes_hold_delimiters_line_ends_and_quotes() {
        check(
            "a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n\n=cmd|' /C calc'!A0,\"z\"\n",
            &expect![[r#"
                read
                [a|1:1][b|1:2]
                [x,"y"|2:1][two
                lines|2:2]
                [=cmd|' /C calc'!A0|4:1][z|4:2]"#]],
        );
    }

    #[test]
    fn a_quote_that_never_closes_swallows_nothing() {
        check(
            "\"unclosed,1\n2,3\n",
            &expect![[r#"
                partly_read quote_unclosed
                ["unclosed|1:1][1|1:2]
                [2|2:1][3|2:2]"#]],
        );
        check(
            "name\n<b>x</b>\n\"><i>\n",
            &expect![[r#"
            read
            [name|1:1]
            [<b>x</b>|2:1]
            ["><i>|3:1]"#]],
        );
    }

    #[test]
    fn long_fields_are_refused() {
        let mut options = ReadOptions::default();
        options.limits.text_bytes_max = 10;
        let read = read("a,b\nlonger than ten,c\n".as_bytes(), &options);
        assert_eq!(read.state, DocumentState::RefusedByLimit);
    }

    #[test]
    fn prose_has_no_delimiter() {
        assert_eq!(delimiter("One line, with a comma.\nAnother one.\nA third, too.\n"), None);
        assert_eq!(delimiter("a,b,c\n1,2,3\n4,5,6\n"), Some(','));
        assert_eq!(delimiter("a\tb\tc\n1\t2\t3\n4\t5\t6\n"), Some('\t'));
    }
}
