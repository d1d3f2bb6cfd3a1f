//! What a run made: scored pairs and leads. Both are replaced as a whole by the next run.

use model::{Explanation, Lead, ScoredPair};
use rusqlite::params;

use crate::{Store, StoreError, finish_step};

impl Store {
    /// Replaces pairs and leads and records the step, in one transaction.
    pub fn put_results(
        &mut self,
        step: &str,
        key: &str,
        pairs: &[ScoredPair],
        leads: &[Lead],
    ) -> Result<(), StoreError> {
        let tx = self.connection.transaction()?;
        tx.execute_batch("DELETE FROM scored_pair; DELETE FROM lead;")?;
        for pair in pairs {
            let explanation = to_json("explanation", &pair.explanation)?;
            tx.prepare_cached(
                "INSERT OR REPLACE INTO scored_pair VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                pair.left.as_str(),
                pair.right.as_str(),
                pair.weight,
                pair.probability,
                pair.score,
                explanation,
            ])?;
        }
        for lead in leads {
            tx.prepare_cached("INSERT OR REPLACE INTO lead VALUES (?1, ?2, ?3, ?4)")?.execute(
                params![lead.id.as_str(), lead.rank, lead.status.as_str(), to_json("lead", lead)?],
            )?;
        }
        finish_step(&tx, step, "", key)?;
        tx.commit()?;
        Ok(())
    }

    /// All leads, by rank.
    pub fn leads(&self) -> Result<Vec<Lead>, StoreError> {
        let mut query = self.connection.prepare("SELECT body FROM lead ORDER BY rank, id")?;
        let rows = query.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|body| serde_json::from_str(&body?).map_err(|e| StoreError::damaged("lead", e)))
            .collect()
    }

    /// The scored pairs that hold this entity, strongest first.
    pub fn pairs_of(&self, entity: &str) -> Result<Vec<ScoredPair>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT left_id, right_id, weight, probability, score, explanation FROM scored_pair
             WHERE left_id = ?1 OR right_id = ?1 ORDER BY weight DESC, left_id, right_id",
        )?;
        let rows = query.query_map([entity], |row| {
            Ok((
                ScoredPair {
                    left: row.get::<_, String>(0)?.into(),
                    right: row.get::<_, String>(1)?.into(),
                    weight: row.get(2)?,
                    probability: row.get(3)?,
                    score: row.get(4)?,
                    explanation: Explanation::default(),
                },
                row.get::<_, String>(5)?,
            ))
        })?;
        rows.map(|row| {
            let (mut pair, explanation) = row?;
            pair.explanation = serde_json::from_str(&explanation)
                .map_err(|e| StoreError::damaged("explanation", e))?;
            Ok(pair)
        })
        .collect()
    }
}

fn to_json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|e| StoreError::damaged(what, e))
}
