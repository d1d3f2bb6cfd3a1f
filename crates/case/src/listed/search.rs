//! Searching the entities of lists: a text, what is accepted, the best page of it, and counts.
//!
//! What is asked about is bounded: a question that would have to look into too many whole records is
//! refused instead of half answered.

mod evaluate;
mod sort;

use std::collections::BTreeMap;

use model::schema::Schema;
use rustc_hash::FxHashSet;

use super::build::time_of;
use super::keywords::Keywords;
use super::query::{self, QueryError};
use super::{Listed, ListedEntity, hash_of, positions};

pub use sort::{Sort, sort_entities};

/// Records that one question may look into, for phrases, other fields and other orders. Some 10 µs each.
const RECORDS_MAX: usize = 20_000;
/// Different words that a facet counts, as yente does.
const FACET_MAX: usize = 1_000;

/// Which entities are accepted.
#[derive(Clone, Debug, Default)]
pub struct Restriction {
    /// In any of these data sets; everywhere where `None`.
    pub datasets: Option<Vec<String>>,
    /// Of any of these schemata; of all where `None`.
    pub schemata: Option<Vec<String>>,
    /// Of none of these schemata.
    pub not_schemata: Vec<String>,
    /// Values that fields must have.
    pub filters: Vec<Filter>,
    /// Changed after this time (ISO 8601, any precision).
    pub changed_since: Option<String>,
    /// Targets only, or others only.
    pub target: Option<bool>,
    /// Not these ids, nor what they were merged into.
    pub not_ids: Vec<String>,
}

impl Restriction {
    /// Whether it says more than which data sets.
    pub(crate) fn looks_into_entities(&self) -> bool {
        self.schemata.is_some()
            || !self.not_schemata.is_empty()
            || !self.filters.is_empty()
            || self.changed_since.is_some()
            || self.target.is_some()
            || !self.not_ids.is_empty()
    }
}

/// Values of one field.
#[derive(Clone, Debug)]
pub struct Filter {
    /// `countries`, `topics`, `datasets`, `genders`, `schema`, or `properties.…`.
    pub field: String,
    /// What it must have.
    pub values: Vec<String>,
    /// All of the values; any of them otherwise.
    pub all: bool,
}

/// What is counted beside the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the groups say it")]
pub enum Facet {
    Datasets,
    Schema,
    Countries,
    Identifiers,
    Topics,
    Genders,
}

/// A search.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest {
    /// What is looked for; everything where empty.
    pub text: String,
    /// Whether the text is in the simple language.
    pub simple: bool,
    /// Whether misspelt words are found.
    pub fuzzy: bool,
    /// Whether the text is a name whose last word is only begun.
    pub begun: bool,
    /// What is accepted.
    pub restriction: Restriction,
    /// Results given.
    pub limit: usize,
    /// Results left out before them.
    pub offset: usize,
    /// Orders, the first the strongest; by likeness after them.
    pub sorts: Vec<Sort>,
    /// What is counted.
    pub facets: Vec<Facet>,
}

/// What a search brought up.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The page asked for.
    pub entities: Vec<ListedEntity>,
    /// All that was found.
    pub total: usize,
    /// Counts, in the order asked.
    pub facets: Vec<(Facet, Vec<FacetCount>)>,
}

/// How often a word of a facet occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The word.
    pub name: String,
    /// Entities that have it.
    pub count: usize,
}

/// A search that cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The text cannot be understood.
    #[error("invalid query")]
    Query(#[from] QueryError),
    /// Too much would have to be looked into.
    #[error("the query is too broad: more than {max} entities would have to be looked into")]
    TooBroad {
        /// So many are looked into.
        max: usize,
    },
}

impl Listed {
    /// Searches.
    ///
    /// # Errors
    /// [`SearchError`] for a text that cannot be understood and a question that is too broad.
    pub fn search(&self, request: &SearchRequest) -> Result<Found, SearchError> {
        let mut query = query::read(&request.text, request.simple, request.fuzzy)?;
        if request.begun {
            evaluate::begin_last(&mut query);
        }
        let accept = Accept::new(self, &request.restriction)?;
        let mut found = evaluate::evaluate(self, &query)?;
        let mut looked = 0;
        let mut failed = None;
        found.retain(|(at, _)| {
            accept.columns(self, *at)
                && (accept.properties.is_empty() || {
                    looked += 1;
                    if looked > RECORDS_MAX {
                        failed = Some(SearchError::TooBroad { max: RECORDS_MAX });
                        return false;
                    }
                    accept.properties(self, *at)
                })
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let facets = request
            .facets
            .iter()
            .map(|facet| (*facet, self.count(*facet, found.iter().map(|(at, _)| *at))))
            .collect();
        let total = found.len();
        let page = sort::page(self, found, request)?;
        let entities = page.into_iter().filter_map(|at| self.at(at)).collect();
        Ok(Found { entities, total, facets })
    }

    /// Counts the words of a facet, the most frequent first.
    fn count(&self, facet: Facet, found: impl Iterator<Item = u32>) -> Vec<FacetCount> {
        let column = match facet {
            Facet::Datasets => &self.columns.datasets,
            Facet::Schema => &self.columns.schemata,
            Facet::Countries => &self.columns.countries,
            Facet::Topics => &self.columns.topics,
            Facet::Genders => &self.columns.genders,
            Facet::Identifiers => return self.count_identifiers(found),
        };
        let mut counts = vec![0usize; column.len()];
        for at in found {
            for number in column.of(at) {
                counts[*number as usize] += 1;
            }
        }
        let counted = (0u32..).zip(counts).filter(|(_, count)| *count > 0);
        ordered(counted.map(|(number, count)| (column.word(number).to_owned(), count)).collect())
    }

    /// Identifiers are in the records only, so those of the first entities count, in order.
    fn count_identifiers(&self, found: impl Iterator<Item = u32>) -> Vec<FacetCount> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for entity in found.take(RECORDS_MAX).filter_map(|at| self.at(at)) {
            let Some(schema) = Schema::find(&entity.schema) else { continue };
            let mut own: Vec<String> = Vec::new();
            for (prop, values) in entity.properties {
                let kind = schema.property(&prop).map(|prop| prop.kind);
                if kind == Some(model::schema::PropertyType::Identifier) {
                    own.extend(values);
                }
            }
            own.sort();
            own.dedup();
            for value in own {
                *counts.entry(value).or_default() += 1;
            }
        }
        ordered(counts.into_iter().collect())
    }
}

fn ordered(mut counts: Vec<(String, usize)>) -> Vec<FacetCount> {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(FACET_MAX);
    counts.into_iter().map(|(name, count)| FacetCount { name, count }).collect()
}

/// A restriction as numbers of the columns.
#[derive(Debug)]
pub(super) struct Accept {
    datasets: Option<Vec<bool>>,
    schemata: Vec<bool>,
    keywords: Vec<(Column, Vec<Option<u32>>, bool)>,
    properties: Vec<Filter>,
    changed_since: Option<u64>,
    target: Option<bool>,
    not: FxHashSet<u32>,
}

/// A column of keywords by its name.
#[derive(Clone, Copy, Debug)]
enum Column {
    Datasets,
    Schemata,
    Countries,
    Topics,
    Genders,
}

impl Column {
    fn find(field: &str) -> Option<Column> {
        Some(match field {
            "datasets" | "dataset" => Column::Datasets,
            "schema" => Column::Schemata,
            "countries" => Column::Countries,
            "topics" => Column::Topics,
            "genders" => Column::Genders,
            _ => return None,
        })
    }

    fn of(self, listed: &Listed) -> &Keywords {
        match self {
            Column::Datasets => &listed.columns.datasets,
            Column::Schemata => &listed.columns.schemata,
            Column::Countries => &listed.columns.countries,
            Column::Topics => &listed.columns.topics,
            Column::Genders => &listed.columns.genders,
        }
    }
}

impl Accept {
    /// # Errors
    /// None at present; fields that are not known have no values.
    pub(super) fn new(listed: &Listed, asked: &Restriction) -> Result<Self, SearchError> {
        let flags = |column: &Keywords, words: &[String]| {
            let mut flags = vec![false; column.len()];
            for number in words.iter().filter_map(|word| column.find(word)) {
                flags[number as usize] = true;
            }
            flags
        };
        let column = &listed.columns.schemata;
        let mut schemata = match &asked.schemata {
            Some(names) => flags(column, names),
            None => vec![true; column.len()],
        };
        for number in asked.not_schemata.iter().filter_map(|name| column.find(name)) {
            schemata[number as usize] = false;
        }
        let mut keywords = Vec::new();
        let mut properties = Vec::new();
        for filter in &asked.filters {
            match Column::find(&filter.field) {
                Some(column) => {
                    let find = |word: &String| column.of(listed).find(word);
                    keywords.push((column, filter.values.iter().map(find).collect(), filter.all));
                }
                None => properties.push(filter.clone()),
            }
        }
        let not = asked.not_ids.iter().flat_map(|id| {
            let hash = hash_of(id);
            positions(&listed.ids, hash).chain(positions(&listed.referents, hash))
        });
        Ok(Self {
            datasets: asked.datasets.as_ref().map(|names| flags(&listed.columns.datasets, names)),
            schemata,
            keywords,
            properties,
            changed_since: asked.changed_since.as_deref().map(|time| time_of(Some(time))),
            target: asked.target,
            not: not.collect(),
        })
    }

    /// Whether an entity is accepted.
    pub(super) fn accepts(&self, listed: &Listed, at: u32) -> bool {
        self.columns(listed, at) && self.properties(listed, at)
    }

    fn columns(&self, listed: &Listed, at: u32) -> bool {
        let any = |flags: &[bool], numbers: &[u32]| {
            numbers.iter().any(|number| flags.get(*number as usize) == Some(&true))
        };
        let columns = &listed.columns;
        let i = at as usize;
        self.datasets.as_ref().is_none_or(|flags| any(flags, columns.datasets.of(at)))
            && any(&self.schemata, columns.schemata.of(at))
            && self.target.is_none_or(|target| columns.targets.get(i) == Some(&target))
            && self.changed_since.is_none_or(|since| columns.last_change.get(i) > Some(&since))
            && !self.not.contains(&at)
            && self.keywords.iter().all(|(column, wanted, all)| {
                let own = column.of(listed).of(at);
                let has = |number: &Option<u32>| number.is_some_and(|number| own.contains(&number));
                if *all { wanted.iter().all(has) } else { wanted.iter().any(has) }
            })
    }

    fn properties(&self, listed: &Listed, at: u32) -> bool {
        self.properties.is_empty()
            || listed.at(at).is_some_and(|entity| {
                self.properties.iter().all(|filter| {
                    let has = |value: &String| has_value(&entity, &filter.field, value);
                    if filter.all {
                        filter.values.iter().all(has)
                    } else {
                        filter.values.iter().any(has)
                    }
                })
            })
    }
}

/// Whether a field has a value, as it stands.
fn has_value(entity: &ListedEntity, field: &str, value: &str) -> bool {
    match field {
        "id" | "entity_id" => entity.id == value,
        "caption" => entity.caption == value,
        "referents" => entity.referents.iter().any(|own| own == value),
        "first_seen" => entity.first_seen.as_deref() == Some(value),
        "last_seen" => entity.last_seen.as_deref() == Some(value),
        "last_change" => entity.last_change.as_deref() == Some(value),
        "target" => entity.is_target().to_string() == value,
        field => match field.strip_prefix("properties.") {
            Some(prop) => entity.values(prop).iter().any(|own| own == value),
            None => in_group(entity, field).any(|own| own == value),
        },
    }
}

/// The values of all properties of a group: `identifiers`, `names`, `dates`.
fn in_group<'a>(entity: &'a ListedEntity, group: &'a str) -> impl Iterator<Item = &'a String> {
    let schema = Schema::find(&entity.schema);
    let is_in = move |prop: &str| {
        let kind = schema.and_then(|schema| schema.property(prop)).map(|prop| prop.kind);
        kind.and_then(model::schema::PropertyType::group) == Some(group)
    };
    entity.properties.iter().filter(move |(prop, _)| is_in(prop)).flat_map(|(_, values)| values)
}
