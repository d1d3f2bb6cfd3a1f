//! Owns the usual Latin spelling of a word of another script, by a bundled table of what people of
//! that name are mostly called; what the table lacks is romanized. For people to read: comparison
//! knows nothing of it. Invariant: the answer has letters of Latin only, or none.

use std::io::Read;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::fold::fold;
use crate::romanize::romanize;

/// The article of Arabic, which lists and passports write apart from its name.
const ARTICLE: &str = "ال";
/// Letters that a word must have beside its article: `الله` and `الي` have none.
const BESIDE_ARTICLE_MIN: usize = 3;
/// "Servant of", which is nothing without the name after it, and the name after it that the two
/// are written as one with.
const SERVANT: &str = "عبد";
const GOD: &str = "الله";

/// Names as they are mostly spelled, each word with a capital: what somebody who does not read the
/// script would look for.
///
/// ```
/// use names::usual_spelling;
/// assert_eq!(usual_spelling("سمير عبد الكريم قنديل"), "Samir Abd al-Karim Qandil");
/// assert_eq!(usual_spelling("Руслан Щукин"), "Ruslan Shchukin");
/// assert_eq!(usual_spelling("أبو فانوس"), "Abu Fanus");
/// ```
pub fn usual_spelling(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        at += 1;
        if word == SERVANT && words.get(at) == Some(&GOD) {
            at += 1;
            out.push("Abdullah".to_owned());
            continue;
        }
        let spelling = word.split('-').map(word_spelling).collect::<Vec<_>>().join("-");
        if !spelling.is_empty() {
            out.push(spelling);
        }
    }
    out.join(" ")
}

fn word_spelling(word: &str) -> String {
    if word == SERVANT {
        return "Abd".to_owned();
    }
    if let Some(known) = table().get(word) {
        return capital(known);
    }
    match word.strip_prefix(ARTICLE) {
        Some(rest) if rest.chars().count() >= BESIDE_ARTICLE_MIN => {
            format!("al-{}", word_spelling(rest))
        }
        _ => capital(&with_long_vowels(&romanize(word))),
    }
}

/// Waw and yeh as the long vowels that they are where no vowel stands beside them: `fanws` is Fanus.
/// Short vowels, which nobody wrote, stay missing.
fn with_long_vowels(plain: &str) -> String {
    let letters: Vec<char> = plain.chars().collect();
    let is_vowel = |at: usize| letters.get(at).is_some_and(|c| "aeiou".contains(*c));
    let between = |at: usize| at > 0 && !is_vowel(at - 1) && !is_vowel(at + 1);
    let sound = |(at, &letter): (usize, &char)| match letter {
        'w' if between(at) => 'u',
        'y' if between(at) => 'i',
        _ => letter,
    };
    letters.iter().enumerate().map(sound).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Folded word to its spelling. Labels of people in Wikidata (CC0), counted by
/// `cargo xtask name-spellings`.
fn table() -> &'static FxHashMap<Box<str>, Box<str>> {
    static TABLE: OnceLock<FxHashMap<Box<str>, Box<str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut text = String::new();
        let read = flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text);
        debug_assert!(read.is_ok(), "the bundled table is a gzip file of text");
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|line| line.split_once('\t'))
            .map(|(native, latin)| (native.into(), latin.into()))
            .collect()
    })
}

const PACKED: &[u8] = include_bytes!("../data/spellings.txt.gz");
