//! The wordings and answers of one language, from its file.

use std::collections::BTreeMap;

use forms::Key;

pub(crate) const LANGUAGES: [&str; 6] = ["ar", "en", "fr", "ru", "tr", "de"];

/// An answer: as written, and normalised where the test says how.
pub(crate) type Pair = (String, String);

/// All that a layout needs of one language.
pub(crate) struct Sheet {
    pub(crate) titles: Vec<String>,
    labels: BTreeMap<Key, Vec<String>>,
    answers: BTreeMap<Key, [Pair; 2]>,
    /// Questions about two things: their keys, the wording, what stands between the answers.
    pub(crate) double: Vec<(Key, Key, String, String)>,
    /// Keys answered by a tick, and the words to choose from.
    pub(crate) ticked: BTreeMap<Key, Vec<String>>,
}

impl Sheet {
    pub(crate) fn load(language: &str) -> Self {
        let text = match language {
            "ar" => include_str!("ar.tsv"),
            "en" => include_str!("en.tsv"),
            "fr" => include_str!("fr.tsv"),
            "ru" => include_str!("ru.tsv"),
            "tr" => include_str!("tr.tsv"),
            _ => include_str!("de.tsv"),
        };
        let mut sheet = Self {
            titles: Vec::new(),
            labels: BTreeMap::new(),
            answers: BTreeMap::new(),
            double: Vec::new(),
            ticked: BTreeMap::new(),
        };
        for line in text.lines() {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            sheet.take(&cells);
        }
        sheet
    }

    fn take(&mut self, cells: &[String]) {
        let word = cells[0].as_str();
        if word == "title" {
            self.titles = cells[1..4].to_vec();
        } else if let Some(key) = word.strip_prefix('?') {
            self.ticked.insert(Key::parse(key).unwrap(), cells[1..].to_vec());
        } else if let Some((first, second)) = word.split_once('+') {
            let (first, second) = (Key::parse(first).unwrap(), Key::parse(second).unwrap());
            self.double.push((first, second, cells[1].clone(), cells[2].clone()));
        } else {
            let key = Key::parse(word).unwrap();
            self.labels.insert(key, cells[1..4].to_vec());
            let pair = |i: usize| (cells[i].clone(), cells[i + 1].clone());
            self.answers.insert(key, [pair(4), pair(6)]);
        }
    }

    pub(crate) fn label(&self, key: Key, set: usize) -> &str {
        &self.labels[&key][set]
    }

    pub(crate) fn answer(&self, key: Key, person: usize) -> &Pair {
        &self.answers[&key][person]
    }

    pub(crate) fn written(&self, key: Key, person: usize) -> &str {
        &self.answer(key, person).0
    }

    /// What a reader should find of one person.
    pub(crate) fn expected(&self, person: usize) -> BTreeMap<Key, Pair> {
        self.answers.iter().map(|(key, pairs)| (*key, pairs[person].clone())).collect()
    }
}
