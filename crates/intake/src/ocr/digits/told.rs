//! Characters told by the net: the likeliest parting of a word, and the blanks in it.

use std::sync::OnceLock;

use super::BLANK_GAP;
use super::word::Unit;
use crate::ocr::glyph::{CHARACTERS, Net, OTHER};

/// The advance of digits over their height where a number is too short to tell: some 0.8 in most fonts,
/// 1.2 where digits are small beside letters (Amiri). A blank between two digits of a short number is
/// far rarer than such a font.
const ADVANCE: f32 = 1.15;
/// Middles of digits farther apart than this many advances have a blank between them, if their edges
/// are apart as well: narrow digits stand off center. Blanks are half as wide as digits and more.
const BLANK: f32 = 1.24;
/// A gap beside a sign is a blank from this share of the height.
const SIGN_BLANK: f32 = 0.5;

/// A character as told.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) character: char,
    /// How likely it is.
    pub(super) likely: f32,
    x0: u32,
    x1: u32,
}

impl Told {
    fn middle(self) -> f32 {
        f32::midpoint(self.x0 as f32, self.x1 as f32)
    }
}

/// The likeliest way to part units into characters of a script, and how likely it is.
pub(super) fn part_units(
    units: &[Unit],
    chances: &[Vec<[f32; CHARACTERS.len()]>],
    arabic: bool,
) -> Option<(f32, Vec<Told>)> {
    let mut best: Vec<Option<(f32, Vec<Told>)>> = vec![None; units.len() + 1];
    best[0] = Some((0.0, Vec::new()));
    for first in 0..units.len() {
        let Some((worth, told)) = best[first].clone() else { continue };
        for (i, chance) in chances[first].iter().enumerate() {
            let run = &units[first..=first + i];
            let (class, likely) = likeliest(chance, arabic);
            // Every unit pays, so that joining units is no gain of its own.
            let worth = worth + likely.max(1e-6).ln() * run.len() as f32;
            let next = &mut best[first + run.len()];
            if next.as_ref().is_none_or(|(other, _)| worth > *other) {
                let mut told = told.clone();
                told.push(Told {
                    character: CHARACTERS[class],
                    likely: likely + twin(class).map_or(0.0, |twin| chance[twin]),
                    x0: run.iter().map(|u| u.x0).min().unwrap_or_default(),
                    x1: run.iter().map(|u| u.x1).max().unwrap_or_default(),
                });
                *next = Some((worth, told));
            }
        }
    }
    best.pop().flatten().filter(|(_, told)| !told.is_empty())
}

fn likeliest(chance: &[f32; CHARACTERS.len()], arabic: bool) -> (usize, f32) {
    let of_script = |class: usize| class >= 20 || (class < 10) == arabic;
    (0..OTHER)
        .filter(|class| of_script(*class))
        .map(|class| (class, chance[class]))
        .fold((0, -1.0), |best, new| if new.1 > best.1 { new } else { best })
}

/// The character of the other script that looks the same; the net cannot tell those apart.
fn twin(class: usize) -> Option<usize> {
    // One, nine, five and nought, nought and full stop.
    [(1, 11), (9, 19), (5, 10), (0, 23)].into_iter().find_map(|(a, b)| match class {
        c if c == a => Some(b),
        c if c == b => Some(a),
        _ => None,
    })
}

/// The characters with the blanks between them.
pub(super) fn with_blanks(told: &[Told], height: f32) -> Vec<char> {
    let is_digit = |t: &Told| t.character.is_numeric();
    let mut advances: Vec<f32> = told
        .windows(2)
        .filter(|pair| pair.iter().all(is_digit))
        .map(|pair| pair[1].middle() - pair[0].middle())
        .collect();
    advances.sort_by(f32::total_cmp);
    let advance = match advances.len() {
        0..=2 => height * ADVANCE,
        count => advances[(count - 1) / 2],
    };
    let mut out = Vec::new();
    for (i, one) in told.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).map(|b| told[b]) {
            let slash = before.character == '/' || one.character == '/';
            let blank = if slash {
                false // Blanks around them are of no meaning, false ones part a date.
            } else if is_digit(&before) && is_digit(one) {
                let gap = one.x0 as f32 - before.x1 as f32;
                one.middle() - before.middle() > advance * BLANK && gap > height * BLANK_GAP
            } else {
                one.x0 as f32 - before.x1 as f32 > height * SIGN_BLANK
            };
            if blank {
                out.push(' ');
            }
        }
        out.push(one.character);
    }
    out
}

pub(super) fn net() -> Option<&'static Net> {
    static NET: OnceLock<Option<Net>> = OnceLock::new();
    NET.get_or_init(|| Net::from_bytes(include_bytes!("../digits.net"))).as_ref()
}
