//! From a filled form to statements: the person, the form, the people it mentions.
//!
//! Mentions get entities of their own and inherit nothing. The contact stands at its mention, never
//! at the person.

use std::sync::Arc;

use model::{DatasetName, DocumentId, EntityId, Statement};

use crate::form::{Answer, AnswerState};
use crate::{FilledForm, Key};

/// Hexadecimal digits of the document's hash in an entity id: 64 bits, enough for 10^7 documents
/// at a chance of collision below 10^-5.
const ID_DIGITS: usize = 16;

/// Mentions a form makes: key, last part of the entity id, role of the link, property of the value.
const MENTIONS: [(Key, &str, &str, &str); 3] = [
    (Key::Recommender, "recommender", "recommended by", "name"),
    (Key::Facilitator, "facilitator", "entered through", "name"),
    (Key::Contact, "contact", "contact", "contactPhone"),
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
        for (key, answer) in self.stated() {
            let value = |text: Option<&str>| text.map(str::to_owned);
            let written = value(answer.written.as_deref());
            let normalized = value(answer.normalized.as_deref());
            let (prop, value) = match key {
                Key::FullName => ("name", normalized.or(written)),
                Key::Kunya => ("weakAlias", normalized.or(written)),
                Key::MotherName => ("motherName", normalized.or(written)),
                Key::BirthDate => ("birthDate", normalized),
                Key::Nationality => ("nationality", normalized.map(|c| c.to_lowercase())),
                Key::Residence => ("address", written),
                Key::Education => ("education", normalized.or(written)),
                Key::Occupation => ("profession", normalized.or(written)),
                Key::DeathDate => ("deathDate", normalized),
                Key::Notes => ("notes", written),
                _ => continue,
            };
            if let Some(value) = value {
                out.push(person, "Person", prop, &value, Some(answer));
            }
        }
    }

    fn push_form(&self, person: &EntityId, out: &mut Out<'_>) {
        let form = EntityId::from(format!("{person}/form"));
        let first = self.stated().map(|(_, a)| a).next();
        out.link(&form, "Form", "subject", person.as_str(), first);
        for (key, answer) in self.stated() {
            let Some(value) = answer.normalized.as_deref().or(answer.written.as_deref()) else {
                continue;
            };
            let several = key == Key::Travelled && answer.normalized.is_some();
            let values = if several { value.split("; ").collect() } else { vec![value] };
            for value in values {
                out.push(&form, "Form", key.as_str(), value, Some(answer));
            }
        }
    }

    fn push_mentions(&self, person: &EntityId, out: &mut Out<'_>) {
        for (key, part, role, prop) in MENTIONS {
            let Some(answer) = self.fields.get(&key).filter(|a| a.state == AnswerState::Stated)
            else {
                continue;
            };
            let Some(value) = answer.normalized.as_deref().or(answer.written.as_deref()) else {
                continue;
            };
            let mention = EntityId::from(format!("{person}/{part}"));
            let link = EntityId::from(format!("{mention}/link"));
            out.push(&mention, "Mention", prop, value, Some(answer));
            for (prop, value) in
                [("subject", person.as_str()), ("object", mention.as_str()), ("role", role)]
            {
                out.link(&link, "UnknownLink", prop, value, Some(answer));
            }
        }
    }

    fn stated(&self) -> impl Iterator<Item = (Key, &Answer)> {
        self.fields.iter().map(|(k, a)| (*k, a)).filter(|(_, a)| a.state == AnswerState::Stated)
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
        source: Option<&Answer>,
    ) {
        self.link(entity, schema, prop, value, source);
        let written = source.and_then(|a| a.written.as_deref()).filter(|w| *w != value);
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
        source: Option<&Answer>,
    ) {
        let mut statement = Statement::new(
            entity.clone(),
            Arc::from(schema),
            Arc::from(prop),
            value,
            self.dataset.clone(),
        );
        statement.origin = Some(self.origin.clone());
        statement.citation = source.and_then(|a| a.citation.clone());
        self.list.push(statement);
    }
}
