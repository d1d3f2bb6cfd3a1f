//! `WordprocessingML` to blocks.
//!
//! One pass over the events with explicit stacks: depth costs memory, never the call stack.
//! Tracked deletions, field codes, prompts of unfilled controls and the second copy of drawings
//! are left out; insertions, text boxes, check boxes and chosen list entries are kept. Tables in
//! tables become tables of their own, right after the outer one.
//! Invariants: paragraphs and tables are numbered in the order in which they begin; cells stand
//! in the order of the file, which is the reading order (a right-to-left table begins at the
//! right); a cell continued from above is empty.

use model::{Block, Cell, Place, Span, Table};
use quick_xml::events::{BytesStart, Event};

use super::xml::{self, Outcome, Stop};
use crate::flow;
use crate::limits::Limits;

/// Reads parts and gathers their blocks; numbering goes on from part to part.
pub(super) struct Reader<'l> {
    limits: &'l Limits,
    blocks: Vec<Block>,
    /// Tables that ended inside another table or a text box, by number.
    late: Vec<(u32, Table)>,
    paragraphs: Vec<OpenParagraph>,
    tables: Vec<OpenTable>,
    paragraph_next: u32,
    table_next: u32,
    cells: usize,
    state: PartState,
}

/// What is open besides paragraphs and tables.
#[derive(Default)]
struct PartState {
    /// What all element names of the main namespace begin with, colon included.
    prefix: String,
    depth: usize,
    /// Open elements of a subtree that is left out.
    skipping: usize,
    in_text: bool,
    /// The control that is open holds a prompt and no answer.
    prompt: bool,
    check_box: Option<bool>,
    list: Option<(usize, Vec<String>)>,
}

struct OpenParagraph {
    place: Place,
    text: String,
    /// Paragraphs of text boxes anchored here; they follow it.
    after: Vec<Span>,
}

struct OpenTable {
    number: u32,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    column: u32,
    cell: Option<OpenCell>,
    /// Paragraphs that were open when it began.
    base: usize,
}

#[derive(Default)]
struct OpenCell {
    spans: Vec<Span>,
    width: u32,
    continues_left: bool,
}

impl<'l> Reader<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            blocks: Vec::new(),
            late: Vec::new(),
            paragraphs: Vec::new(),
            tables: Vec::new(),
            paragraph_next: 0,
            table_next: 0,
            cells: 0,
            state: PartState::default(),
        }
    }

    /// The blocks gathered since the last call.
    pub(super) fn take_blocks(&mut self) -> Vec<Block> {
        std::mem::take(&mut self.blocks)
    }

    /// Reads one part; what stands before damage is kept.
    pub(super) fn read_part(&mut self, bytes: &[u8]) -> Outcome {
        let text = xml::decode(bytes);
        let mut reader = xml::reader(&text);
        self.state = PartState::default();
        let mut outcome = Outcome::default();
        outcome.stop = loop {
            match reader.read_event() {
                Err(_) => break Some(Stop::Damaged),
                Ok(Event::Eof) => break (self.state.depth > 0).then_some(Stop::Damaged),
                Ok(Event::DocType(_)) => outcome.doctype = true,
                Ok(Event::Start(start)) => {
                    self.state.depth += 1;
                    if self.state.depth > self.limits.xml_depth_max {
                        break Some(Stop::Limit("nests its elements deeper than the limit"));
                    }
                    if self.state.skipping > 0 {
                        self.state.skipping += 1;
                    } else {
                        self.start(&start);
                    }
                }
                Ok(Event::End(end)) => {
                    self.state.depth = self.state.depth.saturating_sub(1);
                    if self.state.skipping > 0 {
                        self.state.skipping -= 1;
                    } else {
                        self.end(end.name().into_inner());
                    }
                }
                Ok(Event::Text(text)) if self.state.in_text => self.push(&text.xml10_content()),
                Ok(Event::CData(text)) if self.state.in_text => self.push(&text.xml10_content()),
                Ok(Event::GeneralRef(reference)) if self.state.in_text => {
                    match xml::character(&reference) {
                        Some(character) => self.push(character.encode_utf8(&mut [0; 4])),
                        None => outcome.entities += 1,
                    }
                }
                Ok(_) => {}
            }
            if self.cells > self.limits.cells_max {
                break Some(Stop::Limit("has more cells than the limit"));
            }
            let length = self.paragraphs.last().map_or(0, |paragraph| paragraph.text.len());
            if length > self.limits.text_bytes_max {
                break Some(Stop::Limit("has a paragraph longer than the limit"));
            }
        };
        self.close_all();
        outcome
    }

    fn push(&mut self, text: &str) {
        if self.state.skipping == 0
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.text.push_str(text);
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.name().into_inner();
        if self.state.depth == 1 {
            let colon = name.find(':').map_or(0, |colon| colon + 1);
            name[..colon].clone_into(&mut self.state.prefix);
        }
        let Some(local) = name.strip_prefix(self.state.prefix.as_str()) else {
            match name {
                "mc:Fallback" => self.state.skipping = 1,
                "m:t" => self.state.in_text = true,
                _ => {}
            }
            return;
        };
        match local {
            "p" => self.open_paragraph(),
            "t" => self.state.in_text = true,
            "tab" | "ptab" if self.in_run() => self.push("\t"),
            "br" if xml::attribute(start, "type").as_deref() == Some("page") => {}
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(symbol(start).encode_utf8(&mut [0; 4])),
            "tbl" => self.open_table(),
            "tr" | "gridBefore" | "tc" | "gridSpan" | "vMerge" | "hMerge" => {
                self.table_start(local, start);
            }
            "moveFrom" | "del" | "rt" | "tabs" => self.state.skipping = 1,
            "sdtPr" => self.state.prompt = false,
            "showingPlcHdr" => self.state.prompt = xml::is_on(start),
            "sdtContent" if self.state.prompt => {
                self.state.prompt = false;
                self.state.skipping = 1;
            }
            _ => self.form_field_start(local, start),
        }
    }

    /// `w:tab` is a character in a run and a tab stop in `w:tabs`, which is left out whole.
    fn in_run(&self) -> bool {
        !self.paragraphs.is_empty()
    }

    /// Check boxes and lists of the old form fields show no text of their own.
    fn form_field_start(&mut self, local: &str, start: &BytesStart<'_>) {
        match local {
            "checkBox" => self.state.check_box = Some(false),
            "default" | "checked" if self.state.check_box.is_some() => {
                self.state.check_box = Some(xml::is_on(start));
            }
            "ddList" => self.state.list = Some((0, Vec::new())),
            "result" => {
                if let Some((chosen, _)) = &mut self.state.list {
                    let value = xml::attribute(start, "val").and_then(|v| v.parse().ok());
                    *chosen = value.unwrap_or_default();
                }
            }
            "listEntry" => {
                if let Some((_, entries)) = &mut self.state.list {
                    entries.push(xml::attribute(start, "val").unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let Some(local) = name.strip_prefix(self.state.prefix.as_str()) else {
            if name == "m:t" {
                self.state.in_text = false;
            }
            return;
        };
        match local {
            "p" => self.close_paragraph(),
            "t" => self.state.in_text = false,
            "tc" => self.close_cell(),
            "tr" => self.close_row(),
            "tbl" => self.close_table(),
            "checkBox" => match self.state.check_box.take() {
                Some(true) => self.push("☒"),
                Some(false) => self.push("☐"),
                None => {}
            },
            "ddList" => {
                if let Some((chosen, entries)) = self.state.list.take() {
                    self.push(entries.get(chosen).map_or("", String::as_str));
                }
            }
            _ => {}
        }
    }

    fn open_paragraph(&mut self) {
        let place = if let Some(table) = self.tables.last() {
            table.place()
        } else {
            self.paragraph_next += 1;
            Place::Paragraph { index: self.paragraph_next - 1 }
        };
        self.paragraphs.push(OpenParagraph { place, text: String::new(), after: Vec::new() });
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let text = paragraph.text.trim();
        let own = (!text.is_empty()).then(|| Span::new(text, paragraph.place));
        let spans = own.into_iter().chain(paragraph.after);
        let base = self.tables.last().map_or(0, |table| table.base);
        if self.paragraphs.len() > base {
            if let Some(parent) = self.paragraphs.last_mut() {
                parent.after.extend(spans);
            }
        } else if let Some(table) = self.tables.last_mut() {
            // Text between cells is no place of Word's; it joins the cell that comes next.
            table.cell.get_or_insert_default().spans.extend(spans);
        } else {
            self.blocks.extend(spans.map(Block::Paragraph));
            self.flush_late();
        }
    }

    fn open_table(&mut self) {
        self.tables.push(OpenTable {
            number: self.table_next,
            rows: Vec::new(),
            row: Vec::new(),
            column: 0,
            cell: None,
            base: self.paragraphs.len(),
        });
        self.table_next += 1;
    }

    fn table_start(&mut self, local: &str, start: &BytesStart<'_>) {
        let Some(table) = self.tables.last_mut() else { return };
        let value = xml::attribute(start, "val");
        let number = value.as_deref().and_then(|v| v.parse::<u32>().ok());
        match local {
            "tr" => table.column = 0,
            "gridBefore" => table.column = number.unwrap_or(0).min(GRID_MAX),
            "tc" => {
                self.cells += 1;
                table.cell.get_or_insert_default().width = 1;
            }
            "gridSpan" => {
                if let Some(cell) = &mut table.cell {
                    cell.width = number.unwrap_or(1).clamp(1, GRID_MAX);
                }
            }
            "hMerge" => {
                if let Some(cell) = &mut table.cell {
                    cell.continues_left = value.as_deref() != Some("restart");
                }
            }
            // `vMerge` needs nothing: a continued cell stands in the file, and is empty.
            _ => {}
        }
    }

    fn close_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        table.column = table.column.saturating_add(cell.width.max(1));
        match table.row.last_mut() {
            Some(left) if cell.continues_left => left.spans.extend(cell.spans),
            _ => table.row.push(Cell { spans: cell.spans }),
        }
    }

    fn close_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let row = std::mem::take(&mut table.row);
        table.rows.push(row);
        table.column = 0;
    }

    fn close_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let filled = table.rows.iter().flatten().any(|cell| !cell.spans.is_empty());
        if filled {
            self.late.push((table.number, Table { register: false, rows: table.rows }));
        }
        if self.tables.is_empty() && self.paragraphs.is_empty() {
            self.flush_late();
        }
    }

    fn flush_late(&mut self) {
        self.late.sort_by_key(|(number, _)| *number);
        self.blocks.extend(self.late.drain(..).map(|(_, table)| Block::Table(table)));
    }

    /// Closes what damage left open, so that nothing read is lost.
    fn close_all(&mut self) {
        while !(self.paragraphs.is_empty() && self.tables.is_empty()) {
            let base = self.tables.last().map_or(0, |table| table.base);
            if self.paragraphs.len() > base {
                self.close_paragraph();
                continue;
            }
            self.close_cell();
            if self.tables.last().is_some_and(|table| !table.row.is_empty()) {
                self.close_row();
            }
            self.close_table();
        }
        self.flush_late();
    }
}

/// Word allows 63 columns; more is damage.
const GRID_MAX: u32 = 1024;

impl OpenTable {
    fn place(&self) -> Place {
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        Place::TableCell { table: self.number, row, column: self.column }
    }
}

/// A character of a symbol font. Boxes and ticks of Wingdings are answers; others stay as given.
fn symbol(start: &BytesStart<'_>) -> char {
    let code = xml::attribute(start, "char").unwrap_or_default();
    let code = u32::from_str_radix(&code, 16).unwrap_or(0xfffd);
    let font = xml::attribute(start, "font").unwrap_or_default().to_ascii_lowercase();
    flow::symbol(&font, code)
}
