//! Owns the comparison of two analysed names: which part met which, what is left over, and what
//! that is worth. Does not analyse text. Invariants: symmetric, deterministic, and the features of
//! a comparison add up to its log odds; `score` and `compare` are one computation.

use crate::model::Model;
use crate::part::{Kind, Name, NamePart, Tag};
use crate::prepare::CONTENT_MAX;
use crate::rarity::Rarity;
use crate::token::{Unit, similarity};

/// What a feature is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeatureKind {
    /// The evidence before anything is compared.
    Bias,
    /// A part that met a part.
    Part,
    /// The names taken as whole strings.
    WholeString,
    /// A part that the other name lacks.
    Missing,
    /// Both names have parts that the other lacks.
    Conflict,
    /// The order of the parts.
    Order,
    /// Numbers, which must agree.
    Number,
    /// Legal forms.
    LegalForm,
}

/// One reason for or against, with its weight in log odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// What it is about.
    pub kind: FeatureKind,
    /// Text on the left side, empty if none.
    pub left: String,
    /// Text on the right side, empty if none.
    pub right: String,
    /// Similarity in 0..1, where it makes sense.
    pub similarity: f32,
    /// Natural log odds for (positive) or against (negative).
    pub weight: f32,
    /// The reason in words.
    pub note: &'static str,
}

/// The outcome of comparing two names.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Probability-like score in 0..1: how surely this is the same name.
    pub score: f32,
    /// The sum of all weights.
    pub log_odds: f32,
    /// What the sum consists of.
    pub features: Vec<Feature>,
    /// Parts of the left name that met nothing.
    pub left_unmatched: Vec<NamePart>,
    /// Parts of the right name that met nothing.
    pub right_unmatched: Vec<NamePart>,
}

/// A match between runs of content parts; a run of more than one part is a joined spelling.
#[derive(Clone, Copy, Default)]
struct Meeting {
    left: (u8, u8),
    right: (u8, u8),
    similarity: f32,
    weight: f32,
}

const MEETINGS_MAX: usize = 96;

struct Outcome {
    meetings: [Meeting; CONTENT_MAX],
    met: usize,
    left_free: u32,
    right_free: u32,
    left_missing: f32,
    right_missing: f32,
    conflict: f32,
    whole: f32,
    whole_note: &'static str,
    order: f32,
    number: f32,
    legal: f32,
}

// Weights in log odds, all chosen by hand.
const BIAS: f32 = -1.5;
const SAME_ORDER: f32 = 4.0;
const SAME_SORTED: f32 = 3.0;
const SAME_JOINED: f32 = 3.5;
const OUT_OF_ORDER: f32 = -0.25;
const NUMBERS_AGREE: f32 = 2.0;
const NUMBERS_DIFFER: f32 = -5.0;
const NUMBER_MISSING: f32 = -1.5;
const LEGAL_AGREES: f32 = 0.3;
const LEGAL_DIFFERS: f32 = -0.4;
const INITIAL_AGREES: f32 = 0.8;
const MISSING: f32 = 0.5;
const KUNYA_MAX: f32 = 3.5;
const SIMILARITY_MIN: f32 = 0.35;
const EVIDENCE_MIN: f32 = 2.5;
const EVIDENCE_MAX: f32 = 8.0;

pub(crate) fn score(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> f32 {
    let (left, right, _) = canonical(left, right);
    probability(log_odds(&decide(model, left, right, rarity)))
}

pub(crate) fn compare(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> Comparison {
    let (first, second, swapped) = canonical(left, right);
    let outcome = decide(model, first, second, rarity);
    let log_odds = log_odds(&outcome);
    let mut features = features(first, second, &outcome);
    let mut left_unmatched = unmatched(first, outcome.left_free);
    let mut right_unmatched = unmatched(second, outcome.right_free);
    if swapped {
        std::mem::swap(&mut left_unmatched, &mut right_unmatched);
        for feature in &mut features {
            std::mem::swap(&mut feature.left, &mut feature.right);
        }
    }
    Comparison { score: probability(log_odds), log_odds, features, left_unmatched, right_unmatched }
}

/// One order for both directions, so that neither ties nor rounding break the symmetry.
fn canonical<'a>(left: &'a Name, right: &'a Name) -> (&'a Name, &'a Name, bool) {
    let key = |name: &'a Name| (name.order, name.raw.as_str());
    if key(left) <= key(right) { (left, right, false) } else { (right, left, true) }
}

fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn log_odds(outcome: &Outcome) -> f32 {
    let mut sum = BIAS;
    for meeting in &outcome.meetings[..outcome.met] {
        sum += meeting.weight;
    }
    sum += outcome.left_missing;
    sum += outcome.right_missing;
    sum += outcome.conflict;
    sum += outcome.whole;
    sum += outcome.order;
    sum += outcome.number;
    sum + outcome.legal
}

fn decide(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> Outcome {
    let mut outcome = Outcome {
        meetings: [Meeting::default(); CONTENT_MAX],
        met: 0,
        left_free: free(left),
        right_free: free(right),
        left_missing: 0.0,
        right_missing: 0.0,
        conflict: 0.0,
        whole: 0.0,
        whole_note: "",
        order: 0.0,
        number: 0.0,
        legal: 0.0,
    };
    let left_evidence = evidence(left, rarity);
    let right_evidence = evidence(right, rarity);
    meet(model, left, right, &left_evidence, &right_evidence, &mut outcome);
    leftovers(left, right, &left_evidence, &right_evidence, &mut outcome);
    (outcome.whole, outcome.whole_note) = whole_string(left, right);
    outcome.order = order(&outcome);
    outcome.number = numbers(left, right);
    outcome.legal = legal_forms(left, right);
    outcome
}

fn free(name: &Name) -> u32 {
    (1u32 << name.content.len()) - 1
}

/// What a full agreement of each part is worth: the rarer, the more.
fn evidence(name: &Name, rarity: &Rarity) -> [f32; CONTENT_MAX] {
    let mut evidence = [0.0; CONTENT_MAX];
    for (at, slot) in evidence.iter_mut().enumerate().take(name.content.len()) {
        let part = name.content_part(at);
        let surprise = -rarity.frequency(part.unit.rarity_key).ln();
        *slot = match part.tag {
            Tag::Initial => INITIAL_AGREES,
            Tag::ClassWord => 1.2,
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

/// Finds the best meetings, best first; a part meets once.
fn meet(
    model: &Model,
    left: &Name,
    right: &Name,
    left_evidence: &[f32; CONTENT_MAX],
    right_evidence: &[f32; CONTENT_MAX],
    outcome: &mut Outcome,
) {
    let mut found = [Meeting::default(); MEETINGS_MAX];
    let mut count = 0;
    let mut offer = |meeting: Meeting| {
        if count < MEETINGS_MAX {
            found[count] = meeting;
            count += 1;
        }
    };
    for (i, left_worth) in left_evidence.iter().enumerate().take(left.content.len()) {
        for (j, right_worth) in right_evidence.iter().enumerate().take(right.content.len()) {
            let (a, b) = (left.content_part(i), right.content_part(j));
            let similarity = part_similarity(model, a, b);
            if similarity >= SIMILARITY_MIN {
                let evidence = left_worth.min(*right_worth);
                let weight = evidence * worth(similarity);
                offer(Meeting { left: (small(i), 1), right: (small(j), 1), similarity, weight });
            }
        }
    }
    for span in &right.spans {
        for i in 0..left.content.len() {
            if let Some((similarity, weight)) = joined(model, left, i, left_evidence, &span.unit) {
                offer(Meeting {
                    left: (small(i), 1),
                    right: (span.from, span.count),
                    similarity,
                    weight,
                });
            }
        }
    }
    for span in &left.spans {
        for j in 0..right.content.len() {
            if let Some((similarity, weight)) = joined(model, right, j, right_evidence, &span.unit)
            {
                offer(Meeting {
                    left: (span.from, span.count),
                    right: (small(j), 1),
                    similarity,
                    weight,
                });
            }
        }
    }
    choose(&mut found[..count], outcome);
}

fn choose(found: &mut [Meeting], outcome: &mut Outcome) {
    while outcome.met < CONTENT_MAX {
        let mut best: Option<Meeting> = None;
        for meeting in found.iter() {
            let fits = mask(meeting.left) & !outcome.left_free == 0
                && mask(meeting.right) & !outcome.right_free == 0;
            if fits && best.is_none_or(|best| meeting.weight > best.weight) {
                best = Some(*meeting);
            }
        }
        let Some(best) = best.filter(|best| best.weight > -1.0) else { break };
        outcome.left_free &= !mask(best.left);
        outcome.right_free &= !mask(best.right);
        outcome.meetings[outcome.met] = best;
        outcome.met += 1;
    }
}

fn small(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn mask((from, count): (u8, u8)) -> u32 {
    ((1u32 << count) - 1) << from
}

/// Similarity to log-odds share: 1 at equality, 0 at one half, negative below.
fn worth(similarity: f32) -> f32 {
    let x = 2.0 * similarity - 1.0;
    if x > 0.0 { x * x.sqrt() } else { 0.5 * x }
}

fn part_similarity(model: &Model, left: &NamePart, right: &NamePart) -> f32 {
    match (left.tag, right.tag) {
        (Tag::Initial, Tag::Number) | (Tag::Number, Tag::Initial) => 0.0,
        (Tag::Number, Tag::Number) => f32::from(u8::from(left.unit.exact == right.unit.exact)),
        (Tag::Initial, _) | (_, Tag::Initial) => {
            f32::from(u8::from(left.unit.sounds.first() == right.unit.sounds.first()))
        }
        (Tag::Kunya, Tag::Kunya) => similarity(model, &left.unit, &right.unit),
        (Tag::Kunya, _) | (_, Tag::Kunya) => 0.75 * similarity(model, &left.unit, &right.unit),
        _ => similarity(model, &left.unit, &right.unit),
    }
}

/// A single part against neighbouring parts written as one; asks for a close likeness.
fn joined(
    model: &Model,
    name: &Name,
    at: usize,
    evidence: &[f32; CONTENT_MAX],
    span: &Unit,
) -> Option<(f32, f32)> {
    let part = name.content_part(at);
    let (a, b) = (part.unit.sounds.len(), span.sounds.len());
    if a.abs_diff(b) > 2 + a.min(b) / 2 || matches!(part.tag, Tag::Initial | Tag::Number) {
        return None;
    }
    let similarity = similarity(model, &part.unit, span);
    // A little more than the best single part could get, so that a full join wins.
    (similarity > 0.7).then(|| (similarity, 1.15 * evidence[at] * worth(similarity)))
}

fn leftovers(
    left: &Name,
    right: &Name,
    left_evidence: &[f32; CONTENT_MAX],
    right_evidence: &[f32; CONTENT_MAX],
    outcome: &mut Outcome,
) {
    let sum = |name: &Name, free: u32, evidence: &[f32; CONTENT_MAX], share: fn(Tag) -> f32| {
        let mut sum = 0.0;
        for (at, value) in evidence.iter().enumerate().take(name.content.len()) {
            if free & (1 << at) != 0 {
                sum += value * share(name.content_part(at).tag);
            }
        }
        sum
    };
    let (left_free, right_free) = (outcome.left_free, outcome.right_free);
    outcome.left_missing = -MISSING * sum(left, left_free, left_evidence, missing_share);
    outcome.right_missing = -MISSING * sum(right, right_free, right_evidence, missing_share);
    let left_odd = sum(left, left_free, left_evidence, conflict_share);
    let right_odd = sum(right, right_free, right_evidence, conflict_share);
    outcome.conflict = -left_odd.min(right_odd);
}

fn whole_string(left: &Name, right: &Name) -> (f32, &'static str) {
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

fn order(outcome: &Outcome) -> f32 {
    let met = &outcome.meetings[..outcome.met];
    let crossed = met.iter().enumerate().any(|(at, a)| {
        met[at + 1..].iter().any(|b| (a.left.0 < b.left.0) != (a.right.0 < b.right.0))
    });
    if crossed { OUT_OF_ORDER } else { 0.0 }
}

fn numbers(left: &Name, right: &Name) -> f32 {
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

fn legal_forms(left: &Name, right: &Name) -> f32 {
    let form = |name: &'_ Name| {
        name.parts.iter().find(|part| part.tag == Tag::LegalForm).map(|part| part.unit.exact)
    };
    match (form(left), form(right)) {
        (Some(a), Some(b)) if a == b => LEGAL_AGREES,
        (Some(_), Some(_)) => LEGAL_DIFFERS,
        _ => 0.0,
    }
}

fn text_of(name: &Name, (from, count): (u8, u8)) -> String {
    let from = usize::from(from);
    let texts: Vec<&str> =
        (from..from + usize::from(count)).map(|at| name.content_part(at).text.as_str()).collect();
    texts.join(" ")
}

fn unmatched(name: &Name, free: u32) -> Vec<NamePart> {
    (0..name.content.len())
        .filter(|at| free & (1 << at) != 0)
        .map(|at| name.content_part(at).clone())
        .collect()
}

fn features(left: &Name, right: &Name, outcome: &Outcome) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut push = |kind, left: String, right: String, similarity, weight: f32, note| {
        if weight != 0.0 {
            features.push(Feature { kind, left, right, similarity, weight, note });
        }
    };
    let none = String::new;
    push(FeatureKind::Bias, none(), none(), 0.0, BIAS, "before anything is compared");
    for meeting in &outcome.meetings[..outcome.met] {
        let note = match (meeting.left.1, meeting.right.1) {
            (1, 1) if meeting.similarity >= 1.0 => "the same part",
            (1, 1) => "similar part",
            _ => "written together or apart",
        };
        push(
            FeatureKind::Part,
            text_of(left, meeting.left),
            text_of(right, meeting.right),
            meeting.similarity,
            meeting.weight,
            note,
        );
    }
    let joined = |name: &Name, free| {
        let parts = unmatched(name, free);
        parts.iter().map(NamePart::text).collect::<Vec<_>>().join(" ")
    };
    let left_text = joined(left, outcome.left_free);
    let right_text = joined(right, outcome.right_free);
    let missing = "the other name lacks it";
    push(FeatureKind::Missing, left_text.clone(), none(), 0.0, outcome.left_missing, missing);
    push(FeatureKind::Missing, none(), right_text.clone(), 0.0, outcome.right_missing, missing);
    let conflict = "each name has parts that the other lacks";
    push(FeatureKind::Conflict, left_text, right_text, 0.0, outcome.conflict, conflict);
    let (l, r) = (left.folded.clone(), right.folded.clone());
    push(FeatureKind::WholeString, l, r, 1.0, outcome.whole, outcome.whole_note);
    push(
        FeatureKind::Order,
        none(),
        none(),
        0.0,
        outcome.order,
        "the parts stand in another order",
    );
    push(FeatureKind::Number, none(), none(), 0.0, outcome.number, "numbers must agree");
    push(FeatureKind::LegalForm, none(), none(), 0.0, outcome.legal, "legal forms compared");
    features
}
