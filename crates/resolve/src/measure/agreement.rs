//! Owns the agreement of two reviewers beyond chance.

use std::collections::BTreeMap;

use super::rates::Rate;

/// How far two reviewers agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Pairs on which they say the same, of those that both judged.
    pub observed: Rate,
    /// Share on which they would by chance, each with the verdicts that he gives.
    pub by_chance: f64,
    /// Cohen's kappa: `(observed − by chance) / (1 − by chance)` (Cohen 1960). 1 is full agreement,
    /// 0 is chance; nothing where chance alone makes them agree on all.
    pub kappa: Option<f64>,
}

/// The agreement on pairs that both judged, by the verdicts of each; nothing where there is none.
pub fn agreement<'a>(judged: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Agreement> {
    let (mut left, mut right): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    let (mut count, mut agreed) = (0_usize, 0_usize);
    for (l, r) in judged {
        *left.entry(l).or_default() += 1;
        *right.entry(r).or_default() += 1;
        count += 1;
        agreed += usize::from(l == r);
    }
    if count == 0 {
        return None;
    }
    let all = count as f64;
    let by_chance: f64 = left
        .iter()
        .map(|(verdict, n)| {
            let other = right.get(verdict).copied().unwrap_or(0);
            (*n as f64 / all) * (other as f64 / all)
        })
        .sum();
    let observed = agreed as f64 / all;
    let room = 1.0 - by_chance;
    let kappa = (room > 1e-12).then(|| (observed - by_chance) / room);
    Some(Agreement { observed: Rate::new(agreed, count), by_chance, kappa })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_the_one_counted_by_hand() {
        // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5, kappa 0.4.
        let mut judged = Vec::new();
        for (l, r, n) in [
            ("same", "same", 20),
            ("same", "different", 5),
            ("different", "same", 10),
            ("different", "different", 15),
        ] {
            judged.extend(std::iter::repeat_n((l, r), n));
        }
        let found = agreement(judged).unwrap();
        assert_eq!(found.observed, Rate::new(35, 50));
        assert!((found.by_chance - 0.5).abs() < 1e-12);
        assert!(found.kappa.is_some_and(|k| (k - 0.4).abs() < 1e-12));
    }

    #[test]
    fn one_verdict_only_says_nothing_of_agreement() {
        assert_eq!(agreement([("same", "same")]).unwrap().kappa, None);
        assert_eq!(agreement([]), None);
    }
}
