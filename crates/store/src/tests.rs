//! What goes in comes out, and what was half written does not show.

use std::collections::BTreeMap;

use model::{
    Act, Block, By, Citation, Dataset, DatasetKind, DatasetName, Decision, Document, DocumentId,
    DocumentState, Explanation, Judgement, Layout, Lead, LifeStatus, ListMatch, Method, Place,
    Problem, Span, Stage, Statement, Status, Undo, Verdict,
};

use crate::{
    Arrival, Changes, DocumentStatements, NewLead, NewVersion, RankRow, Store, StoreError,
    StoredDataset,
};

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
    let nothing = |_: &[Statement], _: &[Statement]| None;
    let mut writer = store.replace_list(&list, &nothing).unwrap();
    writer.add(&[old.clone()]).unwrap();
    writer.commit(&dataset("list"), &[], NewVersion::default()).unwrap();
    assert_eq!(store.datasets().unwrap(), [dataset("list")]);
    let mut writer = store.replace_list(&list, &nothing).unwrap();
    writer.add(&[statement("e2", "new")]).unwrap();
    drop(writer);
    assert_eq!(store.statements(&list).unwrap(), [old]);
    assert_eq!(store.list_versions(Some(&list)).unwrap().len(), 1);
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
    let former = sample_lead("l1", &["a", "b"], 7);
    old.execute(
        "INSERT INTO lead VALUES ('l1', 7, 'possible', ?1)",
        [serde_json::to_string(&former).unwrap()],
    )
    .unwrap();
    drop(old);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.leads().unwrap(), [former]);
    assert_eq!(store.lead_of(&"b".into()).unwrap(), Some("l1".into()));
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

fn sample_lead(id: &str, members: &[&str], rank: u32) -> Lead {
    let explanation = Explanation { prior: -0.1, parts: Vec::new() };
    Lead {
        id: id.into(),
        canonical_id: id.into(),
        members: members.iter().map(|member| (*member).into()).collect(),
        status: Status::Possible,
        life: LifeStatus::Unknown,
        claims: Vec::new(),
        names: vec!["Sample \"Person\"".into()],
        matches: vec![ListMatch {
            dataset: "list".into(),
            entity_id: "L1".into(),
            caption: "Sample".into(),
            score: 0.1,
            probability: 0.3,
            proposes: Status::Listed,
            reason: "like".into(),
            judged: None,
            explanation,
        }],
        rank,
        points: 4.5,
        reasons: vec!["not found".into(), "rank: sample +4.5".into()],
    }
}

/// The lead as it is given to be written: its rank goes apart.
fn new_lead(lead: &Lead) -> (NewLead, RankRow) {
    let mut bare = Lead { rank: 0, points: 0.0, ..lead.clone() };
    let line = bare.reasons.pop();
    let rank = RankRow { id: lead.id.clone(), rank: lead.rank, points: lead.points, line };
    (NewLead { lead: bare, floor: Some(1.5), facts: "{}".into() }, rank)
}

#[test]
fn leads_come_back_by_rank_and_change_one_by_one() {
    let (_folder, mut store) = store();
    let (first, second) = (sample_lead("l1", &["a", "b"], 2), sample_lead("l2", &["c"], 1));
    let (leads, ranks) = [&first, &second].map(new_lead).into_iter().unzip();
    let steps = vec![("leads".to_owned(), String::new(), "key".to_owned())];
    let changes = Changes { afresh: true, leads, ranks, steps, ..Changes::default() };
    assert!(store.put_changes(&changes).unwrap().is_empty());
    assert_eq!(store.leads().unwrap(), [second.clone(), first.clone()]);
    assert_eq!(store.count_leads().unwrap(), (2, 3));
    assert_eq!(store.step_key("leads", "").unwrap().as_deref(), Some("key"));
    assert_eq!(store.leads_matching(&"L1".into()).unwrap(), ["l1".into(), "l2".into()]);
    assert_eq!(store.leads_listed_on("list").unwrap().len(), 2);
    assert_eq!(store.lead_rows().unwrap()[0].floor, Some(1.5));
    let heads = store.lead_heads().unwrap();
    assert_eq!(store.lead_heads_where(|_| None).unwrap(), heads);
    // One member moves to the other lead, which keeps its rank; the first is no more.
    let merged = sample_lead("l2", &["a", "b", "c"], 1);
    let (new, rank) = new_lead(&merged);
    let changes = Changes {
        gone: vec!["l1".into()],
        leads: vec![new],
        ranks: vec![rank],
        acts: vec![(Act::Undo(Undo::Entry(9)), By::default())],
        ..Changes::default()
    };
    assert_eq!(store.put_changes(&changes).unwrap()[0].seq, 1);
    assert_eq!(store.leads().unwrap(), std::slice::from_ref(&merged));
    let former =
        |id: &model::LeadId| heads.iter().find(|head| head.id == *id).map(|head| head.stamp);
    let now = store.lead_heads_where(|_| None).unwrap();
    assert_ne!(Some(now[0].stamp), former(&now[0].id), "it says something else");
    assert_eq!(store.lead_heads_where(former).unwrap()[0].stamp, heads[0].stamp, "as it is told");
    assert_eq!(store.lead_of(&"a".into()).unwrap(), Some("l2".into()));
    assert_eq!(store.lead(&"l1".into()).unwrap(), None);
    let changes =
        Changes { reasons: vec![("l2".into(), vec!["other".into()])], ..Changes::default() };
    store.put_changes(&changes).unwrap();
    let lead = store.lead(&"l2".into()).unwrap().unwrap();
    assert_eq!(lead.reasons, ["other", "rank: sample +4.5"]);
}

/// The view that has a lead as one text says what its parts say, and drops them all.
#[test]
fn a_lead_as_one_text_is_the_lead() {
    let (_folder, mut store) = store();
    let lead = sample_lead("l1", &["a"], 3);
    let (new, rank) = new_lead(&lead);
    let changes = Changes { leads: vec![new], ranks: vec![rank], ..Changes::default() };
    store.put_changes(&changes).unwrap();
    let body: String =
        store.connection.query_row("SELECT body FROM lead", [], |row| row.get(0)).unwrap();
    assert_eq!(serde_json::from_str::<Lead>(&body).unwrap(), lead);
    store.connection.execute("DELETE FROM lead", []).unwrap();
    assert_eq!(store.count_leads().unwrap(), (0, 0));
    assert!(store.leads_matching(&"L1".into()).unwrap().is_empty());
}

#[test]
fn the_statements_of_a_record_are_its_own_and_no_others() {
    let (_folder, mut store) = store();
    let ids = ["aa-1", "aa-1.form", "aa-1.recommender.link", "aa-10", "aa-10.form", "aa-1x"];
    let items = [DocumentStatements {
        dataset: "stick".into(),
        document: "aa11".into(),
        path: "b.txt".into(),
        statements: ids.iter().map(|id| statement(id, "sample")).collect(),
        problems: Vec::new(),
    }];
    store.put_document_statements("forms", "key", &items).unwrap();
    let found = store.record_statements(&"aa-1".into()).unwrap();
    let found: Vec<&str> = found.iter().map(|s| s.entity_id.as_str()).collect();
    assert_eq!(found, ids[..3]);
}
