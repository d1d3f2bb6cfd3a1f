//! The records of a binary workbook of Excel 2007 and later, looked over before they are parsed:
//! the parser sets memory aside for a record as long as the record says it is.

use crate::archive::zip;
use crate::archive::{Allowance, End};
use crate::limits::Limits;

/// A workbook has a part for each sheet and picture.
const PARTS_MAX: usize = 20_000;

/// Whether memory for all records may be set aside. What else is wrong with a part costs the sheet
/// from there on, not the workbook.
pub(super) fn check(content: &[u8], limits: &Limits) -> Result<(), String> {
    let allowance = Allowance {
        bytes_max: limits.member_bytes_max,
        ratio_max: limits.ratio_max,
        ratio_free_bytes: limits.ratio_free_bytes,
    };
    for entry in &zip::directory(content, PARTS_MAX).entries {
        let name = String::from_utf8_lossy(&entry.name).to_ascii_lowercase();
        let is_read = ["workbook.bin", "styles.bin", "sharedstrings.bin"]
            .iter()
            .any(|part| name.ends_with(part))
            || (name.contains("worksheets/") && name.as_bytes().ends_with(b".bin"));
        if !is_read {
            continue;
        }
        let extracted = zip::extract(content, entry, allowance);
        let is_had = !matches!(extracted.end, End::TooLarge(_) | End::Method);
        if is_had && is_sound(&extracted.bytes) {
            continue;
        }
        return Err(format!("its part {name} is damaged"));
    }
    Ok(())
}

fn is_sound(part: &[u8]) -> bool {
    /// A record of the longest text of a cell has 64 kB.
    const LENGTH_FREE: usize = 1 << 20;
    let mut at = 0;
    while at < part.len() {
        let Some(length) = skip_head(part, &mut at) else { return true };
        if length > LENGTH_FREE && length > part.len() - at.min(part.len()) {
            return false;
        }
        at = at.saturating_add(length);
    }
    true
}

/// Reads number and length of a record, each of seven bits a byte; gives the length.
fn skip_head(part: &[u8], at: &mut usize) -> Option<usize> {
    let first = *part.get(*at)?;
    *at += if first & 0x80 != 0 { 2 } else { 1 };
    let mut length = 0_usize;
    for shift in [0, 7, 14, 21] {
        let byte = *part.get(*at)?;
        *at += 1;
        length |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(length)
}
