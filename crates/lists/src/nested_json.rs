//! OpenSanctions' `targets.nested.json`: FtM entities of which each target holds all that hangs on
//! it. Read like [`ftm_json`]; every entity inside another becomes one of its own.

#[cfg(test)]
mod tests;

use crate::{Head, ListError, Member, ReadContext, ftm_json};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    ftm_json::is_ftm(head) && ftm_json::is_nested(head)
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    ftm_json::read(members, context)
}
