//! OFAC's four files from bytes to statements.

use expect_test::{expect, expect_file};

use crate::testing::{load_bytes, print_load};

const SDN: &[u8] = include_bytes!("testdata/sdn.csv");
const ALT: &[u8] = include_bytes!("testdata/alt.csv");
const ADD: &[u8] = include_bytes!("testdata/add.csv");
const COMMENTS: &[u8] = include_bytes!("testdata/sdn_comments.csv");

#[test]
fn the_four_files_are_one_list_whatever_they_are_called() {
    expect_file!["testdata/ofac.golden"].assert_eq(&print_load(&[
        ("1", COMMENTS),
        ("2", ADD),
        ("3", ALT),
        ("4", SDN),
    ]));
}

#[test]
fn the_entities_alone_are_a_list() {
    let (info, _) = load_bytes(&[("sdn.csv", SDN)]);
    assert_eq!((info.counts.entities, info.counts.aliases, info.counts.weak_aliases), (4, 0, 3));
}

/// Takes nothing.
struct Nothing;

impl crate::Sink for Nothing {
    fn entity(&mut self, _: Vec<model::Statement>) {
        panic!("aliases alone are no entities");
    }
    fn problem(&mut self, _: model::Problem) {}
}

#[test]
fn rows_that_end_in_the_head_of_nothing_are_no_list() {
    let files = [crate::SourceFile::from_bytes("alt.csv", ALT.to_vec())];
    let result = crate::load(&files, &"test".into(), &crate::Options::default(), &mut Nothing);
    expect!["alt.csv is damaged: these rows belong to a list of entities (sdn.csv) that is not among the files"]
        .assert_eq(&result.unwrap_err().to_string());
}
