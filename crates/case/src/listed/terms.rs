//! An inverted index: which entities have which folded word. Built entity by entity in order, so that
//! positions grow and are kept as gaps.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// Words that a beginning or a misspelt word stands for, at most: what has more says nothing.
/// Chosen by hand.
const EXPANSION_MAX: usize = 1_000;

/// Words and the entities that have them.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// The words in order, one after the other.
    text: String,
    /// Where each word ends in `text`.
    ends: Vec<u32>,
    /// Of each word, the number of entities.
    counts: Vec<u32>,
    /// Where the entities of each word end in `gaps`.
    gap_ends: Vec<usize>,
    gaps: Vec<u8>,
}

/// Takes up the words of entity after entity.
#[derive(Debug, Default)]
pub(super) struct TermsBuilder {
    numbers: FxHashMap<Box<str>, u32>,
    growing: Vec<Growing>,
}

#[derive(Debug, Default)]
struct Growing {
    last: u32,
    count: u32,
    gaps: Vec<u8>,
}

impl TermsBuilder {
    /// Adds a word of the entity `at`; positions never fall.
    pub(super) fn add(&mut self, word: &str, at: u32) {
        let number = if let Some(number) = self.numbers.get(word) {
            *number as usize
        } else {
            let number = self.growing.len();
            self.numbers.insert(word.into(), u32::try_from(number).unwrap_or(u32::MAX));
            self.growing.push(Growing::default());
            number
        };
        let Some(growing) = self.growing.get_mut(number) else { return };
        if growing.count > 0 && growing.last == at {
            return;
        }
        push_gap(&mut growing.gaps, at - growing.last);
        growing.last = at;
        growing.count += 1;
    }

    /// The index.
    pub(super) fn finish(mut self) -> Terms {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.drain().collect();
        words.sort_unstable();
        let mut terms = Terms::default();
        for (word, number) in words {
            let growing = std::mem::take(&mut self.growing[number as usize]);
            terms.text.push_str(&word);
            terms.ends.push(u32::try_from(terms.text.len()).unwrap_or(u32::MAX));
            terms.counts.push(growing.count);
            terms.gaps.extend_from_slice(&growing.gaps);
            terms.gap_ends.push(terms.gaps.len());
        }
        terms.text.shrink_to_fit();
        terms.gaps.shrink_to_fit();
        terms
    }
}

impl Terms {
    /// The number of different words.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes that it takes up.
    pub(super) fn size(&self) -> usize {
        self.text.len() + self.gaps.len() + self.len() * 16
    }

    /// A word by its number.
    fn word(&self, number: usize) -> &str {
        let from = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(from..self.ends[number] as usize).unwrap_or_default()
    }

    /// The number of the first word that is not smaller.
    fn lower_bound(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The number of a word.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let at = self.lower_bound(word);
        (at < self.len() && self.word(at) == word).then_some(at)
    }

    /// The words with this beginning.
    pub(super) fn with_beginning(&self, beginning: &str) -> Range<usize> {
        let from = self.lower_bound(beginning);
        let most = self.len().min(from + EXPANSION_MAX);
        let to = (from..most).find(|at| !self.word(*at).starts_with(beginning)).unwrap_or(most);
        from..to
    }

    /// The words that fit a pattern of letters, `*` (any letters) and `?` (one letter).
    pub(super) fn like(&self, pattern: &str) -> Vec<usize> {
        let letters: Vec<char> = pattern.chars().collect();
        let fixed: String = letters.iter().take_while(|c| !matches!(c, '*' | '?')).collect();
        let from = self.lower_bound(&fixed);
        (from..self.len())
            .take_while(|at| self.word(*at).starts_with(&fixed))
            .filter(|at| fits(&letters, self.word(*at)))
            .take(EXPANSION_MAX)
            .collect()
    }

    /// The words at most so many edits away.
    pub(super) fn near(&self, word: &str, edits: usize) -> Vec<usize> {
        let letters: Vec<char> = word.chars().collect();
        let bytes = word.len();
        let mut row = Vec::new();
        (0..self.len())
            .filter(|at| {
                let other = self.word(*at);
                // A letter has at most four bytes.
                other.len().abs_diff(bytes) <= 4 * edits
                    && is_near(&letters, other, edits, &mut row)
            })
            .take(EXPANSION_MAX)
            .collect()
    }

    /// How many entities have a word.
    pub(super) fn count(&self, number: usize) -> u32 {
        self.counts.get(number).copied().unwrap_or_default()
    }

    /// The entities that have a word, in order.
    pub(super) fn entities(&self, number: usize) -> impl Iterator<Item = u32> {
        let from = number.checked_sub(1).map_or(0, |before| self.gap_ends[before]);
        let to = self.gap_ends.get(number).copied().unwrap_or(from);
        Gaps { bytes: &self.gaps[from..to], last: 0 }
    }
}

struct Gaps<'a> {
    bytes: &'a [u8],
    last: u32,
}

impl Iterator for Gaps<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (mut gap, mut shift) = (0u32, 0);
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            gap |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.last += gap;
        Some(self.last)
    }
}

/// Seven bits a byte, the lowest first; the top bit says that more follow.
fn push_gap(gaps: &mut Vec<u8>, mut gap: u32) {
    loop {
        let low = u8::try_from(gap & 0x7f).unwrap_or_default();
        gap >>= 7;
        if gap == 0 {
            gaps.push(low);
            return;
        }
        gaps.push(low | 0x80);
    }
}

/// Edit distance within a bound, over letters.
fn is_near(letters: &[char], other: &str, edits: usize, row: &mut Vec<usize>) -> bool {
    row.clear();
    row.extend(0..=letters.len());
    let mut length = 0;
    for c in other.chars() {
        length += 1;
        let mut diagonal = std::mem::replace(&mut row[0], length);
        let mut least = row[0];
        for (at, letter) in letters.iter().enumerate() {
            let change = diagonal + usize::from(*letter != c);
            diagonal = row[at + 1];
            row[at + 1] = change.min(diagonal + 1).min(row[at] + 1);
            least = least.min(row[at + 1]);
        }
        if least > edits {
            return false;
        }
    }
    row[letters.len()] <= edits
}

/// Whether a word fits a pattern: the usual walk that goes back to the last `*`.
fn fits(pattern: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while seen < word.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, seen));
                at += 1;
            }
            Some(c) if *c == '?' || *c == word[seen] => {
                at += 1;
                seen += 1;
            }
            _ => {
                let Some((back, begun)) = star else { return false };
                at = back + 1;
                seen = begun + 1;
                star = Some((back, begun + 1));
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[&str]) -> Terms {
        let mut builder = TermsBuilder::default();
        for (at, text) in (0u32..).zip(texts) {
            for word in text.split(' ') {
                builder.add(word, at);
            }
        }
        builder.finish()
    }

    fn of(terms: &Terms, word: &str) -> Vec<u32> {
        terms.find(word).map(|at| terms.entities(at).collect()).unwrap_or_default()
    }

    #[test]
    fn entities_are_found_by_their_words() {
        let mut texts = vec!["maro testan maro"; 300];
        texts[250] = "sila testan";
        let terms = index(&texts);
        assert_eq!(of(&terms, "sila"), [250]);
        assert_eq!(of(&terms, "testan").len(), 300);
        assert_eq!(terms.find("maro").map(|at| terms.count(at)), Some(299));
        assert!(of(&terms, "nobody").is_empty());
    }

    #[test]
    fn beginnings_patterns_and_misspellings_stand_for_words() {
        let terms = index(&["alexander aleksandr alexandra boris"]);
        let words = |at: Vec<usize>| at.into_iter().map(|at| terms.word(at)).collect::<Vec<_>>();
        assert_eq!(words(terms.with_beginning("alex").collect()), ["alexander", "alexandra"]);
        assert_eq!(words(terms.like("ale*d?r")), ["alexander"]);
        assert_eq!(words(terms.near("alexandr", 1)), ["alexander", "alexandra"]);
        assert_eq!(words(terms.near("boriz", 1)), ["boris"]);
        assert!(terms.near("morits", 1).is_empty());
    }

    #[test]
    fn numbers_survive_as_gaps() {
        for gap in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            push_gap(&mut bytes, gap);
            assert_eq!(Gaps { bytes: &bytes, last: 0 }.collect::<Vec<_>>(), [gap]);
        }
    }
}
