//! What intake understood of a document's text: blocks in reading order, each with its place.
//!
//! Text is in logical order (as typed), whatever order the file stored it in. Nothing here knows
//! of forms; `forms` reads labels and answers out of it.

use serde::{Deserialize, Serialize};

use crate::Place;

/// The text and layout of one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The pages, where the format has them; scans and PDFs do, DOCX and registers do not.
    pub pages: Vec<Page>,
    /// All text, in reading order.
    pub blocks: Vec<Block>,
}

/// One page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Width in points (1/72 inch) or, for an image without a resolution, in pixels.
    pub width: f32,
    /// Height in the same unit.
    pub height: f32,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph of running text.
    Paragraph(Span),
    /// One visual line of a page; its spans are set apart by wide gaps or rulings.
    Line(Line),
    /// A grid of cells: a table of a text document, a sheet, a ruled table of a page.
    Table(Table),
}

/// A run of text with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// The text in logical order.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// How sure the reading is, 0..=1; 1 for text that stands in the file as such.
    pub confidence: f32,
    /// Other readings of the same place, best first; empty unless OCR read it more than once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
}

/// Another reading of a span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The text in logical order.
    pub text: String,
    /// How sure the reading is, 0..=1.
    pub confidence: f32,
}

/// Spans of one visual line, in reading order of the line (right to left for Arabic).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The spans.
    pub spans: Vec<Span>,
}

/// A grid. Rows may differ in length.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// True for spreadsheets and delimited files: one data row is one record under a header.
    pub register: bool,
    /// The rows; cells in reading order (a right-to-left table starts at the right).
    pub rows: Vec<Vec<Cell>>,
}

/// A cell: its paragraphs, or the lines seen in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// The text, one span a paragraph or line; empty for an empty cell.
    pub spans: Vec<Span>,
}

impl Span {
    /// A span of text that stands in the file as such.
    pub fn new(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), place, confidence: 1.0, readings: Vec::new() }
    }
}

impl Cell {
    /// The whole text, spans joined by a line feed.
    pub fn text(&self) -> String {
        join(&self.spans, "\n")
    }
}

impl Line {
    /// The whole text, spans joined by a tab.
    pub fn text(&self) -> String {
        join(&self.spans, "\t")
    }
}

impl Layout {
    /// The whole text in reading order, for search.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(span) => push_line(&mut out, &span.text),
                Block::Line(line) => push_line(&mut out, &line.text()),
                Block::Table(table) => {
                    for row in &table.rows {
                        let cells: Vec<String> = row.iter().map(Cell::text).collect();
                        push_line(&mut out, &cells.join("\t"));
                    }
                }
            }
        }
        out
    }
}

fn join(spans: &[Span], separator: &str) -> String {
    spans.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(separator)
}

fn push_line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
