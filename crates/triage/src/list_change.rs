//! What a new version of a list says of an entity that the one before did not.
//!
//! Removal alone is no delisting: that takes the publisher's word, in a sanction that ended, in its
//! status, in a remark, or because the list marks it (`lists::Sink::delisted`). A death is a claim in
//! the list's words, as everywhere.
//!
//! Invariant: a pure function of the two versions' statements, so the difference of any two versions
//! does not depend on those between.

use std::collections::BTreeMap;

use model::schema::is_adjunct;
use model::{ChangeKind, Entity, EntityId, ListChange, PropertyChange, Statement};

use crate::life::extract_claims;

/// Properties of an adjunct that name the subject it belongs to, the first one that has a value
/// counts. From the schemata of `FollowTheMoney` that lists use.
const SUBJECT_PROPS: [&str; 15] = [
    "holder",
    "entity",
    "owner",
    "person",
    "client",
    "member",
    "director",
    "employee",
    "agent",
    "payer",
    "predecessor",
    "subject",
    "document",
    "accountHolder",
    "asset",
];

/// Words of a sanction's status that say it holds no longer. Chosen by hand.
const ENDED: [&str; 9] = [
    "delisted",
    "de-listed",
    "removed",
    "revoked",
    "inactive",
    "terminated",
    "lifted",
    "expired",
    "former",
];

/// Phrases of a remark that report a delisting. Chosen by hand.
const DELISTED: [&str; 5] = [
    "delisted",
    "de-listed",
    "removed from the list",
    "removed from the sanctions list",
    "taken off the list",
];

/// Compares what two versions say of one entity; no statements stand for an entity that is not
/// there. `today` is an ISO 8601 day: a sanction that ends later has not ended.
///
/// `None` if they say the same, in whatever order.
pub fn compare_versions(
    before: &[Statement],
    after: &[Statement],
    today: &str,
) -> Option<ListChange> {
    let kind = match (before.first(), after.first()) {
        (None, None) => return None,
        (None, Some(_)) => ChangeKind::Added,
        (Some(_), None) => ChangeKind::Removed,
        (Some(_), Some(_)) => ChangeKind::Changed,
    };
    let properties = if kind == ChangeKind::Changed {
        let properties = changed_properties(before, after);
        if properties.is_empty() {
            return None;
        }
        properties
    } else {
        Vec::new()
    };
    let shown = if after.is_empty() { before } else { after };
    let entity_id = shown[0].entity_id.clone();
    Some(ListChange {
        subject: subject_of(shown),
        schema: shown[0].schema.to_string(),
        caption: caption(shown).to_owned(),
        kind,
        delisted: (kind == ChangeKind::Changed).then(|| delisting(before, after, today)).flatten(),
        reported_dead: (kind == ChangeKind::Changed)
            .then(|| new_death(&entity_id, before, after))
            .flatten(),
        properties,
        entity_id,
    })
}

/// What is said, apart from where it stands and when it was seen.
type Said<'s> = (&'s str, &'s str, Option<&'s str>, Option<&'s str>, bool);

/// True if two statements of one entity and property say the same.
pub fn says_same(left: &Statement, right: &Statement) -> bool {
    left.prop == right.prop && said(left) == said(right)
}

fn said(statement: &Statement) -> Said<'_> {
    (
        &statement.schema,
        &statement.value,
        statement.original_value.as_deref(),
        statement.lang.as_deref(),
        statement.external,
    )
}

/// The properties whose statements differ as multisets.
fn changed_properties(before: &[Statement], after: &[Statement]) -> Vec<PropertyChange> {
    let mut balance: BTreeMap<(&str, Said<'_>), i64> = BTreeMap::new();
    for statement in before {
        *balance.entry((&statement.prop, said(statement))).or_default() -= 1;
    }
    for statement in after {
        *balance.entry((&statement.prop, said(statement))).or_default() += 1;
    }
    let mut changes: Vec<PropertyChange> = Vec::new();
    for ((prop, said), count) in balance.into_iter().filter(|(_, count)| *count != 0) {
        if changes.last().is_none_or(|last| last.prop != prop) {
            let (before, after) = (Vec::new(), Vec::new());
            changes.push(PropertyChange { prop: prop.to_owned(), before, after });
        }
        if let Some(change) = changes.last_mut() {
            let values = if count < 0 { &mut change.before } else { &mut change.after };
            values.push(said.1.to_owned());
        }
    }
    changes
}

/// The listed subject that an entity belongs to.
fn subject_of(statements: &[Statement]) -> EntityId {
    let id = &statements[0].entity_id;
    if !is_adjunct(&statements[0].schema) {
        return id.clone();
    }
    // The ids that our readers make hang below the subject's: `ofac-12300/passport/1`.
    if let Some((subject, _)) = id.as_str().split_once('/').filter(|(s, _)| !s.is_empty()) {
        return EntityId::from(subject);
    }
    let named = |prop: &&str| statements.iter().find(|s| *s.prop == **prop);
    let subject = SUBJECT_PROPS.iter().find_map(named);
    subject.map_or_else(|| id.clone(), |statement| EntityId::from(statement.value.as_str()))
}

fn caption(statements: &[Statement]) -> &str {
    let first = |prop: &str| statements.iter().find(|s| &*s.prop == prop);
    ["name", "alias", "weakAlias", "number", "full", "program", "authority"]
        .into_iter()
        .find_map(first)
        .map_or_else(|| statements[0].entity_id.as_str(), |s| &s.value)
}

/// Statements that only the later version has.
fn news<'s>(
    before: &'s [Statement],
    after: &'s [Statement],
) -> impl Iterator<Item = &'s Statement> {
    after.iter().filter(|new| !before.iter().any(|old| says_same(old, new)))
}

/// The publisher's word that the entity is no longer listed.
fn delisting(before: &[Statement], after: &[Statement], today: &str) -> Option<String> {
    let is_sanction = &*after[0].schema == "Sanction";
    for statement in news(before, after) {
        let value = &statement.value;
        let folded = value.to_lowercase();
        match &*statement.prop {
            "endDate" if is_sanction && value.as_str() <= today => {
                return Some(format!("the sanction ended on {value}"));
            }
            "status" if ENDED.iter().any(|word| folded.contains(word)) => {
                return Some(format!("status: {value}"));
            }
            "notes" | "summary" | "reason" => {
                let sentences = value.split([';', '\n']).flat_map(|piece| piece.split(". "));
                let mut sentences = sentences.filter(|sentence| {
                    let folded = sentence.to_lowercase();
                    DELISTED.iter().any(|phrase| folded.contains(phrase))
                });
                if let Some(sentence) = sentences.next() {
                    return Some(sentence.trim().to_owned());
                }
            }
            _ => {}
        }
    }
    let sanctioned = |statements: &[Statement]| {
        statements.iter().any(|s| &*s.prop == "topics" && s.value == "sanction")
    };
    (sanctioned(before) && !sanctioned(after)).then(|| "no longer marked as sanctioned".to_owned())
}

/// A report of death where there was none.
fn new_death(id: &EntityId, before: &[Statement], after: &[Statement]) -> Option<String> {
    let claims = |statements: &[Statement]| {
        let mut entity = Entity::new(id.clone(), "Person");
        for statement in statements {
            entity.add(statement.clone());
        }
        extract_claims(&entity)
    };
    // Most changes have nothing to do with a death, and claims cost a copy of the entity.
    let tells = |s: &&Statement| matches!(&*s.prop, "deathDate" | "notes");
    news(before, after).find(tells)?;
    if !claims(before).is_empty() {
        return None;
    }
    claims(after).into_iter().next().map(|claim| claim.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-06-01";

    fn of(id: &str, schema: &str, values: &[(&str, &str)]) -> Vec<Statement> {
        let statement = |(prop, value): &(&str, &str)| {
            Statement::new(id.into(), schema, *prop, *value, "list".into())
        };
        values.iter().map(statement).collect()
    }

    #[test]
    fn the_order_of_values_is_no_change_and_a_value_is() {
        let one = of("a", "Person", &[("name", "Sample"), ("alias", "X"), ("alias", "Y")]);
        let other = of("a", "Person", &[("alias", "Y"), ("alias", "X"), ("name", "Sample")]);
        assert_eq!(compare_versions(&one, &other, TODAY), None);
        let third = of("a", "Person", &[("name", "Sample"), ("alias", "X"), ("alias", "Z")]);
        let change = compare_versions(&one, &third, TODAY).unwrap();
        let alias = PropertyChange {
            prop: "alias".into(),
            before: vec!["Y".into()],
            after: vec!["Z".into()],
        };
        assert_eq!((change.kind, change.properties), (ChangeKind::Changed, vec![alias]));
    }

    #[test]
    fn a_value_that_stands_twice_and_then_once_is_a_change() {
        let twice = of("a", "Person", &[("alias", "X"), ("alias", "X")]);
        let once = of("a", "Person", &[("alias", "X")]);
        assert!(compare_versions(&twice, &once, TODAY).is_some());
    }

    #[test]
    fn only_the_publishers_word_is_a_delisting() {
        let person = of("a", "Person", &[("name", "Sample"), ("topics", "sanction")]);
        let gone = compare_versions(&person, &[], TODAY).unwrap();
        assert_eq!((gone.kind, gone.delisted), (ChangeKind::Removed, None));
        let cleared = of("a", "Person", &[("name", "Sample")]);
        assert!(compare_versions(&person, &cleared, TODAY).unwrap().delisted.is_some());
        let before = of("a/sanction/1", "Sanction", &[("entity", "a")]);
        for (end, delisted) in [("2026-05-31", true), ("2056-06-29", false)] {
            let after = of("a/sanction/1", "Sanction", &[("entity", "a"), ("endDate", end)]);
            let change = compare_versions(&before, &after, TODAY).unwrap();
            assert_eq!(change.subject.as_str(), "a");
            assert_eq!(change.delisted.is_some(), delisted, "{end}");
        }
    }

    #[test]
    fn a_death_is_reported_once() {
        let before = of("a", "Person", &[("name", "Sample")]);
        let dead = of("a", "Person", &[("name", "Sample"), ("notes", "Reportedly deceased")]);
        let change = compare_versions(&before, &dead, TODAY).unwrap();
        assert_eq!(change.reported_dead.as_deref(), Some("Reportedly deceased"));
        let more = of("a", "Person", &[("name", "Sample"), ("notes", "Died in 1999")]);
        assert_eq!(compare_versions(&dead, &more, TODAY).unwrap().reported_dead, None);
        let kin = of("a", "Person", &[("name", "Sample"), ("notes", "His brother was killed")]);
        assert_eq!(compare_versions(&before, &kin, TODAY).unwrap().reported_dead, None);
    }

    #[test]
    fn an_adjunct_belongs_to_its_subject() {
        let passport = of("x-1", "Passport", &[("number", "000"), ("holder", "p-1")]);
        let change = compare_versions(&[], &passport, TODAY).unwrap();
        assert_eq!((change.subject.as_str(), change.caption.as_str()), ("p-1", "000"));
    }
}
