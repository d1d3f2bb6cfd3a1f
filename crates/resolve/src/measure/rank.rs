//! Owns the measures of screening: where the right entity stands among the answers, and how high
//! queries score whose entity is on no list.

use super::rates::Rate;

/// What came of one query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// True if the entity asked for is on the list.
    pub listed: bool,
    /// Score of the right entity, if it was among the answers.
    pub right: Option<f64>,
    /// Wrong entities that score higher than the right one.
    pub higher: usize,
    /// Wrong entities that score as high as it.
    pub tied: usize,
    /// The highest score of any answer; 0 where there is none.
    pub top: f64,
}

/// How well the right entities were found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// Queries whose entity is listed.
    pub listed: usize,
    /// Queries whose entity is not.
    pub unlisted: usize,
    /// Share of the listed with the right entity first; of tied entities each is first as often.
    pub first: Option<f64>,
    /// Share with it among the first ten.
    pub in_ten: Option<f64>,
    /// Mean of one over the place.
    pub reciprocal: Option<f64>,
    /// Score above which no more than 1 % of the unlisted queries have any answer.
    pub strict: Option<f64>,
    /// Share of the listed with the right entity above that score.
    pub recall_at_strict: Option<Rate>,
    /// Share of the listed with the right entity at the threshold or above.
    pub own_recall: Rate,
    /// Share of the unlisted with any entity at the threshold or above.
    pub own_false_hits: Rate,
    /// Mean of the highest score of the unlisted: a leaning shows here before any is a match.
    pub mean_top: Option<f64>,
}

/// Share of unlisted queries that the strict score lets through.
const FALSE_SHARE: f64 = 0.01;

/// Measures the answers; a match is a score from `threshold` on.
///
/// The strict score is the highest top score of the unlisted queries after leaving out the highest
/// 1 % of them, rounded down to whole queries: with fewer than 100 none is let through.
pub fn ranking(placed: &[Placed], threshold: f64) -> Ranking {
    let listed: Vec<&Placed> = placed.iter().filter(|p| p.listed).collect();
    let mut tops: Vec<f64> = placed.iter().filter(|p| !p.listed).map(|p| p.top).collect();
    tops.sort_unstable_by(|a, b| b.total_cmp(a));
    let mean = |value: &dyn Fn(&Placed) -> f64| {
        let mut values: Vec<f64> = listed.iter().map(|p| value(p)).collect();
        values.sort_unstable_by(f64::total_cmp);
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let strict = tops.get(let_through(tops.len())).copied();
    let over = |score: f64| {
        let count = listed.iter().filter(|p| p.right.is_some_and(|s| s > score)).count();
        Rate::new(count, listed.len())
    };
    let found = listed.iter().filter(|p| p.right.is_some_and(|s| s >= threshold)).count();
    let false_hits = tops.iter().filter(|top| **top >= threshold).count();
    Ranking {
        listed: listed.len(),
        unlisted: tops.len(),
        first: mean(&|p| share_within(p, 1)),
        in_ten: mean(&|p| share_within(p, 10)),
        reciprocal: mean(&reciprocal),
        strict,
        recall_at_strict: strict.map(over),
        own_recall: Rate::new(found, listed.len()),
        own_false_hits: Rate::new(false_hits, tops.len()),
        mean_top: (!tops.is_empty()).then(|| tops.iter().sum::<f64>() / tops.len() as f64),
    }
}

/// Whole queries in the share that is let through.
fn let_through(unlisted: usize) -> usize {
    (1..=unlisted).take_while(|n| *n as f64 <= FALSE_SHARE * unlisted as f64).count()
}

/// Chance that the right entity is among the first so many, over all orders of the tied.
fn share_within(placed: &Placed, places: usize) -> f64 {
    if placed.right.is_none() {
        return 0.0;
    }
    let free = places.saturating_sub(placed.higher) as f64;
    (free / (placed.tied + 1) as f64).min(1.0)
}

/// Mean of one over the place, over all orders of the tied.
fn reciprocal(placed: &Placed) -> f64 {
    if placed.right.is_none() {
        return 0.0;
    }
    let places = placed.higher + 1..=placed.higher + placed.tied + 1;
    places.map(|place| 1.0 / place as f64).sum::<f64>() / (placed.tied + 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(right: Option<f64>, higher: usize, tied: usize) -> Placed {
        Placed { listed: true, right, higher, tied, top: right.unwrap_or(0.0) }
    }

    fn unlisted(top: f64) -> Placed {
        Placed { listed: false, right: None, higher: 0, tied: 0, top }
    }

    #[test]
    fn places_are_counted_with_ties_at_their_expectation() {
        let placed = [
            listed(Some(0.9), 0, 0),
            listed(Some(0.8), 0, 1),
            listed(Some(0.6), 3, 0),
            listed(None, 0, 0),
            unlisted(0.75),
            unlisted(0.2),
        ];
        let found = ranking(&placed, 0.7);
        assert_eq!((found.listed, found.unlisted), (4, 2));
        // 1 + ½ + 0 + 0 of 4; all three found are within ten; 1 + (1 + ½)/2 + ¼ of 4.
        assert_eq!(found.first, Some(1.5 / 4.0));
        assert_eq!(found.in_ten, Some(0.75));
        assert_eq!(found.reciprocal, Some(2.0 / 4.0));
        // No unlisted query is let through: the score to beat is 0.75.
        assert_eq!(found.strict, Some(0.75));
        assert_eq!(found.recall_at_strict, Some(Rate::new(2, 4)));
        assert_eq!(found.own_recall, Rate::new(2, 4));
        assert_eq!(found.own_false_hits, Rate::new(1, 2));
        assert_eq!(found.mean_top, Some(f64::midpoint(0.75, 0.2)));
    }

    #[test]
    fn one_in_a_hundred_is_let_through() {
        let mut placed: Vec<Placed> =
            (0..200_u16).map(|i| unlisted(f64::from(i) / 200.0)).collect();
        placed.push(listed(Some(0.986), 0, 0));
        // 0.995 and 0.990 are let through; 0.985 is to be beaten.
        let found = ranking(&placed, 0.7);
        assert_eq!(found.strict, Some(0.985));
        assert_eq!(found.recall_at_strict, Some(Rate::new(1, 1)));
        assert_eq!(ranking(&[], 0.7).first, None);
    }
}
