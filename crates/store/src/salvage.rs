//! What can be had of a damaged database, row by row, into a new one.
//!
//! The tables are walked page by page ([`tree`]), without SQLite. Where pages between the root of a
//! table and its rows are lost, all pages of the file are looked through for rows of the tables that
//! are only ever appended to: nothing in them was ever replaced, so a stray row is a true one. What
//! steps made (statements, pairs, leads) is made again and not looked for.
//!
//! The damaged files are read and never written.

mod pages;
mod record;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use model::{ChangeCounts, DocumentState, ListFile, PropertyChange, Status};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::{StoreError, layout};
use pages::Pages;
use record::{LEAF, Row, cells, header_of};
use tree::Damage;

/// Rows of one transaction. Chosen by hand.
const ROWS_AT_ONCE: u64 = 20_000;

/// What was had of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableReport {
    /// The table.
    pub table: String,
    /// Rows that are in the new database.
    pub rows: u64,
    /// Pages that could not be read as pages of the table.
    pub damaged_pages: u64,
    /// Places where a row should be and none can be read.
    pub damaged_rows: u64,
    /// Rows that were read, and that the new database refused.
    pub refused: u64,
    /// Numbers of rows that are lost, first and last, where rows are numbered without gaps. Rows
    /// after the last one that was found cannot be known of.
    pub missing: Vec<(i64, i64)>,
}

impl TableReport {
    /// True if nothing of the table is known to be lost.
    pub fn is_whole(&self) -> bool {
        self.damaged_pages == 0
            && self.damaged_rows == 0
            && self.refused == 0
            && self.missing.is_empty()
    }
}

/// Tables whose rows are numbered from 1 without gaps.
const NUMBERED: [&str; 2] = ["journal", "document"];

/// Tables that are only appended to, with a check of a row beside the types of its columns: a column
/// and how its text may begin.
const APPENDED: [(&str, usize, &[&str]); 8] = [
    ("journal", 6, &["{\"act\":"]),
    (
        "document",
        5,
        &["read", "partly", "encrypted", "unsupported", "corrupt", "refused", "empty", "duplicate"],
    ),
    ("dataset", 2, &["cache", "list"]),
    ("list_version", 8, &["["]),
    ("list_change", 5, &["added", "removed", "changed"]),
    ("meta", 0, &["layout_version", "case_id"]),
    ("judgement", 3, &["same", "different", "related", "unsure", "cleared"]),
    ("decision", 2, &["["]),
];

/// A column of a table: its type and whether it may be empty.
#[derive(Clone, Debug)]
struct Column {
    kind: String,
    may_be_null: bool,
    is_key: bool,
}

/// Copies what can be read of a database and its log into a new one, which must not be there, and
/// brings it to the current layout. Tells what became of each table.
pub(crate) fn salvage(
    database: &Path,
    log: &Path,
    target: &Path,
) -> Result<Vec<TableReport>, StoreError> {
    let mut connection = Connection::open(target)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    if !database.exists() {
        layout::bring_up(&mut connection)?;
        return Ok(Vec::new());
    }
    let failed = |source| StoreError::Folder { path: database.to_owned(), source };
    let mut pages = Pages::open(database, log).map_err(failed)?;
    let mut seen = BTreeSet::new();
    let mut roots = BTreeMap::new();
    let in_schema = walk_schema(&mut pages, &mut seen, &mut roots)?;
    let version = layout_version(&mut pages, &roots)?;
    layout::bring_up_to(&mut connection, version)?;
    // What the new database says of itself gives way to what is found.
    connection.execute("DELETE FROM meta", [])?;
    let columns = tables(&connection)?;
    let mut copy = Copy { connection: &connection, columns: &columns, open: 0 };
    connection.execute_batch("BEGIN")?;
    let mut reports = BTreeMap::new();
    let mut is_whole = in_schema.is_none();
    for table in columns.keys() {
        let mut report = TableReport { table: table.clone(), ..TableReport::default() };
        let damage = match roots.get(table) {
            Some(root) => {
                let suspect = |row: &Row| copy_fits(&columns, table, row);
                let mut take = |row: Row| copy.add(table, &row, &mut report);
                tree::walk(&mut pages, *root, &mut seen, &suspect, &mut take)?
            }
            None => Damage { pages: 1, cells: 0 },
        };
        is_whole &= damage.is_none();
        report.damaged_pages = damage.pages;
        report.damaged_rows = damage.cells;
        reports.insert(table.clone(), report);
    }
    if !is_whole {
        look_through(&mut pages, &seen, &mut copy, &mut reports)?;
    }
    connection.execute_batch("COMMIT")?;
    for report in reports.values_mut() {
        finish(&connection, report)?;
    }
    let sql = "INSERT OR REPLACE INTO meta VALUES ('layout_version', ?1)";
    connection.execute(sql, [version.to_string()])?;
    layout::bring_up(&mut connection)?;
    connection
        .execute("INSERT OR IGNORE INTO meta VALUES ('case_id', lower(hex(randomblob(16))))", [])?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(reports.into_values().collect())
}

/// Takes the roots of the tables out of the schema.
fn walk_schema(
    pages: &mut Pages,
    seen: &mut BTreeSet<u32>,
    roots: &mut BTreeMap<String, u32>,
) -> Result<Damage, StoreError> {
    let mut take = |row: Row| -> Result<(), Failure> {
        if let [Value::Text(kind), Value::Text(name), _, Value::Integer(root), ..] = &*row.values
            && kind == "table"
            && let Ok(root) = u32::try_from(*root)
        {
            roots.entry(name.clone()).or_insert(root);
        }
        Ok(())
    };
    let suspect = |row: &Row| row.values.len() == 5;
    Ok(tree::walk(pages, 1, seen, &suspect, &mut take)?)
}

/// The layout that the database says it has; else the one whose tables it has.
fn layout_version(pages: &mut Pages, roots: &BTreeMap<String, u32>) -> Result<u32, StoreError> {
    let mut version = None;
    if let Some(root) = roots.get("meta") {
        let mut take = |row: Row| -> Result<(), Failure> {
            if let [Value::Text(key), Value::Text(value)] = &*row.values
                && key == "layout_version"
            {
                version = value.parse().ok();
            }
            Ok(())
        };
        tree::walk(pages, *root, &mut BTreeSet::new(), &|_| true, &mut take)?;
    }
    let by_tables = if roots.contains_key("decision") { 2 } else { layout::CURRENT };
    // Layout 1 has the tables of layout 2.
    let version = version.filter(|v| (1..=layout::CURRENT).contains(v)).unwrap_or(by_tables);
    Ok(version.max(2))
}

/// The tables of a database that keep rows by number, each with its columns. Not those of the index of
/// texts, which is made again.
fn tables(connection: &Connection) -> Result<BTreeMap<String, Vec<Column>>, StoreError> {
    let mut names = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'
         ESCAPE '\\' AND name NOT LIKE 'text\\_%' ESCAPE '\\' AND sql NOT LIKE '%WITHOUT ROWID%'",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut tables = BTreeMap::new();
    for name in names {
        let mut query = connection
            .prepare("SELECT type, \"notnull\", pk FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = query.query_map([&name], |row| {
            let kind: String = row.get(0)?;
            Ok(Column {
                is_key: row.get::<_, i64>(2)? > 0 && kind == "INTEGER",
                may_be_null: row.get::<_, i64>(1)? == 0,
                kind,
            })
        })?;
        tables.insert(name, columns.collect::<Result<_, _>>()?);
    }
    Ok(tables)
}

/// Writes rows into the new database.
struct Copy<'c> {
    connection: &'c Connection,
    columns: &'c BTreeMap<String, Vec<Column>>,
    open: u64,
}

/// What may fail while rows are copied.
enum Failure {
    Read(std::io::Error),
    Write(rusqlite::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Read(error)
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Read(error) => StoreError::damaged("database file", error),
            Failure::Write(error) => error.into(),
        }
    }
}

impl Copy<'_> {
    /// Adds a row. One that is there stays; one that the table refuses is counted.
    fn add(&mut self, table: &str, row: &Row, report: &mut TableReport) -> Result<(), Failure> {
        let Some(columns) = self.columns.get(table) else { return Ok(()) };
        if !fits(columns, row) || !is_readable(table, row) {
            report.refused += 1;
            return Ok(());
        }
        let values = columns.iter().enumerate().map(|(index, column)| {
            if column.is_key {
                Value::Integer(row.number)
            } else {
                row.values.get(index).cloned().unwrap_or(Value::Null)
            }
        });
        let marks = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT OR IGNORE INTO \"{table}\" VALUES ({marks})");
        let mut insert = self.connection.prepare_cached(&sql).map_err(Failure::Write)?;
        match insert.execute(params_from_iter(values)) {
            Ok(_) => {}
            Err(rusqlite::Error::SqliteFailure(error, _))
                if error.code == rusqlite::ErrorCode::ConstraintViolation =>
            {
                report.refused += 1;
            }
            Err(error) => return Err(Failure::Write(error)),
        }
        self.open += 1;
        if self.open >= ROWS_AT_ONCE {
            self.open = 0;
            self.connection.execute_batch("COMMIT; BEGIN").map_err(Failure::Write)?;
        }
        Ok(())
    }
}

/// True if the values are such as the columns hold.
fn fits(columns: &[Column], row: &Row) -> bool {
    // A table may have got columns since the row was written, never lost one.
    row.values.len() <= columns.len()
        && columns.iter().enumerate().all(|(index, column)| {
            let value = row.values.get(index).unwrap_or(&Value::Null);
            match (value, column.kind.as_str()) {
                (Value::Null, _) => column.may_be_null || column.is_key,
                (Value::Integer(_), "INTEGER" | "REAL")
                | (Value::Real(_), "REAL")
                | (Value::Text(_), "TEXT")
                | (Value::Blob(_), "BLOB") => !column.is_key,
                _ => false,
            }
        })
}

/// True if the program can read what stands in a row of a table that is not made again: one that it
/// cannot would keep the case from being opened at all.
fn is_readable(table: &str, row: &Row) -> bool {
    let text = |at: usize| match row.values.get(at) {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    };
    let is_json = |at: usize| serde_json::from_str::<serde::de::IgnoredAny>(text(at)).is_ok();
    let is_word = |at: usize, words: &[&str]| words.contains(&text(at));
    match table {
        "journal" => crate::journal::is_readable(text(6)),
        "document" => DocumentState::parse(text(5)).is_some(),
        "dataset" => is_word(2, &["cache", "list"]) && is_map(text(7)),
        "list_version" => {
            is_map(text(7))
                && serde_json::from_str::<Vec<ListFile>>(text(8)).is_ok()
                && (text(9).is_empty() || serde_json::from_str::<ChangeCounts>(text(9)).is_ok())
        }
        "list_change" => {
            let before = match row.values.get(11) {
                Some(Value::Blob(bytes)) => Some(bytes.clone()),
                _ => None,
            };
            serde_json::from_str::<Vec<PropertyChange>>(text(10)).is_ok()
                && crate::list_versions::unpack(before).is_ok()
        }
        "judgement" => is_word(3, &["same", "different", "related", "unsure", "cleared"]),
        "decision" => is_json(2) && (text(3).is_empty() || Status::parse(text(3)).is_some()),
        _ => true,
    }
}

/// True if a text is facts by name.
fn is_map(text: &str) -> bool {
    serde_json::from_str::<BTreeMap<String, String>>(text).is_ok()
}

/// True if a row that was found anywhere is one of this table.
fn copy_fits(columns: &BTreeMap<String, Vec<Column>>, table: &str, row: &Row) -> bool {
    let Some(columns) = columns.get(table) else { return false };
    let Some((_, at, words)) = APPENDED.iter().find(|(name, ..)| *name == table) else {
        return false;
    };
    let begins = |text: &str| words.iter().any(|word| text.starts_with(word));
    row.values.len() == columns.len()
        && row.number > 0
        && fits(columns, row)
        && matches!(&row.values[*at], Value::Text(text) if begins(text))
}

/// Looks through all pages that no tree led to.
fn look_through(
    pages: &mut Pages,
    seen: &BTreeSet<u32>,
    copy: &mut Copy<'_>,
    reports: &mut BTreeMap<String, TableReport>,
) -> Result<(), StoreError> {
    let mut found: Vec<Row> = Vec::new();
    let columns = copy.columns;
    let any = |_: &Row| true;
    let read = |error| StoreError::from(Failure::Read(error));
    let mut look = |pages: &mut Pages, page: &[u8], number: u32| -> Result<(), StoreError> {
        let header = header_of(number);
        if page[header] == LEAF && !cells(page, header).is_empty() {
            let mut take = |row: Row| -> Result<(), Failure> {
                found.push(row);
                Ok(())
            };
            tree::leaf(pages, page, header, &any, &mut take)?;
        }
        for row in found.drain(..) {
            let table = columns.keys().find(|table| copy_fits(columns, table, &row));
            if let Some(table) = table
                && let Some(report) = reports.get_mut(table)
            {
                copy.add(table, &row, report)?;
            }
        }
        Ok(())
    };
    for number in (1..=pages.count).filter(|number| !seen.contains(number)) {
        let page = pages.read(number).map_err(read)?;
        look(pages, &page, number)?;
    }
    for page in pages.read_loose().map_err(read)? {
        look(pages, &page, 2)?;
    }
    Ok(())
}

/// Counts what is there, and what is missing between.
fn finish(connection: &Connection, report: &mut TableReport) -> Result<(), StoreError> {
    let table = &report.table;
    let rows: i64 =
        connection.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |r| r.get(0))?;
    report.rows = u64::try_from(rows).unwrap_or_default();
    if NUMBERED.contains(&table.as_str()) {
        let mut query = connection.prepare(&format!("SELECT seq FROM \"{table}\" ORDER BY seq"))?;
        let mut rows = query.query([])?;
        let mut next = 1;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if seq > next {
                report.missing.push((next, seq - 1));
            }
            next = seq + 1;
        }
    }
    Ok(())
}
