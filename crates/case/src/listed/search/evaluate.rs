//! From a query to the entities that it brings up, each with a figure to rank by: rare words weigh more,
//! words in a name three times as much as words elsewhere.

use model::value::fold_words;

use super::super::Listed;
use super::super::query::{Kind, Query};
use super::super::terms::Terms;
use super::{Column, RECORDS_MAX, SearchError, has_value, in_group};

/// What a word in a name weighs beside one elsewhere; yente's figure.
const NAME_WEIGHT: f32 = 3.0;
/// What a misspelt or begun word weighs beside one that stands there. Chosen by hand.
const LOOSE_WEIGHT: f32 = 0.5;

/// Entities in order of position, each with its figure.
type Scored = Vec<(u32, f32)>;

/// Takes all words for words of names, and the last of them for the beginning of one.
pub(super) fn begin_last(query: &mut Query) {
    match query {
        Query::Word { field, word, kind } => {
            *field = Some("names".to_owned());
            word.push('*');
            *kind = Kind::Pattern;
        }
        Query::And(all) | Query::Or(all) => {
            let last = all.len().saturating_sub(1);
            for (at, query) in all.iter_mut().enumerate() {
                match query {
                    Query::Word { field, .. } if at < last => *field = Some("names".to_owned()),
                    query => begin_last(query),
                }
            }
        }
        Query::All | Query::Phrase { .. } | Query::Not(_) => {}
    }
}

/// What the query brings up.
pub(super) fn evaluate(listed: &Listed, query: &Query) -> Result<Scored, SearchError> {
    match query {
        Query::All => Ok(everything(listed)),
        Query::Word { field: Some(field), word, kind } => in_field(listed, field, word, *kind),
        Query::Word { field: None, word, kind } => Ok(anywhere(listed, word, *kind)),
        Query::Phrase { field, words } => phrase(listed, field.as_deref(), words),
        Query::Or(all) => {
            let mut any = Vec::new();
            for query in all {
                any = union(&any, &evaluate(listed, query)?);
            }
            Ok(any)
        }
        Query::Not(not) => Ok(without(everything(listed), &evaluate(listed, not)?)),
        Query::And(all) => {
            let mut both: Option<Scored> = None;
            for query in all.iter().filter(|query| !matches!(query, Query::Not(_))) {
                let found = evaluate(listed, query)?;
                both = Some(both.map_or_else(|| found.clone(), |both| intersection(&both, &found)));
            }
            let mut both = both.unwrap_or_else(|| everything(listed));
            for query in all {
                if let Query::Not(not) = query {
                    both = without(both, &evaluate(listed, not)?);
                }
            }
            Ok(both)
        }
    }
}

fn everything(listed: &Listed) -> Scored {
    (0..u32::try_from(listed.len()).unwrap_or(u32::MAX)).map(|at| (at, 0.0)).collect()
}

/// A word in the names or in the other texts.
fn anywhere(listed: &Listed, word: &str, kind: Kind) -> Scored {
    let names = in_terms(listed, &listed.names, word, kind, NAME_WEIGHT);
    best(&names, &in_terms(listed, &listed.texts, word, kind, 1.0))
}

fn in_terms(listed: &Listed, terms: &Terms, word: &str, kind: Kind, weight: f32) -> Scored {
    let numbers: Vec<usize> = match kind {
        Kind::Exact => terms.find(word).into_iter().collect(),
        Kind::Near(0) => terms.find(word).into_iter().collect(),
        Kind::Near(edits) => terms.near(word, edits),
        Kind::Pattern => match word.strip_suffix('*') {
            Some(begun) if !begun.contains(['*', '?']) => terms.with_beginning(begun).collect(),
            _ => terms.like(word),
        },
    };
    let exact = terms.find(word);
    let total = listed.len() as f32;
    let mut scored: Scored = Vec::new();
    let several = numbers.len() > 1;
    for number in numbers {
        let count = terms.count(number) as f32;
        let rarity = (1.0 + (total - count + 0.5) / (count + 0.5)).ln();
        let loose = if exact == Some(number) { 1.0 } else { LOOSE_WEIGHT };
        scored.extend(terms.entities(number).map(|at| (at, weight * rarity * loose)));
    }
    if several {
        scored.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        scored.dedup_by_key(|(at, _)| *at);
    }
    scored
}

/// A word in a named field.
fn in_field(listed: &Listed, field: &str, word: &str, kind: Kind) -> Result<Scored, SearchError> {
    if matches!(field, "names" | "name") {
        return Ok(in_terms(listed, &listed.names, word, kind, NAME_WEIGHT));
    }
    if let Some(column) = Column::find(field) {
        let column = column.of(listed);
        // Schemata have capitals, which the folded word has not.
        let wanted: Vec<u32> = (0..u32::try_from(column.len()).unwrap_or(u32::MAX))
            .filter(|number| fold_words(column.word(*number)) == word)
            .collect();
        let mut all = everything(listed);
        all.retain(|(at, _)| column.of(*at).iter().any(|number| wanted.contains(number)));
        return Ok(all);
    }
    let found = anywhere(listed, word, kind);
    looked_into(listed, found, |entity| {
        let prop = field.strip_prefix("properties.").unwrap_or(field);
        let mut values = entity.values(prop).iter().chain(in_group(entity, field));
        let is_word = |value: &String| match kind {
            Kind::Exact => fold_words(value).split(' ').any(|own| own == word),
            // Which word it was found by is not known here.
            Kind::Near(_) | Kind::Pattern => true,
        };
        values.any(is_word) || has_value(entity, field, word)
    })
}

/// Words in a row, in one value.
fn phrase(listed: &Listed, field: Option<&str>, words: &[String]) -> Result<Scored, SearchError> {
    let mut found: Option<Scored> = None;
    for word in words {
        let next = anywhere(listed, word, Kind::Exact);
        found = Some(found.map_or_else(|| next.clone(), |found| intersection(&found, &next)));
    }
    let found = found.unwrap_or_default();
    if words.len() < 2 && field.is_none() {
        return Ok(found);
    }
    let wanted = format!(" {} ", words.join(" "));
    looked_into(listed, found, |entity| {
        let has = |value: &String| format!(" {} ", fold_words(value)).contains(&wanted);
        match field.map(|field| field.strip_prefix("properties.").unwrap_or(field)) {
            None => has(&entity.caption) || entity.properties.values().flatten().any(has),
            Some(prop) => {
                let mut values = entity.values(prop).iter().chain(in_group(entity, prop));
                values.any(has)
            }
        }
    })
}

/// Keeps what a look into the whole record confirms.
fn looked_into(
    listed: &Listed,
    mut found: Scored,
    confirms: impl Fn(&super::ListedEntity) -> bool,
) -> Result<Scored, SearchError> {
    if found.len() > RECORDS_MAX {
        return Err(SearchError::TooBroad { max: RECORDS_MAX });
    }
    found.retain(|(at, _)| listed.at(*at).is_some_and(|entity| confirms(&entity)));
    Ok(found)
}

/// Walks two lists side by side; `both` says what becomes of a position that is in both.
fn merge(left: &[(u32, f32)], right: &[(u32, f32)], both: fn(f32, f32) -> f32) -> Scored {
    let mut merged = Vec::with_capacity(left.len().max(right.len()));
    let (mut l, mut r) = (0, 0);
    while let (Some(a), Some(b)) = (left.get(l), right.get(r)) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => {
                merged.push(*a);
                l += 1;
            }
            std::cmp::Ordering::Greater => {
                merged.push(*b);
                r += 1;
            }
            std::cmp::Ordering::Equal => {
                merged.push((a.0, both(a.1, b.1)));
                l += 1;
                r += 1;
            }
        }
    }
    merged.extend_from_slice(&left[l..]);
    merged.extend_from_slice(&right[r..]);
    merged
}

fn union(left: &[(u32, f32)], right: &[(u32, f32)]) -> Scored {
    merge(left, right, |a, b| a + b)
}

fn best(left: &[(u32, f32)], right: &[(u32, f32)]) -> Scored {
    merge(left, right, f32::max)
}

fn intersection(left: &[(u32, f32)], right: &[(u32, f32)]) -> Scored {
    let (few, many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let find = |at: u32| many.binary_search_by_key(&at, |(own, _)| *own).ok();
    few.iter().filter_map(|(at, a)| Some((*at, a + many[find(*at)?].1))).collect()
}

fn without(mut all: Scored, not: &[(u32, f32)]) -> Scored {
    all.retain(|(at, _)| not.binary_search_by_key(at, |(own, _)| *own).is_err());
    all
}
