//! One entity of OFAC's CSV to statements.

use super::reader::{Joined, Listed};
use super::remarks::add_remarks;
use crate::ReadContext;
use crate::rows::Row;
use crate::subject::Subject;
use crate::values::{add_country, add_listed_name};

/// Maps an entity with its aliases, addresses and the ends of its remarks.
pub(super) fn map(number: u64, listed: &Listed, context: &mut ReadContext) {
    let Joined { member, row } = &listed.rows[0];
    let schema = match row.field(2) {
        "individual" => "Person",
        "vessel" => "Vessel",
        "aircraft" => "Airplane",
        _ => "Organization",
    };
    let id = format!("ofac-{number}");
    let mut subject = Subject::new(context.entry(member, row.line, id, schema));
    subject.entry.add("topics", "sanction");
    // An entity on two lists has two rows, of which the one with the long remark goes on.
    let longest = listed.rows.iter().map(|joined| joined.row.field(11).len()).max();
    for Joined { member, row } in &listed.rows {
        subject.cite(member, row.line);
        let goes_on = longest == Some(row.field(11).len());
        add_row(&mut subject, row, if goes_on { &listed.comments } else { &[] });
    }
    for alias in &listed.aliases {
        subject.cite(alias.member, alias.row.line);
        add_alias(&mut subject, alias);
    }
    for address in &listed.addresses {
        subject.cite(address.member, address.row.line);
        add_address(&mut subject, address);
    }
    subject.emit(context);
}

fn add_row(subject: &mut Subject, row: &Row, comments: &[Joined]) {
    add_name(subject, "name", row.field(1));
    let title = if subject.entry.schema() == "Person" { "position" } else { "notes" };
    subject.entry.add(title, value(row.field(4)));
    add_vehicle(subject, row);
    add_sanction(subject, row.field(3));
    let mut remarks = match value(row.field(11)) {
        "" => String::new(),
        _ => row.fields[11].clone(),
    };
    // A long remark goes on in the comments; the cut may fall inside a word, so nothing is put
    // between the parts.
    for comment in comments {
        remarks.push_str(comment.row.fields.get(1).map_or("", String::as_str));
    }
    add_remarks(subject, &remarks);
}

/// The text of a field, empty for OFAC's null.
fn value(field: &str) -> &str {
    if field == "-0-" { "" } else { field }
}

fn add_name(subject: &mut Subject, prop: &str, listed: &str) {
    if subject.entry.schema() == "Person" {
        add_listed_name(&mut subject.entry, prop, value(listed));
    } else {
        subject.entry.add(prop, value(listed));
    }
}

fn add_vehicle(subject: &mut Subject, row: &Row) {
    subject.entry.add("callSign", value(row.field(5)));
    subject.entry.add("type", value(row.field(6)));
    subject.entry.add("tonnage", value(row.field(7)));
    subject.entry.add("grossRegisteredTonnage", value(row.field(8)));
    add_country(&mut subject.entry, "flag", value(row.field(9)));
    let owner = value(row.field(10));
    subject.link("owner", owner, "owner");
}

fn add_sanction(subject: &mut Subject, programs: &str) {
    let sanction = subject.sanction();
    sanction.add("authority", "Office of Foreign Assets Control");
    sanction.add("country", "us");
    for program in value(programs).split("] [") {
        sanction.add("program", program.trim_matches(['[', ']', ' ']));
    }
}

fn add_alias(subject: &mut Subject, alias: &Joined) {
    let row = &alias.row;
    // "now known as" is another name of today; "formerly known as" is one of the past.
    let prop = if row.field(2) == "fka" { "previousName" } else { "alias" };
    // OFAC counts alias rows, and a few of one entity have the same name.
    subject.entry.keep_repeats(true);
    add_name(subject, prop, row.field(3));
    subject.entry.keep_repeats(false);
    subject.entry.add("notes", value(row.field(4)));
}

fn add_address(subject: &mut Subject, address: &Joined) {
    let row = &address.row;
    let [street, city, country, remarks] = [2, 3, 4, 5].map(|column| value(row.field(column)));
    let parts: Vec<&str> = [street, city, country].into_iter().filter(|p| !p.is_empty()).collect();
    subject.address(
        &parts.join(", "),
        &[("street", street), ("city", city), ("remarks", remarks)],
        country,
    );
}
