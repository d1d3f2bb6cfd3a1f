//! A line of numbers and words: the parts put together, with other readings of the words.
//!
//! Numbers are told by their shapes and words by the recognizer; here they become one text in reading
//! order. Knows no pictures.

use model::layout::Reading;

use crate::page::bidi::{self, Direction};

/// A line of numbers and words, from the left.
pub(super) struct Mixed {
    clusters: Vec<String>,
    /// The same with other readings of the words.
    variants: [Vec<String>; VARIANTS],
    varied: [bool; VARIANTS],
    sure: f32,
    letters: usize,
    least: f32,
}

/// Other readings of a line of numbers and words that are kept.
const VARIANTS: usize = 2;
/// Their confidence over that of the first. Chosen by hand.
const LESS_SURE: f32 = 0.8;

impl Default for Mixed {
    fn default() -> Self {
        Mixed {
            clusters: Vec::new(),
            variants: Default::default(),
            varied: [false; VARIANTS],
            sure: 0.0,
            letters: 0,
            least: 1.0,
        }
    }
}

impl Mixed {
    pub(super) fn add_number(&mut self, characters: Vec<char>, confidence: f32) {
        self.sure += confidence * characters.len() as f32;
        self.letters += characters.len();
        self.least = self.least.min(confidence);
        let clusters: Vec<String> = characters.into_iter().map(String::from).collect();
        for line in std::iter::once(&mut self.clusters).chain(&mut self.variants) {
            part_words(line);
            line.extend(clusters.iter().cloned());
        }
    }

    pub(super) fn add_words(&mut self, text: &str, confidence: f32, others: &[Reading]) {
        let letters = text.chars().count();
        self.sure += confidence * letters as f32;
        self.letters += letters;
        for (i, line) in self.variants.iter_mut().enumerate() {
            part_words(line);
            self.varied[i] |= others.get(i).is_some();
            line.push(others.get(i).map_or_else(|| text.to_owned(), |other| other.text.clone()));
        }
        part_words(&mut self.clusters);
        self.clusters.push(text.to_owned());
    }

    /// The line in reading order.
    pub(super) fn read(&self, direction: Direction) -> Reading {
        let confidence = self.sure / self.letters.max(1) as f32;
        Reading { text: bidi::to_logical(&self.clusters, direction), confidence }
    }

    /// The other readings, less sure than the first.
    pub(super) fn others(&self, direction: Direction) -> Vec<Reading> {
        let confidence = LESS_SURE * self.sure / self.letters.max(1) as f32;
        let lines = self.variants.iter().zip(self.varied).filter(|(_, varied)| *varied);
        lines
            .map(|(line, _)| Reading { text: bidi::to_logical(line, direction), confidence })
            .collect()
    }

    /// How sure the least sure number is.
    pub(super) fn least(&self) -> f32 {
        self.least
    }
}

fn part_words(clusters: &mut Vec<String>) {
    if !clusters.is_empty() {
        clusters.push(" ".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn other(text: &str) -> Reading {
        Reading { text: text.to_owned(), confidence: 0.5 }
    }

    #[test]
    fn parts_from_the_left_are_a_line_from_the_right() {
        let mut line = Mixed::default();
        line.add_words("سوري", 0.9, &[]);
        line.add_number(number("١٢/٥/١٩٩٠"), 0.8);
        let read = line.read(Direction::RightToLeft);
        assert_eq!(read.text, "١٢/٥/١٩٩٠ سوري");
        let expected = (0.9 * 4.0 + 0.8 * 9.0) / 13.0;
        assert!((read.confidence - expected).abs() < 1e-6, "{}", read.confidence);
        assert!(line.others(Direction::RightToLeft).is_empty());
        assert!((line.least() - 0.8).abs() < 1e-6);
    }

    #[test]
    fn other_readings_of_words_keep_the_numbers() {
        let mut line = Mixed::default();
        line.add_words("l", 0.4, &[other("I"), other("1"), other("one too many")]);
        line.add_number(number("33"), 0.9);
        line.add_words("kg", 0.9, &[]);
        let others = line.others(Direction::LeftToRight);
        let texts: Vec<&str> = others.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts, ["I 33 kg", "1 33 kg"]);
        let first = line.read(Direction::LeftToRight);
        assert!(others.iter().all(|r| r.confidence < first.confidence));
    }

    #[test]
    fn the_least_sure_number_is_told_and_none_is_sure() {
        let mut line = Mixed::default();
        assert!((line.least() - 1.0).abs() < 1e-6);
        line.add_number(number("7"), 0.6);
        line.add_number(number("8"), 0.9);
        assert!((line.least() - 0.6).abs() < 1e-6);
    }
}
