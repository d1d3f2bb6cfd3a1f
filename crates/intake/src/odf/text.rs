//! The text of an `OpenDocument` part to a flow of paragraphs and tables.
//!
//! One pass over the events; depth costs memory, never the call stack. Tracked deletions are left
//! out. Notes, comments and text boxes follow the paragraph that they are anchored in.

use quick_xml::events::{BytesStart, Event};

use super::controls::Controls;
use crate::flow::Flow;
use crate::limits::Limits;
use crate::ooxml::xml::{self, Outcome, Stop};

/// Elements whose text is wanted.
pub(super) type Wanted = [&'static str; 4];

/// The running text.
pub(super) const BODY: Wanted = ["office:text", "", "", ""];
/// Headers of pages.
pub(super) const HEADERS: Wanted =
    ["style:header", "style:header-first", "style:header-left", "style:region-left"];
/// Footers of pages.
pub(super) const FOOTERS: Wanted = ["style:footer", "style:footer-first", "style:footer-left", ""];

struct Reader<'f> {
    flow: &'f mut Flow,
    controls: Controls,
    depth: usize,
    /// Depth at which the wanted element was opened.
    inside: Option<usize>,
    /// Open elements of a subtree that is left out.
    skipping: usize,
    /// Paragraphs that are open at each depth of tables, the outermost first.
    levels: Vec<Level>,
    /// For each open table: columns that the last cell of the row still covers.
    covered: Vec<u32>,
}

#[derive(Default)]
struct Level {
    /// What was read of the outer paragraphs when an inner one began.
    outer: Vec<String>,
    open: usize,
    /// Inner paragraphs, to follow.
    after: Vec<String>,
}

/// Reads the wanted elements of a part; what stands before damage is kept.
pub(super) fn read(bytes: &[u8], wanted: &Wanted, flow: &mut Flow, limits: &Limits) -> Outcome {
    let text = xml::decode(bytes);
    let mut events = xml::reader(&text);
    let mut reader = Reader {
        flow,
        controls: Controls::default(),
        depth: 0,
        inside: None,
        skipping: 0,
        levels: vec![Level::default()],
        covered: Vec::new(),
    };
    let mut outcome = Outcome::default();
    outcome.stop = loop {
        match events.read_event() {
            Err(_) => break Some(Stop::Damaged),
            Ok(Event::Eof) => break (reader.depth > 0).then_some(Stop::Damaged),
            Ok(Event::DocType(_)) => outcome.doctype = true,
            Ok(Event::Start(start)) => {
                reader.depth += 1;
                if reader.depth > limits.xml_depth_max {
                    break Some(Stop::Limit("nests its elements deeper than the limit"));
                }
                reader.start(&start, wanted);
            }
            Ok(Event::End(end)) => reader.end(end.name().into_inner()),
            Ok(Event::Text(text)) => reader.text(&text.xml10_content()),
            Ok(Event::CData(text)) => reader.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match xml::character(&reference) {
                Some(character) => reader.text(character.encode_utf8(&mut [0; 4])),
                None => outcome.entities += usize::from(reader.inside.is_some()),
            },
            Ok(_) => {}
        }
    };
    reader.close_all();
    outcome
}

/// Subtrees without text of the document.
const LEFT_OUT: &[&str] = &[
    "text:tracked-changes",
    "text:note-citation",
    "text:ruby-text",
    "dc:creator",
    "dc:date",
    "meta:creator-initials",
    "svg:title",
    "svg:desc",
    "office:binary-data",
    "office:event-listeners",
    "office:scripts",
    "draw:object",
    "table:covered-table-cell",
];

impl Reader<'_> {
    fn start(&mut self, start: &BytesStart<'_>, wanted: &Wanted) {
        let name = start.name().into_inner();
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        self.controls.add(name, start);
        if self.inside.is_none() {
            if wanted.contains(&name) {
                self.inside = Some(self.depth);
            }
            return;
        }
        if LEFT_OUT.contains(&name) {
            if name == "table:covered-table-cell" {
                self.covered_cell(start);
            }
            self.skipping = 1;
            return;
        }
        let count = |attribute| {
            xml::attribute(start, attribute).and_then(|v| v.parse::<u32>().ok()).unwrap_or(1)
        };
        match name {
            "text:p" | "text:h" => self.open_paragraph(),
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            "text:s" => {
                // A line of blanks has some hundred.
                let blanks = usize::try_from(count("c")).unwrap_or(1).min(1000);
                self.text(&" ".repeat(blanks));
            }
            "draw:control" => {
                if let Some(shown) = self.controls.shown(start).map(str::to_owned) {
                    self.text(&shown);
                }
            }
            "table:table" => {
                self.flow.open_table();
                self.levels.push(Level::default());
                self.covered.push(0);
            }
            "table:table-cell" => {
                let width = count("number-columns-spanned");
                self.flow.open_cell(width);
                if let Some(covered) = self.covered.last_mut() {
                    *covered = width.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// A cell covered from the left is no cell; one covered from above is an empty one.
    fn covered_cell(&mut self, start: &BytesStart<'_>) {
        let repeated = xml::attribute(start, "number-columns-repeated");
        let count = repeated.and_then(|value| value.parse::<u32>().ok()).unwrap_or(1);
        let Some(covered) = self.covered.last_mut() else { return };
        let from_left = count.min(*covered);
        *covered -= from_left;
        self.flow.skip_cells(count - from_left);
    }

    fn end(&mut self, name: &str) {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        let Some(inside) = self.inside else { return };
        if depth <= inside {
            self.inside = None;
            return;
        }
        match name {
            "text:p" | "text:h" => self.close_paragraph(),
            "table:table-cell" => self.flow.end_cell(),
            "table:table-row" => self.flow.end_row(),
            "table:table" => self.close_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let open = self.levels.last().is_some_and(|level| level.open > 0);
        if open && self.skipping == 0 {
            self.flow.push(text);
        }
    }

    fn open_paragraph(&mut self) {
        let Some(level) = self.levels.last_mut() else { return };
        if level.open > 0 {
            level.outer.push(self.flow.take_text());
        }
        level.open += 1;
    }

    fn close_paragraph(&mut self) {
        let Some(level) = self.levels.last_mut().filter(|level| level.open > 0) else { return };
        level.open -= 1;
        if let Some(outer) = level.outer.pop() {
            level.after.push(self.flow.take_text());
            self.flow.push(&outer);
            return;
        }
        self.flow.end_paragraph();
        for text in std::mem::take(&mut level.after) {
            self.flow.push(&text);
            self.flow.end_paragraph();
        }
    }

    fn close_table(&mut self) {
        while self.levels.last().is_some_and(|level| level.open > 0) {
            self.close_paragraph();
        }
        if self.levels.len() > 1 {
            self.levels.pop();
            self.covered.pop();
            self.flow.close_table();
        }
    }

    /// Closes what damage left open, so that nothing read is lost.
    fn close_all(&mut self) {
        while self.levels.len() > 1 {
            self.close_table();
        }
        while self.levels.last().is_some_and(|level| level.open > 0) {
            self.close_paragraph();
        }
    }
}
