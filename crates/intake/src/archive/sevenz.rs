//! 7z from memory.
//!
//! Members of one block are packed as one stream, so they are given one after the other and never
//! by name. Behind a member past a limit lies what cannot be had without unpacking it: refused too.

use std::io::{Cursor, Read};

use sevenz_rust2::{Archive, BlockDecoder, Error, Password};

use super::{Allowance, End, Extracted};

/// Memory for dictionaries and headers: `7z -mx=9` asks for 64 MiB, of big files 256.
const MEMORY_KB: usize = 320 << 10;

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

/// Gives all members in their order. `allowance` is asked before each.
pub(crate) fn each(content: &[u8], members_max: usize, taker: &mut dyn Taker) -> Result<(), Fault> {
    let mut source = Cursor::new(content);
    let password = Password::empty();
    let archive = Archive::read_with_memory_limit(&mut source, &password, MEMORY_KB)
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
        let mut done = 0;
        let mut stop = None;
        let decoder = BlockDecoder::new_with_memory_limit(
            1,
            MEMORY_KB,
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
            let extracted = extract(file.size, reader, packed, taker.allowance());
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
                Fault::TooLarge => End::TooLarge("needs more memory than the limit"),
                _ if matches!(error, Error::UnsupportedCompressionMethod(_)) => End::Method,
                _ => End::Damaged("its packed data is damaged"),
            },
            (None, Ok(_)) => End::Damaged("its packed data is damaged"),
        };
        self.rest(done, end, taker)
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

fn extract(size: u64, reader: &mut dyn Read, packed: u64, allowance: Allowance) -> Extracted {
    let allowed = allowance.bytes_for(packed);
    if size > allowed {
        return Extracted { bytes: Vec::new(), end: allowance.verdict(size) };
    }
    super::packed::drain(reader, packed, allowance)
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
