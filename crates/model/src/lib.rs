//! The nouns: what flows between the steps, and the value types that several steps share.
//!
//! No step lives here: a type may parse itself, print itself and fold with its like; it never
//! reads a file, compares two people or decides anything.
//!
//! One language of data: [`Statement`]s in the terms of FollowTheMoney (FtM). An [`Entity`] is a
//! view, the fold of the statements with one `entity_id`; it is never stored.

pub mod access;
pub mod citation;
pub mod claim;
pub mod cluster;
pub mod dataset;
pub mod decision;
pub mod document;
pub mod entity;
pub mod ftm;
pub mod id;
pub mod journal;
pub mod judgement;
pub mod label;
pub mod layout;
pub mod lead;
pub mod list_version;
pub mod pair;
pub mod problem;
pub mod schema;
pub mod standing;
pub mod statement;
pub mod value;

pub use access::{AuditAction, Role};
pub use citation::{Citation, Method, Place, Rect};
pub use claim::{Claim, Credibility, Grade, LifeStatus, Reliability};
pub use cluster::Cluster;
pub use dataset::{Dataset, DatasetKind};
pub use decision::Decision;
pub use document::{Accounting, Document, DocumentState};
pub use entity::Entity;
pub use id::{CanonicalId, DatasetName, DocumentId, EntityId, LeadId};
pub use journal::{Act, By, Entry, Subject, Undo};
pub use judgement::{Judgement, Verdict};
pub use layout::{Block, Cell, Layout, Line, Page, Span, Table};
pub use lead::{Lead, ListMatch, Status, Word};
pub use list_version::{
    ChangeCounts, ChangeKind, ChangeTally, ListChange, ListFile, ListVersion, PropertyChange,
};
pub use pair::{Explanation, Level, Part, ScoredPair};
pub use problem::{Problem, Stage};
pub use standing::{Decided, Standing, is_stale};
pub use statement::Statement;
