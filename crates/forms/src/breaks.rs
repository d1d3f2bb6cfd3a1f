//! Words that a recognizer broke, put together again.
//!
//! An Arabic word goes on behind a gap where a letter joins nothing to its left, so its first alif is read
//! as a one or a mark (`١. سحاق` for `إسحاق`) and its middle as a blank (`يو سف` for `يوسف`). Both are told
//! by what no text holds: an alif by itself, and a piece of a word of which another reading is whole.

/// Shapes of an alif that stands for itself, with its hamza.
const ALIF: &str = "اأإآ١1!|.";
/// Characters of such a piece at most.
const PIECE_MAX: usize = 2;
/// Words of one or two letters; others of that length are pieces.
const SHORT: [&str; 18] = [
    "بن", "أم", "ام", "ال", "عن", "من", "في", "لا", "ما", "لم", "لن", "أب", "اب", "أخ", "اخ", "ذو",
    "و", "ود",
];

/// The text with its lone alifs joined to their words; `None` if there are none. The first word may be a
/// number of a list, unless `named`, when the text is a name.
pub(crate) fn join_alif(text: &str, named: bool) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out: Vec<String> = Vec::new();
    let mut alif: Option<char> = None;
    for (i, word) in words.iter().enumerate() {
        let goes_on = words.get(i + 1).is_some_and(|next| is_rest(next));
        if let Some(alif) = alif.take() {
            out.push(format!("{alif}{word}"));
        } else if goes_on && (named || i > 0) && is_alif(word) {
            alif = Some(which(word));
        } else {
            out.push((*word).to_owned());
        }
    }
    (out.len() < words.len()).then(|| out.join(" "))
}

/// The reading of the same letters that has fewer blanks, where the text holds a piece of a word.
pub(crate) fn whole_words<'r>(
    text: &str,
    mut readings: impl Iterator<Item = &'r str>,
) -> Option<&'r str> {
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let count = |text: &str| text.split_whitespace().count();
    let is_piece = |word: &str| word.chars().count() <= PIECE_MAX && !SHORT.contains(&word);
    if !text.split_whitespace().any(|word| is_arabic(word) && is_piece(word)) {
        return None;
    }
    readings.find(|other| count(other) < count(text) && letters(other) == letters(text))
}

fn is_alif(word: &str) -> bool {
    word.chars().count() <= PIECE_MAX && word.chars().all(|c| ALIF.contains(c)) && word != "."
}

/// The rest of a word that begins with an alif: letters, and no alif.
fn is_rest(word: &str) -> bool {
    is_arabic(word) && !word.starts_with(['ا', 'أ', 'إ', 'آ'])
}

fn is_arabic(word: &str) -> bool {
    word.chars().all(|c| ('\u{621}'..='\u{64a}').contains(&c))
}

/// The alif that was meant: what hangs below it is a hamza.
fn which(word: &str) -> char {
    let known = word.chars().find(|c| matches!(c, 'أ' | 'إ' | 'آ'));
    known.unwrap_or(if word.contains(['.', '!']) { 'إ' } else { 'ا' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_alifs_are_joined_to_their_words() {
        let join = |text: &str| join_alif(text, true);
        assert_eq!(join("أبو ١. سحاق المصري").as_deref(), Some("أبو إسحاق المصري"));
        assert_eq!(join("أبو !إ سحاق").as_deref(), Some("أبو إسحاق"));
        assert_eq!(join("عينة مثال ١ لشمري").as_deref(), Some("عينة مثال الشمري"));
        assert_eq!(
            join_alif("يرغب بالعودة ١. لى بلده", false).as_deref(),
            Some("يرغب بالعودة إلى بلده")
        );
        for text in ["عينة بن مثال", "١. مثال", "في ١٢ بيتا", "مثال ١ الثاني", "!"]
        {
            assert_eq!(join_alif(text, false), None, "{text}");
        }
    }

    #[test]
    fn another_reading_tells_that_a_word_was_broken() {
        let whole = |text: &str, other: &'static str| whole_words(text, std::iter::once(other));
        assert_eq!(whole("عينة يو سف مثال", "عينة يوسف مثال"), Some("عينة يوسف مثال"));
        assert_eq!(whole("عينة يو سف مثال", "عينة بوسف مثال"), None, "other letters");
        assert_eq!(whole("عبد الله بن مثال", "عبدالله بن مثال"), None, "nothing says so");
        assert_eq!(whole("Al Sample", "AlSample"), None);
    }
}
