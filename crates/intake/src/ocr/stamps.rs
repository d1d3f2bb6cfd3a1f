//! Pale ink that is no print: stamps and watermarks of gray pages.
//!
//! A stroke is as dark as its middle. Print and ruling lines of a page have one darkness; a stamp or
//! a watermark is paler and larger than any letter. Such spots are whitened where they are pale, so
//! that the print over or under them stays. Of stamps as dark as the print only the ring is known
//! ([`super::rings`]).
//! Invariant: nothing that is as dark as the page's print is changed.

use ::image::{GrayImage, Luma};

use super::prepare::{INK, index, whole};

/// Half the width of a stroke, in inches: so far from its middle its edge may lie.
const REACH: f32 = 0.012;
/// Gray from which on paper is white.
const WHITE: u8 = 225;
/// A stroke is pale if its middle is lighter than that of most print by this much.
const PALER: u8 = 24;
/// Least width and height of a stamp or a letter of a watermark, in inches. Chosen by hand: letters
/// of titles are lower.
const SPOT_MIN: f32 = 0.35;
/// Largest share of the page's width and height.
const SPOT_MAX: f32 = 0.8;
/// Side of the squares in which pale ink is sought, in pixels.
const SQUARE: usize = 4;
/// Squares that are so near belong to one spot.
const NEAR: usize = 4;

/// Whitens pale stamps and watermarks.
pub(super) fn erase(page: &mut GrayImage, dpi: f32) {
    let (width, height) = (index(page.width()), index(page.height()));
    let reach = index(whole(dpi * REACH)).max(1);
    if width <= 4 * reach || height <= 4 * reach {
        return;
    }
    let middles = darkest(&along(page, width), width, reach);
    let Some(print) =
        tone(page.iter().zip(&middles).filter(|(p, _)| **p < INK).map(|(_, m)| *m), 50)
    else {
        return;
    };
    let pale =
        |at: usize, pixels: &[u8]| pixels[at] < WHITE && middles[at] > print.saturating_add(PALER);
    let (columns, rows) = (width / SQUARE, height / SQUARE);
    let squares: Vec<bool> = (0..columns * rows)
        .map(|square| {
            let (left, top) = (square % columns * SQUARE, square / columns * SQUARE);
            let count = (0..SQUARE * SQUARE)
                .filter(|i| pale((top + i / SQUARE) * width + left + i % SQUARE, page))
                .count();
            count * 3 >= SQUARE * SQUARE
        })
        .collect();
    let least = dpi * SPOT_MIN / SQUARE as f32;
    for spot in connected(&squares, columns) {
        let (w, h) = ((spot.x1 - spot.x0 + 1) as f32, (spot.y1 - spot.y0 + 1) as f32);
        let fits = w <= SPOT_MAX * columns as f32 && h <= SPOT_MAX * rows as f32;
        if w.min(h) < least || !fits {
            continue;
        }
        let inside = spot.squares.iter().map(|s| (s % columns * SQUARE, s / columns * SQUARE));
        let own = tone(
            inside
                .flat_map(|(x, y)| {
                    (0..SQUARE * SQUARE).map(move |i| (y + i / SQUARE) * width + x + i % SQUARE)
                })
                .filter(|at| pale(*at, page))
                .map(|at| middles[at]),
            25,
        );
        let Some(own) = own else { continue };
        // Between the two, nearer to the stamp: thin strokes of print are paler than thick ones.
        let limit = print.saturating_add(own.saturating_sub(print) / 3 * 2);
        let edge = |v: usize, most: usize| v.min(most - 1);
        for y in
            (spot.y0 * SQUARE).saturating_sub(reach)..=edge((spot.y1 + 1) * SQUARE + reach, height)
        {
            for x in (spot.x0 * SQUARE).saturating_sub(reach)
                ..=edge((spot.x1 + 1) * SQUARE + reach, width)
            {
                if middles[y * width + x] > limit
                    && let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
                {
                    page.put_pixel(x, y, Luma([255]));
                }
            }
        }
    }
}

/// The value below which so many of a hundred lie; `None` of too few.
fn tone(values: impl Iterator<Item = u8>, hundredths: usize) -> Option<u8> {
    let mut counts = [0_usize; 256];
    let mut total = 0;
    for value in values {
        counts[usize::from(value)] += 1;
        total += 1;
    }
    let mut seen = 0;
    (0_u8..=255)
        .zip(counts)
        .find(|(_, count)| {
            seen += count;
            seen * 100 >= total * hundredths
        })
        .map(|(value, _)| value)
        .filter(|_| total >= 50)
}

/// The darkest mean of three places in a row, over four directions: the grain of the sensor is no
/// darkness, and thin strokes keep theirs.
fn along(page: &GrayImage, width: usize) -> Vec<u8> {
    let pixels: &[u8] = page;
    let mut out = pixels.to_vec();
    let height = pixels.len() / width.max(1);
    for y in 1..height.saturating_sub(1) {
        for x in 1..width - 1 {
            let at = y * width + x;
            let mean = |step: usize| {
                let ends = u16::from(pixels[at - step]) + u16::from(pixels[at + step]);
                (ends + u16::from(pixels[at])) / 3
            };
            let darkest = mean(1).min(mean(width)).min(mean(width - 1)).min(mean(width + 1));
            out[at] = u8::try_from(darkest).unwrap_or(u8::MAX);
        }
    }
    out
}

/// The darkest within reach of each place.
fn darkest(pixels: &[u8], width: usize, reach: usize) -> Vec<u8> {
    let height = pixels.len() / width.max(1);
    let mut across = pixels.to_vec();
    for (to, from) in across.chunks_exact_mut(width).zip(pixels.chunks_exact(width)) {
        for (x, to) in to.iter_mut().enumerate() {
            let near = &from[x.saturating_sub(reach)..(x + reach + 1).min(width)];
            *to = near.iter().copied().min().unwrap_or(255);
        }
    }
    let mut out = across.clone();
    for y in 0..height {
        for row in y.saturating_sub(reach)..(y + reach + 1).min(height) {
            for x in 0..width {
                let near = across[row * width + x];
                let to = &mut out[y * width + x];
                *to = near.min(*to);
            }
        }
    }
    out
}

/// A spot of squares that are near to each other: ruling lines cut stamps.
struct Spot {
    squares: Vec<usize>,
    x0: usize,
    x1: usize,
    y0: usize,
    y1: usize,
}

fn connected(squares: &[bool], columns: usize) -> Vec<Spot> {
    let rows = squares.len() / columns.max(1);
    let mut open = squares.to_vec();
    let mut spots = Vec::new();
    for start in 0..open.len() {
        if !std::mem::take(&mut open[start]) {
            continue;
        }
        let (x, y) = (start % columns, start / columns);
        let mut spot = Spot { squares: vec![start], x0: x, x1: x, y0: y, y1: y };
        let mut next = 0;
        while let Some(&at) = spot.squares.get(next) {
            next += 1;
            let (x, y) = (at % columns, at / columns);
            (spot.x0, spot.x1) = (spot.x0.min(x), spot.x1.max(x));
            (spot.y0, spot.y1) = (spot.y0.min(y), spot.y1.max(y));
            for row in y.saturating_sub(NEAR)..(y + NEAR + 1).min(rows) {
                for column in x.saturating_sub(NEAR)..(x + NEAR + 1).min(columns) {
                    if std::mem::take(&mut open[row * columns + column]) {
                        spot.squares.push(row * columns + column);
                    }
                }
            }
        }
        spots.push(spot);
    }
    spots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_ring_goes_and_the_print_across_it_stays() {
        let mut page = GrayImage::from_fn(600, 600, |x, y| {
            let (dx, dy) = (x as f32 - 300.0, y as f32 - 300.0);
            let ring = (dx.hypot(dy) - 120.0).abs() < 3.0;
            let print = y % 50 < 5 && (60..540).contains(&x);
            Luma([if print {
                15
            } else if ring {
                110
            } else {
                255
            }])
        });
        erase(&mut page, 200.0);
        assert_eq!([page.get_pixel(300, 180).0, page.get_pixel(215, 215).0], [[255], [255]]);
        assert!((60..540).all(|x| page.get_pixel(x, 302).0 == [15]));
    }

    #[test]
    fn print_of_one_darkness_stays() {
        let mut page = GrayImage::from_fn(400, 400, |x, y| {
            Luma([if x % 40 < 4 && y % 60 < 40 { 70 } else { 255 }])
        });
        let before = page.clone();
        erase(&mut page, 200.0);
        assert_eq!(page, before);
    }
}
