//! What stands on a page, whatever put it there: glyphs, words, ruling lines, and the blocks made of them.
//!
//! Shared by PDF text and OCR. Knows neither PDF objects nor pixels: all measures are in units of
//! the page (points or pixels), origin at the top left, and leave as fractions of the page.

pub(crate) mod arrange;
pub(crate) mod bidi;
pub(crate) mod grid;

use model::{Place, Rect};

/// A box on a page, origin at the top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

impl Bounds {
    pub(crate) fn height(self) -> f32 {
        self.y1 - self.y0
    }

    pub(crate) fn middle_x(self) -> f32 {
        f32::midpoint(self.x0, self.x1)
    }

    pub(crate) fn middle_y(self) -> f32 {
        f32::midpoint(self.y0, self.y1)
    }

    pub(crate) fn union(self, other: Bounds) -> Bounds {
        Bounds {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub(crate) fn contains(self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    pub(crate) fn is_finite(self) -> bool {
        [self.x0, self.y0, self.x1, self.y1].into_iter().all(f32::is_finite)
    }
}

/// A ruling line, horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    /// True for a horizontal one.
    pub(crate) horizontal: bool,
    /// Its y if horizontal, else its x.
    pub(crate) at: f32,
    /// Where it begins, along the other axis.
    pub(crate) from: f32,
    /// Where it ends.
    pub(crate) to: f32,
}

/// The sheet that fractions refer to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet {
    /// Number of the page, from 0.
    pub(crate) page: u32,
    pub(crate) width: f32,
    pub(crate) height: f32,
}

impl Sheet {
    /// The place of a box, cut to the page.
    pub(crate) fn place(self, bounds: Bounds) -> Place {
        let x0 = fraction(bounds.x0, self.width);
        let y0 = fraction(bounds.y0, self.height);
        let x1 = fraction(bounds.x1, self.width);
        let y1 = fraction(bounds.y1, self.height);
        let area = Rect { x: x0, y: y0, width: (x1 - x0).max(0.0), height: (y1 - y0).max(0.0) };
        Place::Page { page: self.page, area }
    }
}

/// Rounded to 1/10000, so that the last bits of floating point never reach an output file.
fn fraction(value: f32, whole: f32) -> f32 {
    if whole > 0.0 && value.is_finite() {
        ((value / whole).clamp(0.0, 1.0) * 10_000.0).round() / 10_000.0
    } else {
        0.0
    }
}
