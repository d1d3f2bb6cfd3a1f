//! What exit forms and death notices ask besides the keys of the entry form.
//!
//! FORM.md has keys for the entry form alone. These answers stand beside them, with a name of their
//! own on the wire and in the `Form` schema, so that nothing of such a sheet is lost.

use std::fmt;

use model::value::DateOrder;

use crate::Key;
use crate::fit::fit;
use crate::normalize::normalize;

/// A matter of an exit form or a death notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matter {
    /// Date of leaving.
    ExitDate,
    /// Reason for leaving.
    ExitReason,
    /// Where the border is crossed on the way out.
    ExitPoint,
    /// Where the person goes.
    Destination,
    /// When the person is to be back.
    ReturnDate,
    /// How long the leave is.
    LeaveLength,
    /// How the person died.
    DeathCause,
}

impl Matter {
    /// All of them, in the order of the sheets.
    pub const ALL: [Matter; 7] = [
        Matter::ExitDate,
        Matter::ExitReason,
        Matter::ExitPoint,
        Matter::Destination,
        Matter::ReturnDate,
        Matter::LeaveLength,
        Matter::DeathCause,
    ];

    /// The word used on the wire and in the `Form` schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Matter::ExitDate => "exit_date",
            Matter::ExitReason => "exit_reason",
            Matter::ExitPoint => "exit_point",
            Matter::Destination => "destination",
            Matter::ReturnDate => "return_date",
            Matter::LeaveLength => "leave_length",
            Matter::DeathCause => "death_cause",
        }
    }

    /// The matter named by the word.
    pub fn parse(word: &str) -> Option<Matter> {
        Self::ALL.into_iter().find(|matter| matter.as_str() == word)
    }

    /// Whether a sheet that asks it is about leaving.
    pub(crate) fn is_of_exit(self) -> bool {
        self != Matter::DeathCause
    }

    /// The key whose answers are of the same kind, if any.
    fn alike(self) -> Option<Key> {
        match self {
            Matter::ExitDate | Matter::ReturnDate => Some(Key::EntryDate),
            Matter::ExitPoint => Some(Key::EntryPoint),
            Matter::ExitReason | Matter::Destination | Matter::LeaveLength | Matter::DeathCause => {
                None
            }
        }
    }

    /// How well an answer fits; as [`fit`] has it.
    pub(crate) fn fit(self, text: &str) -> f32 {
        self.alike().map_or(0.0, |key| fit(key, text))
    }

    /// The normalised value of an answer, if it can be told.
    pub(crate) fn normalize(self, written: &str, order: DateOrder) -> Option<String> {
        match self.alike() {
            Some(key) => normalize(key, written, order).0,
            None => normalize(Key::Notes, written, order).0,
        }
    }
}

impl fmt::Display for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_matter_parses_from_its_word_and_is_no_key() {
        for matter in Matter::ALL {
            assert_eq!(Matter::parse(matter.as_str()), Some(matter));
            assert_eq!(Key::parse(matter.as_str()), None);
        }
    }
}
