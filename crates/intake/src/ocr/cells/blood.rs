//! Blood groups: their letters are read, and the minus is looked for where the recognizer loses it.
//!
//! A minus is two or three pixels high and is taken for a speck. It is told by its shape: a bar at
//! half the height of the letters, beside all of them. Knows pictures, no labels.

use super::piece::Piece;
use super::trust::ReadLine;
use crate::ocr::prepare::{INK, index};
use crate::ocr::spots::{Spot, spots};

/// What blood groups are written with.
pub(super) const CHARACTERS: &str = "ABO+-";
/// The groups.
const GROUPS: [&str; 4] = ["A", "B", "AB", "O"];
/// A minus in heights of the letters: how long it is, and where its middle is, counted from above.
/// Measured on faces with and without serifs; the rest of a ruling line is longer or stands elsewhere.
const LONG: (f32, f32) = (0.15, 0.7);
const MIDDLE: (f32, f32) = (0.35, 0.8);
/// A minus is no higher than so many heights of the letters.
const HIGH_MAX: f32 = 0.25;

/// A reading of a blood group with the minus that the picture has and the reading has not.
pub(super) fn with_sign(mut read: Vec<ReadLine>, piece: &Piece) -> Vec<ReadLine> {
    if let [line] = read.as_mut_slice()
        && GROUPS.contains(&line.text.trim())
        && has_minus(piece)
    {
        line.text = format!("{}-", line.text.trim());
    }
    read
}

/// Whether a minus stands before or after all letters of a piece: in a line from right to left it may
/// be on either side.
fn has_minus(piece: &Piece) -> bool {
    let mut dark: Vec<bool> = piece.pixels.iter().map(|gray| *gray < INK).collect();
    let found = spots(&mut dark, index(piece.width));
    let Some(letter) = found.iter().max_by_key(|spot| spot.height()) else { return false };
    let (height, top) = (letter.height() as f32, letter.y0 as f32);
    let is_letter = |spot: &&Spot| spot.height() as f32 > height * HIGH_MAX;
    let is_minus = |spot: &Spot| {
        let long = spot.width() as f32 / height;
        let middle = (f32::midpoint(spot.y0 as f32, spot.y1 as f32) - top) / height;
        spot.is_bar()
            && !is_letter(&spot)
            && (LONG.0..=LONG.1).contains(&long)
            && (MIDDLE.0..=MIDDLE.1).contains(&middle)
    };
    let is_beside = |bar: &Spot| {
        found.iter().filter(is_letter).all(|spot| spot.x1 < bar.x0)
            || found.iter().filter(is_letter).all(|spot| spot.x0 > bar.x1)
    };
    found.iter().any(|spot| is_minus(spot) && is_beside(spot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::tesseract::Setting;
    use crate::page::Bounds;

    /// A piece drawn with signs: `#` is a field of two by two pixels of ink.
    fn piece(rows: &[&str]) -> Piece {
        let (width, height) = (rows[0].len() * 2, rows.len() * 2);
        let mut pixels = vec![255; width * height];
        for (y, row) in rows.iter().enumerate() {
            for (x, _) in row.bytes().enumerate().filter(|(_, sign)| *sign == b'#') {
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    pixels[(y * 2 + dy) * width + x * 2 + dx] = 0;
                }
            }
        }
        let [width, height] = [width, height].map(|v| u32::try_from(v).unwrap());
        let ink = Bounds { x0: 0.0, y0: 0.0, x1: width as f32, y1: height as f32 };
        let setting = Setting::Line;
        Piece { pixels, width, height, left: 0.0, top: 0.0, ink, setting, scale: 1.0 }
    }

    fn read(text: &str, rows: &[&str]) -> String {
        let piece = piece(rows);
        let line = ReadLine { text: text.into(), confidence: 0.9, bounds: piece.ink, whole: true };
        with_sign(vec![line], &piece).remove(0).text
    }

    #[test]
    fn a_minus_on_either_side_is_found() {
        let after = [
            "...##......",
            "...##......",
            "..#..#.....",
            "..#..#.###.",
            "..####.....",
            ".#....#....",
            ".#....#....",
            "...........",
        ];
        assert_eq!(read("A", &after), "A-");
        let before: Vec<String> = after.iter().map(|row| row.chars().rev().collect()).collect();
        assert_eq!(read("A", &before.iter().map(String::as_str).collect::<Vec<_>>()), "A-");
        assert_eq!(read("A+", &after), "A+");
        assert_eq!(read("8", &after), "8");
    }

    #[test]
    fn specks_rulings_and_the_bar_of_a_letter_are_no_minus() {
        let plain = ["...##......", "..#..#.....", "..####.....", ".#....#....", ".#....#...."];
        let speck = ["...##......", "..#..#.....", "..####..#..", ".#....#....", ".#....#...."];
        let line = ["...##......", "..#..#.....", "..####.....", ".#....#....", ".#....#.###"];
        for rows in [plain, speck, line] {
            assert_eq!(read("A", &rows), "A", "{rows:?}");
        }
    }
}
