//! The lists that are published as XML or JSON, as their publishers made them: each loads whole and
//! its counts are the publisher's. The files stand in `../shared/data/lists` beside the repository
//! (or under `$SHARED`) and are no part of it; without them these tests say so and pass.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "helpers of tests fail and say what they found as tests do"
)]

use std::fs::File;
use std::path::{Path, PathBuf};

use lists::{ListInfo, Options, Sink, SourceFile, load};
use model::{Entity, Problem, Statement};

#[derive(Default)]
struct Loaded {
    statements: Vec<Statement>,
    problems: Vec<Problem>,
}

impl Sink for Loaded {
    fn entity(&mut self, statements: Vec<Statement>) {
        self.statements.extend(statements);
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }
}

impl Loaded {
    fn of(&self, prop: &str) -> usize {
        self.statements.iter().filter(|s| &*s.prop == prop).count()
    }
}

fn load_native(name: &str) -> Option<(ListInfo, Loaded)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("SHARED").map_or(beside, PathBuf::from);
    let path = shared.join("data/lists/native").join(name);
    if !path.exists() {
        println!("{} is absent: nothing to check", path.display());
        return None;
    }
    let files = [SourceFile::new(name, move || Ok(Box::new(File::open(&path)?)))];
    let mut loaded = Loaded::default();
    let info = load(&files, &"real".into(), &Options::default(), &mut loaded).unwrap();
    assert!(loaded.statements.iter().all(|s| s.citation.is_some()));
    assert_eq!(loaded.problems, Vec::new());
    Some((info, loaded))
}

#[test]
fn un_consolidated() {
    let Some((info, loaded)) = load_native("UN_consolidated_2026-02-27.xml") else { return };
    assert_eq!((info.format.as_str(), info.date.as_deref()), ("un_xml", Some("2026-02-27")));
    let counts = info.counts;
    assert_eq!((counts.persons, counts.entities - counts.persons, counts.skipped), (730, 273, 0));
    // Every person with an alias of low quality has it as a weak alias, and the comments all stand.
    assert!(counts.weak_aliases >= 615 && counts.aliases >= 1_524, "{counts:?}");
    let entities = Entity::fold(loaded.statements.clone());
    let people: Vec<&Entity> = entities.iter().filter(|e| &*e.schema == "Person").collect();
    assert!(people.iter().all(|e| e.first("name").is_some()));
    // 49 people have no date of birth at all.
    let born = people.iter().filter(|e| e.first("birthDate").is_some()).count();
    assert!(born >= 730 - 49 - 3, "{born}");
    assert!(loaded.of("passportNumber") >= 290, "{}", loaded.of("passportNumber"));
    assert!(loaded.of("motherName") >= 40, "{}", loaded.of("motherName"));
}

#[test]
fn a_husband_in_the_remarks_is_a_mention_and_no_name() {
    let Some((_, loaded)) = load_native("UN_consolidated_2026-02-27.xml") else { return };
    let entities = Entity::fold(loaded.statements);
    let links: Vec<&Entity> = entities
        .iter()
        .filter(|e| &*e.schema == "UnknownLink" && e.first("role") == Some("husband"))
        .collect();
    assert!(!links.is_empty());
    for link in links {
        let find = |prop: &str| {
            let id = link.first(prop).unwrap();
            entities.iter().find(|e| e.id.as_str() == id).unwrap()
        };
        let (subject, mention) = (find("subject"), find("object"));
        assert_eq!((&*subject.schema, &*mention.schema), ("Person", "Mention"));
        let name = mention.first("name").unwrap();
        for prop in ["name", "alias", "weakAlias"] {
            assert!(subject.values(prop).all(|own| own != name));
        }
    }
}

#[test]
fn ofac_enhanced() {
    let Some((info, loaded)) = load_native("OFAC_CONS_ENHANCED.ZIP") else { return };
    assert_eq!(info.format, "ofac_enhanced_xml");
    assert_eq!(info.date.as_deref(), Some("2025-01-10"));
    let counts = info.counts;
    assert_eq!((counts.persons, counts.entities - counts.persons, counts.skipped), (80, 363, 0));
    // 1,624 translations of 1,579 names.
    let names = ["name", "alias", "weakAlias", "previousName"].map(|p| loaded.of(p));
    println!("{names:?} {counts:?}");
    assert!(names.iter().sum::<usize>() >= 1_450, "{names:?}");
}

#[test]
fn senzing() {
    for (name, persons, entities) in [
        ("senzing/senzing_persons.jsonl", 3, 3),
        ("senzing/senzing_organizations.json", 0, 2),
        ("senzing/senzing_features_format.jsonl", 1, 2),
    ] {
        let Some((info, _)) = load_native(name) else { return };
        assert_eq!(info.format, "senzing_json", "{name}");
        assert_eq!((info.counts.persons, info.counts.entities), (persons, entities), "{name}");
    }
}
