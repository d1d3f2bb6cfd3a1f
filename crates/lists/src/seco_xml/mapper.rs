//! One target of the Swiss list to statements.

use crate::kin::add_kin_of_text;
use crate::languages::iso_639_3;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender};
use crate::xml::Element;
use crate::{Member, ReadContext};

use super::References;
use super::name::full_names;

/// When and that the target was taken off the list, if its latest change did so. Of changes on one day
/// the first counts: the list gives the latest first.
pub(super) fn delisted(target: &Element) -> Option<String> {
    let date = |change: &Element| {
        ["effective-date", "publication-date", "enactment-date"]
            .map(|name| change.attr(name).to_owned())
            .into_iter()
            .find(|date| !date.is_empty())
            .unwrap_or_default()
    };
    let changes = target.all("modification");
    let latest = changes.iter().rev().max_by_key(|change| date(change));
    let latest = latest.filter(|change| change.attr("modification-type") == "de-listed")?;
    Some(format!("de-listed {}", date(latest)).trim_end().to_owned())
}

/// Emits a target.
pub(super) fn map(
    context: &mut ReadContext,
    member: &Member,
    number: u64,
    target: &Element,
    references: &References,
) {
    let id = target.attr("ssid");
    if id.is_empty() {
        return context.skipped(member, number, "no_id", "a target without ssid");
    }
    let kinds = [("individual", "Person"), ("entity", "Organization"), ("object", "Vessel")];
    let found = kinds.iter().find_map(|(name, schema)| Some((*target.all(name).first()?, *schema)));
    let Some((body, mut schema)) = found else {
        let message = "neither individual nor entity nor object";
        return context.skipped(member, number, "unknown_type", message);
    };
    if schema == "Vessel" && body.attr("object-type") == "aircraft" {
        schema = "Airplane";
    }
    let mut subject = Subject::new(context.entry(member, number, format!("ch-{id}"), schema));
    let mut identities = body.all("identity");
    identities.sort_by_key(|identity| identity.attr("main") != "true");
    for identity in identities {
        add_identity(&mut subject, identity, references);
    }
    subject.entry.add("topics", "sanction");
    add_gender(&mut subject.entry, body.attr("sex"));
    for text in body.texts("justification").into_iter().chain(body.texts("other-information")) {
        add_remark(&mut subject, text);
    }
    for relation in body.all("relation") {
        let role = relation.attr("relation-type").replace('-', " ");
        subject.link_to(&role, &format!("ch-{}", relation.attr("target-id")), &role);
    }
    add_sanction(&mut subject, target, body, references);
    if !["name", "alias", "weakAlias"].iter().any(|prop| subject.entry.has_any(prop)) {
        context.problem(member, Some(number), "no_name", "a target without a name");
    }
    subject.emit(context);
}

fn add_identity(subject: &mut Subject, identity: &Element, references: &References) {
    let main = identity.attr("main") == "true";
    let person = subject.entry.schema() == "Person";
    for name in identity.all("name") {
        add_name(subject, name, main);
    }
    for date in identity.all("day-month-year") {
        let prop = if person { "birthDate" } else { "incorporationDate" };
        add_date(&mut subject.entry, prop, &date_text(date));
    }
    for country in identity.all("nationality/country") {
        let text = match country.attr("iso-code") {
            "" => country.text(),
            code => code,
        };
        add_country(&mut subject.entry, "nationality", text);
    }
    for birth in identity.all("place-of-birth") {
        let place = Place::of(birth, references);
        subject.entry.add("birthPlace", &place.text());
        add_country(&mut subject.entry, "birthCountry", place.country);
    }
    for address in identity.all("address") {
        let place = Place::of(address, references);
        let remarks = address.text_at("remarks");
        let parts = [
            ("street", place.street),
            ("city", place.location),
            ("region", place.area),
            ("postalCode", place.zip),
            ("postOfficeBox", place.po_box),
            ("remarks", remarks),
        ];
        subject.address(&place.text(), &parts, place.country);
    }
    for document in identity.all("identification-document") {
        add_document(subject, document);
    }
}

/// The primary name of the main identity is the name; those of other identities are aliases.
fn add_name(subject: &mut Subject, name: &Element, main: bool) {
    let prop = match (name.attr("quality"), name.attr("name-type")) {
        ("low", _) => "weakAlias",
        (_, "formerly-known-as") => "previousName",
        (_, "primary-name" | "") if main => "name",
        _ => "alias",
    };
    for full in full_names(name) {
        // Another spelling in Latin letters is an alias; the original script is the name itself.
        let respelt = !full.lang.is_empty() && ["", "LATN"].contains(&&*full.script.to_uppercase());
        let prop = if prop == "name" && respelt { "alias" } else { prop };
        let lang = iso_639_3(&full.lang).unwrap_or_default();
        subject.entry.add(prop, &full.text).lang(lang);
    }
    for part in name.all("name-part") {
        let target = match part.attr("name-part-type") {
            "title" => "title",
            "maiden-name" => "lastName",
            _ if prop != "name" || subject.entry.schema() != "Person" => continue,
            "given-name" => "firstName",
            "further-given-name" => "middleName",
            "father-name" | "grand-father-name" => "fatherName",
            "family-name" => "lastName",
            _ => continue,
        };
        for value in part.texts("value") {
            subject.entry.add(target, value);
        }
    }
}

/// A date in parts, with its calendar where that is not the Gregorian.
fn date_text(date: &Element) -> String {
    let parts: Vec<&str> = ["day", "month", "year"]
        .map(|part| date.attr(part))
        .into_iter()
        .filter(|part| !part.is_empty() && *part != "0")
        .collect();
    let calendar = date.attr("calendar").to_lowercase();
    let hijri = if ["islamic", "hijri"].contains(&&*calendar) { " (Hijri)" } else { "" };
    format!("{}{hijri}", parts.join("/"))
}

/// A place: what stands in the element itself goes before what its reference says.
struct Place<'a> {
    care_of: &'a str,
    street: &'a str,
    po_box: &'a str,
    zip: &'a str,
    location: &'a str,
    area: &'a str,
    country: &'a str,
}

impl<'a> Place<'a> {
    fn of(element: &'a Element, references: &'a References) -> Self {
        let known = references.places.get(element.attr("place-id"));
        let text = |name: &str| match element.text_at(name) {
            "" => known.map_or("", |place| place.text_at(name)),
            text => text,
        };
        Self {
            care_of: text("c-o"),
            street: text("address-details"),
            po_box: text("p-o-box"),
            zip: text("zip-code"),
            location: text("location"),
            area: text("area"),
            country: text("country"),
        }
    }

    fn text(&self) -> String {
        let parts = [
            self.care_of,
            self.street,
            self.po_box,
            self.zip,
            self.location,
            self.area,
            self.country,
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

fn add_document(subject: &mut Subject, document: &Element) {
    let date = |name: &str| match document.all(&format!("{name}/day-month-year")).first() {
        Some(date) => date_text(date),
        None => document.text_at(name).to_owned(),
    };
    let (issued, expires) = (date("date-of-issue"), date("expiry-date"));
    let issuers = document.all("issuer");
    let code = issuers.first().map_or("", |issuer| issuer.attr("code"));
    let kind = document.attr("document-type").replace('-', " ");
    let paper = Paper {
        kind: &kind,
        number: document.text_at("number"),
        country: if code.is_empty() { document.text_at("issuer") } else { code },
        issued: &issued,
        expires: &expires,
        note: document.text_at("remark"),
        written: "",
    };
    if kind.contains("passport") && subject.entry.schema() == "Person" {
        subject.passport(&paper);
    } else if subject.entry.schema() == "Person" {
        subject.identification("idNumber", &paper);
    } else {
        subject.identification("registrationNumber", &paper);
    }
}

/// Remarks hold contacts and numbers in a fixed wording; all else is a note.
fn add_remark(subject: &mut Subject, text: &str) {
    let person = subject.entry.schema() == "Person";
    if let Some((label, value)) = text.split_once(':') {
        let prop = match label.trim().to_lowercase().as_str() {
            "imo number" => "imoNumber",
            "website" => "website",
            "email" | "e-mail" | "email address" | "e-mail address" => "email",
            "tel." | "telephone" | "telephone number" | "phone" => "phone",
            "taxpayer identification number" | "tax registration number" => "taxNumber",
            "registration number" | "state registration number" => "registrationNumber",
            "type of entity" => "legalForm",
            _ => "",
        };
        if !prop.is_empty() {
            subject.entry.add(prop, value.trim().trim_end_matches('.'));
            return;
        }
    }
    subject.entry.add("notes", text);
    if person {
        add_kin_of_text(subject, text);
    }
}

fn add_sanction(subject: &mut Subject, target: &Element, body: &Element, references: &References) {
    let sanction = subject.sanction();
    sanction.add("authority", "State Secretariat for Economic Affairs").add("country", "ch");
    sanction.add("authorityId", target.attr("ssid"));
    for identifier in target.texts("foreign-identifier") {
        // Of the foreign lists only the UN's numbers have a letter and a full stop: `QDi.999`.
        let un = identifier.contains('.') && identifier.contains(char::is_alphabetic);
        sanction.add(if un { "unscId" } else { "recordId" }, identifier);
    }
    let set = target.attr("sanctions-set-id");
    for set in target.texts("sanctions-set-id").into_iter().chain((!set.is_empty()).then_some(set))
    {
        sanction.add("program", references.programs.get(set).map_or(set, String::as_str));
    }
    for text in body.texts("justification") {
        sanction.add("reason", text);
    }
    for change in target.all("modification").into_iter().chain(body.all("modification")) {
        if ["listed", "added"].contains(&change.attr("modification-type")) {
            add_date(sanction, "listingDate", change.attr("publication-date"));
            add_date(sanction, "startDate", change.attr("effective-date"));
        } else {
            add_date(sanction, "modifiedAt", change.attr("publication-date"));
        }
    }
}
