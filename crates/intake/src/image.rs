//! Reads PNG, JPEG, TIFF files: not part of this build yet.

use crate::read::{DocumentRead, ReadOptions};

/// The layout of the document.
pub(crate) fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let _ = (content, options);
    DocumentRead::unsupported("this build does not read PNG, JPEG, TIFF files")
}
