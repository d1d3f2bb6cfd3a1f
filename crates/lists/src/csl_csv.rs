//! The Consolidated Screening List of the United States: thirteen lists of three departments in one
//! CSV with 29 columns.
//!
//! An entity that stands on two of the lists has two rows and stays two entities, as the publisher
//! counts them. The numbers, dates and remarks in `ids` are OFAC's phrases turned around.

mod ids;
mod mapper;
#[cfg(test)]
mod tests;

use crate::table::Table;
use crate::{Head, ListError, Member, ReadContext};

fn table_of(head: &Head) -> Option<Table> {
    Table::find(head, b',', &["source", "entity_number", "alt_names", "source_list_url", "ids"])
}

/// Whether a file has the columns of this list.
pub(crate) fn matches(head: &Head) -> bool {
    table_of(head).is_some()
}

/// Reads the files, row by row.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("US Consolidated Screening List");
    for member in members {
        let Some(table) = table_of(&member.head) else { continue };
        table.for_each_row(member, context, |row, context| {
            mapper::map(&table, &row, member, context);
        })?;
    }
    Ok(())
}
