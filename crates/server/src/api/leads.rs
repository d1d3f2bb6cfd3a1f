//! The queue: pages of leads, filtered and sorted, with counts by facet.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use case::{CaseView, Facet, FacetCounts, LeadFilter, LeadOrder};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Ask, Body, CasePath, Hidden, InCase, checked_page, usual_limit, work};
use super::problem::ApiError;
use super::words::{LifeWord, StatusWord};
use crate::auth::{CurrentUser, Trail};

/// Which leads.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FilterShape {
    /// Values by facet (`status`, `country`, `entry_point`, `month`, `list`, `missing`, `decided`,
    /// `assignee`, `tag` …), one of which must hold; the empty value stands for none at all.
    #[serde(default)]
    facets: BTreeMap<String, Vec<String>>,
    /// Words that must stand in a name, in its script or in Latin letters, or in the id.
    #[serde(default)]
    text: Option<String>,
    /// Only these, by id.
    #[serde(default)]
    ids: Option<Vec<String>>,
}

impl TryFrom<FilterShape> for LeadFilter {
    type Error = ApiError;

    fn try_from(shape: FilterShape) -> Result<Self, ApiError> {
        let mut facets = BTreeMap::new();
        for (word, values) in shape.facets {
            let facet = Facet::parse(&word).ok_or_else(|| {
                let known: Vec<&str> = Facet::all().map(Facet::as_str).collect();
                ApiError::invalid("there is no such facet")
                    .hint(format!("facets are {}", known.join(", ")))
            })?;
            facets.insert(facet, values);
        }
        Ok(Self { facets, text: shape.text, ids: shape.ids, without: Arc::default() })
    }
}

/// Counts of one facet over the leads that match, its own filter left aside.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FacetShape {
    facet: &'static str,
    /// Values, most first.
    values: Vec<CountShape>,
    /// Values that occur, also those cut off.
    distinct: usize,
    /// Leads that have none.
    missing: usize,
}

/// A value and how many leads have it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountShape {
    value: String,
    count: usize,
}

impl From<FacetCounts> for FacetShape {
    fn from(counts: FacetCounts) -> Self {
        let values = counts.values.into_iter().map(|(value, count)| CountShape { value, count });
        Self {
            facet: counts.facet.as_str(),
            values: values.collect(),
            distinct: counts.distinct,
            missing: counts.missing,
        }
    }
}

/// A lead as the queue shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadShape {
    pub(crate) id: String,
    /// Place in the queue, from 1.
    rank: u32,
    /// Points behind it.
    points: f64,
    /// Why this status and rank, one line each.
    reasons: Vec<String>,
    /// The proposed status.
    status: StatusWord,
    life: LifeWord,
    /// Names in all spellings, the most telling first.
    names: Vec<String>,
    /// Records held to be this person.
    records: usize,
    countries: Vec<String>,
    entry_points: Vec<String>,
    months: Vec<String>,
    /// True if a record gives an age under 18 at entry.
    minor: bool,
    /// List entries that it may be.
    matches: usize,
    best: Option<BestShape>,
    /// The decision that holds; none while it is kept from a second person.
    decision: Option<DecisionShape>,
    /// `open`, `decided`, `stale`, `reopened`, `needs_second`, `disagreed`.
    decided: &'static str,
    /// True if the policy has it decided on without its scores being seen, and whoever asks has not yet.
    blind: bool,
    /// Why it came up again after the decision.
    reopened: Option<String>,
    assignee: Option<String>,
    due: Option<String>,
    tags: Vec<String>,
    notes: usize,
    /// Number of the last entry of the journal about it.
    seq: u64,
}

/// The best list entry of a lead.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BestShape {
    list: String,
    entity: String,
    caption: String,
    score: f64,
    probability: f64,
    /// What this entry alone would propose.
    proposes: StatusWord,
    /// Nothing but names speaks for it.
    name_only: bool,
}

/// A decision that holds.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionShape {
    /// Number of its entry.
    seq: u64,
    status: StatusWord,
    user: String,
    time: String,
    reason: Option<String>,
    /// True if the score was hidden until then.
    blind: bool,
    /// True if the lead has other members now.
    stale: bool,
    /// True if other versions of lists are loaded now.
    lists_changed: bool,
    /// SHA-256 of the lists that were loaded then.
    lists: BTreeMap<String, String>,
}

impl LeadShape {
    /// The lead at a place, as somebody may see it.
    pub(crate) fn of(view: &CaseView, place: usize, viewer: &str) -> Option<Self> {
        let row = view.people.rows.get(place)?;
        let state = view.journal.state(place);
        let values =
            |facet| view.facet_values(facet, place).map(str::to_owned).collect::<Vec<String>>();
        let tags = state.marks.iter().filter(|(kind, _)| kind == "tag");
        let decision = state.decision.as_ref().filter(|_| !state.hides_decisions_from(viewer));
        Some(Self {
            id: row.id.to_string(),
            rank: row.rank,
            points: row.points,
            reasons: row.reasons.clone(),
            status: row.status.into(),
            life: row.life.into(),
            names: row.names.clone(),
            records: row.members.len(),
            countries: values(Facet::Country),
            entry_points: values(Facet::EntryPoint),
            months: values(Facet::Month),
            minor: view.facet_values(Facet::Age, place).any(|band| band == "0-17"),
            matches: row.matches,
            best: row.best.as_ref().map(|best| BestShape {
                list: best.dataset.to_string(),
                entity: best.entity_id.to_string(),
                caption: best.caption.clone(),
                score: best.score,
                probability: best.probability,
                proposes: best.proposes.into(),
                name_only: best.name_only,
            }),
            decision: decision.map(|d| DecisionShape {
                seq: d.seq,
                status: d.status.into(),
                user: d.user.clone(),
                time: d.time.clone(),
                reason: d.reason.clone(),
                blind: d.blind,
                stale: d.stale,
                lists_changed: !d.lists.iter().eq(current_lists(view).iter()),
                lists: d.lists.iter().map(|(n, h)| (n.to_string(), h.clone())).collect(),
            }),
            decided: state.decided_word(),
            blind: view.policy.is_blind(&row.id) && !state.is_decided_by(viewer),
            reopened: state.reopened.clone(),
            assignee: state.assignee.clone(),
            due: state.due.clone(),
            tags: tags.map(|(_, value)| value.clone()).collect(),
            notes: state.notes,
            seq: state.touched,
        })
    }
}

fn current_lists(view: &CaseView) -> BTreeMap<model::DatasetName, String> {
    view.ledger.lists().map(|s| (s.dataset.name.clone(), s.dataset.sha256.clone())).collect()
}

/// A page of the queue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadsShape {
    /// Leads that match.
    total: usize,
    /// Those of this page.
    leads: Vec<LeadShape>,
    /// Counts by facet, if asked for.
    facets: Vec<FacetShape>,
    /// Number of the last entry of the journal.
    seq: u64,
    /// True if the leads are not those that a run would make now.
    needs_run: bool,
}

/// A page of the whole queue.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LeadsAsk {
    /// How many to leave out.
    #[serde(default)]
    offset: usize,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[param(maximum = 1000, minimum = 1)]
    limit: usize,
    /// `rank`, `score`, `name`, `touched`, `due` or `rule:NAME`.
    sort: Option<String>,
}

/// Which leads, in which order, which page of them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadsQuery {
    #[serde(default)]
    filter: FilterShape,
    /// `rank`, `score`, `name`, `touched`, `due` or `rule:NAME`.
    #[serde(default)]
    sort: Option<String>,
    /// How many to leave out.
    #[serde(default)]
    offset: usize,
    /// How many to give, 1000 at most.
    #[serde(default = "usual_limit")]
    #[schema(maximum = 1000, minimum = 1)]
    limit: usize,
    /// Whether counts by facet are given.
    #[serde(default)]
    facets: bool,
}

/// Leads by rank, or in another order.
#[utoipa::path(get, operation_id = "leads_list", path = "/leads", tag = "leads", params(CasePath, LeadsAsk), responses((status = 200, body = LeadsShape)))]
pub(crate) async fn list(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    user: CurrentUser,
    trail: Trail,
    Ask(ask): Ask<LeadsAsk>,
) -> Result<Json<LeadsShape>, ApiError> {
    let LeadsAsk { offset, limit, sort } = ask;
    let query = LeadsQuery { filter: FilterShape::default(), sort, offset, limit, facets: false };
    work(move || answer(&case.room.view(), query, hidden, &user.name, &trail)).await
}

/// Leads that match a filter, with counts by facet.
#[utoipa::path(post, operation_id = "leads_query", path = "/leads/query", tag = "leads", params(CasePath), request_body = LeadsQuery, responses((status = 200, body = LeadsShape)))]
pub(crate) async fn query(
    InCase(case): InCase,
    Hidden(hidden): Hidden,
    user: CurrentUser,
    trail: Trail,
    Body(query): Body<LeadsQuery>,
) -> Result<Json<LeadsShape>, ApiError> {
    work(move || answer(&case.room.view(), query, hidden, &user.name, &trail)).await
}

fn answer(
    view: &CaseView,
    query: LeadsQuery,
    hidden: Arc<BTreeSet<String>>,
    viewer: &str,
    trail: &Trail,
) -> Result<Json<LeadsShape>, ApiError> {
    let (offset, limit) = checked_page(query.offset, query.limit)?;
    let order = parse_order(query.sort.as_deref())?;
    let filter = LeadFilter { without: hidden, ..query.filter.try_into()? };
    let found = view.leads(&filter, &order, query.facets)?;
    let places = found.places.iter().skip(offset).take(limit);
    for place in places.clone() {
        trail.note(format!("leads/{}", view.people.rows[*place].id));
    }
    Ok(Json(LeadsShape {
        total: found.places.len(),
        leads: places.filter_map(|place| LeadShape::of(view, *place, viewer)).collect(),
        facets: found.facets.into_iter().map(Into::into).collect(),
        seq: view.journal.seq,
        needs_run: view.needs_run,
    }))
}

/// The order named by a word; by rank if none is named.
pub(crate) fn parse_order(word: Option<&str>) -> Result<LeadOrder, ApiError> {
    let Some(word) = word else { return Ok(LeadOrder::Rank) };
    LeadOrder::parse(word).ok_or_else(|| {
        ApiError::invalid("there is no such order")
            .hint("orders are rank, score, name, touched, due, rule:NAME")
    })
}
