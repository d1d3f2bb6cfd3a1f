//! One word of a line as a number: its spots parted into characters that are all digits or signs.

use super::told::{net, part_units, with_blanks};
use super::{Line, Read};
use crate::ocr::glyph::{CHARACTERS, Frame, fields};
use crate::ocr::prepare::index;
use crate::ocr::spots::Spot;

/// Every character is at least so likely, and on the whole. Chosen by hand.
const LIKELY_EACH: f32 = 0.3;
const LIKELY_ALL: f32 = 0.62;
/// Spots that may make up one character: broken strokes.
const PIECES_MAX: usize = 3;
/// Spots of one number; more is a line of text.
const SPOTS_MAX: usize = 40;
/// Ink of the column in which two digits touch, over their height.
const TOUCH: f32 = 0.5;
/// Wider than this many heights is no digit but two that touch.
const WIDE: f32 = 0.95;

/// A spot, or a part of one between two columns.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) spot: usize,
    pub(super) x0: u32,
    pub(super) x1: u32,
}

impl Line<'_> {
    /// The characters of a word, if all of it are digits and signs of one script.
    pub(super) fn read_number(&self, word: &[usize]) -> Option<Read> {
        if let [only] = word
            && self.spot(*only).is_bar()
        {
            return Some((vec!['-'], 0.9)); // A dash between two answers.
        }
        if word.len() > SPOTS_MAX {
            return None;
        }
        let band = self.band(word)?;
        let units = self.units(word, band.1 - band.0)?;
        let chances = self.chances(&units, band);
        let told = [true, false]
            .into_iter()
            .filter_map(|arabic| part_units(&units, &chances, arabic))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })?
            .1;
        let digits = told.iter().filter(|t| t.character.is_numeric()).count();
        let signed = told.iter().any(|t| matches!(t.character, '+' | '-'));
        // A single digit and a sign is a blood group: O and A look like five and eight.
        let sign_alone = digits == 0 && !(told.len() == 1 && signed && told[0].likely > 0.8);
        let all: f32 = told.iter().map(|t| t.likely).sum::<f32>() / told.len() as f32;
        let each = told.iter().all(|t| t.likely >= LIKELY_EACH);
        if (digits == 1 && signed) || sign_alone || !each || all < LIKELY_ALL {
            return None;
        }
        Some((with_blanks(&told, band.1 - band.0), all.min(0.97)))
    }

    /// Where most characters of a word stand: slashes are higher, dots lower.
    fn band(&self, word: &[usize]) -> Option<(f32, f32)> {
        // Pieces of a broken stroke stand over each other and make one character.
        let mut columns: Vec<[u32; 4]> = Vec::new();
        let mut sorted: Vec<&Spot> = word.iter().map(|i| self.spot(*i)).collect();
        sorted.sort_by_key(|s| (s.x0, s.x1));
        for spot in sorted {
            match columns.last_mut() {
                Some([_, x1, y0, y1]) if spot.x0 < *x1 && spot.x0 + spot.x1 <= 2 * *x1 => {
                    (*x1, *y0, *y1) = (spot.x1.max(*x1), spot.y0.min(*y0), spot.y1.max(*y1));
                }
                _ => columns.push([spot.x0, spot.x1, spot.y0, spot.y1]),
            }
        }
        let tallest = columns.iter().map(|[_, _, y0, y1]| y1 - y0 + 1).max()?;
        let tall = columns.iter().filter(|[_, _, y0, y1]| (y1 - y0 + 1) * 2 >= tallest);
        let (mut tops, mut bottoms): (Vec<u32>, Vec<u32>) =
            tall.map(|[_, _, y0, y1]| (*y0, y1 + 1)).unzip();
        tops.sort_unstable();
        bottoms.sort_unstable();
        let middle = |edges: &[u32]| edges.get(edges.len() / 2).map(|e| *e as f32);
        Some((middle(&tops)?, middle(&bottoms)?)).filter(|(top, bottom)| bottom - top >= 4.0)
    }

    /// A speck beside or within a character: a dot that is a nought or a full stop is larger or
    /// has its columns for itself.
    fn is_speck(&self, i: usize, word: &[usize], height: f32) -> bool {
        let spot = self.spot(i);
        let area = spot.area as f32 / (height * height);
        let over = |other: &usize| {
            let other = self.spot(*other);
            other.area > 3 * spot.area && spot.x0 + 1 >= other.x0 && spot.x1 <= other.x1 + 1
        };
        area < 0.012 || (area < 0.04 && word.iter().any(over))
    }

    /// The units of a word from the left; touching digits are cut where the ink is thinnest.
    fn units(&self, word: &[usize], height: f32) -> Option<Vec<Unit>> {
        let mut units = Vec::new();
        for i in word {
            let spot = self.spot(*i);
            if spot.width() as f32 > height * 3.2 {
                return None;
            }
            if self.is_speck(*i, word, height) {
                continue;
            }
            let unit = Unit { spot: *i, x0: spot.x0, x1: spot.x1 };
            if spot.height() as f32 > 0.5 * height {
                self.cut(unit, height, &mut units);
            } else {
                units.push(unit);
            }
        }
        units.sort_by_key(|u| u.x0 + u.x1);
        (units.len() <= SPOTS_MAX).then_some(units)
    }

    fn cut(&self, unit: Unit, height: f32, units: &mut Vec<Unit>) {
        let width = unit.x1 - unit.x0 + 1;
        if width as f32 <= height * WIDE || width < 8 {
            units.push(unit);
            return;
        }
        let own = |x: u32| {
            let column = self.ink.labels.iter().skip(index(x)).step_by(self.width);
            column.filter(|l| index(**l) == unit.spot + 1).count()
        };
        let quarter = width / 4;
        let thinnest = (unit.x0 + quarter..unit.x1 - quarter).min_by_key(|x| own(*x));
        // Digits touch by an edge; a block is no two of them.
        let Some(at) = thinnest.filter(|x| own(*x) as f32 <= height * TOUCH) else {
            units.push(unit);
            return;
        };
        self.cut(Unit { x1: at, ..unit }, height, units);
        self.cut(Unit { x0: at + 1, ..unit }, height, units);
    }

    /// What each run of up to [`PIECES_MAX`] units may be, by its first unit.
    fn chances(&self, units: &[Unit], band: (f32, f32)) -> Vec<Vec<[f32; CHARACTERS.len()]>> {
        let most = (band.1 - band.0) * 1.4;
        (0..units.len())
            .map(|first| {
                let mut out = Vec::new();
                for count in 1..=PIECES_MAX.min(units.len() - first) {
                    let run = &units[first..first + count];
                    let left = run.iter().map(|u| u.x0).min().unwrap_or_default();
                    let right = run.iter().map(|u| u.x1 + 1).max().unwrap_or_default();
                    if count > 1 && (right - left) as f32 > most {
                        break;
                    }
                    out.push(self.chance(run, (left as f32, right as f32), band));
                }
                out
            })
            .collect()
    }

    fn chance(&self, run: &[Unit], sides: (f32, f32), band: (f32, f32)) -> [f32; CHARACTERS.len()] {
        let spots = || run.iter().map(|u| self.spot(u.spot));
        let top = spots().map(|s| s.y0).min().unwrap_or_default() as f32;
        let bottom = spots().map(|s| s.y1 + 1).max().unwrap_or_default() as f32;
        let frame = Frame { left: sides.0, right: sides.1, own: (top, bottom), band };
        let ink = |x: i32, y: i32| {
            let (Ok(x), Ok(y)) = (u32::try_from(x), usize::try_from(y)) else { return 0.0 };
            let at = y * self.width + index(x);
            if index(x) >= self.width || at >= self.pixels.len() {
                return 0.0;
            }
            let of = index(self.ink.labels[at]);
            // The soft edge of a part of a spot ends at the cut.
            let own = run.iter().any(|u| of == u.spot + 1 && x + 1 >= u.x0 && x <= u.x1 + 1);
            if own { f32::from(255 - self.pixels[at]) / 255.0 } else { 0.0 }
        };
        net().map_or([0.0; CHARACTERS.len()], |net| net.tell(&fields(&frame, ink)))
    }
}
