//! One lead with all that is needed to decide on it, in one answer: fields side by side, list
//! entries in full, names part by part, pages, claims, history.

use axum::Json;
use case::{CaseView, Evidence, EvidenceValue, NamePart, RecordView, Sheet, name_parts};
use model::{Act, Claim, Level, ListMatch};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Ask, At, InCase, ItemPath, checked_page, usual_limit, work};
use super::leads::LeadShape;
use super::problem::ApiError;
use super::shapes::{
    CitationShape, EntryShape, ExplanationShape, JudgementShape, LatinShape, StatementShape,
};
use super::words::{DocumentStateWord, LifeWord, StatusWord, grade_word};
use crate::auth::CurrentUser;

/// Entries of the history that are given with a lead; older ones are asked for.
const HISTORY: usize = 50;

/// A lead with all its evidence.
#[derive(Serialize, ToSchema)]
pub(crate) struct LeadDetail {
    lead: LeadShape,
    /// Ids of its records.
    members: Vec<String>,
    /// Its records: what the forms say, in the order of the questions.
    records: Vec<RecordShape>,
    /// The documents they stand in.
    documents: Vec<SheetShape>,
    /// List entries that it may be, best first; those ruled out stay with their reasons.
    matches: Vec<MatchShape>,
    /// Its names part by part.
    names: Vec<NameShape>,
    /// What is claimed of its life.
    claims: Vec<ClaimShape>,
    /// What was done last, latest first.
    history: Vec<EntryShape>,
    /// Entries of the history in all.
    history_length: usize,
    /// Leads before and after it by rank.
    previous: Option<String>,
    next: Option<String>,
    /// Number of the last entry of the journal: what a write names as seen.
    seq: u64,
    /// True if the leads are not those that a run would make now.
    needs_run: bool,
}

/// One form or register row.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordShape {
    id: String,
    document: String,
    path: String,
    /// Which record of the document, from 0.
    row: u32,
    values: Vec<ValueShape>,
}

/// An answer of a form.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueShape {
    /// The key of the question.
    key: String,
    /// As written.
    written: String,
    /// Normalised.
    value: String,
    /// In Latin letters, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    latin: Option<LatinShape>,
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<CitationShape>,
}

/// A document with its pages.
#[derive(Serialize, ToSchema)]
pub(crate) struct SheetShape {
    id: String,
    path: String,
    dataset: String,
    state: DocumentStateWord,
    reason: Option<String>,
    media_type: String,
    size: u64,
    /// Pages that can be shown as images.
    pages: usize,
}

/// A list entry that the lead may be.
#[derive(Serialize, ToSchema)]
pub(crate) struct MatchShape {
    list: String,
    /// The list's date.
    list_date: Option<String>,
    /// The list's hash.
    list_sha256: Option<String>,
    entity: String,
    caption: String,
    score: f64,
    probability: f64,
    weight: f64,
    proposes: StatusWord,
    name_only: bool,
    explanation: ExplanationShape,
    /// What keeps it from being higher: conflicts first, then what is missing.
    open: Vec<String>,
    /// The entry in full.
    entry: Vec<StatementShape>,
    /// The caption part by part.
    parts: Vec<NamePartShape>,
    judgement: Option<JudgementShape>,
}

/// A name of the lead.
#[derive(Serialize, ToSchema)]
pub(crate) struct NameShape {
    name: String,
    latin: Option<LatinShape>,
    /// Leads of the case that bear it.
    bearers: usize,
    parts: Vec<NamePartShape>,
}

/// A part of a name.
#[derive(Serialize, ToSchema)]
pub(crate) struct NamePartShape {
    text: String,
    latin: String,
    /// Given, family, kunya …
    tag: &'static str,
    /// Why it has this role.
    reason: &'static str,
}

/// Somebody says that somebody is dead, or alive at a date.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClaimShape {
    subject: String,
    life: LifeWord,
    date: Option<String>,
    /// The words that say so.
    text: String,
    /// Who says so: a dataset, or a person who entered it.
    source: String,
    grade: String,
    citation: Option<CitationShape>,
    /// Number of the entry of the journal, where a person entered it.
    seq: Option<u64>,
}

impl From<&Claim> for ClaimShape {
    fn from(claim: &Claim) -> Self {
        Self {
            subject: claim.subject.to_string(),
            life: claim.life.into(),
            date: claim.date.clone(),
            text: claim.text.clone(),
            source: claim.dataset.to_string(),
            grade: grade_word(claim.grade),
            citation: claim.citation.as_ref().map(Into::into),
            seq: None,
        }
    }
}

impl From<NamePart> for NamePartShape {
    fn from(NamePart { text, latin, tag, reason }: NamePart) -> Self {
        Self { text, latin, tag, reason }
    }
}

impl From<&EvidenceValue> for ValueShape {
    fn from(value: &EvidenceValue) -> Self {
        Self {
            key: value.key.clone(),
            written: value.written.clone(),
            value: value.normalized.clone(),
            latin: LatinShape::of(&value.written),
            citation: value.citation.as_ref().map(Into::into),
        }
    }
}

impl From<&RecordView> for RecordShape {
    fn from(record: &RecordView) -> Self {
        Self {
            id: record.entity_id.to_string(),
            document: record.document.to_string(),
            path: record.path.clone(),
            row: record.row,
            values: record.values.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Sheet> for SheetShape {
    fn from(sheet: &Sheet) -> Self {
        Self {
            id: sheet.document.id.to_string(),
            path: sheet.document.path.clone(),
            dataset: sheet.dataset.to_string(),
            state: sheet.document.state.into(),
            reason: sheet.document.reason.clone(),
            media_type: sheet.document.media_type.clone(),
            size: sheet.document.size,
            pages: sheet.pages,
        }
    }
}

fn parts_of(name: &str) -> Vec<NamePartShape> {
    name_parts(name).into_iter().map(Into::into).collect()
}

/// What keeps a match from being higher, in words: conflicts by weight, then what is missing.
fn open_of(found: &ListMatch) -> Vec<String> {
    let parts = |level| found.explanation.parts.iter().filter(move |p| p.level == level);
    let mut conflicts: Vec<_> = parts(Level::Conflict).collect();
    conflicts.sort_by(|a, b| a.weight.total_cmp(&b.weight));
    let conflicts = conflicts.into_iter().map(|p| {
        let said = |side: &Option<String>| side.clone().unwrap_or_default();
        format!("{} in conflict: {} / {}", p.comparison, said(&p.left), said(&p.right))
    });
    let missing = parts(Level::Missing).map(|p| format!("{} is missing", p.comparison));
    conflicts.chain(missing).collect()
}

fn match_of(view: &CaseView, evidence: &Evidence, at: usize, found: &ListMatch) -> MatchShape {
    let entry = evidence.entries.get(at);
    let list = entry.and_then(|entry| entry.list.as_ref());
    // A judgement may have been made on any of the records.
    let mut members = evidence.lead.members.iter();
    let judgement = members.find_map(|m| JudgementShape::of(view, m, &found.entity_id));
    MatchShape {
        list: found.dataset.to_string(),
        list_date: list.and_then(|list| list.date.clone()),
        list_sha256: list.map(|list| list.sha256.clone()),
        entity: found.entity_id.to_string(),
        caption: found.caption.clone(),
        score: found.score,
        probability: found.probability,
        weight: found.explanation.weight(),
        proposes: found.proposes.into(),
        name_only: found.explanation.is_name_only(),
        explanation: (&found.explanation).into(),
        open: open_of(found),
        entry: entry.into_iter().flat_map(|e| &e.statements).map(Into::into).collect(),
        parts: parts_of(&found.caption),
        judgement,
    }
}

/// Claims that people entered, as they hold.
fn entered_claims(view: &CaseView, place: usize) -> Vec<ClaimShape> {
    let history = view.journal.history(place);
    let held = history.filter(|(_, holds)| *holds);
    held.filter_map(|(entry, _)| match &entry.act {
        Act::LifeClaim(claim) => Some(ClaimShape {
            subject: claim.entity.to_string(),
            life: claim.life.into(),
            date: claim.date.clone(),
            text: claim.text.clone(),
            source: entry.by.user.clone(),
            grade: grade_word(claim.grade),
            citation: claim.citation.as_ref().map(Into::into),
            seq: Some(entry.seq),
        }),
        _ => None,
    })
    .collect()
}

fn detail(view: &CaseView, evidence: &Evidence, viewer: &str) -> Result<LeadDetail, ApiError> {
    let place = evidence.place;
    let lead = LeadShape::of(view, place, viewer).ok_or_else(|| ApiError::not_found("lead"))?;
    let matches = evidence.lead.matches.iter().enumerate();
    let mut claims: Vec<ClaimShape> = evidence.lead.claims.iter().map(Into::into).collect();
    claims.extend(entered_claims(view, place));
    let id_at = |place: usize| view.people.rows.get(place).map(|row| row.id.to_string());
    let names = evidence.lead.names.iter().map(|name| NameShape {
        name: name.clone(),
        latin: LatinShape::of(name),
        bearers: view.people.bearers(name),
        parts: parts_of(name),
    });
    let history = view.journal.history(place).rev().take(HISTORY);
    Ok(LeadDetail {
        lead,
        members: evidence.lead.members.iter().map(ToString::to_string).collect(),
        records: evidence.records.iter().map(Into::into).collect(),
        documents: evidence.sheets.iter().map(Into::into).collect(),
        matches: matches.map(|(at, found)| match_of(view, evidence, at, found)).collect(),
        names: names.collect(),
        claims,
        history: history.map(|(entry, holds)| EntryShape::of(view, entry, holds, viewer)).collect(),
        history_length: view.journal.history(place).count(),
        previous: place.checked_sub(1).and_then(id_at),
        next: id_at(place + 1),
        seq: view.journal.seq,
        needs_run: view.needs_run,
    })
}

/// A lead with all its evidence, by its id or that of one of its records.
#[utoipa::path(get, operation_id = "lead_one", path = "/leads/{id}", tag = "leads", params(ItemPath), responses((status = 200, body = LeadDetail)))]
pub(crate) async fn one(
    InCase(case): InCase,
    user: CurrentUser,
    At(path): At<ItemPath>,
) -> Result<Json<LeadDetail>, ApiError> {
    work(move || {
        let view = case.room.view();
        let evidence = case.room.evidence(&view, &path.id)?;
        detail(&view, &evidence, &user.name).map(Json)
    })
    .await
}

/// A page of a history.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryAsk {
    /// Only what this user did.
    user: Option<String>,
    /// How many to leave out.
    #[serde(default)]
    offset: usize,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[param(maximum = 1000, minimum = 1)]
    limit: usize,
}

/// What was done with a lead, latest first.
#[utoipa::path(get, operation_id = "lead_history", path = "/leads/{id}/history", tag = "leads", params(ItemPath, HistoryAsk), responses((status = 200, body = Vec<EntryShape>)))]
pub(crate) async fn history(
    InCase(case): InCase,
    user: CurrentUser,
    At(path): At<ItemPath>,
    Ask(ask): Ask<HistoryAsk>,
) -> Result<Json<Vec<EntryShape>>, ApiError> {
    let (offset, limit) = checked_page(ask.offset, ask.limit)?;
    let view = case.room.view();
    let (place, _) = view.find(&path.id).ok_or_else(|| ApiError::not_found("lead"))?;
    let of_user = view
        .journal
        .history(place)
        .rev()
        .filter(|(entry, _)| ask.user.as_ref().is_none_or(|user| *user == entry.by.user));
    let page = of_user.skip(offset).take(limit);
    Ok(Json(page.map(|(entry, holds)| EntryShape::of(&view, entry, holds, &user.name)).collect()))
}
