//! The rows of one entity of the EU's list to statements.
//!
//! The list has no primary name: the first strong name in Latin letters is the `name`, the others
//! are aliases, those remarked as of low quality weak ones.

use model::value::{Script, has_script};

use crate::kin::add_kin_of_text;
use crate::rows::Row;
use crate::subject::{Paper, Subject};
use crate::table::Table;
use crate::values::{add_country, add_date, add_gender, iso_date, split_counted};
use crate::{Member, ReadContext};

/// One row with its table, asked by the headings of both versions.
struct Record<'a> {
    table: &'a Table,
    row: &'a Row,
}

impl<'a> Record<'a> {
    fn get(&self, heading: &str) -> &'a str {
        match self.table.get(self.row, heading) {
            // Version 1.0 writes out what it does not know.
            "N/A" | "n/a" => "",
            value => value,
        }
    }

    fn first(&self, headings: &[&str]) -> &'a str {
        headings.iter().map(|heading| self.get(heading)).find(|v| !v.is_empty()).unwrap_or("")
    }

    fn is_true(&self, heading: &str) -> bool {
        self.get(heading).eq_ignore_ascii_case("true")
    }

    fn name(&self) -> String {
        let whole = self.first(&["namealias_wholename", "naal_wholename"]);
        if !whole.is_empty() {
            return whole.to_owned();
        }
        let parts = [
            self.first(&["namealias_firstname", "naal_firstname"]),
            self.first(&["namealias_middlename", "naal_middlename"]),
            self.first(&["namealias_lastname", "naal_lastname"]),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// "Low quality alias", also where letters were lost ("ow quality").
    fn is_weak(&self) -> bool {
        self.get("namealias_remark").to_lowercase().contains("ow quality")
    }
}

/// Maps the rows of one logical id.
pub(super) fn map(
    id: &str,
    rows: &[Row],
    table: &Table,
    member: &Member,
    context: &mut ReadContext,
) {
    let records: Vec<Record> = rows.iter().map(|row| Record { table, row }).collect();
    let first = &records[0];
    if let Some(date) = iso_date(first.first(&["filegenerationdate", "date_file", "date_filexxxx"]))
    {
        context.set_date(&date);
    }
    let kind = first.first(&[
        "entity_subjecttype_classificationcode",
        "entity_subjecttype",
        "subject_type",
    ]);
    let person = matches!(kind.to_lowercase().as_str(), "p" | "person");
    let schema = if person { "Person" } else { "Organization" };
    let entry = context.entry(member, rows[0].line, format!("eu-{id}"), schema);
    let mut subject = Subject::new(entry);
    subject.entry.add("topics", "sanction");
    let primary = records
        .iter()
        .position(|r| is_latin(&r.name()) && !r.is_weak())
        .or_else(|| records.iter().position(|r| !r.name().is_empty() && !r.is_weak()));
    for (index, record) in records.iter().enumerate() {
        subject.cite(member, record.row.line);
        add_name(&mut subject, record, primary == Some(index));
        add_birth(&mut subject, record);
        add_document(&mut subject, record);
        add_address(&mut subject, record);
        let citizenship = record.first(&[
            "citizenship_countryiso2code",
            "citi_country",
            "citizenship_countrydescription",
        ]);
        add_country(&mut subject.entry, "citizenship", citizenship);
        add_sanction(&mut subject, record);
    }
    subject.emit(context);
}

fn is_latin(name: &str) -> bool {
    has_script(name, Script::Latin)
        && !has_script(name, Script::Arabic)
        && !has_script(name, Script::Cyrillic)
}

fn add_name(subject: &mut Subject, record: &Record, primary: bool) {
    let entry = &mut subject.entry;
    let name = record.name();
    let prop = match (primary, record.is_weak()) {
        (true, _) => "name",
        (_, true) => "weakAlias",
        _ => "alias",
    };
    let known = ["name", "alias", "weakAlias"].iter().any(|prop| entry.has(prop, &name));
    if !name.is_empty() && !known {
        entry.add(prop, &name);
        if let Some(lang) = lang_of(record.first(&["namealias_namelanguage", "naal_language"])) {
            entry.lang(lang);
        }
    }
    if primary && entry.schema() == "Person" {
        entry.add("firstName", record.first(&["namealias_firstname", "naal_firstname"]));
        entry.add("middleName", record.first(&["namealias_middlename", "naal_middlename"]));
        entry.add("lastName", record.first(&["namealias_lastname", "naal_lastname"]));
    }
    add_gender(entry, record.first(&["namealias_gender", "naal_gender"]));
    for title in split_counted(record.first(&["namealias_title", "naal_title"])) {
        entry.add("title", title);
    }
    for function in split_counted(record.first(&["namealias_function", "naal_function"])) {
        entry.add("position", function);
    }
    let remark = record.get("namealias_remark");
    if !remark.to_lowercase().contains("quality") {
        entry.add("notes", remark);
    }
    let remark = record.first(&["entity_remark"]);
    entry.add("notes", &remark.replace("\\n", "\n"));
    add_kin_of_text(subject, remark);
}

fn add_birth(subject: &mut Subject, record: &Record) {
    let entry = &mut subject.entry;
    let date = birth_text(record);
    let written = record.first(&["birthdate_birthdate", "birt_date"]);
    // The list's own text where it says all; else what its columns say together.
    let text = if date.is_empty() { written } else { &date };
    add_date(entry, "birthDate", text);
    let country = record.first(&[
        "birthdate_countrydescription",
        "birthdate_countryiso2code",
        "birt_country",
    ]);
    let known = if matches!(country, "00" | "UNKNOWN") { "" } else { country };
    let place = ["birthdate_city", "birthdate_place", "birthdate_region", "birt_place"];
    let place = place.map(|heading| record.get(heading)).into_iter().chain([known]);
    let place: Vec<&str> = place.filter(|part| !part.is_empty()).collect();
    entry.add("birthPlace", &place.join(", "));
    add_country(entry, "birthCountry", known);
    entry.add("notes", record.get("birthdate_remark"));
}

/// The birth in one text, where its columns say more than a plain date: a span, "circa", the
/// Islamic calendar, parts of a date.
fn birth_text(record: &Record) -> String {
    let (from, to) = (record.get("birthdate_yearrangefrom"), record.get("birthdate_yearrangeto"));
    let whole = record.get("birthdate_birthdate");
    let islamic = record.get("birthdate_calendartype").eq_ignore_ascii_case("islamic");
    let circa = record.is_true("birthdate_circa");
    let parts = ["birthdate_day", "birthdate_month", "birthdate_year"];
    let parts = parts.map(|heading| record.get(heading));
    let date = if !from.is_empty() && !to.is_empty() {
        format!("{from} to {to}")
    } else if !whole.is_empty() {
        whole.to_owned()
    } else {
        let known = parts.into_iter().filter(|part| !part.is_empty() && *part != "0");
        known.collect::<Vec<_>>().join("/")
    };
    if date.is_empty() {
        return date;
    }
    format!("{}{date}{}", if circa { "circa " } else { "" }, if islamic { " AH" } else { "" })
}

fn add_document(subject: &mut Subject, record: &Record) {
    let old = record.get("iden_number");
    if !old.is_empty() {
        return add_old_document(subject, old, record.get("iden_country"));
    }
    let number = record.first(&["identification_number", "identification_latinnumber"]);
    let code = record.get("identification_typecode");
    let flags = [
        ("identification_diplomatic", "diplomatic"),
        ("identification_knownexpired", "known to have expired"),
        ("identification_knownfalse", "known to be false"),
        ("identification_reportedlost", "reported lost"),
        ("identification_revokedbyissuer", "revoked by its issuer"),
    ];
    let flags = flags.iter().filter(|(heading, _)| record.is_true(heading)).map(|(_, word)| *word);
    let texts =
        ["identification_issuedby", "identification_nameondocument", "identification_remark"];
    let texts = texts.map(|heading| record.get(heading)).into_iter().filter(|t| !t.is_empty());
    let note = flags.chain(texts).collect::<Vec<_>>().join("; ");
    let paper = Paper {
        kind: record.first(&["identification_typedescription", "identification_typecode"]),
        number,
        country: record
            .first(&["identification_countryiso2code", "identification_countrydescription"]),
        issued: record.first(&["identification_issueddate", "identification_validfrom"]),
        expires: record.get("identification_validto"),
        note: &note,
        written: "",
    };
    add_paper(subject, code, &paper);
}

/// Version 1.0: `NUMBER (code-Description) (remark)`.
fn add_old_document(subject: &mut Subject, written: &str, country: &str) {
    let written = written.trim_matches('"').trim();
    let (number, rest) = written.split_once(" (").unwrap_or((written, ""));
    let (kind, note) = rest.split_once(')').unwrap_or((rest, ""));
    let (code, description) = kind.split_once('-').unwrap_or(("", kind));
    let note = note.trim().trim_start_matches('(').trim_end_matches(')');
    let kind = description;
    let paper = Paper { kind, number, country, note, written, ..Paper::default() };
    add_paper(subject, code, &paper);
}

fn add_paper(subject: &mut Subject, code: &str, paper: &Paper) {
    match code {
        "passport" => subject.passport(paper),
        "fiscalcode" | "taxid" => subject.identification("taxNumber", paper),
        "regnumber" => subject.identification("registrationNumber", paper),
        "swiftbic" => {
            subject.entry.add("swiftBic", paper.number);
        }
        _ => subject.identification("idNumber", paper),
    }
}

fn add_address(subject: &mut Subject, record: &Record) {
    let street = [record.get("addr_number"), record.first(&["address_street", "addr_street"])];
    let street = street.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let [box_, zip, city] = [
        record.get("address_pobox"),
        record.first(&["address_zipcode", "addr_zipcode"]),
        record.first(&["address_city", "addr_city"]),
    ];
    let [region, place] = [record.get("address_region"), record.get("address_place")];
    let country =
        record.first(&["address_countrydescription", "address_countryiso2code", "addr_country"]);
    let known = if matches!(country, "00" | "UNKNOWN") { "" } else { country };
    let all = [street.as_str(), box_, zip, city, place, region, known];
    let all: Vec<&str> = all.into_iter().filter(|part| !part.is_empty()).collect();
    let parts = [
        ("street", street.as_str()),
        ("postOfficeBox", box_),
        ("postalCode", zip),
        ("city", city),
        ("region", region),
        ("remarks", record.get("address_remark")),
    ];
    subject.address(&all.join(", "), &parts, known);
    for text in [record.get("address_contactinfo"), record.get("addr_other")] {
        subject.entry.add("notes", &text.replace("\\n", "\n"));
    }
}

fn add_sanction(subject: &mut Subject, record: &Record) {
    let sanction = subject.sanction();
    sanction.add("authority", "Council of the European Union");
    sanction.add("country", "eu");
    sanction.add("authorityId", record.first(&["entity_eu_referencenumber", "eu_ref_num"]));
    sanction.add("unscId", record.get("entity_unitednationid"));
    sanction.add("program", record.first(&["entity_regulation_programme", "programme"]));
    sanction.add("summary", record.first(&["entity_regulation_numbertitle", "leba_numtitle"]));
    sanction.add("summary", record.get("entity_designationdetails"));
    sanction.add("sourceUrl", record.first(&["entity_regulation_publicationurl", "leba_url"]));
    add_date(sanction, "listingDate", record.get("entity_designationdate"));
    let start = record.first(&["entity_regulation_entryintoforcedate", "leba_publication_date"]);
    add_date(sanction, "startDate", start);
}

/// ISO 639-3 code of the list's two-letter code.
fn lang_of(code: &str) -> Option<&'static str> {
    Some(match code.to_uppercase().as_str() {
        "AR" => "ara",
        "BE" => "bel",
        "BG" => "bul",
        "CS" => "ces",
        "DA" => "dan",
        "DE" => "deu",
        "EL" => "ell",
        "EN" => "eng",
        "ES" => "spa",
        "ET" => "est",
        "FA" => "fas",
        "FI" => "fin",
        "FR" => "fra",
        "HR" => "hrv",
        "HU" => "hun",
        "IT" => "ita",
        "KO" => "kor",
        "LT" => "lit",
        "LV" => "lav",
        "MT" => "mlt",
        "NL" => "nld",
        "PL" => "pol",
        "PT" => "por",
        "RO" => "ron",
        "RU" => "rus",
        "SK" => "slk",
        "SL" => "slv",
        "SV" => "swe",
        "UK" => "ukr",
        "ZH" => "zho",
        _ => return None,
    })
}
