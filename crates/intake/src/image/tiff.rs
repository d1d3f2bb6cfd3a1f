//! TIFF: where its pages are, and the decoding of those that the decoder for all formats does not know:
//! faxes (CCITT Group 3), palettes, few bits a sample, planes apart, color by JPEG. Scanners and fax
//! machines write these. After TIFF 6.0 (1992) and its Technical Note 2 (JPEG in TIFF).
//! Invariant: never more bytes are unpacked than the page has samples, and a damaged strip leaves its rows white.

use ::image::metadata::Orientation;
use ::image::{DynamicImage, GrayImage, RgbImage};

mod chunk;
mod directory;

use self::directory::{File, Page};

/// Pages, at most: a chain of more is no document.
const DIRECTORIES_MAX: usize = 10_000;

/// Offsets of the directories of a classic TIFF, one a page; empty for anything else.
pub(super) fn directories(content: &[u8]) -> Vec<u32> {
    let Some(file) = File::open(content) else { return Vec::new() };
    let mut directories = Vec::new();
    let mut next = file.long(4);
    while let Some(offset) = next.filter(|o| *o != 0) {
        // A chain may loop.
        if directories.contains(&offset) || directories.len() >= DIRECTORIES_MAX {
            break;
        }
        let Some(at) = usize::try_from(offset).ok() else { break };
        let Some(count) = file.short(at) else { break };
        directories.push(offset);
        next = file.long(at + 2 + usize::from(count) * 12);
    }
    directories
}

/// Width and height of a page that [`decode`] can decode, turned.
pub(super) fn size(content: &[u8], page: usize) -> Result<(u32, u32), String> {
    let page = Page::read(content, page)?;
    let is_aside = (5..=8).contains(&page.orientation);
    Ok(if is_aside { (page.height, page.width) } else { (page.width, page.height) })
}

/// Decodes a page, turned as it says, and tells whether all of it was there; the caller has looked at its
/// size.
pub(super) fn decode(content: &[u8], page: usize) -> Result<(DynamicImage, bool), String> {
    let page = Page::read(content, page)?;
    let (samples, is_whole) = page.samples(content)?;
    let mut picture = page.picture(&samples);
    let orientation = u8::try_from(page.orientation).ok().and_then(Orientation::from_exif);
    picture.apply_orientation(orientation.unwrap_or(Orientation::NoTransforms));
    Ok((picture, is_whole))
}

impl Page<'_> {
    /// The samples as gray or color.
    fn picture(&self, samples: &[u8]) -> DynamicImage {
        let pixels = samples.chunks_exact(self.spp);
        let rgb = |pixels: Vec<u8>| RgbImage::from_raw(self.width, self.height, pixels);
        // A JPEG decoder has made RGB of the colors already.
        let is_rgb = self.photometric == 2 || self.photometric == 6;
        let colored = match self.photometric {
            _ if is_rgb && self.spp >= 3 => rgb(pixels.flat_map(|p| [p[0], p[1], p[2]]).collect()),
            3 => rgb(pixels.flat_map(|p| self.of_palette(p[0])).collect()),
            5 if self.spp >= 4 => rgb(pixels.flat_map(of_inks).collect()),
            _ => None,
        };
        if let Some(picture) = colored {
            return DynamicImage::ImageRgb8(picture);
        }
        // White is zero, or black is; of L*a*b* the lightness.
        let gray = samples.chunks_exact(self.spp).map(|pixel| pixel[0]);
        let gray: Vec<u8> =
            if self.photometric == 0 { gray.map(|v| !v).collect() } else { gray.collect() };
        GrayImage::from_raw(self.width, self.height, gray)
            .map_or_else(|| DynamicImage::new_luma8(0, 0), DynamicImage::ImageLuma8)
    }

    /// A color map has all reds, then greens, then blues, of 16 bits each.
    fn of_palette(&self, number: u8) -> [u8; 3] {
        let length = self.color_map.len() / 3;
        [0, 1, 2].map(|part| {
            let value = self.color_map.get(part * length + usize::from(number));
            value.map_or(0, |value| u8::try_from(value >> 8).unwrap_or(u8::MAX))
        })
    }
}

/// Cyan, magenta, yellow and black as light.
fn of_inks(pixel: &[u8]) -> [u8; 3] {
    let light = |ink: u8| {
        let left = u16::from(255 - ink) * u16::from(255 - pixel[3]) / 255;
        u8::try_from(left).unwrap_or(u8::MAX)
    };
    [light(pixel[0]), light(pixel[1]), light(pixel[2])]
}

#[cfg(test)]
mod tests;
