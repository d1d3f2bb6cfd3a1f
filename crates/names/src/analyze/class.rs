//! Owns where class words stand in the name of an organization: of one word or several, inflected,
//! compounded, with a slip of the pen. Does not know the words: `lexicon` does.
//! Invariant: a class word takes at least one word.

use super::words::Word;
use crate::lexicon::{self, Role};

/// Role, canonical form and number of words of what the closed lists know at `at`: the longest.
pub(super) fn known_at(words: &[Word], at: usize) -> Option<(Role, &'static str, usize)> {
    let first = &words[at].folded;
    let most = lexicon::phrase_words_max(first).min(words.len() - at);
    if most > 1 {
        let mut phrase = first.clone();
        let mut longest = None;
        for (taken, pair) in (2..=most).zip(words[at..].windows(2)) {
            if pair[0].comma_after {
                break;
            }
            phrase.push(' ');
            let next = pair[1].folded.as_str();
            phrase.push_str(next.strip_prefix("ال").unwrap_or(next));
            if let Some((role, canonical)) = lexicon::lookup_organizational(&phrase) {
                longest = Some((role, canonical, taken));
            }
        }
        if longest.is_some() {
            return longest;
        }
    }
    lexicon::lookup_organizational(first).map(|(role, canonical)| (role, canonical, 1))
}

/// Canonical form of a class word that is not written as the lists have it, and the reason.
pub(super) fn loose_class(word: &str) -> Option<(String, &'static str)> {
    if let Some(class) = lexicon::inflected(word) {
        return Some((class.to_owned(), "kind of organization, inflected"));
    }
    if let Some(class) = lexicon::plural(word) {
        return Some((class.to_owned(), "kind of organization, in the plural"));
    }
    if let Some((first, second)) = lexicon::compound_classes(word) {
        return Some((format!("{first} {second}"), "kind of organization, in one word"));
    }
    lexicon::slipped(word).map(|class| (class.to_owned(), "kind of organization, misspelled"))
}
