//! A case folder: runs the steps, batches, resumes, records. The API boundary for CLI and server.
//!
//! It may sequence, batch and record; it never computes: reading is `intake` and `forms`,
//! comparing is `resolve`, proposing is `triage`, keeping is `store`. Plain data in and out.
//!
//! A case is one folder: `case.sqlite`, `data/` (every file by SHA-256), `rules.toml` and
//! `templates/` (taught layouts), both editable, and the manifests that make it a bag.

mod acts;
mod add;
mod audit;
mod backup;
mod catalog;
mod clusters;
mod custody;
mod desk;
mod error;
mod evidence;
mod export;
mod folder;
mod forms_step;
mod index;
mod journal;
mod keep;
mod leads;
mod links;
mod list;
pub mod listed;
mod manifest;
mod not_done;
mod pages;
mod people;
pub mod progress;
mod protection;
pub mod query;
mod queue;
mod read;
mod repair;
mod room;
mod run;
mod search;
mod session;
mod source;
mod template;
mod versions;
mod view;
mod workbench;

pub use acts::{BULK_MAX, BulkAct, BulkPreview, Ground, TEXT_BYTES_MAX};
pub use add::{AddOptions, AddSummary};
pub use audit::{audit_note, parse_head, verify_audit};
pub use catalog::{Catalog, CatalogDataset, CatalogHit, CatalogRequest, ListSource};
pub use clusters::{ClusterView, Regrouping};
pub use custody::Acquisition;
pub use desk::{Desk, LINK_SECONDS, Secret, random, seconds_now, secret_hash};
pub use error::CaseError;
pub use evidence::{Evidence, Latin, Listed, NamePart, Sheet, name_parts};
pub use export::{ExportFormat, safe_cell};
pub use folder::Case;
pub use forms::{AnswerPlace, Detail, Key, LearnOptions, Mark, Other, Template, UnknownLayout};
pub use intake::Readers;
pub use journal::{Actor, PROGRAM};
pub use leads::{EvidenceValue, LeadView, RecordView, Report};
pub use list::{ListOptions, ListSummary, MapEntry};
pub use not_done::NotDone;
pub use progress::Progress;
pub use protection::{CATEGORIES, Protection, Purpose, is_sensitive};
pub use queue::{FACET_VALUES_MAX, FacetCounts, Found, LeadFilter, LeadOrder};
pub use read::{ReadRecord, ReadSummary, read_path};
pub use repair::RepairReport;
pub use resolve::{Bridge, Refusal as KeptApart, ScreenHit};
pub use room::{Acts, Change, Room};
pub use run::RunSummary;
pub use search::{Searcher, TextHit, name_query};
pub use session::{ScreenRequest, Session};
pub use store::{
    Account, AuditEntry, AuditError, AuditFault, AuditFinding, AuditHead, AuditLog, AuditNote,
    AuditVerification, BackupOptions, BackupReport, Erased, Fault, Finding, KeptSession, KeptToken,
    Saved, Scope, StoreError, StoredDataset, TableReport, Verification, hex,
};
pub use template::{learn_template, load_template};
pub use triage::{Network, Tie, TieKind, TieLink};
pub use triage::{Policy, ReviewState, Second, decided_status, review_state};
pub use versions::{DiffPage, ListDiff, ListDiffPage, WhichChanges};
pub use view::{
    Amended, BestMatch, CaseView, Facet, JournalView, LeadDecision, LeadRow, LeadState, Ledger,
    People, RecordFacts,
};
pub use workbench::{Changed, Preview, Workbench, merge, split};
