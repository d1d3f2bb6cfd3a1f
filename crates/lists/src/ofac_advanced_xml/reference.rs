//! What the parties of the Advanced XML refer to by number.

use std::collections::BTreeMap;

use crate::ofac;
use crate::subject::Paper;
use crate::xml::Element;

/// Values, places and documents by number.
#[derive(Debug, Default)]
pub(super) struct References {
    /// Texts by kind and number: `("AliasType", "1400")`.
    values: BTreeMap<(String, String), Value>,
    places: BTreeMap<String, Place>,
    /// Documents by the number of the identity they belong to.
    documents: BTreeMap<String, Vec<Document>>,
}

#[derive(Debug)]
struct Value {
    text: String,
    /// Of a subtype of parties the number of its type.
    above: String,
}

/// A place in parts.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// Parts under OFAC's words.
    pub(super) parts: Vec<(String, String)>,
    /// Name of the country; empty if unknown.
    pub(super) country: String,
}

impl Place {
    /// All parts as one text.
    pub(super) fn text(&self) -> String {
        ofac::address_text(&self.pairs(), &self.country)
    }

    /// The parts as borrowed pairs.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        self.parts.iter().map(|(kind, value)| (kind.as_str(), value.as_str())).collect()
    }
}

/// A document or registration.
#[derive(Debug)]
pub(super) struct Document {
    kind: String,
    number: String,
    country: String,
    note: String,
    issued: String,
    expires: String,
}

impl Document {
    /// The document as the subject takes it.
    pub(super) fn paper(&self) -> Paper<'_> {
        Paper {
            kind: &self.kind,
            number: &self.number,
            country: &self.country,
            issued: &self.issued,
            expires: &self.expires,
            note: &self.note,
            written: "",
        }
    }
}

impl References {
    /// Takes the reference values: `AliasTypeValues/AliasType@ID` and so on.
    pub(super) fn take_values(&mut self, sets: &Element) {
        for value in sets.children.iter().flat_map(|set| &set.children) {
            let text = match value.text() {
                // Areas have their name in an attribute and an abbreviation in the text.
                _ if !value.attr("Description").is_empty() => value.attr("Description"),
                "" => value.attr("ISO2"),
                text => text,
            };
            let above = value.attr("PartyTypeID");
            self.values.insert(
                (value.name.clone(), value.attr("ID").to_owned()),
                Value { text: text.trim().to_owned(), above: above.to_owned() },
            );
        }
    }

    /// The text of a reference value; empty if there is none.
    pub(super) fn text(&self, kind: &str, id: &str) -> &str {
        self.value(kind, id).map_or("", |value| &value.text)
    }

    fn value(&self, kind: &str, id: &str) -> Option<&Value> {
        self.values.get(&(kind.to_owned(), id.to_owned()))
    }

    /// OFAC's word for the type of a party.
    pub(super) fn party_type(&self, subtype: &str) -> &str {
        let Some(value) = self.value("PartySubType", subtype) else { return "" };
        match self.text("PartyType", &value.above) {
            "" => &value.text,
            _ if ofac::schema_of(&value.text).is_some() => &value.text,
            above => above,
        }
    }

    /// Takes a place.
    pub(super) fn take_place(&mut self, element: &Element) {
        let mut place = Place::default();
        for part in element.all("LocationPart") {
            let kind = self.text("LocPartType", part.attr("LocPartTypeID")).to_owned();
            for value in part.texts("LocationPartValue/Value") {
                place.parts.push((kind.clone(), value.to_owned()));
            }
        }
        let countries = element
            .all("LocationCountry")
            .into_iter()
            .map(|country| self.text("Country", country.attr("CountryID")));
        let areas = element
            .all("LocationAreaCode")
            .into_iter()
            .map(|area| self.text("AreaCode", area.attr("AreaCodeID")));
        let country = countries
            .chain(areas)
            .find(|name| !name.is_empty() && *name != "undetermined")
            .unwrap_or_default();
        country.clone_into(&mut place.country);
        self.places.insert(element.attr("ID").to_owned(), place);
    }

    /// A place by number.
    pub(super) fn place(&self, id: &str) -> Option<&Place> {
        self.places.get(id)
    }

    /// Takes a document.
    pub(super) fn take_document(&mut self, element: &Element) {
        let issuer = element.attr("IssuedBy-CountryID");
        let issuer = if issuer.is_empty() {
            element.all("IssuedBy").first().map_or("", |by| by.attr("CountryID"))
        } else {
            issuer
        };
        let place = self.place(element.attr("IssuedIn-LocationID"));
        let country = match self.text("Country", issuer) {
            "" => place.map_or(String::new(), |place| place.country.clone()),
            known => known.to_owned(),
        };
        let (mut issued, mut expires) = (String::new(), String::new());
        for date in element.all("DocumentDate") {
            let text = date.all("DatePeriod").first().and_then(|p| period_text(p));
            let kind = self.text("IDRegDocDateType", date.attr("IDRegDocDateTypeID"));
            match kind {
                "Issue Date" => issued = text.unwrap_or_default(),
                "Expiration Date" => expires = text.unwrap_or_default(),
                _ => {}
            }
        }
        let number = element.text_at("IDRegistrationNo");
        let remarks: Vec<&str> = [element.text_at("IssuingAuthority"), element.text_at("Comment")]
            .into_iter()
            .filter(|remark| !remark.is_empty() && *remark != number)
            .collect();
        let document = Document {
            kind: self.text("IDRegDocType", element.attr("IDRegDocTypeID")).to_owned(),
            number: number.to_owned(),
            country,
            note: remarks.join(", "),
            issued,
            expires,
        };
        let identity = element.attr("IdentityID").to_owned();
        self.documents.entry(identity).or_default().push(document);
    }

    /// The documents of an identity.
    pub(super) fn documents(&self, identity: &str) -> &[Document] {
        self.documents.get(identity).map_or(&[], Vec::as_slice)
    }
}

/// A date in parts as ISO 8601, as far as it goes.
pub(super) fn date_text(element: &Element) -> Option<String> {
    let [year, month, day] =
        ["Year", "Month", "Day"].map(|part| element.text_at(part).parse::<u32>().unwrap_or(0));
    match (year, month, day) {
        (0, ..) => None,
        (_, 0, _) => Some(format!("{year:04}")),
        (_, _, 0) => Some(format!("{year:04}-{month:02}")),
        _ => Some(format!("{year:04}-{month:02}-{day:02}")),
    }
}

/// A period as text. OFAC writes a year as its first and last day, and a month likewise.
pub(super) fn period_text(period: &Element) -> Option<String> {
    let edges = ["Start/From", "Start/To", "End/From", "End/To"];
    let dates: Vec<String> =
        edges.iter().flat_map(|path| period.all(path)).filter_map(date_text).collect();
    let (from, to) = (dates.iter().min()?, dates.iter().max()?);
    let circa = ["Start", "End"]
        .iter()
        .flat_map(|path| period.all(path))
        .any(|edge| edge.attr("Approximate") == "true");
    let span = if from == to {
        from.clone()
    } else if from.ends_with("-01-01") && to.ends_with("-12-31") {
        let (first, last) = (&from[..4], &to[..4]);
        if first == last { first.to_owned() } else { format!("{first} to {last}") }
    } else if from.len() == 10 && from[..8] == to[..to.len().min(8)] && from.ends_with("-01") {
        from[..7].to_owned()
    } else {
        format!("{from} to {to}")
    };
    Some(if circa { format!("circa {span}") } else { span })
}
