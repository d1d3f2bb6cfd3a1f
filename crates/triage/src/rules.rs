//! The case's editable rules: when a status is proposed, and what ranks a lead.
//!
//! The default text is `data/rules.toml`; a case holds a copy that its users may edit.

use serde::Deserialize;

/// The rules of a case.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// When which status is proposed.
    pub status: StatusRules,
    /// How the queue is ordered.
    pub rank: RankRules,
}

/// When which status is proposed. The default file explains each line.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRules {
    /// Comparisons of which one must agree beside name and birth year.
    pub listed_with_birth_year: Vec<String>,
    /// Least match probability of a listing, 0..=1.
    pub listed_probability_min: f64,
    /// Least score of a match that is possible by the civil name, 0..=1.
    pub possible_score_min: f64,
    /// Comparisons of which one must agree beside the kunya.
    pub possible_kunya_with: Vec<String>,
    /// Least score of a match that is possible by the kunya, 0..=1.
    pub possible_kunya_score_min: f64,
    /// Sets of comparisons that rule a match out when all conflict.
    pub strong_conflicts: Vec<Vec<String>>,
    /// Sets of stated fields of which one must be complete.
    pub enough_data: Vec<Vec<String>>,
}

/// How the queue is ordered.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankRules {
    /// Days before the latest entry of the case that count as recent.
    pub recent_days: i64,
    /// The rules, each adding its points.
    pub rule: Vec<RankRule>,
}

/// One rule of rank.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankRule {
    /// What it is called in a lead's reasons.
    pub name: String,
    /// Facts that must all hold.
    pub when: Vec<String>,
    /// Points it adds; may be negative.
    pub points: f64,
    /// False to keep it in the file without effect.
    #[serde(default = "enabled")]
    pub enabled: bool,
}

/// The rules file does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// It is not the TOML that is expected.
    #[error("the rules file cannot be read")]
    Syntax(#[from] toml::de::Error),
    /// A number is out of bounds.
    #[error("{field} must lie between 0 and 1, not {value}")]
    OutOfBounds {
        /// The field.
        field: &'static str,
        /// Its value.
        value: f64,
    },
}

impl Rules {
    /// The text of the default rules, to be copied into a new case.
    pub const DEFAULT: &str = include_str!("../data/rules.toml");

    /// Reads rules.
    ///
    /// # Errors
    /// [`RulesError`] if the text is not TOML, names an unknown field or holds a probability
    /// outside 0..=1.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let rules: Rules = toml::from_str(text)?;
        for (field, value) in [
            ("listed_probability_min", rules.status.listed_probability_min),
            ("possible_score_min", rules.status.possible_score_min),
            ("possible_kunya_score_min", rules.status.possible_kunya_score_min),
        ] {
            if !(0.0..=1.0).contains(&value) {
                return Err(RulesError::OutOfBounds { field, value });
            }
        }
        Ok(rules)
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::parse(Self::DEFAULT).expect("the default rules are tested")
    }
}

fn enabled() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_rules_hold() {
        let rules = Rules::default();
        assert!(rules.rank.rule.iter().any(|r| !r.enabled), "travel documents are off by default");
    }

    #[test]
    fn a_misspelled_field_is_reported_and_not_ignored() {
        let text = Rules::DEFAULT.replace("recent_days", "recent_dayz");
        let error = Rules::parse(&text).unwrap_err();
        assert!(matches!(error, RulesError::Syntax(_)));
    }

    #[test]
    fn a_probability_above_one_is_refused() {
        let text =
            Rules::DEFAULT.replace("listed_probability_min = 0.5", "listed_probability_min = 5");
        assert!(matches!(Rules::parse(&text), Err(RulesError::OutOfBounds { value: 5.0, .. })));
    }
}
