//! OFAC's remarks: phrases between `; `, each beginning with what it is.
//!
//! What a phrase is not known for becomes a note, so no word is lost. Names of others (`Linked To:`,
//! `wife of`) become mentions behind links. Shared with the lists that copy these remarks.

use crate::Entry;
use crate::kin::{add_kin, read_kin};
use crate::subject::{Paper, Subject};
use crate::values::{add_country, add_date, add_gender, add_listed_name, add_place};

/// Kinds of numbers that do not end in a word like "No.", with the property of the number.
const KINDS: [(&str, &str); 26] = [
    ("C.I.F.", "taxNumber"),
    ("C.U.I.", "idNumber"),
    ("C.U.I.L.", "idNumber"),
    ("C.U.I.P.", "idNumber"),
    ("C.U.I.T.", "taxNumber"),
    ("C.U.R.P.", "idNumber"),
    ("Cartilla de Servicio Militar Nacional", "idNumber"),
    ("Credencial electoral", "idNumber"),
    ("D.N.I.", "idNumber"),
    ("I.F.E.", "idNumber"),
    ("Italian Fiscal Code", "taxNumber"),
    ("License", "registrationNumber"),
    ("N.I.E.", "idNumber"),
    ("NIT", "taxNumber"),
    ("Numero de Identidad", "idNumber"),
    ("Personal ID Card", "idNumber"),
    ("Pasaporte", "passportNumber"),
    ("R.F.C.", "taxNumber"),
    ("RFC", "taxNumber"),
    ("RIF", "taxNumber"),
    ("RTN", "taxNumber"),
    ("RUC", "taxNumber"),
    ("Registration ID", "registrationNumber"),
    ("SSN", "idNumber"),
    ("US FEIN", "taxNumber"),
    ("VisaNumberID", "idNumber"),
];

/// Words that end the kind of a number.
const MARKERS: [&str; 7] = ["No.", "No", "Number", "#", "ID", "Code", "Card"];

/// Words in a kind that make its number one of an organization's registration.
const REGISTRATION_WORDS: [&str; 16] = [
    "Registration",
    "Registry",
    "Register",
    "Company",
    "Business",
    "Commerce",
    "License",
    "Mercantil",
    "Social",
    "Gazette",
    "Enterprise",
    "Incorporation",
    "Legal",
    "Charity",
    "C.R.",
    "D-U-N-S",
];

/// Puts all phrases of a remark where they belong.
pub(crate) fn add_remarks(subject: &mut Subject, remarks: &str) {
    let remarks = remarks.trim();
    let whole = remarks.strip_suffix('.').unwrap_or(remarks);
    for phrase in whole.split("; ").map(|p| p.trim().trim_end_matches(';')) {
        if !phrase.is_empty() {
            add_phrase(subject, phrase);
        }
    }
}

fn add_phrase(subject: &mut Subject, phrase: &str) {
    if !try_phrase(subject, phrase, phrase) {
        subject.entry.add("notes", phrase);
    }
}

/// Puts one phrase where it belongs, with the text it was read from; false if it is not known.
pub(crate) fn try_phrase(subject: &mut Subject, phrase: &str, written: &str) -> bool {
    let bare = strip(phrase, "alt. ").or_else(|| strip(phrase, "Alt. ")).unwrap_or(phrase.trim());
    let done = add_personal(&mut subject.entry, bare, written)
        || add_weak_alias(&mut subject.entry, bare)
        || add_contact(subject, bare, written)
        || add_sanction(subject, bare)
        || add_vehicle(&mut subject.entry, bare, written);
    if done {
        return true;
    }
    if let Some(kin) = read_kin(bare) {
        add_kin(subject, &kin, written);
    } else if let Some(paper) = read_paper(bare) {
        add_paper(subject, &paper, written);
    } else {
        return false;
    }
    true
}

/// `text` behind `head`, which ends a word.
fn strip<'a>(text: &'a str, head: &str) -> Option<&'a str> {
    text.strip_prefix(head).map(str::trim)
}

fn add_personal(entry: &mut Entry, bare: &str, phrase: &str) -> bool {
    if let Some(date) = strip(bare, "DOB ") {
        add_date(entry, "birthDate", date);
    } else if let Some(place) = strip(bare, "POB ") {
        add_place(entry, place);
    } else if let Some(country) = strip(bare, "nationality ") {
        add_country(entry, "nationality", country);
    } else if let Some(country) = strip(bare, "citizen ") {
        add_country(entry, "citizenship", country);
    } else if let Some(gender) = strip(bare, "Gender ").or_else(|| strip(bare, "Gender: ")) {
        add_gender(entry, gender);
    } else if let Some(title) = strip(bare, "Title: ") {
        entry.add_read("position", title, phrase);
    } else {
        return false;
    }
    true
}

/// `a.k.a. 'NAME'`: what OFAC calls a weak alias; aliases in good quality stand in `alt.csv`.
fn add_weak_alias(entry: &mut Entry, bare: &str) -> bool {
    let heads = ["a.k.a. ", "f.k.a. ", "n.k.a. ", "A.K.A. ", "aka "];
    let Some(quoted) = heads.iter().find_map(|head| strip(bare, head)) else { return false };
    let name = quoted.trim_matches(['\'', '"', '\u{2018}', '\u{2019}', '`']).trim();
    if name.is_empty() {
        return false;
    }
    if entry.schema() == "Person" && name.contains(", ") {
        add_listed_name(entry, "weakAlias", name);
    } else {
        entry.add("weakAlias", name);
    }
    true
}

fn add_contact(subject: &mut Subject, bare: &str, phrase: &str) -> bool {
    if let Some(name) = strip(bare, "Linked To: ").or_else(|| strip(bare, "(Linked To: ")) {
        subject.link("Linked To", name.trim_end_matches(')'), "Linked To");
        return true;
    }
    let wallet = strip(bare, "Digital Currency Address - ").and_then(|w| w.split_once(' '));
    if let Some((currency, key)) = wallet {
        let holder = subject.entry.id().clone();
        let entry = subject.adjunct("CryptoWallet", "wallet");
        entry.add("holder", holder.as_str());
        entry.add("currency", currency);
        entry.add("publicKey", key);
        return true;
    }
    let contacts = [
        ("Phone Number ", "phone"),
        ("Phone No. ", "phone"),
        ("Telephone No. ", "phone"),
        ("Telephone: ", "phone"),
        ("Email Address ", "email"),
        ("Email: ", "email"),
        ("Website ", "website"),
        ("Website: ", "website"),
        ("SWIFT/BIC ", "swiftBic"),
    ];
    contacts.iter().any(|(head, prop)| {
        strip(bare, head).is_some_and(|value| {
            subject.entry.add_read(prop, value, phrase);
            true
        })
    })
}

fn add_sanction(subject: &mut Subject, bare: &str) -> bool {
    let provisions = ["Secondary sanctions risk:", "Additional Sanctions Information -"]
        .iter()
        .any(|head| bare.starts_with(head));
    if provisions {
        subject.sanction().add("provisions", bare);
        return true;
    }
    for (head, prop) in [("Listing Date (", "listingDate"), ("Effective Date (", "startDate")] {
        if let Some((_, date)) = strip(bare, head).and_then(|rest| rest.split_once("): ")) {
            add_date(subject.sanction(), prop, date);
            return true;
        }
    }
    if let Some(date) = strip(bare, "Organization Established Date ") {
        add_date(&mut subject.entry, "incorporationDate", date);
        return true;
    }
    if let Some(sector) = strip(bare, "Organization Type: ") {
        subject.entry.add("sector", sector);
        return true;
    }
    false
}

fn add_vehicle(entry: &mut Entry, bare: &str, phrase: &str) -> bool {
    let vehicle = match entry.schema() {
        "Vessel" => &[
            ("Vessel Registration Identification IMO ", "imoNumber"),
            ("MMSI ", "mmsi"),
            ("Former Vessel Flag ", "pastFlags"),
        ][..],
        "Airplane" => &[
            ("Aircraft Manufacturer's Serial Number (MSN) ", "serialNumber"),
            ("Aircraft Construction Number (also called L/N or S/N or F/N) ", "serialNumber"),
            ("Aircraft Tail Number ", "registrationNumber"),
            ("Aircraft Model ", "model"),
            ("Aircraft Mode S Transponder Code ", "icaoCode"),
        ][..],
        _ => return false,
    };
    for (head, prop) in vehicle {
        if let Some(value) = strip(bare, head) {
            match *prop {
                "imoNumber" => entry.add_read(prop, &format!("IMO{value}"), phrase),
                _ => entry.add_read(prop, value, phrase),
            };
            return true;
        }
    }
    let Some(date) = strip(bare, "Aircraft Manufacture Date ") else { return false };
    add_date(entry, "buildDate", date);
    true
}

/// `KIND NUMBER (Country) issued DATE expires DATE`.
fn read_paper(bare: &str) -> Option<(&'static str, Paper<'_>)> {
    let (kind, prop, rest) = read_kind(bare)?;
    let end = [" (", " issued ", " expires ", " expired ", ", issued", ","]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    let (number, mut tail) = rest.split_at(end);
    let number = number.trim();
    if !number.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut paper = Paper { kind, number, written: bare, ..Paper::default() };
    tail = tail.trim_start();
    if let Some((country, after)) = tail.strip_prefix('(').and_then(|t| t.split_once(')')) {
        paper.country = country;
        tail = after.trim();
    }
    if let Some((before, date)) = split_around(tail, &["expires ", "expired "]) {
        paper.expires = date;
        tail = before.trim();
    }
    if let Some((before, date)) = split_around(tail, &["issued "]) {
        paper.issued = date;
        tail = before.trim();
    }
    paper.note = tail;
    Some((prop, paper))
}

fn split_around<'a>(text: &'a str, marks: &[&str]) -> Option<(&'a str, &'a str)> {
    marks.iter().find_map(|mark| text.split_once(mark))
}

/// The kind at the beginning of a phrase, the property of its number, and what follows.
fn read_kind(bare: &str) -> Option<(&str, &'static str, &str)> {
    for head in
        ["Passport ", "Diplomatic Passport ", "Stateless Person Passport ", "Official Passport "]
    {
        if let Some(rest) = strip(bare, head) {
            return Some((head.trim_end(), "passportNumber", rest.trim_start_matches('#').trim()));
        }
    }
    for (kind, prop) in KINDS {
        if let Some(rest) = bare.strip_prefix(kind)
            && let Some(rest) = rest.strip_prefix(' ').or_else(|| rest.strip_prefix(": "))
        {
            return Some((kind, prop, rest.strip_prefix('#').unwrap_or(rest).trim()));
        }
    }
    let mut end = 0;
    for (count, word) in bare.split(' ').enumerate() {
        end += word.len() + usize::from(count > 0);
        if count > 8 || (count > 0 && word.chars().all(|c| c.is_ascii_digit())) {
            return None;
        }
        if MARKERS.contains(&word) {
            break;
        }
    }
    let mut rest = bare.get(end..)?.strip_prefix(' ')?;
    if let Some((_, after)) = rest.strip_prefix('(').and_then(|t| t.split_once(") ")) {
        rest = after;
    }
    let kind = bare[..bare.len() - rest.len()].trim();
    // `Tax ID No. 12`: the kind may go on behind the first marker.
    let more = rest.split(' ').next().filter(|word| MARKERS.contains(word));
    if let Some(word) = more {
        let kind = bare[..kind.len() + 1 + word.len()].trim();
        return Some((kind, prop_of(kind), rest[word.len()..].trim()));
    }
    Some((kind, prop_of(kind), rest))
}

fn prop_of(kind: &str) -> &'static str {
    let has = |words: &[&str]| kind.split(' ').any(|word| words.contains(&word));
    if has(&["Tax", "V.A.T.", "VAT", "Fiscal"]) {
        "taxNumber"
    } else if kind.contains("Passport") {
        "passportNumber"
    } else if has(&REGISTRATION_WORDS) && !kind.starts_with("Driver") {
        "registrationNumber"
    } else {
        "idNumber"
    }
}

fn add_paper(subject: &mut Subject, (prop, paper): &(&'static str, Paper), phrase: &str) {
    let paper = Paper { written: phrase, ..*paper };
    match *prop {
        "passportNumber" => subject.passport(&paper),
        prop => subject.identification(prop, &paper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(phrase: &str, expected: Option<(&str, &str, &str, &str)>) {
        let found = read_paper(phrase);
        let found = found.as_ref().map(|(prop, p)| (*prop, p.kind, p.number, p.country));
        assert_eq!(found, expected, "{phrase}");
    }

    #[test]
    fn numbers_are_told_from_prose() {
        check("Passport A001 (France)", Some(("passportNumber", "Passport", "A001", "France")));
        check("Tax ID No. 12-3 (Chad)", Some(("taxNumber", "Tax ID No.", "12-3", "Chad")));
        check("National ID No. 0012", Some(("idNumber", "National ID No.", "0012", "")));
        check(
            "Registration Number CH-1.2 (Togo)",
            Some(("registrationNumber", "Registration Number", "CH-1.2", "Togo")),
        );
        check("NIT # 81-4 (Peru)", Some(("taxNumber", "NIT", "81-4", "Peru")));
        check(
            "Economic Register Number (CBLS) 11 (Oman)",
            Some(("registrationNumber", "Economic Register Number (CBLS)", "11", "Oman")),
        );
        check("Member of Sample Council", None);
        check("Number two of Sample", None);
        check("Unit 12 Commander Number", None);
    }

    #[test]
    fn dates_and_remarks_of_papers_are_kept() {
        let (_, paper) = read_paper("Passport A1 (Mali) issued 02 Jan 1999 expires 2004").unwrap();
        assert_eq!((paper.issued, paper.expires, paper.note), ("02 Jan 1999", "2004", ""));
        let (_, paper) = read_paper("Passport A1 (Mali) (stolen)").unwrap();
        assert_eq!(paper.note, "(stolen)");
    }
}
