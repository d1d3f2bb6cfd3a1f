//! Entity lines and statement CSV: what is read, what is refused, and that a round trip is identity.

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::{Entity, Statement};

fn statement(id: &str, prop: &str, value: &str) -> Statement {
    Statement::new(id.into(), "Person", prop, value, "sample".into())
}

fn read_entities(text: &str) -> (Vec<(u64, EntityLine)>, Vec<Problem>) {
    let (mut entities, mut problems) = (Vec::new(), Vec::new());
    for read in EntityReader::new(text.as_bytes(), "x.json") {
        match read.unwrap() {
            Read::Value(line, entity) => entities.push((line, entity)),
            Read::Problem(problem) => problems.push(problem),
        }
    }
    (entities, problems)
}

fn read_rows(text: &[u8]) -> (Vec<StatementRow>, Vec<Problem>) {
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for read in StatementReader::new(text, "x.csv") {
        match read.unwrap() {
            Read::Value(_, row) => rows.push(row),
            Read::Problem(problem) => problems.push(problem),
        }
    }
    (rows, problems)
}

fn write_rows(statements: &[Statement]) -> (String, u64) {
    let mut out = Vec::new();
    let mut writer = StatementWriter::new(&mut out).unwrap();
    for statement in statements {
        writer.write(statement).unwrap();
    }
    let skipped = writer.finish().unwrap();
    (String::from_utf8(out).unwrap(), skipped)
}

#[test]
fn an_entity_line_as_opensanctions_writes_it() {
    let text = r#"{"id":"NK-sample","caption":"Sample One","schema":"Person","properties":{"name":["Sample One","Sample Uno"],"birthDate":["1972-05"]},"referents":["x-1"],"datasets":["sample_list"],"first_seen":"2023-04-20T18:00:25","last_seen":"2024-04-20T18:00:25","last_change":"2023-04-20T18:00:25","target":true,"origin":["sample"]}"#;
    let (entities, problems) = read_entities(text);
    assert!(problems.is_empty());
    let line = entities[0].1.clone();
    assert_eq!(line.rest.keys().collect::<Vec<_>>(), ["origin"]);
    let mut out = Vec::new();
    line.write(&mut out).unwrap();
    let (again, _) = read_entities(std::str::from_utf8(&out).unwrap());
    assert_eq!(again[0].1, line);
    let entity = line.into_entity(&"os".into());
    assert!(entity.target && entity.referents.len() == 1);
    assert_eq!(entity.statements("name")[1].first_seen.as_deref(), Some("2023-04-20T18:00:25"));
}

#[test]
fn bad_lines_are_problems_and_the_rest_is_read() {
    let text = "\u{feff}{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":\"Sample\",\"height\":[180]}}\r\n\
        \n\
        {broken\n\
        [1]\n\
        {\"schema\":\"Person\"}\n\
        {\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Sample\",{\"id\":\"c\"}]}}";
    let (entities, problems) = read_entities(text);
    let kept: Vec<(u64, &str)> = entities.iter().map(|(n, e)| (*n, e.id.as_str())).collect();
    assert_eq!(kept, [(1, "a"), (6, "b")]);
    assert_eq!(entities[0].1.properties["height"], ["180"]);
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    expect![[r"
        x.json, record 3: the line is not JSON: key must be a string at line 1 column 2
        x.json, record 4: the line is no JSON object
        x.json, record 5: the entity has no id
        x.json, record 6: 1 values of name are no text"]]
    .assert_eq(&shown.join("\n"));
}

#[test]
fn long_lines_are_skipped() {
    let mut reader = &b"12345678\nabc\n\nlast"[..];
    let mut lines = Vec::new();
    while let Some(line) = next_line(&mut reader, 5).unwrap() {
        lines.push(line);
    }
    let whole = |text: &str| Line::Whole(text.as_bytes().to_owned());
    assert_eq!(lines, [Line::TooLong, whole("abc"), whole(""), whole("last")]);
}

#[test]
fn statements_as_followthemoney_writes_them() {
    let mut first = statement("x-1", "name", "Sample \"One\"");
    first.lang = Some("ara".to_owned());
    first.original_value = Some("عيّنة".to_owned());
    first.origin = Some("form".to_owned());
    let mut second = statement("x-1", "birthDate", "1972-05");
    second.lang = Some("ara".to_owned());
    second.external = true;
    second.canonical_id = Some("NK-1".into());
    let (text, skipped) = write_rows(&[first, second, statement("x-1", "sampleProp", "lost")]);
    assert_eq!(skipped, 1);
    expect![[r#"
        "canonical_id","entity_id","prop","prop_type","schema","value","dataset","origin","lang","original_value","external","first_seen","last_seen","id"
        "x-1","x-1","name","name","Person","Sample ""One""","sample","form","ara","عيّنة","f","","","02dc33b04a317de19ff9e2e6adde67ddec45217c"
        "NK-1","x-1","birthDate","date","Person","1972-05","sample","","","","t","","","1927c6051951be8396a6337c32acb3f8ee5b146c"
    "#]]
    .assert_eq(&text);
}

#[test]
fn the_form_stays_at_home() {
    let mut form = Entity::new("x-1/form".into(), "Form");
    form.add(Statement::new("x-1/form".into(), "Form", "kunya", "Abu Sample", "sample".into()));
    let mut person = Entity::new("x-1".into(), "Person");
    person.add(statement("x-1", "name", "Sample One"));
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    let mut writer = StatementWriter::new(&mut rows).unwrap();
    for entity in [&form, &person] {
        write_entity(&mut lines, entity).unwrap();
        writer.write_entity(entity).unwrap();
    }
    assert_eq!(writer.finish().unwrap(), 1);
    for text in [String::from_utf8(lines).unwrap(), String::from_utf8(rows).unwrap()] {
        assert!(text.contains("Sample One") && !text.contains("Abu Sample"), "{text}");
    }
}

#[test]
fn a_checksum_row_follows_the_statements() {
    let mut person = Entity::new("x-1".into(), "Person");
    person.add(statement("x-1", "name", "Sample One"));
    person.add(statement("x-1", "name", "Sample Uno"));
    let mut out = Vec::new();
    let mut writer = StatementWriter::new(&mut out).unwrap();
    writer.write_entity(&person).unwrap();
    writer.finish().unwrap();
    let (rows, problems) = read_rows(&out);
    assert!(problems.is_empty());
    let ids: Vec<String> = person.all().map(statement_id).collect();
    assert!(
        matches!(&rows[2], StatementRow::Checksum(sum) if sum.value == entity_checksum("Person", &ids))
    );
}

#[test]
fn bad_rows_are_problems() {
    let (rows, problems) = read_rows(b"entity_id,prop,value\nx-1,name,Sample\n");
    assert!(rows.is_empty());
    assert_eq!(problems[0].kind, "not_statement_csv");

    let text = b"entity_id,prop,schema,value,dataset,id\nx-1,name,Person,Sample,sample,1\n\
        ,name,Person,Sample,sample,1\nx-1,name,Person,Sample,sample\nx-1,name,Person,\xff,sample,1\n";
    let (rows, problems) = read_rows(text);
    assert_eq!(rows.len(), 2);
    let kinds: Vec<&str> = problems.iter().map(|problem| problem.kind.as_str()).collect();
    assert_eq!(kinds, ["row_not_statement", "row_cut_short", "row_not_utf8"]);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z\"',;\\\\ ]{1,12}", "\\PC{1,12}", "عينة [0-9]{1,3}\n?x"]
}

fn optional_text() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(text())
}

prop_compose! {
    /// A statement that says nothing twice: FtM drops what repeats.
    fn any_statement()(
        prop in prop_oneof![Just("name"), Just("notes"), Just("birthDate")],
        value in text(), entity in text(), dataset in "[a-z]{1,8}",
        canonical in optional_text(), original in optional_text(), origin in optional_text(),
        lang in proptest::option::of("[a-z]{3}"), external in any::<bool>(),
        first in proptest::option::of("20[0-9]{2}-01-01T00:00:00"),
    ) -> Statement {
        let mut statement = statement(&entity, prop, &value);
        statement.dataset = dataset.into();
        statement.canonical_id = canonical.filter(|id| *id != entity).map(Into::into);
        statement.original_value = original.filter(|original| *original != value);
        statement.origin = origin;
        statement.lang = lang.filter(|_| prop != "birthDate");
        statement.external = external;
        statement.first_seen.clone_from(&first);
        statement.last_seen = first;
        statement
    }
}

proptest! {
    #[test]
    fn statement_csv_round_trip_is_identity(statements in prop::collection::vec(any_statement(), 0..6)) {
        let (text, skipped) = write_rows(&statements);
        prop_assert_eq!(skipped, 0);
        let (rows, problems) = read_rows(text.as_bytes());
        prop_assert!(problems.is_empty());
        let again: Vec<Statement> = rows.into_iter().filter_map(|row| match row {
            StatementRow::Statement(statement) => Some(*statement),
            StatementRow::Checksum(_) => None,
        }).collect();
        prop_assert_eq!(again, statements);
    }

    #[test]
    fn entity_line_round_trip_is_identity(
        values in prop::collection::btree_map(
            prop_oneof![Just("name"), Just("notes"), Just("country")],
            prop::collection::btree_set(text(), 1..4), 0..3),
        id in text(), target in any::<bool>(),
        referents in prop::collection::btree_set("[a-z]{1,6}", 0..3),
    ) {
        let mut entity = Entity::new(id.as_str().into(), "Person");
        entity.target = target;
        entity.referents = referents.into_iter().filter(|other| *other != id).map(Into::into).collect();
        for (prop, values) in values {
            for value in values {
                entity.add(statement(&id, prop, &value));
            }
        }
        let mut out = Vec::new();
        write_entity(&mut out, &entity).unwrap();
        let (lines, problems) = read_entities(std::str::from_utf8(&out).unwrap());
        prop_assert!(problems.is_empty());
        let again = lines[0].1.clone().into_entity(&"sample".into());
        prop_assert_eq!(again, entity);
    }

    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        assert!(EntityReader::new(&bytes[..], "x").all(|read| read.is_ok()));
        read_rows(&bytes);
    }
}
