//! A filled-in form: what stands under each key, and where.
//!
//! A value has five parts: the text as written, the normalised value, what that value leaves open,
//! the citation, and notes on how it was read. Nothing here reads; `read` fills these in and
//! `statements` turns them into claims.

use std::collections::BTreeMap;

use model::Citation;

use crate::Key;

/// One person's form, or one data row of a register.
#[derive(Clone, Debug, PartialEq)]
pub struct FilledForm {
    /// Which record of the document, from 0; in a register the data row, header excluded.
    pub row: u32,
    /// What kind of sheet it is, for example `entry_form` or `register`.
    pub template: String,
    /// An answer for every key, in the order of the questions.
    pub fields: BTreeMap<Key, Answer>,
    /// Labelled text that belongs to no key, in reading order. Nothing that was written is lost.
    pub others: Vec<Other>,
}

/// What a form says under one key.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether there is something to say at all.
    pub state: AnswerState,
    /// The text as written; of a form that was read by OCR, the best reading of it.
    pub written: Option<String>,
    /// The normalised value as it goes on the wire, several parted by `;`; `None` where the text
    /// could not be understood.
    pub normalized: Option<String>,
    /// What the normalised value leaves open.
    pub detail: Detail,
    /// Where it stands and how it was read.
    pub citation: Option<Citation>,
    /// What was done to read it that a reviewer should know, for example `snapped from "sinqle"`.
    pub notes: Vec<String>,
}

/// What there is to say of an answer beside its normalised value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// The calendar of a date, unless it is the Gregorian.
    pub calendar: Option<&'static str>,
    /// First and last day that a date of another calendar may mean: `2013-11-13/2013-11-14`.
    pub interval: Option<String>,
    /// The other values that the text allows, such as day and month exchanged.
    pub readings: Vec<String>,
    /// The country that was assumed for a phone number written without one.
    pub assumed: Option<String>,
    /// The country that an address names.
    pub country: Option<String>,
    /// What cannot be.
    pub flaws: Vec<Flaw>,
    /// The text as it was recognised, where a word of it was taken for misread.
    pub mended: Option<String>,
}

/// What of an answer cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A date has a part that does not exist: 31 February, month 13.
    Impossible,
    /// A date is after one of the same form that it must come before, whichever way they are read.
    After(Key),
}

/// The four states of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnswerState {
    /// Something is written. The word "none" is something.
    Stated,
    /// The question stands there, and nothing after it.
    NotStated,
    /// Something is written that could not be read.
    Unreadable,
    /// The form does not ask it.
    NotOnForm,
}

/// Labelled text of a form that none of the keys is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Other {
    /// What the label asks for, where the lexicon knows it: `gender`, `father_name` …
    pub kind: Option<String>,
    /// The label as written.
    pub label: String,
    /// The text as written.
    pub written: String,
    /// The normalised value of what an exit form or a death notice asks.
    pub normalized: Option<String>,
    /// Where it stands.
    pub citation: Citation,
}

impl AnswerState {
    /// The word used in stores and on screens.
    pub fn as_str(self) -> &'static str {
        match self {
            AnswerState::Stated => "stated",
            AnswerState::NotStated => "not_stated",
            AnswerState::Unreadable => "unreadable",
            AnswerState::NotOnForm => "not_on_form",
        }
    }
}

impl Detail {
    /// Whether the normalised value says all there is.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Flaw {
    /// The word used in stores and on screens, which is the kind of the problem too.
    pub fn as_str(self) -> &'static str {
        match self {
            Flaw::Impossible => "impossible_date",
            Flaw::After(_) => "dates_disagree",
        }
    }
}

impl Answer {
    /// The answer to a question that the form does not ask.
    pub fn not_on_form() -> Self {
        Self::blank(AnswerState::NotOnForm, None)
    }

    /// The answer to a question after which nothing stands.
    pub fn not_stated(citation: Option<Citation>) -> Self {
        Self::blank(AnswerState::NotStated, citation)
    }

    /// The answer to a question after which something stands that could not be read.
    pub fn unreadable(citation: Option<Citation>) -> Self {
        Self::blank(AnswerState::Unreadable, citation)
    }

    fn blank(state: AnswerState, citation: Option<Citation>) -> Self {
        let (detail, notes) = (Detail::default(), Vec::new());
        Self { state, written: None, normalized: None, detail, citation, notes }
    }
}

impl FilledForm {
    /// A form that asks nothing.
    pub fn new(row: u32, template: impl Into<String>) -> Self {
        let fields = Key::ALL.into_iter().map(|key| (key, Answer::not_on_form())).collect();
        Self { row, template: template.into(), fields, others: Vec::new() }
    }

    /// The text written under a key.
    pub fn written(&self, key: Key) -> Option<&str> {
        self.fields.get(&key)?.written.as_deref()
    }

    /// The normalised value under a key.
    pub fn normalized(&self, key: Key) -> Option<&str> {
        self.fields.get(&key)?.normalized.as_deref()
    }
}
