//! Two entities compared: the match weight, its probability, and the sum that explains it.
//!
//! Invariant: `weight == prior + Σ part.weight`. One function (in `resolve`) makes these for
//! screening, duplicates, the API and every screen, so one pair never shows two numbers.

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// Two entities and how surely they are one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoredPair {
    /// For duplicates the smaller id, for screening the query.
    pub left: EntityId,
    /// For duplicates the larger id, for screening the candidate.
    pub right: EntityId,
    /// Match weight: log2 of the odds, prior included.
    pub weight: f64,
    /// Match probability, calibrated, 0..=1.
    pub probability: f64,
    /// Rank figure in 0..=1, the same for any prior: how well the two agree.
    pub score: f64,
    /// Why.
    pub explanation: Explanation,
}

/// The sum behind a match weight.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Log2 of the prior odds.
    pub prior: f64,
    /// What each property adds or takes away.
    pub parts: Vec<Part>,
}

/// One comparison: a property, its level, its weight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What was compared: `name`, `kunya`, `birthDate`, `nationality`, …
    pub comparison: String,
    /// The outcome class.
    pub level: Level,
    /// The outcome by the name it has in the model, for rules to read: for `birthDate`
    /// `same_day`, `same_month`, `same_year`, `near`, `conflict`, …; empty where the class says
    /// it all.
    pub outcome: String,
    /// Log2 of m/u for this outcome, rarity included.
    pub weight: f64,
    /// How much of the weight is there because few people have what the two sides share: the weight less
    /// that of the same agreement on what everybody has. Negative where more have it than is usual.
    #[serde(default, skip_serializing_if = "is_none_of_it")]
    pub rarity: f64,
    /// The value on the left, as written.
    pub left: Option<String>,
    /// The value on the right, as written.
    pub right: Option<String>,
    /// Why this level and weight, in words: which part met which, how rare it is.
    pub notes: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
fn is_none_of_it(rarity: &f64) -> bool {
    *rarity == 0.0
}

/// The outcome class of one comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Both sides say different things that cannot both be true.
    Conflict,
    /// One side says nothing.
    Missing,
    /// Close: a spelling, a year, an overlapping interval.
    Near,
    /// The same.
    Agree,
}

impl Explanation {
    /// The match weight that the parts add up to.
    pub fn weight(&self) -> f64 {
        self.prior + self.parts.iter().map(|p| p.weight).sum::<f64>()
    }

    /// Whether nothing but names speaks for the pair: whatever its figures, it is never more than
    /// possible. Gender does not count: it halves the world at best.
    pub fn is_name_only(&self) -> bool {
        !self.parts.iter().any(|part| {
            !matches!(part.comparison.as_str(), "name" | "kunya" | "gender")
                && part.level >= Level::Near
                && part.weight > 0.0
        })
    }

    /// The outcome of one comparison; missing if it was not made.
    pub fn level(&self, comparison: &str) -> Level {
        self.parts.iter().find(|p| p.comparison == comparison).map_or(Level::Missing, |p| p.level)
    }

    /// The part of one comparison, if it was made.
    pub fn part(&self, comparison: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.comparison == comparison)
    }
}
