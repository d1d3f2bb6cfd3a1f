//! The lines of a piece without rulings, each parted at its wide gaps.
//!
//! A recognizer that lays out a whole page by itself loses words at the ends of lines and reads numbers
//! badly; line by line it does neither. So lines are told here, by the white between them, where there
//! is some; what stands too close together stays one block, for the recognizer to part. Knows ink, no
//! text.

use super::piece::Piece;
use crate::ocr::prepare::{INK, index, whole};
use crate::page::Bounds;

/// Ink of a row of pixels from which it belongs to a line, in pixels: what the turning back of a skewed
/// page leaves of a neighboring line is less.
const ROW_INK_MIN: usize = 2;
/// Lower than this, in inches, are dots, marks and what is left of rulings: no line of their own.
const LINE_LOW: f32 = 0.045;
/// How far such are from their letters, in inches, as for specks.
const MARK_NEAR: f32 = 0.065;
/// A line is no higher than so many times the middle one; a title has larger print. Chosen by hand.
const LINE_HIGH: f32 = 1.8;
/// Highest line, in inches, where there is one alone.
const LINE_HIGHEST: f32 = 0.3;
/// A gap of so many heights of the middle line parts a label from what stands beside it, or two
/// columns. Chosen by hand: blanks take a third, the ink of a line being about as high as its print.
const WIDE_GAP: f32 = 1.3;

/// A part of a piece, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Strip {
    /// One line: its segments from the left, on the prepared page.
    Line(Vec<Bounds>),
    /// Lines that no white parts.
    Block(Bounds),
}

/// Parts a piece into its lines.
pub(super) fn strips(piece: &Piece, dpi: f32) -> Vec<Strip> {
    let rows = rows(piece, dpi);
    let mut heights: Vec<u32> = rows.iter().map(|(from, to)| to - from).collect();
    heights.sort_unstable();
    let Some(middle) = heights.get(heights.len() / 2).map(|h| *h as f32) else {
        return Vec::new();
    };
    let highest = (middle * LINE_HIGH).min(dpi * LINE_HIGHEST);
    rows.into_iter()
        .map(|row| {
            if (row.1 - row.0) as f32 > highest {
                let (from, to) = (0, piece.width);
                return Strip::Block(on_page(piece, (from, to), row));
            }
            let segments = segments(piece, row, middle * WIDE_GAP);
            Strip::Line(segments.into_iter().map(|columns| on_page(piece, columns, row)).collect())
        })
        .collect()
}

/// Rows of pixels with ink, as lines from and to; marks are with the nearest line.
fn rows(piece: &Piece, dpi: f32) -> Vec<(u32, u32)> {
    let width = index(piece.width).max(1);
    let inked = |row: &[u8]| row.iter().filter(|gray| **gray < INK).count() >= ROW_INK_MIN;
    let runs = runs(piece.pixels.chunks_exact(width).map(inked), 1);
    let (low, near) = (whole(dpi * LINE_LOW), whole(dpi * MARK_NEAR));
    let mut out: Vec<(u32, u32)> = Vec::new();
    let mut marks: Option<(u32, u32)> = None;
    for run in runs {
        let is_mark = run.1 - run.0 < low;
        match out.last_mut() {
            Some(line) if is_mark && run.0 - line.1 <= near / 2 => line.1 = run.1,
            _ if is_mark => marks = Some(run),
            _ => {
                let above = marks.take().filter(|mark| run.0 - mark.1 <= near);
                out.push((above.map_or(run.0, |mark| mark.0), run.1));
            }
        }
    }
    out
}

/// Columns with ink in a line, parted where the gap is wide.
fn segments(piece: &Piece, (from, to): (u32, u32), gap: f32) -> Vec<(u32, u32)> {
    let width = index(piece.width);
    let line = &piece.pixels[index(from) * width..index(to) * width];
    let inked = |x: usize| line.iter().skip(x).step_by(width).any(|gray| *gray < INK);
    runs((0..width).map(inked), whole(gap))
}

/// Runs of places that hold, gaps as wide as given bridged; the end is not of the run.
fn runs(holds: impl Iterator<Item = bool>, gap: u32) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for at in (0_u32..).zip(holds).filter_map(|(at, holds)| holds.then_some(at)) {
        match out.last_mut() {
            Some(run) if at - run.1 <= gap => run.1 = at + 1,
            _ => out.push((at, at + 1)),
        }
    }
    out
}

fn on_page(piece: &Piece, columns: (u32, u32), rows: (u32, u32)) -> Bounds {
    Bounds {
        x0: piece.left + columns.0 as f32,
        x1: piece.left + columns.1 as f32,
        y0: piece.top + rows.0 as f32,
        y1: piece.top + rows.1 as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::tesseract::Setting;

    /// A piece with blots of ink: left, top, width, height.
    fn piece(blots: &[[u32; 4]]) -> Piece {
        let (width, height) = (600, 300);
        let mut pixels = vec![255_u8; index(width * height)];
        for [x, y, w, h] in blots {
            for at in (*y..y + h).flat_map(|y| (*x..x + w).map(move |x| y * width + x)) {
                pixels[index(at)] = 0;
            }
        }
        let ink = Bounds { x0: 0.0, y0: 0.0, x1: 600.0, y1: 300.0 };
        let (left, top, scale) = (10.0, 20.0, 1.0);
        Piece { pixels, width, height, left, top, ink, setting: Setting::Block, scale }
    }

    fn check(blots: &[[u32; 4]], expected: &[Strip]) {
        assert_eq!(strips(&piece(blots), 200.0), expected, "{blots:?}");
    }

    fn at(x0: f32, x1: f32, y0: f32, y1: f32) -> Bounds {
        Bounds { x0, y0, x1, y1 }
    }

    #[test]
    fn lines_are_parted_by_white_and_at_wide_gaps() {
        let expected = [
            Strip::Line(vec![at(30.0, 130.0, 40.0, 64.0)]),
            Strip::Line(vec![at(30.0, 110.0, 90.0, 114.0), at(310.0, 410.0, 90.0, 114.0)]),
        ];
        check(
            &[[20, 20, 40, 24], [70, 20, 50, 24], [20, 70, 80, 24], [300, 70, 100, 24]],
            &expected,
        );
        check(&[], &[]);
    }

    #[test]
    fn dots_are_with_their_letters_and_specks_are_no_line() {
        // Dots above the first line and below the second, and a speck far from both.
        check(
            &[[20, 20, 5, 4], [20, 28, 90, 20], [20, 70, 90, 20], [40, 93, 5, 4], [40, 200, 5, 4]],
            &[
                Strip::Line(vec![at(30.0, 120.0, 40.0, 68.0)]),
                Strip::Line(vec![at(30.0, 120.0, 90.0, 117.0)]),
            ],
        );
    }

    #[test]
    fn what_no_white_parts_stays_a_block() {
        check(
            &[[20, 10, 90, 24], [20, 60, 90, 24], [20, 110, 90, 90]],
            &[
                Strip::Line(vec![at(30.0, 120.0, 30.0, 54.0)]),
                Strip::Line(vec![at(30.0, 120.0, 80.0, 104.0)]),
                Strip::Block(at(10.0, 610.0, 130.0, 220.0)),
            ],
        );
    }
}
