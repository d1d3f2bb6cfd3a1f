//! Owns the drawings of a page: bars along a scale, histograms, lines. Colors are classes, so that
//! the page's style decides in light and dark.
//!
//! Invariant: coordinates are written with one decimal, so that the same numbers give the same bytes.

use std::fmt::Write as _;

use super::html::escape;

/// Width of the drawing area of a chart, in its own units.
const WIDTH: f64 = 900.0;
/// Height of it.
const HEIGHT: f64 = 260.0;
/// Room for the axes: start, end, top, bottom.
const MARGINS: (f64, f64, f64, f64) = (70.0, 20.0, 14.0, 56.0);

/// A scale from values to places.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    pub(crate) from: f64,
    pub(crate) to: f64,
}

impl Scale {
    /// The share of the way from one end to the other.
    fn share(self, value: f64) -> f64 {
        ((value - self.from) / (self.to - self.from).max(1e-9)).clamp(0.0, 1.0)
    }
}

/// A bar in a cell of a table, between two values of a scale that all rows share. `marks` are
/// lines across, such as zero and the threshold.
pub(crate) fn bar(scale: Scale, from: f64, to: f64, marks: &[(f64, &str)], title: &str) -> String {
    let x = |value: f64| scale.share(value) * 240.0;
    let (start, end) = (x(from.min(to)), x(from.max(to)));
    let class = if to >= from { "for" } else { "against" };
    let mut out = String::from(
        "<svg class=\"bar\" viewBox=\"0 0 240 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
    );
    let _ = write!(out, "<title>{}</title>", escape(title));
    if to.total_cmp(&from).is_ne() {
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{start:.1}\" y=\"2\" width=\"{:.1}\" height=\"12\"/>",
            (end - start).max(1.0),
        );
    }
    for (value, class) in marks {
        let _ = write!(out, "<path class=\"{class}\" d=\"M{0:.1} 0V16\"/>", x(*value));
    }
    out.push_str("</svg>");
    out
}

/// A chart with both axes.
pub(crate) struct Chart {
    x: Scale,
    y: Scale,
    body: String,
}

impl Chart {
    /// An empty chart over these ranges.
    pub(crate) fn new(x: Scale, y: Scale) -> Self {
        Self { x, y, body: String::new() }
    }

    fn at_x(&self, value: f64) -> f64 {
        MARGINS.0 + self.x.share(value) * (WIDTH - MARGINS.0 - MARGINS.1)
    }

    fn at_y(&self, value: f64) -> f64 {
        HEIGHT - MARGINS.3 - self.y.share(value) * (HEIGHT - MARGINS.2 - MARGINS.3)
    }

    /// A column from the bottom up, with what it says when pointed at.
    pub(crate) fn column(&mut self, from: f64, to: f64, height: f64, class: &str, title: &str) {
        let (start, end, top) = (self.at_x(from), self.at_x(to), self.at_y(height));
        let _ = writeln!(
            self.body,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\">\
             <title>{}</title></rect>",
            start + 0.5,
            (end - start - 1.0).max(0.5),
            (HEIGHT - MARGINS.3 - top).max(0.5),
            escape(title),
        );
    }

    /// A line through points.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], class: &str) {
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let sign = if i == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{sign}{:.1} {:.1}", self.at_x(*x), self.at_y(*y));
        }
        let _ = writeln!(self.body, "<path class=\"{class}\" d=\"{path}\"/>");
    }

    /// A line from bottom to top, with its name.
    pub(crate) fn mark(&mut self, x: f64, class: &str, name: &str) {
        let at = self.at_x(x);
        let (anchor, beside) =
            if at > WIDTH * 0.8 { ("end", at - 4.0) } else { ("start", at + 4.0) };
        let _ = writeln!(
            self.body,
            "<path class=\"{class}\" d=\"M{at:.1} {:.1}V{:.1}\"/><text class=\"mark-name\" \
             x=\"{beside:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            MARGINS.2,
            HEIGHT - MARGINS.3,
            MARGINS.2 + 10.0,
            escape(name),
        );
    }

    /// Names along the bottom: the main ones, and a second line below.
    pub(crate) fn ticks_x(&mut self, ticks: &[(f64, String)], second: &[(f64, String)]) {
        for (y, ticks) in [(16.0, ticks), (32.0, second)] {
            for (value, name) in ticks {
                let _ = writeln!(
                    self.body,
                    "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                    self.at_x(*value),
                    HEIGHT - MARGINS.3 + y,
                    escape(name),
                );
            }
        }
    }

    /// Names along the side, with lines across.
    pub(crate) fn ticks_y(&mut self, ticks: &[(f64, String)]) {
        for (value, name) in ticks {
            let at = self.at_y(*value);
            let _ = writeln!(
                self.body,
                "<path class=\"grid\" d=\"M{:.1} {at:.1}H{:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{}</text>",
                MARGINS.0,
                WIDTH - MARGINS.1,
                MARGINS.0 - 6.0,
                at + 4.0,
                escape(name),
            );
        }
    }

    /// The drawing with what it shows in words, and the names of its axes.
    pub(crate) fn finish(self, id: &str, label: &str, axis_x: &str, axis_y: &str) -> String {
        format!(
            "<svg class=\"chart\" id=\"{id}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
             aria-label=\"{}\">\n{}<text class=\"axis\" x=\"{:.1}\" y=\"{:.1}\" \
             text-anchor=\"middle\">{}</text>\n<text class=\"axis\" \
             transform=\"translate(12 {:.1}) rotate(-90)\" text-anchor=\"middle\">{}</text>\n\
             </svg>\n",
            escape(label),
            self.body,
            f64::midpoint(MARGINS.0, WIDTH - MARGINS.1),
            HEIGHT - 6.0,
            escape(axis_x),
            f64::midpoint(MARGINS.2, HEIGHT - MARGINS.3),
            escape(axis_y),
        )
    }
}
