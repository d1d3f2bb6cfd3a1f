//! Gzip: one stream, or several in a row, to one content.

use std::io::Read;

use super::{Allowance, End, Extracted};

/// The name that the header gives, if any.
pub(crate) fn name(content: &[u8]) -> Option<Vec<u8>> {
    let decoder = flate2::bufread::GzDecoder::new(content);
    decoder.header()?.filename().filter(|name| !name.is_empty()).map(<[u8]>::to_vec)
}

/// Unpacks the content.
pub(crate) fn extract(content: &[u8], allowance: Allowance) -> Extracted {
    let allowed = allowance.bytes_for(content.len() as u64);
    let mut bytes = Vec::new();
    let outcome =
        flate2::bufread::MultiGzDecoder::new(content).take(allowed + 1).read_to_end(&mut bytes);
    let end = if bytes.len() as u64 > allowed {
        allowance.verdict(allowed + 1)
    } else if outcome.is_err() {
        End::Damaged("its packed data is damaged")
    } else {
        End::Whole
    };
    Extracted { bytes, end }
}
