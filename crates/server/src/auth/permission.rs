//! What each role may do: one table.
//!
//! Invariant: nothing else in this crate compares roles.

use model::Role;

/// Something that may be allowed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Permission {
    /// Nobody has to sign in: health, the login page, the style sheet.
    Anyone,
    /// Everybody who is signed in: the own account, the list of the own cases.
    SignedIn,
    /// Leads, records, documents as text and page images, lists, statistics.
    View,
    /// Searching.
    Search,
    /// The original bytes of a document.
    Original,
    /// Judgements, corrections, life claims, gradings, notes, assignments, tags; their undo.
    Judge,
    /// Decisions on leads.
    Decide,
    /// Decisions after another's, which a reviewer sees.
    Review,
    /// Decisions on which two people differ.
    Settle,
    /// Files that leave the case, without sensitive fields.
    Export,
    /// Exports with sensitive fields.
    ExportSensitive,
    /// Work that recomputes the case from what it has.
    Run,
    /// New files, lists and templates.
    Add,
    /// Rules, review policy, purpose, retention.
    Settings,
    /// Restricting, rectifying, erasing; categories of subjects.
    Protect,
    /// What is restricted.
    SeeRestricted,
    /// The audit log of a case.
    Audit,
    /// Who is in a case, in which role.
    Members,
    /// Accounts of the desk, and its own log.
    Accounts,
}

/// One row for each permission; the columns are those of [`Role::ALL`]: reader, analyst, reviewer,
/// lead, admin. An admin who is to see a case is made a member of it.
const TABLE: [(Permission, [bool; 5]); 19] = {
    use Permission::{
        Accounts, Add, Anyone, Audit, Decide, Export, ExportSensitive, Judge, Members, Original,
        Protect, Review, Run, Search, SeeRestricted, Settings, Settle, SignedIn, View,
    };
    const Y: bool = true;
    const N: bool = false;
    [
        (Anyone, [Y, Y, Y, Y, Y]),
        (SignedIn, [Y, Y, Y, Y, Y]),
        (View, [Y, Y, Y, Y, N]),
        (Search, [Y, Y, Y, Y, N]),
        (Original, [N, Y, Y, Y, N]),
        (Judge, [N, Y, Y, Y, N]),
        (Decide, [N, Y, Y, Y, N]),
        (Review, [N, N, Y, Y, N]),
        (Settle, [N, N, N, Y, N]),
        (Export, [N, Y, Y, Y, N]),
        (ExportSensitive, [N, N, N, Y, N]),
        (Run, [N, Y, Y, Y, N]),
        (Add, [N, N, N, Y, N]),
        (Settings, [N, N, N, Y, N]),
        (Protect, [N, N, N, Y, N]),
        (SeeRestricted, [N, N, N, Y, N]),
        (Audit, [N, N, N, Y, N]),
        (Members, [N, N, N, Y, Y]),
        (Accounts, [N, N, N, N, Y]),
    ]
};

impl Permission {
    /// All of them, in the order of the table.
    #[cfg(test)]
    pub(crate) const ALL: [Permission; 19] = {
        let mut all = [Permission::Anyone; 19];
        let mut i = 0;
        while i < 19 {
            all[i] = TABLE[i].0;
            i += 1;
        }
        all
    };

    /// Whether it changes anything; a token may be kept to what does not.
    pub(crate) fn writes(self) -> bool {
        use Permission::{
            Accounts, Add, Anyone, Audit, Decide, Export, ExportSensitive, Judge, Members,
            Original, Protect, Review, Run, Search, SeeRestricted, Settings, Settle, SignedIn,
            View,
        };
        match self {
            Anyone | SignedIn | View | Search | Original | Export | ExportSensitive
            | SeeRestricted | Audit => false,
            Judge | Decide | Review | Settle | Run | Add | Settings | Protect | Members
            | Accounts => true,
        }
    }

    /// The word for programs, of what is asked for in a case; what everybody may has none.
    fn word(self) -> Option<&'static str> {
        Some(match self {
            Permission::Anyone | Permission::SignedIn | Permission::Accounts => return None,
            Permission::View => "view",
            Permission::Search => "search",
            Permission::Original => "original",
            Permission::Judge => "judge",
            Permission::Decide => "decide",
            Permission::Review => "review",
            Permission::Settle => "settle",
            Permission::Export => "export",
            Permission::ExportSensitive => "export_sensitive",
            Permission::Run => "run",
            Permission::Add => "add",
            Permission::Settings => "settings",
            Permission::Protect => "protect",
            Permission::SeeRestricted => "see_restricted",
            Permission::Audit => "audit",
            Permission::Members => "members",
        })
    }

    /// What a role may do in a case, in words.
    pub(crate) fn words_of(role: Role) -> Vec<&'static str> {
        let own = TABLE.iter().map(|(permission, _)| *permission).filter(|p| p.is_of(role));
        own.filter_map(Permission::word).collect()
    }

    /// Whether a role has it.
    pub(crate) fn is_of(self, role: Role) -> bool {
        let row = TABLE.iter().find(|(permission, _)| *permission == self);
        let column = Role::ALL.iter().position(|known| *known == role);
        match (row, column) {
            (Some((_, may)), Some(column)) => may[column],
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_role_in_a_case_may_all_that_a_lower_one_may() {
        for permission in Permission::ALL {
            for pair in [Role::Reader, Role::Analyst, Role::Reviewer, Role::Lead].windows(2) {
                assert!(
                    !permission.is_of(pair[0]) || permission.is_of(pair[1]),
                    "{permission:?} is of {} and not of {}",
                    pair[0],
                    pair[1]
                );
            }
        }
    }

    #[test]
    fn an_admin_sees_nothing_of_a_case() {
        for permission in Permission::ALL {
            let outside = [
                Permission::Anyone,
                Permission::SignedIn,
                Permission::Members,
                Permission::Accounts,
            ];
            assert_eq!(
                permission.is_of(Role::Admin),
                outside.contains(&permission),
                "{permission:?}"
            );
        }
    }
}
