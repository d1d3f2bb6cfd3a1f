//! What a PDF page draws: glyphs with their characters and boxes, ruling lines, images.
//!
//! A device of the interpreter; positions are points from the top left of the page. Turned text
//! (watermarks, side notes) is kept apart, run by run, so that it never mixes into a line.
//! Clipping and colors are not looked at: hidden text is text of the file all the same.

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathSeg, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use crate::page::arrange::Glyph;
use crate::page::{Bounds, Rule};

/// Glyphs of one page at most; the densest book page has some 10,000.
const GLYPHS_MAX: usize = 400_000;
/// Ruling lines of one page at most; drawings beyond it are no forms.
const RULES_MAX: usize = 20_000;
/// Shorter lines are parts of letters or dashes, in points. Chosen by hand.
const RULE_LENGTH_MIN: f64 = 6.0;
/// A filled shape lower or narrower than this is a line, in points. Chosen by hand.
const RULE_THICKNESS_MAX: f64 = 3.0;

/// All that one page draws.
#[derive(Default)]
pub(super) struct Ink {
    /// Upright glyphs.
    pub(super) glyphs: Vec<Glyph>,
    /// Text of turned runs, with a box each, as it stands in the file.
    pub(super) turned: Vec<(String, Bounds)>,
    /// Ruling lines.
    pub(super) rules: Vec<Rule>,
    /// Area of the largest image, in square points.
    pub(super) image_area: f64,
    /// Glyphs whose character the file does not tell.
    pub(super) unknown: usize,
    /// Something was left out by a limit.
    pub(super) cut: bool,
}

impl Ink {
    fn add_rule(&mut self, a: Point, b: Point) {
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let rule = if dx >= RULE_LENGTH_MIN && dy <= dx * 0.02 {
            let at = f64::midpoint(a.y, b.y);
            Rule {
                horizontal: true,
                at: single(at),
                from: single(a.x.min(b.x)),
                to: single(a.x.max(b.x)),
            }
        } else if dy >= RULE_LENGTH_MIN && dx <= dy * 0.02 {
            let at = f64::midpoint(a.x, b.x);
            Rule {
                horizontal: false,
                at: single(at),
                from: single(a.y.min(b.y)),
                to: single(a.y.max(b.y)),
            }
        } else {
            return;
        };
        if self.rules.len() < RULES_MAX && rule.at.is_finite() {
            self.rules.push(rule);
        }
    }

    /// A thin filled box is a line along its middle.
    fn add_filled(&mut self, area: Rect) {
        let middle = area.center();
        if area.height() <= RULE_THICKNESS_MAX && area.width() >= RULE_LENGTH_MIN {
            self.add_rule(Point::new(area.x0, middle.y), Point::new(area.x1, middle.y));
        } else if area.width() <= RULE_THICKNESS_MAX && area.height() >= RULE_LENGTH_MIN {
            self.add_rule(Point::new(middle.x, area.y0), Point::new(middle.x, area.y1));
        }
    }
}

impl Device<'_> for Ink {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, mode: &DrawMode) {
        if self.rules.len() >= RULES_MAX {
            self.cut = true;
            return;
        }
        let stroked = matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..));
        let path = props.transform * path;
        if stroked {
            for segment in path.segments() {
                if let PathSeg::Line(line) = segment {
                    self.add_rule(line.p0, line.p1);
                }
            }
            return;
        }
        // One filled path may hold many boxes, as when a table's lines are drawn at once.
        let mut piece = BezPath::new();
        for element in path.elements().iter().copied() {
            if matches!(element, hayro_interpret::kurbo::PathEl::MoveTo(_)) {
                self.add_filled(piece.bounding_box());
                piece = BezPath::new();
            }
            piece.push(element);
            if piece.elements().len() > 64 {
                return; // A curve, not a line.
            }
        }
        self.add_filled(piece.bounding_box());
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        let mut turned: Option<(String, Bounds)> = None;
        for positioned in run.glyphs() {
            if self.glyphs.len() >= GLYPHS_MAX {
                self.cut = true;
                return;
            }
            let advance = match &**positioned {
                PdfGlyph::Outline(g) => g.advance_width(),
                PdfGlyph::Type3(g) => g.advance_width(),
            };
            let text = match positioned.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => String::new(),
            };
            if text.is_empty() || text.contains(['\0', '\u{fffd}']) {
                self.unknown += 1;
                continue;
            }
            let set = placed(props.transform * positioned.transform(), advance.unwrap_or(500.0));
            if !set.bounds.is_finite() {
                continue;
            }
            if set.upright {
                self.glyphs.push(Glyph {
                    text,
                    bounds: set.bounds,
                    size: set.size,
                    confidence: 1.0,
                });
            } else {
                let (all, bounds) = turned.get_or_insert((String::new(), set.bounds));
                all.push_str(&text);
                *bounds = bounds.union(set.bounds);
            }
        }
        self.turned.extend(turned);
    }

    fn draw_image(&mut self, image: Image<'_, '_>, props: ImageDrawProps<'_>) {
        let area = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let shown = props.transform.transform_rect_bbox(area);
        self.image_area = self.image_area.max(shown.area().abs());
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

struct Set {
    bounds: Bounds,
    size: f32,
    upright: bool,
}

/// The box of a glyph: its advance across, from a fifth below the base line to four fifths above.
fn placed(transform: Affine, advance: f32) -> Set {
    let origin = transform * Point::new(0.0, 0.0);
    let along = transform * Point::new(1000.0, 0.0) - origin;
    let up = transform * Point::new(0.0, 1000.0) - origin;
    // Within some 8 degrees of upright; scans laid under text are straight.
    let upright = along.x > 0.0 && along.y.abs() < 0.15 * along.x.abs();
    let corners =
        [(0.0, -200.0), (f64::from(advance), -200.0), (0.0, 800.0), (f64::from(advance), 800.0)];
    let area = corners
        .into_iter()
        .map(|(x, y)| transform * Point::new(x, y))
        .map(|p| Rect::from_points(p, p))
        .reduce(|a, b| a.union(b))
        .unwrap_or(Rect::ZERO);
    let bounds = Bounds {
        x0: single(area.x0),
        y0: single(area.y0),
        x1: single(area.x1),
        y1: single(area.y1),
    };
    Set { bounds, size: single(up.hypot()), upright }
}

/// Page measures fit in single precision by far; what does not is not finite afterwards.
#[expect(clippy::cast_possible_truncation, reason = "a thousandth of a point is precise enough")]
pub(super) fn single(value: f64) -> f32 {
    value as f32
}
