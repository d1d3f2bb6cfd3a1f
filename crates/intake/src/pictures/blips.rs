//! Pictures of Word 97–2003: records of JPEG and PNG in the streams of a document.
//!
//! Word keeps them within several kinds of shapes; the records themselves look alike everywhere
//! ([MS-ODRAW] 2.2.23), so they are looked for by their heads. Each must begin as its format does.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{At, Held};
use crate::ole::{u16_at, u32_at};
use crate::unpack::hash;

/// Types of the records.
const JPEG: u16 = 0xf01d;
const JPEG_CMYK: u16 = 0xf02a;
const PNG: u16 = 0xf01e;
/// Bytes before a record's content: its head.
const HEAD: usize = 8;
/// Bytes between head and picture: one identifier or two, and a tag.
const BEFORE: [usize; 2] = [17, 33];

/// The pictures of the streams, each content once: a picture of the text and of its shape are one.
pub(super) fn pictures(streams: &[Vec<u8>]) -> Vec<Held> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, stream) in streams.iter().enumerate() {
        for range in records(stream) {
            if seen.insert(hash(&stream[range.clone()])) {
                out.push(Held { at: At::Stream(number, range), shown: None });
            }
        }
    }
    out
}

fn records(stream: &[u8]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 2;
    // The second byte of all three types.
    while let Some(found) = stream.get(at..).and_then(|rest| memchr::memchr(0xf0, rest)) {
        let start = (at + found).checked_sub(3);
        at += found + 1;
        let Some(range) = start.and_then(|start| record(stream, start)) else { continue };
        at = range.end;
        out.push(range);
    }
    out
}

/// The picture of the record that begins here.
fn record(stream: &[u8], start: usize) -> Option<Range<usize>> {
    let signature: &[u8] = match u16_at(stream, start + 2)? {
        JPEG | JPEG_CMYK => &[0xff, 0xd8, 0xff],
        PNG => b"\x89PNG",
        _ => return None,
    };
    let length = usize::try_from(u32_at(stream, start + 4)?).ok()?;
    let content = start + HEAD;
    let end = content.checked_add(length)?.min(stream.len());
    let begins = |from: &usize| stream.get(*from..end).is_some_and(|p| p.starts_with(signature));
    BEFORE.iter().map(|before| content + before).find(begins).map(|from| from..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blip(kind: u16, before: usize, picture: &[u8]) -> Vec<u8> {
        let length = u32::try_from(before + picture.len()).unwrap();
        let mut out = vec![0xe0, 0x6e];
        out.extend(kind.to_le_bytes());
        out.extend(length.to_le_bytes());
        out.extend(vec![0xf0; before]);
        out.extend(picture);
        out
    }

    #[test]
    fn records_are_found_anywhere_and_each_picture_once() {
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
        let mut data = vec![0xf0, 0x1d, 0xf0, 9];
        data.extend(blip(JPEG, 17, &jpeg));
        data.extend([7; 5]);
        data.extend(blip(PNG, 33, b"\x89PNG rest"));
        data.extend(blip(0xf01a, 17, b"a metafile"));
        let again = blip(JPEG, 33, &jpeg);
        let found = pictures(&[data.clone(), again]);
        let bytes: Vec<&[u8]> = found
            .iter()
            .map(|held| match &held.at {
                At::Stream(0, range) => &data[range.clone()],
                _ => unreachable!("the second stream repeats the first"),
            })
            .collect();
        assert_eq!(bytes, [&jpeg[..], b"\x89PNG rest"]);
    }

    #[test]
    fn records_cut_short_keep_what_there_is() {
        let mut data = blip(PNG, 17, b"\x89PNG rest");
        data.truncate(data.len() - 3);
        assert_eq!(records(&data), [25..31]);
        data.truncate(20);
        assert!(records(&data).is_empty());
    }
}
