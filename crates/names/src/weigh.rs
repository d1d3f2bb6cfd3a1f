//! Owns what each observation on two names is worth, in natural log odds. Does not look for the
//! observations: `meet` does. Invariant: weights are finite; the sum of an outcome's terms is its
//! log odds.

use crate::likeness::HALF;
use crate::meet::{Outcome, mask};
use crate::part::{Kind, Name, Tag};
use crate::prepare::CONTENT_MAX;
use crate::rarity::Rarity;

// Weights in log odds, chosen by hand and by search on names whose truth is known; see
// docs/design/names.md.
/// The evidence before anything is compared.
pub(crate) const BIAS: f32 = -2.0;
/// Bends similarity above the floor, so that what is half alike is worth less than half.
const POWER: f32 = 1.75;
/// What a full agreement is worth: bounds, for a common and a rare part.
const EVIDENCE_MIN: f32 = 1.6;
const EVIDENCE_MAX: f32 = 5.2;
const KUNYA_MAX: f32 = 3.5;
const INITIAL_AGREES: f32 = 0.8;
const CLASS_WORD_AGREES: f32 = 1.2;
/// All meetings together are worth no more: beyond, the other explanation is kin, who share names.
const SATURATION: f32 = 12.7;
/// What a part spelled quite otherwise costs, however much the others are worth.
const RESPELLED: f32 = 0.4;
/// Parts that one name lacks: a share of their evidence, and each by itself. Likewise for parts
/// that stand against each other.
const MISSING: f32 = 0.675;
const MISSING_EACH: f32 = 0.44;
const CONFLICT: f32 = 0.42;
const CONFLICT_EACH: f32 = 0.5;
const CONFLICT_GIVEN: f32 = 0.675;
/// Share in which parts that met and are unlike conflict.
const UNLIKE: f32 = 1.0;
/// One meeting between names of several parts.
const SINGLE: f32 = 1.2;
/// The share of the evidence that met nothing.
const UNCOVERED: f32 = 0.675;
const SAME_ORDER: f32 = 4.0;
const SAME_SORTED: f32 = 3.0;
const SAME_JOINED: f32 = 3.5;
const OUT_OF_ORDER: f32 = -0.22;
const NUMBERS_AGREE: f32 = 2.0;
const NUMBERS_DIFFER: f32 = -5.0;
const NUMBER_MISSING: f32 = -1.5;
const LEGAL_AGREES: f32 = 0.3;
const LEGAL_DIFFERS: f32 = -0.4;

/// What a full agreement of each part is worth: the rarer, the more.
pub(crate) fn evidence(name: &Name, rarity: &Rarity) -> [f32; CONTENT_MAX] {
    let mut evidence = [0.0; CONTENT_MAX];
    let is_bundled = rarity.is_bundled();
    for (at, slot) in evidence.iter_mut().enumerate().take(name.content.len()) {
        let part = name.content_part(at);
        let surprise =
            if is_bundled { part.surprise } else { rarity.surprise(part.unit.rarity_key) };
        *slot = match part.tag {
            Tag::Initial => INITIAL_AGREES,
            Tag::ClassWord => CLASS_WORD_AGREES,
            Tag::Kunya => surprise.clamp(EVIDENCE_MIN, KUNYA_MAX),
            _ => surprise.clamp(EVIDENCE_MIN, EVIDENCE_MAX),
        };
    }
    evidence
}

/// Share of a part's evidence that counts against, if the other name lacks it.
fn missing_share(tag: Tag) -> f32 {
    match tag {
        Tag::Kunya => 0.2,
        Tag::Nisba | Tag::Laqab | Tag::ClassWord => 0.25,
        Tag::Patronymic | Tag::Initial => 0.3,
        Tag::Given => 0.5,
        Tag::Family => 0.45,
        _ => 0.35,
    }
}

/// Share of a part's evidence that counts against, if the other name has another part instead.
fn conflict_share(tag: Tag) -> f32 {
    match tag {
        Tag::Initial | Tag::ClassWord => 0.2,
        Tag::Kunya | Tag::Laqab => 0.3,
        Tag::Patronymic => 0.35,
        Tag::Given | Tag::Nisba => 0.5,
        Tag::Family => 0.55,
        _ => 0.4,
    }
}

/// Similarity to the share of the evidence: 1 at equality, 0 at the floor.
pub(crate) fn worth(similarity: f32) -> f32 {
    let x = ((similarity - HALF) / (1.0 - HALF)).max(0.0);
    x.powf(POWER)
}

/// Fills in what the meetings, and the parts that met nothing, are worth.
pub(crate) fn weigh(
    left: (&Name, &[f32; CONTENT_MAX]),
    right: (&Name, &[f32; CONTENT_MAX]),
    outcome: &mut Outcome,
) {
    let raw: f32 = outcome.meetings[..outcome.met].iter().map(|m| m.weight).sum();
    let gain = SATURATION * (1.0 - (-raw / SATURATION).exp());
    for meeting in &mut outcome.meetings[..outcome.met] {
        let share = if raw > 0.0 { meeting.weight / raw } else { 0.0 };
        meeting.weight = gain * share - RESPELLED * (1.0 - worth(meeting.similarity));
    }
    let mut l = Odd::of(left, outcome.left_free);
    let mut r = Odd::of(right, outcome.right_free);
    let missing = |odd: &Odd| -MISSING * odd.missing - MISSING_EACH * odd.count;
    outcome.left_missing = missing(&l);
    outcome.right_missing = missing(&r);
    // What of a part is not like the part that it met stands against it, on both sides.
    for meeting in &outcome.meetings[..outcome.met] {
        let unlike = UNLIKE * (1.0 - worth(meeting.similarity));
        l.add_share(left, meeting.left, unlike);
        r.add_share(right, meeting.right, unlike);
    }
    if l.count > 0.0 && r.count > 0.0 {
        outcome.conflict =
            -CONFLICT * l.conflict.min(r.conflict) - CONFLICT_EACH * l.count.min(r.count);
        if l.given && r.given {
            outcome.conflict -= CONFLICT_GIVEN;
        }
    }
    let total = |side: (&Name, &[f32; CONTENT_MAX])| -> f32 {
        side.1[..side.0.content.len()].iter().sum::<f32>().max(0.1)
    };
    let coverage = (raw / total(left).max(total(right))).min(1.0);
    outcome.conflict -= UNCOVERED * (1.0 - coverage);
    if outcome.met == 1 && left.0.content.len().max(right.0.content.len()) > 1 {
        outcome.conflict -= SINGLE;
    }
}

/// The parts of one name that met nothing.
struct Odd {
    missing: f32,
    conflict: f32,
    count: f32,
    given: bool,
}

impl Odd {
    fn add_share(&mut self, side: (&Name, &[f32; CONTENT_MAX]), parts: (u8, u8), share: f32) {
        let odd = Odd::of(side, mask(parts));
        self.conflict += share * odd.conflict;
        self.count += share * odd.count;
    }

    fn of((name, evidence): (&Name, &[f32; CONTENT_MAX]), free: u32) -> Odd {
        let mut odd = Odd { missing: 0.0, conflict: 0.0, count: 0.0, given: false };
        for (at, value) in evidence.iter().enumerate().take(name.content.len()) {
            if free & (1 << at) != 0 {
                let tag = name.content_part(at).tag;
                odd.missing += value * missing_share(tag);
                odd.conflict += value * conflict_share(tag);
                let is_byname = matches!(tag, Tag::Kunya | Tag::Laqab | Tag::Initial);
                odd.count += if is_byname { 0.5 } else { 1.0 };
                odd.given |= tag == Tag::Given;
            }
        }
        odd
    }
}

/// What the names as whole strings say.
pub(crate) fn whole_string(left: &Name, right: &Name) -> (f32, &'static str) {
    if left.content.is_empty() || right.content.is_empty() {
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
