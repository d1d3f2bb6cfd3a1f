//! The text of a prepared page: cells of its grids and the lines around them.
//!
//! Chooses the language of the page from samples, the recognizer's setting from the shape of the
//! ink, and reads again what was read badly. Knows pictures and places, no labels.

use ::image::GrayImage;
use ::image::imageops::{FilterType, resize};
use model::layout::Reading;
use model::{Block, Cell, Span, Table};

use super::digits::{Part, find_numbers};
use super::mixed::Mixed;
use super::prepare::{INK, Prepared, index, whole};
use super::spots::spots;
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
/// Letters are no wider than so many heights of their line's ink, on the whole. Arabic letters measure
/// some half of it.
const LETTER_WIDTH: f32 = 1.3;
/// Words of so few letters read with less than this, at the ends of lines, are specks. Chosen by hand.
const SPECK: f32 = 0.45;
const SPECK_LETTERS: usize = 2;
/// What blood groups are written with; another reading of short answers.
const BLOOD_GROUP: &str = "ABO+-";
/// A sample above this settles the language without trying the others. Chosen by hand.
const SETTLED: f32 = 0.85;
/// Letters of French that English has not.
const ACCENTED: &str = "éèêëàâçîïôûùÉÈÊÀÇœ";
/// So many of them in the samples make a page French. Chosen by hand: names have one at times.
const ACCENTS_MIN: usize = 2;
/// Cells from which the language is told.
const SAMPLES: usize = 7;
/// Gray below this is part of a ruling line.
const FAINT: u8 = 190;
/// Thickest ruling line, in inches.
const LINE_MAX: f32 = 0.04;
/// White around a picture, in inches; recognizers need some.
const MARGIN: f32 = 0.035;

/// Reads one prepared page.
pub(super) struct Reader<'a> {
    page: &'a Prepared,
    sheet: Sheet,
    language: String,
    languages: Vec<String>,
    direction: Direction,
}

/// A piece of the page with ink in it.
#[derive(Clone)]
struct Piece {
    pixels: Vec<u8>,
    width: u32,
    height: u32,
    /// Where its top left stands on the prepared page.
    left: f32,
    top: f32,
    /// The ink itself on the prepared page.
    ink: Bounds,
    setting: Setting,
    /// Size of the picture over that of its part of the page.
    scale: f32,
}

/// One line as read.
#[derive(Clone, Debug)]
pub(super) struct ReadLine {
    pub(super) text: String,
    pub(super) confidence: f32,
    pub(super) bounds: Bounds,
    /// Whether all that was read is in it.
    whole: bool,
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
        let Some(piece) = self.piece(bounds, self.inset()) else { return Cell::default() };
        let (lines, others) = self.read_piece(&piece);
        let single = lines.len() == 1;
        let spans = lines
            .into_iter()
            .map(|line| {
                let mut span =
                    Span::new(line.text, self.sheet.place(self.page.original(line.bounds)));
                span.confidence = line.confidence;
                if single {
                    span.readings.clone_from(&others);
                }
                span
            })
            .collect();
        Cell { spans }
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
            push_reading(&mut readings, &self.recognize(piece, "eng", BLOOD_GROUP));
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
                self.improve(&mut best, &mut readings, piece, language);
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

    /// Text outside the grids, between two heights.
    fn band(&self, bounds: Bounds, grids: &[Grid]) -> Vec<Block> {
        let Some(mut piece) = self.piece(bounds, 0.0) else { return Vec::new() };
        for grid in grids {
            piece.whiten(grid.bounds);
        }
        piece.setting = if grids.is_empty() { Setting::Page } else { Setting::Block };
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

    /// The cells with most ink.
    fn samples(&self, grids: &[Grid]) -> Vec<Piece> {
        let cells = grids.iter().flat_map(|g| g.rows.iter().flatten());
        let mut pieces: Vec<Piece> =
            cells.filter_map(|bounds| self.piece(*bounds, self.inset())).collect();
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
            pieces = strips.filter_map(|bounds| self.piece(bounds, 0.0)).collect();
        }
        let extent = |p: &Piece| whole(p.ink.x1 - p.ink.x0);
        pieces.sort_by_key(|p| (p.setting != Setting::Line, std::cmp::Reverse(extent(p))));
        pieces.truncate(SAMPLES);
        pieces
    }

    fn choose_language(&self, samples: &[Piece]) -> Result<String, Absent> {
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
            let sure = read.get(read.len() / 2).copied().unwrap_or_default();
            if best.is_none_or(|(other, _)| sure > other) {
                best = Some((sure, language));
            }
            if sure > SETTLED || samples.is_empty() {
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

    /// Cuts a part out of the page, down to its ink; `None` if there is none to speak of.
    fn piece(&self, bounds: Bounds, inset: f32) -> Option<Piece> {
        let page = &self.page.gray;
        let mut cut = Cut {
            x0: whole(bounds.x0 + inset),
            y0: whole(bounds.y0 + inset),
            x1: whole(bounds.x1 - inset).min(page.width()),
            y1: whole(bounds.y1 - inset).min(page.height()),
        };
        if inset > 0.0 {
            cut.trim(page, whole(self.page.dpi * LINE_MAX));
        }
        let ink = cut.ink(page, self.page.dpi)?;
        let margin = whole(self.page.dpi * MARGIN).max(4);
        let (width, height) = (ink.x1 - ink.x0 + 2 * margin, ink.y1 - ink.y0 + 2 * margin);
        let mut pixels = vec![255_u8; index(width) * index(height)];
        for y in ink.y0..ink.y1 {
            for x in ink.x0..ink.x1 {
                let at = index(y - ink.y0 + margin) * index(width) + index(x - ink.x0 + margin);
                pixels[at] = page.get_pixel(x, y).0[0];
            }
        }
        // Two lines of small print are higher than one of large print.
        let tall = (ink.y1 - ink.y0) as f32 > self.page.dpi * 0.3;
        Some(Piece {
            pixels,
            width,
            height,
            left: ink.x0 as f32 - margin as f32,
            top: ink.y0 as f32 - margin as f32,
            ink: ink.bounds(),
            setting: if tall { Setting::Block } else { Setting::Line },
            scale: 1.0,
        })
    }
}

/// A part of the page in pixels, right and lower edge excluded.
#[derive(Clone, Copy, Debug)]
struct Cut {
    x0: u32,
    y0: u32,
    x1: u32,
    y1: u32,
}

impl Cut {
    /// Takes off what is left of ruling lines along the edges.
    fn trim(&mut self, page: &GrayImage, most: u32) {
        let dark = |x: u32, y: u32| page.get_pixel(x, y).0[0] < FAINT;
        for _ in 0..most {
            if self.x1 <= self.x0 + 2 || self.y1 <= self.y0 + 2 {
                return;
            }
            let (width, height) = (self.x1 - self.x0, self.y1 - self.y0);
            let (x0, x1, y0, y1) = (self.x0, self.x1, self.y0, self.y1);
            let row = |y: u32| (x0..x1).filter(|x| dark(*x, y)).count() > index(width) * 3 / 10;
            let column = |x: u32| (y0..y1).filter(|y| dark(x, *y)).count() > index(height) * 6 / 10;
            self.y0 += u32::from(row(y0));
            self.y1 -= u32::from(row(y1 - 1));
            self.x0 += u32::from(column(x0));
            self.x1 -= u32::from(column(x1 - 1));
        }
    }

    /// The box of the ink, specks left out.
    fn ink(self, page: &GrayImage, dpi: f32) -> Option<Cut> {
        if self.x1 <= self.x0 || self.y1 <= self.y0 {
            return None;
        }
        let (width, height) = (index(self.x1 - self.x0), index(self.y1 - self.y0));
        let mut dark = vec![false; width * height];
        for y in self.y0..self.y1 {
            for x in self.x0..self.x1 {
                dark[index(y - self.y0) * width + index(x - self.x0)] =
                    page.get_pixel(x, y).0[0] < INK;
            }
        }
        // Dots of letters of 8 points are some 4 pixels wide at 300 dpi.
        let area_min = index(whole((dpi * 0.012).powi(2)));
        let mut ink: Option<Cut> = None;
        for spot in spots(&mut dark, width).into_iter().filter(|s| s.area >= area_min) {
            let found = Cut {
                x0: self.x0 + spot.x0,
                y0: self.y0 + spot.y0,
                x1: self.x0 + spot.x1 + 1,
                y1: self.y0 + spot.y1 + 1,
            };
            ink = Some(ink.map_or(found, |i| Cut {
                x0: i.x0.min(found.x0),
                y0: i.y0.min(found.y0),
                x1: i.x1.max(found.x1),
                y1: i.y1.max(found.y1),
            }));
        }
        // Less than a full stop of small print is no text.
        ink.filter(|i| (i.x1 - i.x0).max(i.y1 - i.y0) as f32 > dpi * 0.02)
    }

    fn bounds(self) -> Bounds {
        Bounds { x0: self.x0 as f32, y0: self.y0 as f32, x1: self.x1 as f32, y1: self.y1 as f32 }
    }
}

impl Piece {
    /// The same picture, taken as one line without looking for it.
    fn raw(&self) -> Piece {
        Piece { setting: Setting::Raw, ..self.clone() }
    }

    /// The same picture at a larger size.
    fn enlarged(&self) -> Piece {
        let (width, height) = (self.width * 3 / 2, self.height * 3 / 2);
        let Some(picture) = GrayImage::from_raw(self.width, self.height, self.pixels.clone())
        else {
            return self.clone();
        };
        let pixels = resize(&picture, width, height, FilterType::CatmullRom).into_raw();
        Piece { pixels, width, height, scale: self.scale * 1.5, ..self.clone() }
    }

    /// No longer than a blood group or a number of two digits.
    fn is_short(&self) -> bool {
        self.setting == Setting::Line && self.width < 4 * self.height
    }

    /// Some columns of the piece, with white around them.
    fn columns(&self, from: u32, to: u32) -> Piece {
        let margin = 6;
        let width = to - from + 1 + 2 * margin;
        let mut pixels = vec![255_u8; index(width) * index(self.height)];
        for y in 0..index(self.height) {
            let row = y * index(self.width);
            let line = &self.pixels[row + index(from)..=row + index(to.min(self.width - 1))];
            let start = y * index(width) + index(margin);
            pixels[start..start + line.len()].copy_from_slice(line);
        }
        let left = self.left + from as f32 - margin as f32;
        let x0 = self.left + from as f32;
        let ink = Bounds { x0, x1: x0 + (to - from + 1) as f32, ..self.ink };
        Piece { pixels, width, left, ink, ..self.clone() }
    }

    /// A box of the piece on the prepared page.
    fn bounds(&self, b: [i32; 4]) -> Bounds {
        let [x0, y0, x1, y1] = b.map(|v| v as f32 / self.scale);
        Bounds { x0: self.left + x0, y0: self.top + y0, x1: self.left + x1, y1: self.top + y1 }
    }

    /// Whitens a part of the prepared page in this piece.
    fn whiten(&mut self, b: Bounds) {
        let (x0, x1) = (whole(b.x0 - self.left), whole(b.x1 - self.left).min(self.width));
        let (y0, y1) = (whole(b.y0 - self.top), whole(b.y1 - self.top).min(self.height));
        if b.x1 <= self.left || b.y1 <= self.top || x0 >= x1 {
            return;
        }
        for y in y0..y1 {
            let row = index(y) * index(self.width);
            self.pixels[row + index(x0)..row + index(x1)].fill(255);
        }
    }
}

/// Takes short words off the ends of a line that were read far worse than the rest: specks, and what
/// is left of stamps.
/// Tells whether there were any.
fn drop_specks(words: &mut Vec<Word>) -> bool {
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
fn credit(lines: &[ReadLine], piece: &Piece) -> f32 {
    let letters: usize = lines.iter().map(|l| l.text.chars().count()).sum();
    let (width, height) = (piece.ink.x1 - piece.ink.x0, piece.ink.y1 - piece.ink.y0);
    let few = piece.setting != Setting::Block && letters as f32 * LETTER_WIDTH * height < width;
    mean(lines) * if few { 0.6 } else { 1.0 }
}

/// Mean confidence of lines, by length.
fn mean(lines: &[ReadLine]) -> f32 {
    let letters: usize = lines.iter().map(|l| l.text.chars().count()).sum();
    let weighed: f32 = lines.iter().map(|l| l.confidence * l.text.chars().count() as f32).sum();
    if letters == 0 { 0.0 } else { weighed / letters as f32 }
}

fn join(lines: &[ReadLine]) -> String {
    lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join(" ")
}

fn push_reading(readings: &mut Vec<Reading>, lines: &[ReadLine]) {
    let text = join(lines);
    if !text.is_empty() && readings.iter().all(|r| r.text != text) {
        readings.push(Reading { text, confidence: mean(lines) });
    }
    readings.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
}
