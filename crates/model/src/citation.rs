//! Where a value stands, and how it was read.
//!
//! Law 2: no statement without its source. A citation names the document by content hash and the
//! place in it; the path a document was found under is the ledger's business ([`crate::Document`]).

use serde::{Deserialize, Serialize};

use crate::DocumentId;

/// The source of one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The document by content.
    pub document: DocumentId,
    /// The place in it.
    pub place: Place,
    /// How the value was read.
    pub method: Method,
    /// How sure the *reading* is, 0..=1; says nothing of whether the value is true.
    pub confidence: f32,
}

/// How a value was read from its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Characters that stand in the file as such.
    Text,
    /// Optical character recognition.
    Ocr,
    /// A structured record: a list entry, a data row.
    Record,
    /// Typed by a person.
    Typed,
}

/// A place in a document. All counts are from 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// The whole document.
    Whole,
    /// An area of a page.
    Page {
        /// The page.
        page: u32,
        /// The area, in fractions of the page.
        area: Rect,
    },
    /// An area of a picture in a text document, which has no pages of its own.
    Picture {
        /// The picture, in the order of the document.
        picture: u32,
        /// The area, in fractions of the picture.
        area: Rect,
    },
    /// A paragraph of a text document.
    Paragraph {
        /// Counted over the body, paragraphs in tables excluded.
        index: u32,
    },
    /// A cell of a table in a text document.
    TableCell {
        /// The table, counted over the body.
        table: u32,
        /// The row.
        row: u32,
        /// The column, counted over grid columns.
        column: u32,
    },
    /// A cell of a spreadsheet or of a delimited file (there `sheet` is empty).
    SheetCell {
        /// Name of the sheet.
        sheet: String,
        /// The row as the file has it, header included.
        row: u32,
        /// The column.
        column: u32,
    },
    /// A record of a structured file: line of a CSV or JSON lines file, element of an XML file.
    Record {
        /// The file inside an archive or folder, empty if there is only one.
        file: String,
        /// Line (text formats) or running number of the element (XML), from 1 as editors count.
        number: u64,
    },
}

/// An area of a page in fractions of its width and height, origin at the top left.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge, 0..=1.
    pub x: f32,
    /// Top edge, 0..=1.
    pub y: f32,
    /// Width, 0..=1.
    pub width: f32,
    /// Height, 0..=1.
    pub height: f32,
}

impl Rect {
    /// The smallest area that holds both.
    #[must_use]
    pub fn union(self, other: Rect) -> Rect {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Rect { x, y, width: right - x, height: bottom - y }
    }
}

impl Place {
    /// Where the place is seen when the document is drawn: the number of the image (a page, or a
    /// picture of a text document) and the area in it. `None` for places in text.
    pub fn drawn(&self) -> Option<(u32, Rect)> {
        match self {
            Place::Page { page: image, area } | Place::Picture { picture: image, area } => {
                Some((*image, *area))
            }
            _ => None,
        }
    }

    /// The place in words, as every screen and report prints it: `page 2`, `table 1, row 3`.
    pub fn describe(&self) -> String {
        match self {
            Place::Whole => "whole document".to_owned(),
            Place::Page { page, .. } => format!("page {}", page + 1),
            Place::Picture { picture, .. } => format!("picture {}", picture + 1),
            Place::Paragraph { index } => format!("paragraph {}", index + 1),
            Place::TableCell { table, row, column } => {
                format!("table {}, row {}, column {}", table + 1, row + 1, column + 1)
            }
            Place::SheetCell { sheet, row, column } if sheet.is_empty() => {
                format!("row {}, column {}", row + 1, column + 1)
            }
            Place::SheetCell { sheet, row, column } => {
                format!("sheet {sheet}, row {}, column {}", row + 1, column + 1)
            }
            Place::Record { file, number } if file.is_empty() => format!("record {number}"),
            Place::Record { file, number } => format!("{file}, record {number}"),
        }
    }
}
