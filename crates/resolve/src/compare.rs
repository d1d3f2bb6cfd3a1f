//! THE comparison: two prepared entities to a scored pair whose explanation sums to its weight.
//!
//! Invariants: symmetric but for left and right; `weight == prior + Σ part.weight`; a pair in
//! which nothing but names agrees stays at or below the model's `name_only_probability_max`.

use model::{Explanation, Level, Part, ScoredPair};

use crate::finding::{Finding, find_all};
use crate::{Frequencies, MatchModel, Prepared, Prior};

/// Compares two entities. Symmetric but for left and right in the explanation.
///
/// `weight` is the prior plus the parts, log2 of the odds; `probability` is calibrated from it
/// and capped where only names agree; `score` is the same for any prior.
pub fn compare(
    model: &MatchModel,
    frequencies: &Frequencies,
    left: &Prepared,
    right: &Prepared,
    prior: Prior,
) -> ScoredPair {
    let findings = find_all(model, frequencies, left, right);
    explained(model, frequencies, (left, right), &findings, prior)
}

/// The pair that findings make, with its explanation.
pub(crate) fn explained(
    model: &MatchModel,
    frequencies: &Frequencies,
    (left, right): (&Prepared, &Prepared),
    findings: &[Finding],
    prior: Prior,
) -> ScoredPair {
    let mut pair = judged(model, (left, right), findings, prior);
    let parts: Vec<Part> =
        findings.iter().map(|f| f.to_part(model, frequencies, left, right)).collect();
    pair.explanation = Explanation { prior: prior.weight(), parts };
    pair
}

/// The pair that findings make, without the words: its explanation is empty.
pub(crate) fn judged(
    model: &MatchModel,
    (left, right): (&Prepared, &Prepared),
    findings: &[Finding],
    prior: Prior,
) -> ScoredPair {
    let sum = weight_of(findings);
    let weight = prior.weight() + sum;
    ScoredPair {
        left: left.id().clone(),
        right: right.id().clone(),
        weight,
        probability: probability(model, findings, weight),
        score: model.score.at(sum),
        explanation: Explanation::default(),
    }
}

fn weight_of(findings: &[Finding]) -> f64 {
    findings.iter().map(|f| f.weight).sum()
}

/// Calibrated from the weight, and capped where only names agree.
fn probability(model: &MatchModel, findings: &[Finding], weight: f64) -> f64 {
    let probability = model.probability.at(weight);
    if findings.iter().any(is_evidence) {
        probability
    } else {
        probability.min(model.name_only_probability_max)
    }
}

/// A field beside the names that agrees. Gender does not count: it halves the world at best.
fn is_evidence(finding: &Finding) -> bool {
    !matches!(finding.outcome.comparison(), "name" | "kunya" | "gender")
        && finding.outcome.level() >= Level::Near
        && finding.weight > 0.0
}
