//! A small fictional list: what is found, in which order, and how it hangs together.

use lists::About;
use model::{Entity, Statement};

use super::*;

fn entity(id: &str, schema: &str, values: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id.into(), schema);
    for (prop, value) in values {
        entity.add(Statement::new(id.into(), schema, *prop, *value, "sample".into()));
    }
    entity
}

fn about(caption: &str, referents: &[&str], changed: &str) -> About {
    About {
        caption: caption.to_owned(),
        referents: referents.iter().map(|id| (*id).to_owned()).collect(),
        last_change: Some(changed.to_owned()),
        ..About::default()
    }
}

fn sample() -> Listed {
    let mut builder = ListedBuilder::default();
    let own = || vec!["sample".to_owned()];
    let maro = [
        ("name", "Maro Testan"),
        ("alias", "Маро Тестан"),
        ("country", "fr"),
        ("topics", "sanction"),
        ("addressEntity", "a-1"),
        ("notes", "seen in Exampleville twice"),
    ];
    builder.add(
        &entity("p-1", "Person", &maro),
        Some(about("Maro Testan", &["old-1"], "2024-05-01T10:00:00")),
        own(),
    );
    let sila = [("name", "Sila Testan-Probe"), ("country", "fr"), ("country", "de")];
    builder.add(
        &entity("p-2", "Person", &sila),
        Some(about("Sila Testan", &[], "2025-05-01T10:00:00")),
        own(),
    );
    let address = [("full", "1 Example Street, Exampleville"), ("country", "fr")];
    builder.add(&entity("a-1", "Address", &address), None, own());
    let tie = [("person", "p-1"), ("relative", "p-2"), ("relationship", "sister")];
    builder.add(&entity("f-1", "Family", &tie), None, vec!["other".to_owned()]);
    builder.finish()
}

fn ids(listed: &Listed, request: &SearchRequest) -> Vec<String> {
    let found = listed.search(&SearchRequest { limit: 10, ..request.clone() }).unwrap();
    assert_eq!(found.total, found.entities.len());
    found.entities.into_iter().map(|entity| entity.id).collect()
}

fn text(text: &str) -> SearchRequest {
    SearchRequest { text: text.to_owned(), ..SearchRequest::default() }
}

#[test]
fn entities_are_had_by_id_referent_and_reference() {
    let listed = sample();
    let (at, maro) = listed.find("p-1").unwrap();
    assert_eq!(maro.values("notes"), ["seen in Exampleville twice"]);
    assert!(maro.is_target());
    assert!(listed.find("old-1").is_none());
    assert_eq!(listed.find_merged("old-1").unwrap().id, "p-1");
    let referring = listed.referring(at, 10);
    assert_eq!(referring.iter().map(|(_, e)| e.id.as_str()).collect::<Vec<_>>(), ["f-1"]);
    assert_eq!(listed.find("f-1").unwrap().1.caption, "Family");
    let schemata: Vec<String> = listed.schemata()["sample"].iter().cloned().collect();
    assert_eq!(schemata, ["Address", "Person"]);
}

#[test]
fn words_are_found_in_any_script_and_wherever_they_stand() {
    let listed = sample();
    assert_eq!(ids(&listed, &text("maro testan")), ["p-1"]);
    assert_eq!(ids(&listed, &text("ТЕСТАН")), ["p-1"]);
    assert_eq!(ids(&listed, &text("testan")), ["p-1", "p-2"]);
    assert_eq!(ids(&listed, &text("exampleville")), ["p-1", "a-1"]);
    assert_eq!(ids(&listed, &text("testan -maro")), ["p-2"]);
    assert_eq!(ids(&listed, &text("maro OR sila")).len(), 2);
    assert_eq!(ids(&listed, &text("\"example street\"")), ["a-1"]);
    assert_eq!(ids(&listed, &text("\"street example\"")), [""; 0]);
    assert_eq!(ids(&listed, &text("testn~")), ["p-1", "p-2"]);
    assert_eq!(ids(&listed, &SearchRequest { fuzzy: true, ..text("silla testann") }), ["p-2"]);
    assert_eq!(ids(&listed, &text("notes:exampleville")), ["p-1"]);
    assert_eq!(ids(&listed, &text("schema:Address")), ["a-1"]);
    assert_eq!(ids(&listed, &text("france schema:person")).len(), 2);
    let begun = SearchRequest { begun: true, simple: true, ..text("sila tes") };
    assert_eq!(ids(&listed, &begun), ["p-2"]);
    assert!(listed.search(&text("invalid/query")).is_err());
}

#[test]
fn filters_facets_and_orders_work_on_all_that_is_found() {
    let listed = sample();
    let with = |restriction| SearchRequest { restriction, ..SearchRequest::default() };
    let countries = |values: &[&str], all| Restriction {
        filters: vec![Filter {
            field: "countries".to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            all,
        }],
        ..Restriction::default()
    };
    assert_eq!(ids(&listed, &with(countries(&["de", "xx"], false))), ["p-2"]);
    assert_eq!(ids(&listed, &with(countries(&["de", "fr"], true))), ["p-2"]);
    assert_eq!(ids(&listed, &with(countries(&["de", "xx"], true))), [""; 0]);
    let changed = Restriction { changed_since: Some("2025-01".into()), ..Restriction::default() };
    assert_eq!(ids(&listed, &with(changed)), ["p-2"]);
    let not = Restriction { not_ids: vec!["old-1".into()], ..countries(&["fr"], false) };
    assert_eq!(ids(&listed, &with(not)), ["p-2", "a-1"]);
    let property = Restriction {
        filters: vec![Filter {
            field: "properties.relationship".to_owned(),
            values: vec!["sister".to_owned()],
            all: false,
        }],
        ..Restriction::default()
    };
    assert_eq!(ids(&listed, &with(property)), ["f-1"]);
    let other = Restriction { datasets: Some(vec!["other".into()]), ..Restriction::default() };
    assert_eq!(ids(&listed, &with(other)), ["f-1"]);
    let sorted = SearchRequest {
        sorts: vec![Sort { field: "last_change".to_owned(), descending: true }],
        facets: vec![Facet::Countries, Facet::Topics],
        limit: 2,
        ..SearchRequest::default()
    };
    let found = listed.search(&sorted).unwrap();
    assert_eq!(found.total, 4);
    assert_eq!(found.entities.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["p-2", "p-1"]);
    let fr = FacetCount { name: "fr".to_owned(), count: 3 };
    let de = FacetCount { name: "de".to_owned(), count: 1 };
    assert_eq!(found.facets[0], (Facet::Countries, vec![fr, de]));
}
