//! Owns the taking apart of a whole name: into first, middle and last name where no columns hold
//! them, else into what the other columns leave over.
//!
//! Names of one word are a first name; `Last, First` is turned. Invariant: a word of the name goes
//! into one part only, so that nothing counts twice.

use rustc_hash::FxHashMap;

use crate::column::Column;
use crate::fold::fold;
use crate::lexicon::Lexicon;
use crate::property::Property;

/// A field in the making: property, lexicon, value ids.
type Made = (Property, usize, Vec<u32>);

/// Adds the parts of a column of whole names to the fields.
pub(crate) fn split(whole: &Column, at: usize, lexicon: &mut Lexicon, made: &mut Vec<Made>) {
    let has = |p: Property| made.iter().any(|(q, ..)| *q == p);
    if has(Property::FirstName) || has(Property::LastName) {
        if !has(Property::MiddleName) {
            let rest = rest(whole, lexicon, made);
            made.push((Property::MiddleName, at, rest));
        }
        return;
    }
    let mut parts: Vec<[u32; 3]> = Vec::with_capacity(whole.distinct.len());
    for text in &whole.distinct {
        parts.push(parts_of(text).map(|part| lexicon.intern(&part, false)));
    }
    for (k, property) in
        [Property::FirstName, Property::MiddleName, Property::LastName].into_iter().enumerate()
    {
        if !made.iter().any(|(q, ..)| *q == property) {
            let values = whole.values.iter().map(|v| parts[*v as usize][k]).collect();
            made.push((property, at, values));
        }
    }
}

/// First, middle and last name.
fn parts_of(text: &str) -> [String; 3] {
    let turned = text.split_once(',').map(|(last, first)| format!("{first} {last}"));
    let folded = fold(turned.as_deref().unwrap_or(text));
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [] => [String::new(), String::new(), String::new()],
        [first] => [(*first).to_owned(), String::new(), String::new()],
        [first, middle @ .., last] => [(*first).to_owned(), middle.concat(), (*last).to_owned()],
    }
}

/// Per record what the columns of names leave over of the whole name.
fn rest(whole: &Column, lexicon: &mut Lexicon, made: &[Made]) -> Vec<u32> {
    let names: Vec<&Vec<u32>> =
        made.iter().filter(|(p, ..)| p.is_name()).map(|(.., values)| values).collect();
    let words: Vec<Vec<String>> = whole
        .distinct
        .iter()
        .map(|t| fold(t).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect())
        .collect();
    let mut seen: FxHashMap<Vec<u32>, u32> = FxHashMap::default();
    let mut out = Vec::with_capacity(whole.values.len());
    for (record, value) in whole.values.iter().enumerate() {
        let mut key = vec![*value];
        key.extend(names.iter().map(|n| n[record]));
        let id = if let Some(id) = seen.get(&key) {
            *id
        } else {
            let known: Vec<String> =
                key[1..].iter().map(|id| String::from_utf16_lossy(lexicon.letters(*id))).collect();
            let left = leftover(&words[*value as usize], &known);
            let id = lexicon.intern(&left, false);
            seen.insert(key, id);
            id
        };
        out.push(id);
    }
    out
}

/// The words that no known name holds.
fn leftover(words: &[String], known: &[String]) -> String {
    let mut open: Vec<&str> = known.iter().map(String::as_str).filter(|k| !k.is_empty()).collect();
    let mut left = String::new();
    let mut at = 0;
    while at < words.len() {
        // A known name may be written as several words.
        let mut joined = String::new();
        let mut taken = None;
        for (n, word) in words[at..].iter().enumerate() {
            joined.push_str(word);
            if let Some(found) = open.iter().position(|k| *k == joined) {
                taken = Some((n + 1, found));
            }
        }
        if let Some((n, found)) = taken {
            open.remove(found);
            at += n;
        } else {
            left.push_str(&words[at]);
            at += 1;
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_whole_name_is_taken_apart() {
        assert_eq!(parts_of("Idris Sami Qandil"), ["idris", "sami", "qandil"].map(str::to_owned));
        assert_eq!(parts_of("Qandil, Idris"), ["idris", "", "qandil"].map(str::to_owned));
        assert_eq!(parts_of("Idris"), ["idris", "", ""].map(str::to_owned));
    }

    #[test]
    fn what_other_columns_hold_is_left_out() {
        let known = ["idris".to_owned(), "alzarquni".to_owned()];
        assert_eq!(leftover(&words("idris sami al zarquni"), &known), "sami");
        assert_eq!(leftover(&words("idris al zarquni"), &known), "");
    }
}
