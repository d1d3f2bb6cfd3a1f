//! The rows of one reference of the Australian list to statements.

use crate::kin::add_kin_of_text;
use crate::rows::Row;
use crate::subject::Subject;
use crate::table::Table;
use crate::values::{add_country, add_date, split_counted};
use crate::{Member, ReadContext};

/// Measures that have a column each, holding a word for yes.
const MEASURES: [&str; 4] =
    ["targeted financial sanction", "travel ban", "arms embargo", "maritime restriction"];

/// Maps the rows of one reference number.
pub(super) fn map(
    number: &str,
    rows: &[Row],
    table: &Table,
    member: &Member,
    context: &mut ReadContext,
) {
    let is_primary = |row: &Row| table.get(row, "name type").to_lowercase().starts_with("primary");
    let mut ordered: Vec<&Row> = rows.iter().collect();
    ordered.sort_by_key(|row| !is_primary(row));
    let schema = match table.get(ordered[0], "type").to_lowercase().as_str() {
        "individual" => "Person",
        "vessel" => "Vessel",
        _ => "Organization",
    };
    let entry = context.entry(member, ordered[0].line, format!("au-{number}"), schema);
    let mut subject = Subject::new(entry);
    subject.entry.add("topics", "sanction");
    for row in ordered {
        subject.cite(member, row.line);
        add_name(&mut subject, row, table);
        add_facts(&mut subject, row, table);
        add_sanction(&mut subject, number, row, table);
        context.set_date(control_date(table.get(row, "control date")).as_str());
    }
    subject.emit(context);
}

fn add_name(subject: &mut Subject, row: &Row, table: &Table) {
    let name = table.get(row, "name of individual or entity");
    let kind = table.get(row, "name type").to_lowercase();
    let weak = table.get(row, "alias strength").eq_ignore_ascii_case("weak");
    let prop = if kind.starts_with("primary") || kind.starts_with("original") {
        "name"
    } else if weak {
        "weakAlias"
    } else if kind.contains("former") || kind.contains("fka") || kind.contains("previous") {
        "previousName"
    } else {
        "alias"
    };
    let known = ["name", "alias", "weakAlias", "previousName"];
    if !known.iter().any(|prop| subject.entry.has(prop, name)) {
        subject.entry.add(prop, name);
    }
}

fn add_facts(subject: &mut Subject, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    let entry = &mut subject.entry;
    for date in split_counted(&separate_dates(get("date of birth"))) {
        add_date(entry, "birthDate", date);
    }
    for place in split_counted(get("place of birth")) {
        crate::values::add_place(entry, place);
    }
    for country in split_counted(get("citizenship")) {
        add_country(entry, "citizenship", country);
    }
    match get("imo number") {
        "" => {}
        number => {
            let digits = number.trim_start_matches("IMO").trim();
            entry.add_read("imoNumber", &format!("IMO{digits}"), number);
        }
    }
    for address in split_counted(get("address")) {
        subject.address(address, &[], "");
    }
    let information = get("additional information");
    subject.entry.add("notes", information);
    let reference = un_reference(information);
    add_kin_of_text(subject, information[reference.map_or(0, str::len)..].trim_start_matches('.'));
    if let Some(reference) = reference {
        subject.sanction().add("unscId", reference);
    }
}

fn add_sanction(subject: &mut Subject, number: &str, row: &Row, table: &Table) {
    let get = |heading: &str| table.get(row, heading);
    let sanction = subject.sanction();
    sanction.add("authority", "Department of Foreign Affairs and Trade");
    sanction.add("country", "au");
    sanction.add("authorityId", number);
    sanction.add("program", get("committees"));
    sanction.add("summary", get("listing information"));
    sanction.add("summary", get("instrument of designation"));
    add_date(sanction, "listingDate", get("control date"));
    for measure in MEASURES {
        let word = get(measure).to_lowercase();
        if matches!(word.as_str(), "yes" | "y" | "true" | "x") {
            sanction.add("provisions", measure);
        }
    }
}

fn control_date(text: &str) -> String {
    crate::values::iso_date(text).unwrap_or_default()
}

/// `QDi.042` at the beginning of the remarks.
fn un_reference(text: &str) -> Option<&str> {
    let word = text.split([' ', '\n', ',', ';']).next()?.trim_end_matches(['.', ':']);
    let (letters, digits) = word.split_once('.')?;
    let sound = letters.len() == 3
        && letters[..2].chars().all(|c| c.is_ascii_uppercase())
        && matches!(letters.as_bytes()[2], b'i' | b'e')
        && digits.len() == 3
        && digits.chars().all(|c| c.is_ascii_digit());
    sound.then_some(word)
}

/// Dates that were pasted one behind the other: `01/02/196003/04/1961`.
fn separate_dates(text: &str) -> String {
    let text = text.replace('\n', "; ");
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut out = String::new();
    let mut from = 0;
    for slash in text.match_indices('/').map(|(at, _)| at) {
        // The second slash of a date, four digits of a year, and another digit.
        let year_ends = slash + 5;
        let whole = (slash + 1..year_ends).all(digit) && digit(year_ends);
        if whole && year_ends > from {
            out.push_str(&text[from..year_ends]);
            out.push_str("; ");
            from = year_ends;
        }
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_dates_are_separated() {
        assert_eq!(separate_dates("01/02/196003/04/1961"), "01/02/1960; 03/04/1961");
        assert_eq!(separate_dates("1/2/1960"), "1/2/1960");
        assert_eq!(separate_dates("02/1960\n1961"), "02/1960; 1961");
    }

    #[test]
    fn references_of_the_un_begin_the_remarks() {
        assert_eq!(un_reference("SMi.042 Sample"), Some("SMi.042"));
        assert_eq!(un_reference("SMi.042. Sample"), Some("SMi.042"));
        assert_eq!(un_reference("Sample remark"), None);
    }
}
