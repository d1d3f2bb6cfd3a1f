//! The append-only logs: judgements on pairs, decisions on leads.

use model::{Decision, Judgement, Status, Verdict};
use rusqlite::params;

use crate::{Store, StoreError};

impl Store {
    /// Appends a judgement.
    pub fn add_judgement(&mut self, judgement: &Judgement) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO judgement (left_id, right_id, verdict, user, time, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                judgement.left.as_str(),
                judgement.right.as_str(),
                verdict_word(judgement.verdict),
                judgement.user,
                judgement.time,
                judgement.reason,
            ],
        )?;
        Ok(())
    }

    /// All judgements, oldest first.
    pub fn judgements(&self) -> Result<Vec<Judgement>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT left_id, right_id, verdict, user, time, reason FROM judgement ORDER BY seq",
        )?;
        let rows = query.query_map([], |row| {
            Ok((
                Judgement {
                    left: row.get::<_, String>(0)?.into(),
                    right: row.get::<_, String>(1)?.into(),
                    verdict: Verdict::Unsure,
                    user: row.get(3)?,
                    time: row.get(4)?,
                    reason: row.get(5)?,
                },
                row.get::<_, String>(2)?,
            ))
        })?;
        rows.map(|row| {
            let (mut judgement, word) = row?;
            judgement.verdict = parse_verdict(&word)?;
            Ok(judgement)
        })
        .collect()
    }

    /// Appends a decision.
    pub fn add_decision(&mut self, decision: &Decision) -> Result<(), StoreError> {
        let members = serde_json::to_string(&decision.members)
            .map_err(|e| StoreError::damaged("decision", e))?;
        self.connection.execute(
            "INSERT INTO decision (lead_id, members, status, user, time, reason)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                decision.lead_id.as_str(),
                members,
                decision.status.map(Status::as_str),
                decision.user,
                decision.time,
                decision.reason,
            ],
        )?;
        Ok(())
    }

    /// All decisions, oldest first.
    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT lead_id, members, status, user, time, reason FROM decision ORDER BY seq",
        )?;
        let rows = query.query_map([], |row| {
            Ok((
                row.get::<_, String>(1)?,
                Decision {
                    lead_id: row.get::<_, String>(0)?.into(),
                    members: Vec::new(),
                    status: row.get::<_, Option<String>>(2)?.and_then(|s| Status::parse(&s)),
                    user: row.get(3)?,
                    time: row.get(4)?,
                    reason: row.get(5)?,
                },
            ))
        })?;
        rows.map(|row| {
            let (members, mut decision) = row?;
            decision.members =
                serde_json::from_str(&members).map_err(|e| StoreError::damaged("decision", e))?;
            Ok(decision)
        })
        .collect()
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Different => "different",
        Verdict::Related => "related",
        Verdict::Unsure => "unsure",
        Verdict::Cleared => "cleared",
    }
}

fn parse_verdict(word: &str) -> Result<Verdict, StoreError> {
    Ok(match word {
        "same" => Verdict::Same,
        "different" => Verdict::Different,
        "related" => Verdict::Related,
        "unsure" => Verdict::Unsure,
        "cleared" => Verdict::Cleared,
        other => return Err(StoreError::damaged("judgement", format!("verdict {other:?}"))),
    })
}
