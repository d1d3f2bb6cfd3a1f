//! One record of the UN list to statements.
//!
//! The four names of an individual are ordered, but neither given nor family names, so they are one
//! name. Comments stay whole in the notes: whether somebody is dead is read from them in `triage`.

use crate::kin::add_kin_of_remarks;
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender};
use crate::xml::Element;
use crate::{Member, ReadContext};

use super::alias::{self, Reading};

/// What the list writes for a nationality that it does not know.
const NO_COUNTRY: [&str; 3] = ["na", "n/a", "unknown"];

/// The ids a record may have: its permanent reference number, or else that of the data record.
pub(super) fn ids_of(record: &Element) -> Vec<String> {
    [("REFERENCE_NUMBER", "un-"), ("DATAID", "un-dataid-")]
        .into_iter()
        .map(|(name, prefix)| (record.text_at(name), prefix))
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, prefix)| format!("{prefix}{text}"))
        .collect()
}

/// Emits a record.
pub(super) fn map(
    context: &mut ReadContext,
    member: &Member,
    number: u64,
    record: &Element,
    id: &str,
) {
    let person = record.name == "INDIVIDUAL";
    let schema = if person { "Person" } else { "Organization" };
    let mut subject = Subject::new(context.entry(member, number, id, schema));
    add_names(&mut subject, record);
    subject.entry.add("topics", "sanction");
    for found in record.all(if person { "INDIVIDUAL_ALIAS" } else { "ENTITY_ALIAS" }) {
        add_alias(&mut subject, found);
    }
    if person {
        add_person(&mut subject, record);
    }
    for found in record.all(if person { "INDIVIDUAL_ADDRESS" } else { "ENTITY_ADDRESS" }) {
        add_address(&mut subject, found);
    }
    for remark in record.texts("COMMENTS1") {
        subject.entry.add("notes", remark);
        if person {
            add_kin_of_remarks(&mut subject, remark, |reference| Some(format!("un-{reference}")));
        }
    }
    add_sanction(&mut subject, record);
    if !subject.entry.has_any("name") {
        context.problem(member, Some(number), "no_name", "a record without a name");
    }
    subject.emit(context);
}

fn add_names(subject: &mut Subject, record: &Element) {
    let parts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    let full: Vec<&str> = parts.iter().flat_map(|part| record.texts(part)).collect();
    let full = full.join(" ");
    let mut names = full.split(';').map(str::trim).filter(|name| !name.is_empty());
    if let Some(name) = names.next() {
        subject.entry.add_read("name", name, &full);
    }
    for other in names {
        subject.entry.add_read("alias", other, &full);
    }
    for written in record.texts("NAME_ORIGINAL_SCRIPT") {
        for name in written.split([';', '؛']) {
            subject.entry.add_read("name", name, written);
        }
    }
}

fn add_alias(subject: &mut Subject, found: &Element) {
    let written = found.text_at("ALIAS_NAME");
    let note = found.text_at("NOTE");
    let prop = match found.text_at("QUALITY").to_lowercase().as_str() {
        "low" => "weakAlias",
        "f.k.a." | "f.k.a" => "previousName",
        _ => "alias",
    };
    let Reading { names, noted, remarks, births } = alias::read(written, note);
    for (found, written) in [(&names, written), (&noted, note)] {
        for name in found {
            subject.entry.add_read(prop, name, written);
        }
    }
    for remark in remarks {
        let called = names.first().map_or(written, String::as_str);
        subject.entry.add("notes", &format!("{called}: {remark}"));
    }
    if !subject.entry.schema().eq("Person") {
        return;
    }
    for birth in births.iter().map(String::as_str).chain(found.texts("DATE_OF_BIRTH")) {
        add_date(&mut subject.entry, "birthDate", birth);
    }
    let (city, country) = (found.text_at("CITY_OF_BIRTH"), found.text_at("COUNTRY_OF_BIRTH"));
    add_birth_place(subject, &[city], country);
}

fn add_person(subject: &mut Subject, record: &Element) {
    for (path, prop) in [("TITLE/VALUE", "title"), ("DESIGNATION/VALUE", "position")] {
        for value in record.texts(path) {
            subject.entry.add(prop, value);
        }
    }
    for country in record.texts("NATIONALITY/VALUE") {
        if !NO_COUNTRY.contains(&country.to_lowercase().as_str()) {
            add_country(&mut subject.entry, "nationality", country);
        }
    }
    add_gender(&mut subject.entry, record.text_at("GENDER"));
    for birth in record.all("INDIVIDUAL_DATE_OF_BIRTH") {
        add_birth(subject, birth);
    }
    for place in record.all("INDIVIDUAL_PLACE_OF_BIRTH") {
        let parts = ["STREET", "CITY", "STATE_PROVINCE", "NOTE"].map(|part| place.text_at(part));
        add_birth_place(subject, &parts, place.text_at("COUNTRY"));
    }
    for document in record.all("INDIVIDUAL_DOCUMENT") {
        add_document(subject, document);
    }
}

/// Birth dates: of a `BETWEEN` every year counts, of an exact date only the parts that are there.
fn add_birth(subject: &mut Subject, birth: &Element) {
    let [date, year, from, to, note] =
        ["DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"].map(|part| birth.text_at(part));
    let about = if date.is_empty() { String::new() } else { format!(" {date}") };
    let circa = match birth.text_at("TYPE_OF_DATE") {
        "APPROXIMATELY" => "circa ",
        _ if note.eq_ignore_ascii_case("approximately") => "circa ",
        _ => "",
    };
    let entry = &mut subject.entry;
    if !from.is_empty() && !to.is_empty() {
        add_date(entry, "birthDate", &format!("{circa}{from} to {to}"));
    } else if !date.is_empty() {
        add_date(entry, "birthDate", &format!("{circa}{date}"));
    } else if !year.is_empty() && note.split_whitespace().count() == 1 && circa.is_empty() {
        // The day or month stands in the note: `Sep.` beside 1958.
        add_date(entry, "birthDate", &format!("{note} {year}"));
        return;
    } else if !year.is_empty() || !from.is_empty() || !to.is_empty() {
        add_date(entry, "birthDate", &format!("{circa}{year}{from}{to}"));
    } else if !note.is_empty() && circa.is_empty() {
        add_date(entry, "birthDate", note);
        return;
    }
    if !note.is_empty() && !note.eq_ignore_ascii_case("approximately") {
        entry.add("notes", &format!("Date of birth{about}: {note}"));
    }
}

fn add_birth_place(subject: &mut Subject, parts: &[&str], country: &str) {
    subject.entry.add("birthPlace", &join(parts.iter().copied().chain([country])));
    add_country(&mut subject.entry, "birthCountry", country);
}

fn add_document(subject: &mut Subject, document: &Element) {
    let [kind, other_kind, number, note] =
        ["TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "NOTE"].map(|p| document.text_at(p));
    let written = if number.is_empty() { note } else { number };
    let number = bare_number(written);
    let issuer = document.text_at("ISSUING_COUNTRY");
    let country = if issuer.is_empty() { document.text_at("COUNTRY_OF_ISSUE") } else { issuer };
    let city = document.text_at("CITY_OF_ISSUE");
    let kinds = join([kind, other_kind].into_iter());
    let paper = Paper {
        kind: if other_kind.is_empty() || other_kind == kind { kind } else { &kinds },
        number,
        country,
        issued: document.text_at("DATE_OF_ISSUE"),
        expires: if expiry(note).is_empty() { expiry(written) } else { expiry(note) },
        note: &join([city, note].into_iter()),
        written,
    };
    if number.is_empty() && !written.is_empty() {
        subject.entry.add("notes", &format!("{kinds}: {written}"));
    }
    let words = kinds.to_lowercase();
    if ["passport", "passeport", "pasaporte"].iter().any(|word| words.contains(word)) {
        subject.passport(&paper);
    } else {
        subject.identification("idNumber", &paper);
    }
}

/// The number in a text such as `Sample diplomatic passport no. D0000000 (expired)`: the first word
/// with three digits, and two letters in front of it that stand alone (`L 000000`). A text of one
/// or two words stays whole; one about an issue has no number.
fn bare_number(text: &str) -> &str {
    let words: Vec<&str> = text.split_whitespace().collect();
    if text.to_lowercase().starts_with("issued") {
        return "";
    }
    let has_digits = |word: &str| word.chars().filter(|c| c.is_numeric()).count() >= 3;
    let Some(at) = words
        .iter()
        .position(|word| has_digits(word))
        .filter(|at| words.len() > 2 || words[*at].ends_with(','))
    else {
        return text;
    };
    let series = at > 0 && {
        let letters = words[at - 1].trim_end_matches('-');
        letters.chars().count() <= 2 && letters.chars().all(char::is_uppercase)
    };
    let first = if series { words[at - 1] } else { words[at] };
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let end = words[at].as_ptr() as usize - text.as_ptr() as usize + words[at].len();
    text[start..end].trim_matches(|c: char| !c.is_alphanumeric())
}

/// The date of expiry in a note: `expires on 11 Jun. 2017`, `valid until 10 April 2018`.
fn expiry(note: &str) -> &str {
    let lower = note.to_ascii_lowercase();
    let marks =
        ["expiration date", "date of expiration", "expires", "expired", "expiry", "valid until"];
    let Some((at, mark)) =
        marks.iter().filter_map(|mark| Some((lower.find(mark)?, mark))).min_by_key(|(at, _)| *at)
    else {
        return "";
    };
    let rest = note[at + mark.len()..].trim_start_matches([' ', ':']);
    let rest = rest.strip_prefix("on ").unwrap_or(rest).trim_start();
    let rest = rest.split([';', '(', ')']).next().unwrap_or_default();
    let Some(last) = rest.split_whitespace().take(3).last() else { return "" };
    let mut end = last.as_ptr() as usize - rest.as_ptr() as usize + last.len();
    if let Some(word) = rest.split_whitespace().next().filter(|word| word.len() >= 8) {
        // One word alone: `2026-12-11`.
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            end = word.as_ptr() as usize - rest.as_ptr() as usize + word.len();
        }
    }
    let date = rest[..end].trim_end_matches(['.', ',']);
    if date.contains(|c: char| c.is_ascii_digit()) { date } else { "" }
}

fn add_address(subject: &mut Subject, address: &Element) {
    let [street, city, state, zip, country, note] =
        ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"]
            .map(|part| address.text_at(part));
    let full = join([street, city, state, zip, country].into_iter());
    if full.is_empty() && !note.is_empty() {
        subject.entry.add("notes", &format!("Address: {note}"));
        return;
    }
    let parts = [
        ("street", street),
        ("city", city),
        ("state", state),
        ("postalCode", zip),
        ("remarks", note),
    ];
    subject.address(&full, &parts, country);
}

fn add_sanction(subject: &mut Subject, record: &Element) {
    let sanction = subject.sanction();
    sanction.add("authority", "United Nations Security Council");
    sanction.add("unscId", record.text_at("REFERENCE_NUMBER"));
    sanction.add("authorityId", record.text_at("DATAID"));
    sanction.add("program", record.text_at("UN_LIST_TYPE"));
    add_date(sanction, "listingDate", record.text_at("LISTED_ON"));
    for updated in record.texts("LAST_DAY_UPDATED/VALUE") {
        add_date(sanction, "modifiedAt", updated);
    }
}

/// The parts that are not blank, one after the other.
fn join<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_freed_of_the_prose_around_them() {
        for (text, number) in [
            ("D0000000", "D0000000"),
            ("OB 0000000", "OB 0000000"),
            ("Sample diplomatic passport no. D0000000", "D0000000"),
            ("Sample passport number L 000000 issued on 1 Feb. 1996", "L 000000"),
            ("Sample identity card DE- 000000", "DE- 000000"),
            ("000000000 (Expired 25 Jan. 2016)", "000000000"),
            ("R00000000, Sampleland", "R00000000"),
            ("issued in 1993, under another name", ""),
            ("Sample Code: AAAAAA00A00A000A", "AAAAAA00A00A000A"),
        ] {
            assert_eq!(bare_number(text), number, "{text}");
        }
    }

    #[test]
    fn dates_of_expiry_stand_in_notes() {
        for (note, date) in [
            ("expires on 11 Jun. 2017. Made up.", "11 Jun. 2017"),
            ("Date of expiration: 3 May 2024", "3 May 2024"),
            ("Expiration date: 2026-12-11. ", "2026-12-11"),
            ("valid until 10 April 2018", "10 April 2018"),
            ("expired", ""),
            ("issued in Sampletown", ""),
        ] {
            assert_eq!(expiry(note), date, "{note}");
        }
    }
}
