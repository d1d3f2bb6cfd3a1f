//! Questions: labels found in grids, each with the answer that belongs to it.
//!
//! Which cells are labels is told by the lexicon; where their answers stand (after them, before
//! them, below, above, in the same cell) by a vote over the whole grid, so that one odd cell does
//! not lead astray. Which key a question asks for is decided in `assign`.

use model::{Place, Span};

use crate::fit::fit;
use crate::fold::{fold, words};
use crate::grid::{Grid, text_of};
use crate::inline::{
    self, CLEAR_LEAST, COLON_LEAST, LABEL_LEAST, inner_questions, is_label, score,
};
use crate::labels::Labels;
use crate::lexicon::{Label, Match, Target, strip_number};
use crate::{boxes, vocabulary};

/// Words of a label; ours have at most 10.
pub(crate) const LABEL_WORDS_MAX: usize = 14;
/// Rows from which a column without any text means nothing. Chosen by hand: in a short table all
/// answers may be missing.
const ROWS_FOR_COLUMNS: usize = 8;
/// Words of a label that no wording tells. Chosen by hand: longer text with a colon is prose.
const WEAK_WORDS_MAX: usize = 8;
/// Cells with label and answer from which the others are taken apart too. Chosen by hand.
const STACKED_MIN: usize = 4;
/// Numbered labels from which the numbers tell labels. Chosen by hand.
const NUMBERED_MIN: usize = 5;
/// How far a number may be from the one before. Chosen by hand: a question or two may be lost.
const NUMBER_GAP_MAX: u32 = 3;
/// Share of a table's column that must be labels for the rest of it to be taken for labels too.
/// Chosen by hand.
const COLUMN_SHARE: f32 = 0.4;

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

/// Where answers stand, seen from their labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Next,
    Previous,
    Below,
    Above,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    /// The number of a question, or a cell of a column that holds nothing.
    Aside,
    Label,
    Text,
}

/// A cell of a grid with what it was taken for.
struct Cell {
    spans: Vec<Span>,
    text: String,
    label: Label,
    matches: Vec<Match>,
    kind: Kind,
    /// Questions whose answers stand in this cell.
    inner: Vec<Question>,
    /// Whether its number makes it a label.
    is_numbered: bool,
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
    demote(&mut rows, grid.is_table, &columns, direction);
    let label_rows = label_rows(&rows, direction);
    demote_rows(&mut rows, &label_rows);
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
            let answer = answer_of(&rows, (r, c), direction, grid.is_table, sure);
            out.push(question(cell, row, answer, sure));
        }
        for found in &mut out[before..] {
            found.row = r;
        }
    }
    out
}

/// What stands in the place of the answer to a label; of boxes to tick all that follow each other.
fn answer_of(
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

/// Whether cells hold a label on their first line and the answer below it, as most of those of
/// several lines do.
fn is_stacked(rows: &[Vec<Cell>]) -> bool {
    let several = || rows.iter().flatten().filter(|cell| cell.spans.len() > 1);
    let (all, known) = (several().count(), several().filter(|c| !c.inner.is_empty()).count());
    known >= STACKED_MIN && known * 10 >= all * 6
}

/// Takes the other cells of several lines apart in the same way.
fn split_stacked(rows: &mut [Vec<Cell>], labels: &Labels<'_>) {
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

/// The sign after the number that begins a text.
fn number_sign(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_numeric())
}

/// Where questions are numbered one after the other, the number tells a label from an answer.
fn mark_numbered(rows: &mut [Vec<Cell>]) {
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

/// The same where labels stand in rows of their own.
fn demote_rows(rows: &mut [Vec<Cell>], label_rows: &[usize]) {
    if label_rows.is_empty() {
        return;
    }
    for (_, row) in rows.iter_mut().enumerate().filter(|(r, _)| !label_rows.contains(r)) {
        for cell in row.iter_mut() {
            if cell.kind == Kind::Label && score(&cell.matches) < CLEAR_LEAST {
                cell.kind = Kind::Text;
            }
        }
    }
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

/// Takes answers that resemble a label for what they are: in a table by their column, in a line by
/// the clearer label just before them.
fn demote(rows: &mut [Vec<Cell>], is_table: bool, columns: &[usize], direction: Direction) {
    for row in rows {
        for c in 0..row.len() {
            if row[c].kind != Kind::Label || score(&row[c].matches) >= CLEAR_LEAST {
                continue;
            }
            let beside = match direction {
                Direction::Next => c.checked_sub(1).and_then(|before| row.get(before)),
                Direction::Previous => row.get(c + 1),
                Direction::Below | Direction::Above => continue,
            };
            let after_label =
                beside.is_some_and(|b| b.kind == Kind::Label && score(&b.matches) >= CLEAR_LEAST);
            let outside = !columns.is_empty() && !columns.contains(&c);
            if if is_table { outside } else { after_label } {
                row[c].kind = Kind::Text;
            }
        }
    }
}

/// A cell that stands where labels stand, without being one by its wording.
fn is_weak(row: &[Cell], c: usize) -> bool {
    row.len() >= 2 && words(&fold(&row[c].label.text)).count() <= LABEL_WORDS_MAX
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

/// Tells what a cell is.
fn look(spans: &[Span], alone: bool, labels: &Labels<'_>) -> Cell {
    let text = text_of(spans);
    let mut cell = Cell {
        spans: spans.to_vec(),
        label: Label { number: None, text: String::new() },
        text,
        matches: Vec::new(),
        kind: Kind::Blank,
        inner: Vec::new(),
        is_numbered: false,
    };
    let folded = fold(&cell.text);
    if folded.is_empty() {
        let unread = cell.text.contains(['?', '\u{fffd}']);
        cell.kind = if unread { Kind::Text } else { Kind::Blank };
        return cell;
    }
    cell.kind = Kind::Text;
    let colon_inside = |s: &Span| s.text.trim_end().trim_end_matches(':').contains([':', '：']);
    let boxes = boxes::has_box(&cell.text);
    let signs = alone && spans.iter().any(|s| inline::has_sign(&s.text));
    if boxes || signs || spans.len() > 1 || spans.iter().any(colon_inside) {
        cell.inner = inner_questions(spans, alone, labels);
        if boxes || !cell.inner.is_empty() {
            return cell;
        }
    }
    let head = cell.text.trim_end_matches(|c: char| c.is_whitespace() || "._…-–".contains(c));
    let colon_ends = head.ends_with([':', '：']);
    cell.label = strip_number(head);
    let parted = signs && inline::is_parted(&cell.text, labels);
    if words(&folded).count() <= LABEL_WORDS_MAX && !parted {
        cell.matches = best_matches(spans, &cell.label.text, labels);
        let least = if colon_ends { COLON_LEAST } else { LABEL_LEAST };
        if is_label(&cell.matches, least)
            && (colon_ends || !vocabulary::is_answer_word(&cell.label.text))
        {
            cell.kind = Kind::Label;
            return cell;
        }
    }
    cell.inner = inner_questions(spans, alone, labels);
    cell
}

/// Letters of another reading from which it may be a label. Chosen by hand: `دم` is what is left of
/// many a blood group.
const READING_LETTERS: usize = 4;

/// Matches of the best reading of a label.
fn best_matches(spans: &[Span], label: &str, labels: &Labels<'_>) -> Vec<Match> {
    let mut best = labels.matches(label);
    if let [span] = spans {
        // A short answer was read in many ways, and short words resemble anything.
        let long =
            |text: &str| text.chars().filter(|c| c.is_alphabetic()).count() >= READING_LETTERS;
        for reading in span.readings.iter().filter(|reading| long(&reading.text)) {
            let other = labels.matches(&strip_number(&reading.text).text);
            if score(&other) > score(&best) {
                best = other;
            }
        }
    }
    best
}

/// Marks the cells of columns without any text, which rulings and merged cells leave.
fn mark_empty_columns(rows: &mut [Vec<Cell>]) {
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
fn mark_numbers(rows: &mut [Vec<Cell>]) {
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

fn vote(rows: &[Vec<Cell>], is_table: bool) -> Direction {
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

fn neighbor(
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
fn label_columns(rows: &[Vec<Cell>], is_table: bool, direction: Direction) -> Vec<usize> {
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
fn label_rows(rows: &[Vec<Cell>], direction: Direction) -> Vec<usize> {
    if !matches!(direction, Direction::Below | Direction::Above) {
        return Vec::new();
    }
    let is_labels = |row: &Vec<Cell>| {
        let filled = row.iter().filter(|c| matches!(c.kind, Kind::Label | Kind::Text)).count();
        let labels = row.iter().filter(|c| c.kind == Kind::Label).count();
        labels >= 1 && labels as f32 >= COLUMN_SHARE * filled as f32
    };
    (0..rows.len()).filter(|r| rows[*r].len() >= 2 && is_labels(&rows[*r])).collect()
}
