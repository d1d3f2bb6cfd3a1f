//! OpenSanctions' `targets.simple.csv`: one row per target, several values of a cell between `;`.
//!
//! The columns differ by version and are asked for by heading. Ids stay as they are.

#[cfg(test)]
mod tests;

use crate::rows::Row;
use crate::subject::{Paper, Subject};
use crate::table::Table;
use crate::values::add_date;
use crate::{Head, ListError, Member, ReadContext};

fn table_of(head: &Head) -> Option<Table> {
    Table::find(head, b',', &["id", "schema", "name", "aliases", "birth_date", "countries"])
        .filter(|table| table.has("dataset") || table.has("identifiers"))
}

/// Whether a file has the columns of this format.
pub(crate) fn matches(head: &Head) -> bool {
    table_of(head).is_some()
}

/// Reads the files, row by row.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    for member in members {
        let Some(table) = table_of(&member.head) else { continue };
        table.for_each_row(member, context, |row, context| map(&table, &row, member, context))?;
    }
    Ok(())
}

fn map(table: &Table, row: &Row, member: &Member, context: &mut ReadContext) {
    let get = |heading: &str| table.get(row, heading);
    let (id, name) = (get("id"), get("name"));
    if id.is_empty() || name.is_empty() {
        context.skipped(member, row.line, "no_name", "the row has no id or no name");
        return;
    }
    let schema = match get("schema") {
        "" => "LegalEntity",
        schema => schema,
    };
    let mut subject = Subject::new(context.entry(member, row.line, id, schema));
    let entry = &mut subject.entry;
    entry.add("name", name);
    for (heading, prop) in
        [("aliases", "alias"), ("phones", "phone"), ("emails", "email"), ("addresses", "address")]
    {
        values(get(heading)).for_each(|value| {
            entry.add(prop, value);
        });
    }
    values(get("birth_date")).for_each(|date| add_date(entry, "birthDate", date));
    for number in values(get("identifiers")) {
        subject.identification("idNumber", &Paper { number, ..Paper::default() });
    }
    if !get("sanctions").is_empty() || !get("program_ids").is_empty() {
        let sanction = subject.sanction();
        // Programs hold semicolons of their own ("2022-02-25; Article 2"): the cell stays whole.
        sanction.add("program", get("sanctions"));
        values(get("program_ids")).for_each(|program| {
            sanction.add("programId", program);
        });
    }
    let (first, last) = (get("first_seen"), get("last_seen"));
    subject.seen(first, last);
    for dataset in values(get("dataset")) {
        context.set_title(dataset);
    }
    context.set_date(get("last_change"));
    subject.emit(context);
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|value| !value.is_empty())
}
