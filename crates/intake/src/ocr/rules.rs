//! Ruling lines of a page image: long runs of ink.
//!
//! Works on the prepared page, so lines are nearly level; what drifts by a pixel is held together
//! by looking at two rows at once. Letters are shorter than the runs asked for; stamps and
//! underlines cross nothing and make no table.

use ::image::{GrayImage, Luma};

use super::prepare::{INK, index, whole};
use crate::page::grid::Grid;
use crate::page::{Bounds, Rule};

/// Shortest level line, in inches: longer than any stroke of a letter, shorter than any cell is
/// wide. Chosen by hand.
const LEVEL_MIN: f32 = 0.35;
/// Shortest upright line, in inches: higher than letters, lower than any row. Chosen by hand.
const UPRIGHT_MIN: f32 = 0.2;
/// A break in a faint line, in inches.
const BREAK_MAX: f32 = 0.02;
/// What stands this near to a cell's edge is part of its line, in inches.
const NEAR: f32 = 0.03;
/// Lines may be fainter than letters by this much gray.
const FAINTER: u8 = 30;

/// An upright run shorter than this, in inches, that is paler than most lines by [`PALER`] is the side
/// of a round stamp. Chosen by hand: stamps are an inch across and more, their sides half of it.
const SIDE_MAX: f32 = 0.7;
const PALER: u8 = 40;

/// Finds the ruling lines, in pixels.
pub(crate) fn find_rules(page: &GrayImage, dpi: f32) -> Vec<Rule> {
    let (width, height) = (index(page.width()), index(page.height()));
    let ink: Vec<bool> = page.iter().map(|p| *p < INK + FAINTER).collect();
    let mut rules = Vec::new();
    if ink.iter().filter(|dark| **dark).count() * 2 > ink.len() {
        return rules; // A black page or a photograph: every row would be a line.
    }
    let gap = index(whole(BREAK_MAX * dpi)).max(1);
    let length = index(whole(LEVEL_MIN * dpi)).max(20);
    for y in 1..height {
        let dark = |x: usize| ink[y * width + x] || ink[(y - 1) * width + x];
        runs(width, gap, length, dark, |from, to| {
            rules.push(Rule { horizontal: true, at: y as f32, from: from as f32, to: to as f32 });
        });
    }
    let length = index(whole(UPRIGHT_MIN * dpi)).max(12);
    for x in 1..width {
        let dark = |y: usize| ink[y * width + x] || ink[y * width + x - 1];
        runs(height, gap, length, dark, |from, to| {
            rules.push(Rule { horizontal: false, at: x as f32, from: from as f32, to: to as f32 });
        });
    }
    drop_sides(page, &mut rules, dpi);
    rules
}

/// Drops the sides of stamps: short, upright, and paler than the lines of the page.
fn drop_sides(page: &GrayImage, rules: &mut Vec<Rule>, dpi: f32) {
    let tones: Vec<u8> = rules.iter().map(|rule| tone(page, *rule)).collect();
    let mut sorted: Vec<(u8, f32)> =
        tones.iter().zip(rules.iter()).map(|(tone, rule)| (*tone, rule.to - rule.from)).collect();
    sorted.sort_by_key(|(tone, _)| *tone);
    let half = sorted.iter().map(|(_, length)| length).sum::<f32>() / 2.0;
    let mut seen = 0.0;
    let middle = sorted.iter().find(|(_, length)| {
        seen += length;
        seen >= half
    });
    let most = middle.map_or(u8::MAX, |(tone, _)| tone.saturating_add(PALER));
    let mut tones = tones.into_iter();
    rules.retain(|rule| {
        let pale = tones.next().is_some_and(|tone| tone > most);
        rule.horizontal || !pale || rule.to - rule.from > dpi * SIDE_MAX
    });
}

/// The middle gray of a line, by the darker of the two rows that it was seen in.
fn tone(page: &GrayImage, rule: Rule) -> u8 {
    let at = whole(rule.at);
    let mut grays: Vec<u8> = (whole(rule.from)..=whole(rule.to))
        .map(|along| {
            let gray = |across: u32| {
                let (x, y) = if rule.horizontal { (along, across) } else { (across, along) };
                page.get_pixel(x, y).0[0]
            };
            gray(at).min(gray(at.saturating_sub(1)))
        })
        .collect();
    grays.sort_unstable();
    grays.get(grays.len() / 2).copied().unwrap_or(255)
}

/// Whitens the lines of the grids, so that none is read as a letter.
pub(crate) fn erase(page: &mut GrayImage, rules: &[Rule], grids: &[Grid], dpi: f32) {
    let near = dpi * NEAR;
    let (width, height) = (page.width(), page.height());
    for grid in grids {
        let cells: Vec<Bounds> = grid.rows.iter().flatten().copied().collect();
        let on_edge = |rule: &&Rule| {
            cells.iter().any(|c| {
                let edges = if rule.horizontal { [c.y0, c.y1] } else { [c.x0, c.x1] };
                edges.iter().any(|e| (e - rule.at).abs() <= near)
            })
        };
        for rule in rules.iter().filter(on_edge) {
            // The run was seen over two rows; its soft edge lies one to either side.
            let across = whole(rule.at - 2.0)..whole(rule.at + 2.0);
            for at in across {
                for along in whole(rule.from - 1.0)..=whole(rule.to + 1.0) {
                    let (x, y) = if rule.horizontal { (along, at) } else { (at, along) };
                    if x < width && y < height {
                        page.put_pixel(x, y, Luma([255]));
                    }
                }
            }
        }
    }
}

/// Calls `found` for every run of dark places that is long enough, bridging short gaps.
fn runs(
    length: usize,
    gap: usize,
    length_min: usize,
    dark: impl Fn(usize) -> bool,
    mut found: impl FnMut(usize, usize),
) {
    let mut run: Option<(usize, usize, usize)> = None; // First, last, dark places.
    let mut close = |run: Option<(usize, usize, usize)>| {
        if let Some((first, last, count)) = run {
            let span = last - first + 1;
            // Bridged gaps may not make up the line: rows of dots and text are no lines.
            if span >= length_min && count * 10 >= span * 9 {
                found(first, last);
            }
        }
    };
    for i in 0..length {
        if !dark(i) {
            continue;
        }
        run = match run {
            Some((first, last, count)) if i - last <= gap => Some((first, i, count + 1)),
            other => {
                close(other);
                Some((i, i, 1))
            }
        };
    }
    close(run);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::grid::{Tolerance, find_grids};

    #[test]
    fn the_side_of_a_pale_stamp_is_no_line() {
        let page = GrayImage::from_fn(1000, 600, |x, y| {
            let level = [100, 200, 300].contains(&y) && (100..900).contains(&x);
            let upright = [100, 500, 899].contains(&x) && (100..=300).contains(&y);
            let side = (300..306).contains(&x) && (150..270).contains(&y);
            Luma([if level || upright {
                30
            } else if side {
                120
            } else {
                255
            }])
        });
        let uprights: Vec<f32> =
            find_rules(&page, 300.0).iter().filter(|r| !r.horizontal).map(|r| r.at).collect();
        assert!(uprights.iter().all(|at| !(295.0..311.0).contains(at)), "{uprights:?}");
        assert!(uprights.contains(&500.0));
    }

    #[test]
    fn a_drawn_table_is_found_and_letters_are_not() {
        let mut page = GrayImage::from_pixel(1000, 600, Luma([255]));
        for y in [100, 200, 300] {
            for x in 100..900 {
                page.put_pixel(x, y + u32::from(x > 500), Luma([40])); // Drifts by a pixel.
            }
        }
        for x in [100, 500, 899] {
            for y in 100..=301 {
                page.put_pixel(x, y, Luma([40]));
            }
        }
        for y in 140..160 {
            for x in 700..740 {
                page.put_pixel(x, y, Luma([0])); // A word.
            }
        }
        let tolerance = Tolerance { near: 6.0, cell_min: 15.0, covered_min: 0.7 };
        let grids = find_grids(&find_rules(&page, 300.0), tolerance);
        let shape: Vec<usize> = grids.iter().flat_map(|g| g.rows.iter().map(Vec::len)).collect();
        assert_eq!(shape, [2, 2]);
    }
}
