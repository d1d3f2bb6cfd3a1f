//! The text of a prepared page: cells of its grids and the lines around them.
//!
//! Chooses the recognizer's setting from the shape of the ink, and reads again what was read badly.
//! Knows pictures and places, no labels.

mod blood;
mod language;
mod lines;
mod piece;
mod trust;

use model::layout::Reading;
use model::{Block, Cell, Line, Span, Table};

use self::lines::{Strip, strips};
use self::piece::Piece;
use self::trust::{ReadLine, credit, drop_specks, join, mean, push_reading};
use super::digits::{Part, find_numbers};
use super::mixed::Mixed;
use super::prepare::{Prepared, whole};
use super::tesseract::{Absent, Picture, Setting, Word, with_engine};
use crate::page::arrange::{Glyph, arrange_words};
use crate::page::bidi::{self, Direction};
use crate::page::grid::Grid;
use crate::page::{Bounds, Sheet};

/// A reading below this is tried in another language. Chosen by hand.
const DOUBTFUL: f32 = 0.75;
/// A reading above this is not tried otherwise. Chosen by hand: good readings have .9 and more.
const SURE: f32 = 0.88;
/// A short answer read with more is not tried as a blood group. Chosen by hand.
const CERTAIN: f32 = 0.95;
/// Numbers this likely need no other reading. Chosen by hand.
const NUMBER_SURE: f32 = 0.75;
/// What is read with less beside a long number is a stamp or a speck; more is asked where the ink is
/// too high for one line, which a stamp makes it. Chosen by hand.
const DOUBTED: f32 = 0.5;
const DOUBTED_HIGH: f32 = 0.75;
/// Digits of a number that is told even where it seems to stand in several lines. Phones and dates
/// have as many.
const LONG_NUMBER: usize = 6;

/// Reads one prepared page.
pub(super) struct Reader<'a> {
    page: &'a Prepared,
    sheet: Sheet,
    language: String,
    languages: Vec<String>,
    direction: Direction,
}

impl<'a> Reader<'a> {
    /// Tells the language of the page.
    pub(super) fn new(
        page: &'a Prepared,
        sheet: Sheet,
        grids: &[Grid],
        languages: &str,
    ) -> Result<Self, Absent> {
        let languages: Vec<String> =
            languages.split('+').filter(|l| !l.is_empty()).map(str::to_owned).collect();
        let mut reader = Reader {
            page,
            sheet,
            language: String::new(),
            languages,
            direction: Direction::LeftToRight,
        };
        reader.language = reader.choose_language(&reader.samples(grids))?;
        if matches!(reader.language.as_str(), "ara" | "fas" | "urd" | "heb" | "pus" | "kur" | "ckb")
        {
            reader.direction = Direction::RightToLeft;
        }
        Ok(reader)
    }

    /// All blocks of the page, from the top.
    pub(super) fn blocks(&self, grids: &[Grid]) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        let mut top = 0.0;
        let (width, height) = (self.page.gray.width() as f32, self.page.gray.height() as f32);
        for grid in grids {
            if grid.bounds.y0 > top {
                blocks.extend(
                    self.band(Bounds { x0: 0.0, x1: width, y0: top, y1: grid.bounds.y0 }, grids),
                );
            }
            let table = self.table(grid);
            if table.rows.iter().flatten().any(|cell| !cell.spans.is_empty()) {
                blocks.push(Block::Table(table));
            }
            top = grid.bounds.y1.max(top);
        }
        blocks.extend(self.band(Bounds { x0: 0.0, x1: width, y0: top, y1: height }, grids));
        blocks
    }

    fn table(&self, grid: &Grid) -> Table {
        let rows = grid
            .rows
            .iter()
            .map(|row| {
                let mut cells: Vec<Cell> = row.iter().map(|bounds| self.cell(*bounds)).collect();
                if self.direction == Direction::RightToLeft {
                    cells.reverse();
                }
                cells
            })
            .collect();
        Table { register: false, rows }
    }

    fn cell(&self, bounds: Bounds) -> Cell {
        let Some(piece) = Piece::of(self.page, bounds, self.inset()) else {
            return Cell::default();
        };
        Cell { spans: self.spans(&piece) }
    }

    /// A piece as read, a span for each line of it.
    fn spans(&self, piece: &Piece) -> Vec<Span> {
        let (lines, others) = self.read_piece(piece);
        let single = lines.len() == 1;
        let span = |line: ReadLine| {
            let mut span = Span::new(line.text, self.sheet.place(self.page.original(line.bounds)));
            span.confidence = line.confidence;
            if single {
                span.readings.clone_from(&others);
            }
            span
        };
        lines.into_iter().map(span).collect()
    }

    /// The half thickness of a ruling line and the unevenness of its edge.
    fn inset(&self) -> f32 {
        self.page.dpi * 0.01
    }

    /// Reads a piece in the page's language; again in other ways and languages if that went badly.
    fn read_piece(&self, piece: &Piece) -> (Vec<ReadLine>, Vec<Reading>) {
        let mut best = self.recognize(piece, &self.language, "");
        let mut readings = Vec::new();
        if piece.is_short() && mean(&best) < CERTAIN {
            let group = self.recognize(piece, "eng", blood::CHARACTERS);
            push_reading(&mut readings, &blood::with_sign(group, piece));
        }
        if let Some((line, numbers)) = self.read_numbers(piece, &best, &mut readings) {
            // The recognizer loses digits; beside a sure number its reading only misleads.
            if numbers < NUMBER_SURE {
                push_reading(&mut readings, &best);
            }
            return (vec![line], readings);
        }
        if credit(&best, piece) < SURE {
            // Small print and faint dots come out better larger.
            self.improve(&mut best, &mut readings, &piece.enlarged(), &self.language);
        }
        if credit(&best, piece) < DOUBTFUL && piece.setting == Setting::Line {
            // Finding the line fails on short words at times; then the picture is the line.
            self.improve(&mut best, &mut readings, &piece.raw(), &self.language);
        }
        if credit(&best, piece) < DOUBTFUL {
            for language in self.fallbacks() {
                // Letters of another script are there to see; if they are read badly too, they are not.
                let other = self.recognize(piece, language, "");
                if credit(&other, piece) >= DOUBTFUL {
                    push_reading(&mut readings, &std::mem::replace(&mut best, other));
                } else {
                    push_reading(&mut readings, &other);
                }
            }
        }
        (best, readings)
    }

    /// Reads a line with numbers in parts: numbers by their shapes, the rest by the recognizer.
    /// Tells also how sure the least sure number is; other readings of the rest go to `readings`.
    fn read_numbers(
        &self,
        piece: &Piece,
        read: &[ReadLine],
        readings: &mut Vec<Reading>,
    ) -> Option<(ReadLine, f32)> {
        let one_line = read.len() <= 1 && piece.setting == Setting::Line;
        let told = read.iter().any(|l| !l.whole || l.text.chars().any(char::is_numeric));
        if self.direction == Direction::LeftToRight || !(told || mean(read) < SURE) {
            return None;
        }
        let parts = find_numbers(&piece.pixels, piece.width, piece.height)?;
        let long = parts.iter().any(|part| part.digits() >= LONG_NUMBER);
        if !one_line && !long {
            return None;
        }
        let doubted = if one_line { DOUBTED } else { DOUBTED_HIGH };
        let mut line = Mixed::default();
        for part in parts {
            match part {
                Part::Number { characters, confidence, .. } => {
                    line.add_number(characters, confidence);
                }
                Part::Other { from, to } => {
                    let (lines, others) = self.read_words(&piece.columns(from, to));
                    if mean(&lines) >= doubted || !long {
                        line.add_words(&join(&lines), mean(&lines), &others);
                    }
                }
            }
        }
        readings.extend(line.others(self.direction));
        let Reading { text, confidence } = line.read(self.direction);
        Some((ReadLine { text, confidence, bounds: piece.ink, whole: true }, line.least()))
    }

    /// Reads words beside numbers, in other ways too where that went badly.
    fn read_words(&self, piece: &Piece) -> (Vec<ReadLine>, Vec<Reading>) {
        let mut best = self.recognize(piece, &self.language, "");
        let mut readings = Vec::new();
        if credit(&best, piece) < SURE {
            self.improve(&mut best, &mut readings, &piece.enlarged(), &self.language);
        }
        if credit(&best, piece) < DOUBTFUL && piece.setting == Setting::Line {
            self.improve(&mut best, &mut readings, &piece.raw(), &self.language);
        }
        (best, readings)
    }

    /// Keeps the surer of the best reading so far and a new one, and the other beside it.
    fn improve(
        &self,
        best: &mut Vec<ReadLine>,
        readings: &mut Vec<Reading>,
        piece: &Piece,
        language: &str,
    ) {
        let mut other = self.recognize(piece, language, "");
        if credit(&other, piece) > credit(best, piece) {
            std::mem::swap(best, &mut other);
        }
        push_reading(readings, &other);
    }

    /// Blood groups and Latin names stand on Arabic and Russian forms as well.
    fn fallbacks(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(String::as_str).filter(|l| *l == "eng" && *l != self.language)
    }

    fn recognize(&self, piece: &Piece, language: &str, whitelist: &str) -> Vec<ReadLine> {
        let picture = Picture { pixels: &piece.pixels, width: piece.width, height: piece.height };
        let dpi = i32::try_from(whole(self.page.dpi)).unwrap_or(300);
        let words = with_engine(language, |e| e.read(picture, dpi, piece.setting, whitelist));
        let mut lines: Vec<Vec<Word>> = Vec::new();
        for word in words.unwrap_or_default() {
            match lines.last_mut() {
                Some(line) if !word.begins_line => line.push(word),
                _ => lines.push(vec![word]),
            }
        }
        lines.into_iter().map(|line| self.line(line, piece)).collect()
    }

    fn line(&self, mut words: Vec<Word>, piece: &Piece) -> ReadLine {
        words.sort_by_key(|w| w.bounds[0]);
        let whole = !drop_specks(&mut words);
        let letters: usize = words.iter().map(|w| w.text.chars().count()).sum();
        let weighed: f32 = words.iter().map(|w| w.confidence * w.text.chars().count() as f32).sum();
        let bounds =
            words.iter().map(|w| piece.bounds(w.bounds)).reduce(Bounds::union).unwrap_or(piece.ink);
        let mut clusters: Vec<String> = Vec::new();
        for word in words {
            if !clusters.is_empty() {
                clusters.push(" ".to_owned());
            }
            clusters.push(word.text);
        }
        let text = bidi::to_logical(&clusters, self.direction);
        ReadLine { text, confidence: weighed / letters.max(1) as f32, bounds, whole }
    }

    /// Text outside the grids, between two heights: line by line where white parts them.
    fn band(&self, bounds: Bounds, grids: &[Grid]) -> Vec<Block> {
        let Some(mut piece) = Piece::of(self.page, bounds, 0.0) else { return Vec::new() };
        for grid in grids {
            piece.whiten(grid.bounds);
        }
        let strips = strips(&piece, self.page.dpi);
        if strips.iter().all(|strip| matches!(strip, Strip::Block(_))) {
            piece.setting = if grids.is_empty() { Setting::Page } else { Setting::Block };
            return self.laid_out(&piece);
        }
        let mut blocks = Vec::new();
        for strip in strips {
            match strip {
                Strip::Block(bounds) => {
                    let Some(mut block) = Piece::of(self.page, bounds, 0.0) else { continue };
                    for grid in grids {
                        block.whiten(grid.bounds);
                    }
                    blocks.extend(self.laid_out(&block));
                }
                Strip::Line(segments) => {
                    let pieces = segments.iter().filter_map(|b| Piece::of(self.page, *b, 0.0));
                    let mut spans: Vec<Span> = pieces.flat_map(|p| self.spans(&p)).collect();
                    if self.direction == Direction::RightToLeft {
                        spans.reverse();
                    }
                    spans.retain(|span| !span.text.is_empty());
                    if !spans.is_empty() {
                        blocks.push(Block::Line(Line { spans }));
                    }
                }
            }
        }
        blocks
    }

    /// Lines as the recognizer parts them.
    fn laid_out(&self, piece: &Piece) -> Vec<Block> {
        let picture = Picture { pixels: &piece.pixels, width: piece.width, height: piece.height };
        let dpi = i32::try_from(whole(self.page.dpi)).unwrap_or(300);
        let words = with_engine(&self.language, |e| e.read(picture, dpi, piece.setting, ""));
        let glyphs = words
            .unwrap_or_default()
            .into_iter()
            .map(|w| {
                let bounds = self.page.original(piece.bounds(w.bounds));
                Glyph { text: w.text, bounds, size: bounds.height(), confidence: w.confidence }
            })
            .collect();
        arrange_words(glyphs, self.direction, self.sheet)
    }
}
