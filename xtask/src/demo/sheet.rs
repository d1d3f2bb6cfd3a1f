//! A form as a PDF with a text layer: ruled table, right to left where the language is.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Size};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use krilla::{Document, SerializeSettings};
use unicode_bidi::{BidiInfo, Level};

use super::form::{Form, Language, MARK};

/// Where Debian and Ubuntu keep the font; it has Arabic, Cyrillic and Latin letters.
const FONT: &str = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

/// A4 in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 40.0;
/// Height of a row, less where a form has many.
const ROW: f32 = 34.0;
const TOP: f32 = 110.0;
const SIZE: f32 = 11.0;
/// Widths of number, label and answer.
const COLUMNS: [f32; 3] = [30.0, 210.0, 275.0];
/// Space between a ruling and the text.
const PAD: f32 = 6.0;

/// The bytes of the font.
pub(crate) struct FontFile(Vec<u8>);

/// The font, if it is installed.
pub(crate) fn find_font() -> Option<FontFile> {
    fs::read(Path::new(FONT)).ok().map(FontFile)
}

/// A font by its path.
pub(crate) fn font_at(path: &Path) -> Option<FontFile> {
    fs::read(path).ok().map(FontFile)
}

/// The PDF's bytes.
pub(crate) fn write(form: &Form, file: &FontFile) -> anyhow::Result<Vec<u8>> {
    let rows = u8::try_from(form.rows.len()).context("a form fits on a page")?;
    let height = ROW.min((PAGE.1 - TOP - MARGIN) / f32::from(rows.max(1)));
    draw(file, form.language == Language::Arabic, height, |pen| {
        pen.text(MARK, 0.0, 50.0, PAGE.0 - 2.0 * MARGIN);
        pen.text(form.heading, 0.0, 75.0, PAGE.0 - 2.0 * MARGIN);
        for (row, (label, answer)) in (0_u8..).zip(&form.rows) {
            let y = TOP + height * f32::from(row);
            let number = (row + 1).to_string();
            let mut x = 0.0;
            for (text, width) in [number.as_str(), label, answer].into_iter().zip(COLUMNS) {
                pen.cell(text, x, y, width)?;
                x += width;
            }
        }
        Ok(())
    })
}

/// A page as a PDF, drawn by a pen whose cells are so high.
pub(crate) fn draw(
    file: &FontFile,
    bidi: bool,
    height: f32,
    paint: impl FnOnce(&mut Pen<'_, '_>) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<u8>> {
    let font = Font::new(file.0.clone().into(), 0).context("the font cannot be read")?;
    let face = rustybuzz::Face::from_slice(&file.0, 0).context("the font cannot be read")?;
    let mut document = Document::new_with(SerializeSettings::default());
    let size = Size::from_wh(PAGE.0, PAGE.1).context("a page has a size")?;
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    paint(&mut Pen { surface: &mut surface, font, face, height, bidi })?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| anyhow::anyhow!("the PDF cannot be written: {error:?}"))
}

/// Draws in a column system that starts at the reading side of the page.
pub(crate) struct Pen<'a, 'd> {
    surface: &'a mut Surface<'d>,
    font: Font,
    face: rustybuzz::Face<'a>,
    height: f32,
    bidi: bool,
}

impl Pen<'_, '_> {
    /// A ruled cell with its text.
    pub(crate) fn cell(&mut self, text: &str, x: f32, y: f32, width: f32) -> anyhow::Result<()> {
        let left = self.left(x, width);
        let mut path = PathBuilder::new();
        for (to_x, to_y, begin) in [
            (left, y, true),
            (left + width, y, false),
            (left + width, y + self.height, false),
            (left, y + self.height, false),
        ] {
            if begin {
                path.move_to(to_x, to_y);
            } else {
                path.line_to(to_x, to_y);
            }
        }
        path.close();
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { width: 0.8, ..Stroke::default() }));
        self.surface.draw_path(&path.finish().context("a cell is a path")?);
        self.surface.set_stroke(None);
        self.text(text, x + PAD, y + self.height / 2.0 + SIZE / 3.0, width - 2.0 * PAD);
        Ok(())
    }

    /// A line of text that starts at the reading side of its space.
    pub(crate) fn text(&mut self, text: &str, x: f32, baseline: f32, width: f32) {
        self.surface.set_fill(Some(Fill {
            paint: rgb::Color::new(0, 0, 0).into(),
            opacity: NormalizedF32::ONE,
            rule: krilla::paint::FillRule::default(),
        }));
        let base = if self.bidi { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(text, Some(base));
        let Some(paragraph) = bidi.paragraphs.first() else { return };
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        let total: f32 = runs.iter().map(|run| self.width(&text[run.clone()])).sum();
        let left = self.left(x, width);
        let mut at = if self.bidi { left + width - total } else { left };
        for run in runs {
            let direction = if levels[run.start].is_rtl() {
                TextDirection::RightToLeft
            } else {
                TextDirection::LeftToRight
            };
            let piece = &text[run];
            let start = Point::from_xy(at, baseline);
            self.surface.draw_text(start, self.font.clone(), SIZE, piece, false, direction);
            at += self.width(piece);
        }
    }

    fn left(&self, x: f32, width: f32) -> f32 {
        if self.bidi { PAGE.0 - MARGIN - x - width } else { MARGIN + x }
    }

    fn width(&self, text: &str) -> f32 {
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|p| p.x_advance).sum();
        #[expect(clippy::cast_precision_loss, reason = "a line has some thousand units")]
        let units = units as f32;
        #[expect(clippy::cast_precision_loss, reason = "an em has some thousand units")]
        let em = self.face.units_per_em() as f32;
        units / em * SIZE
    }
}
