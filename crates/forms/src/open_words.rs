//! Words of open answers (names, places, trades, things) from `data/words.txt`, to mend misread ones.
//!
//! A recognizer takes one dot for two and breaks words at gaps. A word that is none of ours is read
//! anew: as what another reading of the page has in its place, or as the one word of ours that it
//! looks like. What looks like two words, or like none, stays as it was read: a rare name is no
//! mistake. Arabic letters only. The caller keeps what was read beside what is made of it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::Key;
use crate::eye::{Strokes, resemblance};
use crate::fold::{distance, fold};
use crate::vocabulary::{self, Section};

/// Words, written for this project.
const WORDS: &str = include_str!("../data/words.txt");
/// The article, which the lists leave out.
const ARTICLE: &str = "ال";
/// Letters that a word must have beside what is written onto it. Chosen by hand.
const STEM_MIN: usize = 3;
/// Particles that free text writes onto a word.
const PARTICLES: [char; 3] = ['و', 'ب', 'ل'];
/// Least likeness of a misread word to one of ours. Chosen on scans (2026-11-29): below it rare
/// names were taken for common ones.
const LEAST: f32 = 0.82;
/// Letters of a word from which it may be taken for another: of shorter ones there are too many.
const LETTERS_MIN: usize = 4;
/// Letters of a word for one that may be wrong; words of [`LONG`] letters that differ in dots alone may
/// have one more. Chosen by hand.
const LETTERS_A_WRONG: usize = 4;
const LONG: usize = 5;
/// How far the next word must be behind. Chosen by hand: half a stroke in ten.
const LEAD: f32 = 0.04;
/// Least likeness of two readings of one word. Chosen by hand.
const SAME_PLACE: f32 = 0.6;

/// Lists of words, as bits: which a word stands in, and which an answer may hold.
type Lists = u8;
const NAMES: Lists = 1;
const PLACES: Lists = 2;
const TRADES: Lists = 4;
const THINGS: Lists = 8;
const PROSE: Lists = 16;

struct Word {
    text: &'static str,
    lists: Lists,
    strokes: Strokes,
}

struct Table {
    words: Vec<Word>,
    by_fold: FxHashMap<String, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { words: Vec::new(), by_fold: FxHashMap::default() };
    for word in vocabulary::words_of(Section::Country).flat_map(str::split_whitespace) {
        if is_arabic(word) {
            table.add(word, PLACES);
        }
    }
    let mut lists = 0;
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            lists = lists_of(head).unwrap_or(0);
            continue;
        }
        for word in line.split_whitespace() {
            table.add(word, lists);
        }
    }
    table
});

impl Table {
    fn add(&mut self, word: &'static str, lists: Lists) {
        let text = bare(word).1;
        let folded = fold(text);
        if let Some(known) = self.by_fold.get(&folded) {
            self.words[*known].lists |= lists;
            return;
        }
        let strokes = Strokes::of(&folded);
        self.by_fold.insert(folded, self.words.len());
        self.words.push(Word { text, lists, strokes });
    }
}

fn lists_of(head: &str) -> Option<Lists> {
    Some(match head {
        "given" | "nisba" | "family" => NAMES,
        "place" => PLACES,
        "trade" => TRADES,
        "thing" => THINGS,
        "word" => PROSE,
        _ => return None,
    })
}

/// What the words of an answer may be; `None` for answers that are not open.
fn lists_for(key: Key) -> Option<Lists> {
    Some(match key {
        Key::FullName | Key::MotherName | Key::Kunya | Key::Facilitator | Key::Recommender => NAMES,
        Key::Residence | Key::DeathPlace | Key::EntryPoint => PLACES,
        Key::Occupation => TRADES | THINGS,
        Key::Workplace => TRADES | PLACES,
        Key::Deposits => THINGS,
        Key::Notes => PROSE | THINGS | TRADES,
        _ => return None,
    })
}

/// An answer with its misread words as they should be; `None` where nothing is to mend. `others` are
/// further readings of the same place.
pub(crate) fn mend<'r>(
    key: Key,
    text: &str,
    others: impl Iterator<Item = &'r str>,
) -> Option<String> {
    let lists = lists_for(key)?;
    let words = joined(text);
    let others: Vec<Vec<&str>> = others
        .map(|other| other.split_whitespace().collect::<Vec<_>>())
        .filter(|other| other.len() == words.len())
        .collect();
    let mended: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            if !is_arabic(word) || is_known(word) {
                return word.clone();
            }
            let readings = others.iter().map(|other| other[i]);
            let mended = seen(word, lists, readings).or_else(|| nearest(word, lists));
            mended.unwrap_or_else(|| word.clone())
        })
        .collect();
    let mended = mended.join(" ");
    (mended != text.split_whitespace().collect::<Vec<_>>().join(" ")).then_some(mended)
}

/// Whether all words of an answer are ones that answers to this question are made of.
pub(crate) fn are_all_known(key: Key, text: &str) -> bool {
    let lists = lists_for(key).unwrap_or(0);
    let mut words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
    let first = words.next();
    first
        .is_some_and(|first| std::iter::once(first).chain(words).all(|w| lists_with(w) & lists > 0))
}

/// The words of a text, with those put together that are one of ours in two pieces.
fn joined(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(last) = out.last_mut() {
            let whole = format!("{last}{word}");
            let are_pieces = is_arabic(&whole) && !(is_known(last) && is_known(word));
            if are_pieces && is_known(&whole) {
                *last = whole;
                continue;
            }
        }
        out.push(word.to_owned());
    }
    out
}

/// The reading of a word that is one of these lists.
fn seen<'r>(word: &str, lists: Lists, readings: impl Iterator<Item = &'r str>) -> Option<String> {
    readings
        .filter(|other| is_arabic(other) && lists_with(other) & lists > 0)
        .map(|other| (resemblance(word, other), other))
        .filter(|(likeness, _)| *likeness >= SAME_PLACE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, other)| other.to_owned())
}

/// The word of these lists that a word looks like, if it looks like no other.
fn nearest(word: &str, lists: Lists) -> Option<String> {
    let (written_on, stem) = bare(word);
    let folded = fold(stem);
    let letters: Vec<char> = folded.chars().collect();
    if letters.len() < LETTERS_MIN {
        return None;
    }
    let own = Strokes::of(&folded);
    let (mut first, mut second): ((f32, Option<&Word>), f32) = ((0.0, None), 0.0);
    for known in TABLE.words.iter().filter(|known| known.lists & lists > 0) {
        let likeness = own.likeness(&known.strokes);
        if likeness > first.0 {
            second = first.0;
            first = (likeness, Some(known));
        } else if likeness > second {
            second = likeness;
        }
    }
    let (likeness, known) = (first.0, first.1?);
    let dots_alone = letters.len() >= LONG && own.differ_in_dots_alone(&known.strokes);
    let wrong = letters.len() / LETTERS_A_WRONG + usize::from(dots_alone);
    // A name that differs by a letter is another name; another outline takes another reading to say so.
    let is_near = distance(&letters, known.strokes.letters(), wrong).is_some()
        && (lists != NAMES || own.are_of_one_outline(&known.strokes));
    let is_clear = likeness >= LEAST && likeness - second >= LEAD;
    (is_near && is_clear).then(|| format!("{written_on}{}", known.text))
}

fn is_known(word: &str) -> bool {
    lists_with(word) > 0
}

/// The lists that a word stands in, as it is or without what is written onto it.
fn lists_with(word: &str) -> Lists {
    let of = |text: &str| {
        TABLE.by_fold.get(&fold(bare(text).1)).map_or(0, |known| TABLE.words[*known].lists)
    };
    let whole = of(word);
    if whole > 0 {
        return whole;
    }
    let rest = word.strip_prefix(PARTICLES).filter(|rest| rest.chars().count() >= STEM_MIN);
    rest.map_or(0, of)
}

/// The article of a word, and the word without it.
fn bare(word: &str) -> (&'static str, &str) {
    match word.strip_prefix(ARTICLE) {
        Some(rest) if rest.chars().count() >= STEM_MIN => (ARTICLE, rest),
        _ => ("", word),
    }
}

fn is_arabic(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| ('\u{621}'..='\u{64a}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(key: Key, text: &str, others: &[&str]) -> Option<String> {
        mend(key, text, others.iter().copied())
    }

    #[test]
    fn every_list_of_the_data_is_known() {
        for line in WORDS.lines().filter(|line| line.starts_with('[')) {
            assert!(lists_of(line.trim_matches(['[', ']'])).is_some(), "{line}");
        }
        for word in &TABLE.words {
            assert!(is_arabic(word.text), "{}", word.text);
        }
    }

    #[test]
    fn lost_dots_and_broken_words_are_mended() {
        for (key, read, meant) in [
            (Key::FullName, "عتمان فانوس القنديلي", "عثمان فانوس القنديلي"),
            (Key::Kunya, "أبو مصغب التوتسي", "أبو مصعب التونسي"),
            (Key::MotherName, "سعاد الدو سري", "سعاد الدوسري"),
            (Key::Deposits, "جواز سفر وهاتف", "جواز سفر وهاتف"),
            (Key::Workplace, "معسكر الندربب", "معسكر التدريب"),
        ] {
            let got = mended(key, read, &[]).unwrap_or_else(|| read.to_owned());
            assert_eq!(got, meant);
        }
    }

    #[test]
    fn another_reading_goes_before_what_a_word_looks_like() {
        assert_eq!(
            mended(Key::FullName, "عمد فانوس", &["محمد فانوس"]).as_deref(),
            Some("محمد فانوس")
        );
        assert_eq!(mended(Key::FullName, "عمد فانوس", &["قنديل فانوس"]), None);
    }

    #[test]
    fn names_that_are_no_words_of_ours_stay() {
        for name in [
            "أبو برق الشفقي",
            "أبو دليل التجريبي",
            "أبو ريحان",
            "فانوس قنديل",
            "محمد القنديلي",
            "شمعدان بن مصباح",
            "Fanus Qandil",
            "أبو فتيلة",
        ] {
            assert_eq!(mended(Key::FullName, name, &[]), None, "{name}");
        }
    }
}
