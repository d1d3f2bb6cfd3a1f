//! One entity of the Enhanced XML to statements.

use crate::ofac::{self, Parts};
use crate::subject::{Paper, Subject};
use crate::values::add_date;
use crate::xml::Element;
use crate::{Member, ReadContext};

/// Emits an entity.
pub(super) fn map(context: &mut ReadContext, member: &Member, number: u64, entity: &Element) {
    let id = entity.attr("id");
    if id.is_empty() {
        return context.skipped(member, number, "no_id", "an entity without id");
    }
    let kind = entity.text_at("generalInfo/entityType");
    let schema = ofac::schema_of(kind).unwrap_or_else(|| {
        let message = format!("unknown type of entity: {kind}");
        context.problem(member, Some(number), "unknown_type", message);
        "LegalEntity"
    });
    let mut subject = Subject::new(context.entry(member, number, format!("ofac-{id}"), schema));
    add_names(&mut subject, entity);
    subject.entry.add("topics", "sanction");
    for title in entity.texts("generalInfo/title") {
        ofac::add_feature(&mut subject, "Title", title);
    }
    for feature in entity.all("features/feature") {
        add_feature(&mut subject, feature);
    }
    for document in entity.all("identityDocuments/identityDocument") {
        add_document(&mut subject, document);
    }
    for address in entity.all("addresses/address") {
        add_address(&mut subject, address);
    }
    for remarks in entity.texts("generalInfo/remarks") {
        ofac::add_remarks(&mut subject, remarks);
    }
    for relationship in entity.all("relationships/relationship") {
        add_relationship(&mut subject, relationship);
    }
    add_sanction(&mut subject, entity, id);
    if !subject.entry.has_any("name") {
        context.problem(member, Some(number), "no_name", "an entity without a name");
    }
    subject.emit(context);
}

/// A name stands in as many translations as there are scripts.
fn add_names(subject: &mut Subject, entity: &Element) {
    for name in entity.all("names/name") {
        let prop = ofac::name_prop(
            name.text_at("isPrimary") == "true",
            name.text_at("aliasType"),
            name.text_at("isLowQuality") == "true",
        );
        for translation in name.all("translations/translation") {
            let parts = Parts(
                translation
                    .all("nameParts/namePart")
                    .into_iter()
                    .map(|part| (part.text_at("type"), part.text_at("value")))
                    .collect(),
            );
            let formatted = translation.text_at("formattedFullName");
            let written = if formatted.is_empty() { parts.written() } else { formatted.to_owned() };
            ofac::add_name(subject, prop, &parts, &written);
        }
    }
}

fn add_feature(subject: &mut Subject, feature: &Element) {
    let kind = feature.text_at("type");
    let value = feature.text_at("value");
    if value.is_empty() {
        let [from, to] =
            ["fromDateBegin", "toDateEnd"].map(|end| feature.text_at(&format!("valueDate/{end}")));
        let span = if from == to { from.to_owned() } else { format!("{from} to {to}") };
        ofac::add_feature(subject, kind, &span);
    } else {
        ofac::add_feature(subject, kind, value);
    }
    for comment in feature.texts("comments") {
        subject.entry.add("notes", &format!("{kind} {value}: {comment}"));
    }
}

fn add_document(subject: &mut Subject, document: &Element) {
    let date = |name: &str| {
        let plain = document.text_at(name);
        if plain.is_empty() { document.text_at(&format!("{name}/fromDateBegin")) } else { plain }
    };
    let mut remarks = [document.text_at("issuingAuthority"), document.text_at("comments")].to_vec();
    if document.text_at("isValid") == "false" {
        remarks.push("not valid");
    }
    remarks.retain(|remark| !remark.is_empty());
    let country = document.text_at("issuingCountry");
    ofac::add_paper(
        subject,
        &Paper {
            kind: document.text_at("type"),
            number: document.text_at("documentNumber"),
            country: if country.is_empty() { document.text_at("issuingLocation") } else { country },
            issued: date("issueDate"),
            expires: date("expirationDate"),
            note: &remarks.join(", "),
            written: "",
        },
    );
}

/// The primary translation is the address; others are the same in other scripts.
fn add_address(subject: &mut Subject, address: &Element) {
    let country = address.text_at("country");
    for translation in address.all("translations/translation") {
        let parts: Vec<(&str, &str)> = translation
            .all("addressParts/addressPart")
            .into_iter()
            .map(|part| (part.text_at("type"), part.text_at("value")))
            .collect();
        if translation.text_at("isPrimary") == "false" {
            subject.entry.add("address", &ofac::address_text(&parts, ""));
        } else {
            ofac::add_address(subject, &parts, country);
        }
    }
}

fn add_relationship(subject: &mut Subject, relationship: &Element) {
    let role = relationship.text_at("type");
    for related in relationship.all("relatedEntity") {
        let id = related.attr("entityId");
        if id.is_empty() {
            subject.link(role, related.text(), role);
        } else {
            subject.link_to(role, &format!("ofac-{id}"), role);
        }
    }
}

fn add_sanction(subject: &mut Subject, entity: &Element, id: &str) {
    let sanction = subject.sanction();
    sanction.add("authority", "Office of Foreign Assets Control");
    sanction.add("authorityId", id).add("country", "us");
    for (path, prop) in [
        ("sanctionsPrograms/sanctionsProgram", "program"),
        ("sanctionsTypes/sanctionsType", "provisions"),
        ("legalAuthorities/legalAuthority", "reason"),
        ("sanctionsLists/sanctionsList", "summary"),
    ] {
        for text in entity.texts(path) {
            sanction.add(prop, text);
        }
    }
    for list in entity.all("sanctionsLists/sanctionsList") {
        add_date(sanction, "listingDate", list.attr("datePublished"));
    }
}
