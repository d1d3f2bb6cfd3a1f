//! A column of keywords: each entity has any number of words out of a set that is kept once.

use rustc_hash::FxHashMap;

/// Words by entity.
#[derive(Debug)]
pub(super) struct Keywords {
    words: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, u32>,
    /// Of each entity, where its words begin; one more than there are entities.
    first: Vec<u32>,
    values: Vec<u32>,
}

impl Default for Keywords {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            numbers: FxHashMap::default(),
            first: vec![0],
            values: Vec::new(),
        }
    }
}

impl Keywords {
    /// Adds the words of the next entity; repeated ones count once.
    pub(super) fn push<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        let begin = self.values.len();
        for word in words {
            let number = self.number_of(word);
            if !self.values[begin..].contains(&number) {
                self.values.push(number);
            }
        }
        self.first.push(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
    }

    fn number_of(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.into());
        self.numbers.insert(word.into(), number);
        number
    }

    /// The numbers of an entity's words.
    pub(super) fn of(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let (Some(from), Some(to)) = (self.first.get(at), self.first.get(at + 1)) else {
            return &[];
        };
        self.values.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The number of a word, if any entity has it.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// A word by its number.
    pub(super) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", |word| word)
    }

    /// The number of different words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}
