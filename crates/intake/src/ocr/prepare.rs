//! A page image made ready: even light, upright, at a fitting size.
//!
//! Photographs at an angle are made flat ([`perspective`]); shading and faint watermarks are evened
//! out, single specks go, small skew is turned back and low resolutions are enlarged, these two in
//! one resampling so that letters stay sharp. Keeps the way back from prepared pixels to the
//! original, for places. Recognizes nothing.

use ::image::{GrayImage, Luma};

use super::perspective::{self, Projection};
use super::spots::{Spot, spots};
use crate::page::Bounds;

/// The prepared page.
pub(crate) struct Prepared {
    /// Dark on white.
    pub(crate) gray: GrayImage,
    /// Dots per inch of the prepared page.
    pub(crate) dpi: f32,
    scale: f32,
    turn: Turn,
    /// The way back to the photograph that was made flat before all else.
    projection: Option<Projection>,
}

/// Rotation about the middle.
#[derive(Clone, Copy)]
struct Turn {
    sin: f32,
    cos: f32,
    from: (f32, f32),
    to: (f32, f32),
}

/// Resolution that pages are brought to. Chosen by hand: on a small sample of synthetic Arabic scans
/// 150, 200 and 250 dpi differed by a few answers in a hundred, 200 being ahead.
const DPI_WANTED: f32 = 200.0;
/// Resolutions as near as this are left alone.
const DPI_NEAR: f32 = 0.1;
/// Largest skew looked for, in degrees. More is a photograph at an angle.
pub(super) const SKEW_MAX: f32 = 4.0;
/// Gray below this is ink, after the light was evened. Chosen by hand: paper is 255, letters of
/// faint prints some 120, watermarks 200.
pub(crate) const INK: u8 = 150;

/// Gray below this is part of a speck.
const SPECK_GRAY: u8 = 190;
/// Sides of a speck, in pixels.
const SPECK_SIDE: u32 = 4;
/// Ink of a speck at most, black being 255 a pixel: one pixel of noise and its soft edge. Measured on
/// the synthetic caches: dots of letters hold 400 and more at 150 dpi, 800 at 200.
const SPECK_INK: f32 = 370.0;
/// Ink, over the square of the resolution, below which a spot without a letter near is a speck.
const DOUBTFUL_INK: f32 = 0.035;
/// How near dots are to their letters, in inches. Chosen by hand.
const LETTER_NEAR: f32 = 0.065;

/// The longest side of the sheet that an image without a trusted resolution is taken to show: A4,
/// in inches. Resolutions in image files are wrong too often.
const SHEET_INCHES: f32 = 11.69;

/// Prepares a page. Without a resolution it is taken for a sheet of A4.
pub(crate) fn prepare(original: &GrayImage, dpi: Option<f32>) -> Prepared {
    let flat = perspective::flatten(original);
    let sheet = flat.as_ref().map_or(original, |flat| &flat.gray);
    let dpi = dpi.filter(|_| flat.is_none()).unwrap_or_else(|| {
        let longest = sheet.width().max(sheet.height()) as f32;
        longest / SHEET_INCHES
    });
    let prepared = straighten(sheet, dpi.clamp(DPI_MIN, DPI_MAX));
    Prepared { projection: flat.map(|flat| flat.projection), ..prepared }
}

/// Resolutions of pages, whatever a file says.
const DPI_MIN: f32 = 50.0;
const DPI_MAX: f32 = 1200.0;

/// Evens, turns and scales a flat page.
fn straighten(original: &GrayImage, dpi: f32) -> Prepared {
    let mut even = even_light(original, dpi);
    darken(&mut even);
    drop_specks(&mut even, dpi);
    let skew = skew(&even, dpi);
    let wanted = (DPI_WANTED / dpi).clamp(0.2, 3.0);
    let scale = if (wanted - 1.0).abs() < DPI_NEAR { 1.0 } else { wanted };
    if skew == 0.0 && (scale - 1.0).abs() < 0.01 {
        let turn = Turn { sin: 0.0, cos: 1.0, from: (0.0, 0.0), to: (0.0, 0.0) };
        return Prepared { gray: even, dpi, scale: 1.0, turn, projection: None };
    }
    let (width, height) = (even.width() as f32 * scale, even.height() as f32 * scale);
    let (sin, cos) = skew.to_radians().sin_cos();
    let from = (even.width() as f32 / 2.0, even.height() as f32 / 2.0);
    let turn = Turn { sin, cos, from, to: (width / 2.0, height / 2.0) };
    let gray = resample(&even, |x, y| turn.back(x, y, scale), whole(width), whole(height));
    Prepared { gray, dpi: dpi * scale, scale, turn, projection: None }
}

impl Prepared {
    /// A box of prepared pixels as one of the original.
    pub(crate) fn original(&self, b: Bounds) -> Bounds {
        [(b.x0, b.y0), (b.x1, b.y0), (b.x0, b.y1), (b.x1, b.y1)]
            .into_iter()
            .map(|(x, y)| self.turn.back(x, y, self.scale))
            .map(|(x, y)| self.projection.map_or((x, y), |flat| flat.back(x, y)))
            .map(|(x, y)| Bounds { x0: x, y0: y, x1: x, y1: y })
            .reduce(Bounds::union)
            .unwrap_or(b)
    }
}

impl Turn {
    fn back(self, x: f32, y: f32, scale: f32) -> (f32, f32) {
        let (dx, dy) = ((x - self.to.0) / scale, (y - self.to.1) / scale);
        (self.from.0 + dx * self.cos - dy * self.sin, self.from.1 + dx * self.sin + dy * self.cos)
    }
}

/// Divides by the light of the neighborhood and stretches, so that paper is white all over.
fn even_light(original: &GrayImage, dpi: f32) -> GrayImage {
    // Squares of a sixth of an inch hold some paper beside any letter.
    let side = whole(dpi / 6.0).max(8);
    let (width, height) = original.dimensions();
    let (columns, rows) = (width.div_ceil(side).max(1), height.div_ceil(side).max(1));
    let (grid_w, grid_h) = (index(columns), index(rows));
    let light: Vec<u8> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (column * side, row * side)))
        .map(|(x, y)| paper(original, x, y, side))
        .collect();
    let light = smooth(&light, grid_w, grid_h);
    let at = |i: usize, count: usize| {
        let place = ((i as f32 + 0.5) / side as f32 - 0.5).clamp(0.0, (count - 1) as f32);
        let (low, rest) = split(place);
        (low, (low + 1).min(count - 1), rest)
    };
    let mut even = GrayImage::new(width, height);
    let line = index(width).max(1);
    for (y, (to, from)) in even.chunks_exact_mut(line).zip(original.chunks_exact(line)).enumerate()
    {
        let (r0, r1, fy) = at(y, grid_h);
        let lights: Vec<f32> = (0..grid_w)
            .map(|c| {
                let (above, below) = (light[r0 * grid_w + c], light[r1 * grid_w + c]);
                f32::from(above) * (1.0 - fy) + f32::from(below) * fy
            })
            .collect();
        for (x, (to, from)) in to.iter_mut().zip(from).enumerate() {
            let (c0, c1, fx) = at(x, grid_w);
            let paper = lights[c0] * (1.0 - fx) + lights[c1] * fx;
            // A little below the paper's own gray is white as well: noise of the sensor.
            *to = byte(f32::from(*from) / (paper * 0.92).max(1.0) * 255.0);
        }
    }
    even
}

/// The gray of the paper in a square: its 80th percentile, for ink covers less than half.
fn paper(picture: &GrayImage, x0: u32, y0: u32, side: u32) -> u8 {
    let mut counts = [0_u32; 256];
    let mut total = 0_u32;
    for y in y0..(y0 + side).min(picture.height()) {
        for x in x0..(x0 + side).min(picture.width()) {
            counts[usize::from(picture.get_pixel(x, y).0[0])] += 1;
            total += 1;
        }
    }
    let mut seen = 0;
    for (gray, count) in (0_u8..=255).zip(counts) {
        seen += count;
        if seen * 5 >= total * 4 {
            return gray.max(1);
        }
    }
    255
}

/// An upper median of each square and its neighbors: one full of ink takes the light around it.
fn smooth(light: &[u8], columns: usize, rows: usize) -> Vec<u8> {
    let mut out = light.to_vec();
    for row in 0..rows {
        for column in 0..columns {
            let mut near: Vec<u8> = Vec::with_capacity(25);
            for r in row.saturating_sub(2)..(row + 3).min(rows) {
                for c in column.saturating_sub(2)..(column + 3).min(columns) {
                    near.push(light[r * columns + c]);
                }
            }
            near.sort_unstable();
            out[row * columns + column] = near[near.len() * 6 / 10];
        }
    }
    out
}

/// Makes the ink of faded prints black.
fn darken(picture: &mut GrayImage) {
    let mut counts = [0_usize; 256];
    for pixel in picture.iter() {
        counts[usize::from(*pixel)] += 1;
    }
    // The darkest two hundredth: a page of text has some 4 % ink, a near empty form 1 %.
    let wanted = picture.len() / 200;
    let mut seen = 0;
    let ink = (0_u8..=255).zip(counts).find(|(_, count)| {
        seen += count;
        seen > wanted
    });
    let ink = f32::from(ink.map_or(0, |(gray, _)| gray));
    // Nothing darker than this is an empty page, whose grain is no ink. Chosen by hand.
    if (40.0..=225.0).contains(&ink) {
        let stretch = 255.0 / (255.0 - ink + 20.0);
        for pixel in picture.iter_mut() {
            *pixel = byte((f32::from(*pixel) - ink + 20.0) * stretch);
        }
    }
}

/// Whitens specks: noise is a pixel or two, whatever the resolution, and stands anywhere; dots of
/// letters hold more ink and stand near their letters.
fn drop_specks(picture: &mut GrayImage, dpi: f32) {
    let width = index(picture.width());
    if picture.width() < 3 || picture.height() < 3 {
        return;
    }
    let mut dark: Vec<bool> = picture.iter().map(|p| *p < SPECK_GRAY).collect();
    let pixels: &mut [u8] = picture;
    let mut doubtful = Vec::new();
    for spot in spots(&mut dark, width) {
        if spot.width() > SPECK_SIDE || spot.height() > SPECK_SIDE {
            continue;
        }
        let around = Around::new(&spot, 1, width, pixels.len() / width);
        let ink: f32 = around.places().map(|at| 255.0 - f32::from(pixels[at])).sum();
        if ink <= SPECK_INK {
            around.places().for_each(|at| pixels[at] = 255);
        } else if ink <= dpi * dpi * DOUBTFUL_INK {
            doubtful.push(spot);
        }
    }
    let reach = whole(dpi * LETTER_NEAR).max(3);
    let is_dark = |at: &usize| pixels[*at] < SPECK_GRAY;
    let height = pixels.len() / width;
    let lonely: Vec<usize> = doubtful
        .iter()
        .map(|spot| (Around::new(spot, 1, width, height), Around::new(spot, reach, width, height)))
        .filter(|(near, far)| {
            near.places().filter(is_dark).count() == far.places().filter(is_dark).count()
        })
        .flat_map(|(near, _)| near.places())
        .collect();
    for at in lonely {
        pixels[at] = 255;
    }
}

/// The places in a box around a spot.
struct Around {
    x: std::ops::Range<usize>,
    y: std::ops::Range<usize>,
    width: usize,
}

impl Around {
    fn new(spot: &Spot, reach: u32, width: usize, height: usize) -> Self {
        let x = index(spot.x0.saturating_sub(reach))..index(spot.x1 + reach + 1).min(width);
        let y = index(spot.y0.saturating_sub(reach))..index(spot.y1 + reach + 1).min(height);
        Self { x, y, width }
    }

    fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let (x, width) = (self.x.clone(), self.width);
        self.y.clone().flat_map(move |row| x.clone().map(move |column| row * width + column))
    }
}

/// The angle at which rows of ink are sharpest, in degrees; 0 where nothing stands out.
fn skew(picture: &GrayImage, dpi: f32) -> f32 {
    // Some 100 dpi are enough to tell a twentieth of a degree over the width of a page.
    let step = whole(dpi / 100.0).max(1);
    let (width, height) = (picture.width() / step, picture.height() / step);
    let mut points: Vec<(f32, f32)> = Vec::new();
    for y in 0..height {
        for x in 0..width {
            if (0..step).any(|d| picture.get_pixel(x * step, y * step + d).0[0] < INK) {
                points.push((x as f32 - width as f32 / 2.0, y as f32));
            }
        }
    }
    if points.len() < 200 || height < 10 {
        return 0.0;
    }
    // A black page tells nothing and would take long.
    let stride = points.len().div_ceil(120_000);
    let points: Vec<(f32, f32)> = points.into_iter().step_by(stride).collect();
    let best = |from: f32, steps: u16, step: f32| {
        (0..=steps)
            .map(|i| from + f32::from(i) * step)
            .map(|angle| (angle, sharpness(&points, angle, index(height))))
            .fold((0.0_f32, f64::MIN), |best, new| if new.1 > best.1 { new } else { best })
            .0
    };
    let coarse = best(-SKEW_MAX, 32, 0.25);
    let fine = best(coarse - 0.25, 10, 0.05);
    if fine.abs() < 0.06 || fine.abs() > SKEW_MAX { 0.0 } else { fine }
}

/// Sum of squares of ink a row, if rows rise by the angle.
fn sharpness(points: &[(f32, f32)], angle: f32, height: usize) -> f64 {
    let slope = angle.to_radians().tan();
    let mut rows = vec![0_u32; height * 2];
    for (x, y) in points {
        let row = index(whole(y - x * slope + height as f32 / 2.0));
        if let Some(count) = rows.get_mut(row) {
            *count += 1;
        }
    }
    rows.iter().map(|c| f64::from(*c) * f64::from(*c)).sum()
}

/// Takes each pixel from where `back` leads, with bicubic sampling.
pub(super) fn resample(
    from: &GrayImage,
    back: impl Fn(f32, f32) -> (f32, f32),
    width: u32,
    height: u32,
) -> GrayImage {
    let mut out = GrayImage::from_pixel(width, height, Luma([255]));
    let (source_w, source_h) = (index(from.width()), index(from.height()));
    if source_w < 4 || source_h < 4 {
        return out;
    }
    let pixels: &[u8] = from;
    let (right, low) = ((source_w - 2) as f32, (source_h - 2) as f32);
    for (y, row) in out.chunks_exact_mut(index(width).max(1)).enumerate() {
        for (x, to) in row.iter_mut().enumerate() {
            let (sx, sy) = back(x as f32 + 0.5, y as f32 + 0.5);
            let (sx, sy) = (sx - 0.5, sy - 0.5);
            if sx < 1.0 || sy < 1.0 || sx >= right || sy >= low {
                continue;
            }
            let ((x0, fx), (y0, fy)) = (split(sx), split(sy));
            let (wx, wy) = (weights(fx), weights(fy));
            let base = (y0 - 1) * source_w + x0 - 1;
            let mut sum = 0.0;
            for (i, w) in wy.into_iter().enumerate() {
                let p = &pixels[base + i * source_w..base + i * source_w + 4];
                let across = f32::from(p[0]) * wx[0]
                    + f32::from(p[1]) * wx[1]
                    + f32::from(p[2]) * wx[2]
                    + f32::from(p[3]) * wx[3];
                sum += across * w;
            }
            *to = byte(sum);
        }
    }
    out
}

/// Catmull and Rom's weights of four neighbors.
fn weights(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [
        0.5 * (-t3 + 2.0 * t2 - t),
        0.5 * (3.0 * t3 - 5.0 * t2 + 2.0),
        0.5 * (-3.0 * t3 + 4.0 * t2 + t),
        0.5 * (t3 - t2),
    ]
}

/// Whole part and rest of a number that is not negative.
fn split(value: f32) -> (usize, f32) {
    let floor = value.floor();
    (index(whole(floor)), value - floor)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}

/// A count of pixels; sides of images are far below 2^24.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
pub(crate) fn whole(value: f32) -> u32 {
    value.clamp(0.0, 16_777_216.0) as u32
}

/// A pixel count as an index.
pub(crate) fn index(value: u32) -> usize {
    value as usize
}
