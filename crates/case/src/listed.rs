//! The entities of loaded lists, whole: by id, by what refers to them, and by text search.
//!
//! The screening index holds what is compared; this holds what is shown. Records are compressed, the
//! columns and the words that searches need are not. Positions count entities in the order in which
//! they came. Invariant: the same lists in the same order give the same answers.

mod blocks;
mod build;
mod keywords;
mod query;
mod search;
mod terms;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

pub use build::ListedBuilder;
pub use query::QueryError;
pub use search::{
    Facet, FacetCount, Filter, Found, Restriction, SearchError, SearchRequest, Sort, sort_entities,
};

use blocks::Blocks;
use keywords::Keywords;
use search::Accept;
use terms::Terms;

/// An entity of a list with all that the list says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListedEntity {
    /// Its id on the list.
    #[serde(rename = "i")]
    pub id: String,
    /// What to call it.
    #[serde(rename = "c")]
    pub caption: String,
    /// Its schema.
    #[serde(rename = "s")]
    pub schema: String,
    /// Values by property.
    #[serde(rename = "p")]
    pub properties: BTreeMap<String, Vec<String>>,
    /// The data sets that it is in.
    #[serde(rename = "d")]
    pub datasets: Vec<String>,
    /// Ids that were merged into it.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<String>,
    /// When it was first seen, ISO 8601 without zone.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// When it was last seen.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// When it last changed.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
}

/// Topics for which an entity counts as a target: those of risk in FtM (4.9).
const RISKS: [&str; 28] = [
    "corp.disqual",
    "crime",
    "crime.boss",
    "crime.fin",
    "crime.fraud",
    "crime.terror",
    "crime.theft",
    "crime.traffick",
    "crime.war",
    "debarment",
    "export.control",
    "export.control.linked",
    "export.risk",
    "invest.ban",
    "invest.risk",
    "mare.detained",
    "mare.shadow",
    "poi",
    "reg.action",
    "reg.warn",
    "role.oligarch",
    "role.pep",
    "role.rca",
    "sanction",
    "sanction.control",
    "sanction.counter",
    "sanction.linked",
    "wanted",
];

impl ListedEntity {
    /// Values of a property.
    pub fn values(&self, prop: &str) -> &[String] {
        self.properties.get(prop).map_or(&[], Vec::as_slice)
    }

    /// Whether it is on a list for what it did, rather than beside one who is.
    pub fn is_target(&self) -> bool {
        self.values("topics").iter().any(|topic| is_risk(topic))
    }
}

fn is_risk(topic: &str) -> bool {
    RISKS.contains(&topic)
}

/// The entities of lists.
#[derive(Debug)]
pub struct Listed {
    records: Blocks,
    /// Hashes of ids with positions, in order.
    ids: Vec<(u64, u32)>,
    /// Hashes of referents with positions, in order.
    referents: Vec<(u64, u32)>,
    /// Who refers to whom: the one referred to, the one who refers.
    links: Vec<(u32, u32)>,
    columns: Columns,
    names: Terms,
    texts: Terms,
}

/// What searches filter, sort and count by.
#[derive(Debug, Default)]
struct Columns {
    /// The list that it came from.
    lists: Keywords,
    datasets: Keywords,
    schemata: Keywords,
    countries: Keywords,
    topics: Keywords,
    genders: Keywords,
    /// Times as numbers, `20260131120000`; 0 where not known.
    first_seen: Vec<u64>,
    last_seen: Vec<u64>,
    last_change: Vec<u64>,
    /// Numbers of values: what more is known of comes first.
    weights: Vec<u16>,
    targets: Vec<bool>,
}

impl Listed {
    /// The number of entities.
    pub fn len(&self) -> usize {
        self.columns.weights.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes held, about: records, and the words that searches need.
    pub fn size(&self) -> usize {
        self.records.size() + self.names.size() + self.texts.size() + self.len() * 64
    }

    /// An entity by its position.
    pub fn at(&self, position: u32) -> Option<ListedEntity> {
        serde_json::from_slice(&self.records.get(position)?).ok()
    }

    /// An entity by its id.
    pub fn find(&self, id: &str) -> Option<(u32, ListedEntity)> {
        positions(&self.ids, hash_of(id))
            .filter_map(|at| Some((at, self.at(at)?)))
            .find(|(_, entity)| entity.id == id)
    }

    /// An entity by its id, on one list.
    pub fn find_on(&self, list: &str, id: &str) -> Option<ListedEntity> {
        let list = self.columns.lists.find(list)?;
        positions(&self.ids, hash_of(id))
            .filter(|at| self.columns.lists.of(*at).contains(&list))
            .filter_map(|at| self.at(at))
            .find(|entity| entity.id == id)
    }

    /// The entity that this one was merged into.
    pub fn find_merged(&self, id: &str) -> Option<ListedEntity> {
        positions(&self.referents, hash_of(id))
            .filter_map(|at| self.at(at))
            .find(|entity| entity.referents.iter().any(|referent| referent == id))
    }

    /// The entities that refer to this one, at most so many, in order.
    pub fn referring(&self, position: u32, most: usize) -> Vec<(u32, ListedEntity)> {
        let from = self.links.partition_point(|(to, _)| *to < position);
        let links = self.links[from..].iter().take_while(|(to, _)| *to == position);
        links.take(most).filter_map(|(_, by)| Some((*by, self.at(*by)?))).collect()
    }

    /// What entities are accepted, made ready to be asked often.
    ///
    /// # Errors
    /// [`SearchError`] for a filter on a field that is not known.
    pub fn restrict(&self, restriction: &Restriction) -> Result<Accepted<'_>, SearchError> {
        Ok(Accepted { listed: self, accept: Accept::new(self, restriction)? })
    }

    /// The schemata that occur in each data set.
    pub fn schemata(&self) -> BTreeMap<String, BTreeSet<String>> {
        let Columns { datasets, schemata, .. } = &self.columns;
        let mut seen = vec![vec![false; schemata.len()]; datasets.len()];
        for at in 0..u32::try_from(self.len()).unwrap_or(u32::MAX) {
            for dataset in datasets.of(at) {
                for schema in schemata.of(at) {
                    seen[*dataset as usize][*schema as usize] = true;
                }
            }
        }
        let names = |seen: Vec<bool>| {
            let seen = (0u32..).zip(seen).filter(|(_, seen)| *seen);
            seen.map(|(number, _)| schemata.word(number).to_owned()).collect()
        };
        (0u32..).zip(seen).map(|(at, seen)| (datasets.word(at).to_owned(), names(seen))).collect()
    }
}

/// A restriction over the entities of lists.
#[derive(Debug)]
pub struct Accepted<'a> {
    listed: &'a Listed,
    accept: Accept,
}

impl Accepted<'_> {
    /// Whether the entity of this id is accepted.
    pub fn has(&self, id: &str) -> bool {
        positions(&self.listed.ids, hash_of(id)).any(|at| self.accept.accepts(self.listed, at))
    }
}

/// The hash by which ids are found; what is found is compared in full.
fn hash_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// The positions that stand under a hash.
fn positions(table: &[(u64, u32)], hash: u64) -> impl Iterator<Item = u32> {
    let from = table.partition_point(|(own, _)| *own < hash);
    table[from..].iter().take_while(move |(own, _)| *own == hash).map(|(_, at)| *at)
}

#[cfg(test)]
mod tests;
