//! A segment finds what went in, whatever the order, and refuses what it cannot trust.

use model::{Entity, Statement};

use super::*;

fn entity(id: &str, schema: &str, values: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id.into(), schema);
    for (prop, value) in values {
        entity.add(Statement::new(id.into(), schema, *prop, *value, "sample".into()));
    }
    entity
}

fn entities() -> Vec<Entity> {
    vec![
        entity("p-2", "Person", &[("name", "Hadiya Zarquni"), ("nationality", "tn")]),
        entity("p-1", "Person", &[("name", "Maro Testan"), ("alias", "Abu Sample")]),
        entity("p-1", "Person", &[("name", "Maro Testan"), ("birthDate", "1980")]),
        entity("m-1", "Mention", &[("name", "Maro Testan")]),
        entity("d-1", "Passport", &[("number", "ZZ000123"), ("holder", "p-1")]),
    ]
}

fn bytes(entities: &[Entity]) -> Vec<u8> {
    let mut builder = SegmentBuilder::default();
    for entity in entities {
        builder.add(entity);
    }
    let mut out = Vec::new();
    builder.write("key", &mut out).unwrap();
    out
}

/// Bytes that begin where numbers of eight bytes may.
fn open(bytes: &[u8]) -> Result<Segment, SegmentError> {
    struct Words(Vec<u64>, usize);
    impl AsRef<[u8]> for Words {
        fn as_ref(&self) -> &[u8] {
            &bytemuck::cast_slice(&self.0)[..self.1]
        }
    }
    let mut words = vec![0u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(bytes);
    Segment::open(Arc::new(Words(words, bytes.len())), "key")
}

#[test]
fn what_goes_in_comes_out_sorted_and_joined() {
    let segment = open(&bytes(&entities())).unwrap();
    assert_eq!(segment.len(), 2);
    let first = segment.facts(0).unwrap();
    assert_eq!(first.id.as_str(), "p-1");
    assert_eq!(first.values("birthDate").collect::<Vec<_>>(), ["1980"]);
    assert_eq!(first.values(crate::facts::HELD_PASSPORT).collect::<Vec<_>>(), ["ZZ000123"]);
    assert_eq!(segment.owner(0), Some((0, 0)));
    assert_eq!(segment.owner(1), Some((1, 0)), "a kunya is no civil name");
    assert_eq!(segment.facts(2), None);
    let mut counts = Counts::default();
    segment.add_counts(&mut counts);
    assert_eq!((counts.people, counts.nationalities_stated, counts.kunyas_stated), (2, 1, 1));
    assert_eq!(counts.nationalities.get(&Country::from_code("tn").unwrap()), Some(&1));
}

#[test]
fn the_bytes_do_not_depend_on_the_order() {
    let mut other = entities();
    other.reverse();
    // The two parts of one entity are joined in the order in which they came.
    let (a, b) = (open(&bytes(&entities())).unwrap(), open(&bytes(&other)).unwrap());
    assert_eq!(a.facts(1), b.facts(1));
    let mut swapped = entities();
    swapped.swap(0, 4);
    assert_eq!(bytes(&entities()), bytes(&swapped));
}

/// FtM's `target: false`: a listed person's brother is not listed.
#[test]
fn who_is_only_mentioned_is_left_out() {
    let mut statement =
        Statement::new("p-9".into(), "Person", "name", "Sample Brother", "sample".into());
    statement.external = true;
    let mut with_brother = entities();
    with_brother.extend(Entity::fold([statement]));
    assert_eq!(open(&bytes(&with_brother)).unwrap().len(), 2);
}

#[test]
fn what_is_no_segment_is_refused() {
    let whole = bytes(&entities());
    assert_eq!(open(b"").err(), Some(SegmentError::NotASegment));
    assert_eq!(open(&[7; 4096]).err(), Some(SegmentError::NotASegment));
    assert_eq!(open(&whole[..whole.len() - 16]).err(), Some(SegmentError::Damaged));
    let mut flipped = whole.clone();
    flipped[100] ^= 1;
    assert_eq!(open(&flipped).err(), Some(SegmentError::Damaged));
    let bytes: Bytes = Arc::new(whole);
    assert_eq!(Segment::open(bytes, "another").err(), Some(SegmentError::OtherKey));
}

/// Bytes of the head.
const HEAD: usize = 8 + 64 + layout::SECTIONS * 8 + 8;

proptest::proptest! {
    /// Damage beyond the head brings up other things or nothing, and never a panic.
    #[test]
    fn damage_is_survived(at in 0usize..100_000, to: u8) {
        let mut damaged = bytes(&entities());
        let at = HEAD + at % (damaged.len() - HEAD);
        damaged[at] = to;
        let segment = open(&damaged).unwrap();
        let index = crate::Index::open(vec![segment], crate::MatchModel::bundled());
        index.screen(&entities()[1], &crate::ScreenOptions::default());
    }
}

#[test]
fn a_scope_leaves_out_segments_and_entities_before_the_best_are_chosen() {
    use crate::{Index, MatchModel, Scope, ScreenOptions};
    let crowd: Vec<Entity> = (0..200)
        .map(|n| entity(&format!("c-{n:03}"), "Person", &[("name", "Maro Testan")]))
        .collect();
    let other = [entity("o-1", "Person", &[("name", "Maro Testen"), ("birthDate", "1980")])];
    let segments = vec![open(&bytes(&crowd)).unwrap(), open(&bytes(&other)).unwrap()];
    let index = Index::open(segments, MatchModel::bundled());
    let query = entity("q", "Person", &[("name", "Maro Testan")]);
    let options = ScreenOptions { top: 5, ..ScreenOptions::default() };
    let found = |scope: &Scope| -> Vec<String> {
        let hits = index.screen_within(&query, &options, scope);
        hits.iter().map(|hit| hit.entity_id.to_string()).collect()
    };
    assert_eq!(found(&Scope::default()).len(), 5);
    let only_other = [false, true];
    let scope = Scope { segments: Some(&only_other), found_only: true, ..Scope::default() };
    assert_eq!(found(&scope), ["o-1"]);
    let is_late = |_: &model::DatasetName, id: &model::EntityId| id.as_str() >= "c-150";
    let scope = Scope { accepts: Some(&is_late), found_only: true, ..Scope::default() };
    let late = found(&scope);
    assert!(late.len() == 5 && late.iter().all(|id| id.as_str() >= "c-150"), "{late:?}");
    let scope = Scope { explained: Some(2), ..Scope::default() };
    let hits = index.screen_within(&query, &options, &scope);
    let explained: Vec<bool> =
        hits.iter().map(|hit| !hit.pair.explanation.parts.is_empty()).collect();
    assert_eq!(explained, [true, true, false, false, false]);
}
