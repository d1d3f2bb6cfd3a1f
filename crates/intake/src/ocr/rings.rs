//! Rings of round stamps, which cut through print however dark they are.
//!
//! A ring is found by its shape: its edges point at one place (Hough's transform for circles, votes
//! along the gradient: Kimme, Ballard and Sklansky 1975), and ink stands around nearly all of that place at one
//! distance. It is whitened where no stroke goes on beside it. What is written inside stays.
//! Invariant: ink away from a ring is not changed.

use std::f32::consts::TAU;

use ::image::{GrayImage, Luma};

use super::prepare::{index, whole};

/// Radius of a ring, in inches: stamps are 2 to 6 cm wide, and no letter is.
const RADIUS: (f32, f32) = (0.35, 1.25);
/// Points an inch of the small picture in which rings are sought; a thin one has two pixels there.
const COARSE: f32 = 100.0;
/// Least step of gray at an edge of the small picture. Chosen by hand: pale stamps have 60.
const EDGE_MIN: f32 = 36.0;
/// Gray below this may be a ring.
const FAINT: u8 = 190;
/// Least share of a ring that is there: rulings and folds cut it. Chosen by hand.
const COVERED_MIN: f32 = 0.72;
/// Largest share of the same just inside or outside of it: a blot has no hole. Chosen by hand.
const BESIDE_MAX: f32 = 0.5;
/// How far beside, in inches.
const BESIDE: f32 = 0.06;
/// Thickest ring, in inches.
const THICK_MAX: f32 = 0.07;
/// Places that are looked at as the middle of a ring, a page.
const PLACES_MAX: usize = 6;
/// Least votes for a middle, of the edge of a ring of that size. Chosen by hand.
const VOTES_MIN: f32 = 0.3;
/// Directions in which a ring is looked at.
const COARSE_RAYS: usize = 180;
const RAYS: usize = 1440;
/// Pixels of the small picture by which a ring may be missed before it is fitted, and after.
const ROUGH: u8 = 4;
const FINE: u8 = 1;
/// How often a ring is fitted; it moves no more after the third time.
const FITS: usize = 4;
/// Rays on each side over which the middle of the line is taken: stamps are not quite round.
const SMOOTH: usize = 12;

/// A ring in pixels.
#[derive(Clone, Copy, Debug)]
struct Ring {
    x: f32,
    y: f32,
    radius: f32,
}

/// Whitens the rings of stamps.
pub(super) fn erase(page: &mut GrayImage, dpi: f32) {
    let factor = whole((dpi / COARSE).round()).max(1);
    let small = shrink(page, factor);
    if small.width < 8 || small.height < 8 {
        return;
    }
    let unit = dpi / factor as f32;
    for ring in small.rings(unit) {
        let scale = factor as f32;
        let middle = |v: f32| (v + 0.5) * scale - 0.5;
        let ring = Ring { x: middle(ring.x), y: middle(ring.y), radius: ring.radius * scale };
        whiten(page, ring, dpi);
    }
}

/// A picture of floats.
struct Small {
    gray: Vec<f32>,
    width: usize,
    height: usize,
}

fn shrink(page: &GrayImage, factor: u32) -> Small {
    let (width, height) = (page.width() / factor, page.height() / factor);
    let mut gray = Vec::with_capacity(index(width) * index(height));
    for y in 0..height {
        for x in 0..width {
            let mut sum = 0;
            for dy in 0..factor {
                for dx in 0..factor {
                    sum += u32::from(page.get_pixel(x * factor + dx, y * factor + dy).0[0]);
                }
            }
            gray.push(sum as f32 / (factor * factor) as f32);
        }
    }
    Small { gray, width: index(width), height: index(height) }
}

impl Small {
    fn rings(&self, unit: f32) -> Vec<Ring> {
        let (least, most) = (unit * RADIUS.0, unit * RADIUS.1);
        let mut votes = self.votes(least, most);
        let mut rings = Vec::new();
        for _ in 0..PLACES_MAX {
            let Some((at, count)) = votes.iter().enumerate().max_by_key(|(_, count)| **count)
            else {
                break;
            };
            if f32::from(*count) < TAU * least * VOTES_MIN {
                break;
            }
            let (x, y) = ((at % self.width) as f32, (at / self.width) as f32);
            rings.extend(self.ring_around(x, y, unit));
            self.clear(&mut votes, at, index(whole(least / 2.0)));
        }
        rings
    }

    /// Each edge votes for the places it may go around, to both of its sides; votes of neighbours
    /// count together.
    fn votes(&self, least: f32, most: f32) -> Vec<u16> {
        let mut votes = vec![0_u16; self.gray.len()];
        let at = |x: usize, y: usize| self.gray[y * self.width + x];
        let three = |a: f32, b: f32, c: f32| (a + 2.0 * b + c) / 4.0;
        for y in 1..self.height - 1 {
            for x in 1..self.width - 1 {
                // Sobel's operator.
                let column = |x: usize| three(at(x, y - 1), at(x, y), at(x, y + 1));
                let row = |y: usize| three(at(x - 1, y), at(x, y), at(x + 1, y));
                let across = column(x + 1) - column(x - 1);
                let down = row(y + 1) - row(y - 1);
                let step = across.hypot(down);
                if step < EDGE_MIN {
                    continue;
                }
                let (dx, dy) = (across / step, down / step);
                for side in [-1.0, 1.0] {
                    let mut radius = least;
                    while radius <= most {
                        if let Some(at) =
                            self.place(x as f32 + side * dx * radius, y as f32 + side * dy * radius)
                        {
                            votes[at] = votes[at].saturating_add(1);
                        }
                        radius += 1.0;
                    }
                }
            }
        }
        let mut out = vec![0_u16; votes.len()];
        for y in 1..self.height - 1 {
            for x in 1..self.width - 1 {
                let rows = [y - 1, y, y + 1].map(|row| row * self.width + x);
                let near = rows.iter().flat_map(|at| &votes[at - 1..=at + 1]);
                out[y * self.width + x] = near.fold(0, |sum, count| sum.saturating_add(*count));
            }
        }
        out
    }

    fn place(&self, x: f32, y: f32) -> Option<usize> {
        let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
        inside.then(|| {
            let (x, y) = (
                index(whole(x + 0.5)).min(self.width - 1),
                index(whole(y + 0.5)).min(self.height - 1),
            );
            y * self.width + x
        })
    }

    fn clear(&self, votes: &mut [u16], at: usize, reach: usize) {
        let (x, y) = (at % self.width, at / self.width);
        for row in y.saturating_sub(reach)..(y + reach + 1).min(self.height) {
            let start = row * self.width;
            votes[start + x.saturating_sub(reach)..start + (x + reach + 1).min(self.width)].fill(0);
        }
    }

    /// The ring around a place, if there is one.
    fn ring_around(&self, x: f32, y: f32, unit: f32) -> Option<Ring> {
        let mut ring = Ring { x, y, radius: unit * RADIUS.0 };
        let mut most = 0.0;
        let mut radius = ring.radius;
        while radius <= unit * RADIUS.1 {
            let share = self.covered(Ring { x, y, radius }, ROUGH);
            if share > most {
                (most, ring.radius) = (share, radius);
            }
            radius += 1.0;
        }
        for _ in 0..FITS {
            self.fit(&mut ring, unit * BESIDE);
        }
        let beside = |off: f32| {
            self.covered(Ring { radius: ring.radius + off * unit * BESIDE, ..ring }, FINE)
        };
        let is_ring =
            self.covered(ring, FINE) >= COVERED_MIN && beside(-1.0).max(beside(1.0)) <= BESIDE_MAX;
        is_ring.then_some(ring)
    }

    /// The share of a ring on which ink stands, within so many pixels.
    fn covered(&self, ring: Ring, within: u8) -> f32 {
        let nearest = ring.radius - f32::from(within);
        let is_ink = |ray: (f32, f32)| {
            (0..=2 * within).any(|step| self.is_ink(ring, ray, nearest + f32::from(step)))
        };
        rays().filter(|ray| is_ink(*ray)).count() as f32 / COARSE_RAYS as f32
    }

    fn is_ink(&self, ring: Ring, (cos, sin): (f32, f32), distance: f32) -> bool {
        self.place(ring.x + cos * distance, ring.y + sin * distance)
            .is_some_and(|at| self.gray[at] < f32::from(FAINT))
    }

    /// Moves a ring to where its ink is: on each ray what is nearest to it. A ring that is out of place
    /// is too far on one side and too near on the other.
    fn fit(&self, ring: &mut Ring, reach: f32) {
        let off = |ray: (f32, f32)| {
            let steps = (0..=whole(2.0 * reach)).map(|i| i as f32 / 2.0);
            steps
                .flat_map(|step| [step, -step])
                .find(|off| self.is_ink(*ring, ray, ring.radius + off))
        };
        let offs: Vec<((f32, f32), f32)> =
            rays().filter_map(|ray| Some((ray, off(ray)?))).collect();
        let count = offs.len().max(1) as f32;
        let mean = |part: fn(((f32, f32), f32)) -> f32| {
            offs.iter().map(|each| part(*each)).sum::<f32>() / count
        };
        let (across, down) = (mean(|((cos, _), off)| off * cos), mean(|((_, sin), off)| off * sin));
        ring.radius += mean(|(_, off)| off);
        ring.x += 2.0 * across;
        ring.y += 2.0 * down;
    }
}

/// Cosine and sine of the directions in which a ring is looked at.
fn rays() -> impl Iterator<Item = (f32, f32)> {
    (0..COARSE_RAYS).map(|ray| {
        let angle = ray as f32 / COARSE_RAYS as f32 * TAU;
        (angle.cos(), angle.sin())
    })
}

/// Whitens a ring where nothing goes on beside it.
fn whiten(page: &mut GrayImage, ring: Ring, dpi: f32) {
    let reach = dpi * BESIDE;
    let gray = |page: &GrayImage, angle: f32, distance: f32| {
        let (x, y) = (ring.x + angle.cos() * distance, ring.y + angle.sin() * distance);
        let inside = x >= 0.0 && y >= 0.0 && x < page.width() as f32 && y < page.height() as f32;
        if inside {
            page.get_pixel(whole(x).min(page.width() - 1), whole(y).min(page.height() - 1)).0[0]
        } else {
            255
        }
    };
    let angle_of = |ray: usize| ray as f32 / RAYS as f32 * TAU;
    // Where the line is on each ray, and how thick.
    let lines: Vec<Option<(f32, f32)>> = (0..RAYS)
        .map(|ray| {
            let steps = (0..=whole(reach * 4.0)).map(|i| ring.radius - reach + i as f32 / 2.0);
            let dark: Vec<f32> = steps.filter(|d| gray(page, angle_of(ray), *d) < FAINT).collect();
            let (first, last) = (*dark.first()?, *dark.last()?);
            (last - first <= dpi * THICK_MAX)
                .then_some((f32::midpoint(first, last), last - first + 0.5))
        })
        .collect();
    let Some(thick) = median(lines.iter().flatten().map(|(_, thick)| *thick)) else { return };
    let middles: Vec<Option<f32>> = (0..RAYS)
        .map(|ray| {
            let near = (0..=2 * SMOOTH).map(|i| (ray + RAYS + i - SMOOTH) % RAYS);
            median(near.filter_map(|ray| lines[ray]).map(|(middle, _)| middle))
        })
        .collect();
    let half = thick / 2.0 + 1.5;
    let beside = half + 1.5;
    let far = ring.radius + reach;
    let edge = |v: f32, most: u32| whole(v.max(0.0)).min(most);
    let mut white: Vec<(u32, u32)> = Vec::new();
    for y in edge(ring.y - far, page.height())..edge(ring.y + far + 1.0, page.height()) {
        for x in edge(ring.x - far, page.width())..edge(ring.x + far + 1.0, page.width()) {
            let (dx, dy) = (x as f32 - ring.x, y as f32 - ring.y);
            let distance = dx.hypot(dy);
            if (distance - ring.radius).abs() > reach {
                continue;
            }
            let angle = dy.atan2(dx).rem_euclid(TAU);
            let ray = index(whole(angle / TAU * RAYS as f32)) % RAYS;
            let Some(middle) = middles[ray].filter(|m| (distance - m).abs() <= half) else {
                continue;
            };
            let goes_on = [middle - beside, middle + beside]
                .iter()
                .any(|distance| gray(page, angle, *distance) < FAINT);
            if !goes_on {
                white.push((x, y));
            }
        }
    }
    for (x, y) in white {
        page.put_pixel(x, y, Luma([255]));
    }
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut all: Vec<f32> = values.collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DPI: f32 = 200.0;

    fn page() -> GrayImage {
        GrayImage::from_pixel(900, 900, Luma([255]))
    }

    /// Draws a ring four pixels thick.
    fn draw_ring(page: &mut GrayImage, (x, y): (f32, f32), radius: f32, gray: u8) {
        for (px, py, pixel) in page.enumerate_pixels_mut() {
            let distance = (px as f32 - x).hypot(py as f32 - y);
            if (distance - radius).abs() <= 2.0 {
                *pixel = Luma([gray]);
            }
        }
    }

    fn draw_bar(page: &mut GrayImage, x: std::ops::Range<u32>, y: std::ops::Range<u32>) {
        for py in y {
            for px in x.clone() {
                page.put_pixel(px, py, Luma([20]));
            }
        }
    }

    fn ink(page: &GrayImage) -> usize {
        page.pixels().filter(|pixel| pixel.0[0] < FAINT).count()
    }

    #[test]
    fn a_ring_goes_and_the_strokes_through_it_stay() {
        for (gray, radius) in [(0, 180.0), (140, 120.0)] {
            let mut without = page();
            // Strokes across the ring, one that ends inside of it, and one beside it.
            draw_bar(&mut without, 200..700, 448..453);
            draw_bar(&mut without, 440..446, 500..800);
            draw_bar(&mut without, 100..300, 100..105);
            let mut with = without.clone();
            draw_ring(&mut with, (450.0, 450.0), radius, gray);
            for (px, py, pixel) in without.enumerate_pixels() {
                if pixel.0[0] < FAINT {
                    with.put_pixel(px, py, *pixel);
                }
            }
            let drawn = ink(&with) - ink(&without);
            erase(&mut with, DPI);
            let left = with
                .pixels()
                .zip(without.pixels())
                .filter(|(a, b)| a.0[0] < FAINT && b.0[0] >= FAINT)
                .count();
            let lost = with
                .pixels()
                .zip(without.pixels())
                .filter(|(a, b)| a.0[0] >= FAINT && b.0[0] < FAINT)
                .count();
            assert!(left * 20 < drawn, "{left} of {drawn} pixels of the ring are left");
            assert_eq!(lost, 0, "pixels of strokes that are lost");
        }
    }

    #[test]
    fn small_letters_blots_frames_and_arcs_stay() {
        let mut pages: Vec<GrayImage> = Vec::new();
        let mut letters = page();
        for (x, y) in [(200.0, 200.0), (300.0, 200.0), (200.0, 300.0)] {
            draw_ring(&mut letters, (x, y), 40.0, 0);
        }
        pages.push(letters);
        let mut blot = page();
        for radius in 0..150 {
            draw_ring(&mut blot, (450.0, 450.0), radius as f32, 0);
        }
        pages.push(blot);
        let mut frame = page();
        draw_bar(&mut frame, 200..700, 200..205);
        draw_bar(&mut frame, 200..700, 700..705);
        draw_bar(&mut frame, 200..205, 200..705);
        draw_bar(&mut frame, 700..705, 200..705);
        pages.push(frame);
        let mut arc = page();
        draw_ring(&mut arc, (450.0, 450.0), 150.0, 0);
        for y in 0..500 {
            for x in 0..900 {
                arc.put_pixel(x, y, Luma([255]));
            }
        }
        pages.push(arc);
        for mut page in pages {
            let before = page.clone();
            erase(&mut page, DPI);
            assert!(page == before);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn nothing_gets_darker_and_nothing_away_from_the_ring_changes(
            (x, y) in (-40.0..340.0_f32, -40.0..340.0_f32),
            radius in 20.0..150.0_f32,
            gray in 0..255_u8,
            (width, height) in (9..300_u32, 9..300_u32),
            dpi in 50.0..300.0_f32,
        ) {
            let mut page = GrayImage::from_pixel(width, height, Luma([255]));
            draw_ring(&mut page, (x, y), radius, gray);
            let before = page.clone();
            erase(&mut page, dpi);
            for ((px, py, new), old) in page.enumerate_pixels().zip(before.pixels()) {
                let off = ((px as f32 - x).hypot(py as f32 - y) - radius).abs();
                prop_assert!(new == old || new.0[0] == 255 && off <= 3.0, "{px} {py}");
            }
        }
    }

    #[test]
    fn a_page_smaller_than_any_ring_is_left_alone() {
        for side in [1, 9, 40] {
            let mut page = GrayImage::from_pixel(side, side, Luma([0]));
            erase(&mut page, DPI);
            assert_eq!(ink(&page), (side * side) as usize);
        }
    }
}
