//! The rows of one entry of the UK Sanctions List to statements.

use super::names::{NameKind, add_names};
use crate::kin::add_kin_of_text;
use crate::rows::Row;
use crate::subject::{Paper, Subject};
use crate::table::Table;
use crate::values::{add_country, add_date, add_gender, split_counted};
use crate::{Member, ReadContext};

/// Maps the rows of one Unique ID.
pub(super) fn map(
    id: &str,
    rows: &[Row],
    table: &Table,
    member: &Member,
    context: &mut ReadContext,
) {
    let schema = match table.get(&rows[0], "designation type").to_lowercase().as_str() {
        "individual" => "Person",
        "ship" => "Vessel",
        _ => "Organization",
    };
    let kind =
        |row: &Row| NameKind::parse(table.get(row, "name type"), table.get(row, "alias strength"));
    let mut ordered: Vec<&Row> = rows.iter().collect();
    // The primary name first: what the other rows repeat of it is no alias.
    ordered.sort_by_key(|row| kind(row) != NameKind::Primary);
    let mut subject =
        Subject::new(context.entry(member, ordered[0].line, format!("uk-{id}"), schema));
    subject.entry.add("topics", "sanction");
    for row in ordered {
        subject.cite(member, row.line);
        add_names(&mut subject.entry, kind(row), row, table);
        if schema == "Person" {
            add_person(&mut subject, row, table);
        } else {
            add_body(&mut subject, row, table);
        }
        add_contacts(&mut subject, row, table);
        add_sanction(&mut subject, id, row, table);
    }
    subject.emit(context);
}

fn add_person(subject: &mut Subject, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    let entry = &mut subject.entry;
    for (prop, heading) in [("title", "title"), ("position", "position")] {
        for value in split_counted(get(heading)) {
            entry.add(prop, value);
        }
    }
    for date in split_counted(get("d.o.b")) {
        add_date(entry, "birthDate", date);
    }
    for country in split_counted(get("nationality(/ies)")) {
        add_country(entry, "nationality", country);
    }
    add_gender(entry, get("gender"));
    let (town, country) = (get("town of birth"), get("country of birth"));
    let place: Vec<&str> = [town, country].into_iter().filter(|part| !part.is_empty()).collect();
    entry.add("birthPlace", &place.join(", "));
    add_country(entry, "birthCountry", country);
    for number in split_counted(get("passport number")) {
        let note = get("passport additional information");
        subject.passport(&Paper { kind: "Passport", number, note, ..Paper::default() });
    }
    for number in split_counted(get("national identifier number")) {
        let note = get("national identifier additional information");
        let kind = "National Identifier";
        subject.identification("idNumber", &Paper { kind, number, note, ..Paper::default() });
    }
}

/// Organizations and ships.
fn add_body(subject: &mut Subject, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    for number in split_counted(get("business registration number (s)")) {
        let kind = "Business registration number";
        let paper = Paper { kind, number, ..Paper::default() };
        subject.identification("registrationNumber", &paper);
    }
    for (heading, role) in [
        ("subsidiaries", "subsidiary"),
        ("parent company", "parent company"),
        ("current owner/operator (s)", "owner or operator"),
        ("previous owner/operator (s)", "previous owner or operator"),
    ] {
        for name in split_counted(get(heading)) {
            subject.link(role, name, role);
        }
    }
    let entry = &mut subject.entry;
    let ship = entry.schema() == "Vessel";
    entry.add(if ship { "notes" } else { "legalForm" }, get("type of entity"));
    entry.add("notes", get("title"));
    match get("imo number") {
        "" => {}
        number if ship => {
            let digits = number.trim_start_matches("IMO").trim();
            entry.add_read("imoNumber", &format!("IMO{digits}"), number);
        }
        number => {
            entry.add("notes", &format!("IMO number: {number}"));
        }
    }
    add_country(entry, "flag", get("current believed flag of ship"));
    for country in split_counted(get("previous flags")) {
        add_country(entry, "pastFlags", country);
    }
    entry.add("type", get("type of ship"));
    entry.add("tonnage", get("tonnage of ship"));
    add_date(entry, "buildDate", get("year built"));
    for (heading, label) in [
        ("length of ship", "length of ship"),
        ("hull identification number (hin)", "hull identification number"),
    ] {
        if !get(heading).is_empty() {
            entry.add_read("notes", &format!("{label}: {}", get(heading)), get(heading));
        }
    }
}

fn add_contacts(subject: &mut Subject, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    for (heading, prop) in
        [("phone number", "phone"), ("website", "website"), ("email address", "email")]
    {
        for value in split_counted(get(heading)) {
            subject.entry.add(prop, value);
        }
    }
    let lines = [1, 2, 3, 4, 5, 6].map(|n| format!("address line {n}"));
    let lines: Vec<&str> =
        lines.iter().map(|heading| get(heading)).filter(|l| !l.is_empty()).collect();
    let (code, country) = (get("address postal code"), get("address country"));
    let all: Vec<&str> =
        lines.iter().copied().chain([code, country]).filter(|part| !part.is_empty()).collect();
    let parts = [("street", lines.join(", ")), ("postalCode", code.to_owned())];
    let parts = parts.each_ref().map(|(prop, value)| (*prop, value.as_str()));
    subject.address(&all.join(", "), &parts, country);
    let other = get("other information");
    subject.entry.add("notes", other);
    add_kin_of_text(subject, other);
}

fn add_sanction(subject: &mut Subject, id: &str, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    let sanction = subject.sanction();
    sanction.add("authority", "Foreign, Commonwealth and Development Office");
    sanction.add("country", "gb");
    sanction.add("authorityId", id);
    sanction.add("recordId", get("ofsi group id"));
    sanction.add("unscId", get("un reference number"));
    sanction.add("program", get("regime name"));
    if !get("designation source").is_empty() {
        sanction.add("summary", &format!("designation source: {}", get("designation source")));
    }
    for measure in get("sanctions imposed").split('|') {
        sanction.add("provisions", measure);
    }
    sanction.add("reason", get("uk statement of reasons"));
    add_date(sanction, "listingDate", get("date designated"));
    add_date(sanction, "modifiedAt", get("last updated"));
}
