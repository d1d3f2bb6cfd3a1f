//! The text of a document as grids of cells, whatever blocks it came in.
//!
//! A table is a grid; a run of paragraphs and lines between tables is one too, a row per line and a
//! cell per span. So labels beside, above, and before their answers are looked for in one way.

use model::{Block, Cell, Layout, Span, Table};

/// Cells of a document that are looked at; more is no form, and a register is not read by cells.
const CELLS_MAX: usize = 40_000;

/// A grid of cells.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// Whether columns mean anything: true for tables, false for lines of text.
    pub(crate) is_table: bool,
    /// Whether it is a sheet, one record a row.
    pub(crate) is_register: bool,
    /// The rows; they may differ in length.
    pub(crate) rows: Vec<Vec<Vec<Span>>>,
}

/// The grids of a layout that are not registers, in reading order.
pub(crate) fn grids(layout: &Layout) -> Vec<Grid> {
    grids_of(layout, false)
}

/// All grids of a layout in reading order, sheets included.
pub(crate) fn all_grids(layout: &Layout) -> Vec<Grid> {
    grids_of(layout, true)
}

fn grids_of(layout: &Layout, registers: bool) -> Vec<Grid> {
    let mut out: Vec<Grid> = Vec::new();
    let mut room = CELLS_MAX;
    for block in &layout.blocks {
        let rows: Vec<Vec<Vec<Span>>> = match block {
            Block::Paragraph(span) => lines(span).into_iter().map(|s| vec![vec![s]]).collect(),
            Block::Line(line) => {
                vec![line.spans.iter().filter(|s| !is_blank(s)).map(|s| vec![s.clone()]).collect()]
            }
            Block::Table(table) if table.register && !registers => continue,
            Block::Table(table) => table_rows(table),
        };
        let cells: usize = rows.iter().map(Vec::len).sum();
        if cells > room {
            break;
        }
        room -= cells;
        if let Block::Table(table) = block {
            out.push(Grid { is_table: true, is_register: table.register, rows });
            continue;
        }
        let rows = rows.into_iter().filter(|row| row.iter().flatten().any(|s| !is_blank(s)));
        match out.last_mut() {
            Some(grid) if !grid.is_table => grid.rows.extend(rows),
            _ => out.push(Grid { rows: rows.collect(), ..Grid::default() }),
        }
    }
    out
}

/// The rows of a table as spans.
pub(crate) fn table_rows(table: &Table) -> Vec<Vec<Vec<Span>>> {
    let cell = |cell: &Cell| cell.spans.iter().flat_map(lines).filter(|s| !is_blank(s)).collect();
    table.rows.iter().map(|row| row.iter().map(cell).collect()).collect()
}

/// The text of spans, a line feed between two.
pub(crate) fn text_of(spans: &[Span]) -> String {
    spans.iter().map(|s| s.text.trim()).collect::<Vec<_>>().join("\n")
}

/// A span for each line of a span.
fn lines(span: &Span) -> Vec<Span> {
    if !span.text.contains('\n') {
        return vec![span.clone()];
    }
    span.text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Span { text: line.trim().to_owned(), readings: Vec::new(), ..span.clone() })
        .collect()
}

fn is_blank(span: &Span) -> bool {
    span.text.trim().is_empty() && span.readings.is_empty()
}
