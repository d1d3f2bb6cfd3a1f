//! What goes in comes out, and what was half written does not show.

use std::collections::BTreeMap;

use model::{
    Act, Block, By, Citation, Dataset, DatasetKind, DatasetName, Decision, Document, DocumentId,
    DocumentState, Judgement, Layout, Method, Place, Problem, Span, Stage, Statement, Status, Undo,
    Verdict,
};

use crate::{Arrival, DocumentStatements, Store, StoreError, StoredDataset};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("case")).unwrap();
    (folder, store)
}

fn arrival(path: &str, id: &str) -> Arrival {
    let layout = Layout {
        pages: Vec::new(),
        blocks: vec![Block::Paragraph(Span::new("الاسم", Place::Paragraph { index: 0 }))],
    };
    Arrival {
        document: Document {
            path: path.into(),
            id: id.into(),
            size: 5,
            state: DocumentState::Read,
            reason: None,
            media_type: "text/plain".into(),
        },
        reading: Some((layout, BTreeMap::from([("author".into(), "sample".into())]))),
        problems: vec![Problem::new(Stage::Intake, path, "sample", "a sample problem")],
    }
}

fn dataset(name: &str) -> StoredDataset {
    let dataset = Dataset {
        name: name.into(),
        kind: DatasetKind::List,
        title: "Sample list".into(),
        date: None,
        sha256: "ab".into(),
        entities: 1,
    };
    StoredDataset { dataset, info: BTreeMap::from([("format".into(), "own_csv".into())]) }
}

fn statement(id: &str, value: &str) -> Statement {
    let mut statement =
        Statement::new(id.into(), "Person", "name", value, DatasetName::from("stick"));
    statement.original_value = Some("عينة".into());
    statement.citation = Some(Citation {
        document: DocumentId::from("aa11"),
        place: Place::TableCell { table: 0, row: 2, column: 1 },
        method: Method::Ocr,
        confidence: 0.75,
    });
    statement
}

#[test]
fn arrivals_come_back_and_are_added_once() {
    let (_folder, mut store) = store();
    let dataset = DatasetName::from("stick");
    for _ in 0..2 {
        store.add_arrivals(&dataset, "v1", &[arrival("b.txt", "aa11")]).unwrap();
    }
    let documents = store.documents().unwrap();
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0].1, arrival("b.txt", "aa11").document);
    assert_eq!(store.problems().unwrap().len(), 1);
    let reading = store.reading(&"aa11".into()).unwrap().unwrap();
    assert_eq!(Some(reading), arrival("b.txt", "aa11").reading);
    assert_eq!(store.contents().unwrap()[&DocumentId::from("aa11")], "b.txt");
}

#[test]
fn statements_keep_their_citations() {
    let (_folder, mut store) = store();
    let statements = vec![statement("aa11-0", "sample"), statement("aa11-1", "other")];
    let problem = Problem::new(Stage::Forms, "b.txt", "sample", "a sample problem");
    let items = [DocumentStatements {
        dataset: "stick".into(),
        document: "aa11".into(),
        path: "b.txt".into(),
        statements: statements.clone(),
        problems: vec![problem.clone()],
    }];
    store.add_arrivals(&"stick".into(), "v1", &[arrival("b.txt", "aa11")]).unwrap();
    let intake = store.problems().unwrap();
    store.put_document_statements("forms", "key", &items).unwrap();
    store.put_document_statements("forms", "key", &items).unwrap();
    assert_eq!(store.problems().unwrap(), [intake, vec![problem]].concat(), "each once");
    assert_eq!(store.statements(&"stick".into()).unwrap(), statements);
    assert_eq!(store.step_key("forms", "aa11").unwrap().as_deref(), Some("key"));
}

#[test]
fn a_list_that_is_not_committed_leaves_the_old_version() {
    let (_folder, mut store) = store();
    let list = DatasetName::from("list");
    let mut old = statement("e1", "old");
    old.dataset = list.clone();
    let mut writer = store.replace_list(&list).unwrap();
    writer.add(&[old.clone()]).unwrap();
    writer.commit(&dataset("list"), &[]).unwrap();
    assert_eq!(store.datasets().unwrap(), [dataset("list")]);
    drop(store.replace_list(&list).unwrap());
    assert_eq!(store.statements(&list).unwrap(), [old]);
}

#[test]
fn blobs_are_written_once_and_read_back() {
    let (_folder, store) = store();
    let id = DocumentId::from("abcd");
    store.blobs().write(&id, b"sample").unwrap();
    store.blobs().write(&id, b"sample").unwrap();
    assert_eq!(store.blobs().read(&id).unwrap(), b"sample");
    assert!(store.blobs().has(&id));
    assert!(matches!(store.blobs().read(&"beef".into()), Err(StoreError::Blob { .. })));
}

#[test]
fn the_journal_gives_back_what_was_appended() {
    let (_folder, mut store) = store();
    let by = By {
        user: "sample".into(),
        time: "2026-01-01T00:00:00.000Z".into(),
        reason: Some("seen".into()),
        batch: Some("b1".into()),
        lists: BTreeMap::from([("list".into(), "ab".into())]),
    };
    let acts = [
        Act::Judgement(Judgement::new("a".into(), "b".into(), Verdict::Same)),
        Act::Undo(Undo::Batch("b1".into())),
    ];
    let entries = store.append(&acts, &by).unwrap();
    assert_eq!(entries.iter().map(|e| e.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(store.journal().unwrap(), entries);
    assert_eq!(store.journal_after(1).unwrap(), entries[1..]);
    assert_eq!(store.journal_end().unwrap(), 2);
}

#[test]
fn a_case_of_layout_2_is_brought_up_with_what_was_said() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("case.sqlite");
    let old = rusqlite::Connection::open(&database).unwrap();
    old.execute_batch(include_str!("schema/2.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO meta VALUES ('layout_version', '2');
         INSERT INTO judgement VALUES (1, 'a', 'b', 'related', 'sample', '2026-01-01T00:00:00Z', NULL);
         INSERT INTO judgement VALUES (2, 'c', 'd', 'same', 'sample', '2026-01-01T00:00:00Z', NULL);
         INSERT INTO judgement VALUES (3, 'c', 'd', 'cleared', 'sample', '2026-01-02T00:00:00Z', NULL);
         INSERT INTO decision VALUES
             (1, 'l1', '[\"a\",\"b\"]', 'possible', 'sample', '2026-01-03T00:00:00Z', 'like');",
    )
    .unwrap();
    drop(old);
    let store = Store::open(folder.path()).unwrap();
    let entries = store.journal().unwrap();
    let judged = Judgement::new("a".into(), "b".into(), Verdict::Related);
    assert_eq!(entries[0].act, Act::Judgement(judged));
    let decision = Decision {
        lead_id: "l1".into(),
        members: vec!["a".into(), "b".into()],
        status: Status::Possible,
        blind: false,
    };
    assert_eq!(entries[1].act, Act::Decision(decision));
    assert_eq!(entries[1].by.reason.as_deref(), Some("like"));
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().journal().unwrap(), entries, "and stays so");
}

#[test]
fn a_case_is_made_once_and_opened_only_where_one_is() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("case");
    assert!(matches!(Store::open(&case), Err(StoreError::NotACase { .. })));
    Store::create(&case).unwrap();
    Store::open(&case).unwrap();
    assert!(matches!(Store::create(&case), Err(StoreError::Exists { .. })));
}
