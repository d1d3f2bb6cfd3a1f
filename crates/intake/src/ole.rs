//! The streams of an OLE container (compound file), from memory.
//!
//! Only what readers of old office files and mails ask for: a stream by name anywhere in the tree,
//! and the members of one storage.
//! Invariant: chains of sectors are followed no longer than the file has sectors, and the tree no
//! further than it has entries, so loops end.

pub(crate) mod properties;
pub(crate) mod write;

/// What a container begins with.
pub(crate) const SIGNATURE: &[u8; 8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const FREE_FROM: u32 = 0xffff_fffa;

/// Entries of one directory that are read; a mail has some hundred, a workbook some ten.
const ENTRIES_MAX: usize = 100_000;

/// An opened container.
pub(crate) struct Ole<'c> {
    content: &'c [u8],
    sector_shift: u32,
    mini_shift: u32,
    mini_cutoff: u64,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    /// The stream that holds all small streams.
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
}

const STORAGE: u8 = 1;
const STREAM: u8 = 2;

/// A storage, by the number of its entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Storage(usize);

impl Storage {
    /// The number, to tell storages apart.
    pub(crate) fn number(self) -> usize {
        self.0
    }
}

/// The storage that holds all others.
pub(crate) const ROOT: Storage = Storage(0);

/// A member of a storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// A stream, by the number of its entry.
    Stream(usize),
    /// A storage within.
    Storage(Storage),
}

impl<'c> Ole<'c> {
    /// Reads header, allocation tables and directory; `None` if they are damaged.
    pub(crate) fn open(content: &'c [u8]) -> Option<Self> {
        let mut ole = Self {
            content,
            sector_shift: u32::from(u16_at(content, 30)?),
            mini_shift: u32::from(u16_at(content, 32)?),
            mini_cutoff: u64::from(u32_at(content, 56)?),
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        if !matches!(ole.sector_shift, 9 | 12) || ole.mini_shift != 6 {
            return None;
        }
        ole.fat = ole.allocation()?;
        let directory = ole.chain(u32_at(content, 48)?);
        ole.entries = directory.chunks_exact(128).take(ENTRIES_MAX).filter_map(entry).collect();
        let root = ole.entries.first()?;
        let (start, size) = (root.start, root.size);
        ole.mini_fat = words(&ole.chain(u32_at(content, 60)?));
        ole.mini = ole.chain(start);
        ole.mini.truncate(usize::try_from(size).ok()?);
        Some(ole)
    }

    /// The content of the first stream of that name.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let at = self.entries.iter().position(|e| e.kind == STREAM && e.name == name)?;
        self.stream_at(at)
    }

    /// The content of a stream by its number.
    pub(crate) fn stream_at(&self, at: usize) -> Option<Vec<u8>> {
        let entry = self.entries.get(at)?;
        let mut bytes = if entry.size < self.mini_cutoff {
            self.mini_chain(entry.start)
        } else {
            self.chain(entry.start)
        };
        bytes.truncate(usize::try_from(entry.size).ok()?);
        Some(bytes)
    }

    /// Whether there is a stream of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.kind == STREAM && entry.name == name)
    }

    /// Whether the file carries macros.
    pub(crate) fn has_macros(&self) -> bool {
        self.has("_VBA_PROJECT") || self.entries.iter().any(|e| e.name == "_VBA_PROJECT_CUR")
    }

    /// Names and members of a storage, sorted by name.
    pub(crate) fn members(&self, storage: Storage) -> Vec<(&str, Member)> {
        let mut members = Vec::new();
        let mut seen = vec![false; self.entries.len()];
        let mut open = vec![self.entries.get(storage.0).map_or(u32::MAX, |entry| entry.child)];
        while let Some(next) = open.pop() {
            let Some(at) = usize::try_from(next).ok().filter(|at| *at < seen.len()) else {
                continue;
            };
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let entry = &self.entries[at];
            open.extend([entry.left, entry.right]);
            match entry.kind {
                STREAM => members.push((entry.name.as_str(), Member::Stream(at))),
                STORAGE => members.push((entry.name.as_str(), Member::Storage(Storage(at)))),
                _ => {}
            }
        }
        members.sort_by(|a, b| a.0.cmp(b.0));
        members
    }

    fn sector(&self, number: u32) -> Option<&'c [u8]> {
        let start = (usize::try_from(number).ok()? + 1).checked_shl(self.sector_shift)?;
        let end = (start + (1 << self.sector_shift)).min(self.content.len());
        self.content.get(start..end)
    }

    /// The sector allocation table: its sectors are listed in the header and then in a chain.
    fn allocation(&self) -> Option<Vec<u32>> {
        let sectors_max = (self.content.len() >> self.sector_shift) + 1;
        let mut listed = words(self.content.get(76..512)?);
        let mut next = u32_at(self.content, 68)?;
        let mut steps = 0;
        while next < FREE_FROM && steps < sectors_max {
            let mut more = words(self.sector(next)?);
            next = more.pop()?;
            listed.extend(more);
            steps += 1;
        }
        let mut fat = Vec::new();
        for number in listed.into_iter().filter(|n| *n < FREE_FROM) {
            // A table longer than the file lists sectors twice, to make chains of any length.
            if fat.len() >= sectors_max {
                break;
            }
            fat.extend(words(self.sector(number)?));
        }
        fat.truncate(sectors_max);
        Some(fat)
    }

    /// The bytes of a chain of sectors; up to the break of a broken one.
    fn chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut steps = 0;
        while next < FREE_FROM && steps <= self.fat.len() {
            let Some(sector) = self.sector(next) else { break };
            bytes.extend_from_slice(sector);
            next = link(&self.fat, next);
            steps += 1;
        }
        bytes
    }

    fn mini_chain(&self, start: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut steps = 0;
        let steps_max = (self.mini.len() >> self.mini_shift) + 1;
        while next < FREE_FROM && steps < steps_max {
            let Some(from) =
                usize::try_from(next).ok().and_then(|n| n.checked_shl(self.mini_shift))
            else {
                break;
            };
            let end = (from + (1 << self.mini_shift)).min(self.mini.len());
            let Some(sector) = self.mini.get(from..end) else { break };
            bytes.extend_from_slice(sector);
            next = link(&self.mini_fat, next);
            steps += 1;
        }
        bytes
    }
}

fn link(table: &[u32], from: u32) -> u32 {
    usize::try_from(from).ok().and_then(|from| table.get(from)).copied().unwrap_or(u32::MAX)
}

fn entry(record: &[u8]) -> Option<Entry> {
    let length = usize::from(u16_at(record, 64)?).saturating_sub(2).min(62);
    let units: Vec<u16> = record[..length]
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    Some(Entry {
        name: String::from_utf16_lossy(&units),
        start: u32_at(record, 116)?,
        size: u64::from(u32_at(record, 120)?),
        kind: record[66],
        left: u32_at(record, 68)?,
        right: u32_at(record, 72)?,
        child: u32_at(record, 76)?,
    })
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
        .collect()
}

/// A little-endian number.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A little-endian number.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A little-endian number.
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}
