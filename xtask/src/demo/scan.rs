//! A printed form as a scanner sees it: a little askew, a little noisy, as JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};
use intake::render::render_page;
use intake::{Limits, MediaType};

/// An A4 page at 200 dots an inch.
const WIDTH_PX: u32 = 1653;

const JPEG_QUALITY: u8 = 55;

/// The scanned page.
pub(crate) fn scan(pdf: &[u8], degrees: f32) -> anyhow::Result<Vec<u8>> {
    let png = render_page(MediaType::Pdf, pdf, 0, WIDTH_PX, &Limits::default())?;
    let paper = image::load_from_memory(&png)?.into_luma8();
    let turned = turn(&paper, degrees);
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(&turned)?;
    Ok(bytes)
}

/// Turns the page about its middle and adds the grain of cheap paper, the same in every run.
fn turn(paper: &GrayImage, degrees: f32) -> GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    #[expect(clippy::cast_precision_loss, reason = "a page has some thousand pixels a side")]
    let middle = (paper.width() as f32 / 2.0, paper.height() as f32 / 2.0);
    let mut grain = 0x2545_F491_u32;
    GrayImage::from_fn(paper.width(), paper.height(), |x, y| {
        #[expect(clippy::cast_precision_loss, reason = "as above")]
        let (dx, dy) = (x as f32 - middle.0, y as f32 - middle.1);
        let from = (cos * dx + sin * dy + middle.0, cos * dy - sin * dx + middle.1);
        // xorshift: Marsaglia, "Xorshift RNGs", 2003.
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let noise = u8::try_from(grain % 14).unwrap_or(0);
        Luma([sample(paper, from.0, from.1).saturating_sub(noise).max(20)])
    })
}

/// Bilinear sample; outside is paper.
fn sample(paper: &GrayImage, x: f32, y: f32) -> u8 {
    let pixel = |x: f32, y: f32| -> f32 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie on the page"
        )]
        let inside = (x >= 0.0 && y >= 0.0).then_some((x as u32, y as u32));
        inside
            .and_then(|(x, y)| paper.get_pixel_checked(x, y))
            .map_or(255.0, |Luma([gray])| f32::from(*gray))
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, down) = (x - left, y - top);
    let upper = pixel(left, top) * (1.0 - right) + pixel(left + 1.0, top) * right;
    let lower = pixel(left, top + 1.0) * (1.0 - right) + pixel(left + 1.0, top + 1.0) * right;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of bytes is a byte"
    )]
    let gray = (upper * (1.0 - down) + lower * down).round() as u8;
    gray
}
