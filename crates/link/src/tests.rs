//! Laws of a linkage on small made-up tables.

use proptest::prelude::*;

use crate::{ColumnBuilder, LinkOptions, Linked, Property, Records, ScoredPair, link};

const GIVEN: [&str; 5] = ["Idris", "Samira", "Tavit", "Oleksa", ""];
const FAMILY: [&str; 6] = ["Qandil", "Qandeel", "Zarquni", "Okunev", "Okuneff", ""];
const BORN: [&str; 5] = ["1980-03-09", "1980-09-03", "1975-01-01", "1991-11-20", ""];

type Row = (usize, usize, usize);

fn records(rows: &[Row]) -> Records {
    let mut columns =
        [Property::FirstName, Property::LastName, Property::BirthDate].map(ColumnBuilder::new);
    for (given, family, born) in rows {
        columns[0].push(GIVEN[*given]);
        columns[1].push(FAMILY[*family]);
        columns[2].push(BORN[*born]);
    }
    Records::new(columns.into_iter().map(ColumnBuilder::finish).collect(), rows.len())
}

fn run(records: &Records, threshold: f64) -> (Linked, Vec<ScoredPair>) {
    let mut pairs = Vec::new();
    let options = LinkOptions { threshold, ..LinkOptions::default() };
    let linked = link(records, &options, |slice| {
        pairs.extend_from_slice(slice);
        Ok::<(), ()>(())
    });
    (linked.unwrap(), pairs)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn patterns_are_symmetric(rows in prop::collection::vec((0..5_usize, 0..6_usize, 0..5_usize), 2..20)) {
        let records = records(&rows);
        let count = u32::try_from(rows.len()).unwrap();
        for l in 0..count {
            for r in 0..count {
                prop_assert_eq!(records.pattern(l, r), records.pattern(r, l));
            }
        }
    }

    #[test]
    fn clusters_are_a_partition_and_pairs_come_once(
        rows in prop::collection::vec((0..5_usize, 0..6_usize, 0..5_usize), 2..40)
    ) {
        let (linked, pairs) = run(&records(&rows), 0.9);
        prop_assert_eq!(linked.cluster_of.len(), rows.len());
        for (record, of) in (0_u32..).zip(&linked.cluster_of) {
            // The root is the smallest of its cluster, and its own root.
            prop_assert!(*of <= record);
            prop_assert_eq!(linked.cluster_of[*of as usize], *of);
        }
        let mut seen: Vec<(u32, u32)> = pairs.iter().map(|p| (p.left, p.right)).collect();
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), pairs.len());
        prop_assert!(pairs.iter().all(|p| p.left < p.right && p.weight >= -10.0));
    }

    #[test]
    fn a_higher_threshold_finds_no_more_matches(
        rows in prop::collection::vec((0..5_usize, 0..6_usize, 0..5_usize), 2..40)
    ) {
        let records = records(&rows);
        let (low, high) = (run(&records, 0.6).0, run(&records, 0.99).0);
        prop_assert!(high.matches <= low.matches);
    }
}

#[test]
fn an_empty_table_and_one_record_link_to_nothing() {
    for rows in [&[][..], &[(0, 0, 0)][..]] {
        let (linked, pairs) = run(&records(rows), 0.95);
        assert_eq!(linked.cluster_of.len(), rows.len());
        assert!(pairs.is_empty());
    }
}
