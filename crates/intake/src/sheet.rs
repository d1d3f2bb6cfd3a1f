//! Workbooks to registers: XLSX, XLSB and XLS.
//!
//! A sheet is a table; rows without any value are left out, the others keep their numbers in the
//! places of their cells. Dates come out as ISO text, numbers without a needless fraction.
//! Invariant: memory follows the values that are there, never the corners a sheet claims to have.

mod claims;
mod macros;
mod records;

use std::io::Cursor;

use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError,
};
use model::{Block, Cell, Layout, Place, Span, Table};

use crate::archive::zip;
use crate::limits::Limits;
use crate::ole::{self, Ole};
use crate::ooxml;
use crate::read::{DocumentRead, ReadOptions};
use claims::Claims;

/// A value with its row and column.
pub(crate) type Value = (u32, u32, String);

/// XML workbooks, cell by cell.
pub(crate) fn read_xlsx(content: &[u8], options: &ReadOptions) -> DocumentRead {
    if let Some(ended) = unfit(content, &options.limits) {
        return ended;
    }
    if claims::strings_overclaimed(content, &options.limits) {
        return DocumentRead::corrupt("it claims more strings than it has bytes");
    }
    let shown = macros::as_worksheets(content, &options.limits);
    let mut book = match Xlsx::new(Cursor::new(&*shown)) {
        Ok(book) => book,
        Err(XlsxError::Password) => return DocumentRead::encrypted("it needs a password"),
        Err(error) => return DocumentRead::corrupt(format!("the workbook is damaged: {error}")),
    };
    let mut read = DocumentRead::read(Layout::default());
    let mut budget = options.limits.cells_max;
    let mut damaged = 0;
    let names = book.sheet_names();
    for name in &names {
        match xlsx_values(&mut book, name, &mut budget) {
            Ok(values) => add_sheet(&mut read, name, values, &mut budget),
            Err((values, why)) => {
                damaged += 1;
                read.note("sheet_damaged", format!("sheet {name}: {why}"), None);
                read.lower(format!("sheet {name} is damaged"));
                add_sheet(&mut read, name, values, &mut budget);
            }
        }
    }
    if damaged > 0 && read.layout.blocks.is_empty() {
        let problems = read.problems;
        return DocumentRead { problems, ..DocumentRead::corrupt("no sheet of it can be read") };
    }
    ooxml::read_properties(content, &options.limits, &mut read);
    read
}

/// Binary workbooks of Excel 2007 and later, cell by cell.
pub(crate) fn read_xlsb(content: &[u8], options: &ReadOptions) -> DocumentRead {
    if let Some(ended) = unfit(content, &options.limits) {
        return ended;
    }
    let shown = macros::as_worksheets(content, &options.limits);
    if let Err(why) = records::check(&shown, &options.limits) {
        return DocumentRead::corrupt(why);
    }
    let mut book = match Xlsb::new(Cursor::new(&*shown)) {
        Ok(book) => book,
        Err(XlsbError::Password) => return DocumentRead::encrypted("it needs a password"),
        Err(error) => return DocumentRead::corrupt(format!("the workbook is damaged: {error}")),
    };
    let mut read = DocumentRead::read(Layout::default());
    let mut budget = options.limits.cells_max;
    let mut damaged = 0;
    for name in book.sheet_names() {
        let mut values = Vec::new();
        let outcome = xlsb_values(&mut book, &name, &mut budget, &mut values);
        add_sheet(&mut read, &name, values, &mut budget);
        if let Err(why) = outcome {
            damaged += 1;
            read.note("sheet_damaged", format!("sheet {name}: {why}"), None);
            read.lower(format!("sheet {name} is damaged"));
        }
    }
    if damaged > 0 && read.layout.blocks.is_empty() {
        let problems = read.problems;
        return DocumentRead { problems, ..DocumentRead::corrupt("no sheet of it can be read") };
    }
    ooxml::read_properties(content, &options.limits, &mut read);
    read
}

fn xlsb_values(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    budget: &mut usize,
    values: &mut Vec<Value>,
) -> Result<(), String> {
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
    while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
        let text = text_of_ref(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        if *budget == 0 {
            return Err("more cells than the limit".to_owned());
        }
        *budget -= 1;
        let (row, column) = cell.get_position();
        values.push((row, column, text));
    }
    Ok(())
}

/// Binary workbooks of Excel 97–2003.
pub(crate) fn read_xls(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let Some(ole) = Ole::open(content) else {
        return DocumentRead::corrupt("the container of the workbook is damaged");
    };
    let content = match claims::without_claims(&ole) {
        Claims::Damaged => {
            return DocumentRead::corrupt("the container of the workbook is damaged");
        }
        Claims::Encrypted => return DocumentRead::encrypted("it needs a password"),
        Claims::Cells(cells, _) if cells > options.limits.cells_max as u64 => {
            return DocumentRead::refused("its sheets span more cells than the limit");
        }
        Claims::Cells(_, content) => content,
    };
    let mut book = match Xls::new(Cursor::new(content)) {
        Ok(book) => book,
        Err(XlsError::Password) => return DocumentRead::encrypted("it needs a password"),
        Err(error) => return DocumentRead::corrupt(format!("the workbook is damaged: {error}")),
    };
    let mut read = DocumentRead::read(Layout::default());
    let mut budget = options.limits.cells_max;
    for name in book.sheet_names() {
        match book.worksheet_range(&name) {
            Ok(range) => {
                let (top, left) = range.start().unwrap_or_default();
                let values = range.used_cells().filter_map(|(row, column, data)| {
                    let row = top.checked_add(u32::try_from(row).ok()?)?;
                    let column = left.checked_add(u32::try_from(column).ok()?)?;
                    Some((row, column, text_of(data)))
                });
                let values = values.collect();
                add_sheet(&mut read, &name, values, &mut budget);
            }
            Err(error) => {
                read.note("sheet_damaged", format!("sheet {name}: {error}"), None);
                read.lower(format!("sheet {name} is damaged"));
            }
        }
    }
    ole::properties::read(&ole, &mut read.metadata);
    if ole.has_macros() {
        read.note("macros_not_run", "the workbook holds macros; they were not run", None);
    }
    read
}

/// Why a packed workbook is not given to its parser.
fn unfit(content: &[u8], limits: &Limits) -> Option<DocumentRead> {
    // The parser looks for an OLE container first, and follows chains in it that have no end. A
    // workbook behind a password is one, and was told as such before.
    if content.starts_with(ole::SIGNATURE) {
        return Some(DocumentRead::corrupt("it is no package of parts"));
    }
    too_large(content, limits).map(DocumentRead::refused)
}

/// Whether a part would unpack to more than it may. Sheets are read in a stream, the strings and
/// styles of a book are held in memory as a whole.
fn too_large(content: &[u8], limits: &Limits) -> Option<String> {
    /// A workbook has a part for each sheet and picture.
    const PARTS_MAX: usize = 20_000;
    let directory = zip::directory(content, PARTS_MAX);
    for entry in &directory.entries {
        let name = String::from_utf8_lossy(&entry.name).to_ascii_lowercase();
        let is_part = [".xml", ".bin"].iter().any(|end| name.ends_with(end));
        if !name.starts_with("xl/") || !is_part {
            continue;
        }
        let sheet = name.starts_with("xl/worksheets/") || name.contains("macrosheets/");
        let bytes_max = if sheet { limits.member_bytes_max } else { limits.xml_bytes_max };
        let packed = entry.packed(content).len() as u64;
        let by_ratio = limits.ratio_free_bytes.max(packed.saturating_mul(limits.ratio_max));
        if entry.size > bytes_max.min(by_ratio) {
            return Some(format!("its part {name} unpacks to more than the limit"));
        }
    }
    None
}

/// The values of a sheet; with damage those before it.
fn xlsx_values(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    budget: &mut usize,
) -> Result<Vec<Value>, (Vec<Value>, String)> {
    let mut values = Vec::new();
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A chart on a sheet of its own has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(values),
        Err(error) => return Err((values, error.to_string())),
    };
    loop {
        match cells.next_cell() {
            Ok(None) => return Ok(values),
            Err(error) => return Err((values, error.to_string())),
            Ok(Some(cell)) => {
                let text = text_of_ref(cell.get_value());
                if text.trim().is_empty() {
                    continue;
                }
                if *budget == 0 {
                    return Err((values, "more cells than the limit".to_owned()));
                }
                *budget -= 1;
                let (row, column) = cell.get_position();
                values.push((row, column, text));
            }
        }
    }
}

/// Columns that a sheet may have: Excel's own bound.
const COLUMNS_MAX: u32 = 16_384;

/// Adds the table of a sheet, if it has any value.
pub(crate) fn add_sheet(
    read: &mut DocumentRead,
    name: &str,
    mut values: Vec<Value>,
    budget: &mut usize,
) {
    values.retain(|(_, _, text)| !text.trim().is_empty());
    // Excel writes them in order; a stable sort keeps what others write twice.
    values.sort_by_key(|(row, column, _)| (*row, *column));
    let mut table = Table { register: true, rows: Vec::new() };
    let mut row_open: Option<u32> = None;
    for (row, column, text) in values {
        let place = Place::SheetCell { sheet: name.to_owned(), row, column };
        if column >= COLUMNS_MAX {
            read.note("cell_out_of_range", "a cell lies beyond the last column", Some(place));
            read.lower("some cells lie beyond the last column");
            continue;
        }
        if row_open != Some(row) {
            table.rows.push(Vec::new());
            row_open = Some(row);
        }
        let cells = table.rows.last_mut().expect("a row was opened above");
        let at = usize::try_from(column).expect("below COLUMNS_MAX");
        if at >= cells.len() {
            let gap = at + 1 - cells.len();
            if gap > *budget {
                read.note("cells_refused", "cells past the limit were not read", Some(place));
                read.lower("it has more cells than the limit");
                break;
            }
            *budget -= gap;
            cells.resize_with(at + 1, Cell::default);
        }
        cells[at].spans.push(Span::new(text.trim(), place));
    }
    if !table.rows.is_empty() {
        read.layout.blocks.push(Block::Table(table));
    }
}

fn text_of(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => word(*truth),
        Data::DateTime(time) => iso(time),
        Data::Error(error) => error.to_string(),
    }
}

fn text_of_ref(data: &DataRef<'_>) -> String {
    match data {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => word(*truth),
        DataRef::DateTime(time) => iso(time),
        DataRef::Error(error) => error.to_string(),
    }
}

fn word(truth: bool) -> String {
    if truth { "TRUE" } else { "FALSE" }.to_owned()
}

/// A date as `YYYY-MM-DD`, with the time if it has one; a duration or a mere time as `hh:mm:ss`.
fn iso(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) {
        clock
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{clock}")
    }
}

#[cfg(test)]
mod tests;
