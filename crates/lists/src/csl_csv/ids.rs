//! The column `ids`: items between `; `, each `[country, ][dates, ]value, type`.

use crate::ofac_csv::remarks::try_phrase;
use crate::subject::Subject;

/// One item, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct Item<'a> {
    country: &'a str,
    dates: Vec<&'a str>,
    value: String,
    kind: &'a str,
}

/// Puts every item where it belongs; what is not understood becomes a note.
pub(super) fn add_ids(subject: &mut Subject, ids: &str) {
    for written in ids.split("; ").map(str::trim).filter(|item| !item.is_empty()) {
        let item = parse(written);
        if !try_phrase(subject, &item.to_phrase(), written) {
            subject.entry.add("notes", written);
        }
    }
}

fn parse(written: &str) -> Item<'_> {
    let mut parts: Vec<&str> = written.split(", ").map(str::trim).collect();
    let mut item = Item::default();
    let Some(kind) = parts.pop() else { return item };
    item.kind = kind;
    let mut rest = parts.as_slice();
    if let [country, after @ ..] = rest
        && !after.is_empty()
        && country.len() == 2
        && country.chars().all(|c| c.is_ascii_uppercase())
    {
        item.country = country;
        rest = after;
    }
    while let [date, after @ ..] = rest
        && !after.is_empty()
        && is_date(date)
    {
        item.dates.push(date);
        rest = after;
    }
    item.value = rest.join(", ");
    item
}

impl Item<'_> {
    /// The item as OFAC's own remarks have it. Of two dates the first is that of expiry; a single
    /// date is not said to be either and stays a remark in brackets.
    fn to_phrase(&self) -> String {
        let country = match self.country {
            "" => String::new(),
            country => format!(" ({country})"),
        };
        let dates = match self.dates[..] {
            [] => String::new(),
            [expires, issued] => format!(" issued {issued} expires {expires}"),
            _ => format!(" ({})", self.dates.join(", ")),
        };
        format!("{} {}{country}{dates}", self.kind, self.value)
    }
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_turned_into_phrases() {
        let phrase = |written| parse(written).to_phrase();
        assert_eq!(phrase("Male, Gender"), "Gender Male");
        assert_eq!(phrase("FR, A1, Passport"), "Passport A1 (FR)");
        assert_eq!(
            phrase("FR, 2014-07-02, 2009-07-03, A1, Passport"),
            "Passport A1 (FR) issued 2009-07-03 expires 2014-07-02"
        );
        assert_eq!(phrase("FR, 2014-07-02, A1, Passport"), "Passport A1 (FR) (2014-07-02)");
        assert_eq!(phrase("plain words"), "plain words ");
    }
}
