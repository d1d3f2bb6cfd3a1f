//! The layout of a segment: a head that says where each section begins, then the sections, each
//! at a multiple of eight bytes. Numbers are little-endian.

use std::io::{self, Write};
use std::ops::Range;

/// First bytes of every segment.
const MAGIC: &[u8] = VERSION.as_bytes();
/// Version of the layout and of what stands in it: facts, keys of equality, counts. Raise it
/// with any change of these.
pub(super) const VERSION: &str = "CRSEGM03";
/// Sections begin at multiples of so many bytes.
const STEP: usize = 8;
/// Bytes of the key, the rest filled with zeros.
const KEY_BYTES: usize = 64;

/// A part of a segment. The order is that in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    FactFirst,
    Facts,
    EntityName,
    Sketches,
    WordPlaces,
    Surprises,
    CellFirst,
    CellWords,
    Skeletons,
    SkeletonFirst,
    SkeletonWords,
    PostingFirst,
    Postings,
    NameFirst,
    NameWords,
    EqualKeys,
    EqualFirst,
    EqualEntities,
    Totals,
    PartKeys,
    PartCounts,
    NameKeys,
    NameCounts,
    TeknonymKeys,
    TeknonymCounts,
    KunyaKeys,
    KunyaCounts,
    CountryKeys,
    CountryCounts,
}

/// Number of sections.
pub(super) const SECTIONS: usize = Section::CountryCounts as usize + 1;
/// Bytes of the head: magic, key, length of each section, checksum of all before.
const HEAD: usize = MAGIC.len() + KEY_BYTES + SECTIONS * 8 + 8;

/// Bytes that are no segment that can be used here.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SegmentError {
    /// Not a segment, or of another version of the program.
    #[error("no index segment of this version")]
    NotASegment,
    /// Cut short or damaged.
    #[error("index segment is damaged")]
    Damaged,
    /// Of another list, model or engine.
    #[error("index segment is of another list or model")]
    OtherKey,
}

/// Where the sections are.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    ranges: [Range<usize>; SECTIONS],
}

impl Layout {
    pub(super) fn range(&self, section: Section) -> Range<usize> {
        self.ranges[section as usize].clone()
    }

    /// Reads the head.
    pub(super) fn read(bytes: &[u8], key: &str) -> Result<Self, SegmentError> {
        let head = bytes.get(..HEAD).ok_or(SegmentError::NotASegment)?;
        if !head.starts_with(MAGIC) {
            return Err(SegmentError::NotASegment);
        }
        let (body, sum) = head.split_at(HEAD - 8);
        if number(sum) != Some(checksum(body)) {
            return Err(SegmentError::Damaged);
        }
        let (own, lengths) = body[MAGIC.len()..].split_at(KEY_BYTES);
        if *own != key_bytes(key) {
            return Err(SegmentError::OtherKey);
        }
        let mut from = HEAD;
        let mut ranges = std::array::from_fn(|_| 0..0);
        for (range, length) in ranges.iter_mut().zip(lengths.chunks_exact(8)) {
            let length = number(length).and_then(|n| usize::try_from(n).ok());
            let to = length.and_then(|length| from.checked_add(length));
            let to = to.filter(|to| *to <= bytes.len()).ok_or(SegmentError::Damaged)?;
            *range = from..to;
            from = to.next_multiple_of(STEP);
        }
        Ok(Self { ranges })
    }
}

/// Writes the head for sections of these lengths.
pub(super) fn write_head(
    out: &mut impl Write,
    key: &str,
    lengths: &[usize; SECTIONS],
) -> io::Result<()> {
    let mut head = Vec::with_capacity(HEAD);
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&key_bytes(key));
    for length in lengths {
        head.extend_from_slice(&(*length as u64).to_le_bytes());
    }
    let sum = checksum(&head);
    head.extend_from_slice(&sum.to_le_bytes());
    out.write_all(&head)
}

/// Fills up after a section of this length.
pub(super) fn write_padding(out: &mut impl Write, length: usize) -> io::Result<()> {
    out.write_all(&[0; STEP][..length.next_multiple_of(STEP) - length])
}

fn key_bytes(key: &str) -> [u8; KEY_BYTES] {
    debug_assert!(key.len() <= KEY_BYTES, "a key is a hash in hexadecimal digits");
    let mut bytes = [0; KEY_BYTES];
    for (to, from) in bytes.iter_mut().zip(key.bytes()) {
        *to = from;
    }
    bytes
}

fn number(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo): tells a head cut or overwritten by accident.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
