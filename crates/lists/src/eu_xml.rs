//! The EU's consolidated list of financial sanctions (FSF) as XML 1.1.

mod mapper;
#[cfg(test)]
mod tests;

use crate::xml::{Wanted, for_each_record};
use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    head.xml_root() == Some("export")
        && (head.text.contains("sanctionEntity") || head.text.contains("/fpi/fsd/export"))
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("EU consolidated list of financial sanctions");
    let wanted = Wanted { asides: &[], records: &["sanctionEntity"] };
    for member in members {
        for_each_record(member, context, wanted, |context, element, number| {
            if let Some(number) = number {
                return mapper::map(context, member, number, element);
            }
            let generated = element.attr("generationDate");
            context.set_date(generated.get(..10).unwrap_or(generated));
        })?;
    }
    Ok(())
}
