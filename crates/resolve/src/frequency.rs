//! How often values occur among the people at hand: the term-frequency side of every comparison.

use model::value::Country;
use names::{Name, Rarity};
use rustc_hash::FxHashMap;

use crate::Prepared;

/// Counts over a set of entities: a shared rare value says more than a shared common one.
#[derive(Clone, Debug)]
pub struct Frequencies {
    people: usize,
    rarity: Rarity,
    names: FxHashMap<u64, u32>,
    teknonyms: FxHashMap<u64, u32>,
    kunyas: FxHashMap<u64, u32>,
    nationalities: FxHashMap<Country, u32>,
    nationalities_stated: usize,
    kunyas_stated: usize,
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
        let entities: Vec<&Prepared> = entities.into_iter().collect();
        let mut counts = Self {
            people: 0,
            rarity: Rarity::learn(entities.iter().map(|e| e.names.iter().map(|n| &n.name))),
            names: FxHashMap::default(),
            teknonyms: FxHashMap::default(),
            kunyas: FxHashMap::default(),
            nationalities: FxHashMap::default(),
            nationalities_stated: 0,
            kunyas_stated: 0,
        };
        for entity in entities {
            counts.add(entity);
        }
        counts
    }

    fn add(&mut self, entity: &Prepared) {
        self.people += 1;
        let distinct = |mut keys: Vec<u64>| {
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        for key in distinct(entity.names.iter().map(|n| name_key(&n.name)).collect()) {
            *self.names.entry(key).or_default() += 1;
        }
        self.kunyas_stated += usize::from(!entity.kunyas.is_empty());
        for key in distinct(entity.kunyas.iter().map(|k| k.teknonym_key).collect()) {
            *self.teknonyms.entry(key).or_default() += 1;
        }
        for key in distinct(entity.kunyas.iter().map(|k| k.key).collect()) {
            *self.kunyas.entry(key).or_default() += 1;
        }
        let nationalities = &entity.countries.nationalities;
        self.nationalities_stated += usize::from(!nationalities.is_empty());
        for country in nationalities {
            *self.nationalities.entry(*country).or_default() += 1;
        }
    }

    /// The number of entities counted.
    pub fn people(&self) -> usize {
        self.people
    }

    /// How rare the parts of names are.
    pub(crate) fn rarity(&self) -> &Rarity {
        &self.rarity
    }

    /// People who bear this name in most of its spellings.
    pub(crate) fn of_name(&self, name: &Name) -> Share {
        self.share(self.names.get(&name_key(name)), self.people)
    }

    /// People who bear this kunya: the whole, or whatever the nisba.
    pub(crate) fn of_kunya(&self, key: u64, is_whole: bool) -> Share {
        let counts = if is_whole { &self.kunyas } else { &self.teknonyms };
        self.share(counts.get(&key), self.kunyas_stated)
    }

    /// People of this nationality.
    pub(crate) fn of_nationality(&self, country: Country) -> Share {
        self.share(self.nationalities.get(&country), self.nationalities_stated)
    }

    #[expect(clippy::unused_self, reason = "reads as a method of the counts")]
    fn share(&self, count: Option<&u32>, of: usize) -> Share {
        Share { count: count.map_or(0, |&c| usize::try_from(c).unwrap_or(usize::MAX)), of }
    }
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
