//! Countries: ISO 3166-1 alpha-2 codes from codes, names and demonyms in Arabic, English, French,
//! Russian, Turkish and German.
//!
//! The words stand in `data/countries.tsv`, further names out of CLDR in `data/country-names.tsv`;
//! regular forms (Arabic and Turkish demonyms, feminines and plurals, French and Russian feminine
//! forms, German adjectives) are made here. A word that several countries
//! share ("Congolese", "Korean") is in no list: it reads as nothing rather than as a guess.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use super::fold::fold_words;

/// A country by its ISO 3166-1 alpha-2 code, upper case. Former countries have the codes they had
/// (`SU`, `YU`, `CS`, `DD`), Kosovo the customary `XK`, Czechoslovakia our own `XC`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub [u8; 2]);

/// Former countries with codes of four letters in FtM (ISO 3166-3).
const FTM_CODES: [(&str, &str); 4] =
    [("SU", "suhh"), ("YU", "yucs"), ("CS", "csxx"), ("XC", "cshh")];

impl Country {
    /// The country of an alpha-2 code, an alpha-3 code or a code of FtM, in any case. FtM's codes of
    /// regions (`gb-sct`, `ge-ab`) give the country they begin with.
    ///
    /// ```
    /// use model::value::Country;
    /// assert_eq!(Country::from_code("tn"), Country::from_code("TUN"));
    /// assert_eq!(Country::from_code("gb-sct"), Country::from_code("GB"));
    /// assert_eq!(Country::from_code("00"), None);
    /// ```
    pub fn from_code(code: &str) -> Option<Country> {
        let code = code.trim().split('-').next().unwrap_or_default().to_ascii_uppercase();
        if let Some((alpha2, _)) = FTM_CODES.iter().find(|(_, ftm)| ftm.eq_ignore_ascii_case(&code))
        {
            return Country::from_code(alpha2);
        }
        TABLE.codes.get(code.as_str()).copied()
    }

    /// The alpha-2 code, upper case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The code as FtM has it: lower case; four letters for a former country.
    ///
    /// ```
    /// use model::value::Country;
    /// assert_eq!(Country::from_code("TN").unwrap().to_ftm(), "tn");
    /// assert_eq!(Country::from_code("SU").unwrap().to_ftm(), "suhh");
    /// ```
    pub fn to_ftm(&self) -> String {
        FTM_CODES
            .iter()
            .find(|(alpha2, _)| *alpha2 == self.code())
            .map_or_else(|| self.code().to_ascii_lowercase(), |(_, ftm)| (*ftm).to_owned())
    }

    /// The English name.
    ///
    /// ```
    /// use model::value::Country;
    /// assert_eq!(Country::from_code("TN").unwrap().name(), "Tunisia");
    /// ```
    pub fn name(&self) -> &'static str {
        TABLE.names.get(self).copied().unwrap_or("unknown country")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Reads a text that is one country: a code in capitals, a name or a demonym, with or without
/// article and words such as "nationality". For codes as FtM has them see [`Country::from_code`].
///
/// ```
/// use model::value::{Country, parse_country};
/// let tunisia = Country::from_code("TN");
/// for text in ["TN", "TUN", "Tunisia", "تونسية", "tunisienne", "тунисец", "Tunuslu", "التونسي"] {
///     assert_eq!(parse_country(text), tunisia, "{text}");
/// }
/// assert_eq!(parse_country("Sample"), None);
/// ```
pub fn parse_country(text: &str) -> Option<Country> {
    let trimmed = text.trim();
    if let Some(country) = code_in(trimmed) {
        return Some(country);
    }
    let folded = fold_words(trimmed);
    look_up(&folded).or_else(|| look_up(&drop_noise(&folded)))
}

/// Reads all countries of a text such as `مصر، فرنسا` or `Libya, then Turkey (2 months)`, in its
/// order, each once. Codes count only in a list of nothing but codes and names.
///
/// ```
/// use model::value::find_countries;
/// let codes: Vec<String> = find_countries("مصر، فرنسا").iter().map(ToString::to_string).collect();
/// assert_eq!(codes, ["EG", "FR"]);
/// ```
pub fn find_countries(text: &str) -> Vec<Country> {
    let listed: Option<Vec<Country>> = text
        .split(is_list_sign)
        .filter(|part| !part.trim().is_empty())
        .map(parse_country)
        .collect();
    // `NO` on its own is an answer rather than Norway.
    let listed = listed.filter(|_| !text.trim().eq_ignore_ascii_case("no"));
    let mut found = listed.unwrap_or_else(|| scan(text));
    let mut seen = Vec::new();
    found.retain(|country| {
        let new = !seen.contains(country);
        seen.push(*country);
        new
    });
    found
}

/// Reads a country from text with misread letters (OCR): the nearest name or demonym within one
/// edit in four letters, and how near it is (1 for the same, 0.75 at the limit). `None` if two
/// countries are equally near. Only for names in full, never for codes.
///
/// ```
/// use model::value::{Country, parse_country_fuzzy};
/// let (country, confidence) = parse_country_fuzzy("Tunlsia").unwrap();
/// assert_eq!(Some(country), Country::from_code("TN"));
/// assert!(confidence < 1.0);
/// assert_eq!(parse_country_fuzzy("Sample"), None);
/// ```
pub fn parse_country_fuzzy(text: &str) -> Option<(Country, f32)> {
    if let Some(country) = parse_country(text) {
        return Some((country, 1.0));
    }
    let folded = drop_noise(&fold_words(text));
    let letters: Vec<char> = folded.chars().collect();
    if letters.len() < FUZZY_LETTERS_MIN || letters.len() > FUZZY_LETTERS_MAX {
        return None;
    }
    let edits_max = letters.len() / LETTERS_PER_EDIT;
    let mut best: Option<(usize, Country)> = None;
    let mut tie = false;
    for (word, country) in TABLE.words.iter().filter(|(word, _)| !TABLE.derived.contains(*word)) {
        let word: Vec<char> = word.chars().collect();
        if word.len().abs_diff(letters.len()) > edits_max || word.len() < FUZZY_LETTERS_MIN {
            continue;
        }
        let edits = edit_distance(&letters, &word);
        match best {
            Some((fewest, found)) if edits == fewest => tie |= found != *country,
            Some((fewest, _)) if edits > fewest => {}
            _ if edits > edits_max => {}
            _ => {
                best = Some((edits, *country));
                tie = false;
            }
        }
    }
    let (edits, country) = best.filter(|_| !tie)?;
    Some((country, 1.0 - edits as f32 / letters.len() as f32))
}

/// Below this, one edit makes other countries of too many words (Mali, Bali). Chosen by hand.
const FUZZY_LETTERS_MIN: usize = 4;
/// No name is longer; a bound on the work per text.
const FUZZY_LETTERS_MAX: usize = 60;
/// One edit is allowed in so many letters: Tesseract misreads 2–3 % of the letters of Arabic names,
/// so two in eight are rare already. Chosen by hand.
const LETTERS_PER_EDIT: usize = 4;
/// Most words of one name ("Lao People's Democratic Republic" has four, some have more).
const WORDS_MAX: usize = 6;

fn is_list_sign(c: char) -> bool {
    matches!(c, ',' | ';' | '،' | '؛' | '/' | '|' | '\n' | '+' | '&')
}

/// A bare code: two or three capital Latin letters (`no`, `is`, `in` are words).
fn code_in(text: &str) -> Option<Country> {
    let letters = matches!(text.len(), 2 | 3) && text.bytes().all(|b| b.is_ascii_uppercase());
    if letters { Country::from_code(text) } else { None }
}

fn look_up(folded: &str) -> Option<Country> {
    let find = |word: &str| TABLE.words.get(word).copied();
    find(folded).or_else(|| find(&drop_articles(folded)))
}

/// Takes the Arabic article off every word, and what is glued before it ("و", "ب", "ل").
fn drop_articles(folded: &str) -> String {
    let words: Vec<&str> = folded
        .split(' ')
        .map(|word| {
            let bare =
                ["وال", "بال", "ال", "لل"].iter().find_map(|article| word.strip_prefix(article));
            bare.filter(|rest| rest.chars().count() > 2).unwrap_or(word)
        })
        .collect();
    words.join(" ")
}

fn drop_noise(folded: &str) -> String {
    let words: Vec<&str> = folded.split(' ').filter(|word| !NOISE.contains(word)).collect();
    words.join(" ")
}

/// Words around a country that do not change it, folded.
#[rustfmt::skip]
const NOISE: &[&str] = &[
    "nationality", "citizen", "citizenship", "national", "country", "of", "the", "from", "state",
    "born", "in", "passport", "republic", "kingdom", "nationalite", "citoyen", "citoyenne", "pays", "de", "la", "le",
    "du", "des", "d", "l", "ressortissant", "ressortissante", "republique", "royaume",
    "гражданин", "гражданка", "гражданство", "национальность", "из", "страна", "республика",
    "vatandasi", "uyruklu", "uyrugu", "cumhuriyeti", "staatsangehorigkeit", "staatsburger", "aus",
    "الجنسيه", "جنسيه", "جنسيته", "مواطن", "دوله", "الدوله", "بلد", "البلد", "من", "جمهوريه",
    "الجمهوريه", "مملكه", "المملكه", "في", "الي", "اصل", "حامل", "جواز",
];

/// Finds names in running text, the longest first at each word.
fn scan(text: &str) -> Vec<Country> {
    let folded = fold_words(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let hit = (1..=WORDS_MAX.min(words.len() - at)).rev().find_map(|count| {
            let phrase = words[at..at + count].join(" ");
            let letters = phrase.chars().count();
            // `fas`, `fin`, `leh` are words of other languages too.
            let long = letters > 3 || (letters == 3 && !phrase.is_ascii());
            let known = if long { look_up(&phrase).or_else(|| after_and(&phrase)) } else { None };
            known.map(|country| (country, count))
        });
        match hit {
            Some((country, count)) => {
                found.push(country);
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// Arabic writes "and" in one word with what follows: `وفرنسا`.
fn after_and(phrase: &str) -> Option<Country> {
    phrase.strip_prefix('و').and_then(look_up)
}

#[derive(Default)]
struct Table {
    /// By alpha-2 and alpha-3 code, upper case.
    codes: BTreeMap<&'static str, Country>,
    /// By folded name or demonym.
    words: BTreeMap<String, Country>,
    /// Those of them that follow from a name and stand nowhere: a misread word is none of these.
    derived: BTreeSet<String>,
    /// English names.
    names: BTreeMap<Country, &'static str>,
}

/// What is written for this project goes before what CLDR has.
const DATA: [&str; 2] =
    [include_str!("../../data/countries.tsv"), include_str!("../../data/country-names.tsv")];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for data in DATA {
        table.read(data);
    }
    table
});

impl Table {
    /// Reads a data file: alpha-2, alpha-3, then one column per language (English, French, Arabic,
    /// Russian, Turkish, German) of words separated by `|`, the first of the first the name shown.
    /// A `!` before a word forbids the regular endings.
    fn read(&mut self, data: &'static str) {
        for line in data.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let mut columns = line.split('\t');
            let (Some(alpha2), Some(alpha3)) = (columns.next(), columns.next()) else { continue };
            let &[first, second] = alpha2.as_bytes() else { continue };
            let country = Country([first, second]);
            self.codes.insert(alpha2, country);
            if !alpha3.is_empty() {
                self.codes.insert(alpha3, country);
            }
            for (language, column) in Language::ALL.into_iter().zip(columns) {
                for word in column.split('|').filter(|word| !word.is_empty()) {
                    self.names.entry(country).or_insert(word);
                    let (word, regular) = match word.strip_prefix('!') {
                        Some(word) => (word, false),
                        None => (word, true),
                    };
                    self.add(word, country);
                    if regular {
                        let folded = fold_words(word);
                        for form in language.forms(&folded) {
                            self.add(&form, country);
                        }
                        for form in language.demonyms(&folded) {
                            if !self.words.contains_key(&form) {
                                self.add(&form, country);
                                self.derived.insert(form);
                            }
                        }
                    }
                }
            }
        }
    }

    /// Adds a word, with and without Arabic articles. A word that is there stays: what is written
    /// out comes before what is derived only within a country, so the data test forbids clashes.
    fn add(&mut self, word: &str, country: Country) {
        let folded = fold_words(word);
        self.derived.remove(&folded);
        self.words.entry(drop_articles(&folded)).or_insert(country);
        self.words.entry(folded).or_insert(country);
    }
}

#[derive(Clone, Copy)]
enum Language {
    English,
    French,
    Arabic,
    Russian,
    Turkish,
    German,
}

impl Language {
    const ALL: [Language; 6] = [
        Language::English,
        Language::French,
        Language::Arabic,
        Language::Russian,
        Language::Turkish,
        Language::German,
    ];

    /// The regular forms of a folded name or demonym; some make words that nobody says, which are
    /// harmless.
    fn forms(self, word: &str) -> Vec<String> {
        let with = |stem: &str, endings: &[&str]| -> Vec<String> {
            endings.iter().map(|ending| format!("{stem}{ending}")).collect()
        };
        match self {
            Language::English => with(word, &["s"]),
            Language::French => {
                let mut forms = with(word, &["e", "s", "es"]);
                if let Some(stem) = word.strip_suffix("ien") {
                    forms.extend(with(stem, &["ienne", "iennes"]));
                } else if let Some(stem) = word.strip_suffix("en") {
                    forms.extend(with(stem, &["enne", "ennes"]));
                }
                forms
            }
            Language::Arabic if word.ends_with('ي') => with(word, &["ه", "ون", "ين", "ات", "ا"]),
            Language::Russian => match word.strip_suffix("ии") {
                Some(stem) if stem.ends_with(['к', 'ц']) => {
                    with(stem, &["ая", "ое", "ого", "ои", "ие"])
                }
                _ => match word.strip_suffix("ец") {
                    Some(stem) => with(stem, &["ца", "цы", "ка"]),
                    None => Vec::new(),
                },
            },
            Language::Turkish => with(word, &["lar", "ler"]),
            Language::German if word.ends_with("er") => with(word, &["in", "innen", "n"]),
            Language::German if word.ends_with("sch") => with(word, &["e", "er", "en", "es"]),
            Language::Arabic | Language::German => Vec::new(),
        }
    }
}

impl Language {
    /// The demonyms that follow from a folded name, where a language is regular.
    fn demonyms(self, word: &str) -> Vec<String> {
        let (stem, endings): (&str, &[&str]) = match self {
            // The nisba: `غانا` gives `غاني`, `سلوفينيا` gives `سلوفيني`.
            Language::Arabic if !word.ends_with('ي') && !word.contains(' ') => {
                let bare = word.strip_prefix("ال").unwrap_or(word);
                let stem = ["يا", "ا", "ه"].iter().find_map(|end| bare.strip_suffix(end));
                (stem.unwrap_or(bare), &["ي", "يه", "يون", "يين", "يات"])
            }
            // Vowels are folded, so two of the four endings are left.
            Language::Turkish => (word, &["li", "lu", "lilar", "liler", "lular"]),
            _ => return Vec::new(),
        };
        endings.iter().map(|ending| format!("{stem}{ending}")).collect()
    }
}

/// Levenshtein distance in letters.
fn edit_distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let cost = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests;
