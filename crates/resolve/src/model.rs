//! The match model: every parameter of the comparison, from one JSON file.

use serde::Deserialize;

/// The parameters: comparisons, their levels with m and u, priors, caps; with origin and date.
#[derive(Clone, Debug)]
pub struct MatchModel {
    /// Version of the parameters, shown beside every figure made with them.
    pub version: String,
    /// Day the parameters were set.
    pub date: String,
    /// Where they come from.
    pub origin: String,
    /// Probability that a pair cannot exceed when nothing but names agrees.
    pub name_only_probability_max: f64,
    /// Share of queries expected to be on the loaded lists, where the caller gives none.
    pub screening_share: f64,
    /// Probability from which two records may become one cluster.
    pub cluster_probability_min: f64,
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
    /// A probability is not between 0 and 1.
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
    name_only_probability_max: f64,
    screening_share: f64,
    cluster_probability_min: f64,
}

impl MatchModel {
    /// The model that is compiled in.
    pub fn bundled() -> &'static Self {
        static BUNDLED: std::sync::LazyLock<MatchModel> = std::sync::LazyLock::new(|| {
            MatchModel::from_json(include_str!("../data/model.json"))
                .expect("the bundled model is checked by a test")
        });
        &BUNDLED
    }

    /// A model from its JSON text.
    pub fn from_json(text: &str) -> Result<Self, ModelError> {
        let file: File = serde_json::from_str(text)?;
        Ok(Self {
            version: file.version,
            date: file.date,
            origin: file.origin,
            name_only_probability_max: file.name_only_probability_max,
            screening_share: file.screening_share,
            cluster_probability_min: file.cluster_probability_min,
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bundled_model_loads() {
        assert!(super::MatchModel::bundled().name_only_probability_max < 1.0);
    }
}
