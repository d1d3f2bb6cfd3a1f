//! Clusters: why records are one person, and merging and splitting with the change shown first.

use axum::Json;
use case::{CaseView, Ground, Regrouping};
use model::EntityId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::acts::Written;
use super::extract::{At, Body, CasePath, Hidden, InCase, ItemPath, work};
use super::leads::LeadShape;
use super::problem::ApiError;
use super::shapes::{EntryShape, PairShape};
use crate::auth::CurrentUser;

/// A cluster with its reasons.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClusterShape {
    lead: LeadShape,
    /// Its records.
    members: Vec<String>,
    /// The pairs among them, strongest first.
    pairs: Vec<PairShape>,
    /// The lightest pair it hangs together by, if pairs hold it.
    bridge: Option<BridgeShape>,
    /// What was done with it, latest first.
    history: Vec<EntryShape>,
    /// Number of the last entry of the journal.
    seq: u64,
}

/// The lightest pair that a cluster hangs together by, and the two sides.
#[derive(Serialize, ToSchema)]
pub(crate) struct BridgeShape {
    left: String,
    right: String,
    weight: f64,
    left_side: Vec<String>,
    right_side: Vec<String>,
}

/// What a merge or split would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct RegroupingShape {
    /// The people that there would be, by their records.
    groups: Vec<Vec<String>>,
    /// The pairs between them, strongest first, some of them.
    pairs: Vec<PairShape>,
    /// What speaks against it.
    warnings: Vec<String>,
    /// Pairs that would be judged.
    judged: usize,
    /// Number of the last entry of the journal; the act names it as seen.
    seq: u64,
}

/// Pairs that a preview shows.
const PAIRS: usize = 50;
/// Entries of the history.
const HISTORY: usize = 50;

fn texts(ids: &[EntityId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

impl RegroupingShape {
    fn of(view: &CaseView, regrouping: &Regrouping) -> Json<Self> {
        let pairs = regrouping.pairs.iter().take(PAIRS);
        Json(Self {
            groups: regrouping.groups.iter().map(|group| texts(group)).collect(),
            pairs: pairs.map(|pair| PairShape::of(view, pair)).collect(),
            warnings: regrouping.warnings.clone(),
            judged: regrouping.judged.len(),
            seq: view.journal.seq,
        })
    }
}

/// A cluster, by the id of its lead or of one of its records.
#[utoipa::path(get, operation_id = "clusters_one", path = "/clusters/{id}", tag = "clusters", params(ItemPath), responses((status = 200, body = ClusterShape)))]
pub(crate) async fn one(
    InCase(case): InCase,
    user: CurrentUser,
    At(path): At<ItemPath>,
) -> Result<Json<ClusterShape>, ApiError> {
    work(move || {
        let view = case.room.view();
        let cluster = case.room.cluster(&view, &path.id)?;
        let history = view.journal.history(cluster.place).rev().take(HISTORY);
        Ok(Json(ClusterShape {
            lead: LeadShape::of(&view, cluster.place, &user.name)
                .ok_or_else(|| ApiError::not_found("cluster"))?,
            members: texts(&cluster.members),
            pairs: cluster.pairs.iter().map(|pair| PairShape::of(&view, pair)).collect(),
            bridge: cluster.bridge.map(|bridge| BridgeShape {
                left: bridge.left.to_string(),
                right: bridge.right.to_string(),
                weight: bridge.weight,
                left_side: texts(&bridge.left_side),
                right_side: texts(&bridge.right_side),
            }),
            history: history
                .map(|(entry, holds)| EntryShape::of(&view, entry, holds, &user.name))
                .collect(),
            seq: view.journal.seq,
        }))
    })
    .await
}

/// Which records would be set apart.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitPreviewAsk {
    apart: Vec<String>,
}

/// Shows what setting records of a cluster apart would do.
#[utoipa::path(post, operation_id = "clusters_preview_split", path = "/clusters/{id}/split/preview", tag = "clusters", params(ItemPath), request_body = SplitPreviewAsk, responses((status = 200, body = RegroupingShape)))]
pub(crate) async fn preview_split(
    InCase(case): InCase,
    At(path): At<ItemPath>,
    Body(ask): Body<SplitPreviewAsk>,
) -> Result<Json<RegroupingShape>, ApiError> {
    work(move || {
        let apart: Vec<EntityId> = ask.apart.into_iter().map(EntityId::from).collect();
        let regrouping = case.room.preview_split(&path.id, &apart)?;
        Ok(RegroupingShape::of(&case.room.view(), &regrouping))
    })
    .await
}

/// Which records are set apart, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SplitAsk {
    apart: Vec<String>,
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// Needed.
    reason: Option<String>,
}

/// Sets records of a cluster apart: judges them different from each of the others.
#[utoipa::path(post, operation_id = "clusters_split", path = "/clusters/{id}/split", tag = "clusters", params(ItemPath), request_body = SplitAsk, responses((status = 200, body = Written)))]
pub(crate) async fn split(
    InCase(case): InCase,
    user: CurrentUser,
    At(path): At<ItemPath>,
    Body(ask): Body<SplitAsk>,
) -> Result<Json<Written>, ApiError> {
    let ground = Ground { seen: ask.seen, reason: ask.reason };
    work(move || {
        let apart: Vec<EntityId> = ask.apart.into_iter().map(EntityId::from).collect();
        let done = case.room.split(&user.actor(), &ground, &path.id, &apart)?;
        Ok(Written::of(&case, &done))
    })
    .await
}

/// What is restricted is not there for whoever may not see it.
fn not_hidden(hidden: &Hidden, left: &str, right: &str) -> Result<(), ApiError> {
    if hidden.has(&[left, right]) { Err(ApiError::not_found("thing")) } else { Ok(()) }
}

/// Which two people would be one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergePreviewAsk {
    /// A lead or a record.
    left: String,
    /// Another.
    right: String,
}

/// Shows what the merge of two people would do.
#[utoipa::path(post, operation_id = "clusters_preview_merge", path = "/merge/preview", tag = "clusters", params(CasePath), request_body = MergePreviewAsk, responses((status = 200, body = RegroupingShape)))]
pub(crate) async fn preview_merge(
    InCase(case): InCase,
    hidden: Hidden,
    Body(ask): Body<MergePreviewAsk>,
) -> Result<Json<RegroupingShape>, ApiError> {
    not_hidden(&hidden, &ask.left, &ask.right)?;
    work(move || {
        let regrouping = case.room.preview_merge(&ask.left, &ask.right)?;
        Ok(RegroupingShape::of(&case.room.view(), &regrouping))
    })
    .await
}

/// Which two people are one, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeAsk {
    /// A lead or a record.
    left: String,
    /// Another.
    right: String,
    /// Number of the last entry of the journal that was seen.
    seen: u64,
    /// Needed.
    reason: Option<String>,
}

/// Merges two people: judges their strongest pair to be the same.
#[utoipa::path(post, operation_id = "clusters_merge", path = "/merge", tag = "clusters", params(CasePath), request_body = MergeAsk, responses((status = 200, body = Written)))]
pub(crate) async fn merge(
    InCase(case): InCase,
    user: CurrentUser,
    hidden: Hidden,
    Body(ask): Body<MergeAsk>,
) -> Result<Json<Written>, ApiError> {
    not_hidden(&hidden, &ask.left, &ask.right)?;
    let ground = Ground { seen: ask.seen, reason: ask.reason };
    work(move || {
        let done = case.room.merge(&user.actor(), &ground, &ask.left, &ask.right)?;
        Ok(Written::of(&case, &done))
    })
    .await
}
