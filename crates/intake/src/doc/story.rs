//! One story of the document (body, header, notes …) to blocks.

use std::ops::Range;

use super::pieces::Unit;
use super::runs::{Character, Paragraph};
use super::{Doc, forms};
use crate::flow::{Flow, symbol};

const PICTURE: u16 = 0x01;
const CELL_END: u16 = 0x07;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;

struct Story<'d> {
    doc: &'d Doc,
    flow: &'d mut Flow,
    /// Open fields: whether the result was reached.
    fields: Vec<bool>,
    /// Open fields whose code is being read.
    codes: usize,
    /// The first half of a pair of UTF-16.
    high: Option<u16>,
    pictures: usize,
    /// Cells of a table whose rows are not marked.
    unmarked: Vec<String>,
}

/// Reads the story into the flow; gives the number of pictures met.
pub(super) fn read(doc: &Doc, range: Range<u32>, flow: &mut Flow) -> usize {
    let mut story = Story {
        doc,
        flow,
        fields: Vec::new(),
        codes: 0,
        high: None,
        pictures: 0,
        unmarked: Vec::new(),
    };
    doc.pieces.each(&doc.main, &range, |unit| story.unit(unit));
    story.flush_unmarked();
    story.pictures
}

impl Story<'_> {
    fn unit(&mut self, unit: Unit) {
        match unit.code {
            0x0d | CELL_END | 0x0c => self.end_paragraph(unit),
            FIELD_BEGIN => {
                self.fields.push(false);
                self.codes += 1;
            }
            FIELD_RESULT => {
                if let Some(result @ false) = self.fields.last_mut() {
                    *result = true;
                    self.codes -= 1;
                }
            }
            FIELD_END => {
                if self.fields.pop() == Some(false) {
                    self.codes -= 1;
                }
            }
            character => {
                let known = self.doc.characters.at(unit.at);
                if !known.deleted {
                    self.character(character, known);
                }
            }
        }
    }

    fn character(&mut self, unit: u16, known: Character) {
        if unit == PICTURE {
            match known.data.and_then(|at| forms::answer(&self.doc.data, at)) {
                Some(answer) => self.flow.push(&answer),
                None if self.codes == 0 => self.pictures += 1,
                None => {}
            }
            return;
        }
        if self.codes > 0 {
            return;
        }
        match unit {
            0x09 => self.flow.push("\t"),
            0x0b | 0x0e => self.flow.push("\n"),
            0x1e => self.flow.push("-"),
            0x28 if known.symbol.is_some() => {
                let (font, code) = known.symbol.unwrap_or_default();
                let font = self.doc.fonts.get(usize::from(font)).map_or("", String::as_str);
                self.flow.push_char(symbol(font, u32::from(code)));
            }
            // Marks of notes, comments and drawings have no text; soft hyphens are not shown.
            0x00..=0x1f => {}
            unit => self.text(unit),
        }
    }

    fn text(&mut self, unit: u16) {
        if let Some(high) = self.high.take()
            && let Some(Ok(pair)) = char::decode_utf16([high, unit]).next()
        {
            self.flow.push_char(pair);
        } else if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
        } else {
            let character = char::from_u32(u32::from(unit));
            self.flow.push_char(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn end_paragraph(&mut self, unit: Unit) {
        // A field does not reach over the end of a cell; a broken one must not swallow the rest.
        if unit.code == CELL_END {
            self.fields.clear();
            self.codes = 0;
        }
        self.high = None;
        if self.doc.paragraphs.is_empty() {
            return self.end_unmarked(unit.code);
        }
        let paragraph = self.doc.paragraphs.at(unit.at, unit.change, &self.doc.pieces);
        let depth = depth(&paragraph, unit.code);
        // Closing or opening a table would end the paragraph that belongs to the new place.
        self.set_depth(depth);
        let (cell_end, row_end) = match depth {
            0 => (false, false),
            1 => (unit.code == CELL_END, paragraph.row_end),
            _ => (paragraph.inner_cell, paragraph.inner_row_end),
        };
        if row_end {
            self.flow.clear_text();
            self.flow.end_row();
            self.flow.merge_last_row(|cell| paragraph.continued.contains(&cell));
        } else {
            self.flow.end_paragraph();
            if cell_end {
                self.flow.end_cell();
            }
        }
    }

    fn set_depth(&mut self, depth: usize) {
        if self.flow.depth() == depth {
            return;
        }
        let text = self.flow.take_text();
        while self.flow.depth() > depth {
            self.flow.close_table();
        }
        while self.flow.depth() < depth && self.flow.open_table() {}
        self.flow.push(&text);
    }

    /// Without properties of paragraphs a cell mark is all that tells of a table.
    fn end_unmarked(&mut self, unit: u16) {
        if unit == CELL_END {
            let text = self.flow.take_text();
            self.unmarked.push(text);
        } else {
            let text = self.flow.take_text();
            self.flush_unmarked();
            self.flow.push(&text);
            self.flow.end_paragraph();
        }
    }

    /// Makes rows of the cells: each ends with an empty one, so the width is the smallest at which
    /// all row ends are empty.
    fn flush_unmarked(&mut self) {
        if self.unmarked.is_empty() {
            return;
        }
        let cells = std::mem::take(&mut self.unmarked);
        let fits = |width: &usize| {
            cells.len().is_multiple_of(*width)
                && cells.chunks(*width).all(|row| row.last().is_some_and(|c| c.trim().is_empty()))
        };
        let width = (2..=cells.len().min(64)).find(fits);
        self.flow.open_table();
        for (number, text) in (1..).zip(&cells) {
            let ends = match width {
                Some(width) => number % width == 0,
                None => text.trim().is_empty(),
            };
            if ends {
                self.flow.end_row();
            } else {
                self.flow.push(text);
                self.flow.end_paragraph();
                self.flow.end_cell();
            }
        }
        self.flow.close_table();
    }
}

/// Tables that the paragraph lies in.
fn depth(paragraph: &Paragraph, unit: u16) -> usize {
    if !paragraph.in_table && paragraph.depth == 0 {
        // Damaged properties: a cell mark stands in a table all the same.
        return usize::from(unit == CELL_END);
    }
    usize::try_from(paragraph.depth.max(1)).unwrap_or(usize::MAX)
}
