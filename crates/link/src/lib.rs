//! Tables of records to scored pairs and clusters, without labels.
//!
//! Records come as columns ([`ColumnBuilder`]), are prepared once ([`Records`]) and linked
//! ([`link`]): rules are chosen from the data, chances are learnt from it, every candidate pair is
//! weighed, and records are clustered. `docs/design/link.md` has the formulas.
//!
//! This crate reads and writes no files and cannot fail on bad values: what cannot be parsed is
//! missing. It knows tables; entities with statements are `resolve`'s.

mod agree;
mod candidates;
mod choose;
mod cluster;
mod column;
mod component;
mod date;
mod explain;
mod fold;
mod key;
mod known;
mod learn;
mod level;
mod lexicon;
mod linkage;
mod model;
mod property;
mod records;
mod refusal;
mod rule;
mod sample;
mod score;
mod spelling;
#[cfg(test)]
mod tests;
mod whole_name;

pub use column::{Column, ColumnBuilder};
pub use explain::{Explainer, FieldPart, LevelCount, LevelCounts, PairParts, levels};
pub use known::{Contradiction, Known, NEW};
pub use linkage::{LinkOptions, Linked, RuleReport, link};
pub use model::{FieldModel, LinkModel, MODEL_VERSION, ModelMismatch};
pub use property::{Kind, Property};
pub use records::Records;
pub use refusal::{Reason, Refusal};
pub use score::{ScoredPair, probability, weight};
