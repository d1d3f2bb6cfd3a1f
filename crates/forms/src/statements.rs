//! From a filled form to statements: the person, the form, the people it mentions.
//!
//! Mentions get entities of their own and inherit nothing. The contact stands at its mention, never
//! at the person: it is often the family's.

use model::value::{Country, parse_gender, parse_phone};
use model::{Citation, DatasetName, DocumentId, EntityId, Statement};

use crate::form::{Answer, AnswerState, Other};
use crate::normalize::values;
use crate::vocabulary::{self, Section};
use crate::{FilledForm, Key, Matter};

/// Hexadecimal digits of the document's hash in an entity id: 64 bits, enough for 10^7 documents
/// at a chance of collision below 10^-5.
const ID_DIGITS: usize = 16;

/// Mentions a form makes: key, last part of the entity id, role of the link.
pub(crate) const MENTIONS: [(Key, &str, &str); 3] = [
    (Key::Recommender, "recommender", "recommended by"),
    (Key::Facilitator, "facilitator", "entered through"),
    (Key::Contact, "contact", "contact"),
];

impl FilledForm {
    /// The id of the person this form is about.
    pub fn person_id(&self, document: &DocumentId) -> EntityId {
        let digits: String = document.as_str().chars().take(ID_DIGITS).collect();
        EntityId::from(format!("{digits}-{}", self.row))
    }

    /// What the form claims: a `Person`, a `Form` with every stated field, and a `Mention` with
    /// its `UnknownLink` for each person named besides. Every statement is cited.
    pub fn to_statements(&self, document: &DocumentId, dataset: &DatasetName) -> Vec<Statement> {
        let person = self.person_id(document);
        let mut out = Out { dataset, origin: format!("forms/{}", self.template), list: Vec::new() };
        self.push_person(&person, &mut out);
        self.push_form(&person, &mut out);
        self.push_mentions(&person, &mut out);
        out.list
    }

    fn push_person(&self, person: &EntityId, out: &mut Out<'_>) {
        for (key, answer) in self.stated().filter(|(_, a)| !is_none(a)) {
            let best = || answer.normalized.clone().or_else(|| answer.written.clone());
            let normalized = || answer.normalized.clone();
            let Some(prop) = person_property_of(key) else { continue };
            let value = match key {
                Key::BirthDate | Key::DeathDate => normalized(),
                Key::Nationality => normalized().map(|code| code.to_lowercase()),
                _ => best(),
            };
            for value in value.iter().flat_map(|value| values(key, value)) {
                out.push(person, "Person", prop, value, Some(&Source::from(answer)));
            }
        }
        self.push_country(person, out);
        for other in &self.others {
            if let Some((prop, value)) = person_property(other) {
                out.push(person, "Person", prop, &value, Some(&Source::from(other)));
            }
        }
    }

    /// The country of residence, where the address names just one.
    fn push_country(&self, person: &EntityId, out: &mut Out<'_>) {
        let Some(answer) = self.fields.get(&Key::Residence) else { return };
        if let Some(country) = answer.detail.country.as_deref().and_then(Country::from_code) {
            out.push(person, "Person", "country", &country.to_ftm(), Some(&Source::from(answer)));
        }
    }

    fn push_form(&self, person: &EntityId, out: &mut Out<'_>) {
        let form = EntityId::from(format!("{person}.form"));
        let first = self.stated().map(|(_, a)| Source::from(a)).next();
        out.link(&form, "Form", "subject", person.as_str(), first.as_ref());
        out.link(&form, "Form", "template", &self.template, first.as_ref());
        // What is asked and not answered; what the form does not ask stands nowhere.
        for (key, answer) in &self.fields {
            let prop = match answer.state {
                AnswerState::NotStated => "not_stated",
                AnswerState::Unreadable => "unreadable",
                AnswerState::Stated | AnswerState::NotOnForm => continue,
            };
            out.link(&form, "Form", prop, key.as_str(), Some(&Source::from(answer)));
        }
        for (key, answer) in self.stated() {
            let Some(value) = answer.normalized.as_deref().or(answer.written.as_deref()) else {
                continue;
            };
            let source = Source::from(answer);
            for value in values(key, value) {
                out.push(&form, "Form", key.as_str(), value, Some(&source));
            }
            for (prop, value) in open_of(answer) {
                out.push(&form, "Form", prop, &format!("{key}: {value}"), Some(&source));
            }
            if let Some(read) = &answer.detail.mended {
                // It came before what stands as written, and does not follow from it.
                out.link(&form, "Form", "mended", &format!("{key}: {read}"), Some(&source));
            }
        }
        self.push_others(&form, out);
    }

    /// What stands on the form besides the keys.
    fn push_others(&self, form: &EntityId, out: &mut Out<'_>) {
        for other in &self.others {
            let matter = other.kind.as_deref().and_then(Matter::parse);
            let source = Source::from(other);
            if let Some(matter) = matter {
                let value = other.normalized.as_deref().unwrap_or(&other.written);
                out.push(form, "Form", matter.as_str(), value, Some(&source));
            } else {
                let value = format!("{}: {}", other.label, other.written);
                out.link(form, "Form", "other", &value, Some(&source));
            }
        }
    }

    fn push_mentions(&self, person: &EntityId, out: &mut Out<'_>) {
        let stated: Vec<(Key, &Answer)> = self.stated().filter(|(_, a)| !is_none(a)).collect();
        for (key, part, role) in MENTIONS {
            let Some((_, answer)) = stated.iter().find(|(k, _)| *k == key) else { continue };
            let Some(value) = answer.normalized.as_deref().or(answer.written.as_deref()) else {
                continue;
            };
            let prop = match key {
                Key::Contact if parse_phone(value, None).is_some() => "contextPhone",
                Key::Contact if value.contains('@') => "contextEmail",
                // An address is nobody; it stands at the form.
                Key::Contact => continue,
                _ => "name",
            };
            let source = Source::from(*answer);
            let mention = EntityId::from(format!("{person}.{part}"));
            let link = EntityId::from(format!("{mention}.link"));
            for value in values(key, value) {
                out.push(&mention, "Mention", prop, value, Some(&source));
            }
            for (prop, value) in
                [("subject", person.as_str()), ("object", mention.as_str()), ("role", role)]
            {
                out.link(&link, "UnknownLink", prop, value, Some(&source));
            }
        }
    }

    fn stated(&self) -> impl Iterator<Item = (Key, &Answer)> {
        self.fields.iter().map(|(k, a)| (*k, a)).filter(|(_, a)| a.state == AnswerState::Stated)
    }
}

/// The property of the person that an answer gives, if any.
pub(crate) fn person_property_of(key: Key) -> Option<&'static str> {
    Some(match key {
        Key::FullName => "name",
        Key::Kunya => "weakAlias",
        Key::MotherName => "motherName",
        Key::BirthDate => "birthDate",
        Key::Nationality => "nationality",
        Key::Residence => "address",
        Key::Education => "education",
        Key::Occupation => "profession",
        Key::DeathDate => "deathDate",
        Key::Notes => "notes",
        _ => return None,
    })
}

/// What the value of an answer leaves open, as properties of the form.
fn open_of(answer: &Answer) -> Vec<(&'static str, &str)> {
    let detail = &answer.detail;
    let mut out = Vec::new();
    out.extend(detail.interval.as_deref().map(|interval| ("interval", interval)));
    out.extend(detail.readings.iter().map(|reading| ("reading", reading.as_str())));
    out.extend(detail.assumed.as_deref().map(|country| ("assumed", country)));
    out.extend(detail.flaws.iter().map(|flaw| ("flaw", flaw.as_str())));
    out
}

/// The written word "none" is an answer of the form and no value of the person.
fn is_none(answer: &Answer) -> bool {
    let written = answer.written.as_deref().unwrap_or_default();
    vocabulary::exact(Section::None, written).is_some()
        || vocabulary::exact(Section::Unknown, written).is_some()
}

/// Properties of a person that other labels of a form may give.
fn person_property(other: &Other) -> Option<(&'static str, String)> {
    let text = other.written.split_whitespace().collect::<Vec<_>>().join(" ");
    match other.kind.as_deref()? {
        "father_name" => Some(("fatherName", text)),
        "place_of_birth" => Some(("birthPlace", text)),
        "gender" => Some(("gender", parse_gender(&text)?.as_ftm().to_owned())),
        "identity_document" => Some(("idNumber", text)),
        _ => None,
    }
}

/// What a claim rests on.
struct Source<'a> {
    written: Option<&'a str>,
    citation: Option<&'a Citation>,
}

impl<'a> From<&'a Answer> for Source<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self { written: answer.written.as_deref(), citation: answer.citation.as_ref() }
    }
}

impl<'a> From<&'a Other> for Source<'a> {
    fn from(other: &'a Other) -> Self {
        Self { written: Some(&other.written), citation: Some(&other.citation) }
    }
}

struct Out<'a> {
    dataset: &'a DatasetName,
    origin: String,
    list: Vec<Statement>,
}

impl Out<'_> {
    /// A claim whose value was written on the form.
    fn push(
        &mut self,
        entity: &EntityId,
        schema: &str,
        prop: &str,
        value: &str,
        source: Option<&Source<'_>>,
    ) {
        self.link(entity, schema, prop, value, source);
        let written = source.and_then(|s| s.written).filter(|w| *w != value);
        if let Some(statement) = self.list.last_mut() {
            statement.original_value = written.map(str::to_owned);
        }
    }

    /// A claim whose value is ours, an id or a word for a link, and follows from the source.
    fn link(
        &mut self,
        entity: &EntityId,
        schema: &str,
        prop: &str,
        value: &str,
        source: Option<&Source<'_>>,
    ) {
        let mut statement =
            Statement::new(entity.clone(), schema, prop, value, self.dataset.clone());
        statement.origin = Some(self.origin.clone());
        statement.citation = source.and_then(|s| s.citation.cloned());
        self.list.push(statement);
    }
}
