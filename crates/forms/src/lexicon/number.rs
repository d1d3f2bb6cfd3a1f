//! Labels without their numbers and their punctuation.

use crate::fold::{fold, words};

/// A label without its number and its punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// The number of the question, if it has one.
    pub(crate) number: Option<u32>,
    /// The rest, as written.
    pub(crate) text: String,
}

/// Takes the number of the question and the trailing punctuation off a label.
pub(crate) fn strip_number(text: &str) -> Label {
    let ascii = crate::fold::ascii_digits(text);
    let mut rest = ascii.trim().trim_start_matches(|c: char| "([{#№*•-–".contains(c)).trim_start();
    let folded = fold(rest);
    for word in ["question", "вопрос", "frage", "soru", "السؤال", "سؤال", "q", "س", "no", "nr"]
    {
        let first = words(&folded).next().unwrap_or_default();
        let begins = first == word || first.strip_prefix(word).is_some_and(is_number);
        if begins && let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            rest = &rest[at..];
            break;
        }
    }
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let after = &rest[digits..];
    let ends = after.is_empty() || !after.starts_with(|c: char| c == '/' || c.is_alphanumeric());
    if (1..=2).contains(&digits) && ends {
        let label = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        return Label { number: rest[..digits].parse().ok(), text: trim_end(label).to_owned() };
    }
    // A number may follow the label: right-to-left text is at times stored so.
    let end = trim_end(rest);
    let digits = end.chars().rev().take_while(char::is_ascii_digit).count();
    let before = end[..end.len() - digits].trim_end_matches([' ', '.', '-', ')', '(']);
    if (1..=2).contains(&digits) && !before.is_empty() && before.len() + digits < end.len() {
        let number = end[end.len() - digits..].parse().ok();
        return Label { number, text: trim_end(before).to_owned() };
    }
    Label { number: None, text: end.to_owned() }
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}
