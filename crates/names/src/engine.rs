//! Owns the engine: the one entry to analysis, comparison and keys.
//! Holds no state of its callers. Invariant: immutable, the same answers on every machine.

use std::hash::Hasher as _;
use std::sync::OnceLock;

use rustc_hash::FxHasher;

use crate::compare::{self, Agreement, Comparison};
use crate::model::Model;
use crate::part::{Kind, Name};
use crate::rarity::Rarity;
use crate::{cells, keys, prepare, sketch};

/// The name engine. One for the whole process; shared freely between threads.
#[derive(Debug)]
pub struct Engine {
    model: Model,
}

impl Engine {
    /// The engine with the bundled model.
    pub fn bundled() -> &'static Engine {
        static BUNDLED: OnceLock<Engine> = OnceLock::new();
        BUNDLED.get_or_init(|| Engine { model: Model::bundled() })
    }

    /// Analyses a text as a name, ready for comparison. Any text will do.
    ///
    /// ```
    /// use names::{Engine, Kind, Tag};
    /// let name = Engine::bundled().prepare("Abu Hamid al-Zarqani", Kind::Person);
    /// assert_eq!(name.parts()[0].tag(), Tag::Kunya);
    /// assert_eq!(name.parts()[1].tag(), Tag::Nisba);
    /// ```
    pub fn prepare(&self, text: &str, kind: Kind) -> Name {
        prepare::prepare(text, kind)
    }

    /// Compares two names and says why.
    ///
    /// ```
    /// use names::{Engine, Kind, Rarity};
    /// let engine = Engine::bundled();
    /// let left = engine.prepare("Qandil, Samir", Kind::Person);
    /// let right = engine.prepare("سمير قنديل", Kind::Person);
    /// let comparison = engine.compare(&left, &right, Rarity::bundled());
    /// let sum: f32 = comparison.features.iter().map(|feature| feature.weight).sum();
    /// assert!((sum - comparison.log_odds).abs() < 1e-3);
    /// ```
    pub fn compare(&self, left: &Name, right: &Name, rarity: &Rarity) -> Comparison {
        compare::compare(&self.model, left, right, rarity)
    }

    /// The score of [`Engine::compare`] alone, without building the explanation.
    pub fn score(&self, left: &Name, right: &Name, rarity: &Rarity) -> f32 {
        compare::score(&self.model, left, right, rarity)
    }

    /// The figures of [`Engine::compare`] alone, without building the explanation.
    ///
    /// ```
    /// use names::{Engine, Kind, Rarity};
    /// let engine = Engine::bundled();
    /// let name = |text| engine.prepare(text, Kind::Person);
    /// let rarity = Rarity::bundled();
    /// let common = engine.agreement(&name("Ali Hasan"), &name("علي حسن"), rarity);
    /// let rare = engine.agreement(&name("Hadiya Zarquni"), &name("هادية زرقوني"), rarity);
    /// assert!(rare.surprise > common.surprise);
    /// ```
    pub fn agreement(&self, left: &Name, right: &Name, rarity: &Rarity) -> Agreement {
        compare::agreement(&self.model, left, right, rarity)
    }

    /// A number that changes with the tables of the engine: what was made with another is made anew.
    pub fn fingerprint(&self) -> u64 {
        static WORKED_OUT: OnceLock<u64> = OnceLock::new();
        *WORKED_OUT.get_or_init(|| {
            let tables = [Model::packed(), sketch::packed(), cells::packed(), Rarity::packed()];
            let mut hasher = FxHasher::default();
            for table in tables {
                hasher.write(table);
            }
            hasher.finish()
        })
    }

    pub(crate) fn model(&self) -> &Model {
        &self.model
    }

    /// Keys under which an index keeps the words of a name: cells of their sketches, skeletons of
    /// their consonants. Sorted, without doubles.
    pub fn keys(&self, name: &Name) -> Vec<u64> {
        keys::kept(&self.model, name)
    }

    /// Keys under which to look for a name in any script: those of [`Engine::keys`] and more cells
    /// around. Sorted, without doubles.
    ///
    /// ```
    /// use names::{Engine, Kind};
    /// let engine = Engine::bundled();
    /// let kept = engine.keys(&engine.prepare("Samir Qandil", Kind::Person));
    /// let asked = engine.keys_asked(&engine.prepare("سمير قنديل", Kind::Person));
    /// assert!(kept.iter().any(|key| asked.contains(key)));
    /// ```
    pub fn keys_asked(&self, name: &Name) -> Vec<u64> {
        keys::asked(&self.model, name)
    }
}
