//! Whether the database holds together, table by table.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{DATABASE, Store};

/// What a schema that cannot be read is called.
const SCHEMA: &str = "schema";

impl Store {
    /// The tables that do not hold together, by name; `schema` if not even their names can be read.
    pub fn damaged_tables(&self) -> Vec<String> {
        damaged_tables(&self.connection)
    }

    /// True if the database of a case folder is there and holds together. It is opened for reading
    /// only: what is damaged is not touched.
    pub fn is_sound(folder: &Path) -> bool {
        let opened =
            Connection::open_with_flags(folder.join(DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY);
        opened.is_ok_and(|connection| damaged_tables(&connection).is_empty())
    }
}

fn damaged_tables(connection: &Connection) -> Vec<String> {
    let names = || -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
        connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    let Ok(names) = names() else { return vec![SCHEMA.to_owned()] };
    names.into_iter().filter(|name| !is_whole(connection, name)).collect()
}

/// True if the tree of a table and those of its indexes are sound and agree.
fn is_whole(connection: &Connection, table: &str) -> bool {
    let check = || -> rusqlite::Result<String> {
        let sql = "SELECT integrity_check FROM pragma_integrity_check(?1) LIMIT 1";
        connection.query_row(sql, [table], |row| row.get(0))
    };
    check().is_ok_and(|said| said == "ok")
}
