//! Phone numbers to E.164, with the assumed country shown.
//!
//! A number that the numbering plans do not know (reserved for fiction, withdrawn, misread by a
//! digit) is kept with its digits and `valid: false`: it may still be the key that joins two forms.

use phonenumber::metadata::DATABASE;

use super::Country;
use super::script::fold_digit;

/// Digits of a number that can be a phone: subscriber numbers have at least seven where area codes
/// exist; E.164 allows at most fifteen.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits from which a number without `+` may be one with its country code.
const INTERNATIONAL_MIN: usize = 11;

/// A phone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// The text as written.
    pub raw: String,
    /// E.164 (`+999174848790`) where the country code is written or assumed; else the bare digits.
    pub number: String,
    /// True if the numbering plan of its country knows it.
    pub valid: bool,
    /// The country of the number, if the plans tell.
    pub country: Option<Country>,
    /// The country that was assumed because none is written.
    pub assumed: Option<Country>,
}

impl Phone {
    /// True if the number has its country code.
    pub fn is_international(&self) -> bool {
        self.number.starts_with('+')
    }
}

/// Reads the first phone number of a text. A number without country code is taken to be of the
/// `assumed` country if that country's plan knows it.
///
/// ```
/// use model::value::parse_phone;
/// let phone = parse_phone("+٩٩٩ ١٧٤ ٨٤٨ ٧٩٠", None).unwrap();
/// assert_eq!((phone.number.as_str(), phone.valid), ("+999174848790", false));
/// let phone = parse_phone("00999 174-848-790", None).unwrap();
/// assert_eq!(phone.number, "+999174848790");
/// assert_eq!(parse_phone("no phone", None), None);
/// ```
pub fn parse_phone(text: &str, assumed: Option<Country>) -> Option<Phone> {
    parse_phones(text, assumed).into_iter().next()
}

/// Reads all phone numbers of a text, in its order.
///
/// ```
/// use model::value::parse_phones;
/// let phones = parse_phones("mother +999 174 848 790 / +999 411 159 687", None);
/// assert_eq!(phones.len(), 2);
/// ```
pub fn parse_phones(text: &str, assumed: Option<Country>) -> Vec<Phone> {
    runs(text).into_iter().filter_map(|run| read_run(text, &run, assumed)).collect()
}

/// Digits in a row, with the signs that people put between them.
#[derive(Default)]
struct Run {
    digits: String,
    plus: bool,
    start: usize,
    end: usize,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run = Run::default();
    let mut gap = String::new();
    for (at, c) in text.char_indices() {
        let folded = fold_digit(c);
        let end = at + c.len_utf8();
        if folded.is_ascii_digit() {
            // Two blanks, a slash or a new plus end a number.
            let broken = gap.contains(['/', '\\', '\n', ';', ',', '،']) || gap.contains("  ");
            if run.digits.is_empty() || broken || gap.contains('+') {
                let next = Run { plus: gap.contains('+'), start: at, ..Run::default() };
                runs.push(std::mem::replace(&mut run, next));
            }
            run.digits.push(folded);
            run.end = end;
            gap.clear();
        } else if is_sign(c) {
            // Right-to-left text often has the plus at the end.
            if c == '+' && !run.digits.is_empty() && !run.plus && at == run.end {
                run.plus = true;
                run.end = end;
            } else {
                gap.push(if c.is_whitespace() { ' ' } else { c });
            }
        } else if !is_invisible(c) {
            runs.push(std::mem::take(&mut run));
            gap.clear();
            if c == '＋' {
                gap.push('+');
            }
        }
    }
    runs.push(run);
    runs
}

fn is_sign(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '+' | '-' | '.' | '(' | ')' | '/' | '\\' | ';' | ',' | '،' | '\u{2010}'..='\u{2015}'
        )
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn read_run(text: &str, run: &Run, assumed: Option<Country>) -> Option<Phone> {
    let (digits, plus) = match run.digits.strip_prefix("00") {
        Some(rest) if !run.plus => (rest, true),
        _ => (run.digits.as_str(), run.plus),
    };
    if !DIGITS.contains(&digits.len()) {
        return None;
    }
    let raw = text.get(run.start..run.end).unwrap_or(text);
    let raw = if run.plus && !raw.ends_with('+') { format!("+{raw}") } else { raw.to_owned() };
    let phone = |number, valid, country, assumed| Phone { raw, number, valid, country, assumed };
    if plus {
        let written = text.get(run.start..run.end).unwrap_or_default();
        let digits = drop_trunk_zero(digits, written);
        if !DIGITS.contains(&digits.len()) {
            return None;
        }
        let number = format!("+{digits}");
        return Some(match known(&number) {
            Some((number, country)) => phone(number, true, country, None),
            None => phone(number, false, None, None),
        });
    }
    if let Some(country) = assumed
        && let Some((number, found)) = known_in(country, digits)
    {
        return Some(phone(number, true, found.or(assumed), assumed));
    }
    if digits.len() >= INTERNATIONAL_MIN
        && let Some((number, country)) = known(&format!("+{digits}"))
    {
        return Some(phone(number, true, country, None));
    }
    Some(phone(run.digits.clone(), false, None, None))
}

/// `+33 (0)6 …`: the zero in brackets is dialed inside the country only.
fn drop_trunk_zero(digits: &str, written: &str) -> String {
    let before = written.split("(0)").next().unwrap_or_default();
    if before.len() == written.len() {
        return digits.to_owned();
    }
    let at = before.chars().filter(|c| fold_digit(*c).is_ascii_digit()).count();
    let skipped = if written.starts_with("00") { at.saturating_sub(2) } else { at };
    digits.char_indices().filter(|(index, _)| *index != skipped).map(|(_, c)| c).collect()
}

/// The number as one of a country, if its plan knows it: first without the digits that are dialed
/// before a number inside the country (`0`, `8`), then as it stands.
fn known_in(country: Country, digits: &str) -> Option<(String, Option<Country>)> {
    let metadata = DATABASE.by_id(country.code())?;
    let code = metadata.country_code();
    let bare = metadata.national_prefix().and_then(|prefix| digits.strip_prefix(prefix));
    [bare, Some(digits)].into_iter().flatten().find_map(|rest| known(&format!("+{code}{rest}")))
}

/// The number in E.164 and its country, if a numbering plan knows it.
fn known(digits: &str) -> Option<(String, Option<Country>)> {
    let number = phonenumber::parse(None, digits).ok().filter(phonenumber::is_valid)?;
    let id = number.country().id().and_then(|id| Country::from_code(id.as_ref()));
    let e164 = number.format().mode(phonenumber::Mode::E164).to_string();
    Some((e164, id))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, assumed: Option<&str>, expected: &str) {
        let assumed = assumed.and_then(Country::from_code);
        let shown: Vec<String> = parse_phones(text, assumed)
            .iter()
            .map(|phone| {
                let valid = if phone.valid { "" } else { " invalid" };
                let assumed = phone.assumed.map_or_else(String::new, |c| format!(" assumed {c}"));
                format!("{}{valid}{assumed}", phone.number)
            })
            .collect();
        assert_eq!(shown.join("; "), expected, "for {text:?}");
    }

    // Numbers of the ranges that the plans reserve for fiction: 01 99 00 xx xx (France), 555-01xx
    // (North America); +999 is not assigned at all.
    #[test]
    fn numbers_as_people_write_them() {
        check("+999 174 848 790", None, "+999174848790 invalid");
        check("+٩٩٩ ٢٦٥ ٧٦٧ ٠٧٢", None, "+999265767072 invalid");
        check("٠٠٩٩٩٢٦٥٧٦٧٠٧٢", None, "+999265767072 invalid");
        check("999174848790+", None, "+999174848790 invalid");
        check("هاتف: ٩٩٩١٧٤٨٤٨٧٩٠+ (الأم)", None, "+999174848790 invalid");
        check("+33 (0)1 99 00 12 34", None, "+33199001234");
        check("0033 (0)1 99 00 12 34", None, "+33199001234");
        check("01.99.00.12.34", Some("FR"), "+33199001234 assumed FR");
        check("01.99.00.12.34", None, "0199001234 invalid");
        check("33199001234", None, "+33199001234");
        check("(202) 555-0123", Some("US"), "+12025550123 assumed US");
        check(
            "+999 174 848 790 / +999 411 159 687",
            None,
            "+999174848790 invalid; +999411159687 invalid",
        );
        check("12345", None, "");
        check("+00000(0)0", None, "");
        check("no phone", None, "");
    }

    #[test]
    fn raw_is_the_number_as_written() {
        let phone = parse_phone("tel +999 174 848 790, home", None).unwrap();
        assert_eq!(phone.raw, "+999 174 848 790");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}") {
            parse_phones(&text, Country::from_code("FR"));
        }

        #[test]
        fn numbers_are_stable(text in "(\\+|00)?[0-9 ()-]{7,18}") {
            for phone in parse_phones(&text, None) {
                let again = parse_phone(&phone.number, None).map(|phone| phone.number);
                if phone.is_international() {
                    prop_assert_eq!(again, Some(phone.number));
                }
            }
        }
    }
}
