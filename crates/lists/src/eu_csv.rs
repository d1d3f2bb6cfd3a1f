//! The European Union's consolidated list of financial sanctions as CSV, versions 1.1 and 1.0.
//!
//! Semicolons, one sparse row per name, address, birth, document or citizenship; an entity is the
//! union of the rows with its logical id. Version 1.0 (until 2018) has other headings and fewer
//! columns. A spreadsheet that took the file for one column puts quotes around whole rows.

mod mapper;
#[cfg(test)]
mod tests;

use crate::table::Table;
use crate::{Head, ListError, Member, ReadContext};

fn table_of(head: &Head) -> Option<Table> {
    let either = |delimiter| {
        Table::find(head, delimiter, &["entity_logicalid", "namealias_wholename"])
            .or_else(|| Table::find(head, delimiter, &["entity_logical_id", "naal_wholename"]))
    };
    either(b';').or_else(|| either(b','))
}

/// Whether a file has the columns of this list.
pub(crate) fn matches(head: &Head) -> bool {
    table_of(head).is_some()
}

/// Reads the files, entity by entity.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("EU consolidated list of financial sanctions");
    for member in members {
        let Some(table) = table_of(&member.head) else { continue };
        table.for_each_group(
            member,
            context,
            |table, row| table.first(row, &["entity_logicalid", "entity_logical_id"]).to_owned(),
            |id, rows, context| mapper::map(id, rows, &table, member, context),
        )?;
    }
    Ok(())
}
