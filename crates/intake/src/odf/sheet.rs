//! The sheets of an `OpenDocument` workbook to registers.
//!
//! A run of equal cells or rows is written once with a count; empty ones cost nothing here, and
//! filled ones are repeated within a limit. Dates come out as ISO text, numbers as their value.

use quick_xml::events::{BytesStart, Event};

use crate::limits::Limits;
use crate::ooxml::xml::{self, Outcome, Stop};
use crate::read::DocumentRead;
use crate::sheet::{Value, add_sheet};

/// Filled cells made by repetition in one file. Honest sheets repeat a few equal neighbours; whole
/// columns of one value were seen up to some thousand. Chosen by hand.
const REPEATED_MAX: usize = 50_000;

struct Reader<'r> {
    read: &'r mut DocumentRead,
    limits: &'r Limits,
    budget: usize,
    repeats_left: usize,
    sheet: Option<Sheet>,
    cell: Option<OpenCell>,
    /// Open elements of a subtree that is left out: comments, shapes.
    skipping: usize,
    limit: Option<&'static str>,
}

#[derive(Default)]
struct Sheet {
    name: String,
    values: Vec<Value>,
    row: u32,
    column: u32,
    row_repeats: u32,
    row_starts: usize,
}

struct OpenCell {
    repeats: u32,
    /// The value that stands beside the shown text.
    value: Option<String>,
    shown: String,
    paragraphs: usize,
    in_text: bool,
}

/// Reads all sheets into the layout.
pub(super) fn read(bytes: &[u8], limits: &Limits, read: &mut DocumentRead) -> Outcome {
    let text = xml::decode(bytes);
    let mut events = xml::reader(&text);
    let mut reader = Reader {
        read,
        limits,
        budget: limits.cells_max,
        repeats_left: REPEATED_MAX,
        sheet: None,
        cell: None,
        skipping: 0,
        limit: None,
    };
    let mut outcome = Outcome::default();
    let mut depth = 0_usize;
    outcome.stop = loop {
        match events.read_event() {
            Err(_) => break Some(Stop::Damaged),
            Ok(Event::Eof) => break (depth > 0).then_some(Stop::Damaged),
            Ok(Event::DocType(_)) => outcome.doctype = true,
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > limits.xml_depth_max {
                    break Some(Stop::Limit("nests its elements deeper than the limit"));
                }
                reader.start(&start);
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                reader.end(end.name().into_inner());
            }
            Ok(Event::Text(text)) => reader.text(&text.xml10_content()),
            Ok(Event::CData(text)) => reader.text(&text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match xml::character(&reference) {
                Some(character) => reader.text(character.encode_utf8(&mut [0; 4])),
                None => outcome.entities += usize::from(reader.cell.is_some()),
            },
            Ok(_) => {}
        }
        if let Some(why) = reader.limit {
            break Some(Stop::Limit(why));
        }
    };
    reader.end_sheet();
    outcome
}

impl Reader<'_> {
    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.name().into_inner();
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        let value = |attribute| xml::attribute(start, attribute);
        let count = |attribute| value(attribute).and_then(|v| v.parse::<u32>().ok()).unwrap_or(1);
        match name {
            "office:annotation" | "table:shapes" | "table:tracked-changes" | "table:dde-link" => {
                self.skipping = 1;
            }
            "table:table" => {
                self.end_sheet();
                let name = value("name").unwrap_or_default();
                self.sheet = Some(Sheet { name, ..Sheet::default() });
            }
            "table:table-row" => {
                if let Some(sheet) = &mut self.sheet {
                    sheet.column = 0;
                    sheet.row_repeats = count("number-rows-repeated").max(1);
                    sheet.row_starts = sheet.values.len();
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(OpenCell {
                    repeats: count("number-columns-repeated").max(1),
                    value: cell_value(start),
                    shown: String::new(),
                    paragraphs: 0,
                    in_text: false,
                });
            }
            "text:p" | "text:h" => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.shown.push('\n');
                    }
                    cell.paragraphs += 1;
                    cell.in_text = true;
                }
            }
            "text:s" => self.text(" "),
            "text:tab" => self.text("\t"),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match name {
            "text:p" | "text:h" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_text = false;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "table:table-row" => self.end_row(),
            "table:table" => self.end_sheet(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.in_text && self.skipping == 0) {
            cell.shown.push_str(text);
            if cell.shown.len() > self.limits.text_bytes_max {
                self.limit = Some("has a cell longer than the limit");
            }
        }
    }

    fn end_cell(&mut self) {
        let (Some(cell), Some(sheet)) = (self.cell.take(), &mut self.sheet) else { return };
        let text = cell.value.unwrap_or(cell.shown);
        if text.trim().is_empty() {
            sheet.column = sheet.column.saturating_add(cell.repeats);
            return;
        }
        for number in 0..cell.repeats {
            if number > 0 && !spend(&mut self.repeats_left) {
                self.read.note("repeats_refused", "a value is repeated past the limit", None);
                self.read.lower("a value is repeated past the limit");
                sheet.column = sheet.column.saturating_add(cell.repeats - number);
                return;
            }
            if !spend(&mut self.budget) {
                self.limit = Some("has more cells than the limit");
                return;
            }
            sheet.values.push((sheet.row, sheet.column, text.clone()));
            sheet.column = sheet.column.saturating_add(1);
        }
    }

    fn end_row(&mut self) {
        let Some(sheet) = &mut self.sheet else { return };
        let row: Vec<Value> = sheet.values[sheet.row_starts..].to_vec();
        let copies = if row.is_empty() { 1 } else { sheet.row_repeats };
        for number in 1..copies {
            let allowed = row.iter().all(|_| spend(&mut self.repeats_left));
            if !allowed {
                self.read.note("repeats_refused", "a row is repeated past the limit", None);
                self.read.lower("a row is repeated past the limit");
                break;
            }
            for (at, column, text) in &row {
                sheet.values.push((at.saturating_add(number), *column, text.clone()));
            }
        }
        sheet.row = sheet.row.saturating_add(sheet.row_repeats.max(1));
        sheet.row_repeats = 1;
        sheet.row_starts = sheet.values.len();
    }

    fn end_sheet(&mut self) {
        self.end_cell();
        if let Some(sheet) = self.sheet.take() {
            add_sheet(self.read, &sheet.name, sheet.values, &mut self.budget);
        }
    }
}

fn spend(left: &mut usize) -> bool {
    let some = *left > 0;
    *left = left.saturating_sub(1);
    some
}

/// The value of a cell where its shown text may be rounded or in a local order of the date.
fn cell_value(start: &BytesStart<'_>) -> Option<String> {
    let value = |name| xml::attribute(start, name).filter(|value| !value.trim().is_empty());
    match value("value-type")?.as_str() {
        "date" => value("date-value")
            .map(|date| date.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(date)),
        "float" | "percentage" | "currency" => {
            let text = value("value")?;
            Some(text.parse::<f64>().map_or(text, |number| number.to_string()))
        }
        "boolean" => value("boolean-value").map(|truth| truth.to_ascii_uppercase()),
        _ => None,
    }
}
