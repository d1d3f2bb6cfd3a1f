//! From the spans of an answer to an [`Answer`]: the best reading, its state, its normal value.
//!
//! Text that stands in the file is taken as it is. Where characters were recognised, the reading is
//! chosen that fits what the key can hold, and misread words are mended; what was read stays beside.

use model::value::DateOrder;
use model::{Citation, DocumentId, Method, Place, Span};

use crate::Key;
use crate::blood::parse_blood;
use crate::boxes;
use crate::breaks;
use crate::era::mend_era;
use crate::fit::fit;
use crate::fold::fold;
use crate::form::{Answer, AnswerState};
use crate::normalize::normalize;
use crate::open_words;
use crate::vocabulary::{self, Found, Section};

/// Least likeness of a recognised word to the word of a closed list that it is mended to. Chosen by
/// hand: two wrong letters in five, or two wrong strokes in six, which Arabic letters have more of.
const MEND_LEAST: f32 = 0.6;
const MEND_LEAST_ARABIC: f32 = 0.68;
/// The same for words of fewer than [`SHORT`] letters: one in four.
const MEND_LEAST_SHORT: f32 = 0.75;
/// How far a word of another value must be behind. Chosen by hand: half a stroke in ten.
const MEND_LEAD: f32 = 0.04;
const SHORT: usize = 5;
/// Confidence below which recognised text that fits nothing in particular counts as unreadable. On
/// our samples (2026-11-23) five in six such answers were wrong: specks, stamps, rulings.
const DOUBT_BELOW: f32 = 0.4;
/// Confidence from which open text stays as it was read, known or not. On our samples (2026-11-29) no
/// name that had to be mended stood in a reading surer than .94, and rare names did.
const SURE_FROM: f32 = 0.95;
/// Weight of a reading's own confidence beside its fit. Chosen by hand.
const CONFIDENCE_WEIGHT: f32 = 0.3;

/// What all answers of a document share.
pub(crate) struct Context<'a> {
    /// The document.
    pub(crate) document: &'a DocumentId,
    /// Whether day or month comes first.
    pub(crate) order: DateOrder,
    /// Whether the answers are data rows of a register.
    pub(crate) is_register: bool,
}

/// Reads the answer to a question.
pub(crate) fn read_answer(key: Key, spans: &[Span], place: &Place, ctx: &Context<'_>) -> Answer {
    let Some(citation) = cite(spans, place, ctx) else {
        return Answer::not_stated(Some(citation_of_label(place, ctx)));
    };
    let recognised = citation.method == Method::Ocr;
    let (text, mut notes) = choose(key, spans, recognised);
    let mut text = tidy(&text, recognised);
    if let Some(ticked) = boxes::chosen(&text) {
        notes.push(format!("ticked in {text}"));
        text = ticked;
    }
    if is_blank(&text) {
        return Answer::not_stated(Some(citation));
    }
    let mended = if recognised { mend(key, &text, spans) } else { None };
    let written = mended.as_ref().unwrap_or(&text);
    let says_something = || fit(key, written) > 0.0 || open_words::are_all_known(key, written);
    let doubtful = recognised && citation.confidence < DOUBT_BELOW && !says_something();
    let speck = recognised && is_date(key) && text.chars().count() == 1;
    if doubtful || speck || is_unreadable(key, &text) {
        let mut answer = Answer::unreadable(Some(citation));
        answer.notes.push(format!("stands as {text}"));
        return answer;
    }
    let (normalized, mut detail) = normalize(key, written, ctx.order);
    let (state, written) = (AnswerState::Stated, Some(written.clone()));
    detail.mended = mended.map(|_| text);
    let citation = Some(citation);
    Answer { state, written, normalized, detail, citation, notes }
}

/// Where an answer stands and how it was read; `None` if nothing stands there.
pub(crate) fn cite(spans: &[Span], place: &Place, ctx: &Context<'_>) -> Option<Citation> {
    let first = spans.first()?;
    let recognised = spans.iter().any(|s| s.confidence < 1.0 || !s.readings.is_empty());
    let method = match (recognised, ctx.is_register) {
        (true, _) => Method::Ocr,
        (false, true) => Method::Record,
        (false, false) => Method::Text,
    };
    let confidence = spans.iter().map(|s| s.confidence).fold(1.0, f32::min);
    let whole = spans[1..].iter().fold(first.place.clone(), |sum, s| join(sum, &s.place));
    let place = if whole == Place::Whole { place.clone() } else { whole };
    Some(Citation { document: ctx.document.clone(), place, method, confidence })
}

fn citation_of_label(place: &Place, ctx: &Context<'_>) -> Citation {
    let method = if ctx.is_register { Method::Record } else { Method::Text };
    Citation { document: ctx.document.clone(), place: place.clone(), method, confidence: 1.0 }
}

/// Areas of one page or picture are joined; other places cannot be, and the first stands for all.
fn join(left: Place, right: &Place) -> Place {
    match (left, right) {
        (Place::Page { page, area }, Place::Page { page: other, area: more }) if page == *other => {
            Place::Page { page, area: area.union(*more) }
        }
        (Place::Picture { picture, area }, Place::Picture { picture: other, area: more })
            if picture == *other =>
        {
            Place::Picture { picture, area: area.union(*more) }
        }
        (left, _) => left,
    }
}

/// The best reading of an answer, and a note if it is not the first.
fn choose(key: Key, spans: &[Span], recognised: bool) -> (String, Vec<String>) {
    let readings = if recognised { readings(spans) } else { Vec::new() };
    if readings.len() < 2 {
        return (crate::grid::text_of(spans), Vec::new());
    }
    let mut best = (f32::MIN, 0, String::new());
    for (i, (text, confidence)) in readings.into_iter().enumerate() {
        let worth = worth(key, &text, confidence);
        if worth > best.0 {
            best = (worth, i, text);
        }
    }
    let notes = if best.1 == 0 { Vec::new() } else { vec![format!("reading {}", best.1 + 1)] };
    (best.2, notes)
}

/// All readings of an answer with the confidence of each, the first first.
fn readings(spans: &[Span]) -> Vec<(String, f32)> {
    let mut out = vec![(crate::grid::text_of(spans), confidence_of(spans))];
    for i in 0..spans.iter().map(|s| s.readings.len()).max().unwrap_or(0) {
        let mut least: f32 = 1.0;
        let texts: Vec<&str> = spans
            .iter()
            .map(|s| {
                let reading = s.readings.get(i);
                least = least.min(reading.map_or(s.confidence, |r| r.confidence));
                reading.map_or(s.text.trim(), |r| r.text.trim())
            })
            .collect();
        out.push((texts.join("\n"), least));
    }
    out
}

fn worth(key: Key, text: &str, confidence: f32) -> f32 {
    if is_blank(text) {
        return -0.5;
    }
    fit(key, text) + CONFIDENCE_WEIGHT * confidence
}

/// White space as single blanks, lines joined; of recognised text also without stray signs at the
/// ends, which are rulings and specks.
fn tidy(text: &str, recognised: bool) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !recognised {
        return joined;
    }
    let stray = |c: char| "|_~«»\"'`.,:;=*•·[]{}<>\\".contains(c) || c.is_whitespace();
    joined.trim_matches(stray).trim_end_matches([' ', '/']).to_owned()
}

fn is_blank(text: &str) -> bool {
    fold(text).is_empty() && !text.contains(['?', '\u{fffd}', '+'])
}

/// Characters that were lost before the text came to us: an encoding without them wrote `?`.
fn is_unreadable(key: Key, text: &str) -> bool {
    let lost = text.chars().filter(|c| matches!(c, '?' | '\u{fffd}')).count();
    let kept = text.chars().filter(|c| c.is_alphanumeric()).count();
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let needs_digits =
        matches!(key, Key::BirthDate | Key::EntryDate | Key::DeathDate | Key::Contact);
    lost > kept || (lost >= 2 && needs_digits && digits < lost)
}

/// A recognised answer with its misread words as they should be; `None` where it says what it said.
fn mend(key: Key, text: &str, spans: &[Span]) -> Option<String> {
    let word = |section| mend_words(section, text, spans);
    let mended = match key {
        Key::BloodType => parse_blood(text, true),
        Key::Nationality => mend_nationality(text, spans),
        Key::MaritalStatus => word(Section::MaritalStatus),
        Key::Education => word(Section::Education),
        Key::ShariaLevel => word(Section::ShariaLevel),
        Key::Role => word(Section::Role),
        Key::Obedience => word(Section::Obedience),
        Key::Speciality => word(Section::Speciality),
        Key::EntryPoint => word(Section::EntryPoint),
        Key::Travelled | Key::PriorJihad => mend_list(text),
        Key::Recommender | Key::Deposits => mend_word(Section::None, text),
        Key::BirthDate | Key::EntryDate | Key::DeathDate => mend_era(text),
        _ => None,
    };
    let mended = mended.or_else(|| mend_open(key, text, spans));
    mended.filter(|word| fold(word) != fold(text) || key == Key::BloodType && word != text)
}

/// Names, places and free text, their words put together and read anew.
fn mend_open(key: Key, text: &str, spans: &[Span]) -> Option<String> {
    let whole = mend_breaks(key, text, spans);
    let others = match spans {
        [span] => span.readings.as_slice(),
        _ => &[],
    };
    if confidence_of(spans) >= SURE_FROM {
        return whole;
    }
    let others = others.iter().map(|reading| reading.text.as_str());
    open_words::mend(key, whole.as_deref().unwrap_or(text), others).or(whole)
}

/// Names and free text with the words put together that the recognizer broke.
fn mend_breaks(key: Key, text: &str, spans: &[Span]) -> Option<String> {
    let named = match key {
        Key::FullName | Key::MotherName | Key::Kunya | Key::Facilitator | Key::Recommender => true,
        Key::Notes | Key::Workplace | Key::Occupation => false,
        _ => return None,
    };
    let others = match spans {
        [span] => span.readings.as_slice(),
        _ => &[],
    };
    let whole = breaks::whole_words(text, others.iter().map(|reading| reading.text.as_str()));
    breaks::join_alif(whole.unwrap_or(text), named).or_else(|| whole.map(str::to_owned))
}

fn is_date(key: Key) -> bool {
    matches!(key, Key::BirthDate | Key::EntryDate | Key::DeathDate)
}

/// The word of a list that an answer is, holds, or looks like in all its readings.
fn mend_words(section: Section, text: &str, spans: &[Span]) -> Option<String> {
    let known = vocabulary::exact(section, text).or_else(|| vocabulary::within(section, text));
    let found = known.or_else(|| look(section, None, text, spans, MEND_LEAD));
    found.map(|found| found.word.to_owned())
}

/// The people an answer names, or the country. Names of a country and its people look alike, so one
/// tells which of two peoples that look alike is meant.
fn mend_nationality(text: &str, spans: &[Span]) -> Option<String> {
    mend_words(Section::Nationality, text, spans).or_else(|| {
        let known = vocabulary::exact(Section::Country, text);
        if let Some(found) = known.or_else(|| vocabulary::within(Section::Country, text)) {
            return Some(found.word.to_owned());
        }
        let country = look(Section::Country, None, text, spans, MEND_LEAD)?;
        let people = look(Section::Nationality, Some(country.value), text, spans, 0.0);
        Some(people.filter(|p| p.likeness >= country.likeness).unwrap_or(country).word.to_owned())
    })
}

/// What the readings of an answer look like, of one value where that is told.
fn look(
    section: Section,
    value: Option<&str>,
    text: &str,
    spans: &[Span],
    lead: f32,
) -> Option<Found> {
    let readings: Vec<(String, f32)> = std::iter::once((text.to_owned(), confidence_of(spans)))
        .chain(readings(spans).into_iter().filter(|(other, _)| other != text))
        .collect();
    vocabulary::seen(section, value, &readings, least(text), lead)
}

fn confidence_of(spans: &[Span]) -> f32 {
    spans.iter().map(|s| s.confidence).fold(1.0, f32::min)
}

fn least(text: &str) -> f32 {
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    match letters {
        ..SHORT => MEND_LEAST_SHORT,
        _ if is_arabic(text) => MEND_LEAST_ARABIC,
        _ => MEND_LEAST,
    }
}

fn is_arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))
}

fn mend_word(section: Section, text: &str) -> Option<String> {
    let readings = [(text.to_owned(), 1.0)];
    vocabulary::seen(section, None, &readings, least(text), MEND_LEAD)
        .map(|found| found.word.to_owned())
}

/// Mends each member of a list of countries, "yes" and "none" included. Where the comma was read as
/// a letter or not at all, the words themselves part the list.
fn mend_list(text: &str) -> Option<String> {
    if let Some(none) = mend_word(Section::None, text) {
        return Some(none);
    }
    let stray = |c: char| !c.is_alphanumeric() || c == 'ء';
    let member = |piece: &str| {
        let word = piece.trim_matches(stray);
        mend_word(Section::Country, word).or_else(|| mend_word(Section::Yes, word))
    };
    for parts in [
        text.split(|c: char| "،,;؛/-–.«:".contains(c)).collect::<Vec<_>>(),
        text.split_whitespace().collect(),
    ] {
        let parts: Vec<&str> =
            parts.into_iter().filter(|part| !part.trim_matches(stray).is_empty()).collect();
        let mended: Option<Vec<String>> = parts.iter().map(|part| member(part)).collect();
        if let Some(mended) = mended.filter(|list| !list.is_empty()) {
            return Some(mended.join(if is_arabic(text) { "، " } else { ", " }));
        }
    }
    None
}
