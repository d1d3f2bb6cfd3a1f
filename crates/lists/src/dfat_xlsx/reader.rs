//! A workbook to rows, and the rows of each reference together.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::mapper;
use crate::rows::Row;
use crate::table::Table;
use crate::{ListError, Member, ReadContext};

/// Columns of a row that are read; the list has nineteen.
const COLUMNS_MAX: usize = 64;
/// Rows before the header that are looked at.
const HEADER_ROWS_MAX: usize = 10;
/// Characters of all cells together: thirty times those of the list.
const CHARACTERS_MAX: usize = 128 * 1024 * 1024;

/// Reads the first sheet that has the columns of the list.
pub(super) fn read_file(member: &Member, context: &mut ReadContext) -> Result<(), ListError> {
    let damaged = |reason: String| ListError::Damaged { file: member.name.clone(), reason };
    let bytes = member.read_all()?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(e.to_string()))?;
    for name in book.sheet_names() {
        let rows = read_rows(&mut book, &name).map_err(damaged)?;
        let header = rows.iter().take(HEADER_ROWS_MAX).position(|row| {
            let table = Table::of_header(row, b',', encoding_rs::UTF_8);
            table.has("reference") && table.has("name of individual or entity")
        });
        if let Some(header) = header {
            read_table(&rows, header, member, context);
            return Ok(());
        }
    }
    Err(damaged("no sheet has the columns of a known list; own tables are read as CSV".to_owned()))
}

fn read_table(rows: &[Row], header: usize, member: &Member, context: &mut ReadContext) {
    let table = Table::of_header(&rows[header], b',', encoding_rs::UTF_8);
    let mut order: Vec<String> = Vec::new();
    let mut groups: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows[header + 1..].iter().filter(|row| !row.is_blank()) {
        // `101b` is a name of the entity `101`.
        let reference = table.get(row, "reference");
        let number = reference.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim();
        if number.is_empty() {
            context.skipped(member, row.line, "no_id", "the row has no reference");
            continue;
        }
        let group = groups.entry(number.to_owned()).or_default();
        if group.is_empty() {
            order.push(number.to_owned());
        }
        group.push(row.clone());
    }
    for number in order {
        mapper::map(&number, &groups[&number], &table, member, context);
    }
}

fn read_rows(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str) -> Result<Vec<Row>, String> {
    let mut rows: Vec<Row> = Vec::new();
    let mut characters = 0;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|e| e.to_string())?;
    while let Some(cell) = cells.next_cell().map_err(|e| e.to_string())? {
        let (row, column) = cell.get_position();
        let (line, column) = (u64::from(row) + 1, column as usize);
        let text = text_of(cell.get_value());
        characters += text.len();
        if characters > CHARACTERS_MAX {
            return Err("the sheet is too large".to_owned());
        }
        if text.is_empty() || column >= COLUMNS_MAX {
            continue;
        }
        if rows.last().is_none_or(|last| last.line != line) {
            rows.push(Row { line, fields: Vec::new(), broken: false });
        }
        let fields = &mut rows.last_mut().expect("one was pushed just now").fields;
        if fields.len() <= column {
            fields.resize(column + 1, String::new());
        }
        fields[column] = text;
    }
    Ok(rows)
}

/// The text of a cell; dates in ISO 8601, whole numbers without a fraction.
fn text_of(value: &DataRef) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            clean(text)
        }
        DataRef::SharedString(text) => clean(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// The list has blanks that do not break, and line breaks of several kinds.
fn clean(text: &str) -> String {
    text.replace('\u{A0}', " ").replace("_x000D_", "").replace("\r\n", "\n").trim().to_owned()
}
