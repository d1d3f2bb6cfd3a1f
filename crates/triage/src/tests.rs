//! The three cases of capability C8, and the laws over whole leads.

use model::{
    Cluster, Dataset, DatasetKind, Entity, Explanation, Level, LifeStatus, Part, ScoredPair,
    Statement, Status,
};

use crate::propose::fold_members;
use crate::{Candidate, Person, Rules, Searched, Words, propose_leads};

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
        rarity: 0.0,
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
    propose_leads(vec![person], &Words::default(), &searched(), &Rules::default()).remove(0)
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
    let forward = propose_leads(people().into(), &Words::default(), &searched(), &Rules::default());
    let mut reversed: Vec<Person> = people().into();
    reversed.reverse();
    assert_eq!(forward, propose_leads(reversed, &Words::default(), &searched(), &Rules::default()));
    assert_eq!(forward.iter().map(|l| l.rank).collect::<Vec<_>>(), [1, 2, 3]);
}

fn words(acts: Vec<model::Act>) -> Words {
    let entry = |(seq, act)| {
        let (user, time) = ("an analyst".into(), "2026-01-02T03:04:05.000Z".into());
        model::Entry { seq, act, by: model::By { user, time, ..model::By::default() } }
    };
    let entries: Vec<model::Entry> = (1..).zip(acts).map(entry).collect();
    Words::of(&model::Standing::of(&entries))
}

fn lead_with(person: Person, acts: Vec<model::Act>) -> model::Lead {
    propose_leads(vec![person], &words(acts), &searched(), &Rules::default()).remove(0)
}

fn lives(entity: &str, life: LifeStatus, text: &str) -> model::Act {
    use model::{Credibility, Grade, Reliability};
    model::Act::LifeClaim(model::journal::LifeClaim {
        entity: entity.into(),
        life,
        date: None,
        text: text.into(),
        citation: None,
        grade: Grade { reliability: Reliability::B, credibility: Credibility::Probable },
    })
}

#[test]
fn a_persons_word_on_a_list_entry_is_heeded_and_shown() {
    use model::{Act, Judgement, Verdict};
    let judged = |verdict| {
        let found = candidate("", Level::Agree);
        lead_with(
            person("a", &[], vec![found]),
            vec![Act::Judgement(Judgement::new("a".into(), "l1".into(), verdict))],
        )
    };
    let lead = judged(Verdict::Different);
    assert_eq!(lead.status, Status::NotFound);
    assert_eq!(lead.matches.len(), 1, "it stays visible");
    assert!(lead.matches[0].reason.contains("by an analyst on 2026-01-02"));
    assert_eq!(lead.matches[0].judged.as_ref().map(|w| w.verdict), Some(Verdict::Different));
    assert_eq!(judged(Verdict::Same).status, Status::Listed);
    assert_eq!(judged(Verdict::Related).status, Status::NotFound);
    assert_eq!(judged(Verdict::Unsure).status, Status::Possible);
}

#[test]
fn a_death_that_a_person_disputes_stays_beside_the_word_against_it() {
    let form = [("death_date", "2014-03-01")];
    let alive = lives("a", LifeStatus::Unknown, "seen in 2016");
    let lead = lead_with(person("a", &form, vec![]), vec![alive]);
    assert_eq!((lead.status, lead.life), (Status::NotFound, LifeStatus::Disputed));
    assert_eq!(lead.claims.len(), 2);
    let reason = lead.reasons.iter().find(|r| r.contains("disputed by an analyst"));
    assert!(reason.is_some_and(|r| r.contains("seen in 2016")), "{:?}", lead.reasons);
}

#[test]
fn a_person_may_report_a_death_of_a_record_and_of_a_listed_entry() {
    let dead = lives("a", LifeStatus::ReportedDead, "told by a neighbour");
    let lead = lead_with(person("a", &[], vec![]), vec![dead]);
    assert_eq!((lead.status, lead.life), (Status::ReportedDead, LifeStatus::ReportedDead));
    assert_eq!(lead.claims[0].by.as_deref(), Some("an analyst"));
    let dead = lives("l1", LifeStatus::ReportedDead, "obituary");
    let found = candidate("", Level::Agree);
    let lead = lead_with(person("a", &[], vec![found]), vec![dead.clone()]);
    assert_eq!(lead.status, Status::ListedReportedDead);
    let found = candidate("", Level::Missing);
    let lead = lead_with(person("a", &[], vec![found]), vec![dead]);
    assert_eq!(lead.life, LifeStatus::Unknown, "of an entry that is no proposed listing");
}

#[test]
fn a_grade_is_shown_at_the_claims_of_its_source() {
    use model::{Act, Credibility, Grade, Reliability, Subject, journal::Grading};
    let grade = Grade { reliability: Reliability::E, credibility: Credibility::Improbable };
    for subject in [Subject::Entity("a".into()), Subject::Dataset("stick".into())] {
        let acts = vec![Act::Grading(Grading { subject, grade })];
        let lead = lead_with(person("a", &[("death_date", "2014-03-01")], vec![]), acts);
        assert_eq!(lead.claims[0].grade, grade);
    }
}

/// One date of entry that cannot be read hides no other.
#[test]
fn an_unreadable_date_of_entry_makes_nobody_less_recent() {
    let people = vec![
        person("a", &[("entry_date", "2014-05-01")], vec![]),
        person("b", &[("entry_date", "sample")], vec![]),
    ];
    let leads = propose_leads(people, &Words::default(), &searched(), &Rules::default());
    assert!(leads[0].reasons.iter().any(|r| r.contains("recent entry")), "{:?}", leads[0].reasons);
}
