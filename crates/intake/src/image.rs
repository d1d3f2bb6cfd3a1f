//! Image files: pages of pixels, told by content and never by name.
//!
//! Decodes PNG, JPEG, TIFF (all its pages), WebP, GIF (first frame) and BMP within limits, turned
//! as their orientation says, and hands the pages to [`crate::ocr`], stamps in color taken off.
//! Invariant: no more pixels are decoded than the limit allows.

use std::borrow::Cow;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::image::metadata::Orientation;
use ::image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use model::{DocumentState, Layout, Page, Place};

mod cut;
mod ink;
mod tiff;

pub(crate) use self::ink::without_stamps;

use crate::limits::Limits;
use crate::ocr;
use crate::read::{DocumentRead, ReadOptions, WHOLE};

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

impl From<DecodeFailure> for DocumentRead {
    fn from(failure: DecodeFailure) -> Self {
        match failure {
            DecodeFailure::TooLarge(reason) => DocumentRead::refused(reason),
            DecodeFailure::Damaged(reason) => DocumentRead::corrupt(reason),
        }
    }
}

/// The pages of the document, to be recognized.
pub(crate) fn parse(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let mut read = DocumentRead::read(Layout::default());
    let pages = page_count(content);
    let mut unread = 0_u32;
    for number in 0..pages.min(options.limits.pages_max) {
        match page_size(content, number, &options.limits) {
            Ok(Some(size)) => read.scanned(number, size),
            Ok(None) => break,
            Err(failure) if pages == 1 => return failure.into(),
            Err(failure) => {
                unread += 1;
                read.layout.pages.push(Page { width: 1.0, height: 1.0 });
                read.note("page_unread", failure, Some(Place::Page { page: number, area: WHOLE }));
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

/// Recognizes one page.
pub(crate) fn recognize(content: &[u8], number: u32, options: &ReadOptions) -> DocumentRead {
    match decode(content, number, &options.limits) {
        Ok(Some(Decoded { picture, is_whole })) => {
            let picture = ink::gray(picture);
            let size = Page { width: picture.width() as f32, height: picture.height() as f32 };
            let mut read = DocumentRead::read(Layout::default());
            ocr::read_page(&picture, None, size, number, options, &mut read);
            if !is_whole {
                read.lower("the file is damaged or cut short");
            }
            read
        }
        Ok(None) => DocumentRead::corrupt("the page is not there"),
        Err(failure) => failure.into(),
    }
}

/// Pages of the file: directories of a TIFF, else one.
pub(crate) fn page_count(content: &[u8]) -> u32 {
    u32::try_from(tiff::directories(content).len().max(1)).unwrap_or(u32::MAX)
}

/// The size of one page in pixels, turned; `None` past the last. Nothing is decoded.
fn page_size(content: &[u8], page: u32, limits: &Limits) -> Result<Option<Page>, DecodeFailure> {
    let Some(of_page) = page_content(content, page) else { return Ok(None) };
    let (width, height) = match decoder(&of_page, limits) {
        Ok(mut decoder) => {
            let (width, height) = decoder.dimensions();
            let turned = matches!(
                orientation(&mut decoder, &of_page),
                Some(
                    Orientation::Rotate90
                        | Orientation::Rotate270
                        | Orientation::Rotate90FlipH
                        | Orientation::Rotate270FlipH
                )
            );
            if turned { (height, width) } else { (width, height) }
        }
        Err(failure) => tiff_size(content, page, limits).ok_or(failure)?,
    };
    Ok(Some(Page { width: width as f32, height: height as f32 }))
}

/// The size of a page of a TIFF that the decoder for all formats does not know.
fn tiff_size(content: &[u8], page: u32, limits: &Limits) -> Option<(u32, u32)> {
    let (width, height) = tiff::size(content, usize::try_from(page).ok()?).ok()?;
    (u64::from(width) * u64::from(height) <= limits.pixels_max).then_some((width, height))
}

/// The size of the first page in pixels, turned. Nothing is decoded.
pub(crate) fn first_size(content: &[u8], limits: &Limits) -> Result<Page, DecodeFailure> {
    page_size(content, 0, limits)?
        .ok_or_else(|| DecodeFailure::Damaged("the image has no page".to_owned()))
}

/// Decodes one page, of a damaged one what is there; `None` past the last.
pub(crate) fn decode_page(
    content: &[u8],
    page: u32,
    limits: &Limits,
) -> Result<Option<DynamicImage>, DecodeFailure> {
    Ok(decode(content, page, limits)?.map(|decoded| decoded.picture))
}

/// A page as pixels.
struct Decoded {
    picture: DynamicImage,
    /// Nothing of it was damaged; what was is paper.
    is_whole: bool,
}

fn decode(content: &[u8], page: u32, limits: &Limits) -> Result<Option<Decoded>, DecodeFailure> {
    let Some(of_page) = page_content(content, page) else { return Ok(None) };
    let decode = || {
        let mut decoder = decoder(&of_page, limits)?;
        let orientation = orientation(&mut decoder, &of_page);
        let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
        if let Some(orientation) = orientation {
            picture.apply_orientation(orientation);
        }
        Ok(Decoded { picture, is_whole: true })
    };
    // A decoder that gives up by a panic has said that it does not know the kind.
    let decoded = catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(damaged(&"its decoder gave up")));
    let or_part = || tiff_page(content, page, limits).or_else(|| cut_page(content, limits));
    decoded.or_else(|failure| or_part().ok_or(failure)).map(Some)
}

/// What is there of a PNG that is cut short or damaged.
fn cut_page(content: &[u8], limits: &Limits) -> Option<Decoded> {
    let is_png = content.starts_with(b"\x89PNG");
    let picture = is_png.then(|| cut::rows_before_damage(content, limits)).flatten()?;
    Some(Decoded { picture, is_whole: false })
}

/// A page of a TIFF that the decoder for all formats does not know.
fn tiff_page(content: &[u8], page: u32, limits: &Limits) -> Option<Decoded> {
    tiff_size(content, page, limits)?;
    let (picture, is_whole) = tiff::decode(content, usize::try_from(page).ok()?).ok()?;
    Some(Decoded { picture, is_whole })
}

/// How the picture is to be turned. The decoder of WebP sets aside what a chunk says of its length, so
/// a file with a chunk that is longer than itself is not asked.
fn orientation(decoder: &mut impl ImageDecoder, content: &[u8]) -> Option<Orientation> {
    if is_webp(content) && !chunks_fit(content) {
        return None;
    }
    decoder.orientation().ok()
}

fn is_webp(content: &[u8]) -> bool {
    content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP")
}

/// Whether the chunks of a RIFF file lie within it.
fn chunks_fit(content: &[u8]) -> bool {
    let mut at = 12;
    while let Some(head) = content.get(at..at + 8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let Ok(length) = usize::try_from(length) else { return false };
        let Some(end) = at.checked_add(8).and_then(|begin| begin.checked_add(length)) else {
            return false;
        };
        if end > content.len() {
            return false;
        }
        at = end + length % 2;
    }
    true
}

/// The file as one whose first page is this one.
fn page_content(content: &[u8], page: u32) -> Option<Cow<'_, [u8]>> {
    if page == 0 {
        return Some(Cow::Borrowed(content));
    }
    let directories = tiff::directories(content);
    let directory = usize::try_from(page).ok().and_then(|p| directories.get(p))?;
    // The decoder reads the first directory only; so the copy says that this one is the first.
    let mut copy = content.to_vec();
    let bytes =
        if copy.starts_with(b"II") { directory.to_le_bytes() } else { directory.to_be_bytes() };
    copy[4..8].copy_from_slice(&bytes);
    Some(Cow::Owned(copy))
}

fn decoder<'c>(
    content: &'c [u8],
    limits: &Limits,
) -> Result<impl ImageDecoder + 'c, DecodeFailure> {
    let mut reader = ImageReader::new(Cursor::new(content))
        .with_guessed_format()
        .map_err(|error| damaged(&error))?;
    // A TIFF of 64 bits is told by nobody but us.
    if content.starts_with(b"II+\0") || content.starts_with(b"MM\0+") {
        reader.set_format(ImageFormat::Tiff);
    }
    reader.no_limits(); // Checked below, by pixels, before anything is decoded.
    let decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > limits.pixels_max || decoder.total_bytes() > limits.pixels_max.saturating_mul(8) {
        let max = limits.pixels_max;
        return Err(DecodeFailure::TooLarge(format!("{pixels} pixels, more than {max}")));
    }
    Ok(decoder)
}

fn damaged(error: &dyn std::fmt::Display) -> DecodeFailure {
    DecodeFailure::Damaged(format!("the image cannot be decoded: {error}"))
}

#[cfg(test)]
mod tests;
