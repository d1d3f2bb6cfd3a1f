//! The three cases of capability C8, and the laws over whole leads.

use model::{
    Cluster, Dataset, DatasetKind, Entity, Explanation, Level, LifeStatus, Part, ScoredPair,
    Statement, Status,
};

use crate::propose::fold_members;
use crate::{Candidate, Person, Rules, Searched, propose_leads};

fn entity(id: &str, schema: &str, values: &[(&str, &str)]) -> Entity {
    let dataset = if id.starts_with('l') { "list" } else { "stick" };
    let mut entity = Entity::new(id.into(), schema);
    for (prop, value) in values {
        entity.add(Statement::new(id.into(), schema, *prop, *value, dataset.into()));
    }
    entity
}

fn person(id: &str, form: &[(&str, &str)], candidates: Vec<Candidate>) -> Person {
    let cluster = Cluster::new(vec![id.into()]).unwrap();
    let member = entity(id, "Person", &[("name", "Sample Person"), ("birthDate", "1980-01-02")]);
    let form = entity(&format!("{id}.form"), "Form", form);
    Person { entity: fold_members(&cluster, [member]), cluster, forms: vec![form], candidates }
}

fn candidate(notes: &str, birth: Level) -> Candidate {
    let part = |comparison: &str, level, outcome: &str| Part {
        comparison: comparison.into(),
        level,
        outcome: outcome.into(),
        weight: 4.0,
        left: None,
        right: None,
        notes: Vec::new(),
    };
    let explanation = Explanation {
        prior: -8.0,
        parts: vec![part("name", Level::Agree, ""), part("birthDate", birth, "same_day")],
    };
    Candidate {
        dataset: "list".into(),
        entity: entity("l1", "Person", &[("name", "Sample Person"), ("notes", notes)]),
        pair: ScoredPair {
            left: "p".into(),
            right: "l1".into(),
            weight: 9.0,
            probability: 0.97,
            score: 0.97,
            explanation,
        },
    }
}

fn searched() -> Searched {
    let list = Dataset {
        name: "list".into(),
        kind: DatasetKind::List,
        title: "Sample list".into(),
        date: Some("2026-01-31".into()),
        sha256: "ab12cd34ef".into(),
        entities: 1,
    };
    Searched { lists: vec![list], recall: None }
}

fn lead_of(person: Person) -> model::Lead {
    propose_leads(vec![person], &searched(), &Rules::default()).remove(0)
}

#[test]
fn reported_killed_by_the_form() {
    let lead = lead_of(person("a", &[("death_date", "2014-03-01")], vec![]));
    assert_eq!((lead.status, lead.life), (Status::ReportedDead, LifeStatus::ReportedDead));
}

#[test]
fn reported_killed_by_the_list() {
    let found = candidate("Reportedly killed in January 2015.", Level::Agree);
    let lead = lead_of(person("a", &[], vec![found]));
    assert_eq!(lead.status, Status::ListedReportedDead);
    assert_eq!(lead.claims[0].dataset.as_str(), "list");
    assert_eq!(lead.claims[0].text, "Reportedly killed in January 2015.");
}

#[test]
fn possibly_active_son_of_an_associate() {
    let found = candidate("His father was killed in 2015.", Level::Agree);
    let lead = lead_of(person("a", &[("entry_date", "2014-05-01")], vec![found]));
    assert_eq!((lead.status, lead.life), (Status::Listed, LifeStatus::Unknown));
}

#[test]
fn a_death_followed_by_an_entry_is_disputed() {
    let form = [("death_date", "2013-03-01"), ("entry_date", "2014-05-01")];
    let lead = lead_of(person("a", &form, vec![]));
    assert_eq!((lead.status, lead.life), (Status::NotFound, LifeStatus::Disputed));
}

#[test]
fn not_found_says_where_it_was_looked_for() {
    let lead = lead_of(person("a", &[], vec![]));
    assert_eq!(
        lead.reasons[0],
        "not found in list (2026-01-31, SHA-256 ab12cd34…); recall not measured"
    );
}

#[test]
fn a_name_that_only_agrees_is_possible() {
    let lead = lead_of(person("a", &[], vec![candidate("", Level::Missing)]));
    assert_eq!(lead.status, Status::Possible);
}

#[test]
fn the_queue_is_the_same_for_any_order_of_people() {
    let people = || {
        ["c", "a", "b"].map(|id| person(id, &[("role", "fighter"), ("contact", "+999")], vec![]))
    };
    let forward = propose_leads(people().into(), &searched(), &Rules::default());
    let mut reversed: Vec<Person> = people().into();
    reversed.reverse();
    assert_eq!(forward, propose_leads(reversed, &searched(), &Rules::default()));
    assert_eq!(forward.iter().map(|l| l.rank).collect::<Vec<_>>(), [1, 2, 3]);
}
