//! Owns what is worth what two names show beside the parts that met: the whole string, the order,
//! numbers, generation, class words, legal forms; in natural log odds. Does not weigh meetings.
//! Invariant: symmetric and finite.

use crate::Script;
use crate::meet::Outcome;
use crate::part::{Class, Kind, Name};

// Weights in log odds, chosen by hand and by search on names whose truth is known; see
// docs/design/names.md.
const SAME_ORDER: f32 = 4.0;
const SAME_SORTED: f32 = 3.0;
const SAME_JOINED: f32 = 3.5;
const OUT_OF_ORDER: f32 = -0.22;
const NUMBERS_AGREE: f32 = 1.0;
const NUMBERS_DIFFER: f32 = -5.0;
const NUMBER_MISSING: f32 = -4.5;
const LEGAL_DIFFERS: f32 = -0.4;
const CLASS_AGREES: f32 = 0.8;
/// The same in two scripts, where the words of the name are alike at most.
const CLASS_AGREES_ACROSS: f32 = 1.7;
const CLASS_DIFFERS: f32 = -6.0;
const CLASS_NEAR: f32 = -4.0;
const CLASS_MISSING: f32 = -0.6;
const CLASS_ADDED: f32 = -5.5;
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

/// Legal forms, which lists often get wrong or leave out: they speak only where both names have one
/// and the two are no translations of each other.
pub(crate) fn legal_forms(left: &Name, right: &Name) -> f32 {
    let both = left.legal != 0 && right.legal != 0;
    if both && left.legal & right.legal == 0 { LEGAL_DIFFERS } else { 0.0 }
}

/// Words for the kind of organization: a bank is no insurance company. A name without any may be
/// short for one that has some; but where both say what they are, and one says more, it is a
/// daughter, unless it lists its trades or names one near those that both have.
pub(crate) fn class_words(left: &Name, right: &Name) -> f32 {
    let (l, r) = (left.classes.as_slice(), right.classes.as_slice());
    let more = |a: &[Class], b: &[Class]| {
        let added = a.iter().filter(|class| b.iter().all(|other| other.key != class.key));
        let near = b.iter().fold(0, |families, class| families | class.family);
        let adds = |class: &Class| !class.is_listed && class.family & near == 0;
        added.fold((false, false), |(_, any), class| (true, any || adds(class)))
    };
    let families = |a: &[Class], b: &[Class]| {
        let added = a.iter().filter(|class| b.iter().all(|other| other.key != class.key));
        added.fold(0, |families, class| families | class.family)
    };
    match (more(l, r), more(r, l)) {
        ((false, _), (false, _)) if l.is_empty() && !(left.says_kind && right.says_kind) => 0.0,
        ((false, _), (false, _)) if first_script(left) != first_script(right) => {
            CLASS_AGREES_ACROSS
        }
        ((false, _), (false, _)) if l.is_empty() => 0.0,
        ((false, _), (false, _)) => CLASS_AGREES,
        ((true, _), (true, _)) if families(l, r) & families(r, l) != 0 => CLASS_NEAR,
        ((true, _), (true, _)) => CLASS_DIFFERS,
        ((true, true), _) if !r.is_empty() || right.says_kind => CLASS_ADDED,
        (_, (true, true)) if !l.is_empty() || left.says_kind => CLASS_ADDED,
        _ => CLASS_MISSING,
    }
}

fn first_script(name: &Name) -> Option<Script> {
    name.content.first().map(|&at| name.parts[usize::from(at)].unit.script)
}

/// Junior and senior, the second and the third.
pub(crate) fn generations(left: &Name, right: &Name) -> f32 {
    match (left.generation, right.generation) {
        (Some(a), Some(b)) if a == b => GENERATION_AGREES,
        (Some(_), Some(_)) => GENERATION_DIFFERS,
        _ => 0.0,
    }
}
