use expect_test::expect_file;

use crate::testing::print_load;

#[test]
fn statements_of_the_sample_list() {
    let files: [(&str, &[u8]); 1] = [("list.xml", include_bytes!("testdata/list.xml"))];
    expect_file!["./testdata/expected.txt"].assert_eq(&print_load(&files));
}
