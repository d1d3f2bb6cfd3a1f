//! The forms step of a run: layouts to statements, each document once a version.

use forms::FormsRead;
use model::{DatasetName, Document, DocumentId, Problem, Statement};
use rayon::prelude::*;

use crate::{Case, CaseError, Progress};

const STEP: &str = "forms";

/// Version of the step; a document read under another one is read again.
const FORMS_VERSION: &str = concat!("forms/", env!("CARGO_PKG_VERSION"));

/// Documents of one batch: one transaction. Chosen by hand.
const BATCH: usize = 256;

impl Case {
    /// Reads the forms of every document not read yet; tells how many documents were.
    pub(crate) fn read_forms(&mut self, progress: &dyn Progress) -> Result<u64, CaseError> {
        let mut todo = Vec::new();
        for (dataset, document) in self.store.read_documents()? {
            let done = self.store.step_key(STEP, document.id.as_str())?;
            if done.as_deref() != Some(FORMS_VERSION) {
                todo.push((dataset, document));
            }
        }
        progress.begin("reading forms", Some(todo.len() as u64));
        for batch in todo.chunks(BATCH) {
            self.read_batch(batch)?;
            progress.advance(batch.len() as u64);
        }
        progress.end();
        Ok(todo.len() as u64)
    }

    fn read_batch(&mut self, batch: &[(DatasetName, Document)]) -> Result<(), CaseError> {
        let mut layouts = Vec::new();
        for (dataset, document) in batch {
            if let Some((layout, _)) = self.store.reading(&document.id)? {
                layouts.push((dataset, document, layout));
            }
        }
        let read: Vec<FormsRead> = layouts
            .par_iter()
            .map(|(_, document, layout)| {
                forms::read(&document.path, &document.id, layout, &forms::Options::default())
            })
            .collect();
        let mut items: Vec<(DocumentId, Vec<Statement>)> = Vec::new();
        let mut problems: Vec<(DatasetName, Vec<Problem>)> = Vec::new();
        for ((dataset, document, _), read) in layouts.into_iter().zip(read) {
            let statements =
                read.records.iter().flat_map(|r| r.to_statements(&document.id, dataset));
            items.push((document.id.clone(), statements.collect()));
            if !read.problems.is_empty() {
                problems.push((dataset.clone(), read.problems));
            }
        }
        self.store.put_document_statements(STEP, FORMS_VERSION, &items)?;
        for (dataset, problems) in problems {
            self.store.add_problems(&dataset, &problems)?;
        }
        Ok(())
    }

    /// Lets the next run read every form again.
    pub(crate) fn forget_forms(&self) -> Result<(), CaseError> {
        Ok(self.store.forget_steps(STEP)?)
    }
}
