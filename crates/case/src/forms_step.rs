//! The forms step of a run: layouts to statements, each document once a version.

use forms::{FormsRead, UnknownLayout};
use model::{DatasetName, Document};
use rayon::prelude::*;
use store::DocumentStatements;

use crate::progress::go_on;
use crate::template::key_of;
use crate::{Case, CaseError, Progress};

const STEP: &str = "forms";

/// Version of the step; a document read under another one, or with other templates, is read again.
const FORMS_VERSION: &str = concat!("forms/", env!("CARGO_PKG_VERSION"), "/4");

/// Documents of one batch: one transaction. Chosen by hand.
const BATCH: usize = 256;

impl Case {
    /// Reads the forms of every document not read yet; tells how many documents were, and which
    /// layouts several of them share that nothing tells.
    pub(crate) fn read_forms(
        &mut self,
        progress: &dyn Progress,
    ) -> Result<(u64, Vec<UnknownLayout>), CaseError> {
        let options = self.form_options()?;
        let version = format!("{FORMS_VERSION}{}", key_of(&options));
        let mut todo = Vec::new();
        for (dataset, document) in self.store.read_documents()? {
            let done = self.store.step_key(STEP, document.id.as_str())?;
            if done.as_deref() != Some(version.as_str()) {
                todo.push((dataset, document));
            }
        }
        progress.begin("reading forms", Some(todo.len() as u64));
        let mut pages = Vec::new();
        for batch in todo.chunks(BATCH) {
            go_on(progress)?;
            pages.extend(self.read_batch(batch, &options, &version)?);
            progress.advance(batch.len() as u64);
        }
        progress.end();
        Ok((todo.len() as u64, forms::group_unknown(&pages)))
    }

    /// Reads a batch; gives the pages that may be forms of a layout nobody knows.
    fn read_batch(
        &mut self,
        batch: &[(DatasetName, Document)],
        options: &forms::Options,
        version: &str,
    ) -> Result<Vec<(String, Vec<String>)>, CaseError> {
        let mut layouts = Vec::new();
        for (dataset, document) in batch {
            if let Some((layout, _)) = self.store.reading(&document.id)? {
                layouts.push((dataset, document, layout));
            }
        }
        let read: Vec<FormsRead> = layouts
            .par_iter()
            .map(|(_, document, layout)| forms::read(&document.path, &document.id, layout, options))
            .collect();
        let mut items: Vec<DocumentStatements> = Vec::new();
        let mut pages = Vec::new();
        let erased = self.erased_records()?;
        for ((dataset, document, _), read) in layouts.into_iter().zip(read) {
            if !read.skeleton.is_empty() {
                pages.push((document.path.clone(), read.skeleton));
            }
            let statements = read.records.iter().filter(|r| {
                // What was erased is not read again, also where its document is kept.
                !erased.contains(r.person_id(&document.id).as_str())
            });
            let statements = statements.flat_map(|r| r.to_statements(&document.id, dataset));
            items.push(DocumentStatements {
                dataset: dataset.clone(),
                document: document.id.clone(),
                path: document.path.clone(),
                statements: statements.collect(),
                problems: read.problems,
            });
        }
        self.store.put_document_statements(STEP, version, &items)?;
        Ok(pages)
    }

    /// Lets the next run read every form again.
    pub(crate) fn forget_forms(&self) -> Result<(), CaseError> {
        Ok(self.store.forget_steps(STEP)?)
    }
}
