//! Registers: a header row, and one record per row below it.

use model::{Place, Span};

use crate::assign::{assign, join_name};
use crate::fold::fold;
use crate::form::FilledForm;
use crate::labels::Labels;
use crate::lexicon::{Match, Target, strip_number};
use crate::question::Question;
use crate::reading::Context;
use crate::record::fill;

/// Rows in which the header is looked for; titles and logos stand above it.
const HEADER_ROWS_MAX: usize = 30;
/// Data rows whose answers speak for what a column holds.
const SAMPLE_ROWS: usize = 12;
/// Score of a header cell. Chosen by hand.
const HEADER_LEAST: f32 = 0.7;
/// Data rows of one register; a sheet cannot have more.
const ROWS_MAX: usize = 1_100_000;

/// A table read as a register.
pub(crate) struct Register<'a> {
    rows: &'a [Vec<Vec<Span>>],
    header: usize,
    columns: Vec<Vec<Match>>,
}

/// Finds the header of a table of records. A table that a document shows, rather than a sheet, must
/// have a fuller header, since forms are tables too.
pub(crate) fn find_register<'a>(
    rows: &'a [Vec<Vec<Span>>],
    is_sheet: bool,
    labels: &Labels<'_>,
) -> Option<Register<'a>> {
    let least = if is_sheet { 2 } else { 3 };
    let mut best: Option<(usize, usize)> = None;
    for (r, row) in rows.iter().enumerate().take(HEADER_ROWS_MAX) {
        let (found, filled) = header_cells(row, labels);
        let wide = found >= least && found * 2 >= filled;
        if wide && best.is_none_or(|(known, _)| found > known) {
            best = Some((found, r));
        }
    }
    let (found, header) = best?;
    if !is_sheet && !stands_alone(rows, header, found, labels) {
        return None;
    }
    let columns = rows[header].iter().map(|cell| matches(cell, labels)).collect();
    Some(Register { rows, header, columns })
}

/// Header cells of a row, and its filled cells.
fn header_cells(row: &[Vec<Span>], labels: &Labels<'_>) -> (usize, usize) {
    let filled: Vec<&Vec<Span>> = row.iter().filter(|cell| !is_blank(cell)).collect();
    let known = filled
        .iter()
        .filter(|cell| {
            matches(cell, labels).first().is_some_and(|m| match m.target {
                Target::Else(_) => m.score >= 0.95,
                _ => m.score >= HEADER_LEAST,
            })
        })
        .count();
    (known, filled.len())
}

/// Whether the rows below the header hold data and no further labels, but for repeats of it.
fn stands_alone(rows: &[Vec<Vec<Span>>], header: usize, known: usize, labels: &Labels<'_>) -> bool {
    let text = |row: &[Vec<Span>]| row.iter().map(|c| fold(&crate::grid::text_of(c))).collect();
    let own: Vec<String> = text(&rows[header]);
    let mut data = 0;
    for row in &rows[header + 1..] {
        let (found, filled) = header_cells(row, labels);
        if filled == 0 || text(row) == own {
            continue;
        }
        if found * 3 > filled {
            return false;
        }
        data += 1;
    }
    let filled = header_cells(&rows[header], labels).1;
    data > 0 && known * 10 >= filled * 6
}

fn matches(cell: &[Span], labels: &Labels<'_>) -> Vec<Match> {
    let text = crate::grid::text_of(cell).replace('\n', " ");
    labels.matches(&strip_number(&text).text)
}

fn is_blank(cell: &[Span]) -> bool {
    cell.iter().all(|span| span.text.trim().is_empty())
}

impl Register<'_> {
    /// The rows above the header as text, for the title.
    pub(crate) fn title(&self) -> String {
        let above = self.rows[..self.header].iter().flatten().flatten();
        above.map(|span| span.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// The records, counted from `first`; blank rows and repeats of the header are none.
    pub(crate) fn records(&self, first: u32, ctx: &Context<'_>) -> Vec<FilledForm> {
        let data: Vec<&Vec<Vec<Span>>> = self.rows[self.header + 1..]
            .iter()
            .filter(|row| !row.iter().all(|cell| is_blank(cell)) && !self.is_header(row))
            .take(ROWS_MAX)
            .collect();
        let targets = self.column_targets(&data);
        let mut out = Vec::new();
        let mut row_number = first;
        for row in data {
            let questions = self.questions(row);
            let joined = join_name(&questions, &targets);
            let mut record = FilledForm::new(row_number, "register");
            fill(&mut record, &questions, &targets, joined, ctx);
            out.push(record);
            row_number = row_number.saturating_add(1);
        }
        out
    }

    fn is_header(&self, row: &[Vec<Span>]) -> bool {
        let text = |cell: &Vec<Span>| fold(&crate::grid::text_of(cell));
        row.len() == self.rows[self.header].len()
            && row.iter().zip(&self.rows[self.header]).all(|(a, b)| text(a) == text(b))
    }

    /// Which column holds which key: the header's wording and what the first rows hold.
    fn column_targets(&self, data: &[&Vec<Vec<Span>>]) -> Vec<Option<Target>> {
        let mut sample: Vec<Question> = self.questions(&[]);
        for (c, question) in sample.iter_mut().enumerate() {
            // One typical answer speaks for the column: the first that is filled.
            let filled = data.iter().take(SAMPLE_ROWS).filter_map(|row| row.get(c));
            question.answer =
                filled.filter(|cell| !is_blank(cell)).take(1).flatten().cloned().collect();
            if counts_rows(data, c) {
                question.answer.clear();
            }
        }
        assign(&sample).targets
    }

    fn questions(&self, row: &[Vec<Span>]) -> Vec<Question> {
        let header = &self.rows[self.header];
        header
            .iter()
            .enumerate()
            .map(|(c, cell)| {
                let answer = row.get(c).cloned().unwrap_or_default();
                Question {
                    label: crate::grid::text_of(cell).replace('\n', " "),
                    number: None,
                    matches: self.columns[c].clone(),
                    is_sure: true,
                    place: place(row, c, cell),
                    row: 0,
                    answer: if is_blank(&answer) { Vec::new() } else { answer },
                }
            })
            .collect()
    }
}

/// Whether a column holds the running number of its row, which is nobody's number of children.
fn counts_rows(data: &[&Vec<Vec<Span>>], column: usize) -> bool {
    let number = |row: &Vec<Vec<Span>>| {
        let text = crate::fold::ascii_digits(&crate::grid::text_of(row.get(column)?));
        text.trim().parse::<usize>().ok()
    };
    let sample = &data[..data.len().min(SAMPLE_ROWS)];
    let Some(first) = sample.first().and_then(|row| number(row)) else { return false };
    sample.len() > 1 && (first..).zip(sample).all(|(n, row)| number(row) == Some(n))
}

/// The place of a data cell, also of a blank one: the row of its neighbours, the column of its
/// header.
fn place(row: &[Vec<Span>], column: usize, header: &[Span]) -> Place {
    if let Some(span) = row.get(column).and_then(|cell| cell.first()) {
        return span.place.clone();
    }
    let own = header.first().map_or(Place::Whole, |span| span.place.clone());
    let beside = row.iter().flatten().next().map(|span| &span.place);
    match (own, beside) {
        (Place::SheetCell { sheet, column, .. }, Some(Place::SheetCell { row, .. })) => {
            Place::SheetCell { sheet, row: *row, column }
        }
        (Place::TableCell { table, column, .. }, Some(Place::TableCell { row, .. })) => {
            Place::TableCell { table, row: *row, column }
        }
        (own, _) => own,
    }
}
