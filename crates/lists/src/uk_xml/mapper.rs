//! One designation of the UK list to statements.
//!
//! Words for kinds come in any case (`ALias`), `Name6` is a family name or the whole name, and
//! unknown parts of a date are written out: `dd/mm/1969`.

use model::value::{DateOrder, parse_date};

use crate::kin::add_kin_of_text;
use crate::languages::iso_639_3;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender};
use crate::xml::Element;
use crate::{Member, ReadContext};

/// Emits a designation.
pub(super) fn map(context: &mut ReadContext, member: &Member, number: u64, record: &Element) {
    let id = record.text_at("UniqueID");
    if id.is_empty() {
        return context.skipped(member, number, "no_id", "a designation without UniqueID");
    }
    let kind = record.text_at("IndividualEntityShip").to_lowercase();
    let schema = match kind.as_str() {
        "individual" => "Person",
        "entity" => "Organization",
        "ship" => "Vessel",
        _ => {
            let message = format!("unknown type of subject: {kind}");
            context.problem(member, Some(number), "unknown_type", message);
            "LegalEntity"
        }
    };
    let mut subject = Subject::new(context.entry(member, number, format!("uk-{id}"), schema));
    for name in record.all("Names/Name") {
        add_name(&mut subject, name);
    }
    for name in record.below("NonLatinName") {
        add_non_latin(&mut subject, name);
    }
    subject.entry.add("topics", "sanction");
    match schema {
        "Person" => add_person(&mut subject, record),
        "Vessel" => add_ship(&mut subject, record),
        _ => add_entity(&mut subject, record),
    }
    add_contacts(&mut subject, record);
    for remark in record.texts("OtherInformation") {
        subject.entry.add("notes", remark);
        if schema == "Person" {
            add_kin_of_text(&mut subject, remark);
        }
    }
    add_sanction(&mut subject, record);
    if !["name", "alias", "weakAlias"].iter().any(|prop| subject.entry.has_any(prop)) {
        context.problem(member, Some(number), "no_name", "a designation without a name");
    }
    subject.emit(context);
}

fn add_name(subject: &mut Subject, name: &Element) {
    let parts: Vec<&str> =
        (1..=6).flat_map(|number| name.texts(&format!("Name{number}"))).collect();
    let kind = name.text_at("NameType").to_lowercase();
    let strength = name.text_at("AliasStrength").to_lowercase();
    let prop = match kind.as_str() {
        _ if strength.contains("low") => "weakAlias",
        "primary name" => "name",
        _ if kind.contains("formerly") || kind.contains("f.k.a") => "previousName",
        _ => "alias",
    };
    let full = if parts.is_empty() { name.text_at("Name") } else { &parts.join(" ") };
    subject.entry.add(prop, full);
    let family = name.text_at("Name6");
    if prop == "name" && parts.len() > 1 && subject.entry.schema() == "Person" {
        subject.entry.add("firstName", name.text_at("Name1"));
        subject.entry.add("lastName", family);
    }
    for title in name.texts("Title") {
        subject.entry.add("title", title);
    }
}

/// A name in its own script; some hold several names, and some are Latin with accents.
fn add_non_latin(subject: &mut Subject, name: &Element) {
    let lang = iso_639_3(name.text_at("NonLatinScriptLanguage")).unwrap_or_default();
    let written = name.text_at("NameNonLatinScript");
    for part in written.split([';', '؛']) {
        let latin = part.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
        subject.entry.add_read(if latin { "alias" } else { "name" }, part, written).lang(lang);
    }
}

fn add_person(subject: &mut Subject, record: &Element) {
    for birth in record.below("DOB") {
        add_date(&mut subject.entry, "birthDate", birth.text());
    }
    let entry = &mut subject.entry;
    for (name, prop) in [("Title", "title"), ("Position", "position")] {
        for text in record.all("IndividualDetails").iter().flat_map(|part| part.texts_below(name)) {
            entry.add(prop, text);
        }
    }
    for nationality in record.texts_below("Nationality") {
        add_country(entry, "nationality", nationality);
    }
    for gender in record.texts_below("Gender") {
        add_gender(entry, gender);
    }
    for location in record.below("BirthDetails").iter().flat_map(|part| part.below("Location")) {
        let (town, country) = (location.text_at("TownOfBirth"), location.text_at("CountryOfBirth"));
        let place: Vec<&str> = [town, country].into_iter().filter(|p| !p.is_empty()).collect();
        entry.add("birthPlace", &place.join(", "));
        add_country(entry, "birthCountry", country);
    }
    for passport in record.below("Passport") {
        subject.passport(&Paper {
            kind: "Passport",
            number: passport.text_at("PassportNumber"),
            note: passport.text_at("PassportAdditionalInformation"),
            ..Paper::default()
        });
    }
    for identifier in record.below("NationalIdentifier") {
        subject.identification(
            "idNumber",
            &Paper {
                kind: "National Identifier",
                number: identifier.text_at("NationalIdentifierNumber"),
                note: identifier.text_at("NationalIdentifierAdditionalInformation"),
                ..Paper::default()
            },
        );
    }
}

fn add_entity(subject: &mut Subject, record: &Element) {
    for (name, prop) in
        [("TypeOfEntity", "legalForm"), ("BusinessRegistrationNumber", "registrationNumber")]
    {
        for text in record.texts_below(name) {
            subject.entry.add(prop, text);
        }
    }
    for (name, role) in [("ParentCompany", "parent company"), ("Subsidiary", "subsidiary")] {
        for text in record.texts_below(name) {
            subject.link(role, text, text);
        }
    }
}

fn add_ship(subject: &mut Subject, record: &Element) {
    for (name, prop) in [
        ("IMONumber", "imoNumber"),
        ("TypeOfShip", "type"),
        ("TonnageOfShip", "tonnage"),
        ("YearBuilt", "buildDate"),
    ] {
        for text in record.texts_below(name) {
            subject.entry.add(prop, text);
        }
    }
    for flag in record.texts_below("CurrentBelievedFlagOfShip") {
        add_country(&mut subject.entry, "flag", flag);
    }
    for flag in record.texts_below("PreviousFlag") {
        add_country(&mut subject.entry, "pastFlags", flag);
    }
    for owner in record.texts_below("CurrentOwnerOperator") {
        subject.link("owner or operator", owner, owner);
    }
}

fn add_contacts(subject: &mut Subject, record: &Element) {
    for phone in record.texts_below("PhoneNumber") {
        subject.entry.add("phone", phone);
    }
    for (name, prop) in [("EmailAddress", "email"), ("Website", "website")] {
        for texts in record.texts_below(name) {
            for text in texts.split([';', ' ', ',']) {
                subject.entry.add(prop, text);
            }
        }
    }
    for address in record.below("Address") {
        let lines: Vec<&str> =
            (1..=6).flat_map(|line| address.texts(&format!("AddressLine{line}"))).collect();
        let (zip, country) =
            (address.text_at("AddressPostalCode"), address.text_at("AddressCountry"));
        let full: Vec<&str> =
            lines.iter().copied().chain([zip, country]).filter(|p| !p.is_empty()).collect();
        let parts = [
            ("street", address.text_at("AddressLine1")),
            ("city", address.text_at("AddressLine6")),
            ("postalCode", zip),
        ];
        subject.address(&full.join(", "), &parts, country);
    }
}

fn add_sanction(subject: &mut Subject, record: &Element) {
    let sanction = subject.sanction();
    sanction.add("authority", "Foreign, Commonwealth & Development Office").add("country", "gb");
    sanction.add("authorityId", record.text_at("UniqueID"));
    sanction.add("recordId", record.text_at("OFSIGroupID"));
    for (name, prop) in [
        ("UNReferenceNumber", "unscId"),
        ("RegimeName", "program"),
        ("DesignationSource", "publisher"),
        ("UKStatementofReasons", "reason"),
    ] {
        for text in record.texts(name) {
            sanction.add(prop, text);
        }
    }
    for imposed in record.texts("SanctionsImposed") {
        for measure in imposed.split('|') {
            sanction.add("provisions", measure);
        }
    }
    add_date(sanction, "listingDate", record.text_at("DateDesignated"));
    add_date(sanction, "modifiedAt", record.text_at("LastUpdated"));
    // What is said of the person, death included, is looked for in the notes.
    for reasons in record.texts("UKStatementofReasons") {
        subject.entry.add("notes", reasons);
    }
}

/// A day as the list writes it (`31/01/2026`) in ISO 8601.
pub(super) fn iso_date(text: &str) -> Option<String> {
    parse_date(text, DateOrder::DayFirst)?.day.map(|day| day.to_string())
}
