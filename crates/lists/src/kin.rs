//! Relatives that remarks name: `Mother's name: X`, `son of X`, `Husband's name is: X`.
//!
//! The subject is not the relative: what is found here goes to `fatherName` and `motherName` or
//! behind a link with a role, never to the names of the subject. Only phrases that consist of such
//! a statement count; prose is left to people, as a note.

use crate::subject::Subject;

/// A relative named in a phrase.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Kin<'a> {
    /// The role in the words of the list, lower case: `mother`, `son of`.
    pub(crate) role: String,
    /// The relative's name.
    pub(crate) name: &'a str,
}

/// English words for relatives, as lists have them.
const RELATIVES: [&str; 31] = [
    "father",
    "mother",
    "husband",
    "wife",
    "spouse",
    "son",
    "daughter",
    "child",
    "brother",
    "sister",
    "half-brother",
    "half-sister",
    "stepson",
    "stepdaughter",
    "stepfather",
    "stepmother",
    "grandfather",
    "grandmother",
    "grandson",
    "granddaughter",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "cousin",
    "father-in-law",
    "mother-in-law",
    "son-in-law",
    "daughter-in-law",
    "brother-in-law",
    "sister-in-law",
];

/// The relative a phrase names, if the phrase is no more than that.
pub(crate) fn read_kin(phrase: &str) -> Option<Kin<'_>> {
    let phrase = phrase.trim().trim_end_matches('.').trim_end();
    let (head, rest) = split_word(phrase)?;
    let word = head.to_lowercase().replace('\u{2019}', "'");
    let (stem, possessive) = match word.strip_suffix("'s") {
        Some(stem) => (stem, true),
        None => (word.trim_end_matches(':'), false),
    };
    if word == "name" {
        // `Name of mother: X`.
        let rest = strip_words(rest, &["of"])?;
        let (relative, name) = rest.split_once(':')?;
        let relative = relative.trim().to_lowercase();
        return RELATIVES.contains(&&*relative).then(|| kin(relative, name))?;
    }
    if !RELATIVES.contains(&stem) {
        return None;
    }
    if possessive {
        let rest = strip_words(rest, &["name"])?;
        let name = rest.strip_prefix(':').or_else(|| strip_words(rest, &["is", "was"]))?;
        return kin(stem.to_owned(), name.trim_start().trim_start_matches(':'));
    }
    if word.ends_with(':') {
        return kin(stem.to_owned(), rest);
    }
    strip_words(rest, &["name:"])
        .and_then(|name| kin(stem.to_owned(), name))
        .or_else(|| kin(format!("{stem} of"), strip_words(rest, &["of"])?))
}

/// Puts a relative where it belongs on the subject; the phrase is kept as the text as written.
pub(crate) fn add_kin(subject: &mut Subject, kin: &Kin, phrase: &str) {
    match kin.role.as_str() {
        "father" => subject.entry.add_read("fatherName", kin.name, phrase),
        "mother" => subject.entry.add_read("motherName", kin.name, phrase),
        role => {
            subject.link(role, kin.name, phrase);
            return;
        }
    };
}

/// Puts the relatives that sentences of a longer text name where they belong; the text itself is
/// for the caller to keep.
pub(crate) fn add_kin_of_text(subject: &mut Subject, text: &str) {
    for sentence in text.split(['\n', ';']).flat_map(|line| line.split(". ")) {
        if let Some(kin) = read_kin(sentence) {
            add_kin(subject, &kin, sentence.trim());
        }
    }
}

/// A name is short, begins with a capital or a letter without case, and is no sentence.
fn kin(role: String, name: &str) -> Option<Kin<'_>> {
    let name = name.trim().trim_end_matches(['.', ',', ';']).trim_end();
    let first = name.chars().next()?;
    let plausible = !first.is_lowercase()
        && name.split_whitespace().count() <= 10
        && !name.contains(['.', ';', ':', '\n'])
        && !name.contains(char::is_numeric);
    plausible.then_some(Kin { role, name })
}

fn split_word(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    Some((word, rest.trim_start()))
}

/// What follows one of the words at the beginning of the text.
fn strip_words<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let ends = word.ends_with(':') || !rest.starts_with(char::is_alphanumeric);
        (head.eq_ignore_ascii_case(word) && ends).then(|| rest.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, expected: Option<(&str, &str)>) {
        let found = read_kin(phrase);
        assert_eq!(found.as_ref().map(|k| (k.role.as_str(), k.name)), expected, "{phrase}");
    }

    #[test]
    fn phrases_that_name_a_relative() {
        check("wife of Sample Person", Some(("wife of", "Sample Person")));
        check("Mother\u{2019}s name: Sample Mother", Some(("mother", "Sample Mother")));
        check("Father's name is Sample Father.", Some(("father", "Sample Father")));
        check("Husband's name is: Sample Husband", Some(("husband", "Sample Husband")));
        check("Father: Sample Father", Some(("father", "Sample Father")));
        check("Name of mother: Sample Mother", Some(("mother", "Sample Mother")));
        check("Father name: Sample Father", Some(("father", "Sample Father")));
    }

    #[test]
    fn phrases_that_do_not() {
        check("brother of the president", None);
        check("Father of the revolution", None);
        check("Mother's name changed in 1990", None);
        check("Sonata of Sample", None);
        check("Member of Parliament", None);
    }
}
