//! Owns the making of a comparable name from the drafts of its parts: units, joined neighbours,
//! hashes of the whole. Does not decide roles. Invariant: a name has at most `CONTENT_MAX` parts
//! that are compared.

use std::sync::OnceLock;

use crate::analyze::{Draft, NOTHING_ELSE, analyze, readings};
use crate::fold::fold;
use crate::lexicon;
use crate::part::{Class, Kind, Name, NamePart, Span, Tag};
use crate::rarity::Rarity;
use crate::unit::{Unit, hash_text};
use crate::{Script, romanize};

/// Content parts compared; the rest is kept for display only. Keeps comparison allocation-free.
pub(crate) const CONTENT_MAX: usize = 10;
/// Neighbouring parts that may be written as one word elsewhere.
const SPAN_MAX: usize = 3;
/// Similarity from which parts written together or apart meet. Chosen by hand.
const JOINED_MIN: f32 = 0.7;
/// The same where class words belong to the run. Chosen by hand.
const JOINED_CLASS_MIN: f32 = 0.9;

/// Analyses `text` as a name of `kind`, ready for comparison.
pub(crate) fn prepare(text: &str, kind: Kind) -> Name {
    let mut name = assemble(text, kind, analyze(text, kind));
    if matches!(kind, Kind::Organization | Kind::Vessel) {
        let read = |text: String| assemble(&text, kind, analyze(&text, kind));
        name.readings = readings(text, name.folded()).into_iter().map(read).collect();
        name.readings.retain(|reading| !reading.is_empty());
    }
    name
}

fn assemble(text: &str, kind: Kind, drafts: Vec<Draft>) -> Name {
    let parts: Vec<NamePart> = drafts.into_iter().map(finish).collect();
    let content: Vec<u8> = (0u8..)
        .zip(&parts)
        .filter(|(_, part)| part.tag.is_content())
        .map(|(at, _)| at)
        .take(CONTENT_MAX)
        .collect();
    let mut spans = spans(&parts, &content);
    if kind != Kind::Person {
        spans.extend(spans_with_classes(&parts, &content));
        spans.extend(towns(&parts, &content));
    }
    let mut cores: Vec<&str> = Vec::with_capacity(content.len() + 1);
    for part in content.iter().map(|&at| &parts[usize::from(at)]) {
        cores.extend(part.is_mother.then_some("umm"));
        cores.push(&part.folded);
    }
    let order = hash_text(&cores.join(" "));
    let whole = hash_text(&cores.concat());
    cores.sort_unstable();
    let mut numbers: Vec<u64> = parts
        .iter()
        .filter(|part| part.tag == Tag::Number)
        .map(|part| hash_text(part.folded.trim_start_matches('0')))
        .collect();
    numbers.sort_unstable();
    let classes = classes(&parts);
    let generation = parts.iter().find_map(generation_of);
    let of_tag = |tag| parts.iter().filter(move |part: &&NamePart| part.tag == tag);
    let says_kind =
        of_tag(Tag::ClassWord).any(|part| is_general(&part.folded) && !is_adjective(&part.folded));
    let legal =
        of_tag(Tag::LegalForm).fold(0, |kinds, part| kinds | lexicon::legal_kinds(&part.folded));
    Name {
        raw: text.to_owned(),
        folded: OnceLock::new(),
        latin: OnceLock::new(),
        kind,
        sorted: hash_text(&cores.join(" ")),
        parts,
        content,
        spans,
        numbers,
        classes,
        says_kind,
        legal,
        readings: Vec::new(),
        generation,
        whole,
        order,
    }
}

/// The class words of a name. Those that every company has count only where the name has no word
/// of its own: there they tell the Central Bank from the National Bank.
fn classes(parts: &[NamePart]) -> Vec<Class> {
    let is_own = |part: &NamePart| {
        part.tag.is_content() && part.tag != Tag::Place && part.reason != NOTHING_ELSE
    };
    let has_own = parts.iter().any(is_own);
    let mut classes = Vec::new();
    let is_class = |part: &NamePart| {
        part.tag == Tag::ClassWord
            || part.reason == NOTHING_ELSE && part.unit.script == Script::Latin
    };
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| is_class(part)) {
        let is_listed = at > 0 && is_and(&parts[at - 1])
            || parts.get(at + 1).is_some_and(is_and)
            || part.text.starts_with('و');
        for class in part.folded.split(' ') {
            if class != "company" && !(has_own && is_general(class)) {
                let family = lexicon::class_family(class);
                classes.push(Class { key: hash_text(class), is_listed, family });
            }
        }
    }
    classes.sort_unstable();
    classes.dedup_by_key(|class| class.key);
    classes
}

fn is_and(part: &NamePart) -> bool {
    const ANDS: [&str; 12] = ["&", "and", "und", "et", "y", "e", "i", "ve", "va", "و", "и", "και"];
    part.tag == Tag::Particle && ANDS.contains(&part.folded.as_str())
}

/// Class words that say nothing of the business.
fn is_general(class: &str) -> bool {
    is_adjective(class)
        || matches!(
            class,
            "group"
                | "holding"
                | "services"
                | "enterprise"
                | "industry"
                | "partners"
                | "associates"
                | "venture"
                | "products"
        )
}

/// Class words that do not even say that it is a company.
fn is_adjective(class: &str) -> bool {
    matches!(class, "general" | "international" | "global" | "national" | "specialist")
}

fn generation_of(part: &NamePart) -> Option<u8> {
    if part.tag != Tag::Suffix {
        return None;
    }
    match lexicon::lookup(&part.folded)?.1 {
        "sr" => Some(1),
        "jr" | "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        "v" => Some(5),
        _ => None,
    }
}

fn is_mother(draft: &Draft) -> bool {
    let head = draft.text.split([' ', '-']).next().unwrap_or_default();
    draft.tag == Tag::Kunya && lexicon::lookup(&fold(head)).is_some_and(|(_, form)| form == "umm")
}

fn finish(draft: Draft) -> NamePart {
    let latin = romanize(&draft.core);
    let script = Script::of_text(&draft.core);
    let unit = Unit::new(script, (&draft.core, &draft.spelled), &latin, draft.article);
    NamePart {
        is_mother: is_mother(&draft),
        surprise: Rarity::general_surprise(unit.rarity_key),
        unit,
        text: draft.text,
        folded: draft.core,
        spelled: draft.spelled,
        latin,
        tag: draft.tag,
        reason: draft.reason,
    }
}

fn spans(parts: &[NamePart], content: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    for count in 2..=SPAN_MAX {
        for (from, window) in (0u8..).zip(content.windows(count)) {
            let joined = || window.iter().map(|&at| &parts[usize::from(at)]);
            if joined().any(|part| matches!(part.tag, Tag::Initial | Tag::Number)) {
                continue;
            }
            let sounds = joined().map(|part| part.unit.sounds.len()).sum();
            let count = u8::try_from(count).unwrap_or(0);
            spans.push(Span {
                from,
                count,
                sounds,
                written: None,
                least: JOINED_MIN,
                unit: OnceLock::new(),
            });
        }
    }
    spans
}

/// Runs of one word of the name or more with class words beside them, which others write in one
/// word: "Neft Prom" and "Neftprom".
fn spans_with_classes(parts: &[NamePart], content: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    for first in 0..parts.len() {
        for count in 2..=SPAN_MAX.min(parts.len() - first) {
            let run = &parts[first..first + count];
            let is_word = |part: &NamePart| matches!(part.tag, Tag::Unknown | Tag::ClassWord);
            if !run.iter().all(is_word) {
                break;
            }
            let inside = |at: &&u8| (first..first + count).contains(&usize::from(**at));
            let own = content.iter().filter(inside).count();
            let from = content.iter().position(|at| inside(&at));
            let (Some(from), true) = (from, own < count) else { continue };
            let written: String =
                run.iter().map(|part| fold(&part.text).replace(' ', "")).collect();
            spans.push(Span {
                from: u8::try_from(from).unwrap_or(0),
                count: u8::try_from(own).unwrap_or(0),
                sounds: written.chars().count(),
                written: Some(written.into_boxed_str()),
                least: JOINED_CLASS_MIN,
                unit: OnceLock::new(),
            });
        }
    }
    spans
}

/// Towns in the Slavic adjectives that organizations are called by: "Okunevskiy", "Окуневская".
fn towns(parts: &[NamePart], content: &[u8]) -> Vec<Span> {
    const LETTERS_MIN: usize = 4;
    let mut spans = Vec::new();
    for (from, part) in (0u8..).zip(content.iter().map(|&at| &parts[usize::from(at)])) {
        let Some(stem) = adjective_stem(&part.folded).filter(|_| part.tag == Tag::Unknown) else {
            continue;
        };
        let town = stem.strip_suffix("ск").or_else(|| stem.strip_suffix("sk")).unwrap_or(stem);
        for town in [stem, town].into_iter().filter(|town| town.chars().count() >= LETTERS_MIN) {
            spans.push(Span {
                from,
                count: 1,
                sounds: town.chars().count(),
                written: Some(town.into()),
                least: JOINED_MIN,
                unit: OnceLock::new(),
            });
        }
    }
    spans
}

/// A word in -sky without its ending.
fn adjective_stem(word: &str) -> Option<&str> {
    const ENDINGS: [&str; 18] = [
        "ий", "ая", "ое", "ого", "ой", "ие", "их", "ии", "iy", "aya", "oye", "oe", "ogo", "ij",
        "aja", "y", "yi", "ii",
    ];
    ENDINGS
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .filter(|stem| stem.ends_with("ск") || stem.ends_with("sk"))
}
