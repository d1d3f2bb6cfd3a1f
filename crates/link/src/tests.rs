//! Laws of a linkage on small made-up tables.

use proptest::prelude::*;

use crate::{
    ColumnBuilder, Contradiction, Known, LinkOptions, Linked, ModelMismatch, NEW, Property,
    Records, ScoredPair, link,
};

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

/// What a linkage may end with.
#[derive(Debug, PartialEq)]
pub(crate) enum Failure {
    Contradiction(Contradiction),
    Model(ModelMismatch),
}

impl From<Contradiction> for Failure {
    fn from(of: Contradiction) -> Self {
        Self::Contradiction(of)
    }
}

impl From<ModelMismatch> for Failure {
    fn from(of: ModelMismatch) -> Self {
        Self::Model(of)
    }
}

fn run(records: &Records, threshold: f64) -> (Linked, Vec<ScoredPair>) {
    run_known(records, threshold, &Known::default()).unwrap()
}

fn run_known(
    records: &Records,
    threshold: f64,
    known: &Known,
) -> Result<(Linked, Vec<ScoredPair>), Failure> {
    let mut pairs = Vec::new();
    let options = LinkOptions { threshold, ..LinkOptions::default() };
    let linked = link(records, &options, known, |slice| {
        pairs.extend_from_slice(slice);
        Ok::<(), Failure>(())
    })?;
    Ok((linked, pairs))
}

/// Rows and judgements on pairs of them.
fn judged() -> impl Strategy<Value = (Vec<Row>, Vec<(u32, u32, bool)>)> {
    prop::collection::vec((0..5_usize, 0..6_usize, 0..5_usize), 4..40).prop_flat_map(|rows| {
        let count = u32::try_from(rows.len()).unwrap();
        let pair = (0..count, 0..count, any::<bool>());
        (Just(rows), prop::collection::vec(pair, 0..6))
    })
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

    #[test]
    fn judgements_hold_or_are_refused((rows, judgements) in judged()) {
        let pick = |same| {
            let of = judgements.iter().filter(move |j| j.2 == same && j.0 != j.1);
            of.map(|j| (j.0, j.1)).collect::<Vec<(u32, u32)>>()
        };
        let known = Known { same: pick(true), different: pick(false), ..Known::default() };
        match run_known(&records(&rows), 0.9, &known) {
            Ok((linked, _)) => {
                let of = |r: u32| linked.cluster_of[r as usize];
                for (l, r) in &known.same {
                    prop_assert_eq!(of(*l), of(*r));
                }
                for (l, r) in &known.different {
                    prop_assert_ne!(of(*l), of(*r));
                }
            }
            Err(failure) => {
                let Failure::Contradiction(contradiction) = failure else { panic!() };
                let pair = (contradiction.left, contradiction.right);
                prop_assert!(known.different.contains(&pair));
                prop_assert!(!known.same.is_empty());
            }
        }
    }

    #[test]
    fn an_earlier_result_with_nothing_new_stays(
        rows in prop::collection::vec((0..5_usize, 0..6_usize, 0..5_usize), 2..40)
    ) {
        let records = records(&rows);
        let (first, _) = run(&records, 0.9);
        let known = Known { earlier: first.cluster_of.clone(), ..Known::default() };
        let (again, pairs) = run_known(&records, 0.9, &known).unwrap();
        prop_assert_eq!(again.cluster_of, first.cluster_of);
        prop_assert!(pairs.is_empty());
    }

    #[test]
    fn earlier_clusters_stay_whole_and_apart(
        rows in prop::collection::vec((0..5_usize, 0..6_usize, 0..5_usize), 4..40),
        earlier in prop::collection::vec(0..6_u32, 40),
    ) {
        let earlier: Vec<u32> =
            earlier[..rows.len()].iter().map(|c| if *c == 0 { NEW } else { *c }).collect();
        let known = Known { earlier: earlier.clone(), ..Known::default() };
        let (linked, pairs) = run_known(&records(&rows), 0.9, &known).unwrap();
        for (l, a) in earlier.iter().enumerate() {
            for (r, b) in earlier.iter().enumerate() {
                if *a != NEW && *b != NEW {
                    prop_assert_eq!(a == b, linked.cluster_of[l] == linked.cluster_of[r]);
                }
            }
        }
        let is_old = |r: u32| earlier[r as usize] != NEW;
        prop_assert!(pairs.iter().all(|p| !is_old(p.left) || !is_old(p.right)));
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

#[test]
fn a_judgement_takes_an_earlier_cluster_apart_or_joins_two() {
    let rows: Vec<Row> = vec![(0, 0, 0), (0, 0, 0), (1, 2, 1), (1, 2, 1)];
    let (same, different) = (vec![(1, 2)], vec![(0, 1)]);
    let known = Known { same, different, earlier: vec![0, 0, 2, 2], model: None };
    let (linked, _) = run_known(&records(&rows), 0.9, &known).unwrap();
    assert_ne!(linked.cluster_of[0], linked.cluster_of[1]);
    assert_eq!(linked.cluster_of[1], linked.cluster_of[2]);
    assert_eq!(linked.cluster_of[2], linked.cluster_of[3]);
    assert_eq!(linked.dissolved, [0]);
}

#[test]
fn judgements_that_contradict_each_other_are_an_error() {
    let rows: Vec<Row> = vec![(0, 0, 0); 3];
    let known = Known { same: vec![(0, 1), (1, 2)], different: vec![(0, 2)], ..Known::default() };
    let error = run_known(&records(&rows), 0.9, &known).unwrap_err();
    assert_eq!(error, Failure::Contradiction(Contradiction { left: 0, right: 2 }));
}

#[test]
fn a_model_gives_the_weights_that_it_was_learnt_with() {
    let rows: Vec<Row> = (0..60).map(|i| (i % 4, (i / 3) % 5, (i / 2) % 4)).collect();
    let records = records(&rows);
    let (first, pairs) = run(&records, 0.9);
    let known = Known { model: Some(first.model.clone()), ..Known::default() };
    let (again, same) = run_known(&records, 0.9, &known).unwrap();
    assert_eq!(again.model, first.model);
    for pair in &same {
        let found = pairs.iter().find(|p| (p.left, p.right) == (pair.left, pair.right));
        assert!(found.is_none_or(|p| (p.weight - pair.weight).abs() < 1e-3));
    }
    let mut other = first.model;
    other.version += 1;
    let found = other.version;
    let known = Known { model: Some(other), ..Known::default() };
    let error = run_known(&records, 0.9, &known).unwrap_err();
    assert_eq!(error, Failure::Model(ModelMismatch::Version { found }));
}
