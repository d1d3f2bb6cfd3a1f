//! Owns the measures of clusters: the clusters made against the clusters that are true.

use std::collections::BTreeMap;

/// Made clusters against true ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartitionFigures {
    /// Records.
    pub records: usize,
    /// Clusters made, and clusters that are true.
    pub made: usize,
    /// Clusters that are true.
    pub truth: usize,
    /// Pairs in one cluster, made and true.
    pub pairs_right: u64,
    /// Pairs in one made cluster.
    pub pairs_made: u64,
    /// Pairs in one true cluster.
    pub pairs_true: u64,
    /// B-cubed precision and recall: the mean over records of the share of its made cluster that is
    /// of its true cluster, and the other way round (Bagga and Baldwin 1998).
    pub b_cubed: (f64, f64),
    /// Made clusters that are true ones, exactly.
    pub exact: usize,
}

impl PartitionFigures {
    /// Precision, recall and F1 over pairs; nothing where there are no pairs.
    pub fn pairwise(&self) -> (Option<f64>, Option<f64>, Option<f64>) {
        let share = |whole: u64| (whole > 0).then(|| self.pairs_right as f64 / whole as f64);
        let both = self.pairs_made + self.pairs_true;
        let f1 = (both > 0).then(|| 2.0 * self.pairs_right as f64 / both as f64);
        (share(self.pairs_made), share(self.pairs_true), f1)
    }

    /// The harmonic mean of B-cubed precision and recall.
    pub fn b_cubed_f1(&self) -> f64 {
        let (precision, recall) = self.b_cubed;
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

/// Compares two partitions, given by record as the made and the true cluster; nothing where there is
/// no record.
pub fn compare_partitions<'a>(
    records: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<PartitionFigures> {
    let mut both: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let (mut made, mut truth): (BTreeMap<&str, u64>, BTreeMap<&str, u64>) = Default::default();
    let mut count = 0_usize;
    for (m, t) in records {
        *both.entry((m, t)).or_default() += 1;
        *made.entry(m).or_default() += 1;
        *truth.entry(t).or_default() += 1;
        count += 1;
    }
    if count == 0 {
        return None;
    }
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let (mut precision, mut recall, mut exact) = (0.0, 0.0, 0);
    for ((m, t), n) in &both {
        let square = (n * n) as f64;
        precision += square / made[m] as f64;
        recall += square / truth[t] as f64;
        exact += usize::from(made[m] == *n && truth[t] == *n);
    }
    Some(PartitionFigures {
        records: count,
        made: made.len(),
        truth: truth.len(),
        pairs_right: both.values().copied().map(pairs).sum(),
        pairs_made: made.values().copied().map(pairs).sum(),
        pairs_true: truth.values().copied().map(pairs).sum(),
        b_cubed: (precision / count as f64, recall / count as f64),
        exact,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_are_measured_as_by_hand() {
        // Made {a b c} {d e}; true {a b} {c} {d e}.
        let found =
            compare_partitions([("1", "x"), ("1", "x"), ("1", "y"), ("2", "z"), ("2", "z")])
                .unwrap();
        assert_eq!((found.pairs_right, found.pairs_made, found.pairs_true), (2, 4, 2));
        assert_eq!(found.pairwise(), (Some(0.5), Some(1.0), Some(4.0 / 6.0)));
        // (⅔ + ⅔ + ⅓ + 1 + 1) / 5 and 1.
        assert!((found.b_cubed.0 - (5.0 / 3.0 + 2.0) / 5.0).abs() < 1e-12);
        assert!((found.b_cubed.1 - 1.0).abs() < 1e-12);
        assert_eq!((found.made, found.truth, found.exact), (2, 3, 1));
        assert_eq!(compare_partitions([]), None);
    }
}
