//! Tables with a header that names their columns: how published CSV lists come.
//!
//! Columns are asked for by heading, so a list that gains or moves one still loads. Rows of one key
//! are given together even where others stand between them: a first pass counts the rows of each
//! key, a second holds them until the last has come, so memory stays small.

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use crate::rows::{Row, Rows};
use crate::{Head, ListError, Member, ReadContext};

/// Rows of the head that may stand before the header: dates, titles, `sep=`.
const PREAMBLE_ROWS_MAX: usize = 10;

/// The layout of a table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: BTreeMap<String, usize>,
    count: usize,
    header_line: u64,
    delimiter: u8,
    encoding: &'static Encoding,
    /// True if every row stands in quotes as one field, as spreadsheets do to a file they take for
    /// one column.
    wrapped: bool,
    /// The rows before the header.
    pub(crate) preamble: Vec<Row>,
}

impl Table {
    /// The table whose header has all of these headings (lower case).
    pub(crate) fn find(head: &Head, delimiter: u8, headings: &[&str]) -> Option<Table> {
        if matches!(head.first_char(), Some('<' | '{' | '[')) {
            return None;
        }
        let mut preamble = Vec::new();
        let rows = Rows::new(head.text.as_bytes(), delimiter, encoding_rs::UTF_8);
        for row in rows.take(PREAMBLE_ROWS_MAX).flatten() {
            let table = Table::of_header(&row, delimiter, head.encoding);
            if headings.iter().all(|heading| table.has(heading)) {
                return Some(Table { preamble, ..table });
            }
            if let Some(inner) = unwrap(&row, delimiter) {
                let table = Table::of_header(&inner, delimiter, head.encoding);
                if headings.iter().all(|heading| table.has(heading)) {
                    return Some(Table { preamble, wrapped: true, ..table });
                }
            }
            preamble.push(row);
        }
        None
    }

    /// The table that this row is the header of.
    pub(crate) fn of_header(row: &Row, delimiter: u8, encoding: &'static Encoding) -> Table {
        let mut columns = BTreeMap::new();
        for (column, heading) in row.fields.iter().enumerate() {
            // Of two columns with one heading the first is the one that is asked for.
            columns.entry(heading.trim().to_lowercase()).or_insert(column);
        }
        let count = row.fields.len();
        Table {
            columns,
            count,
            header_line: row.line,
            delimiter,
            encoding,
            wrapped: false,
            preamble: Vec::new(),
        }
    }

    /// True if there is a column with this heading (lower case).
    pub(crate) fn has(&self, heading: &str) -> bool {
        self.columns.contains_key(heading)
    }

    /// The field under a heading (lower case), without blanks around it; empty if there is none.
    pub(crate) fn get<'r>(&self, row: &'r Row, heading: &str) -> &'r str {
        debug_assert_eq!(heading, heading.to_lowercase(), "headings are asked for in lower case");
        self.columns.get(heading).map_or("", |column| row.field(*column))
    }

    /// The first field under one of these headings that holds anything.
    pub(crate) fn first<'r>(&self, row: &'r Row, headings: &[&str]) -> &'r str {
        headings
            .iter()
            .map(|heading| self.get(row, heading))
            .find(|value| !value.is_empty())
            .unwrap_or("")
    }

    /// The data rows. Blank ones are passed over; those whose quotes do not pair up, or that have
    /// less than half or more than all of the columns, are skipped, counted and reported; those that
    /// lack only columns at the end are kept and reported.
    pub(crate) fn for_each_row(
        &self,
        member: &Member,
        context: &mut ReadContext,
        mut each: impl FnMut(Row, &mut ReadContext),
    ) -> Result<(), ListError> {
        for row in Rows::new(member.open()?, self.delimiter, self.encoding) {
            let row = self.unwrapped(row.map_err(|source| member.unreadable(source))?);
            if row.line <= self.header_line || row.is_blank() {
                continue;
            }
            match self.fault(&row) {
                None => {
                    if row.fields.len() < self.count {
                        let message = self.describe_length(&row);
                        context.problem(member, Some(row.line), "row_short", message);
                    }
                    each(row, context);
                }
                Some((kind, message)) => context.skipped(member, row.line, kind, message),
            }
        }
        Ok(())
    }

    /// The data rows of each key together, in the order of their last rows. A row without a key is
    /// skipped, counted and reported.
    pub(crate) fn for_each_group(
        &self,
        member: &Member,
        context: &mut ReadContext,
        key: impl Fn(&Table, &Row) -> String,
        mut each: impl FnMut(&str, &[Row], &mut ReadContext),
    ) -> Result<(), ListError> {
        let mut left: BTreeMap<String, u64> = BTreeMap::new();
        for row in Rows::new(member.open()?, self.delimiter, self.encoding) {
            let row = self.unwrapped(row.map_err(|source| member.unreadable(source))?);
            if row.line > self.header_line && !row.is_blank() && self.fault(&row).is_none() {
                *left.entry(key(self, &row)).or_default() += 1;
            }
        }
        let mut held: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        self.for_each_row(member, context, |row, context| {
            let id = key(self, &row);
            if id.is_empty() {
                context.skipped(member, row.line, "no_id", "the row does not say whose it is");
                return;
            }
            let mut rows = held.remove(&id).unwrap_or_default();
            rows.push(row);
            let left = left.entry(id.clone()).or_default();
            *left = left.saturating_sub(1);
            if *left == 0 {
                each(&id, &rows, context);
            } else {
                held.insert(id, rows);
            }
        })
    }

    fn unwrapped(&self, row: Row) -> Row {
        if !self.wrapped {
            return row;
        }
        unwrap(&row, self.delimiter).unwrap_or(row)
    }

    fn fault(&self, row: &Row) -> Option<(&'static str, String)> {
        if row.broken {
            return Some(("open_quote", "a quote is never closed".to_owned()));
        }
        let surplus = row.fields.iter().skip(self.count).any(|field| !field.trim().is_empty());
        (row.fields.len() * 2 < self.count || surplus)
            .then(|| ("field_count", self.describe_length(row)))
    }

    fn describe_length(&self, row: &Row) -> String {
        format!("{} fields where the header has {}", row.fields.len(), self.count)
    }
}

/// A row that stands in quotes as a whole, split again; the tabs behind it are padding.
fn unwrap(row: &Row, delimiter: u8) -> Option<Row> {
    let [only] = row.fields.as_slice() else { return None };
    let text = only.trim_end_matches('\t');
    let inner = Rows::new(text.as_bytes(), delimiter, encoding_rs::UTF_8).next()?.ok()?;
    (inner.fields.len() > 1).then_some(Row { line: row.line, ..inner })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn columns_are_found_behind_a_preamble() {
        let head = Head::new(b"Report date: today\nId,Name\n1,Sample\n".to_vec());
        let table = Table::find(&head, b',', &["id", "name"]).unwrap();
        assert_eq!(table.preamble[0].fields, ["Report date: today"]);
        assert!(Table::find(&head, b',', &["id", "colour"]).is_none());
    }

    #[test]
    fn rows_of_one_key_come_together_even_if_others_stand_between() {
        struct Nothing;
        impl crate::Sink for Nothing {
            fn entity(&mut self, _: Vec<model::Statement>) {}
            fn problem(&mut self, _: model::Problem) {}
        }
        let text = "id,name\n1,a\n2,b\n1,c\n,d\n3,e,f\n";
        let file = crate::SourceFile::from_bytes("x.csv", text.into());
        let mut members = Vec::new();
        crate::member::unpack(&file, &"0".into(), &mut members).unwrap();
        let (dataset, options) = ("x".into(), Options::default());
        let mut sink = Nothing;
        let mut context = ReadContext::new(&dataset, &options, &mut sink);
        let table = Table::find(&members[0].head, b',', &["id", "name"]).unwrap();
        let mut seen = Vec::new();
        table
            .for_each_group(
                &members[0],
                &mut context,
                |table, row| table.get(row, "id").to_owned(),
                |id, rows, _| seen.push(format!("{id}:{}", rows.len())),
            )
            .unwrap();
        assert_eq!(seen, ["2:1", "1:2"]);
        assert_eq!(context.finish().counts.skipped, 2);
    }
}
