//! The network: what ties a person to others, and the way from one person to another. Every link
//! has the document it stands in.

use std::collections::BTreeMap;

use axum::Json;
use case::{CaseView, Tie, TieKind, TieLink};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Ask, At, CasePath, Hidden, InCase, ItemPath, work};
use super::problem::ApiError;
use super::words::{LifeWord, StatusWord};

/// People of one tie that are given; of half a cache at one border post these stand for all.
const PEOPLE_MAX: usize = 100;
/// People of one answer: what a chart of 500 nodes can show.
const NODES_MAX: usize = 500;
/// Ties that a path may have. Chosen by hand: beyond, everybody knows everybody.
const STEPS_MAX: usize = 6;

/// People and what ties them.
#[derive(Serialize, ToSchema)]
pub(crate) struct NetworkShape {
    people: Vec<PersonNode>,
    ties: Vec<TieShape>,
}

/// A person of the network.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonNode {
    /// The lead.
    id: String,
    name: Option<String>,
    status: StatusWord,
    life: LifeWord,
    rank: u32,
}

/// What people share.
#[derive(Serialize, ToSchema)]
pub(crate) struct TieShape {
    /// `recommender`, `facilitator`, `phone`, `email`, `address`, `crossing`, `mother`, `related`.
    kind: &'static str,
    /// What it is, as one of them wrote it.
    label: String,
    /// People who have it; more than are given where they are many.
    count: usize,
    links: Vec<TieLinkShape>,
}

/// Somebody's link to a tie.
#[derive(Serialize, ToSchema)]
pub(crate) struct TieLinkShape {
    /// The lead.
    person: String,
    /// The record that says so.
    record: String,
    /// The document it stands in; none for a judgement.
    document: Option<String>,
    path: Option<String>,
    /// As written there.
    written: String,
}

/// People and ties of one answer, put together.
struct Chart<'a> {
    view: &'a CaseView,
    hidden: &'a Hidden,
    people: BTreeMap<usize, PersonNode>,
    ties: Vec<TieShape>,
}

impl<'a> Chart<'a> {
    fn new(view: &'a CaseView, hidden: &'a Hidden) -> Self {
        Self { view, hidden, people: BTreeMap::new(), ties: Vec::new() }
    }

    /// True if the person is in the chart now.
    fn add_person(&mut self, place: usize) -> bool {
        if self.people.contains_key(&place) {
            return true;
        }
        let Some(row) = self.view.people.rows.get(place) else { return false };
        if self.people.len() >= NODES_MAX || self.hidden.has(&[row.id.as_str()]) {
            return false;
        }
        self.people.insert(
            place,
            PersonNode {
                id: row.id.to_string(),
                name: row.names.first().cloned(),
                status: row.status.into(),
                life: row.life.into(),
                rank: row.rank,
            },
        );
        true
    }

    /// Adds a tie with the links of these people first, then of others while there is room.
    fn add_tie(&mut self, tie: &Tie, first: &[usize]) {
        let (of_first, others): (Vec<&TieLink>, Vec<&TieLink>) =
            tie.links.iter().partition(|link| first.contains(&link.person));
        let mut links = Vec::new();
        for link in of_first.into_iter().chain(others).take(PEOPLE_MAX) {
            if !self.add_person(link.person) {
                continue;
            }
            let person = self.people.get(&link.person).map(|node| node.id.clone());
            links.push(TieLinkShape {
                person: person.unwrap_or_default(),
                record: link.record.to_string(),
                document: link.document.as_ref().map(ToString::to_string),
                path: link.document.as_ref().map(|document| self.view.ledger.path(document)),
                written: link.written.clone(),
            });
        }
        let label = tie.links.first().map(|link| link.written.clone()).unwrap_or_default();
        self.ties.push(TieShape { kind: tie.kind.as_str(), label, count: tie.people(), links });
    }

    fn finish(self) -> Json<NetworkShape> {
        Json(NetworkShape { people: self.people.into_values().collect(), ties: self.ties })
    }
}

/// Which ties.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetworkAsk {
    /// Kinds of ties, parted by commas; all if none is named.
    kinds: Option<String>,
}

/// What ties a person to others, and to whom.
#[utoipa::path(get, operation_id = "network_around", path = "/network/around/{id}", tag = "network", params(ItemPath, NetworkAsk), responses((status = 200, body = NetworkShape)))]
pub(crate) async fn around(
    InCase(case): InCase,
    hidden: Hidden,
    At(path): At<ItemPath>,
    Ask(ask): Ask<NetworkAsk>,
) -> Result<Json<NetworkShape>, ApiError> {
    let kinds = parse_kinds(ask.kinds.as_deref())?;
    work(move || {
        let view = case.room.view();
        let (place, _) = view.find(&path.id).ok_or_else(|| ApiError::not_found("lead"))?;
        let mut chart = Chart::new(&view, &hidden);
        chart.add_person(place);
        let mut ties: Vec<&Tie> =
            view.network().ties_of(place).filter(|tie| kinds.contains(&tie.kind)).collect();
        // What few share says more, and is in while there is room.
        ties.sort_by_key(|tie| tie.people());
        for tie in ties {
            chart.add_tie(tie, &[place]);
        }
        Ok(chart.finish())
    })
    .await
}

fn parse_kinds(words: Option<&str>) -> Result<Vec<TieKind>, ApiError> {
    let Some(words) = words else { return Ok(TieKind::ALL.into()) };
    let parse = |word: &str| TieKind::ALL.into_iter().find(|kind| kind.as_str() == word.trim());
    let kinds: Option<Vec<TieKind>> = words.split(',').map(parse).collect();
    kinds.ok_or_else(|| ApiError::invalid("there is no such kind of tie"))
}

/// From whom to whom.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetworkPathAsk {
    /// A lead or record.
    from: String,
    /// Another.
    to: String,
}

/// The shortest way between two people.
#[derive(Serialize, ToSchema)]
pub(crate) struct NetworkPathShape {
    /// True if there is one.
    found: bool,
    /// Leads along it, from the one to the other; a tie lies between each two.
    steps: Vec<String>,
    network: NetworkShape,
}

/// The shortest way from one person to another over what people share.
#[utoipa::path(get, operation_id = "network_path", path = "/network/path", tag = "network", params(CasePath, NetworkPathAsk), responses((status = 200, body = NetworkPathShape)))]
pub(crate) async fn path(
    InCase(case): InCase,
    hidden: Hidden,
    Ask(ask): Ask<NetworkPathAsk>,
) -> Result<Json<NetworkPathShape>, ApiError> {
    work(move || {
        let view = case.room.view();
        let place = |id: &str| view.find(id).map(|(place, _)| place);
        let from = place(&ask.from).ok_or_else(|| ApiError::not_found("lead"))?;
        let to = place(&ask.to).ok_or_else(|| ApiError::not_found("lead"))?;
        let is_hidden = |place: usize| {
            let row = view.people.rows.get(place);
            row.is_some_and(|row| hidden.has(&[row.id.as_str()]))
        };
        if is_hidden(from) || is_hidden(to) {
            return Err(ApiError::not_found("lead"));
        }
        let way = view.network().path(from, to, STEPS_MAX);
        // A way over somebody who is hidden would tell of them.
        let way = way.filter(|way| !way.iter().any(|(person, _)| is_hidden(*person)));
        let found = way.is_some();
        let mut chart = Chart::new(&view, &hidden);
        let way = way.unwrap_or_default();
        let mut steps: Vec<usize> = way.iter().map(|(person, _)| *person).collect();
        if found {
            steps.push(to);
        }
        for &step in &steps {
            chart.add_person(step);
        }
        for ((_, tie), ends) in way.iter().zip(steps.windows(2)) {
            let links = tie.links.iter().filter(|link| ends.contains(&link.person));
            let only =
                Tie { kind: tie.kind, key: tie.key.clone(), links: links.cloned().collect() };
            chart.add_tie(&only, ends);
        }
        let ids = steps.iter().filter_map(|s| Some(view.people.rows.get(*s)?.id.to_string()));
        Ok(Json(NetworkPathShape { found, steps: ids.collect(), network: chart.finish().0 }))
    })
    .await
}
