//! What a label asks for, by the lexicon and, where one applies, by a taught template.
//!
//! Made anew for each document. Knows no places; where answers stand a template may say as well.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

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
    /// Labels and answers are asked for several times while a document is looked at.
    asked: RefCell<FxHashMap<String, Vec<Match>>>,
}

impl<'a> Labels<'a> {
    pub(crate) fn new(template: Option<&'a Template>) -> Self {
        Self { template, asked: RefCell::default() }
    }

    /// What a label may ask for, best first.
    pub(crate) fn matches(&self, label: &str) -> Vec<Match> {
        if let Some(known) = self.asked.borrow().get(label) {
            return known.clone();
        }
        let found = self.look_up(label);
        self.asked.borrow_mut().insert(label.to_owned(), found.clone());
        found
    }

    fn look_up(&self, label: &str) -> Vec<Match> {
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

    /// Where the template says that answers stand, seen from their labels.
    pub(crate) fn direction(&self) -> Option<Direction> {
        self.template.and_then(Template::direction)
    }
}
