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
