use expect_test::expect_file;

use crate::testing::print_load;

#[test]
fn statements_of_the_sample_entities() {
    let files: [(&str, &[u8]); 1] =
        [("entities.ftm.json", include_bytes!("testdata/entities.ftm.json"))];
    expect_file!["./testdata/expected.txt"].assert_eq(&print_load(&files));
}
