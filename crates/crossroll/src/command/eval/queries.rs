//! Owns the measuring of labelled queries: each asked as `screen` asks, placed among the answers,
//! counted by origin.

use std::collections::BTreeMap;

use case::{ScreenRequest, Session};
use rayon::prelude::*;
use resolve::ScreenHit;
use resolve::measure::{Calibration, Labelled, Placed, Ranking, Rate, calibration, ranking};

use super::labels::LabelledQuery;

/// Answers asked for: R@10 needs ten.
const TOP: usize = 10;

/// What the queries say of the model.
pub(crate) struct QueryFigures {
    pub(crate) queries: usize,
    /// Entities that can be found.
    pub(crate) entities: usize,
    /// Share of the queries whose entity is listed, as probabilities have it in them.
    pub(crate) prior: f64,
    pub(crate) ranking: Ranking,
    /// Of the best answer of each query.
    pub(crate) calibration: Option<Calibration>,
    pub(crate) by_origin: Vec<SliceFigures>,
    pub(crate) by_kind: Vec<SliceFigures>,
    /// Listed queries whose entity is not among the answers.
    pub(crate) lost: usize,
    pub(crate) missed: Vec<String>,
    pub(crate) false_hits: Vec<String>,
}

/// The queries of one origin or kind.
pub(crate) struct SliceFigures {
    pub(crate) name: String,
    pub(crate) is_labelled: bool,
    pub(crate) listed: usize,
    pub(crate) first: Option<f64>,
    pub(crate) recall: Rate,
    pub(crate) false_hits: Rate,
    /// Mean of the highest score of the unlisted.
    pub(crate) mean_top: Option<f64>,
}

/// What came of a query.
struct Answered {
    placed: Placed,
    /// Probability of the best answer, and whether it is right.
    best: Option<Labelled>,
}

/// Measures queries. Without a prior the share of the listed among these queries is taken.
pub(crate) fn measure(
    queries: &[LabelledQuery],
    session: &Session,
    threshold: f64,
    prior: Option<f64>,
) -> QueryFigures {
    let listed = queries.iter().filter(|q| !q.right.is_empty()).count();
    let prior = prior.unwrap_or(listed as f64 / queries.len().max(1) as f64);
    let request = ScreenRequest { top: TOP, share: Some(prior), cutoff: 0.0, explain: false };
    let answered: Vec<Answered> = queries
        .par_iter()
        .map(|query| place(query, &session.screen(&query.entity, &request)))
        .collect();
    let placed: Vec<Placed> = answered.iter().map(|a| a.placed).collect();
    let best: Vec<Labelled> = answered.iter().filter_map(|a| a.best).collect();
    let ids = |is_wrong: &dyn Fn(&Placed) -> bool| {
        let wrong = queries.iter().zip(&placed).filter(|(_, placed)| is_wrong(placed));
        wrong.map(|(query, _)| query.entity.id.to_string()).collect()
    };
    let found = |p: &Placed| p.right.is_some_and(|score| score >= threshold);
    QueryFigures {
        queries: queries.len(),
        entities: session.len(),
        prior,
        ranking: ranking(&placed, threshold),
        calibration: calibration(&best),
        by_origin: slices(queries, &placed, threshold, |q| {
            (q.origin.name.clone(), q.origin.is_labelled)
        }),
        by_kind: slices(queries, &placed, threshold, |q| (q.kind.clone(), true)),
        lost: placed.iter().filter(|p| p.listed && p.right.is_none()).count(),
        missed: ids(&|p| p.listed && !found(p)),
        false_hits: ids(&|p| !p.listed && p.top >= threshold),
    }
}

fn place(query: &LabelledQuery, hits: &[ScreenHit]) -> Answered {
    let is_right = |hit: &&ScreenHit| query.right.iter().any(|id| *id == hit.entity_id.as_str());
    let right = hits.iter().filter(is_right).map(|hit| hit.pair.score).reduce(f64::max);
    let wrong = |is: &dyn Fn(f64) -> bool| {
        hits.iter().filter(|hit| !is_right(hit) && is(hit.pair.score)).count()
    };
    let score = right.unwrap_or(f64::INFINITY);
    Answered {
        placed: Placed {
            listed: !query.right.is_empty(),
            right,
            higher: wrong(&|s| s > score),
            tied: wrong(&|s| s.total_cmp(&score).is_eq()),
            top: hits.iter().map(|hit| hit.pair.score).fold(0.0, f64::max),
        },
        best: hits
            .first()
            .map(|hit| Labelled { score: hit.pair.probability, same: is_right(&hit) }),
    }
}

fn slices(
    queries: &[LabelledQuery],
    placed: &[Placed],
    threshold: f64,
    key: impl Fn(&LabelledQuery) -> (String, bool),
) -> Vec<SliceFigures> {
    let mut by: BTreeMap<(String, bool), Vec<Placed>> = BTreeMap::new();
    for (query, placed) in queries.iter().zip(placed) {
        by.entry(key(query)).or_default().push(*placed);
    }
    by.into_iter()
        .map(|((name, is_labelled), placed)| {
            let found = ranking(&placed, threshold);
            SliceFigures {
                name,
                is_labelled,
                listed: found.listed,
                first: found.first,
                recall: found.own_recall,
                false_hits: found.own_false_hits,
                mean_top: found.mean_top,
            }
        })
        .collect()
}
