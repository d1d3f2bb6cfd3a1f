//! Pieces of a prepared page: cut out down to their ink, enlarged, parted.
//!
//! Knows pixels and places, no text. Invariant: a piece has white around its ink, and its bounds are
//! those on the prepared page whatever its size.

use ::image::GrayImage;
use ::image::imageops::{FilterType, resize};

use crate::ocr::prepare::{INK, Prepared, index, whole};
use crate::ocr::spots::spots;
use crate::ocr::tesseract::Setting;
use crate::page::Bounds;

/// Gray below this is part of a ruling line.
const FAINT: u8 = 190;
/// Thickest ruling line, in inches.
const LINE_MAX: f32 = 0.04;
/// White around a picture, in inches; recognizers need some.
const MARGIN: f32 = 0.035;

/// A piece of the page with ink in it.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) pixels: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Where its top left stands on the prepared page.
    pub(super) left: f32,
    pub(super) top: f32,
    /// The ink itself on the prepared page.
    pub(super) ink: Bounds,
    pub(super) setting: Setting,
    /// Size of the picture over that of its part of the page.
    pub(super) scale: f32,
}

impl Piece {
    /// Cuts a part out of the page, down to its ink; `None` if there is none to speak of.
    pub(super) fn of(prepared: &Prepared, bounds: Bounds, inset: f32) -> Option<Piece> {
        let page = &prepared.gray;
        let mut cut = Cut {
            x0: whole(bounds.x0 + inset),
            y0: whole(bounds.y0 + inset),
            x1: whole(bounds.x1 - inset).min(page.width()),
            y1: whole(bounds.y1 - inset).min(page.height()),
        };
        if inset > 0.0 {
            cut.trim(page, whole(prepared.dpi * LINE_MAX));
        }
        let ink = cut.ink(page, prepared.dpi)?;
        let margin = whole(prepared.dpi * MARGIN).max(4);
        let (width, height) = (ink.x1 - ink.x0 + 2 * margin, ink.y1 - ink.y0 + 2 * margin);
        let mut pixels = vec![255_u8; index(width) * index(height)];
        for y in ink.y0..ink.y1 {
            for x in ink.x0..ink.x1 {
                let at = index(y - ink.y0 + margin) * index(width) + index(x - ink.x0 + margin);
                pixels[at] = page.get_pixel(x, y).0[0];
            }
        }
        // Two lines of small print are higher than one of large print.
        let tall = (ink.y1 - ink.y0) as f32 > prepared.dpi * 0.3;
        Some(Piece {
            pixels,
            width,
            height,
            left: ink.x0 as f32 - margin as f32,
            top: ink.y0 as f32 - margin as f32,
            ink: ink.bounds(),
            setting: if tall { Setting::Block } else { Setting::Line },
            scale: 1.0,
        })
    }

    /// The same picture, taken as one line without looking for it.
    pub(super) fn raw(&self) -> Piece {
        Piece { setting: Setting::Raw, ..self.clone() }
    }

    /// The same picture at a larger size.
    pub(super) fn enlarged(&self) -> Piece {
        let (width, height) = (self.width * 3 / 2, self.height * 3 / 2);
        let Some(picture) = GrayImage::from_raw(self.width, self.height, self.pixels.clone())
        else {
            return self.clone();
        };
        let pixels = resize(&picture, width, height, FilterType::CatmullRom).into_raw();
        Piece { pixels, width, height, scale: self.scale * 1.5, ..self.clone() }
    }

    /// No longer than a blood group or a number of two digits.
    pub(super) fn is_short(&self) -> bool {
        self.setting == Setting::Line && self.width < 4 * self.height
    }

    /// Some columns of the piece, with white around them.
    pub(super) fn columns(&self, from: u32, to: u32) -> Piece {
        let margin = 6;
        let width = to - from + 1 + 2 * margin;
        let mut pixels = vec![255_u8; index(width) * index(self.height)];
        for y in 0..index(self.height) {
            let row = y * index(self.width);
            let line = &self.pixels[row + index(from)..=row + index(to.min(self.width - 1))];
            let start = y * index(width) + index(margin);
            pixels[start..start + line.len()].copy_from_slice(line);
        }
        let left = self.left + from as f32 - margin as f32;
        let x0 = self.left + from as f32;
        let ink = Bounds { x0, x1: x0 + (to - from + 1) as f32, ..self.ink };
        Piece { pixels, width, left, ink, ..self.clone() }
    }

    /// A box of the piece on the prepared page.
    pub(super) fn bounds(&self, b: [i32; 4]) -> Bounds {
        let [x0, y0, x1, y1] = b.map(|v| v as f32 / self.scale);
        Bounds { x0: self.left + x0, y0: self.top + y0, x1: self.left + x1, y1: self.top + y1 }
    }

    /// Whitens a part of the prepared page in this piece.
    pub(super) fn whiten(&mut self, b: Bounds) {
        let (x0, x1) = (whole(b.x0 - self.left), whole(b.x1 - self.left).min(self.width));
        let (y0, y1) = (whole(b.y0 - self.top), whole(b.y1 - self.top).min(self.height));
        if b.x1 <= self.left || b.y1 <= self.top || x0 >= x1 {
            return;
        }
        for y in y0..y1 {
            let row = index(y) * index(self.width);
            self.pixels[row + index(x0)..row + index(x1)].fill(255);
        }
    }
}

/// A part of the page in pixels, right and lower edge excluded.
#[derive(Clone, Copy, Debug)]
struct Cut {
    x0: u32,
    y0: u32,
    x1: u32,
    y1: u32,
}

impl Cut {
    /// Takes off what is left of ruling lines along the edges.
    fn trim(&mut self, page: &GrayImage, most: u32) {
        let dark = |x: u32, y: u32| page.get_pixel(x, y).0[0] < FAINT;
        for _ in 0..most {
            if self.x1 <= self.x0 + 2 || self.y1 <= self.y0 + 2 {
                return;
            }
            let (width, height) = (self.x1 - self.x0, self.y1 - self.y0);
            let (x0, x1, y0, y1) = (self.x0, self.x1, self.y0, self.y1);
            let row = |y: u32| (x0..x1).filter(|x| dark(*x, y)).count() > index(width) * 3 / 10;
            let column = |x: u32| (y0..y1).filter(|y| dark(x, *y)).count() > index(height) * 6 / 10;
            self.y0 += u32::from(row(y0));
            self.y1 -= u32::from(row(y1 - 1));
            self.x0 += u32::from(column(x0));
            self.x1 -= u32::from(column(x1 - 1));
        }
    }

    /// The box of the ink, specks left out.
    fn ink(self, page: &GrayImage, dpi: f32) -> Option<Cut> {
        if self.x1 <= self.x0 || self.y1 <= self.y0 {
            return None;
        }
        let (width, height) = (index(self.x1 - self.x0), index(self.y1 - self.y0));
        let mut dark = vec![false; width * height];
        for y in self.y0..self.y1 {
            for x in self.x0..self.x1 {
                dark[index(y - self.y0) * width + index(x - self.x0)] =
                    page.get_pixel(x, y).0[0] < INK;
            }
        }
        // Dots of letters of 8 points are some 4 pixels wide at 300 dpi.
        let area_min = index(whole((dpi * 0.012).powi(2)));
        let mut ink: Option<Cut> = None;
        for spot in spots(&mut dark, width).into_iter().filter(|s| s.area >= area_min) {
            let found = Cut {
                x0: self.x0 + spot.x0,
                y0: self.y0 + spot.y0,
                x1: self.x0 + spot.x1 + 1,
                y1: self.y0 + spot.y1 + 1,
            };
            ink = Some(ink.map_or(found, |i| Cut {
                x0: i.x0.min(found.x0),
                y0: i.y0.min(found.y0),
                x1: i.x1.max(found.x1),
                y1: i.y1.max(found.y1),
            }));
        }
        // Less than a full stop of small print is no text.
        ink.filter(|i| (i.x1 - i.x0).max(i.y1 - i.y0) as f32 > dpi * 0.02)
    }

    fn bounds(self) -> Bounds {
        Bounds { x0: self.x0 as f32, y0: self.y0 as f32, x1: self.x1 as f32, y1: self.y1 as f32 }
    }
}
