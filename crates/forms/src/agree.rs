//! What the answers of one form say of each other: the country of a phone written without one, and
//! dates that cannot all be right.
//!
//! Changes no text and takes no side: a date that disagrees keeps its value and is marked.

use model::value::{Country, DateOrder, DateValue, find_countries, parse_date, parse_phones};

use crate::form::{FilledForm, Flaw};
use crate::normalize::contact;
use crate::{Answer, Key};

/// Dates of one life in their order: the first of a pair is never after the second.
const IN_ORDER: [(Key, Key); 3] = [
    (Key::BirthDate, Key::EntryDate),
    (Key::BirthDate, Key::DeathDate),
    (Key::EntryDate, Key::DeathDate),
];

/// Settles what one answer of a form needs another for.
pub(crate) fn settle(form: &mut FilledForm, order: DateOrder) {
    assume_country(form);
    for (first, second) in IN_ORDER {
        let date = |key| form.written(key).and_then(|text| parse_date(text, order));
        let (Some(earlier), Some(later)) = (date(first), date(second)) else { continue };
        if earlier.from <= later.to {
            continue;
        }
        let possible = may_precede(&earlier, &later);
        let Some(answer) = form.fields.get_mut(&first) else { continue };
        if possible {
            answer.notes.push(format!("after {second} unless it is read another way"));
        } else {
            answer.detail.flaws.push(Flaw::After(second));
        }
    }
}

/// Whether some reading of the one begins no later than some reading of the other ends.
fn may_precede(earlier: &DateValue, later: &DateValue) -> bool {
    earlier.readings().any(|left| later.readings().any(|right| left.0 <= right.1))
}

/// Reads a phone without a country code as one of the country that the form names: in the contact
/// itself, as the residence, or as the nationality. The number must fit that country's plan.
fn assume_country(form: &mut FilledForm) {
    let Some(written) = form.written(Key::Contact) else { return };
    if !parse_phones(written, None).iter().any(|phone| !phone.is_international()) {
        return;
    }
    let candidates = [Key::Contact, Key::Residence, Key::Nationality];
    let countries = candidates.into_iter().filter_map(|key| only_country(form.fields.get(&key)?));
    let read = countries
        .map(|country| contact(written, Some(country)))
        .find(|(_, detail)| detail.assumed.is_some());
    if let (Some((value, detail)), Some(answer)) = (read, form.fields.get_mut(&Key::Contact)) {
        answer.normalized = value;
        answer.detail = detail;
    }
}

/// The one country that an answer names.
fn only_country(answer: &Answer) -> Option<Country> {
    match find_countries(answer.written.as_deref()?).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
