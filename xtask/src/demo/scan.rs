//! A printed form as a scanner sees it: a little askew, a little noisy, as JPEG.

use std::sync::Arc;

use anyhow::anyhow;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::{RenderSettings, render};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};

/// Pixels a point: 200 dots an inch.
const SCALE: f32 = 200.0 / 72.0;

const JPEG_QUALITY: u8 = 55;

/// The scanned page.
pub(crate) fn scan(pdf: Vec<u8>, degrees: f32) -> anyhow::Result<Vec<u8>> {
    let pdf = Pdf::new(Arc::new(pdf)).map_err(|error| anyhow!("no PDF: {error:?}"))?;
    let page = pdf.pages().first().ok_or_else(|| anyhow!("no page"))?;
    let settings = RenderSettings { x_scale: SCALE, y_scale: SCALE, ..RenderSettings::default() };
    let pixmap = render(page, &InterpreterSettings::default(), &settings);
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    let paper = GrayImage::from_fn(width, height, |x, y| {
        let at = usize::try_from(y * width + x).unwrap_or(0) * 4;
        let [_, green, _, alpha] = pixmap.data_as_u8_slice()[at..at + 4] else {
            return Luma([255]);
        };
        Luma([green.saturating_add(255 - alpha)])
    });
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
        let inside = (x >= 0.0 && y >= 0.0).then(|| (x as u32, y as u32));
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
