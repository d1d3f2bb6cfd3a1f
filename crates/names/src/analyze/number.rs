//! Owns numbers in names of organizations and vessels: digits, ordinals, Roman numerals, words.
//! Does not know the number words: `lexicon` does. Invariant: the core of a number is its ASCII
//! digits, without zeros in front.

use super::words::Word;
use crate::lexicon::{self, Role};
use crate::part::Kind;

/// The number at `at`: its digits, the words it takes, and why it is one.
pub(super) fn number_at(
    words: &[Word],
    at: usize,
    kind: Kind,
) -> Option<(String, usize, &'static str)> {
    let folded = words[at].folded.as_str();
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    if digits == folded.len() {
        let is_ordinal = words[at].hyphen_after
            && words.get(at + 1).is_some_and(|next| is_ordinal_ending(&next.folded));
        return Some((significant(folded), 1 + usize::from(is_ordinal), "digits"));
    }
    if digits > 0 && is_ordinal_ending(&folded[digits..]) {
        return Some((significant(&folded[..digits]), 1, "ordinal number"));
    }
    if let Some(number) =
        folded.strip_prefix("no").filter(|n| n.bytes().all(|b| b.is_ascii_digit()))
        && !number.is_empty()
    {
        return Some((significant(number), 1, "digits after the number sign"));
    }
    let last = at + 1 == words.len();
    let after_sign = at > 0
        && lexicon::lookup_organizational(&words[at - 1].folded)
            .is_some_and(|(role, _)| role == Role::NumberSign);
    match lexicon::number_word(folded) {
        Some((Role::Number, digits)) if words.len() > 1 => {
            return Some((digits.to_owned(), 1, "number in words"));
        }
        Some((_, digits)) if at > 0 && (last || after_sign) => {
            return Some((digits.to_owned(), 1, "number in words"));
        }
        _ => {}
    }
    let value = roman(folded)?;
    // "vi" and "xi" are words and names unless they close the name, and one letter is an initial.
    let is_safe = match folded {
        "i" | "v" | "x" => last && kind != Kind::Other,
        "vi" | "xi" => last,
        _ => true,
    };
    (at > 0 && is_safe).then(|| (value.to_string(), 1, "Roman numeral"))
}

fn significant(digits: &str) -> String {
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() { "0".to_owned() } else { significant.to_owned() }
}

fn is_ordinal_ending(ending: &str) -> bool {
    matches!(
        ending,
        "st" | "nd"
            | "rd"
            | "th"
            | "er"
            | "eme"
            | "re"
            | "й"
            | "я"
            | "го"
            | "ый"
            | "ой"
            | "ая"
            | "е"
    )
}

/// The value of a well-formed Roman numeral below 40.
fn roman(word: &str) -> Option<u32> {
    let tens = word.bytes().take_while(|b| *b == b'x').count();
    let units = match &word[tens..] {
        "" => 0,
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        "v" => 5,
        "vi" => 6,
        "vii" => 7,
        "viii" => 8,
        "ix" => 9,
        _ => return None,
    };
    let tens = u32::try_from(tens).ok().filter(|tens| *tens < 4)?;
    Some(10 * tens + units).filter(|value| *value > 0)
}
