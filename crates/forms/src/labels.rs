//! What a label asks for, by the lexicon and, where one applies, by a taught template.
//!
//! Made anew for each document. Knows no places; where answers stand a template may say as well.

use crate::lexicon::{Match, Target, lexicon};
use crate::question::Direction;
use crate::template::{Found, Template};

/// The target of a label that a template knows to be one and nothing more.
const LABEL_OF_TEMPLATE: Target = Target::Else(u8::MAX);
/// Score from which the lexicon is heard about a label that the template gives no key. Chosen by
/// hand.
const LEXICON_LEAST: f32 = 0.8;

/// The wordings that hold for one document.
pub(crate) struct Labels<'a> {
    template: Option<&'a Template>,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(template: Option<&'a Template>) -> Self {
        Self { template }
    }

    /// What a label may ask for, best first.
    pub(crate) fn matches(&self, label: &str) -> Vec<Match> {
        match self.template.and_then(|template| template.find(label)) {
            None => lexicon().matches(label),
            Some(Found::Key(target)) => vec![Match { target, score: 1.0 }],
            Some(Found::Label) => {
                let mut found = lexicon().matches(label);
                if found.first().is_none_or(|best| best.score < LEXICON_LEAST) {
                    found.insert(0, Match { target: LABEL_OF_TEMPLATE, score: 1.0 });
                }
                found
            }
        }
    }

    /// The target whose wording the text is, but for case, accents and punctuation.
    pub(crate) fn exact(&self, text: &str) -> Option<Target> {
        match self.template.and_then(|template| template.find_exact(text)) {
            Some(Found::Key(target)) => Some(target),
            Some(Found::Label) => lexicon().exact(text).or(Some(LABEL_OF_TEMPLATE)),
            None => lexicon().exact(text),
        }
    }

    /// Where the template says that the answer to this label stands, if elsewhere than the others'.
    pub(crate) fn direction_of(&self, label: &str) -> Option<Direction> {
        self.template?.direction_of(label)
    }

    /// Where the template says that answers stand, seen from their labels.
    pub(crate) fn direction(&self) -> Option<Direction> {
        self.template.and_then(Template::direction)
    }
}
