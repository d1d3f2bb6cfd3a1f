//! Opening: from the results that are stored, where they are of the case as it is, else from nothing.

use std::collections::BTreeMap;

use model::{Cluster, DatasetKind, Entity, EntityId, LeadId, Standing};
use rayon::prelude::*;
use resolve::{DedupeOptions, MatchModel, Resolver};
use store::{Changes, LeadRow, NewLead, RankRow};
use triage::{Facts, Searched, Words, propose_lead};

use super::reopen::Snapshots;
use super::screening::{Entries, Screened, screen};
use super::{Changed, Kept, Parts, STEP, Workbench, new_ranks};
use crate::index::SCREENED;
use crate::people::Records;
use crate::{Case, CaseError, Progress};

/// People screened and proposed at a time: the list entries of so many are held with all that their
/// lists say.
const BATCH: usize = 2_048;

impl Workbench {
    /// Opens a case to be worked on; brings its results up to date first.
    ///
    /// # Errors
    /// Those of the store, and a rules file that does not hold.
    pub fn open(case: &mut Case, progress: &dyn Progress) -> Result<Self, CaseError> {
        let (rules, _) = case.rules()?;
        let (now, done) = (case.parts(&rules)?, case.parts_done()?);
        if !now.has_people_of(&done) {
            return Ok(Self::rebuild(case, false, progress)?.0);
        }
        let mut workbench = Self::of_results(case, done, progress)?;
        workbench.refresh(case, progress)?;
        Ok(workbench)
    }

    /// A workbench of the results that are stored.
    fn of_results(case: &Case, parts: Parts, progress: &dyn Progress) -> Result<Self, CaseError> {
        let journal = case.store.journal()?;
        let standing = Standing::of(&journal);
        progress.begin("taking up records", None);
        let records = Records::load_people(&case.store, &standing)?;
        let (as_read, corrected, model) =
            (records.as_read(), records.corrected(), MatchModel::bundled());
        let (options, pairs) = (DedupeOptions::of(model), case.store.pair_ids()?);
        let resolver = Resolver::of_pairs(&as_read, &corrected, model, &options, &pairs);
        let mut leads = BTreeMap::new();
        for row in case.store.lead_rows()? {
            let LeadRow { rank, status, members, floor, facts } = row;
            let facts: Facts =
                serde_json::from_str(&facts).map_err(|e| store::StoreError::damaged("lead", e))?;
            let Some(cluster) = Cluster::new(members) else { continue };
            leads.insert(rank.id.clone(), Kept { cluster, status, facts, rank, floor });
        }
        progress.end();
        let (rules, _) = case.rules()?;
        // What the results rest on, which may be older lists: `refresh` takes up newer ones.
        let mut lists = case.open_lists(false, progress)?;
        lists.versions = case.screened()?;
        let (words, searched) = (Words::of(&standing), searched(case)?);
        let home = homes(&leads);
        Ok(Self { journal, standing, words, resolver, lists, searched, rules, parts, leads, home })
    }

    /// Makes everything anew and writes it; `again` takes the counts of the lists as they are now.
    pub(crate) fn rebuild(
        case: &mut Case,
        again: bool,
        progress: &dyn Progress,
    ) -> Result<(Self, Changed), CaseError> {
        let (rules, _) = case.rules()?;
        let parts = case.parts(&rules)?;
        let journal = case.store.journal()?;
        let standing = Standing::of(&journal);
        let before = Snapshots::of_decided(&case.store, &standing)?;
        let records = Records::load(&case.store, &standing)?;
        progress.begin("finding duplicates", None);
        let mut resolver = resolver(&records);
        let clusters = resolver.resolve(&standing.judgements()).clusters;
        progress.end();
        let lists = case.open_lists(again, progress)?;
        let (words, searched) = (Words::of(&standing), searched(case)?);
        let (leads, home) = (BTreeMap::new(), BTreeMap::new());
        let mut workbench =
            Self { journal, standing, words, resolver, lists, searched, rules, parts, leads, home };
        let mut changes = Changes { afresh: true, ..Changes::default() };
        changes.leads = workbench.propose_all(case, &records, &clusters, progress)?;
        drop(records);
        let pairs = workbench.resolver.pairs().into_iter();
        changes.pairs =
            pairs.map(|pair| (pair.left.clone(), pair.right.clone(), Some(pair))).collect();
        changes.acts = before.reopenings(&workbench, case, &changes.leads)?;
        let changed = workbench.write(case, changes)?;
        Ok((workbench, changed))
    }

    /// Screens all people and proposes their leads.
    fn propose_all(
        &mut self,
        case: &Case,
        records: &Records,
        clusters: &[Cluster],
        progress: &dyn Progress,
    ) -> Result<Vec<NewLead>, CaseError> {
        progress.begin("screening people", Some(clusters.len() as u64));
        let mut made = Vec::with_capacity(clusters.len());
        for batch in clusters.chunks(BATCH) {
            let screened: Vec<Screened> = batch
                .par_iter()
                .map(|cluster| {
                    progress.advance(1);
                    screen(&self.lists.index, records.person(cluster), &self.words)
                })
                .collect();
            let mut entries = Entries::default();
            for screened in screened {
                made.push(self.propose(case, &mut entries, screened)?);
            }
        }
        progress.end();
        Ok(made)
    }

    /// Proposes the lead of a person and keeps what is small of it.
    pub(super) fn propose(
        &mut self,
        case: &Case,
        entries: &mut Entries,
        screened: Screened,
    ) -> Result<NewLead, CaseError> {
        let Screened { person, hits, floor } = screened;
        let cluster = person.cluster.clone();
        let person = entries.put(&case.store, person, hits)?;
        let (lead, facts) = propose_lead(person, &self.words, &self.searched, &self.rules.status);
        let id = lead.id.clone();
        self.home.extend(cluster.members.iter().map(|member| (member.clone(), id.clone())));
        let rank = RankRow { id: id.clone(), rank: 0, points: 0.0, line: None };
        let new = NewLead { floor, facts: to_text(&facts), lead };
        let status = new.lead.status;
        self.leads.insert(id, Kept { cluster, status, facts, rank, floor });
        Ok(new)
    }

    /// Ranks all leads and writes changes, with what they were made of, in one transaction.
    pub(super) fn write(
        &mut self,
        case: &mut Case,
        mut changes: Changes,
    ) -> Result<Changed, CaseError> {
        changes.ranks = new_ranks(&mut self.leads, &self.rules);
        let step = |name: &str, key: String| (name.to_owned(), String::new(), key);
        let screened = serde_json::to_string(&self.lists.versions).unwrap_or_default();
        changes.steps = vec![step(STEP, self.parts.to_key()), step(SCREENED, screened)];
        changes.pairs.extend(
            self.resolver
                .take_changes()
                .into_iter()
                .map(|change| (change.left, change.right, change.pair)),
        );
        case.store.unseal()?;
        let entries = case.store.put_changes(&changes)?;
        self.journal.extend(entries.iter().cloned());
        if !entries.is_empty() {
            self.standing = Standing::of(&self.journal);
        }
        let mut leads: Vec<LeadId> = changes.leads.into_iter().map(|new| new.lead.id).collect();
        leads.sort();
        Ok(Changed {
            leads,
            gone: changes.gone,
            ranks: changes.ranks.len(),
            pairs: changes.pairs.len(),
            entries,
        })
    }
}

/// Records ready to be compared, as the model names.
fn resolver(records: &Records) -> Resolver {
    let model = MatchModel::bundled();
    let as_read: Vec<&Entity> = records.as_read();
    Resolver::new(&as_read, &records.corrected(), model, &DedupeOptions::of(model))
}

/// What was searched.
pub(super) fn searched(case: &Case) -> Result<Searched, CaseError> {
    let lists = case.store.datasets()?.into_iter().map(|stored| stored.dataset);
    Ok(Searched {
        lists: lists.filter(|d| d.kind == DatasetKind::List).collect(),
        recall: Some(MatchModel::bundled().recall.clone()),
    })
}

/// The lead of each record.
fn homes(leads: &BTreeMap<LeadId, Kept>) -> BTreeMap<EntityId, LeadId> {
    let mut home = BTreeMap::new();
    for (id, kept) in leads {
        home.extend(kept.cluster.members.iter().map(|member| (member.clone(), id.clone())));
    }
    home
}

fn to_text(facts: &Facts) -> String {
    serde_json::to_string(facts).unwrap_or_default()
}
