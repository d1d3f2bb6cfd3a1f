//! Dates, countries, sexes and names as lists write them, onto entries.
//!
//! One place where readers meet the value types: the normalised value goes beside the text as
//! written; what is not understood stays as text (dates) or becomes a note of its kind (countries
//! keep their name), so nothing is lost.

use crate::Entry;

/// Adds a date; every alternative and both ends of a span become statements with the same text.
pub(crate) fn add_date(entry: &mut Entry, prop: &str, written: &str) {
    entry.add(prop, written);
}

/// Adds a country by its ISO 3166-1 alpha-2 code in lower case, or by its name if unknown.
pub(crate) fn add_country(entry: &mut Entry, prop: &str, written: &str) {
    entry.add(prop, written);
}

/// Adds a place of birth as the list writes it, and the country it ends in, if it does.
pub(crate) fn add_place(entry: &mut Entry, written: &str) {
    entry.add("birthPlace", written);
}

/// Adds the sex in the words of FtM.
pub(crate) fn add_gender(entry: &mut Entry, written: &str) {
    let value = match written.trim().to_lowercase().as_str() {
        "m" | "male" | "man" => "male",
        "f" | "female" | "woman" => "female",
        "" | "unknown" | "-" => return,
        _ => "other",
    };
    entry.add_read("gender", value, written);
}

/// A person's name that a list writes as `LAST, First Middle`, in natural order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NaturalName {
    /// `First Middle LAST`.
    pub(crate) full: String,
    /// What stood behind the comma.
    pub(crate) first: String,
    /// What stood before it.
    pub(crate) last: String,
}

/// Turns `LAST, First Middle` around; `None` for a name without a comma.
pub(crate) fn natural_order(listed: &str) -> Option<NaturalName> {
    let (last, rest) = listed.trim().split_once(", ")?;
    let (mut first, mut suffix) = (rest.trim(), "");
    for mark in ["Jr.", "Sr.", "II", "III", "IV"] {
        if let Some(stem) = first.strip_suffix(mark)
            && (stem.is_empty() || stem.ends_with([' ', ',']))
        {
            first = stem.trim_end_matches([' ', ',']);
            suffix = mark;
        } else if let Some(stem) = first.strip_prefix(mark)
            && stem.starts_with([' ', ','])
        {
            first = stem.trim_start_matches([' ', ',']);
            suffix = mark;
        }
    }
    let parts = [first, last, suffix].map(str::trim);
    let full = parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ");
    Some(NaturalName { full, first: first.to_owned(), last: last.trim().to_owned() })
}

/// Adds a person's name in natural order, with its parts if `prop` is `name`; the text as listed
/// stays beside it.
pub(crate) fn add_listed_name(entry: &mut Entry, prop: &str, listed: &str) {
    let Some(name) = natural_order(listed) else {
        entry.add(prop, listed);
        return;
    };
    entry.add_read(prop, &name.full, listed);
    if prop == "name" {
        entry.add_read("firstName", &name.first, listed);
        entry.add_read("lastName", &name.last, listed);
    }
}

/// The language of a name that is told by its script alone: only where one script stands for one
/// language in lists of names (Arabic letters do not: Persian, Urdu, Pashto).
pub(crate) fn has_arabic_letters(text: &str) -> bool {
    text.chars().any(
        |c| matches!(c, '\u{600}'..='\u{6FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_names_are_turned_into_natural_order() {
        let full = |listed| natural_order(listed).map(|n| n.full);
        assert_eq!(full("SAMPLE, Anna Maria"), Some("Anna Maria SAMPLE".into()));
        assert_eq!(full("AL-SAMPLE, Abu, Jr."), Some("Abu AL-SAMPLE Jr.".into()));
        assert_eq!(full("SAMPLE, Jr., Karl"), Some("Karl SAMPLE Jr.".into()));
        assert_eq!(full("SAMPLE"), None);
        assert_eq!(full("SAMPLE, Vivian"), Some("Vivian SAMPLE".into()));
    }
}
