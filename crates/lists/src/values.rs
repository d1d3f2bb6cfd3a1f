//! Dates, countries, sexes and names as lists write them, onto entries.
//!
//! One place where readers meet the value types: the normalized value goes beside the text as
//! written. Text that is not understood becomes a note of its kind (`nationality: X`), so nothing is
//! lost and nothing is guessed.

use model::value::{
    Country, DateOrder, DateValue, find_countries, parse_country, parse_dates, parse_gender,
};

use crate::Entry;

/// Adds a date: all the dates that the text names, all years of a span, each with the text.
pub(crate) fn add_date(entry: &mut Entry, prop: &str, written: &str) {
    let dates = parse_dates(written, DateOrder::DayFirst);
    if dates.is_empty() {
        add_unread(entry, prop, written);
    }
    for value in dates.iter().flat_map(DateValue::to_ftm_values) {
        entry.add_read(prop, &value, written);
    }
}

/// The first day that a text may mean, in ISO 8601: for the dates that publishers put on lists.
pub(crate) fn iso_date(text: &str) -> Option<String> {
    parse_dates(text, DateOrder::DayFirst).first()?.to_ftm_values().into_iter().next()
}

/// Adds the countries that a text names, by the codes of FtM.
pub(crate) fn add_country(entry: &mut Entry, prop: &str, written: &str) {
    let code = Some(written.trim()).filter(|text| text.len() == 2).and_then(Country::from_code);
    let countries = match code.or_else(|| parse_country(written)) {
        Some(country) => vec![country],
        None => find_countries(written),
    };
    // The European Union's code for an unknown country.
    if countries.is_empty() && written.trim() != "00" {
        add_unread(entry, prop, written);
    }
    for country in countries {
        entry.add_read(prop, &country.to_ftm(), written);
    }
}

/// Adds a place of birth as the list writes it, and the country it ends in, if it does.
pub(crate) fn add_place(entry: &mut Entry, written: &str) {
    entry.add("birthPlace", written);
    let tail = written.rsplit(',').next().unwrap_or(written);
    if let Some(country) = parse_country(tail.trim().trim_end_matches('.')) {
        entry.add_read("birthCountry", &country.to_ftm(), written);
    }
}

/// Adds the sex in the words of FtM.
pub(crate) fn add_gender(entry: &mut Entry, written: &str) {
    match parse_gender(written) {
        Some(gender) => {
            entry.add_read("gender", gender.as_ftm(), written);
        }
        None if written.trim().eq_ignore_ascii_case("unknown") => {}
        None => add_unread(entry, "gender", written),
    }
}

/// Keeps a text that could not be read as what it should be.
fn add_unread(entry: &mut Entry, prop: &str, written: &str) {
    let written = written.trim();
    if written.is_empty() {
        return;
    }
    let notes = match entry.schema() {
        "Sanction" | "Passport" | "Identification" => "summary",
        _ => "notes",
    };
    entry.add_read(notes, &format!("{prop}: {written}"), written);
}

/// The items of a text that counts them: `(1) X (2) Y`, `(a) X, (b) Y`, `a) X b) Y`; the text itself
/// if it does not. What separates the items goes.
pub(crate) fn split_counted(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for label in ["1", "a", "i"] {
        let mut label = label.to_owned();
        let mut from = 0;
        starts.clear();
        while let Some((start, end)) = find_label(&text[from..], &label) {
            if starts.is_empty() && start > 0 {
                break;
            }
            starts.push((from + start, from + end));
            from += end;
            label = next_label(&label);
        }
        if starts.len() > 1 {
            break;
        }
    }
    if starts.len() < 2 {
        return if text.is_empty() { Vec::new() } else { vec![text] };
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let items = starts.iter().zip(ends).map(|((_, begin), end)| &text[*begin..end]);
    items.map(|item| item.trim().trim_end_matches([',', ';', '.']).trim_end()).collect()
}

/// Where a label like `(2)` or `2)` stands: its first byte and the byte behind it.
fn find_label(text: &str, label: &str) -> Option<(usize, usize)> {
    let bracketed = format!("({label})");
    let half = format!("{label})");
    let starts_word = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '(');
    let whole = text.find(&bracketed).map(|at| (at, at + bracketed.len()));
    let bare = text.match_indices(&half).map(|(at, _)| at).find(|at| starts_word(*at));
    whole.or(bare.map(|at| (at, at + half.len())))
}

const ROMAN: [&str; 12] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

fn next_label(label: &str) -> String {
    if let Ok(number) = label.parse::<u32>() {
        return (number + 1).to_string();
    }
    match (label, ROMAN.iter().position(|roman| *roman == label)) {
        ("x" | "v", _) | (_, None) => {
            let letter = label.chars().next().and_then(|c| char::from_u32(u32::from(c) + 1));
            letter.map_or_else(String::new, String::from)
        }
        (_, Some(position)) => ROMAN.get(position + 1).copied().unwrap_or_default().to_owned(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_items_are_split() {
        assert_eq!(split_counted("(1) Sample (2) Other"), ["Sample", "Other"]);
        assert_eq!(split_counted("(a) Sample, (b) Other"), ["Sample", "Other"]);
        assert_eq!(split_counted("a) Sample b) Other c) Third"), ["Sample", "Other", "Third"]);
        assert_eq!(split_counted("Sample (2) Other"), ["Sample (2) Other"]);
        assert_eq!(split_counted("(1) Sample"), ["(1) Sample"]);
        assert_eq!(split_counted(" "), [""; 0]);
    }

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
