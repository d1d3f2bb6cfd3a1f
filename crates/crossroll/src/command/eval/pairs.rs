//! Owns the measuring of labelled pairs: each compared as `resolve::compare` does, counted by
//! threshold, by origin and by kind.

use std::collections::BTreeMap;

use rayon::prelude::*;
use resolve::measure::{
    Agreement, Calibration, Counts, Labelled, agreement, at_threshold, average_precision,
    best_threshold, calibration, roc_area,
};
use resolve::{Frequencies, MatchModel, Prepared, Prior, compare};

use super::labels::LabelledPair;

/// Scores that a row is given for, beside the threshold; chosen by hand.
const SCORES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// log2 of the odds that a fitted prior is sought within: beyond what weights of pairs reach.
const PRIOR_MAX: f64 = 32.0;
/// Halvings of that range: a prior is fitted to a hundredth of a bit.
const HALVINGS: usize = 13;

/// What the pairs say of the model.
pub(crate) struct PairFigures {
    pub(crate) pairs: usize,
    pub(crate) same: usize,
    /// The prior that probabilities have in them, as log2 of the odds.
    pub(crate) prior_weight: f64,
    /// True if it was fitted to the labels.
    pub(crate) is_fitted: bool,
    pub(crate) roc_area: Option<f64>,
    pub(crate) average_precision: Option<f64>,
    /// The threshold with the best F1 on these very pairs.
    pub(crate) best: Option<(f64, Counts)>,
    pub(crate) thresholds: Vec<(f64, Counts)>,
    pub(crate) at_threshold: Counts,
    pub(crate) calibration: Option<Calibration>,
    pub(crate) by_origin: Vec<Slice>,
    pub(crate) by_kind: Vec<Slice>,
    pub(crate) agreement: Option<Agreement>,
    /// Ids of pairs that are judged wrongly at the threshold.
    pub(crate) missed: Vec<String>,
    pub(crate) false_same: Vec<String>,
}

/// The pairs of one origin or kind, at the threshold.
pub(crate) struct Slice {
    pub(crate) name: String,
    /// False if the program told the origin itself.
    pub(crate) is_labelled: bool,
    pub(crate) counts: Counts,
}

/// A pair as it was judged.
struct Judged {
    score: f64,
    probability: f64,
}

/// Measures pairs. Without a prior the one is taken that fits their number of the same.
pub(crate) fn measure(pairs: &[LabelledPair], threshold: f64, prior: Option<f64>) -> PairFigures {
    let same = pairs.iter().filter(|p| p.same).count();
    let compared = Compared::new(pairs);
    let used = prior.map_or_else(|| compared.fit(same), Prior::of_pair);
    let judged = compared.judge(used);
    let by = |figure: fn(&Judged) -> f64| -> Vec<Labelled> {
        let one = |(pair, judged)| {
            let (pair, judged): (&LabelledPair, &Judged) = (pair, judged);
            Labelled { score: figure(judged), same: pair.same }
        };
        pairs.iter().zip(&judged).map(one).collect()
    };
    let (scores, probabilities) = (by(|j| j.score), by(|j| j.probability));
    let wrong = |is_same: bool| {
        let is_wrong = |(pair, judged): &(&LabelledPair, &Judged)| {
            pair.same == is_same && (judged.score >= threshold) != is_same
        };
        pairs.iter().zip(&judged).filter(is_wrong).map(|(pair, _)| pair.id.clone()).collect()
    };
    let said = |pair: &LabelledPair| pair.reviewers.clone();
    let verdicts: Vec<(String, String)> = pairs.iter().filter_map(said).collect();
    PairFigures {
        pairs: pairs.len(),
        same,
        prior_weight: used.weight(),
        is_fitted: prior.is_none(),
        roc_area: roc_area(&scores),
        average_precision: average_precision(&scores),
        best: best_threshold(&scores),
        thresholds: thresholds(&scores, threshold),
        at_threshold: at_threshold(&scores, threshold),
        calibration: calibration(&probabilities),
        by_origin: slices(pairs, &scores, threshold, |p| {
            (p.origin.name.clone(), p.origin.is_labelled)
        }),
        by_kind: slices(pairs, &scores, threshold, |p| (p.kind.clone(), true)),
        agreement: agreement(verdicts.iter().map(|(l, r)| (l.as_str(), r.as_str()))),
        missed: wrong(true),
        false_same: wrong(false),
    }
}

/// Pairs ready to be compared under any prior.
struct Compared {
    prepared: Vec<(Prepared, Prepared)>,
    /// Those of all entities of the file.
    frequencies: Frequencies,
}

impl Compared {
    fn new(pairs: &[LabelledPair]) -> Self {
        let model = MatchModel::bundled();
        let prepared: Vec<(Prepared, Prepared)> = pairs
            .par_iter()
            .map(|p| (Prepared::new(&p.left, model), Prepared::new(&p.right, model)))
            .collect();
        let frequencies = Frequencies::learn(prepared.iter().flat_map(|(l, r)| [l, r]));
        Self { prepared, frequencies }
    }

    fn judge(&self, prior: Prior) -> Vec<Judged> {
        let model = MatchModel::bundled();
        self.prepared
            .par_iter()
            .map(|(left, right)| {
                let pair = compare(model, &self.frequencies, left, right, prior);
                Judged { score: pair.score, probability: pair.probability }
            })
            .collect()
    }

    /// The prior with which as many of these pairs are expected to be the same as are. Labelled
    /// pairs are chosen, most of them because they look alike: no share of them is the prior of the
    /// weights, which speak of pairs at random.
    fn fit(&self, same: usize) -> Prior {
        let (mut low, mut high) = (-PRIOR_MAX, PRIOR_MAX);
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            let judged = self.judge(of_weight(middle));
            let expected: f64 = judged.iter().map(|j| j.probability).sum();
            if expected < same as f64 {
                low = middle;
            } else {
                high = middle;
            }
        }
        of_weight(f64::midpoint(low, high))
    }
}

fn of_weight(weight: f64) -> Prior {
    Prior::of_pair(1.0 / (1.0 + (-weight).exp2()))
}

fn thresholds(scores: &[Labelled], threshold: f64) -> Vec<(f64, Counts)> {
    let mut all = SCORES.to_vec();
    all.push(threshold);
    all.sort_by(f64::total_cmp);
    all.dedup();
    all.into_iter().map(|t| (t, at_threshold(scores, t))).collect()
}

fn slices(
    pairs: &[LabelledPair],
    scores: &[Labelled],
    threshold: f64,
    key: impl Fn(&LabelledPair) -> (String, bool),
) -> Vec<Slice> {
    let mut by: BTreeMap<(String, bool), Vec<Labelled>> = BTreeMap::new();
    for (pair, score) in pairs.iter().zip(scores) {
        by.entry(key(pair)).or_default().push(*score);
    }
    by.into_iter()
        .map(|((name, is_labelled), scores)| Slice {
            name,
            is_labelled,
            counts: at_threshold(&scores, threshold),
        })
        .collect()
}
