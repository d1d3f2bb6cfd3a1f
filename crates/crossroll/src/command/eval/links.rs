//! Owns the measuring of clusters: those that `link` wrote against those that are true, record by
//! record.

use std::collections::BTreeMap;
use std::path::Path;

use resolve::measure::{PartitionFigures, compare_partitions};

use crate::exit::Mistake;
use crate::table::TableFile;

/// Names of the column that says who a record is.
const TRUE_NAMES: [&str; 4] = ["cluster_id", "person_id", "cluster", "person"];
/// Names of the column of ids.
const ID_NAMES: [&str; 3] = ["unique_id", "rec_id", "id"];

/// What the clusters are worth.
pub(crate) struct LinkFigures {
    pub(crate) figures: PartitionFigures,
    /// Records that only one of the two files has; they are not measured.
    pub(crate) only_made: usize,
    pub(crate) only_true: usize,
}

/// Measures clusters; both files are tables with an id and a cluster a row.
pub(crate) fn measure(made: &Path, truth: &Path) -> anyhow::Result<LinkFigures> {
    let (clusters, persons) = (read(made)?, read(truth)?);
    let both: Vec<(&str, &str)> = clusters
        .iter()
        .filter_map(|(id, cluster)| Some((cluster.as_str(), persons.get(id)?.as_str())))
        .collect();
    let (only_made, only_true) = (clusters.len() - both.len(), persons.len() - both.len());
    let figures = compare_partitions(both).ok_or_else(|| {
        Mistake::new(
            format!("{} and {} have no record in common", made.display(), truth.display()),
            "both are tables with the same ids",
        )
    })?;
    Ok(LinkFigures { figures, only_made, only_true })
}

/// The cluster of each record.
fn read(path: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let table = TableFile::open(path)?;
    let names = table.columns();
    let find = |known: &[&str]| {
        known.iter().find_map(|name| names.iter().position(|n| n.eq_ignore_ascii_case(name)))
    };
    let (Some(id), Some(cluster)) = (find(&ID_NAMES), find(&TRUE_NAMES)) else {
        return Err(Mistake::new(
            format!(
                "{} needs the columns unique_id and cluster_id; it has {}",
                path.display(),
                names.join(", ")
            ),
            "clusters are a table as `crossroll link --clusters` writes it",
        )
        .into());
    };
    let (mut ids, mut clusters) = (Vec::new(), Vec::new());
    table.read(&[id, cluster], &mut |at, text| {
        let column = if at == 0 { &mut ids } else { &mut clusters };
        column.push(text.trim().to_owned());
    })?;
    Ok(ids.into_iter().zip(clusters).filter(|(id, _)| !id.is_empty()).collect())
}
