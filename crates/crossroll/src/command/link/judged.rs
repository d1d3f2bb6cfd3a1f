//! Owns the reading of judgements on pairs of records.
//!
//! Judgements on records that are not there are counted, not refused: a file of judgements outlives
//! the table that it was made for. Invariant: a judgement is `same`, `different` or `unsure`.

use std::path::Path;

use crate::command::link::earlier::read_columns;
use crate::command::link::ids::Ids;
use crate::exit::Mistake;

/// The judgements on the records.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) same: Vec<(u32, u32)>,
    pub(crate) different: Vec<(u32, u32)>,
    /// Judgements that say nothing.
    pub(crate) unsure: usize,
    /// Judgements on records that are not there.
    pub(crate) absent: usize,
}

impl Judged {
    /// Reads a table of judgements.
    pub(crate) fn read(path: &Path, ids: &Ids) -> anyhow::Result<Self> {
        let rows = read_columns(path, ["unique_id_l", "unique_id_r", "judgement"])?;
        let places = ids.places();
        let mut judged = Self::default();
        for [left, right, judgement] in &rows {
            let pair = places.get(left.as_str()).copied().zip(places.get(right.as_str()).copied());
            match (judgement.to_ascii_lowercase().as_str(), pair) {
                ("same" | "different" | "unsure", None) => judged.absent += 1,
                ("same", Some(pair)) => judged.same.push(pair),
                ("different", Some(pair)) => judged.different.push(pair),
                ("unsure", Some(_)) => judged.unsure += 1,
                (other, _) => {
                    return Err(Mistake::new(
                        format!("{}: {other:?} is no judgement", path.display()),
                        "a judgement is same, different or unsure",
                    )
                    .into());
                }
            }
        }
        Ok(judged)
    }
}
