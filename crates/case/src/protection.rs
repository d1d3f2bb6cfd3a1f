//! Protection of the people in a case: purpose, retention, categories, restriction, erasure.
//!
//! Marks are entries of the journal and can be undone; erasing cannot. What is restricted is hidden by
//! whoever shows the case, from all but the case lead.

use std::collections::{BTreeMap, BTreeSet};

use model::journal::{Mark, standing};
use model::{Act, By, DatasetKind, DocumentId, Entity, EntityId, Lead, Subject};
use store::{Erased, Erasure};

use crate::journal::now;
use crate::{Actor, Case, CaseError, Report};

/// What somebody can be to a case.
pub const CATEGORIES: [&str; 6] = ["suspect", "victim", "minor", "kin", "contact", "guarantor"];

/// Keys of the form that tell of religion and health, and properties that carry them: left out of
/// exports unless asked for.
const SENSITIVE: [&str; 7] =
    ["blood_type", "sharia_level", "prior_jihad", "obedience", "religion", "bloodType", "health"];

const RESTRICTED: &str = "restricted";
const CATEGORY: &str = "category";
const ERASED: &str = "erased";

/// Whether a field tells of religion or health.
pub fn is_sensitive(key: &str) -> bool {
    SENSITIVE.contains(&key)
}

impl Report {
    /// Takes out what tells of religion and health: for what leaves the case.
    pub fn leave_sensitive_out(&mut self) {
        for record in self.leads.iter_mut().flat_map(|view| &mut view.records) {
            record.values.retain(|value| {
                // What a value leaves open stands under its key: `blood_type: …`.
                let of = value.normalized.split(':').next().unwrap_or_default();
                !is_sensitive(&value.key) && !is_sensitive(of)
            });
        }
    }
}

/// Why the case is kept, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// What it is for.
    pub purpose: Option<String>,
    /// The law that allows it.
    pub legal_basis: Option<String>,
    /// The last day that it may be kept, ISO 8601.
    pub retain_until: Option<String>,
}

/// The protection of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// Why the case is kept.
    pub purpose: Purpose,
    /// Whether it is kept longer than it may be.
    pub is_past: bool,
    /// Categories by what they are of: a record, a lead, a document.
    pub categories: BTreeMap<Subject, BTreeSet<String>>,
    /// Records of people who may have been children, and nobody said what they are.
    pub minors: BTreeSet<EntityId>,
    /// What is restricted.
    pub restricted: BTreeSet<Subject>,
    /// Records that were erased, with the hash of what they said.
    pub erased: BTreeMap<EntityId, String>,
}

impl Protection {
    /// Whether a lead is restricted: itself, or a record of it.
    pub fn hides_lead(&self, lead: &Lead) -> bool {
        let hides = |id: &EntityId| self.restricted.contains(&Subject::Entity(id.clone()));
        self.restricted.contains(&Subject::Lead(lead.id.clone())) || lead.members.iter().any(hides)
    }

    /// Whether a document is restricted: itself, or a record that stands on it.
    pub fn hides_document(&self, document: &DocumentId, records: &[EntityId]) -> bool {
        self.restricted.contains(&Subject::Document(document.clone()))
            || records.iter().any(|id| self.restricted.contains(&Subject::Entity(id.clone())))
    }
}

impl Case {
    /// Purpose, categories, restrictions, tombstones, and who may have been a child, which takes a look
    /// at every form.
    ///
    /// # Errors
    /// Those of the store.
    pub fn protection(&self) -> Result<Protection, CaseError> {
        let mut out = self.restrictions()?;
        let minors = self.minors()?.into_iter();
        // Where somebody said what they are, nothing is proposed any more.
        out.minors = minors
            .filter(|id| !out.categories.contains_key(&Subject::Entity(id.clone())))
            .collect();
        Ok(out)
    }

    /// All of the protection but who may have been a child.
    ///
    /// # Errors
    /// Those of the store.
    pub fn restrictions(&self) -> Result<Protection, CaseError> {
        let journal = self.store.journal()?;
        let mut out = Protection { purpose: self.purpose()?, ..Protection::default() };
        let today = today();
        out.is_past = out.purpose.retain_until.as_ref().is_some_and(|until| *until < today);
        for entry in standing(&journal) {
            let Act::Mark(mark) = &entry.act else { continue };
            match (mark.kind.as_str(), mark.on) {
                (RESTRICTED, true) => {
                    out.restricted.insert(mark.subject.clone());
                }
                (RESTRICTED, false) => {
                    out.restricted.remove(&mark.subject);
                }
                (CATEGORY, is_on) => {
                    let all = out.categories.entry(mark.subject.clone()).or_default();
                    if is_on {
                        all.insert(mark.value.clone());
                    } else {
                        all.remove(&mark.value);
                    }
                }
                _ => {}
            }
        }
        for entry in &journal {
            // A tombstone stands, whatever was undone: nothing comes back.
            if let Act::Mark(Mark { subject: Subject::Entity(id), kind, value, .. }) = &entry.act
                && kind == ERASED
            {
                out.erased.insert(id.clone(), value.clone());
            }
        }
        Ok(out)
    }

    /// Why the case is kept.
    ///
    /// # Errors
    /// Those of the store.
    pub fn purpose(&self) -> Result<Purpose, CaseError> {
        Ok(Purpose {
            purpose: self.store.fact("purpose")?,
            legal_basis: self.store.fact("legal_basis")?,
            retain_until: self.store.fact("retain_until")?,
        })
    }

    /// Sets what is given of why the case is kept.
    ///
    /// # Errors
    /// [`CaseError::Protection`] if the day is none.
    pub fn set_purpose(&mut self, purpose: &Purpose) -> Result<(), CaseError> {
        if let Some(until) = &purpose.retain_until
            && until.parse::<jiff::civil::Date>().is_err()
        {
            let what = format!("{until} is no day; write it as 2027-12-31");
            return Err(CaseError::Protection { what });
        }
        self.store.unseal()?;
        for (key, value) in [
            ("purpose", &purpose.purpose),
            ("legal_basis", &purpose.legal_basis),
            ("retain_until", &purpose.retain_until),
        ] {
            if let Some(value) = value {
                self.store.set_fact(key, value)?;
            }
        }
        Ok(())
    }

    /// Hides something from all but the case lead, or shows it again.
    ///
    /// # Errors
    /// Those of the store.
    pub fn restrict(
        &mut self,
        subject: Subject,
        is_on: bool,
        actor: &Actor,
        reason: &str,
    ) -> Result<(), CaseError> {
        let kind = RESTRICTED.to_owned();
        let mark = Mark { subject, value: kind.clone(), kind, on: is_on };
        self.record(&[Act::Mark(mark)], actor, Some(reason), None)?;
        Ok(())
    }

    /// Says what somebody is to the case, or that they are not.
    ///
    /// # Errors
    /// [`CaseError::Protection`] if there is no such category.
    pub fn categorise(
        &mut self,
        subject: Subject,
        category: &str,
        is_on: bool,
        actor: &Actor,
        reason: Option<&str>,
    ) -> Result<(), CaseError> {
        if !CATEGORIES.contains(&category) {
            let what = format!("{category} is no category; there are {}", CATEGORIES.join(", "));
            return Err(CaseError::Protection { what });
        }
        let (kind, value) = (CATEGORY.to_owned(), category.to_owned());
        let mark = Mark { subject, kind, value, on: is_on };
        self.record(&[Act::Mark(mark)], actor, reason, None)?;
        Ok(())
    }

    /// Erases a record, or all of a lead or a document. What its document holds of it goes; the
    /// bytes of the document only if it was asked for and nobody else stands on it. The leads are brought
    /// up to date by the next run.
    ///
    /// # Errors
    /// [`CaseError::Protection`] if there is no such record, or the reason names whom it erases.
    pub fn erase(
        &mut self,
        subject: &Subject,
        with_document: bool,
        actor: &Actor,
        reason: &str,
    ) -> Result<Vec<Erased>, CaseError> {
        let records = self.records_named(subject)?;
        for record in &records {
            let statements = self.store.record_statements(record)?;
            let names = statements.iter().filter(|s| matches!(&*s.prop, "name" | "weakAlias"));
            if names.flat_map(|s| [s.value.as_str(), s.written()]).any(|n| reason.contains(n)) {
                let what = "the reason names whom it erases, and it stays".to_owned();
                return Err(CaseError::Protection { what });
            }
        }
        self.store.unseal()?;
        let mut all = Vec::new();
        for record in records {
            let by = By {
                user: actor.user.clone(),
                time: now(),
                reason: Some(reason.to_owned()),
                ..By::default()
            };
            all.extend(self.store.erase(&Erasure { record, by, with_document })?);
        }
        Ok(all)
    }

    /// The record, or those of the lead, that are to be erased.
    fn records_named(&self, subject: &Subject) -> Result<Vec<EntityId>, CaseError> {
        let named = match subject {
            Subject::Entity(id) => vec![id.clone()],
            Subject::Lead(id) => {
                let lead = self.store.leads()?.into_iter().find(|lead| lead.id == *id);
                lead.map(|lead| lead.members).unwrap_or_default()
            }
            Subject::Document(id) => self.store.records_of(id)?,
            Subject::Dataset(_) => Vec::new(),
        };
        let mut known = Vec::new();
        for record in named {
            // Its form and its mentions go with it, never without it.
            let is_record = !record.as_str().contains('.');
            if is_record && !self.store.record_statements(&record)?.is_empty() {
                known.push(record);
            }
        }
        if known.is_empty() {
            return Err(CaseError::Protection { what: "there is no such record".to_owned() });
        }
        Ok(known)
    }

    /// The records that were erased, whatever was undone.
    pub(crate) fn erased_records(&self) -> Result<BTreeSet<String>, CaseError> {
        let journal = self.store.journal()?.into_iter();
        Ok(journal
            .filter_map(|entry| match entry.act {
                Act::Mark(Mark { subject: Subject::Entity(id), kind, .. }) if kind == ERASED => {
                    Some(id.to_string())
                }
                _ => None,
            })
            .collect())
    }

    /// The records that stand on a document.
    ///
    /// # Errors
    /// Those of the store.
    pub fn records_of(&self, document: &DocumentId) -> Result<Vec<EntityId>, CaseError> {
        Ok(self.store.records_of(document)?)
    }

    /// Records of people who may have been under eighteen when they filled the form in, or are now if it
    /// has no date.
    fn minors(&self) -> Result<Vec<EntityId>, CaseError> {
        let today = today();
        let mut minors = Vec::new();
        for stored in self.store.datasets()? {
            if stored.dataset.kind != DatasetKind::Cache {
                continue;
            }
            let mut forms: BTreeMap<EntityId, Vec<model::Statement>> = BTreeMap::new();
            self.store.each_statement(&stored.dataset.name, |statement| {
                let is_date = matches!(&*statement.prop, "subject" | "birth_date" | "entry_date");
                if &*statement.schema == "Form" && is_date {
                    forms.entry(statement.entity_id.clone()).or_default().push(statement);
                }
            })?;
            for form in Entity::fold(forms.into_values().flatten()) {
                let on = form.first("entry_date").unwrap_or(&today).to_owned();
                let is_minor =
                    form.first("birth_date").is_some_and(|birth| triage::may_be_minor(birth, &on));
                if let Some(subject) = form.first("subject").filter(|_| is_minor) {
                    minors.push(EntityId::from(subject));
                }
            }
        }
        minors.sort();
        Ok(minors)
    }
}

/// The day of now, UTC.
fn today() -> String {
    now().chars().take("2026-01-01".len()).collect()
}
