//! Tables that users keep themselves: any delimited text with a header that names its columns.
//!
//! Columns are recognised by their headings in several languages ([`columns`]); `--map` overrides.
//! Not for published lists, which have readers of their own.

mod columns;
mod mapper;
mod reader;
#[cfg(test)]
mod tests;

use crate::{Head, ListError, Member, ReadContext};

/// Whether a file begins with a header that names a column of names.
pub(crate) fn matches(head: &Head) -> bool {
    !matches!(head.first_char(), Some('<' | '{' | '['))
        && !head.text.contains('\0')
        && reader::guess_header(&head.text, &[]).is_some_and(|header| header.has_names())
}

/// Reads the files, one after the other.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    members.iter().try_for_each(|member| reader::read_file(member, context))
}
