//! Pages as images: PNG for the screen on which a person checks a reading, gray for OCR.
//!
//! Only formats with pages can be rendered; a text document is shown as text instead, beside the
//! pictures in it, which are its pages here.
//! Invariant: never panics; a damaged page is an error of that page.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::image::imageops::FilterType;
use ::image::{DynamicImage, GrayImage, ImageFormat, RgbImage};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_syntax::page::Page as PdfPage;

use crate::limits::Limits;
use crate::pictures::{self, Pictures};
use crate::sniff::MediaType;
use crate::{image, pdf};

/// Resolution at which pages go through OCR: Tesseract's models were trained near it.
pub(crate) const OCR_DPI: f32 = 300.0;
/// Pixels of one side of a rendered page: the renderer counts them in 16 bits.
const SIDE_MAX: f32 = 16_000.0;
/// Width of an image for the screen at most.
const WIDTH_MAX: u32 = 8_000;

/// Why a page could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The format has no pages.
    #[error("a document of type {media} has no pages to render")]
    NoPages {
        /// What the document is.
        media: &'static str,
    },
    /// The document has fewer pages.
    #[error("page {page} is past the last page")]
    NoSuchPage {
        /// The page asked for, from 0.
        page: u32,
    },
    /// The page is damaged, or a limit was met.
    #[error("page {page} cannot be rendered: {reason}")]
    Failed {
        /// The page asked for, from 0.
        page: u32,
        /// What the renderer met.
        reason: String,
    },
}

/// How many pages the document has; 0 for formats without pages and for damaged files.
pub fn page_count(media: MediaType, content: &[u8], limits: &Limits) -> u32 {
    let count = || match media {
        MediaType::Pdf => {
            pdf::open(content).map_or(0, |pdf| u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX))
        }
        media if media.is_image() => image::page_count(content),
        media if pictures::are_pages_of(media) => {
            let count = Pictures::of(media, content, limits).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        }
        _ => 0,
    };
    catch_unwind(AssertUnwindSafe(count)).unwrap_or(0).min(limits.pages_max)
}

/// A page as PNG, scaled to the width.
pub fn render_page(
    media: MediaType,
    content: &[u8],
    page: u32,
    width_px: u32,
    limits: &Limits,
) -> Result<Vec<u8>, RenderError> {
    let pictured = pictures::are_pages_of(media);
    if media != MediaType::Pdf && !media.is_image() && !pictured {
        return Err(RenderError::NoPages { media: media.as_str() });
    }
    let width_px = width_px.clamp(1, WIDTH_MAX);
    let failed = |reason: String| RenderError::Failed { page, reason };
    let picture = catch_unwind(AssertUnwindSafe(|| {
        if media == MediaType::Pdf {
            render_pdf(content, page, width_px, limits)
        } else {
            let picture = if pictured {
                Pictures::of(media, content, limits).decode(page, limits)
            } else {
                image::decode_page(content, page, limits)
            };
            picture
                .map_err(|failure| failed(failure.into()))?
                .ok_or(RenderError::NoSuchPage { page })
        }
    }));
    let picture = picture.unwrap_or_else(|_| Err(failed("the page is damaged".to_owned())))?;
    let height_px = scaled(picture.height(), width_px, picture.width());
    let picture = if picture.width() == width_px {
        picture
    } else {
        picture.resize_exact(width_px, height_px, FilterType::Triangle)
    };
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).map_err(|error| failed(error.to_string()))?;
    Ok(png.into_inner())
}

fn scaled(height: u32, width_px: u32, width: u32) -> u32 {
    let height = u64::from(height) * u64::from(width_px) / u64::from(width.max(1));
    u32::try_from(height).unwrap_or(u32::MAX).clamp(1, 4 * WIDTH_MAX)
}

fn render_pdf(
    content: &[u8],
    page: u32,
    width_px: u32,
    limits: &Limits,
) -> Result<DynamicImage, RenderError> {
    let failed = |reason: String| RenderError::Failed { page, reason };
    let pdf = pdf::open(content)
        .map_err(|ended| failed(ended.reason.unwrap_or_else(|| "damaged".to_owned())))?;
    let index = usize::try_from(page).unwrap_or(usize::MAX);
    let found = pdf.pages().get(index).ok_or(RenderError::NoSuchPage { page })?;
    let scale = width_px as f32 / found.render_dimensions().0.max(1.0);
    let picture = pdf_page(found, scale, limits.pixels_max).map_err(failed)?;
    Ok(DynamicImage::ImageRgb8(picture))
}

/// A page in gray at the resolution, or at a lower one where it would be too large, stamps in color
/// taken off; with the resolution reached.
pub(crate) fn pdf_page_gray(
    page: &PdfPage<'_>,
    dpi: f32,
    pixels_max: u64,
) -> Result<(GrayImage, f32), String> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height).max(1.0);
    let scale = (dpi / 72.0).min(10_000.0 / longest);
    let picture = pdf_page(page, scale, pixels_max)?;
    Ok((image::without_stamps(&picture), scale * 72.0))
}

fn pdf_page(page: &PdfPage<'_>, scale: f32, pixels_max: u64) -> Result<RgbImage, String> {
    let (width, height) = page.render_dimensions();
    let (wide, high) = (width * scale, height * scale);
    let fits = wide >= 1.0 && high >= 1.0 && wide <= SIDE_MAX && high <= SIDE_MAX;
    if !fits || f64::from(wide) * f64::from(high) > pixels_max as f64 {
        return Err("the page is too large or too small to render".to_owned());
    }
    let target = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &target,
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    // On white nothing is transparent, so premultiplied colors are the colors.
    let rgb = pixmap.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    RgbImage::from_raw(width, height, rgb).ok_or_else(|| "the page rendered to nothing".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::tests::pdf_of;

    fn drawn(media: MediaType, content: &[u8], page: u32) -> Result<DynamicImage, RenderError> {
        render_page(media, content, page, 100, &Limits::default())
            .map(|png| ::image::load_from_memory(&png).expect("a PNG was written"))
    }

    #[test]
    fn a_pdf_page_is_drawn_at_the_width_asked_for() {
        // Black in the lower half.
        let file = pdf_of("0 0 200 100 re f");
        assert_eq!(page_count(MediaType::Pdf, &file, &Limits::default()), 1);
        let picture = drawn(MediaType::Pdf, &file, 0).unwrap().into_luma8();
        assert_eq!(picture.dimensions(), (100, 100));
        assert_eq!((picture.get_pixel(50, 20).0, picture.get_pixel(50, 80).0), ([255], [0]));
    }

    #[test]
    fn an_image_is_scaled_and_a_page_past_the_last_is_an_error() {
        let mut png = Cursor::new(Vec::new());
        DynamicImage::new_luma8(10, 20).write_to(&mut png, ImageFormat::Png).unwrap();
        let png = png.into_inner();
        let picture = drawn(MediaType::Png, &png, 0).unwrap();
        assert_eq!((picture.width(), picture.height()), (100, 200));
        let past = drawn(MediaType::Png, &png, 1);
        assert!(matches!(past, Err(RenderError::NoSuchPage { page: 1 })));
        let past = drawn(MediaType::Pdf, &pdf_of(""), 7);
        assert!(matches!(past, Err(RenderError::NoSuchPage { page: 7 })));
    }

    #[test]
    fn damage_and_formats_without_pages_are_errors() {
        let damaged = drawn(MediaType::Pdf, b"%PDF-1.4 nothing", 0);
        assert!(matches!(damaged, Err(RenderError::Failed { page: 0, .. })));
        assert!(matches!(drawn(MediaType::Text, b"", 0), Err(RenderError::NoPages { .. })));
        let past = drawn(MediaType::Docx, b"", 0);
        assert!(matches!(past, Err(RenderError::NoSuchPage { page: 0 })));
        assert_eq!(page_count(MediaType::Docx, b"", &Limits::default()), 0);
        assert_eq!(page_count(MediaType::Pdf, b"%PDF-1.4 nothing", &Limits::default()), 0);
    }
}
