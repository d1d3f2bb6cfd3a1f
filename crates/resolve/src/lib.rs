//! Entities to scored pairs and clusters, with explanations.
//!
//! One function, [`compare`], makes every score: screening ([`Index::screen`]), duplicates
//! ([`dedupe`]), the API and every screen show the same number for the same pair. The parameters
//! stand in one JSON file, the [`MatchModel`]; `docs/design/resolve.md` explains the formulas.
//!
//! This crate does not propose a status (that is `triage`), does no I/O and cannot fail on bad
//! values: what cannot be parsed is missing.

mod birth;
mod block;
mod bridge;
mod cluster;
mod compare;
mod country;
mod curve;
mod dedupe;
mod document;
mod email;
mod facts;
mod finding;
mod frequency;
mod gazetteer;
mod handle;
mod index;
mod kunya;
pub mod measure;
mod model;
mod outcome;
mod place;
mod prepared;
mod prior;
mod segment;
mod spelling;

pub use block::BlockLoss;
pub use bridge::{Bridge, find_bridge};
pub use cluster::Refusal;
pub use compare::compare;
pub use dedupe::{Dedupe, DedupeOptions, dedupe};
pub use frequency::Frequencies;
pub use index::{Index, Scope, ScreenHit, ScreenOptions};
pub use model::{MatchModel, ModelError};
pub use prepared::Prepared;
pub use prior::Prior;
pub use segment::{Bytes, Segment, SegmentBuilder, SegmentError, segment_version};
