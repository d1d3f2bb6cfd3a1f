//! Records in Senzing's entity specification, as an array or as lines.
//!
//! Three layouts are in use and may be mixed: attributes at the top with a prefix for their use
//! (`HOME_ADDR_CITY`), lists by family (`NAMES`, `ADDRESSES`, …), and one list `FEATURES`.

mod attributes;
mod mapper;
#[cfg(test)]
mod tests;

use crate::json::Objects;
use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    matches!(head.first_char(), Some('{' | '['))
        && head.text.contains("\"RECORD_ID\"")
        && ["\"DATA_SOURCE\"", "\"RECORD_TYPE\"", "\"FEATURES\"", "\"NAME", "_NAME_"]
            .iter()
            .any(|mark| head.text.contains(mark))
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    for member in members {
        let unreadable = |source| member.unreadable(source);
        let mut source_of_file = None;
        for item in Objects::new(member.open()?).map_err(unreadable)? {
            match item.map_err(unreadable)? {
                (line, Ok(record)) => {
                    mapper::map(context, member, line, &record, &mut source_of_file);
                }
                (line, Err(reason)) => context.skipped(member, line, "not_json", reason),
            }
        }
    }
    Ok(())
}
