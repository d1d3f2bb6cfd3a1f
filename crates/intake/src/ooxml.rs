//! Office files of the ZIP and XML kind.

use crate::read::{DocumentRead, ReadOptions};

/// The layout of a text document.
pub(crate) fn read_docx(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let _ = (content, options);
    DocumentRead::unsupported("not yet")
}
