use expect_test::expect_file;

use crate::testing::print_load;

#[test]
fn statements_of_the_sample_targets() {
    let files: [(&str, &[u8]); 1] =
        [("targets.nested.json", include_bytes!("testdata/targets.nested.json"))];
    expect_file!["./testdata/expected.txt"].assert_eq(&print_load(&files));
}
