//! Closed sets of words on the wire, each with its noun of the model.

use model::{
    AuditAction, ChangeKind, DocumentState, Grade, Level, LifeStatus, Role, Status, Verdict,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::ApiError;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $noun:ident { $($(#[$each:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name {
            $($(#[$each])* $variant),+
        }

        impl From<$noun> for $name {
            fn from(noun: $noun) -> Self {
                match noun { $($noun::$variant => Self::$variant),+ }
            }
        }

        impl From<$name> for $noun {
            fn from(word: $name) -> Self {
                match word { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}

words!(
    /// The six statuses. A proposal, or what a person decided.
    StatusWord = Status {
        Listed, ListedReportedDead, ReportedDead, Possible, NotFound, TooLittleData,
    }
);
words!(
    /// What somebody is in a case, or on the desk.
    RoleWord = Role { Reader, Analyst, Reviewer, Lead, Admin }
);
words!(
    /// What the audit log tells of.
    ActionWord = AuditAction {
        View, Search, Edit, Decision, Export, Erase, Login, Denied, Account, Mended,
    }
);
words!(
    /// What is said of a pair.
    VerdictWord = Verdict { Same, Different, Related, Unsure }
);
words!(
    /// Reported life status.
    LifeWord = LifeStatus { Unknown, ReportedDead, Disputed }
);
words!(
    /// Outcome class of one comparison.
    LevelWord = Level { Conflict, Missing, Near, Agree }
);
words!(
    /// What happened to an entity between two versions of a list.
    ChangeWord = ChangeKind { Added, Removed, Changed }
);
words!(
    /// Where a file ended.
    DocumentStateWord = DocumentState {
        Read, PartlyRead, Encrypted, Unsupported, Corrupt, RefusedByLimit, Empty, Duplicate,
    }
);

/// A grade as people write it, `A1` to `F6`.
pub(crate) fn grade_word(grade: Grade) -> String {
    format!("{:?}{}", grade.reliability, grade.credibility as u8 + 1)
}

/// The grade that a word writes.
pub(crate) fn parse_grade(word: &str) -> Result<Grade, ApiError> {
    let parse = || {
        let (letter, digit) = word.split_at_checked(1)?;
        let reliability = serde_json::from_value(letter.into()).ok()?;
        let credibility = serde_json::from_value(digit.into()).ok()?;
        Some(Grade { reliability, credibility })
    };
    parse().ok_or_else(|| ApiError::invalid("a grade is written A1 to F6"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_they_are_written() {
        for word in ["A1", "B2", "F6"] {
            assert_eq!(grade_word(parse_grade(word).unwrap()), word);
        }
        for odd in ["", "A", "A7", "G1", "a1", "é1", "A11"] {
            assert!(parse_grade(odd).is_err(), "{odd}");
        }
    }
}
