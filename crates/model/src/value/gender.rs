//! Gender words to the values of FtM, in Arabic, Persian, English, French, Russian, Turkish, German.

use super::fold::fold_words;

/// Gender as FtM has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// `male`.
    Male,
    /// `female`.
    Female,
    /// `other`.
    Other,
}

impl Gender {
    /// The value FtM has for it.
    pub fn as_ftm(self) -> &'static str {
        match self {
            Gender::Male => "male",
            Gender::Female => "female",
            Gender::Other => "other",
        }
    }
}

/// Reads a gender word; `None` for anything else, as "unknown".
///
/// ```
/// use model::value::{Gender, parse_gender};
/// assert_eq!(parse_gender("أنثى"), Some(Gender::Female));
/// assert_eq!(parse_gender("M."), Some(Gender::Male));
/// assert_eq!(parse_gender("unknown"), None);
/// ```
pub fn parse_gender(text: &str) -> Option<Gender> {
    let folded = fold_words(text);
    WORDS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(gender, _)| *gender)
}

/// The words as [`fold_words`] leaves them.
#[rustfmt::skip]
const WORDS: [(Gender, &[&str]); 3] = [
    (Gender::Male, &[
        "m", "male", "man", "boy", "mr", "masculine", "masc", "h", "homme", "masculin", "monsieur",
        "м", "муж", "мужскои", "мужчина", "мужскои пол", "мужского пола",
        "erkek", "bay", "e", "eril", "mannlich", "mann", "herr", "maennlich",
        "ذكر", "رجل", "ذ", "الذكر", "ذكور", "مرد", "مذكر",
    ]),
    (Gender::Female, &[
        "f", "female", "woman", "girl", "mrs", "ms", "miss", "feminine", "fem", "femme", "feminin",
        "madame", "ж", "жен", "женскии", "женщина", "женскии пол", "женского пола",
        "kadin", "bayan", "k", "disi", "w", "weiblich", "frau",
        "انثي", "امراه", "مراه", "ا", "الانثي", "اناث", "زن", "مونث", "سيده",
    ]),
    (Gender::Other, &[
        "o", "other", "x", "diverse", "nonbinary", "non binary", "autre", "другои", "иное", "diger",
        "divers", "andere", "اخر",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_languages() {
        for text in ["Male", "homme", "мужской", "Erkek", "männlich", "ذَكَر", "MALE"]
        {
            assert_eq!(parse_gender(text), Some(Gender::Male), "{text}");
        }
        for text in ["Female", "femme", "женский", "Kadın", "weiblich", "أنثى", "امرأة", "Dişi"]
        {
            assert_eq!(parse_gender(text), Some(Gender::Female), "{text}");
        }
        assert_eq!(parse_gender(""), None);
    }

    #[test]
    fn entries_are_folded() {
        for word in WORDS.iter().flat_map(|(_, words)| *words) {
            assert_eq!(fold_words(word), *word);
        }
    }
}
