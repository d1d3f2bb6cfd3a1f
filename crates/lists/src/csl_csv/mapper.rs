//! One row of the Consolidated Screening List to statements.

use super::ids::add_ids;
use crate::ofac_csv::remarks::add_remarks;
use crate::rows::Row;
use crate::subject::Subject;
use crate::table::Table;
use crate::values::{add_country, add_date, add_listed_name, add_place};
use crate::{Member, ReadContext};

/// Maps a row.
pub(super) fn map(table: &Table, row: &Row, member: &Member, context: &mut ReadContext) {
    let get = |heading: &str| table.get(row, heading);
    let (name, source) = (get("name"), get("source"));
    if name.is_empty() || source.is_empty() {
        context.skipped(member, row.line, "no_name", "the row has no name or no source");
        return;
    }
    let (list, agency) = source.split_once(" - ").unwrap_or((source, source));
    let schema = match get("type") {
        "Individual" => "Person",
        "Vessel" => "Vessel",
        "Aircraft" => "Airplane",
        "Entity" => "Organization",
        // The lists of Commerce and State do not say whether a name is a person's.
        _ => "LegalEntity",
    };
    let id = format!("csl-{}-{}", code_of(list), native_id(table, row));
    let mut subject = Subject::new(context.entry(member, row.line, id, schema));
    let entry = &mut subject.entry;
    let by_treasury = agency.contains("Treasury");
    for (prop, names) in [("name", name), ("alias", get("alt_names"))] {
        for name in names.split("; ").filter(|n| prop == "alias" || !n.is_empty()) {
            match schema {
                "Person" => add_listed_name(entry, prop, name),
                _ => {
                    entry.add(prop, name);
                }
            }
        }
    }
    entry.add("topics", topic_of(list, agency));
    entry.add(if schema == "Person" { "position" } else { "notes" }, get("title"));
    entry.add("callSign", get("call_sign"));
    entry.add("type", get("vessel_type"));
    entry.add("tonnage", get("gross_tonnage"));
    entry.add("grossRegisteredTonnage", get("gross_registered_tonnage"));
    add_country(entry, "flag", get("vessel_flag"));
    for (prop, heading) in [("citizenship", "citizenships"), ("nationality", "nationalities")] {
        get(heading).split("; ").for_each(|country| add_country(entry, prop, country));
    }
    get("dates_of_birth").split("; ").for_each(|date| add_date(entry, "birthDate", date));
    get("places_of_birth").split("; ").for_each(|place| add_place(entry, place));
    subject.link("owner", get("vessel_owner"), "owner");
    for address in get("addresses").split("; ") {
        add_address(&mut subject, address);
    }
    add_sanction(&mut subject, table, row, list, agency);
    if by_treasury {
        add_remarks(&mut subject, get("remarks"));
    } else {
        subject.entry.add("notes", get("remarks"));
    }
    add_ids(&mut subject, get("ids"));
    subject.emit(context);
}

/// The id of the row in its list; older files have no `_id`, and rows of Commerce no number.
fn native_id(table: &Table, row: &Row) -> String {
    match table.first(row, &["_id", "entity_number"]) {
        "" => row.content_id(),
        id => id.to_owned(),
    }
}

/// `SDN` of "Specially Designated Nationals (SDN)", in lower case.
fn code_of(list: &str) -> String {
    let code = list.rsplit_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let code = code.map_or_else(
        // Names without a code: their capitals.
        || list.chars().filter(char::is_ascii_uppercase).collect(),
        |(code, _)| code.trim_end_matches(" List").to_owned(),
    );
    code.to_lowercase().replace(' ', "-")
}

fn topic_of(list: &str, agency: &str) -> &'static str {
    if agency.contains("Industry and Security") {
        "export.control"
    } else if list.contains("Debarred") {
        "debarment"
    } else {
        "sanction"
    }
}

/// An address ends in the code of its country; some are no more than that.
fn add_address(subject: &mut Subject, address: &str) {
    let address = address.trim();
    let tail = address.rsplit(", ").next().unwrap_or(address);
    let is_code = tail.len() == 2 && tail.chars().all(|c| c.is_ascii_uppercase());
    let country = if is_code { tail } else { "" };
    subject.address(if address == country { "" } else { address }, &[], country);
}

fn add_sanction(subject: &mut Subject, table: &Table, row: &Row, list: &str, agency: &str) {
    let get = |heading: &str| table.get(row, heading);
    let sanction = subject.sanction();
    sanction.add("authority", agency);
    sanction.add("country", "us");
    for program in get("programs").split("; ") {
        sanction.add("program", program);
    }
    sanction.add("program", list);
    add_date(sanction, "startDate", get("start_date"));
    add_date(sanction, "endDate", get("end_date"));
    sanction.add("provisions", get("license_requirement"));
    sanction.add("provisions", get("license_policy"));
    if !get("standard_order").is_empty() {
        sanction.add("summary", &format!("standard order: {}", get("standard_order")));
    }
    sanction.add("summary", get("federal_register_notice"));
    sanction.add("sourceUrl", get("source_information_url"));
}
