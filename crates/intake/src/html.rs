//! HTML to paragraphs and tables. Nothing is rendered, run or fetched.
//!
//! A forgiving reader for what Word, mail programs and browsers write: unclosed cells and rows are
//! closed by what follows. Answers in controls of a form are kept; scripts, styles and comments are
//! left out. Work is linear in the size: what is looked for in vain is not looked for again.

mod token;

use std::borrow::Cow;

use encoding_rs::Encoding;
use model::{Block, Layout};

use crate::delimited::tell_encoding;
use crate::flow::Flow;
use crate::limits::Limits;
use crate::read::{DocumentRead, ReadOptions};
use crate::sniff::find;
use crate::text::{self, Decoded};
use token::{Tag, Token, Tokens};

/// The layout of a page.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let decoded = decode(content);
    let mut read = read_text(&decoded.text, &options.limits);
    tell_encoding(&mut read, &decoded);
    read
}

/// The layout of a page that was decoded before.
pub(crate) fn read_text(text: &str, limits: &Limits) -> DocumentRead {
    let mut page = Page::new(limits);
    for token in Tokens::new(text) {
        page.token(&token);
    }
    let blocks = page.flow.take_blocks();
    let blocks = blocks.into_iter().flat_map(unwrap_single).collect();
    let mut read = DocumentRead::read(Layout { pages: Vec::new(), blocks });
    read.metadata = page.metadata;
    office_properties(text, &mut read);
    if let Some(why) = page.flow.limit() {
        read.note("part_refused", why, None);
        read.lower(why);
    }
    read
}

/// The text by its mark, by what it says of its encoding, or by its letters.
fn decode(content: &[u8]) -> Decoded<'_> {
    /// Pages say their encoding near the top.
    const LOOK_BYTES: usize = 4096;
    let by_form = text::decode(content);
    if matches!(by_form.encoding, "UTF-8" | "UTF-16LE" | "UTF-16BE") && !by_form.lossy {
        return by_form;
    }
    let head = content[..content.len().min(LOOK_BYTES)].to_ascii_lowercase();
    let label = find(&head, b"charset=").map(|at| &head[at + 8..]);
    let label = label.map(|label| label.strip_prefix(b"\"").unwrap_or(label));
    let label =
        label.and_then(|l| l.split(|b| !b.is_ascii_alphanumeric() && !b"-_".contains(b)).next());
    match label.and_then(Encoding::for_label) {
        Some(encoding) => {
            let (text, lossy) = encoding.decode_without_bom_handling(content);
            Decoded { text, encoding: encoding.name(), lossy, repaired: false }
        }
        None => by_form,
    }
}

/// A table of one cell is a frame around text.
fn unwrap_single(block: Block) -> Vec<Block> {
    match block {
        Block::Table(table) if table.rows.iter().map(Vec::len).sum::<usize>() == 1 => {
            table.rows.into_iter().flatten().flat_map(|c| c.spans).map(Block::Paragraph).collect()
        }
        other => vec![other],
    }
}

/// What Word writes of itself in a page stands in an island of XML within a comment.
fn office_properties(text: &str, read: &mut DocumentRead) {
    const KEYS: &[(&str, &str)] = &[
        ("o:Author", "author"),
        ("o:LastAuthor", "last_modified_by"),
        ("o:Created", "created"),
        ("o:LastSaved", "modified"),
        ("o:Company", "company"),
        ("o:Revision", "revision"),
    ];
    const HEAD_BYTES: usize = 64 << 10;
    const VALUE_BYTES_MAX: usize = 4096;
    let head = &text[..text.floor_char_boundary(HEAD_BYTES)];
    for (element, key) in KEYS {
        let open = format!("<{element}>");
        let value = head.split_once(&open).and_then(|(_, rest)| rest.split_once("</"));
        if let Some((value, _)) = value.filter(|(v, _)| v.len() <= VALUE_BYTES_MAX) {
            read.metadata.insert((*key).to_owned(), token::unescape(value).trim().to_owned());
        }
    }
}

/// Columns in which a cell may reach down; as many as a sheet of Excel has.
const COLUMNS_MAX: usize = 16_384;

/// Elements that stand on lines of their own.
const LINES: &[&str] = &[
    "p",
    "div",
    "br",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "hr",
    "blockquote",
    "pre",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "address",
    "form",
    "fieldset",
    "legend",
    "center",
    "caption",
    "body",
    "head",
    "html",
    "title",
    "figure",
    "figcaption",
];

struct Page {
    flow: Flow,
    metadata: std::collections::BTreeMap<String, String>,
    /// For each open table: rows that a cell of each column still reaches down.
    spans: Vec<Rows>,
    /// Open tables beyond the limit of depth; their text joins the last table within it.
    refused: usize,
    preformatted: usize,
    /// Between `title` and its end.
    title: Option<String>,
    /// Within `select`: whether the open option is shown, and whether one was.
    choice: Option<Choice>,
}

#[derive(Default)]
struct Choice {
    in_option: bool,
    chosen: bool,
}

#[derive(Default)]
struct Rows {
    in_row: bool,
    in_cell: bool,
    /// Rows left for each column.
    left: Vec<u32>,
    column: usize,
    /// Rows and columns of the open cell.
    open: (u32, u32),
}

impl Page {
    fn new(limits: &Limits) -> Self {
        Self {
            flow: Flow::new(limits),
            metadata: std::collections::BTreeMap::new(),
            spans: Vec::new(),
            refused: 0,
            preformatted: 0,
            title: None,
            choice: None,
        }
    }

    fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Text(text) => self.text(&token::unescape(text)),
            Token::Open(tag) => self.open(tag),
            Token::Close(name) => self.close(name),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(title) = &mut self.title {
            title.push_str(text);
            return;
        }
        if self.choice.as_ref().is_some_and(|choice| !(choice.in_option && choice.chosen)) {
            return;
        }
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                if self.preformatted > 0 {
                    self.flow.break_paragraph();
                } else {
                    self.blank();
                }
            }
            if self.preformatted > 0 {
                self.flow.push(line);
                continue;
            }
            for (number, word) in line.split(is_blank).enumerate() {
                if number > 0 {
                    self.blank();
                }
                self.flow.push(word);
            }
        }
    }

    /// Blanks in a row are one; none stands at the begin of a line.
    fn blank(&mut self) {
        if self.flow.last_char().is_some_and(|last| last != ' ') {
            self.flow.push(" ");
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "table" => self.open_table(),
            "tr" => self.open_row(),
            "td" | "th" => self.open_cell(tag),
            "title" => self.title = Some(String::new()),
            "pre" => self.preformatted += 1,
            "meta" => self.meta(tag),
            "input" => self.input(tag),
            "select" => self.choice = Some(Choice::default()),
            "option" => {
                if let Some(choice) = &mut self.choice {
                    choice.in_option = true;
                    choice.chosen = tag.attribute("selected").is_some();
                }
            }
            _ => {}
        }
        if LINES.contains(&&*tag.name) && self.choice.is_none() {
            self.flow.break_paragraph();
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" => self.close_table(),
            "tr" => self.close_row(),
            "td" | "th" => self.close_cell(),
            "title" => {
                if let Some(title) = self.title.take() {
                    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                    if !title.is_empty() {
                        self.metadata.insert("title".to_owned(), title);
                    }
                }
            }
            "head" | "body" => self.title = None,
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "select" => self.choice = None,
            "option" => {
                if let Some(choice) = &mut self.choice {
                    choice.in_option = false;
                }
            }
            _ => {}
        }
        if LINES.contains(&name) {
            self.flow.break_paragraph();
        }
    }

    fn open_table(&mut self) {
        if self.flow.open_table() {
            self.spans.push(Rows::default());
        } else {
            self.refused += 1;
        }
    }

    fn open_row(&mut self) {
        self.close_row();
        if let Some(rows) = self.spans.last_mut() {
            rows.in_row = true;
            rows.column = 0;
        }
    }

    fn open_cell(&mut self, tag: &Tag<'_>) {
        self.close_cell();
        let Some(rows) = self.spans.last_mut() else { return };
        rows.in_row = true;
        rows.in_cell = true;
        // Cells that reach down from above keep their place, empty.
        while let Some(left) = rows.left.get_mut(rows.column).filter(|left| **left > 0) {
            *left -= 1;
            rows.column += 1;
            self.flow.end_cell();
        }
        let count = |name| {
            let value = tag.attribute(name).and_then(|value| value.trim().parse().ok());
            value.unwrap_or(1_u32).clamp(1, crate::flow::GRID_MAX)
        };
        rows.open = (count("rowspan"), count("colspan"));
        self.flow.open_cell(rows.open.1);
    }

    fn close_cell(&mut self) {
        let Some(rows) = self.spans.last_mut().filter(|rows| rows.in_cell) else { return };
        rows.in_cell = false;
        let (down, wide) = rows.open;
        // A wide cell that reaches down is continued by one empty cell, as it is one itself.
        if let Some(left) = rows.left.get_mut(rows.column) {
            *left = down - 1;
        } else if down > 1 && rows.column < COLUMNS_MAX {
            rows.left.resize(rows.column, 0);
            rows.left.push(down - 1);
        }
        rows.column += usize::try_from(wide).unwrap_or(1);
        self.flow.end_cell();
    }

    fn close_row(&mut self) {
        self.close_cell();
        let Some(rows) = self.spans.last_mut().filter(|rows| rows.in_row) else { return };
        rows.in_row = false;
        for left in rows.left.iter_mut().skip(rows.column).filter(|left| **left > 0) {
            *left -= 1;
            self.flow.end_cell();
        }
        while rows.left.last() == Some(&0) {
            rows.left.pop();
        }
        self.flow.end_row();
    }

    fn close_table(&mut self) {
        if self.refused > 0 {
            self.refused -= 1;
            return;
        }
        self.close_row();
        if self.spans.pop().is_some() {
            self.flow.close_table();
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        const VALUE_BYTES_MAX: usize = 4096;
        let name = tag.attribute("name").unwrap_or_default().to_ascii_lowercase();
        let key = match name.as_str() {
            "generator" => "application",
            "author" => "author",
            "description" => "description",
            "keywords" => "keywords",
            _ => return,
        };
        let value = tag.attribute("content").unwrap_or_default();
        if !value.trim().is_empty() && value.len() <= VALUE_BYTES_MAX {
            self.metadata.insert(key.to_owned(), value.trim().to_owned());
        }
    }

    fn input(&mut self, tag: &Tag<'_>) {
        let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let shown: Cow<'_, str> = match kind.as_str() {
            "checkbox" | "radio" if tag.attribute("checked").is_some() => "☒".into(),
            "checkbox" | "radio" => "☐".into(),
            "" | "text" | "tel" | "email" | "date" | "number" | "url" => {
                tag.attribute("value").unwrap_or_default()
            }
            _ => return,
        };
        self.flow.push(&shown);
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\u{c}' | '\u{a0}')
}

#[cfg(test)]
mod tests;
