//! Owns the parts of the name of an organization, ship or aircraft: legal forms, class words,
//! numbers, places, and the words of the name proper. Does not know persons.
//! Invariant: every word ends up in exactly one part.

use super::join::Words;
use super::words::Word;
use super::{Draft, class, draft, keep_content, legal, number};
use crate::compound;
use crate::fold::fold;
use crate::lexicon::{self, Role};
use crate::part::{Kind, Tag};

pub(super) fn organization_parts(words: &[Word], kind: Kind) -> Vec<Draft> {
    let text = Words::new(words);
    let mut drafts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let (tag, core, taken, reason) = part_at(&text, at, kind);
        let mut draft = draft(words, at, taken, core, tag, reason);
        // Others may write the article as one with the word.
        draft.article = tag == Tag::Unknown && at > 0 && text.role(at - 1) == Some(Role::Article);
        drafts.push(draft);
        at += taken;
    }
    tell_establishments(&mut drafts);
    keep_content(&mut drafts);
    drafts
}

/// The Arabic word for a foundation is a legal form where the name is one of a business.
fn tell_establishments(drafts: &mut [Draft]) {
    const TRADES: [&str; 8] = [
        "trading",
        "import",
        "export",
        "construction",
        "exchange",
        "transport",
        "machinery",
        "food",
    ];
    let trades =
        |draft: &Draft| draft.tag == Tag::ClassWord && TRADES.contains(&draft.core.as_str());
    if !drafts.iter().any(trades) {
        return;
    }
    let is_arabic = |text: &str| {
        let word = fold(text);
        ["موسسه", "الموسسه", "muassasa", "muassasat", "moassasat"].contains(&word.as_str())
    };
    for draft in
        drafts.iter_mut().filter(|draft| draft.core == "foundation" && is_arabic(&draft.text))
    {
        draft.tag = Tag::LegalForm;
        "est".clone_into(&mut draft.core);
        draft.reason = "legal form of a business";
    }
}

type Found = (Tag, String, usize, &'static str);

fn part_at(text: &Words, at: usize, kind: Kind) -> Found {
    let words = text.list;
    if let Some(found) = vessel_prefix_at(words, at, kind) {
        return found;
    }
    if kind != Kind::Vessel
        && let Some((form, taken)) = legal::legal_form_at(words, at)
    {
        return (Tag::LegalForm, form.to_owned(), taken, "legal form");
    }
    if kind != Kind::Vessel
        && let Some(taken) = address_at(words, at)
    {
        let core = words[at].folded.clone();
        return (Tag::Particle, core, taken, "form of address of a firm");
    }
    if let Some((digits, taken, reason)) = number::number_at(words, at, kind) {
        return (Tag::Number, digits, taken, reason);
    }
    if let Some((core, taken)) = compound_at(text, at) {
        return (Tag::Unknown, core, taken, "words that make one name");
    }
    let folded = &words[at].folded;
    let more = at + 1 < words.len();
    if words.len() > 1 && joins_words(folded) {
        return (Tag::Particle, folded.clone(), 1, "joins words of the name");
    }
    match class::known_at(words, at) {
        Some((Role::ClassWord, class, taken)) if kind != Kind::Vessel => {
            return (Tag::ClassWord, class.to_owned(), taken, "kind of organization");
        }
        Some((Role::Place, country, taken)) if words.len() > 1 && kind != Kind::Vessel => {
            return (Tag::Place, country.to_owned(), taken, "country or its adjective");
        }
        Some((Role::NumberSign, ..))
            if more && number::number_at(words, at + 1, kind).is_some() =>
        {
            return (Tag::Particle, folded.clone(), 1, "before a number");
        }
        Some((Role::Formerly, _, taken)) if more && (at == 0 || words[at].hyphen_after) => {
            return (Tag::Particle, folded.clone(), taken, "before a former name");
        }
        _ => {}
    }
    match text.role(at) {
        Some(Role::Article | Role::Particle | Role::FamilyParticle) if words.len() > 1 => {
            (Tag::Particle, folded.clone(), 1, "preposition or article")
        }
        None if kind != Kind::Vessel && words.len() > 1 => match class::loose_class(folded) {
            Some((class, reason)) => (Tag::ClassWord, class, 1, reason),
            None => own_word(folded),
        },
        _ => own_word(folded),
    }
}

/// "Messrs" and "M/s" before the name of a firm.
fn address_at(words: &[Word], at: usize) -> Option<usize> {
    let next = words.get(at + 1)?;
    let is_pair = words[at].folded == "m" && words[at].slash_after && next.folded == "s";
    match words[at].folded.as_str() {
        "messrs" if at == 0 => Some(1),
        _ if at == 0 && is_pair && words.len() > 2 => Some(2),
        _ => None,
    }
}

fn own_word(folded: &str) -> Found {
    let core = written_out(folded).unwrap_or_else(|| bare_word(folded));
    (Tag::Unknown, core.to_owned(), 1, "word of the name")
}

/// Titles after which ships, schools and hospitals are named, written short.
fn written_out(folded: &str) -> Option<&'static str> {
    Some(match folded {
        "adm" => "admiral",
        "capt" | "cpt" => "captain",
        "kap" | "kpt" => "kapitan",
        "prof" => "professor",
        "akad" => "akademik",
        "st" | "ste" => "saint",
        "адм" => "адмирал",
        "кап" => "капитан",
        "проф" => "профессор",
        "акад" => "академик",
        _ => return None,
    })
}

fn joins_words(folded: &str) -> bool {
    matches!(
        folded,
        "&" | "and"
            | "for"
            | "und"
            | "fur"
            | "et"
            | "pour"
            | "y"
            | "para"
            | "ve"
            | "icin"
            | "i"
            | "e"
            | "و"
            | "في"
            | "и"
            | "для"
            | "по"
            | "lil"
            | "lel"
            | "fi"
            | "wal"
            | "va"
            | "per"
            | "en"
            | "και"
            | "dlya"
            | "za"
            | "im"
            | "имени"
            | "им"
            | "براي"
    )
}

/// Arabic writes "and the" and "for the" as one with the word.
fn bare_word(folded: &str) -> &str {
    ["وال", "لل"]
        .iter()
        .find_map(|head| folded.strip_prefix(head))
        .filter(|bare| bare.chars().count() >= 4)
        .unwrap_or_else(|| compound::strip_article(folded))
}

const VESSEL: &str = "kind of vessel";

/// "M/V", "M.T." and "MV" before the name of a ship; also behind a former name's "ex".
fn vessel_prefix_at(words: &[Word], at: usize, kind: Kind) -> Option<Found> {
    if kind != Kind::Vessel || at + 1 >= words.len() {
        return None;
    }
    if at == 0
        && let Some((Role::VesselPrefix, canonical, taken)) = class::known_at(words, at)
        && taken < words.len()
        && (taken == 1 || words[at].folded.chars().nth(1).is_some() || words[at].is_cut_off())
    {
        return Some((Tag::Particle, canonical.to_owned(), taken, VESSEL));
    }
    let (word, second) = (&words[at], &words[at + 1]);
    let letters = (word.folded.as_str(), second.folded.as_str());
    let is_pair = matches!(letters, ("m" | "s" | "f", "v" | "t" | "s" | "y"));
    (is_pair && word.is_cut_off() && at + 2 < words.len())
        .then(|| (Tag::Particle, format!("{}{}", letters.0, letters.1), 2, VESSEL))
}

/// Names of persons in the name: `Abd` + name, name + `Allah` or `al-Din`.
fn compound_at(text: &Words, at: usize) -> Option<(String, usize)> {
    let (core, taken) = text.name_at(at);
    let last = text.list.get(at + taken - 1)?;
    let joined = taken > 1 && !text.is_article(at) && {
        let role = lexicon::role(&last.folded);
        text.role(at) == Some(Role::Abd) || matches!(role, Some(Role::Allah | Role::Din))
    };
    let fused = taken == 1
        && core != last.folded
        && compound::is_compound(&last.folded)
        && core != compound::strip_article(&last.folded);
    (joined || fused).then_some((core, taken))
}
