//! The order of what was found, and the page of it that was asked for.

use super::super::{Listed, ListedEntity};
use super::{RECORDS_MAX, SearchError, SearchRequest, in_group};

/// What the number of values adds to the figure of an entity: yente's factor.
const WEIGHT_FACTOR: f32 = 0.5;

/// An order by one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// `first_seen`, `last_seen`, `last_change`, `caption`, `id`, `schema`, `properties.…`.
    pub field: String,
    /// The largest first.
    pub descending: bool,
}

/// What is sorted by: times as numbers, other things as texts. Nothing known comes last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Text(String),
}

/// The positions of the page, in order.
pub(super) fn page(
    listed: &Listed,
    found: Vec<(u32, f32)>,
    request: &SearchRequest,
) -> Result<Vec<u32>, SearchError> {
    let SearchRequest { limit, offset, sorts, .. } = request;
    if *offset >= found.len() || *limit == 0 {
        return Ok(Vec::new());
    }
    let weight = |at: u32| {
        let values = listed.columns.weights.get(at as usize).copied().unwrap_or_default();
        (WEIGHT_FACTOR * f32::from(values)).sqrt()
    };
    let mut ranked: Vec<(f32, u32)> =
        found.into_iter().map(|(at, figure)| (figure + weight(at), at)).collect();
    let by_figure = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if sorts.is_empty() {
        let end = offset.saturating_add(*limit);
        if end < ranked.len() {
            ranked.select_nth_unstable_by(end, by_figure);
            ranked.truncate(end);
        }
        ranked.sort_unstable_by(by_figure);
    } else {
        let is_column = |sort: &Sort| times(listed, &sort.field).is_some();
        if !sorts.iter().all(is_column) && ranked.len() > RECORDS_MAX {
            return Err(SearchError::TooBroad { max: RECORDS_MAX });
        }
        ranked.sort_unstable_by(by_figure);
        let mut keyed: Vec<(Vec<Option<Key>>, u32)> =
            ranked.iter().map(|(_, at)| (keys(listed, *at, sorts), *at)).collect();
        // Stable: what is equal stays in order of its figure.
        keyed.sort_by(|a, b| compare(&a.0, &b.0, sorts));
        return Ok(keyed.into_iter().map(|(_, at)| at).skip(*offset).take(*limit).collect());
    }
    Ok(ranked.into_iter().map(|(_, at)| at).skip(*offset).take(*limit).collect())
}

/// Puts entities into an order; those that are equal keep theirs.
pub fn sort_entities(entities: &mut [ListedEntity], sorts: &[Sort]) {
    if !sorts.is_empty() {
        let keys = |entity: &ListedEntity| -> Vec<Option<Key>> {
            sorts.iter().map(|sort| key_of(entity, &sort.field)).collect()
        };
        entities.sort_by(|a, b| compare(&keys(a), &keys(b), sorts));
    }
}

fn compare(a: &[Option<Key>], b: &[Option<Key>], sorts: &[Sort]) -> std::cmp::Ordering {
    let pairs = a.iter().zip(b).zip(sorts);
    pairs.fold(std::cmp::Ordering::Equal, |order, ((a, b), sort)| {
        order.then_with(|| match (a, b) {
            (Some(a), Some(b)) => {
                if sort.descending {
                    b.cmp(a)
                } else {
                    a.cmp(b)
                }
            }
            // Whatever the direction.
            (a, b) => b.is_some().cmp(&a.is_some()),
        })
    })
}

fn times<'a>(listed: &'a Listed, field: &str) -> Option<&'a [u64]> {
    match field {
        "first_seen" => Some(&listed.columns.first_seen),
        "last_seen" => Some(&listed.columns.last_seen),
        "last_change" => Some(&listed.columns.last_change),
        _ => None,
    }
}

fn keys(listed: &Listed, at: u32, sorts: &[Sort]) -> Vec<Option<Key>> {
    let mut record: Option<ListedEntity> = None;
    let key = |sort: &Sort| {
        if let Some(column) = times(listed, &sort.field) {
            return column
                .get(at as usize)
                .filter(|time| **time > 0)
                .map(|time| Key::Number(*time));
        }
        if record.is_none() {
            record = listed.at(at);
        }
        key_of(record.as_ref()?, &sort.field)
    };
    sorts.iter().map(key).collect()
}

fn key_of(entity: &ListedEntity, field: &str) -> Option<Key> {
    let text = match field {
        "id" | "entity_id" => Some(&entity.id),
        "caption" => Some(&entity.caption),
        "schema" => Some(&entity.schema),
        "first_seen" => entity.first_seen.as_ref(),
        "last_seen" => entity.last_seen.as_ref(),
        "last_change" => entity.last_change.as_ref(),
        field => match field.strip_prefix("properties.") {
            Some(prop) => entity.values(prop).iter().min(),
            None => in_group(entity, field).min(),
        },
    };
    text.map(|text| Key::Text(text.clone()))
}
