//! Rows out of the bytes of a page: cells of table leaves, their overflow, their values.
//!
//! All bytes are taken to be damaged: a cell is read whole or not at all, and no length in it is
//! believed beyond what the file can hold.

use std::io;

use rusqlite::types::Value;

use super::pages::{Pages, u16_at, u32_at};

/// Kinds of pages.
pub(super) const LEAF: u8 = 0x0d;
pub(super) const INTERIOR: u8 = 0x05;

/// Values of a row, at most: the widest of our tables has 16.
const VALUES_MAX: usize = 64;

/// A row as it was stored.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Its number.
    pub(super) number: i64,
    /// Its values; that of the primary key is `Null`, it is the number.
    pub(super) values: Vec<Value>,
}

/// Where the header of a page begins: on the first page after that of the file.
pub(super) fn header_of(number: u32) -> usize {
    if number == 1 { 100 } else { 0 }
}

/// Where the cells of a page begin, as far as that can be true.
pub(super) fn cells(page: &[u8], header: usize) -> Vec<usize> {
    let kind = page.get(header).copied().unwrap_or_default();
    let first = header + if kind == INTERIOR { 12 } else { 8 };
    let count = usize::from(u16_at(page, header + 3)).min(page.len().saturating_sub(first) / 2);
    (0..count).map(|index| usize::from(u16_at(page, first + 2 * index))).collect()
}

/// The row of a cell of a table leaf; `None` if the bytes there are no row.
pub(super) fn read_row(pages: &mut Pages, page: &[u8], at: usize) -> io::Result<Option<Row>> {
    let Some((length, at)) = varint(page, at) else { return Ok(None) };
    let Some((number, at)) = varint(page, at) else { return Ok(None) };
    let all = u64::from(pages.count) * pages.size as u64;
    let Some(length) = u64::try_from(length).ok().filter(|length| *length <= all) else {
        return Ok(None);
    };
    let Ok(length) = usize::try_from(length) else { return Ok(None) };
    let Some(payload) = payload(pages, page, at, length)? else { return Ok(None) };
    Ok(values(&payload).map(|values| Row { number, values }))
}

/// The bytes of a row, those on overflow pages included.
fn payload(
    pages: &mut Pages,
    page: &[u8],
    at: usize,
    length: usize,
) -> io::Result<Option<Vec<u8>>> {
    let usable = pages.usable;
    let here_max = usable - 35;
    if length <= here_max {
        return Ok(page.get(at..at + length).map(<[u8]>::to_vec));
    }
    let here_min = (usable - 12) * 32 / 255 - 23;
    let here = here_min + (length - here_min) % (usable - 4);
    let here = if here <= here_max { here } else { here_min };
    let Some(first) = page.get(at..at + here) else { return Ok(None) };
    let mut bytes = first.to_vec();
    let mut next = u32_at(page, at + here);
    while bytes.len() < length {
        if next == 0 || next > pages.count {
            return Ok(None);
        }
        let overflow = pages.read(next)?;
        let more = (length - bytes.len()).min(usable - 4);
        bytes.extend_from_slice(&overflow[4..4 + more]);
        next = u32_at(&overflow, 0);
    }
    // The chain of a row ends where the row does; else it ran through pages of others.
    Ok((next == 0).then_some(bytes))
}

/// The values of a record; `None` if its header does not add up to it exactly.
fn values(record: &[u8]) -> Option<Vec<Value>> {
    let (header, mut at) = varint(record, 0)?;
    let header = usize::try_from(header).ok().filter(|header| *header <= record.len())?;
    let mut body = header;
    let mut values = Vec::new();
    while at < header {
        let (kind, next) = varint(record, at)?;
        at = next;
        let (value, length) = value(record, body, kind)?;
        body += length;
        values.push(value);
        if values.len() > VALUES_MAX {
            return None;
        }
    }
    (at == header && body == record.len()).then_some(values)
}

/// The value of a serial type that begins at `at`, and its length.
fn value(record: &[u8], at: usize, kind: i64) -> Option<(Value, usize)> {
    let bytes = |length: usize| record.get(at..at.checked_add(length)?);
    let integer = |length: usize| -> Option<(Value, usize)> {
        let bytes = bytes(length)?;
        let first = if bytes.first()? & 0x80 == 0 { 0_i64 } else { -1 };
        let number = bytes.iter().fold(first, |number, byte| (number << 8) | i64::from(*byte));
        Some((Value::Integer(number), length))
    };
    match kind {
        0 => Some((Value::Null, 0)),
        1 => integer(1),
        2 => integer(2),
        3 => integer(3),
        4 => integer(4),
        5 => integer(6),
        6 => integer(8),
        7 => {
            let bytes: [u8; 8] = bytes(8)?.try_into().ok()?;
            Some((Value::Real(f64::from_be_bytes(bytes)), 8))
        }
        8 => Some((Value::Integer(0), 0)),
        9 => Some((Value::Integer(1), 0)),
        12.. => {
            let length = usize::try_from((kind - 12) / 2).ok()?;
            let bytes = bytes(length)?.to_vec();
            let value = if kind % 2 == 0 {
                Value::Blob(bytes)
            } else {
                Value::Text(String::from_utf8(bytes).ok()?)
            };
            Some((value, length))
        }
        _ => None,
    }
}

/// A number of one to nine bytes and where the next thing begins.
pub(super) fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut number = 0_u64;
    for index in 0..9 {
        let byte = *bytes.get(at + index)?;
        if index == 8 {
            number = (number << 8) | u64::from(byte);
            return Some((number.cast_signed(), at + 9));
        }
        number = (number << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number.cast_signed(), at + index + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_are_read() {
        assert_eq!(varint(&[0x7f], 0), Some((127, 1)));
        assert_eq!(varint(&[0x81, 0x00], 0), Some((128, 2)));
        assert_eq!(varint(&[0xff; 9], 0), Some((-1, 9)));
        assert_eq!(varint(&[0xff; 8], 0), None);
    }

    #[test]
    fn a_record_that_does_not_add_up_is_none() {
        // Header of three bytes: a text of two, a number of one byte.
        let record = [3, 17, 1, b'a', b'b', 0xfe];
        let text = Value::Text("ab".into());
        assert_eq!(values(&record), Some(vec![text, Value::Integer(-2)]));
        assert_eq!(values(&record[..5]), None);
        assert_eq!(values(&[record.as_slice(), &[0]].concat()), None);
        assert_eq!(values(&[200, 1]), None);
    }
}
