//! `photograph SCANS OUT`: each picture of a folder as a telephone sees the sheet, seen at an angle on a
//! darker table, the light falling off to one side. What stands on the sheets stays the same, so the
//! truth of the scans is that of the photographs. The same folder gives the same photographs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageReader, Luma};
use rayon::prelude::*;

use crate::random::Random;

/// The share of a side that a corner is moved by at most.
const MOVED: f32 = 0.07;
/// Gray of the table, and the share of the light that is lost from one side to the other.
const TABLE: f32 = 90.0;
const DIMMED: f32 = 0.2;
const JPEG_QUALITY: u8 = 80;

/// Makes photographs into a folder, which must not exist; names stay.
pub(crate) fn run(scans: &Path, out: &Path) -> anyhow::Result<()> {
    let mut files = Vec::new();
    collect(scans, &mut files)?;
    files.sort();
    fs::create_dir(out).with_context(|| format!("cannot make {}", out.display()))?;
    (0_u64..).zip(files).collect::<Vec<_>>().into_par_iter().try_for_each(|(number, file)| {
        let to = out.join(file.strip_prefix(scans)?);
        fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        let Ok(picture) = ImageReader::open(&file)?.with_guessed_format()?.decode() else {
            return Ok(()); // No picture: the truth beside the scans.
        };
        let seen = photograph(&picture.into_luma8(), &mut Random::new(number + 1));
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(&seen)?;
        fs::write(&to, bytes).with_context(|| format!("cannot write {}", to.display()))
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("no folder {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// The sheet on a table, each corner moved.
fn photograph(sheet: &GrayImage, random: &mut Random) -> GrayImage {
    let (width, height) = (sheet.width() as f32, sheet.height() as f32);
    let mut moved = |side: f32| (0.02 + random.unit() * MOVED) * side;
    let corners = [
        (moved(width), moved(height)),
        (width - moved(width), moved(height)),
        (width - moved(width), height - moved(height)),
        (moved(width), height - moved(height)),
    ];
    let back = inverse(&corners);
    let mut grain = 0x2545_F491_u32;
    GrayImage::from_fn(sheet.width(), sheet.height(), |x, y| {
        let (px, py) = (x as f32, y as f32);
        let below = back[6] * px + back[7] * py + back[8];
        let u = (back[0] * px + back[1] * py + back[2]) / below;
        let v = (back[3] * px + back[4] * py + back[5]) / below;
        let inside = (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v);
        let gray =
            if inside { sample(sheet, u * (width - 1.0), v * (height - 1.0)) } else { TABLE };
        // xorshift: Marsaglia, "Xorshift RNGs", 2003.
        grain ^= grain << 13;
        grain ^= grain >> 17;
        grain ^= grain << 5;
        let noise = f32::from(u8::try_from(grain % 9).unwrap_or(0));
        Luma([byte(gray * (1.0 - DIMMED * px / width) - noise)])
    })
}

/// Bilinear sample of a place on the picture.
fn sample(picture: &GrayImage, x: f32, y: f32) -> f32 {
    let at = |x: f32, y: f32| {
        let pixel = picture.get_pixel_checked(whole(x), whole(y));
        pixel.map_or(255.0, |Luma([gray])| f32::from(*gray))
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, down) = (x - left, y - top);
    let upper = at(left, top) * (1.0 - right) + at(left + 1.0, top) * right;
    let lower = at(left, top + 1.0) * (1.0 - right) + at(left + 1.0, top + 1.0) * right;
    upper * (1.0 - down) + lower * down
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn byte(gray: f32) -> u8 {
    gray.round().clamp(0.0, 255.0) as u8
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not below nought")]
fn whole(value: f32) -> u32 {
    value.max(0.0) as u32
}

/// The projection that leads from the corners (from the top left, clockwise) to those of the unit
/// square. Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989, 2.2.3.
fn inverse(corners: &[(f32, f32); 4]) -> [f32; 9] {
    let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = *corners;
    let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
    let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
    let det = dx1 * dy2 - dx2 * dy1;
    let (g, h) = ((sx * dy2 - dx2 * sy) / det, (dx1 * sy - sx * dy1) / det);
    let (a, b, c) = (x1 - x0 + g * x1, x3 - x0 + h * x3, x0);
    let (d, e, f) = (y1 - y0 + g * y1, y3 - y0 + h * y3, y0);
    // The adjugate of the projection from the square.
    [
        e - f * h,
        c * h - b,
        b * f - c * e,
        f * g - d,
        a - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moved_corners_lead_back_to_the_square() {
        let corners = [(10.0, 20.0), (90.0, 12.0), (95.0, 80.0), (4.0, 88.0)];
        let back = inverse(&corners);
        let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        for ((x, y), (u, v)) in corners.into_iter().zip(square) {
            let below = back[6] * x + back[7] * y + back[8];
            let to = (
                (back[0] * x + back[1] * y + back[2]) / below,
                (back[3] * x + back[4] * y + back[5]) / below,
            );
            assert!((to.0 - u).abs() < 1e-4 && (to.1 - v).abs() < 1e-4, "{to:?}");
        }
    }
}
