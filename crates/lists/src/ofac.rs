//! What OFAC's two XML formats share: the words of its reference values and where they go.

use crate::kin::add_kin_of_text;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender};

/// The schema of a party by OFAC's word for it.
pub(crate) fn schema_of(kind: &str) -> Option<&'static str> {
    match kind {
        "Individual" => Some("Person"),
        "Entity" => Some("Organization"),
        "Vessel" => Some("Vessel"),
        "Aircraft" => Some("Airplane"),
        _ => None,
    }
}

/// The property of a name by its kind and quality.
pub(crate) fn name_prop(primary: bool, kind: &str, low_quality: bool) -> &'static str {
    match kind {
        _ if low_quality => "weakAlias",
        _ if primary => "name",
        "Name" => "name",
        "F.K.A." => "previousName",
        _ => "alias",
    }
}

/// A name in parts, each with OFAC's word for its kind, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Parts<'a>(pub(crate) Vec<(&'a str, &'a str)>);

impl Parts<'_> {
    /// All parts of a kind.
    fn of(&self, kind: &str) -> String {
        let found: Vec<&str> =
            self.0.iter().filter(|(known, _)| *known == kind).map(|(_, value)| *value).collect();
        found.join(" ")
    }

    /// The parts in natural order. A nickname stands for itself only where there is nothing else.
    pub(crate) fn natural(&self) -> String {
        let order = ["First Name", "Middle Name", "Patronymic", "Last Name", "Matronymic"];
        let known: Vec<String> = order.iter().map(|kind| self.of(kind)).collect();
        let rest = self
            .0
            .iter()
            .filter(|(kind, _)| {
                !order.contains(kind) && !["Maiden Name", "Nickname"].contains(kind)
            })
            .map(|(_, value)| (*value).to_owned());
        let full: Vec<String> = known.into_iter().chain(rest).filter(|p| !p.is_empty()).collect();
        if full.is_empty() { self.of("Nickname") } else { full.join(" ") }
    }

    /// The parts as the file has them.
    pub(crate) fn written(&self) -> String {
        self.0.iter().map(|(_, value)| *value).collect::<Vec<_>>().join(" ")
    }
}

/// Adds a name; the primary name of a person gives its parts as well.
pub(crate) fn add_name(subject: &mut Subject, prop: &str, parts: &Parts, written: &str) {
    let entry = &mut subject.entry;
    let full = parts.natural();
    entry.add_read(prop, if full.is_empty() { written } else { &full }, written);
    if entry.schema() != "Person" {
        return;
    }
    for (kind, target) in [("Nickname", "weakAlias"), ("Maiden Name", "lastName")] {
        let value = parts.of(kind);
        if value != full {
            entry.add_read(target, &value, written);
        }
    }
    // A single part is a whole name, whatever it is called.
    if prop != "name" || parts.0.len() < 2 {
        return;
    }
    for (kind, target) in [
        ("First Name", "firstName"),
        ("Middle Name", "middleName"),
        ("Patronymic", "fatherName"),
        ("Last Name", "lastName"),
        ("Matronymic", "lastName"),
    ] {
        entry.add_read(target, &parts.of(kind), written);
    }
}

/// Adds remarks, and the relatives that they name.
pub(crate) fn add_remarks(subject: &mut Subject, remarks: &str) {
    subject.entry.add("notes", remarks);
    if subject.entry.schema() == "Person" {
        add_kin_of_text(subject, remarks);
    }
}

/// Adds a document; its kind decides under which property the number stands.
pub(crate) fn add_paper(subject: &mut Subject, paper: &Paper) {
    let words = paper.kind.to_lowercase();
    let has = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
    let prop = match subject.entry.schema() {
        _ if has(&["tax", "r.f.c", "rfc", "fiscal", "v.a.t", "c.u.i.t", "nit #"]) => "taxNumber",
        "Vessel" if has(&["mmsi"]) => "mmsi",
        "Vessel" if paper.number.to_lowercase().starts_with("imo") => "imoNumber",
        "Person" if has(&["passport", "travel document"]) => return subject.passport(paper),
        "Person" => "idNumber",
        _ => "registrationNumber",
    };
    if subject.entry.schema() == "Vessel" || subject.entry.schema() == "Airplane" {
        subject.entry.add_read(prop, paper.number, paper.number);
    } else {
        subject.identification(prop, paper);
    }
}

/// Adds a feature that is a text: a date, a country, a title, a remark about the sanction.
pub(crate) fn add_feature(subject: &mut Subject, kind: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    if let Some(currency) = kind.strip_prefix("Digital Currency Address - ") {
        let holder = subject.entry.id().clone();
        let wallet = subject.adjunct("CryptoWallet", "wallet");
        wallet.add("holder", holder.as_str());
        wallet.add("publicKey", value).add("currency", currency);
        return;
    }
    let person = subject.entry.schema() == "Person";
    let entry = &mut subject.entry;
    match kind.trim_end_matches([':', ' ']) {
        "Birthdate" => add_date(entry, "birthDate", value),
        "Place of Birth" => _ = entry.add("birthPlace", value),
        "Gender" => add_gender(entry, value),
        "Nationality Country" | "Nationality" => add_country(entry, "nationality", value),
        "Citizenship Country" | "Citizenship" => add_country(entry, "citizenship", value),
        "Nationality of Registration" => add_country(entry, "jurisdiction", value),
        "Organization Established Date" => add_date(entry, "incorporationDate", value),
        "Title" if person => _ = entry.add("position", value),
        "Email Address" => _ = entry.add("email", value),
        "Phone Number" => _ = entry.add("phone", value),
        "Website" => _ = entry.add("website", value),
        "SWIFT/BIC" => _ = entry.add("swiftBic", value),
        "Vessel Call Sign" | "Call Sign" => _ = entry.add("callSign", value),
        "Vessel Flag" | "Flag" => add_country(entry, "flag", value),
        "Vessel Type" => _ = entry.add("type", value),
        "Gross Registered Tonnage" => _ = entry.add("grossRegisteredTonnage", value),
        "Tonnage" | "Vessel Tonnage" => _ = entry.add("tonnage", value),
        "Vessel Owner" => subject.link("owner", value, value),
        "Aircraft Construction Number (also called L/N or S/N or F/N)" => {
            _ = entry.add("serialNumber", value);
        }
        "Aircraft Model" => _ = entry.add("model", value),
        "Aircraft Tail Number" => _ = entry.add("registrationNumber", value),
        "Aircraft Manufacture Date" => add_date(entry, "buildDate", value),
        kind if is_about_sanction(kind) => {
            let text = format!("{}: {value}", kind.trim_end_matches([' ', '-', ':']));
            subject.sanction().add("summary", &text);
        }
        kind => _ = entry.add("notes", &format!("{kind}: {value}")),
    }
}

/// Features that speak of the measure and not of the party.
fn is_about_sanction(kind: &str) -> bool {
    [
        "Additional Sanctions",
        "CAATSA",
        "Effective Date",
        "Executive Order",
        "IFCA",
        "Listing Date",
        "PEESA",
        "Purchase/Sales",
        "Secondary sanctions",
        "Transactions Prohibited",
    ]
    .iter()
    .any(|start| kind.starts_with(start))
}

/// Adds an address of parts under OFAC's words.
pub(crate) fn add_address(subject: &mut Subject, parts: &[(&str, &str)], country: &str) {
    let of =
        |kind: &str| parts.iter().find(|(known, _)| *known == kind).map_or("", |(_, value)| *value);
    let full = address_text(parts, country);
    let known = [
        ("street", of("ADDRESS1")),
        ("street2", of("ADDRESS2")),
        ("street3", of("ADDRESS3")),
        ("city", of("CITY")),
        ("state", of("STATE/PROVINCE")),
        ("region", of("REGION")),
        ("postalCode", of("POSTAL CODE")),
    ];
    subject.address(&full, &known, country);
}

/// The parts of an address as one text.
pub(crate) fn address_text(parts: &[(&str, &str)], country: &str) -> String {
    let order =
        ["ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE"];
    let mut texts: Vec<&str> = order
        .iter()
        .flat_map(|kind| parts.iter().filter(move |(known, _)| known == kind))
        .chain(parts.iter().filter(|(kind, _)| !order.contains(kind)))
        .map(|(_, value)| *value)
        .filter(|value| !value.is_empty())
        .collect();
    if !country.is_empty() && country != "undetermined" && !texts.contains(&country) {
        texts.push(country);
    }
    texts.join(", ")
}
