//! What people do: decisions, judgements, notes, marks, claims, grades, corrections, and taking any
//! of it back; the journal of all of it.
//!
//! Every write but an undo names the entry of the journal that was seen last; where somebody acted
//! on the same lead since, nothing is written and the answer is 409.

use axum::Json;
use case::Ground;
use model::journal::{Assignment, Correction, Grading, LifeClaim, Mark, Note};
use model::{Act, EntityId, Entry, Subject, Undo};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{
    Ask, At, Body, CasePath, Hidden, InCase, ItemPath, checked_page, usual_limit, work,
};
use super::leads::LeadShape;
use super::problem::ApiError;
use super::shapes::{EntryShape, JudgementShape};
use super::words::{LifeWord, StatusWord, VerdictWord, parse_grade};
use crate::auth::{CurrentUser, Permission};
use crate::room::OpenCase;

/// What was written.
#[derive(Serialize, ToSchema)]
pub(crate) struct Written {
    /// The new entries of the journal; of many the first ones.
    entries: Vec<EntryShape>,
    /// How many were written.
    count: usize,
    /// The name by which they are taken back at one go.
    batch: Option<String>,
    /// The leads they are about as they are now, some of them.
    leads: Vec<LeadShape>,
    /// Number of the last entry of the journal: what the next write names as seen.
    seq: u64,
    /// True if a run is needed for the leads to show it.
    needs_run: bool,
}

/// Entries and leads that an answer shows of many.
const SHOWN: usize = 20;

impl Written {
    /// What was written, as whoever wrote it sees it.
    pub(crate) fn of(case: &OpenCase, entries: &[Entry]) -> Json<Self> {
        let viewer = entries.first().map_or("", |entry| entry.by.user.as_str());
        let view = case.room.view();
        let mut places: Vec<usize> =
            entries.iter().flat_map(|e| view.journal.leads_of(e.seq)).copied().collect();
        places.sort_unstable();
        places.dedup();
        let shown = places.iter().take(SHOWN);
        Json(Self {
            count: entries.len(),
            batch: entries.first().and_then(|entry| entry.by.batch.clone()),
            entries: entries
                .iter()
                .take(SHOWN)
                .map(|e| EntryShape::of(&view, e, true, viewer))
                .collect(),
            leads: shown.filter_map(|place| LeadShape::of(&view, *place, viewer)).collect(),
            seq: view.journal.seq,
            needs_run: view.needs_run,
        })
    }
}

/// Why something is done, and what was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    status: StatusWord,
    /// Needed to say that somebody is listed.
    reason: Option<String>,
    /// True if the score was hidden until now.
    #[serde(default)]
    blind: bool,
}

/// Decides on a lead.
#[utoipa::path(post, operation_id = "acts_decide", path = "/leads/{id}/decision", tag = "acts", params(ItemPath), request_body = DecisionAsk, responses((status = 200, body = Written)))]
pub(crate) async fn decide(
    InCase(case): InCase,
    user: CurrentUser,
    At(path): At<ItemPath>,
    Body(ask): Body<DecisionAsk>,
) -> Result<Json<Written>, ApiError> {
    let ground = Ground { seen: ask.seen, reason: ask.reason };
    work(move || {
        let status = ask.status.into();
        let done = case.room.decide(&user.actor(), &ground, &path.id, status, ask.blind)?;
        Ok(Written::of(&case, &done))
    })
    .await
}

/// Who is to look at a lead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignmentAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// The account; none takes it from whoever had it.
    to: Option<String>,
    /// Until when, `2016-03-01`.
    due: Option<String>,
    reason: Option<String>,
}

/// Gives a lead to somebody, or to nobody.
#[utoipa::path(post, operation_id = "acts_assign", path = "/leads/{id}/assignment", tag = "acts", params(ItemPath), request_body = AssignmentAsk, responses((status = 200, body = Written)))]
pub(crate) async fn assign(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    At(path): At<ItemPath>,
    Body(ask): Body<AssignmentAsk>,
) -> Result<Json<Written>, ApiError> {
    let AssignmentAsk { seen, to, due, reason } = ask;
    let view = case.room.view();
    let (_, row) = view.find(&path.id).ok_or_else(|| ApiError::not_found("lead"))?;
    let act = Act::Assignment(Assignment { lead_id: row.id.clone(), to, due });
    record(case, (user, hidden), Ground { seen, reason }, act).await
}

/// What is said of a pair.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgementAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// A record.
    left: String,
    /// Another record, or a list entry.
    right: String,
    verdict: VerdictWord,
    /// How the two are linked, for `related`.
    relation: Option<String>,
    /// Needed to say that two are the same.
    reason: Option<String>,
}

/// Judges a pair.
#[utoipa::path(post, operation_id = "acts_judge", path = "/judgements", tag = "acts", params(CasePath), request_body = JudgementAsk, responses((status = 200, body = Written)))]
pub(crate) async fn judge(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<JudgementAsk>,
) -> Result<Json<Written>, ApiError> {
    let JudgementAsk { seen, left, right, verdict, relation, reason } = ask;
    if hidden.has(&[&left, &right]) {
        return Err(ApiError::not_found("thing"));
    }
    let ground = Ground { seen, reason };
    work(move || {
        let pair = (&EntityId::from(left), &EntityId::from(right));
        let done = case.room.judge(&user.actor(), &ground, pair, verdict.into(), relation)?;
        Ok(Written::of(&case, &done))
    })
    .await
}

/// The judgements that hold, by pair.
#[utoipa::path(get, operation_id = "acts_judgements", path = "/judgements", tag = "acts", params(CasePath), responses((status = 200, body = Vec<JudgementShape>)))]
pub(crate) async fn judgements(InCase(case): InCase, hidden: Hidden) -> Json<Vec<JudgementShape>> {
    let view = case.room.view();
    let all = view.journal.judgements().filter(|(_, entry)| !hidden.hides(&entry.act));
    Json(all.map(|(judgement, e)| JudgementShape::from_entry(&view, judgement, e)).collect())
}

/// What an act is about.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SubjectShape {
    kind: SubjectWord,
    id: String,
}

/// What kind of thing an act is about.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubjectWord {
    Lead,
    /// A record or a list entry.
    Entity,
    Document,
    Dataset,
}

impl From<&Subject> for SubjectShape {
    fn from(subject: &Subject) -> Self {
        let (kind, id) = match subject {
            Subject::Lead(id) => (SubjectWord::Lead, id.to_string()),
            Subject::Entity(id) => (SubjectWord::Entity, id.to_string()),
            Subject::Document(id) => (SubjectWord::Document, id.to_string()),
            Subject::Dataset(name) => (SubjectWord::Dataset, name.to_string()),
        };
        Self { kind, id }
    }
}

impl From<SubjectShape> for Subject {
    fn from(SubjectShape { kind, id }: SubjectShape) -> Self {
        match kind {
            SubjectWord::Lead => Subject::Lead(id.into()),
            SubjectWord::Entity => Subject::Entity(id.into()),
            SubjectWord::Document => Subject::Document(id.into()),
            SubjectWord::Dataset => Subject::Dataset(id.into()),
        }
    }
}

/// A note.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    subject: SubjectShape,
    text: String,
}

/// Writes a note.
#[utoipa::path(post, operation_id = "acts_note", path = "/notes", tag = "acts", params(CasePath), request_body = NoteAsk, responses((status = 200, body = Written)))]
pub(crate) async fn note(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<NoteAsk>,
) -> Result<Json<Written>, ApiError> {
    let act = Act::Note(Note { subject: ask.subject.into(), text: ask.text });
    record(case, (user, hidden), Ground { seen: ask.seen, reason: None }, act).await
}

/// A mark to be put on or taken off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MarkAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    subject: SubjectShape,
    /// `tag`, `category` or `handling`.
    kind: String,
    value: String,
    /// False to take it off.
    on: bool,
    reason: Option<String>,
}

/// Puts a mark on something or takes it off.
#[utoipa::path(post, operation_id = "acts_mark", path = "/marks", tag = "acts", params(CasePath), request_body = MarkAsk, responses((status = 200, body = Written)))]
pub(crate) async fn mark(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<MarkAsk>,
) -> Result<Json<Written>, ApiError> {
    let MarkAsk { seen, subject, kind, value, on, reason } = ask;
    let act = Act::Mark(Mark { subject: subject.into(), kind, value, on });
    record(case, (user, hidden), Ground { seen, reason }, act).await
}

/// A person's word on whether somebody lives.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LifeClaimAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// The record or list entry it is about.
    entity: String,
    life: LifeWord,
    /// The day it speaks of, `2016-03-01`, `2016-03` or `2016`.
    date: Option<String>,
    /// The words, or what was seen.
    text: String,
    /// How far to trust it, `A1` to `F6`.
    #[schema(pattern = "^[A-F][1-6]$")]
    grade: String,
    reason: Option<String>,
}

/// Says whether somebody lives, with a grade.
#[utoipa::path(post, operation_id = "acts_claim_life", path = "/life-claims", tag = "acts", params(CasePath), request_body = LifeClaimAsk, responses((status = 200, body = Written)))]
pub(crate) async fn claim_life(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<LifeClaimAsk>,
) -> Result<Json<Written>, ApiError> {
    let act = Act::LifeClaim(LifeClaim {
        entity: ask.entity.into(),
        life: ask.life.into(),
        date: ask.date,
        text: ask.text,
        citation: None,
        grade: parse_grade(&ask.grade)?,
    });
    record(case, (user, hidden), Ground { seen: ask.seen, reason: ask.reason }, act).await
}

/// A grade for a source or for what is claimed of somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GradingAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    subject: SubjectShape,
    /// `A1` to `F6`.
    #[schema(pattern = "^[A-F][1-6]$")]
    grade: String,
    reason: Option<String>,
}

/// Grades a source or a claim.
#[utoipa::path(post, operation_id = "acts_grade", path = "/gradings", tag = "acts", params(CasePath), request_body = GradingAsk, responses((status = 200, body = Written)))]
pub(crate) async fn grade(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<GradingAsk>,
) -> Result<Json<Written>, ApiError> {
    let grade = parse_grade(&ask.grade)?;
    let act = Act::Grading(Grading { subject: ask.subject.into(), grade });
    record(case, (user, hidden), Ground { seen: ask.seen, reason: ask.reason }, act).await
}

/// A corrected value; what was read stays beside it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionAsk {
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// The record.
    record: String,
    /// The key of the question, for example `birth_date`.
    key: String,
    /// What was read.
    before: String,
    /// What stands on the page; nothing if nothing does.
    written: Option<String>,
    /// Needed.
    reason: Option<String>,
}

/// Corrects a value of a form.
#[utoipa::path(post, operation_id = "acts_correct", path = "/corrections", tag = "acts", params(CasePath), request_body = CorrectionAsk, responses((status = 200, body = Written)))]
pub(crate) async fn correct(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<CorrectionAsk>,
) -> Result<Json<Written>, ApiError> {
    let CorrectionAsk { seen, record: id, key, before, written, reason } = ask;
    let act = Act::Correction(Correction { record: id.into(), key, before, written });
    record(case, (user, hidden), Ground { seen, reason }, act).await
}

async fn record(
    case: std::sync::Arc<OpenCase>,
    (user, hidden): (CurrentUser, Hidden),
    ground: Ground,
    act: Act,
) -> Result<Json<Written>, ApiError> {
    if hidden.hides(&act) {
        return Err(ApiError::not_found("thing"));
    }
    work(move || {
        let done = case.room.act(&user.actor(), &ground, act)?;
        Ok(Written::of(&case, &done))
    })
    .await
}

/// What is taken back: an entry by its number, or all of a batch by its name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UndoAsk {
    entry: Option<u64>,
    batch: Option<String>,
    reason: Option<String>,
}

/// Takes back an entry, or all of a batch. An undo can be taken back likewise.
#[utoipa::path(post, operation_id = "acts_undo", path = "/undo", tag = "acts", params(CasePath), request_body = UndoAsk, responses((status = 200, body = Written)))]
pub(crate) async fn undo(
    InCase(case): InCase,
    user: CurrentUser,
    Body(ask): Body<UndoAsk>,
) -> Result<Json<Written>, ApiError> {
    let what = match (ask.entry, ask.batch) {
        (Some(seq), None) => Undo::Entry(seq),
        (None, Some(batch)) => Undo::Batch(batch),
        _ => return Err(ApiError::invalid("name either an entry or a batch")),
    };
    work(move || {
        // What hides something is taken back by whoever may hide it.
        let journal = case.room.read(case::Case::journal)?;
        let hides = journal.iter().any(|entry| {
            let is_meant = match &what {
                Undo::Entry(seq) => entry.seq == *seq,
                Undo::Batch(batch) => entry.by.batch.as_ref() == Some(batch),
            };
            is_meant && matches!(&entry.act, Act::Mark(mark) if mark.kind == "restricted")
        });
        if hides && !user.may(Permission::Protect) {
            return Err(ApiError::denied());
        }
        let done = case.room.undo(&user.actor(), &what, ask.reason.as_deref())?;
        Ok(Written::of(&case, &done))
    })
    .await
}

/// Which entries of the journal.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct JournalAsk {
    /// Only those after this one.
    #[serde(default)]
    after: u64,
    /// Only those about this lead.
    lead: Option<String>,
    /// Only those of this user.
    user: Option<String>,
    /// Only those of this kind: `decision`, `judgement`, `note` …
    act: Option<String>,
    /// How many to leave out.
    #[serde(default)]
    offset: usize,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[param(maximum = 1000, minimum = 1)]
    limit: usize,
}

/// The journal, latest entry first.
#[utoipa::path(get, operation_id = "acts_journal", path = "/journal", tag = "acts", params(CasePath, JournalAsk), responses((status = 200, body = Vec<EntryShape>)))]
pub(crate) async fn journal(
    InCase(case): InCase,
    hidden: Hidden,
    user: CurrentUser,
    Ask(ask): Ask<JournalAsk>,
) -> Result<Json<Vec<EntryShape>>, ApiError> {
    let (offset, limit) = checked_page(ask.offset, ask.limit)?;
    let view = case.room.view();
    let place = match &ask.lead {
        Some(id) => Some(view.find(id).ok_or_else(|| ApiError::not_found("lead"))?.0),
        None => None,
    };
    let fits = |entry: &Entry| {
        entry.seq > ask.after
            && ask.user.as_ref().is_none_or(|user| *user == entry.by.user)
            && ask.act.as_ref().is_none_or(|act| *act == entry.act.kind())
            && place.is_none_or(|place| view.journal.leads_of(entry.seq).contains(&place))
            && !hidden.hides(&entry.act)
    };
    let page = view.journal.entries().rev().filter(|(entry, _)| fits(entry));
    let page = page.skip(offset).take(limit);
    Ok(Json(page.map(|(entry, holds)| EntryShape::of(&view, entry, holds, &user.name)).collect()))
}
