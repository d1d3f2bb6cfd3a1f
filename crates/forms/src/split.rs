//! Parting one answer to two questions, by what each part can hold.

use crate::Key;
use crate::fit::fit;
use crate::fold::{fold, is_stop_word, words};

/// Added where nothing is parted: two parts must say more than the whole. Chosen by hand.
const WHOLE_BONUS: f32 = 0.2;
/// Added where a sign such as `-` or `،` parts the words. Chosen by hand.
const SIGN_BONUS: f32 = 0.3;
/// Added where words such as "through" part the answer. Chosen by hand.
const WORD_BONUS: f32 = 0.25;
/// Taken off where the parts stand in the other order than the questions. Chosen by hand.
const ORDER_COST: f32 = 0.05;
/// Cuts that are tried; an answer with more gaps is a text, not two values.
const CUTS_MAX: usize = 24;

/// Parts the answer to a double question. Either part may be missing.
pub(crate) fn split(first: Key, second: Key, text: &str) -> (Option<String>, Option<String>) {
    let text = text.trim();
    if text.is_empty() {
        return (None, None);
    }
    let mut best = (WHOLE_BONUS + fit(first, text), (Some(text), None));
    let mut keep = |score: f32, parts| {
        if score > best.0 {
            best = (score, parts);
        }
    };
    keep(WHOLE_BONUS + fit(second, text), (None, Some(text)));
    for cut in cuts(text) {
        let (left, right) = (trim(&text[..cut.from]), trim(&text[cut.to..]));
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let (tail, word_bonus) = drop_link_words(right);
        let bonus = cut.bonus + word_bonus;
        keep(bonus + fit(first, left) + fit(second, tail), (Some(left), Some(tail)));
        let swapped = bonus - ORDER_COST + fit(second, left) + fit(first, tail);
        keep(swapped, (Some(tail), Some(left)));
    }
    let (left, right) = best.1;
    (left.map(str::to_owned), right.map(str::to_owned))
}

struct Cut {
    from: usize,
    to: usize,
    bonus: f32,
}

/// The gaps between words, with what the signs in them say.
fn cuts(text: &str) -> Vec<Cut> {
    let gap = |c: char| c.is_whitespace() || "-–—−/،,;؛|:()".contains(c);
    let mut out: Vec<Cut> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| gap(*c)) {
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(last) if last.to == at => last.to = end,
            _ => out.push(Cut { from: at, to: end, bonus: 0.0 }),
        }
    }
    out.truncate(CUTS_MAX);
    for cut in &mut out {
        let sign = &text[cut.from..cut.to];
        let open = sign.contains(char::is_whitespace);
        let parting = sign.contains(['\n', '-', '–', '—', '−', '/', '،', ',', ';', '؛', '|']);
        if parting && open {
            cut.bonus = SIGN_BONUS;
        } else if sign.contains(['،', ',', ';', '؛', '|', '(']) {
            cut.bonus = SIGN_BONUS / 2.0;
        }
    }
    out
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || "-–—−/،,;؛|:()".contains(c))
}

/// Takes words such as "through" or "in" off the beginning of the second part.
fn drop_link_words(text: &str) -> (&str, f32) {
    const LINKS: [&str; 24] = [
        "عن طريق",
        "بواسطه",
        "من طريق",
        "عبر",
        "مع",
        "بوساطه",
        "through",
        "via",
        "by",
        "with",
        "with the help of",
        "par",
        "par l intermediaire de",
        "avec",
        "через",
        "с помощью",
        "посредством",
        "araciligiyla",
        "uber",
        "durch",
        "and",
        "و",
        "in",
        "في",
    ];
    for link in LINKS {
        let count = words(link).count();
        let mut rest = text;
        let mut taken = Vec::new();
        while taken.len() < count {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            taken.extend(words(&fold(&rest[..end])).map(str::to_owned));
            rest = rest[end..].trim_start();
            if rest.is_empty() {
                break;
            }
        }
        if !rest.is_empty() && taken.join(" ") == link {
            let bonus = if is_stop_word(link) { WORD_BONUS / 2.0 } else { WORD_BONUS };
            return (trim(rest), bonus);
        }
    }
    (text, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: Key, second: Key, text: &str, expected: [Option<&str>; 2]) {
        let (left, right) = split(first, second, text);
        assert_eq!([left.as_deref(), right.as_deref()], expected, "{text}");
    }

    #[test]
    fn birth_date_and_nationality_part_in_either_order() {
        for (text, date, country) in [
            ("1997/6/8 - سعودي", "1997/6/8", "سعودي"),
            ("19-05-1992 - Tunisian", "19-05-1992", "Tunisian"),
            ("تونسي، ١٩٩٢", "١٩٩٢", "تونسي"),
            ("Tunisian 3 May 1992", "3 May 1992", "Tunisian"),
            ("1992\nтунисец", "1992", "тунисец"),
            ("10 صفر 1410 هـ / مصري", "10 صفر 1410 هـ", "مصري"),
        ] {
            check(Key::BirthDate, Key::Nationality, text, [Some(date), Some(country)]);
        }
        check(Key::BirthDate, Key::Nationality, "1992", [Some("1992"), None]);
        check(Key::BirthDate, Key::Nationality, "مصري", [None, Some("مصري")]);
    }

    #[test]
    fn one_part_may_be_missing() {
        let both = (Key::EntryPoint, Key::Facilitator);
        check(both.0, both.1, "جرابلس", [Some("جرابلس"), None]);
        check(both.0, both.1, "Abu Simbel", [None, Some("Abu Simbel")]);
        check(both.0, both.1, "Bab al-Hawa", [Some("Bab al-Hawa"), None]);
        check(both.0, both.1, "Azaz - Abu Simbel", [Some("Azaz"), Some("Abu Simbel")]);
        check(both.0, both.1, "تل أبيض عن طريق أبو سمبل", [Some("تل أبيض"), Some("أبو سمبل")]);
        check(Key::MaritalStatus, Key::Children, "single", [Some("single"), None]);
        check(Key::MaritalStatus, Key::Children, "متزوج - ٣", [Some("متزوج"), Some("٣")]);
        check(Key::MaritalStatus, Key::Children, "married, 2", [Some("married"), Some("2")]);
    }

    #[test]
    fn death_parts_into_date_and_place() {
        let both = (Key::DeathDate, Key::DeathPlace);
        check(both.0, both.1, "2014/3/13 - Sample Town", [Some("2014/3/13"), Some("Sample Town")]);
        check(both.0, both.1, "حلب 13/3/2014", [Some("13/3/2014"), Some("حلب")]);
        check(both.0, both.1, "13/3/2014", [Some("13/3/2014"), None]);
    }
}
