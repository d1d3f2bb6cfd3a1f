//! Owns columns as they are read: each distinct text once, each record an id.
//!
//! It knows nothing of what the texts mean. Invariant: id 0 is the missing value; every id is
//! below the number of distinct values.

use rustc_hash::FxHashMap;

use crate::property::Property;

/// Takes the values of one column in the order of the records.
#[derive(Debug)]
pub struct ColumnBuilder {
    property: Property,
    ids: FxHashMap<Box<str>, u32>,
    values: Vec<u32>,
}

/// A finished column.
#[derive(Debug)]
pub struct Column {
    pub(crate) property: Property,
    /// Per record the id of its value.
    pub(crate) values: Vec<u32>,
    /// The texts by id; the first is empty.
    pub(crate) distinct: Vec<Box<str>>,
}

impl ColumnBuilder {
    /// An empty column that holds this property.
    pub fn new(property: Property) -> Self {
        Self { property, ids: FxHashMap::default(), values: Vec::new() }
    }

    /// What it holds.
    pub fn property(&self) -> Property {
        self.property
    }

    /// Adds the value of the next record; an empty text is missing.
    pub fn push(&mut self, text: &str) {
        let text = text.trim();
        let next = u32::try_from(self.ids.len() + 1).unwrap_or(0);
        let id = if text.is_empty() {
            0
        } else if let Some(id) = self.ids.get(text) {
            *id
        } else {
            self.ids.insert(text.into(), next);
            next
        };
        self.values.push(id);
    }

    /// Records so far.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// True if no record was added.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Closes the column.
    pub fn finish(self) -> Column {
        let mut distinct: Vec<Box<str>> = vec!["".into(); self.ids.len() + 1];
        for (text, id) in sorted(self.ids) {
            distinct[id as usize] = text;
        }
        Column { property: self.property, values: self.values, distinct }
    }
}

impl Column {
    /// The column with its records in another order.
    #[must_use]
    pub fn reordered(mut self, order: &[u32]) -> Self {
        self.values = order.iter().map(|row| self.values[*row as usize]).collect();
        // Ids follow the order of the records, so that nothing depends on how they were read.
        let mut ids = vec![0_u32; self.distinct.len()];
        let mut distinct: Vec<Box<str>> = vec!["".into()];
        for value in &mut self.values {
            let at = *value as usize;
            if at != 0 && ids[at] == 0 {
                ids[at] = u32::try_from(distinct.len()).unwrap_or(0);
                distinct.push(std::mem::take(&mut self.distinct[at]));
            }
            *value = ids[at];
        }
        self.distinct = distinct;
        self
    }
}

/// The entries by id, so that no order of a hash map shows.
fn sorted(ids: FxHashMap<Box<str>, u32>) -> Vec<(Box<str>, u32)> {
    let mut entries: Vec<_> = ids.into_iter().collect();
    entries.sort_unstable_by_key(|(_, id)| *id);
    entries
}
