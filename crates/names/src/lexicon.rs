//! Owns the lookup in the closed lists of words that are not themselves names: articles, titles,
//! links, legal forms, class words, countries. The lists lie in the files beside.
//! Does not decide: `analyze` does. Source: compiled by hand for this project; no list was copied.
//! Invariant: every entry is already folded (a test holds them against `fold`).

mod class;
mod family;
mod legal;
mod organization;
mod person;
mod place;

pub(crate) use family::class_family;
pub(crate) use legal::legal_kinds;

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;
use std::sync::OnceLock;

/// What a word of the closed lists is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Article,
    KunyaHead,
    /// Stands before the name of the father.
    Nasab,
    /// Stands after the name of the father.
    AfterFather,
    Particle,
    /// Stands before a family name.
    FamilyParticle,
    Honorific,
    /// A title that is a usual given name as well.
    TitleOrName,
    /// A title that follows the name.
    PostTitle,
    Suffix,
    /// Stands before a byname or another name.
    Alias,
    /// Written short for a name.
    Short,
    /// `Mc`, `Mac`: one name with the word after it.
    Mac,
    /// `Dhu`, `Zul`: one name with the word after it.
    Dhu,
    LegalForm,
    ClassWord,
    VesselPrefix,
    NumberSign,
    /// A word for a number, wherever it stands.
    Number,
    /// A word that is one for a number where it closes the name.
    LastNumber,
    Formerly,
    Place,
    Allah,
    Din,
    /// After an article the second half of a name as `Din` is: Saif al-Islam. Rahman and Haq are
    /// not: written apart they serve as family names, which lists turn around.
    Second,
    Abd,
}

type Table = FxHashMap<&'static str, (Role, &'static str)>;

/// Role and canonical form of `word` in names of persons.
pub(crate) fn lookup(word: &str) -> Option<(Role, &'static str)> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| table(&person::LISTS)).get(word).copied()
}

/// Role of `word` in names of persons.
pub(crate) fn role(word: &str) -> Option<Role> {
    lookup(word).map(|(role, _)| role)
}

/// Role and canonical form of `word` as class word, place or sign in the name of an organization
/// or vessel; of a few words with blanks between them, too. Arabic words are looked up without the
/// article and the prepositions and conjunctions that are written as one with them.
pub(crate) fn lookup_organizational(word: &str) -> Option<(Role, &'static str)> {
    get_bare(organizational(), word)
}

fn organizational() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        // A class word is that first, whatever country is called like it.
        let mut words = table(&place::LISTS);
        words.extend(table(&organization::LISTS));
        words.extend(table(&class::CLASS_WORDS));
        words
    })
}

fn get_bare(table: &Table, word: &str) -> Option<(Role, &'static str)> {
    let found = table.get(word).or_else(|| bare_words(word).find_map(|bare| table.get(bare)));
    found.copied()
}

/// An Arabic word without what is written as one with it.
fn bare_words(word: &str) -> impl Iterator<Item = &str> {
    ["وال", "ال", "لل", "بال", "و", "ل"].iter().filter_map(|head| word.strip_prefix(head))
}

/// Number of words of the longest class word or sign that begins with `word` and has several; 1 if
/// none does.
pub(crate) fn phrase_words_max(word: &str) -> usize {
    static STARTS: OnceLock<FxHashMap<&'static str, usize>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let mut starts = FxHashMap::default();
        for lists in [&organization::LISTS[..], &class::CLASS_WORDS, &place::LISTS] {
            for (_, phrase, _) in entries(lists) {
                if let Some((first, _)) = phrase.split_once(' ') {
                    let longest = starts.entry(first).or_insert(1);
                    *longest = phrase.split(' ').count().max(*longest);
                }
            }
        }
        starts
    });
    let found = starts.get(word).or_else(|| bare_words(word).find_map(|bare| starts.get(bare)));
    found.copied().unwrap_or(1)
}

/// The number that `word` is, in digits, and whether it is one wherever it stands.
pub(crate) fn number_word(word: &str) -> Option<(Role, &'static str)> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| table(&organization::NUMBERS));
    let bare = || word.strip_prefix("ال").filter(|bare| bare.chars().count() > 2);
    table.get(word).or_else(|| bare().and_then(|bare| table.get(bare))).copied()
}

/// Endings of Slavic nouns and adjectives, in Cyrillic and in Latin letters.
const ENDINGS: [&str; 76] = [
    "", "а", "у", "е", "ы", "и", "о", "я", "ю", "ь", "й", "ый", "ий", "ой", "ая", "яя", "ое", "ее",
    "ые", "ие", "ия", "ию", "ии", "ом", "ов", "ей", "ам", "ых", "их", "ую", "ым", "ем", "ого",
    "его", "ому", "ных", "ный", "ная", "ное", "ные", "ного", "ной", "ание", "ания", "ення", "і",
    "а", "є", "ія", "іі", "ні", "ське", "a", "e", "o", "y", "i", "u", "aya", "oye", "oe", "oje",
    "aja", "yy", "iy", "yi", "yj", "ij", "ogo", "oy", "iye", "ie", "iya", "ny", "na", "ne",
];

/// Canonical form of a class word with a Slavic ending: "авиационная", "Torgovaya".
pub(crate) fn inflected(word: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let stems = TABLE.get_or_init(|| {
        // The first of a group is its English canonical form, which has no such endings.
        let stems = entries(&class::STEMS).filter(|(_, stem, canonical)| stem != canonical);
        stems.map(|(role, stem, canonical)| (stem, (role, canonical))).collect()
    });
    let cuts = word.char_indices().rev().map(|(at, _)| at).take(4);
    [word.len()].into_iter().chain(cuts).filter(|&at| at > 3).find_map(|at| {
        let (_, canonical) = stems.get(&word[..at])?;
        ENDINGS.contains(&&word[at..]).then_some(*canonical)
    })
}

/// Canonical form of a word of the class list or of one of its stems.
fn class_of(word: &str) -> Option<&'static str> {
    match organizational().get(word) {
        Some((Role::ClassWord, class)) => Some(*class),
        Some(_) => None,
        None => inflected(word),
    }
}

/// Canonical form of an English class word in the plural that the list does not have: "Dairies".
pub(crate) fn plural(word: &str) -> Option<&'static str> {
    let class = |word: &str| match organizational().get(word) {
        Some((Role::ClassWord, class)) => Some(*class),
        _ => None,
    };
    let single = word.strip_suffix('s').filter(|single| single.len() > 4)?;
    class(single)
        .or_else(|| single.strip_suffix("ie").and_then(|stem| class(&format!("{stem}y"))))
        .or_else(|| single.strip_suffix('e').and_then(class))
}

/// Both classes of a word that is made of two: "Versicherungsgesellschaft", "agroholding".
pub(crate) fn compound_classes(word: &str) -> Option<(&'static str, &'static str)> {
    const HALF_LETTERS_MIN: usize = 4;
    const LINKS: [&str; 6] = ["", "s", "e", "o", "о", "е"];
    let letters = word.chars().count();
    let cuts = word.char_indices().skip(HALF_LETTERS_MIN).map(|(at, _)| at);
    cuts.take((letters + 1).saturating_sub(2 * HALF_LETTERS_MIN)).find_map(|at| {
        let (head, tail) = word.split_at(at);
        let second = class_of(tail)?;
        let heads = LINKS.iter().filter_map(|link| head.strip_suffix(link));
        heads
            .filter(|head| head.len() >= HALF_LETTERS_MIN)
            .find_map(class_of)
            .map(|first| (first, second))
    })
}

/// Letters of a class word from which it is known with a slip of the pen; with a letter exchanged
/// for another from [`EXCHANGED_MIN`].
const SLIPPED_MIN: usize = 7;
/// Words and names that are a letter away from a class word of some language.
const NO_SLIPS: [&str; 22] = [
    "alberigo",
    "battalino",
    "bazargan",
    "boisson",
    "carrier",
    "carriers",
    "charriere",
    "chimento",
    "clementi",
    "consigli",
    "courage",
    "elector",
    "empress",
    "generali",
    "hermans",
    "hochbaum",
    "keshavarz",
    "mercator",
    "mondale",
    "montagne",
    "montague",
    "shariat",
];
const EXCHANGED_MIN: usize = 9;

/// Canonical form of the Latin class word that a slip makes `word`: two letters turned around, one
/// left out, doubled or, in a long word, exchanged.
pub(crate) fn slipped(word: &str) -> Option<&'static str> {
    static TABLE: OnceLock<FxHashMap<u64, (&'static str, &'static str)>> = OnceLock::new();
    if word.len() < SLIPPED_MIN || !word.is_ascii() {
        return None;
    }
    let table = TABLE.get_or_init(|| {
        let mut table = FxHashMap::default();
        for (_, class, canonical) in entries(&class::CLASS_WORDS) {
            if class.len() >= SLIPPED_MIN && class.is_ascii() && !class.contains(' ') {
                for skip in 0..=class.len() {
                    table.entry(hash_without(class, skip)).or_insert((class, canonical));
                }
            }
        }
        table
    });
    if NO_SLIPS.contains(&word) {
        return None;
    }
    (0..=word.len())
        .filter_map(|skip| table.get(&hash_without(word, skip)))
        .find(|(class, _)| is_slip(word.as_bytes(), class.as_bytes()))
        .map(|(_, canonical)| *canonical)
}

/// Hash of the bytes of `word` but the one at `skip`.
fn hash_without(word: &str, skip: usize) -> u64 {
    let mut hasher = FxHasher::default();
    for (_, byte) in word.bytes().enumerate().filter(|(at, _)| *at != skip) {
        hasher.write_u8(byte);
    }
    hasher.finish()
}

/// Whether one slip parts two words; never in the first letter.
fn is_slip(left: &[u8], right: &[u8]) -> bool {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let head = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    let tail = long.iter().rev().zip(short.iter().rev()).take_while(|(x, y)| x == y).count();
    if head == 0 {
        return false;
    }
    if long.len() > short.len() {
        return long.len() == short.len() + 1 && head + tail >= short.len();
    }
    head + tail + 1 >= long.len() && long.len() >= EXCHANGED_MIN
        || head + tail + 2 == long.len()
            && (long[head], long[head + 1]) == (short[head + 1], short[head])
}

/// Most words of one legal form: "S. de R.L. de C.V.".
pub(crate) const LEGAL_WORDS_MAX: usize = 7;

/// Canonical form of a legal form, given as its folded words with blanks between them.
pub(crate) fn legal_form(words: &str) -> Option<&'static str> {
    static TABLE: OnceLock<FxHashMap<String, &'static str>> = OnceLock::new();
    TABLE.get_or_init(legal_forms).get(words).copied()
}

/// Each abbreviation is also known letter by letter, as full stops between the letters leave it.
fn legal_forms() -> FxHashMap<String, &'static str> {
    const LETTERS_MAX: usize = 6;
    let mut forms = FxHashMap::default();
    for (_, form, canonical) in entries(&legal::LEGAL_FORMS) {
        let letters = form.chars().count();
        if letters <= LETTERS_MAX && !form.contains(' ') {
            let mut spaced = String::new();
            for c in form.chars() {
                if !spaced.is_empty() {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
            forms.entry(spaced).or_insert(canonical);
        }
        forms.entry(form.to_owned()).or_insert(canonical);
    }
    forms
}

fn table(lists: &[(Role, &'static str)]) -> Table {
    let mut table = FxHashMap::default();
    for (role, word, canonical) in entries(lists) {
        table.entry(word).or_insert((role, canonical));
    }
    table
}

/// Role, word and canonical form: the first of a group.
fn entries(
    lists: &[(Role, &'static str)],
) -> impl Iterator<Item = (Role, &'static str, &'static str)> {
    lists.iter().flat_map(|&(role, lines)| lines.split(',').map(move |line| (role, line))).flat_map(
        |(role, line)| {
            let canonical = line.split('|').next().unwrap_or_default().trim();
            let words = line.split('|').map(str::trim).filter(|word| !word.is_empty());
            words.map(move |word| (role, word, canonical))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    #[test]
    fn canonical_forms_stand_for_their_spellings() {
        assert_eq!(lookup("cheikh"), Some((Role::TitleOrName, "sheikh")));
        assert_eq!(lookup_organizational("банк"), Some((Role::ClassWord, "bank")));
        assert_eq!(lookup_organizational("والتجاره"), Some((Role::ClassWord, "trading")));
        assert_eq!(legal_form("s p a"), legal_form("spa"));
        assert_eq!(lookup("samir"), None);
        assert_eq!(number_word("third"), Some((Role::Number, "3")));
    }

    #[test]
    fn class_words_are_known_inflected_compounded_and_slipped() {
        for word in ["авиационный", "авиационная", "авиационного", "aviatsionnaya"]
        {
            assert_eq!(inflected(word), Some("airline"), "{word}");
        }
        assert_eq!(compound_classes("versicherungsgesellschaft"), Some(("insurance", "company")));
        assert_eq!(compound_classes("agroholding"), Some(("agriculture", "holding")));
        assert_eq!(slipped("logsitics"), Some("transport"));
        assert_eq!(slipped("petrochemicl"), Some("petrochemical"));
        for name in ["qandil", "okunevskiy", "vetrolom", "tracing", "grading", "zarqunabad"] {
            let found = (inflected(name), compound_classes(name), slipped(name));
            assert_eq!(found, (None, None, None), "{name}");
        }
    }

    #[test]
    fn stems_and_families_are_of_the_class_list() {
        let classes: Vec<&str> =
            entries(&class::CLASS_WORDS).flat_map(|(_, _, class)| class.split(' ')).collect();
        for (_, _, class) in entries(&class::STEMS) {
            for class in class.split(' ') {
                assert!(classes.contains(&class), "{class}");
            }
        }
        for class in family::words() {
            assert!(classes.contains(&class), "{class}");
        }
    }

    #[test]
    fn entries_are_folded() {
        let lists: [&[(Role, &str)]; 7] = [
            &person::LISTS,
            &organization::LISTS,
            &organization::NUMBERS,
            &class::CLASS_WORDS,
            &class::STEMS,
            &legal::LEGAL_FORMS,
            &place::LISTS,
        ];
        let unfolded: Vec<&str> = lists
            .into_iter()
            .flat_map(entries)
            .map(|(_, word, _)| word)
            .filter(|word| fold(word) != *word)
            .collect();
        assert_eq!(unfolded, Vec::<&str>::new());
    }
}
