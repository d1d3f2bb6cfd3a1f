//! What people do to leads, checked before it is written: whether what they looked at still stands,
//! whether a reason is there, whether it may be done many at a time.
//!
//! Invariants: nothing is written where anything is refused; what was done at one go bears one name
//! and is taken back at one go; two people are never said to be one by a name alone in bulk.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use model::journal::{Assignment, Correction, Grading, LifeClaim, Mark, Note};
use model::{Act, Decision, EntityId, Entry, Judgement, LeadId, Status, Subject, Undo, Verdict};

use triage::ReviewState;

use crate::room::Acts;
use crate::view::journal::places_of;
use crate::{Actor, CaseError, CaseView, LeadFilter, LeadOrder, LeadRow, LeadState, NotDone, Room};

/// What was looked at, and why something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    /// Number of the last entry of the journal that was seen.
    pub seen: u64,
    /// Why.
    pub reason: Option<String>,
}

/// Leads that are acted on at one go: more than any case that was measured has.
pub const BULK_MAX: usize = 50_000;
/// Bytes of a reason or a note. Some pages of text. Chosen by hand.
pub const TEXT_BYTES_MAX: usize = 16 << 10;
/// Leads that a preview shows of all, as the screen asks for.
const SAMPLE: usize = 10;

/// What is done to many leads at one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkAct {
    /// Decide on them.
    Decide(Status),
    /// Judge the pair with the best list entry of each.
    JudgeBest(Verdict),
    /// Give them to somebody, or to nobody.
    Assign {
        /// The account.
        to: Option<String>,
        /// Until when.
        due: Option<String>,
    },
    /// Put a mark on them or take it off.
    Mark {
        /// Kind of mark.
        kind: String,
        /// The mark.
        value: String,
        /// False to take it off.
        on: bool,
    },
}

/// What an act on many would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkPreview {
    /// The leads, by place, in order of rank.
    pub places: Vec<usize>,
    /// Some of them, at random.
    pub sample: Vec<usize>,
    /// Those that keep it from being done: nothing but names speaks for them.
    pub name_alone: Vec<LeadId>,
    /// Those that somebody has decided on already.
    pub decided: usize,
}

impl CaseView {
    /// What an act on the leads of a filter would do.
    ///
    /// # Errors
    /// Those of the filter.
    pub fn preview(&self, filter: &LeadFilter, act: &BulkAct) -> Result<BulkPreview, NotDone> {
        let places = self.leads(filter, &LeadOrder::Rank, false)?.places;
        let rows = || places.iter().filter_map(|place| self.people.rows.get(*place));
        let name_alone = match act {
            BulkAct::Decide(Status::Listed | Status::ListedReportedDead)
            | BulkAct::JudgeBest(Verdict::Same) => {
                rows().filter(|row| is_name_alone(row)).map(|row| row.id.clone()).collect()
            }
            _ => Vec::new(),
        };
        let is_decided = |place: &&usize| self.journal.state(**place).decision.is_some();
        Ok(BulkPreview {
            sample: sample(&places, self.journal.seq),
            name_alone,
            decided: places.iter().filter(is_decided).count(),
            places,
        })
    }

    fn row(&self, id: &str) -> Result<(usize, &LeadRow), NotDone> {
        self.find(id).ok_or(NotDone::NotFound { what: "lead" })
    }

    /// Refuses where two people differ on one of the leads and this one does not lead the case, and
    /// where another decided first and this one is no reviewer.
    fn may_decide(&self, actor: &Actor, places: &[usize]) -> Result<(), NotDone> {
        let such = |is_such: &dyn Fn(&LeadState) -> bool| -> Vec<LeadId> {
            let such = places.iter().filter(|place| is_such(self.journal.state(**place)));
            such.filter_map(|place| Some(self.people.rows.get(*place)?.id.clone())).collect()
        };
        let differ = such(&|state| !actor.settles && state.review == ReviewState::Disagreed);
        if !differ.is_empty() {
            return Err(NotDone::Disagreed { leads: differ });
        }
        let second = such(&|state| !actor.reviews && state.hides_decisions_from(&actor.user));
        if !second.is_empty() {
            return Err(NotDone::NotReviewer { leads: second });
        }
        Ok(())
    }

    /// Refuses where somebody acted on one of the leads after what was seen.
    fn fresh(&self, places: &[usize], seen: u64) -> Result<(), NotDone> {
        let touched = places.iter().map(|place| self.journal.state(*place).touched).max();
        match touched {
            Some(now) if now > seen => Err(NotDone::Changed { now }),
            _ => Ok(()),
        }
    }
}

/// Whether nothing but names says that the lead is its best list entry; so too without any.
fn is_name_alone(row: &LeadRow) -> bool {
    row.best.as_ref().is_none_or(|best| best.name_only)
}

/// Some of the leads: those whose places hash lowest, which is as good as drawn, and the same for
/// the same view.
fn sample(places: &[usize], seed: u64) -> Vec<usize> {
    let mut drawn: Vec<(u64, usize)> = places
        .iter()
        .map(|place| {
            let mut hasher = DefaultHasher::new();
            (seed, *place).hash(&mut hasher);
            (hasher.finish(), *place)
        })
        .collect();
    drawn.sort_unstable();
    drawn.truncate(SAMPLE);
    let mut sample: Vec<usize> = drawn.into_iter().map(|(_, place)| place).collect();
    sample.sort_unstable();
    sample
}

impl Room {
    /// Decides on a lead.
    ///
    /// # Errors
    /// Refusals (a reason is needed to say that somebody is listed) and those of the store.
    pub fn decide(
        &self,
        actor: &Actor,
        ground: &Ground,
        lead: &str,
        status: Status,
        blind: bool,
    ) -> Result<Vec<Entry>, CaseError> {
        let reason = checked_reason(ground, is_confirmed(status))?;
        self.record(actor, |view| {
            let (place, row) = view.row(lead)?;
            view.fresh(&[place], ground.seen)?;
            view.may_decide(actor, &[place])?;
            Ok(Acts { acts: vec![decision(row, status, blind)], reason, batch: None })
        })
    }

    /// Judges a pair: two records, or a record and a list entry.
    ///
    /// # Errors
    /// Refusals (a reason is needed to say that two are one) and those of the store.
    pub fn judge(
        &self,
        actor: &Actor,
        ground: &Ground,
        (left, right): (&EntityId, &EntityId),
        verdict: Verdict,
        relation: Option<String>,
    ) -> Result<Vec<Entry>, CaseError> {
        let reason = checked_reason(ground, verdict == Verdict::Same)?;
        if relation.as_ref().is_some_and(|text| text.len() > TEXT_BYTES_MAX) {
            return Err(NotDone::TooMany { most: TEXT_BYTES_MAX }.into());
        }
        if left == right {
            return Err(NotDone::invalid("a pair is of two entities").into());
        }
        self.known_entity(left)?;
        self.known_entity(right)?;
        self.record(actor, |view| {
            let mut judgement = judgement(view, left, right, verdict)?;
            judgement.relation = relation;
            let act = Act::Judgement(judgement);
            view.fresh(&places_of(&act, &view.people), ground.seen)?;
            Ok(Acts { acts: vec![act], reason, batch: None })
        })
    }

    /// Judges several pairs at one go, all the same way, and names them to be taken back so.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn judge_all(
        &self,
        actor: &Actor,
        ground: &Ground,
        pairs: &[(EntityId, EntityId)],
        verdict: Verdict,
    ) -> Result<Vec<Entry>, CaseError> {
        let reason = checked_reason(ground, true)?;
        self.record(actor, |view| {
            let made = pairs.iter().map(|(left, right)| judgement(view, left, right, verdict));
            let acts = made.map(|j| j.map(Act::Judgement)).collect::<Result<Vec<_>, _>>()?;
            for act in &acts {
                view.fresh(&places_of(act, &view.people), ground.seen)?;
            }
            Ok(Acts { acts, reason, batch: Some(batch_name(view)) })
        })
    }

    /// Writes a note, a grade, a life claim, a mark, an assignment or a correction.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn act(&self, actor: &Actor, ground: &Ground, act: Act) -> Result<Vec<Entry>, CaseError> {
        let reason = checked_reason(ground, matches!(act, Act::Correction(_)))?;
        checked_act(&act)?;
        self.known_subject(&act)?;
        self.record(actor, |view| {
            view.fresh(&places_of(&act, &view.people), ground.seen)?;
            Ok(Acts { acts: vec![act], reason, batch: None })
        })
    }

    /// Does one thing to all leads of a filter. `expected` is how many were shown; another number
    /// is refused, and so is a change of any of them since.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn act_on_many(
        &self,
        actor: &Actor,
        ground: &Ground,
        filter: &LeadFilter,
        act: &BulkAct,
        expected: usize,
    ) -> Result<Vec<Entry>, CaseError> {
        let needs_reason = matches!(act, BulkAct::Decide(_) | BulkAct::JudgeBest(_));
        let reason = checked_reason(ground, needs_reason)?;
        self.record(actor, |view| {
            let preview = view.preview(filter, act)?;
            let found = preview.places.len();
            if found > BULK_MAX {
                return Err(NotDone::TooMany { most: BULK_MAX }.into());
            }
            if found != expected {
                return Err(NotDone::CountChanged { expected, found }.into());
            }
            if !preview.name_alone.is_empty() {
                return Err(NotDone::NameAlone { leads: preview.name_alone }.into());
            }
            view.fresh(&preview.places, ground.seen)?;
            if matches!(act, BulkAct::Decide(_)) {
                view.may_decide(actor, &preview.places)?;
            }
            let rows = preview.places.iter().filter_map(|place| view.people.rows.get(*place));
            let acts: Vec<Act> = rows.filter_map(|row| act_on(view, row, act)).collect();
            for act in &acts {
                checked_act(act)?;
            }
            Ok(Acts { acts, reason, batch: Some(batch_name(view)) })
        })
    }

    /// Takes back an entry, or all of a batch. What was taken back already is refused.
    ///
    /// # Errors
    /// Refusals and those of the store.
    pub fn undo(
        &self,
        actor: &Actor,
        what: &Undo,
        reason: Option<&str>,
    ) -> Result<Vec<Entry>, CaseError> {
        let ground = Ground { seen: 0, reason: reason.map(str::to_owned) };
        let reason = checked_reason(&ground, false)?;
        self.record(actor, |view| {
            match what {
                Undo::Entry(seq) => {
                    let entry = view.journal.entry(*seq);
                    let (_, stands) = entry.ok_or(NotDone::NotFound { what: "entry" })?;
                    if !stands {
                        return Err(NotDone::Changed { now: view.journal.seq }.into());
                    }
                }
                Undo::Batch(batch) => {
                    let mut of_batch = view
                        .journal
                        .entries()
                        .filter(|(entry, _)| entry.by.batch.as_ref() == Some(batch))
                        .peekable();
                    if of_batch.peek().is_none() {
                        return Err(NotDone::NotFound { what: "batch" }.into());
                    }
                    if !of_batch.any(|(_, stands)| stands) {
                        return Err(NotDone::Changed { now: view.journal.seq }.into());
                    }
                }
            }
            Ok(Acts { acts: vec![Act::Undo(what.clone())], reason, batch: None })
        })
    }

    /// Refuses an id that nothing in the case bears.
    fn known_entity(&self, id: &EntityId) -> Result<(), CaseError> {
        if self.view().ledger.records.contains_key(id) {
            return Ok(());
        }
        let known = self.read(|case| case.has_entity(id))?;
        if known { Ok(()) } else { Err(NotDone::NotFound { what: "entity" }.into()) }
    }

    fn known_subject(&self, act: &Act) -> Result<(), CaseError> {
        let view = self.view();
        let known_lead = |id: &LeadId| match view.find(id.as_str()) {
            Some(_) => Ok(()),
            None => Err(CaseError::from(NotDone::NotFound { what: "lead" })),
        };
        match act {
            Act::Correction(Correction { record, .. }) => self.known_entity(record),
            Act::LifeClaim(LifeClaim { entity, .. }) => self.known_entity(entity),
            Act::Assignment(Assignment { lead_id, .. }) => known_lead(lead_id),
            Act::Grading(Grading { subject, .. })
            | Act::Note(Note { subject, .. })
            | Act::Mark(Mark { subject, .. }) => match subject {
                Subject::Lead(id) => known_lead(id),
                Subject::Entity(id) => self.known_entity(id),
                Subject::Document(id) => match view.ledger.document(id.as_str()) {
                    Some(_) => Ok(()),
                    None => Err(NotDone::NotFound { what: "document" }.into()),
                },
                Subject::Dataset(name) => match view.ledger.dataset(name.as_str()) {
                    Some(_) => Ok(()),
                    None => Err(NotDone::NotFound { what: "dataset" }.into()),
                },
            },
            _ => Ok(()),
        }
    }
}

fn is_confirmed(status: Status) -> bool {
    matches!(status, Status::Listed | Status::ListedReportedDead)
}

fn decision(row: &LeadRow, status: Status, blind: bool) -> Act {
    let (lead_id, members) = (row.id.clone(), row.members.clone());
    Act::Decision(Decision { lead_id, members, status, blind })
}

/// A judgement with its two sides in order and the records held to be one person with either.
fn judgement(
    view: &CaseView,
    left: &EntityId,
    right: &EntityId,
    verdict: Verdict,
) -> Result<Judgement, NotDone> {
    let is_record = |id: &EntityId| view.ledger.records.contains_key(id);
    let (left, right) = match (is_record(left), is_record(right)) {
        (true, true) if left > right => (right, left),
        (false, true) => (right, left),
        (true, _) => (left, right),
        (false, false) => return Err(NotDone::invalid("one of the two must be a record")),
    };
    let mut judgement = Judgement::new(left.clone(), right.clone(), verdict);
    for id in [left, right] {
        if let Some((_, row)) = view.find(id.as_str()) {
            judgement.members.extend(row.members.iter().cloned());
        }
    }
    judgement.members.sort();
    judgement.members.dedup();
    Ok(judgement)
}

fn act_on(view: &CaseView, row: &LeadRow, act: &BulkAct) -> Option<Act> {
    Some(match act {
        BulkAct::Decide(status) => decision(row, *status, false),
        BulkAct::JudgeBest(verdict) => {
            let (best, record) = (row.best.as_ref()?, row.members.first()?);
            Act::Judgement(judgement(view, record, &best.entity_id, *verdict).ok()?)
        }
        BulkAct::Assign { to, due } => Act::Assignment(Assignment {
            lead_id: row.id.clone(),
            to: to.clone(),
            due: due.clone(),
        }),
        BulkAct::Mark { kind, value, on } => Act::Mark(Mark {
            subject: Subject::Lead(row.id.clone()),
            kind: kind.clone(),
            value: value.clone(),
            on: *on,
        }),
    })
}

/// A name that no other batch of the case has: the number of its first entry.
fn batch_name(view: &CaseView) -> String {
    format!("batch-{}", view.journal.seq + 1)
}

fn checked_reason(ground: &Ground, needed: bool) -> Result<Option<String>, NotDone> {
    let reason = ground.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_some_and(|reason| reason.len() > TEXT_BYTES_MAX) {
        return Err(NotDone::TooMany { most: TEXT_BYTES_MAX });
    }
    if needed && reason.is_none() {
        return Err(NotDone::NoReason);
    }
    Ok(reason.map(str::to_owned))
}

/// Kinds of marks that people put on by themselves; others have ways of their own.
const MARKS: [&str; 3] = ["tag", "category", "handling"];

fn checked_act(act: &Act) -> Result<(), NotDone> {
    let texts: Vec<&str> = match act {
        Act::Note(note) if note.text.trim().is_empty() => {
            return Err(NotDone::invalid("a note needs a text"));
        }
        Act::Note(note) => vec![&note.text],
        Act::Mark(mark) if !MARKS.contains(&mark.kind.as_str()) => {
            let known = MARKS.join(", ");
            return Err(NotDone::invalid(format!("a mark is of the kinds {known}")));
        }
        Act::Mark(mark) if mark.value.trim().is_empty() => {
            return Err(NotDone::invalid("a mark needs a value"));
        }
        Act::Mark(mark) => vec![&mark.value],
        Act::LifeClaim(claim) => {
            let date = claim.date.as_deref().unwrap_or_default();
            if !date.is_empty() && !is_day(date) {
                return Err(NotDone::invalid("a date is written 2016-03-01, 2016-03 or 2016"));
            }
            vec![&claim.text]
        }
        Act::Assignment(assignment) => {
            let due = assignment.due.as_deref();
            if due.is_some_and(|due| !is_day(due) || due.len() < "2016-03-01".len()) {
                return Err(NotDone::invalid("a day is written 2016-03-01"));
            }
            vec![assignment.to.as_deref().unwrap_or_default()]
        }
        Act::Correction(correction) => {
            if forms::Key::parse(&correction.key).is_none() {
                return Err(NotDone::invalid("there is no such question on the form"));
            }
            vec![correction.written.as_deref().unwrap_or_default()]
        }
        _ => Vec::new(),
    };
    if texts.iter().any(|text| text.len() > TEXT_BYTES_MAX) {
        return Err(NotDone::TooMany { most: TEXT_BYTES_MAX });
    }
    Ok(())
}

/// Whether a text is an ISO 8601 date, maybe partial.
fn is_day(text: &str) -> bool {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    full.len() == 10 && full.parse::<jiff::civil::Date>().is_ok()
}
