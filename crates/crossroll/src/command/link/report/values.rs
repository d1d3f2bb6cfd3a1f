//! Owns the values of single records as they stand in the tables: read again once it is known which
//! records a page shows, so that no table is held in memory for it.
//!
//! Invariant: the columns of a record come in the order of its table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ::link::Property;

use crate::command::link::ids::Ids;
use crate::command::link::input::TableColumns;
use crate::table::TableFile;

/// The values of the records that are shown.
pub(crate) struct Values<'a> {
    tables: &'a [TableColumns],
    /// Records of the first table.
    first: usize,
    /// By record the text of each column of its table; columns that hold nothing known are empty.
    rows: BTreeMap<u32, Vec<String>>,
}

impl<'a> Values<'a> {
    /// Reads the values of these records.
    pub(crate) fn read(
        tables: &'a [TableColumns],
        ids: &Ids,
        wanted: &BTreeSet<u32>,
    ) -> anyhow::Result<Self> {
        let first = tables.first().map_or(0, |t| t.records);
        let mut rows = BTreeMap::new();
        for (number, table) in tables.iter().enumerate() {
            let of: BTreeMap<&str, u32> = wanted
                .iter()
                .filter(|r| (**r as usize >= first) == (number > 0))
                .map(|r| (ids.text(*r), *r))
                .collect();
            if !of.is_empty() {
                read_table(table, &of, &mut rows)?;
            }
        }
        Ok(Self { tables, first, rows })
    }

    fn table(&self, record: u32) -> usize {
        usize::from(record as usize >= self.first).min(self.tables.len().saturating_sub(1))
    }

    /// The name of the file that a record stands in.
    pub(crate) fn file(&self, record: u32) -> String {
        self.tables.get(self.table(record)).map_or_else(String::new, |t| file_name(&t.path))
    }

    /// The value of the n-th column of a property, as written; a part of a name that has no column
    /// of its own is shown with the whole name.
    pub(crate) fn nth(&self, record: u32, property: Property, nth: usize) -> String {
        let columns = self.tables.get(self.table(record)).map_or(&[][..], |t| &t.columns);
        let row = self.rows.get(&record).map_or(&[][..], Vec::as_slice);
        let of = |wanted: Property| {
            columns.iter().zip(row).filter(move |((_, p), _)| *p == Some(wanted))
        };
        let is_part =
            matches!(property, Property::FirstName | Property::MiddleName | Property::LastName);
        let own = of(property).nth(nth);
        let whole = || is_part.then(|| of(Property::Name).next()).flatten();
        own.or_else(whole).map_or_else(String::new, |(_, text)| text.clone())
    }

    /// The values of a property that has columns of its own.
    pub(crate) fn texts(&self, record: u32, property: Property) -> String {
        let texts: Vec<&str> =
            self.all(record).filter(|(.., p, _)| *p == property).map(|(.., text)| text).collect();
        texts.join(" · ")
    }

    /// Column, property and value of each value of a record that was taken for something.
    pub(crate) fn all(&self, record: u32) -> impl Iterator<Item = (&str, Property, &str)> {
        let columns = self.tables.get(self.table(record)).map_or(&[][..], |t| &t.columns);
        let row = self.rows.get(&record).map_or(&[][..], Vec::as_slice);
        columns.iter().zip(row).filter_map(|((name, property), text)| {
            let property = (*property)?;
            (!text.is_empty()).then_some((name.as_str(), property, text.as_str()))
        })
    }
}

/// The name of a file without its folder: a page says nothing of the machine it was made on.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn read_table(
    table: &TableColumns,
    of: &BTreeMap<&str, u32>,
    rows: &mut BTreeMap<u32, Vec<String>>,
) -> anyhow::Result<()> {
    let file = TableFile::open(&table.path)?;
    let mut records: BTreeMap<usize, u32> = BTreeMap::new();
    let mut at = 0;
    file.read(&[table.id], &mut |_, text| {
        if let Some(record) = of.get(text.trim()) {
            records.insert(at, *record);
        }
        at += 1;
    })?;
    let held = |c: &usize| table.columns[*c].1.is_some();
    let wanted: Vec<usize> = (0..table.columns.len()).filter(held).collect();
    let mut counts = vec![0; wanted.len()];
    file.read(&wanted, &mut |column, text| {
        if let Some(record) = records.get(&counts[column]) {
            let row =
                rows.entry(*record).or_insert_with(|| vec![String::new(); table.columns.len()]);
            text.trim().clone_into(&mut row[wanted[column]]);
        }
        counts[column] += 1;
    })
}
