//! Rows of a table to statements.
//!
//! - A name that is no more than a kunya (`Abu X`, `Umm X al-Y`) is a `weakAlias` in whatever column
//!   it stands: too weak to match alone.
//! - `status` goes to the sanction; a status other than "active" becomes a note `status: deceased`
//!   as well, which triage reads as a claim with its source. It is never made a date or a topic.
//! - What no column is known for becomes a note `heading: value`.

use super::columns::Target;
use super::reader::Header;
use crate::rows::Row;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender, add_listed_name};
use crate::{Entry, Member, ReadContext};

/// Words for "still on the list", which say nothing of the person.
const ACTIVE: [&str; 9] =
    ["active", "listed", "current", "in force", "yes", "actif", "активен", "действует", "نشط"];

/// Maps the rows of one subject.
pub(super) fn map(
    id: &str,
    rows: &[Row],
    header: &Header,
    member: &Member,
    context: &mut ReadContext,
) {
    let schema = schema_of(rows, header);
    let mut subject = Subject::new(context.entry(member, rows[0].line, id, schema));
    for row in rows {
        subject.cite(member, row.line);
        add_parts_as_name(&mut subject.entry, row, header);
        for (column, value) in row.fields.iter().enumerate() {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match header.targets.get(column).and_then(Option::as_ref) {
                Some(target) => add_value(&mut subject, target, value),
                None => add_unknown(&mut subject.entry, header.headings.get(column), value),
            }
        }
    }
    let named = ["name", "alias", "weakAlias", "previousName", "firstName", "lastName"];
    if named.iter().any(|prop| subject.entry.has_any(prop)) {
        subject.emit(context);
    } else {
        context.skipped(member, rows[0].line, "no_name", "the row names nobody");
    }
}

fn schema_of(rows: &[Row], header: &Header) -> &'static str {
    let column = header.targets.iter().position(|t| t.as_ref().is_some_and(|t| t.prop == "schema"));
    let word = column.map_or(String::new(), |c| rows[0].field(c).to_lowercase());
    match word.as_str() {
        ""
        | "person"
        | "individual"
        | "p"
        | "i"
        | "فرد"
        | "شخص"
        | "физическое лицо"
        | "personne"
        | "personne physique"
        | "people" => "Person",
        "organization" | "organisation" | "group" | "entité" | "كيان" | "организация" => {
            "Organization"
        }
        "company" | "enterprise" | "business" | "компания" | "شركة" => "Company",
        "vessel" | "ship" => "Vessel",
        "aircraft" | "airplane" => "Airplane",
        "publicbody" => "PublicBody",
        _ => "LegalEntity",
    }
}

fn add_unknown(entry: &mut Entry, heading: Option<&String>, value: &str) {
    match heading.map(|h| h.trim()).filter(|h| !h.is_empty()) {
        Some(heading) => entry.add("notes", &format!("{heading}: {value}")),
        None => entry.add("notes", value),
    };
}

fn add_value(subject: &mut Subject, target: &Target, value: &str) {
    match target.prop.as_str() {
        "id" | "schema" | "ignore" => {}
        prop @ ("name" | "alias" | "weakAlias" | "previousName") => {
            let names = match prop {
                "name" => split(value, &[';', '|']).collect(),
                _ => split_names(value),
            };
            for name in names {
                add_name(&mut subject.entry, prop, name, target.lang.as_deref());
            }
        }
        prop @ ("birthDate" | "deathDate" | "incorporationDate") => {
            split(value, &[';', '|']).for_each(|date| add_date(&mut subject.entry, prop, date));
        }
        prop @ ("nationality" | "citizenship" | "country" | "birthCountry" | "jurisdiction"
        | "flag") => {
            for country in split(value, &[';', '|', '/']) {
                add_country(&mut subject.entry, prop, country);
            }
        }
        "gender" => add_gender(&mut subject.entry, value),
        "passportNumber" => {
            for number in split(value, &[';', '|']) {
                subject.passport(&Paper { number, ..Paper::default() });
            }
        }
        prop @ ("idNumber" | "taxNumber" | "registrationNumber") => {
            for number in split(value, &[';', '|']) {
                subject.identification(prop, &Paper { number, ..Paper::default() });
            }
        }
        "status" => {
            subject.sanction().add("status", value);
            if !ACTIVE.contains(&&*value.to_lowercase()) {
                subject.entry.add_read("notes", &format!("status: {value}"), value);
            }
        }
        "listingDate" => add_date(subject.sanction(), "listingDate", value),
        prop @ ("program" | "reason" | "authority") => {
            subject.sanction().add(prop, value);
        }
        prop @ ("notes" | "title") => {
            subject.entry.add(prop, value);
        }
        prop => split(value, &[';', '|']).for_each(|value| {
            subject.entry.add(prop, value);
        }),
    }
}

fn add_name(entry: &mut Entry, prop: &str, name: &str, lang: Option<&str>) {
    let prop = if prop != "previousName" && is_kunya(name) { "weakAlias" } else { prop };
    if entry.has(prop, name) {
        return;
    }
    if entry.schema() == "Person" && turns_around(name) {
        add_listed_name(entry, prop, name);
    } else {
        entry.add(prop, name);
    }
    if let Some(lang) = lang {
        entry.lang(lang);
    }
}

/// A name made of its parts, for tables without a column for the whole.
fn add_parts_as_name(entry: &mut Entry, row: &Row, header: &Header) {
    let value = |prop: &str| {
        let column = header.targets.iter().position(|t| t.as_ref().is_some_and(|t| t.prop == prop));
        column.map_or("", |c| row.field(c))
    };
    if !value("name").is_empty() {
        return;
    }
    let parts = ["firstName", "secondName", "lastName"].map(value);
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    entry.add("name", &parts.join(" "));
}

fn split<'a>(value: &'a str, separators: &'a [char]) -> impl Iterator<Item = &'a str> {
    value.split(|c| c == '\n' || separators.contains(&c)).map(str::trim).filter(|p| !p.is_empty())
}

/// Names in one cell: by `;`, `|` or line; by comma where a comma can only separate names.
fn split_names(value: &str) -> Vec<&str> {
    let value = value.trim();
    let separated = value.contains([';', '|', '\n', '؛']);
    let commas = value.matches([',', '،']).count();
    if separated {
        split(value, &[';', '|', '؛']).collect()
    } else if value.contains(" / ") {
        value.split(" / ").map(str::trim).filter(|p| !p.is_empty()).collect()
    } else if commas > 1 || (commas == 1 && !turns_around(value)) {
        split(value, &[',', '،']).collect()
    } else {
        vec![value]
    }
}

/// True for `LAST, First Middle`: one comma, and before it one word or capitals only.
fn turns_around(name: &str) -> bool {
    let Some((last, first)) = name.split_once(", ") else { return false };
    let capitals = last.chars().any(char::is_uppercase) && !last.chars().any(char::is_lowercase);
    !first.contains(',') && (capitals || !last.trim().contains(' '))
}

/// True if a name is a kunya and no more: `Abu X`, `Umm Abd al-X`, with nisbas (`al-Y`) behind.
fn is_kunya(name: &str) -> bool {
    let folded = name.to_lowercase().replace(['-', '\u{2010}', '\u{2011}'], "-");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    let hyphenated: Vec<&str>;
    if let [first] | [first, _] | [first, _, _] = words[..]
        && let Some((kunya, rest)) = first.split_once('-')
        && is_kunya_word(kunya)
    {
        hyphenated = [kunya, rest].into_iter().chain(words[1..].iter().copied()).collect();
        words = hyphenated;
    }
    let Some((first, rest)) = words.split_first() else { return false };
    if !is_kunya_word(first) || rest.is_empty() {
        return false;
    }
    let servant = matches!(rest[0], "abd" | "abdul" | "abdel" | "abdal" | "عبد" | "абд" | "абдуль");
    let after = rest.get(if servant { 2 } else { 1 }..).unwrap_or_default();
    after.iter().all(|word| {
        ["al-", "el-", "ad-", "as-", "ash-", "an-", "ar-", "at-", "az-", "ال", "аль-", "эль-"]
            .iter()
            .any(|article| word.starts_with(article))
    })
}

fn is_kunya_word(word: &str) -> bool {
    [
        "abu", "abou", "abo", "aboo", "umm", "oum", "um", "أبو", "ابو", "أبا", "أم", "ام", "абу",
        "умм", "ابوا",
    ]
    .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kunyas_are_told_from_names_that_begin_like_one() {
        for kunya in [
            "Abu Sample",
            "Umm Sample al-Place",
            "Abu Abd al-Sample",
            "أبو عينة المكاني",
            "Abu-Sample",
        ] {
            assert!(is_kunya(kunya), "{kunya}");
        }
        for name in ["Abu", "Abu Sample Person", "Abubakar Sample", "Sample Abu Person"] {
            assert!(!is_kunya(name), "{name}");
        }
    }

    #[test]
    fn cells_of_names_split_at_what_separates_names() {
        let all = |value| split_names(value);
        assert_eq!(all("Sample One; Sample Two"), ["Sample One", "Sample Two"]);
        assert_eq!(all("SAMPLE, One; SAMPLE, Two"), ["SAMPLE, One", "SAMPLE, Two"]);
        assert_eq!(all("Sample One, Sample Two"), ["Sample One", "Sample Two"]);
        assert_eq!(all("SAMPLE, One"), ["SAMPLE, One"]);
        assert_eq!(all("Sample One / Sample Two"), ["Sample One", "Sample Two"]);
    }
}
