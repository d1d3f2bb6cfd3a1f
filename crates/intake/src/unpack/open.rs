//! Opening of each kind of container: what its reader gives becomes members.

use model::DocumentState;

use super::tally::{Container, Member, Tally};
use super::{Unpacker, file_name};
use crate::archive::{Allowance, End, Extracted, gzip, packed, sevenz, tar, zip};
use crate::mail;
use crate::sniff::MediaType;
use crate::walk::text_of;

impl Unpacker<'_> {
    pub(super) fn open_zip(
        &mut self,
        at: &mut Container,
        content: &[u8],
        depth: usize,
        tally: &mut Tally,
    ) {
        let directory = zip::directory(content, self.members_left());
        if !directory.whole {
            tally.faults.push((DocumentState::Corrupt, "the directory of the archive is damaged"));
        }
        if directory.more {
            tally.faults.push((DocumentState::RefusedByLimit, "more members than the limit"));
        }
        if directory.overlapping {
            at.note("members_overlap", "members share bytes, as no honest archive has it");
        }
        for entry in &directory.entries {
            let extracted = zip::extract(content, entry, self.allowance());
            let stored = entry.packed(content);
            let name = text_of(&entry.name);
            self.member(at, Member { name, stored, size: entry.size, extracted }, depth, tally);
        }
    }

    pub(super) fn open_packed(
        &mut self,
        at: &mut Container,
        content: &[u8],
        media: MediaType,
        depth: usize,
        tally: &mut Tally,
    ) {
        let told = if media == MediaType::Gzip { gzip::name(content) } else { None };
        let name = told.map_or_else(|| unpacked_name(&at.path), |name| text_of(&name));
        let extracted = match media {
            MediaType::Gzip => gzip::extract(content, self.allowance()),
            MediaType::Bzip2 => packed::bzip2(content, self.allowance()),
            MediaType::Xz => packed::xz(content, self.allowance()),
            _ => packed::zstd(content, self.allowance()),
        };
        self.member(at, Member { name, stored: &[], size: 0, extracted }, depth, tally);
    }

    pub(super) fn open_7z(
        &mut self,
        at: &mut Container,
        content: &[u8],
        depth: usize,
        tally: &mut Tally,
    ) {
        let members_max = self.members_left();
        let mut taker = SevenTaker { unpacker: self, at, depth, tally };
        let Err(fault) = sevenz::each(content, members_max, &mut taker) else { return };
        tally.faults.push(match fault {
            sevenz::Fault::Encrypted => {
                (DocumentState::Encrypted, "its list of members needs a password")
            }
            sevenz::Fault::Damaged => {
                (DocumentState::Corrupt, "the directory of the archive is damaged")
            }
            sevenz::Fault::TooLarge => {
                (DocumentState::RefusedByLimit, "its list of members takes more than the limit")
            }
            sevenz::Fault::More => (DocumentState::RefusedByLimit, "more members than the limit"),
        });
    }

    pub(super) fn open_tar(
        &mut self,
        at: &mut Container,
        content: &[u8],
        depth: usize,
        tally: &mut Tally,
    ) {
        let directory = tar::directory(content, self.members_left());
        if !directory.whole {
            tally.faults.push((DocumentState::Corrupt, "the archive is damaged or cut short"));
        }
        if directory.more {
            tally.faults.push((DocumentState::RefusedByLimit, "more members than the limit"));
        }
        for entry in &directory.entries {
            let name = text_of(&entry.name);
            match &entry.kind {
                tar::Kind::File => {
                    let bytes = &content[entry.data.clone()];
                    let end = if entry.cut {
                        End::Damaged("the archive ends in the middle of it")
                    } else if bytes.len() as u64 > self.allowance().bytes_max {
                        End::TooLarge("unpacks to more than the size limit")
                    } else {
                        End::Whole
                    };
                    let extracted = Extracted { bytes: bytes.to_vec(), end };
                    let member = Member { name, stored: bytes, size: entry.size, extracted };
                    self.member(at, member, depth, tally);
                }
                tar::Kind::Link(target) => {
                    self.odd(at, &name, target, "a link, not followed", tally);
                }
                tar::Kind::Special => self.odd(at, &name, b"", "a device or pipe, not made", tally),
            }
        }
    }

    pub(super) fn open_mail(
        &mut self,
        at: &mut Container,
        attachments: Result<Vec<mail::Attachment>, mail::Fault>,
        depth: usize,
        tally: &mut Tally,
    ) {
        let attachments = match attachments {
            Ok(attachments) => attachments,
            Err(fault) => return tally.faults.push(fault),
        };
        for mail::Attachment { name, bytes } in attachments {
            if self.members_left() == 0 {
                tally
                    .faults
                    .push((DocumentState::RefusedByLimit, "more attachments than the limit"));
                return;
            }
            let end = if bytes.len() as u64 > self.allowance().bytes_max {
                End::TooLarge("larger than the size limit")
            } else {
                End::Whole
            };
            let size = bytes.len() as u64;
            let extracted = Extracted { bytes, end };
            self.member(at, Member { name, stored: &[], size, extracted }, depth, tally);
        }
    }

    pub(super) fn open_mailbox(
        &mut self,
        at: &mut Container,
        content: &[u8],
        depth: usize,
        tally: &mut Tally,
    ) {
        for (number, range) in mail::split_mailbox(content).into_iter().enumerate() {
            if self.members_left() == 0 {
                tally.faults.push((DocumentState::RefusedByLimit, "more mails than the limit"));
                return;
            }
            let extracted = Extracted { bytes: content[range].to_vec(), end: End::Whole };
            let size = extracted.bytes.len() as u64;
            let name = format!("{}.eml", number + 1);
            self.member(at, Member { name, stored: &[], size, extracted }, depth, tally);
        }
    }
}

/// Adds the members of a 7z archive as they come.
struct SevenTaker<'t, 'l> {
    unpacker: &'t mut Unpacker<'l>,
    at: &'t mut Container,
    depth: usize,
    tally: &'t mut Tally,
}

impl sevenz::Taker for SevenTaker<'_, '_> {
    fn allowance(&self) -> Allowance {
        self.unpacker.allowance()
    }

    fn take(&mut self, member: sevenz::Member) {
        let sevenz::Member { name, size, extracted } = member;
        let member = Member { name, stored: &[], size, extracted };
        self.unpacker.member(self.at, member, self.depth, self.tally);
    }
}

/// The name of a packed content that does not tell it: without the mark of the packer.
fn unpacked_name(path: &str) -> String {
    const ENDS: [&str; 11] =
        [".gz", ".tgz", ".bz2", ".tbz2", ".tbz", ".xz", ".txz", ".zst", ".tzst", ".bz", ".zstd"];
    let file = file_name(path);
    let stem = ENDS.iter().find_map(|end| file.strip_suffix(end)).filter(|s| !s.is_empty());
    stem.map_or_else(|| format!("{file}.content"), str::to_owned)
}
