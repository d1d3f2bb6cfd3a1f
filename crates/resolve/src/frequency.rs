//! How often values occur among the people at hand: the term-frequency side of every comparison.

use model::value::Country;
use names::{Name, Rarity};
use rustc_hash::FxHashMap;

use crate::Prepared;

/// Counts over a set of entities: a shared rare value says more than a shared common one.
#[derive(Clone, Debug)]
pub struct Frequencies {
    counts: Counts,
    rarity: Rarity,
}

/// How many entities have each value, by its key. Adds up over lists.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) people: usize,
    pub(crate) kunyas_stated: usize,
    pub(crate) nationalities_stated: usize,
    /// Parts of names, by [`names::Rarity::part_keys`].
    pub(crate) parts: FxHashMap<u64, u32>,
    /// Whole names, in most of their spellings.
    pub(crate) names: FxHashMap<u64, u32>,
    pub(crate) teknonyms: FxHashMap<u64, u32>,
    pub(crate) kunyas: FxHashMap<u64, u32>,
    pub(crate) nationalities: FxHashMap<Country, u32>,
}

impl Counts {
    /// Counts one more entity.
    pub(crate) fn add(&mut self, entity: &Prepared) {
        self.people += 1;
        let mut keys = Vec::new();
        Rarity::part_keys(entity.names.iter().map(|n| &n.name), &mut keys);
        count(&mut self.parts, &mut keys);
        keys.extend(entity.names.iter().map(|n| name_key(&n.name)));
        count(&mut self.names, &mut keys);
        self.kunyas_stated += usize::from(!entity.kunyas.is_empty());
        keys.extend(entity.kunyas.iter().map(|k| k.teknonym_key));
        count(&mut self.teknonyms, &mut keys);
        keys.extend(entity.kunyas.iter().map(|k| k.key));
        count(&mut self.kunyas, &mut keys);
        let nationalities = &entity.countries.nationalities;
        self.nationalities_stated += usize::from(!nationalities.is_empty());
        for country in nationalities {
            *self.nationalities.entry(*country).or_default() += 1;
        }
    }
}

/// Counts each key once, and leaves none.
fn count(table: &mut FxHashMap<u64, u32>, keys: &mut Vec<u64>) {
    keys.sort_unstable();
    keys.dedup();
    for key in keys.drain(..) {
        *table.entry(key).or_default() += 1;
    }
}

/// A share of people: so many of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) count: usize,
    pub(crate) of: usize,
}

impl Share {
    /// The larger of two, so that the order of two spellings does not matter.
    pub(crate) fn larger(self, other: Self) -> Self {
        if other.count > self.count { other } else { self }
    }

    /// The share, drawn towards `expected` as if that had been seen in `weight` further people:
    /// in a small case a single count says little.
    pub(crate) fn drawn_to(self, expected: f64, weight: f64) -> f64 {
        (self.count as f64 + expected * weight) / (self.of as f64 + weight)
    }
}

impl Frequencies {
    /// Counts over these entities.
    pub fn learn<'a>(entities: impl IntoIterator<Item = &'a Prepared>) -> Self {
        let mut counts = Counts::default();
        for entity in entities {
            counts.add(entity);
        }
        Self::of(counts)
    }

    /// The frequencies that counts give.
    pub(crate) fn of(mut counts: Counts) -> Self {
        let rarity = Rarity::of_people(std::mem::take(&mut counts.parts), counts.people);
        Self { counts, rarity }
    }

    /// The number of entities counted.
    pub fn people(&self) -> usize {
        self.counts.people
    }

    /// How rare the parts of names are.
    pub(crate) fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    /// People who bear this name in most of its spellings.
    pub(crate) fn of_name(&self, name: &Name) -> Share {
        share(self.counts.names.get(&name_key(name)), self.counts.people)
    }

    /// People who bear this kunya: the whole, or whatever the nisba.
    pub(crate) fn of_kunya(&self, key: u64, is_whole: bool) -> Share {
        let counts = if is_whole { &self.counts.kunyas } else { &self.counts.teknonyms };
        share(counts.get(&key), self.counts.kunyas_stated)
    }

    /// People of this nationality.
    pub(crate) fn of_nationality(&self, country: Country) -> Share {
        share(self.counts.nationalities.get(&country), self.counts.nationalities_stated)
    }
}

fn share(count: Option<&u32>, of: usize) -> Share {
    Share { count: count.map_or(0, |&c| usize::try_from(c).unwrap_or(usize::MAX)), of }
}

/// Equal for most spellings of one name, whatever the order of its parts.
fn name_key(name: &Name) -> u64 {
    let mut keys: Vec<u64> = name
        .parts()
        .iter()
        .filter(|p| p.tag().is_content())
        .map(names::NamePart::token_key)
        .collect();
    keys.sort_unstable();
    keys.into_iter().fold(0x9e37_79b9_7f4a_7c15, |hash, key| {
        (hash.rotate_left(5) ^ key).wrapping_mul(0x2545_f491_4f6c_dd1d)
    })
}
