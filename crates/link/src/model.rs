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
pub const MODEL_VERSION: u32 = 1;

/// Chances of each level by class of pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkModel {
    /// Version of the shape.
    pub version: u32,
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

impl LinkModel {
    /// The model of learnt chances.
    pub(crate) fn of(records: &Records, chances: &Chances) -> Self {
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
        Self { version: MODEL_VERSION, shares, fields }
    }
}
