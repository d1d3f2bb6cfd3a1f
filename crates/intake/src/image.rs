//! Image files: pages of pixels, told by content and never by name.
//!
//! Decodes PNG, JPEG, TIFF (all its pages), WebP, GIF (first frame) and BMP within limits, turned
//! as their orientation says, and hands the pages to [`crate::ocr`].
//! Invariant: no more pixels are decoded than the limit allows.

use std::io::Cursor;

use ::image::{DynamicImage, ImageDecoder, ImageReader};
use model::{DocumentState, Layout, Page, Place};

use crate::limits::Limits;
use crate::ocr;
use crate::read::{DocumentRead, ReadOptions};

/// Why a page could not be decoded.
pub(crate) enum DecodeFailure {
    /// More pixels than the limit.
    TooLarge(String),
    /// Damaged, or of a kind that is not decoded.
    Damaged(String),
}

impl From<DecodeFailure> for String {
    fn from(failure: DecodeFailure) -> Self {
        match failure {
            DecodeFailure::TooLarge(reason) | DecodeFailure::Damaged(reason) => reason,
        }
    }
}

/// The layout of the document.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let mut read = DocumentRead::read(Layout::default());
    let pages = page_count(content);
    let mut unread = 0_u32;
    for number in 0..pages.min(options.limits.pages_max) {
        match decode_page(content, number, &options.limits) {
            Ok(Some(picture)) => read_page(picture, number, options, &mut read),
            Ok(None) => break,
            Err(failure) if pages == 1 => {
                return match failure {
                    DecodeFailure::TooLarge(reason) => DocumentRead::refused(reason),
                    DecodeFailure::Damaged(reason) => DocumentRead::corrupt(reason),
                };
            }
            Err(failure) => {
                unread += 1;
                let area = model::Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
                read.layout.pages.push(Page { width: 1.0, height: 1.0 });
                read.note("page_unread", failure, Some(Place::Page { page: number, area }));
                read.lower(format!("page {} could not be read", number + 1));
            }
        }
    }
    if pages > options.limits.pages_max {
        read.lower(format!("pages beyond the first {} were not read", options.limits.pages_max));
    }
    if unread == pages {
        read.state = DocumentState::Corrupt;
        read.reason = Some("no page could be read".to_owned());
    }
    read
}

fn read_page(picture: DynamicImage, number: u32, options: &ReadOptions, read: &mut DocumentRead) {
    let picture = flatten(picture);
    let size = Page { width: picture.width() as f32, height: picture.height() as f32 };
    if options.ocr {
        return ocr::read_page(&picture, None, size, number, options, read);
    }
    read.layout.pages.push(size);
    let area = model::Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
    let place = Place::Page { page: number, area };
    read.note("not_recognized", "a scanned page; recognition is switched off", Some(place));
    read.lower("scanned pages were not recognized");
}

/// Gray; what is transparent shows white paper.
fn flatten(picture: DynamicImage) -> ::image::GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let mut gray = ::image::GrayImage::new(picture.width(), picture.height());
    for (to, from) in gray.pixels_mut().zip(picture.into_luma_alpha8().pixels()) {
        let [luma, alpha] = from.0.map(u32::from);
        let shown = (luma * alpha + 255 * (255 - alpha)) / 255;
        to.0 = [u8::try_from(shown).unwrap_or(u8::MAX)];
    }
    gray
}

/// Pages of the file: directories of a TIFF, else one.
pub(crate) fn page_count(content: &[u8]) -> u32 {
    u32::try_from(tiff_directories(content).len().max(1)).unwrap_or(u32::MAX)
}

/// Decodes one page; `None` past the last.
pub(crate) fn decode_page(
    content: &[u8],
    page: u32,
    limits: &Limits,
) -> Result<Option<DynamicImage>, DecodeFailure> {
    if page == 0 {
        return decode(content, limits).map(Some);
    }
    let directories = tiff_directories(content);
    let Some(&directory) = usize::try_from(page).ok().and_then(|p| directories.get(p)) else {
        return Ok(None);
    };
    // The decoder reads the first directory only; so the copy says that this one is the first.
    let mut copy = content.to_vec();
    let bytes =
        if copy.starts_with(b"II") { directory.to_le_bytes() } else { directory.to_be_bytes() };
    copy[4..8].copy_from_slice(&bytes);
    decode(&copy, limits).map(Some)
}

fn decode(content: &[u8], limits: &Limits) -> Result<DynamicImage, DecodeFailure> {
    let damaged = |error: &dyn std::fmt::Display| {
        DecodeFailure::Damaged(format!("the image cannot be decoded: {error}"))
    };
    let reader = ImageReader::new(Cursor::new(content))
        .with_guessed_format()
        .map_err(|error| damaged(&error))?;
    let mut reader = reader;
    reader.no_limits(); // Checked below, by pixels, before anything is decoded.
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.pixels_max || decoder.total_bytes() > limits.pixels_max.saturating_mul(8) {
        let max = limits.pixels_max;
        return Err(DecodeFailure::TooLarge(format!("{pixels} pixels, more than {max}")));
    }
    let orientation = decoder.orientation();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
    if let Ok(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

/// Offsets of the directories of a classic TIFF, one a page; empty for anything else.
fn tiff_directories(content: &[u8]) -> Vec<u32> {
    let little = content.starts_with(b"II*\0");
    if !little && !content.starts_with(b"MM\0*") {
        return Vec::new();
    }
    let long = |at: usize| {
        let bytes: [u8; 4] = content.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let mut directories = Vec::new();
    let mut next = long(4);
    while let Some(offset) = next.filter(|o| *o != 0) {
        // A chain may loop; a page more than ten thousand is none.
        if directories.contains(&offset) || directories.len() >= 10_000 {
            break;
        }
        let Some(at) = usize::try_from(offset).ok() else { break };
        let Some(count) = content.get(at..).and_then(|c| c.get(..2)) else { break };
        let count = [count[0], count[1]];
        let count =
            usize::from(if little { u16::from_le_bytes(count) } else { u16::from_be_bytes(count) });
        directories.push(offset);
        next = long(at + 2 + count * 12);
    }
    directories
}

#[cfg(test)]
mod tests;
