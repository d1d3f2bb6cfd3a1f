//! What could not be read or done, as a thing to store, count and show.
//!
//! Bad input is not an error: a step returns what it understood and the problems it met.
//! Messages hold no personal data; the citation leads whoever may see it to the place.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Place;

/// One thing that went wrong with some input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The file (or member) it happened in; relative path as in the ledger.
    pub path: String,
    /// The step that met it.
    pub stage: Stage,
    /// Short stable word to count by, for example `row_cut_short`.
    pub kind: String,
    /// What happened, for people.
    pub message: String,
    /// Where, if known.
    pub place: Option<Place>,
}

/// The step that met a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Unpacking, hashing, parsing.
    Intake,
    /// Reading labels and answers.
    Forms,
    /// Loading a watchlist.
    Lists,
    /// Comparing.
    Resolve,
}

impl Problem {
    /// A problem of a whole file.
    pub fn new(
        stage: Stage,
        path: impl Into<String>,
        kind: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), stage, kind: kind.into(), message: message.into(), place: None }
    }

    /// The same problem with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(place) = &self.place {
            write!(f, ", {}", place.describe())?;
        }
        write!(f, ": {}", self.message)
    }
}
