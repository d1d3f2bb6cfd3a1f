//! A PNG that is cut short or damaged on its way: the rows before the damage, the rest of the page white.
//! Interlaced ones have no such rows and stay damaged.

use std::io::Cursor;

use ::image::{DynamicImage, RgbaImage};
use png::{ColorType, Decoder, Transformations};

use crate::limits::Limits;

/// Rows that must be there, of a hundred: with fewer a page is as good as lost.
const ROWS_MIN_PERCENT: u32 = 5;

/// The page with the rows that are there, if these are enough.
pub(super) fn rows_before_damage(content: &[u8], limits: &Limits) -> Option<DynamicImage> {
    let mut decoder = Decoder::new(Cursor::new(content));
    // A wrong sum ends no row: what it holds shows.
    decoder.ignore_checksums(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if reader.info().interlaced || u64::from(width) * u64::from(height) > limits.pixels_max {
        return None;
    }
    let samples = match reader.output_color_type().0 {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        ColorType::Indexed => return None,
    };
    let mut picture = RgbaImage::from_pixel(width, height, [u8::MAX; 4].into());
    let mut rows = 0;
    while let Ok(Some(row)) = reader.next_row() {
        if rows == height {
            break;
        }
        for (x, pixel) in (0..width).zip(row.data().chunks_exact(samples)) {
            let [red, green, blue, alpha] = match *pixel {
                [gray] => [gray, gray, gray, u8::MAX],
                [gray, alpha] => [gray, gray, gray, alpha],
                [red, green, blue] => [red, green, blue, u8::MAX],
                _ => [pixel[0], pixel[1], pixel[2], pixel[3]],
            };
            picture.put_pixel(x, rows, [red, green, blue, alpha].into());
        }
        rows += 1;
    }
    let is_enough = u64::from(rows) * 100 >= u64::from(height) * u64::from(ROWS_MIN_PERCENT);
    (rows > 0 && is_enough).then_some(DynamicImage::ImageRgba8(picture))
}
