//! Erasing a record: everything that the case keeps of it goes, a tombstone stays.
//!
//! The only place that changes what was written to the journal: the words of its entries on the record
//! go, the entries stay. Invariants: all or nothing, in one transaction with the tombstone; afterwards
//! no page of the database, free or in its log, holds what was erased.

use model::journal::{Correction, LifeClaim, Note};
use model::{Act, Block, By, DocumentId, EntityId, Entry, Layout, Place, Span, Statement, Subject};
use rusqlite::{OptionalExtension as _, Transaction, params};
use sha2::{Digest as _, Sha256};

use crate::journal::{insert, write_body};
use crate::ledger::pack;
use crate::{Store, StoreError, hex};

/// What stands where something was erased.
pub const ERASED: &str = "[erased]";
/// Characters of a text that is looked for in what stays; shorter ones would blacken half a page.
const TEXT_MIN: usize = 3;

/// What is to be erased.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// The record: the person of one form.
    pub record: EntityId,
    /// Who, when, why.
    pub by: By,
    /// Whether the bytes of its document go too, if it holds no other record.
    pub with_document: bool,
}

/// What was erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Erased {
    /// SHA-256 over the statements that were there, in their order, as JSON.
    pub hash: String,
    /// How many.
    pub statements: u64,
    /// Its document.
    pub document: Option<DocumentId>,
    /// Whether the document's bytes are gone.
    pub is_document_gone: bool,
    /// Other records of that document, whose text stays.
    pub others: u64,
    /// Containers that hold the document too and are kept.
    pub containers: Vec<String>,
    /// The journal's entries that tell of it.
    pub entries: Vec<Entry>,
}

impl Store {
    /// Erases a record; `None` if there is none of this id.
    ///
    /// # Errors
    /// Those of the database; then nothing was erased. If only cleaning up after it failed, the same
    /// call may be given again.
    pub fn erase(&mut self, erasure: &Erasure) -> Result<Option<Erased>, StoreError> {
        let record = erasure.record.as_str();
        let family = |id: &str| id == record || id.starts_with(&format!("{record}."));
        let statements = self.record_statements(&erasure.record)?;
        if statements.is_empty() {
            return Ok(None);
        }
        let document = statements.iter().find_map(|s| Some(s.citation.as_ref()?.document.clone()));
        let layout = match &document {
            Some(document) => self.reading(document)?.map(|(layout, _)| layout),
            None => None,
        };
        let texts = texts_of(&statements);
        let blobs = self.blobs();
        let folder = self.folder.clone();
        let tx = self.connection.transaction()?;
        let mut erased = Erased {
            hash: hash_of(&statements)?,
            statements: statements.len() as u64,
            document: document.clone(),
            is_document_gone: false,
            others: 0,
            containers: Vec::new(),
            entries: Vec::new(),
        };
        forget_record(&tx, record)?;
        if let Some(document) = &document {
            erased.others = others_in(&tx, document)?;
            if erased.others == 0 {
                erased.containers = containers_of(&tx, document)?;
                forget_document(&tx, document)?;
                erased.is_document_gone = erasure.with_document && blobs.has(document);
            } else if let Some(mut layout) = layout {
                blacken(&mut layout, &statements, &texts);
                let sql = "UPDATE reading SET layout = ?2 WHERE sha256 = ?1";
                tx.execute(sql, params![document.as_str(), pack(&layout)?])?;
            }
        }
        forget_texts(&tx, &texts)?;
        redact_journal(&tx, &family)?;
        let mut marks = vec![(Subject::Entity(erasure.record.clone()), erased.hash.clone())];
        if let Some(document) = document.as_ref().filter(|_| erased.is_document_gone) {
            marks.push((Subject::Document(document.clone()), document.to_string()));
        }
        for (subject, value) in marks {
            let kind = "erased".to_owned();
            let act = Act::Mark(model::journal::Mark { subject, kind, value, on: true });
            let seq = insert(&tx, &act, &erasure.by)?;
            erased.entries.push(Entry { seq, act, by: erasure.by.clone() });
        }
        crate::journal::anchor(&tx, &folder)?;
        tx.commit()?;
        if let Some(document) = document.as_ref().filter(|_| erased.is_document_gone) {
            self.forget_payload(document)?;
            blobs.remove(document)?;
        }
        self.scrub()?;
        Ok(Some(erased))
    }

    /// Rewrites the database so that no free page and no line of its log holds what was deleted.
    ///
    /// # Errors
    /// If another connection reads or writes meanwhile; to be tried again.
    pub fn scrub(&self) -> Result<(), StoreError> {
        self.connection.execute_batch("VACUUM")?;
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
        if busy == 0 {
            return Ok(());
        }
        let text = "something reads the case: erase again when it has ended";
        Err(StoreError::damaged("log of the database", text))
    }

    /// The ids of the records that stand on a document.
    pub fn records_of(&self, document: &DocumentId) -> Result<Vec<EntityId>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT DISTINCT entity_id FROM statement WHERE document = ?1
             AND instr(entity_id, '.') = 0 ORDER BY entity_id",
        )?;
        let rows = query
            .query_map([document.as_str()], |row| Ok(EntityId::from(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn hash_of(statements: &[Statement]) -> Result<String, StoreError> {
    let json = serde_json::to_vec(statements).map_err(|e| StoreError::damaged("statement", e))?;
    Ok(hex(&Sha256::digest(json)))
}

/// Properties by whose values somebody is recognised wherever they stand.
const NAMING: [&str; 14] = [
    "name",
    "alias",
    "weakAlias",
    "motherName",
    "fatherName",
    "phone",
    "full_name",
    "kunya",
    "mother_name",
    "recommender",
    "facilitator",
    "contact",
    "residence",
    "address",
];

/// The texts that name somebody, as they are written and as they are read, longest first.
fn texts_of(statements: &[Statement]) -> Vec<String> {
    let mut texts: Vec<String> = statements
        .iter()
        .filter(|s| NAMING.contains(&&*s.prop))
        .flat_map(|s| [Some(s.value.clone()), s.original_value.clone()])
        .flatten()
        .flat_map(|text| text.lines().map(str::trim).map(str::to_owned).collect::<Vec<_>>())
        .filter(|text| text.chars().count() >= TEXT_MIN)
        .collect();
    texts.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    texts.dedup();
    texts
}

fn forget_record(tx: &Transaction<'_>, record: &str) -> Result<(), StoreError> {
    for (table, column) in
        [("statement", "entity_id"), ("scored_pair", "left_id"), ("scored_pair", "right_id")]
    {
        tx.execute(
            &format!(
                "DELETE FROM {table} WHERE {column} = ?1
                 OR ({column} > ?1 || '.' AND {column} < ?1 || '/')"
            ),
            [record],
        )?;
    }
    // A lead that has it as a member is proposed anew by the next run.
    tx.execute(
        "DELETE FROM lead WHERE EXISTS
         (SELECT 1 FROM json_each(body, '$.members') WHERE value = ?1)",
        [record],
    )?;
    tx.execute("DELETE FROM step WHERE name = 'leads'", [])?;
    Ok(())
}

fn others_in(tx: &Transaction<'_>, document: &DocumentId) -> Result<u64, StoreError> {
    let sql = "SELECT count(DISTINCT entity_id) FROM statement
               WHERE document = ?1 AND instr(entity_id, '.') = 0";
    let count: i64 = tx.query_row(sql, [document.as_str()], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The containers that a document came in: their bytes hold it too.
fn containers_of(tx: &Transaction<'_>, document: &DocumentId) -> Result<Vec<String>, StoreError> {
    let mut query = tx.prepare("SELECT path FROM document WHERE sha256 = ?1 ORDER BY seq")?;
    let paths = query.query_map([document.as_str()], |row| row.get::<_, String>(0))?;
    let mut containers = Vec::new();
    for path in paths {
        containers.extend(path?.rsplit_once("!/").map(|(container, _)| container.to_owned()));
    }
    containers.dedup();
    Ok(containers)
}

/// Forgets text, metadata and name of a document that holds no record any more.
fn forget_document(tx: &Transaction<'_>, document: &DocumentId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM problem WHERE (dataset, path) IN
         (SELECT dataset, path FROM document WHERE sha256 = ?1)",
        [document.as_str()],
    )?;
    let empty = pack(&Layout::default())?;
    tx.execute(
        "UPDATE reading SET layout = ?2, metadata = '{}' WHERE sha256 = ?1",
        params![document.as_str(), empty],
    )?;
    tx.execute(
        "UPDATE document SET path = 'erased/' || substr(sha256, 1, 16) || '/' || seq,
         reason = CASE WHEN reason IS NULL THEN NULL ELSE 'erased' END WHERE sha256 = ?1",
        [document.as_str()],
    )?;
    Ok(())
}

/// Forgets what else may hold the texts: messages of problems, searches that were kept, and the words
/// of the full-text index, which is made again when it is asked.
fn forget_texts(tx: &Transaction<'_>, texts: &[String]) -> Result<(), StoreError> {
    for text in texts {
        tx.execute("DELETE FROM problem WHERE instr(message, ?1) > 0", [text])?;
    }
    if has_table(tx, "saved")? {
        for text in texts {
            tx.execute("DELETE FROM saved WHERE instr(body, ?1) OR instr(name, ?1)", [text])?;
        }
    }
    if has_table(tx, "text_word")? {
        tx.execute("INSERT INTO text_word (text_word) VALUES ('delete-all')", [])?;
        tx.execute("DELETE FROM text_document", [])?;
    }
    Ok(())
}

fn has_table(tx: &Transaction<'_>, name: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE name = ?1";
    Ok(tx.query_row(sql, [name], |_| Ok(())).optional()?.is_some())
}

/// Takes the words out of the entries that are about the record.
fn redact_journal(tx: &Transaction<'_>, family: &dyn Fn(&str) -> bool) -> Result<(), StoreError> {
    for entry in crate::journal::read_all(tx)? {
        let Entry { seq, act, by } = entry;
        let (is_about, act) = match act {
            Act::Correction(said) if family(said.record.as_str()) => {
                let written = said.written.map(|_| ERASED.to_owned());
                let before = ERASED.to_owned();
                (true, Act::Correction(Correction { before, written, ..said }))
            }
            Act::LifeClaim(said) if family(said.entity.as_str()) => {
                (true, Act::LifeClaim(LifeClaim { text: ERASED.to_owned(), ..said }))
            }
            Act::Note(said) => {
                let is_about = is_on(&said.subject, family);
                let text = if is_about { ERASED.to_owned() } else { said.text };
                (is_about, Act::Note(Note { text, subject: said.subject }))
            }
            Act::Judgement(said) => {
                let is_about = family(said.left.as_str()) || family(said.right.as_str());
                (is_about, Act::Judgement(said))
            }
            Act::Decision(said) => (family(said.lead_id.as_str()), Act::Decision(said)),
            Act::Mark(said) => (is_on(&said.subject, family), Act::Mark(said)),
            other => (false, other),
        };
        if is_about {
            let by = By { reason: by.reason.map(|_| ERASED.to_owned()), ..by };
            write_body(tx, seq, &act, &by)?;
        }
    }
    Ok(())
}

fn is_on(subject: &Subject, family: &dyn Fn(&str) -> bool) -> bool {
    match subject {
        Subject::Entity(id) => family(id.as_str()),
        // A lead is called after one of its records.
        Subject::Lead(id) => family(id.as_str()),
        Subject::Document(_) | Subject::Dataset(_) => false,
    }
}

/// Blackens a record in the layout of a document that others stand on too: the places that it was read
/// from, and the texts that name it wherever they stand.
fn blacken(layout: &mut Layout, statements: &[Statement], texts: &[String]) {
    let places: Vec<&Place> =
        statements.iter().filter_map(|s| Some(&s.citation.as_ref()?.place)).collect();
    let erase = |text: &mut String| {
        for erased in texts {
            if text.contains(erased.as_str()) {
                *text = text.replace(erased.as_str(), ERASED);
            }
        }
    };
    let span = |span: &mut Span| {
        if places.contains(&&span.place) && span.place != Place::Whole {
            ERASED.clone_into(&mut span.text);
            span.readings.clear();
        }
        erase(&mut span.text);
        for reading in &mut span.readings {
            erase(&mut reading.text);
        }
    };
    for block in &mut layout.blocks {
        match block {
            Block::Paragraph(one) => span(one),
            Block::Line(line) => line.spans.iter_mut().for_each(span),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                cells.flat_map(|cell| &mut cell.spans).for_each(span);
            }
        }
    }
}
