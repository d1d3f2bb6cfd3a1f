//! Owns the scholarly transliteration: one sign for each letter, so that what was written can be told
//! from it. Arabic by DIN 31635 (1982), Cyrillic by ISO 9 (1995), Hebrew by ISO 259 (1984), Greek by
//! ISO 843 (1997, type 1), Georgian by ISO 9984 (1996), Armenian by ISO 9985 (1996); other scripts
//! have no letters to keep and are romanized.
//! For people to read: comparison knows nothing of it. Invariant: two words of one script that differ
//! in a letter of its table differ in their transliteration.

use unicode_normalization::UnicodeNormalization;

use crate::Script;
use crate::fold::{fold, is_format};
use crate::romanize::romanize;

/// Transliterates a text letter by letter; Latin and figures stay, marks of vowels that are written
/// are vowels.
///
/// ```
/// use names::transliterate;
/// assert_eq!(transliterate("سمير عبد الكريم قنديل"), "smyr ʿbd ālkrym qndyl");
/// assert_eq!(transliterate("صَالِح"), "ṣaāliḥ");
/// assert_eq!(transliterate("Щукин"), "ŝukin");
/// ```
pub fn transliterate(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    // Presentation forms and ligatures are the letters they stand for; a hamza stays on its seat.
    let folded: String =
        text.nfkc().flat_map(char::to_lowercase).filter(|c| !is_format(*c)).collect();
    for word in folded.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        push_word(word, &mut out);
    }
    out
}

fn push_word(word: &str, out: &mut String) {
    for c in word.chars() {
        let sign = match Script::of(c) {
            Some(Script::Arabic) => arabic(c),
            Some(Script::Cyrillic) => cyrillic(c),
            Some(Script::Hebrew) => hebrew(c),
            Some(Script::Greek) => greek(c),
            Some(Script::Georgian) => georgian(c),
            Some(Script::Armenian) => armenian(c),
            Some(Script::Latin) => None,
            Some(_) => {
                // Syllables and characters are read with those beside them.
                out.push_str(&romanize(&fold(word)));
                return;
            }
            None => mark(c),
        };
        match sign {
            Some(SHADDA) => double(out),
            Some(sign) => out.push_str(sign),
            None => out.push(c),
        }
    }
}

/// What stands for the sign that doubles the consonant before it.
const SHADDA: &str = "\u{651}";

/// Writes the last letter of `out` once more, with the marks above or below it.
fn double(out: &mut String) {
    let last = out.char_indices().next_back().map(|(at, _)| out[at..].to_owned());
    out.push_str(last.as_deref().unwrap_or_default());
}

/// Vowel signs of Arabic, which belong to no script of their own.
fn mark(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{64B}' => "an",
        '\u{64C}' => "un",
        '\u{64D}' => "in",
        '\u{64E}' => "a",
        '\u{64F}' => "u",
        '\u{650}' => "i",
        '\u{651}' => SHADDA,
        // No vowel; and the bar that draws a word out.
        '\u{652}' | 'ـ' => "",
        '،' => ",",
        _ => return None,
    })
}

fn arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'ء' => "ʾ",
        'آ' => "ʾā",
        'أ' => "ʾa",
        'ؤ' => "ʾw",
        'إ' => "ʾi",
        'ئ' => "ʾy",
        'ا' => "ā",
        'ٱ' => "â",
        'ب' => "b",
        'ة' => "ẗ",
        'ت' => "t",
        'ث' => "ṯ",
        'ج' => "ǧ",
        'ح' => "ḥ",
        'خ' => "ḫ",
        'د' => "d",
        'ذ' => "ḏ",
        'ر' => "r",
        'ز' => "z",
        'س' => "s",
        'ش' => "š",
        'ص' => "ṣ",
        'ض' => "ḍ",
        'ط' => "ṭ",
        'ظ' => "ẓ",
        'ع' => "ʿ",
        'غ' => "ġ",
        'ف' => "f",
        'ق' => "q",
        'ك' | 'ک' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'ه' | 'ہ' | 'ھ' => "h",
        'و' => "w",
        'ى' => "ỳ",
        'ي' | 'ی' => "y",
        'پ' => "p",
        'چ' => "č",
        'ژ' => "ž",
        'گ' => "g",
        'ڤ' => "v",
        'ٹ' => "ṫ",
        'ڈ' => "ḋ",
        'ڑ' => "ṙ",
        'ں' => "ṅ",
        'ے' => "ẏ",
        _ => return mark(c),
    })
}

fn cyrillic(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'ә' => "a̋",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'ґ' => "g̀",
        'ғ' => "ġ",
        'д' => "d",
        'ђ' => "đ",
        'ѓ' => "ǵ",
        'е' => "e",
        'ё' => "ë",
        'є' => "ê",
        'ж' => "ž",
        'җ' => "ž̦",
        'з' => "z",
        'ҙ' => "z̦",
        'ѕ' => "ẑ",
        'и' => "i",
        'і' => "ì",
        'ї' => "ï",
        'ӣ' => "ī",
        'й' => "j",
        'ј' => "ǰ",
        'к' => "k",
        'ќ' => "ḱ",
        'қ' => "ķ",
        'л' => "l",
        'љ' => "l̂",
        'м' => "m",
        'н' => "n",
        'њ' => "n̂",
        'ң' => "ņ",
        'ҥ' => "ṅ",
        'о' => "o",
        'ө' => "ô",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'ҫ' => "ş",
        'т' => "t",
        'ћ' => "ć",
        'у' => "u",
        'ў' => "ŭ",
        'ү' => "ù",
        'ұ' => "u̇",
        'ӯ' => "ū",
        'ф' => "f",
        'х' => "h",
        'ҳ' => "h̦",
        'һ' => "ḥ",
        'ц' => "c",
        'ч' => "č",
        'ҷ' => "č̦",
        'ҹ' => "ĉ",
        'ӌ' => "ç",
        'џ' => "d̂",
        'ш' => "š",
        'щ' => "ŝ",
        'ъ' => "ʺ",
        'ы' => "y",
        'ь' => "ʹ",
        'э' => "è",
        'ю' => "û",
        'я' => "â",
        _ => return None,
    })
}

fn hebrew(c: char) -> Option<&'static str> {
    Some(match c {
        'א' => "ʾ",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' => "h",
        'ו' => "w",
        'ז' => "z",
        'ח' => "ḥ",
        'ט' => "ṭ",
        'י' => "y",
        // Final forms are the same letters.
        'כ' | 'ך' => "k",
        'ל' => "l",
        'מ' | 'ם' => "m",
        'נ' | 'ן' => "n",
        'ס' => "s",
        'ע' => "ʿ",
        'פ' | 'ף' => "p",
        'צ' | 'ץ' => "ẓ",
        'ק' => "q",
        'ר' => "r",
        'ש' => "š",
        'ת' => "t",
        _ => return None,
    })
}

fn greek(c: char) -> Option<&'static str> {
    Some(match c {
        'α' => "a",
        'ά' => "á",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'έ' => "é",
        'ζ' => "z",
        'η' => "ī",
        'ή' => "ī́",
        'θ' => "th",
        'ι' => "i",
        'ί' => "í",
        'ϊ' => "ï",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' => "o",
        'ό' => "ó",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'ύ' => "ý",
        'ϋ' => "ÿ",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        'ω' => "ō",
        'ώ' => "ṓ",
        _ => return None,
    })
}

fn georgian(c: char) -> Option<&'static str> {
    const SIGNS: [&str; 33] = [
        "a", "b", "g", "d", "e", "v", "z", "t̕", "i", "k", "l", "m", "n", "o", "p", "ž", "r", "s",
        "t", "u", "p̕", "k̕", "ḡ", "q", "š", "č̕", "c̕", "j", "c", "č", "x", "ǰ", "h",
    ];
    let at = u32::from(c).checked_sub(0x10D0)?;
    SIGNS.get(usize::try_from(at).ok()?).copied()
}

fn armenian(c: char) -> Option<&'static str> {
    const SIGNS: [&str; 38] = [
        "a", "b", "g", "d", "e", "z", "ē", "ë", "t̕", "ž", "i", "l", "x", "ç", "k", "h", "j", "ġ",
        "č̣", "m", "y", "n", "š", "o", "č", "p", "ǰ", "ṙ", "s", "v", "t", "r", "c̕", "w", "p̕", "k̕",
        "ò", "f",
    ];
    let at = u32::from(c).checked_sub(0x561)?;
    SIGNS.get(usize::try_from(at).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Table = fn(char) -> Option<&'static str>;

    /// Letters of a script that are told apart, each by a sign of its own.
    #[test]
    fn no_two_letters_of_a_script_share_a_sign() {
        let same_letter: [&[char]; 8] = [
            &['ك', 'ک'],
            &['ه', 'ہ', 'ھ'],
            &['ي', 'ی'],
            &['כ', 'ך'],
            &['מ', 'ם'],
            &['נ', 'ן'],
            &['פ', 'ף'],
            &['צ', 'ץ'],
        ];
        let tables: [(Table, std::ops::RangeInclusive<char>); 6] = [
            (arabic, '\u{621}'..='\u{6D3}'),
            (cyrillic, '\u{430}'..='\u{4FF}'),
            (hebrew, '\u{5D0}'..='\u{5EA}'),
            (greek, '\u{3AC}'..='\u{3CE}'),
            (georgian, '\u{10D0}'..='\u{10F0}'),
            (armenian, '\u{561}'..='\u{586}'),
        ];
        for (table, letters) in tables {
            let mut by_sign: BTreeMap<&str, char> = BTreeMap::new();
            let mut count = 0;
            for c in letters {
                let Some(sign) = table(c).filter(|sign| !sign.is_empty()) else { continue };
                count += 1;
                if let Some(&other) = by_sign.get(sign) {
                    let alike = |set: &&[char]| set.contains(&c) && set.contains(&other);
                    let is_final = (c, other) == ('σ', 'ς') || (c, other) == ('ς', 'σ');
                    assert!(
                        is_final || same_letter.iter().any(alike),
                        "{c} and {other} are both {sign}"
                    );
                }
                by_sign.insert(sign, c);
            }
            assert!(count >= 20, "a table of {count} letters");
        }
    }

    #[test]
    fn what_a_text_has_of_other_kinds_stays() {
        assert_eq!(transliterate("أبو Samir 12"), "ʾabw samir 12");
        assert_eq!(transliterate("ﻣﺤﻤّﺪ"), "mḥmmd");
        assert_eq!(transliterate("김민준"), "gimminjun");
        assert_eq!(transliterate(""), "");
    }
}
