//! The name engine as the comparisons use it: one word against another, the best of many pairs of
//! names.
//!
//! Does no name logic of its own.

use names::{Agreement, Engine, Name, Rarity, Tag};

use crate::model::NameModel;

/// Engine score from which two teknonyms are one: single words, which the engine doubts. Chosen by
/// hand: spellings of one score 0.40 to 0.85, others below 0.1, save neighbours such as Umar and
/// Ammar.
pub(crate) const SAME_TEKNONYM_MIN: f32 = 0.33;
/// The same for nisbas: spellings of one score 0.6 to 0.85, others below 0.1.
pub(crate) const SAME_NISBA_MIN: f32 = 0.5;
/// Parts less similar than this are different names that the engine had to pair. Chosen by hand on
/// fictional caches.
const SAME_PART_MIN: f32 = 0.55;

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
    /// Log-odds of the engine and the share of the rarity, less what the names lose for being weak;
    /// in nats.
    pub(crate) likeness: f64,
    /// How rare what they share is, in nats.
    pub(crate) surprise: f64,
    pub(crate) tries: usize,
    pub(crate) residue: Residue,
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
fn residue(agreement: &Agreement) -> Residue {
    let sides = [agreement.left_lacking, agreement.right_lacking];
    let is_given_alone = sides.iter().any(|side| side.has_any(&[Tag::Given]));
    let core = [Tag::Given, Tag::Patronymic, Tag::Family, Tag::Nisba, Tag::Unknown];
    let is_strained = agreement.least < SAME_PART_MIN;
    if is_given_alone || is_strained || sides.iter().all(|side| side.has_any(&core)) {
        Residue::Another
    } else {
        Residue::None
    }
}

/// The pair of names that agrees best. Ties go to the first pair.
pub(crate) fn best_pair(
    left: &[Candidate<'_>],
    right: &[Candidate<'_>],
    rarity: &Rarity,
    model: &NameModel,
) -> Option<BestPair> {
    let engine = Engine::bundled();
    let tries = left.len() * right.len();
    let mut best: Option<BestPair> = None;
    for (i, l) in left.iter().enumerate() {
        for (j, r) in right.iter().enumerate() {
            let agreement = engine.agreement(l.0, r.0, rarity);
            let likeness = model.likeness(&agreement) - l.1 - r.1;
            if best.is_none_or(|best| likeness > best.likeness) {
                let surprise = f64::from(agreement.surprise);
                let residue = residue(&agreement);
                best = Some(BestPair { left: i, right: j, likeness, surprise, tries, residue });
            }
        }
    }
    best
}
