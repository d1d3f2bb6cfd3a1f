//! Documents to statements: labels, answers, registers.
//!
//! [`read`] turns a [`model::Layout`] into [`FilledForm`]s, and
//! [`FilledForm::to_statements`] turns those into statements about a person, the form itself and
//! the people it mentions. Labels are told by meaning and resemblance over a lexicon in many
//! languages, never by the fixed wording of one template. What was written always stays beside
//! what it was taken to mean.
//!
//! No files are opened here, no text is recognised in images, and no two people are compared.

mod agree;
mod assign;
mod blood;
mod boxes;
mod breaks;
mod correct;
mod era;
mod eye;
mod fit;
mod fold;
mod form;
mod grid;
mod inline;
mod key;
mod kind;
mod labels;
mod learn;
mod lexicon;
mod matter;
mod normalize;
mod open_words;
mod question;
mod read;
mod reading;
mod record;
mod register;
mod skeleton;
mod split;
mod statements;
mod template;
mod vocabulary;

pub use correct::{CORRECTION, correct, is_correctable, record_of};
pub use form::{Answer, AnswerState, Detail, FilledForm, Flaw, Other};
pub use key::Key;
pub use learn::{LearnError, LearnOptions, Mark, learn};
pub use matter::Matter;
pub use read::{FormsRead, Options, UNKNOWN, UNKNOWN_LAYOUT, read};
pub use skeleton::{UnknownLayout, group_unknown};
pub use template::{AnswerPlace, Template, TemplateError, TemplateFile, TemplateLabel};
