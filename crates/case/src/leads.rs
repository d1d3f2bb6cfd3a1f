//! Leads with their evidence, as CLI, page and server show them.

use std::collections::BTreeMap;

use model::{Accounting, Citation, Document, DocumentId, Entity, EntityId, Lead, Method, Standing};
use store::StoredDataset;
use triage::Statistics;

use crate::people::Records;
use crate::{Case, CaseError};

/// What the values of a form leave open, and what else stands on it, after its answers.
const OPEN: [&str; 6] = ["interval", "reading", "assumed", "flaw", "mended", "other"];

/// A lead with its records.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadView {
    /// The lead.
    pub lead: Lead,
    /// Its records, in order of path and row.
    pub records: Vec<RecordView>,
}

/// One form or register row of a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordView {
    /// The record's entity.
    pub entity_id: EntityId,
    /// Path of its document in the ledger.
    pub path: String,
    /// Its document.
    pub document: DocumentId,
    /// Which record of the document, from 0.
    pub row: u32,
    /// What the form says, in the order of the questions.
    pub values: Vec<EvidenceValue>,
}

/// A value with its source.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceValue {
    /// The key of the question.
    pub key: String,
    /// The text as written.
    pub written: String,
    /// The normalised value.
    pub normalized: String,
    /// Where it stands.
    pub citation: Option<Citation>,
    /// What was read there, where a person typed another text in its place.
    pub read: Option<String>,
}

/// All that a page over a case shows.
#[derive(Clone, Debug)]
pub struct Report {
    /// Name of the case: its folder's.
    pub case: String,
    /// Sticks and lists.
    pub datasets: Vec<StoredDataset>,
    /// The ledger in numbers.
    pub accounting: Accounting,
    /// Paths of documents that look like forms of a layout that nothing tells.
    pub unknown: Vec<String>,
    /// Leads by rank, with their records.
    pub leads: Vec<LeadView>,
    /// Counts over people.
    pub statistics: Statistics,
}

impl Case {
    /// All leads by rank, with their records and evidence.
    pub fn leads(&self) -> Result<Vec<LeadView>, CaseError> {
        let paths = self.paths()?;
        let standing = Standing::of(&self.store.journal()?);
        let mut forms = Records::load(&self.store, &standing)?.forms;
        let leads = self.store.leads()?;
        leads
            .into_iter()
            .map(|lead| {
                let mut records: Vec<RecordView> = lead
                    .members
                    .iter()
                    .flat_map(|member| forms.remove(member).unwrap_or_default())
                    .filter_map(|form| record_view(&form, |id| path_of(&paths, id)))
                    .map(|view| self.with_what_was_read(view, &standing))
                    .collect::<Result<_, CaseError>>()?;
                records.sort_by(|a, b| a.path.cmp(&b.path).then(a.row.cmp(&b.row)));
                Ok(LeadView { lead, records })
            })
            .collect()
    }

    /// Puts what was read beside what people typed in its place.
    pub(crate) fn with_what_was_read(
        &self,
        mut view: RecordView,
        standing: &Standing,
    ) -> Result<RecordView, CaseError> {
        if !standing.corrections.contains_key(&view.entity_id) {
            return Ok(view);
        }
        let stored = self.store.record_statements(&view.entity_id)?;
        for value in &mut view.values {
            if value.citation.as_ref().is_some_and(|c| c.method == Method::Typed) {
                let read = stored.iter().find(|s| &*s.schema == "Form" && *s.prop == *value.key);
                value.read = Some(read.map_or_else(String::new, |s| s.written().to_owned()));
            }
        }
        Ok(view)
    }

    /// All that a page over the case shows.
    pub fn report(&self) -> Result<Report, CaseError> {
        let leads = self.leads()?;
        let nationalities: BTreeMap<&str, Vec<String>> =
            leads.iter().map(|view| (view.lead.id.as_str(), stated_nationalities(view))).collect();
        let plain: Vec<Lead> = leads.iter().map(|view| view.lead.clone()).collect();
        let statistics = Statistics::count(&plain, |lead| {
            nationalities.get(lead.id.as_str()).cloned().unwrap_or_default()
        });
        let name = self.folder().file_name().unwrap_or(self.folder().as_os_str());
        Ok(Report {
            case: name.to_string_lossy().into_owned(),
            datasets: self.store.datasets()?,
            accounting: self.accounting()?.values().sum(),
            unknown: self.pages_unknown()?.into_iter().collect(),
            statistics,
            leads,
        })
    }

    /// The path each content was first found under.
    fn paths(&self) -> Result<BTreeMap<DocumentId, Document>, CaseError> {
        let documents = self.store.read_documents()?;
        Ok(documents.into_iter().map(|(_, d)| (d.id.clone(), d)).collect())
    }
}

fn path_of(paths: &BTreeMap<DocumentId, Document>, id: &DocumentId) -> String {
    paths.get(id).map_or_else(|| id.to_string(), |d| d.path.clone())
}

/// What a form says; `path` tells where its document was found.
pub(crate) fn record_view(
    form: &Entity,
    path: impl Fn(&DocumentId) -> String,
) -> Option<RecordView> {
    let subject = EntityId::from(form.first("subject")?);
    let document = form.all().find_map(|s| s.citation.as_ref())?.document.clone();
    let row = subject.as_str().rsplit_once('-')?.1.parse().ok()?;
    let keys = forms::Key::ALL.into_iter().map(forms::Key::as_str);
    let matters = forms::Matter::ALL.into_iter().map(forms::Matter::as_str);
    let values = keys
        .chain(matters)
        .chain(OPEN)
        .flat_map(|prop| form.statements(prop))
        .map(|s| EvidenceValue {
            key: s.prop.to_string(),
            written: s.written().to_owned(),
            normalized: s.value.clone(),
            citation: s.citation.clone(),
            read: None,
        })
        .collect();
    let path = path(&document);
    Some(RecordView { entity_id: subject, path, document, row, values })
}

fn stated_nationalities(view: &LeadView) -> Vec<String> {
    let values = view.records.iter().flat_map(|r| &r.values);
    values.filter(|v| v.key == "nationality").map(|v| v.normalized.to_uppercase()).collect()
}
