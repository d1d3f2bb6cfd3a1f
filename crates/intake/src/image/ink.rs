//! Pictures in color to gray, without the stamps.
//!
//! Offices stamp in red, blue or violet over black print. In gray such a stamp is as dark as a faded
//! letter; in color it is told at once. Colored ink that fills a spot as high as a stamp is taken off
//! here: paper under it becomes white, print under it stays. Lines of colored handwriting are no
//! stamps, colored forms and paper neither.
//! Invariant: a picture without color comes out as its own gray.

use ::image::{DynamicImage, GrayImage, RgbImage};

/// Side of the squares whose mean color is looked at, in pixels: JPEG stores color that coarsely.
const SQUARE: u32 = 4;
/// Least difference of the strongest and the weakest channel of colored ink. Chosen by hand: noise
/// of scanners averaged over a square stays below 15, stamps have 60 and more.
const CHROMA_MIN: u8 = 34;
/// Least width and height of a stamp over the longest side of the page: half an inch of A4. Lines of
/// handwriting are lower. Chosen by hand.
const STAMP_MIN: f32 = 0.042;
/// Largest share of the page's width and height that a stamp takes. Chosen by hand.
const STAMP_MAX: f32 = 0.6;
/// Print under a stamp is darker than the stamp on paper by more than this factor. Chosen by hand:
/// stamps let half of the light of the paper through and more.
const UNDER: f32 = 0.5;

/// Gray; what is transparent shows white paper, stamps are taken off.
pub(crate) fn gray(picture: DynamicImage) -> GrayImage {
    if picture.color().has_alpha() {
        let mut flat = RgbImage::new(picture.width(), picture.height());
        for (to, from) in flat.pixels_mut().zip(picture.into_rgba8().pixels()) {
            let [red, green, blue, alpha] = from.0.map(u32::from);
            let shown = |channel: u32| {
                u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
            };
            to.0 = [shown(red), shown(green), shown(blue)];
        }
        return without_stamps(&flat);
    }
    if picture.color().has_color() {
        return without_stamps(&picture.into_rgb8());
    }
    picture.into_luma8()
}

/// Gray of a picture in color, stamps taken off.
pub(crate) fn without_stamps(picture: &RgbImage) -> GrayImage {
    let mut gray = ::image::imageops::grayscale(picture);
    let squares = Squares::new(picture);
    for stamp in squares.stamps() {
        lift(picture, &mut gray, &squares, &stamp);
    }
    gray
}

/// Where colored ink is, by squares.
struct Squares {
    columns: usize,
    rows: usize,
    colored: Vec<bool>,
    /// What each channel is to be multiplied with, 256 being one, to make the paper white.
    balance: [u32; 3],
}

/// A spot of colored squares: their numbers.
type Stamp = Vec<usize>;

impl Squares {
    fn new(picture: &RgbImage) -> Self {
        let (columns, rows) = (picture.width() / SQUARE, picture.height() / SQUARE);
        let balance = balance(picture);
        let mut colored = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let mut sum = [0_u32; 3];
                for y in row * SQUARE..(row + 1) * SQUARE {
                    for x in column * SQUARE..(column + 1) * SQUARE {
                        let pixel = balanced(picture, x, y, balance);
                        for (sum, channel) in sum.iter_mut().zip(pixel) {
                            *sum += u32::from(channel);
                        }
                    }
                }
                let mean = sum.map(|s| s / (SQUARE * SQUARE));
                let (most, least) =
                    (mean[0].max(mean[1]).max(mean[2]), mean[0].min(mean[1]).min(mean[2]));
                colored.push(most - least >= u32::from(CHROMA_MIN));
            }
        }
        let size = |v: u32| usize::try_from(v).unwrap_or(0);
        Self { columns: size(columns), rows: size(rows), colored, balance }
    }

    /// Spots of colored squares of the size of a stamp.
    fn stamps(&self) -> Vec<Stamp> {
        let longest = self.columns.max(self.rows) as f32;
        let mut open = self.colored.clone();
        let mut stamps = Vec::new();
        for start in 0..open.len() {
            if !std::mem::take(&mut open[start]) {
                continue;
            }
            let mut spot = vec![start];
            let (mut x0, mut x1, mut y0, mut y1) = (usize::MAX, 0, usize::MAX, 0);
            let mut next = 0;
            while let Some(&at) = spot.get(next) {
                next += 1;
                let (x, y) = (at % self.columns, at / self.columns);
                (x0, x1, y0, y1) = (x0.min(x), x1.max(x), y0.min(y), y1.max(y));
                for near in self.around(x, y) {
                    if std::mem::take(&mut open[near]) {
                        spot.push(near);
                    }
                }
            }
            let (width, height) = ((x1 - x0 + 1) as f32, (y1 - y0 + 1) as f32);
            let large = width.min(height) >= STAMP_MIN * longest;
            let small =
                width <= STAMP_MAX * self.columns as f32 && height <= STAMP_MAX * self.rows as f32;
            if large && small {
                stamps.push(self.inside([x0, x1, y0, y1]));
            }
        }
        stamps
    }

    /// All colored squares in a box, and those beside them: letters stand within rings, and edges
    /// are less colored.
    fn inside(&self, [x0, x1, y0, y1]: [usize; 4]) -> Stamp {
        let mut stamp = Vec::new();
        for y in y0.saturating_sub(1)..(y1 + 2).min(self.rows) {
            for x in x0.saturating_sub(1)..(x1 + 2).min(self.columns) {
                if self.around(x, y).any(|near| self.colored[near]) {
                    stamp.push(y * self.columns + x);
                }
            }
        }
        stamp
    }

    fn around(&self, x: usize, y: usize) -> impl Iterator<Item = usize> {
        let (right, low, columns) =
            ((x + 2).min(self.columns), (y + 2).min(self.rows), self.columns);
        (y.saturating_sub(1)..low)
            .flat_map(move |row| (x.saturating_sub(1)..right).map(move |c| row * columns + c))
    }

    /// The pixels of a square.
    fn pixels(&self, square: usize) -> impl Iterator<Item = (u32, u32)> {
        let place = |v: usize| u32::try_from(v).unwrap_or(0) * SQUARE;
        let (left, top) = (place(square % self.columns), place(square / self.columns));
        (0..SQUARE).flat_map(move |y| (0..SQUARE).map(move |x| (left + x, top + y)))
    }
}

/// Whitens the paper under a stamp and blackens the print under it.
fn lift(picture: &RgbImage, gray: &mut GrayImage, squares: &Squares, stamp: &Stamp) {
    // The strongest channel: the stamp's own ink darkens it least.
    let strongest = |x: u32, y: u32| {
        let pixel = balanced(picture, x, y, squares.balance);
        let chroma = pixel.iter().max().unwrap_or(&0) - pixel.iter().min().unwrap_or(&0);
        (pixel.iter().copied().max().unwrap_or(0), chroma)
    };
    let mut inked: Vec<u8> = stamp
        .iter()
        .flat_map(|square| squares.pixels(*square))
        .map(|(x, y)| strongest(x, y))
        .filter(|(_, chroma)| *chroma > CHROMA_MIN)
        .map(|(most, _)| most)
        .collect();
    inked.sort_unstable();
    // Below the middle: a quarter of a stamp may lie over print, the soft edge is lighter.
    let Some(on_paper) = inked.get(inked.len() * 2 / 5) else { return };
    let (white, black) = (f32::from(*on_paper) * 0.95, f32::from(*on_paper) * UNDER);
    for (x, y) in stamp.iter().flat_map(|square| squares.pixels(*square)) {
        let (most, chroma) = strongest(x, y);
        let print =
            ((f32::from(most) - black) / (white - black).max(1.0) * 255.0).clamp(0.0, 255.0);
        if chroma > CHROMA_MIN / 3 || print >= 255.0 {
            gray.put_pixel(x, y, ::image::Luma([byte(print)]));
        }
    }
}

/// What makes the paper white: the inverse of a high percentile of each channel.
fn balance(picture: &RgbImage) -> [u32; 3] {
    let mut counts = [[0_usize; 256]; 3];
    // Every seventh pixel tells enough; seven is no divisor of the squares of JPEG.
    for pixel in picture.pixels().step_by(7) {
        for (counts, channel) in counts.iter_mut().zip(pixel.0) {
            counts[usize::from(channel)] += 1;
        }
    }
    counts.map(|counts| {
        let total: usize = counts.iter().sum();
        let mut seen = 0;
        let paper = (0_u32..256).zip(counts).find(|(_, count)| {
            seen += count;
            seen * 4 >= total * 3
        });
        // A dark page has no paper to go by.
        256 * 255 / paper.map_or(255, |(gray, _)| gray).max(100)
    })
}

fn balanced(picture: &RgbImage, x: u32, y: u32, balance: [u32; 3]) -> [u8; 3] {
    let mut pixel = picture.get_pixel(x, y).0;
    for (channel, factor) in pixel.iter_mut().zip(balance) {
        *channel = u8::try_from(u32::from(*channel) * factor / 256).unwrap_or(u8::MAX);
    }
    pixel
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use ::image::Rgb;

    use super::*;

    /// Black print, and over a part of it ink of a color, in a box.
    fn page(ink: [u8; 3], [x0, y0, x1, y1]: [u32; 4]) -> RgbImage {
        RgbImage::from_fn(400, 600, |x, y| {
            let print = (300..306).contains(&y) && (40..360).contains(&x);
            let ring = (x0..x1).contains(&x)
                && (y0..y1).contains(&y)
                && (x < x0 + 6 || x >= x1 - 6 || y < y0 + 6 || y >= y1 - 6);
            match (print, ring) {
                (false, false) => Rgb([250, 250, 250]),
                (false, true) => Rgb(ink),
                (true, false) => Rgb([20, 20, 20]),
                (true, true) => Rgb(ink.map(|c| c / 3)),
            }
        })
    }

    #[test]
    fn a_stamp_goes_and_the_print_under_it_stays() {
        for ink in [[200, 90, 100], [60, 60, 150], [120, 40, 140]] {
            let gray = without_stamps(&page(ink, [100, 250, 200, 350]));
            for (x, y) in [(102, 260), (150, 252), (197, 340)] {
                assert!(gray.get_pixel(x, y).0[0] > 240, "{ink:?} {x} {y}");
            }
            for x in [60, 102, 150, 197, 300] {
                assert!(gray.get_pixel(x, 303).0[0] < 60, "{ink:?} {x}");
            }
        }
    }

    #[test]
    fn a_line_of_colored_writing_and_a_colored_form_stay() {
        let line = without_stamps(&page([60, 60, 150], [100, 400, 300, 418]));
        assert!(line.get_pixel(150, 402).0[0] < 120);
        let form = without_stamps(&page([60, 60, 150], [10, 10, 390, 590]));
        assert!(form.get_pixel(200, 12).0[0] < 120);
    }
}
