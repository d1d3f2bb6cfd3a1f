//! A resolver that is changed step by step says what one made anew says (law 7).

use std::collections::{BTreeMap, BTreeSet};

use model::{Entity, EntityId, Judgement, Statement, Verdict};
use proptest::prelude::*;
use resolve::{DedupeOptions, Index, MatchModel, Resolver, ScreenOptions};

const GIVEN: [&str; 5] = ["Maro", "Hadiya", "Fictus", "Nemo", "Sampla"];
const FAMILY: [&str; 4] = ["Testan", "Zarquni", "al-Nowhari", "Placeholder"];
const KUNYAS: [&str; 4] = ["Abu Maro al-Nowhari", "Abu Sample", "Umm Fictus", "Abu Nemo"];
const BORN: [&str; 6] = ["1980", "1980-05-04", "1981-02-03", "1965-01-01", "1990-10-10", ""];
const NATIONS: [&str; 4] = ["tn", "sa", "fr", ""];

/// Choices of given name, family name, kunya, birth date, nationality.
type Record = (usize, usize, usize, usize, usize);

fn record() -> impl Strategy<Value = Record> {
    (0..GIVEN.len(), 0..FAMILY.len(), 0..KUNYAS.len(), 0..BORN.len(), 0..NATIONS.len())
}

#[derive(Clone, Debug)]
enum Step {
    Correct(usize, Record),
    PutBack(usize),
    Judge(usize, usize, Verdict),
    TakeBack(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let at = 0..RECORDS_MAX;
    let verdict = prop::sample::select(vec![
        Verdict::Same,
        Verdict::Different,
        Verdict::Related,
        Verdict::Unsure,
    ]);
    prop_oneof![
        3 => (at.clone(), record()).prop_map(|(at, record)| Step::Correct(at, record)),
        1 => at.clone().prop_map(Step::PutBack),
        2 => (at.clone(), at.clone(), verdict).prop_map(|(l, r, v)| Step::Judge(l, r, v)),
        1 => at.prop_map(Step::TakeBack),
    ]
}

const RECORDS_MAX: usize = 24;

fn id(at: usize) -> EntityId {
    format!("r{at:02}").into()
}

fn entity(id: &EntityId, (given, family, kunya, born, nation): Record) -> Entity {
    let mut entity = Entity::new(id.clone(), "Person");
    let name = format!("{} {}", GIVEN[given], FAMILY[family]);
    let values = [
        ("name", name.as_str()),
        ("weakAlias", KUNYAS[kunya]),
        ("birthDate", BORN[born]),
        ("nationality", NATIONS[nation]),
    ];
    for (prop, value) in values.into_iter().filter(|(_, value)| !value.is_empty()) {
        entity.add(Statement::new(id.clone(), "Person", prop, value, "sample".into()));
    }
    entity
}

fn options() -> DedupeOptions {
    // A small cap, so that blocks pass it in both directions.
    DedupeOptions { block_max: 3, ..DedupeOptions::of(MatchModel::bundled()) }
}

fn open(as_read: &[Entity], corrected: &BTreeMap<EntityId, Entity>) -> Resolver {
    let as_read: Vec<&Entity> = as_read.iter().collect();
    Resolver::new(&as_read, corrected, MatchModel::bundled(), &options())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn step_by_step_is_as_from_nothing(
        records in prop::collection::vec(record(), 2..RECORDS_MAX),
        steps in prop::collection::vec(step(), 1..14),
    ) {
        let as_read: Vec<Entity> =
            records.iter().enumerate().map(|(at, r)| entity(&id(at), *r)).collect();
        let mut corrected = BTreeMap::new();
        let mut judgements: Vec<Judgement> = Vec::new();
        let mut kept = open(&as_read, &corrected);
        let mut known: BTreeMap<(EntityId, EntityId), model::ScoredPair> =
            kept.pairs().into_iter().map(|p| ((p.left.clone(), p.right.clone()), p)).collect();
        for step in steps {
            match step {
                Step::Correct(at, record) if at < records.len() => {
                    let entity = entity(&id(at), record);
                    prop_assert!(kept.replace(&entity));
                    corrected.insert(id(at), entity);
                }
                Step::PutBack(at) if at < records.len() => {
                    prop_assert!(kept.replace(&as_read[at]));
                    corrected.remove(&id(at));
                }
                Step::Judge(left, right, verdict) if left != right => {
                    judgements.push(Judgement::new(id(left), id(right), verdict));
                }
                Step::TakeBack(at) if at < judgements.len() => {
                    judgements.remove(at);
                }
                _ => continue,
            }
            for change in kept.take_changes() {
                let key = (change.left, change.right);
                match change.pair {
                    Some(pair) => known.insert(key, pair),
                    None => known.remove(&key),
                };
            }
            let mut anew = open(&as_read, &corrected);
            prop_assert_eq!(kept.resolve(&judgements), anew.resolve(&judgements));
            let pairs = anew.pairs();
            prop_assert_eq!(kept.pairs(), pairs.clone());
            let ids: Vec<_> = pairs.iter().map(|p| (p.left.clone(), p.right.clone())).collect();
            let read: Vec<&Entity> = as_read.iter().collect();
            let model = MatchModel::bundled();
            let mut of_pairs = Resolver::of_pairs(&read, &corrected, model, &options(), &ids);
            prop_assert_eq!(of_pairs.pairs(), pairs.clone());
            prop_assert_eq!(of_pairs.resolve(&judgements), anew.resolve(&judgements));
            kept = of_pairs;
            let told: BTreeMap<_, _> =
                pairs.into_iter().map(|p| ((p.left.clone(), p.right.clone()), p)).collect();
            prop_assert_eq!(&known, &told, "what changed was told");
        }
    }

    /// A preview says what the change then does, and leaves nothing behind.
    #[test]
    fn a_preview_comes_true_and_leaves_nothing(
        records in prop::collection::vec(record(), 3..RECORDS_MAX),
        change in record(),
    ) {
        let as_read: Vec<Entity> =
            records.iter().enumerate().map(|(at, r)| entity(&id(at), *r)).collect();
        let mut kept = open(&as_read, &BTreeMap::new());
        let before = kept.resolve(&[]);
        let pairs = kept.pairs();
        let changed = entity(&id(0), change);
        let judgements =
            [Judgement::new(id(1), id(2), Verdict::Same), Judgement::new(id(0), id(1), Verdict::Different)];
        let preview = kept.preview(std::slice::from_ref(&changed), &[], &judgements);
        prop_assert_eq!(kept.take_changes(), vec![]);
        prop_assert_eq!(&kept.resolve(&[]), &before);
        prop_assert_eq!(kept.pairs(), pairs);
        kept.replace(&changed);
        let after = kept.resolve(&judgements);
        let gone: Vec<_> =
            before.clusters.iter().filter(|c| !after.clusters.contains(c)).cloned().collect();
        let made: Vec<_> =
            after.clusters.iter().filter(|c| !before.clusters.contains(c)).cloned().collect();
        prop_assert_eq!(preview.before, gone);
        prop_assert_eq!(preview.after, made);
    }

    /// What an index of some entries finds is what the whole index finds among them, in its figures.
    #[test]
    fn a_part_of_an_index_has_the_figures_of_the_whole(
        listed in prop::collection::vec(record(), 1..20), asked in record(),
    ) {
        let entries: Vec<Entity> =
            listed.iter().enumerate().map(|(at, r)| entity(&id(at), *r)).collect();
        let index = Index::build(&entries, MatchModel::bundled());
        let some: BTreeSet<_> =
            (0..listed.len()).step_by(2).map(|at| ("sample".into(), id(at))).collect();
        let options = ScreenOptions { top: 40, ..ScreenOptions::default() };
        let query = entity(&"q".into(), asked);
        let mut all = index.screen(&query, &options);
        all.retain(|hit| some.contains(&(hit.dataset.clone(), hit.entity_id.clone())));
        prop_assert_eq!(index.part(&some).screen(&query, &options), all);
        let known = index.compare_with(&query, &id(0)).expect("it is listed");
        prop_assert!(index.screen(&query, &options).contains(&known));
        prop_assert!(index.compare_with(&query, &"nobody".into()).is_none());
    }
}

/// A father and his son: a person may say that they are one, and is told what speaks against it.
#[test]
fn a_preview_warns_of_father_and_son() {
    let born = |id: &str, name: &str, date: &str| {
        let mut entity = Entity::new(id.into(), "Person");
        for (prop, value) in [("name", name), ("birthDate", date)] {
            entity.add(Statement::new(id.into(), "Person", prop, value, "sample".into()));
        }
        entity
    };
    let records = [
        born("a", "Maro Hadi Testan", "1950-01-02"),
        born("b", "Samir Maro Hadi Testan", "1980-03-04"),
    ];
    let mut kept = open(&records, &BTreeMap::new());
    let judgement = Judgement::new("a".into(), "b".into(), Verdict::Same);
    let preview = kept.preview(&[], &[], &[judgement]);
    assert_eq!((preview.before.len(), preview.after.len()), (2, 1));
    assert_eq!(preview.warnings.len(), 1, "{preview:?}");
    assert!(preview.warnings[0].reason.contains("birthDate differs"), "{preview:?}");
    assert_eq!(preview.pairs.len(), 1);
}

#[test]
fn changes_of_a_list_are_what_differs() {
    let build = |records: &[(&str, Record)]| {
        let mut builder = resolve::SegmentBuilder::default();
        for (id, record) in records {
            builder.add(&entity(&(*id).into(), *record));
        }
        resolve::Segment::open(builder.finish("k"), "k").unwrap()
    };
    let former = build(&[("a", (0, 0, 0, 0, 0)), ("b", (1, 0, 0, 0, 0)), ("d", (2, 0, 0, 0, 0))]);
    let latter = build(&[("b", (1, 0, 0, 0, 0)), ("c", (1, 1, 1, 1, 1)), ("d", (2, 0, 0, 1, 0))]);
    let changes = |new: &resolve::Segment, old: &resolve::Segment| -> Vec<String> {
        new.changes_since(old).into_iter().map(|(_, id)| id.to_string()).collect()
    };
    assert_eq!(changes(&latter, &former), ["a", "c", "d"]);
    assert_eq!(changes(&former, &latter), ["a", "c", "d"]);
    assert!(changes(&latter, &latter).is_empty());
}
