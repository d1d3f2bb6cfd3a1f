//! What cells are taken for once the whole grid is seen: numbers, stacked cells, and answers that
//! resemble labels.

use super::Question;
use super::cell::{Cell, Kind, is_counted, number_sign};
use super::place::{Direction, neighbor};
use crate::boxes;
use crate::inline::{self, CLEAR_LEAST, LABEL_LEAST, is_label, score};
use crate::labels::Labels;
use crate::lexicon::strip_number;

/// Cells with label and answer from which the others are taken apart too. Chosen by hand.
const STACKED_MIN: usize = 4;
/// Numbered labels from which the numbers tell labels. Chosen by hand.
const NUMBERED_MIN: usize = 5;
/// How far a number may be from the one before. Chosen by hand: a question or two may be lost.
const NUMBER_GAP_MAX: u32 = 3;

/// Whether cells hold a label on their first line and the answer below it, as most of those of
/// several lines do.
pub(super) fn is_stacked(rows: &[Vec<Cell>]) -> bool {
    let several = || rows.iter().flatten().filter(|cell| cell.spans.len() > 1);
    let (all, known) = (several().count(), several().filter(|c| !c.inner.is_empty()).count());
    known >= STACKED_MIN && known * 10 >= all * 6
}

/// Takes the other cells of several lines apart in the same way.
pub(super) fn split_stacked(rows: &mut [Vec<Cell>], labels: &Labels<'_>) {
    for cell in rows.iter_mut().flatten() {
        let [first, rest @ ..] = cell.spans.as_slice() else { continue };
        if rest.is_empty() || !cell.inner.is_empty() {
            continue;
        }
        let label = strip_number(&first.text);
        let matches = labels.matches(&label.text);
        cell.inner = vec![Question {
            is_sure: is_label(&matches, LABEL_LEAST),
            matches,
            label: label.text,
            number: label.number,
            answer: rest.to_vec(),
            place: first.place.clone(),
            row: 0,
        }];
    }
}

/// Where questions are numbered one after the other, the number tells a label from an answer.
pub(super) fn mark_numbered(rows: &mut [Vec<Cell>]) {
    let labelled = |cell: &Cell| cell.label.number.is_some() && !cell.label.text.is_empty();
    let style = rows.iter().flatten().find(|cell| cell.kind == Kind::Label && labelled(cell));
    let style = style.and_then(|cell| number_sign(&cell.text));
    let is_numbered = |cell: &Cell| labelled(cell) && number_sign(&cell.text) == style;
    let labels = || rows.iter().flatten().filter(|cell| cell.kind == Kind::Label);
    let (all, known) = (labels().count(), labels().filter(|cell| is_numbered(cell)).count());
    if known < NUMBERED_MIN || known * 10 < all * 7 {
        return;
    }
    let mut last = None;
    for cell in rows.iter_mut().flatten().filter(|cell| cell.inner.is_empty()) {
        let next = cell.label.number.filter(|_| is_numbered(cell));
        let follows = next.is_some_and(|n| last.is_none_or(|l| n > l && n <= l + NUMBER_GAP_MAX));
        if follows && matches!(cell.kind, Kind::Label | Kind::Text) {
            cell.is_numbered = true;
            last = next;
        } else if cell.kind == Kind::Label && score(&cell.matches) < CLEAR_LEAST {
            cell.kind = Kind::Text;
        }
    }
}

/// Labels that go on in a second line, which were taken for a label with its answer below: in a column
/// of labels with their answers beside them, this one has its answer there too.
pub(super) fn rejoin(
    rows: &mut [Vec<Cell>],
    columns: &[usize],
    direction: Direction,
    labels: &Labels<'_>,
) {
    let is_apart = |cell: &Cell| {
        let plain = |span: &model::Span| inline::cut(&span.text).is_none();
        cell.inner.len() == 1 && cell.spans.iter().all(plain) && !boxes::has_box(&cell.text)
    };
    for c in columns {
        let cells = || rows.iter().filter_map(|row| row.get(*c));
        let whole = cells().filter(|cell| cell.kind == Kind::Label).count();
        if cells().filter(|cell| is_apart(cell)).count() * 3 > whole {
            continue; // Here that is how answers stand.
        }
        let wrapped: Vec<usize> = (0..rows.len())
            .filter(|r| rows[*r].get(*c).is_some_and(is_apart))
            .filter(|r| {
                neighbor(rows, *r, *c, direction, true).is_some_and(|beside| {
                    matches!(beside.kind, Kind::Text | Kind::Blank) && beside.inner.is_empty()
                })
            })
            .collect();
        for r in wrapped {
            let cell = &mut rows[r][*c];
            let first = cell.inner.pop().map(|question| question.matches).unwrap_or_default();
            cell.label = strip_number(&cell.text.replace('\n', " "));
            let joined = labels.matches(&cell.label.text);
            cell.matches = if score(&joined) > score(&first) { joined } else { first };
            cell.kind = Kind::Label;
        }
    }
}

/// Takes answers that resemble a label for what they are where labels stand in rows of their own.
pub(super) fn demote_rows(rows: &mut [Vec<Cell>], label_rows: &[usize], direction: Direction) {
    if label_rows.is_empty() {
        return;
    }
    for r in (0..rows.len()).filter(|r| !label_rows.contains(r)) {
        for c in 0..rows[r].len() {
            let cell = &rows[r][c];
            let faint = || score(&cell.matches) < CLEAR_LEAST;
            if cell.kind == Kind::Label && (faint() || is_answer(rows, (r, c), direction)) {
                rows[r][c].kind = Kind::Text;
            }
        }
    }
}

/// Whether a cell stands where a label has its answer, and has none itself: what was left in trust may
/// be a `telephone`.
fn is_answer(rows: &[Vec<Cell>], (r, c): (usize, usize), direction: Direction) -> bool {
    let asked = neighbor(rows, r, c, direction.back(), true);
    let own = neighbor(rows, r, c, direction, true);
    asked.is_some_and(|cell| cell.kind == Kind::Label && cell.inner.is_empty())
        && own.is_none_or(|cell| cell.kind != Kind::Text)
}

/// Takes answers that resemble a label for what they are: in a table by their column, in a line by
/// the clearer label just before them.
pub(super) fn demote(
    rows: &mut [Vec<Cell>],
    is_table: bool,
    columns: &[usize],
    direction: Direction,
) {
    let numbered = rows.iter().flatten().filter(|c| c.kind == Kind::Label && is_counted(c)).count();
    for r in 0..rows.len() {
        for c in 0..rows[r].len() {
            let outside = !columns.is_empty() && !columns.contains(&c);
            if is_table && outside && rows[r][c].kind == Kind::Label {
                let beside = |column: &usize| rows[r].get(*column).map(|cell| &cell.kind);
                let by_label = columns.iter().any(|column| beside(column) == Some(&Kind::Label));
                if by_label && is_answer(rows, (r, c), direction) {
                    rows[r][c].kind = Kind::Text;
                    continue;
                }
            }
            let row = &mut rows[r];
            // Where questions have no numbers, `3 children` counts children.
            let counts = numbered == 1 && is_counted(&row[c]);
            if row[c].kind != Kind::Label || score(&row[c].matches) >= CLEAR_LEAST && !counts {
                continue;
            }
            let beside = match direction {
                Direction::Next => c.checked_sub(1).and_then(|before| row.get(before)),
                Direction::Previous => row.get(c + 1),
                Direction::Below | Direction::Above => continue,
            };
            let after_label =
                beside.is_some_and(|b| b.kind == Kind::Label && score(&b.matches) >= CLEAR_LEAST);
            if if is_table { outside } else { after_label } {
                row[c].kind = Kind::Text;
            }
        }
    }
}

/// Marks the cells of columns without any text, which rulings and merged cells leave.
pub(super) fn mark_empty_columns(rows: &mut [Vec<Cell>]) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for c in 1..width.saturating_sub(1) {
        if !rows.iter().filter_map(|row| row.get(c)).all(|cell| cell.kind == Kind::Blank) {
            continue;
        }
        for cell in rows.iter_mut().filter_map(|row| row.get_mut(c)) {
            cell.kind = Kind::Aside;
        }
    }
}

/// Marks cells that hold the numbers of questions: one or two digits in a column of such.
pub(super) fn mark_numbers(rows: &mut [Vec<Cell>]) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    for c in 0..width {
        let numbers: Vec<Option<u32>> = rows
            .iter()
            .filter_map(|row| row.get(c))
            .filter(|cell| cell.kind != Kind::Blank)
            .map(|cell| cell.label.number.filter(|_| cell.label.text.is_empty()))
            .collect();
        let found: Vec<u32> = numbers.iter().flatten().copied().collect();
        let rising = found.windows(2).filter(|w| w[0] < w[1]).count() + 1;
        if found.len() < 3 || found.len() * 10 < numbers.len() * 6 || rising * 10 < found.len() * 8
        {
            continue;
        }
        for row in rows.iter_mut() {
            if let Some(cell) = row.get_mut(c)
                && cell.label.number.is_some()
                && cell.label.text.is_empty()
            {
                cell.kind = Kind::Aside;
            }
        }
    }
}
