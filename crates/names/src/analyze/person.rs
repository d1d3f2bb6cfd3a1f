//! Owns the parts of a person's name: which words make one part, and which role each part has.
//! Does not know organizations. Invariant: every word ends up in exactly one part.

use super::words::Word;
use super::{Draft, draft};
use crate::Script;
use crate::compound;
use crate::lexicon::{self, Role};
use crate::part::Tag;

pub(super) fn person_parts(words: &[Word]) -> Vec<Draft> {
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

/// Given, father's names and family by what the writing shows, else by position.
pub(super) fn tag_by_position(drafts: &mut [Draft]) {
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
