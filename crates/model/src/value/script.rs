//! Scripts of a text, and digits of all scripts folded to 0–9.
//!
//! Only the scripts that occur in forms and lists are told apart; the rest is [`Script::Other`].

/// A writing system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Arabic, with its Persian, Urdu and Kurdish letters.
    Arabic,
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Hebrew.
    Hebrew,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Devanagari.
    Devanagari,
    /// Bengali.
    Bengali,
    /// Thai.
    Thai,
    /// Ethiopic.
    Ethiopic,
    /// Chinese characters.
    Han,
    /// Hiragana and katakana.
    Kana,
    /// Hangul.
    Hangul,
    /// Any other script.
    Other,
}

impl Script {
    /// The script of a character; `None` for what is no letter.
    ///
    /// ```
    /// use model::value::Script;
    /// assert_eq!(Script::of('ع'), Some(Script::Arabic));
    /// assert_eq!(Script::of('7'), None);
    /// ```
    pub fn of(c: char) -> Option<Script> {
        if !c.is_alphabetic() {
            return None;
        }
        Some(match c {
            'A'..='Z'
            | 'a'..='z'
            | '\u{aa}'..='\u{24f}'
            | '\u{250}'..='\u{2af}'
            | '\u{1d00}'..='\u{1d7f}'
            | '\u{1e00}'..='\u{1eff}'
            | '\u{fb00}'..='\u{fb06}'
            | '\u{ff21}'..='\u{ff5a}' => Script::Latin,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
            '\u{400}'..='\u{52f}'
            | '\u{1c80}'..='\u{1c8f}'
            | '\u{2de0}'..='\u{2dff}'
            | '\u{a640}'..='\u{a69f}' => Script::Cyrillic,
            '\u{530}'..='\u{58f}' => Script::Armenian,
            '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => Script::Hebrew,
            '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{8a0}'..='\u{8ff}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}' => Script::Arabic,
            '\u{900}'..='\u{97f}' => Script::Devanagari,
            '\u{980}'..='\u{9ff}' => Script::Bengali,
            '\u{e00}'..='\u{e7f}' => Script::Thai,
            '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{2d00}'..='\u{2d2f}' => {
                Script::Georgian
            }
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => {
                Script::Hangul
            }
            '\u{1200}'..='\u{139f}' => Script::Ethiopic,
            '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Script::Kana,
            '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3134f}' => Script::Han,
            _ => Script::Other,
        })
    }
}

/// The script of most letters of a text; of scripts with equally many letters, the one that
/// comes first. `None` where there is no letter.
///
/// ```
/// use model::value::{Script, dominant_script};
/// assert_eq!(dominant_script("أبو فلان (sample)"), Some(Script::Arabic));
/// assert_eq!(dominant_script("12/5"), None);
/// ```
pub fn dominant_script(text: &str) -> Option<Script> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in text.chars().filter_map(Script::of) {
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(script, _)| script)
}

/// True if at least one letter of the text is of the script.
///
/// ```
/// use model::value::{Script, has_script};
/// assert!(has_script("Sample образец", Script::Cyrillic));
/// assert!(!has_script("Sample", Script::Arabic));
/// ```
pub fn has_script(text: &str, script: Script) -> bool {
    text.chars().any(|c| Script::of(c) == Some(script))
}

/// The text with the digits of all common scripts as 0–9.
///
/// ```
/// use model::value::fold_digits;
/// assert_eq!(fold_digits("٨/٦/١٩٩٧"), "8/6/1997");
/// assert_eq!(fold_digits("۱۳۷۲"), "1372");
/// ```
pub fn fold_digits(text: &str) -> String {
    text.chars().map(fold_digit).collect()
}

/// First digits (zero) of the blocks of ten that are folded: Arabic-Indic, Persian, Devanagari,
/// Bengali, Thai, Myanmar, Khmer, fullwidth.
const ZEROS: [char; 8] =
    ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{1040}', '\u{17e0}', '\u{ff10}'];

/// One digit as 0–9; any other character as it is.
pub(crate) fn fold_digit(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let code = u32::from(c);
    ZEROS
        .iter()
        .map(|zero| u32::from(*zero))
        .find(|zero| (*zero..*zero + 10).contains(&code))
        .and_then(|zero| char::from_digit(code - zero, 10))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_script_wins_a_tie() {
        assert_eq!(dominant_script("аб ab"), Some(Script::Cyrillic));
        assert_eq!(dominant_script("ab аб"), Some(Script::Latin));
        assert_eq!(dominant_script(""), None);
    }

    #[test]
    fn presentation_forms_are_arabic() {
        assert_eq!(dominant_script("\u{fe8d}\u{fedf}"), Some(Script::Arabic));
    }

    #[test]
    fn digits_of_every_block_fold() {
        for zero in ZEROS {
            let text: String =
                (0..10).filter_map(|i| char::from_u32(u32::from(zero) + i)).collect();
            assert_eq!(fold_digits(&text), "0123456789");
        }
    }
}
