//! Not read yet.

use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(_head: &Head) -> bool {
    false
}

/// Reads the files.
pub(crate) fn read(_members: &[Member], _context: &mut ReadContext) -> Result<(), ListError> {
    Ok(())
}
