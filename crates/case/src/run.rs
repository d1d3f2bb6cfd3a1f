//! `run`: forms, people, screening, leads. Skips what is done; its results replace the last ones.

use std::collections::BTreeMap;

use model::{Cluster, DatasetKind, DatasetName, Entity, EntityId, Lead};
use rayon::prelude::*;
use resolve::{DedupeOptions, MatchModel, ScreenHit, ScreenOptions};
use store::StoredDataset;
use triage::{Candidate, Person, Searched, fold_members, propose_leads};

use crate::{Case, CaseError, Progress};

const STEP: &str = "leads";

/// List entries kept for a person, best first; the screen shows them all.
const CANDIDATES_MAX: usize = 10;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// Documents whose forms were read in this run.
    pub documents: u64,
    /// Records in the case.
    pub records: u64,
    /// People they were resolved to.
    pub people: u64,
    /// List entities screened against.
    pub listed: u64,
    /// False if nothing had changed since the last run.
    pub changed: bool,
    /// Layouts that several of the documents read in this run share and nothing tells.
    pub unknown: Vec<forms::UnknownLayout>,
}

impl Case {
    /// Brings the leads up to date. `again` reads every form again.
    pub fn run(&mut self, again: bool, progress: &dyn Progress) -> Result<RunSummary, CaseError> {
        self.unsealed(|case| case.run_steps(again, progress))
    }

    fn run_steps(&mut self, again: bool, progress: &dyn Progress) -> Result<RunSummary, CaseError> {
        if again {
            self.forget_forms()?;
        }
        let (documents, unknown) = self.read_forms(progress)?;
        let (rules, rules_text) = self.rules()?;
        let key = self.results_key(&rules_text)?;
        let datasets = self.store.datasets()?;
        if !again && self.store.step_key(STEP, "")? == Some(key.clone()) {
            let leads = self.store.leads()?;
            let records = leads.iter().map(|l| l.members.len() as u64).sum();
            let listed = listed(&datasets);
            let people = leads.len() as u64;
            return Ok(RunSummary { documents, records, people, listed, changed: false, unknown });
        }
        let model = MatchModel::bundled();
        let records = self.load_records()?;
        progress.begin("finding duplicates", None);
        let judgements = model::journal::judgements(&self.store.journal()?);
        let people: Vec<Entity> = records.people.values().cloned().collect();
        let resolved = resolve::dedupe(&people, &judgements, model, &DedupeOptions::of(model));
        progress.end();
        let people = gather(&records, &resolved.clusters);
        let people = self.screen_people(people, progress)?;
        let leads: Vec<Lead> = propose_leads(people, &searched(&datasets, model), &rules);
        self.store.put_results(STEP, &key, &resolved.pairs, &leads)?;
        Ok(RunSummary {
            documents,
            records: records.people.len() as u64,
            people: leads.len() as u64,
            listed: listed(&datasets),
            changed: true,
            unknown,
        })
    }

    /// Whether a run would find something to do.
    pub(crate) fn is_outdated(&self) -> Result<bool, CaseError> {
        let (_, rules) = self.rules()?;
        Ok(self.store.step_key(STEP, "")? != Some(self.results_key(&rules)?))
    }

    /// What the results depend on; the same key means the same results.
    fn results_key(&self, rules: &str) -> Result<String, CaseError> {
        let inputs = format!(
            "{} {} {} {rules}",
            env!("CARGO_PKG_VERSION"),
            MatchModel::bundled().version,
            self.store.fingerprint()?
        );
        Ok(intake::unpack::hash(inputs.as_bytes()).to_string())
    }

    fn load_records(&self) -> Result<Records, CaseError> {
        let mut records = Records::default();
        for stored in self.store.datasets()? {
            if stored.dataset.kind == DatasetKind::Cache {
                let statements = self.store.statements(&stored.dataset.name)?;
                records.add(Entity::fold(statements));
            }
        }
        Ok(records)
    }

    fn screen_people(
        &self,
        mut people: Vec<Person>,
        progress: &dyn Progress,
    ) -> Result<Vec<Person>, CaseError> {
        let index = self.open_index(progress)?;
        progress.begin("screening people", Some(people.len() as u64));
        let options = ScreenOptions { top: CANDIDATES_MAX, ..ScreenOptions::default() };
        let screened: Vec<Vec<ScreenHit>> = people
            .par_iter()
            .map(|person| {
                progress.advance(1);
                index.screen(&person.entity, &options)
            })
            .collect();
        progress.end();
        let mut listed = BTreeMap::new();
        for (person, hits) in people.iter_mut().zip(screened) {
            for hit in hits {
                if let Some(entity) = self.listed(&mut listed, &hit)? {
                    person.candidates.push(Candidate {
                        dataset: hit.dataset,
                        entity,
                        pair: hit.pair,
                    });
                }
            }
        }
        Ok(people)
    }

    /// The entity of a hit with all its statements, read once.
    fn listed(
        &self,
        known: &mut BTreeMap<(DatasetName, EntityId), Option<Entity>>,
        hit: &ScreenHit,
    ) -> Result<Option<Entity>, CaseError> {
        let key = (hit.dataset.clone(), hit.entity_id.clone());
        if let Some(entity) = known.get(&key) {
            return Ok(entity.clone());
        }
        let mut statements = self.store.entity_statements(&hit.entity_id)?;
        statements.retain(|statement| statement.dataset == hit.dataset);
        let entity = Entity::fold(statements).pop();
        known.insert(key, entity.clone());
        Ok(entity)
    }
}

/// The records of the case: people and the forms they stand on. Mentions are not subjects.
#[derive(Default)]
struct Records {
    people: BTreeMap<EntityId, Entity>,
    forms: BTreeMap<EntityId, Vec<Entity>>,
}

impl Records {
    fn add(&mut self, entities: Vec<Entity>) {
        for entity in entities {
            match &*entity.schema {
                "Person" => {
                    self.people.insert(entity.id.clone(), entity);
                }
                "Form" => {
                    if let Some(subject) = entity.first("subject").map(EntityId::from) {
                        // A form without a name still is a record, of a person with no name.
                        self.people
                            .entry(subject.clone())
                            .or_insert_with(|| Entity::new(subject.clone(), "Person"));
                        self.forms.entry(subject).or_default().push(entity);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The people that the clusters make, each with its folded entity and its forms.
fn gather(records: &Records, clusters: &[Cluster]) -> Vec<Person> {
    clusters
        .iter()
        .map(|cluster| {
            let members = cluster.members.iter().filter_map(|id| records.people.get(id)).cloned();
            let forms = cluster.members.iter().filter_map(|id| records.forms.get(id)).flatten();
            Person {
                entity: fold_members(cluster, members),
                forms: forms.cloned().collect(),
                cluster: cluster.clone(),
                candidates: Vec::new(),
            }
        })
        .collect()
}

fn searched(datasets: &[StoredDataset], model: &MatchModel) -> Searched {
    let lists = datasets.iter().filter(|s| s.dataset.kind == DatasetKind::List);
    Searched {
        lists: lists.map(|s| s.dataset.clone()).collect(),
        recall: Some(model.recall.clone()),
    }
}

fn listed(datasets: &[StoredDataset]) -> u64 {
    let lists = datasets.iter().filter(|s| s.dataset.kind == DatasetKind::List);
    lists.map(|s| s.dataset.entities).sum()
}
