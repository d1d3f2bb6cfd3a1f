//! Readers of containers: ZIP, 7z, tar, and packed streams. Members as bytes in memory, nothing on disk.
//!
//! They know neither ledger nor limits over several members; [`crate::unpack()`] does.

pub(crate) mod gzip;
pub(crate) mod packed;
pub(crate) mod sevenz;
pub(crate) mod tar;
pub(crate) mod zip;

/// How the extraction of one member ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// All bytes, checksum right.
    Whole,
    /// Cut short or changed; what was had so far is given.
    Damaged(&'static str),
    /// Past the limit of size or ratio.
    TooLarge(&'static str),
    /// Behind a password.
    Encrypted,
    /// Packed by a method that this build does not know.
    Method,
}

/// A member's bytes and how it ended.
#[derive(Debug)]
pub(crate) struct Extracted {
    /// The bytes, as far as they could be had.
    pub(crate) bytes: Vec<u8>,
    /// Whether they are all.
    pub(crate) end: End,
}

/// What one extraction may cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Bytes after unpacking.
    pub(crate) bytes_max: u64,
    /// Unpacked over packed size above `ratio_free_bytes`.
    pub(crate) ratio_max: u64,
    /// Up to this size any ratio is allowed.
    pub(crate) ratio_free_bytes: u64,
}

impl Allowance {
    /// Bytes that a member of this packed size may have.
    fn bytes_for(self, packed: u64) -> u64 {
        self.bytes_max.min(self.ratio_free_bytes.max(packed.saturating_mul(self.ratio_max)))
    }

    /// Why a member of this size is too large.
    fn verdict(self, unpacked: u64) -> End {
        if unpacked > self.bytes_max {
            End::TooLarge("unpacks to more than the size limit")
        } else {
            End::TooLarge("is packed so tightly that it looks like a bomb")
        }
    }
}
