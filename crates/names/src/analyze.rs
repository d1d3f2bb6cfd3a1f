//! Owns the analysis of a name: text to words, words to parts, parts to tags with reasons.
//! Does not compare. Invariants: never panics, keeps the order written, gives every part a reason.

use crate::compound;
use crate::fold::{Separator, fold, separator};
use crate::lexicon::{self, Role};
use crate::model::Model;
use crate::part::{Kind, Name, NamePart, Span, Tag};
use crate::token::{Unit, hash_text};
use crate::{Script, romanize};

/// Words analysed of one name; beyond that a text is no name. The longest entry of six public
/// watchlists has 21 words.
const WORDS_MAX: usize = 48;
/// Content parts compared; the rest is kept for display only. Keeps comparison allocation-free.
pub(crate) const CONTENT_MAX: usize = 10;
/// Neighbouring parts that may be written as one word elsewhere.
const SPAN_MAX: usize = 3;

/// One word of the text.
struct Word {
    text: String,
    folded: String,
    comma_after: bool,
    hyphen_after: bool,
}

/// A part before it gets its comparable form.
struct Draft {
    text: String,
    core: String,
    tag: Tag,
    reason: &'static str,
    article: bool,
    capitals: bool,
    before_comma: bool,
}

/// Analyses `text` as a name of `kind`.
pub(crate) fn analyze(model: &Model, text: &str, kind: Kind) -> Name {
    let words = words(text);
    let organization = match kind {
        Kind::Person => false,
        Kind::Organization | Kind::Vessel => true,
        Kind::Other => words.iter().any(|word| {
            lexicon::lookup_organizational(&word.folded)
                .is_some_and(|(role, _)| role == Role::LegalForm)
        }),
    };
    let mut drafts =
        if organization { organization_parts(&words, kind) } else { person_parts(&words) };
    if !drafts.iter().any(|draft| draft.tag.is_content()) {
        for draft in &mut drafts {
            draft.tag = Tag::Unknown;
            draft.reason = "nothing else in the name";
        }
    }
    if !organization {
        tag_by_position(&mut drafts);
    }
    assemble(model, text, kind, drafts)
}

fn assemble(model: &Model, text: &str, kind: Kind, drafts: Vec<Draft>) -> Name {
    let parts: Vec<NamePart> = drafts.into_iter().map(|draft| finish(model, draft)).collect();
    let content: Vec<u8> = (0u8..)
        .zip(&parts)
        .filter(|(_, part)| part.tag.is_content())
        .map(|(at, _)| at)
        .take(CONTENT_MAX)
        .collect();
    let spans = spans(model, &parts, &content);
    let mut cores: Vec<&str> =
        content.iter().map(|&at| parts[usize::from(at)].folded.as_str()).collect();
    let order = hash_text(&cores.join(" "));
    let whole = hash_text(&cores.concat());
    cores.sort_unstable();
    let latin: Vec<&str> =
        parts.iter().map(|part| part.latin.as_str()).filter(|l| !l.is_empty()).collect();
    let mut numbers: Vec<u64> = parts
        .iter()
        .filter(|part| part.tag == Tag::Number)
        .map(|part| hash_text(part.folded.trim_start_matches('0')))
        .collect();
    numbers.sort_unstable();
    Name {
        raw: text.to_owned(),
        folded: fold(text),
        latin: latin.join(" "),
        kind,
        script: Script::of_text(text),
        sorted: hash_text(&cores.join(" ")),
        parts,
        content,
        spans,
        numbers,
        whole,
        order,
    }
}

fn finish(model: &Model, draft: Draft) -> NamePart {
    let latin = romanize(&draft.core);
    let script = Script::of_text(&draft.core);
    NamePart {
        unit: Unit::new(model, script, &draft.core, &latin, draft.article),
        text: draft.text,
        folded: draft.core,
        latin,
        tag: draft.tag,
        reason: draft.reason,
    }
}

fn spans(model: &Model, parts: &[NamePart], content: &[u8]) -> Vec<Span> {
    let mut spans = Vec::new();
    for count in 2..=SPAN_MAX {
        for (from, window) in (0u8..).zip(content.windows(count)) {
            let joined: Vec<&NamePart> = window.iter().map(|&at| &parts[usize::from(at)]).collect();
            if joined.iter().any(|part| matches!(part.tag, Tag::Initial | Tag::Number)) {
                continue;
            }
            let native: String = joined.iter().map(|part| part.folded.as_str()).collect();
            let latin: String = joined.iter().map(|part| part.latin.as_str()).collect();
            let unit =
                Unit::new(model, joined[0].unit.script, &native, &latin, joined[0].unit.article);
            spans.push(Span { from, count: u8::try_from(count).unwrap_or(0), unit });
        }
    }
    spans
}

/// Cuts the text at blanks, hyphens and punctuation and folds each word.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut piece = String::new();
    for c in text.chars().chain([' ']) {
        let Some(kind) = separator(c) else {
            piece.push(c);
            continue;
        };
        push_word(&piece, &mut words);
        piece.clear();
        if let Some(last) = words.last_mut() {
            last.comma_after |= kind == Separator::Comma;
            last.hyphen_after |= kind == Separator::Hyphen;
        }
        if words.len() >= WORDS_MAX {
            break;
        }
    }
    words
}

fn push_word(piece: &str, words: &mut Vec<Word>) {
    let folded = fold(piece);
    for word in folded.split([' ', ',', '-']).filter(|word| !word.is_empty()) {
        words.push(Word {
            text: if folded.contains(' ') { word.to_owned() } else { piece.trim().to_owned() },
            folded: word.to_owned(),
            comma_after: false,
            hyphen_after: false,
        });
    }
}

fn person_parts(words: &[Word]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut at = 0;
    let mut after_nasab = false;
    let mut comma_seen = false;
    let has_comma = words.iter().rev().skip(1).any(|word| word.comma_after);
    while at < words.len() {
        let taken = join_next(words, at, &mut drafts, after_nasab);
        let last = &words[at + taken - 1];
        if let Some(draft) = drafts.last_mut() {
            after_nasab = draft.reason == NASAB;
            draft.before_comma = has_comma && !comma_seen;
            draft.capitals =
                words[at..at + taken].iter().all(|w| w.is_capitals() || w.folded.len() < 3);
        }
        comma_seen |= last.comma_after;
        at += taken;
    }
    drafts
}

const NASAB: &str = "links a name to that of the father";

/// Makes one part of the words from `at` on and says how many it took.
fn join_next(words: &[Word], at: usize, drafts: &mut Vec<Draft>, after_nasab: bool) -> usize {
    let word = &words[at];
    let role = lexicon::lookup(&word.folded).map(|(role, _)| role);
    let alone = words.len() == 1;
    let (tag, reason) = match role {
        Some(Role::KunyaHead) if at + 1 < words.len() && !word.comma_after => {
            let (core, taken) = name_at(words, at + 1);
            if taken > 0 {
                let reason = "abu or umm before a name";
                drafts.push(draft(words, at, taken + 1, core, Tag::Kunya, reason));
                return taken + 1;
            }
            return plain_part(words, at, drafts, after_nasab);
        }
        Some(Role::Nasab) if !alone && is_after_father(&word.folded) => {
            if let Some(father) = drafts.last_mut() {
                (father.tag, father.reason) = (Tag::Patronymic, "before oglu or kyzy");
            }
            (Tag::Particle, "follows the name of the father")
        }
        Some(Role::Nasab) if !alone => (Tag::Particle, NASAB),
        Some(Role::Honorific) if !alone && !closes_name(words, at) => {
            (Tag::Honorific, "title or form of address")
        }
        Some(Role::Suffix) if at > 0 => (Tag::Suffix, "suffix of generation or degree"),
        Some(Role::Particle) if !alone && !is_capital_initial(word) => {
            (Tag::Particle, "preposition or article")
        }
        _ => return plain_part(words, at, drafts, after_nasab),
    };
    drafts.push(draft(words, at, 1, word.folded.clone(), tag, reason));
    1
}

/// A title stands before a name; as its last word, as in "Sami al-Sayyid", it is the family name.
fn closes_name(words: &[Word], at: usize) -> bool {
    at > 0 && at + 1 == words.len() && !words[at - 1].comma_after
}

fn is_capital_initial(word: &Word) -> bool {
    word.is_single() && word.text.chars().all(char::is_uppercase)
}

fn is_after_father(word: &str) -> bool {
    const AFTER: [&str; 14] = [
        "oglu", "oglou", "ogly", "ogli", "oghlu", "kyzy", "kizi", "gizi", "qizi", "оглы", "оглу",
        "огли", "кызы", "гызы",
    ];
    AFTER.contains(&word)
}

fn plain_part(words: &[Word], at: usize, drafts: &mut Vec<Draft>, after_nasab: bool) -> usize {
    let word = &words[at];
    let (core, taken) = name_at(words, at);
    let taken = taken.max(1);
    let article = taken > 1 && is_article(words, at)
        || core.len() < word.folded.len() && taken == 1 && word.folded.starts_with("ال");
    let (tag, reason) =
        if word.is_single() && taken == 1 && Script::of_text(&word.folded) != Script::Han {
            (Tag::Initial, "a single letter")
        } else if core.chars().all(|c| c.is_ascii_digit()) {
            (Tag::Number, "digits")
        } else if after_nasab {
            (Tag::Patronymic, "after bin or ibn")
        } else if article && core.ends_with(['i', 'y', 'ي']) {
            (Tag::Nisba, "article before and final i: origin, tribe or trade")
        } else if compound::is_patronymic(&core) {
            (Tag::Patronymic, "ending of a patronymic")
        } else if compound::is_laqab(&core) && taken > 1 {
            (Tag::Laqab, "compound with al-Din or Allah")
        } else {
            (Tag::Unknown, "")
        };
    let core = if core.is_empty() { word.folded.clone() } else { core };
    let mut part = draft(words, at, taken, core, tag, reason);
    part.article = article;
    drafts.push(part);
    taken
}

/// The core of the name that starts at `at`, and the number of words it takes: article taken off,
/// `abd` joined with the word it governs, `Allah` and `al-Din` joined with the word before.
fn name_at(words: &[Word], at: usize) -> (String, usize) {
    let Some(word) = words.get(at) else { return (String::new(), 0) };
    let joined = |from: usize| from < words.len() && !words[from - 1].comma_after;
    if is_article(words, at) {
        let (core, taken) = name_at(words, at + 1);
        return if taken > 0 { (core, taken + 1) } else { (word.folded.clone(), 1) };
    }
    let role = lexicon::lookup(&word.folded).map(|(role, _)| role);
    if role == Some(Role::Abd) && joined(at + 1) && !is_link(&words[at + 1].folded) {
        let skip = usize::from(is_article(words, at + 1) && joined(at + 2));
        let ruled = compound::strip_article(&words[at + 1 + skip].folded);
        let abd = if word.folded.is_ascii() { "abd" } else { compound::abd_of(&word.folded) };
        return (format!("{abd}{}", compound::allah_core(ruled)), 2 + skip);
    }
    let core = compound::core_of(&word.folded);
    // "Nur al-Din", "Nasr Allah": the second word never stands alone.
    if joined(at + 1) && !is_link(&word.folded) && word.folded.chars().count() > 1 {
        let skip = usize::from(is_article(words, at + 1) && joined(at + 2));
        let second = &words[at + 1 + skip].folded;
        match lexicon::lookup(second).map(|(role, _)| role) {
            Some(Role::Allah) if skip == 0 => {
                return (format!("{core}{}", compound::lah_like(&core)), 2);
            }
            Some(Role::Din)
                if skip == 1 || second != "din" && second != "دين" || words[at].hyphen_after =>
            {
                return (format!("{core}{}", compound::din_like(&core)), 2 + skip);
            }
            _ => {}
        }
    }
    (core, 1)
}

fn is_link(folded: &str) -> bool {
    matches!(
        lexicon::lookup(folded),
        Some((Role::Nasab | Role::KunyaHead | Role::Honorific | Role::Particle, _))
    )
}

/// An article is a word of its own; assimilated forms (`as-`, `ed-`) need the hyphen and the
/// letter that they assimilate to.
fn is_article(words: &[Word], at: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return false };
    if word.comma_after {
        return false;
    }
    if matches!(lexicon::lookup(&word.folded), Some((Role::Article, _))) {
        return true;
    }
    let text = word.folded.as_bytes();
    word.hyphen_after
        && matches!(text.len(), 2 | 3)
        && matches!(text[0], b'a' | b'e' | b'u' | b'i')
        && next.folded.as_bytes().starts_with(&text[1..])
}

impl Word {
    /// Written in capitals, as lists write family names.
    fn is_capitals(&self) -> bool {
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1
            && self.text.chars().any(char::is_uppercase)
            && !self.text.chars().any(char::is_lowercase)
    }

    fn is_single(&self) -> bool {
        self.text.chars().filter(|c| c.is_alphabetic()).count() == 1
    }
}

fn draft(
    words: &[Word],
    at: usize,
    taken: usize,
    core: String,
    tag: Tag,
    reason: &'static str,
) -> Draft {
    let mut text = String::new();
    for (offset, word) in words[at..at + taken].iter().enumerate() {
        text.push_str(&word.text);
        if offset + 1 < taken {
            text.push(if word.hyphen_after { '-' } else { ' ' });
        }
    }
    Draft { text, core, tag, reason, article: false, capitals: false, before_comma: false }
}

/// Given, father's names and family by what the writing shows, else by position.
fn tag_by_position(drafts: &mut [Draft]) {
    let some_small = drafts.iter().any(|draft| draft.tag.is_content() && !draft.capitals);
    for draft in drafts.iter_mut().filter(|draft| draft.tag == Tag::Unknown) {
        if draft.before_comma {
            (draft.tag, draft.reason) = (Tag::Family, "stands before the comma");
        } else if draft.capitals && some_small {
            (draft.tag, draft.reason) = (Tag::Family, "written in capitals");
        } else if compound::is_family(&draft.core) {
            (draft.tag, draft.reason) = (Tag::Family, "ending of a family name");
        }
    }
    let has_family = drafts.iter().any(|draft| matches!(draft.tag, Tag::Family | Tag::Nisba));
    let open: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].tag == Tag::Unknown).collect();
    let Some((&first, rest)) = open.split_first() else { return };
    (drafts[first].tag, drafts[first].reason) = (Tag::Given, "first of the names");
    if drafts[first].core.is_empty() {
        drafts[first].tag = Tag::Unknown;
    }
    for (nth, &at) in rest.iter().enumerate() {
        let last = nth + 1 == rest.len() && at + 1 == drafts.len();
        (drafts[at].tag, drafts[at].reason) = if last && !has_family {
            (Tag::Family, "last of the names")
        } else if Script::of_text(&drafts[at].core) == Script::Arabic {
            (Tag::Patronymic, "follows the given name in the chain")
        } else {
            (Tag::Unknown, "between given and family name")
        };
    }
}

fn organization_parts(words: &[Word], kind: Kind) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let found =
            if kind == Kind::Vessel { None } else { lexicon::lookup_organizational(&word.folded) };
        let (tag, core, reason) = match found {
            Some((Role::LegalForm, form)) if at > 0 || words.len() > 1 => {
                (Tag::LegalForm, form.to_owned(), "legal form")
            }
            Some((Role::ClassWord, form)) => {
                (Tag::ClassWord, form.to_owned(), "kind of organization")
            }
            _ => plain_word(words, at, kind),
        };
        drafts.push(draft(words, at, 1, core, tag, reason));
    }
    drafts
}

fn plain_word(words: &[Word], at: usize, kind: Kind) -> (Tag, String, &'static str) {
    let folded = &words[at].folded;
    if folded.chars().all(|c| c.is_ascii_digit()) {
        return (Tag::Number, folded.clone(), "digits");
    }
    match lexicon::lookup(folded) {
        Some((Role::Article | Role::Particle, _)) if words.len() > 1 => {
            (Tag::Particle, folded.clone(), "preposition or article")
        }
        Some((Role::VesselPrefix, _)) if kind == Kind::Vessel && at == 0 && words.len() > 1 => {
            (Tag::Particle, folded.clone(), "kind of vessel")
        }
        _ => (Tag::Unknown, compound::strip_article(folded).to_owned(), "word of the name"),
    }
}
