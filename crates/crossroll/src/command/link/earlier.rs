//! Owns the clusters of an earlier run: reading them, and the ids that clusters keep.
//!
//! Invariant: no two clusters get one id; a cluster never gets the id of an earlier cluster that it
//! holds no record of.

use std::path::Path;

use ::link::NEW;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::command::link::ids::Ids;
use crate::exit::Mistake;
use crate::table::TableFile;

/// What an earlier run said of the records.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    /// Ids of the earlier clusters, sorted.
    names: Vec<String>,
    /// By record the number of its earlier cluster, or `NEW`; empty without an earlier run.
    pub(crate) of: Vec<u32>,
    /// Records of the earlier run that are not among the records now.
    pub(crate) absent: usize,
}

impl Earlier {
    /// Reads the clusters that `--clusters` wrote.
    pub(crate) fn read(path: &Path, ids: &Ids) -> anyhow::Result<Self> {
        let rows = read_columns(path, ["unique_id", "cluster_id"])?;
        let mut names: Vec<String> = rows.iter().map(|[_, cluster]| cluster.clone()).collect();
        names.sort_unstable();
        names.dedup();
        let places = ids.places();
        let mut earlier = Self { names, of: vec![NEW; ids.len()], absent: 0 };
        for [id, cluster] in &rows {
            let Ok(at) = earlier.names.binary_search(cluster) else { continue };
            let number = u32::try_from(at).unwrap_or(NEW);
            let Some(record) = places.get(id.as_str()) else {
                earlier.absent += 1;
                continue;
            };
            let slot = &mut earlier.of[*record as usize];
            if *slot != NEW && *slot != number {
                return Err(Mistake::new(
                    format!("{} holds the record {id} in two clusters", path.display()),
                    "give the clusters of one earlier run",
                )
                .into());
            }
            *slot = number;
        }
        Ok(earlier)
    }

    /// Records that are not of the earlier run.
    pub(crate) fn fresh(&self) -> usize {
        self.of.iter().filter(|cluster| **cluster == NEW).count()
    }

    /// The id of a number.
    pub(crate) fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    /// The id of the cluster of each record. A cluster keeps the id that most of its records had,
    /// the smaller of two; another gets the smallest id of a record of its own.
    pub(crate) fn ids(&self, cluster_of: &[u32], ids: &Ids) -> Vec<String> {
        let mut named: FxHashMap<u32, String> = FxHashMap::default();
        for (root, number) in self.kept(cluster_of) {
            named.insert(root, self.name(number).to_owned());
        }
        let mut taken: FxHashSet<String> = self.names.iter().cloned().collect();
        let mut members: Vec<(u32, u32)> = cluster_of.iter().copied().zip(0_u32..).collect();
        members.sort_unstable();
        for cluster in members.chunk_by(|a, b| a.0 == b.0) {
            let root = cluster[0].0;
            if named.contains_key(&root) {
                continue;
            }
            let own = cluster.iter().map(|m| ids.text(m.1)).find(|id| !taken.contains(*id));
            let name = own.map_or_else(
                || {
                    // All are ids of earlier clusters that went elsewhere.
                    let numbered = (2_u64..).map(|n| format!("{}-{n}", ids.text(root)));
                    numbered.into_iter().find(|n| !taken.contains(n)).unwrap_or_default()
                },
                str::to_owned,
            );
            taken.insert(name.clone());
            named.insert(root, name);
        }
        cluster_of.iter().map(|root| named.get(root).cloned().unwrap_or_default()).collect()
    }

    /// Which cluster keeps which earlier id: each once.
    fn kept(&self, cluster_of: &[u32]) -> Vec<(u32, u32)> {
        let mut claims: Vec<(u32, u32)> = cluster_of
            .iter()
            .zip(&self.of)
            .filter(|(_, number)| **number != NEW)
            .map(|(root, number)| (*root, *number))
            .collect();
        claims.sort_unstable();
        let mut counted: Vec<(usize, u32, u32)> =
            claims.chunk_by(|a, b| a == b).map(|c| (c.len(), c[0].1, c[0].0)).collect();
        counted.sort_unstable_by_key(|(count, number, root)| {
            (std::cmp::Reverse(*count), *number, *root)
        });
        let (mut roots, mut numbers) = (FxHashSet::default(), FxHashSet::default());
        let mut kept = Vec::new();
        for (_, number, root) in counted {
            if !roots.contains(&root) && !numbers.contains(&number) {
                roots.insert(root);
                numbers.insert(number);
                kept.push((root, number));
            }
        }
        kept
    }
}

/// The texts of some columns of a table, row by row.
pub(crate) fn read_columns<const N: usize>(
    path: &Path,
    wanted: [&str; N],
) -> anyhow::Result<Vec<[String; N]>> {
    let table = TableFile::open(path)?;
    let names = table.columns();
    let mut numbers = Vec::new();
    for name in wanted {
        let Some(at) = names.iter().position(|n| n.eq_ignore_ascii_case(name)) else {
            return Err(Mistake::new(
                format!("{} has no column {name}; it has {}", path.display(), names.join(", ")),
                "`crossroll link --help` says what this table holds",
            )
            .into());
        };
        numbers.push(at);
    }
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); N];
    table.read(&numbers, &mut |at, text| columns[at].push(text.trim().to_owned()))?;
    let mut columns: Vec<_> = columns.into_iter().map(Vec::into_iter).collect();
    let mut rows = Vec::new();
    while let Some(first) = columns[0].next() {
        let mut row: [String; N] = std::array::from_fn(|_| String::new());
        row[0] = first;
        for (cell, column) in row.iter_mut().zip(&mut columns).skip(1) {
            *cell = column.next().unwrap_or_default();
        }
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(count: u32) -> Ids {
        let mut ids = Ids::default();
        (0..count).for_each(|i| ids.push(&format!("r{i}")));
        ids
    }

    fn earlier(names: &[&str], of: &[u32]) -> Earlier {
        let names = names.iter().map(|n| (*n).to_owned()).collect();
        Earlier { names, of: of.to_vec(), absent: 0 }
    }

    #[test]
    fn a_cluster_keeps_the_id_of_most_of_its_records() {
        let earlier = earlier(&["a", "b"], &[0, 1, 1, NEW]);
        assert_eq!(earlier.ids(&[0, 0, 0, 0], &ids(4)), ["b", "b", "b", "b"]);
        // Of two clusters of equal size the smaller id stays.
        let earlier = self::earlier(&["a", "b"], &[1, 0, NEW, NEW]);
        assert_eq!(earlier.ids(&[0, 0, 0, 3], &ids(4)), ["a", "a", "a", "r3"]);
    }

    #[test]
    fn a_part_that_lost_its_id_gets_one_that_nobody_had() {
        let earlier = earlier(&["r0"], &[0, 0, 0]);
        assert_eq!(earlier.ids(&[0, 1, 1], &ids(3)), ["r0-2", "r0", "r0"]);
    }
}
