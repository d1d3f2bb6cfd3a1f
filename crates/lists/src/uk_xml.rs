//! The UK Sanctions List of the FCDO as XML.

mod mapper;
#[cfg(test)]
mod tests;

use crate::xml::{Wanted, for_each_record};
use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    head.xml_root().is_some_and(|root| ["Designations", "ArrayOfDesignation"].contains(&root))
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("UK Sanctions List");
    let wanted = Wanted { asides: &["DateGenerated"], records: &["Designation"] };
    for member in members {
        for_each_record(member, context, wanted, |context, element, number| match number {
            Some(number) => mapper::map(context, member, number, element),
            None if element.name == "DateGenerated" => {
                if let Some(date) = mapper::iso_date(element.text()) {
                    context.set_date(&date);
                }
            }
            None => {}
        })?;
    }
    Ok(())
}
