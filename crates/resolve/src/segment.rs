//! A segment: one list made ready to be asked, as a run of bytes that can be mapped into memory.
//!
//! A segment is a pure function of the entities, the engine and the model; it is never changed. It
//! holds the facts of each entity, the index of their names, what is found by equality, and how
//! often values occur. Bytes that are not what they should be bring up nothing, never a panic.

mod build;
mod layout;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use model::value::Country;
use model::{DatasetName, EntityId};
use names::index::View;

pub use build::SegmentBuilder;
pub use layout::SegmentError;

use crate::facts::Facts;
use crate::frequency::Counts;
use layout::{Layout, Section};

/// Bytes of a segment, wherever they are kept.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// What a segment depends on beside its list: layout, program, name engine. Part of every key.
pub fn segment_version() -> String {
    let engine = names::Engine::bundled().fingerprint();
    format!("{} {} {engine:016x}", layout::VERSION, env!("CARGO_PKG_VERSION"))
}

/// One list, ready to be asked.
pub struct Segment {
    id: u64,
    bytes: Bytes,
    layout: Layout,
}

impl Segment {
    /// Reads the head of a segment. `key` is that of [`SegmentBuilder::finish`]: a segment of
    /// another list, model or engine is refused.
    ///
    /// # Errors
    /// [`SegmentError`] if the bytes are no segment, were cut short, or are of another key.
    pub fn open(bytes: Bytes, key: &str) -> Result<Self, SegmentError> {
        let layout = Layout::read((*bytes).as_ref(), key)?;
        Ok(Self { id: View::next_id(), bytes, layout })
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.u64s(Section::FactFirst).len().saturating_sub(1)
    }

    /// Whether there is no entity.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The facts of an entity, by its position.
    pub(crate) fn facts(&self, at: u32) -> Option<Facts> {
        serde_json::from_slice(self.fact_bytes(at)?).ok()
    }

    /// The position of an entity of a list. A segment holds one list, in order of ids; in memory it
    /// may hold several, by list.
    pub(crate) fn find(&self, list: &DatasetName, id: &EntityId) -> Option<u32> {
        let (mut from, mut to) = (0, u32::try_from(self.len()).ok()?);
        while from < to {
            let middle = from + (to - from) / 2;
            let facts = self.facts(middle)?;
            match (facts.dataset.as_ref(), &facts.id).cmp(&(Some(list), id)) {
                Ordering::Less => from = middle + 1,
                Ordering::Greater => to = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The position of the entity of this id, whatever list it is of.
    pub(crate) fn find_id(&self, id: &EntityId) -> Option<u32> {
        let list = self.facts(0)?.dataset?;
        self.find(&list, id)
    }

    /// The entities that are not as they were in a former version of the list: added, removed, or
    /// changed in something that comparisons read.
    pub fn changes_since(&self, former: &Segment) -> BTreeSet<(DatasetName, EntityId)> {
        let mut changes = BTreeSet::new();
        let (mut now, mut then) = (0, 0);
        loop {
            let (new, old) = (self.fact_bytes(now), former.fact_bytes(then));
            if new == old {
                if new.is_none() {
                    return changes;
                }
                (now, then) = (now + 1, then + 1);
                continue;
            }
            let name = |bytes: &[u8]| {
                let facts: Option<Facts> = serde_json::from_slice(bytes).ok();
                facts.map(|f| (f.dataset.unwrap_or_else(|| "".into()), f.id))
            };
            let (new, old) = (new.and_then(name), old.and_then(name));
            let order = match (&new, &old) {
                (Some(new), Some(old)) => new.cmp(old),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                // Damaged: nothing to go by.
                (None, None) => Ordering::Equal,
            };
            now += u32::from(order != Ordering::Greater);
            then += u32::from(order != Ordering::Less);
            changes.extend(if order == Ordering::Greater { old } else { new });
        }
    }

    /// The facts of an entity as they are stored.
    fn fact_bytes(&self, at: u32) -> Option<&[u8]> {
        let first = self.u64s(Section::FactFirst);
        let (from, to) = (first.get(at as usize)?, first.get(at as usize + 1)?);
        let range = usize::try_from(*from).ok()?..usize::try_from(*to).ok()?;
        self.bytes(Section::Facts).get(range)
    }

    /// Which entity has the name at this position of the index of names, and which of its names it
    /// is.
    pub(crate) fn owner(&self, name: usize) -> Option<(u32, usize)> {
        let first = self.u32s(Section::EntityName);
        let at = first.partition_point(|from| *from as usize <= name).checked_sub(1)?;
        Some((u32::try_from(at).ok()?, name - first[at] as usize))
    }

    /// Entities that have a key of equality.
    pub(crate) fn equal(&self, key: u64) -> &[u32] {
        let Ok(at) = self.u64s(Section::EqualKeys).binary_search(&key) else { return &[] };
        let first = self.u32s(Section::EqualFirst);
        let (Some(from), Some(to)) = (first.get(at), first.get(at + 1)) else { return &[] };
        self.u32s(Section::EqualEntities).get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// The index of all names.
    pub(crate) fn names(&self) -> View<'_> {
        View {
            id: self.id,
            sketches: self.cast(Section::Sketches),
            word_places: self.u32s(Section::WordPlaces),
            surprises: self.cast(Section::Surprises),
            cell_first: self.u32s(Section::CellFirst),
            cell_words: self.u32s(Section::CellWords),
            skeletons: self.u64s(Section::Skeletons),
            skeleton_first: self.u32s(Section::SkeletonFirst),
            skeleton_words: self.u32s(Section::SkeletonWords),
            posting_first: self.u32s(Section::PostingFirst),
            postings: self.u32s(Section::Postings),
            name_first: self.u32s(Section::NameFirst),
            name_words: self.u32s(Section::NameWords),
        }
    }

    /// Adds how often values occur here.
    pub(crate) fn add_counts(&self, counts: &mut Counts) {
        let count = |of: usize| self.u64s(Section::Totals).get(of).copied().unwrap_or_default();
        let small = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        counts.people += small(count(0));
        counts.kunyas_stated += small(count(1));
        counts.nationalities_stated += small(count(2));
        let pairs =
            |keys, numbers| self.u64s(keys).iter().copied().zip(self.u32s(numbers).iter().copied());
        let tables = [
            (&mut counts.parts, Section::PartKeys, Section::PartCounts),
            (&mut counts.names, Section::NameKeys, Section::NameCounts),
            (&mut counts.teknonyms, Section::TeknonymKeys, Section::TeknonymCounts),
            (&mut counts.kunyas, Section::KunyaKeys, Section::KunyaCounts),
        ];
        for (table, keys, numbers) in tables {
            table.reserve(self.u64s(keys).len());
            for (key, number) in pairs(keys, numbers) {
                *table.entry(key).or_default() += number;
            }
        }
        for (key, number) in pairs(Section::CountryKeys, Section::CountryCounts) {
            if let Some(country) = country_of(key) {
                *counts.nationalities.entry(country).or_default() += number;
            }
        }
    }

    fn bytes(&self, section: Section) -> &[u8] {
        (*self.bytes).as_ref().get(self.layout.range(section)).unwrap_or_default()
    }

    fn cast<T: bytemuck::AnyBitPattern>(&self, section: Section) -> &[T] {
        bytemuck::try_cast_slice(self.bytes(section)).unwrap_or_default()
    }

    fn u32s(&self, section: Section) -> &[u32] {
        self.cast(section)
    }

    fn u64s(&self, section: Section) -> &[u64] {
        self.cast(section)
    }
}

impl std::fmt::Debug for Segment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segment").field("entities", &self.len()).finish_non_exhaustive()
    }
}

/// A country as a number that can be stored.
fn country_key(country: Country) -> u64 {
    country.code().bytes().fold(0, |key, byte| key << 8 | u64::from(byte))
}

fn country_of(key: u64) -> Option<Country> {
    let bytes = key.to_be_bytes();
    let text = std::str::from_utf8(&bytes).ok()?;
    Country::from_code(text.trim_start_matches('\0'))
}

#[cfg(test)]
mod tests;
