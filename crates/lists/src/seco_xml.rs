//! The sanctions list of the Swiss State Secretariat for Economic Affairs (SECO) as XML.
//!
//! Places and programs stand in other parts of the file than the targets that refer to them, so it
//! is read twice.

mod mapper;
mod name;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::xml::{Element, Wanted, for_each_record};
use crate::{Head, ListError, Member, ReadContext};

/// What targets refer to by number.
#[derive(Debug, Default)]
struct References {
    /// Names of programs by the number of each of their sets.
    programs: BTreeMap<String, String>,
    places: BTreeMap<String, Element>,
}

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    head.xml_root() == Some("swiss-sanctions-list")
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    context.set_title("SECO sanctions list");
    for member in members {
        let mut references = References::default();
        let wanted = Wanted { asides: &["sanctions-program", "place"], records: &[] };
        // Damage is reported by the second reading.
        let _ = for_each_record(member, context, wanted, |context, element, _| {
            match element.name.as_str() {
                "swiss-sanctions-list" => context.set_date(element.attr("date")),
                "sanctions-program" => references.take_program(element),
                "place" => {
                    references.places.insert(element.attr("ssid").to_owned(), element.clone());
                }
                _ => {}
            }
        });
        let wanted = Wanted { asides: &[], records: &["target"] };
        let mut delisted = 0_u64;
        for_each_record(member, context, wanted, |context, element, number| {
            let Some(number) = number else { return };
            if let Some(words) = mapper::delisted(element) {
                delisted += 1;
                context.delisted(format!("ch-{}", element.attr("ssid")), words);
            } else {
                mapper::map(context, member, number, element, &references);
            }
        })?;
        if delisted > 0 {
            let message = format!("{delisted} targets that were taken off the list are left out");
            context.problem(member, None, "delisted", message);
        }
    }
    Ok(())
}

impl References {
    fn take_program(&mut self, program: &Element) {
        let in_english = |name: &str| {
            let names = program.all(name);
            let english = names.iter().find(|name| name.attr("lang") == "eng");
            english.or(names.first()).map_or("", |name| name.text()).to_owned()
        };
        let name = Some(in_english("program-name")).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| in_english("program-key"));
        for set in program.all("sanctions-set") {
            self.programs.insert(set.attr("ssid").to_owned(), name.clone());
        }
    }
}
