//! Owns where legal forms stand in a name, and whether a name is one of an organization at all.
//! Does not know the forms: `lexicon` does. Invariant: a form never takes the whole name.

use super::words::Word;
use crate::lexicon::{self, LEGAL_WORDS_MAX, Role};

/// No legal form is longer, written out in Cyrillic.
const FORM_BYTES_MAX: usize = 100;

/// The legal form that begins at `at`, with the number of its words; the longest one.
pub(super) fn legal_form_at(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    let (form, taken) = longest_form(words, at)?;
    if words.len() == taken {
        return None;
    }
    let letters: usize = words[at..at + taken].iter().map(|w| w.folded.chars().count()).sum();
    let is_plain_word = letters < 3 || taken == 1 && is_word_elsewhere(&words[at].folded);
    // Two letters are as often a word or a name, so place or writing must show the form.
    (!is_plain_word || is_written_as_form(words, at, taken) || ends_in_forms(words, at, taken))
        .then_some((form, taken))
}

fn longest_form(words: &[Word], at: usize) -> Option<(&'static str, usize)> {
    let mut phrase = String::with_capacity(24);
    let mut longest = None;
    for (taken, word) in (1..=LEGAL_WORDS_MAX).zip(&words[at..]) {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(&word.folded);
        if let Some(form) = lexicon::legal_form(&phrase) {
            longest = Some((form, taken));
        }
        if word.comma_after || phrase.len() > FORM_BYTES_MAX {
            break;
        }
    }
    longest
}

/// Forms of more than two letters that are names or words as well.
fn is_word_elsewhere(word: &str) -> bool {
    matches!(
        word,
        "spa"
            | "sal"
            | "ets"
            | "pat"
            | "nao"
            | "инк"
            | "asa"
            | "doo"
            | "sia"
            | "est"
            | "sas"
            | "aps"
            | "bhd"
            | "тат"
    )
}

/// In capitals among other words, with full stops, or with a slash.
fn is_written_as_form(words: &[Word], at: usize, taken: usize) -> bool {
    let form = &words[at..at + taken];
    let capitals = form.iter().all(|w| w.text.chars().all(char::is_uppercase));
    let begins = at == 0
        && matches!(form[0].folded.as_str(), "pt" | "ao" | "ао" | "ип" | "чп" | "ат" | "гп" | "дп");
    let others_small = words.iter().any(|w| w.text.chars().any(char::is_lowercase));
    let marked = taken > 1 && form[..taken - 1].iter().all(|w| w.dot_after || w.slash_after);
    marked || begins || capitals && others_small && at > 0
}

/// Whether nothing but legal forms and asides follow.
fn ends_in_forms(words: &[Word], at: usize, taken: usize) -> bool {
    let mut next = at + taken;
    if at == 0 {
        return false;
    }
    while next < words.len() {
        match longest_form(words, next) {
            Some((_, taken)) => next += taken,
            None if words[next].is_aside => next += 1,
            None => return false,
        }
    }
    true
}

/// Whether a name of unknown kind is one of an organization: a legal form, or a class word that no
/// person is called.
pub(super) fn names_organization(words: &[Word]) -> bool {
    let shows_form = |at: usize| {
        legal_form_at(words, at).is_some_and(|(_, taken)| {
            words[at].folded.chars().count() > 2 || is_written_as_form(words, at, taken)
        })
    };
    (0..words.len()).any(shows_form)
        || words.len() > 1 && words.iter().any(|word| is_telling(&word.folded))
}

fn is_telling(word: &str) -> bool {
    const CLASSES: [&str; 14] = [
        "company",
        "bank",
        "trading",
        "organization",
        "foundation",
        "association",
        "enterprise",
        "ministry",
        "university",
        "institute",
        "shipping",
        "construction",
        "technology",
        "petroleum",
    ];
    let short = word.chars().count() < 4 && word.is_ascii();
    let doubtful = matches!(word, "marine" | "line" | "lines" | "comp" | "tech" | "invest");
    !short
        && !doubtful
        && lexicon::lookup_organizational(word)
            .is_some_and(|(role, class)| role == Role::ClassWord && CLASSES.contains(&class))
}
