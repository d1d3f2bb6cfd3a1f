//! The consolidated list of the UN Security Council as XML.
//!
//! `CONSOLIDATED_LIST` holds `INDIVIDUAL` and `ENTITY` records; an element without content stands
//! for every kind of fact that a record has none of.

mod alias;
mod mapper;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::xml::{Wanted, for_each_record};
use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    head.xml_root() == Some("CONSOLIDATED_LIST")
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("United Nations Security Council Consolidated List");
    let wanted = Wanted { asides: &[], records: &["INDIVIDUAL", "ENTITY"] };
    let mut ids = BTreeSet::new();
    for member in members {
        for_each_record(member, context, wanted, |context, element, number| {
            let Some(number) = number else {
                let generated = element.attr("dateGenerated");
                return context.set_date(generated.get(..10).unwrap_or(generated));
            };
            let candidates = mapper::ids_of(element);
            let Some(id) = candidates.iter().find(|id| !ids.contains(*id)) else {
                let message = "no REFERENCE_NUMBER or DATAID of its own";
                return context.skipped(member, number, "no_id", message);
            };
            if *id != candidates[0] {
                let message = "the reference number stands twice";
                context.problem(member, Some(number), "repeated_id", message);
            }
            ids.insert(id.clone());
            mapper::map(context, member, number, element, id);
        })?;
    }
    Ok(())
}
