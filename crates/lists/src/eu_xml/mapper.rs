//! One entity of the EU list to statements.
//!
//! The list marks no primary name: the first name that is not weak is the name, all others are
//! aliases. The language is that of the regulation as often as that of the name.

use model::value::{DateOrder, DateValue, parse_country, parse_date};

use crate::kin::add_kin_of_text;
use crate::languages::iso_639_3;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender};
use crate::xml::Element;
use crate::{Member, ReadContext};

/// Enumerations inside a title or function.
const LETTERS: [&str; 8] = ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)"];

/// No listed person was born in or after this year. Chosen by hand.
const BIRTH_YEAR_END: i16 = 2015;

/// Emits an entity.
pub(super) fn map(context: &mut ReadContext, member: &Member, number: u64, entity: &Element) {
    let id = match (entity.attr("logicalId"), entity.attr("euReferenceNumber")) {
        ("", "") => return context.skipped(member, number, "no_id", "an entity without logicalId"),
        ("", reference) => format!("eu-{reference}"),
        (id, _) => format!("eu-{id}"),
    };
    let kinds = entity.all("subjectType");
    let kind = kinds.first().map_or("", |kind| kind.attr("code")).to_lowercase();
    let class = kinds.first().map_or("", |kind| kind.attr("classificationCode"));
    let schema = match (kind.as_str(), class) {
        ("person" | "p", _) | ("", "P") => "Person",
        ("enterprise" | "entity" | "e", _) | ("", "E") => "Organization",
        _ => {
            let message = format!("unknown type of subject: {kind}");
            context.problem(member, Some(number), "unknown_type", message);
            "LegalEntity"
        }
    };
    let mut subject = Subject::new(context.entry(member, number, id, schema));
    for alias in entity.all("nameAlias") {
        add_name(&mut subject, alias);
    }
    subject.entry.add("topics", "sanction");
    for birth in entity.all("birthdate") {
        add_birth(&mut subject, birth);
    }
    for citizenship in entity.all("citizenship") {
        add_country(&mut subject.entry, "citizenship", country_of(citizenship));
    }
    for identification in entity.all("identification") {
        add_identification(&mut subject, identification);
    }
    for address in entity.all("address") {
        add_address(&mut subject, address);
    }
    for remark in entity.texts("remark") {
        add_remark(&mut subject, remark);
    }
    add_sanction(&mut subject, entity);
    if !subject.entry.has_any("name") && !subject.entry.has_any("weakAlias") {
        context.problem(member, Some(number), "no_name", "an entity without a name");
    }
    subject.emit(context);
}

fn add_name(subject: &mut Subject, alias: &Element) {
    let person = subject.entry.schema() == "Person";
    let whole = alias.attr("wholeName");
    let parts = ["firstName", "middleName", "lastName"].map(|part| alias.attr(part));
    let joined = parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let full = if whole.is_empty() { &joined } else { whole };
    let mut weak = alias.attr("strong") == "false";
    for remark in alias.texts("remark") {
        let lower = remark.to_lowercase();
        // The word is misspelt in many ways: `Lo quality`, `ood quality`.
        weak |= lower.contains("lo quality") || lower.contains("low quality");
        if !lower.contains("quality") {
            add_remark(subject, remark);
        }
    }
    let entry = &mut subject.entry;
    let prop = match (weak, entry.has_any("name")) {
        (true, _) => "weakAlias",
        (false, true) => "alias",
        (false, false) => "name",
    };
    let lang = iso_639_3(alias.attr("nameLanguage")).unwrap_or_default();
    entry.add(prop, full).lang(lang);
    if prop == "name" && person && parts.iter().filter(|p| !p.is_empty()).count() > 1 {
        for (target, part) in ["firstName", "middleName", "lastName"].iter().zip(parts) {
            entry.add(target, part).lang(lang);
        }
    }
    for title in split_letters(alias.attr("title")) {
        entry.add(if person { "title" } else { "notes" }, title);
    }
    for function in split_letters(alias.attr("function")) {
        entry.add(if person { "position" } else { "notes" }, function);
    }
    if person {
        add_gender(entry, alias.attr("gender"));
    }
}

/// Cuts `(a) Mullah, (b) Maulavi` apart.
fn split_letters(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for letter in LETTERS {
        parts = parts.into_iter().flat_map(|part| part.split(letter)).collect();
    }
    parts
        .into_iter()
        .map(|part| part.trim_matches([',', ';', ' ']))
        .filter(|p| !p.is_empty())
        .collect()
}

/// A birth date in parts, as a whole, or as a range; in the Hijri calendar where the list says so.
fn add_birth(subject: &mut Subject, birth: &Element) {
    let [whole, year, month, day, from, to] =
        ["birthdate", "year", "monthOfYear", "dayOfMonth", "yearRangeFrom", "yearRangeTo"]
            .map(|part| birth.attr(part));
    let known = |part: &str| !part.is_empty() && part != "0";
    let date = if known(from) && known(to) && !known(year) {
        format!("{from} to {to}")
    } else if known(year) && known(month) && known(day) {
        format!("{day}/{month}/{year}")
    } else if known(year) && known(month) {
        format!("{month}/{year}")
    } else if known(year) {
        year.to_owned()
    } else {
        whole.to_owned()
    };
    let circa = if birth.attr("circa") == "true" { "circa " } else { "" };
    if birth.attr("calendarType").eq_ignore_ascii_case("ISLAMIC") {
        add_hijri(subject, &date, circa);
    } else if !date.is_empty() {
        add_date(&mut subject.entry, "birthDate", &format!("{circa}{date}"));
    }
    let country = country_of(birth);
    let place: Vec<&str> = ["place", "city", "zipCode", "region"]
        .map(|part| birth.attr(part))
        .into_iter()
        .chain((!country.is_empty()).then(|| birth.attr("countryDescription")))
        .filter(|part| !part.is_empty())
        .collect();
    subject.entry.add("birthPlace", &place.join(", "));
    add_country(&mut subject.entry, "birthCountry", country);
    for remark in birth.texts("remark") {
        add_remark(subject, remark);
    }
}

/// The list says `ISLAMIC` of lunar and of solar Hijri dates alike, so both readings stand, unless
/// the solar one lies in the future of all births.
fn add_hijri(subject: &mut Subject, date: &str, circa: &str) {
    let written = format!("{circa}{date} (Hijri)");
    let lunar = parse_date(&format!("{date} AH"), DateOrder::DayFirst);
    let solar = parse_date(&format!("{date} solar Hijri"), DateOrder::DayFirst)
        .filter(|solar| solar.years().1 < BIRTH_YEAR_END);
    if lunar.is_none() {
        return add_date(&mut subject.entry, "birthDate", date);
    }
    for value in lunar.iter().chain(&solar).flat_map(DateValue::to_ftm_values) {
        subject.entry.add_read("birthDate", &value, &written);
    }
}

/// The country of an element by its code, or by its name where the code stands for none today
/// (`CS`, Serbia and Montenegro); empty for `00`.
fn country_of(element: &Element) -> &str {
    let (code, name) = (element.attr("countryIso2Code"), element.attr("countryDescription"));
    if code == "00" || (code.is_empty() && name == "UNKNOWN") {
        ""
    } else if !name.is_empty() && (code == "CS" || parse_country(code).is_none()) {
        name
    } else {
        code
    }
}

fn add_identification(subject: &mut Subject, identification: &Element) {
    let (number, latin) = (identification.attr("number"), identification.attr("latinNumber"));
    let code = identification.attr("identificationTypeCode").to_lowercase();
    let description = identification.attr("identificationTypeDescription");
    let flags = [
        ("diplomatic", "diplomatic"),
        ("knownExpired", "known to be expired"),
        ("knownFalse", "known to be false"),
        ("reportedLost", "reported lost"),
        ("revokedByIssuer", "revoked"),
    ];
    let mut notes: Vec<&str> = flags
        .iter()
        .filter(|(flag, _)| identification.attr(flag) == "true")
        .map(|(_, words)| *words)
        .collect();
    notes.extend([identification.attr("issuedBy"), identification.attr("nameOnDocument")]);
    notes.extend(identification.texts("remark"));
    notes.retain(|note| !note.is_empty());
    let note = notes.join(", ");
    for number in [number, latin] {
        let paper = Paper {
            kind: if description.is_empty() { &code } else { description },
            number,
            country: country_of(identification),
            issued: identification.attr("issueDate"),
            expires: identification.attr("validTo"),
            note: &note,
            written: "",
        };
        let prop = match code.as_str() {
            "passport" | "traveldoc" | "traveldocument" if subject.entry.schema() == "Person" => {
                subject.passport(&paper);
                continue;
            }
            "fiscalcode" | "taxid" | "tax" => "taxNumber",
            "imo" => "imoNumber",
            "swiftbic" => "swiftBic",
            _ if subject.entry.schema() == "Person" => "idNumber",
            _ => "registrationNumber",
        };
        subject.identification(prop, &paper);
    }
}

fn add_address(subject: &mut Subject, address: &Element) {
    let [street, po_box, city, place, zip, region] =
        ["street", "poBox", "city", "place", "zipCode", "region"].map(|part| address.attr(part));
    let country = country_of(address);
    let name = if country.is_empty() { "" } else { address.attr("countryDescription") };
    let remarks = address.texts("remark").join(" ");
    let full: Vec<&str> = [street, po_box, place, zip, city, region, name]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if full.is_empty() && !remarks.is_empty() {
        subject.entry.add("notes", &format!("Address: {remarks}"));
    }
    let parts = [
        ("street", street),
        ("postOfficeBox", po_box),
        ("city", city),
        ("region", region),
        ("postalCode", zip),
        ("remarks", &remarks),
    ];
    subject.address(&full.join(", "), &parts, country);
    for contact in address.all("contactInfo") {
        let prop = match contact.attr("key").to_lowercase().as_str() {
            "email" => "email",
            "web" | "website" => "website",
            "phone" | "mobile" | "fax" => "phone",
            _ => "notes",
        };
        for value in contact.attr("value").split([';', ',']) {
            subject.entry.add(prop, value);
        }
    }
}

fn add_remark(subject: &mut Subject, remark: &str) {
    subject.entry.add("notes", remark);
    if subject.entry.schema() == "Person" {
        add_kin_of_text(subject, remark);
    }
}

fn add_sanction(subject: &mut Subject, entity: &Element) {
    let sanction = subject.sanction();
    sanction.add("authority", "European Union").add("country", "eu");
    sanction.add("authorityId", entity.attr("euReferenceNumber"));
    sanction.add("unscId", entity.attr("unitedNationId"));
    sanction.add("summary", entity.attr("designationDetails"));
    add_date(sanction, "startDate", entity.attr("designationDate"));
    for regulation in entity.all("regulation") {
        sanction.add("program", regulation.attr("programme"));
        sanction.add("reason", regulation.attr("numberTitle"));
        add_date(sanction, "startDate", regulation.attr("entryIntoForceDate"));
        add_date(sanction, "listingDate", regulation.attr("publicationDate"));
        sanction.add("sourceUrl", regulation.text_at("publicationUrl"));
    }
}
