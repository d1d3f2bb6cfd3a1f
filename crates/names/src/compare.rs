//! Owns the comparison of two analysed names: which part met which, what is left over, and what
//! that is worth. Does not analyse text. Invariants: symmetric, deterministic, and the features of
//! a comparison add up to its log odds; `score` and `compare` are one computation.

use crate::meet::{Meeting, Outcome, decide};
use crate::model::Model;
use crate::part::{Name, NamePart, Tag};
use crate::rarity::Rarity;
use crate::weigh::BIAS;

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
    /// Words for the kind of organization.
    ClassWord,
    /// Junior or senior, the second or the third.
    Generation,
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
    /// Of a meeting: the share of people who have the part, of both the commoner one; else 0.
    pub frequency: f32,
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

/// What a comparison finds, in figures alone: the same as in [`Comparison`], without the words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The sum of all weights.
    pub log_odds: f32,
    /// How rare what the names share is: over the parts that met, the negative natural logarithm of
    /// the share of people who have the part, times the similarity. Unlike the weights it is neither
    /// bounded nor saturated: it tells a common full name from a rare one.
    pub surprise: f32,
    /// Similarity of the parts that met and are least alike; 1 if none met.
    pub least: f32,
    /// Roles of the parts of the left name that met nothing.
    pub left_lacking: Tags,
    /// Roles of the parts of the right name that met nothing.
    pub right_lacking: Tags,
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(u32);

impl Tags {
    /// Whether one of these is in the set.
    pub fn has_any(self, tags: &[Tag]) -> bool {
        tags.iter().any(|tag| self.0 & 1 << *tag as u32 != 0)
    }

    fn of(name: &Name, free: u32) -> Tags {
        let odd = (0..name.content.len()).filter(|at| free & (1 << at) != 0);
        Tags(odd.fold(0, |set, at| set | 1 << name.content_part(at).tag as u32))
    }
}

pub(crate) fn agreement(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> Agreement {
    let (first, second, swapped) = canonical(left, right);
    let (first, second, outcome) = best_reading(model, first, second, rarity);
    let met = &outcome.meetings[..outcome.met];
    let surprise = |name: &Name, (from, count): (u8, u8)| {
        (from..from + count)
            .map(|at| rarity.surprise_of(name.content_part(usize::from(at))))
            .fold(0.0, f32::max)
    };
    let shared =
        |m: &Meeting| surprise(first, m.left).min(surprise(second, m.right)) * m.similarity;
    let mut agreement = Agreement {
        log_odds: log_odds(&outcome),
        surprise: met.iter().map(shared).sum(),
        least: met.iter().map(|meeting| meeting.similarity).fold(1.0, f32::min),
        left_lacking: Tags::of(first, outcome.left_free),
        right_lacking: Tags::of(second, outcome.right_free),
    };
    if swapped {
        std::mem::swap(&mut agreement.left_lacking, &mut agreement.right_lacking);
    }
    agreement
}

pub(crate) fn score(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> f32 {
    let (left, right, _) = canonical(left, right);
    let (_, _, outcome) = best_reading(model, left, right, rarity);
    probability(log_odds(&outcome))
}

/// The readings of two names that speak most for each other, the whole texts among them. What is
/// given as a name by itself, as a former one, may be the only one that others know.
fn best_reading<'a>(
    model: &Model,
    left: &'a Name,
    right: &'a Name,
    rarity: &Rarity,
) -> (&'a Name, &'a Name, Outcome) {
    let mut best = (left, right, decide(model, left, right, rarity));
    let all = |name: &'a Name| std::iter::once(name).chain(&name.readings);
    // The whole texts, first of all pairs, are compared already.
    for (l, r) in all(left).flat_map(|l| all(right).map(move |r| (l, r))).skip(1) {
        let outcome = decide(model, l, r, rarity);
        if log_odds(&outcome) > log_odds(&best.2) {
            best = (l, r, outcome);
        }
    }
    best
}

pub(crate) fn compare(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> Comparison {
    let (first, second, swapped) = canonical(left, right);
    let (first, second, outcome) = best_reading(model, first, second, rarity);
    let log_odds = log_odds(&outcome);
    let mut features = features(first, second, &outcome, rarity);
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
    sum += outcome.class;
    sum += outcome.generation;
    sum + outcome.legal
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

fn features(left: &Name, right: &Name, outcome: &Outcome, rarity: &Rarity) -> Vec<Feature> {
    let mut features = Vec::new();
    let mut push = |kind, left, right, (similarity, frequency), weight: f32, note| {
        if weight != 0.0 {
            features.push(Feature { kind, left, right, similarity, frequency, weight, note });
        }
    };
    let none = String::new;
    push(FeatureKind::Bias, none(), none(), (0.0, 0.0), BIAS, "before anything is compared");
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
            (meeting.similarity, frequency(left, right, meeting, rarity)),
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
    push(
        FeatureKind::Missing,
        left_text.clone(),
        none(),
        (0.0, 0.0),
        outcome.left_missing,
        missing,
    );
    push(
        FeatureKind::Missing,
        none(),
        right_text.clone(),
        (0.0, 0.0),
        outcome.right_missing,
        missing,
    );
    let conflict = if left_text.is_empty() || right_text.is_empty() {
        "parts are unlike or met nothing"
    } else {
        "each name has parts that the other lacks"
    };
    push(FeatureKind::Conflict, left_text, right_text, (0.0, 0.0), outcome.conflict, conflict);
    let (l, r) = (left.folded().to_owned(), right.folded().to_owned());
    push(FeatureKind::WholeString, l, r, (1.0, 0.0), outcome.whole, outcome.whole_note);
    push(
        FeatureKind::Order,
        none(),
        none(),
        (0.0, 0.0),
        outcome.order,
        "the parts stand in another order",
    );
    push(FeatureKind::Number, none(), none(), (0.0, 0.0), outcome.number, "numbers must agree");
    let class = "kinds of organization compared";
    push(FeatureKind::ClassWord, none(), none(), (0.0, 0.0), outcome.class, class);
    let generation = "suffixes of generation compared";
    push(FeatureKind::Generation, none(), none(), (0.0, 0.0), outcome.generation, generation);
    push(FeatureKind::LegalForm, none(), none(), (0.0, 0.0), outcome.legal, "legal forms compared");
    features
}

/// The share of people who have what met: of both sides the commoner one, of a run of parts its
/// rarest.
fn frequency(left: &Name, right: &Name, meeting: &Meeting, rarity: &Rarity) -> f32 {
    let of = |name: &Name, (from, count): (u8, u8)| {
        (from..from + count)
            .map(|at| rarity.frequency(name.content_part(usize::from(at)).token_key()))
            .fold(1.0, f32::min)
    };
    of(left, meeting.left).max(of(right, meeting.right))
}
