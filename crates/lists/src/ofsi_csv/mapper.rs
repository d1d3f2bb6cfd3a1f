//! The rows of one group of OFSI's list to statements.
//!
//! Its column `Other Information` holds labelled pieces, `(UN Ref):QDi.335. (Gender):Male`; what a
//! piece is not known for stays in the notes with its label.

use crate::kin::add_kin_of_text;
use crate::rows::Row;
use crate::subject::{Paper, Subject};
use crate::table::Table;
use crate::uk_csv::names::{NameKind, add_names};
use crate::values::{add_country, add_date, add_gender, split_counted};
use crate::{Member, ReadContext};

/// Maps the rows of one group.
pub(super) fn map(
    id: &str,
    rows: &[Row],
    table: &Table,
    member: &Member,
    context: &mut ReadContext,
) {
    let schema = match table.get(&rows[0], "group type").to_lowercase().as_str() {
        "individual" => "Person",
        "ship" => "Vessel",
        _ => "Organization",
    };
    let kind =
        |row: &Row| NameKind::parse(table.get(row, "alias type"), table.get(row, "alias quality"));
    let mut ordered: Vec<&Row> = rows.iter().collect();
    ordered.sort_by_key(|row| kind(row) != NameKind::Primary);
    let entry = context.entry(member, ordered[0].line, format!("ofsi-{id}"), schema);
    let mut subject = Subject::new(entry);
    subject.entry.add("topics", "sanction");
    for row in ordered {
        subject.cite(member, row.line);
        add_names(&mut subject.entry, kind(row), row, table);
        add_person(&mut subject, row, table);
        add_address(&mut subject, row, table);
        add_sanction(&mut subject, id, row, table);
        add_other(&mut subject, table.get(row, "other information"));
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
    for date in split_counted(get("dob")) {
        add_date(entry, "birthDate", date);
    }
    for country in split_counted(get("nationality")) {
        add_country(entry, "nationality", country);
    }
    // Towns and countries are counted alike: the second country is that of the second town.
    let towns = split_counted(get("town of birth"));
    let countries = split_counted(get("country of birth"));
    for i in 0..towns.len().max(countries.len()) {
        let place = [towns.get(i), countries.get(i)].into_iter().flatten().copied();
        let place: Vec<&str> = place.filter(|part| !part.is_empty()).collect();
        entry.add("birthPlace", &place.join(", "));
    }
    for country in countries {
        add_country(entry, "birthCountry", country);
    }
    for number in split_counted(get("passport number")) {
        let note = get("passport details");
        subject.passport(&Paper { kind: "Passport", number, note, ..Paper::default() });
    }
    let numbers = table.first(row, &["national identification number", "ni number"]);
    for number in split_counted(numbers) {
        let note = table.first(row, &["national identification details", "ni details"]);
        let kind = "National Identification";
        subject.identification("idNumber", &Paper { kind, number, note, ..Paper::default() });
    }
}

fn add_address(subject: &mut Subject, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    let lines = [1, 2, 3, 4, 5, 6].map(|n| format!("address {n}"));
    let lines: Vec<&str> =
        lines.iter().map(|heading| get(heading)).filter(|l| !l.is_empty()).collect();
    let (code, country) = (get("post/zip code"), get("country"));
    let all: Vec<&str> =
        lines.iter().copied().chain([code, country]).filter(|part| !part.is_empty()).collect();
    let street = lines.join(", ");
    subject.address(&all.join(", "), &[("street", &street), ("postalCode", code)], country);
}

fn add_sanction(subject: &mut Subject, id: &str, row: &Row, table: &Table) {
    let sanction = subject.sanction();
    sanction.add("authority", "Office of Financial Sanctions Implementation");
    sanction.add("country", "gb");
    sanction.add("recordId", id);
    sanction.add("program", table.get(row, "regime"));
    add_date(sanction, "listingDate", table.get(row, "listed on"));
    add_date(sanction, "startDate", table.get(row, "uk sanctions list date designated"));
    add_date(sanction, "modifiedAt", table.get(row, "last updated"));
}

fn add_other(subject: &mut Subject, text: &str) {
    for (label, value) in labelled(text) {
        match label.to_lowercase().as_str() {
            "" => {
                subject.entry.add("notes", value);
            }
            "uk sanctions list ref" => {
                subject.sanction().add("authorityId", value);
            }
            "un ref" => {
                subject.sanction().add("unscId", value);
            }
            "uk statement of reasons" => {
                subject.sanction().add("reason", value);
            }
            "gender" => add_gender(&mut subject.entry, value),
            "phone number" => add_all(subject, "phone", value),
            "email address" => add_all(subject, "email", value),
            "website" => add_all(subject, "website", value),
            _ => {
                subject.entry.add_read("notes", &format!("{label}: {value}"), value);
                add_kin_of_text(subject, value);
            }
        }
    }
}

fn add_all(subject: &mut Subject, prop: &str, value: &str) {
    for value in split_counted(value) {
        subject.entry.add(prop, value);
    }
}

/// The pieces `(Label):value` of a text; what stands before the first has no label.
fn labelled(text: &str) -> Vec<(&str, &str)> {
    let mut pieces = Vec::new();
    let (mut label, mut from) = ("", 0);
    let mut at = 0;
    while let Some(end) = text[at..].find("):").map(|end| at + end) {
        at = end + 2;
        let Some(start) = opening(&text[from..end]).map(|start| from + start) else { continue };
        pieces.push((label, &text[from..start]));
        label = &text[start + 1..end];
        from = at;
    }
    pieces.push((label, &text[from..]));
    pieces
        .into_iter()
        .map(|(label, value)| (label.trim(), value.trim().trim_end_matches('.').trim()))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

/// The bracket that is still open at the end of the text.
fn opening(text: &str) -> Option<usize> {
    let mut closed = 0;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b')' => closed += 1,
            b'(' if closed == 0 => return Some(at),
            b'(' => closed -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labelled_pieces_are_told_apart() {
        assert_eq!(
            labelled("before (UN Ref):SMi.001. (Note (old)):a (b) c (Gender):Male"),
            [("", "before"), ("UN Ref", "SMi.001"), ("Note (old)", "a (b) c"), ("Gender", "Male")]
        );
    }
}
