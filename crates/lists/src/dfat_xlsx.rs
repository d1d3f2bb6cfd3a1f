//! The consolidated list of Australia's Department of Foreign Affairs and Trade (DFAT), a workbook.
//!
//! One row per name: `101`, `101a` and `101b` are one entity, and other rows may stand between them.
//! The workbook is read cell by cell; nothing is allocated for the area that a sheet claims to have.

mod mapper;
mod reader;
#[cfg(test)]
mod tests;

use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is a workbook; no other list comes as one.
pub(crate) fn matches(head: &Head) -> bool {
    head.is_workbook()
}

/// Reads the files, entity by entity.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("DFAT Consolidated List");
    members.iter().try_for_each(|member| reader::read_file(member, context))
}
