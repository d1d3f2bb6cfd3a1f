//! Shapes that several answers share: citations, statements, explanations, entries of the journal.

use case::{CaseView, Latin};
use model::journal::{Assignment, Correction, Grading, LifeClaim, Mark, Note};
use model::{
    Act, Citation, Entry, Explanation, Method, Place, Rect, ScoredPair, Statement, Subject, Undo,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::words::{LevelWord, LifeWord, StatusWord, VerdictWord, grade_word};

/// Where a value stands, and how it was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CitationShape {
    /// The document, by its SHA-256.
    document: String,
    /// The place in words: `page 2`, `table 1, row 3, column 2`.
    place: String,
    /// The page, from 0, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    /// The area of the page, in fractions of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<AreaShape>,
    /// How it was read: `text`, `ocr`, `record`, `typed`.
    method: &'static str,
    /// How sure the reading is, 0 to 1.
    confidence: f32,
}

/// An area of a page in fractions of its width and height, from the top left.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AreaShape {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
}

impl From<Rect> for AreaShape {
    fn from(Rect { x, y, width, height }: Rect) -> Self {
        Self { x, y, width, height }
    }
}

impl From<&Citation> for CitationShape {
    fn from(citation: &Citation) -> Self {
        let (page, area) = page_of(&citation.place);
        Self {
            document: citation.document.to_string(),
            place: citation.place.describe(),
            page,
            area,
            method: match citation.method {
                Method::Text => "text",
                Method::Ocr => "ocr",
                Method::Record => "record",
                Method::Typed => "typed",
            },
            confidence: citation.confidence,
        }
    }
}

/// The page and area of a place, where it has them.
pub(crate) fn page_of(place: &Place) -> (Option<u32>, Option<AreaShape>) {
    match place {
        Place::Page { page, area } => (Some(*page), Some((*area).into())),
        _ => (None, None),
    }
}

/// A text in Latin letters by each scheme that a reader may choose; only where it has others.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LatinShape {
    /// As people of such names are mostly spelled.
    usual: String,
    /// Letter by letter in plain ASCII, as names are compared.
    plain: String,
    /// Letter by letter with the signs of scholars (DIN 31635, ISO 9, ISO 259, …).
    scholarly: String,
}

impl LatinShape {
    pub(crate) fn of(text: &str) -> Option<LatinShape> {
        let Latin { usual, plain, scholarly } = Latin::of(text)?;
        Some(LatinShape { usual, plain, scholarly })
    }
}

/// One sourced claim.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StatementShape {
    /// The entity it speaks of.
    entity: String,
    /// FtM schema, or `Form` for the answers of a form.
    schema: String,
    /// Property.
    prop: String,
    /// The normalised value.
    value: String,
    /// As written.
    written: String,
    /// In Latin letters, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    latin: Option<LatinShape>,
    /// The dataset that says so.
    dataset: String,
    /// What made the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    citation: Option<CitationShape>,
}

impl From<&Statement> for StatementShape {
    fn from(statement: &Statement) -> Self {
        Self {
            entity: statement.entity_id.to_string(),
            schema: statement.schema.to_string(),
            prop: statement.prop.to_string(),
            value: statement.value.clone(),
            written: statement.written().to_owned(),
            latin: LatinShape::of(statement.written()),
            dataset: statement.dataset.to_string(),
            origin: statement.origin.clone(),
            citation: statement.citation.as_ref().map(Into::into),
        }
    }
}

/// A pair with the sum that explains it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PairShape {
    left: String,
    right: String,
    /// Match weight: prior and parts added up, log2 of the odds.
    weight: f64,
    /// Match probability.
    probability: f64,
    /// How well the two agree, 0 to 1, the same for any prior.
    score: f64,
    /// Nothing but names speaks for it.
    name_only: bool,
    explanation: ExplanationShape,
    /// The judgement that holds on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement: Option<JudgementShape>,
}

impl PairShape {
    pub(crate) fn of(view: &CaseView, pair: &ScoredPair) -> Self {
        Self {
            left: pair.left.to_string(),
            right: pair.right.to_string(),
            weight: pair.weight,
            probability: pair.probability,
            score: pair.score,
            name_only: pair.explanation.is_name_only(),
            explanation: (&pair.explanation).into(),
            judgement: JudgementShape::of(view, &pair.left, &pair.right),
        }
    }
}

/// The sum behind a weight.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExplanationShape {
    /// Log2 of the prior odds.
    prior: f64,
    /// What each comparison adds or takes away.
    parts: Vec<PartShape>,
}

/// One comparison.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartShape {
    /// What was compared: `name`, `birthDate`, …
    comparison: String,
    level: LevelWord,
    /// The outcome by its name in the model; empty where the level says it all.
    outcome: String,
    /// Log2 of m/u.
    weight: f64,
    /// How much of the weight is there because few people have what is shared; below zero where many have.
    rarity: f64,
    /// The value on the left as written.
    left: Option<String>,
    /// The value on the right as written.
    right: Option<String>,
    /// The left one in Latin letters, where it is not.
    left_latin: Option<LatinShape>,
    /// The right one in Latin letters, where it is not.
    right_latin: Option<LatinShape>,
    /// Why this level and weight.
    notes: Vec<String>,
}

impl From<&Explanation> for ExplanationShape {
    fn from(explanation: &Explanation) -> Self {
        let parts = explanation.parts.iter().map(|part| PartShape {
            comparison: part.comparison.clone(),
            level: part.level.into(),
            outcome: part.outcome.clone(),
            weight: part.weight,
            rarity: part.rarity,
            left: part.left.clone(),
            right: part.right.clone(),
            left_latin: part.left.as_deref().and_then(LatinShape::of),
            right_latin: part.right.as_deref().and_then(LatinShape::of),
            notes: part.notes.clone(),
        });
        Self { prior: explanation.prior, parts: parts.collect() }
    }
}

/// A judgement that holds on a pair.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JudgementShape {
    /// Number of its entry.
    seq: u64,
    left: String,
    right: String,
    verdict: VerdictWord,
    /// How the two are linked.
    relation: Option<String>,
    user: String,
    time: String,
    reason: Option<String>,
    /// True if other records are held to be these people now.
    stale: bool,
}

impl JudgementShape {
    pub(crate) fn of(
        view: &CaseView,
        left: &model::EntityId,
        right: &model::EntityId,
    ) -> Option<Self> {
        let (judgement, entry) = view.journal.judgement(left, right)?;
        Some(Self::from_entry(view, judgement, entry))
    }

    pub(crate) fn from_entry(view: &CaseView, judgement: &model::Judgement, entry: &Entry) -> Self {
        let ends = [&judgement.left, &judgement.right];
        let mut now: Vec<_> = ends
            .into_iter()
            .filter_map(|id| view.find(id.as_str()))
            .flat_map(|(_, row)| row.members.iter().cloned())
            .collect();
        now.sort();
        now.dedup();
        Self {
            seq: entry.seq,
            left: judgement.left.to_string(),
            right: judgement.right.to_string(),
            verdict: judgement.verdict.into(),
            relation: judgement.relation.clone(),
            user: entry.by.user.clone(),
            time: entry.by.time.clone(),
            reason: entry.by.reason.clone(),
            stale: !judgement.members.is_empty() && judgement.members != now,
        }
    }
}

/// An entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EntryShape {
    /// Its number.
    seq: u64,
    /// Kind of act: `decision`, `judgement`, `note`, `undo`, …
    act: &'static str,
    what: ActShape,
    user: String,
    /// ISO 8601, UTC.
    time: String,
    reason: Option<String>,
    /// Name of what was done at one go.
    batch: Option<String>,
    /// False if it was taken back.
    holds: bool,
    /// The leads it is about, by id; the first of many.
    leads: Vec<String>,
    /// How many leads it is about.
    leads_count: usize,
    /// SHA-256 of the lists that were loaded then.
    lists: std::collections::BTreeMap<String, String>,
}

/// What an entry says; which fields it has depends on the kind of act.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct ActShape {
    /// Kind of subject: `lead`, `entity`, `document`, `dataset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    subject_kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<VerdictWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<StatusWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blind: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    life: Option<LifeWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    undone_batch: Option<String>,
}

impl EntryShape {
    /// An entry as somebody may see it: a first decision is kept from the second person.
    pub(crate) fn of(view: &CaseView, entry: &Entry, holds: bool, viewer: &str) -> Self {
        let places = view.journal.leads_of(entry.seq);
        let leads = places.iter().take(LEADS_SHOWN);
        let leads = leads.filter_map(|place| view.people.rows.get(*place));
        let is_kept = matches!(entry.act, Act::Decision(_))
            && entry.by.user != viewer
            && places.iter().any(|place| view.journal.state(*place).hides_decisions_from(viewer));
        let mut what = ActShape::from(&entry.act);
        if is_kept {
            what.status = None;
        }
        Self {
            seq: entry.seq,
            act: entry.act.kind(),
            what,
            user: entry.by.user.clone(),
            time: entry.by.time.clone(),
            reason: entry.by.reason.clone().filter(|_| !is_kept),
            batch: entry.by.batch.clone(),
            holds,
            leads: leads.map(|row| row.id.to_string()).collect(),
            leads_count: places.len(),
            lists: entry.by.lists.iter().map(|(n, h)| (n.to_string(), h.clone())).collect(),
        }
    }
}

/// Leads that an entry names; an undo of a bulk act is about thousands.
const LEADS_SHOWN: usize = 20;

impl ActShape {
    fn about(subject: &Subject) -> Self {
        let (kind, id) = match subject {
            Subject::Lead(id) => ("lead", id.to_string()),
            Subject::Entity(id) => ("entity", id.to_string()),
            Subject::Document(id) => ("document", id.to_string()),
            Subject::Dataset(name) => ("dataset", name.to_string()),
        };
        Self { subject_kind: Some(kind), subject: Some(id), ..Self::default() }
    }

    fn of(kind: &'static str, id: &impl ToString) -> Self {
        Self { subject_kind: Some(kind), subject: Some(id.to_string()), ..Self::default() }
    }
}

impl From<&Act> for ActShape {
    fn from(act: &Act) -> Self {
        match act {
            Act::Judgement(judgement) => Self {
                left: Some(judgement.left.to_string()),
                right: Some(judgement.right.to_string()),
                verdict: Some(judgement.verdict.into()),
                relation: judgement.relation.clone(),
                ..Self::default()
            },
            Act::Decision(decision) => Self {
                status: Some(decision.status.into()),
                blind: Some(decision.blind),
                ..Self::of("lead", &decision.lead_id)
            },
            Act::Correction(Correction { record, key, before, written }) => Self {
                key: Some(key.clone()),
                before: Some(before.clone()),
                written: written.clone(),
                ..Self::of("entity", record)
            },
            Act::LifeClaim(LifeClaim { entity, life, date, text, grade, .. }) => Self {
                life: Some((*life).into()),
                date: date.clone(),
                text: Some(text.clone()),
                grade: Some(grade_word(*grade)),
                ..Self::of("entity", entity)
            },
            Act::Grading(Grading { subject, grade }) => {
                Self { grade: Some(grade_word(*grade)), ..Self::about(subject) }
            }
            Act::Note(Note { subject, text }) => {
                Self { text: Some(text.clone()), ..Self::about(subject) }
            }
            Act::Assignment(Assignment { lead_id, to, due }) => {
                Self { to: to.clone(), due: due.clone(), ..Self::of("lead", lead_id) }
            }
            Act::Mark(Mark { subject, kind, value, on }) => Self {
                kind: Some(kind.clone()),
                value: Some(value.clone()),
                on: Some(*on),
                ..Self::about(subject)
            },
            Act::Reopening(reopening) => Self {
                cause: Some(reopening.cause.clone()),
                ..Self::of("lead", &reopening.lead_id)
            },
            Act::Undo(Undo::Entry(seq)) => Self { undone_entry: Some(*seq), ..Self::default() },
            Act::Undo(Undo::Batch(batch)) => {
                Self { undone_batch: Some(batch.clone()), ..Self::default() }
            }
        }
    }
}
