//! Writing a new version of a list: only what it changes, and what was there before is kept.
//!
//! Entities come one by one. One that says the same keeps its rows, which from then on cite the new
//! file; one that says something else, that is new or that no longer comes is written down as a
//! change with the statements it had. So the current statements are those of a load from nothing, and
//! every earlier version can be told from them by the changes since (`list_versions`).
//!
//! Invariants: one transaction, so a kill leaves the version before; memory holds one entity, and a
//! bit for each statement of the version before. What counts as a change is not told here, the caller
//! hands that in.

use std::collections::BTreeMap;

use model::{
    ChangeKind, ChangeTally, DatasetName, EntityId, ListChange, ListFile, ListVersion, Problem,
    Statement,
};
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::datasets::insert_dataset;
use crate::ledger::insert_problems;
use crate::list_versions::{pack, read_change, unpack};
use crate::statements::{self, COLUMNS, Words, method_word, read_statement};
use crate::{Store, StoreError, StoredDataset};

/// Tells what the later statements of an entity change; `None` if nothing.
pub type Compare<'a> = dyn Fn(&[Statement], &[Statement]) -> Option<ListChange> + 'a;

/// Rows of the version before that are looked through at once for entities that no longer come.
/// Chosen by hand.
const ROWS_AT_ONCE: i64 = 10_000;

/// What is known of a version beside its dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewVersion {
    /// When it is loaded, ISO 8601.
    pub added: String,
    /// Its files.
    pub files: Vec<ListFile>,
    /// Facts of this version beside those of the dataset.
    pub info: BTreeMap<String, String>,
}

/// A list being replaced: entities go in one by one, all or nothing.
pub struct ListWriter<'a> {
    tx: Transaction<'a>,
    dataset: DatasetName,
    compare: &'a Compare<'a>,
    /// The number of the version that is written.
    version: i64,
    /// The last row of the version before; 0 if there is none.
    last_before: i64,
    /// Whether it is only written again.
    is_restored: bool,
    /// Rows of the version before that are of the new one as well.
    kept: Marks,
    /// Entities that the list says were taken off, with its words.
    delisted: BTreeMap<EntityId, String>,
    words: Words,
}

impl Store {
    /// Begins to replace the statements of a list; nothing changes until it is committed.
    pub fn replace_list<'a>(
        &'a mut self,
        dataset: &DatasetName,
        compare: &'a Compare<'a>,
    ) -> Result<ListWriter<'a>, StoreError> {
        let tx = self.connection.transaction()?;
        let name = dataset.as_str();
        tx.execute("DELETE FROM problem WHERE dataset = ?1", [name])?;
        let one = |sql: &str| tx.query_row(sql, [name], |r| r.get::<_, i64>(0));
        let version =
            1 + one("SELECT coalesce(max(version), 0) FROM list_version WHERE dataset = ?1")?;
        let last_before = one("SELECT coalesce(max(seq), 0) FROM statement WHERE dataset = ?1")?;
        Ok(ListWriter {
            tx,
            dataset: dataset.clone(),
            compare,
            version,
            last_before,
            is_restored: false,
            kept: Marks::default(),
            delisted: BTreeMap::new(),
            words: Words::default(),
        })
    }
}

impl Store {
    /// Begins to write the current version of a list anew, as it is and without another version.
    pub fn restore_list<'a>(
        &'a mut self,
        dataset: &DatasetName,
        compare: &'a Compare<'a>,
    ) -> Result<ListWriter<'a>, StoreError> {
        let mut writer = self.replace_list(dataset, compare)?;
        let name = dataset.as_str();
        writer.tx.execute("DELETE FROM statement WHERE dataset = ?1", [name])?;
        writer.version -= 1;
        writer.last_before = 0;
        writer.is_restored = true;
        Ok(writer)
    }
}

impl ListWriter<'_> {
    /// Adds the statements of an entity. An entity that comes again gets these in addition.
    pub fn add(&mut self, statements: &[Statement]) -> Result<(), StoreError> {
        let Some(first) = statements.first() else { return Ok(()) };
        if self.is_first() {
            return statements::insert(&self.tx, statements);
        }
        let old = self.rows(&first.entity_id)?;
        if old.is_empty() {
            statements::insert(&self.tx, statements)?;
            return self.put_change(&[], statements);
        }
        if old.iter().any(|(seq, _)| *seq > self.last_before || self.kept.has(*seq)) {
            return self.add_again(old.into_iter().map(|(_, s)| s).collect(), statements);
        }
        if old.len() == statements.len()
            && old.iter().zip(statements).all(|((_, old), new)| is_same(old, new))
        {
            for ((seq, old), new) in old.iter().zip(statements) {
                self.refresh(*seq, old, new)?;
                self.kept.set(*seq);
            }
            return Ok(());
        }
        // The new ones first: SQLite gives the numbers of deleted rows at the end away again, and new
        // rows must have numbers after all of the version before.
        statements::insert(&self.tx, statements)?;
        for (seq, _) in &old {
            self.tx.prepare_cached("DELETE FROM statement WHERE seq = ?1")?.execute([seq])?;
        }
        let before: Vec<Statement> = old.into_iter().map(|(_, statement)| statement).collect();
        self.put_change(&before, statements)
    }

    /// The list says that this entity was taken off it.
    pub fn delist(&mut self, entity: EntityId, words: String) {
        self.delisted.insert(entity, words);
    }

    /// Makes the new version the current one, with what is known of it.
    pub fn commit(
        mut self,
        stored: &StoredDataset,
        problems: &[Problem],
        new: NewVersion,
    ) -> Result<ListVersion, StoreError> {
        self.remove_the_rest()?;
        let changes = (!self.is_first()).then(|| self.tally()).transpose()?;
        insert_dataset(&self.tx, stored)?;
        insert_problems(&self.tx, &stored.dataset.name, problems)?;
        let dataset = &stored.dataset;
        let version = ListVersion {
            list: dataset.name.clone(),
            version: u64::try_from(self.version).unwrap_or_default(),
            date: dataset.date.clone(),
            sha256: dataset.sha256.clone(),
            added: Some(new.added),
            entities: dataset.entities,
            info: stored
                .info
                .iter()
                .chain(&new.info)
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect(),
            files: new.files,
            changes: changes.map(|tally| tally.counts()),
        };
        if !self.is_restored {
            self.put_version(&version)?;
        }
        self.tx.commit()?;
        Ok(version)
    }

    /// True if there is nothing to compare with.
    fn is_first(&self) -> bool {
        self.is_restored || self.version == 1 && self.last_before == 0
    }

    fn put_version(&self, version: &ListVersion) -> Result<(), StoreError> {
        let damaged = |e: serde_json::Error| StoreError::damaged("list version", e);
        let changes = version.changes.map(|c| serde_json::to_string(&c)).transpose();
        self.tx.execute(
            "INSERT INTO list_version
             (dataset, version, date, sha256, added, entities, info, files, changes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                version.list.as_str(),
                self.version,
                version.date,
                version.sha256,
                version.added,
                i64::try_from(version.entities).unwrap_or(i64::MAX),
                serde_json::to_string(&version.info).map_err(damaged)?,
                serde_json::to_string(&version.files).map_err(damaged)?,
                changes.map_err(damaged)?,
            ],
        )?;
        Ok(())
    }

    /// The rows of an entity, in order.
    fn rows(&mut self, entity: &EntityId) -> Result<Vec<(i64, Statement)>, StoreError> {
        // The index by entity is the one to use: of a list of a million entities it gives six rows.
        let sql = format!(
            "SELECT {COLUMNS}, seq FROM statement INDEXED BY statement_by_entity
             WHERE entity_id = ?1 AND dataset = ?2 ORDER BY seq"
        );
        let mut query = self.tx.prepare_cached(&sql)?;
        let mut rows = query.query([entity.as_str(), self.dataset.as_str()])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let statement = read_statement(row, &mut self.words)?;
            found.push((row.get("seq")?, statement));
        }
        Ok(found)
    }

    /// Lets a row that says the same cite where it stands now.
    fn refresh(&self, seq: i64, old: &Statement, new: &Statement) -> Result<(), StoreError> {
        if old == new {
            return Ok(());
        }
        let place = match &new.citation {
            Some(c) => {
                Some(serde_json::to_string(&c.place).map_err(|e| StoreError::damaged("place", e))?)
            }
            None => None,
        };
        self.tx
            .prepare_cached(
                "UPDATE statement SET origin = ?2, first_seen = ?3, last_seen = ?4, document = ?5,
                     place = ?6, method = ?7, confidence = ?8 WHERE seq = ?1",
            )?
            .execute(params![
                seq,
                new.origin,
                new.first_seen,
                new.last_seen,
                new.citation.as_ref().map(|c| c.document.as_str()),
                place,
                new.citation.as_ref().map(|c| method_word(c.method)),
                new.citation.as_ref().map(|c| f64::from(c.confidence)),
            ])?;
        Ok(())
    }

    /// An entity that came before in this version: what it has now, and these in addition.
    fn add_again(&mut self, now: Vec<Statement>, more: &[Statement]) -> Result<(), StoreError> {
        let entity = &more[0].entity_id;
        let before = match self.change_of(entity)? {
            Some(before) => before,
            None => now.clone(),
        };
        statements::insert(&self.tx, more)?;
        self.tx
            .prepare_cached(
                "DELETE FROM list_change WHERE dataset = ?1 AND entity_id = ?2 AND version = ?3",
            )?
            .execute(params![self.dataset.as_str(), entity.as_str(), self.version])?;
        let after: Vec<Statement> = now.into_iter().chain(more.iter().cloned()).collect();
        self.put_change(&before, &after)
    }

    /// What an entity had before, if this version was found to change it.
    fn change_of(&self, entity: &EntityId) -> Result<Option<Vec<Statement>>, StoreError> {
        let sql = "SELECT before FROM list_change
                   WHERE dataset = ?1 AND entity_id = ?2 AND version = ?3";
        let found: Option<Option<Vec<u8>>> = self
            .tx
            .prepare_cached(sql)?
            .query_row(params![self.dataset.as_str(), entity.as_str(), self.version], |r| r.get(0))
            .optional()?;
        found.map(unpack).transpose()
    }

    fn put_change(&self, before: &[Statement], after: &[Statement]) -> Result<(), StoreError> {
        let Some(mut change) = (self.compare)(before, after) else { return Ok(()) };
        if change.kind == ChangeKind::Removed && change.delisted.is_none() {
            change.delisted = self.delisted.get(&change.entity_id).cloned();
        }
        let properties = serde_json::to_string(&change.properties)
            .map_err(|e| StoreError::damaged("list change", e))?;
        self.tx
            .prepare_cached(
                "INSERT INTO list_change (dataset, version, entity_id, subject, kind, schema,
                     caption, delisted, reported_dead, properties, before)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                self.dataset.as_str(),
                self.version,
                change.entity_id.as_str(),
                change.subject.as_str(),
                change.kind.as_str(),
                change.schema,
                change.caption,
                change.delisted,
                change.reported_dead,
                properties,
                pack(before)?,
            ])?;
        Ok(())
    }

    /// Takes out the entities of the version before that did not come.
    fn remove_the_rest(&mut self) -> Result<(), StoreError> {
        let mut from = 0;
        loop {
            let seqs: Vec<i64> = {
                // The index by dataset holds all that is asked here.
                let mut query = self.tx.prepare_cached(
                    "SELECT seq FROM statement WHERE dataset = ?1 AND seq > ?2 AND seq <= ?3
                     ORDER BY seq LIMIT ?4",
                )?;
                let asked = params![self.dataset.as_str(), from, self.last_before, ROWS_AT_ONCE];
                let rows = query.query_map(asked, |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            };
            let Some(last) = seqs.last() else { return Ok(()) };
            from = *last;
            for seq in seqs {
                if !self.kept.has(seq) {
                    self.remove(seq)?;
                }
            }
        }
    }

    /// Takes out the entity of a row, if the row is still there.
    fn remove(&mut self, seq: i64) -> Result<(), StoreError> {
        let entity: Option<String> = self
            .tx
            .prepare_cached("SELECT entity_id FROM statement WHERE seq = ?1")?
            .query_row([seq], |r| r.get(0))
            .optional()?;
        let Some(entity) = entity else { return Ok(()) };
        let rows = self.rows(&EntityId::from(entity))?;
        for (seq, _) in &rows {
            self.tx.prepare_cached("DELETE FROM statement WHERE seq = ?1")?.execute([seq])?;
        }
        let before: Vec<Statement> = rows.into_iter().map(|(_, statement)| statement).collect();
        self.put_change(&before, &[])
    }

    fn tally(&self) -> Result<ChangeTally, StoreError> {
        let mut tally = ChangeTally::default();
        let sql = format!(
            "SELECT {} FROM list_change WHERE dataset = ?1 AND version = ?2",
            crate::list_versions::CHANGE_COLUMNS
        );
        let mut query = self.tx.prepare(&sql)?;
        let mut rows = query.query(params![self.dataset.as_str(), self.version])?;
        while let Some(row) = rows.next()? {
            tally.add(&read_change(row)?);
        }
        Ok(tally)
    }
}

/// True if two statements say the same, apart from where it stands and when it was seen.
fn is_same(old: &Statement, new: &Statement) -> bool {
    old.prop == new.prop
        && old.value == new.value
        && old.schema == new.schema
        && old.lang == new.lang
        && old.original_value == new.original_value
        && old.external == new.external
}

/// A set of row numbers, most of which follow each other.
#[derive(Default)]
struct Marks {
    /// 64 numbers a word.
    words: BTreeMap<i64, u64>,
    /// The word that was set last: the next number mostly falls into it.
    last: (i64, u64),
}

impl Marks {
    fn set(&mut self, number: i64) {
        let (word, bit) = (number >> 6, 1 << (number & 63));
        if self.last.0 != word {
            self.settle();
            self.last = (word, self.words.get(&word).copied().unwrap_or_default());
        }
        self.last.1 |= bit;
    }

    fn has(&self, number: i64) -> bool {
        let (word, bit) = (number >> 6, 1_u64 << (number & 63));
        let bits = if self.last.0 == word {
            self.last.1
        } else {
            self.words.get(&word).copied().unwrap_or_default()
        };
        bits & bit != 0
    }

    fn settle(&mut self) {
        if self.last.1 != 0 {
            self.words.insert(self.last.0, self.last.1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_hold_what_was_set() {
        let mut marks = Marks::default();
        for number in [1, 63, 64, 5_000_000, 2, 65, 0] {
            assert!(!marks.has(number), "{number}");
            marks.set(number);
            assert!(marks.has(number), "{number}");
        }
        for number in [0, 1, 2, 63, 64, 65, 5_000_000] {
            assert!(marks.has(number), "{number}");
        }
        assert!(!marks.has(3) && !marks.has(5_000_001));
    }
}
