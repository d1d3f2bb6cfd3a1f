//! Optical character recognition of page images: not part of this build yet.

use ::image::GrayImage;
use model::{Page, Place};

use crate::read::{DocumentRead, ReadOptions};

/// Recognizes one page and adds it to what was read.
pub(crate) fn read_page(
    picture: &GrayImage,
    dpi: Option<f32>,
    number: u32,
    options: &ReadOptions,
    read: &mut DocumentRead,
) {
    let _ = (dpi, options);
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    read.layout.pages.push(Page { width, height });
    let area = model::Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
    let place = Place::Page { page: number, area };
    read.note("not_recognized", "a scanned page; this build does not recognize", Some(place));
    read.lower("scanned pages were not recognized");
}
