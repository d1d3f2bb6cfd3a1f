//! Statements with their citations.

use std::collections::HashMap;
use std::sync::Arc;

use model::{Citation, DatasetName, DocumentId, EntityId, Method, Problem, Statement};
use rusqlite::{Connection, Row, Transaction, params};

use crate::ledger::insert_problems;
use crate::{Store, StoreError, finish_step};

/// Columns as [`insert`] writes and [`read_statement`] reads them.
pub(crate) const COLUMNS: &str = "entity_id, schema, prop, value, dataset, lang, original_value, origin, \
     external, first_seen, last_seen, document, place, method, confidence";

/// What a step read out of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentStatements {
    /// The dataset that the document is of.
    pub dataset: DatasetName,
    /// The document.
    pub document: DocumentId,
    /// Its path, which its problems name.
    pub path: String,
    /// What it claims.
    pub statements: Vec<Statement>,
    /// What could not be read. Their stage is called as the step is.
    pub problems: Vec<Problem>,
}

impl Store {
    /// Replaces what a step read out of documents, problems included, and records that the step is
    /// done, in one transaction.
    pub fn put_document_statements(
        &mut self,
        step: &str,
        key: &str,
        items: &[DocumentStatements],
    ) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        forget_problems(&tx, step, items)?;
        for DocumentStatements { dataset, document, statements, problems, .. } in items {
            // A stick may hold a file that is a list as well; what the list says of it stays.
            tx.prepare_cached(
                "DELETE FROM statement WHERE document = ?1
                 AND dataset NOT IN (SELECT name FROM dataset WHERE kind = 'list')",
            )?
            .execute([document.as_str()])?;
            insert(&tx, statements)?;
            insert_problems(&tx, dataset, problems)?;
            finish_step(&tx, step, document.as_str(), key)?;
        }
        tx.commit()?;
        Ok(())
    }

    /// All statements of a dataset, in the order they were written.
    pub fn statements(&self, dataset: &DatasetName) -> Result<Vec<Statement>, StoreError> {
        self.select("dataset = ?1", dataset.as_str())
    }

    /// Calls `take` with each statement of a dataset, in the order they were written.
    pub fn each_statement(
        &self,
        dataset: &DatasetName,
        mut take: impl FnMut(Statement),
    ) -> Result<(), StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM statement WHERE dataset = ?1 ORDER BY seq");
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut words = Words::default();
        let mut rows = query.query([dataset.as_str()])?;
        while let Some(row) = rows.next()? {
            take(read_statement(row, &mut words)?);
        }
        Ok(())
    }

    /// Calls `take` with the statements of a schema in a dataset, without their citations, in the order
    /// they were written.
    pub fn each_of_schema(
        &self,
        dataset: &DatasetName,
        schema: &str,
        mut take: impl FnMut(Statement),
    ) -> Result<(), StoreError> {
        let sql = "SELECT entity_id, schema, prop, value, dataset, NULL, original_value, NULL,
                   external, NULL, NULL, NULL FROM statement
                   WHERE dataset = ?1 AND schema = ?2 ORDER BY seq";
        let mut query = self.connection.prepare_cached(sql)?;
        let mut words = Words::default();
        let mut rows = query.query([dataset.as_str(), schema])?;
        while let Some(row) = rows.next()? {
            take(read_statement(row, &mut words)?);
        }
        Ok(())
    }

    /// The number of the last statement of a dataset, which no later one ever gets; 0 without any.
    pub fn last_statement(&self, dataset: &DatasetName) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM statement WHERE dataset = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([dataset.as_str()], |r| r.get(0))?)
    }

    /// All statements of an entity.
    pub fn entity_statements(&self, entity: &EntityId) -> Result<Vec<Statement>, StoreError> {
        self.select("entity_id = ?1", entity.as_str())
    }

    /// All statements of a record: of the person and of what its form names besides, whose ids are the
    /// record's with a dot and more behind it. In the order they were written.
    pub fn record_statements(&self, record: &EntityId) -> Result<Vec<Statement>, StoreError> {
        // A slash follows the dot among the characters.
        let filter = "(entity_id = ?1 OR (entity_id > ?1 || '.' AND entity_id < ?1 || '/'))";
        self.select(filter, record.as_str())
    }

    fn select(&self, filter: &str, value: &str) -> Result<Vec<Statement>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM statement WHERE {filter} ORDER BY seq");
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut words = Words::default();
        let mut rows = query.query([value])?;
        let mut statements = Vec::new();
        while let Some(row) = rows.next()? {
            statements.push(read_statement(row, &mut words)?);
        }
        Ok(statements)
    }
}

/// Writes statements within the caller's transaction.
pub(crate) fn insert(connection: &Connection, statements: &[Statement]) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO statement ({COLUMNS})
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
    );
    let mut insert = connection.prepare_cached(&sql)?;
    for s in statements {
        let place = match &s.citation {
            Some(c) => {
                Some(serde_json::to_string(&c.place).map_err(|e| StoreError::damaged("place", e))?)
            }
            None => None,
        };
        insert.execute(params![
            s.entity_id.as_str(),
            &*s.schema,
            &*s.prop,
            s.value,
            s.dataset.as_str(),
            s.lang,
            s.original_value,
            s.origin,
            s.external,
            s.first_seen,
            s.last_seen,
            s.citation.as_ref().map(|c| c.document.as_str()),
            place,
            s.citation.as_ref().map(|c| method_word(c.method)),
            s.citation.as_ref().map(|c| f64::from(c.confidence)),
        ])?;
    }
    Ok(())
}

/// Shares one allocation among the many repeats of a schema, property, dataset or id.
#[derive(Default)]
pub(crate) struct Words {
    known: HashMap<String, Arc<str>>,
    dataset: Option<DatasetName>,
    entity: Option<EntityId>,
    document: Option<DocumentId>,
}

impl Words {
    fn word(&mut self, text: &str) -> Arc<str> {
        if let Some(word) = self.known.get(text) {
            return word.clone();
        }
        let word: Arc<str> = text.into();
        self.known.insert(text.to_owned(), word.clone());
        word
    }
}

/// The id last seen if it is the same text, else a new one.
fn same_or_new<I: Clone + AsRef<str> + for<'a> From<&'a str>>(
    last: &mut Option<I>,
    text: &str,
) -> I {
    match last {
        Some(id) if id.as_ref() == text => id.clone(),
        _ => last.insert(I::from(text)).clone(),
    }
}

/// A statement of a row of [`COLUMNS`].
pub(crate) fn read_statement(row: &Row<'_>, words: &mut Words) -> Result<Statement, StoreError> {
    let text = |i: usize| -> rusqlite::Result<&str> { Ok(row.get_ref(i)?.as_str()?) };
    let citation = match row.get_ref(11)?.as_str_or_null().map_err(rusqlite::Error::from)? {
        None => None,
        Some(document) => Some(Citation {
            document: same_or_new(&mut words.document, document),
            place: serde_json::from_str(text(12)?)
                .map_err(|e| StoreError::damaged("citation", e))?,
            method: parse_method(text(13)?),
            #[expect(clippy::cast_possible_truncation, reason = "written from an f32")]
            confidence: row.get::<_, f64>(14)? as f32,
        }),
    };
    Ok(Statement {
        entity_id: same_or_new(&mut words.entity, text(0)?),
        canonical_id: None,
        schema: words.word(text(1)?),
        prop: words.word(text(2)?),
        value: row.get(3)?,
        dataset: same_or_new(&mut words.dataset, text(4)?),
        lang: row.get(5)?,
        original_value: row.get(6)?,
        origin: row.get(7)?,
        external: row.get(8)?,
        first_seen: row.get(9)?,
        last_seen: row.get(10)?,
        citation,
    })
}

/// The word a method is stored under.
pub(crate) fn method_word(method: Method) -> &'static str {
    match method {
        Method::Text => "text",
        Method::Ocr => "ocr",
        Method::Record => "record",
        Method::Typed => "typed",
    }
}

fn parse_method(word: &str) -> Method {
    match word {
        "ocr" => Method::Ocr,
        "record" => Method::Record,
        "typed" => Method::Typed,
        _ => Method::Text,
    }
}

/// Drops the problems that the step met in the documents before; once a batch, since the table has
/// no index for it.
fn forget_problems(
    tx: &Transaction<'_>,
    step: &str,
    items: &[DocumentStatements],
) -> Result<(), StoreError> {
    let paths: serde_json::Value =
        items.iter().map(|item| vec![item.dataset.as_str(), item.path.as_str()]).collect();
    let paths = paths.to_string();
    tx.prepare_cached(
        "DELETE FROM problem WHERE stage = ?1 AND (dataset, path) IN
         (SELECT value ->> 0, value ->> 1 FROM json_each(?2))",
    )?
    .execute(params![step, paths])?;
    Ok(())
}
