//! The aliases of the UN list, which are texts for people: several names in one, original scripts,
//! remarks and birth dates in brackets or in a note.

/// What an alias and its note say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// The names in the alias itself, original scripts included.
    pub(super) names: Vec<String>,
    /// The names in the note.
    pub(super) noted: Vec<String>,
    /// What else is said of them.
    pub(super) remarks: Vec<String>,
    /// Birth dates under that name, as written.
    pub(super) births: Vec<String>,
}

/// Marks in front of a name in its original script.
const SCRIPT_MARKS: [&str; 3] = ["original script:", "in arabic script:", "in arabic:"];
/// Marks in front of a date of birth.
const BIRTH_MARKS: [&str; 4] = ["born in ", "born ", "dpob", "dob"];
/// Words of a name at most; longer is prose.
const NAME_WORDS_MAX: usize = 8;

/// Reads the text of an alias and its note.
pub(super) fn read(alias: &str, note: &str) -> Reading {
    let mut reading = Reading::default();
    for part in split_names(alias) {
        read_part(&mut reading, part);
    }
    if !note.is_empty() {
        read_note(&mut reading, note);
    }
    reading
}

/// Cuts `A; B b) C` apart. Inside brackets nothing is cut.
fn split_names(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ';' | '؛' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            // The bracket of an enumeration: ` b) `.
            ')' if at >= start + 2
                && bytes[at - 1].is_ascii_lowercase()
                && bytes[at - 2] == b' ' =>
            {
                parts.push(&text[start..at - 2]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn read_part(reading: &mut Reading, part: &str) {
    let mut name = trim_name(part);
    if let Some((before, born)) = name.split_once(", born ") {
        reading.births.extend(birth_in(&format!("born {born}")));
        reading.remarks.push(format!("born {born}"));
        name = before;
    }
    let mut others = Vec::new();
    if let Some((before, inner)) = trailing_bracket(name) {
        let inner_lower = inner.to_lowercase();
        if let Some(original) = after_mark(inner) {
            others.push(original);
            name = before;
        } else if scripts_differ(before, inner) {
            others.extend(inner.split(';'));
            name = before;
        } else if inner.starts_with(char::is_lowercase) || inner_lower == "combat name" {
            reading.remarks.push(inner.to_owned());
            name = before;
        }
    }
    for found in std::iter::once(name).chain(others) {
        push_name(reading, found);
    }
}

fn read_note(reading: &mut Reading, note: &str) {
    reading.remarks.push(note.to_owned());
    reading.births.extend(birth_in(note));
    if let Some(original) = after_mark(note) {
        push_noted(reading, original);
        return;
    }
    // Spellings in Latin letters of a name that is given in its own script: `A; B` or `(A; B) …`.
    let latin = reading.names.first().and_then(|name| is_latin(name)).unwrap_or(true);
    if latin || note.contains(|c: char| c.is_ascii_digit()) {
        return;
    }
    let list = match note.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((inner, _)) => inner,
        None => note,
    };
    if list.contains(';') {
        for name in list.split(';') {
            push_noted(reading, name);
        }
    }
}

/// What follows `original script:` and the like, as far as it is not in Latin letters.
fn after_mark(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let (at, mark) = SCRIPT_MARKS.iter().find_map(|mark| Some((lower.find(mark)?, mark)))?;
    let rest = text[at + mark.len()..].trim();
    let end = rest.find(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == ';');
    let name = rest[..end.unwrap_or(rest.len())].trim();
    (!name.is_empty()).then_some(name)
}

/// A bracket at the end, and what stands before it.
fn trailing_bracket(text: &str) -> Option<(&str, &str)> {
    let before_end = text.strip_suffix(')')?;
    let mut depth = 1_usize;
    for (at, c) in before_end.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth == 1 => {
                let before = before_end[..at].trim_end();
                return (!before.is_empty()).then(|| (before, before_end[at + 1..].trim()));
            }
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// True if one is in Latin letters and the other is not.
fn scripts_differ(left: &str, right: &str) -> bool {
    matches!((is_latin(left), is_latin(right)), (Some(left), Some(right)) if left != right)
}

/// Whether most letters are Latin; `None` without letters.
fn is_latin(text: &str) -> Option<bool> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    // Latin and its extensions end at U+024F, save for U+1E00 to U+1EFF.
    let latin =
        |c: &char| c.is_alphabetic() && matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    (letters > 0).then(|| 2 * text.chars().filter(latin).count() > letters)
}

/// The text of a date behind `born`, `DOB:` or `DPOB -`; the two dates of `DOB: a) … b) …`.
fn birth_in(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let Some((at, mark)) = BIRTH_MARKS.iter().find_map(|mark| Some((lower.find(mark)?, mark)))
    else {
        return Vec::new();
    };
    let rest = text[at + mark.len()..].trim_start_matches([' ', ':', '-', '–']);
    let dates = match rest.strip_prefix("a)") {
        Some(first) => first.split(" b)").map(date_at_start).collect::<Vec<_>>(),
        None => vec![date_at_start(rest)],
    };
    dates.into_iter().filter(|date| !date.is_empty()).map(str::to_owned).collect()
}

/// The words up to and including the first year.
fn date_at_start(text: &str) -> &str {
    let text = text.trim_start();
    for word in text.split_whitespace().take(3) {
        let end = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        if digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return text[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
        }
    }
    ""
}

fn trim_name(text: &str) -> &str {
    text.trim().trim_start_matches([')', ',', ' ']).trim_end_matches([',', ' '])
}

fn push_name(reading: &mut Reading, name: &str) {
    let name = trim_name(name);
    let words = name.split_whitespace().count();
    let known = reading.names.iter().any(|known| known == name);
    if words > 0 && (words <= NAME_WORDS_MAX || reading.names.is_empty()) && !known {
        reading.names.push(name.to_owned());
    }
}

fn push_noted(reading: &mut Reading, name: &str) {
    let name = trim_name(name);
    let words = name.split_whitespace().count();
    let known = reading.names.iter().chain(&reading.noted).any(|known| known == name);
    if words > 0 && words <= NAME_WORDS_MAX && !known {
        reading.noted.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(alias: &str, note: &str, names: &[&str], births: &[&str]) {
        let reading = read(alias, note);
        let found: Vec<&String> = reading.names.iter().chain(&reading.noted).collect();
        assert_eq!(found, names, "{alias} | {note}");
        assert_eq!(reading.births, births, "{alias} | {note}");
    }

    #[test]
    fn several_names_in_one_text_are_cut_apart() {
        check("Sample One; Sample Two", "", &["Sample One", "Sample Two"], &[]);
        check(
            "Sample One; Sample Two b) Sample Three",
            "",
            &["Sample One", "Sample Two", "Sample Three"],
            &[],
        );
        check(") Sample One", "", &["Sample One"], &[]);
        check("", "", &[], &[]);
    }

    #[test]
    fn brackets_hold_scripts_names_or_remarks() {
        check("Sample One (عينة واحد)", "", &["Sample One", "عينة واحد"], &[]);
        check("عينة (Ayna; Aina)", "", &["عينة", "Ayna", "Aina"], &[]);
        check("Sample (original script: Образец)", "", &["Sample", "Образец"], &[]);
        check("Sample Front (SF)", "", &["Sample Front (SF)"], &[]);
        let reading = read("Sample One (birth name)", "");
        assert_eq!(
            (reading.names, reading.remarks),
            (vec!["Sample One".into()], vec!["birth name".into()])
        );
        check(
            "Sample, born 1 Jan. 1950 (Sample passport no. 0123456.)",
            "",
            &["Sample"],
            &["1 Jan. 1950"],
        );
    }

    #[test]
    fn notes_hold_scripts_spellings_and_dates() {
        check(
            "Sample",
            "Previously listed as. In Arabic: عينة واحد",
            &["Sample", "عينة واحد"],
            &[],
        );
        check("Sample", "original script: Образец", &["Sample", "Образец"], &[]);
        check("عينة", "Ayna One; Aina One", &["عينة", "Ayna One", "Aina One"], &[]);
        check("عينة", "(Ayna; Aina) known by this name", &["عينة", "Ayna", "Aina"], &[]);
        check("Sample", "born in 1965 in Sampletown", &["Sample"], &["1965"]);
        check("Sample", "(DPOB - 1977) - Passport No. 000000", &["Sample"], &["1977"]);
        check(
            "Sample",
            "DOB: a) 11 Apr. 1960 b) 12 Apr. 1963. POB: Sampletown",
            &["Sample"],
            &["11 Apr. 1960", "12 Apr. 1963"],
        );
        check("Sample", "nom de guerre", &["Sample"], &[]);
    }
}
