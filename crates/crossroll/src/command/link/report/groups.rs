//! Owns the sections of clusters: how many of which size, the largest, the most doubtful, and joins
//! that were refused.

use std::fmt::Write as _;

use super::Facts;
use super::choose::{Cluster, RECORDS_SHOWN, Refused};
use super::html::{Column, count, escape, table, value, weight};

/// Sizes of clusters that have a row of their own.
const SIZES: usize = 10;

/// Sizes of all clusters.
pub(crate) fn sizes(facts: &Facts<'_>) -> String {
    let mut rows = Vec::new();
    let (mut more, mut records) = (0, 0);
    for (size, number) in &facts.clusters.sizes {
        if *size <= SIZES {
            rows.push(vec![count(size), count(number), count(size * number)]);
        } else {
            more += number;
            records += size * number;
        }
    }
    if more > 0 {
        rows.push(vec![format!("more than {SIZES}"), count(more), count(records)]);
    }
    let columns = [
        ("Records in a cluster", Column::Number),
        ("Clusters", Column::Number),
        ("Records", Column::Number),
    ];
    format!("<div class=\"narrow\">{}</div>\n", table("Clusters by size", &columns, rows))
}

/// The largest clusters, and those that hang together by the weakest pair.
pub(crate) fn clusters(facts: &Facts<'_>) -> String {
    let mut out = String::from(
        "<h3>Largest</h3>\n<p>Clusters of three records and more. The weakest bridge is the pair \
         without which, and without all weaker ones, the cluster would be two.</p>\n",
    );
    if facts.clusters.largest.is_empty() {
        out.push_str("<p>No cluster has more than two records.</p>\n");
    }
    for cluster in &facts.clusters.largest {
        one(facts, cluster, &mut out);
    }
    out.push_str(
        "<h3>Most doubtful</h3>\n<p>Those with the weakest bridge or mean first: look here for two \
         persons taken for one.</p>\n",
    );
    if facts.clusters.doubtful.is_empty() {
        out.push_str("<p>No two records were joined.</p>\n");
    }
    for cluster in &facts.clusters.doubtful {
        one(facts, cluster, &mut out);
    }
    out
}

fn one(facts: &Facts<'_>, cluster: &Cluster, out: &mut String) {
    let id = |record: u32| value(facts.input.ids.text(record));
    let first = cluster.members.first().copied().unwrap_or(0);
    let _ = write!(
        out,
        "<details class=\"cluster\"><summary>Cluster {}: {} records",
        id(first),
        count(cluster.members.len())
    );
    match cluster.inside {
        Some(inside) => {
            let _ = writeln!(
                out,
                ", mean weight {}, weakest bridge {} between {} and {}</summary>",
                weight(inside.mean),
                weight(f64::from(inside.bridge.weight)),
                id(inside.bridge.left),
                id(inside.bridge.right),
            );
        }
        None => out.push_str(", too many to compare all with all</summary>\n"),
    }
    let shown = &cluster.members[..cluster.members.len().min(RECORDS_SHOWN)];
    let caption = format!("Records of cluster {}", facts.input.ids.text(first));
    out.push_str(&records(facts, shown, &caption));
    if cluster.members.len() > shown.len() {
        let rest = cluster.members.len() - shown.len();
        let _ = writeln!(out, "<p>{} further records are not shown.</p>", count(rest));
    }
    out.push_str("</details>\n");
}

/// The values of records, one a row; columns that are empty in all of them are left out.
fn records(facts: &Facts<'_>, shown: &[u32], caption: &str) -> String {
    let is_link = facts.input.tables.len() > 1;
    let mut properties = Vec::new();
    for record in shown {
        for (_, property, _) in facts.values.all(*record) {
            if !properties.contains(&property) {
                properties.push(property);
            }
        }
    }
    properties.sort();
    let mut columns = vec![("Record", Column::Text)];
    if is_link {
        columns.push(("Table", Column::Text));
    }
    columns.extend(properties.iter().map(|p| (p.name(), Column::Text)));
    let rows = shown.iter().map(|record| {
        let mut row = vec![value(facts.input.ids.text(*record))];
        if is_link {
            row.push(value(&facts.values.file(*record)));
        }
        row.extend(properties.iter().map(|p| value(&facts.values.texts(*record, *p))));
        row
    });
    table(caption, &columns, rows)
}

/// Likely pairs whose records are in two clusters.
pub(crate) fn refused(facts: &Facts<'_>) -> String {
    let all = facts.clusters.refused_pairs;
    if all == 0 {
        return "<p>Every pair at or above the threshold is in one cluster.</p>\n".to_owned();
    }
    let rows = facts.clusters.refused.iter().map(|refused| {
        let id = |record: u32| value(facts.input.ids.text(record));
        vec![
            format!("{} and {}", id(refused.pair.left), id(refused.pair.right)),
            weight(f64::from(refused.pair.weight)),
            weight(f64::from(refused.cautious)),
            weight(refused.mean),
            format!("{} + {}", count(refused.sizes.0), count(refused.sizes.1)),
            escape(reason(facts, refused)),
        ]
    });
    let columns = [
        ("Pair", Column::Text),
        ("Weight", Column::Number),
        ("Weight to join", Column::Number),
        ("Mean between the clusters", Column::Number),
        ("Records of both", Column::Number),
        ("Why it was not joined", Column::Text),
    ];
    format!(
        "<p>{} pairs at or above the threshold have their records in two clusters; the heaviest \
         stand here. To take two persons for one is worse than to leave one person in two \
         clusters, so kin, twins and namesakes count more when records are joined.</p>\n{}",
        count(all),
        table("Likely pairs in two clusters", &columns, rows)
    )
}

fn reason(facts: &Facts<'_>, refused: &Refused) -> &'static str {
    if f64::from(refused.cautious) < facts.collected.threshold {
        "kin, twins or namesakes explain it too well: its weight to join is below the threshold"
    } else if refused.pairs > 1 && refused.mean < 0.0 {
        "the other records of the two clusters speak against it"
    } else if facts.args.one_to_one {
        "one of the clusters holds a record of that table already"
    } else {
        "a join made before it, or the size of the component, stands in the way"
    }
}
