//! Workbooks: values, dates, far corners, damage.

use expect_test::{Expect, expect};

use crate::fixtures::{show, xlsx};
use crate::read::ReadOptions;

use super::*;

fn check(rows: &str, expect: &Expect) {
    expect.assert_eq(&show(&read_xlsx(&xlsx(rows), &ReadOptions::default())));
}

#[test]
fn values_come_out_as_text_with_their_cells() {
    check(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="C1" t="inlineStr"><is><t>Born</t></is></c></row>
           <row r="5"><c r="A5" t="inlineStr"><is><t> Sample </t></is></c><c r="B5"><v>999541092759</v></c><c r="C5" s="1"><v>33000</v></c><c r="D5" s="1"><v>33000.5</v></c><c r="E5" t="b"><v>1</v></c></row>"#,
        &expect![[r"
            read
            table, register true
              Name (sheet Sample, row 1, column 1) | - | Born (sheet Sample, row 1, column 3)
              Sample (sheet Sample, row 5, column 1) | 999541092759 (sheet Sample, row 5, column 2) | 1990-05-07 (sheet Sample, row 5, column 3) | 1990-05-07T12:00:00 (sheet Sample, row 5, column 4) | TRUE (sheet Sample, row 5, column 5)"]],
    );
}

#[test]
fn far_corners_cost_nothing() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let read = read_xlsx(&xlsx(rows), &ReadOptions::default());
    let [Block::Table(table)] = &*read.layout.blocks else { panic!("one table") };
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[1].len(), 16_384);
    let mut options = ReadOptions::default();
    options.limits.cells_max = 1000;
    let read = read_xlsx(&xlsx(rows), &options);
    assert_eq!(read.state, model::DocumentState::PartlyRead);
}

#[test]
fn cells_out_of_range_are_told_and_damage_is_corrupt() {
    check(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZZZZZ4294967295"><v>2</v></c></row>"#,
        &expect![[r"
            partly_read: some cells lie beyond the last column
            ! cell_out_of_range
            table, register true
              1 (sheet Sample, row 1, column 1)"]],
    );
    let book = xlsx(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    let read = read_xlsx(&book[..book.len() / 2], &ReadOptions::default());
    assert_eq!(read.state, model::DocumentState::Corrupt);
}
