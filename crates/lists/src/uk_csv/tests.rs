//! The UK Sanctions List from bytes to statements.

use expect_test::expect_file;

use crate::testing::print_load;

#[test]
fn an_entry_is_the_union_of_its_rows() {
    let file = include_bytes!("testdata/UK-Sanctions-List.csv");
    expect_file!["testdata/UK-Sanctions-List.golden"]
        .assert_eq(&print_load(&[("UK-Sanctions-List.csv", file)]));
}
