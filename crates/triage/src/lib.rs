//! Clusters, list matches and claims to leads, in the order of the case's rules.
//!
//! Proposes and never decides: every status is a proposal (law 3), a name alone never rises above
//! `possible` (law 8), relatives and recommenders inherit nothing (law 5), and `not_found` says
//! where it was looked for (law 6).
//!
//! It compares no names and reads no clock: it weighs the explanations that `resolve` made.

pub mod life;
pub mod list_change;
pub mod minor;
pub mod network;
pub mod propose;
pub mod rank;
pub mod review;
pub mod rules;
pub mod statistics;
pub mod status;
pub mod words;

pub use list_change::{compare_versions, says_same};
pub use minor::may_be_minor;
pub use network::{Network, Tie, TieKind, TieLink};
pub use propose::{Candidate, Person, Searched, fold_members, propose_lead, propose_leads};
pub use rank::{Facts, Ranked, rank_queue};
pub use review::{
    Policy, PolicyError, ReviewState, SECOND_TAG, Second, decided_status, review_state,
    state_of_votes,
};
pub use rules::{Rules, RulesError};
pub use statistics::Statistics;
pub use words::Words;

#[cfg(test)]
mod tests;
