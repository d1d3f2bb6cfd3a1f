//! The character encoding of a text file, told from its bytes.
//!
//! Only encodings that lists are known to come in: UTF-8, UTF-16, and the Windows code pages for
//! Arabic, Cyrillic and Western Europe.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252, WINDOWS_1256};

/// Frequent letters of Arabic and Russian text: what a sample decodes to mostly, if decoded right.
const FREQUENT_ARABIC: &str = "المنيورتبهدعسك";
const FREQUENT_RUSSIAN: &str = "оеаинтрсвлкмдО";

/// The encoding of a sample. A byte order mark decides; then valid UTF-8; then zero bytes speak for
/// UTF-16; then the letters that come in runs for Arabic or Cyrillic; else Windows-1252.
pub(crate) fn encoding_of(sample: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return encoding;
    }
    if let Some(encoding) = utf_16(sample) {
        return encoding;
    }
    match std::str::from_utf8(sample) {
        Ok(_) => UTF_8,
        // A character that the sample cuts in two is no sign of another encoding.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => code_page(sample),
    }
}

/// UTF-16 without a mark: the half of the bytes that is the upper one is mostly zero, or, in Arabic
/// and Cyrillic, mostly one and the same.
fn utf_16(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let pairs = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    // Blanks, digits and delimiters alone make up a fifth of any table. Chosen by hand.
    match () {
        () if odd * 5 > pairs && even * 20 < pairs => Some(UTF_16LE),
        () if even * 5 > pairs && odd * 20 < pairs => Some(UTF_16BE),
        () => None,
    }
}

fn code_page(sample: &[u8]) -> &'static Encoding {
    let high = sample.iter().filter(|b| !b.is_ascii()).count();
    let in_runs = sample.windows(2).filter(|w| !w[0].is_ascii() && !w[1].is_ascii()).count();
    // In French or Spanish accented letters stand alone; in Arabic or Russian they follow each other.
    if in_runs * 2 < high {
        return WINDOWS_1252;
    }
    let share = |encoding: &'static Encoding, frequent: &str| {
        let text = encoding.decode_without_bom_handling(sample).0;
        text.chars().filter(|c| !c.is_ascii() && frequent.contains(*c)).count()
    };
    if share(WINDOWS_1256, FREQUENT_ARABIC) >= share(WINDOWS_1251, FREQUENT_RUSSIAN) {
        WINDOWS_1256
    } else {
        WINDOWS_1251
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_from_bytes() {
        let arabic = "الاسم,تاريخ الميلاد\nعينة نموذج,1980\n";
        let russian = "имя,дата рождения\nОбразец Образцов,1980\n";
        assert_eq!(encoding_of(arabic.as_bytes()), UTF_8);
        assert_eq!(encoding_of(&WINDOWS_1256.encode(arabic).0), WINDOWS_1256);
        assert_eq!(encoding_of(&WINDOWS_1251.encode(russian).0), WINDOWS_1251);
        assert_eq!(encoding_of(&WINDOWS_1252.encode("nom\nRené Échantillon\n").0), WINDOWS_1252);
        for text in ["name,dob\nSample,1980\n", arabic, russian] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(encoding_of(&little), UTF_16LE, "{text}");
            assert_eq!(encoding_of(&big), UTF_16BE, "{text}");
        }
    }
}
