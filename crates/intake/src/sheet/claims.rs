//! What workbooks claim to hold, before a parser believes it and sets memory aside: a count of
//! strings, the corners of a sheet. A claim past what memory there is would end the process.

use crate::archive::zip;
use crate::archive::{Allowance, End};
use crate::limits::Limits;
use crate::ole::write::{Node, container};
use crate::ole::{Ole, u16_at};

/// Whether any part claims more strings than it has bytes. The parser takes the part of strings
/// from a list of its own, so all parts are looked at.
pub(super) fn strings_overclaimed(content: &[u8], limits: &Limits) -> bool {
    /// A workbook has a part for each sheet and picture.
    const PARTS_MAX: usize = 20_000;
    let allowance = Allowance {
        bytes_max: limits.member_bytes_max,
        ratio_max: limits.ratio_max,
        ratio_free_bytes: limits.ratio_free_bytes,
    };
    zip::directory(content, PARTS_MAX).entries.iter().any(|entry| {
        let extracted = zip::extract(content, entry, allowance);
        extracted.end != End::Encrypted && overclaims(&extracted.bytes)
    })
}

fn overclaims(part: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    // In UTF-16 zeros stand between the letters.
    let narrow: Vec<u8>;
    let part = if part.iter().take(64).filter(|byte| **byte == 0).count() > 8 {
        narrow = part.iter().copied().filter(|byte| *byte != 0).collect();
        &narrow
    } else {
        part
    };
    memchr::memmem::find_iter(part, NAME).any(|at| {
        let after = &part[at + NAME.len()..];
        let value = after.iter().skip_while(|b| b.is_ascii_whitespace() || b"=\"'".contains(b));
        let digits = value.take_while(|b| b.is_ascii_digit() || **b == b'+');
        let count = digits.filter(|b| b.is_ascii_digit()).fold(0_usize, |count, digit| {
            count.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
        });
        count > part.len()
    })
}

/// What the records of a binary workbook say.
pub(super) enum Claims {
    Damaged,
    Encrypted,
    /// Cells in the rectangles that the sheets span, and the workbook in a container of its own,
    /// its sheets without a claim of their corners.
    Cells(u64, Vec<u8>),
}

/// Rewrites the workbook so that memory follows its cells. The parser makes a full grid of each
/// sheet, so two cells at far corners cost millions; and it believes what a sheet says it spans.
pub(super) fn without_claims(ole: &Ole<'_>) -> Claims {
    const BEGIN: u16 = 0x0809;
    const FILE_PASS: u16 = 0x002f;
    const DIMENSIONS: u16 = 0x0200;
    const CELLS: [u16; 9] =
        [0x00fd, 0x0203, 0x027e, 0x00bd, 0x0204, 0x0205, 0x0006, 0x00be, 0x0201];
    let found = ["Workbook", "Book"].iter().find_map(|name| Some((*name, ole.stream(name)?)));
    let Some((name, mut stream)) = found else { return Claims::Damaged };
    let mut total = 0_u64;
    let mut sheet: Option<[u16; 4]> = None;
    let area = |sheet: Option<[u16; 4]>| {
        sheet.map_or(0, |[top, left, bottom, right]| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    };
    let mut at = 0;
    while let (Some(id), Some(length)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        let data = at + 4;
        let end = data + usize::from(length);
        match id {
            FILE_PASS if u16_at(&stream, data) != Some(0) => return Claims::Encrypted,
            BEGIN => total += area(sheet.take()),
            // All zeros: an empty sheet.
            DIMENSIONS => {
                if let Some(corners) = stream.get_mut(data..end) {
                    corners.fill(0);
                }
            }
            id if CELLS.contains(&id) => {
                let row = u16_at(&stream, data).unwrap_or_default();
                let column = u16_at(&stream, data + 2).unwrap_or_default();
                let [top, left, bottom, right] = sheet.unwrap_or([row, column, row, column]);
                sheet = Some([top.min(row), left.min(column), bottom.max(row), right.max(column)]);
            }
            _ => {}
        }
        at = end;
    }
    let node = Node::Stream(name.to_owned(), stream);
    match container(vec![node]) {
        Some(content) => Claims::Cells(total + area(sheet), content),
        None => Claims::Damaged,
    }
}
