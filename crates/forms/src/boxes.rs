//! Boxes to tick: `☐ single ☒ married`, and what was ticked.
//!
//! Knows the signs that text documents have for boxes; marks on paper are the business of `intake`.

/// Signs of a ticked box, with the private characters of the symbol fonts of office programs.
const ON: [&str; 21] = [
    "☒", "☑", "✓", "✔", "✗", "✘", "■", "◼", "●", "◉", "⊠", "🗹", "\u{f0fe}", "\u{f0fd}", "[x]",
    "[X]", "(x)", "(X)", "[✓]", "[х]", "(х)",
];
/// Signs of an empty box.
const OFF: [&str; 13] =
    ["☐", "□", "◻", "○", "◯", "❑", "❏", "\u{f0a8}", "\u{f06f}", "[ ]", "[]", "( )", "[_]"];

/// Whether a text holds a box, ticked or empty.
pub(crate) fn has_box(text: &str) -> bool {
    // Most text has none of these signs; a look at the bytes is enough for it.
    let may = text.contains(['[', '(']) || text.chars().any(|c| c >= '\u{2200}');
    may && text.char_indices().any(|(at, _)| starts_with_box(&text[at..]))
}

/// Whether a text begins with a box.
pub(crate) fn starts_with_box(text: &str) -> bool {
    mark(text).is_some()
}

/// What was ticked: `None` if the text has no boxes to choose from, an empty text if none is ticked.
pub(crate) fn chosen(text: &str) -> Option<String> {
    if !has_box(text) {
        return None;
    }
    let (marks, texts) = take_apart(text);
    let ticked = marks.iter().filter(|on| **on).count();
    // Round and square signs before every line are ornaments.
    if ticked == marks.len() && marks.len() > 1 {
        return None;
    }
    // `☐ single` or `single ☐`: whatever stands first is first throughout.
    let shift = usize::from(texts.first().is_some_and(String::is_empty));
    let words: Vec<&str> = marks
        .iter()
        .enumerate()
        .filter(|(_, on)| **on)
        .filter_map(|(i, _)| texts.get(i + shift))
        .map(|word| word.trim_matches(|c: char| c.is_whitespace() || ",،;/|".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    if ticked > 0 && words.is_empty() {
        return None;
    }
    Some(words.join(", "))
}

/// The boxes in their order, and the text before, between and after them.
fn take_apart(text: &str) -> (Vec<bool>, Vec<String>) {
    let mut marks = Vec::new();
    let mut texts = vec![String::new()];
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((on, length)) = mark(&text[at..]) {
            marks.push(on);
            texts.push(String::new());
            at += length;
            continue;
        }
        if let Some(last) = texts.last_mut() {
            last.push(c);
        }
        at += c.len_utf8();
    }
    if let Some(first) = texts.first_mut() {
        *first = first.trim().to_owned();
    }
    (marks, texts)
}

fn mark(text: &str) -> Option<(bool, usize)> {
    let find = |signs: &[&str]| signs.iter().find(|s| text.starts_with(**s)).map(|s| s.len());
    find(&ON).map(|length| (true, length)).or_else(|| find(&OFF).map(|length| (false, length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ticked_word_is_the_answer() {
        for (text, expected) in [
            ("☒ single ☐ married", Some("single")),
            ("single ☐  married ☑", Some("married")),
            ("[ ] fighter [x] other", Some("other")),
            ("☐ أعزب ☑ متزوج", Some("متزوج")),
            ("☐ single ☐ married", Some("")),
            ("■ one ■ two", None),
            ("Abu Sample (x)", Some("Abu Sample")),
            ("married", None),
            ("✓", None),
        ] {
            assert_eq!(chosen(text).as_deref(), expected, "{text}");
        }
    }
}
