//! The language of a page, told once from its longest answers and labels.

use super::piece::Piece;
use super::trust::mean;
use super::{DOUBTFUL, Reader};
use crate::ocr::prepare::{index, whole};
use crate::ocr::tesseract::{Absent, Setting, with_engine};
use crate::page::Bounds;
use crate::page::grid::Grid;

/// A sample above this settles the language without trying the others. Chosen by hand.
const SETTLED: f32 = 0.85;
/// Letters of French that English has not.
const ACCENTED: &str = "éèêëàâçîïôûùÉÈÊÀÇœ";
/// So many of them in the samples make a page French. Chosen by hand: names have one at times.
const ACCENTS_MIN: usize = 2;
/// Cells from which the language is told.
const SAMPLES: usize = 7;

impl Reader<'_> {
    /// The cells with most ink.
    pub(super) fn samples(&self, grids: &[Grid]) -> Vec<Piece> {
        let cells = grids.iter().flat_map(|g| g.rows.iter().flatten());
        let mut pieces: Vec<Piece> =
            cells.filter_map(|bounds| Piece::of(self.page, *bounds, self.inset())).collect();
        if pieces.is_empty() {
            // No table: strips of the page, the size of some lines.
            let (width, height) = (self.page.gray.width() as f32, self.page.gray.height() as f32);
            let step = self.page.dpi;
            let strips = (0..index(whole(height / step))).map(|i| Bounds {
                x0: 0.0,
                x1: width,
                y0: i as f32 * step,
                y1: (i + 1) as f32 * step,
            });
            pieces = strips.filter_map(|bounds| Piece::of(self.page, bounds, 0.0)).collect();
        }
        let extent = |p: &Piece| whole(p.ink.x1 - p.ink.x0);
        pieces.sort_by_key(|p| (p.setting != Setting::Line, std::cmp::Reverse(extent(p))));
        pieces.truncate(SAMPLES);
        pieces
    }

    pub(super) fn choose_language(&self, samples: &[Piece]) -> Result<String, Absent> {
        let mut best: Option<(f32, &str)> = None;
        let mut absent = Absent::Library;
        for language in &self.languages {
            if let Err(why) = with_engine(language, |_| ()) {
                absent = why;
                continue;
            }
            let mut read: Vec<f32> = samples.iter().map(|p| self.sample(p, language)).collect();
            read.sort_by(f32::total_cmp);
            // The middle one: stamps in Latin letters stand on pages of any language.
            let middle = read.get(read.len() / 2).copied().unwrap_or_default();
            // Numbers are read as well in any language, so the rest tells which it is.
            let sure = read.iter().sum::<f32>() / read.len().max(1) as f32;
            if best.is_none_or(|(other, _)| sure > other) {
                best = Some((sure, language));
            }
            if middle > SETTLED || samples.is_empty() {
                break;
            }
        }
        let language = best.map(|(_, language)| language).ok_or(absent)?;
        Ok(self.with_neighbors(language, samples))
    }

    /// French is read as English but for its accents, and names in Latin letters stand on Russian
    /// forms.
    fn with_neighbors(&self, language: &str, samples: &[Piece]) -> String {
        let known = |other: &str| {
            self.languages.iter().any(|l| l == other) && with_engine(other, |_| ()).is_ok()
        };
        if language == "eng" && known("fra") {
            let read = samples.iter().flat_map(|piece| self.recognize(piece, "fra", ""));
            let accents: usize = read
                .filter(|line| line.confidence > DOUBTFUL)
                .map(|line| line.text.chars().filter(|c| ACCENTED.contains(*c)).count())
                .sum();
            if accents >= ACCENTS_MIN {
                return "fra".to_owned();
            }
        }
        if language == "rus" && known("eng") {
            return "rus+eng".to_owned();
        }
        language.to_owned()
    }

    fn sample(&self, piece: &Piece, language: &str) -> f32 {
        let plain = mean(&self.recognize(piece, language, ""));
        if plain > DOUBTFUL {
            return plain;
        }
        plain.max(mean(&self.recognize(&piece.enlarged(), language, "")))
    }
}
