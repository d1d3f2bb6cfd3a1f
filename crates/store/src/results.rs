//! What a run made, and what changes of people made of it: scored pairs and leads. All that one
//! change does is one transaction, with the entries that the program itself adds to the journal.
//!
//! A lead stands in four tables: what moves with every other lead (its rank), its body, its members,
//! its matches. So a new rank writes a few bytes, and a match can be looked up by its entry.

use std::collections::BTreeMap;

use model::{Act, By, EntityId, Entry, Explanation, Lead, LeadId, ListMatch, ScoredPair, Status};
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;

use crate::journal::insert;
use crate::{Store, StoreError, finish_step};

/// What is to be written at one go.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Whether all former pairs and leads go first.
    pub afresh: bool,
    /// Pairs by smaller and larger id; `None` where there is none any more.
    pub pairs: Vec<(EntityId, EntityId, Option<ScoredPair>)>,
    /// Leads that are no more.
    pub gone: Vec<LeadId>,
    /// Leads that are new, or other than they were.
    pub leads: Vec<NewLead>,
    /// Leads of which nothing but the reasons changed.
    pub reasons: Vec<(LeadId, Vec<String>)>,
    /// New places in the queue, those of all new leads included.
    pub ranks: Vec<RankRow>,
    /// What the program adds to the journal.
    pub acts: Vec<(Act, By)>,
    /// Steps that are done with it: name, item, key.
    pub steps: Vec<(String, String, String)>,
}

/// A lead to be written. Its rank, points and what they add to the reasons are a [`RankRow`]'s.
#[derive(Clone, Debug, PartialEq)]
pub struct NewLead {
    /// The lead.
    pub lead: Lead,
    /// The least weight among the best matches kept; `None` if there was room for more.
    pub floor: Option<f64>,
    /// What the rank depends on, JSON.
    pub facts: String,
}

/// The place of a lead in the queue.
#[derive(Clone, Debug, PartialEq)]
pub struct RankRow {
    /// The lead.
    pub id: LeadId,
    /// Its place, from 1.
    pub rank: u32,
    /// Its points.
    pub points: f64,
    /// The rules that gave them, in words.
    pub line: Option<String>,
}

/// What is small of a lead.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadRow {
    /// Its place in the queue.
    pub rank: RankRow,
    /// Its status.
    pub status: Status,
    /// Its members, in order.
    pub members: Vec<EntityId>,
    /// As in [`NewLead`].
    pub floor: Option<f64>,
    /// As in [`NewLead`].
    pub facts: String,
}

impl Store {
    /// Writes changes, all or none; gives the journal entries that they added.
    pub fn put_changes(&mut self, changes: &Changes) -> Result<Vec<Entry>, StoreError> {
        let tx = self.connection.transaction()?;
        if changes.afresh {
            tx.execute_batch(
                "DELETE FROM scored_pair; DELETE FROM lead_rank; DELETE FROM lead_body;
                 DELETE FROM lead_member; DELETE FROM lead_match;",
            )?;
        }
        for (left, right, pair) in &changes.pairs {
            put_pair(&tx, left, right, pair.as_ref())?;
        }
        for id in &changes.gone {
            drop_lead(&tx, id)?;
        }
        // All go before any comes: members move from one to another.
        for NewLead { lead, .. } in changes.leads.iter().filter(|_| !changes.afresh) {
            drop_lead(&tx, &lead.id)?;
        }
        for lead in &changes.leads {
            put_lead(&tx, lead)?;
        }
        for (id, reasons) in &changes.reasons {
            let reasons = to_json("reasons", reasons)?;
            let sql = "UPDATE lead_body SET body = json_set(body, '$.reasons', json(?2))
                       WHERE id = ?1";
            tx.prepare_cached(sql)?.execute(params![id.as_str(), reasons])?;
        }
        for RankRow { id, rank, points, line } in &changes.ranks {
            let sql = "UPDATE lead_rank SET rank = ?2, points = ?3, line = ?4 WHERE id = ?1";
            tx.prepare_cached(sql)?.execute(params![id.as_str(), rank, points, line])?;
        }
        let mut entries = Vec::with_capacity(changes.acts.len());
        for (act, by) in &changes.acts {
            let seq = insert(&tx, act, by)?;
            entries.push(Entry { seq, act: act.clone(), by: by.clone() });
        }
        for (name, item, key) in &changes.steps {
            finish_step(&tx, name, item, key)?;
        }
        tx.commit()?;
        Ok(entries)
    }

    /// All leads, by rank.
    pub fn leads(&self) -> Result<Vec<Lead>, StoreError> {
        let mut matches: BTreeMap<LeadId, Vec<ListMatch>> = BTreeMap::new();
        let sql = "SELECT lead_id, body FROM lead_match ORDER BY lead_id, place";
        let mut query = self.connection.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let found = parse("match", row.get_ref(1)?.as_str().unwrap_or_default())?;
            matches.entry(row.get::<_, String>(0)?.into()).or_default().push(found);
        }
        let sql = format!("{LEAD} ORDER BY rank, id");
        let mut query = self.connection.prepare(&sql)?;
        let mut rows = query.query([])?;
        let mut leads = Vec::new();
        while let Some(row) = rows.next()? {
            let mut lead = read_lead(row)?;
            lead.matches = matches.remove(&lead.id).unwrap_or_default();
            leads.push(lead);
        }
        Ok(leads)
    }

    /// The reasons of a lead but for its rank.
    pub fn reasons_of(&self, id: &LeadId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT body -> '$.reasons' FROM lead_body WHERE id = ?1";
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query([id.as_str()])?;
        match rows.next()? {
            Some(row) => parse("reasons", row.get_ref(0)?.as_str().unwrap_or_default()),
            None => Ok(Vec::new()),
        }
    }

    /// The matches of a lead, best first.
    pub fn matches_of(&self, id: &LeadId) -> Result<Vec<ListMatch>, StoreError> {
        let sql = "SELECT body FROM lead_match WHERE lead_id = ?1 ORDER BY place";
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query([id.as_str()])?;
        let mut matches = Vec::new();
        while let Some(row) = rows.next()? {
            matches.push(parse("match", row.get_ref(0)?.as_str().unwrap_or_default())?);
        }
        Ok(matches)
    }

    /// The leads that have this list entry among their matches, in order of id.
    pub fn leads_matching(&self, entry: &EntityId) -> Result<Vec<LeadId>, StoreError> {
        self.lead_ids(
            "SELECT DISTINCT lead_id FROM lead_match WHERE entity_id = ?1 ORDER BY lead_id",
            entry.as_str(),
        )
    }

    /// The leads that an entry of this list makes listed, in order of id.
    pub fn leads_listed_on(&self, list: &str) -> Result<Vec<LeadId>, StoreError> {
        self.lead_ids(
            "SELECT DISTINCT lead_id FROM lead_match WHERE dataset = ?1 AND proposes = 'listed'
             ORDER BY lead_id",
            list,
        )
    }

    /// The lead that a record is a member of.
    pub fn lead_of(&self, record: &EntityId) -> Result<Option<LeadId>, StoreError> {
        let sql = "SELECT lead_id FROM lead_member WHERE entity_id = ?1";
        Ok(self.lead_ids(sql, record.as_str())?.pop())
    }

    fn lead_ids(&self, sql: &str, key: &str) -> Result<Vec<LeadId>, StoreError> {
        let mut query = self.connection.prepare_cached(sql)?;
        let rows = query.query_map([key], |row| Ok(row.get::<_, String>(0)?.into()))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many leads there are, and records in them.
    pub fn count_leads(&self) -> Result<(u64, u64), StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            let number: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
            Ok(u64::try_from(number).unwrap_or_default())
        };
        let people = count("SELECT count(*) FROM lead_rank")?;
        Ok((people, count("SELECT count(*) FROM lead_member")?))
    }

    /// What is small of all leads, in order of id.
    pub fn lead_rows(&self) -> Result<Vec<LeadRow>, StoreError> {
        let mut members: BTreeMap<String, Vec<EntityId>> = BTreeMap::new();
        let sql = "SELECT lead_id, entity_id FROM lead_member ORDER BY entity_id";
        let mut query = self.connection.prepare(sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let member = row.get::<_, String>(1)?.into();
            members.entry(row.get(0)?).or_default().push(member);
        }
        let sql = "SELECT id, rank, points, line, status, floor, facts
                   FROM lead_rank JOIN lead_body USING (id) ORDER BY id";
        let mut query = self.connection.prepare(sql)?;
        let mut rows = query.query([])?;
        let mut leads = Vec::new();
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let status: String = row.get(4)?;
            leads.push(LeadRow {
                members: members.remove(&id).unwrap_or_default(),
                rank: RankRow {
                    id: id.into(),
                    rank: row.get(1)?,
                    points: row.get(2)?,
                    line: row.get(3)?,
                },
                status: Status::parse(&status)
                    .ok_or_else(|| StoreError::damaged("status", status.clone()))?,
                floor: row.get(5)?,
                facts: row.get(6)?,
            });
        }
        Ok(leads)
    }

    /// The ids of all scored pairs, in order.
    pub fn pair_ids(&self) -> Result<Vec<(EntityId, EntityId)>, StoreError> {
        let sql = "SELECT left_id, right_id FROM scored_pair ORDER BY left_id, right_id";
        let mut query = self.connection.prepare(sql)?;
        let rows = query.query_map([], |row| {
            Ok((row.get::<_, String>(0)?.into(), row.get::<_, String>(1)?.into()))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The scored pairs that hold this entity, strongest first.
    pub fn pairs_of(&self, entity: &str) -> Result<Vec<ScoredPair>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT left_id, right_id, weight, probability, score, explanation FROM scored_pair
             WHERE left_id = ?1 OR right_id = ?1 ORDER BY weight DESC, left_id, right_id",
        )?;
        let mut rows = query.query([entity])?;
        let mut pairs = Vec::new();
        while let Some(row) = rows.next()? {
            pairs.push(ScoredPair {
                left: row.get::<_, String>(0)?.into(),
                right: row.get::<_, String>(1)?.into(),
                weight: row.get(2)?,
                probability: row.get(3)?,
                score: row.get(4)?,
                explanation: parse::<Explanation>(
                    "explanation",
                    row.get_ref(5)?.as_str().unwrap_or_default(),
                )?,
            });
        }
        Ok(pairs)
    }
}

/// What is read of a lead, without its matches.
const LEAD: &str = "SELECT rank, points, line, body FROM lead_rank JOIN lead_body USING (id)";

fn read_lead(row: &Row<'_>) -> Result<Lead, StoreError> {
    let mut lead: Lead = parse("lead", row.get_ref(3)?.as_str().unwrap_or_default())?;
    (lead.rank, lead.points) = (row.get(0)?, row.get(1)?);
    lead.reasons.extend(row.get::<_, Option<String>>(2)?);
    Ok(lead)
}

fn put_pair(
    tx: &Connection,
    left: &EntityId,
    right: &EntityId,
    pair: Option<&ScoredPair>,
) -> Result<(), StoreError> {
    let Some(pair) = pair else {
        tx.prepare_cached("DELETE FROM scored_pair WHERE left_id = ?1 AND right_id = ?2")?
            .execute(params![left.as_str(), right.as_str()])?;
        return Ok(());
    };
    let explanation = to_json("explanation", &pair.explanation)?;
    tx.prepare_cached("INSERT OR REPLACE INTO scored_pair VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![
            left.as_str(),
            right.as_str(),
            pair.weight,
            pair.probability,
            pair.score,
            explanation,
        ])?;
    Ok(())
}

fn drop_lead(tx: &Connection, id: &LeadId) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM lead_rank WHERE id = ?1",
        "DELETE FROM lead_body WHERE id = ?1",
        "DELETE FROM lead_member WHERE lead_id = ?1",
        "DELETE FROM lead_match WHERE lead_id = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([id.as_str()])?;
    }
    Ok(())
}

fn put_lead(tx: &Connection, new: &NewLead) -> Result<(), StoreError> {
    let NewLead { lead, floor, facts } = new;
    let id = lead.id.as_str();
    let life = serde_json::to_value(lead.life).map_err(|e| StoreError::damaged("life", e))?;
    tx.prepare_cached("INSERT INTO lead_rank VALUES (?1, 0, 0, NULL, ?2, ?3)")?
        .execute(params![id, lead.status.as_str(), life.as_str(),])?;
    let bare = Lead { matches: Vec::new(), rank: 0, points: 0.0, ..lead.clone() };
    tx.prepare_cached("INSERT INTO lead_body VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id,
        floor,
        facts,
        to_json("lead", &bare)?,
    ])?;
    for member in &lead.members {
        tx.prepare_cached("INSERT OR REPLACE INTO lead_member VALUES (?1, ?2)")?
            .execute(params![member.as_str(), id])?;
    }
    for (place, found) in (0_i64..).zip(&lead.matches) {
        let sql = "INSERT INTO lead_match VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        tx.prepare_cached(sql)?.execute(params![
            id,
            place,
            found.dataset.as_str(),
            found.entity_id.as_str(),
            found.proposes.as_str(),
            to_json("match", found)?,
        ])?;
    }
    Ok(())
}

fn to_json<T: serde::Serialize + ?Sized>(
    what: &'static str,
    value: &T,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::damaged(what, e))
}

fn parse<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::damaged(what, e))
}
