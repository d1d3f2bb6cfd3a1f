//! What an index finds, and that it stays calm over columns that point nowhere.

use super::*;
use crate::Kind;

fn prepare(text: &str) -> Name {
    Engine::bundled().prepare(text, Kind::Person)
}

fn pool() -> Vec<Name> {
    let texts = ["Samir Qandil", "Ruslan Okunev", "Hadiya Zarquni", "Samir Zarquni", "سمير قنديل"];
    texts.map(prepare).to_vec()
}

fn positions(index: &View<'_>, query: &str) -> Vec<usize> {
    let asked = Asked::new(Engine::bundled(), &prepare(query));
    index.candidates(&asked, 10).iter().map(|found| found.position).collect()
}

#[test]
fn names_are_found_in_either_script_and_the_nearest_come_first() {
    let index = Index::new(Engine::bundled(), &pool());
    let found = positions(&index.view(), "Sameer Kandeel");
    assert_eq!(found[..2].iter().copied().min(), Some(0));
    assert_eq!(found[..2].iter().copied().max(), Some(4));
    assert!(!found.contains(&1));
}

#[test]
fn an_answer_does_not_depend_on_the_query_before() {
    let index = Index::new(Engine::bundled(), &pool());
    let first = positions(&index.view(), "Samir Zarquni");
    positions(&index.view(), "Ruslan Okunev");
    assert_eq!(positions(&index.view(), "Samir Zarquni"), first);
}

#[test]
fn columns_that_point_nowhere_bring_up_nothing() {
    let index = Index::new(Engine::bundled(), &pool());
    let whole = index.view();
    let far = vec![u32::MAX; whole.cell_words.len()];
    assert!(positions(&View { cell_words: &far, skeletons: &[], ..whole }, "Samir").is_empty());
    let far = vec![u32::MAX; whole.postings.len()];
    assert!(positions(&View { postings: &far, ..whole }, "Samir").is_empty());
    assert!(positions(&View { posting_first: &[], ..whole }, "Samir").is_empty());
    assert!(positions(&View { sketches: &[], ..whole }, "Samir").is_empty());
}
