//! ZIP from memory, whole or damaged.
//!
//! Own reader, because evidence must not be lost: entries with equal names stay apart, names keep
//! their bytes, and an archive without its directory is salvaged from the local headers.
//! Methods: stored, deflate, bzip2, Zstandard, xz. No passwords, no split archives.
//! Invariants: never reads past the content; never unpacks more than the allowance.

use std::io::Read;
use std::ops::Range;

use super::{Allowance, End, Extracted};
use crate::sniff::find;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const DIRECTORY_END: &[u8] = b"PK\x05\x06";
const DIRECTORY_END_64: &[u8] = b"PK\x06\x06";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

const FLAG_ENCRYPTED: u16 = 1;
const FLAG_DESCRIPTOR: u16 = 1 << 3;

/// One member as the archive describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The name, bytes as they are.
    pub(crate) name: Vec<u8>,
    /// Size after unpacking, as claimed.
    pub(crate) size: u64,
    /// Where the packed bytes lie, as far as the file goes.
    data: Range<usize>,
    /// The packed bytes reach past the end of the file.
    cut: bool,
    flags: u16,
    method: u16,
    crc: u32,
    /// Sizes stand behind the data: the end of the packed bytes is not known beforehand.
    open_end: bool,
}

/// All members of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    /// The members in the order of the directory, folders left out.
    pub(crate) entries: Vec<Entry>,
    /// Whether the directory was found and sound; else the entries come from local headers.
    pub(crate) whole: bool,
    /// More members than the limit; the rest is left out.
    pub(crate) more: bool,
    /// Some members share bytes, as no honest archive has it.
    pub(crate) overlapping: bool,
}

impl Entry {
    /// Whether the member needs a password.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.flags & FLAG_ENCRYPTED != 0
    }

    /// The packed bytes.
    pub(crate) fn packed<'c>(&self, content: &'c [u8]) -> &'c [u8] {
        content.get(self.data.clone()).unwrap_or_default()
    }
}

/// Reads the directory; without a sound one, looks for local headers.
pub(crate) fn directory(content: &[u8], members_max: usize) -> Directory {
    let mut directory = central(content, members_max).unwrap_or_else(|| scan(content, members_max));
    directory.overlapping = overlap(&directory.entries);
    directory
}

/// The bytes of a small member that tells what the archive is; `None` if there is none.
pub(crate) fn small_member(content: &[u8], directory: &Directory, name: &[u8]) -> Option<Vec<u8>> {
    /// A list of types has some kilobytes.
    const BYTES_MAX: u64 = 1 << 20;
    let entry = directory.entries.iter().find(|entry| entry.name == name)?;
    let allowance = Allowance { bytes_max: BYTES_MAX, ratio_max: 200, ratio_free_bytes: BYTES_MAX };
    let extracted = extract(content, entry, allowance);
    (!extracted.bytes.is_empty()).then_some(extracted.bytes)
}

/// Unpacks one member.
pub(crate) fn extract(content: &[u8], entry: &Entry, allowance: Allowance) -> Extracted {
    let packed = entry.packed(content);
    if entry.is_encrypted() {
        return Extracted { bytes: Vec::new(), end: End::Encrypted };
    }
    let allowed = allowance.bytes_for(packed.len() as u64);
    match entry.method {
        0 if packed.len() as u64 > allowed => {
            Extracted { bytes: Vec::new(), end: allowance.verdict(packed.len() as u64) }
        }
        0 => checked(packed.to_vec(), entry),
        8 | 12 | 93 | 95 if entry.size > allowed && !entry.open_end => {
            Extracted { bytes: Vec::new(), end: allowance.verdict(entry.size) }
        }
        8 => inflate(packed, entry, allowance, allowed),
        12 => checked_if_whole(super::packed::bzip2(packed, allowance), entry),
        93 => checked_if_whole(super::packed::zstd(packed, allowance), entry),
        95 => checked_if_whole(super::packed::xz(packed, allowance), entry),
        _ => Extracted { bytes: Vec::new(), end: End::Method },
    }
}

fn checked_if_whole(extracted: Extracted, entry: &Entry) -> Extracted {
    if extracted.end == End::Whole { checked(extracted.bytes, entry) } else { extracted }
}

fn inflate(packed: &[u8], entry: &Entry, allowance: Allowance, allowed: u64) -> Extracted {
    /// A claimed size is believed up to here when memory is set aside.
    const RESERVE_MAX: u64 = 4 << 20;
    let reserve = usize::try_from(entry.size.min(allowed).min(RESERVE_MAX)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(reserve);
    let mut decoder = flate2::bufread::DeflateDecoder::new(packed).take(allowed + 1);
    let outcome = decoder.read_to_end(&mut bytes);
    if bytes.len() as u64 > allowed {
        return Extracted { bytes, end: allowance.verdict(allowed + 1) };
    }
    match outcome {
        Err(_) => Extracted { bytes, end: End::Damaged("its packed data is damaged") },
        Ok(_) => checked(bytes, entry),
    }
}

fn checked(bytes: Vec<u8>, entry: &Entry) -> Extracted {
    let mut crc = flate2::Crc::new();
    crc.update(&bytes);
    let end = if entry.cut {
        End::Damaged("the archive ends in the middle of it")
    } else if !entry.open_end && crc.sum() != entry.crc {
        End::Damaged("its checksum is wrong")
    } else {
        End::Whole
    };
    Extracted { bytes, end }
}

/// The directory at the end; `None` if there is none or it is damaged.
fn central(content: &[u8], members_max: usize) -> Option<Directory> {
    /// A comment of 64 kB may follow the end record of 22 bytes.
    const END_WITHIN: usize = 22 + 0xffff;
    let from = content.len().saturating_sub(END_WITHIN);
    let end = from + content[from..].windows(4).rposition(|window| window == DIRECTORY_END)?;
    let mut count = u64::from(u16_at(content, end + 10)?);
    let mut size = u64::from(u32_at(content, end + 12)?);
    let mut offset = u64::from(u32_at(content, end + 16)?);
    let mut before = end;
    let far = from.saturating_sub(64);
    let wide = (offset == 0xffff_ffff || count == 0xffff)
        .then(|| find(&content[far..end], DIRECTORY_END_64))
        .flatten();
    if let Some(record) = wide {
        let record = far + record;
        count = u64_at(content, record + 32)?;
        size = u64_at(content, record + 40)?;
        offset = u64_at(content, record + 48)?;
        before = record;
    }
    // Bytes before the archive shift all offsets.
    let start = before.checked_sub(usize::try_from(size).ok()?)?;
    let shift = start.checked_sub(usize::try_from(offset).ok()?)?;
    let mut directory = Directory { whole: true, ..Directory::default() };
    let mut at = start;
    for _ in 0..count {
        if directory.entries.len() >= members_max {
            directory.more = true;
            break;
        }
        let (entry, next) = central_entry(content, at, shift)?;
        if !is_folder(&entry) {
            directory.entries.push(entry);
        }
        at = next;
    }
    Some(directory)
}

/// One record of the directory and where the next begins.
fn central_entry(content: &[u8], at: usize, shift: usize) -> Option<(Entry, usize)> {
    if content.get(at..at + 4)? != CENTRAL {
        return None;
    }
    let name_len = usize::from(u16_at(content, at + 28)?);
    let extra_len = usize::from(u16_at(content, at + 30)?);
    let comment_len = usize::from(u16_at(content, at + 32)?);
    let name = content.get(at + 46..at + 46 + name_len)?.to_vec();
    let extra = content.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
    let mut sizes = [
        u64::from(u32_at(content, at + 24)?),
        u64::from(u32_at(content, at + 20)?),
        u64::from(u32_at(content, at + 42)?),
    ];
    widen(&mut sizes, extra);
    let [size, packed, header] = sizes;
    let header = usize::try_from(header).ok()?.checked_add(shift)?;
    if content.get(header..header.checked_add(4)?)? != LOCAL {
        return None;
    }
    let local_name = usize::from(u16_at(content, header + 26)?);
    let local_extra = usize::from(u16_at(content, header + 28)?);
    let data = header + 30 + local_name + local_extra;
    let end = data.checked_add(usize::try_from(packed).ok()?)?;
    let entry = Entry {
        name,
        size,
        data: data.min(content.len())..end.min(content.len()),
        cut: end > content.len(),
        flags: u16_at(content, at + 8)?,
        method: u16_at(content, at + 10)?,
        crc: u32_at(content, at + 16)?,
        open_end: false,
    };
    Some((entry, at + 46 + name_len + extra_len + comment_len))
}

/// Takes the sizes that did not fit into 32 bits from the ZIP64 field.
fn widen(sizes: &mut [u64; 3], extra: &[u8]) {
    let mut at = 0;
    while let (Some(id), Some(length)) = (u16_at(extra, at), u16_at(extra, at + 2)) {
        if id == 1 {
            let mut field = at + 4;
            for size in sizes.iter_mut().filter(|size| **size == 0xffff_ffff) {
                let Some(wide) = u64_at(extra, field) else { return };
                *size = wide;
                field += 8;
            }
            return;
        }
        at += 4 + usize::from(length);
    }
}

/// Members by their local headers, for archives whose directory is gone.
fn scan(content: &[u8], members_max: usize) -> Directory {
    let mut directory = Directory::default();
    let mut at = 0;
    while let Some(found) = content.get(at..).and_then(|rest| find(rest, LOCAL)) {
        if directory.entries.len() >= members_max {
            directory.more = true;
            break;
        }
        at += found;
        let Some(entry) = local_entry(content, at) else { break };
        at = entry.data.end.max(at + 4);
        if !is_folder(&entry) {
            directory.entries.push(entry);
        }
    }
    directory
}

fn local_entry(content: &[u8], at: usize) -> Option<Entry> {
    let flags = u16_at(content, at + 6)?;
    let name_len = usize::from(u16_at(content, at + 26)?);
    let extra_len = usize::from(u16_at(content, at + 28)?);
    let name = content.get(at + 30..at + 30 + name_len)?.to_vec();
    let packed = usize::try_from(u32_at(content, at + 18)?).ok()?;
    let data = (at + 30 + name_len + extra_len).min(content.len());
    let open_end = flags & FLAG_DESCRIPTOR != 0 && packed == 0;
    let (end, cut) = if open_end {
        open_data_end(content, data)
    } else {
        let end = data.saturating_add(packed);
        (end.min(content.len()), end > content.len())
    };
    Some(Entry {
        name,
        size: u64::from(u32_at(content, at + 22)?),
        data: data..end,
        cut,
        flags,
        method: u16_at(content, at + 8)?,
        crc: u32_at(content, at + 14)?,
        open_end,
    })
}

/// Where data of unknown length ends: at its descriptor, the next header or the end of the file.
fn open_data_end(content: &[u8], data: usize) -> (usize, bool) {
    let rest = &content[data..];
    let ends = [DESCRIPTOR, LOCAL, CENTRAL];
    match ends.iter().filter_map(|mark| find(rest, mark)).min() {
        Some(length) => (data + length, false),
        None => (content.len(), true),
    }
}

fn is_folder(entry: &Entry) -> bool {
    entry.name.ends_with(b"/") && entry.size == 0
}

fn overlap(entries: &[Entry]) -> bool {
    let mut ranges: Vec<&Range<usize>> =
        entries.iter().map(|e| &e.data).filter(|r| !r.is_empty()).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges.windows(2).any(|pair| pair[1].start < pair[0].end)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
