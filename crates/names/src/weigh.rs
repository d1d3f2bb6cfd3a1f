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
pub(crate) const BIAS: f32 = -1.85;
/// Bends similarity above the floor, so that what is half alike is worth less than half.
const POWER: f32 = 1.75;
/// What a full agreement is worth: bounds, for a common and a rare part.
const EVIDENCE_MIN: f32 = 1.6;
const EVIDENCE_MAX: f32 = 5.2;
const KUNYA_MAX: f32 = 3.5;
const INITIAL_AGREES: f32 = 0.8;
const CLASS_WORD_AGREES: f32 = 1.2;
/// A number tells ships of one name apart, but many have the same.
const NUMBER_AGREES: f32 = 1.2;
/// All meetings together are worth no more: beyond, the other explanation is kin, who share names.
const SATURATION: f32 = 11.7;
/// What a part spelled quite otherwise costs, however much the others are worth.
const RESPELLED: f32 = 0.4;
/// Parts that one name lacks: a share of their evidence, and each by itself. Likewise for parts
/// that stand against each other.
const MISSING: f32 = 0.675;
const MISSING_EACH: f32 = 0.44;
const CONFLICT: f32 = 0.42;
const CONFLICT_EACH: f32 = 0.55;
const CONFLICT_GIVEN: f32 = 1.2;
/// An initial that fits none of the other's parts that are left.
const CONFLICT_INITIAL: f32 = 1.8;
/// The given name of one is a later name of the other, which has another given name: father and son.
const CONFLICT_SHIFTED: f32 = 1.8;
/// Words of organizations or vessels that stand against each other: few of these share words by
/// chance as kin share names.
const CONFLICT_WORD: f32 = 1.5;
/// Share in which parts that met and are unlike conflict.
const UNLIKE: f32 = 1.0;
/// One meeting between names of several parts.
const SINGLE: f32 = 1.2;
/// The share of the evidence that met nothing.
const UNCOVERED: f32 = 0.675;

/// What a full agreement of each part is worth: the rarer, the more.
pub(crate) fn evidence(name: &Name, rarity: &Rarity) -> [f32; CONTENT_MAX] {
    let mut evidence = [0.0; CONTENT_MAX];
    for (at, slot) in evidence.iter_mut().enumerate().take(name.content.len()) {
        let part = name.content_part(at);
        let surprise = rarity.surprise_of(part);
        *slot = match part.tag {
            Tag::Initial => INITIAL_AGREES,
            Tag::ClassWord => CLASS_WORD_AGREES,
            Tag::Number => NUMBER_AGREES,
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
        let is_person = |name: &Name| matches!(name.kind, Kind::Person | Kind::Other);
        if !is_person(left.0) && !is_person(right.0) && l.word && r.word {
            outcome.conflict -= CONFLICT_WORD;
        }
        if l.given && r.given {
            outcome.conflict -= CONFLICT_GIVEN;
        }
        if l.initial && r.forename || r.initial && l.forename {
            outcome.conflict -= CONFLICT_INITIAL;
        }
        if is_shifted(left.0, right.0, outcome) {
            outcome.conflict -= CONFLICT_SHIFTED;
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

/// Whether a given name met nothing, and that of the other side met a name that is none.
fn is_shifted(left: &Name, right: &Name, outcome: &Outcome) -> bool {
    let tag = |name: &Name, at: u8| name.content_part(usize::from(at)).tag;
    let odd = |name: &Name, free: u32| {
        (0u8..)
            .zip(&name.content)
            .any(|(at, _)| free & (1 << at) != 0 && tag(name, at) == Tag::Given)
    };
    let mut met = outcome.meetings[..outcome.met].iter();
    if odd(left, outcome.left_free) {
        met.any(|m| tag(right, m.right.0) == Tag::Given && tag(left, m.left.0) != Tag::Given)
    } else if odd(right, outcome.right_free) {
        met.any(|m| tag(left, m.left.0) == Tag::Given && tag(right, m.right.0) != Tag::Given)
    } else {
        false
    }
}

/// The parts of one name that met nothing.
#[expect(clippy::struct_excessive_bools, reason = "each is one observation on what is left over")]
struct Odd {
    missing: f32,
    conflict: f32,
    count: f32,
    given: bool,
    /// A word of an organization or vessel, or a place.
    word: bool,
    initial: bool,
    /// A name that an initial can stand for, or another initial.
    forename: bool,
}

impl Odd {
    fn add_share(&mut self, side: (&Name, &[f32; CONTENT_MAX]), parts: (u8, u8), share: f32) {
        let odd = Odd::of(side, mask(parts));
        self.conflict += share * odd.conflict;
        self.count += share * odd.count;
    }

    fn of((name, evidence): (&Name, &[f32; CONTENT_MAX]), free: u32) -> Odd {
        let mut odd = Odd {
            missing: 0.0,
            conflict: 0.0,
            count: 0.0,
            given: false,
            word: false,
            initial: false,
            forename: false,
        };
        for (at, value) in evidence.iter().enumerate().take(name.content.len()) {
            if free & (1 << at) != 0 {
                let tag = name.content_part(at).tag;
                odd.missing += value * missing_share(tag);
                odd.conflict += value * conflict_share(tag);
                let is_byname = matches!(tag, Tag::Kunya | Tag::Laqab | Tag::Initial);
                odd.count += if is_byname { 0.5 } else { 1.0 };
                odd.given |= tag == Tag::Given;
                odd.word |= matches!(tag, Tag::Unknown | Tag::Place);
                odd.initial |= tag == Tag::Initial;
                odd.forename |=
                    matches!(tag, Tag::Given | Tag::Patronymic | Tag::Unknown | Tag::Initial);
            }
        }
        odd
    }
}
