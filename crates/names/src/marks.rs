//! Owns what is worth what two names show beside the parts that met: the whole string, the order,
//! numbers, generation, class words, legal forms; in natural log odds. Does not weigh meetings.
//! Invariant: symmetric and finite.

use crate::meet::Outcome;
use crate::part::{Kind, Name, Tag};

// Weights in log odds, chosen by hand and by search on names whose truth is known; see
// docs/design/names.md.
const SAME_ORDER: f32 = 4.0;
const SAME_SORTED: f32 = 3.0;
const SAME_JOINED: f32 = 3.5;
const OUT_OF_ORDER: f32 = -0.22;
const NUMBERS_AGREE: f32 = 2.0;
const NUMBERS_DIFFER: f32 = -5.0;
const NUMBER_MISSING: f32 = -1.5;
const LEGAL_AGREES: f32 = 0.3;
const LEGAL_DIFFERS: f32 = -0.4;
const CLASS_AGREES: f32 = 0.8;
const CLASS_DIFFERS: f32 = -3.0;
const CLASS_MISSING: f32 = -0.6;
const GENERATION_AGREES: f32 = 0.5;
const GENERATION_DIFFERS: f32 = -7.0;

/// What the names as whole strings say.
pub(crate) fn whole_string(left: &Name, right: &Name) -> (f32, &'static str) {
    let differs = generations(left, right) < 0.0 || class_words(left, right) < 0.0;
    if left.content.is_empty() || right.content.is_empty() || differs {
        (0.0, "")
    } else if left.order == right.order {
        (SAME_ORDER, "the same words in the same order")
    } else if left.whole == right.whole {
        (SAME_JOINED, "the same letters, parted otherwise")
    } else if left.sorted == right.sorted {
        (SAME_SORTED, "the same words in another order")
    } else {
        (0.0, "")
    }
}

/// Whether the parts met crosswise.
pub(crate) fn order(outcome: &Outcome) -> f32 {
    let met = &outcome.meetings[..outcome.met];
    let crossed = met.iter().enumerate().any(|(at, a)| {
        met[at + 1..].iter().any(|b| (a.left.0 < b.left.0) != (a.right.0 < b.right.0))
    });
    if crossed { OUT_OF_ORDER } else { 0.0 }
}

/// Numbers, which must agree, except in names of persons.
pub(crate) fn numbers(left: &Name, right: &Name) -> f32 {
    if left.kind == Kind::Person && right.kind == Kind::Person {
        return 0.0;
    }
    match (left.numbers.as_slice(), right.numbers.as_slice()) {
        ([], []) => 0.0,
        (a, b) if a == b => NUMBERS_AGREE,
        ([], _) | (_, []) => NUMBER_MISSING,
        _ => NUMBERS_DIFFER,
    }
}

/// Legal forms, which lists often get wrong.
pub(crate) fn legal_forms(left: &Name, right: &Name) -> f32 {
    let form = |name: &'_ Name| {
        name.parts.iter().find(|part| part.tag == Tag::LegalForm).map(|part| part.unit.exact)
    };
    match (form(left), form(right)) {
        (Some(a), Some(b)) if a == b => LEGAL_AGREES,
        (Some(_), Some(_)) => LEGAL_DIFFERS,
        _ => 0.0,
    }
}

/// Words for the kind of organization: a bank is no insurance company. What one name has more than
/// the other says little.
pub(crate) fn class_words(left: &Name, right: &Name) -> f32 {
    let (l, r) = (&left.classes, &right.classes);
    if l == r {
        return if l.is_empty() { 0.0 } else { CLASS_AGREES };
    }
    let has_more = |a: &[u64], b: &[u64]| a.iter().any(|class| !b.contains(class));
    if has_more(l, r) && has_more(r, l) { CLASS_DIFFERS } else { CLASS_MISSING }
}

/// Junior and senior, the second and the third.
pub(crate) fn generations(left: &Name, right: &Name) -> f32 {
    match (left.generation, right.generation) {
        (Some(a), Some(b)) if a == b => GENERATION_AGREES,
        (Some(_), Some(_)) => GENERATION_DIFFERS,
        _ => 0.0,
    }
}
