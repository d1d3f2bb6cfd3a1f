//! What an OLE file says of itself: the property sets of summary and document summary.
//!
//! Values that are no text, number or time are left out; so are thumbnails.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, UTF_16LE, WINDOWS_1252};

use super::{Ole, u16_at, u32_at, u64_at};

const SUMMARY: &str = "\u{5}SummaryInformation";
const DOCUMENT_SUMMARY: &str = "\u{5}DocumentSummaryInformation";

/// Numbers of properties and the keys they are kept under.
const SUMMARY_KEYS: &[(u32, &str)] = &[
    (2, "title"),
    (3, "subject"),
    (4, "author"),
    (5, "keywords"),
    (6, "description"),
    (7, "template"),
    (8, "last_modified_by"),
    (9, "revision"),
    (11, "last_printed"),
    (12, "created"),
    (13, "modified"),
    (18, "application"),
];
const DOCUMENT_KEYS: &[(u32, &str)] = &[(14, "manager"), (15, "company")];

/// Longer values are no properties but a payload.
const VALUE_BYTES_MAX: usize = 4096;
/// A set has some 20 properties.
const PROPERTIES_MAX: u32 = 1000;
const CODE_PAGE: u32 = 1;
const UTF_16: u16 = 1200;

/// Reads both sets.
pub(crate) fn read(ole: &Ole<'_>, into: &mut BTreeMap<String, String>) {
    for (stream, keys) in [(SUMMARY, SUMMARY_KEYS), (DOCUMENT_SUMMARY, DOCUMENT_KEYS)] {
        if let Some(bytes) = ole.stream(stream) {
            // Damage ends the set; what stands before it is kept.
            let _ = set(&bytes, keys, into);
        }
    }
}

fn set(bytes: &[u8], keys: &[(u32, &str)], into: &mut BTreeMap<String, String>) -> Option<()> {
    let section = bytes.get(usize::try_from(u32_at(bytes, 44)?).ok()?..)?;
    let count = u32_at(section, 4)?.min(PROPERTIES_MAX);
    let mut places = Vec::new();
    for number in 0..usize::try_from(count).ok()? {
        let (Some(id), Some(at)) =
            (u32_at(section, 8 + number * 8), u32_at(section, 12 + number * 8))
        else {
            break;
        };
        places.push((id, usize::try_from(at).ok()?));
    }
    let page = places.iter().find(|(id, _)| *id == CODE_PAGE);
    let page = page.and_then(|(_, at)| u16_at(section, at + 4)).unwrap_or(1252);
    for (id, at) in places {
        let key = keys.iter().find(|(number, _)| *number == id);
        let text = key.and_then(|_| value(section, at, page));
        if let (Some((_, key)), Some(text)) = (key, text) {
            let text = text.trim_matches(['\0', ' ', '\r', '\n', '\t']);
            if !text.is_empty() && text.len() <= VALUE_BYTES_MAX {
                into.insert((*key).to_owned(), text.to_owned());
            }
        }
    }
    Some(())
}

fn value(section: &[u8], at: usize, page: u16) -> Option<String> {
    let length = || usize::try_from(u32_at(section, at.checked_add(4)?)?).ok();
    let data = at.checked_add(8)?;
    match u32_at(section, at)? & 0xfff {
        3 => Some(u32_at(section, at + 4)?.to_string()),
        30 => {
            let bytes = section.get(data..data.checked_add(length()?.min(VALUE_BYTES_MAX))?)?;
            if page == UTF_16 {
                return Some(until_zero(&UTF_16LE.decode_without_bom_handling(bytes).0));
            }
            let bytes = bytes.split(|byte| *byte == 0).next()?;
            Some(code_page(page).decode_without_bom_handling(bytes).0.into_owned())
        }
        31 => {
            let bytes =
                section.get(data..data.checked_add((length()? * 2).min(VALUE_BYTES_MAX))?)?;
            Some(until_zero(&UTF_16LE.decode_without_bom_handling(bytes).0))
        }
        64 => time(u64_at(section, at + 4)?),
        _ => None,
    }
}

fn until_zero(text: &str) -> String {
    text.split('\0').next().unwrap_or_default().to_owned()
}

/// The encoding of a Windows code page.
pub(crate) fn code_page(number: u16) -> &'static Encoding {
    match number {
        65001 => UTF_8,
        1200 => UTF_16LE,
        10000 => encoding_rs::MACINTOSH,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        874 => encoding_rs::WINDOWS_874,
        866 => encoding_rs::IBM866,
        20866 => encoding_rs::KOI8_R,
        28596 => encoding_rs::ISO_8859_6,
        _ => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(WINDOWS_1252),
    }
}

/// A time in tenths of microseconds since 1601, as ISO text; `None` for none and for durations.
pub(crate) fn time(ticks: u64) -> Option<String> {
    const TICKS: u64 = 10_000_000;
    /// Days from 1601-01-01 to 1970-01-01.
    const BEFORE: i64 = 134_774;
    /// Earlier times are durations, such as the time of editing.
    const YEAR: u64 = 366 * 86_400;
    let seconds = ticks / TICKS;
    if seconds < YEAR {
        return None;
    }
    let days = i64::try_from(seconds / 86_400).ok()? - BEFORE;
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    (year < 10_000)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// Days since 1970 to a date of the Gregorian calendar (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_iso_and_durations_are_none() {
        assert_eq!(time(130_360_503_060_000_000).as_deref(), Some("2014-02-05T05:05:06Z"));
        assert_eq!(time(116_444_736_000_000_000).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(time(600_000_000), None);
        assert_eq!(time(u64::MAX), None);
    }
}
