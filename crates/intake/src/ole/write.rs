//! An OLE container of given members: a mail that lies within a mail becomes a file of its own.
//!
//! No times are written, so the same members give the same bytes. Sectors have 512 bytes; streams
//! below 4096 bytes share one stream, as readers expect.

const SECTOR: usize = 512;
const MINI: usize = 64;
const MINI_CUTOFF: usize = 4096;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const FAT: u32 = 0xffff_fffd;
const DIFAT: u32 = 0xffff_fffc;
/// Sectors of the allocation table that the header itself lists.
const LISTED: usize = 109;

/// A member to be written.
#[derive(Debug)]
pub(crate) enum Node {
    /// A stream and its bytes.
    Stream(String, Vec<u8>),
    /// A storage and its members.
    Storage(String, Vec<Node>),
}

#[derive(Default)]
struct Writer {
    sectors: Vec<u8>,
    fat: Vec<u32>,
    mini: Vec<u8>,
    mini_fat: Vec<u32>,
    entries: Vec<[u8; 128]>,
}

/// The container; `None` if it were larger than the format can be.
pub(crate) fn container(members: Vec<Node>) -> Option<Vec<u8>> {
    let mut writer = Writer::default();
    writer.entries.push(record("Root Entry", 5));
    let child = writer.storage(members)?;
    let mini = std::mem::take(&mut writer.mini);
    let (mini_start, mini_size) = (writer.chain(&mini)?, u32::try_from(mini.len()).ok()?);
    let root = &mut writer.entries[0];
    root[76..80].copy_from_slice(&child.to_le_bytes());
    root[116..120].copy_from_slice(&mini_start.to_le_bytes());
    root[120..124].copy_from_slice(&mini_size.to_le_bytes());
    let mini_fat: Vec<u8> = writer.mini_fat.iter().flat_map(|word| word.to_le_bytes()).collect();
    let mini_fat_count = u32::try_from(mini_fat.len().div_ceil(SECTOR)).ok()?;
    let mini_fat_start = writer.chain_filled(mini_fat, 0xff)?;
    let directory = writer.entries.concat();
    let directory_start = writer.chain(&directory)?;
    writer.finish(directory_start, mini_fat_start, mini_fat_count)
}

impl Writer {
    /// Writes the members; gives the entry at the top of their tree.
    fn storage(&mut self, members: Vec<Node>) -> Option<u32> {
        let mut numbers = Vec::new();
        for node in members {
            let at = self.entries.len();
            match node {
                Node::Stream(name, bytes) => {
                    let mut entry = record(&name, 2);
                    let start = if bytes.len() < MINI_CUTOFF {
                        self.mini_chain(&bytes)?
                    } else {
                        self.chain(&bytes)?
                    };
                    entry[116..120].copy_from_slice(&start.to_le_bytes());
                    entry[120..124]
                        .copy_from_slice(&u32::try_from(bytes.len()).ok()?.to_le_bytes());
                    self.entries.push(entry);
                    numbers.push((name, at));
                }
                Node::Storage(name, inner) => {
                    self.entries.push(record(&name, 1));
                    let child = self.storage(inner)?;
                    self.entries[at][76..80].copy_from_slice(&child.to_le_bytes());
                    numbers.push((name, at));
                }
            }
        }
        // The order that the format prescribes: shorter names first.
        numbers.sort_by_key(|(name, at)| (name.encode_utf16().count(), name.to_uppercase(), *at));
        let numbers: Vec<usize> = numbers.into_iter().map(|(_, at)| at).collect();
        self.tree(&numbers)
    }

    /// Balances the members under their middle; all black.
    fn tree(&mut self, numbers: &[usize]) -> Option<u32> {
        let middle = numbers.len() / 2;
        let Some(top) = numbers.get(middle).copied() else { return Some(FREE) };
        let left = self.tree(&numbers[..middle])?;
        let right = self.tree(&numbers[middle + 1..])?;
        self.entries[top][68..72].copy_from_slice(&left.to_le_bytes());
        self.entries[top][72..76].copy_from_slice(&right.to_le_bytes());
        u32::try_from(top).ok()
    }

    fn chain(&mut self, bytes: &[u8]) -> Option<u32> {
        self.chain_filled(bytes.to_vec(), 0)
    }

    fn chain_filled(&mut self, mut bytes: Vec<u8>, fill: u8) -> Option<u32> {
        if bytes.is_empty() {
            return Some(END);
        }
        bytes.resize(bytes.len().next_multiple_of(SECTOR), fill);
        let start = u32::try_from(self.fat.len()).ok()?;
        links(&mut self.fat, bytes.len() / SECTOR)?;
        self.sectors.append(&mut bytes);
        Some(start)
    }

    fn mini_chain(&mut self, bytes: &[u8]) -> Option<u32> {
        if bytes.is_empty() {
            return Some(END);
        }
        let start = u32::try_from(self.mini_fat.len()).ok()?;
        links(&mut self.mini_fat, bytes.len().div_ceil(MINI))?;
        self.mini.extend_from_slice(bytes);
        self.mini.resize(self.mini.len().next_multiple_of(MINI), 0);
        Some(start)
    }

    fn finish(mut self, directory: u32, mini_fat: u32, mini_fat_count: u32) -> Option<Vec<u8>> {
        // The table has an entry for its own sectors and for those that list them.
        let data = self.fat.len();
        let (mut own, mut lists) = (0_usize, 0_usize);
        while (data + own + lists).div_ceil(SECTOR / 4) > own
            || own.saturating_sub(LISTED).div_ceil(SECTOR / 4 - 1) > lists
        {
            own = (data + own + lists).div_ceil(SECTOR / 4);
            lists = own.saturating_sub(LISTED).div_ceil(SECTOR / 4 - 1);
        }
        self.fat.extend(std::iter::repeat_n(FAT, own));
        self.fat.extend(std::iter::repeat_n(DIFAT, lists));
        self.fat.resize(own * (SECTOR / 4), FREE);
        let number = |n: usize| u32::try_from(n).ok();
        let mut header = vec![0_u8; SECTOR];
        header[..8].copy_from_slice(super::SIGNATURE);
        header[24..34].copy_from_slice(&[0x3e, 0, 3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
        let mut put =
            |at: usize, word: u32| header[at..at + 4].copy_from_slice(&word.to_le_bytes());
        put(44, number(own)?);
        put(48, directory);
        put(56, 4096);
        put(60, mini_fat);
        put(64, mini_fat_count);
        put(68, if lists > 0 { number(data + own)? } else { END });
        put(72, number(lists)?);
        for at in 0..LISTED {
            put(76 + at * 4, if at < own { number(data + at)? } else { FREE });
        }
        let mut out = header;
        out.append(&mut self.sectors);
        out.extend(self.fat.iter().flat_map(|word| word.to_le_bytes()));
        for list in 0..lists {
            let from = LISTED + list * (SECTOR / 4 - 1);
            for at in from..from + SECTOR / 4 - 1 {
                let word = if at < own { number(data + at)? } else { FREE };
                out.extend(word.to_le_bytes());
            }
            let next = if list + 1 < lists { number(data + own + list + 1)? } else { END };
            out.extend(next.to_le_bytes());
        }
        Some(out)
    }
}

fn links(table: &mut Vec<u32>, count: usize) -> Option<()> {
    for step in 1..=count {
        let next = if step == count { END } else { u32::try_from(table.len() + 1).ok()? };
        table.push(next);
    }
    Some(())
}

fn record(name: &str, kind: u8) -> [u8; 128] {
    /// A name has 31 units and a closing zero.
    const UNITS_MAX: usize = 31;
    let mut entry = [0; 128];
    let units: Vec<u16> = name.encode_utf16().take(UNITS_MAX).collect();
    for (at, unit) in units.iter().enumerate() {
        entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
    }
    entry[64] = u8::try_from(units.len() * 2 + 2).unwrap_or(64);
    entry[66] = kind;
    entry[67] = 1;
    for at in [68, 72, 76] {
        entry[at..at + 4].copy_from_slice(&FREE.to_le_bytes());
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ole::{Member, Ole, ROOT};

    #[test]
    fn what_is_written_is_read_again() {
        let large: Vec<u8> = (0..9_000_000_u32).map(|n| n.to_le_bytes()[n as usize % 3]).collect();
        let members = vec![
            Node::Stream("small".into(), b"few bytes".to_vec()),
            Node::Stream("none".into(), Vec::new()),
            Node::Storage("inner".into(), vec![Node::Stream("large".into(), large.clone())]),
        ];
        let bytes = container(members).unwrap();
        let ole = Ole::open(&bytes).unwrap();
        assert_eq!(ole.stream("small").unwrap(), b"few bytes");
        assert_eq!(ole.stream("none").unwrap(), b"");
        assert!(ole.stream("large").unwrap() == large);
        let top = ole.members(ROOT);
        let names: Vec<&str> = top.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["inner", "none", "small"]);
        let Member::Storage(inner) = top[0].1 else { panic!("a storage") };
        assert_eq!(ole.members(inner)[0].0, "large");
    }
}
