//! Printed numbers, Arabic-Indic above all, told by their shapes.
//!
//! The recognizer's Arabic model reads letters well and Arabic-Indic digits badly, so lines that
//! hold numbers are cut into words by their gaps, and words made of digits and signs alone are
//! read here by the nearest of known shapes (`digits.txt`). Letters are left to the recognizer.
//! Invariant: a word is a number only if every spot of it is near to a known shape.

use std::sync::OnceLock;

use super::prepare::{INK, index};
use super::spots::{Spot, spots};

/// Fields of a shape.
const WIDE: usize = 8;
const HIGH: usize = 12;
/// Farther than this from every known shape is no digit (1 - cosine). Chosen by hand on scans.
const FAR: f32 = 0.2;
/// Spots nearer than this share of the digits' height are of one word: letters of a word stand
/// closer, words wider apart. Chosen by hand.
const LETTER_GAP: f32 = 0.28;
/// Digits have one advance, so narrow ones leave wide gaps; their middles tell more: some 0.8
/// heights within a number, some 1.2 over a blank (`DejaVu`, Noto, Amiri).
const MIDDLES: f32 = 1.0;

/// A part of a line, from the left.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A number: its characters from the left, how sure they are, and its columns.
    Number { characters: Vec<char>, confidence: f32, from: u32, to: u32 },
    /// Columns of the picture, from and to, that hold something else.
    Other { from: u32, to: u32 },
}

struct Shape {
    character: char,
    fields: [f32; WIDE * HIGH],
}

/// Cuts a line into numbers and the rest; `None` if it holds no number.
pub(super) fn find_numbers(pixels: &[u8], width: u32, height: u32) -> Option<Vec<Part>> {
    let dark: Vec<bool> = pixels.iter().map(|p| *p < INK).collect();
    let mut used = dark.clone();
    let line = index(height);
    let mut found: Vec<Spot> = spots(&mut used, index(width));
    // Specks are smaller than the dot that is the Arabic zero.
    found.retain(|s| s.area * 160 >= line * line / 8);
    found.sort_by_key(|s| (s.x0, s.y0));
    let mut tall: Vec<u32> = found.iter().map(Spot::height).collect();
    tall.sort_unstable();
    let digit_height = f32::from(u16::try_from(*tall.get(tall.len() * 2 / 3)?).ok()?);
    let words = by_gaps(found, digit_height);
    let mut parts: Vec<Part> = Vec::new();
    let mut any = false;
    for word in words {
        let from = word.first()?.x0;
        let to = word.iter().map(|s| s.x1).max()?;
        match read_number(&word, &dark, index(width)) {
            Some((characters, confidence)) => {
                any |= characters.iter().any(|c| c.is_numeric());
                parts.push(Part::Number { characters, confidence, from, to });
            }
            None => match parts.last_mut() {
                Some(Part::Other { to: end, .. }) => *end = to,
                _ => parts.push(Part::Other { from, to }),
            },
        }
    }
    any.then_some(parts).map(without_stray_strokes)
}

/// A lone upright stroke or ring beside words is a letter: alif and heh look like one and five.
fn without_stray_strokes(parts: Vec<Part>) -> Vec<Part> {
    if !parts.iter().any(|p| matches!(p, Part::Other { .. })) {
        return parts;
    }
    let mut kept: Vec<Part> = Vec::new();
    for part in parts {
        let other = match &part {
            Part::Number { characters, from, to, .. }
                if matches!(characters[..], ['١' | '٥' | '1' | '0']) =>
            {
                Some((*from, *to))
            }
            Part::Number { .. } => None,
            Part::Other { from, to } => Some((*from, *to)),
        };
        match (other, kept.last_mut()) {
            (Some((_, to)), Some(Part::Other { to: end, .. })) => *end = to,
            (Some((from, to)), _) => kept.push(Part::Other { from, to }),
            (None, _) => kept.push(part),
        }
    }
    kept
}

/// Spots from the left in words.
fn by_gaps(spots: Vec<Spot>, height: f32) -> Vec<Vec<Spot>> {
    let mut words: Vec<Vec<Spot>> = Vec::new();
    let mut edge = 0_u32;
    let mut middle = f32::MIN;
    for spot in spots {
        let (right, here) = (spot.x1, f32::midpoint(spot.x0 as f32, spot.x1 as f32));
        let close = (spot.x0 as f32) < edge as f32 + height * LETTER_GAP;
        let advance = here - middle < height * MIDDLES && (spot.width() as f32) < height;
        match words.last_mut() {
            Some(word) if close || advance => word.push(spot),
            _ => words.push(vec![spot]),
        }
        edge = edge.max(right);
        middle = here;
    }
    words
}

/// The characters of a word, if all of it are digits and signs of one script.
fn read_number(word: &[Spot], dark: &[bool], width: usize) -> Option<(Vec<char>, f32)> {
    let height = word.iter().map(Spot::height).max()?;
    let top = word.iter().map(|s| s.y0).min()?;
    if let [only] = word
        && only.width() * 10 > only.height() * 18
    {
        return Some((vec!['-'], 0.9)); // A dash between two answers.
    }
    let scripts = [true, false].map(|arabic| {
        let mut characters = Vec::new();
        let mut away = 0.0_f32;
        let mut worst = 0.0_f32;
        for spot in word {
            let (character, distance) = match small(spot, height, top, arabic) {
                Some(character) => (character, 0.1),
                None => nearest(spot, dark, width, arabic),
            };
            characters.push(character);
            away += distance;
            worst = worst.max(distance);
        }
        (worst, away, characters)
    });
    let [arabic, latin] = scripts;
    let (worst, away, characters) = if arabic.1 <= latin.1 { arabic } else { latin };
    let overlaps = word.windows(2).any(|w| w[1].x0 + 1 < w[0].x1);
    // A single digit and a sign is a blood group: O and A look like five and eight.
    let digits = characters.iter().filter(|c| c.is_numeric()).count();
    let group = digits == 1 && characters.iter().any(|c| matches!(c, '+' | '-'));
    let sign_alone = digits == 0 && (characters != ['+'] || worst > FAR / 2.0);
    if worst > FAR || overlaps || group || sign_alone || word.len() > 24 {
        return None;
    }
    let confidence = 1.0 - away / word.len() as f32 * 2.0;
    Some((characters, confidence.clamp(0.0, 0.95)))
}

/// Signs and the Arabic zero, told by size and height: their shape says little.
fn small(spot: &Spot, height: u32, top: u32, arabic: bool) -> Option<char> {
    let (wide, high, all) = (spot.width() as f32, spot.height() as f32, height as f32);
    let middle = (spot.y0 - top) as f32 + high / 2.0;
    if high < 0.3 * all && wide > 1.5 * high && (0.3..0.85).contains(&(middle / all)) {
        return Some('-');
    }
    if high < 0.5 * all && wide < 1.7 * high && wide > 0.5 * high {
        let low = middle / all > 0.75;
        return match (arabic, low) {
            (true, false) => Some('٠'),
            (_, true) => Some('.'),
            (false, false) => None,
        };
    }
    None
}

fn nearest(spot: &Spot, dark: &[bool], width: usize, arabic: bool) -> (char, f32) {
    let fields = fit(spot, dark, width);
    let mut best = ('?', f32::MAX);
    for shape in shapes() {
        let of_script = matches!(shape.character, '\u{660}'..='\u{669}') == arabic
            || matches!(shape.character, '/' | '+');
        if of_script {
            let near: f32 = fields.iter().zip(&shape.fields).map(|(a, b)| a * b).sum();
            if 1.0 - near < best.1 {
                best = (shape.character, 1.0 - near);
            }
        }
    }
    best
}

/// The spot fitted into the fields, proportions kept, at length one.
fn fit(spot: &Spot, dark: &[bool], width: usize) -> [f32; WIDE * HIGH] {
    let (w, h) = (spot.width() as f32, spot.height() as f32);
    let scale = (WIDE as f32 / w).min(HIGH as f32 / h);
    let (left, top) = ((WIDE as f32 - w * scale) / 2.0, (HIGH as f32 - h * scale) / 2.0);
    let mut fields = [0.0_f32; WIDE * HIGH];
    for (i, field) in fields.iter_mut().enumerate() {
        let (x, y) = ((i % WIDE) as f32, (i / WIDE) as f32);
        for sample in 0..16_u8 {
            let dx = (f32::from(sample % 4) + 0.5) / 4.0;
            let dy = (f32::from(sample / 4) + 0.5) / 4.0;
            let (sx, sy) = ((x + dx - left) / scale, (y + dy - top) / scale);
            if sx >= 0.0 && sy >= 0.0 && sx < w && sy < h {
                let column = index(spot.x0) + index(super::prepare::whole(sx));
                let row = index(spot.y0) + index(super::prepare::whole(sy));
                *field += f32::from(u8::from(dark[row * width + column]));
            }
        }
    }
    unit(fields)
}

fn unit(mut fields: [f32; WIDE * HIGH]) -> [f32; WIDE * HIGH] {
    let length = fields.iter().map(|f| f * f).sum::<f32>().sqrt().max(1e-6);
    for field in &mut fields {
        *field /= length;
    }
    fields
}

fn shapes() -> &'static [Shape] {
    static SHAPES: OnceLock<Vec<Shape>> = OnceLock::new();
    SHAPES.get_or_init(|| {
        let lines = include_str!("digits.txt").lines().filter(|l| !l.starts_with('#'));
        lines
            .filter_map(|line| {
                let (character, digits) = line.split_once(' ')?;
                let mut fields = [0.0; WIDE * HIGH];
                for (field, digit) in fields.iter_mut().zip(digits.chars()) {
                    *field = f32::from(u8::try_from(digit.to_digit(16)?).ok()?);
                }
                Some(Shape { character: character.chars().next()?, fields: unit(fields) })
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets known shapes side by side, three times their size.
    fn set(text: &str) -> (Vec<u8>, u32, u32) {
        let (width, height) = (20 + 30 * text.chars().count(), 56);
        let mut pixels = vec![255_u8; width * height];
        for (i, c) in text.chars().enumerate() {
            if let Some(shape) = shapes().iter().find(|s| s.character == c) {
                let most = shape.fields.iter().copied().fold(0.0_f32, f32::max);
                for y in 0..HIGH * 3 {
                    for x in 0..WIDE * 3 {
                        if shape.fields[y / 3 * WIDE + x / 3] > most * 0.3 {
                            pixels[(y + 10) * width + 10 + i * 26 + x] = 0;
                        }
                    }
                }
            }
        }
        (pixels, u32::try_from(width).unwrap(), u32::try_from(height).unwrap())
    }

    #[test]
    fn known_shapes_are_read_and_parted_at_gaps() {
        let (pixels, width, height) = set("٢٣ ٧٨٢");
        let parts = find_numbers(&pixels, width, height).unwrap();
        let texts: Vec<String> = parts
            .iter()
            .map(|p| match p {
                Part::Number { characters, .. } => characters.iter().collect(),
                Part::Other { .. } => "…".to_owned(),
            })
            .collect();
        assert_eq!(texts, ["٢٣", "٧٨٢"]);
    }

    #[test]
    fn a_filled_block_is_no_number() {
        assert_eq!(find_numbers(&[0; 400], 20, 20), None);
        assert_eq!(find_numbers(&[255; 400], 20, 20), None);
    }
}
