//! The names of UK lists: six parts, of which the sixth is the family name or the whole.
//!
//! Shared by the list of the Foreign Office and the older one of the Treasury (OFSI).

use crate::Entry;
use crate::rows::Row;
use crate::table::Table;

/// The kinds of names, from the words of either list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameKind {
    /// The primary name.
    Primary,
    /// Another spelling of it, or an alias in good quality.
    Alias,
    /// A name of the past.
    Previous,
    /// An alias in low quality.
    Weak,
}

impl NameKind {
    /// The kind by the columns for type and strength (in either list's words, any case).
    pub(crate) fn parse(kind: &str, strength: &str) -> NameKind {
        let (kind, strength) = (kind.to_lowercase(), strength.to_lowercase());
        match kind.as_str() {
            "primary name" => NameKind::Primary,
            _ if strength.starts_with("low") || strength.starts_with("weak") => NameKind::Weak,
            "fka" | "f.k.a" | "f.k.a." | "previous name" | "formerly known as" => {
                NameKind::Previous
            }
            _ => NameKind::Alias,
        }
    }

    fn prop(self) -> &'static str {
        match self {
            NameKind::Primary => "name",
            NameKind::Alias => "alias",
            NameKind::Previous => "previousName",
            NameKind::Weak => "weakAlias",
        }
    }
}

/// Adds the name of a row, in Latin letters and in others.
pub(crate) fn add_names(entry: &mut Entry, kind: NameKind, row: &Row, table: &Table) {
    let parts = ["name 1", "name 2", "name 3", "name 4", "name 5", "name 6"];
    let parts = parts.map(|heading| table.get(row, heading));
    let full: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    add_unless_named(entry, kind, &full.join(" "));
    if kind == NameKind::Primary && entry.schema() == "Person" {
        let [first, middle @ .., last] = parts;
        entry.add("firstName", first);
        let middle: Vec<&str> = middle.into_iter().filter(|part| !part.is_empty()).collect();
        entry.add("middleName", &middle.join(" "));
        entry.add("lastName", last);
    }
    let original = table.get(row, "name non-latin script");
    let lang = lang_of(table.first(row, &["non-latin script language", "non-latin script type"]));
    for name in original.split([';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        if add_unless_named(entry, kind, name)
            && let Some(lang) = lang
        {
            entry.lang(lang);
        }
    }
}

/// The list repeats names on the rows of other attributes and of other names.
fn add_unless_named(entry: &mut Entry, kind: NameKind, name: &str) -> bool {
    let known = ["name", "alias", "previousName", "weakAlias"];
    let new = !name.is_empty() && !known.iter().any(|prop| entry.has(prop, name));
    if new {
        entry.add(kind.prop(), name);
    }
    new
}

/// ISO 639-3 code of a language as these lists name it; a script counts where it has but one.
fn lang_of(words: &str) -> Option<&'static str> {
    Some(match words.trim().to_lowercase().as_str() {
        "arabic" => "ara",
        "belarusian" => "bel",
        "burmese" => "mya",
        "chinese" => "zho",
        "dari" => "prs",
        "farsi" | "persian" => "fas",
        "georgian" => "kat",
        "hebrew" => "heb",
        "japanese" => "jpn",
        "korean" | "hangul" => "kor",
        "kurdish" => "kur",
        "pashto" => "pus",
        "russian" => "rus",
        "serbian" => "srp",
        "ukrainian" => "ukr",
        "urdu" => "urd",
        _ => return None,
    })
}
