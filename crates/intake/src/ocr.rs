//! Optical character recognition of page images: ruled cells one by one, the rest by lines.
//!
//! A page is prepared ([`prepare`]), its ruling lines are found ([`rules`]), its language is told
//! once, and every cell with ink is recognized on its own ([`tesseract`]), which reads names in
//! forms far better than a whole page does. Meaning is for `forms`.
//! Invariants: without the library or a language the page is empty, `partly_read`, with a hint;
//! places are fractions of the original page, not of the prepared one.

mod cells;
mod digits;
mod glyph;
mod mixed;
mod perspective;
mod prepare;
mod rings;
mod rules;
mod spots;
mod stamps;
mod tesseract;

use ::image::GrayImage;
use model::{Block, Page, Place, Rect};

use self::cells::Reader;
use self::tesseract::Absent;
use crate::page::Sheet;
use crate::page::grid::{Tolerance, find_grids};
use crate::read::{DocumentRead, ReadOptions};

/// Recognizes one page and adds it to what was read. `size` is the page in the unit of the layout.
pub(crate) fn read_page(
    picture: &GrayImage,
    dpi: Option<f32>,
    size: Page,
    number: u32,
    options: &ReadOptions,
    read: &mut DocumentRead,
) {
    read.layout.pages.push(size);
    if picture.width() < 8 || picture.height() < 8 {
        return;
    }
    match recognize(picture, dpi, number, options) {
        Ok(blocks) => read.layout.blocks.extend(blocks),
        Err(absent) => {
            let hint = match absent {
                Absent::Library => "install tesseract-ocr and tesseract-ocr-ara",
                Absent::Language => "install tesseract-ocr-ara, -eng, -fra and -rus",
            };
            let area = Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
            let place = Place::Page { page: number, area };
            let message = format!("a scanned page that was not recognized; hint: {hint}");
            read.note("not_recognized", message, Some(place));
            read.lower(format!("scanned pages were not recognized; hint: {hint}"));
        }
    }
}

fn recognize(
    picture: &GrayImage,
    dpi: Option<f32>,
    number: u32,
    options: &ReadOptions,
) -> Result<Vec<Block>, Absent> {
    let mut page = prepare::prepare(picture, dpi);
    let inch = page.dpi;
    // Lines of scans are some pixels thick, drift, and break. Chosen by hand.
    let tolerance = Tolerance { near: inch * 0.025, cell_min: inch * 0.06, covered_min: 0.6 };
    let rules = rules::find_rules(&page.gray, inch);
    let grids = find_grids(&rules, tolerance);
    rules::erase(&mut page.gray, &rules, &grids, inch);
    stamps::erase(&mut page.gray, inch);
    rings::erase(&mut page.gray, inch);
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let sheet = Sheet { page: number, width, height };
    let reader = Reader::new(&page, sheet, &grids, &options.ocr_languages)?;
    Ok(reader.blocks(&grids))
}

/// Whether the recognizer or this language is not there.
#[cfg(test)]
pub(crate) fn is_absent(language: &str) -> bool {
    tesseract::with_engine(language, |_| ()).is_err()
}

#[cfg(test)]
pub(crate) mod tests;
