//! Languages of names as the lists write them, to ISO 639-3.

/// Codes of two letters, codes of three, and English names.
const LANGUAGES: [(&str, &str, &str); 44] = [
    ("ar", "ara", "arabic"),
    ("be", "bel", "belarusian"),
    ("bg", "bul", "bulgarian"),
    ("bn", "ben", "bengali"),
    ("bs", "bos", "bosnian"),
    ("cs", "ces", "czech"),
    ("da", "dan", "danish"),
    ("de", "deu", "german"),
    ("el", "ell", "greek"),
    ("en", "eng", "english"),
    ("es", "spa", "spanish"),
    ("et", "est", "estonian"),
    ("fa", "fas", "persian"),
    ("fi", "fin", "finnish"),
    ("fr", "fra", "french"),
    ("ga", "gle", "irish"),
    ("he", "heb", "hebrew"),
    ("hr", "hrv", "croatian"),
    ("hu", "hun", "hungarian"),
    ("hy", "hye", "armenian"),
    ("it", "ita", "italian"),
    ("ja", "jpn", "japanese"),
    ("ka", "kat", "georgian"),
    ("km", "khm", "khmer"),
    ("ko", "kor", "korean"),
    ("ku", "kur", "kurdish"),
    ("lt", "lit", "lithuanian"),
    ("lv", "lav", "latvian"),
    ("mk", "mkd", "macedonian"),
    ("mt", "mlt", "maltese"),
    ("my", "mya", "burmese"),
    ("nl", "nld", "dutch"),
    ("pl", "pol", "polish"),
    ("ps", "pus", "pashto"),
    ("pt", "por", "portuguese"),
    ("ro", "ron", "romanian"),
    ("ru", "rus", "russian"),
    ("sk", "slk", "slovak"),
    ("sl", "slv", "slovenian"),
    ("sv", "swe", "swedish"),
    ("tr", "tur", "turkish"),
    ("uk", "ukr", "ukrainian"),
    ("ur", "urd", "urdu"),
    ("zh", "zho", "chinese"),
];
/// Other words for the same.
const SYNONYMS: [(&str, &str); 9] = [
    ("farsi", "fas"),
    ("per", "fas"),
    ("ger", "deu"),
    ("fre", "fra"),
    ("chi", "zho"),
    ("mandarin", "zho"),
    ("dari", "prs"),
    ("gre", "ell"),
    ("cze", "ces"),
];

/// The ISO 639-3 code of a language; `None` if it is none known.
pub(crate) fn iso_639_3(written: &str) -> Option<&'static str> {
    let word = written.trim().to_lowercase();
    let known =
        LANGUAGES.iter().find(|(two, three, name)| word == *two || word == *three || word == *name);
    match known {
        Some((_, three, _)) => Some(three),
        None => SYNONYMS.iter().find(|(other, _)| word == *other).map(|(_, three)| *three),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_known() {
        assert_eq!(
            ["AR", "RUS", "Farsi", "ger"].map(iso_639_3),
            [Some("ara"), Some("rus"), Some("fas"), Some("deu")]
        );
        assert_eq!(["", "xx", "Elvish"].map(iso_639_3), [None, None, None]);
    }
}
