//! Owns the meeting of two names: which part of one is which part of the other, and what is left
//! over. Does not weigh: `weigh` does. Invariant: a part meets once, or not at all.

use crate::Script;
use crate::likeness::similarity;
use crate::marks::{class_words, generations, legal_forms, numbers, order, whole_string};
use crate::model::Model;
use crate::part::{Kind, Name, NamePart, Span, Tag};
use crate::prepare::CONTENT_MAX;
use crate::rarity::Rarity;
use crate::sounds::class_of;
use crate::weigh::{evidence, weigh, worth};

/// A match between runs of content parts; a run of more than one part is a joined spelling.
#[derive(Clone, Copy, Default)]
pub(crate) struct Meeting {
    pub(crate) left: (u8, u8),
    pub(crate) right: (u8, u8),
    pub(crate) similarity: f32,
    pub(crate) weight: f32,
}

/// A part that meets another so well is not tried as a part of something else. Chosen by hand.
const SETTLED: f32 = 0.9;
const MEETINGS_MAX: usize = 96;
/// A little more than the best single part could get, so that a full join wins. Chosen by hand.
const JOINED_BONUS: f32 = 1.15;

pub(crate) struct Outcome {
    pub(crate) meetings: [Meeting; CONTENT_MAX],
    pub(crate) met: usize,
    pub(crate) left_free: u32,
    pub(crate) right_free: u32,
    pub(crate) left_missing: f32,
    pub(crate) right_missing: f32,
    pub(crate) conflict: f32,
    pub(crate) whole: f32,
    pub(crate) whole_note: &'static str,
    pub(crate) order: f32,
    pub(crate) number: f32,
    pub(crate) legal: f32,
    pub(crate) class: f32,
    pub(crate) generation: f32,
}

pub(crate) fn decide(model: &Model, left: &Name, right: &Name, rarity: &Rarity) -> Outcome {
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
        class: 0.0,
        generation: 0.0,
    };
    let left_evidence = evidence(left, rarity);
    let right_evidence = evidence(right, rarity);
    meet(model, left, right, &left_evidence, &right_evidence, &mut outcome);
    weigh((left, &left_evidence), (right, &right_evidence), &mut outcome);
    (outcome.whole, outcome.whole_note) = whole_string(left, right);
    outcome.order = order(&outcome);
    outcome.number = numbers(left, right);
    outcome.legal = legal_forms(left, right);
    outcome.class = class_words(left, right);
    outcome.generation = generations(left, right);
    outcome
}

fn free(name: &Name) -> u32 {
    (1u32 << name.content.len()) - 1
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
    // The greatest similarity of each part to a part of the other name.
    let mut left_best = [0.0f32; CONTENT_MAX];
    let mut right_best = [0.0f32; CONTENT_MAX];
    for (i, left_worth) in left_evidence.iter().enumerate().take(left.content.len()) {
        for (j, right_worth) in right_evidence.iter().enumerate().take(right.content.len()) {
            let (a, b) = (left.content_part(i), right.content_part(j));
            let similarity = part_similarity(model, a, b) * other_word(left, right, (a, b));
            left_best[i] = left_best[i].max(similarity);
            right_best[j] = right_best[j].max(similarity);
            let worth = worth(similarity);
            if worth > 0.0 {
                let weight = left_worth.min(*right_worth) * worth;
                offer(Meeting { left: (small(i), 1), right: (small(j), 1), similarity, weight });
            }
        }
    }
    let is_settled = |best: &[f32; CONTENT_MAX], from: u8, count: u8| {
        best[usize::from(from)..usize::from(from + count)].iter().all(|best| *best >= SETTLED)
    };
    for span in right.spans.iter().filter(|span| !is_settled(&right_best, span.from, span.count)) {
        for i in (0..left.content.len()).filter(|i| left_best[*i] < SETTLED) {
            if let Some((similarity, weight)) =
                joined(model, (left, i, left_evidence), (right, span))
            {
                offer(Meeting {
                    left: (small(i), 1),
                    right: (span.from, span.count),
                    similarity,
                    weight,
                });
            }
        }
    }
    for span in left.spans.iter().filter(|span| !is_settled(&left_best, span.from, span.count)) {
        for j in (0..right.content.len()).filter(|j| right_best[*j] < SETTLED) {
            if let Some((similarity, weight)) =
                joined(model, (right, j, right_evidence), (left, span))
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
        let Some(best) = best.filter(|best| best.weight > 0.0) else { break };
        outcome.left_free &= !mask(best.left);
        outcome.right_free &= !mask(best.right);
        outcome.meetings[outcome.met] = best;
        outcome.met += 1;
    }
}

fn small(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

pub(crate) fn mask((from, count): (u8, u8)) -> u32 {
    ((1u32 << count) - 1) << from
}

fn part_similarity(model: &Model, left: &NamePart, right: &NamePart) -> f32 {
    match (left.tag, right.tag) {
        (Tag::Initial, Tag::Number) | (Tag::Number, Tag::Initial) => 0.0,
        // Iran is not Iraq, however alike the words are.
        (Tag::Number, Tag::Number) | (Tag::Place, Tag::Place) => {
            f32::from(u8::from(left.unit.exact == right.unit.exact))
        }
        (Tag::Initial, _) | (_, Tag::Initial) => {
            f32::from(u8::from(left.unit.sounds.first() == right.unit.sounds.first()))
        }
        // A father is no mother.
        (Tag::Kunya, Tag::Kunya) if left.is_mother != right.is_mother => 0.0,
        (Tag::Kunya, Tag::Kunya) => similarity(model, &left.unit, &right.unit),
        (Tag::Kunya, _) | (_, Tag::Kunya) => 0.75 * similarity(model, &left.unit, &right.unit),
        _ => similarity(model, &left.unit, &right.unit),
    }
}

/// Share of the similarity that is left to words of organizations and vessels which slips and
/// spellings do not account for: people are called in many spellings, companies and ships are
/// called by words, and many words rhyme.
fn other_word(left: &Name, right: &Name, (a, b): (&NamePart, &NamePart)) -> f32 {
    /// Letters of a word in which another consonant makes another word.
    const SHORT: usize = 6;
    const SHORT_OF_VESSEL: usize = 8;
    const OTHER_SOUNDS: f32 = 0.5;
    const OTHER_CHARACTERS: f32 = 0.6;
    let is_person = |name: &Name| matches!(name.kind, Kind::Person | Kind::Other);
    if is_person(left)
        || is_person(right)
        || a.unit.script != b.unit.script
        || a.unit.article
        || b.unit.article
    {
        return 1.0;
    }
    let is_vessel = left.kind == Kind::Vessel && right.kind == Kind::Vessel;
    let short = if is_vessel { SHORT_OF_VESSEL } else { SHORT };
    match a.unit.script {
        Script::Han if a.latin != b.latin => OTHER_CHARACTERS,
        Script::Latin if !begin_alike(&a.unit.sounds, &b.unit.sounds) => OTHER_SOUNDS,
        Script::Latin
            if a.folded.len().min(b.folded.len()) < short
                && !sound_alike(&a.unit.sounds, &b.unit.sounds) =>
        {
            OTHER_SOUNDS
        }
        _ => 1.0,
    }
}

/// Whether two words begin with sounds that spellings take for each other.
fn begin_alike(left: &[u8], right: &[u8]) -> bool {
    let (Some(&a), Some(&b)) = (left.first(), right.first()) else { return true };
    let either =
        |x: &[u8], y: &[u8]| x.contains(&a) && y.contains(&b) || x.contains(&b) && y.contains(&a);
    if either(b"p", b"b") || either(b"tT", b"dD") {
        return false;
    }
    let is_vowel = |sound: u8| class_of(sound).is_none() && !matches!(sound, b'w' | b'y');
    let (vowel_a, vowel_b) = (is_vowel(a), is_vowel(b));
    a == b
        || vowel_a && vowel_b
        || class_of(a).is_some() && class_of(a) == class_of(b)
        || either(b"hy", b"aeiou")
        || either(b"y", b"jZ")
        || either(b"w", b"ou")
        || either(b"w", b"vf")
}

/// Whether two words have the same consonants, the weak ones left out.
fn sound_alike(left: &[u8], right: &[u8]) -> bool {
    let strong = |sound: &&u8| class_of(**sound).is_some_and(|class| class != 9);
    left.iter()
        .filter(strong)
        .map(|s| class_of(*s))
        .eq(right.iter().filter(strong).map(|s| class_of(*s)))
}

/// A single part against neighbouring parts written as one; asks for a close likeness.
fn joined(
    model: &Model,
    (name, at, evidence): (&Name, usize, &[f32; CONTENT_MAX]),
    (other, span): (&Name, &Span),
) -> Option<(f32, f32)> {
    let part = name.content_part(at);
    let (a, b) = (part.unit.sounds.len(), span.sounds);
    if a.abs_diff(b) > 2 + a.min(b) / 2 || matches!(part.tag, Tag::Initial | Tag::Number) {
        return None;
    }
    if span.written.as_deref().is_some_and(|written| !may_be_written(part, written)) {
        return None;
    }
    let similarity = similarity(model, &part.unit, other.span_unit(span));
    (similarity > span.least).then(|| (similarity, JOINED_BONUS * evidence[at] * worth(similarity)))
}

/// A quick look at whether a part can be what class words and a name make in one word.
fn may_be_written(part: &NamePart, written: &str) -> bool {
    let (a, b) = (part.folded.as_str(), written);
    a.is_ascii() != b.is_ascii()
        || a.chars().next() == b.chars().next() && a.len().abs_diff(b.len()) <= 3
}
