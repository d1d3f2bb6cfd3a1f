//! Any two versions differ by what two loads from nothing differ by.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use model::{ChangeKind, DatasetName, EntityId, ListChange, Statement};
use triage::compare_versions;

use crate::progress::Silent;
use crate::{Case, CaseError, DiffPage, ListOptions, WhichChanges};

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A list of people, some of whom stand in it twice, in no order.
fn list(random: &mut Random) -> String {
    let mut text = "id,name,alias,nationality,status,notes\n".to_owned();
    for _ in 0..random.below(12) {
        let id = random.below(8);
        let name = random.below(3);
        let alias = ["", "Placeholder", "Exemplar; Specimen", "Specimen; Exemplar"]
            [usize::try_from(random.below(4)).unwrap()];
        let country = ["FR", "IQ", ""][usize::try_from(random.below(3)).unwrap()];
        let status = ["active", "delisted"][usize::try_from(random.below(8) / 7).unwrap()];
        let notes = ["", "Reportedly deceased"][usize::try_from(random.below(5) / 4).unwrap()];
        writeln!(text, "S-{id},Sample {name},{alias},{country},{status},{notes}").unwrap();
    }
    // A list without any entity is no list.
    text + "S-99,Sample Last,,,active,\n"
}

type Entities = BTreeMap<EntityId, Vec<Statement>>;

/// What a case says of a list, by entity, apart from where it stands.
fn entities(case: &Case, list: &DatasetName) -> Entities {
    let mut entities = Entities::new();
    for mut statement in case.store.statements(list).unwrap() {
        statement.citation = None;
        entities.entry(statement.entity_id.clone()).or_default().push(statement);
    }
    entities
}

fn load(case: &mut Case, path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    case.add_list(path, &ListOptions::default(), &Silent).unwrap();
}

fn sorted(mut changes: Vec<ListChange>) -> Vec<ListChange> {
    changes.sort_by(|l, r| l.entity_id.cmp(&r.entity_id));
    changes
}

#[test]
fn any_two_versions_differ_as_two_loads_from_nothing_do() {
    let mut compared = 0;
    for seed in 0..25 {
        let mut random = Random(seed);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let mut case = Case::create(&folder.path().join("case")).unwrap();
        let name = DatasetName::from("list");
        let mut texts = BTreeSet::new();
        let mut fresh: Vec<Entities> = Vec::new();
        while fresh.len() < 4 {
            let text = list(&mut random);
            if !texts.insert(text.clone()) {
                continue;
            }
            load(&mut case, &path, &text);
            let mut other = Case::create(&folder.path().join(fresh.len().to_string())).unwrap();
            load(&mut other, &path, &text);
            fresh.push(entities(&other, &name));
            assert_eq!(entities(&case, &name), *fresh.last().unwrap(), "seed {seed}");
            // Citations as well: what stayed is cited from the new file.
            let cited = |case: &Case| -> BTreeSet<String> {
                let statements = case.store.statements(&name).unwrap().into_iter();
                statements.map(|s| format!("{s:?}")).collect()
            };
            assert_eq!(cited(&case), cited(&other), "seed {seed}");
        }
        let ids: BTreeSet<&EntityId> = fresh.iter().flat_map(BTreeMap::keys).collect();
        for (number, version) in (1..).zip(&fresh) {
            for id in &ids {
                let mut was = case.list_entity_at(&name, number, id).unwrap();
                for statement in &mut was {
                    statement.citation = None;
                }
                assert_same(&was, version.get(*id).map_or(&[], Vec::as_slice));
            }
        }
        for (from, before) in (1..).zip(&fresh) {
            for (to, after) in (1..).zip(&fresh) {
                let mut told = Vec::new();
                case.list_diff(&name, Some(from), Some(to), &mut |c| told.push(c.clone())).unwrap();
                assert_eq!(paged(&case, &name, (from, to), 2, None), told, "{seed}: {from} {to}");
                assert_eq!(sorted(told), differences(before, after, &ids), "{seed}: {from} {to}");
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 25 * 16);
}

/// A difference read page by page.
fn paged(
    case: &Case,
    list: &DatasetName,
    (from, to): (u64, u64),
    limit: usize,
    what: Option<WhichChanges>,
) -> Vec<ListChange> {
    let mut page = DiffPage { after: None, limit, what };
    let mut told: Vec<ListChange> = Vec::new();
    loop {
        let part = case.list_diff_page(list, Some(from), Some(to), &page).unwrap();
        assert!(part.changes.len() <= limit);
        if page.after.is_none() {
            let whole = case.list_diff(list, Some(from), Some(to), &mut |_| {}).unwrap();
            assert_eq!(part.counts, Some(whole.counts));
        }
        told.extend(part.changes);
        if part.is_last {
            return told;
        }
        page.after = told.last().map(|change| change.entity_id.clone());
    }
}

#[test]
fn a_page_holds_only_what_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    let mut case = Case::create(&folder.path().join("case")).unwrap();
    let head = "id,name,notes\n";
    let first = format!("{head}S-1,Sample One,\nS-2,Sample Two,\nS-3,Sample Three,\n");
    load(&mut case, &path, &first);
    let second =
        format!("{head}S-1,Sample One,Reportedly deceased\nS-3,Other Three,\nS-4,Sample Four,\n");
    load(&mut case, &path, &second);
    let name = DatasetName::from("list");
    let of = |what| -> Vec<String> {
        let told = paged(&case, &name, (1, 2), 1, Some(what));
        told.iter().map(|change| change.caption.clone()).collect()
    };
    assert_eq!(of(WhichChanges::Kind(ChangeKind::Added)), ["Sample Four"]);
    assert_eq!(of(WhichChanges::Kind(ChangeKind::Removed)), ["Sample Two"]);
    assert_eq!(of(WhichChanges::Kind(ChangeKind::Changed)), ["Sample One", "Other Three"]);
    assert_eq!(of(WhichChanges::ReportedDead), ["Sample One"]);
    assert!(of(WhichChanges::Delisted).is_empty());
}

/// Versions that say the same in another order are the same version of an entity.
fn assert_same(left: &[Statement], right: &[Statement]) {
    assert_eq!(compare_versions(left, right, ""), None, "{left:?} {right:?}");
}

fn differences(before: &Entities, after: &Entities, ids: &BTreeSet<&EntityId>) -> Vec<ListChange> {
    let of = |entities: &Entities, id: &EntityId| entities.get(id).cloned().unwrap_or_default();
    let changes =
        ids.iter().filter_map(|id| compare_versions(&of(before, id), &of(after, id), "2026-06-01"));
    sorted(changes.collect())
}

#[test]
fn the_same_bytes_again_are_no_new_version_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    let mut case = Case::create(&folder.path().join("case")).unwrap();
    std::fs::write(&path, "id,name\nS-1,Sample Person\n").unwrap();
    let first = case.add_list(&path, &ListOptions::default(), &Silent).unwrap();
    assert!(!first.is_known);
    let second = case.add_list(&path, &ListOptions::default(), &Silent).unwrap();
    assert!(second.is_known);
    assert_eq!((&second.info, &second.dataset), (&first.info, &first.dataset));
    let again = ListOptions { again: true, ..ListOptions::default() };
    let third = case.add_list(&path, &again, &Silent).unwrap();
    let version = third.version.unwrap();
    assert_eq!(version.version, 2);
    assert!(version.changes.unwrap().is_empty());
    let versions = case.list_versions(None).unwrap();
    assert_eq!(versions.len(), 2);
    let bytes = case.content(&versions[0].files[0].sha256).unwrap();
    assert_eq!(bytes, b"id,name\nS-1,Sample Person\n", "the bytes of a version are kept");
}

#[test]
fn a_version_that_is_not_there_is_the_users_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let case = Case::create(&folder.path().join("case")).unwrap();
    let failed = case.list_diff(&"list".into(), None, Some(3), &mut |_| {});
    assert!(matches!(failed, Err(CaseError::NoSuchVersion { version: 1 | 2, .. })));
}
