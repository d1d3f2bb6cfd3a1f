//! The UK Sanctions List of the Foreign, Commonwealth and Development Office as CSV.
//!
//! The first line is the date of the report, the second the header. There is one row per name and
//! attribute: an entry is the union of all rows with its Unique ID, wherever they stand.

mod mapper;
pub(crate) mod names;
#[cfg(test)]
mod tests;

use crate::table::Table;
use crate::values::iso_date;
use crate::{Head, ListError, Member, ReadContext};

fn table_of(head: &Head) -> Option<Table> {
    Table::find(head, b',', &["unique id", "name 6", "name 1", "name type", "regime name"])
}

/// Whether a file has the columns of this list.
pub(crate) fn matches(head: &Head) -> bool {
    table_of(head).is_some()
}

/// Reads the files, entry by entry.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("UK Sanctions List");
    for member in members {
        let Some(table) = table_of(&member.head) else { continue };
        for field in table.preamble.iter().flat_map(|row| &row.fields) {
            let date = field.rsplit(':').next().and_then(iso_date);
            context.set_date(date.as_deref().unwrap_or_default());
        }
        table.for_each_group(
            member,
            context,
            |table, row| table.get(row, "unique id").to_owned(),
            |id, rows, context| mapper::map(id, rows, &table, member, context),
        )?;
    }
    Ok(())
}
