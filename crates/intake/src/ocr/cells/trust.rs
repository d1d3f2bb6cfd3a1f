//! What was read of a piece, and how far it is to be trusted.

use model::layout::Reading;

use super::DOUBTFUL;
use super::piece::Piece;
use crate::ocr::tesseract::{Setting, Word};
use crate::page::Bounds;

/// Letters are no wider than so many heights of their line's ink, on the whole. Arabic letters measure
/// some half of it.
const LETTER_WIDTH: f32 = 1.3;
/// Words of so few letters read with less than this, at the ends of lines, are specks. Chosen by hand.
const SPECK: f32 = 0.45;
const SPECK_LETTERS: usize = 2;

/// One line as read.
#[derive(Clone, Debug)]
pub(super) struct ReadLine {
    pub(super) text: String,
    pub(super) confidence: f32,
    pub(super) bounds: Bounds,
    /// Whether all that was read is in it.
    pub(super) whole: bool,
}

/// Takes short words off the ends of a line that were read far worse than the rest: specks, and what
/// is left of stamps. Tells whether there were any.
pub(super) fn drop_specks(words: &mut Vec<Word>) -> bool {
    let speck = |word: &Word| word.confidence < SPECK && word.text.chars().count() <= SPECK_LETTERS;
    let sure = |word: &Word| word.confidence >= DOUBTFUL && !speck(word);
    if !words.iter().any(sure) {
        return false;
    }
    let before = words.len();
    while words.last().is_some_and(speck) {
        words.pop();
    }
    let first = words.iter().position(|word| !speck(word)).unwrap_or(0);
    words.drain(..first);
    words.len() < before
}

/// Mean confidence of lines, less if they are too short for their ink: short words are lost between
/// the dots of their letters.
pub(super) fn credit(lines: &[ReadLine], piece: &Piece) -> f32 {
    let letters: usize = lines.iter().map(|l| l.text.chars().count()).sum();
    let (width, height) = (piece.ink.x1 - piece.ink.x0, piece.ink.y1 - piece.ink.y0);
    let few = piece.setting != Setting::Block && letters as f32 * LETTER_WIDTH * height < width;
    mean(lines) * if few { 0.6 } else { 1.0 }
}

/// Mean confidence of lines, by length.
pub(super) fn mean(lines: &[ReadLine]) -> f32 {
    let letters: usize = lines.iter().map(|l| l.text.chars().count()).sum();
    let weighed: f32 = lines.iter().map(|l| l.confidence * l.text.chars().count() as f32).sum();
    if letters == 0 { 0.0 } else { weighed / letters as f32 }
}

pub(super) fn join(lines: &[ReadLine]) -> String {
    lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
}

pub(super) fn push_reading(readings: &mut Vec<Reading>, lines: &[ReadLine]) {
    let text = join(lines);
    if !text.is_empty() && readings.iter().all(|r| r.text != text) {
        readings.push(Reading { text, confidence: mean(lines) });
    }
    readings.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, confidence: f32) -> Word {
        Word { text: text.to_owned(), bounds: [0, 0, 10, 10], confidence, begins_line: false }
    }

    fn line(text: &str, confidence: f32) -> ReadLine {
        let bounds = Bounds { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };
        ReadLine { text: text.to_owned(), confidence, bounds, whole: true }
    }

    /// A piece with ink so wide and twenty high.
    fn piece(width: f32, setting: Setting) -> Piece {
        let ink = Bounds { x0: 0.0, y0: 0.0, x1: width, y1: 20.0 };
        Piece {
            pixels: Vec::new(),
            width: 0,
            height: 0,
            left: 0.0,
            top: 0.0,
            ink,
            setting,
            scale: 1.0,
        }
    }

    #[test]
    fn specks_go_from_the_ends_of_a_line_that_was_read_well() {
        let texts = |mut words: Vec<Word>| {
            let dropped = drop_specks(&mut words);
            (words.into_iter().map(|w| w.text).collect::<Vec<_>>(), dropped)
        };
        let (kept, dropped) = texts(vec![
            word("x", 0.1),
            word("sure", 0.9),
            word("of", 0.2),
            word("it", 0.8),
            word("i", 0.3),
        ]);
        assert_eq!((kept.join(" "), dropped), ("sure of it".to_owned(), true));
        let (kept, dropped) = texts(vec![word("x", 0.1), word("doubtful", 0.5)]);
        assert_eq!((kept.len(), dropped), (2, false), "nothing tells what the specks are");
    }

    #[test]
    fn a_reading_too_short_for_its_ink_has_less_credit() {
        let read = [line("word", 0.9)];
        let credit_at = |width, setting| credit(&read, &piece(width, setting));
        assert!((credit_at(100.0, Setting::Line) - 0.9).abs() < 1e-6, "25 dots a letter");
        assert!((credit_at(200.0, Setting::Line) - 0.54).abs() < 1e-6, "50 dots a letter");
        assert!((credit_at(200.0, Setting::Block) - 0.9).abs() < 1e-6, "lines of any number");
        assert!(credit(&[], &piece(200.0, Setting::Line)) < 1e-6);
    }

    #[test]
    fn readings_are_kept_once_and_the_surest_first() {
        let mut readings = Vec::new();
        for (text, confidence) in [("one", 0.5), ("two", 0.8), ("one", 0.9), ("", 1.0)] {
            push_reading(&mut readings, &[line(text, confidence)]);
        }
        let texts: Vec<&str> = readings.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts, ["two", "one"]);
    }
}
