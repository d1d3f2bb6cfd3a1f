//! People and their list candidates to leads: status, life status, names, reasons, rank.

use std::collections::BTreeMap;

use model::{
    Claim, Cluster, Dataset, DatasetName, Entity, EntityId, Lead, LeadId, LifeStatus, ListMatch,
    ScoredPair, Statement, Status,
};

use crate::life::{extract_claims, life_status};
use crate::rank::{Facts, rank_leads};
use crate::rules::{Rules, StatusRules};
use crate::status;

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

/// Makes the leads of all people, in order of rank.
pub fn propose_leads(people: Vec<Person>, searched: &Searched, rules: &Rules) -> Vec<Lead> {
    let latest_entry = people.iter().flat_map(|p| entry_dates(&p.forms)).max();
    let leads = people
        .into_iter()
        .map(|person| {
            let facts = Facts::of_person(&person, latest_entry.as_deref(), &rules.rank);
            (propose_lead(person, searched, &rules.status), facts)
        })
        .collect();
    rank_leads(leads, &rules.rank)
}

/// Dates of entry that forms state, ISO 8601, maybe partial.
pub(crate) fn entry_dates(forms: &[Entity]) -> impl Iterator<Item = String> {
    forms.iter().flat_map(|form| form.values("entry_date")).map(str::to_owned)
}

fn propose_lead(person: Person, searched: &Searched, rules: &StatusRules) -> Lead {
    let Person { cluster, entity, forms, candidates } = person;
    let mut claims: Vec<Claim> = forms.iter().flat_map(extract_claims).collect();
    if forms.is_empty() {
        claims.extend(extract_claims(&entity));
    } else {
        claims.extend(note_claims(&entity));
    }
    let mut matches: Vec<(ListMatch, Entity, String)> =
        candidates.into_iter().map(|c| list_match(c, rules)).collect();
    // A proposed listing before a possible one before a rejected one; then the better score.
    matches.sort_by(|(a, ..), (b, ..)| {
        a.proposes
            .cmp(&b.proposes)
            .then(b.score.total_cmp(&a.score))
            .then_with(|| a.dataset.cmp(&b.dataset))
            .then_with(|| a.entity_id.cmp(&b.entity_id))
    });
    for (list_match, entry, _) in &matches {
        if list_match.proposes == Status::Listed {
            claims.extend(extract_claims(entry));
        }
    }
    let later_seen = seen_after_death(&claims, &forms);
    let life = life_status(&claims, later_seen);
    let (status, mut reasons) = propose_status(&entity, &matches, life, searched, rules);
    reasons.extend(life_reason(life, &claims));
    Lead {
        id: LeadId::new(cluster.id.as_str()),
        canonical_id: cluster.id,
        members: cluster.members,
        status,
        life,
        claims,
        names: names(&entity),
        matches: matches.into_iter().map(|(m, ..)| m).collect(),
        rank: 0,
        points: 0.0,
        reasons,
    }
}

/// Claims in the remarks of a person; dates and places of death come from the forms.
fn note_claims(entity: &Entity) -> Vec<Claim> {
    let mut remarks = Entity::new(entity.id.clone(), entity.schema.clone());
    for statement in entity.statements("notes") {
        remarks.add(statement.clone());
    }
    extract_claims(&remarks)
}

fn list_match(candidate: Candidate, rules: &StatusRules) -> (ListMatch, Entity, String) {
    let Candidate { dataset, entity, pair } = candidate;
    let proposal = status::propose(&pair, rules);
    let list_match = ListMatch {
        dataset,
        entity_id: pair.right,
        caption: entity.caption().to_owned(),
        score: pair.score,
        probability: pair.probability,
        proposes: proposal.status,
        explanation: pair.explanation,
    };
    (list_match, entity, proposal.reason)
}

fn propose_status(
    entity: &Entity,
    matches: &[(ListMatch, Entity, String)],
    life: LifeStatus,
    searched: &Searched,
    rules: &StatusRules,
) -> (Status, Vec<String>) {
    let dead = life == LifeStatus::ReportedDead;
    match matches.first() {
        Some((best, _, reason)) if best.proposes == Status::Listed => {
            let status = if dead { Status::ListedReportedDead } else { Status::Listed };
            (status, vec![format!("{} on {}: {reason}", best.caption, best.dataset)])
        }
        Some((best, _, reason)) if best.proposes == Status::Possible => (
            Status::Possible,
            vec![format!("may be {} on {}: {reason}", best.caption, best.dataset)],
        ),
        _ if !has_enough(entity, rules) => {
            (Status::TooLittleData, vec!["states too little to be searched for".to_owned()])
        }
        first => {
            let status = if dead { Status::ReportedDead } else { Status::NotFound };
            let mut reasons = vec![not_found_reason(searched)];
            if let Some((best, _, reason)) = first {
                reasons.push(format!("nearest: {} on {}, {reason}", best.caption, best.dataset));
            }
            (status, reasons)
        }
    }
}

/// Law 6: where it was looked for, in which state, with what measured recall.
fn not_found_reason(searched: &Searched) -> String {
    if searched.lists.is_empty() {
        return "no list is loaded".to_owned();
    }
    let lists: Vec<String> = searched
        .lists
        .iter()
        .map(|list| {
            let date = list.date.as_deref().unwrap_or("undated");
            let hash = list.sha256.get(..8).unwrap_or(&list.sha256);
            format!("{} ({date}, SHA-256 {hash}…)", list.name)
        })
        .collect();
    let recall = searched.recall.as_deref().unwrap_or("recall not measured");
    format!("not found in {}; {recall}", lists.join(", "))
}

fn life_reason(life: LifeStatus, claims: &[Claim]) -> Option<String> {
    let first = claims.iter().find(|c| c.life == LifeStatus::ReportedDead)?;
    let prefix = match life {
        LifeStatus::Unknown => return None,
        LifeStatus::ReportedDead => "reported dead",
        LifeStatus::Disputed => "reported dead, but seen later",
    };
    Some(format!("{prefix} by {}: \u{201c}{}\u{201d}", first.dataset, first.text))
}

/// True if a form reports an entry after the latest reported death.
fn seen_after_death(claims: &[Claim], forms: &[Entity]) -> bool {
    let Some(death) = claims.iter().filter_map(|c| c.date.as_deref()).max() else {
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
