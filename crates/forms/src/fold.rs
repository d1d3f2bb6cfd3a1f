//! Folding of text for comparison: case, accents, letter variants, digits, punctuation.
//!
//! Lossy on purpose and never shown: what is printed is always the text as written.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Words of a question that say nothing of what it asks for, folded.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "the", "of", "a", "an", "to", "in", "by", "for", "your", "his", "is", "and", "or", "de", "du",
    "des", "la", "le", "les", "d", "l", "s", "en", "et", "ou", "votre", "son", "sa", "и", "в",
    "на", "до", "по", "или", "ваш", "ваше", "ve", "veya", "ile", "der", "die", "das", "und",
    "oder", "von", "ihr", "ihre", "في", "من", "ما", "هي", "هو", "هل", "الي", "علي", "او", "ام",
    "التي", "الذي", "له", "لك", "كم", "اذكر", "do", "you", "have", "are", "was", "what", "que",
    "quel", "quelle", "qui", "اخ", "الاخ", "للاخ", "المهاجر", "brother", "brothers", "frere",
    "брата", "он", "il", "elle", "he", "she", "as", "it", "him", "which", "dem", "den", "im",
    "am", "their", "my", "our", "were", "been", "be", "has", "had", "did", "does", "can", "could",
    "should", "would", "will", "shall", "may", "at", "on", "with", "from", "into", "up", "state",
    "give", "write", "please", "here", "there", "that", "this", "these", "those", "her", "them",
    "us", "we", "i", "they", "who", "whom", "whose", "how", "when", "where", "why", "any", "ever",
    "if", "est", "sont", "etes", "vous", "ils", "au", "aux", "avec", "dans", "sur", "par", "pour",
    "se", "vos", "nos", "mon", "ma", "mes", "leur", "ce", "cette", "quand", "comment", "combien",
    "quels", "quelles", "avez", "t", "y", "est-ce", "ваша", "вашу", "вашего", "вашей", "вас",
    "вы", "она", "его", "ее", "их", "кто", "что", "как", "где", "когда", "какой", "какая",
    "какие", "каким", "ли", "не", "у", "с", "со", "о", "об", "к", "от", "из", "за", "для", "это",
    "является", "являетесь", "mi", "mu", "sizi", "sizin", "siz", "size", "kim", "kimin", "ne",
    "nerede", "nereden", "nasil", "hangi", "kac", "bir", "bu", "onun", "icin", "olan",
    "olarak", "da", "wie", "wo", "wann", "wer", "wen", "wem", "welche", "welcher", "welches",
    "welchen", "sie", "er", "es", "ihrer", "ihrem", "ihren", "ihnen", "sein", "seine", "seiner",
    "seinem", "haben", "hat", "habe", "hatte", "sind", "ist", "war", "waren", "wurde", "wurden",
    "bitte", "zu", "zum", "zur", "bei", "mit", "auf", "aus", "ein", "eine", "einer", "einem",
    "هذا", "هذه", "ذلك", "انت", "كنت", "كان", "كانت", "لديك", "لديه", "عندك", "عنده", "اين",
    "متي", "كيف", "ماذا", "اي", "بماذا", "لو", "ان", "عن", "مع", "عند", "قد", "ثم", "يرجي",
    "رجاء",
];

/// Folds text to lower case without accents, Arabic letter variants, or punctuation; digits become
/// ASCII; everything between words becomes one space. Idempotent.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase).nfd() {
        let Some(c) = fold_char(c) else { continue };
        if c != ' ' {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of folded text.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|w| !w.is_empty())
}

/// Whether a folded word carries no meaning in a question.
pub(crate) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(&word)
}

/// A word without the Arabic article and the particles written onto it, and with the feminine ending
/// that a possessive had changed; others as they are.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    const PREFIXES: [&str; 5] = ["وال", "بال", "كال", "لل", "ال"];
    const POSSESSIVES: [&str; 4] = ["ته", "تك", "تها", "تي"];
    // A word of its own, not "and the" before another.
    const PARENT: &str = "والد";
    let bare = PREFIXES
        .iter()
        .filter_map(|prefix| word.strip_prefix(prefix))
        .find(|rest| rest.chars().count() >= 3 && !word.starts_with(PARENT))
        .unwrap_or(word);
    POSSESSIVES
        .iter()
        .filter_map(|ending| bare.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= 3)
        .map_or(Cow::Borrowed(bare), |rest| Cow::Owned(format!("{rest}ه")))
}

/// Digits of all scripts as ASCII digits; other characters as they are.
pub(crate) fn ascii_digits(text: &str) -> String {
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// Edit distance (insertions, deletions, substitutions), or `None` if above `most`.
pub(crate) fn distance(left: &[char], right: &[char], most: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut best = row[0];
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
            best = best.min(row[j + 1]);
        }
        if best > most {
            return None;
        }
    }
    row.last().copied().filter(|d| *d <= most)
}

/// Likeness of two strings, 0..=1, by edit distance; 0 below `least`.
pub(crate) fn likeness(left: &[char], right: &[char], least: f32) -> f32 {
    let longest = left.len().max(right.len());
    if longest == 0 {
        return 0.0;
    }
    let most = (1..=longest).take_while(|d| 1.0 - *d as f32 / longest as f32 >= least).count();
    distance(left, right, most).map_or(0.0, |d| 1.0 - d as f32 / longest as f32)
}

/// The digits that are written in other scripts.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// One character of decomposed lower-case text; `None` drops it, a space parts words.
fn fold_char(c: char) -> Option<char> {
    Some(match c {
        // Combining marks, Arabic vowel signs, tatweel, direction marks.
        '\u{300}'..='\u{36f}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{640}'
        | '\u{6d6}'..='\u{6ed}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}' => return None,
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ة' | 'ۀ' | 'ہ' | 'ە' => 'ه',
        'ؤ' => 'و',
        'ک' => 'ك',
        'ı' => 'i',
        'ø' | 'œ' => 'o',
        'æ' => 'a',
        'ß' => 's',
        'ъ' => 'ь',
        _ => match digit(c) {
            Some(d) => d,
            None if c.is_alphanumeric() => c,
            None => ' ',
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_meets_the_variants_of_a_word() {
        assert_eq!(fold("  الإسم  (الكَامِل): "), "الاسم الكامل");
        assert_eq!(fold("Niveau d'Études"), "niveau d etudes");
        assert_eq!(fold("٥- Doğum TARİHİ"), "5 dogum tarihi");
        assert_eq!(stem("والواسطه"), "واسطه");
        assert_eq!(stem("والدته"), stem("الوالده"));
        assert_eq!(stem("وصول"), "وصول");
    }

    #[test]
    fn distance_stops_at_its_bound() {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(distance(&chars("kunya"), &chars("kounya"), 2), Some(1));
        assert_eq!(distance(&chars("kunya"), &chars("phone"), 2), None);
        assert!((likeness(&chars("kunya"), &chars("kunia"), 0.5) - 0.8).abs() < 1e-6);
        assert!(likeness(&chars("kunya"), &chars("phone"), 0.5).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn distance_is_symmetric(a in "[a-dا-د]{0,8}", b in "[a-dا-د]{0,8}") {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            prop_assert_eq!(distance(&a, &b, 8), distance(&b, &a, 8));
        }
    }
}
