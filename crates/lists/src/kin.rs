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
        let (relative, name) = rest.split_once(':').or_else(|| split_word(rest))?;
        let relative = relative.trim().to_lowercase();
        let name = strip_words(name.trim_start(), &["is", "was"]).unwrap_or(name);
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
        "father" => _ = subject.entry.add_read("fatherName", kin.name, phrase),
        "mother" => _ = subject.entry.add_read("motherName", kin.name, phrase),
        role => subject.link(role, kin.name, phrase),
    }
}

/// A relative found in prose, and the reference of the list that stands in brackets behind the name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NamedKin {
    /// The role in the words of the list, lower case.
    pub(crate) role: String,
    /// The relative's name.
    pub(crate) name: String,
    /// For example `QDi.999`.
    pub(crate) reference: Option<String>,
    /// The words it was read from.
    pub(crate) written: String,
}

/// Finds the relatives that remarks name in sentences of their own, or in parts between commas.
/// A name with small words that are no particles is taken for prose and left alone.
pub(crate) fn find_kin(remarks: &str) -> Vec<NamedKin> {
    let mut found = Vec::new();
    for part in split_phrases(remarks) {
        let phrase =
            OPENINGS.iter().find_map(|opening| strip_words(part, &[opening])).unwrap_or(part);
        let (bare, bracket) = match phrase.split_once('(') {
            Some((bare, rest)) => (bare, rest.split(')').next().unwrap_or_default()),
            None => (phrase, ""),
        };
        let Some(kin) = read_kin(bare) else { continue };
        let names = match kin.role.as_str() {
            "son of" | "daughter of" => kin.name.split(" and ").collect(),
            _ => vec![kin.name],
        };
        for name in names.into_iter().map(str::trim).filter(|name| is_name(name)) {
            found.push(NamedKin {
                role: kin.role.clone(),
                name: name.to_owned(),
                reference: is_reference(bracket).then(|| bracket.to_owned()),
                written: part.to_owned(),
            });
        }
    }
    found
}

/// What may stand in front of the words that name a relative.
const OPENINGS: [&str; 12] = [
    "he is a",
    "he is the",
    "he is",
    "she is a",
    "she is the",
    "she is",
    "and is the",
    "and is a",
    "and",
    "his",
    "her",
    "alternative",
];

/// Small words that stand inside names.
const PARTICLES: [&str; 36] = [
    "abd", "abdul", "abu", "ag", "ait", "al", "an", "and", "as", "ben", "bent", "bin", "bint",
    "da", "de", "del", "della", "delos", "den", "der", "di", "dos", "du", "ed", "el", "ibn", "la",
    "le", "ould", "ud", "ul", "ur", "van", "von", "wa", "wallet",
];

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.split_whitespace().all(|word| {
            let stem = word.split('-').next().unwrap_or(word);
            !word.starts_with(char::is_lowercase) || PARTICLES.contains(&stem)
        })
}

/// A permanent reference number of the UN list.
fn is_reference(text: &str) -> bool {
    text.split_once('.').is_some_and(|(committee, number)| {
        committee.len() == 3
            && committee.ends_with(['i', 'e'])
            && committee.bytes().all(|byte| byte.is_ascii_alphabetic())
            && number.len() == 3
            && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Cuts text at commas, semicolons, ` and ` before a relative, and at full stops that end a sentence.
fn split_phrases(text: &str) -> Vec<&str> {
    let mut phrases = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let ends = match c {
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                depth = depth.saturating_sub(1);
                false
            }
            ',' | ';' | '\n' => depth == 0,
            '.' => depth == 0 && ends_sentence(&text[start..at], rest),
            ' ' => depth == 0 && strip_words(rest, &["and"]).is_some_and(begins_with_relative),
            _ => false,
        };
        if ends {
            phrases.push(text[start..at].trim());
            start = at + c.len_utf8();
        }
    }
    phrases.push(text[start..].trim());
    phrases
}

fn begins_with_relative(text: &str) -> bool {
    let word = text.split(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default();
    RELATIVES.contains(&&*word.to_lowercase()) && text[word.len()..].trim_start().starts_with("of ")
}

/// Not behind an initial or a title: `M. Sample`, `Sample Jr. and`.
fn ends_sentence(before: &str, after: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let short = word.chars().count() < 2 || ["Dr", "Mr", "Jr", "Sr", "St"].contains(&word);
    (after.is_empty() || after.starts_with([' ', '\n'])) && !short
}

/// Puts the relatives that remarks name where they belong: parents' names on the subject, others
/// behind a link. `entity_of` tells the entity of a reference, where the list has one.
pub(crate) fn add_kin_of_remarks(
    subject: &mut Subject,
    remarks: &str,
    entity_of: impl Fn(&str) -> Option<String>,
) {
    for NamedKin { role, name, reference, written } in find_kin(remarks) {
        match (role.as_str(), reference.as_deref().and_then(&entity_of)) {
            ("father", _) => _ = subject.entry.add_read("fatherName", &name, &written),
            ("mother", _) => _ = subject.entry.add_read("motherName", &name, &written),
            (role, Some(entity)) => subject.link_to(role, &entity, &written),
            (role, None) => subject.link(role, &name, &written),
        }
    }
}

/// The same for lists without references of their own.
pub(crate) fn add_kin_of_text(subject: &mut Subject, text: &str) {
    add_kin_of_remarks(subject, text, |_| None);
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

    #[track_caller]
    fn check_prose(remarks: &str, expected: &[(&str, &str, Option<&str>)]) {
        let found = find_kin(remarks);
        let found: Vec<_> = found
            .iter()
            .map(|k| (k.role.as_str(), k.name.as_str(), k.reference.as_deref()))
            .collect();
        assert_eq!(found, expected, "{remarks}");
    }

    #[test]
    fn prose_names_relatives_in_sentences_of_their_own() {
        check_prose(
            "In prison as of 2010. Father\u{2019}s name is Sample bin Father, mother\u{2019}s name is Sample \
             Mother. Photo available for inclusion.",
            &[("father", "Sample bin Father", None), ("mother", "Sample Mother", None)],
        );
        check_prose("Husband's name is: Sample Husband.", &[("husband", "Sample Husband", None)]);
        check_prose(
            "He is a cousin of Sample Cousin (QDi.999). Brother of Sample One (QDi.998) and uncle of \
             Sample Two (QDi.997).",
            &[
                ("cousin of", "Sample Cousin", Some("QDi.999")),
                ("brother of", "Sample One", Some("QDi.998")),
                ("uncle of", "Sample Two", Some("QDi.997")),
            ],
        );
        check_prose(
            "Son of Sample and Samplia Third",
            &[("son of", "Sample", None), ("son of", "Samplia Third", None)],
        );
        check_prose("Name of mother Sample Mother", &[("mother", "Sample Mother", None)]);
        check_prose("Father's name is M. Sample Jr. Served as head.", &[]);
    }

    #[test]
    fn prose_about_relatives_is_left_alone() {
        check_prose("Son of group leader Sample Leader (QDi.999)", &[]);
        check_prose("The father of modern Sampleland. Mother is deceased.", &[]);
        check_prose("Led by his brother, Sample Brother.", &[]);
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
