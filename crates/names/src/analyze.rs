//! Owns the analysis of a name: text to words, words to parts, parts to tags with reasons.
//! Does not compare. Invariants: never panics, keeps the order written, gives every part a reason.

mod class;
mod eastern;
mod endings;
mod join;
mod legal;
mod mrz;
mod number;
mod order;
mod organization;
mod person;
mod reading;
mod words;

use crate::part::{Kind, Tag};
pub(crate) use reading::readings;
use words::Word;

/// A part before it gets its comparable form.
#[expect(clippy::struct_excessive_bools, reason = "each is one observation on the writing")]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) core: String,
    /// The core as the learned model reads it, less folded.
    pub(crate) spelled: String,
    pub(crate) tag: Tag,
    pub(crate) reason: &'static str,
    pub(crate) article: bool,
    capitals: bool,
    comma_after: bool,
    dot_after: bool,
    is_aside: bool,
    after_family_particle: bool,
}

/// Takes `text` apart as a name of `kind`.
pub(crate) fn analyze(text: &str, kind: Kind) -> Vec<Draft> {
    let words = words::words(text, kind);
    let organization = match kind {
        Kind::Person => false,
        Kind::Organization | Kind::Vessel => true,
        Kind::Other => legal::names_organization(&words),
    };
    if organization {
        organization::organization_parts(&words, kind)
    } else {
        person::person_parts(&words)
    }
}

/// Why a title, a form or a class word counts as a name.
pub(crate) const NOTHING_ELSE: &str = "nothing else in the name";

/// A name of nothing but titles or forms is made of these; if it has class words, of these.
fn keep_content(drafts: &mut [Draft]) {
    if drafts.iter().any(|draft| draft.tag.is_content()) {
        return;
    }
    let is_class = |draft: &Draft| draft.tag == Tag::ClassWord && draft.core != "company";
    let has_class = drafts.iter().any(is_class);
    for draft in drafts.iter_mut().filter(|draft| !has_class || is_class(draft)) {
        draft.tag = Tag::Unknown;
        draft.reason = NOTHING_ELSE;
    }
}

fn draft(
    words: &[Word],
    at: usize,
    taken: usize,
    core: String,
    tag: Tag,
    reason: &'static str,
) -> Draft {
    let mut text = String::new();
    for (offset, word) in words[at..at + taken].iter().enumerate() {
        text.push_str(&word.text);
        if offset + 1 < taken {
            text.push(match (word.hyphen_after, word.slash_after) {
                (true, _) => '-',
                (_, true) => '/',
                _ => ' ',
            });
        }
    }
    let spelled = words[at + taken - 1].spelled_like(&core);
    Draft {
        text,
        core,
        spelled,
        tag,
        reason,
        article: false,
        capitals: false,
        comma_after: words[at + taken - 1].comma_after,
        dot_after: words[at + taken - 1].dot_after,
        is_aside: false,
        after_family_particle: false,
    }
}
