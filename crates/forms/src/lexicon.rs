//! The lexicon of labels: what a question asks for, by its wording.
//!
//! Holds the wordings of `data/labels.txt` and compares a label with all of them: by the words they
//! share, rare ones counting more, and by the likeness of the whole, which forgives misread and
//! joined words. Says nothing of where labels stand; `questions` finds them.

mod number;
mod target;
mod word;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub(crate) use self::number::{Label, strip_number};
pub(crate) use self::target::{NamePart, Target};
use self::target::{ordered, parse_head};
use self::word::{compact, is_conjunction, mask, parts, rarity, word_likeness};
use crate::Key;
use crate::fold::{fold, is_stop_word, likeness, stem, words};

/// The wordings, written for this project.
const LABELS: &str = include_str!("../data/labels.txt");
/// Words of a label that is compared at all; the longest of ours has 10. Chosen by hand.
const WORDS_MAX: usize = 14;
/// Least likeness of a whole label to a wording. Chosen by hand.
const WHOLE_LEAST: f32 = 0.72;
/// Weight of words that carry no meaning, of 1. Chosen by hand.
const STOP_WEIGHT: f32 = 0.12;
/// Weight of words that stand in no wording, of 1. Chosen by hand.
const UNKNOWN_WEIGHT: f32 = 0.6;
/// How much more it counts that a wording stands whole in a label than that the label says nothing
/// else, as in the F measure. Chosen by hand.
const RECALL_WEIGHT: f32 = 2.5;
/// What a word counts, of 1, that stands in other wordings of a target, and in those of no other: two
/// of its wordings in one. Chosen by hand.
const SAME_TARGET: f32 = 0.7;
/// What two wordings joined by a conjunction must each reach to be a double question.
const HALF_LEAST: f32 = 0.88;
/// What a part of a label counts, of 1. Chosen by hand.
const PART_FACTOR: f32 = 0.97;
/// The same of parts with commas between: below what makes a label by itself. Chosen by hand.
const LISTED_FACTOR: f32 = 0.78;
/// Letters of a part of a label that may be one by itself, where another part has more: a speck after a
/// stroke is read as `م`, which is a wording for a number. Chosen by hand.
const PART_LETTERS_MIN: usize = 3;
/// Texts and words whose comparison is kept, a thread: some megabytes. Chosen by hand.
const MATCHED_MAX: usize = 16_384;
const HEARD_MAX: usize = 16_384;
/// Bytes of a text that is kept; longer ones are rarely met again.
const CACHED_BYTES_MAX: usize = 160;
/// Matches given for one label.
const MATCHES_MAX: usize = 5;

/// How well a label meets a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Match {
    /// What the label may ask for.
    pub(crate) target: Target,
    /// 0..=1; 1 is one of our wordings.
    pub(crate) score: f32,
}

/// All wordings, ready to be compared with.
pub(crate) struct Lexicon {
    phrases: Vec<Phrase>,
    exact: BTreeMap<String, Target>,
    words: Vec<Word>,
    word_ids: BTreeMap<String, usize>,
    elses: Vec<String>,
}

struct Phrase {
    target: Target,
    words: Vec<usize>,
    compact: Vec<char>,
    mask: u64,
}

struct Word {
    chars: Vec<char>,
    mask: u64,
    weight: f32,
    phrases: Vec<usize>,
    /// The target, if it speaks of one alone.
    only: Option<Target>,
}

// Labels are the same on every form of a box, and answers share their words; what was found out
// about them is kept. There is one lexicon, so what is kept never depends on the document.
thread_local! {
    static MATCHED: RefCell<FxHashMap<String, Vec<Match>>> = RefCell::default();
    static HEARD: RefCell<FxHashMap<String, Rc<Heard>>> = RefCell::default();
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(LABELS));

/// The lexicon, made once.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// Reads the data file. Its shape is held by a test, so lines that do not fit are left out.
    fn parse(data: &str) -> Lexicon {
        let mut entries: Vec<(Target, String)> = Vec::new();
        let mut target = None;
        let mut elses: Vec<String> = Vec::new();
        for line in data.lines().map(str::trim) {
            if let Some(head) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                target = parse_head(head, &mut elses);
            } else if let (Some(target), Some((_, list))) = (target, line.split_once(": "))
                && !line.starts_with('#')
            {
                entries.extend(list.split('|').map(|p| (target, fold(p))));
            }
        }
        Lexicon { elses, ..Lexicon::build(&entries) }
    }

    fn build(entries: &[(Target, String)]) -> Lexicon {
        let mut lexicon = Lexicon {
            phrases: Vec::new(),
            exact: BTreeMap::new(),
            words: Vec::new(),
            word_ids: BTreeMap::new(),
            elses: Vec::new(),
        };
        let mut targets_of_word: Vec<BTreeSet<Target>> = Vec::new();
        let begins_with_and = |word: &&str| word.starts_with('و');
        for (_, phrase) in entries {
            for word in words(phrase).filter(|w| !begins_with_and(w)) {
                lexicon.word_id(word);
            }
        }
        for (target, phrase) in entries {
            let id = lexicon.phrases.len();
            let mut ids = Vec::new();
            for word in words(phrase) {
                let word_id = lexicon.word_id(word);
                targets_of_word.resize(lexicon.words.len(), BTreeSet::new());
                targets_of_word[word_id].insert(*target);
                lexicon.words[word_id].phrases.push(id);
                ids.push(word_id);
            }
            let compact = compact(phrase);
            lexicon.exact.entry(compact.clone()).or_insert(*target);
            let compact: Vec<char> = compact.chars().collect();
            let mask = mask(&compact);
            lexicon.phrases.push(Phrase { target: *target, words: ids, compact, mask });
        }
        let all: BTreeSet<Target> = entries.iter().map(|(t, _)| *t).collect();
        for (word, targets) in lexicon.words.iter_mut().zip(&targets_of_word) {
            word.weight = rarity(all.len(), targets.len());
            word.only = targets.first().copied().filter(|_| targets.len() == 1);
        }
        for (text, id) in &lexicon.word_ids {
            if is_stop_word(text) {
                lexicon.words[*id].weight = STOP_WEIGHT;
            }
        }
        lexicon
    }

    /// A word without the "and" that Arabic writes onto it, where what is left is a word of ours.
    fn without_and<'w>(&self, word: &'w str) -> &'w str {
        match word.strip_prefix('و') {
            Some(rest) if self.word_ids.contains_key(stem(rest).as_ref()) => rest,
            _ => word,
        }
    }

    fn word_id(&mut self, word: &str) -> usize {
        let stemmed = stem(self.without_and(word));
        if let Some(id) = self.word_ids.get(stemmed.as_ref()) {
            return *id;
        }
        let chars: Vec<char> = stemmed.chars().collect();
        let id = self.words.len();
        self.words.push(Word {
            mask: mask(&chars),
            chars,
            weight: 1.0,
            phrases: Vec::new(),
            only: None,
        });
        self.word_ids.insert(stemmed.into_owned(), id);
        id
    }

    /// What a label may ask for, best first; at most [`MATCHES_MAX`], best one per target.
    pub(crate) fn matches(&self, label: &str) -> Vec<Match> {
        if let Some(known) = MATCHED.with_borrow(|cache| cache.get(label).cloned()) {
            return known;
        }
        let found = self.compare(label);
        if label.len() <= CACHED_BYTES_MAX {
            MATCHED.with_borrow_mut(|cache| {
                if cache.len() >= MATCHED_MAX {
                    cache.clear();
                }
                cache.insert(label.to_owned(), found.clone());
            });
        }
        found
    }

    fn compare(&self, label: &str) -> Vec<Match> {
        let mut best: BTreeMap<Target, f32> = BTreeMap::new();
        let mut keep = |found: Vec<Match>, factor: f32| {
            for m in found {
                let score = best.entry(m.target).or_insert(0.0);
                *score = score.max(m.score * factor);
            }
        };
        let folded = fold(label);
        keep(self.matches_folded(&folded), 1.0);
        let parts = parts(label);
        // A part of a label says a little less than the whole of one. Commas part answers as well.
        let listed = label.contains([',', '،']) && !label.contains(['/', '|', '\n']);
        let factor = if listed { LISTED_FACTOR } else { PART_FACTOR };
        let is_long = |text: &str| compact(text).chars().count() >= PART_LETTERS_MIN;
        let is_all_short = !parts.iter().any(|part| is_long(&fold(part)));
        for part in parts.iter().filter(|part| is_all_short || is_long(&fold(part))) {
            keep(self.matches_folded(&fold(part)), factor);
        }
        if let Some(double) = self.double(&folded, &parts) {
            keep(vec![double], 1.0);
        }
        let mut out: Vec<Match> =
            best.into_iter().map(|(target, score)| Match { target, score }).collect();
        out.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.target.cmp(&b.target)));
        out.truncate(MATCHES_MAX);
        out
    }

    /// What a target that none of the keys is about is called in the data: `gender`, `age` …
    pub(crate) fn name_of(&self, target: Target) -> Option<&str> {
        match target {
            Target::NamePart(NamePart::Father) => Some("father_name"),
            Target::Matter(matter) => Some(matter.as_str()),
            Target::Else(id) => self.elses.get(usize::from(id)).map(String::as_str),
            _ => None,
        }
    }

    /// The target whose wording the text is, but for case, accents and punctuation.
    pub(crate) fn exact(&self, text: &str) -> Option<Target> {
        self.exact.get(&compact(&fold(text))).copied()
    }

    fn matches_folded(&self, folded: &str) -> Vec<Match> {
        let count = words(folded).count();
        if count == 0 || count > WORDS_MAX {
            return Vec::new();
        }
        let compact = compact(folded);
        if let Some(target) = self.exact.get(&compact) {
            return vec![Match { target: *target, score: 1.0 }];
        }
        let mut best: BTreeMap<Target, f32> = BTreeMap::new();
        self.match_words(folded, &mut best);
        self.match_whole(&compact.chars().collect::<Vec<_>>(), &mut best);
        best.into_iter().map(|(target, score)| Match { target, score }).collect()
    }

    /// Scores all wordings that share a word with the label.
    fn match_words(&self, folded: &str, best: &mut BTreeMap<Target, f32>) {
        let label: Vec<Rc<Heard>> = words(folded).map(|w| self.hear(w)).collect();
        let touched: BTreeSet<usize> = label
            .iter()
            .flat_map(|h| &h.alike)
            .filter(|(id, _)| self.words[*id].weight > STOP_WEIGHT)
            .flat_map(|(id, _)| self.words[*id].phrases.iter().copied())
            .collect();
        for id in touched {
            let phrase = &self.phrases[id];
            let score = self.score_words(&label, phrase);
            let entry = best.entry(phrase.target).or_insert(0.0);
            *entry = entry.max(score);
        }
    }

    /// Weighted harmonic mean of the shares of the label and of the wording that the other has.
    fn score_words(&self, label: &[Rc<Heard>], phrase: &Phrase) -> f32 {
        let alike = |heard: &Heard, id: usize| {
            heard.alike.iter().find(|(word, _)| *word == id).map_or(0.0, |(_, s)| *s)
        };
        let (mut of_label, mut all_label) = (0.0, 0.0);
        for heard in label {
            let best = phrase.words.iter().map(|id| alike(heard, *id)).fold(0.0, f32::max);
            let other =
                heard.alike.iter().filter(|(id, _)| self.words[*id].only == Some(phrase.target));
            let same = other.map(|(_, likeness)| SAME_TARGET * likeness).fold(0.0, f32::max);
            of_label += heard.weight * best.max(same);
            all_label += heard.weight;
        }
        let (mut of_phrase, mut all_phrase) = (0.0, 0.0);
        for id in &phrase.words {
            let best = label.iter().map(|h| alike(h, *id)).fold(0.0, f32::max);
            of_phrase += self.words[*id].weight * best;
            all_phrase += self.words[*id].weight;
        }
        let (p, r) = (of_label / all_label, of_phrase / all_phrase);
        if p + r > 0.0 {
            0.99 * (1.0 + RECALL_WEIGHT) * p * r / (RECALL_WEIGHT * p + r)
        } else {
            0.0
        }
    }

    fn match_whole(&self, compact: &[char], best: &mut BTreeMap<Target, f32>) {
        if compact.len() < 4 {
            return;
        }
        let own = mask(compact);
        for phrase in &self.phrases {
            let longest = compact.len().max(phrase.compact.len());
            let apart = compact.len().abs_diff(phrase.compact.len());
            if apart * 4 > longest || (own ^ phrase.mask).count_ones() as usize * 3 > longest * 2 {
                continue;
            }
            let score = 0.98 * likeness(compact, &phrase.compact, WHOLE_LEAST);
            if score > 0.0 {
                let entry = best.entry(phrase.target).or_insert(0.0);
                *entry = entry.max(score);
            }
        }
    }

    /// The words of ours that a word of a label may be, and what it weighs.
    fn hear(&self, word: &str) -> Rc<Heard> {
        if let Some(known) = HEARD.with_borrow(|cache| cache.get(word).cloned()) {
            return known;
        }
        let heard = Rc::new(self.listen(word));
        if word.len() <= CACHED_BYTES_MAX {
            HEARD.with_borrow_mut(|cache| {
                if cache.len() >= HEARD_MAX {
                    cache.clear();
                }
                cache.insert(word.to_owned(), Rc::clone(&heard));
            });
        }
        heard
    }

    fn listen(&self, word: &str) -> Heard {
        let stemmed = stem(self.without_and(word));
        let chars: Vec<char> = stemmed.chars().collect();
        let own = mask(&chars);
        let mut alike = Vec::new();
        for (id, known) in self.words.iter().enumerate() {
            if (own ^ known.mask).count_ones() as usize > chars.len() {
                continue;
            }
            let likeness = word_likeness(&chars, &known.chars);
            if likeness > 0.0 {
                alike.push((id, likeness));
            }
        }
        let best = alike.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let weight = if is_stop_word(word) || is_stop_word(&stemmed) {
            STOP_WEIGHT
        } else {
            best.map_or(UNKNOWN_WEIGHT, |(id, s)| {
                self.words[id].weight * s + UNKNOWN_WEIGHT * (1.0 - s)
            })
        };
        Heard { alike, weight }
    }

    /// Two wordings in one label, joined by a conjunction, a slash or a comma.
    fn double(&self, folded: &str, parts: &[String]) -> Option<Match> {
        let words: Vec<&str> = words(folded).collect();
        let mut halves: Vec<(String, String)> = Vec::new();
        for i in 1..words.len() {
            if is_conjunction(words[i]) && i + 1 < words.len() {
                halves.push((words[..i].join(" "), words[i + 1..].join(" ")));
            } else if let Some(rest) = words[i].strip_prefix('و')
                && rest.chars().count() >= 3
            {
                let tail = [&[rest], &words[i + 1..]].concat().join(" ");
                halves.push((words[..i].join(" "), tail));
            }
        }
        if let [left, right] = parts {
            halves.push((fold(left), fold(right)));
        }
        halves
            .iter()
            .filter_map(|(left, right)| {
                let left = self.best_key(left)?;
                let right = self.best_key(right)?;
                (left.0 != right.0).then(|| Match {
                    target: ordered(left.0, right.0),
                    score: 0.98 * left.1.min(right.1),
                })
            })
            .max_by(|a, b| a.score.total_cmp(&b.score).then(b.target.cmp(&a.target)))
    }

    fn best_key(&self, folded: &str) -> Option<(Key, f32)> {
        let best = self
            .matches_folded(folded)
            .into_iter()
            .max_by(|a, b| a.score.total_cmp(&b.score).then(b.target.cmp(&a.target)))?;
        match best.target {
            Target::One(key) if best.score >= HALF_LEAST => Some((key, best.score)),
            _ => None,
        }
    }
}

/// A word of a label: the words of ours it may be, with likeness, and its weight.
struct Heard {
    alike: Vec<(usize, f32)>,
    weight: f32,
}

#[cfg(test)]
mod tests;
