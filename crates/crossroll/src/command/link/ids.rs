//! Owns the ids of records: one text beside the other, in the order in which records are numbered.
//!
//! Records are numbered by table, then by id, so that nothing depends on the order of the rows.
//! Invariant: no table holds an id twice.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::exit::Mistake;

/// The ids by record.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    texts: String,
    ends: Vec<usize>,
}

impl Ids {
    /// Adds the id of the next record.
    pub(crate) fn push(&mut self, text: &str) {
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
    }

    /// Records there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The id of a record.
    pub(crate) fn text(&self, record: u32) -> &str {
        let at = record as usize;
        let from = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.texts[from..self.ends[at]]
    }

    /// The rows sorted by id: by number where all ids are numbers, else by text.
    pub(crate) fn sorted(&self, from: usize, table: &str) -> anyhow::Result<Vec<u32>> {
        let rows = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = (rows(from)..rows(self.len())).collect();
        let numbers: Option<Vec<i64>> = order.iter().map(|r| self.text(*r).parse().ok()).collect();
        if let Some(numbers) = numbers {
            order.sort_unstable_by_key(|r| (numbers[*r as usize - from], *r));
        } else {
            // The first bytes decide nearly always; they are at hand, the texts are not.
            let mut begun: Vec<(u128, u32)> =
                order.iter().map(|r| (beginning(self.text(*r)), *r)).collect();
            begun.sort_unstable_by(|a, b| {
                let texts = || self.text(a.1).cmp(self.text(b.1));
                a.0.cmp(&b.0).then_with(texts).then(a.1.cmp(&b.1))
            });
            order = begun.into_iter().map(|(_, r)| r).collect();
        }
        if let Some(pair) = order.windows(2).find(|p| self.text(p[0]) == self.text(p[1])) {
            return Err(Mistake::new(
                format!("{table} holds the id {} more than once", self.text(pair[0])),
                "an id stands for one record; name another column with --id",
            )
            .into());
        }
        if order.first().is_some_and(|r| self.text(*r).is_empty()) {
            return Err(Mistake::new(
                format!("{table} has a record without an id"),
                "every record needs an id; name another column with --id",
            )
            .into());
        }
        Ok(order)
    }

    /// Reports an id that both tables hold, for a cluster could not tell the two records apart.
    pub(crate) fn check_tables(&self, first: usize) -> anyhow::Result<()> {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let second = u32::try_from(first).unwrap_or(u32::MAX)..count;
        let held: FxHashSet<&str> = second.map(|record| self.text(record)).collect();
        let both = (0..count).take(first).find(|record| held.contains(self.text(*record)));
        match both {
            Some(record) => Err(Mistake::new(
                format!("both tables hold the id {}", self.text(record)),
                "ids must tell records apart: give those of one table a prefix, or name another \
                 column with --id",
            )
            .into()),
            None => Ok(()),
        }
    }

    /// The records by id.
    pub(crate) fn places(&self) -> FxHashMap<&str, u32> {
        let count = u32::try_from(self.len()).unwrap_or(u32::MAX);
        (0..count).map(|record| (self.text(record), record)).collect()
    }

    /// The ids in another order.
    pub(crate) fn reordered(&self, order: &[u32]) -> Self {
        let mut ids = Self { texts: String::with_capacity(self.texts.len()), ends: Vec::new() };
        for row in order {
            ids.push(self.text(*row));
        }
        ids
    }
}

/// The first sixteen bytes, which sort as the text does.
fn beginning(text: &str) -> u128 {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(text.bytes()) {
        *to = from;
    }
    u128::from_be_bytes(bytes)
}
