//! Parties, ties and listings of the Advanced XML to statements.
//!
//! The kind of a name part stands in the name part groups of the identity, not at the part.

use std::collections::BTreeMap;

use crate::ofac::{self, Parts};
use crate::subject::Subject;
use crate::values::{add_country, add_date};
use crate::xml::Element;
use crate::{Member, ReadContext};

use super::reference::{References, date_text, period_text};

/// The parties so far: entity ids by number of the profile.
#[derive(Debug, Default)]
pub(super) struct Parties {
    ids: BTreeMap<String, String>,
}

impl Parties {
    /// Emits a party.
    pub(super) fn map_party(
        &mut self,
        context: &mut ReadContext,
        member: &Member,
        number: u64,
        party: &Element,
        references: &References,
    ) {
        let profiles = party.all("Profile");
        let fixed = party.attr("FixedRef");
        let profile_id = profiles.first().map_or("", |profile| profile.attr("ID"));
        let reference = if fixed.is_empty() { profile_id } else { fixed };
        if reference.is_empty() {
            return context.skipped(member, number, "no_id", "a party without FixedRef or profile");
        }
        let id = format!("ofac-{reference}");
        let kind = profiles
            .first()
            .map_or("", |profile| references.party_type(profile.attr("PartySubTypeID")));
        let schema = ofac::schema_of(kind).unwrap_or_else(|| {
            let message = format!("unknown type of party: {kind}");
            context.problem(member, Some(number), "unknown_type", message);
            "LegalEntity"
        });
        let mut subject = Subject::new(context.entry(member, number, id.as_str(), schema));
        for profile in profiles {
            self.ids.insert(profile.attr("ID").to_owned(), id.clone());
            for identity in profile.all("Identity") {
                add_identity(&mut subject, identity, references);
            }
            for feature in profile.all("Feature") {
                add_feature(&mut subject, feature, references);
            }
        }
        subject.entry.add("topics", "sanction");
        for remarks in party.texts("Comment") {
            ofac::add_remarks(&mut subject, remarks);
        }
        if !subject.entry.has_any("name") {
            context.problem(member, Some(number), "no_name", "a party without a name");
        }
        subject.emit(context);
    }

    /// Emits a tie between two parties.
    pub(super) fn map_tie(
        &self,
        context: &mut ReadContext,
        member: &Member,
        number: u64,
        tie: &Element,
        references: &References,
    ) {
        let [from, to] = ["From-ProfileID", "To-ProfileID"].map(|end| self.ids.get(tie.attr(end)));
        let (Some(from), Some(to)) = (from, to) else {
            let message = "a tie to a party that is not there";
            return context.skipped(member, number, "loose_tie", message);
        };
        let id = format!("{from}/tie/{}", tie.attr("ID"));
        let mut link = context.entry(member, number, id, "UnknownLink");
        link.add("subject", from).add("object", to);
        link.add("role", references.text("RelationType", tie.attr("RelationTypeID")));
        link.add("summary", tie.text_at("Comment"));
        if tie.attr("Former") == "true" {
            link.add("status", "former");
        }
        context.emit(link);
    }

    /// Emits the sanction of a party.
    pub(super) fn map_listing(
        &self,
        context: &mut ReadContext,
        member: &Member,
        number: u64,
        listing: &Element,
        references: &References,
    ) {
        let profile = listing.attr("ProfileID");
        let Some(party) = self.ids.get(profile) else {
            let message = "a listing of a party that is not there";
            return context.skipped(member, number, "loose_listing", message);
        };
        let id = format!("{party}/sanction/{}", listing.attr("ID"));
        let mut sanction = context.entry(member, number, id, "Sanction");
        sanction.add("entity", party);
        sanction.add("authority", "Office of Foreign Assets Control");
        sanction.add("authorityId", profile).add("country", "us");
        sanction.add("summary", references.text("List", listing.attr("ListID")));
        for event in listing.all("EntryEvent") {
            if let Some(date) = event.all("Date").first().and_then(|date| date_text(date)) {
                add_date(&mut sanction, "listingDate", &date);
            }
            sanction.add("reason", references.text("LegalBasis", event.attr("LegalBasisID")));
            sanction.add("summary", event.text_at("Comment"));
        }
        for measure in listing.all("SanctionsMeasure") {
            let kind = references.text("SanctionsType", measure.attr("SanctionsTypeID"));
            let comment = measure.text_at("Comment");
            match kind {
                "Program" => _ = sanction.add("program", comment),
                kind => _ = sanction.add("provisions", kind).add("summary", comment),
            }
        }
        context.emit(sanction);
    }
}

fn add_identity(subject: &mut Subject, identity: &Element, references: &References) {
    let groups: BTreeMap<&str, &str> = identity
        .all("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        .into_iter()
        .map(|group| {
            (group.attr("ID"), references.text("NamePartType", group.attr("NamePartTypeID")))
        })
        .collect();
    for alias in identity.all("Alias") {
        let prop = ofac::name_prop(
            alias.attr("Primary") == "true",
            references.text("AliasType", alias.attr("AliasTypeID")),
            alias.attr("LowQuality") == "true",
        );
        for name in alias.all("DocumentedName") {
            let parts = Parts(
                name.all("DocumentedNamePart/NamePartValue")
                    .into_iter()
                    .map(|value| {
                        let group = groups.get(value.attr("NamePartGroupID"));
                        (group.copied().unwrap_or_default(), value.text())
                    })
                    .collect(),
            );
            ofac::add_name(subject, prop, &parts, &parts.written());
        }
    }
    for document in references.documents(identity.attr("ID")) {
        ofac::add_paper(subject, &document.paper());
    }
}

/// A feature has one version for each alternative.
fn add_feature(subject: &mut Subject, feature: &Element, references: &References) {
    let kind = references.text("FeatureType", feature.attr("FeatureTypeID"));
    for version in feature.all("FeatureVersion") {
        for location in version.all("VersionLocation") {
            add_place(subject, kind, location.attr("LocationID"), references);
        }
        for period in version.all("DatePeriod") {
            if let Some(text) = period_text(period) {
                ofac::add_feature(subject, kind, &text);
            }
        }
        for detail in version.all("VersionDetail") {
            let text = match detail.text() {
                "" => references.text("DetailReference", detail.attr("DetailReferenceID")),
                text => text,
            };
            ofac::add_feature(subject, kind, text);
        }
        for comment in version.texts("Comment") {
            subject.entry.add("notes", &format!("{kind}: {comment}"));
        }
    }
}

fn add_place(subject: &mut Subject, kind: &str, id: &str, references: &References) {
    let Some(place) = references.place(id) else { return };
    match kind {
        "Location" => ofac::add_address(subject, &place.pairs(), &place.country),
        "Place of Birth" => {
            subject.entry.add("birthPlace", &place.text());
            add_country(&mut subject.entry, "birthCountry", &place.country);
        }
        kind if place.country.is_empty() => ofac::add_feature(subject, kind, &place.text()),
        kind => ofac::add_feature(subject, kind, &place.country),
    }
}
