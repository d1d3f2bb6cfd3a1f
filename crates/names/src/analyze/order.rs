//! Owns the roles that position, writing and endings give to the names of a person: given name,
//! names of the fathers, family name. Does not join words.
//! Invariant: only parts without a role, and kunyas and patronymics that turn out to be family
//! names, get a new one; each with its reason.

use super::{Draft, endings};
use crate::Script;
use crate::part::Tag;

pub(super) const PATRONYMIC_ENDING: &str = "ending of a patronymic";

/// Given, father's names and family by what the writing shows, else by position.
pub(super) fn tag_by_position(drafts: &mut [Draft], shows_arabic: bool) {
    tag_asides(drafts);
    tag_shown_families(drafts);
    tag_slavic(drafts);
    let has_family = drafts.iter().any(|draft| matches!(draft.tag, Tag::Family | Tag::Nisba));
    if !has_family {
        tag_family_kunya(drafts);
    }
    let has_family = drafts.iter().any(|draft| matches!(draft.tag, Tag::Family | Tag::Nisba));
    let open: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].tag == Tag::Unknown).collect();
    let Some((&first, rest)) = open.split_first() else { return };
    if !drafts[first].core.is_empty() {
        set(&mut drafts[first], Tag::Given, "first of the names");
    }
    for (nth, &at) in rest.iter().enumerate() {
        let last = nth + 1 == rest.len() && at + 1 == drafts.len();
        let (tag, reason) = if last && !has_family {
            (Tag::Family, "last of the names")
        } else if shows_arabic || Script::of_text(&drafts[at].core) == Script::Arabic {
            (Tag::Patronymic, "follows the given name in the chain")
        } else {
            (Tag::Unknown, "between given and family name")
        };
        set(&mut drafts[at], tag, reason);
    }
}

fn set(draft: &mut Draft, tag: Tag, reason: &'static str) {
    (draft.tag, draft.reason) = (tag, reason);
}

/// Bynames stand in brackets or quotation marks behind or between the names.
fn tag_asides(drafts: &mut [Draft]) {
    if drafts.iter().all(|draft| draft.is_aside || !draft.tag.is_content()) {
        return;
    }
    for draft in drafts.iter_mut().filter(|d| d.is_aside && d.tag == Tag::Unknown) {
        set(draft, Tag::Laqab, "byname in brackets or quotation marks");
    }
}

/// Families by comma, capitals, preposition or ending.
fn tag_shown_families(drafts: &mut [Draft]) {
    let some_small = drafts.iter().any(|draft| draft.tag.is_content() && !draft.capitals);
    // A comma before mere suffixes ("Jr.") parts no family name.
    let comma = drafts.iter().position(|draft| draft.comma_after);
    let comma = comma.filter(|at| drafts[at + 1..].iter().any(|draft| draft.tag.is_content()));
    let mut names_before = 0;
    for (at, draft) in drafts.iter_mut().enumerate() {
        if draft.tag == Tag::Unknown {
            if comma.is_some_and(|comma| at <= comma) {
                set(draft, Tag::Family, "stands before the comma");
            } else if draft.capitals && some_small {
                set(draft, Tag::Family, "written in capitals");
            } else if draft.after_family_particle {
                set(draft, Tag::Family, "after a preposition of family names");
            } else if endings::is_family(&draft.core)
                || endings::may_be_family(&draft.core)
                    && (names_before > 0 || draft.core.chars().count() > 8)
            {
                set(draft, Tag::Family, "ending of a family name");
            }
        }
        names_before += usize::from(draft.tag.is_content());
    }
}

/// A patronymic closes "family, given, patronymic" and stands amid "given, patronymic, family".
/// The last of two names is a family name that was once a patronymic.
fn tag_slavic(drafts: &mut [Draft]) {
    let names: Vec<usize> = (0..drafts.len())
        .filter(|&at| drafts[at].tag.is_content() && drafts[at].tag != Tag::Initial)
        .collect();
    let is_patronymic = |draft: &Draft| draft.reason == PATRONYMIC_ENDING;
    match names[..] {
        [first, last] if drafts[first].tag == Tag::Unknown && is_patronymic(&drafts[last]) => {
            // "Sergei Anatolevich" without a family name is a form of address as well, so the
            // endings of women stay.
            let is_male = drafts[last].core.ends_with(['h', 'ч']);
            if is_male {
                set(&mut drafts[last], Tag::Family, "last of two names");
            }
        }
        [first, second, third]
            if is_patronymic(&drafts[third])
                && drafts[first].tag == Tag::Unknown
                && drafts[second].tag == Tag::Unknown =>
        {
            set(&mut drafts[first], Tag::Family, "first of three names with the patronymic last");
        }
        _ => {}
    }
}

/// "Samir Abu Zayd": a kunya behind other names has become the name of the family.
fn tag_family_kunya(drafts: &mut [Draft]) {
    let Some((last, before)) = drafts.split_last_mut() else { return };
    let named = before.iter().any(|draft| draft.tag == Tag::Unknown);
    let parted = before.last().is_some_and(|draft| draft.comma_after);
    if last.tag == Tag::Kunya && named && !parted && !last.is_aside {
        set(last, Tag::Family, "abu behind the other names: family name");
    }
}
