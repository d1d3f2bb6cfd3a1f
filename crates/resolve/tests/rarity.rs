//! What of a weight comes from how few people have what two records share.

use model::{Entity, Part, Statement};
use proptest::prelude::*;
use resolve::{Frequencies, MatchModel, Prepared, Prior, compare};

fn prepared(id: usize, name: &str, kunya: &str) -> Prepared {
    let id: model::EntityId = format!("r{id}").into();
    let mut entity = Entity::new(id.clone(), "Person");
    for (prop, value) in [("name", name), ("weakAlias", kunya)] {
        if !value.is_empty() {
            entity.add(Statement::new(id.clone(), "Person", prop, value, "sample".into()));
        }
    }
    Prepared::new(&entity, MatchModel::bundled())
}

/// Fifty people who share a name and a kunya, and two of another name and kunya.
fn people() -> Vec<Prepared> {
    let many = (0..50).map(|id| prepared(id, "Ali Hasan", "Abu Sample al-Nowhari"));
    many.chain((50..52).map(|id| prepared(id, "Hadiya Zarquni", "Abu Zanbur al-Testani"))).collect()
}

fn part(people: &[Prepared], left: usize, right: usize, comparison: &str) -> Part {
    let frequencies = Frequencies::learn(people);
    let prior = Prior::of_pair(0.01);
    let pair = compare(MatchModel::bundled(), &frequencies, &people[left], &people[right], prior);
    pair.explanation.part(comparison).cloned().expect("both sides state it")
}

#[test]
fn a_rare_name_has_more_of_its_weight_from_its_rarity_than_a_common_one() {
    let people = people();
    let (common, rare) = (part(&people, 0, 1, "name"), part(&people, 50, 51, "name"));
    assert!(common.rarity >= 0.0 && rare.rarity > common.rarity + 2.0, "{common:?} {rare:?}");
    // What is left is what being alike is worth, whoever bears the name.
    let left = |part: &Part| part.weight - part.rarity;
    assert!((left(&common) - left(&rare)).abs() < 2.0, "{common:?} {rare:?}");
}

#[test]
fn a_kunya_that_many_have_loses_by_it() {
    let people = people();
    let (common, rare) = (part(&people, 0, 1, "kunya"), part(&people, 50, 51, "kunya"));
    assert!(common.rarity < 0.0, "{common:?}");
    assert!(rare.rarity > common.rarity, "{common:?} {rare:?}");
}

proptest! {
    /// Of a name that differs nothing is rare that was shared beyond what the weight has, and the other
    /// comparisons have no rarity.
    #[test]
    fn rarity_is_a_part_of_the_weight_of_names_and_kunyas_only(left in 0usize..52, right in 0usize..52) {
        let people = people();
        let frequencies = Frequencies::learn(&people);
        let prior = Prior::of_pair(0.01);
        let pair = compare(MatchModel::bundled(), &frequencies, &people[left], &people[right], prior);
        for part in &pair.explanation.parts {
            prop_assert!(part.rarity.is_finite());
            if part.comparison == "name" {
                prop_assert!(part.rarity >= 0.0);
            } else if part.comparison != "kunya" {
                prop_assert!(part.rarity.abs() < f64::EPSILON);
            }
        }
    }
}
