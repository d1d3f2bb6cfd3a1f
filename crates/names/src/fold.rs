//! Owns orthographic folding: one spelling for what a script writes in several ways, in the same script.
//! Does not romanize, split into parts or drop words. Invariant: folding is idempotent.
#![expect(clippy::match_same_arms, reason = "one arm per letter keeps a table readable")]

use unicode_normalization::UnicodeNormalization;

/// Folds the orthography of `text` and keeps its script: compatibility forms, case, diacritics,
/// hamza seats, alef and yeh variants, Persian and Urdu letters, tatweel, digits of any script.
/// Words are separated by single blanks; a comma and a hyphen survive, since they carry meaning.
///
/// ```
/// use names::fold;
/// assert_eq!(fold("  إِحْسَــان   آلي "), "احسان الي");
/// assert_eq!(fold("Żółć-Ñandú, ÉVA"), "zolc-nandu, eva");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.chars().all(is_plain) {
        // Nothing to decompose or compose, and one pass is enough.
        fold_chars(text.chars().map(small), &mut out);
        trim(&mut out);
        return out;
    }
    // One pass may leave work for another (case folding can compose), so fold to the fixed point.
    fold_once(text, &mut out);
    for _ in 0..3 {
        let mut again = String::with_capacity(out.len());
        fold_once(&out, &mut again);
        if again == out {
            break;
        }
        out = again;
    }
    out
}

/// Letters that decomposing, folding and composing again leave as this table has them: those of
/// most names, for which one pass will do.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\0'..='\x7F'
        | '\u{621}'..='\u{63A}' | '\u{640}'..='\u{652}' | '\u{660}'..='\u{669}'
        | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی'
        | 'Ё' | 'ё' | '\u{410}'..='\u{44F}'
        | '\u{5D0}'..='\u{5EA}')
}

/// The small letter of a plain one.
fn small(c: char) -> char {
    match c {
        'Ё' => 'ё',
        '\u{410}'..='\u{42F}' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

fn fold_once(text: &str, out: &mut String) {
    fold_chars(text.nfkd().flat_map(char::to_lowercase), out);
    *out = out.nfc().collect();
    trim(out);
}

fn trim(out: &mut String) {
    const ENDS: [char; 3] = [',', ' ', '-'];
    out.truncate(out.trim_end_matches(ENDS).len());
    let leading = out.len() - out.trim_start_matches(ENDS).len();
    out.drain(..leading);
}

fn fold_chars(chars: impl Iterator<Item = char>, out: &mut String) {
    let mut blank = false;
    let mut previous = ' ';
    for c in chars {
        // The breve of Cyrillic short i makes another letter; elsewhere it is a mark like others.
        let folded = if c == BREVE && previous == 'и' { Folded::Keep(c) } else { fold_char(c) };
        previous = c;
        match folded {
            Folded::Drop => {}
            Folded::Blank => blank = true,
            Folded::Keep(folded) => {
                if blank && !out.is_empty() && folded != ',' {
                    out.push(' ');
                }
                blank = folded == ',';
                out.push(folded);
            }
            Folded::Text(folded) => {
                if blank && !out.is_empty() {
                    out.push(' ');
                }
                blank = false;
                out.push_str(folded);
            }
        }
    }
}

/// Folds one word less far than [`fold`]: case, presentation forms, vowel signs and tatweel go, but
/// the letters by which spellings differ stay: hamza seats, alef maqsura, ta marbuta, accents,
/// the geresh of Hebrew. The learned model reads this form.
///
/// ```
/// use names::spell;
/// assert_eq!(spell("Šarāra"), "šarāra");
/// assert_eq!(spell("سَلْمـى"), "سلمى");
/// ```
pub fn spell(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    if word.chars().all(is_plain) && !word.contains('\'') {
        out.extend(word.chars().map(small).filter_map(spell_plain));
        return out;
    }
    let mut hebrew = false;
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            // Hamza and madda above or below, and the marks of Latin, Cyrillic and Greek letters.
            '\u{653}'..='\u{655}' | '\u{300}'..='\u{338}' => out.push(c),
            'ی' => out.push('ي'),
            'ک' => out.push('ك'),
            'ہ' | 'ە' | 'ھ' => out.push('ه'),
            'ـ' => {}
            '\'' | '\u{2019}' | '׳' if hebrew => out.push('׳'),
            '\u{900}'..='\u{97F}' | '\u{3099}' | '\u{309A}' | 'ー' | '々' => out.push(c),
            // Hiragana to katakana: one kana for one sound.
            '\u{3041}'..='\u{3096}' => out.extend(char::from_u32(u32::from(c) + 0x60)),
            _ if is_mark(c) || is_format(c) => {}
            _ if c.is_alphanumeric() => out.push(digit_of(c).unwrap_or(c)),
            _ => {}
        }
        hebrew = ('\u{5D0}'..='\u{5EA}').contains(&c);
    }
    out.nfc().collect()
}

/// What a plain small letter is spelled as.
fn spell_plain(c: char) -> Option<char> {
    match c {
        'a'..='z' | 'ё' | '\u{430}'..='\u{44F}' | '\u{5D0}'..='\u{5EA}' => Some(c),
        'ی' => Some('ي'),
        'ک' => Some('ك'),
        'ـ' | '\u{64B}'..='\u{652}' => None,
        '\u{621}'..='\u{64A}' | 'پ' | 'چ' | 'ژ' | 'گ' => Some(c),
        _ => digit_of(c),
    }
}

const BREVE: char = '\u{306}';

/// What parts two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    Blank,
    Comma,
    Hyphen,
}

/// Whether `c` parts words, and how.
pub(crate) fn separator(c: char) -> Option<Separator> {
    match fold_char(c) {
        Folded::Blank => Some(Separator::Blank),
        Folded::Keep(',') => Some(Separator::Comma),
        Folded::Keep('-') => Some(Separator::Hyphen),
        _ => None,
    }
}

enum Folded {
    Drop,
    Blank,
    Keep(char),
    Text(&'static str),
}

fn fold_char(c: char) -> Folded {
    if let Some(digit) = digit_of(c) {
        return Folded::Keep(digit);
    }
    match c {
        'a'..='z' | '\u{430}'..='\u{44F}' => Folded::Keep(c),
        '\u{620}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' => fold_arabic(c),
        '\u{5D0}'..='\u{5EA}' => Folded::Keep(fold_hebrew(c)),
        '\u{80}'..='\u{2AF}' => fold_latin(c),
        // Hangul jamo, kana voicing marks and Devanagari signs compose again or carry sound.
        '\u{1100}'..='\u{11FF}' | '\u{3099}' | '\u{309A}' | '\u{900}'..='\u{963}' => {
            Folded::Keep(c)
        }
        '\u{3C2}' => Folded::Keep('\u{3C3}'),
        'ё' => Folded::Keep('е'),
        // Hiragana to katakana: one kana for one sound.
        '\u{3041}'..='\u{3096}' => {
            char::from_u32(u32::from(c) + 0x60).map_or(Folded::Drop, Folded::Keep)
        }
        ',' | '،' | '、' | ';' | '؛' => Folded::Keep(','),
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '־' => Folded::Keep('-'),
        '\'' | '`' | '\u{2018}'..='\u{201B}' | '\u{2B0}'..='\u{2FF}' | '׳' | '״' | '.' => {
            if c == '.' { Folded::Blank } else { Folded::Drop }
        }
        '・' | '=' | '\u{30A0}' => Folded::Blank,
        'ー' | '々' => Folded::Keep(c),
        _ if is_mark(c) || is_format(c) => Folded::Drop,
        _ if c.is_alphanumeric() => Folded::Keep(c),
        '&' | '+' => Folded::Text("&"),
        _ => Folded::Blank,
    }
}

/// Decimal digits of the scripts that forms are written in, as ASCII.
fn digit_of(c: char) -> Option<char> {
    /// Zeros of Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada,
    /// Malayalam, Thai, Lao, Burmese and Khmer.
    const ZEROS: [u32; 14] = [
        0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0x1040,
        0x17E0,
    ];
    if c < '\u{660}' {
        return c.is_ascii_digit().then_some(c);
    }
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

fn fold_arabic(c: char) -> Folded {
    Folded::Keep(match c {
        // Most letters fold to themselves.
        'ا' | 'ب' | '\u{62A}'..='\u{63A}' | '\u{641}'..='\u{648}' | 'ي' => c,
        '\u{64B}'..='\u{652}' => return Folded::Drop,
        // Decomposed hamza and madda seats: the letter stays, the mark goes (see `is_mark`).
        'أ' | 'إ' | 'آ' | 'ٱ' | '\u{672}' | '\u{673}' | '\u{675}' => 'ا',
        'ؤ' | '\u{676}' | '\u{677}' | 'ۆ' | 'ۇ' | 'ۈ' | 'ۋ' | 'ۅ' | 'ۉ' | 'ۊ' | 'ۏ' | '\u{6C4}' => {
            'و'
        }
        'ئ' | 'ى' | 'ی' | 'ې' | 'ے' | 'ۓ' | 'ێ' | '\u{678}' | 'ۍ' | '\u{620}' => 'ي',
        'ة' | 'ہ' | 'ۃ' | 'ە' | 'ھ' | 'ۀ' | 'ۂ' | 'ۿ' => 'ه',
        'ک' | 'ڪ' | 'ګ' | 'ڬ' | 'ڮ' => 'ك',
        'ڤ' | 'ڥ' | 'ڦ' | 'ڢ' | 'ڡ' => 'ف',
        'ڭ' | 'ڰ' | 'ڱ' | 'ڲ' | 'ڳ' | 'ڴ' => 'گ',
        'ٹ' | 'ټ' | 'ٺ' | 'ٿ' => 'ت',
        'ڈ' | 'ډ' | 'ڊ' | 'ڌ' | 'ڍ' => 'د',
        'ڑ' | 'ړ' | 'ڒ' | 'ڕ' | 'ږ' => 'ر',
        'ں' | 'ڼ' | 'ڻ' | 'ڹ' | 'ڽ' => 'ن',
        'ڵ' | 'ڶ' | 'ڷ' => 'ل',
        'څ' | 'ځ' | 'ڃ' | 'ڄ' | 'ڇ' => 'چ',
        'ٮ' => 'ب',
        'ٯ' | 'ڧ' | 'ڨ' => 'ق',
        'ښ' | 'ڜ' | 'ۺ' => 'ش',
        // A hamza without seat is left out as often as written.
        'ء' | 'ٴ' | 'ـ' => return Folded::Drop,
        _ if is_mark(c) => return Folded::Drop,
        _ if c.is_alphabetic() => c,
        '،' | '؛' => ',',
        _ => return Folded::Blank,
    })
}

fn fold_hebrew(c: char) -> char {
    match c {
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        _ => c,
    }
}

/// Latin letters that do not decompose into a base letter and marks.
fn fold_latin(c: char) -> Folded {
    Folded::Text(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɖ' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ŋ' => "ng",
        'ə' | 'ɑ' | 'ǝ' => "a",
        'ɓ' => "b",
        'ɗ' => "d",
        'ɛ' => "e",
        'ɣ' => "g",
        'ɔ' => "o",
        'ƙ' => "k",
        'ƴ' => "y",
        _ if c.is_alphabetic() => return Folded::Keep(c),
        '\u{AD}' | '´' => return Folded::Drop,
        _ => return Folded::Blank,
    })
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Controls of direction, joining and layout: no sign of any word.
pub(crate) fn is_format(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{61C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One pass over plain letters does what decomposing and composing would.
    #[test]
    fn plain_letters_fold_and_spell_as_by_the_long_way() {
        for c in (0..0x700u32).filter_map(char::from_u32).filter(|&c| is_plain(c)) {
            let text = format!("x{c} {c}y");
            let mut long = String::new();
            fold_once(&text, &mut long);
            assert_eq!(fold(&text), long, "{c:?}");
            // A letter that is not plain sends the word the long way.
            if c != '\'' {
                assert_eq!(format!("{}é", spell(&text)), spell(&format!("{text}é")), "{c:?}");
            }
        }
    }
}
