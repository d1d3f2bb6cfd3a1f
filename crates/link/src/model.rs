//! Owns the model as it is written down: what was learnt, in words and numbers.
//!
//! It is a report, and the input of a later run on like records. Invariant: what is written can be
//! read back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::learn::{CHANCE, Chances, KIN, NAMESAKES, NEIGHBORS, SAME, STEPS, TWINS};
use crate::level;
use crate::records::Records;

/// Version of the shape of the file.
pub const MODEL_VERSION: u32 = 2;

/// Chances of each level by class of pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkModel {
    /// Version of the shape.
    pub version: u32,
    /// The program that learnt it.
    pub program: String,
    /// Records it was learnt on.
    pub records: usize,
    /// Judgements that were learnt from.
    pub judgements: usize,
    /// Share of each class among all pairs.
    pub shares: BTreeMap<String, f64>,
    /// The fields in order.
    pub fields: Vec<FieldModel>,
}

/// Chances of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldModel {
    /// The property.
    pub property: String,
    /// By level, by class.
    pub levels: BTreeMap<String, BTreeMap<String, f64>>,
}

/// The classes by their names in model files.
pub(crate) const CLASS_NAMES: [(usize, &str); 6] = [
    (CHANCE, "chance"),
    (SAME, "same"),
    (KIN, "kin"),
    (NEIGHBORS, "neighbors"),
    (NAMESAKES, "namesakes"),
    (TWINS, "twins"),
];

/// A model that does not fit the records.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelMismatch {
    /// Another shape.
    #[error("the model has version {found}, this program reads version {MODEL_VERSION}")]
    Version {
        /// Its version.
        found: u32,
    },
    /// A property that it knows nothing of.
    #[error("the model knows nothing of {property}")]
    Property {
        /// Its name.
        property: String,
    },
    /// A number that is no chance.
    #[error("the model has {value} for {what}, which is no chance")]
    Value {
        /// What it is said of.
        what: String,
        /// The number.
        value: String,
    },
}

impl LinkModel {
    /// Sets chances to those of the model; frequencies of values stay those of the records.
    pub(crate) fn set(
        &self,
        records: &Records,
        chances: &mut Chances,
    ) -> Result<(), ModelMismatch> {
        if self.version != MODEL_VERSION {
            return Err(ModelMismatch::Version { found: self.version });
        }
        for (class, name) in CLASS_NAMES {
            chances.share[class] = chance(self.shares.get(name), name)?;
        }
        let mut left: Vec<&FieldModel> = self.fields.iter().collect();
        for (field, chances) in records.fields.iter().zip(&mut chances.fields) {
            let property = field.property.name();
            let Some(at) = left.iter().position(|f| f.property == property) else {
                return Err(ModelMismatch::Property { property: property.to_owned() });
            };
            let of = left.remove(at);
            for step in 1..STEPS {
                let level = level::name(u8::try_from(step).unwrap_or(0));
                for (class, name) in CLASS_NAMES {
                    let value = of.levels.get(level).and_then(|by_class| by_class.get(name));
                    chances.of[class][step] =
                        chance(value, &format!("{property}, {level}, {name}"))?;
                }
            }
        }
        Ok(())
    }

    /// The model of learnt chances.
    pub(crate) fn of(records: &Records, chances: &Chances, judgements: usize) -> Self {
        let shares =
            CLASS_NAMES.iter().map(|(c, name)| ((*name).to_owned(), chances.share[*c])).collect();
        let fields = records
            .fields
            .iter()
            .zip(&chances.fields)
            .map(|(field, learnt)| FieldModel {
                property: field.property.name().to_owned(),
                levels: (1..STEPS)
                    .map(|step| {
                        let by_class = CLASS_NAMES
                            .iter()
                            .map(|(c, name)| ((*name).to_owned(), learnt.of[*c][step]))
                            .collect();
                        let level = u8::try_from(step).unwrap_or(0);
                        (level::name(level).to_owned(), by_class)
                    })
                    .collect(),
            })
            .collect();
        let program = concat!("crossroll ", env!("CARGO_PKG_VERSION")).to_owned();
        let version = MODEL_VERSION;
        Self { version, program, records: records.len(), judgements, shares, fields }
    }
}

fn chance(value: Option<&f64>, what: &str) -> Result<f64, ModelMismatch> {
    match value {
        Some(value) if (0.0..=1.0).contains(value) => Ok(*value),
        other => Err(ModelMismatch::Value {
            what: what.to_owned(),
            value: other.map_or_else(|| "nothing".to_owned(), f64::to_string),
        }),
    }
}
