//! Owns the lookup in the closed lists of words that are not themselves names: articles, titles,
//! links, legal forms, class words, countries. The lists lie in the files beside.
//! Does not decide: `analyze` does. Source: compiled by hand for this project; no list was copied.
//! Invariant: every entry is already folded (a test holds them against `fold`).

mod organization;
mod person;
mod place;

use rustc_hash::FxHashMap;
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
/// or vessel. Arabic words are looked up without the article and the prepositions and
/// conjunctions that are written as one with them.
pub(crate) fn lookup_organizational(word: &str) -> Option<(Role, &'static str)> {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        // A class word is that first, whatever country is called like it.
        let mut words = table(&place::LISTS);
        words.extend(table(&organization::LISTS));
        words
    });
    table
        .get(word)
        .or_else(|| {
            ["وال", "ال", "لل", "بال", "و", "ل"]
                .iter()
                .filter_map(|head| word.strip_prefix(head))
                .find_map(|bare| table.get(bare))
        })
        .copied()
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
    for (_, form, canonical) in entries(&organization::LEGAL_FORMS) {
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
    }

    #[test]
    fn entries_are_folded() {
        let lists: [&[(Role, &str)]; 4] =
            [&person::LISTS, &organization::LISTS, &organization::LEGAL_FORMS, &place::LISTS];
        let unfolded: Vec<&str> = lists
            .into_iter()
            .flat_map(entries)
            .map(|(_, word, _)| word)
            .filter(|word| fold(word) != *word)
            .collect();
        assert_eq!(unfolded, Vec::<&str>::new());
    }
}
