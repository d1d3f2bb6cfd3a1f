//! Owns the parts of a person's name: which words are links, titles and suffixes, and what the
//! words of each name show by themselves. Position is left to `order`.
//! Does not know organizations. Invariant: every word ends up in exactly one part.

use super::join::Words;
use super::words::Word;
use super::{Draft, draft, eastern, endings, keep_content, mrz, order};
use crate::Script;
use crate::compound;
use crate::lexicon::Role;
use crate::part::Tag;

pub(super) fn person_parts(words: &[Word]) -> Vec<Draft> {
    let text = Words::new(words);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut at = 0;
    let mut after_nasab = false;
    let mut after_alias = false;
    while at < words.len() {
        let taken = join_next(&text, at, &mut drafts, after_nasab);
        if let Some(draft) = drafts.last_mut() {
            // "bin Haji Samir": the title does not part the link from the name.
            after_nasab = draft.reason == NASAB || after_nasab && draft.tag == Tag::Honorific;
            draft.is_aside = words[at].is_aside || after_alias;
            after_alias |= draft.reason == ALIAS;
            let written = &words[at..at + taken];
            draft.capitals = written.iter().any(Word::is_capitals)
                && written.iter().all(|w| w.is_capitals() || w.folded.len() < 3);
        }
        at += taken;
    }
    join_abd_to_front(&text, &mut drafts);
    keep_content(&mut drafts);
    order::tag_by_position(&mut drafts, text.shows_arabic);
    drafts
}

/// "QANDILI Samir Abdul" and "Karim, Samir Abd al-": `abd` governs a word and cannot close a name, so
/// a list has put that word in front, as the family name.
fn join_abd_to_front(text: &Words, drafts: &mut [Draft]) {
    let last = text.list.len().saturating_sub(1);
    let [front, .., abd] = drafts else { return };
    let others_small = text.list[1..].iter().any(Word::has_small_letter);
    let is_in_front = text.list[0].comma_after || front.capitals && others_small;
    if text.role(last) != Some(Role::Abd) || !is_in_front || front.tag != Tag::Unknown {
        return;
    }
    let head = if abd.core.is_ascii() { "abd" } else { compound::abd_of(&abd.core) };
    front.core = format!("{head}{}", compound::allah_core(&front.core));
    front.spelled = front.core.clone();
    front.reason = "what abd at the end governs, put in front as family name";
    (abd.tag, abd.reason) = (Tag::Particle, "governs the word in front");
}

const NASAB: &str = "links a name to that of the father";
const FAMILY_PARTICLE: &str = "preposition or article of a family name";
const ALIAS: &str = "before a byname";
const TITLE: &str = "title or form of address";

/// Makes one part of the words from `at` on and says how many it took.
fn join_next(text: &Words, at: usize, drafts: &mut Vec<Draft>, after_nasab: bool) -> usize {
    let words = text.list;
    if let Some((tag, reason, taken)) = link_at(text, at, drafts, after_nasab) {
        let core = words[at + taken - 1].folded.clone();
        drafts.push(draft(words, at, taken, core, tag, reason));
        return taken;
    }
    let is_head = text.role(at) == Some(Role::KunyaHead)
        || text.shows_arabic && matches!(words[at].folded.as_str(), "bu" | "bou");
    if is_head && text.goes_on(at + 1) && text.role(at + 1) != Some(Role::Nasab) {
        let (core, taken) = text.name_at(at + 1);
        drafts.push(draft(words, at, taken + 1, core, Tag::Kunya, "abu or umm before a name"));
        return taken + 1;
    }
    name_part(text, at, drafts, after_nasab)
}

/// What is no name: links, titles, suffixes, with the number of words.
fn link_at(
    text: &Words,
    at: usize,
    drafts: &mut [Draft],
    after_nasab: bool,
) -> Option<(Tag, &'static str, usize)> {
    let word = &text.list[at];
    if text.list.len() == 1 {
        return None;
    }
    if let Some(found) = abbreviation_at(text, at) {
        return Some(found);
    }
    if eastern::is_vietnamese(text.list, at) {
        return None;
    }
    let is_last = at + 1 == text.list.len();
    Some(match text.role(at) {
        Some(Role::Alias) if at > 0 && !is_last => (Tag::Particle, ALIAS, 1),
        Some(Role::AfterFather) if at > 0 => {
            if let Some(father) = drafts.last_mut() {
                (father.tag, father.reason) = (Tag::Patronymic, "before oglu or kyzy");
            }
            (Tag::Particle, "follows the name of the father", 1)
        }
        // "Minnat Allah" is one name.
        Some(Role::Nasab) if text.role(at + 1) == Some(Role::Allah) => return None,
        // At the end it links to the family name that a list has put first; "Samir Ben" has none.
        Some(Role::Nasab) if !is_last || others(text, at, 1) > 1 => (Tag::Particle, NASAB, 1),
        Some(Role::Suffix) if at > 0 && ends_name(text, at) => {
            (Tag::Suffix, "suffix of generation or degree", 1)
        }
        Some(Role::PostTitle)
            if (is_last || word.comma_after) && drafts.iter().any(|d| d.tag.is_content()) =>
        {
            (Tag::Honorific, "title that follows the name", 1)
        }
        Some(Role::FamilyParticle) if !is_last => (Tag::Particle, FAMILY_PARTICLE, 1),
        // "de los": the article belongs to the preposition.
        Some(Role::Particle)
            if !is_last && drafts.last().is_some_and(|last| last.reason == FAMILY_PARTICLE) =>
        {
            (Tag::Particle, FAMILY_PARTICLE, 1)
        }
        Some(Role::Particle) if !is_last && word.is_single() && word.text == word.folded => {
            (Tag::Particle, order::CONJUNCTION, 1)
        }
        Some(Role::Particle) if !is_last && !is_capital_initial(word) => {
            (Tag::Particle, "preposition or article", 1)
        }
        _ => (Tag::Honorific, TITLE, title_at(text, at, drafts, after_nasab)?),
    })
}

/// Links and titles written as single letters: "b." for bin, "S/O", "A/L", "د." and "م/".
fn abbreviation_at(text: &Words, at: usize) -> Option<(Tag, &'static str, usize)> {
    let word = &text.list[at];
    if mrz::is_document(word) {
        return Some((Tag::Particle, "kind of document and state", 1));
    }
    if !word.is_single() || at + 1 == text.list.len() {
        return None;
    }
    let spelled = |letters: [&str; 3]| {
        at > 0 && text.list[at..].iter().zip(letters).all(|(word, letter)| word.folded == letter)
    };
    if at + 3 < text.list.len() && (spelled(["a", "k", "a"]) || spelled(["f", "k", "a"])) {
        return Some((Tag::Particle, ALIAS, 3));
    }
    let letter = word.folded.as_str();
    if at > 0 && word.slash_after && at + 2 < text.list.len() {
        let second = text.list[at + 1].folded.as_str();
        if matches!((letter, second), ("s" | "d", "o") | ("a", "l" | "p")) {
            return Some((Tag::Particle, NASAB, 2));
        }
    }
    if at > 0 && word.dot_after && word.text == "b" {
        return Some((Tag::Particle, NASAB, 1));
    }
    let is_title = at == 0 && (word.dot_after || word.slash_after);
    (is_title && matches!(letter, "د" | "م" | "ا" | "ش")).then_some((
        Tag::Honorific,
        "title written as one letter",
        1,
    ))
}

/// Titles that are built like names: "Ayat Allah", "حجة الإسلام"; in the form of their cores.
fn compound_title_at(text: &Words, at: usize) -> Option<usize> {
    const TITLES: [&str; 7] =
        ["ayatlah", "hojatislam", "hojjatislam", "hujjatislam", "ايتله", "حجهاسلام", "حجتاسلام"];
    let (core, taken) = text.name_at(at);
    (taken > 1 && TITLES.contains(&core.as_str()) && at + taken < text.list.len()).then_some(taken)
}

/// The words that a title takes at `at`: one, or two with its article. A title stands before a
/// name; as the last word, as in "Sami al-Sayyid", it is the family name.
fn title_at(text: &Words, at: usize, drafts: &[Draft], after_nasab: bool) -> Option<usize> {
    let follows = text.role(at + 1);
    if (matches!(follows, Some(Role::Allah | Role::Second)) || text.is_article(at + 1))
        && let Some(taken) = compound_title_at(text, at)
    {
        return Some(taken);
    }
    let bare = text.list[at].folded.strip_prefix("ال");
    let with_article = text.is_article(at);
    let taken = 1 + usize::from(with_article);
    let role = if with_article {
        text.role(at + 1)
    } else {
        bare.and_then(crate::lexicon::role).or(text.role(at))
    };
    // Lists write "FAMILY Title Given" without a comma; capitals then part the family name.
    let is_capitals = text.list[at + taken - 1].is_capitals();
    let after_capitals = !is_capitals && !drafts.is_empty() && drafts.iter().all(|d| d.capitals);
    let closes = at + taken == text.list.len() && text.goes_on(at) && !after_capitals;
    let begins = after_capitals
        || drafts.last().is_none_or(|last| last.tag == Tag::Honorific || last.comma_after);
    let is_family = is_capitals && text.list.iter().any(Word::has_small_letter);
    let names = || others(text, at, taken);
    match role? {
        _ if closes || is_family => None,
        // Between names an article shows the nisba or family name rather than the title.
        Role::Honorific if (begins || !with_article) && names() > 0 => Some(taken),
        Role::TitleOrName if begins && !after_nasab => {
            let is_marked = with_article || bare.is_some() || text.list[at].dot_after;
            (names() > 1 || is_marked && names() > 0).then_some(taken)
        }
        _ => None,
    }
}

/// Words other than those from `at` on that are names.
fn others(text: &Words, at: usize, taken: usize) -> usize {
    (0..text.list.len())
        .filter(|other| !(at..at + taken).contains(other))
        .filter(|&other| match text.role(other) {
            None => true,
            Some(role) => matches!(
                role,
                Role::Abd | Role::Short | Role::Mac | Role::Dhu | Role::Second | Role::PostTitle
            ),
        })
        .count()
}

/// Whether only suffixes follow, up to the end or a comma.
fn ends_name(text: &Words, at: usize) -> bool {
    let rest = &text.list[at..];
    let run = rest.iter().position(|word| word.comma_after).map_or(rest.len(), |last| last + 1);
    (at..at + run).all(|at| text.role(at) == Some(Role::Suffix))
        && !(text.list[at].is_single() && text.list[at].dot_after)
}

fn is_capital_initial(word: &Word) -> bool {
    word.is_single() && word.text.chars().all(char::is_uppercase)
}

fn name_part(text: &Words, at: usize, drafts: &mut Vec<Draft>, after_nasab: bool) -> usize {
    let word = &text.list[at];
    let (mut core, taken) = text.name_at(at);
    // A family name made of a kunya is no kunya: Abuladze, Abubakarov.
    let fused = if taken == 1 { compound::fused_kunya(&word.folded) } else { None };
    let fused = fused.filter(|_| !endings::is_family(&word.folded));
    let article = taken > 1 && text.is_article(at)
        || core.len() < word.folded.len() && taken == 1 && word.folded.starts_with("ال");
    let (tag, reason) = if let Some(named) = fused {
        let is_given = compound::is_bakr(&named);
        core = named;
        if is_given { (Tag::Unknown, "") } else { (Tag::Kunya, "abu fused with a name") }
    } else if word.is_single() && taken == 1 && writes_letters(&word.folded) {
        (Tag::Initial, "a single letter")
    } else if word.is_number() {
        (Tag::Number, "digits")
    } else if after_nasab {
        (Tag::Patronymic, "after bin or ibn")
    } else if taken > 1 && is_house(text, at, taken, &core) {
        (Tag::Family, "Al of a house before the name of a family")
    } else if article && endings::is_nisba(&core) {
        (Tag::Nisba, "article before and final i: origin, tribe or trade")
    } else if endings::is_patronymic(&core) {
        (Tag::Patronymic, order::PATRONYMIC_ENDING)
    } else if endings::is_fused_patronymic(&core) {
        (Tag::Patronymic, "name of the father with oglu or kyzy")
    } else {
        (Tag::Unknown, "")
    };
    let core = if core.is_empty() { word.folded.clone() } else { core };
    let mut part = draft(text.list, at, taken, core, tag, reason);
    part.article = article;
    part.after_family_particle = drafts.last().is_some_and(|last| last.reason == FAMILY_PARTICLE);
    drafts.push(part);
    taken
}

/// Scripts whose signs are letters; a single character of the others is a whole name.
fn writes_letters(word: &str) -> bool {
    !matches!(Script::of_text(word), Script::Han | Script::Hangul | Script::Kana)
}

/// `آل` is the house of a family, `ال` the article. Latin letters tell them apart only by habit:
/// the house keeps its capital and has no hyphen, and no final i of a nisba follows.
fn is_house(text: &Words, at: usize, taken: usize, core: &str) -> bool {
    let word = &text.list[at];
    if word.spelled == "آل" || matches!(word.folded.as_str(), "aal" | "aale") {
        return true;
    }
    word.text == "Al"
        && !word.hyphen_after
        && at > 0
        && at + taken == text.list.len()
        && !core.ends_with(['i', 'y'])
}
