//! A listed subject with everything that hangs on it: documents, addresses, the sanction, links to
//! people who are merely named beside it.
//!
//! Shared by the mappers, so that a passport looks the same whatever list it comes from. People
//! named in a subject's remarks become mentions behind a link with a role; never names of the
//! subject, never subjects of their own.

use crate::values::{add_country, add_date};
use crate::{Entry, Member, ReadContext};

/// A subject under construction.
pub(crate) struct Subject {
    /// Its own statements.
    pub(crate) entry: Entry,
    adjuncts: Vec<Entry>,
    sanction: Option<Entry>,
    links: Vec<(String, String)>,
}

/// A document that names a number.
#[derive(Default)]
pub(crate) struct Paper<'a> {
    /// The kind in the list's words, for example `National ID No.`.
    pub(crate) kind: &'a str,
    /// The number.
    pub(crate) number: &'a str,
    /// The country, as the list has it.
    pub(crate) country: &'a str,
    /// Date of issue, as the list has it.
    pub(crate) issued: &'a str,
    /// Date of expiry, as the list has it.
    pub(crate) expires: &'a str,
    /// Whatever else is said of it.
    pub(crate) note: &'a str,
    /// The text it was read from; empty if that is the number alone.
    pub(crate) written: &'a str,
}

impl Subject {
    /// A subject that begins with this entry.
    pub(crate) fn new(entry: Entry) -> Self {
        Self { entry, adjuncts: Vec::new(), sanction: None, links: Vec::new() }
    }

    /// What is added from here on stands in this record of this file.
    pub(crate) fn cite(&mut self, member: &Member, number: u64) {
        self.entry.cite(member, number);
        if let Some(sanction) = &mut self.sanction {
            sanction.cite(member, number);
        }
    }

    /// A new entity below the subject, with an id of `{subject}/{kind}/{n}`, n from 1.
    pub(crate) fn adjunct(&mut self, schema: &str, kind: &str) -> &mut Entry {
        let stem = format!("{}/{kind}/", self.entry.id());
        let count = self.adjuncts.iter().filter(|a| a.id().as_str().starts_with(&stem)).count();
        self.adjuncts.push(self.entry.beside(format!("{stem}{}", count + 1), schema));
        self.adjuncts.last_mut().expect("one was pushed just now")
    }

    /// The sanction entity of the subject, made at the first call.
    pub(crate) fn sanction(&mut self) -> &mut Entry {
        let entry = &self.entry;
        self.sanction.get_or_insert_with(|| {
            let mut sanction = entry.beside(format!("{}/sanction", entry.id()), "Sanction");
            sanction.add("entity", entry.id().as_str());
            sanction
        })
    }

    /// A passport: an entity of its own, and `passportNumber` on the subject.
    pub(crate) fn passport(&mut self, paper: &Paper) {
        self.paper("Passport", "passport", "passportNumber", paper);
    }

    /// Any other document of a person or an organization: an entity of its own, and the number
    /// under `prop` on the subject (`idNumber`, `taxNumber`, `registrationNumber`).
    pub(crate) fn identification(&mut self, prop: &str, paper: &Paper) {
        self.paper("Identification", "identification", prop, paper);
    }

    fn paper(&mut self, schema: &str, kind: &str, prop: &str, paper: &Paper) {
        let number = paper.number.trim();
        if number.is_empty() {
            return;
        }
        let written = if paper.written.is_empty() { number } else { paper.written };
        let known = self.adjuncts.iter().any(|a| {
            a.schema() == schema && a.has("number", number) && a.has("type", paper.kind.trim())
        });
        self.entry.add_read(prop, number, written);
        if known {
            return;
        }
        let holder = self.entry.id().clone();
        let entry = self.adjunct(schema, kind);
        entry.add("holder", holder.as_str());
        entry.add_read("number", number, written);
        entry.add("type", paper.kind);
        add_country(entry, "country", paper.country);
        add_date(entry, "startDate", paper.issued);
        add_date(entry, "endDate", paper.expires);
        entry.add("summary", paper.note);
    }

    /// An address: an entity of its own for its parts, and its full text on the subject.
    /// `parts` are properties of an FtM Address; the country is recognised in the list's words.
    pub(crate) fn address(&mut self, full: &str, parts: &[(&str, &str)], country: &str) {
        let full = full.trim().trim_matches(',').trim();
        let known = !full.is_empty() && self.entry.has("address", full);
        if known || (full.is_empty() && country.trim().is_empty()) {
            return;
        }
        self.entry.add("address", full);
        if parts.iter().all(|(_, value)| value.trim().is_empty()) {
            return add_country(&mut self.entry, "country", country);
        }
        let entry = self.adjunct("Address", "address");
        entry.add("full", full);
        for (prop, value) in parts {
            entry.add(prop, value);
        }
        add_country(entry, "country", country);
        let id = entry.id().clone();
        self.entry.add("addressEntity", id.as_str());
        add_country(&mut self.entry, "country", country);
    }

    /// Somebody or something named beside the subject: a mention and a link with its role, in the
    /// words of the list.
    pub(crate) fn link(&mut self, role: &str, name: &str, written: &str) {
        let key = (role.to_owned(), name.trim().to_owned());
        if name.trim().is_empty() || self.links.contains(&key) {
            return;
        }
        self.links.push(key);
        let subject = self.entry.id().clone();
        let mention = self.adjunct("Mention", "mention");
        mention.add("name", name);
        let mention = mention.id().clone();
        let link = self.adjunct("UnknownLink", "link");
        link.add("subject", subject.as_str());
        link.add("object", mention.as_str());
        link.add_read("role", role, written);
    }

    /// When the list first and last had the subject (ISO 8601), on all its statements.
    pub(crate) fn seen(&mut self, first: &str, last: &str) {
        for entry in self.adjuncts.iter_mut().chain(&mut self.sanction).chain([&mut self.entry]) {
            entry.seen(first, last);
        }
    }

    /// Another entity of the list that stands in a relation to the subject.
    pub(crate) fn link_to(&mut self, role: &str, object: &str, written: &str) {
        let subject = self.entry.id().clone();
        let link = self.adjunct("UnknownLink", "link");
        link.add("subject", subject.as_str());
        link.add("object", object);
        link.add_read("role", role, written);
    }

    /// Hands on the subject, then what hangs on it.
    pub(crate) fn emit(self, context: &mut ReadContext) {
        context.emit(self.entry);
        for adjunct in self.adjuncts.into_iter().chain(self.sanction) {
            context.emit(adjunct);
        }
    }
}
