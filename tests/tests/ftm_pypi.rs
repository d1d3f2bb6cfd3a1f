//! What we write as FtM is read by FtM's own Python package, value for value and id for id.
//!
//! Runs the package from `CROSSROLL_PYTHON` or `.venv/bin/python`, which `make setup` provides. Without
//! either the test says so and passes, except where `CI` is set.
#![expect(clippy::unwrap_used, reason = "a failed step of the test is a failed test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use model::ftm::{StatementWriter, is_clean_id, statement_id, write_entity};
use model::value::{DateOrder, parse_country, parse_date, parse_gender, parse_phone};
use model::{Entity, Statement};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// A Python that has followthemoney.
fn python() -> Option<PathBuf> {
    let named = std::env::var_os("CROSSROLL_PYTHON").map(PathBuf::from);
    let candidates = named.into_iter().chain([root().join(".venv/bin/python")]);
    candidates.into_iter().find(|python| {
        let import = Command::new(python).args(["-c", "import followthemoney"]).output();
        import.is_ok_and(|output| output.status.success())
    })
}

fn add(entity: &mut Entity, prop: &str, value: &str) -> Statement {
    let statement =
        Statement::new(entity.id.clone(), entity.schema.clone(), prop, value, "sample".into());
    entity.add(statement.clone());
    statement
}

/// Fictional entities with values as our parsers give them.
fn sample() -> Vec<Entity> {
    let mut person = Entity::new("a1b2-0".into(), "Person");
    person.target = true;
    for (prop, value) in [
        ("name", "عينة بن نموذج"),
        ("name", "Sample \"One\", the first"),
        ("weakAlias", "Abu Sample"),
        ("motherName", "Sample Mother"),
        ("address", "Sampletown - Example Street 5"),
        ("notes", "two lines\nof text"),
    ] {
        add(&mut person, prop, value);
    }
    let order = DateOrder::DayFirst;
    for text in ["٨/٦/١٩٩٧", "10 محرم 1435 هـ", "May 1972", "1961 to 1963", "1960s"] {
        for value in parse_date(text, order).unwrap().to_ftm_values() {
            add(&mut person, "birthDate", &value);
        }
    }
    for text in ["تونسية", "USSR", "Kosovo", "East Germany", "Югославия", "Чехословакия"]
    {
        add(&mut person, "nationality", &parse_country(text).unwrap().to_ftm());
    }
    add(&mut person, "gender", parse_gender("أنثى").unwrap().as_ftm());
    add(&mut person, "phone", &parse_phone("+33 (0)1 99 00 12 34", None).unwrap().number);

    let mut lang =
        Statement::new("a1b2-0".into(), "Person", "alias", "Échantillon", "other".into());
    lang.lang = Some("fra".to_owned());
    lang.original_value = Some("ÉCHANTILLON".to_owned());
    lang.origin = Some("layout-a 1".to_owned());
    lang.first_seen = Some("2024-01-02T03:04:05".to_owned());
    lang.last_seen.clone_from(&lang.first_seen);
    person.add(lang);
    let mut dated = Statement::new("a1b2-0".into(), "Person", "country", "tn", "sample".into());
    dated.lang = Some("ara".to_owned());
    dated.external = true;
    person.add(dated);

    let mut link = Entity::new("a1b2-0.recommender.link".into(), "UnknownLink");
    add(&mut link, "subject", "a1b2-0");
    add(&mut link, "object", "a1b2-0.recommender");
    add(&mut link, "role", "recommended by");
    let mut mention = Entity::new("a1b2-0.recommender".into(), "Mention");
    add(&mut mention, "name", "Abu Example");
    let mut form = Entity::new("a1b2-0.form".into(), "Form");
    add(&mut form, "kunya", "Abu Sample");
    vec![person, link, mention, form]
}

/// What the package makes of the sample.
fn seen_by_python(python: &Path, entities: &[Entity]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let (lines, rows) = (folder.path().join("x.ftm.json"), folder.path().join("x.csv"));
    let mut file = std::fs::File::create(&lines).unwrap();
    let mut writer = StatementWriter::new(std::fs::File::create(&rows).unwrap()).unwrap();
    for entity in entities {
        write_entity(&mut file, entity).unwrap();
        writer.write_entity(entity).unwrap();
    }
    assert_eq!(writer.finish().unwrap(), 1, "the form's one statement stays at home");
    let output = Command::new(python)
        .arg(root().join("tests/tests/ftm_pypi/check.py"))
        .args([&lines, &rows])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn shape(entity: &Entity) -> Value {
    let mut properties: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for statement in entity.all() {
        properties.entry(&statement.prop).or_default().push(&statement.value);
    }
    for values in properties.values_mut() {
        values.sort_unstable();
    }
    json!({"id": entity.id, "schema": entity.schema, "properties": properties})
}

#[test]
fn the_python_package_reads_what_we_write() {
    let Some(python) = python() else {
        println!("no Python with followthemoney: set CROSSROLL_PYTHON or run `make setup`");
        assert!(std::env::var_os("CI").is_none(), "continuous integration must run this test");
        return;
    };
    let entities = sample();
    let seen = seen_by_python(&python, &entities);
    let ours: Vec<&Entity> = entities.iter().filter(|e| &*e.schema != "Form").collect();

    assert_eq!(seen["entities"].as_array().unwrap().len(), ours.len());
    for (entity, seen) in ours.iter().zip(seen["entities"].as_array().unwrap()) {
        assert_eq!(seen["read"], shape(entity));
        assert_eq!(seen["cleaned"], shape(entity), "values are clean by FtM's own rules");
    }

    let rows = seen["statements"].as_array().unwrap();
    for row in rows {
        assert_eq!(row["id"], row["computed"], "{row}");
    }
    for statement in ours.iter().flat_map(|entity| entity.all()) {
        let id = statement_id(statement);
        let row = rows.iter().find(|row| row["id"] == id.as_str()).unwrap();
        assert_eq!(row["value"], statement.value.as_str());
        assert_eq!(row["original_value"], json!(statement.original_value));
        assert_eq!(row["external"], json!(statement.external));
    }
    for entity in &ours {
        assert!(is_clean_id(entity.id.as_str()));
        let folded = &seen["folded"][entity.id.as_str()];
        assert_eq!(folded["properties"], shape(entity)["properties"]);
        assert_eq!(folded["schema"], json!(entity.schema));
        assert_eq!(folded["checksums"], folded["stated"], "{}", entity.id);
    }
    compare_models(&seen["model"]);
}

/// Our data file against the package, fact for fact; the extension is ours.
fn compare_models(theirs: &Value) {
    let file = std::fs::read_to_string(root().join("crates/model/data/schemata.json")).unwrap();
    let mut ours: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(ours["types"], theirs["types"]);
    let schemata = ours["schemata"].as_object_mut().unwrap();
    schemata.retain(|_, schema| schema["extension"] != true);
    for (name, schema) in theirs["schemata"].as_object().unwrap() {
        assert_eq!(schemata.remove(name).as_ref(), Some(schema), "{name}");
    }
    assert!(schemata.is_empty(), "{:?} are not of FtM", schemata.keys());
}
