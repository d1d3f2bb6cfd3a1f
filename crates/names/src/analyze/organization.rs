//! Owns the parts of the name of an organization, ship or aircraft, word by word.
//! Does not know persons. Invariant: every word is one part.

use super::words::Word;
use super::{Draft, draft};
use crate::compound;
use crate::lexicon::{self, Role};
use crate::part::{Kind, Tag};

pub(super) fn organization_parts(words: &[Word], kind: Kind) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let found =
            if kind == Kind::Vessel { None } else { lexicon::lookup_organizational(&word.folded) };
        let (tag, core, reason) = match found {
            Some((Role::LegalForm, form)) if at > 0 || words.len() > 1 => {
                (Tag::LegalForm, form.to_owned(), "legal form")
            }
            Some((Role::ClassWord, form)) => {
                (Tag::ClassWord, form.to_owned(), "kind of organization")
            }
            _ => plain_word(words, at, kind),
        };
        drafts.push(draft(words, at, 1, core, tag, reason));
    }
    drafts
}

fn plain_word(words: &[Word], at: usize, kind: Kind) -> (Tag, String, &'static str) {
    let folded = &words[at].folded;
    if folded.chars().all(|c| c.is_ascii_digit()) {
        return (Tag::Number, folded.clone(), "digits");
    }
    match lexicon::lookup(folded) {
        Some((Role::Article | Role::Particle, _)) if words.len() > 1 => {
            (Tag::Particle, folded.clone(), "preposition or article")
        }
        Some((Role::VesselPrefix, _)) if kind == Kind::Vessel && at == 0 && words.len() > 1 => {
            (Tag::Particle, folded.clone(), "kind of vessel")
        }
        _ => (Tag::Unknown, compound::strip_article(folded).to_owned(), "word of the name"),
    }
}
