//! Templates: layouts taught from one marked example, as a file that people can read and edit.
//!
//! A template holds the labels of a sheet, which key each asks for, and where the answers stand.
//! It is laid over a document that has most of its labels; what it says of a label goes before the
//! lexicon, and what it does not name is read as on any form. `learn` makes templates.

use std::collections::{BTreeMap, BTreeSet};

use model::Layout;
use serde::{Deserialize, Serialize};

use crate::Key;
use crate::fold::{fold, likeness};
use crate::grid::all_grids;
use crate::inline;
use crate::lexicon::{Target, strip_number};
use crate::question::Direction;

/// The version of the file.
const VERSION: u32 = 1;
/// Labels of a template; the longest form we know has 60. Chosen by hand.
pub(crate) const LABELS_MAX: usize = 400;
/// Share of its labels that a document must have for a template to hold, and the number up to which
/// all of them must be there. Chosen by hand: offices drop or add a question or two.
const SHARE_LEAST: (usize, usize) = (3, 5);
const ALL_UP_TO: usize = 3;
/// Least likeness of a misread label to one of a template. Chosen by hand: one letter in five.
const LIKE_LEAST: f32 = 0.8;

/// A taught layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    file: TemplateFile,
    /// By folded text without gaps: what a label is, and where its own answer stands.
    labels: BTreeMap<String, (Found, Option<AnswerPlace>)>,
}

/// Where answers stand, seen from their labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerPlace {
    /// In the next cell, in reading order.
    After,
    /// In the cell before.
    Before,
    /// In the cell or line below.
    Below,
    /// In the cell or line above.
    Above,
    /// In the same cell or line.
    Same,
    /// In the column below a header; each row is one record.
    Column,
}

/// A template as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateFile {
    /// The version of the file, 1.
    pub version: u32,
    /// What records of this layout say under `template`.
    pub name: String,
    /// The language of the labels, as a code of two letters, or empty.
    #[serde(default)]
    pub language: String,
    /// What it was learnt from.
    #[serde(default)]
    pub origin: String,
    /// Where answers stand, but for labels that say otherwise.
    pub answers: AnswerPlace,
    /// The labels in reading order.
    #[serde(rename = "label")]
    pub labels: Vec<TemplateLabel>,
}

/// A label of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateLabel {
    /// The wording.
    pub text: String,
    /// The key that it asks for, or two of them: `birth_date + nationality`. Without a key it is
    /// known to be a label, and the lexicon says what of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Where its answer stands, if elsewhere than those of the other labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswerPlace>,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Not TOML, or not of our shape.
    #[error("not a template: {0}")]
    Shape(String),
    /// Made for another version.
    #[error("a template of version {0}, where 1 is known")]
    Version(u32),
    /// A key that no form has.
    #[error("no key is called {0}")]
    Key(String),
    /// A name that cannot name a file.
    #[error("{0:?} cannot be a template's name: letters, digits, `.`, `-` and `_` only")]
    Name(String),
    /// No label has a key, or there are too many labels.
    #[error("a template needs labels with keys, and {LABELS_MAX} labels at most")]
    Labels,
}

/// What a template says of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// It asks for this.
    Key(Target),
    /// It is a label.
    Label,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// Where the text is no template.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let file: TemplateFile =
            toml::from_str(text).map_err(|e| TemplateError::Shape(e.message().to_owned()))?;
        Self::of_file(file)
    }

    /// A template of what its file says.
    ///
    /// # Errors
    /// Where a name or key is none, or no label has a key.
    pub fn of_file(file: TemplateFile) -> Result<Self, TemplateError> {
        if file.version != VERSION {
            return Err(TemplateError::Version(file.version));
        }
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        if file.name.is_empty() || file.name.starts_with('.') || !file.name.chars().all(sound) {
            return Err(TemplateError::Name(file.name));
        }
        let mut labels = BTreeMap::new();
        for label in &file.labels {
            let found = match &label.key {
                None => Found::Label,
                Some(key) => Found::Key(target(key)?),
            };
            let compact = compact(&label.text);
            if !compact.is_empty() {
                labels.entry(compact).or_insert((found, label.answers));
            }
        }
        if file.labels.len() > LABELS_MAX || labels.values().all(|(f, _)| *f == Found::Label) {
            return Err(TemplateError::Labels);
        }
        Ok(Self { file, labels })
    }

    /// The file's text.
    ///
    /// # Errors
    /// Never for a template that was parsed or learnt.
    pub fn to_text(&self) -> Result<String, TemplateError> {
        let body = toml::to_string(&self.file).map_err(|e| TemplateError::Shape(e.to_string()))?;
        Ok(format!(
            "# A layout that was taught: which label asks for which key. It may be edited; a label\n\
             # without a key is known to be one, and the built-in wordings say what it asks for.\n{body}"
        ))
    }

    /// What it says.
    pub fn file(&self) -> &TemplateFile {
        &self.file
    }

    /// What it says of a label, misread ones included.
    pub(crate) fn find(&self, label: &str) -> Option<Found> {
        self.nearest(label).map(|(found, _)| found)
    }

    /// Where the answer to a label stands, seen from it, if the template says so of this one.
    pub(crate) fn direction_of(&self, label: &str) -> Option<Direction> {
        direction(self.nearest(label)?.1?)
    }

    fn nearest(&self, label: &str) -> Option<(Found, Option<AnswerPlace>)> {
        let own = compact(label);
        if let Some(found) = self.labels.get(&own) {
            return Some(*found);
        }
        let chars: Vec<char> = own.chars().collect();
        let mut best = None;
        for (text, found) in &self.labels {
            let alike = likeness(&chars, &text.chars().collect::<Vec<_>>(), LIKE_LEAST);
            if alike > 0.0 && best.is_none_or(|(known, _)| alike > known) {
                best = Some((alike, *found));
            }
        }
        best.map(|(_, found)| found)
    }

    /// What it says of a label that is one of its own but for case, accents and punctuation.
    pub(crate) fn find_exact(&self, label: &str) -> Option<Found> {
        self.labels.get(&compact(label)).map(|(found, _)| *found)
    }

    pub(crate) fn direction(&self) -> Option<Direction> {
        direction(self.file.answers)
    }

    /// How many of its labels stand in a document, if enough.
    fn holds(&self, texts: &BTreeSet<String>) -> Option<usize> {
        let begins = |label: &String| {
            texts.range(label.clone()..).next().is_some_and(|text| text.starts_with(label.as_str()))
        };
        let missing: Vec<&String> = self.labels.keys().filter(|l| !begins(l)).collect();
        let mut found = self.labels.len() - missing.len();
        let all = self.labels.len();
        let needed =
            if all <= ALL_UP_TO { all } else { (all * SHARE_LEAST.0).div_ceil(SHARE_LEAST.1) };
        // Misread labels are looked for only where some were read.
        if found < needed && found * 4 >= all {
            let texts: Vec<Vec<char>> = texts.iter().map(|t| t.chars().collect()).collect();
            for label in missing {
                let label: Vec<char> = label.chars().collect();
                found += usize::from(texts.iter().any(|t| likeness(t, &label, LIKE_LEAST) > 0.0));
            }
        }
        (found >= needed && found > 0).then_some(found)
    }
}

/// Where to look from a label; the same cell and the column below are looked at in any case.
fn direction(answers: AnswerPlace) -> Option<Direction> {
    match answers {
        AnswerPlace::After => Some(Direction::Next),
        AnswerPlace::Before => Some(Direction::Previous),
        AnswerPlace::Below => Some(Direction::Below),
        AnswerPlace::Above => Some(Direction::Above),
        AnswerPlace::Same | AnswerPlace::Column => None,
    }
}

/// The template whose labels a document has most of; the first by name of equals.
pub(crate) fn choose<'a>(templates: &'a [Template], layout: &Layout) -> Option<&'a Template> {
    if templates.is_empty() {
        return None;
    }
    let texts = label_texts(layout);
    let mut best: Option<(usize, &Template)> = None;
    for template in templates {
        let Some(found) = template.holds(&texts) else { continue };
        let better = best.is_none_or(|(known, other)| {
            found > known || found == known && template.file.name < other.file.name
        });
        if better {
            best = Some((found, template));
        }
    }
    best.map(|(_, template)| template)
}

/// Every text of a document that may be a label, folded and without gaps.
fn label_texts(layout: &Layout) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for grid in all_grids(layout) {
        for cell in grid.rows.iter().flatten() {
            out.insert(compact(&crate::grid::text_of(cell)));
            for span in cell {
                out.insert(compact(&span.text));
                if let Some((head, _)) = inline::cut(&span.text) {
                    out.insert(compact(head));
                }
            }
        }
    }
    out.remove("");
    out
}

/// A label without number, gaps and punctuation.
pub(crate) fn compact(label: &str) -> String {
    fold(&strip_number(label).text).replace(' ', "")
}

fn target(key: &str) -> Result<Target, TemplateError> {
    let parse = |word: &str| {
        Key::parse(word.trim()).ok_or_else(|| TemplateError::Key(word.trim().to_owned()))
    };
    match key.split_once('+') {
        None => Ok(Target::One(parse(key)?)),
        Some((first, second)) => Ok(Target::Two(parse(first)?, parse(second)?)),
    }
}
