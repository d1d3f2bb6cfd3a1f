//! THE comparison: two prepared entities to a scored pair whose explanation sums to its weight.
//!
//! Invariants: symmetric but for left and right; `weight == prior + Σ part.weight`; a pair in
//! which nothing but names agrees says so, whatever its figures.

use model::{Explanation, Level, Part, ScoredPair};

use crate::finding::{Finding, find_all};
use crate::{Frequencies, MatchModel, Prepared, Prior};

/// Compares two entities. Symmetric but for left and right in the explanation.
///
/// `weight` is the prior plus the parts, log2 of the odds; `probability` is calibrated from it;
/// `score` is the same for any prior.
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
        probability: model.probability.at(weight),
        score: model.score.at(sum),
        explanation: Explanation::default(),
    }
}

fn weight_of(findings: &[Finding]) -> f64 {
    findings.iter().map(|f| f.weight).sum()
}

/// As [`Explanation::is_name_only`], of findings.
pub(crate) fn is_name_only(findings: &[Finding]) -> bool {
    !findings.iter().any(is_evidence)
}

fn is_evidence(finding: &Finding) -> bool {
    !matches!(finding.outcome.comparison(), "name" | "kunya" | "gender")
        && finding.outcome.level() >= Level::Near
        && finding.weight > 0.0
}
