//! Owns rates over labelled scores: precision, recall, F1, the area under the curve, average
//! precision, and the interval of a share.

use std::cmp::Ordering;

/// Two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A score and what the label says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelled {
    /// What the program says.
    pub score: f64,
    /// True if the label says: one person.
    pub same: bool,
}

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

impl Rate {
    /// So many of so many.
    pub fn new(count: usize, of: usize) -> Self {
        debug_assert!(count <= of, "a part of the whole");
        Self { count, of }
    }

    /// The share; nothing where there is no whole.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// The interval that holds the true share in 95 of 100 samples (Wilson 1927):
    /// `(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. It stays within 0 and 1 and says
    /// something of few cases, where the normal interval does not.
    pub fn interval(self) -> Option<(f64, f64)> {
        let share = self.share()?;
        let n = self.of as f64;
        let middle = share + Z * Z / (2.0 * n);
        let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        // The ends are exact where none or all are counted; rounding would miss them.
        let low = if self.count == 0 { 0.0 } else { (middle - reach) / whole };
        let high = if self.count == self.of { 1.0 } else { (middle + reach) / whole };
        Some((low.max(0.0), high.min(1.0)))
    }
}

/// What a threshold makes of labelled scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Said same, and are.
    pub true_same: usize,
    /// Said same, and are not.
    pub false_same: usize,
    /// Said different, and are the same.
    pub missed: usize,
    /// Said different, and are.
    pub true_different: usize,
}

impl Counts {
    /// Share of those said same that are: `tp / (tp + fp)`.
    pub fn precision(self) -> Rate {
        Rate::new(self.true_same, self.true_same + self.false_same)
    }

    /// Share of the same that are said so: `tp / (tp + fn)`.
    pub fn recall(self) -> Rate {
        Rate::new(self.true_same, self.true_same + self.missed)
    }

    /// Share of the different that are said same: `fp / (fp + tn)`.
    pub fn false_hits(self) -> Rate {
        Rate::new(self.false_same, self.false_same + self.true_different)
    }

    /// The harmonic mean of precision and recall: `2tp / (2tp + fp + fn)` (van Rijsbergen 1979).
    pub fn f1(self) -> Option<f64> {
        let whole = 2 * self.true_same + self.false_same + self.missed;
        (whole > 0).then(|| 2.0 * self.true_same as f64 / whole as f64)
    }
}

/// The counts if scores from the threshold on are said to be the same.
pub fn at_threshold(labelled: &[Labelled], threshold: f64) -> Counts {
    let mut counts = Counts::default();
    for one in labelled {
        let place = match (one.score >= threshold, one.same) {
            (true, true) => &mut counts.true_same,
            (true, false) => &mut counts.false_same,
            (false, true) => &mut counts.missed,
            (false, false) => &mut counts.true_different,
        };
        *place += 1;
    }
    counts
}

/// The threshold with the highest F1, the highest of such; chosen with the labels in sight, so a
/// bound and no promise.
pub fn best_threshold(labelled: &[Labelled]) -> Option<(f64, Counts)> {
    let mut scores: Vec<f64> = labelled.iter().map(|l| l.score).collect();
    scores.sort_unstable_by(|a, b| b.total_cmp(a));
    scores.dedup();
    let mut best: Option<(f64, Counts)> = None;
    for score in scores {
        let counts = at_threshold(labelled, score);
        let f1 = counts.f1().unwrap_or(0.0);
        if best.is_none_or(|(_, b)| f1 > b.f1().unwrap_or(0.0)) {
            best = Some((score, counts));
        }
    }
    best
}

/// The chance that a pair of one person scores higher than a pair of two, ties half: the area under
/// the receiver operating characteristic, by ranks (Mann and Whitney 1947; Hanley and `McNeil` 1982).
pub fn roc_area(labelled: &[Labelled]) -> Option<f64> {
    let same = labelled.iter().filter(|l| l.same).count();
    let different = labelled.len() - same;
    if same == 0 || different == 0 {
        return None;
    }
    let mut above = 0.0;
    let mut different_below = 0_usize;
    let sorted = ascending(labelled);
    for tie in sorted.chunk_by(|a, b| a.score.total_cmp(&b.score) == Ordering::Equal) {
        let same_here = tie.iter().filter(|l| l.same).count();
        let different_here = tie.len() - same_here;
        above += same_here as f64 * (different_below as f64 + different_here as f64 / 2.0);
        different_below += different_here;
    }
    Some(above / (same as f64 * different as f64))
}

/// Mean precision over the recalls that the scores can reach: `Σ (Rᵢ − Rᵢ₋₁) Pᵢ`, one step for
/// each distinct score, without interpolation (as in scikit-learn's `average_precision_score`).
pub fn average_precision(labelled: &[Labelled]) -> Option<f64> {
    let same = labelled.iter().filter(|l| l.same).count();
    if same == 0 {
        return None;
    }
    let mut sorted = ascending(labelled);
    sorted.reverse();
    let (mut seen, mut found, mut sum) = (0_usize, 0_usize, 0.0);
    for tie in sorted.chunk_by(|a, b| a.score.total_cmp(&b.score) == Ordering::Equal) {
        let same_here = tie.iter().filter(|l| l.same).count();
        seen += tie.len();
        found += same_here;
        sum += same_here as f64 / same as f64 * (found as f64 / seen as f64);
    }
    Some(sum)
}

fn ascending(labelled: &[Labelled]) -> Vec<Labelled> {
    let mut sorted = labelled.to_vec();
    sorted.sort_by(|a, b| a.score.total_cmp(&b.score));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labelled(scores: &[(f64, bool)]) -> Vec<Labelled> {
        scores.iter().map(|(score, same)| Labelled { score: *score, same: *same }).collect()
    }

    fn near(left: Option<f64>, right: f64) {
        assert!(left.is_some_and(|l| (l - right).abs() < 5e-5), "{left:?} is not {right}");
    }

    #[test]
    fn a_threshold_counts_four_ways() {
        let pairs = labelled(&[(0.9, true), (0.8, false), (0.7, true), (0.4, true), (0.1, false)]);
        let counts = at_threshold(&pairs, 0.7);
        let expected = Counts { true_same: 2, false_same: 1, missed: 1, true_different: 1 };
        assert_eq!(counts, expected);
        near(counts.precision().share(), 2.0 / 3.0);
        near(counts.recall().share(), 2.0 / 3.0);
        near(counts.f1(), 2.0 / 3.0);
        near(counts.false_hits().share(), 0.5);
        // 0.4 keeps all three for one mistake: 6 / (6 + 1).
        let (threshold, best) = best_threshold(&pairs).unwrap();
        assert!((threshold - 0.4).abs() < 1e-12);
        near(best.f1(), 6.0 / 7.0);
    }

    #[test]
    fn areas_are_those_counted_by_hand() {
        // Of 3 × 2 comparisons, 0.9 wins 2, 0.7 wins 1, 0.4 wins 1.
        let pairs = labelled(&[(0.9, true), (0.8, false), (0.7, true), (0.4, true), (0.1, false)]);
        near(roc_area(&pairs), 4.0 / 6.0);
        // 1/3 · 1 + 1/3 · 2/3 + 1/3 · 3/4.
        near(average_precision(&pairs), (1.0 + 2.0 / 3.0 + 0.75) / 3.0);
        // A tie is half a win, and one step of recall.
        let tied = labelled(&[(0.5, true), (0.5, false)]);
        near(roc_area(&tied), 0.5);
        near(average_precision(&tied), 0.5);
        assert_eq!(roc_area(&labelled(&[(0.5, true)])), None);
        assert_eq!(average_precision(&[]), None);
    }

    #[test]
    fn wilson_intervals_are_the_published_ones() {
        // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (count, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0000, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (l, h) = Rate::new(count, of).interval().unwrap();
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{count}/{of}: {l} {h}");
        }
        assert_eq!(Rate::new(0, 0).interval(), None);
    }
}
