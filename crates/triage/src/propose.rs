//! People and their list candidates to leads: status, life status, names, reasons, rank.

use std::collections::BTreeMap;

use model::{
    Claim, Cluster, Dataset, DatasetName, Entity, EntityId, Lead, LeadId, LifeStatus, ListMatch,
    ScoredPair, Statement, Status,
};

use crate::life::{extract_claims, life_status};
use crate::rank::{Facts, rank_queue};
use crate::rules::{Rules, StatusRules};
use crate::status::{self, Proposal};
use crate::words::Words;

/// One person of the case: the cluster, what its members say, the list entries it may be.
#[derive(Clone, Debug)]
pub struct Person {
    /// The members.
    pub cluster: Cluster,
    /// All members folded into one entity.
    pub entity: Entity,
    /// The forms of the members, one entity each.
    pub forms: Vec<Entity>,
    /// What screening found, in any order.
    pub candidates: Vec<Candidate>,
}

/// A list entry that screening found for a person.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The list.
    pub dataset: DatasetName,
    /// The entry as the list has it.
    pub entity: Entity,
    /// The comparison.
    pub pair: ScoredPair,
}

/// What was searched, for every "not found" to say.
#[derive(Clone, Debug, Default)]
pub struct Searched {
    /// The loaded lists.
    pub lists: Vec<Dataset>,
    /// Share of listed people that screening finds at its threshold, and how it was measured.
    pub recall: Option<String>,
}

impl Searched {
    /// Law 6: where it was looked for, in which state, with what measured recall. The reason of every
    /// lead that no list has.
    pub fn not_found(&self) -> String {
        if self.lists.is_empty() {
            return NO_LIST.to_owned();
        }
        let lists: Vec<String> = self
            .lists
            .iter()
            .map(|list| {
                let date = list.date.as_deref().unwrap_or("undated");
                let hash = list.sha256.get(..8).unwrap_or(&list.sha256);
                format!("{} ({date}, SHA-256 {hash}…)", list.name)
            })
            .collect();
        let recall = self.recall.as_deref().unwrap_or("recall not measured");
        format!("{NOT_FOUND} {}; {recall}", lists.join(", "))
    }

    /// Whether a reason is one that [`Searched::not_found`] gives for any lists.
    pub fn is_not_found(reason: &str) -> bool {
        reason == NO_LIST || reason.starts_with(NOT_FOUND)
    }
}

const NO_LIST: &str = "no list is loaded";
const NOT_FOUND: &str = "not found in";

/// Makes the leads of all people, in order of rank.
pub fn propose_leads(
    people: Vec<Person>,
    words: &Words,
    searched: &Searched,
    rules: &Rules,
) -> Vec<Lead> {
    let proposed: Vec<(Lead, Facts)> = people
        .into_iter()
        .map(|person| propose_lead(person, words, searched, &rules.status))
        .collect();
    let facts = proposed.iter().map(|(lead, facts)| (&lead.id, facts));
    let queue = rank_queue(facts, &rules.rank);
    let mut leads: BTreeMap<LeadId, Lead> =
        proposed.into_iter().map(|(lead, _)| (lead.id.clone(), lead)).collect();
    let in_order = queue.into_iter().filter_map(|ranked| {
        let mut lead = leads.remove(&ranked.id)?;
        ranked.put(&mut lead);
        Some(lead)
    });
    in_order.collect()
}

/// Dates of entry that forms state, ISO 8601, maybe partial.
pub(crate) fn entry_dates(forms: &[Entity]) -> impl Iterator<Item = String> {
    forms.iter().flat_map(|form| form.values("entry_date")).map(str::to_owned)
}

/// The lead of one person, without its place in the queue, and what that place depends on.
pub fn propose_lead(
    person: Person,
    words: &Words,
    searched: &Searched,
    rules: &StatusRules,
) -> (Lead, Facts) {
    let facts = Facts::of_person(&person);
    let Person { cluster, entity, forms, candidates } = person;
    let mut claims: Vec<Claim> = forms.iter().flat_map(extract_claims).collect();
    if forms.is_empty() {
        claims.extend(extract_claims(&entity));
    } else {
        claims.extend(note_claims(&entity));
    }
    let mut matches: Vec<(ListMatch, Entity)> = candidates
        .into_iter()
        .map(|candidate| list_match(candidate, words, &cluster.members, rules))
        .collect();
    // A proposed listing before a possible one before a rejected one; then the better score.
    matches.sort_by(|(a, _), (b, _)| {
        a.proposes
            .cmp(&b.proposes)
            .then(b.score.total_cmp(&a.score))
            .then_with(|| a.dataset.cmp(&b.dataset))
            .then_with(|| a.entity_id.cmp(&b.entity_id))
    });
    let listed = matches.iter().filter(|(found, _)| found.proposes == Status::Listed);
    claims.extend(listed.clone().flat_map(|(_, entry)| extract_claims(entry)));
    let of_entries = listed.map(|(found, _)| &found.entity_id);
    claims.extend(words.life_of(cluster.members.iter().chain(of_entries)).cloned());
    for claim in &mut claims {
        words.grade(claim);
    }
    let later_seen = seen_after_death(&claims, &forms);
    let life = life_status(&claims, later_seen);
    let (status, mut reasons) = propose_status(&entity, &matches, life, searched, rules);
    reasons.extend(life_reason(life, &claims));
    let lead = Lead {
        id: LeadId::new(cluster.id.as_str()),
        canonical_id: cluster.id,
        members: cluster.members,
        status,
        life,
        claims,
        names: names(&entity),
        matches: matches.into_iter().map(|(m, _)| m).collect(),
        rank: 0,
        points: 0.0,
        reasons,
    };
    let facts = facts.with_status(&lead);
    (lead, facts)
}

/// Claims in the remarks of a person; dates and places of death come from the forms.
fn note_claims(entity: &Entity) -> Vec<Claim> {
    let mut remarks = Entity::new(entity.id.clone(), entity.schema.clone());
    for statement in entity.statements("notes") {
        remarks.add(statement.clone());
    }
    extract_claims(&remarks)
}

fn list_match(
    candidate: Candidate,
    words: &Words,
    members: &[EntityId],
    rules: &StatusRules,
) -> (ListMatch, Entity) {
    let Candidate { dataset, entity, pair } = candidate;
    let judged = words.on(members, &entity.id).cloned();
    let Proposal { status, reason } = match &judged {
        Some(word) => status::propose_judged(&pair, word, rules),
        None => status::propose(&pair, rules),
    };
    let list_match = ListMatch {
        dataset,
        entity_id: pair.right,
        caption: entity.caption().to_owned(),
        score: pair.score,
        probability: pair.probability,
        proposes: status,
        reason,
        judged,
        explanation: pair.explanation,
    };
    (list_match, entity)
}

fn propose_status(
    entity: &Entity,
    matches: &[(ListMatch, Entity)],
    life: LifeStatus,
    searched: &Searched,
    rules: &StatusRules,
) -> (Status, Vec<String>) {
    let dead = life == LifeStatus::ReportedDead;
    match matches.first().map(|(best, _)| best) {
        Some(best) if best.proposes == Status::Listed => {
            let status = if dead { Status::ListedReportedDead } else { Status::Listed };
            (status, vec![format!("{} on {}: {}", best.caption, best.dataset, best.reason)])
        }
        Some(best) if best.proposes == Status::Possible => (
            Status::Possible,
            vec![format!("may be {} on {}: {}", best.caption, best.dataset, best.reason)],
        ),
        _ if !has_enough(entity, rules) => {
            (Status::TooLittleData, vec!["states too little to be searched for".to_owned()])
        }
        first => {
            let status = if dead { Status::ReportedDead } else { Status::NotFound };
            let mut reasons = vec![searched.not_found()];
            if let Some(ListMatch { caption, dataset, reason, .. }) = first {
                reasons.push(format!("nearest: {caption} on {dataset}, {reason}"));
            }
            (status, reasons)
        }
    }
}

fn life_reason(life: LifeStatus, claims: &[Claim]) -> Option<String> {
    let first = claims.iter().find(|c| c.life == LifeStatus::ReportedDead)?;
    let prefix = match life {
        LifeStatus::Unknown => return None,
        LifeStatus::ReportedDead => "reported dead",
        LifeStatus::Disputed => {
            let against = claims.iter().find(|c| c.life != LifeStatus::ReportedDead);
            let Some(Claim { by: Some(by), text, .. }) = against else {
                return Some(said("reported dead, but seen later", first));
            };
            let dead = said("reported dead", first);
            return Some(format!("{dead}; disputed by {by}: \u{201c}{text}\u{201d}"));
        }
    };
    Some(said(prefix, first))
}

fn said(prefix: &str, claim: &Claim) -> String {
    let by = claim.by.as_deref().unwrap_or(claim.dataset.as_str());
    format!("{prefix} by {by}: \u{201c}{}\u{201d}", claim.text)
}

/// True if a form reports an entry after the latest reported death.
fn seen_after_death(claims: &[Claim], forms: &[Entity]) -> bool {
    let deaths = claims.iter().filter(|c| c.life == LifeStatus::ReportedDead);
    let Some(death) = deaths.filter_map(|c| c.date.as_deref()).max() else {
        return false;
    };
    // Dates of unlike precision are compared over what both say.
    entry_dates(forms).any(|entry| {
        let shared = entry.len().min(death.len());
        match (entry.get(..shared), death.get(..shared)) {
            (Some(entry), Some(death)) => entry > death,
            _ => false,
        }
    })
}

fn has_enough(entity: &Entity, rules: &StatusRules) -> bool {
    let stated = |field: &String| {
        let prop = if field == "kunya" { "weakAlias" } else { field };
        entity.first(prop).is_some()
    };
    rules.enough_data.iter().any(|set| set.iter().all(stated))
}

/// The spellings of a person's names: civil names by how many records write them so, then kunyas.
fn names(entity: &Entity) -> Vec<String> {
    let mut names = Vec::new();
    for prop in ["name", "alias", "weakAlias"] {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for statement in entity.statements(prop) {
            *counts.entry(statement.written()).or_default() += 1;
        }
        let mut spellings: Vec<_> = counts.into_iter().collect();
        // Of equally frequent spellings the one in the script of the forms goes first: a
        // romanised one was made from it.
        spellings.sort_by_key(|&(text, count)| (std::cmp::Reverse(count), text.is_ascii(), text));
        names.extend(spellings.into_iter().map(|(text, _)| text.to_owned()));
    }
    names.dedup();
    names
}

/// Folds the members of a cluster into one entity that bears the cluster's id.
///
/// Every statement stays, also where two records say the same: each is a source of its own.
pub fn fold_members(cluster: &Cluster, members: impl IntoIterator<Item = Entity>) -> Entity {
    let mut person = Entity::new(EntityId::new(cluster.id.as_str()), "Person");
    for member in members {
        for (prop, statements) in member.properties {
            let values: &mut Vec<Statement> = person.properties.entry(prop).or_default();
            values.extend(statements);
        }
        if member.id != person.id {
            person.referents.insert(member.id);
        }
    }
    person
}
