//! OFAC's legacy CSV: the SDN list (`sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv`) and the
//! non-SDN lists (`cons_prim.csv`, …), which have the same layout.
//!
//! The four files belong together and are told apart by their columns. There is no header, no
//! original script and no listing date; the XML editions have these.

mod mapper;
mod reader;
pub(crate) mod remarks;
#[cfg(test)]
mod tests;

use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is one of the four.
pub(crate) fn matches(head: &Head) -> bool {
    reader::part_of(head).is_some()
}

/// Reads the files as one list.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    reader::read_parts(members, context)
}
