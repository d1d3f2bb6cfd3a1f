//! Answers typed into the fields of a PDF form that have no appearance of their own.
//!
//! A program that fills in a form may leave it to the viewer to draw what was typed; then nothing on the
//! page shows it. Fields that are drawn come with the page. What a field is called is not told: the label
//! stands on the page.

use hayro_interpret::TransformExt;
use hayro_interpret::kurbo::{Point, Rect};
use hayro_syntax::object::dict::keys::{ANNOTS, AP, PARENT, RECT, SUBTYPE};
use hayro_syntax::object::{Array, Dict, Name, Rect as PdfRect, String as PdfString};
use hayro_syntax::page::Page as PdfPage;

use super::pdf_text;
use crate::page::Bounds;
use crate::page::arrange::Glyph;

/// Value of a field.
const VALUE: &[u8] = b"V";
/// Fields of a page; forms have some hundred.
const FIELDS_MAX: usize = 5_000;
/// Levels of fields above a field; forms have one or two, and a file may lead in circles.
const DEPTH_MAX: usize = 8;
/// Height of the letters in a field at most, in points: a field of many lines is higher.
const SIZE_MAX: f32 = 12.0;

/// What was typed into the fields of a page and is not drawn, where it would stand.
pub(super) fn typed(page: &PdfPage<'_>) -> Vec<Glyph> {
    let Some(annotations) = page.raw().get::<Array<'_>>(ANNOTS) else { return Vec::new() };
    let transform = page.initial_transform(true).to_kurbo();
    let mut out = Vec::new();
    for field in annotations.iter::<Dict<'_>>().take(FIELDS_MAX) {
        let kind = field.get::<Name<'_>>(SUBTYPE);
        if kind.is_none_or(|kind| kind.as_ref() != b"Widget") || field.contains_key(AP) {
            continue;
        }
        let (Some(text), Some(at)) = (value(&field), field.get::<PdfRect>(RECT)) else { continue };
        let corners = [(at.x0, at.y0), (at.x1, at.y1)].map(|(x, y)| transform * Point::new(x, y));
        let area = Rect::from_points(corners[0], corners[1]);
        let [x0, y0, x1, y1] = [area.x0, area.y0, area.x1, area.y1].map(super::ink::single);
        if ![x0, y0, x1, y1].into_iter().all(f32::is_finite) {
            continue;
        }
        let size = (y1 - y0).min(SIZE_MAX);
        let bounds = Bounds { x0, y0, x1, y1 };
        out.push(Glyph { text, bounds, size, confidence: 1.0 });
    }
    out
}

/// The value of a field, its own or that of the field it belongs to. Boxes have names for values, which
/// say nothing.
fn value(field: &Dict<'_>) -> Option<String> {
    let mut at = field.clone();
    for _ in 0..DEPTH_MAX {
        if let Some(text) = at.get::<PdfString<'_>>(VALUE) {
            return Some(pdf_text(text.as_bytes())).filter(|text| !text.is_empty());
        }
        at = at.get::<Dict<'_>>(PARENT)?;
    }
    None
}
