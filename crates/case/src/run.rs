//! `run`: forms, people, screening, leads. Skips what is done; its results replace the last ones.

use model::DatasetKind;

use crate::workbench::Workbench;
use crate::{Case, CaseError, Progress};

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// Documents whose forms were read in this run.
    pub documents: u64,
    /// Records in the case.
    pub records: u64,
    /// People they were resolved to.
    pub people: u64,
    /// List entities screened against.
    pub listed: u64,
    /// False if nothing had changed since the last run.
    pub changed: bool,
    /// Layouts that several of the documents read in this run share and nothing tells.
    pub unknown: Vec<forms::UnknownLayout>,
}

impl Case {
    /// Brings the leads up to date. `again` reads every form again and screens everybody anew.
    pub fn run(&mut self, again: bool, progress: &dyn Progress) -> Result<RunSummary, CaseError> {
        self.unsealed(|case| case.run_steps(again, progress))
    }

    fn run_steps(&mut self, again: bool, progress: &dyn Progress) -> Result<RunSummary, CaseError> {
        if again {
            self.forget_forms()?;
        }
        let (documents, unknown) = self.read_forms(progress)?;
        let changed = again || self.is_outdated()?;
        if again {
            Workbench::rebuild(self, true, progress)?;
        } else if changed {
            Workbench::open(self, progress)?;
        }
        let (people, records) = self.store.count_leads()?;
        let datasets = self.store.datasets()?.into_iter().map(|stored| stored.dataset);
        let lists = datasets.filter(|dataset| dataset.kind == DatasetKind::List);
        let listed = lists.map(|list| list.entities).sum();
        Ok(RunSummary { documents, records, people, listed, changed, unknown })
    }

    /// Whether a run would find something to do, documents that are not read yet apart.
    pub(crate) fn is_outdated(&self) -> Result<bool, CaseError> {
        let (rules, _) = self.rules()?;
        Ok(self.parts(&rules)? != self.parts_done()?)
    }
}
