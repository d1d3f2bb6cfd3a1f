//! Why something that a person wanted to do to a case is not done. Nothing was changed then.

use model::LeadId;

/// Why something is not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotDone {
    /// There is no such thing.
    #[error("there is no such {what}")]
    NotFound {
        /// What was named.
        what: &'static str,
    },
    /// Somebody acted on it since it was looked at.
    #[error("somebody has acted on it since it was looked at")]
    Changed {
        /// Number of the last entry about it.
        now: u64,
    },
    /// Another number of leads is meant than was shown.
    #[error("{found} leads are meant now, {expected} were shown")]
    CountChanged {
        /// How many were shown.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Nothing but a name speaks for it, and that is not decided many at a time.
    #[error("nothing but names speaks for {} of them", leads.len())]
    NameAlone {
        /// The leads.
        leads: Vec<LeadId>,
    },
    /// Two people decided differently, which whoever leads the case settles.
    #[error("two people differ on {} of them", leads.len())]
    Disagreed {
        /// The leads.
        leads: Vec<LeadId>,
    },
    /// Somebody decided already, and a second person has to be a reviewer.
    #[error("a reviewer has to decide second on {} of them", leads.len())]
    NotReviewer {
        /// The leads.
        leads: Vec<LeadId>,
    },
    /// A reason must be given.
    #[error("a reason must be given")]
    NoReason,
    /// More than can be done at one go.
    #[error("more than {most} at one go")]
    TooMany {
        /// The most.
        most: usize,
    },
    /// A value makes no sense.
    #[error("{what}")]
    Invalid {
        /// What is wrong.
        what: String,
    },
}

impl NotDone {
    /// A value that makes no sense.
    pub fn invalid(what: impl Into<String>) -> Self {
        NotDone::Invalid { what: what.into() }
    }
}
