//! Tar from memory: old, ustar, GNU long names, pax paths.
//!
//! Links, devices and pipes are listed and never followed. Sparse files are not unfolded.

use std::ops::Range;

const BLOCK: usize = 512;

/// One member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The name, bytes as they are.
    pub(crate) name: Vec<u8>,
    /// Size as claimed.
    pub(crate) size: u64,
    /// What it is.
    pub(crate) kind: Kind,
    /// Where its bytes lie, as far as the file goes.
    pub(crate) data: Range<usize>,
    /// The file ends before the member does.
    pub(crate) cut: bool,
}

/// What a member is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A regular file.
    File,
    /// A symbolic or hard link and its target.
    Link(Vec<u8>),
    /// A device or pipe.
    Special,
}

/// All members; folders are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    /// The members in the order of the archive.
    pub(crate) entries: Vec<Entry>,
    /// Whether the archive was sound to its end.
    pub(crate) whole: bool,
    /// More members than the limit; the rest is left out.
    pub(crate) more: bool,
}

/// Whether it begins with a header of the time before `ustar`: nothing but the checksum tells.
pub(crate) fn is_old(content: &[u8]) -> bool {
    content.get(..BLOCK).is_some_and(|header| {
        header[0] != 0 && number(&header[124..136]).is_some() && has_checksum(header)
    })
}

/// Reads the headers.
pub(crate) fn directory(content: &[u8], members_max: usize) -> Directory {
    let mut directory = Directory { whole: true, ..Directory::default() };
    let mut long_name: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(header) = content.get(at..at + BLOCK) {
        if header.iter().all(|byte| *byte == 0) {
            return directory;
        }
        let Some(size) = number(&header[124..136]).filter(|_| has_checksum(header)) else {
            directory.whole = false;
            return directory;
        };
        let start = at + BLOCK;
        let length = usize::try_from(size).unwrap_or(usize::MAX);
        let end = start.saturating_add(length);
        let data = start.min(content.len())..end.min(content.len());
        let cut = end > content.len();
        let bytes = &content[data.clone()];
        match header[156] {
            b'L' => long_name = Some(trimmed(bytes)),
            b'x' => long_name = pax_path(bytes).or(long_name),
            b'g' | b'K' | b'5' => {}
            flag => {
                if directory.entries.len() >= members_max {
                    directory.more = true;
                    return directory;
                }
                let name = long_name.take().unwrap_or_else(|| short_name(header));
                let kind = kind(flag, header);
                directory.entries.push(Entry { name, size, kind, data, cut });
            }
        }
        directory.whole &= !cut;
        at = end.div_ceil(BLOCK).saturating_mul(BLOCK);
    }
    // Some writers leave the two closing blocks out: only a torn header is damage.
    directory.whole &= at >= content.len();
    directory
}

fn kind(flag: u8, header: &[u8]) -> Kind {
    match flag {
        b'1' | b'2' => Kind::Link(trimmed(&header[157..257])),
        b'3' | b'4' | b'6' => Kind::Special,
        _ => Kind::File,
    }
}

fn short_name(header: &[u8]) -> Vec<u8> {
    let name = trimmed(&header[..100]);
    let prefix = trimmed(&header[345..500]);
    if prefix.is_empty() || &header[257..263] != b"ustar\0" {
        return name;
    }
    [prefix, name].join(&b'/')
}

fn trimmed(field: &[u8]) -> Vec<u8> {
    field.split(|byte| *byte == 0).next().unwrap_or_default().to_vec()
}

/// Octal text, or a big-endian number marked by the top bit.
fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let low = field.get(field.len() - 8..)?.try_into().ok()?;
        return Some(u64::from_be_bytes(low));
    }
    let text = std::str::from_utf8(field).ok()?.trim_matches(['\0', ' ']);
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}

fn has_checksum(header: &[u8]) -> bool {
    let sum: u64 = header
        .iter()
        .enumerate()
        .map(|(i, byte)| if (148..156).contains(&i) { 32 } else { u64::from(*byte) })
        .sum();
    number(&header[148..156]) == Some(sum)
}

/// The `path` of a pax header: records `length key=value\n`.
fn pax_path(mut records: &[u8]) -> Option<Vec<u8>> {
    loop {
        let space = records.iter().position(|byte| *byte == b' ')?;
        let length: usize = std::str::from_utf8(&records[..space]).ok()?.parse().ok()?;
        let record = records.get(space + 1..length.checked_sub(1)?)?;
        if let Some(path) = record.strip_prefix(b"path=") {
            return Some(path.to_vec());
        }
        records = records.get(length..)?;
    }
}
