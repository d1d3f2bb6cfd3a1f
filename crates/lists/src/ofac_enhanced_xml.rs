//! OFAC's lists as "Enhanced XML": one `entity` element holds all of a party, original scripts
//! included, with its reference values written out.

mod mapper;
#[cfg(test)]
mod tests;

use crate::xml::{Wanted, for_each_record};
use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    head.xml_root() == Some("sanctionsData")
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    for member in members {
        let wanted = Wanted { asides: &["publicationInfo"], records: &["entity"] };
        for_each_record(member, context, wanted, |context, element, number| {
            if let Some(number) = number {
                mapper::map(context, member, number, element);
            } else if element.name == "publicationInfo" {
                let lists = element.texts("filters/sanctionsLists/sanctionsList").join(", ");
                context.set_title(format!("OFAC {lists}").trim());
                let date = element.text_at("dataAsOf");
                context.set_date(date.get(..10).unwrap_or(date));
            }
        })?;
    }
    Ok(())
}
