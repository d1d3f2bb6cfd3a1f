//! OFAC's lists as "Advanced XML" (the sanctions data model of the United Nations): reference
//! values, places and documents first, then the parties that refer to them, then ties and listings.
//!
//! One pass: what parties refer to is held in memory (some 30 MB for the largest list), the parties
//! themselves are not. Ties and listings come behind the parties and are entities of their own.

mod mapper;
mod reference;
#[cfg(test)]
mod tests;

use crate::xml::{Element, Wanted, for_each_record};
use crate::{Head, ListError, Member, ReadContext};

use mapper::Parties;
use reference::References;

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    head.xml_root() == Some("Sanctions")
        && ["ReferenceValueSets", "DistinctPart", "DateOfIssue"]
            .iter()
            .any(|mark| head.text.contains(mark))
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    let wanted = Wanted {
        asides: &["DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument"],
        records: &["DistinctParty", "ProfileRelationship", "SanctionsEntry"],
    };
    for member in members {
        let mut references = References::default();
        let mut parties = Parties::default();
        for_each_record(member, context, wanted, |context, element, number| {
            let Some(number) = number else { return aside(context, element, &mut references) };
            match element.name.as_str() {
                "DistinctParty" => {
                    parties.map_party(context, member, number, element, &references);
                }
                "ProfileRelationship" => {
                    parties.map_tie(context, member, number, element, &references);
                }
                _ => parties.map_listing(context, member, number, element, &references),
            }
        })?;
    }
    context.set_title("OFAC sanctions list");
    Ok(())
}

fn aside(context: &mut ReadContext, element: &Element, references: &mut References) {
    match element.name.as_str() {
        "DateOfIssue" => {
            if let Some(date) = reference::date_text(element) {
                context.set_date(&date);
            }
        }
        "ReferenceValueSets" => references.take_values(element),
        "Location" => references.take_place(element),
        "IDRegDocument" => references.take_document(element),
        _ => {}
    }
}
