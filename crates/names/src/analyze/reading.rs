//! Owns what else the text of the name of an organization or vessel gives as its name: without what
//! stands in brackets, the former or other name. Does not take names apart.
//! Invariant: no reading is the whole text, and there are `READINGS_MAX` at most.

use crate::fold::fold;
use crate::lexicon::{self, Role};

/// No list gives a name more former ones in one text.
const READINGS_MAX: usize = 4;
/// A name in brackets or behind a sign has as many letters at least.
const LETTERS_MIN: usize = 2;

/// Texts that are names by themselves within `text`, which is given folded as well.
pub(crate) fn readings(text: &str, folded: &str) -> Vec<String> {
    let has_brackets = text.contains(['(', '[', '（']);
    if !has_brackets && !text.contains('/') && !folded.split([' ', '-']).any(is_folded_sign) {
        return Vec::new();
    }
    let mut readings = Vec::new();
    let mut outside = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, inside, tail)) = brackets(rest) {
        outside.push_str(head);
        outside.push(' ');
        if let Some(name) = name_inside(inside) {
            readings.push(name.to_owned());
        }
        rest = tail;
    }
    outside.push_str(rest);
    let names = names_by_signs(&outside);
    if outside.len() != text.len() || names.len() > 1 {
        readings.extend(names);
    }
    readings.retain(|name| name.chars().filter(|c| c.is_alphanumeric()).count() >= LETTERS_MIN);
    readings.truncate(READINGS_MAX);
    readings
}

/// What stands before, within and behind the first brackets.
fn brackets(text: &str) -> Option<(&str, &str, &str)> {
    let open = text.find(['(', '[', '（'])?;
    let (head, rest) = text.split_at(open);
    let inside = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    let (inside, tail) = inside.split_once([')', ']', '）'])?;
    Some((head, inside, tail))
}

/// A former name with its sign, or an acronym.
fn name_inside(inside: &str) -> Option<&str> {
    let inside = inside.trim();
    if let Some(name) = without_sign(inside) {
        return Some(name);
    }
    let letters = inside.chars().filter(|c| c.is_alphanumeric()).count();
    let is_acronym = (3..=8).contains(&letters)
        && !inside.contains(' ')
        && inside.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&'))
        && lexicon::legal_form(&fold(inside)).is_none()
        && lexicon::lookup_organizational(&fold(inside)).is_none();
    is_acronym.then_some(inside)
}

fn without_sign(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once([' ', '-', ':'])?;
    is_sign(first)
        .then(|| rest.trim_start_matches([' ', ':', '-', '.']))
        .filter(|rest| !rest.is_empty())
}

/// "ex", "f/k/a", "a.k.a.", "formerly known as".
fn is_sign(word: &str) -> bool {
    is_folded_sign(&fold(word).replace(' ', ""))
}

fn is_folded_sign(folded: &str) -> bool {
    matches!(folded, "aka" | "fka" | "dba" | "nee" | "oder" | "alias")
        || lexicon::lookup_organizational(folded).is_some_and(|(role, _)| role == Role::Formerly)
}

/// The names that such signs part.
fn names_by_signs(text: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    for word in text.split_whitespace() {
        let bare = word.trim_end_matches([',', ';', ':', '.']);
        let (sign, rest) = match word.split_once('-') {
            Some((sign, rest)) if is_sign(sign) => (true, rest),
            _ => (is_sign(bare), ""),
        };
        let begins = names.len() == 1 && names[0].is_empty();
        if sign && !begins {
            names.push(rest.to_owned());
        } else if let Some(name) = names.last_mut() {
            let filler = matches!(word, "known" | "as" | "name" | "names" | ";");
            if !(filler && name.is_empty()) {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(word);
            }
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
