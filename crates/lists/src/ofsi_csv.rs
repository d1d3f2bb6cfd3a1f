//! The consolidated list of the UK Treasury's Office of Financial Sanctions Implementation (OFSI),
//! which ended in January 2026: a row with the date, a header, then one row per name and address.

mod mapper;
#[cfg(test)]
mod tests;

use crate::table::Table;
use crate::values::iso_date;
use crate::{Head, ListError, Member, ReadContext};

fn table_of(head: &Head) -> Option<Table> {
    Table::find(head, b',', &["name 6", "name 1", "group type", "alias type", "regime", "group id"])
}

/// Whether a file has the columns of this list.
pub(crate) fn matches(head: &Head) -> bool {
    table_of(head).is_some()
}

/// Reads the files, group by group.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("OFSI Consolidated List of Financial Sanctions Targets");
    for member in members {
        let Some(table) = table_of(&member.head) else { continue };
        for date in table.preamble.iter().flat_map(|row| &row.fields).filter_map(|f| iso_date(f)) {
            context.set_date(&date);
        }
        table.for_each_group(
            member,
            context,
            |table, row| table.get(row, "group id").to_owned(),
            |id, rows, context| mapper::map(id, rows, &table, member, context),
        )?;
    }
    Ok(())
}
