//! Cells of a grid and what each is taken for by itself.

use model::Span;

use super::{LABEL_WORDS_MAX, Question};
use crate::fold::{fold, words};
use crate::grid::text_of;
use crate::inline::{self, COLON_LEAST, LABEL_LEAST, inner_questions, is_label, score};
use crate::labels::Labels;
use crate::lexicon::{Label, Match, strip_number};
use crate::{boxes, vocabulary};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    /// The number of a question, or a cell of a column that holds nothing.
    Aside,
    Label,
    Text,
}

/// A cell of a grid with what it was taken for.
pub(super) struct Cell {
    pub(super) spans: Vec<Span>,
    pub(super) text: String,
    pub(super) label: Label,
    pub(super) matches: Vec<Match>,
    pub(super) kind: Kind,
    /// Questions whose answers stand in this cell.
    pub(super) inner: Vec<Question>,
    /// Whether its number makes it a label.
    pub(super) is_numbered: bool,
}

/// Tells what a cell is.
pub(super) fn look(spans: &[Span], alone: bool, labels: &Labels<'_>) -> Cell {
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
    if !boxes && !signs && is_specked(&cell.text, labels) {
        cell.label = strip_number(&cell.text);
        cell.matches = labels.matches(&cell.label.text.replace([':', '：'], " "));
        cell.kind = Kind::Label;
        return cell;
    }
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

/// Whether a text is a label with a colon amid its words, which a recognizer makes of a speck.
fn is_specked(text: &str, labels: &Labels<'_>) -> bool {
    let text = strip_number(text).text;
    let amid = text.trim_end().trim_end_matches([':', '：']).split_once([':', '：']);
    amid.is_some_and(|(_, rest)| {
        let whole = text.replace([':', '：'], " ");
        labels.exact(rest).is_none() && labels.exact(&whole).is_some()
    })
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

/// The sign after the number that begins a text.
pub(super) fn number_sign(text: &str) -> Option<char> {
    text.chars().find(|c| !c.is_numeric())
}

/// Whether a number begins the text of a cell, with nothing but a blank behind it.
pub(super) fn is_counted(cell: &Cell) -> bool {
    cell.label.number.is_some() && number_sign(&cell.text) == Some(' ')
}

/// A cell that stands where labels stand, without being one by its wording.
pub(super) fn is_weak(row: &[Cell], c: usize) -> bool {
    row.len() >= 2 && words(&fold(&row[c].label.text)).count() <= LABEL_WORDS_MAX
}
