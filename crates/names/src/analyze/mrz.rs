//! Owns names out of the machine readable zone of a passport that stand for Arabic letters, by the
//! table of ICAO Doc 9303 part 3 (`MXHMD` is `محمد`). Does not cut the zone into its fields.
//! Invariant: words are read back all together or not at all.

use super::words::Word;
use crate::fold::fold;

/// Reads the words as Arabic if all of them can be read so, one has an escape that hardly occurs in
/// Latin spellings, and vowel letters are as few as Arabic writes them (`XHEMAL` is Albanian).
pub(super) fn decode(words: &mut [Word]) {
    let mut seen = Seen::default();
    let mut read = Vec::with_capacity(words.len());
    for word in words.iter() {
        let Some(arabic) = arabic(&word.text, &mut seen) else { return };
        read.push(arabic);
    }
    if seen.escapes == 0 || 3 * seen.vowels > seen.signs {
        return;
    }
    for (word, arabic) in words.iter_mut().zip(read) {
        word.folded = fold(&arabic);
        word.spelled = arabic;
    }
}

#[derive(Default)]
struct Seen {
    signs: usize,
    vowels: usize,
    escapes: usize,
}

fn arabic(text: &str, seen: &mut Seen) -> Option<String> {
    let mut out = String::with_capacity(2 * text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (letters, letter) = LETTERS.iter().find(|(letters, _)| rest.starts_with(letters))?;
        seen.signs += 1;
        seen.vowels += usize::from(matches!(*letters, "A" | "E" | "I" | "U" | "XE" | "XI"));
        // X before E, I and the like is a Latin spelling as well: MAXIM, ALEXEI.
        seen.escapes += usize::from(letters.len() > 2 || *letters == "XH");
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
