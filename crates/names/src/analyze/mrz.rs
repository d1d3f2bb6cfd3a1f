//! Owns what only the machine readable zone of a passport has: kind of document and state before
//! the name, and Latin letters that stand for Arabic ones by the table of ICAO Doc 9303 part 3
//! (`MXHMD` is `محمد`). Does not read the other lines of the zone.
//! Invariant: words are read back all together or not at all.

use super::words::Word;
use crate::fold::fold;

/// Length of the first line in passports and in visas and cards of size TD2.
const LINES: [usize; 2] = [44, 36];
/// Signs for the kind of document and the state.
const DOCUMENT: usize = 5;

/// Parts the signs for kind of document and state from the names in the first line of a zone.
pub(super) fn split_document(text: &str) -> (Option<&str>, &str) {
    let line = text.trim();
    let is_line = LINES.contains(&line.len())
        && line.bytes().all(|b| b.is_ascii_uppercase() || b == b'<')
        && line.starts_with(['P', 'V', 'I', 'A', 'C'])
        && line[DOCUMENT..].trim_end_matches('<').contains("<<");
    if is_line {
        let (document, names) = line.split_at(DOCUMENT);
        return (Some(document), names);
    }
    (None, text)
}

/// Reads the words as Arabic if all of them can be read so, one has an escape that hardly occurs in
/// Latin spellings, and vowel letters are as few as Arabic writes them (`XHEMAL` is Albanian).
pub(super) fn decode(words: &mut [Word]) {
    let mut seen = Seen::default();
    let mut read = Vec::with_capacity(words.len());
    let names = words.iter().position(|word| !is_document(word)).unwrap_or(0);
    let words = &mut words[names..];
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

/// Whether the word is that of [`split_document`]: no other holds a filler.
pub(super) fn is_document(word: &Word) -> bool {
    word.text.contains('<')
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
