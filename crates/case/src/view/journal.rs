//! What people did to the leads of a view: the fold of the journal over them.
//!
//! An entry is about leads, not about ids: clusters change, and a decision made on records shows at
//! the lead that holds them now, as stale where its members differ.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use model::journal::{Assignment, Correction, Grading, LifeClaim, Mark, Note, Reopening};
use model::{Act, DatasetName, EntityId, Entry, Judgement, Status, Subject, Undo};

use triage::{Network, Policy, ReviewState, SECOND_TAG, state_of_votes};

use super::facets::{Column, Facet};
use super::people::{LeadRow, People};

/// What people did.
#[derive(Debug, Default)]
pub struct JournalView {
    /// Number of the last entry; 0 without any.
    pub seq: u64,
    /// All entries, oldest first.
    entries: Vec<Arc<Entry>>,
    /// Leads that each entry is about, by place, in order.
    about: Vec<Arc<[usize]>>,
    /// Numbers of entries that were taken back.
    gone: BTreeSet<u64>,
    states: Vec<Arc<LeadState>>,
    /// Facets that the journal gives, in the order of [`Facet::OF_JOURNAL`].
    columns: Vec<Column>,
    /// The judgement that holds on a pair: its entry's place.
    judged: BTreeMap<(EntityId, EntityId), usize>,
    /// Made when first asked for.
    pub(crate) network: OnceLock<Network>,
}

/// What people did with a lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeadState {
    /// The decision that holds.
    pub decision: Option<LeadDecision>,
    /// Whether a second person has to decide, did, or decided otherwise.
    pub review: ReviewState,
    /// The last decision of each person since it came up, in the order in which they first decided.
    votes: Vec<(String, Status)>,
    /// Who has to look at it.
    pub assignee: Option<String>,
    /// Until when.
    pub due: Option<String>,
    /// Marks, kind and value.
    pub marks: BTreeSet<(String, String)>,
    /// Notes that stand.
    pub notes: usize,
    /// Why it came up again after the decision, if it did.
    pub reopened: Option<String>,
    /// Number of the last entry about it; 0 without any.
    pub touched: u64,
}

/// A decision that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadDecision {
    /// Number of its entry.
    pub seq: u64,
    /// The status decided on.
    pub status: Status,
    /// By whom.
    pub user: String,
    /// When.
    pub time: String,
    /// Why.
    pub reason: Option<String>,
    /// True if the score was hidden until then.
    pub blind: bool,
    /// True if the lead has other members now.
    pub stale: bool,
    /// Hashes of the lists that were loaded then.
    pub lists: BTreeMap<DatasetName, String>,
}

impl LeadState {
    /// The value of the facet `decided`.
    pub fn decided_word(&self) -> &'static str {
        match &self.decision {
            _ if self.reopened.is_some() => "reopened",
            None => "open",
            Some(decided) if decided.stale => "stale",
            Some(_) => match self.review {
                ReviewState::NeedsSecond => "needs_second",
                ReviewState::Disagreed => "disagreed",
                ReviewState::Undecided | ReviewState::Agreed | ReviewState::Decided => "decided",
            },
        }
    }

    /// The decision, once as many people made it as the policy asks for: what may leave the case.
    pub fn settled(&self) -> Option<&LeadDecision> {
        let is_settled = matches!(self.review, ReviewState::Agreed | ReviewState::Decided);
        self.decision.as_ref().filter(|_| is_settled)
    }

    /// Whether what others decided is kept from somebody, who has to decide without knowing it.
    pub fn hides_decisions_from(&self, viewer: &str) -> bool {
        self.review == ReviewState::NeedsSecond && self.votes.iter().all(|(user, _)| user != viewer)
    }

    /// Whether somebody decided on it since it came up.
    pub fn is_decided_by(&self, user: &str) -> bool {
        self.votes.iter().any(|(voter, _)| voter == user)
    }

    fn vote(&mut self, user: &str, status: Status) {
        match self.votes.iter_mut().find(|(voter, _)| voter == user) {
            Some((_, last)) => *last = status,
            None => self.votes.push((user.to_owned(), status)),
        }
    }

    fn review(&mut self, row: &LeadRow, policy: &Policy) {
        let votes: Vec<Status> = self.votes.iter().map(|(_, status)| *status).collect();
        let is_asked = self.marks.contains(&("tag".to_owned(), SECOND_TAG.to_owned()));
        self.review =
            state_of_votes(&votes, |first| is_asked || policy.needs_second(&row.id, first));
    }
}

impl JournalView {
    /// Folds all entries over the leads.
    pub(crate) fn fold(entries: Vec<Entry>, people: &People, policy: &Policy) -> Self {
        let about: Vec<Arc<[usize]>> = places_of_all(&entries, people);
        let standing: BTreeSet<u64> =
            model::journal::standing(&entries).into_iter().map(|e| e.seq).collect();
        let mut states = vec![LeadState::default(); people.rows.len()];
        let mut gone = BTreeSet::new();
        let mut judged = BTreeMap::new();
        for (at, (entry, places)) in entries.iter().zip(&about).enumerate() {
            let stands = standing.contains(&entry.seq);
            if !stands {
                gone.insert(entry.seq);
            }
            if let Act::Judgement(judgement) = &entry.act
                && stands
            {
                judged.insert(ordered(&judgement.left, &judgement.right), at);
            }
            for &place in places.iter() {
                if let (Some(state), Some(row)) = (states.get_mut(place), people.rows.get(place)) {
                    state.touched = entry.seq;
                    if stands {
                        apply(state, entry, &row.members);
                    }
                }
            }
        }
        for (state, row) in states.iter_mut().zip(&people.rows) {
            state.review(row, policy);
        }
        let columns = columns_of(&states);
        let seq = entries.last().map_or(0, |entry| entry.seq);
        let entries = entries.into_iter().map(Arc::new).collect();
        let states = states.into_iter().map(Arc::new).collect();
        Self { seq, entries, about, gone, states, columns, judged, network: OnceLock::new() }
    }

    /// The same entries with more after them, over other leads or by another policy.
    pub(crate) fn anew(&self, more: Vec<Entry>, people: &People, policy: &Policy) -> Self {
        let mut entries: Vec<Entry> = self.entries.iter().map(|e| Entry::clone(e)).collect();
        entries.extend(more);
        Self::fold(entries, people, policy)
    }

    /// The same entries with more after them, over the same leads and by the same policy. Costs what the
    /// new entries touch, but where something is taken back.
    pub(crate) fn with(&self, more: Vec<Entry>, people: &People, policy: &Policy) -> Self {
        if more.iter().any(|entry| matches!(entry.act, Act::Undo(_))) {
            return self.anew(more, people, policy);
        }
        let mut next = Self {
            seq: more.last().map_or(self.seq, |entry| entry.seq),
            entries: self.entries.clone(),
            about: self.about.clone(),
            gone: self.gone.clone(),
            states: self.states.clone(),
            columns: self.columns.clone(),
            judged: self.judged.clone(),
            network: OnceLock::new(),
        };
        for entry in more {
            let mut places = places_of(&entry.act, people);
            places.sort_unstable();
            places.dedup();
            for &place in &places {
                let (Some(state), Some(row)) = (next.states.get_mut(place), people.rows.get(place))
                else {
                    continue;
                };
                let state = Arc::make_mut(state);
                state.touched = entry.seq;
                apply(state, &entry, &row.members);
                state.review(row, policy);
                for (column, values) in next.columns.iter_mut().zip(values_of(state)) {
                    column.put(place, values);
                }
            }
            if let Act::Judgement(judgement) = &entry.act {
                let key = ordered(&judgement.left, &judgement.right);
                next.judged.insert(key, next.entries.len());
            }
            next.about.push(places.into());
            next.entries.push(Arc::new(entry));
        }
        next
    }

    /// What was done with the lead at a place.
    pub fn state(&self, place: usize) -> &LeadState {
        const NOTHING: &LeadState = &LeadState {
            decision: None,
            review: ReviewState::Undecided,
            votes: Vec::new(),
            assignee: None,
            due: None,
            marks: BTreeSet::new(),
            notes: 0,
            reopened: None,
            touched: 0,
        };
        self.states.get(place).map_or(NOTHING, |state| state)
    }

    /// All entries, oldest first, each with whether it holds.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&Entry, bool)> {
        self.entries.iter().map(|entry| (&**entry, !self.gone.contains(&entry.seq)))
    }

    /// The entries about a lead, oldest first, each with whether it holds.
    pub fn history(&self, place: usize) -> impl DoubleEndedIterator<Item = (&Entry, bool)> {
        let about = self.entries.iter().zip(&self.about);
        let of_lead = about.filter(move |(_, places)| places.binary_search(&place).is_ok());
        of_lead.map(|(entry, _)| (&**entry, !self.gone.contains(&entry.seq)))
    }

    /// An entry by its number, with whether it holds.
    pub fn entry(&self, seq: u64) -> Option<(&Entry, bool)> {
        let at = self.entries.binary_search_by_key(&seq, |entry| entry.seq).ok()?;
        self.entries.get(at).map(|entry| (&**entry, !self.gone.contains(&seq)))
    }

    /// The places of the leads that an entry is about.
    pub fn leads_of(&self, seq: u64) -> &[usize] {
        let at = self.entries.binary_search_by_key(&seq, |entry| entry.seq);
        at.ok().and_then(|at| self.about.get(at)).map_or(&[], |places| &places[..])
    }

    /// The judgement that holds on a pair, with its entry.
    pub fn judgement(&self, left: &EntityId, right: &EntityId) -> Option<(&Judgement, &Entry)> {
        let entry = self.entries.get(*self.judged.get(&ordered(left, right))?)?;
        match &entry.act {
            Act::Judgement(judgement) => Some((judgement, entry)),
            _ => None,
        }
    }

    /// All judgements that hold, with their entries.
    pub fn judgements(&self) -> impl Iterator<Item = (&Judgement, &Entry)> {
        let entries = self.judged.values().filter_map(|at| self.entries.get(*at));
        entries.map(|entry| &**entry).filter_map(|entry| match &entry.act {
            Act::Judgement(judgement) => Some((judgement, entry)),
            _ => None,
        })
    }

    /// The column of a facet that the journal gives.
    pub(crate) fn column(&self, facet: Facet) -> Option<&Column> {
        let place = Facet::OF_JOURNAL.iter().position(|f| *f == facet)?;
        self.columns.get(place)
    }
}

/// Whether results depend on an act, so that a run is needed after it.
pub(crate) fn changes_results(act: &Act) -> bool {
    matches!(act, Act::Judgement(_) | Act::Correction(_) | Act::LifeClaim(_) | Act::Undo(_))
}

fn ordered(left: &EntityId, right: &EntityId) -> (EntityId, EntityId) {
    if left <= right { (left.clone(), right.clone()) } else { (right.clone(), left.clone()) }
}

/// The leads that each entry is about. An undo is about what it takes back.
fn places_of_all(entries: &[Entry], people: &People) -> Vec<Arc<[usize]>> {
    let mut all: Vec<Arc<[usize]>> = Vec::with_capacity(entries.len());
    let mut of_batch: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let mut places = match &entry.act {
            Act::Undo(Undo::Entry(seq)) => entries
                .binary_search_by_key(seq, |e| e.seq)
                .ok()
                .and_then(|place| all.get(place))
                .map_or_else(Vec::new, |places| places.to_vec()),
            Act::Undo(Undo::Batch(batch)) => {
                let taken = of_batch.get(batch.as_str()).into_iter().flatten();
                taken.filter_map(|place| all.get(*place)).flat_map(|p| p.iter().copied()).collect()
            }
            act => places_of(act, people),
        };
        places.sort_unstable();
        places.dedup();
        all.push(places.into());
        if let Some(batch) = &entry.by.batch {
            of_batch.entry(batch).or_default().push(at);
        }
    }
    all
}

/// The leads that an act is about, by place.
pub(crate) fn places_of(act: &Act, people: &People) -> Vec<usize> {
    let place = |id: &str| people.place_of(id);
    match act {
        Act::Judgement(judgement) => {
            let ends = [place(judgement.left.as_str()), place(judgement.right.as_str())];
            ends.into_iter().flatten().collect()
        }
        Act::Decision(decision) => {
            let members = || decision.members.iter().find_map(|member| place(member.as_str()));
            place(decision.lead_id.as_str()).or_else(members).into_iter().collect()
        }
        Act::Correction(Correction { record: entity, .. })
        | Act::LifeClaim(LifeClaim { entity, .. }) => place(entity.as_str()).into_iter().collect(),
        Act::Assignment(Assignment { lead_id, .. }) | Act::Reopening(Reopening { lead_id, .. }) => {
            place(lead_id.as_str()).into_iter().collect()
        }
        Act::Grading(Grading { subject, .. })
        | Act::Note(Note { subject, .. })
        | Act::Mark(Mark { subject, .. }) => match subject {
            Subject::Lead(id) => place(id.as_str()).into_iter().collect(),
            Subject::Entity(id) => place(id.as_str()).into_iter().collect(),
            Subject::Document(_) | Subject::Dataset(_) => Vec::new(),
        },
        Act::Undo(_) => Vec::new(),
    }
}

fn apply(state: &mut LeadState, entry: &Entry, members: &[EntityId]) {
    match &entry.act {
        Act::Decision(decision) => {
            state.reopened = None;
            state.vote(&entry.by.user, decision.status);
            state.decision = Some(LeadDecision {
                seq: entry.seq,
                status: decision.status,
                user: entry.by.user.clone(),
                time: entry.by.time.clone(),
                reason: entry.by.reason.clone(),
                blind: decision.blind,
                stale: decision.members != members,
                lists: entry.by.lists.clone(),
            });
        }
        Act::Reopening(reopening) => {
            state.reopened = Some(reopening.cause.clone());
            state.votes.clear();
        }
        Act::Assignment(assignment) => {
            state.assignee.clone_from(&assignment.to);
            state.due.clone_from(&assignment.due);
        }
        Act::Mark(mark) => {
            let key = (mark.kind.clone(), mark.value.clone());
            if mark.on {
                state.marks.insert(key);
            } else {
                state.marks.remove(&key);
            }
        }
        Act::Note(_) => state.notes += 1,
        _ => {}
    }
}

fn columns_of(states: &[LeadState]) -> Vec<Column> {
    let mut columns = Facet::OF_JOURNAL.map(|_| Column::default());
    for state in states {
        for (column, values) in columns.iter_mut().zip(values_of(state)) {
            column.push(values);
        }
    }
    columns.into()
}

/// The values of a lead for the facets that the journal gives, in their order.
fn values_of(state: &LeadState) -> [Vec<&str>; 3] {
    let tags = state.marks.iter().filter(|(kind, _)| kind == "tag");
    [
        vec![state.decided_word()],
        state.assignee.as_deref().into_iter().collect(),
        tags.map(|(_, value)| value.as_str()).collect(),
    ]
}

#[cfg(test)]
mod tests {
    use model::{By, Decision, LeadId, Verdict};
    use proptest::prelude::*;
    use triage::Second;

    use super::*;

    const PEOPLE: usize = 4;

    fn lead(at: usize) -> LeadId {
        format!("r{at}").into()
    }

    fn act() -> impl Strategy<Value = Act> {
        let at = 0..PEOPLE;
        let statuses = prop::sample::select(vec![Status::Listed, Status::NotFound]);
        prop_oneof![
            3 => (at.clone(), statuses).prop_map(|(at, status)| {
                let members = vec![format!("r{at}").into()];
                Act::Decision(Decision { lead_id: lead(at), members, status, blind: false })
            }),
            1 => at.clone().prop_map(|at| {
                Act::Reopening(Reopening { lead_id: lead(at), cause: "list".into() })
            }),
            1 => (at.clone(), any::<bool>()).prop_map(|(at, on)| {
                let (kind, value) = ("tag".to_owned(), triage::SECOND_TAG.to_owned());
                Act::Mark(Mark { subject: Subject::Lead(lead(at)), kind, value, on })
            }),
            1 => (at.clone(), at.clone()).prop_map(|(left, right)| {
                let (left, right) = (format!("r{left}").into(), format!("r{right}").into());
                Act::Judgement(Judgement::new(left, right, Verdict::Different))
            }),
            1 => at.prop_map(|at| {
                let to = Some("somebody".to_owned());
                Act::Assignment(Assignment { lead_id: lead(at), to, due: None })
            }),
            1 => (1u64..20).prop_map(|seq| Act::Undo(Undo::Entry(seq))),
        ]
    }

    fn columns(view: &JournalView) -> Vec<Vec<&str>> {
        let cells = view.columns.iter().flat_map(|column| {
            (0..PEOPLE).map(|place| {
                let mut values: Vec<&str> = column.of(place).collect();
                values.sort_unstable();
                values
            })
        });
        cells.collect()
    }

    proptest! {
        /// Entries taken up one by one make the view that all of them make.
        #[test]
        fn one_by_one_is_as_from_nothing(
            acts in prop::collection::vec((act(), 0usize..3), 1..20),
            second in prop::sample::select(vec![Second::Off, Second::Sample, Second::All]),
        ) {
            let policy = Policy { second, share: 0.5, ..Policy::default() };
            let members: Vec<Vec<EntityId>> =
                (0..PEOPLE).map(|at| vec![format!("r{at}").into()]).collect();
            let people = People::sample(&members);
            let mut kept = JournalView::fold(Vec::new(), &people, &policy);
            let mut entries = Vec::new();
            for (seq, (act, user)) in (1u64..).zip(acts) {
                let by = By { user: format!("user {user}"), ..By::default() };
                let entry = Entry { seq, act, by };
                entries.push(entry.clone());
                kept = kept.with(vec![entry], &people, &policy);
                let anew = JournalView::fold(entries.clone(), &people, &policy);
                prop_assert_eq!(&kept.states, &anew.states);
                prop_assert_eq!(&kept.about, &anew.about);
                prop_assert_eq!(&kept.gone, &anew.gone);
                prop_assert_eq!(&kept.judged, &anew.judged);
                prop_assert_eq!(columns(&kept), columns(&anew));
                prop_assert_eq!(kept.seq, anew.seq);
            }
        }
    }
}
