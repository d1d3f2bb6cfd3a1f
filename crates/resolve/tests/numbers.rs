//! What numbers and e-mail addresses say of a pair: in comparisons, among duplicates, in screening.

use model::{Entity, Part, Statement};
use resolve::{
    DedupeOptions, Frequencies, Index, MatchModel, Prepared, Prior, ScreenOptions, compare, dedupe,
};

fn entity(id: &str, schema: &str, values: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id.into(), schema);
    for (prop, value) in values {
        entity.add(Statement::new(id.into(), schema, *prop, *value, "sample".into()));
    }
    entity
}

/// The part of a comparison, the same from either side.
fn part(comparison: &str, left: &[(&str, &str)], right: &[(&str, &str)]) -> Option<Part> {
    let model = MatchModel::bundled();
    let left = Prepared::new(&entity("a", "LegalEntity", left), model);
    let right = Prepared::new(&entity("b", "LegalEntity", right), model);
    let frequencies = Frequencies::learn([&left, &right]);
    let of = |left, right| {
        let pair = compare(model, &frequencies, left, right, Prior::of_pair(0.1));
        pair.explanation.part(comparison).cloned()
    };
    let (forth, back) = (of(&left, &right), of(&right, &left));
    assert_eq!(forth.as_ref().map(|p| &p.outcome), back.as_ref().map(|p| &p.outcome));
    forth
}

#[test]
fn a_renewed_passport_does_not_hide_another_register_number() {
    let left = [("passportNumber", "ZZ0001234"), ("innCode", "1234567894")];
    let right = [("passportNumber", "ZZ0777777"), ("innCode", "9876543210")];
    let found = part("document", &left, &right).expect("both state numbers");
    assert_eq!(found.outcome, "register_conflict");
    assert_eq!(found.left.as_deref(), Some("1234567894"));
    let same = [("passportNumber", "ZZ0001234"), ("innCode", "9876543210")];
    let found = part("document", &left, &same).expect("both state numbers");
    assert_eq!(found.outcome, "agree");
}

#[test]
fn a_number_that_fails_its_check_is_told() {
    let found = part(
        "document",
        &[("leiCode", "0000ZZSAMPLE00000132")],
        &[("leiCode", "0000ZZSAMP1E00000132")],
    );
    let found = found.expect("both state numbers");
    assert_eq!(found.outcome, "near");
    assert_eq!(found.notes, ["0000ZZSAMP1E00000132: the check digit is wrong"]);
}

#[test]
fn numbers_of_unknown_registers_do_not_conflict() {
    let left = [("registrationNumber", "10000123"), ("mmsi", "100000001")];
    let right = [("registrationNumber", "20000456"), ("mmsi", "200000099")];
    assert_eq!(part("document", &left, &right).map(|p| p.outcome).as_deref(), Some("missing"));
}

#[test]
fn e_mail_addresses_are_compared_and_explained() {
    let left = [("email", "Maro.Testan@example.org")];
    let outcome = |right: &str| part("email", &left, &[("email", right)]).map(|p| p.outcome);
    assert_eq!(outcome("maro.testan+old@example.org").as_deref(), Some("agree"));
    assert_eq!(outcome("maro.testan@example.com").as_deref(), Some("near"));
    assert_eq!(outcome("nemo@example.com").as_deref(), Some("different"));
    assert_eq!(outcome("unknown").as_deref(), Some("missing"));
    let found = part("email", &left, &left).expect("both state one");
    assert_eq!(found.left.as_deref(), Some("Maro.Testan@example.org"));
}

#[test]
fn an_e_mail_address_brings_records_together() {
    let first = entity("a", "Person", &[("name", "Maro Testan"), ("email", "m.t@example.org")]);
    let second = entity("b", "Person", &[("name", "Umm Fictus"), ("email", "M.T@example.org")]);
    let model = MatchModel::bundled();
    let options = DedupeOptions { weight_min: -100.0, ..DedupeOptions::of(model) };
    let found = dedupe(&[first.clone(), second.clone()], &[], model, &options);
    assert_eq!(found.pairs.len(), 1);

    let others = (0..50).map(|i| {
        entity(&format!("x{i:02}"), "Person", &[("name", &format!("Sample Given Nowhere {i}"))])
    });
    let listed: Vec<Entity> = others.chain([first]).collect();
    let hits = Index::build(&listed, model).screen(&second, &ScreenOptions::default());
    assert!(hits.iter().any(|hit| hit.pair.right == "a".into() || hit.pair.left == "a".into()));
}
