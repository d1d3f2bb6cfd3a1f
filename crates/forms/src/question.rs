//! Questions: labels found in grids, each with the answer that belongs to it.
//!
//! Which cells are labels is told by the lexicon; where their answers stand (after them, before
//! them, below, above, in the same cell) by a vote over the whole grid, so that one odd cell does
//! not lead astray. Which key a question asks for is decided in `assign`.

mod cell;
mod mark;
mod place;

use model::{Place, Span};

use self::cell::{Cell, Kind, is_weak, look};
use self::mark::{
    demote, demote_rows, is_stacked, mark_empty_columns, mark_numbered, mark_numbers, rejoin,
    split_stacked,
};
pub(crate) use self::place::Direction;
use self::place::{answer_of, label_columns, label_rows, vote};
use crate::fold::{fold, words};
use crate::grid::{Grid, text_of};
use crate::inline;
use crate::labels::Labels;
use crate::lexicon::{Match, strip_number};

/// Words of a label; ours have at most 10.
pub(crate) const LABEL_WORDS_MAX: usize = 14;
/// Rows from which a column without any text means nothing. Chosen by hand: in a short table all
/// answers may be missing.
const ROWS_FOR_COLUMNS: usize = 8;
/// Words of a label that no wording tells. Chosen by hand: longer text with a colon is prose.
const WEAK_WORDS_MAX: usize = 8;
/// A label with its answer.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The label as written, without its number.
    pub(crate) label: String,
    /// The number of the question.
    pub(crate) number: Option<u32>,
    /// What it may ask for, best first.
    pub(crate) matches: Vec<Match>,
    /// Whether the wording alone says that it is a label.
    pub(crate) is_sure: bool,
    /// What stands in the place of its answer.
    pub(crate) answer: Vec<Span>,
    /// Where the label stands, for answers that are empty.
    pub(crate) place: Place,
    /// The row of its grid.
    pub(crate) row: usize,
}

impl Question {
    /// The answer as text.
    pub(crate) fn answer_text(&self) -> String {
        text_of(&self.answer)
    }
}

/// The questions of a grid in reading order.
pub(crate) fn find_questions(grid: &Grid, labels: &Labels<'_>) -> Vec<Question> {
    // Where answers have cells of their own, no label runs into its answer.
    let single = grid.rows.iter().filter(|row| row.len() == 1).count();
    let alone = single * 10 >= grid.rows.len() * 7;
    let look_row =
        |row: &Vec<Vec<Span>>| row.iter().map(|spans| look(spans, alone, labels)).collect();
    let mut rows: Vec<Vec<Cell>> = grid.rows.iter().map(look_row).collect();
    mark_numbers(&mut rows);
    if grid.is_table && rows.len() >= ROWS_FOR_COLUMNS {
        mark_empty_columns(&mut rows);
    }
    if is_stacked(&rows) {
        split_stacked(&mut rows, labels);
    }
    mark_numbered(&mut rows);
    let direction = labels.direction().unwrap_or_else(|| vote(&rows, grid.is_table));
    let columns = label_columns(&rows, grid.is_table, direction);
    rejoin(&mut rows, &columns, direction, labels);
    demote(&mut rows, grid.is_table, &columns, direction);
    let label_rows = label_rows(&rows, direction);
    demote_rows(&mut rows, &label_rows, direction);
    let colons = says_colons(&rows, labels);
    let mut out = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        let before = out.len();
        for (c, cell) in row.iter().enumerate() {
            if !cell.inner.is_empty() {
                out.extend(cell.inner.iter().cloned());
                continue;
            }
            let sure = cell.kind == Kind::Label;
            if let Some(question) = weak_colon(cell, labels).filter(|_| colons && !sure) {
                out.push(question);
                continue;
            }
            let placed = columns.contains(&c) || label_rows.contains(&r);
            let weak = cell.kind == Kind::Text && (cell.is_numbered || placed && is_weak(row, c));
            if !sure && !weak {
                continue;
            }
            let direction = labels.direction_of(&cell.label.text).unwrap_or(direction);
            let answer = answer_of(&rows, (r, c), direction, grid.is_table, sure);
            out.push(question(cell, row, answer, sure));
        }
        for found in &mut out[before..] {
            found.row = r;
        }
    }
    out
}

/// Whether most lines of a grid are a label, a colon and an answer, so that the others are as well.
fn says_colons(rows: &[Vec<Cell>], labels: &Labels<'_>) -> bool {
    let cells = || rows.iter().filter(|row| row.len() <= 2).flatten();
    let known = cells().filter(|cell| !cell.inner.is_empty()).count();
    let weak =
        cells().filter(|cell| cell.inner.is_empty() && weak_colon(cell, labels).is_some()).count();
    known >= 3 && known >= weak / 2
}

/// A line with a colon or another sign, or a cell of several lines, whose label no wording tells.
fn weak_colon(cell: &Cell, labels: &Labels<'_>) -> Option<Question> {
    let (span, head, answer) = match cell.spans.as_slice() {
        [] => return None,
        [span] => {
            let (head, rest) = inline::cut(&span.text)?;
            (span, head, inline::answer_span(span, rest))
        }
        [span, rest @ ..] => (span, span.text.as_str(), rest.to_vec()),
    };
    let label = strip_number(head);
    let count = words(&fold(&label.text)).count();
    if count == 0 || count > WEAK_WORDS_MAX || cell.kind != Kind::Text {
        return None;
    }
    Some(Question {
        matches: labels.matches(&label.text),
        label: label.text,
        number: label.number,
        is_sure: false,
        answer,
        place: span.place.clone(),
        row: 0,
    })
}

fn question(cell: &Cell, row: &[Cell], answer: Vec<Span>, is_sure: bool) -> Question {
    let beside = row.iter().filter(|c| c.kind == Kind::Aside).find_map(|c| c.label.number);
    Question {
        label: cell.label.text.clone(),
        number: cell.label.number.or(beside),
        matches: cell.matches.clone(),
        is_sure,
        answer,
        place: cell.spans.first().map_or(Place::Whole, |s| s.place.clone()),
        row: 0,
    }
}
