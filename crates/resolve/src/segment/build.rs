//! The making of a segment: entities come in one by one in any order, papers and addresses find
//! their holders, the rest is sorted by list and id and written out.
//!
//! Invariant: the bytes do not depend on the order in which the entities came.

use std::collections::BTreeMap;
use std::io::{self, Write};

use model::{DatasetName, Entity, EntityId};
use names::Engine;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::layout::{SECTIONS, Section, write_head, write_padding};
use super::{Bytes, country_key};
use crate::Prepared;

use crate::facts::Facts;
use crate::frequency::Counts;
use crate::handle::handles_of;
use crate::prepared::Family;

/// Entities that are prepared at a time: so many are held in memory, whatever the size of the list.
const BATCH: usize = 8_192;

/// Takes up the entities of one list.
#[derive(Default)]
pub struct SegmentBuilder {
    /// Facts of the candidates, one after the other, as they are stored.
    heap: Vec<u8>,
    candidates: Vec<Place>,
    /// Passports, cards, addresses.
    papers: Vec<Entity>,
    /// Entity to the addresses that it names.
    addresses: BTreeMap<EntityId, Vec<EntityId>>,
}

/// Where the facts of a candidate are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    dataset: Option<DatasetName>,
    id: EntityId,
    from: usize,
    to: usize,
    /// Whether the list targets it; what it only mentions is left out.
    is_target: bool,
}

impl SegmentBuilder {
    /// Adds an entity. What stands on the list only as a mention, or is no subject at all, is no
    /// candidate; passports, cards and addresses are folded into the entities they belong to.
    pub fn add(&mut self, entity: &Entity) {
        if matches!(&*entity.schema, "Passport" | "Identification" | "Address") {
            self.papers.push(entity.clone());
        } else if is_candidate(entity) {
            let facts = Facts::of(entity);
            let from = self.heap.len();
            append(&mut self.heap, &facts);
            for address in entity.values("addressEntity") {
                self.addresses.entry(facts.id.clone()).or_default().push(address.into());
            }
            self.candidates.push(Place {
                dataset: facts.dataset,
                id: facts.id,
                from,
                to: self.heap.len(),
                is_target: !entity.all().any(|statement| statement.external)
                    || entity.all().any(|statement| !statement.external),
            });
        }
    }

    /// Adds the facts of a candidate, papers included, as another segment has them.
    pub(crate) fn add_facts(&mut self, facts: Facts) {
        let from = self.heap.len();
        append(&mut self.heap, &facts);
        let (dataset, id, to) = (facts.dataset, facts.id, self.heap.len());
        self.candidates.push(Place { dataset, id, from, to, is_target: true });
    }

    /// The segment as bytes in memory.
    pub fn finish(self, key: &str) -> Bytes {
        let mut out = Aligned::default();
        // Memory takes all that is written.
        let written = self.write(key, &mut out);
        debug_assert!(written.is_ok(), "writing into memory does not fail");
        std::sync::Arc::new(out)
    }

    /// Writes the segment. `key` names what it is made of: list, engine and model; at most 64 bytes.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(mut self, key: &str, out: &mut impl Write) -> io::Result<()> {
        let places = self.settle();
        let Columns { names, entity_name, equal, counts } = self.columns(&places);
        let mut fact_first = vec![0u64];
        let mut facts_total = 0;
        for place in &places {
            facts_total += (place.to - place.from) as u64;
            fact_first.push(facts_total);
        }
        let (equal_keys, equal_first, equal_entities) = runs(equal);
        let view = names.view();
        let totals = [counts.people, counts.kunyas_stated, counts.nationalities_stated]
            .map(|count| count as u64);
        let parts = sorted(counts.parts);
        let name_counts = sorted(counts.names);
        let teknonyms = sorted(counts.teknonyms);
        let kunyas = sorted(counts.kunyas);
        let countries =
            sorted(counts.nationalities.into_iter().map(|(c, n)| (country_key(c), n)).collect());
        let sections: [(Section, &[u8]); SECTIONS - 1] = [
            (Section::FactFirst, cast(&fact_first)),
            (Section::EntityName, cast(&entity_name)),
            (Section::Sketches, cast(view.sketches)),
            (Section::WordPlaces, cast(view.word_places)),
            (Section::Surprises, cast(view.surprises)),
            (Section::CellFirst, cast(view.cell_first)),
            (Section::CellWords, cast(view.cell_words)),
            (Section::Skeletons, cast(view.skeletons)),
            (Section::SkeletonFirst, cast(view.skeleton_first)),
            (Section::SkeletonWords, cast(view.skeleton_words)),
            (Section::PostingFirst, cast(view.posting_first)),
            (Section::Postings, cast(view.postings)),
            (Section::NameFirst, cast(view.name_first)),
            (Section::NameWords, cast(view.name_words)),
            (Section::EqualKeys, cast(&equal_keys)),
            (Section::EqualFirst, cast(&equal_first)),
            (Section::EqualEntities, cast(&equal_entities)),
            (Section::Totals, cast(&totals)),
            (Section::PartKeys, cast(&parts.0)),
            (Section::PartCounts, cast(&parts.1)),
            (Section::NameKeys, cast(&name_counts.0)),
            (Section::NameCounts, cast(&name_counts.1)),
            (Section::TeknonymKeys, cast(&teknonyms.0)),
            (Section::TeknonymCounts, cast(&teknonyms.1)),
            (Section::KunyaKeys, cast(&kunyas.0)),
            (Section::KunyaCounts, cast(&kunyas.1)),
            (Section::CountryKeys, cast(&countries.0)),
            (Section::CountryCounts, cast(&countries.1)),
        ];
        let mut lengths = [0; SECTIONS];
        lengths[Section::Facts as usize] = usize::try_from(facts_total).unwrap_or(usize::MAX);
        for (section, bytes) in sections {
            lengths[section as usize] = bytes.len();
        }
        write_head(out, key, &lengths)?;
        for (at, length) in lengths.into_iter().enumerate() {
            match sections.iter().find(|(section, _)| *section as usize == at) {
                Some((_, bytes)) => out.write_all(bytes)?,
                None => self.write_facts(&places, out)?,
            }
            write_padding(out, length)?;
        }
        out.flush()
    }

    fn write_facts(&self, places: &[Place], out: &mut impl Write) -> io::Result<()> {
        places.iter().try_for_each(|place| out.write_all(&self.heap[place.from..place.to]))
    }

    /// Gives papers to their holders, joins what came in parts, drops what is only mentioned, and
    /// puts the rest in order.
    fn settle(&mut self) -> Vec<Place> {
        let mut held: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
        let mut by_id: BTreeMap<&EntityId, usize> = BTreeMap::new();
        for (at, paper) in self.papers.iter().enumerate() {
            by_id.insert(&paper.id, at);
            for holder in paper.values("holder") {
                held.entry(holder.into()).or_default().push(at);
            }
        }
        for (entity, addresses) in &self.addresses {
            let known = addresses.iter().filter_map(|address| by_id.get(address));
            held.entry(entity.clone()).or_default().extend(known);
        }
        self.candidates.sort_unstable();
        let mut places: Vec<Place> = Vec::with_capacity(self.candidates.len());
        for same in self.candidates.chunk_by(|a, b| a.id == b.id && a.dataset == b.dataset) {
            let papers = held.get(&same[0].id).map_or(&[][..], Vec::as_slice);
            let is_target = same.iter().any(|place| place.is_target);
            let mut place = Place { is_target, ..same[0].clone() };
            if same.len() > 1 || !papers.is_empty() {
                let parts = same.iter().map(|p| &self.heap[p.from..p.to]);
                let parts: Vec<Facts> =
                    parts.filter_map(|bytes| serde_json::from_slice(bytes).ok()).collect();
                let joined = parts.into_iter().reduce(|mut all, part| {
                    all.absorb(part);
                    all
                });
                if let Some(mut facts) = joined {
                    for at in papers {
                        facts.add_paper(&self.papers[*at]);
                    }
                    place.from = self.heap.len();
                    append(&mut self.heap, &facts);
                    place.to = self.heap.len();
                }
            }
            places.push(place);
        }
        places.retain(|place| place.is_target);
        places
    }

    /// Prepares the entities, a batch at a time, and takes up what can be found.
    fn columns(&self, places: &[Place]) -> Columns {
        let engine = Engine::bundled();
        let mut names = names::index::Builder::default();
        let mut columns = Columns::default();
        for (start, batch) in (0..).step_by(BATCH).zip(places.chunks(BATCH)) {
            let prepared: Vec<Prepared> = batch
                .par_iter()
                .map(|place| {
                    let facts = serde_json::from_slice(&self.heap[place.from..place.to]);
                    Prepared::of(&facts.expect("facts are stored as they were made"))
                })
                .collect();
            for (entity, at) in prepared.iter().zip(start..) {
                columns.entity_name.push(u32::try_from(names.len()).unwrap_or(u32::MAX));
                for name in &entity.names {
                    names.add(engine, &name.name);
                }
                columns.equal.extend(handles_of(entity).into_iter().map(|handle| (handle.key, at)));
                columns.counts.add(entity);
            }
        }
        columns.names = names.finish();
        columns
    }
}

/// What can be found of the entities.
#[derive(Default)]
struct Columns {
    names: names::index::Index,
    /// By entity, its first name in the index of names.
    entity_name: Vec<u32>,
    equal: Vec<(u64, u32)>,
    counts: Counts,
}

/// Subjects that a list can hold; a mention inside a remark is none.
fn is_candidate(entity: &Entity) -> bool {
    &*entity.schema != "Mention" && Family::of(&entity.schema) != Family::Thing
}

fn append(heap: &mut Vec<u8>, facts: &Facts) {
    let written = serde_json::to_writer(&mut *heap, facts);
    debug_assert!(written.is_ok(), "plain values are always written");
}

fn cast<T: bytemuck::NoUninit>(numbers: &[T]) -> &[u8] {
    bytemuck::cast_slice(numbers)
}

/// Keys and numbers of a table, by key.
fn sorted(table: FxHashMap<u64, u32>) -> (Vec<u64>, Vec<u32>) {
    let mut pairs: Vec<(u64, u32)> = table.into_iter().collect();
    pairs.sort_unstable();
    pairs.into_iter().unzip()
}

/// Distinct keys, where the run of each begins, and all runs.
fn runs(mut pairs: Vec<(u64, u32)>) -> (Vec<u64>, Vec<u32>, Vec<u32>) {
    pairs.sort_unstable();
    let (mut keys, mut first, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for of_key in pairs.chunk_by(|a, b| a.0 == b.0) {
        keys.push(of_key[0].0);
        first.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
        values.extend(of_key.iter().map(|(_, value)| *value));
    }
    first.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
    (keys, first, values)
}

/// Bytes in memory that begin where numbers of eight bytes may.
#[derive(Default)]
struct Aligned {
    numbers: Vec<u64>,
    length: usize,
}

impl AsRef<[u8]> for Aligned {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.numbers)[..self.length]
    }
}

impl Write for Aligned {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let to = self.length + bytes.len();
        self.numbers.resize(to.div_ceil(8), 0);
        let all: &mut [u8] = bytemuck::cast_slice_mut(&mut self.numbers);
        all[self.length..to].copy_from_slice(bytes);
        self.length = to;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
