//! Where labels stand in a grid, and where their answers, seen from them.

use model::Span;

use super::cell::{Cell, Kind};
use crate::boxes;
use crate::fit::fit;
use crate::lexicon::{Match, Target};

/// Share of a table's column that must be labels for the rest of it to be taken for labels too.
/// Chosen by hand.
const COLUMN_SHARE: f32 = 0.4;

/// Rows of several labels from which a row of one is one as well. Chosen by hand.
const ROWS_OF_LABELS: usize = 2;

/// Where answers stand, seen from their labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
    Below,
    Above,
}

impl Direction {
    /// The way from an answer to its label.
    pub(super) fn back(self) -> Direction {
        match self {
            Direction::Next => Direction::Previous,
            Direction::Previous => Direction::Next,
            Direction::Below => Direction::Above,
            Direction::Above => Direction::Below,
        }
    }
}

/// What stands in the place of the answer to a label; of boxes to tick all that follow each other.
pub(super) fn answer_of(
    rows: &[Vec<Cell>],
    (r, c): (usize, usize),
    direction: Direction,
    is_table: bool,
    sure: bool,
) -> Vec<Span> {
    let found = neighbor(rows, r, c, direction, is_table).filter(|n| {
        n.inner.is_empty()
            && !n.is_numbered
            && n.kind != Kind::Label
            && n.kind != Kind::Blank
            && (sure || n.kind == Kind::Text)
    });
    let Some(found) = found else { return Vec::new() };
    let mut out = found.spans.clone();
    if direction == Direction::Next && boxes::has_box(&found.text) {
        let further = rows[r][c + 1..].iter().skip_while(|cell| cell.text != found.text).skip(1);
        for cell in further.take_while(|cell| boxes::has_box(&cell.text)) {
            out.extend(cell.spans.iter().cloned());
        }
    }
    out
}

pub(super) fn vote(rows: &[Vec<Cell>], is_table: bool) -> Direction {
    let mut best = (f32::NEG_INFINITY, Direction::Next);
    for direction in [Direction::Next, Direction::Previous, Direction::Below, Direction::Above] {
        let mut sum = 0.0;
        for (r, row) in rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate().filter(|(_, x)| x.kind == Kind::Label) {
                sum += match neighbor(rows, r, c, direction, is_table) {
                    Some(n) if !n.inner.is_empty() => -0.5,
                    Some(n) => match n.kind {
                        Kind::Text => 1.0 + content(&cell.matches, &n.text),
                        Kind::Label if is_table => -0.6,
                        Kind::Blank => 0.3,
                        Kind::Aside | Kind::Label => 0.0,
                    },
                    None if is_table => -0.3,
                    None => 0.0,
                };
            }
        }
        if sum > best.0 {
            best = (sum, direction);
        }
    }
    best.1
}

/// What an answer's content says of the best match of a label.
fn content(matches: &[Match], text: &str) -> f32 {
    match matches.first().map(|m| m.target) {
        Some(Target::One(key)) => fit(key, text),
        Some(Target::Two(first, second)) => fit(first, text).max(fit(second, text)).max(0.0),
        _ => 0.0,
    }
}

pub(super) fn neighbor(
    rows: &[Vec<Cell>],
    r: usize,
    c: usize,
    direction: Direction,
    is_table: bool,
) -> Option<&Cell> {
    let beside = |row: &[Cell], c: usize| row.get(c).is_some_and(|x| x.kind != Kind::Aside);
    match direction {
        Direction::Next => {
            let row = &rows[r];
            (c + 1..row.len()).find(|i| beside(row, *i)).map(|i| &row[i])
        }
        Direction::Previous => {
            let row = &rows[r];
            (0..c).rev().find(|i| beside(row, *i)).map(|i| &row[i])
        }
        Direction::Below | Direction::Above => {
            let other = if direction == Direction::Below {
                rows.get(r + 1)?
            } else {
                rows.get(r.checked_sub(1)?)?
            };
            let same = is_table || other.len() == rows[r].len();
            if same { other.get(c) } else { None }
        }
    }
}

/// Columns in which labels stand, so that a misread one is known by its place.
pub(super) fn label_columns(
    rows: &[Vec<Cell>],
    is_table: bool,
    direction: Direction,
) -> Vec<usize> {
    if !matches!(direction, Direction::Next | Direction::Previous) {
        return Vec::new();
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = Vec::new();
    for c in 0..width {
        let cells: Vec<&Cell> = rows
            .iter()
            .filter(|row| is_table || row.len() == 2)
            .filter_map(|row| row.get(c))
            .filter(|cell| matches!(cell.kind, Kind::Label | Kind::Text))
            .collect();
        let labels = cells.iter().filter(|cell| cell.kind == Kind::Label).count();
        if labels >= 3 && labels as f32 >= COLUMN_SHARE * cells.len() as f32 {
            out.push(c);
        }
    }
    out
}

/// The same for rows, where answers stand below or above their labels.
pub(super) fn label_rows(rows: &[Vec<Cell>], direction: Direction) -> Vec<usize> {
    if !matches!(direction, Direction::Below | Direction::Above) {
        return Vec::new();
    }
    let is_labels = |row: &Vec<Cell>| {
        let filled = row.iter().filter(|c| matches!(c.kind, Kind::Label | Kind::Text)).count();
        let labels = row.iter().filter(|c| c.kind == Kind::Label).count();
        labels >= 1 && labels as f32 >= COLUMN_SHARE * filled as f32
    };
    // A row of one cell is what is left over for the last question.
    let several = (0..rows.len()).filter(|r| rows[*r].len() >= 2 && is_labels(&rows[*r])).count();
    (0..rows.len())
        .filter(|r| is_labels(&rows[*r]) && (rows[*r].len() >= 2 || several >= ROWS_OF_LABELS))
        .collect()
}
