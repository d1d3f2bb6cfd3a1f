//! Owns the making of a comparable name from the drafts of its parts: units, joined neighbours,
//! hashes of the whole. Does not decide roles. Invariant: a name has at most `CONTENT_MAX` parts
//! that are compared.

use std::sync::OnceLock;

use crate::analyze::{Draft, analyze};
use crate::fold::fold;
use crate::lexicon;
use crate::part::{Kind, Name, NamePart, Span, Tag};
use crate::rarity::Rarity;
use crate::unit::{Unit, hash_text};
use crate::{Script, romanize};

/// Content parts compared; the rest is kept for display only. Keeps comparison allocation-free.
pub(crate) const CONTENT_MAX: usize = 10;
/// Neighbouring parts that may be written as one word elsewhere.
const SPAN_MAX: usize = 3;

/// Analyses `text` as a name of `kind`, ready for comparison.
pub(crate) fn prepare(text: &str, kind: Kind) -> Name {
    assemble(text, kind, analyze(text, kind))
}

fn assemble(text: &str, kind: Kind, drafts: Vec<Draft>) -> Name {
    let parts: Vec<NamePart> = drafts.into_iter().map(finish).collect();
    let content: Vec<u8> = (0u8..)
        .zip(&parts)
        .filter(|(_, part)| part.tag.is_content())
        .map(|(at, _)| at)
        .take(CONTENT_MAX)
        .collect();
    let spans = spans(&parts, &content);
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
    let mut classes: Vec<u64> = parts
        .iter()
        .filter(|part| part.tag == Tag::ClassWord && !is_general(&part.folded))
        .map(|part| part.unit.exact)
        .collect();
    classes.sort_unstable();
    classes.dedup();
    let generation = parts.iter().find_map(generation_of);
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
        generation,
        whole,
        order,
    }
}

/// Class words that say nothing of the business.
fn is_general(class: &str) -> bool {
    matches!(
        class,
        "company" | "general" | "international" | "national" | "services" | "enterprise"
    )
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
            spans.push(Span { from, count, sounds, unit: OnceLock::new() });
        }
    }
    spans
}
