//! Owns the roles that position, writing and endings give to the names of a person: given name,
//! names of the fathers, family name. Does not join words.
//! Invariant: only parts without a role, and kunyas and patronymics that turn out to be family
//! names, get a new one; each with its reason.

use super::{Draft, eastern, endings};
use crate::Script;
use crate::part::Tag;

pub(super) const PATRONYMIC_ENDING: &str = "ending of a patronymic";

/// "y" of Spanish double surnames, "e" and "i" of its neighbours.
pub(super) const CONJUNCTION: &str = "and: parts the family names of father and mother";

const AFTER_PARTICLE: &str = "after a preposition of family names";

/// Given, father's names and family by what the writing shows, else by position.
pub(super) fn tag_by_position(drafts: &mut [Draft], shows_arabic: bool) {
    tag_asides(drafts);
    tag_shown_families(drafts);
    tag_double_surname(drafts);
    tag_slavic(drafts);
    if !has_family(drafts) {
        tag_family_kunya(drafts);
    }
    if !has_family(drafts) {
        eastern::tag_family_first(drafts, shows_arabic);
    }
    let has_family = has_family(drafts);
    let open: Vec<usize> = (0..drafts.len()).filter(|&at| drafts[at].tag == Tag::Unknown).collect();
    let Some((&first, rest)) = open.split_first() else { return };
    // Titles, suffixes, kunyas and bynames may still follow the last name.
    let closes = |drafts: &[Draft], at: usize| {
        drafts[at + 1..]
            .iter()
            .all(|draft| draft.is_aside || draft.tag == Tag::Kunya || !draft.tag.is_content())
    };
    let (tag, reason) = role_of_first(drafts, first, rest.is_empty(), has_family);
    set(&mut drafts[first], tag, reason);
    for (nth, &at) in rest.iter().enumerate() {
        let last = nth + 1 == rest.len() && closes(drafts, at);
        let (tag, reason) = if last && !has_family {
            (Tag::Family, "last of the names")
        } else if last && drafts[at - 1].reason == AFTER_PARTICLE {
            (Tag::Family, "follows another family name")
        } else if shows_arabic || Script::of_text(&drafts[at].core) == Script::Arabic {
            (Tag::Patronymic, "follows the given name in the chain")
        } else {
            (Tag::Unknown, "between given and family name")
        };
        set(&mut drafts[at], tag, reason);
    }
}

fn has_family(drafts: &[Draft]) -> bool {
    drafts.iter().any(|draft| matches!(draft.tag, Tag::Family | Tag::Nisba))
}

/// The first open name is the given name, unless initials or a kunya stand for that.
fn role_of_first(
    drafts: &[Draft],
    first: usize,
    is_only: bool,
    has_family: bool,
) -> (Tag, &'static str) {
    const NISBA_LETTERS: usize = 6;
    let before = || drafts[..first].iter().filter(|draft| draft.tag.is_content());
    let core = &drafts[first].core;
    if is_only && !has_family && before().count() > 0 {
        if before().all(|draft| draft.tag == Tag::Initial) {
            return (Tag::Family, "follows initials");
        }
        let is_kunya = before().all(|draft| draft.tag == Tag::Kunya);
        if is_kunya && core.ends_with(['i', 'ي']) && core.chars().count() >= NISBA_LETTERS {
            return (Tag::Nisba, "final i behind a kunya: origin, tribe or trade");
        }
    }
    (Tag::Given, "first of the names")
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
    // A comma before mere suffixes ("Jr.") or a kunya parts no family name.
    let comma = drafts.iter().position(|draft| draft.comma_after);
    let is_name = |draft: &Draft| draft.tag.is_content() && draft.tag != Tag::Kunya;
    let comma = comma.filter(|at| drafts[at + 1..].iter().any(is_name));
    let mut names_before = 0;
    for (at, draft) in drafts.iter_mut().enumerate() {
        // "Abu Zayd, Samir": a kunya before the comma is the name of the family as well.
        let before_comma = comma.is_some_and(|comma| at <= comma);
        if draft.tag == Tag::Kunya && before_comma {
            set(draft, Tag::Family, "stands before the comma");
        }
        if draft.tag == Tag::Unknown {
            if before_comma {
                set(draft, Tag::Family, "stands before the comma");
            } else if draft.capitals && some_small {
                set(draft, Tag::Family, "written in capitals");
            } else if draft.after_family_particle {
                set(draft, Tag::Family, AFTER_PARTICLE);
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

/// "Qandil y Zarquno": both are family names, if a given name goes before.
fn tag_double_surname(drafts: &mut [Draft]) {
    let Some(and) = drafts.iter().position(|draft| draft.reason == CONJUNCTION) else { return };
    if and < 2 || and + 1 >= drafts.len() {
        return;
    }
    for at in [and - 1, and + 1] {
        if drafts[at].tag == Tag::Unknown {
            set(&mut drafts[at], Tag::Family, "one of two family names joined by and");
        }
    }
}

/// A patronymic closes "family, given, patronymic" and stands amid "given, patronymic, family".
fn tag_slavic(drafts: &mut [Draft]) {
    let names: Vec<usize> = (0..drafts.len())
        .filter(|&at| drafts[at].tag.is_content() && drafts[at].tag != Tag::Initial)
        .collect();
    let is_patronymic = |draft: &Draft| draft.reason == PATRONYMIC_ENDING;
    match names[..] {
        [first, last]
            if drafts[first].tag == Tag::Unknown
                && is_patronymic(&drafts[last])
                && drafts[last].core.is_ascii()
                && drafts[last].core.ends_with('h') =>
        {
            // In Cyrillic a given name with patronymic is a form of address; elsewhere the second
            // of two names is the name of the family.
            set(&mut drafts[last], Tag::Family, "last of two names");
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
