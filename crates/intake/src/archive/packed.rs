//! One content packed as a stream: bzip2, xz, Zstandard.
//!
//! Streams in a row give one content, as their own tools have it.

use std::io::Read;

use super::{Allowance, End, Extracted};

/// Memory that a window of xz may take: `xz -9` asks for 64 MiB.
const XZ_MEMORY_KB: u32 = 96 << 10;
/// Window of Zstandard: `zstd --ultra -22` uses 128 MiB, more needs `--long`.
const ZSTD_WINDOW_MAX: u64 = 128 << 20;

/// Unpacks bzip2.
pub(crate) fn bzip2(packed: &[u8], allowance: Allowance) -> Extracted {
    drain(bzip2::bufread::MultiBzDecoder::new(packed), 0, packed.len() as u64, allowance)
}

/// Unpacks xz.
pub(crate) fn xz(packed: &[u8], allowance: Allowance) -> Extracted {
    let reader = lzma_rust2::XzReader::new_mem_limit(packed, true, XZ_MEMORY_KB);
    drain(reader, 0, packed.len() as u64, allowance)
}

/// Unpacks Zstandard, frame by frame.
pub(crate) fn zstd(packed: &[u8], allowance: Allowance) -> Extracted {
    let allowed = allowance.bytes_for(packed.len() as u64);
    let mut rest = packed;
    let mut bytes = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = after_skippable(rest) {
            rest = after;
            continue;
        }
        let left = allowed - bytes.len() as u64;
        let decoder = ruzstd::decoding::StreamingDecoder::new_with_max_window_size(
            &mut rest,
            ZSTD_WINDOW_MAX.min(allowed.saturating_mul(2)),
        );
        let outcome = decoder.map(|decoder| decoder.take(left + 1).read_to_end(&mut bytes));
        if bytes.len() as u64 > allowed {
            return Extracted { bytes, end: allowance.verdict(allowed + 1) };
        }
        if !matches!(outcome, Ok(Ok(_))) {
            return Extracted { bytes, end: End::Damaged("its packed data is damaged") };
        }
    }
    Extracted { bytes, end: End::Whole }
}

/// A frame that holds nothing to unpack has its length in its head.
fn after_skippable(frames: &[u8]) -> Option<&[u8]> {
    let (magic, length) = (frames.get(..4)?, frames.get(4..8)?);
    if magic[0] & 0xf0 != 0x50 || magic[1..] != [0x2a, 0x4d, 0x18] {
        return None;
    }
    let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
    Some(frames.get(8..)?.get(length..).unwrap_or_default())
}

/// Reads as much as is allowed. Room is made once for the size that is claimed, 0 if none is.
pub(super) fn drain(
    reader: impl Read,
    claimed: u64,
    packed: u64,
    allowance: Allowance,
) -> Extracted {
    let allowed = allowance.bytes_for(packed);
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(usize::try_from(claimed.min(allowed)).unwrap_or(0)).is_err() {
        let end = End::TooLarge("needs more memory than there is");
        return Extracted { bytes: Vec::new(), end };
    }
    let outcome = reader.take(allowed + 1).read_to_end(&mut bytes);
    let end = if bytes.len() as u64 > allowed {
        allowance.verdict(allowed + 1)
    } else if outcome.is_err() {
        End::Damaged("its packed data is damaged")
    } else {
        End::Whole
    };
    Extracted { bytes, end }
}
