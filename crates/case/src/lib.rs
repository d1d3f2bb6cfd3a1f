//! A case folder: runs the steps, batches, resumes, records. The API boundary for CLI and server.
//!
//! It may sequence, batch and record; it never computes: reading is `intake` and `forms`,
//! comparing is `resolve`, proposing is `triage`, keeping is `store`. Plain data in and out.
//!
//! A case is one folder: `case.sqlite`, `data/` (every file by SHA-256), `rules.toml` and
//! `templates/` (taught layouts), both editable, and the manifests that make it a bag.

mod add;
mod catalog;
mod custody;
mod error;
mod folder;
mod forms_step;
mod index;
mod journal;
mod leads;
mod list;
pub mod listed;
mod manifest;
mod pages;
pub mod progress;
pub mod query;
mod read;
mod run;
mod session;
mod source;
mod template;

pub use add::{AddOptions, AddSummary};
pub use catalog::{Catalog, CatalogDataset, CatalogHit, CatalogRequest, ListSource};
pub use custody::Acquisition;
pub use error::CaseError;
pub use folder::Case;
pub use forms::{AnswerPlace, Detail, Key, LearnOptions, Mark, Other, Template, UnknownLayout};
pub use intake::Readers;
pub use journal::Actor;
pub use leads::{EvidenceValue, LeadView, RecordView, Report};
pub use list::{ListSummary, MapEntry};
pub use progress::Progress;
pub use read::{ReadRecord, ReadSummary, read_path};
pub use resolve::ScreenHit;
pub use run::RunSummary;
pub use session::{ScreenRequest, Session};
pub use store::{Fault, Finding, Verification};
pub use template::{learn_template, load_template};
