//! The match model: every parameter of the comparison, from one JSON file.
//!
//! Invariant: every [`Outcome`] has a weight; a file that lacks one is refused.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::curve::Curve;
use crate::outcome::Outcome;

/// The parameters: comparisons, their levels with m and u, priors, caps; with origin and date.
#[derive(Clone, Debug)]
pub struct MatchModel {
    /// Version of the parameters, shown beside every figure made with them.
    pub version: String,
    /// Day the parameters were set.
    pub date: String,
    /// Where they come from.
    pub origin: String,
    /// Share of listed people that screening finds, at which score, measured on what: every "not
    /// found" says it.
    pub recall: String,
    /// Share of queries expected to be on the loaded lists, where the caller gives none.
    pub screening_share: f64,
    /// Share of records expected to have another record of the same person.
    pub duplicate_share: f64,
    /// Probability from which two records may become one cluster.
    pub cluster_probability_min: f64,
    weights: Vec<f64>,
    pub(crate) name: NameModel,
    pub(crate) kunya_weight_max: f64,
    pub(crate) probability: Logistic,
    pub(crate) score: Logistic,
}

/// How a name's log-odds become a weight and a level.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct NameModel {
    /// Likeness (log-odds of the name engine with the share of rarity, in nats) to weight.
    pub(crate) curve: Curve,
    /// Share of the rarity of what two names have in common that is added to their log-odds before
    /// the curve: the term-frequency adjustment of whole names.
    pub(crate) rarity_share: f64,
    /// Weight from which two names are the same.
    pub(crate) agree_min: f64,
    /// Weight from which two names are close.
    pub(crate) near_min: f64,
    /// Taken off a weight in which a weak alias is involved.
    pub(crate) weak_alias_penalty: f64,
    /// Taken off where each name has a part that the other lacks, or a given name met nothing.
    pub(crate) kin_penalty: f64,
    /// Taken off per doubling of the number of name pairs tried.
    pub(crate) tries_penalty: f64,
    /// A name whose parts everybody has weighs no more than this; one bit more for each nat of the
    /// rarity of what is shared: however alike two names are, as many people bear them.
    pub(crate) common_max: f64,
    /// No name weighs more, however rare.
    pub(crate) weight_max: f64,
    /// Weight below which the names of two mothers or fathers contradict each other.
    pub(crate) parent_near_min: f64,
    /// Mother's and father's name: this share of what the same name of the person would weigh,
    /// for brothers and sisters share them.
    pub(crate) parent_share: f64,
    /// Mother's and father's name: no more than this.
    pub(crate) parent_weight_max: f64,
}

impl NameModel {
    /// How alike two names are, with the rarity of what they share, in nats.
    pub(crate) fn likeness(&self, agreement: &names::Agreement) -> f64 {
        f64::from(agreement.log_odds) + self.rarity_share * f64::from(agreement.surprise)
    }
}

/// `1 / (1 + 2^-((x - center) / scale))`.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Logistic {
    center: f64,
    scale: f64,
}

impl Logistic {
    pub(crate) fn at(self, x: f64) -> f64 {
        1.0 / (1.0 + (-(x - self.center) / self.scale).exp2())
    }
}

/// A model file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Not JSON, or a field is missing or of the wrong kind.
    #[error("match model is not readable")]
    Json(#[from] serde_json::Error),
    /// A level that the code needs is not in the file.
    #[error("match model lacks level {level} of comparison {comparison}")]
    LevelMissing {
        /// The comparison.
        comparison: &'static str,
        /// The level.
        level: &'static str,
    },
    /// A figure that cannot be what it is said to be, such as a probability above 1.
    #[error("match model: {field} is out of bounds")]
    OutOfBounds {
        /// Which figure.
        field: String,
    },
}

#[derive(Deserialize)]
struct File {
    version: String,
    date: String,
    origin: String,
    recall: String,
    screening_share: f64,
    duplicate_share: f64,
    cluster_probability_min: f64,
    name: NameModel,
    kunya_weight_max: f64,
    probability: Logistic,
    score: Logistic,
    comparisons: BTreeMap<String, BTreeMap<String, LevelEntry>>,
}

/// A level in the file: m and u, or a note on where they come from.
#[derive(Deserialize)]
#[serde(untagged)]
enum LevelEntry {
    Rates { m: f64, u: f64 },
    Note(#[expect(dead_code, reason = "for readers of the file")] String),
}

impl MatchModel {
    /// The model that is compiled in.
    pub fn bundled() -> &'static Self {
        static BUNDLED: LazyLock<MatchModel> = LazyLock::new(|| {
            MatchModel::from_json(include_str!("../data/model.json"))
                .expect("the bundled model is checked by a test")
        });
        &BUNDLED
    }

    /// A model from its JSON text.
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        let file: File = serde_json::from_str(text)?;
        file.check()?;
        let mut weights = Vec::with_capacity(Outcome::ALL.len());
        for outcome in Outcome::ALL {
            weights.push(file.weight(*outcome)?);
        }
        Ok(Self {
            version: file.version,
            date: file.date,
            origin: file.origin,
            recall: file.recall,
            screening_share: file.screening_share,
            duplicate_share: file.duplicate_share,
            cluster_probability_min: file.cluster_probability_min,
            weights,
            name: file.name,
            kunya_weight_max: file.kunya_weight_max,
            probability: file.probability,
            score: file.score,
        })
    }

    /// Log2 of m/u of an outcome, before any rarity.
    pub(crate) fn weight(&self, outcome: Outcome) -> f64 {
        self.weights[outcome as usize]
    }
}

impl File {
    fn check(&self) -> Result<(), ModelError> {
        let shares = [
            ("screening_share", self.screening_share),
            ("duplicate_share", self.duplicate_share),
            ("cluster_probability_min", self.cluster_probability_min),
        ];
        let scales = [("probability", self.probability.scale), ("score", self.score.scale)];
        let bad = shares
            .into_iter()
            .find(|(_, v)| !(0.0..=1.0).contains(v))
            .or_else(|| scales.into_iter().find(|(_, v)| !(v.is_finite() && *v > 0.0)));
        match bad {
            Some((field, _)) => Err(ModelError::OutOfBounds { field: field.to_owned() }),
            None => Ok(()),
        }
    }

    fn weight(&self, outcome: Outcome) -> Result<f64, ModelError> {
        let (comparison, level) = (outcome.comparison(), outcome.name());
        if level == "missing" {
            return Ok(0.0);
        }
        let entry = self.comparisons.get(comparison).and_then(|levels| levels.get(level));
        let Some(LevelEntry::Rates { m, u }) = entry else {
            return Err(ModelError::LevelMissing { comparison, level });
        };
        let is_rate = |rate: f64| rate > 0.0 && rate <= 1.0;
        if is_rate(*m) && is_rate(*u) {
            Ok((m / u).log2())
        } else {
            Err(ModelError::OutOfBounds { field: format!("{comparison}.{level}") })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_model_loads() {
        let model = MatchModel::bundled();
        assert!(model.weight(Outcome::BirthSameDay) > model.weight(Outcome::BirthSameYear));
        assert!(model.weight(Outcome::BirthConflictFar) < 0.0);
    }

    #[test]
    fn a_model_without_a_level_is_refused() {
        let text = include_str!("../data/model.json").replace("\"same_day\"", "\"some_day\"");
        let error = MatchModel::from_json(&text).expect_err("the level is gone");
        assert_eq!(error.to_string(), "match model lacks level same_day of comparison birthDate");
    }

    #[test]
    fn a_share_above_one_is_refused() {
        let text = include_str!("../data/model.json")
            .replace("\"screening_share\": 0.01", "\"screening_share\": 1.5");
        assert!(matches!(MatchModel::from_json(&text), Err(ModelError::OutOfBounds { .. })));
    }
}
