use std::fmt::Write;

use expect_test::{Expect, expect};

use super::*;

const SHEET: Sheet = Sheet { page: 0, width: 200.0, height: 200.0 };

/// Sets a text from the left, each letter 5 wide, blanks as gaps of 5.
fn set(text: &str, x: f32, y: f32, out: &mut Vec<Glyph>) {
    let mut x0 = x;
    for c in text.chars() {
        if c != ' ' {
            let bounds = Bounds { x0, y0: y, x1: x0 + 5.0, y1: y + 10.0 };
            out.push(Glyph { text: c.to_string(), bounds, size: 10.0, confidence: 1.0 });
        }
        x0 += 5.0;
    }
}

fn backward(text: &str) -> String {
    text.chars().rev().collect()
}

fn show(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Table(t) => {
                for row in &t.rows {
                    let cells: Vec<String> =
                        row.iter().map(|c| c.text().replace('\n', " / ")).collect();
                    writeln!(out, "row: {}", cells.join(" | ")).unwrap();
                }
            }
            Block::Line(l) => writeln!(out, "line: {}", l.text().replace('\t', " | ")).unwrap(),
            Block::Paragraph(s) => writeln!(out, "paragraph: {}", s.text).unwrap(),
        }
    }
    out
}

fn check(glyphs: Vec<Glyph>, rules: &[Rule], expected: &Expect) {
    expected.assert_eq(&show(&arrange(glyphs, rules, SHEET)));
}

#[test]
fn wide_gaps_part_spans_and_narrow_ones_words() {
    let mut glyphs = Vec::new();
    set("Name:", 10.0, 10.0, &mut glyphs);
    set("Sample Person", 80.0, 10.0, &mut glyphs);
    set("Town:", 10.0, 30.0, &mut glyphs);
    check(
        glyphs,
        &[],
        &expect![[r"
        line: Name: | Sample Person
        line: Town:
    "]],
    );
}

#[test]
fn a_ruled_page_from_the_right_reads_label_before_answer() {
    let mut glyphs = Vec::new();
    set(&backward("استمارة"), 80.0, 2.0, &mut glyphs);
    set(&backward("الاسم"), 150.0, 25.0, &mut glyphs);
    set(&backward("فلان مثال"), 40.0, 22.0, &mut glyphs);
    set(&backward("بن نموذج"), 40.0, 34.0, &mut glyphs);
    set(&backward("الميلاد"), 150.0, 55.0, &mut glyphs);
    set("١٩٩٠/١/٢", 40.0, 55.0, &mut glyphs);
    let h = |at| Rule { horizontal: true, at, from: 10.0, to: 190.0 };
    let v = |at| Rule { horizontal: false, at, from: 20.0, to: 80.0 };
    let rules = [h(20.0), h(50.0), h(80.0), v(10.0), v(120.0), v(190.0)];
    check(
        glyphs,
        &rules,
        &expect![[r"
        line: استمارة
        row: الاسم | فلان مثال / بن نموذج
        row: الميلاد | ١٩٩٠/١/٢
    "]],
    );
}

#[test]
fn an_upright_line_parts_spans_without_a_gap() {
    let mut glyphs = Vec::new();
    set("Age", 10.0, 10.0, &mut glyphs);
    set("23", 30.0, 10.0, &mut glyphs);
    let rule = Rule { horizontal: false, at: 27.0, from: 0.0, to: 50.0 };
    check(
        glyphs,
        &[rule],
        &expect![[r"
        line: Age | 23
    "]],
    );
}

#[test]
fn places_are_fractions_of_the_page() {
    let mut glyphs = Vec::new();
    set("ab", 20.0, 100.0, &mut glyphs);
    let blocks = arrange(glyphs, &[], SHEET);
    let Block::Line(line) = &blocks[0] else { panic!("a line was expected") };
    let area = model::Rect { x: 0.1, y: 0.5, width: 0.050_000_004, height: 0.050_000_012 };
    let model::Place::Page { page: 0, area: found } = line.spans[0].place else {
        panic!("a place on page 0 was expected")
    };
    assert!((found.x - area.x).abs() < 1e-3 && (found.y - area.y).abs() < 1e-3);
    assert!((found.width - area.width).abs() < 1e-3 && (found.height - area.height).abs() < 1e-3);
}
