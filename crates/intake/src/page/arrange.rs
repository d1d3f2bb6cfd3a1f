//! Glyphs and ruling lines of a page to blocks: tables of cells, and lines of spans around them.
//!
//! Reading order is from the top; across, it follows the direction of most letters of the page.
//! Whether a word gap is a gap is told by the glyphs' own size. Text is turned to reading order by
//! [`super::bidi`].

use model::{Block, Cell, Line, Span, Table};

use super::bidi::{self, Direction};
use super::grid::{Grid, Tolerance, find_grids};
use super::{Bounds, Rule, Sheet};

/// One glyph, or anything else with a text and a box (a word of OCR).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// What it shows, in reading order of itself.
    pub(crate) text: String,
    /// Its box: the advance across, the font's height down.
    pub(crate) bounds: Bounds,
    /// Size of the font.
    pub(crate) size: f32,
    /// How sure the reading is; 1 for text that stands in the file.
    pub(crate) confidence: f32,
}

/// Tolerances of ruling lines that are drawn by numbers, in points. Chosen by hand.
const DRAWN: Tolerance = Tolerance { near: 2.0, cell_min: 5.0, covered_min: 0.8 };
/// A gap of this many font sizes begins a new span; answers stand at least that far from their
/// labels, words of one answer hardly ever. Chosen by hand.
const SPAN_GAP: f32 = 1.3;
/// A gap of this many font sizes is a blank, where the page writes no blanks itself.
const WORD_GAP: f32 = 0.18;
/// The same where the page writes blanks: only what kerning cannot explain.
const WORD_GAP_BESIDE_BLANKS: f32 = 0.45;

/// Makes the blocks of one page.
pub(crate) fn arrange(glyphs: Vec<Glyph>, rules: &[Rule], sheet: Sheet) -> Vec<Block> {
    let direction = bidi::page_direction(glyphs.iter().map(|g| g.text.as_str()));
    let blanks = glyphs.iter().filter(|g| g.text == " ").count();
    let setting = Setting {
        direction,
        whole_words: false,
        // A twentieth: Arabic and Latin text has a blank after every fifth letter or so.
        word_gap: if blanks * 20 >= glyphs.len() { WORD_GAP_BESIDE_BLANKS } else { WORD_GAP },
        sheet,
    };
    let grids = find_grids(rules, DRAWN);
    let (cells, rest) = share_out(glyphs, &grids);
    let uprights: Vec<Rule> = rules.iter().copied().filter(|r| !r.horizontal).collect();

    let mut placed: Vec<(f32, Block)> = Vec::new();
    for (grid, cells) in grids.iter().zip(cells) {
        placed.push((grid.bounds.y0, Block::Table(setting.table(cells))));
    }
    for row in rows_of(rest) {
        let top = row.iter().map(|g| g.bounds.middle_y()).fold(f32::INFINITY, f32::min);
        let spans = setting.spans(row, &uprights);
        if !spans.is_empty() {
            placed.push((top, Block::Line(Line { spans })));
        }
    }
    placed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut blocks: Vec<Block> = placed.into_iter().map(|(_, block)| block).collect();
    mend_backward(&mut blocks);
    blocks
}

/// Makes lines of recognized words, which are in reading order each.
pub(crate) fn arrange_words(words: Vec<Glyph>, direction: Direction, sheet: Sheet) -> Vec<Block> {
    let mut heights: Vec<f32> = words.iter().map(|w| w.bounds.height()).collect();
    heights.sort_by(f32::total_cmp);
    // Boxes of words are as high as their letters; the middle one stands for the font's size.
    let size = heights.get(heights.len() / 2).copied().unwrap_or(1.0) * 1.2;
    let words = words.into_iter().map(|w| Glyph { size, ..w }).collect();
    let setting = Setting { direction, whole_words: true, word_gap: 0.0, sheet };
    rows_of(words)
        .into_iter()
        .map(|row| setting.spans(row, &[]))
        .filter(|spans| !spans.is_empty())
        .map(|spans| Block::Line(Line { spans }))
        .collect()
}

/// Turns words where the page shows that they stand backward.
fn mend_backward(blocks: &mut [Block]) {
    let mut texts: Vec<&mut String> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(span) => texts.push(&mut span.text),
            Block::Line(line) => texts.extend(line.spans.iter_mut().map(|s| &mut s.text)),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                texts.extend(cells.flat_map(|c| c.spans.iter_mut()).map(|s| &mut s.text));
            }
        }
    }
    if bidi::reads_backward(texts.iter().map(|t| t.as_str())) {
        for text in texts {
            *text = bidi::flip_words(text);
        }
    }
}

/// The glyphs of each cell, by grid and row, and those in none.
type Shared = (Vec<Vec<Vec<Vec<Glyph>>>>, Vec<Glyph>);

fn share_out(glyphs: Vec<Glyph>, grids: &[Grid]) -> Shared {
    let mut cells: Vec<Vec<Vec<Vec<Glyph>>>> =
        grids.iter().map(|g| g.rows.iter().map(|r| vec![Vec::new(); r.len()]).collect()).collect();
    let mut rest = Vec::new();
    'next: for glyph in glyphs {
        let (x, y) = (glyph.bounds.middle_x(), glyph.bounds.middle_y());
        for (g, grid) in grids.iter().enumerate().filter(|(_, g)| g.bounds.contains(x, y)) {
            for (r, row) in grid.rows.iter().enumerate() {
                if let Some(c) = row.iter().position(|c| c.contains(x, y)) {
                    cells[g][r][c].push(glyph);
                    continue 'next;
                }
            }
        }
        rest.push(glyph);
    }
    (cells, rest)
}

/// Glyphs that stand on one visual line, each row from the left.
pub(crate) fn rows_of(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.bounds.middle_y().total_cmp(&b.bounds.middle_y()));
    let mut rows: Vec<(f32, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        let middle = glyph.bounds.middle_y();
        match rows.last_mut() {
            // Half a height: lines of text are never set tighter, marks and small print beside
            // letters stay together.
            Some((at, row))
                if middle - *at < 0.5 * glyph.bounds.height().min(row[0].bounds.height()) =>
            {
                row.push(glyph);
            }
            _ => rows.push((middle, vec![glyph])),
        }
    }
    rows.into_iter().map(|(_, row)| from_left(row)).collect()
}

/// Sorts a row from the left; marks follow the letter that they stand on.
fn from_left(mut row: Vec<Glyph>) -> Vec<Glyph> {
    row.sort_by(|a, b| a.bounds.middle_x().total_cmp(&b.bounds.middle_x()));
    let (marks, mut letters): (Vec<Glyph>, Vec<Glyph>) =
        row.into_iter().partition(|g| !g.text.is_empty() && g.text.chars().all(bidi::is_mark));
    for mark in marks {
        let x = mark.bounds.middle_x();
        let nearest = letters.iter_mut().filter(|l| l.text.trim() != "").min_by(|a, b| {
            let far = |g: &Glyph| (g.bounds.x0 - x).max(x - g.bounds.x1).max(0.0);
            far(a).total_cmp(&far(b))
        });
        match nearest {
            Some(letter) => letter.text.push_str(&mark.text),
            None => letters.push(mark),
        }
    }
    letters
}

/// What holds for a whole page.
#[derive(Clone, Copy)]
struct Setting {
    direction: Direction,
    /// The pieces are words, so every two are parted by a blank.
    whole_words: bool,
    word_gap: f32,
    sheet: Sheet,
}

impl Setting {
    fn table(self, rows: Vec<Vec<Vec<Glyph>>>) -> Table {
        let rows = rows
            .into_iter()
            .map(|row| {
                let mut cells: Vec<Cell> = row.into_iter().map(|c| self.cell(c)).collect();
                if self.direction == Direction::RightToLeft {
                    cells.reverse();
                }
                cells
            })
            .collect();
        Table { register: false, rows }
    }

    fn cell(self, glyphs: Vec<Glyph>) -> Cell {
        let spans = rows_of(glyphs).into_iter().filter_map(|row| self.span(&row)).collect();
        Cell { spans }
    }

    /// Cuts a row at wide gaps and at upright lines.
    fn spans(self, row: Vec<Glyph>, uprights: &[Rule]) -> Vec<Span> {
        let mut pieces: Vec<Vec<Glyph>> = vec![Vec::new()];
        let mut edge: Option<f32> = None;
        for glyph in row {
            if glyph.text.trim().is_empty() {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(glyph);
                }
                continue;
            }
            let cut = edge.is_some_and(|edge| {
                let (x0, y) = (glyph.bounds.x0, glyph.bounds.middle_y());
                let ruled = uprights
                    .iter()
                    .any(|r| r.at > edge - 1.0 && r.at < x0 + 1.0 && y > r.from && y < r.to);
                ruled || x0 - edge > SPAN_GAP * glyph.size
            });
            if cut {
                pieces.push(Vec::new());
            }
            edge = Some(edge.map_or(glyph.bounds.x1, |e| e.max(glyph.bounds.x1)));
            if let Some(piece) = pieces.last_mut() {
                piece.push(glyph);
            }
        }
        let mut spans: Vec<Span> = pieces.iter().filter_map(|p| self.span(p)).collect();
        if self.direction == Direction::RightToLeft {
            spans.reverse();
        }
        spans
    }

    /// One run of glyphs, from the left, to its text.
    fn span(self, row: &[Glyph]) -> Option<Span> {
        let solid = row.iter().filter(|g| !g.text.trim().is_empty()).map(|g| g.bounds);
        let bounds = solid.reduce(Bounds::union)?;
        let mut clusters: Vec<String> = Vec::with_capacity(row.len());
        let mut edge: Option<f32> = None;
        for glyph in row {
            let wide = edge.is_some_and(|e| {
                self.whole_words || glyph.bounds.x0 - e > self.word_gap * glyph.size
            });
            let blank = glyph.text.trim().is_empty();
            let after_blank = clusters.last().is_none_or(|c| c == " ");
            if (blank || wide) && !after_blank {
                clusters.push(" ".to_owned());
            }
            if !blank {
                clusters.push(glyph.text.clone());
            }
            edge = Some(edge.map_or(glyph.bounds.x1, |e| e.max(glyph.bounds.x1)));
        }
        let text = bidi::to_logical(&clusters, self.direction).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let mut span = Span::new(text, self.sheet.place(bounds));
        let letters: usize = row.iter().map(|g| g.text.chars().count()).sum();
        let sure: f32 = row.iter().map(|g| g.confidence * g.text.chars().count() as f32).sum();
        span.confidence = (sure / letters.max(1) as f32).min(1.0);
        Some(span)
    }
}

#[cfg(test)]
mod tests;
