//! The name engine as the comparisons use it: one word against another, the best of many pairs of
//! names.
//!
//! Does no name logic of its own.

use names::{Engine, FeatureKind, Name, NamePart, Rarity, Tag};

/// Engine score from which two teknonyms are one: single words, which the engine doubts. Chosen by
/// hand: spellings of one score 0.40 to 0.85, others below 0.1, save neighbours such as Umar and
/// Ammar.
pub(crate) const SAME_TEKNONYM_MIN: f32 = 0.33;
/// The same for nisbas: spellings of one score 0.6 to 0.85, others below 0.1.
pub(crate) const SAME_NISBA_MIN: f32 = 0.5;
/// Pairs of names compared in full; the fast score picks them. Chosen by hand: the weak aliases
/// among them may give way to the next.
const FULL_PAIRS_MAX: usize = 3;
/// Parts less similar than this are different names that the engine had to pair. Chosen by hand on
/// fictional caches.
const SAME_PART_MIN: f32 = 0.55;
/// Scores above are too close to 1 to be turned back into log-odds.
const SCORE_MAX: f32 = 0.9999;

/// True if two words (a teknonym, a nisba) are spellings of one.
pub(crate) fn is_same_word(left: &Name, right: &Name, score_min: f32) -> bool {
    let engine = Engine::bundled();
    engine.score(left, right, Rarity::bundled()) >= score_min
}

/// A name with what it loses for being weak, in log-odds.
pub(crate) type Candidate<'a> = (&'a Name, f64);

/// The best of all pairs of names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BestPair {
    pub(crate) left: usize,
    pub(crate) right: usize,
    /// Log-odds of the engine, less what the names lose for being weak.
    pub(crate) log_odds: f64,
    pub(crate) tries: usize,
}

/// What of two names met nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Residue {
    /// Nothing that tells one person from another.
    None,
    /// Each has a part that the other lacks, or the given name of one met nothing: kin, or
    /// somebody else of that family.
    Another,
}

/// Looks at what met nothing, or only something unlike it. A kunya or a byname that only one side
/// has is common for one person; two fathers are not, and neither is a son's given name before
/// his father's.
pub(crate) fn residue(left: &Name, right: &Name, rarity: &Rarity) -> Residue {
    let comparison = Engine::bundled().compare(left, right, rarity);
    let has = |parts: &[NamePart], tags: &[Tag]| parts.iter().any(|p| tags.contains(&p.tag()));
    let sides = [&comparison.left_unmatched[..], &comparison.right_unmatched[..]];
    let is_given_alone = sides.iter().any(|side| has(side, &[Tag::Given]));
    let core = [Tag::Given, Tag::Patronymic, Tag::Family, Tag::Nisba, Tag::Unknown];
    let is_strained = comparison
        .features
        .iter()
        .any(|f| f.kind == FeatureKind::Part && f.similarity < SAME_PART_MIN);
    if is_given_alone || is_strained || sides.iter().all(|side| has(side, &core)) {
        Residue::Another
    } else {
        Residue::None
    }
}

/// Log-odds of two names; without the explanation where the score says it all.
fn log_odds(left: &Name, right: &Name, score: f32, rarity: &Rarity) -> f64 {
    if !(1.0 - SCORE_MAX..=SCORE_MAX).contains(&score) {
        let comparison = Engine::bundled().compare(left, right, rarity);
        return f64::from(comparison.log_odds);
    }
    let score = f64::from(score);
    (score / (1.0 - score)).ln()
}

/// The pair of names that agrees best. Ties go to the first pair.
pub(crate) fn best_pair(
    left: &[Candidate<'_>],
    right: &[Candidate<'_>],
    rarity: &Rarity,
) -> Option<BestPair> {
    let engine = Engine::bundled();
    let tries = left.len() * right.len();
    let mut ranked: Vec<(f32, usize, usize)> = Vec::with_capacity(tries);
    for (i, l) in left.iter().enumerate() {
        for (j, r) in right.iter().enumerate() {
            ranked.push((engine.score(l.0, r.0, rarity), i, j));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    ranked
        .into_iter()
        .take(FULL_PAIRS_MAX)
        .map(|(score, i, j)| {
            let log_odds = log_odds(left[i].0, right[j].0, score, rarity);
            BestPair { left: i, right: j, log_odds: log_odds - left[i].1 - right[j].1, tries }
        })
        .reduce(|best, next| if next.log_odds > best.log_odds { next } else { best })
}
