//! The Consolidated Screening List from bytes to statements.

use expect_test::expect_file;

use crate::testing::print_load;

#[test]
fn rows_of_several_lists() {
    let file = include_bytes!("testdata/consolidated.csv");
    expect_file!["testdata/consolidated.golden"]
        .assert_eq(&print_load(&[("consolidated.csv", file)]));
}
