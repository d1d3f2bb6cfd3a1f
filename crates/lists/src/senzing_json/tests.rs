use expect_test::expect_file;

use crate::testing::print_load;

#[test]
fn statements_of_the_sample_records() {
    let files: [(&str, &[u8]); 1] = [("records.jsonl", include_bytes!("testdata/records.jsonl"))];
    expect_file!["./testdata/expected.txt"].assert_eq(&print_load(&files));
}
