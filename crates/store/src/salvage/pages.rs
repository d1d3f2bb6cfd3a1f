//! The pages of a database file as they lie on the disk, with what its log (WAL) has over them.
//!
//! Read only, and without SQLite, which gives up on a file that it cannot trust as a whole. The format
//! is SQLite's, documented at sqlite.org/fileformat2.html.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

/// Bytes of the header of a log and of a frame in it.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Size of a page where neither file says it: what this program makes.
const PAGE_SIZE: usize = 4096;

/// A database file with its log.
pub(super) struct Pages {
    file: File,
    log: Option<File>,
    /// Bytes of a page.
    pub(super) size: usize,
    /// Bytes of a page that hold content.
    pub(super) usable: usize,
    /// Pages there are.
    pub(super) count: u32,
    /// Where the log has the last committed state of a page.
    newer: BTreeMap<u32, u64>,
    /// Where the log has pages past the point at which its chain of checksums breaks.
    loose: Vec<u64>,
}

impl Pages {
    /// Opens a database and its log, if there is one.
    pub(super) fn open(database: &Path, log: &Path) -> io::Result<Self> {
        let mut file = File::open(database)?;
        let mut header = [0; 100];
        let read = read_up_to(&mut file, &mut header)?;
        let mut log = match File::open(log) {
            Ok(log) => Some(log),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let mut log_header = [0; LOG_HEADER];
        let logged = match &mut log {
            Some(log) => read_up_to(log, &mut log_header)? == LOG_HEADER,
            None => false,
        };
        let said = match u16_at(&header, 16) {
            1 => 65_536,
            size => usize::from(size),
        };
        let in_log = usize::try_from(u32_at(&log_header, 8)).unwrap_or(0);
        let is_size = |size: &usize| size.is_power_of_two() && (512..=65_536).contains(size);
        let size = Some(said)
            .filter(|size| read == 100 && is_size(size))
            .or(Some(in_log).filter(|size| logged && is_size(size)))
            .unwrap_or(PAGE_SIZE);
        // This program reserves nothing at the end of pages; the byte that says so may be damaged.
        let bytes = file.metadata()?.len();
        let count = u32::try_from(bytes.div_ceil(size as u64)).unwrap_or(u32::MAX);
        let mut pages = Self {
            file,
            log,
            size,
            usable: size,
            count,
            newer: BTreeMap::new(),
            loose: Vec::new(),
        };
        if logged {
            pages.read_log(&log_header)?;
        }
        Ok(pages)
    }

    /// The bytes of a page, from 1; missing ones are zero.
    pub(super) fn read(&mut self, number: u32) -> io::Result<Vec<u8>> {
        if let (Some(at), Some(log)) = (self.newer.get(&number), &mut self.log) {
            return read_at(log, *at, self.size);
        }
        let at = u64::from(number.saturating_sub(1)) * self.size as u64;
        read_at(&mut self.file, at, self.size)
    }

    /// Pages of the log that SQLite would not look at any more.
    pub(super) fn read_loose(&mut self) -> io::Result<Vec<Vec<u8>>> {
        let Some(log) = &mut self.log else { return Ok(Vec::new()) };
        self.loose.iter().map(|at| read_at(log, *at, self.size)).collect()
    }

    fn read_log(&mut self, header: &[u8; LOG_HEADER]) -> io::Result<()> {
        let Some(log) = &mut self.log else { return Ok(()) };
        let is_big = match u32_at(header, 0) {
            0x377f_0682 => false,
            0x377f_0683 => true,
            _ => return Ok(()),
        };
        let salts = &header[16..24];
        let mut sums = checksum(is_big, (0, 0), &header[..24]);
        let mut is_whole = sums == (u32_at(header, 24), u32_at(header, 28));
        let mut open: Vec<(u32, u64)> = Vec::new();
        let mut at = LOG_HEADER as u64;
        let mut frame = vec![0; FRAME_HEADER + self.size];
        loop {
            log.seek(SeekFrom::Start(at))?;
            if read_up_to(log, &mut frame)? < frame.len() {
                break;
            }
            let page_at = at + FRAME_HEADER as u64;
            at += frame.len() as u64;
            // Frames of an earlier round of the log have other salts.
            if &frame[8..16] != salts {
                break;
            }
            if is_whole {
                sums = checksum(is_big, sums, &frame[..8]);
                sums = checksum(is_big, sums, &frame[FRAME_HEADER..]);
                is_whole = sums == (u32_at(&frame, 16), u32_at(&frame, 20));
            }
            if !is_whole {
                self.loose.push(page_at);
                continue;
            }
            open.push((u32_at(&frame, 0), page_at));
            let pages_after = u32_at(&frame, 4);
            if pages_after > 0 {
                self.newer.extend(open.drain(..));
                self.count = self.count.max(pages_after);
            }
        }
        Ok(())
    }
}

/// The running checksum of the log over bytes, eight at a time.
fn checksum(is_big: bool, sums: (u32, u32), bytes: &[u8]) -> (u32, u32) {
    let word = |b: &[u8]| {
        let bytes = [b[0], b[1], b[2], b[3]];
        if is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
    };
    bytes.chunks_exact(8).fold(sums, |(one, two), chunk| {
        let one = one.wrapping_add(word(&chunk[..4])).wrapping_add(two);
        (one, two.wrapping_add(word(&chunk[4..])).wrapping_add(one))
    })
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |b| u16::from_be_bytes([b[0], b[1]]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

fn read_at(file: &mut File, at: u64, size: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = vec![0; size];
    read_up_to(file, &mut bytes)?;
    Ok(bytes)
}

/// Reads until the buffer is full or the file ends.
fn read_up_to(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match file.read(&mut buffer[read..]) {
            Ok(0) => break,
            Ok(count) => read += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(read)
}
