//! Second-person review: which leads need another person's decision, and where each lead stands.
//!
//! A state is a pure function of the lead, the decisions that stand and the case's policy. Which leads
//! are sampled follows from their ids, so nobody can choose them and every machine chooses the same.

use std::collections::BTreeMap;

use model::{LeadId, Standing, Status};
use serde::{Deserialize, Serialize};

/// The policy of a case: `policy.toml` in its folder.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Which leads a second person decides on as well.
    pub second: Second,
    /// Share of the leads that a second person decides on, for `sample`; 0 to 1.
    pub share: f64,
    /// Share of the leads that are shown without scores until decided; 0 to 1. They measure how far
    /// the score sways the decision.
    pub blind_share: f64,
    /// Statuses that always need a second person, whatever the sample, where there is one at all.
    pub always: Vec<Status>,
}

/// Which leads need a second person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Second {
    /// None.
    #[default]
    Off,
    /// A share of them.
    Sample,
    /// All.
    All,
}

/// Where a lead stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nobody decided since it came up.
    #[default]
    Undecided,
    /// One person decided; another has to, without seeing the first decision.
    NeedsSecond,
    /// Two people decided differently; the case lead has to.
    Disagreed,
    /// Two people decided the same.
    Agreed,
    /// Decided: no second person is needed, or a third one settled it.
    Decided,
}

/// The policy file does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// It is not the TOML that is expected.
    #[error("the policy file cannot be read")]
    Syntax(#[from] toml::de::Error),
    /// A share is none.
    #[error("{field} must lie between 0 and 1, not {value}")]
    OutOfBounds {
        /// The field.
        field: &'static str,
        /// Its value.
        value: f64,
    },
}

impl Policy {
    /// The text of the default policy, to be copied into a case that wants another.
    pub const DEFAULT: &str = include_str!("../data/policy.toml");

    /// Reads a policy.
    ///
    /// # Errors
    /// [`PolicyError`] if the text is not TOML, names an unknown field or holds a share outside 0..=1.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let policy: Policy = toml::from_str(text)?;
        for (field, value) in [("share", policy.share), ("blind_share", policy.blind_share)] {
            if !(0.0..=1.0).contains(&value) {
                return Err(PolicyError::OutOfBounds { field, value });
            }
        }
        Ok(policy)
    }

    /// Whether a lead is shown without its scores until decided.
    pub fn is_blind(&self, lead: &LeadId) -> bool {
        is_drawn("blind", lead, self.blind_share)
    }

    /// Whether a lead needs a second person once this status was decided.
    pub fn needs_second(&self, lead: &LeadId, decided: Status) -> bool {
        match self.second {
            Second::Off => false,
            Second::All => true,
            Second::Sample => {
                self.always.contains(&decided) || is_drawn("second", lead, self.share)
            }
        }
    }
}

/// Where a lead stands. Decisions before the lead last came up again do not count; of each person
/// the last one does, and people count in the order of their first.
pub fn review_state(lead: &LeadId, standing: &Standing, policy: &Policy) -> ReviewState {
    state_of_votes(&votes(lead, standing), |first| policy.needs_second(lead, first))
}

/// The tag by which people ask for a second person on a lead, whatever the policy says.
pub const SECOND_TAG: &str = "needs second";

/// Where a lead stands, by the last decision of each person since it came up, in the order in which
/// they first decided; `needs_second` says whether one like the first is enough.
pub fn state_of_votes(votes: &[Status], needs_second: impl Fn(Status) -> bool) -> ReviewState {
    match votes {
        [] => ReviewState::Undecided,
        [only] if needs_second(*only) => ReviewState::NeedsSecond,
        [first, second] if first == second => ReviewState::Agreed,
        // Where one is enough, whoever decides again settles it.
        [first, _] if !needs_second(*first) => ReviewState::Decided,
        [_, _] => ReviewState::Disagreed,
        // One where one is enough, or a third who settled it.
        _ => ReviewState::Decided,
    }
}

/// The status that stands for a lead by word of people: the one decided, or agreed on, or that the
/// third person settled; `None` while it is open.
pub fn decided_status(lead: &LeadId, standing: &Standing, policy: &Policy) -> Option<Status> {
    let votes = votes(lead, standing);
    match review_state(lead, standing, policy) {
        ReviewState::Agreed | ReviewState::Decided => votes.last().copied(),
        ReviewState::Undecided | ReviewState::NeedsSecond | ReviewState::Disagreed => None,
    }
}

/// The last decision of each person, in the order in which they first decided.
fn votes(lead: &LeadId, standing: &Standing) -> Vec<Status> {
    let since = standing.reopenings.get(lead).copied().unwrap_or_default();
    let decisions = standing.decisions.get(lead).map_or(&[][..], Vec::as_slice);
    let mut order: Vec<&str> = Vec::new();
    let mut last: BTreeMap<&str, Status> = BTreeMap::new();
    for decided in decisions.iter().filter(|d| d.seq > since) {
        let user = decided.by.user.as_str();
        if last.insert(user, decided.decision.status).is_none() {
            order.push(user);
        }
    }
    order.into_iter().filter_map(|user| last.get(user).copied()).collect()
}

/// Whether a lead falls into a share of all: the same everywhere and for good, since it follows from
/// the id alone. FNV-1a of 64 bits over what is drawn for and the id; the upper 32 bits decide.
fn is_drawn(purpose: &str, lead: &LeadId, share: f64) -> bool {
    let bytes = purpose.bytes().chain(*b"/").chain(lead.as_str().bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The last bytes reach the upper bits through one more round only.
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let drawn = u32::try_from(mixed >> 32).unwrap_or(u32::MAX);
    f64::from(drawn) < share * (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use model::{Act, By, Decision, Entry, Undo, journal::Reopening};
    use proptest::prelude::*;

    use super::*;

    fn entry(seq: u64, act: Act, user: &str) -> Entry {
        Entry { seq, act, by: By { user: user.to_owned(), ..By::default() } }
    }

    fn decided(seq: u64, user: &str, status: Status) -> Entry {
        let (lead_id, members) = ("l1".into(), vec!["l1".into()]);
        entry(seq, Act::Decision(Decision { lead_id, members, status, blind: false }), user)
    }

    fn state(entries: &[Entry], second: Second) -> ReviewState {
        let policy = Policy { second, ..Policy::default() };
        review_state(&"l1".into(), &Standing::of(entries), &policy)
    }

    const LISTED: Status = Status::Listed;
    const POSSIBLE: Status = Status::Possible;

    #[test]
    fn a_lead_goes_through_its_states() {
        let mut entries = Vec::new();
        assert_eq!(state(&entries, Second::All), ReviewState::Undecided);
        entries.push(decided(1, "one", LISTED));
        assert_eq!(state(&entries, Second::Off), ReviewState::Decided);
        assert_eq!(state(&entries, Second::All), ReviewState::NeedsSecond);
        entries.push(decided(2, "one", LISTED));
        assert_eq!(state(&entries, Second::All), ReviewState::NeedsSecond, "one is no two");
        entries.push(decided(3, "two", POSSIBLE));
        assert_eq!(state(&entries, Second::All), ReviewState::Disagreed);
        entries.push(decided(4, "three", POSSIBLE));
        assert_eq!(state(&entries, Second::All), ReviewState::Decided);
        let policy = Policy { second: Second::All, ..Policy::default() };
        let standing = Standing::of(&entries);
        assert_eq!(decided_status(&"l1".into(), &standing, &policy), Some(POSSIBLE));
        entries.push(entry(5, Act::Undo(Undo::Entry(3)), "two"));
        entries.push(entry(6, Act::Undo(Undo::Entry(4)), "three"));
        assert_eq!(state(&entries, Second::All), ReviewState::NeedsSecond);
        entries.push(decided(7, "two", LISTED));
        assert_eq!(state(&entries, Second::All), ReviewState::Agreed);
        let reopening = Reopening { lead_id: "l1".into(), cause: "list".into() };
        entries.push(entry(8, Act::Reopening(reopening), "crossroll"));
        assert_eq!(state(&entries, Second::All), ReviewState::Undecided);
    }

    #[test]
    fn the_default_policy_is_off_and_a_wrong_one_is_refused() {
        assert_eq!(Policy::parse(Policy::DEFAULT).unwrap(), Policy::default());
        assert!(matches!(Policy::parse("share = 2.0"), Err(PolicyError::OutOfBounds { .. })));
        assert!(matches!(Policy::parse("sharing = 0.5"), Err(PolicyError::Syntax(_))));
    }

    #[test]
    fn statuses_named_in_the_policy_always_need_a_second_person() {
        let policy = Policy::parse("second = \"sample\"\nalways = [\"listed\"]").unwrap();
        assert!(policy.needs_second(&"any".into(), LISTED));
        assert!(!policy.needs_second(&"any".into(), POSSIBLE));
    }

    proptest! {
        /// About the share is drawn, whatever the ids look like, and a larger share holds the smaller.
        #[test]
        fn a_share_is_drawn_evenly(share in 0.0..=1.0f64, prefix in "[a-f0-9]{0,16}") {
            let ids: Vec<LeadId> = (0..2_000).map(|n| format!("{prefix}-{n}").into()).collect();
            let drawn = ids.iter().filter(|id| is_drawn("second", id, share)).count();
            let expected = share * 2_000.0;
            prop_assert!((drawn as f64 - expected).abs() <= 6.0 * 23.0, "{drawn} of {expected}");
            let more = (share + 0.1).min(1.0);
            let holds = |id| !is_drawn("second", id, share) || is_drawn("second", id, more);
            prop_assert!(ids.iter().all(holds));
        }
    }
}
