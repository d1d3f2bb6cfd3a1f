//! Folding of texts for look-up in word tables: case, marks, digits and Arabic orthography.
//!
//! Not for names: the name engine has its own, finer folding. The folded text is never shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::script::fold_digit;

/// The folded characters of one character; none for marks and invisible characters.
pub(crate) fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .flat_map(|c| fold_letter(c).chars())
}

/// The folded text, with everything that is neither letter nor digit turned into single blanks.
///
/// ```
/// use model::value::fold_words;
/// assert_eq!(fold_words("  Müller-Straße, Zürich "), "muller strasse zurich");
/// ```
pub fn fold_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(fold_char) {
        match c {
            '\'' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{621}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// One letter folded: spelling variants of Arabic, Persian, Turkish, German and Nordic letters,
/// digits, quotes, dashes.
fn fold_letter(c: char) -> FoldedLetter {
    let one = |c| FoldedLetter([Some(c), None]);
    match c {
        'ى' | 'ی' | 'ے' => one('ي'),
        'ة' | 'ە' | 'ہ' | 'ھ' | 'ۀ' | 'ۃ' => one('ه'),
        'ک' => one('ك'),
        'ٱ' => one('ا'),
        'ı' => one('i'),
        'ø' => one('o'),
        'đ' | 'ð' => one('d'),
        'ł' => one('l'),
        'ß' => FoldedLetter([Some('s'), Some('s')]),
        'æ' => FoldedLetter([Some('a'), Some('e')]),
        'œ' => FoldedLetter([Some('o'), Some('e')]),
        'þ' => FoldedLetter([Some('t'), Some('h')]),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{2bb}' | '\u{2be}' | '\u{2bf}' | '`' | '´' => {
            one('\'')
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ad}' => one('-'),
        '\u{2044}' | '\u{2215}' => one('/'),
        '،' | '٬' => one(','),
        '؛' => one(';'),
        '؟' => one('?'),
        '٫' => one('.'),
        c => one(fold_digit(c)),
    }
}

struct FoldedLetter([Option<char>; 2]);

impl FoldedLetter {
    fn chars(self) -> impl Iterator<Item = char> {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_fall_together() {
        assert_eq!(fold_words("الإمارات"), fold_words("الامارات"));
        assert_eq!(fold_words("سوريّة"), "سوريه");
        assert_eq!(fold_words("  Côte-d’Ivoire! "), "cote divoire");
        assert_eq!(fold_words("TÜRKİYE ٣"), "turkiye 3");
        assert_eq!(fold_words("Weißrussland"), "weissrussland");
    }
}
