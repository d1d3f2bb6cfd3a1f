//! Lists to be served without a case: which data sets there are, what is in them, and screening against
//! some of them.
//!
//! A data set is a list under its name, or one that a manifest declares; a collection is a data set with
//! others below it. `default` is everything, unless a data set has that name.
//! Invariant: an answer is one of lists, request and engine; nothing here changes after [`Catalog::open`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use lists::{About, Sink, SourceFile};
use model::schema::Schema;
use model::{DatasetName, Entity, EntityId, Problem, Statement};
use resolve::{Scope, ScreenHit, Segment};

use crate::index::IndexSink;
use crate::list::{ListSummary, list_dataset, source_files};
use crate::listed::{Listed, ListedBuilder, ListedEntity, Restriction};
use crate::manifest::{self, Declared};
use crate::{CaseError, Progress, ScreenRequest, Session};

/// The collection of everything.
const EVERYTHING: &str = "default";

/// A list file that is to be loaded, or a manifest of several.
#[derive(Clone, Debug)]
pub struct ListSource {
    /// The name of the data set; that of the file where `None`.
    pub name: Option<String>,
    /// A file, archive or folder; a manifest if it ends in `.yml` or `.yaml`.
    pub path: PathBuf,
}

/// A data set of the catalog.
#[derive(Clone, Debug, Default)]
pub struct CatalogDataset {
    /// Its short name.
    pub name: String,
    /// What the publisher calls it.
    pub title: String,
    /// Its version: declared, or the publisher's date, or the beginning of its hash.
    pub version: String,
    /// Whether its entities were loaded; a collection may be no more than its children.
    pub loaded: bool,
    /// Entities that were loaded, links and addresses among them.
    pub entities: u64,
    /// The publisher's date of the data.
    pub date: Option<String>,
    /// The data sets right below it.
    pub children: Vec<String>,
    /// It and all below it.
    pub scope: Vec<String>,
}

/// Lists, ready to be asked.
pub struct Catalog {
    /// The data sets, in the order they were named.
    pub datasets: Vec<CatalogDataset>,
    /// Manifest entries that could not be followed.
    pub problems: Vec<Problem>,
    session: Session,
    listed: Listed,
    /// By segment, the data sets that its entities may be in.
    segments: Vec<Vec<String>>,
    /// Whether entities of one segment are in different data sets.
    is_mixed: bool,
    /// By data set, the schemata that occur there.
    schemata: BTreeMap<String, BTreeSet<String>>,
}

/// What is asked of the catalog for one query.
#[derive(Clone, Debug)]
pub struct CatalogRequest {
    /// The best so many are given.
    pub top: usize,
    /// The first so many are explained.
    pub explained: usize,
    /// Those that score below are dropped.
    pub cutoff: f64,
    /// Which entities are accepted.
    pub restriction: Restriction,
}

/// A hit, and what the list says of it.
#[derive(Clone, Debug)]
pub struct CatalogHit {
    /// How it compares.
    pub hit: ScreenHit,
    /// The entity; whole only where it was explained.
    pub entity: Option<ListedEntity>,
}

impl Catalog {
    /// Prepares what there is room for, so that the first queries take no longer than later ones. May
    /// run while queries are asked.
    pub fn warm(&self) {
        self.session.warm();
    }

    /// Loads lists.
    ///
    /// # Errors
    /// For a list that cannot be loaded, and a manifest that cannot be read.
    pub fn open(sources: &[ListSource], progress: &dyn Progress) -> Result<Self, CaseError> {
        let (declared, problems) = manifest::declared(sources)?;
        let mut opening = Opening::default();
        let mut datasets = Vec::new();
        for entry in &declared {
            let mut dataset = CatalogDataset {
                name: entry.name.clone(),
                title: entry.title.clone().unwrap_or_else(|| entry.name.clone()),
                version: entry.version.clone().unwrap_or_default(),
                children: entry.children.clone(),
                scope: manifest::scope_of(&entry.name, &declared),
                ..CatalogDataset::default()
            };
            if let Some(path) = &entry.path {
                let files = source_files(path)?;
                opening.load(entry, &files, &mut dataset, progress)?;
            }
            datasets.push(dataset);
        }
        Ok(opening.finish(datasets, problems))
    }

    /// Loads one list that is held in memory, under a name.
    ///
    /// # Errors
    /// As [`Catalog::open`].
    pub fn of_bytes(
        name: &str,
        file: &str,
        bytes: Vec<u8>,
        progress: &dyn Progress,
    ) -> Result<Self, CaseError> {
        let entry = Declared { name: name.to_owned(), ..Declared::default() };
        let files = [SourceFile::from_bytes(file, bytes)];
        let mut opening = Opening::default();
        let mut dataset = CatalogDataset {
            name: name.to_owned(),
            scope: vec![name.to_owned()],
            ..CatalogDataset::default()
        };
        opening.load(&entry, &files, &mut dataset, progress)?;
        Ok(opening.finish(vec![dataset], Vec::new()))
    }

    /// The lists as they were loaded.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The entities of the lists.
    pub fn listed(&self) -> &Listed {
        &self.listed
    }

    /// A data set by its name.
    pub fn dataset(&self, name: &str) -> Option<&CatalogDataset> {
        self.datasets.iter().find(|dataset| dataset.name == name)
    }

    /// The names of a data set and all below it; `None` if there is none of this name.
    pub fn scope(&self, name: &str) -> Option<Vec<String>> {
        match self.dataset(name) {
            Some(dataset) => Some(dataset.scope.clone()),
            None if name == EVERYTHING => {
                Some(self.datasets.iter().map(|dataset| dataset.name.clone()).collect())
            }
            None => None,
        }
    }

    /// The schemata that occur in these data sets, in order of name.
    pub fn schemata(&self, scope: &[String]) -> BTreeSet<&str> {
        let own = scope.iter().filter_map(|name| self.schemata.get(name));
        own.flatten().map(String::as_str).collect()
    }

    /// The best hits for a query, of the entities accepted, and of schemata that may be the same.
    pub fn screen(&self, query: &Entity, request: &CatalogRequest) -> Vec<CatalogHit> {
        let restriction = &request.restriction;
        let is_asked = |names: &Vec<String>| {
            let wanted = restriction.datasets.as_ref();
            wanted.is_none_or(|wanted| names.iter().any(|name| wanted.contains(name)))
        };
        let segments: Vec<bool> = self.segments.iter().map(is_asked).collect();
        let looks = self.is_mixed || restriction.looks_into_entities();
        let accepted = looks.then(|| self.listed.restrict(restriction));
        let accepts = accepted
            .as_ref()
            .map(|accepted| move |_: &DatasetName, id: &EntityId| accepted.has(id.as_str()));
        let scope = Scope {
            segments: Some(&segments),
            accepts: accepts.as_ref().map(|accepts| accepts as _),
            found_only: true,
            explained: Some(request.explained),
        };
        let asked =
            ScreenRequest { top: request.top, share: None, cutoff: request.cutoff, explain: true };
        let schema = Schema::find(&query.schema);
        let hits = self.screen_all(query, &asked, &scope).into_iter();
        let with_entity = hits.enumerate().map(|(rank, hit)| {
            let entity = (rank < request.explained)
                .then(|| self.listed.find_on(hit.dataset.as_str(), hit.entity_id.as_str()))
                .flatten();
            CatalogHit { hit, entity }
        });
        with_entity
            .filter(|hit| match (&hit.entity, schema) {
                (Some(entity), Some(schema)) if schema.matchable => {
                    Schema::find(&entity.schema).is_none_or(|own| own.may_match(schema))
                }
                _ => true,
            })
            .collect()
    }
}

/// Schemata that together stand for any subject: people and bodies, vessels and aircraft.
const ANY_SUBJECT: [&str; 2] = ["LegalEntity", "Vessel"];

impl Catalog {
    /// The hits for a query; one of no schema in particular is asked as each of those that there are.
    fn screen_all(&self, query: &Entity, asked: &ScreenRequest, scope: &Scope) -> Vec<ScreenHit> {
        if &*query.schema != "Thing" {
            return self.session.screen_within(query, asked, scope);
        }
        let mut hits: Vec<ScreenHit> = ANY_SUBJECT
            .into_iter()
            .flat_map(|schema| {
                let mut query = query.clone();
                query.schema = schema.into();
                self.session.screen_within(&query, asked, scope)
            })
            .collect();
        hits.sort_by(|a, b| b.pair.score.total_cmp(&a.pair.score));
        // A person may be found as one body among others as well; the better of the two counts.
        let mut seen = BTreeSet::new();
        hits.retain(|hit| seen.insert((hit.dataset.clone(), hit.entity_id.clone())));
        hits.truncate(asked.top);
        hits
    }
}

/// What is loaded so far.
#[derive(Default)]
struct Opening {
    lists: Vec<ListSummary>,
    segments: Vec<Segment>,
    names: Vec<Vec<String>>,
    is_mixed: bool,
    listed: ListedBuilder,
}

impl Opening {
    fn load(
        &mut self,
        entry: &Declared,
        files: &[SourceFile],
        dataset: &mut CatalogDataset,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        // Never written to a file, so never opened by another version.
        const KEY: &str = "in memory";
        let name = DatasetName::from(entry.name.as_str());
        let path = entry.path.clone().unwrap_or_else(|| PathBuf::from(&entry.name));
        progress.begin("loading lists", None);
        let mut sink = CatalogSink {
            index: IndexSink::default(),
            listed: &mut self.listed,
            scope: &dataset.scope,
            about: None,
            entities: 0,
        };
        let info = lists::load(files, &name, &lists::Options::default(), &mut sink)
            .map_err(|source| CaseError::List { path: path.clone(), source })?;
        dataset.entities = sink.entities;
        let mut index = sink.index;
        progress.end();
        progress.begin("building the index", None);
        let problems = std::mem::take(&mut index.problems);
        if let Ok(segment) = Segment::open(index.finish().finish(KEY), KEY) {
            self.segments.push(segment);
            self.names.push(dataset.scope.clone());
            self.is_mixed |= dataset.scope.len() > 1;
        }
        progress.end();
        let list = list_dataset(name, &path, &info);
        if entry.title.is_none() {
            dataset.title.clone_from(&list.title);
        }
        if entry.version.is_none() {
            dataset.version = version_of(&list);
        }
        dataset.loaded = true;
        dataset.date.clone_from(&list.date);
        let (version, is_known) = (None, false);
        self.lists.push(ListSummary { dataset: list, info, problems, version, is_known });
        Ok(())
    }

    fn finish(self, datasets: Vec<CatalogDataset>, problems: Vec<Problem>) -> Catalog {
        let listed = self.listed.finish();
        Catalog {
            datasets,
            problems,
            session: Session::of_segments(self.lists, self.segments),
            schemata: listed.schemata(),
            listed,
            segments: self.names,
            is_mixed: self.is_mixed,
        }
    }
}

/// The publisher's date as a version, made distinct by the bytes: `20260131000000-1a2b3c4d`.
fn version_of(list: &model::Dataset) -> String {
    let hash = list.sha256.get(..8).unwrap_or_default();
    match &list.date {
        Some(date) => {
            let digits: String = date.chars().filter(char::is_ascii_digit).take(14).collect();
            format!("{digits:0<14}-{hash}")
        }
        None => hash.to_owned(),
    }
}

/// Takes entities up for screening and for showing.
struct CatalogSink<'a> {
    index: IndexSink,
    listed: &'a mut ListedBuilder,
    /// The data set and all below it.
    scope: &'a [String],
    /// What was said of the entity that comes next.
    about: Option<(EntityId, About)>,
    /// Entities so far, links and addresses among them.
    entities: u64,
}

impl Sink for CatalogSink<'_> {
    fn about(&mut self, entity: &EntityId, about: About) {
        self.about = Some((entity.clone(), about));
    }

    fn entity(&mut self, mut statements: Vec<Statement>) {
        let about = self.about.take().filter(|(id, _)| {
            statements.first().is_some_and(|statement| statement.entity_id == *id)
        });
        if about.is_some() {
            // Clients of this format screen against all subjects of a file, targets or not.
            for statement in &mut statements {
                statement.external = false;
            }
        }
        let about = about.map(|(_, about)| about);
        let own = self.scope.first().cloned().unwrap_or_default();
        for entity in Entity::fold(statements.iter().cloned()) {
            let named = about.iter().flat_map(|about| &about.datasets);
            let known: BTreeSet<String> =
                named.filter(|name| self.scope.contains(name)).cloned().collect();
            let datasets =
                if known.is_empty() { vec![own.clone()] } else { known.into_iter().collect() };
            self.entities += 1;
            self.listed.add(&entity, about.clone(), datasets);
        }
        self.index.add(statements);
    }

    fn problem(&mut self, problem: Problem) {
        self.index.problems.push(problem);
    }
}
