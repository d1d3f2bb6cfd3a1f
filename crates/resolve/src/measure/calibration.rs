//! Owns calibration: whether of pairs said to be one person with probability p, a share of p is.

use super::rates::{Labelled, Rate};

/// Bins of equal width that probabilities are sorted into, as is usual (Guo et al. 2017 take 15 for
/// far more cases).
const BINS: usize = 10;

/// Predicted against observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// The bins that hold something, lowest first.
    pub bins: Vec<Bin>,
    /// Expected calibration error: `Σ n_b/n · |predicted_b − observed_b|` (Naeini et al. 2015).
    pub expected_error: f64,
    /// Mean squared difference of probability and outcome (Brier 1950): 0 is best, and what says
    /// the share of the same for all has `share · (1 − share)`.
    pub brier: f64,
}

/// Probabilities between two bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// From this probability on.
    pub from: f64,
    /// Up to this, and 1 where it is the last.
    pub to: f64,
    /// Mean probability.
    pub predicted: f64,
    /// How many are the same.
    pub observed: Rate,
}

/// The calibration of labelled probabilities; nothing where there is none.
pub fn calibration(labelled: &[Labelled]) -> Option<Calibration> {
    if labelled.is_empty() {
        return None;
    }
    let mut sums = [(0.0, 0_usize, 0_usize); BINS];
    let mut squares = 0.0;
    for one in ascending_sums(labelled) {
        let outcome = f64::from(u8::from(one.same));
        squares += (one.score - outcome).powi(2);
        let (sum, same, count) = &mut sums[bin_of(one.score)];
        *sum += one.score;
        *same += usize::from(one.same);
        *count += 1;
    }
    let all = labelled.len() as f64;
    let width = 1.0 / BINS as f64;
    let mut bins = Vec::new();
    let mut expected_error = 0.0;
    for (at, (sum, same, count)) in sums.into_iter().enumerate().filter(|(_, s)| s.2 > 0) {
        let predicted = sum / count as f64;
        let observed = Rate::new(same, count);
        expected_error += count as f64 / all * (predicted - same as f64 / count as f64).abs();
        let from = at as f64 * width;
        bins.push(Bin { from, to: from + width, predicted, observed });
    }
    Some(Calibration { bins, expected_error, brier: squares / all })
}

/// In order of value, so that sums do not depend on the order of the input.
fn ascending_sums(labelled: &[Labelled]) -> Vec<Labelled> {
    let mut sorted = labelled.to_vec();
    sorted.sort_by(|a, b| a.score.total_cmp(&b.score).then(a.same.cmp(&b.same)));
    sorted
}

fn bin_of(probability: f64) -> usize {
    (1..BINS).take_while(|at| probability >= *at as f64 / BINS as f64).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_those_counted_by_hand() {
        let pairs = [(0.15, false), (0.19, true), (0.95, true), (1.0, true)]
            .map(|(score, same)| Labelled { score, same });
        let found = calibration(&pairs).unwrap();
        assert_eq!(found.bins.len(), 2);
        assert!((found.bins[0].predicted - 0.17).abs() < 1e-12);
        assert_eq!(found.bins[0].observed, Rate::new(1, 2));
        assert!((found.bins[1].predicted - 0.975).abs() < 1e-12);
        // ½ · |0.17 − 0.5| + ½ · |0.975 − 1|.
        assert!((found.expected_error - f64::midpoint(0.33, 0.025)).abs() < 1e-12);
        // (0.15² + 0.81² + 0.05² + 0²) / 4.
        assert!((found.brier - (0.0225 + 0.6561 + 0.0025) / 4.0).abs() < 1e-12);
        assert_eq!(calibration(&[]), None);
    }

    #[test]
    fn bounds_belong_to_the_bin_above() {
        assert_eq!([0.0, 0.1, 0.3, 0.6, 0.7, 0.999, 1.0].map(bin_of), [0, 1, 3, 6, 7, 9, 9]);
    }
}
