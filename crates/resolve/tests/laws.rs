//! Laws that hold for any input: symmetry, the sum, the cap, independence of order, judgements.

use model::{Entity, Judgement, Statement, Verdict};
use proptest::prelude::*;
use resolve::{
    Dedupe, DedupeOptions, Frequencies, Index, MatchModel, Prepared, Prior, ScreenOptions, compare,
    dedupe,
};

/// A fictional record: a value or none for each property.
fn record() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let one_of = |values: &'static [&'static str]| {
        prop::option::of(prop::sample::select(values).prop_map(str::to_owned))
    };
    (
        one_of(&[
            "Sample Given Placeholder",
            "Sampel Given al-Placeholder",
            "سامبل كيفن",
            "Fictus Bin Nemo",
            "Abu Sample al-Nowhere",
        ]),
        one_of(&["Abu Sample al-Nowhari", "أبو سامبل", "Umm Fictus", "not a kunya"]),
        one_of(&["1980", "1980-05-04", "1980-04-05", "1981", "1965-01-01", "1400", "no date"]),
        one_of(&["tn", "sa", "xx", "France"]),
        one_of(&["Mater Ficta", "Mater Alia"]),
        one_of(&["male", "female", "?"]),
        one_of(&["ZZ0001234", "ZZO001234", "ZZ001234", "ZZ0009999", "-"]),
        one_of(&["1234567894", "1234567895", "9876543210", "123456789", "123456789047"]),
        one_of(&["sampel@example.org", "Sampel+x@example.org", "sampel@example.com", "@"]),
    )
        .prop_map(|(name, weak, birth, nationality, mother, gender, passport, inn, email)| {
            let props = [
                "name",
                "weakAlias",
                "birthDate",
                "nationality",
                "motherName",
                "gender",
                "passportNumber",
                "innCode",
                "email",
            ];
            props
                .into_iter()
                .zip([name, weak, birth, nationality, mother, gender, passport, inn, email])
                .filter_map(|(prop, value)| Some((prop, value?)))
                .collect()
        })
}

fn entity(id: &str, values: &[(&'static str, String)]) -> Entity {
    let mut entity = Entity::new(id.into(), "Person");
    for (prop, value) in values {
        let value = value.as_str();
        entity.add(Statement::new(id.into(), "Person", *prop, value, "sample".into()));
    }
    entity
}

fn entities(records: &[Vec<(&'static str, String)>]) -> Vec<Entity> {
    records.iter().enumerate().map(|(i, values)| entity(&format!("r{i:02}"), values)).collect()
}

fn run(entities: &[Entity], judgements: &[Judgement]) -> Dedupe {
    let model = MatchModel::bundled();
    dedupe(entities, judgements, model, &DedupeOptions::of(model))
}

fn judgement(left: usize, right: usize, verdict: Verdict) -> Judgement {
    Judgement::new(format!("r{left:02}").into(), format!("r{right:02}").into(), verdict)
}

fn are_together(found: &Dedupe, left: usize, right: usize) -> bool {
    let (left, right) = (format!("r{left:02}").into(), format!("r{right:02}").into());
    found.clusters.iter().any(|c| c.members.contains(&left) && c.members.contains(&right))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn compare_is_symmetric_and_sums(left in record(), right in record(), prior in 1e-9..0.9f64) {
        let model = MatchModel::bundled();
        let left = Prepared::new(&entity("a", &left), model);
        let right = Prepared::new(&entity("b", &right), model);
        let frequencies = Frequencies::learn([&left, &right]);
        let prior = Prior::of_pair(prior);
        let forth = compare(model, &frequencies, &left, &right, prior);
        let back = compare(model, &frequencies, &right, &left, prior);
        prop_assert!((forth.weight - back.weight).abs() < 1e-9);
        prop_assert!((forth.probability - back.probability).abs() < 1e-9);
        prop_assert!((forth.score - back.score).abs() < 1e-9);
        prop_assert!((forth.weight - forth.explanation.weight()).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&forth.probability));
        prop_assert!((0.0..=1.0).contains(&forth.score));
        let levels = |pair: &model::ScoredPair| -> Vec<_> {
            pair.explanation.parts.iter().map(|p| (p.comparison.clone(), p.outcome.clone())).collect()
        };
        prop_assert_eq!(levels(&forth), levels(&back));
    }

    #[test]
    fn a_name_alone_stays_possible(name in "[\\PC]{0,40}", prior in 1e-9..0.999f64) {
        let model = MatchModel::bundled();
        let values = [("name", name.clone()), ("weakAlias", name)];
        let left = Prepared::new(&entity("a", &values), model);
        let right = Prepared::new(&entity("b", &values), model);
        let frequencies = Frequencies::learn([&left, &right]);
        let pair = compare(model, &frequencies, &left, &right, Prior::of_pair(prior));
        prop_assert!(pair.explanation.is_name_only());
    }

    #[test]
    fn clusters_do_not_depend_on_order(
        records in prop::collection::vec(record(), 1..12), seed in any::<prop::sample::Index>(),
    ) {
        let forth = entities(&records);
        let mut turned = forth.clone();
        turned.rotate_left(seed.index(forth.len()));
        turned.reverse();
        let (first, second) = (run(&forth, &[]), run(&turned, &[]));
        prop_assert_eq!(&first.clusters, &second.clusters);
        prop_assert_eq!(first.pairs, second.pairs);
        prop_assert_eq!(first.refused, second.refused);
        let members: usize = first.clusters.iter().map(|c| c.members.len()).sum();
        prop_assert_eq!(members, records.len());
    }

    #[test]
    fn judgements_are_respected(records in prop::collection::vec(record(), 3..8)) {
        let entities = entities(&records);
        let judged = run(&entities, &[
            judgement(0, 1, Verdict::Same),
            judgement(1, 2, Verdict::Different),
        ]);
        prop_assert!(are_together(&judged, 0, 1));
        prop_assert!(!are_together(&judged, 1, 2));
        prop_assert!(!are_together(&judged, 0, 2));
    }

    #[test]
    fn screening_gives_the_best_whatever_their_score(
        listed in prop::collection::vec(record(), 0..20), query in record(), top in 0usize..8,
    ) {
        let index = Index::build(&entities(&listed), MatchModel::bundled());
        let options = ScreenOptions { top, ..ScreenOptions::default() };
        let hits = index.screen(&entity("q", &query), &options);
        prop_assert_eq!(hits.len(), top.min(listed.len()));
        prop_assert!(hits.windows(2).all(|w| w[0].pair.score >= w[1].pair.score));
    }
}
