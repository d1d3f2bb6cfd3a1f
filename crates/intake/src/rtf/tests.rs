//! Letters, tables, properties, and files cut short.

use expect_test::{Expect, expect};

use super::*;

fn check(rtf: &str, expect: &Expect) {
    let read = read(rtf.as_bytes(), &ReadOptions::default());
    let mut out = format!("{} {:?}\n", read.state, read.metadata);
    for block in &read.layout.blocks {
        let line = match block {
            Block::Paragraph(span) => format!("{}: {}\n", span.place.describe(), span.text),
            Block::Table(table) => {
                let rows = table
                    .rows
                    .iter()
                    .map(|row| row.iter().map(Cell::text).collect::<Vec<_>>().join(" | "));
                format!("[{}]\n", rows.collect::<Vec<_>>().join("]["))
            }
            Block::Line(_) => unreachable!("RTF has no lines"),
        };
        out.push_str(&line);
    }
    expect.assert_eq(&out);
}

#[test]
fn letters_come_by_number_by_code_page_and_by_font() {
    check(
        r"{\rtf1\ansi\ansicpg1256{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}\'e3 \u1605?\par{\f1 \'cc}\par\uc0\u1605 x\par}",
        &expect![[r"
            read {}
            paragraph 1: م م
            paragraph 2: М
            paragraph 3: مx
        "]],
    );
}

#[test]
fn tables_end_where_text_goes_on() {
    check(
        r"{\rtf1{\info{\author Sample Clerk}}Title\par \trowd\cellx1\cellx2\intbl Name\cell Exam\par ple\cell\row \trowd\intbl Kunya\cell \cell\row \pard after\par}",
        &expect![[r#"
            read {"author": "Sample Clerk"}
            paragraph 2: Title
            [Name | Exam
            ple][Kunya | ]
            paragraph 3: after
        "#]],
    );
}

#[test]
fn times_are_iso() {
    check(
        r"{\rtf1{\info{\creatim\yr2014\mo2\dy3\hr4\min5}{\revtim\yr0}{\title x}} a\par}",
        &expect![[r#"
            read {"created": "2014-02-03T04:05:00", "title": "x"}
            paragraph 2: a
        "#]],
    );
}

#[test]
fn codes_pictures_and_deletions_are_left_out() {
    check(
        r"{\rtf1 a{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}{\pict 00ff}{\*\unknown z}{\deleted gone} b\par}",
        &expect![[r"
            read {}
            paragraph 1: ashown b
        "]],
    );
}

#[test]
fn a_file_cut_short_keeps_what_it_has() {
    check(
        r"{\rtf1 \trowd\intbl Name\cell Sam",
        &expect![[r"
            partly_read {}
            [Name | Sam]
        "]],
    );
}
