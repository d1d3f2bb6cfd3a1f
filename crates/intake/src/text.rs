//! Bytes to text: by mark, by form, and for 8-bit texts by letter statistics.
//!
//! Nothing is normalized here; what could not be decoded is counted, not hidden.

use std::borrow::Cow;

use encoding_rs::{
    Encoding, IBM866, ISO_8859_6, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1256,
};

/// A decoded text and how it was come by.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded<'b> {
    /// The text.
    pub(crate) text: Cow<'b, str>,
    /// Name of the encoding.
    pub(crate) encoding: &'static str,
    /// Whether some bytes could not be decoded and stand as U+FFFD.
    pub(crate) lossy: bool,
    /// Whether UTF-8 that had been taken for Latin-1 and encoded again was repaired.
    pub(crate) repaired: bool,
}

/// Decodes a whole text.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = wide(bytes) {
        return with(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Some(text) = repair(text) {
            let text = Cow::Owned(text);
            return Decoded { text, encoding: UTF_8.name(), lossy: false, repaired: true };
        }
        let text = Cow::Borrowed(text);
        return Decoded { text, encoding: UTF_8.name(), lossy: false, repaired: false };
    }
    if is_damaged_utf8(bytes) { with(UTF_8, bytes) } else { with(eight_bit(bytes), bytes) }
}

/// The text of a sample, or `None` if the bytes are no text. `lenient`: the name says it is text,
/// so a few zeros are damage, not a sign of a binary format.
pub(crate) fn decode_sample(sample: &[u8], lenient: bool) -> Option<String> {
    let marked = Encoding::for_bom(sample).is_some_and(|(encoding, mark)| {
        encoding != UTF_8 && has_few_controls(&sample[mark..], usize::from(encoding == UTF_16LE))
    });
    if !marked && wide(sample).is_none() {
        let controls = sample.iter().filter(|b| **b < 9 || (14..27).contains(*b)).count();
        if controls * 2 > sample.len() || (!lenient && controls > 0) {
            return None;
        }
    }
    Some(decode(sample).text.into_owned())
}

fn with<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), lossy, repaired: false }
}

/// UTF-16 without a mark: one byte of nearly every pair names one of a few alphabets.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    /// A longer look adds nothing.
    const LOOK_BYTES: usize = 4096;
    let look = &bytes[..bytes.len().min(LOOK_BYTES)];
    if look.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    // Latin, Greek, Cyrillic, Hebrew, Arabic, punctuation.
    let is_high = |byte: u8| matches!(byte, 0 | 3 | 4 | 5 | 6 | 0x20);
    let pairs = look.len() / 2;
    let big = look.chunks_exact(2).filter(|pair| is_high(pair[0])).count();
    let little = look.chunks_exact(2).filter(|pair| is_high(pair[1])).count();
    // A text of one byte a letter holds no zeros and no such controls at all.
    let has_controls = look.iter().any(|byte| *byte < 7);
    if !has_controls || big.max(little) * 10 < pairs * 9 {
        None
    } else if big > little && has_few_controls(look, 0) {
        Some(UTF_16BE)
    } else if little > big && has_few_controls(look, 1) {
        Some(UTF_16LE)
    } else {
        None
    }
}

/// Whether pairs of bytes, the higher one at `high`, are hardly ever controls: numbers of two bytes and
/// pictures have zeros in every second place as a text of UTF-16 has, and in the first as well.
fn has_few_controls(bytes: &[u8], high: usize) -> bool {
    /// One character in so many may be a control in a text that is damaged.
    const CONTROL_SHARE: usize = 50;
    let is_control = |pair: &&[u8]| {
        let low = pair[1 - high];
        pair[high] == 0 && (low < 9 || (14..32).contains(&low))
    };
    bytes.chunks_exact(2).filter(is_control).count() * CONTROL_SHARE <= bytes.len() / 2
}

/// Whether the bytes are UTF-8 with a few wrong ones: for each of those twenty right ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let mut right = 0;
    let mut wrong = 0;
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong * 20
}

/// UTF-8 read as Latin-1 and encoded again: the characters are the bytes of a valid text.
fn repair(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    let repaired = String::from_utf8(bytes?).ok()?;
    // A lone accented pair such as `Ã©` may be meant; a foreign script never comes by chance.
    repaired.chars().any(|c| is_arabic(c) || is_cyrillic(c)).then_some(repaired)
}

/// The 8-bit encoding whose letters fit best; the first of equals.
pub(crate) fn eight_bit(bytes: &[u8]) -> &'static Encoding {
    /// Enough letters for the statistics.
    const LOOK_BYTES: usize = 64 << 10;
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let look = &bytes[first.saturating_sub(1)..];
    let look = &look[..look.len().min(LOOK_BYTES)];
    let mut best = (i64::MIN, WINDOWS_1252);
    for encoding in [WINDOWS_1252, WINDOWS_1256, ISO_8859_6, WINDOWS_1251, KOI8_R, IBM866] {
        let (text, _) = encoding.decode_without_bom_handling(look);
        let fit = fit(&text);
        if fit > best.0 {
            best = (fit, encoding);
        }
    }
    best.1
}

/// Arabic letters from frequent to rare, in four classes. Order chosen by hand after counts in
/// newspaper text; the classes are all that the choice between two code pages needs.
const ARABIC_BY_FREQUENCY: [&str; 4] = ["ايلمنو", "رتبعدهة", "سفقكحجأى", "صطشخذإئضغزثظءآؤ"];
/// The same for Russian.
const CYRILLIC_BY_FREQUENCY: [&str; 4] = ["оеаинт", "срвлкм", "дпуяыьг", "збчйхжшюцщэфъё"];

/// How well a decoding fits: letters of one script beside each other, frequent ones above all.
/// Weights chosen by hand; tested on the fixtures of this file in all six encodings.
fn fit(text: &str) -> i64 {
    let mut fit = 0;
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            fit += weight(before, c, after);
        }
        before = c;
    }
    fit
}

fn weight(before: char, c: char, after: char) -> i64 {
    let beside = |is: fn(char) -> bool| is(before) || is(after);
    if is_arabic(c) {
        let article = if c == 'ل' && before == 'ا' { 4 } else { 0 };
        let foreign = if beside(is_latin) || beside(is_cyrillic) { -12 } else { 0 };
        by_class(c, &ARABIC_BY_FREQUENCY) + article + foreign
    } else if is_cyrillic(c) {
        let lower = c.to_lowercase().next().unwrap_or(c);
        // Capitals within a word betray a code page in which the cases stand exchanged.
        let case = if c != lower && before.is_lowercase() { -8 } else { 0 };
        let foreign = if beside(is_latin) { -12 } else { 0 };
        by_class(lower, &CYRILLIC_BY_FREQUENCY) + case + foreign
    } else if "éèàçêëîïôùûüöäßœñáíóúÉÀÈÇ".contains(c) {
        if beside(|c| c.is_ascii_alphabetic()) { 4 } else { 0 }
    } else if c.is_alphabetic() {
        if beside(|c| c.is_ascii_alphabetic()) { 0 } else { -4 }
    } else if "\u{a0}«»–—’‘“”…،؛؟ـ№°€".contains(c) || matches!(c, '\u{64b}'..='\u{652}')
    {
        0
    } else {
        -6
    }
}

fn by_class(c: char, classes: &[&str; 4]) -> i64 {
    let weights = [6, 4, 3, 1];
    let class = classes.iter().position(|class| class.contains(c));
    class.map_or(-2, |class| weights[class])
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{64a}' | '\u{671}'..='\u{6d3}')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{4ff}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{17f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "الاسم,الجنسية\nمحمد,سوري\n";
    const RUSSIAN: &str = "Фамилия,Имя\nОбразцов,Пример\n";
    const FRENCH: &str = "Prénom;Né à;Élève\nExemple;Orléans;déjà\n";

    fn check(text: &str, encoding: &'static Encoding) {
        let (bytes, _, failed) = encoding.encode(text);
        assert!(!failed);
        let decoded = decode(&bytes);
        assert_eq!((&*decoded.text, decoded.encoding), (text, encoding.name()));
    }

    #[test]
    fn code_pages_are_told_by_their_letters() {
        check(ARABIC, WINDOWS_1256);
        check(ARABIC, ISO_8859_6);
        check(RUSSIAN, WINDOWS_1251);
        check(RUSSIAN, KOI8_R);
        check(RUSSIAN, IBM866);
        check(FRENCH, WINDOWS_1252);
        check(ARABIC, UTF_8);
    }

    #[test]
    fn short_names_are_enough() {
        for name in ["عبد الله", "خالد", "فاطمة", "أبو عمر", "يوسف", "الطريق الشمالي"]
        {
            check(name, WINDOWS_1256);
            check(name, ISO_8859_6);
        }
    }

    #[test]
    fn utf_16_needs_no_mark() {
        for text in [ARABIC, "name,place\nExample,Nowhere\n"] {
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert_eq!(decode(&big).text, text);
            assert_eq!(decode(&little).text, text);
            let marked = [&[0xff, 0xfe], &*little].concat();
            assert_eq!(decode(&marked).text, text);
        }
    }

    #[test]
    fn numbers_of_two_bytes_are_no_text() {
        let numbers: Vec<u8> = (0..2000_u16).flat_map(|n| (n % 40).to_le_bytes()).collect();
        assert_eq!(decode_sample(&numbers, false), None);
        assert_eq!(decode_sample(&[0; 4000], false), None);
        let swapped: Vec<u8> = numbers.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
        assert_eq!(decode_sample(&swapped, false), None);
        let marked = [&[0xff, 0xfe], &*numbers].concat();
        assert_eq!(decode_sample(&marked, false), None);
    }

    #[test]
    fn utf_8_encoded_twice_is_repaired() {
        let twice: String = ARABIC.bytes().map(char::from).collect();
        let decoded = decode(twice.as_bytes());
        assert_eq!((&*decoded.text, decoded.repaired), (ARABIC, true));
        assert!(!decode("déjà".as_bytes()).repaired);
    }

    #[test]
    fn few_wrong_bytes_do_not_change_the_encoding() {
        let mut bytes = ARABIC.repeat(4).into_bytes();
        bytes.push(0xff);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.lossy), ("UTF-8", true));
    }
}
