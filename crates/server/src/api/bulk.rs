//! One thing done to all leads of a filter: shown first, done with a reason, taken back at one go.

use axum::Json;
use case::{BulkAct, Ground, LeadFilter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::acts::Written;
use super::extract::{Body, CasePath, Hidden, InCase, work};
use super::leads::{FilterShape, LeadShape};
use super::problem::ApiError;
use super::words::{StatusWord, VerdictWord};
use crate::auth::CurrentUser;

/// What is done to many leads.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum BulkShape {
    /// Decide on them.
    Decide {
        /// The status.
        status: StatusWord,
    },
    /// Judge the pair with the best list entry of each.
    JudgeBest {
        /// The verdict.
        verdict: VerdictWord,
    },
    /// Give them to somebody, or to nobody.
    Assign {
        /// The account.
        to: Option<String>,
        /// Until when, `2016-03-01`.
        due: Option<String>,
    },
    /// Put a mark on them or take it off.
    Mark {
        /// `tag`, `category` or `handling`.
        kind: String,
        /// The mark.
        value: String,
        /// False to take it off.
        on: bool,
    },
}

impl From<BulkShape> for BulkAct {
    fn from(shape: BulkShape) -> Self {
        match shape {
            BulkShape::Decide { status } => BulkAct::Decide(status.into()),
            BulkShape::JudgeBest { verdict } => BulkAct::JudgeBest(verdict.into()),
            BulkShape::Assign { to, due } => BulkAct::Assign { to, due },
            BulkShape::Mark { kind, value, on } => BulkAct::Mark { kind, value, on },
        }
    }
}

/// What would be done to which leads.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PreviewAsk {
    filter: FilterShape,
    what: BulkShape,
}

/// What an act on many would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct PreviewShape {
    /// Leads it would be done to; the act names this number.
    count: usize,
    /// Ten of them, at random.
    sample: Vec<LeadShape>,
    /// Those of them that are decided already.
    decided: usize,
    /// Leads that keep it from being done, since nothing but names speaks for them.
    name_alone: Vec<String>,
    /// Number of the last entry of the journal; the act names it as seen.
    seq: u64,
}

/// Shows what an act on many would do.
#[utoipa::path(post, operation_id = "bulk_preview", path = "/bulk/preview", tag = "acts", params(CasePath), request_body = PreviewAsk, responses((status = 200, body = PreviewShape)))]
pub(crate) async fn preview(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    user: CurrentUser,
    Body(ask): Body<PreviewAsk>,
) -> Result<Json<PreviewShape>, ApiError> {
    let filter = LeadFilter { without: hidden, ..ask.filter.try_into()? };
    work(move || {
        let view = case.room.view();
        let preview = view.preview(&filter, &ask.what.into())?;
        let sample = preview.sample.iter();
        Ok(Json(PreviewShape {
            count: preview.places.len(),
            sample: sample.filter_map(|place| LeadShape::of(&view, *place, &user.name)).collect(),
            decided: preview.decided,
            name_alone: preview.name_alone.iter().map(ToString::to_string).collect(),
            seq: view.journal.seq,
        }))
    })
    .await
}

/// An act on many, after its preview.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkAsk {
    filter: FilterShape,
    what: BulkShape,
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// How many leads the preview showed.
    count: usize,
    /// Needed for decisions and judgements.
    reason: Option<String>,
}

/// Does one thing to all leads of a filter, as one batch.
#[utoipa::path(post, operation_id = "bulk_act", path = "/bulk", tag = "acts", params(CasePath), request_body = BulkAsk, responses((status = 200, body = Written)))]
pub(crate) async fn act(
    InCase(case): InCase,
    user: CurrentUser,
    Hidden(hidden): Hidden,
    Body(ask): Body<BulkAsk>,
) -> Result<Json<Written>, ApiError> {
    let filter = LeadFilter { without: hidden, ..ask.filter.try_into()? };
    let ground = Ground { seen: ask.seen, reason: ask.reason };
    work(move || {
        let what = ask.what.into();
        let done = case.room.act_on_many(&user.actor(), &ground, &filter, &what, ask.count)?;
        Ok(Written::of(&case, &done))
    })
    .await
}
