//! The name engine: text to parts, keys, features and a calibrated score, across scripts.
//!
//! Does not know entities, lists or forms, reads no files and depends on no other crate.
//! Invariants: any text is accepted; comparison is symmetric and deterministic; the features of a
//! comparison add up to its log odds; a high score says that two *names* are one, never that two
//! people are.
//!
//! ```
//! use names::{Engine, Kind, Rarity};
//! let engine = Engine::bundled();
//! let left = engine.prepare("Samir Abd al-Karim Qandil", Kind::Person);
//! let right = engine.prepare("سمير عبدالكريم قنديل", Kind::Person);
//! let stranger = engine.prepare("Ruslan Okunev", Kind::Person);
//! let rarity = Rarity::bundled();
//! assert!(engine.score(&left, &right, rarity) > 0.8);
//! assert!(engine.score(&left, &stranger, rarity) < 0.2);
//! ```

mod analyze;
pub mod blend;
pub mod cells;
mod compare;
mod compound;
mod engine;
mod fold;
mod han;
pub mod index;
mod keys;
mod lexicon;
mod likeness;
mod marks;
mod meet;
pub mod model;
mod part;
mod prepare;
pub mod rank;
mod rarity;
mod romanize;
mod scheme;
mod scholarly;
mod script;
pub mod sketch;
mod sounds;
mod spellings;
mod unit;
mod weigh;

pub use compare::{Agreement, Comparison, Feature, FeatureKind, Tags};
pub use engine::Engine;
pub use fold::{fold, spell};
pub use part::{Kind, Name, NamePart, Tag};
pub use rarity::Rarity;
pub use romanize::romanize;
pub use scheme::Scheme;
pub use scholarly::transliterate;
pub use script::Script;
pub use spellings::usual_spelling;
