//! One Senzing record to statements. What has no place in FtM becomes a note.

use serde_json::{Map, Value};

use crate::json::text_of;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender};
use crate::{Member, ReadContext};

use super::attributes::{Group, group};

/// Attributes that say something of the record and not of the subject.
const ABOUT_RECORD: [&str; 8] = [
    "DATA_SOURCE",
    "RECORD_ID",
    "RECORD_TYPE",
    "ENTITY_TYPE",
    "LAST_CHANGE",
    "REL_ANCHOR_DOMAIN",
    "REL_ANCHOR_KEY",
    "REL_POINTER_DOMAIN",
];

/// Attributes that are one statement each.
const PLAIN: [(&str, &str); 14] = [
    ("CALL_SIGN", "callSign"),
    ("DUNS_NUMBER", "dunsCode"),
    ("EMAIL_ADDRESS", "email"),
    ("IMO_NUMBER", "imoNumber"),
    ("ISIN_NUMBER", "isin"),
    ("LEI_NUMBER", "leiCode"),
    ("MMSI_NUMBER", "mmsi"),
    ("NPI_NUMBER", "npiCode"),
    ("PHONE_NUMBER", "phone"),
    ("PLACE_OF_BIRTH", "birthPlace"),
    ("SOURCE_URL", "sourceUrl"),
    ("TOPIC", "topics"),
    ("URL", "sourceUrl"),
    ("WEBSITE_ADDRESS", "website"),
];
/// Attributes that are dates.
const DATES: [(&str, &str); 3] = [
    ("DATE_OF_BIRTH", "birthDate"),
    ("DATE_OF_DEATH", "deathDate"),
    ("REGISTRATION_DATE", "incorporationDate"),
];
/// Attributes that are countries.
const COUNTRIES: [(&str, &str); 5] = [
    ("CITIZENSHIP", "citizenship"),
    ("COUNTRY_OF_ASSOCIATION", "country"),
    ("COUNTRY_OF_BIRTH", "birthCountry"),
    ("NATIONALITY", "nationality"),
    ("REGISTRATION_COUNTRY", "jurisdiction"),
];
/// Kinds of documents: stem of the attributes, property of the number, words for the kind.
const PAPERS: [(&str, &str, &str); 7] = [
    ("PASSPORT", "passportNumber", "Passport"),
    ("DRIVERS_LICENSE", "idNumber", "Driver's license"),
    ("NATIONAL_ID", "idNumber", "National ID"),
    ("OTHER_ID", "idNumber", "Other ID"),
    ("SSN", "socialSecurityNumber", "SSN"),
    ("TAX_ID", "taxNumber", "Tax ID"),
    ("TRUSTED_ID", "idNumber", "Trusted ID"),
];

/// Emits a record. Ids are unique within a source only; those of a file's first source stay bare.
pub(super) fn map(
    context: &mut ReadContext,
    member: &Member,
    line: u64,
    record: &Map<String, Value>,
    source_of_file: &mut Option<String>,
) {
    let text = |name: &str| record.get(name).and_then(text_of).unwrap_or_default();
    let (id, source) = (text("RECORD_ID"), text("DATA_SOURCE"));
    if id.trim().is_empty() {
        return context.skipped(member, line, "no_id", "a record without RECORD_ID");
    }
    let id = match source_of_file.get_or_insert_with(|| source.clone()) {
        first if *first == source => id,
        _ => format!("{source}/{id}"),
    };
    let groups = group(record);
    let schema = schema_of(&groups);
    let mut subject = Subject::new(context.entry(member, line, id, schema));
    for found in &groups {
        add_name(&mut subject, found);
    }
    for found in &groups {
        add_group(&mut subject, found);
    }
    if !subject.entry.has_any("name") && !subject.entry.has_any("alias") {
        context.problem(member, Some(line), "no_name", "a record without a name");
    }
    subject.emit(context);
}

/// The type that the record says, or else the one that its attributes imply.
fn schema_of(groups: &[Group]) -> &'static str {
    let first = |name: &str| groups.iter().map(|group| group.get(name)).find(|t| !t.is_empty());
    match first("RECORD_TYPE").or_else(|| first("ENTITY_TYPE")) {
        Some("PERSON" | "INDIVIDUAL") => return "Person",
        Some("ORGANIZATION" | "COMPANY") => return "Organization",
        Some("VESSEL") => return "Vessel",
        Some("AIRCRAFT") => return "Airplane",
        Some("VEHICLE") => return "Vehicle",
        _ => {}
    }
    if ["NAME_FIRST", "NAME_LAST", "DATE_OF_BIRTH", "GENDER"].iter().any(|n| first(n).is_some()) {
        "Person"
    } else if first("NAME_ORG").is_some() {
        "Organization"
    } else {
        "LegalEntity"
    }
}

fn add_name(subject: &mut Subject, group: &Group) {
    let parts = ["NAME_PREFIX", "NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX"]
        .map(|p| group.get(p));
    let joined = parts[1..].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let whole = ["NAME_FULL", "NAME_ORG"].map(|part| group.get(part));
    let full = whole.into_iter().find(|text| !text.is_empty()).unwrap_or(&joined);
    let kind = match group.get("NAME_TYPE") {
        "" => group.usage.to_uppercase(),
        kind => kind.to_uppercase(),
    };
    let entry = &mut subject.entry;
    let prop = match kind.as_str() {
        _ if full.is_empty() => return,
        "PRIMARY" => "name",
        "MAIDEN" | "FORMER" | "FKA" => "previousName",
        "" if !entry.has_any("name") => "name",
        _ => "alias",
    };
    entry.add(prop, full);
    if prop == "name" && whole[0].is_empty() && whole[1].is_empty() {
        for (target, part) in ["title", "firstName", "middleName", "lastName"].iter().zip(parts) {
            entry.add(target, part);
        }
    }
}

fn add_group(subject: &mut Subject, group: &Group) {
    for (name, prop) in PLAIN {
        subject.entry.add(prop, group.get(name));
    }
    for (name, prop) in DATES {
        add_date(&mut subject.entry, prop, group.get(name));
    }
    for (name, prop) in COUNTRIES {
        add_country(&mut subject.entry, prop, group.get(name));
    }
    add_gender(&mut subject.entry, group.get("GENDER"));
    for (stem, prop, kind) in PAPERS {
        add_paper(subject, group, stem, prop, kind);
    }
    add_address(subject, group);
    let pointer = group.get("REL_POINTER_KEY");
    let role = group.get("REL_POINTER_ROLE");
    if !pointer.is_empty() {
        subject.link_to(role, pointer, role);
    }
    for (name, value) in group.rest() {
        if !ABOUT_RECORD.contains(&name) && !name.ends_with("_TYPE") && !value.trim().is_empty() {
            subject.entry.add("notes", &format!("{name}: {value}"));
        }
    }
}

fn add_paper(subject: &mut Subject, group: &Group, stem: &str, prop: &str, kind: &str) {
    let of = |part: &str| group.get(&format!("{stem}_{part}"));
    // `SSN` stands without `_NUMBER` in older files.
    let number = if of("NUMBER").is_empty() { group.get(stem) } else { of("NUMBER") };
    if number.is_empty() {
        return;
    }
    let (said, state) = (of("TYPE"), of("STATE"));
    let paper = Paper {
        kind: if said.is_empty() { kind } else { said },
        number,
        country: of("COUNTRY"),
        note: state,
        ..Paper::default()
    };
    if stem == "PASSPORT" {
        subject.passport(&paper);
    } else if subject.entry.schema() == "Person" || prop != "idNumber" {
        subject.identification(prop, &paper);
    } else {
        subject.identification("registrationNumber", &paper);
    }
}

fn add_address(subject: &mut Subject, group: &Group) {
    let [full, city, state, zip, country] = ["FULL", "CITY", "STATE", "POSTAL_CODE", "COUNTRY"]
        .map(|p| group.get(&format!("ADDR_{p}")));
    let lines: Vec<&str> = (1..=6)
        .map(|line| group.get(&format!("ADDR_LINE{line}")))
        .filter(|line| !line.is_empty())
        .collect();
    let joined: Vec<&str> = lines
        .iter()
        .copied()
        .chain([city, state, zip, country])
        .filter(|part| !part.is_empty())
        .collect();
    let joined = joined.join(", ");
    let parts = [
        ("street", lines.first().copied().unwrap_or_default()),
        ("city", city),
        ("state", state),
        ("postalCode", zip),
    ];
    subject.address(if full.is_empty() { &joined } else { full }, &parts, country);
}
