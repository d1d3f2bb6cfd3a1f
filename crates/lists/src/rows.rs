//! Rows of delimited text, forgiving but never silent: a row that cannot be told is given as
//! broken with its line, and reading goes on at the next line.
//!
//! The `csv` crate takes everything up to the next quote, or to the end of the file, into the field
//! whose quote was left open; here an open quote costs its own line only. Memory is bounded by the
//! longest row.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};

/// Lines that one row may span, line breaks in quotes included. The longest known (a statement of
/// reasons of the UK list) spans 40.
const ROW_LINES_MAX: usize = 400;
/// Bytes that one row may have; the longest known rows have some 30 KB.
const ROW_BYTES_MAX: usize = 4 * 1024 * 1024;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Line it begins on, from 1.
    pub(crate) line: u64,
    /// Its fields; of a broken row the whole text as one field.
    pub(crate) fields: Vec<String>,
    /// True if its quotes do not pair up.
    pub(crate) broken: bool,
}

impl Row {
    /// The field in a column without blanks around it; empty where the row is too short.
    pub(crate) fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", |field| field.trim())
    }

    /// An id made of the content, for lists without ids: it survives rows put in before it.
    pub(crate) fn content_id(&self) -> String {
        let mut hasher = Sha256::new();
        for field in &self.fields {
            hasher.update(field.trim().as_bytes());
            hasher.update([0]);
        }
        let digest = hasher.finalize();
        digest[..8].iter().fold("row-".to_owned(), |id, byte| id + &format!("{byte:02x}"))
    }

    /// True if no field holds anything.
    pub(crate) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }
}

/// Reads rows one by one.
pub(crate) struct Rows<R> {
    lines: Lines<R>,
    delimiter: u8,
    encoding: &'static Encoding,
}

impl<R: Read> Rows<R> {
    /// Rows of text in an encoding, by a byte order mark in that of the mark. Fields that are not
    /// valid UTF-8 where they should be are read as Windows-1252.
    pub(crate) fn new(reader: R, delimiter: u8, encoding: &'static Encoding) -> Self {
        Self { lines: Lines::new(Utf8::new(reader, encoding)), delimiter, encoding }
    }

    fn read_row(&mut self) -> io::Result<Option<Row>> {
        let Some((line, mut text)) = self.lines.next()? else { return Ok(None) };
        let mut taken: Vec<(u64, Vec<u8>)> = Vec::new();
        loop {
            match split(&text, self.delimiter) {
                Split::Whole(fields) => {
                    let fields = fields.iter().map(|field| self.decode(field)).collect();
                    return Ok(Some(Row { line, fields, broken: false }));
                }
                Split::Open if taken.len() < ROW_LINES_MAX && text.len() < ROW_BYTES_MAX => {
                    match self.lines.next()? {
                        Some(more) => {
                            text.extend_from_slice(&more.1);
                            taken.push(more);
                        }
                        None => break,
                    }
                }
                Split::Open | Split::Wrong => break,
            }
        }
        text.truncate(text.len() - taken.iter().map(|(_, bytes)| bytes.len()).sum::<usize>());
        self.lines.give_back(taken);
        Ok(Some(self.read_single(line, &text)))
    }

    /// A row of one line whose quotes are not as they should be: a quote in the middle of a field is
    /// taken as a character; if one stays open the row is broken.
    fn read_single(&self, line: u64, text: &[u8]) -> Row {
        match split_forgiving(text, self.delimiter) {
            Some(fields) => {
                let fields = fields.iter().map(|field| self.decode(field)).collect();
                Row { line, fields, broken: false }
            }
            None => Row { line, fields: vec![self.decode(trim_end(text))], broken: true },
        }
    }

    fn decode(&self, bytes: &[u8]) -> String {
        let single = if self.encoding.is_single_byte() { self.encoding } else { WINDOWS_1252 };
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => single.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = io::Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_row().transpose()
    }
}

enum Split {
    /// All fields.
    Whole(Vec<Vec<u8>>),
    /// A quote is open at the end.
    Open,
    /// Something stands between a closing quote and the delimiter.
    Wrong,
}

/// Splits by the rules: a field in quotes may hold delimiters, line breaks and doubled quotes.
fn split(text: &[u8], delimiter: u8) -> Split {
    let text = trim_end(text);
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let mut field = Vec::new();
        if text.get(at) == Some(&b'"') {
            at += 1;
            loop {
                match text.get(at) {
                    None => return Split::Open,
                    Some(b'"') if text.get(at + 1) == Some(&b'"') => {
                        field.push(b'"');
                        at += 2;
                    }
                    Some(b'"') => break,
                    Some(byte) => {
                        field.push(*byte);
                        at += 1;
                    }
                }
            }
            at += 1;
            // OFAC's blank behind a quoted field is no error.
            while text.get(at) == Some(&b' ') {
                at += 1;
            }
        } else {
            let end =
                text[at..].iter().position(|b| *b == delimiter).map_or(text.len(), |n| at + n);
            field.extend_from_slice(&text[at..end]);
            at = end;
        }
        fields.push(field);
        match text.get(at) {
            None => return Split::Whole(fields),
            Some(byte) if *byte == delimiter => at += 1,
            Some(_) => return Split::Wrong,
        }
    }
}

/// Splits one line where a quote closes a field only in front of a delimiter or the end.
fn split_forgiving(text: &[u8], delimiter: u8) -> Option<Vec<Vec<u8>>> {
    let text = trim_end(text);
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let mut field = Vec::new();
        if text.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let next = text.get(at + 1);
                match text.get(at)? {
                    b'"' if next.is_none() || next == Some(&delimiter) => break,
                    b'"' if next == Some(&b'"') => {
                        field.push(b'"');
                        at += 2;
                    }
                    byte => {
                        field.push(*byte);
                        at += 1;
                    }
                }
            }
            at += 1;
        } else {
            let end =
                text[at..].iter().position(|b| *b == delimiter).map_or(text.len(), |n| at + n);
            field.extend_from_slice(&text[at..end]);
            at = end;
        }
        fields.push(field);
        if at >= text.len() {
            return Some(fields);
        }
        at += 1;
    }
}

fn trim_end(text: &[u8]) -> &[u8] {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.strip_suffix(b"\r").unwrap_or(text)
}

/// Lines with their numbers, which can be given back.
struct Lines<R> {
    reader: BufReader<Utf8<R>>,
    number: u64,
    waiting: VecDeque<(u64, Vec<u8>)>,
}

impl<R: Read> Lines<R> {
    fn new(reader: Utf8<R>) -> Self {
        Self { reader: BufReader::new(reader), number: 0, waiting: VecDeque::new() }
    }

    fn next(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        if let Some(line) = self.waiting.pop_front() {
            return Ok(Some(line));
        }
        let mut text = Vec::new();
        let limit = ROW_BYTES_MAX as u64;
        if self.reader.by_ref().take(limit).read_until(b'\n', &mut text)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some((self.number, text)))
    }

    fn give_back(&mut self, lines: Vec<(u64, Vec<u8>)>) {
        for line in lines.into_iter().rev() {
            self.waiting.push_front(line);
        }
    }
}

/// Takes off a byte order mark and turns UTF-16 into UTF-8; other bytes pass unchanged.
struct Utf8<R> {
    reader: R,
    encoding: &'static Encoding,
    decoder: Option<encoding_rs::Decoder>,
    ready: VecDeque<u8>,
    started: bool,
    ended: bool,
}

impl<R: Read> Utf8<R> {
    fn new(reader: R, encoding: &'static Encoding) -> Self {
        let ready = VecDeque::new();
        Self { reader, encoding, decoder: None, ready, started: false, ended: false }
    }

    fn start(&mut self) -> io::Result<()> {
        self.started = true;
        let mut first = Vec::new();
        self.reader.by_ref().take(3).read_to_end(&mut first)?;
        let (encoding, mark) = Encoding::for_bom(&first).unwrap_or((self.encoding, 0));
        if encoding == UTF_16LE || encoding == UTF_16BE {
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
            self.push(&first[mark..], false);
        } else {
            self.ready.extend(&first[mark..]);
        }
        Ok(())
    }

    fn push(&mut self, bytes: &[u8], last: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        let mut text = String::with_capacity(
            decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16),
        );
        let _ = decoder.decode_to_string(bytes, &mut text, last);
        self.ready.extend(text.as_bytes());
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.started {
            self.start()?;
        }
        if self.ready.is_empty() && self.decoder.is_none() {
            return self.reader.read(buffer);
        }
        while self.ready.is_empty() && !self.ended {
            let mut bytes = vec![0; 32 * 1024];
            let count = self.reader.read(&mut bytes)?;
            self.ended = count == 0;
            self.push(&bytes[..count], count == 0);
        }
        self.ready.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::UTF_8;

    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>, bool)> {
        Rows::new(text.as_bytes(), b',', UTF_8)
            .map(|row| row.map(|r| (r.line, r.fields, r.broken)).unwrap())
            .collect()
    }

    fn fields(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|f| (*f).to_owned()).collect()
    }

    #[test]
    fn quotes_hold_delimiters_line_breaks_and_quotes() {
        assert_eq!(
            rows("a,\"b,\"\"c\"\"\r\nd\",e\r\nf\n"),
            [(1, fields(&["a", "b,\"c\"\r\nd", "e"]), false), (3, fields(&["f"]), false)]
        );
    }

    #[test]
    fn an_open_quote_costs_its_own_line_only() {
        assert_eq!(
            rows("a,\"b\nc,\"d\"\ne,f\n"),
            [
                (1, fields(&["a,\"b"]), true),
                (2, fields(&["c", "d"]), false),
                (3, fields(&["e", "f"]), false)
            ]
        );
    }

    #[test]
    fn a_stray_quote_inside_a_field_is_a_character() {
        assert_eq!(rows("\"a \"b\" c\",d\n"), [(1, fields(&["a \"b\" c", "d"]), false)]);
    }

    #[test]
    fn utf_16_and_windows_1252_become_text() {
        let mut utf_16 = vec![0xFF, 0xFE];
        utf_16.extend("é,b\r\nc".encode_utf16().flat_map(u16::to_le_bytes));
        let read: Vec<Row> = Rows::new(&utf_16[..], b',', UTF_16LE).map(Result::unwrap).collect();
        assert_eq!(read[0].fields, ["é", "b"]);
        assert_eq!(read[1].fields, ["c"]);
        let read: Vec<Row> =
            Rows::new(&b"\xE9,b"[..], b',', WINDOWS_1252).map(Result::unwrap).collect();
        assert_eq!(read[0].fields, ["é", "b"]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics_and_no_line_is_lost(text in "[a\",;\n\r]{0,60}") {
            let lines = text.split_inclusive('\n').count();
            let mut next = 1;
            for row in Rows::new(text.as_bytes(), b',', UTF_8) {
                let row = row.unwrap();
                proptest::prop_assert_eq!(row.line, next);
                let breaks: usize = row.fields.iter().map(|f| f.matches('\n').count()).sum();
                next += 1 + breaks as u64;
            }
            proptest::prop_assert_eq!(next, lines as u64 + 1);
        }
    }
}
