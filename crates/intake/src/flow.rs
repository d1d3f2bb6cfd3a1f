//! Paragraphs and nested tables, as they come, to blocks: what readers of running text share.
//!
//! It knows no format. Invariants, the same as for XML text documents: paragraphs outside tables and
//! all tables are numbered in the order in which they begin; a table in a table becomes a table of
//! its own, right after the outer one; an empty paragraph keeps its number and gives no block.

use model::{Block, Cell, Place, Span, Table};

use crate::limits::Limits;

/// Widest cell that is believed; Word allows 63 columns.
pub(crate) const GRID_MAX: u32 = 1024;

/// Gathers blocks.
pub(crate) struct Flow {
    blocks: Vec<Block>,
    late: Vec<(u32, Table)>,
    tables: Vec<OpenTable>,
    text: String,
    paragraph_next: u32,
    table_next: u32,
    cells_left: usize,
    text_bytes_max: usize,
    depth_max: usize,
    /// The first limit that was met.
    limit: Option<&'static str>,
}

struct OpenTable {
    number: u32,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    column: u32,
    cell: Option<(Cell, u32)>,
}

impl Flow {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            blocks: Vec::new(),
            late: Vec::new(),
            tables: Vec::new(),
            text: String::new(),
            paragraph_next: 0,
            table_next: 0,
            cells_left: limits.cells_max,
            text_bytes_max: limits.text_bytes_max,
            depth_max: limits.xml_depth_max,
            limit: None,
        }
    }

    /// The limit that was met, if any: what lay beyond it was left out.
    pub(crate) fn limit(&self) -> Option<&'static str> {
        self.limit
    }

    /// Tables that are open.
    pub(crate) fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Adds text to the paragraph that is open.
    pub(crate) fn push(&mut self, text: &str) {
        if self.text.len().saturating_add(text.len()) > self.text_bytes_max {
            self.limit = self.limit.or(Some("a paragraph is longer than the limit"));
        } else {
            self.text.push_str(text);
        }
    }

    /// Adds a character.
    pub(crate) fn push_char(&mut self, character: char) {
        self.push(character.encode_utf8(&mut [0; 4]));
    }

    /// Takes the text of the open paragraph out of it.
    pub(crate) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Drops the text of the open paragraph.
    pub(crate) fn clear_text(&mut self) {
        self.text.clear();
    }

    /// Whether the open paragraph has no text yet.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What the open paragraph ends with.
    pub(crate) fn last_char(&self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Ends the open paragraph.
    pub(crate) fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if let Some(table) = self.tables.last_mut() {
            if !text.is_empty() {
                let place = table.place();
                // Text between cells is no place of its own; it joins the cell that comes next.
                let (cell, _) = table.cell.get_or_insert_with(|| (Cell::default(), 1));
                cell.spans.push(Span::new(text, place));
            }
            return;
        }
        let index = self.paragraph_next;
        self.paragraph_next = index.saturating_add(1);
        if !text.is_empty() {
            self.blocks.push(Block::Paragraph(Span::new(text, Place::Paragraph { index })));
        }
    }

    /// Ends the open paragraph if it has text; without, no number is used up.
    pub(crate) fn break_paragraph(&mut self) {
        if self.is_blank() {
            self.text.clear();
        } else {
            self.end_paragraph();
        }
    }

    /// Opens a table, within the open cell if there is one; false beyond the limit of depth.
    pub(crate) fn open_table(&mut self) -> bool {
        self.break_paragraph();
        if self.tables.len() >= self.depth_max {
            self.limit = self.limit.or(Some("its tables are nested deeper than the limit"));
            return false;
        }
        let number = self.table_next;
        self.table_next = number.saturating_add(1);
        self.tables.push(OpenTable {
            number,
            rows: Vec::new(),
            row: Vec::new(),
            column: 0,
            cell: None,
        });
        true
    }

    /// Opens a cell that spans so many columns.
    pub(crate) fn open_cell(&mut self, width: u32) {
        self.break_paragraph();
        if let Some(table) = self.tables.last_mut() {
            let cell = table.cell.get_or_insert_with(|| (Cell::default(), 1));
            cell.1 = width.clamp(1, GRID_MAX);
        }
    }

    /// Ends the open cell; an empty one if none is open.
    pub(crate) fn end_cell(&mut self) {
        self.break_paragraph();
        let Some(table) = self.tables.last_mut() else { return };
        let (cell, width) = table.cell.take().unwrap_or_default();
        if self.cells_left == 0 {
            self.limit = self.limit.or(Some("it has more cells than the limit"));
            return;
        }
        self.cells_left -= 1;
        table.column = table.column.saturating_add(width.max(1));
        table.row.push(cell);
    }

    /// Adds empty cells: continued from above, or left out.
    pub(crate) fn skip_cells(&mut self, count: u32) {
        for _ in 0..count.min(GRID_MAX) {
            self.end_cell();
        }
    }

    /// Ends the open row, and a cell that is open in it.
    pub(crate) fn end_row(&mut self) {
        self.break_paragraph();
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            self.end_cell();
        }
        let Some(table) = self.tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        table.rows.push(row);
        table.column = 0;
    }

    /// Joins cells of the last row to the one at their left: `true` for a cell that continues.
    pub(crate) fn merge_last_row(&mut self, continues: impl Fn(usize) -> bool) {
        let Some(row) = self.tables.last_mut().and_then(|table| table.rows.last_mut()) else {
            return;
        };
        let mut merged: Vec<Cell> = Vec::with_capacity(row.len());
        for (number, cell) in std::mem::take(row).into_iter().enumerate() {
            match merged.last_mut() {
                Some(left) if continues(number) => left.spans.extend(cell.spans),
                _ => merged.push(cell),
            }
        }
        *row = merged;
    }

    /// Ends the open table.
    pub(crate) fn close_table(&mut self) {
        self.break_paragraph();
        if self.tables.last().is_some_and(|table| !table.row.is_empty() || table.cell.is_some()) {
            self.end_row();
        }
        let Some(table) = self.tables.pop() else { return };
        if table.rows.iter().flatten().any(|cell| !cell.spans.is_empty()) {
            self.late.push((table.number, Table { register: false, rows: table.rows }));
        }
        if self.tables.is_empty() {
            self.late.sort_by_key(|(number, _)| *number);
            self.blocks.extend(self.late.drain(..).map(|(_, table)| Block::Table(table)));
        }
    }

    /// Closes what is open and gives the blocks gathered since the last call.
    pub(crate) fn take_blocks(&mut self) -> Vec<Block> {
        self.break_paragraph();
        while !self.tables.is_empty() {
            self.close_table();
        }
        std::mem::take(&mut self.blocks)
    }
}

impl OpenTable {
    fn place(&self) -> Place {
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        Place::TableCell { table: self.number, row, column: self.column }
    }
}

/// Headers of first, odd and even pages mostly say the same: each text stands once.
pub(crate) fn add_new(into: &mut Vec<Block>, blocks: Vec<Block>) {
    for block in blocks {
        let known = match &block {
            Block::Paragraph(span) => {
                into.iter().any(|other| matches!(other, Block::Paragraph(o) if o.text == span.text))
            }
            _ => false,
        };
        if !known {
            into.push(block);
        }
    }
}

/// A character of a symbol font, whose name is given in lower case. Boxes and ticks of Wingdings
/// are answers; others stay as given.
pub(crate) fn symbol(font: &str, code: u32) -> char {
    match (font, code & 0xff) {
        ("wingdings", 0xfe) | ("wingdings 2", 0x52) => '☑',
        ("wingdings", 0xfd) | ("wingdings 2", 0x51 | 0x53 | 0x54) => '☒',
        ("wingdings", 0x6f | 0x71 | 0xa8) | ("wingdings 2", 0xa3) => '☐',
        ("wingdings", 0xfc) | ("wingdings 2", 0x50) => '✓',
        ("wingdings", 0xfb) | ("wingdings 2", 0x4f) => '✗',
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}
