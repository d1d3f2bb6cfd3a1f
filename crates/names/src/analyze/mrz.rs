//! Owns names out of the machine readable zone of a passport that stand for Arabic letters, by the
//! table of ICAO Doc 9303 part 3 (`MXHMD` is `محمد`). Does not cut the zone into its fields.
//! Invariant: words are read back all together or not at all.

use super::words::Word;
use crate::fold::fold;

/// Reads the words as Arabic if all of them can be read so and one has an escape that no Latin
/// spelling has: the table writes no vowels but leaves `X` to what Latin letters lack.
pub(super) fn decode(words: &mut [Word]) {
    let mut escapes = 0;
    let mut read = Vec::with_capacity(words.len());
    for word in words.iter() {
        let Some(arabic) = arabic(&word.text, &mut escapes) else { return };
        read.push(arabic);
    }
    if escapes == 0 {
        return;
    }
    for (word, arabic) in words.iter_mut().zip(read) {
        word.folded = fold(&arabic);
        word.spelled = arabic;
    }
}

fn arabic(text: &str, escapes: &mut usize) -> Option<String> {
    let mut out = String::with_capacity(2 * text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (letters, letter) = LETTERS.iter().find(|(letters, _)| rest.starts_with(letters))?;
        *escapes += usize::from(letters.len() > 1);
        out.push(*letter);
        rest = rest.strip_prefix(letters)?;
    }
    Some(out)
}

/// Longer escapes stand before those that they begin with.
const LETTERS: [(&str, char); 41] = [
    ("XAA", 'آ'),
    ("XAE", 'أ'),
    ("XAY", 'ى'),
    ("XAH", 'ة'),
    ("XTA", 'ة'),
    ("XTH", 'ث'),
    ("XKH", 'خ'),
    ("XDH", 'ذ'),
    ("XSH", 'ش'),
    ("XSS", 'ص'),
    ("XDZ", 'ض'),
    ("XTT", 'ط'),
    ("XZZ", 'ظ'),
    ("XH", 'ح'),
    ("XE", 'ء'),
    ("XI", 'ئ'),
    ("XC", 'چ'),
    ("XJ", 'ژ'),
    ("XG", 'گ'),
    ("A", 'ا'),
    ("I", 'إ'),
    ("U", 'ؤ'),
    ("B", 'ب'),
    ("P", 'پ'),
    ("T", 'ت'),
    ("J", 'ج'),
    ("D", 'د'),
    ("R", 'ر'),
    ("Z", 'ز'),
    ("S", 'س'),
    ("E", 'ع'),
    ("G", 'غ'),
    ("F", 'ف'),
    ("Q", 'ق'),
    ("K", 'ك'),
    ("L", 'ل'),
    ("M", 'م'),
    ("N", 'ن'),
    ("H", 'ه'),
    ("W", 'و'),
    ("Y", 'ي'),
];
