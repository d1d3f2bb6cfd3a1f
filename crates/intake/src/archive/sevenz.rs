//! 7z from memory.
//!
//! Members of one block are packed as one stream, so they are given one after the other and never
//! by name. Behind a member past a limit lies what cannot be had without unpacking it: refused too.

use std::io::{Cursor, Read};

use sevenz_rust2::{Archive, BlockDecoder, Error, Password};

use super::{Allowance, End, Extracted};
use crate::limits::READER_MEMORY_BYTES;

/// Memory for windows and headers, the least that does is taken: `7z -mx=9` asks for 64 MiB, of big
/// files 256, and some KiB more.
const WINDOWS_KB: [usize; 5] = [80 << 10, 144 << 10, 208 << 10, 272 << 10, LARGEST_KB];
const LARGEST_KB: usize = 400 << 10;
/// Memory of a reader process beside window and member: the program, stacks, buffers. Chosen by hand,
/// twice what a process was seen to take.
const PROGRAM_BYTES: u64 = 48 << 20;

/// Bytes of a member that fit beside a window; while it is handed on it is there twice.
const fn beside(window_kb: usize) -> u64 {
    (READER_MEMORY_BYTES - PROGRAM_BYTES - ((window_kb as u64) << 10)) / 2
}

/// A member as it is given.
pub(crate) struct Member {
    pub(crate) name: String,
    /// Size as claimed.
    pub(crate) size: u64,
    pub(crate) extracted: Extracted,
}

/// What is wrong with the archive as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The list of members is behind a password.
    Encrypted,
    /// The list of members is damaged.
    Damaged,
    /// The list or a window of it takes more memory than the limit.
    TooLarge,
    /// More members than the limit; the rest was left out.
    More,
}

const LOCKED: End = End::Encrypted;
const OVER_WINDOW: End = End::TooLarge("needs more memory than the limit");

/// Gives all members in their order. `allowance` is asked before each.
pub(crate) fn each(content: &[u8], members_max: usize, taker: &mut dyn Taker) -> Result<(), Fault> {
    let mut source = Cursor::new(content);
    let password = Password::empty();
    let archive = Archive::read_with_memory_limit(&mut source, &password, LARGEST_KB)
        .map_err(|error| fault(&error))?;
    let mut given = 0;
    let mut at = 0;
    while at < archive.files.len() {
        if given >= members_max {
            return Err(Fault::More);
        }
        let block = archive.stream_map.file_block_index.get(at).copied().flatten();
        let Some(block) = block else {
            let file = &archive.files[at];
            if !file.is_directory && !file.is_anti_item {
                given += 1;
                let extracted = Extracted { bytes: Vec::new(), end: End::Whole };
                taker.take(Member { name: file.name.clone(), size: 0, extracted });
            }
            at += 1;
            continue;
        };
        let count = archive.stream_map.file_block_index[at..]
            .iter()
            .take_while(|of| **of == Some(block))
            .count();
        let room = members_max - given;
        let run = Run { archive: &archive, block, first: at, count: count.min(room) };
        given += run.read(&mut source, &password, content.len() as u64, taker);
        if count > room {
            return Err(Fault::More);
        }
        at += count;
    }
    Ok(())
}

/// Who takes the members.
pub(crate) trait Taker {
    /// What the next member may cost.
    fn allowance(&self) -> Allowance;
    /// Takes it.
    fn take(&mut self, member: Member);
}

/// The members of one block.
struct Run<'a> {
    archive: &'a Archive,
    block: usize,
    first: usize,
    count: usize,
}

impl Run<'_> {
    fn read(
        &self,
        source: &mut Cursor<&[u8]>,
        password: &Password,
        packed: u64,
        taker: &mut dyn Taker,
    ) -> usize {
        if self.archive.is_file_encrypted(self.first) {
            return self.rest(0, LOCKED, taker);
        }
        for window_kb in WINDOWS_KB {
            let (done, end) = self.read_within(window_kb, source, password, packed, taker);
            let more = done == 0 && end == OVER_WINDOW && window_kb != LARGEST_KB;
            if !more {
                return self.rest(done, end, taker);
            }
        }
        self.rest(0, OVER_WINDOW, taker)
    }

    /// Gives the members as far as they can be had with a window of this size; how many were given,
    /// and why no more.
    fn read_within(
        &self,
        window_kb: usize,
        source: &mut Cursor<&[u8]>,
        password: &Password,
        packed: u64,
        taker: &mut dyn Taker,
    ) -> (usize, End) {
        let mut done = 0;
        let mut stop = None;
        let decoder = BlockDecoder::new_with_memory_limit(
            1,
            window_kb,
            self.block,
            self.archive,
            password,
            source,
        );
        let outcome = decoder.for_each_entries(&mut |file, reader| {
            if done >= self.count {
                return Ok(false);
            }
            done += 1;
            if file.is_directory {
                return Ok(true);
            }
            let extracted =
                extract(file.size, reader, packed, taker.allowance(), beside(window_kb));
            let end = extracted.end;
            taker.take(Member { name: file.name.clone(), size: file.size, extracted });
            match end {
                End::Whole => Ok(true),
                End::TooLarge(_) => {
                    stop = Some(End::TooLarge("lies behind a member past the limit"));
                    Ok(false)
                }
                end => {
                    stop = Some(end);
                    Ok(false)
                }
            }
        });
        let end = match (stop, outcome) {
            (Some(end), _) => end,
            (None, Err(error)) => match fault(&error) {
                Fault::Encrypted => LOCKED,
                Fault::TooLarge => OVER_WINDOW,
                _ if matches!(error, Error::UnsupportedCompressionMethod(_)) => End::Method,
                _ => End::Damaged("its packed data is damaged"),
            },
            (None, Ok(_)) => End::Damaged("its packed data is damaged"),
        };
        (done, end)
    }

    /// Gives the members that could not be had, without bytes.
    fn rest(&self, done: usize, end: End, taker: &mut dyn Taker) -> usize {
        for file in self.archive.files.iter().skip(self.first).take(self.count).skip(done) {
            if !file.is_directory {
                let extracted = Extracted { bytes: Vec::new(), end };
                taker.take(Member { name: file.name.clone(), size: file.size, extracted });
            }
        }
        self.count
    }
}

fn extract(
    size: u64,
    reader: &mut dyn Read,
    packed: u64,
    allowance: Allowance,
    beside: u64,
) -> Extracted {
    if size > allowance.bytes_for(packed) {
        return Extracted { bytes: Vec::new(), end: allowance.verdict(size) };
    }
    if size > beside {
        let end =
            End::TooLarge("needs more memory, beside the window of its archive, than there is");
        return Extracted { bytes: Vec::new(), end };
    }
    super::packed::drain(reader, size, packed, allowance)
}

fn fault(error: &Error) -> Fault {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => Fault::Encrypted,
        Error::UnsupportedCompressionMethod(name) if name.to_ascii_uppercase().contains("AES") => {
            Fault::Encrypted
        }
        Error::MaxMemLimited { .. } => Fault::TooLarge,
        _ => Fault::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_and_a_member_fit_into_the_memory_of_a_reader() {
        for window_kb in WINDOWS_KB {
            let taken = ((window_kb as u64) << 10) + 2 * beside(window_kb) + PROGRAM_BYTES;
            assert!(taken <= READER_MEMORY_BYTES && beside(window_kb) >= 32 << 20, "{window_kb}");
        }
        assert!(WINDOWS_KB.is_sorted());
    }
}
