//! The prior of a pair: how likely it is to be one person before anything is compared.

/// Probability, before any comparison, that the two entities of a pair are one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior(f64);

/// Bounds that keep the odds finite.
const PROBABILITY_MIN: f64 = 1e-12;

impl Prior {
    /// The prior of a single pair; clamped so that the odds are finite.
    pub fn of_pair(probability: f64) -> Self {
        let known = if probability.is_finite() { probability } else { PROBABILITY_MIN };
        Self(known.clamp(PROBABILITY_MIN, 1.0 - PROBABILITY_MIN))
    }

    /// The prior of each pair when a share of the queries has its entity among `candidates`.
    pub fn of_screening(share: f64, candidates: usize) -> Self {
        let odds = {
            let share = Self::of_pair(share).0;
            share / (1.0 - share) / candidates.max(1) as f64
        };
        Self::of_pair(odds / (1.0 + odds))
    }

    /// The probability.
    pub fn probability(self) -> f64 {
        self.0
    }

    /// Log2 of the odds.
    pub fn weight(self) -> f64 {
        (self.0 / (1.0 - self.0)).log2()
    }
}
