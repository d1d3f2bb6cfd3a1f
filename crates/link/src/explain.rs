//! Owns the words and parts behind the weight of a pair: what each property adds, and what kin,
//! neighbors and namesakes take off.
//!
//! It weighs nothing by another rule than the scorer: the parts are the same chances, laid out as a
//! sum. Invariant: `prior + Σ (evidence + rarity) + otherwise` is the weight that the scorer gives,
//! but for the rounding of single precision.

use rayon::prelude::*;

use crate::learn::{CHANCE, CLASSES, Chances, SAME, STEPS, level_of, step};
use crate::level::{self, MISSING};
use crate::linkage::Linked;
use crate::model::CLASS_NAMES;
use crate::property::Property;
use crate::records::Records;
use crate::score::{ScoredPair, Scorer};

/// Pairs that one task counts; chosen by hand.
const COUNTED_AT_ONCE: usize = 8192;
/// No chance is less than this, as in the scorer.
const CHANCE_MIN: f64 = 1e-12;
/// No share is less than this, as in the scorer.
const SHARE_MIN: f64 = 1e-18;

/// What one property adds to the weight of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPart {
    /// Number of the property among those that are compared: one may come twice.
    pub field: usize,
    /// The property.
    pub property: Property,
    /// How far the values agree, as in the model.
    pub level: &'static str,
    /// log2 of m/u of the level: how much likelier it is for one person than by chance.
    pub evidence: f64,
    /// What the value adds that both share: above 0 if it is rarer than values that agree usually
    /// are, below 0 if it is more frequent; 0 unless the agreement is exact.
    pub rarity: f64,
}

/// The weight of a pair as a sum.
#[derive(Clone, Debug, PartialEq)]
pub struct PairParts {
    /// log2 of the odds of one person against chance, before anything is compared.
    pub prior: f64,
    /// What the properties add, in their order; a value that is missing adds nothing and is not here.
    pub parts: Vec<FieldPart>,
    /// What is taken off because others than chance explain the agreement; never above 0.
    pub otherwise: f64,
    /// How the pairs of two persons with these levels are shared out, by class; adds up to 1.
    pub others: Vec<(&'static str, f64)>,
}

impl PairParts {
    /// The weight that the parts add up to.
    pub fn weight(&self) -> f64 {
        let fields: f64 = self.parts.iter().map(|p| p.evidence + p.rarity).sum();
        self.prior + fields + self.otherwise
    }
}

/// Explains and weighs any pair by what a linkage has learnt.
#[derive(Debug)]
pub struct Explainer<'a> {
    records: &'a Records,
    chances: &'a Chances,
    scorer: Scorer<'a>,
}

impl<'a> Explainer<'a> {
    /// By what was learnt on these records.
    pub fn new(records: &'a Records, linked: &'a Linked) -> Self {
        Self::of(records, &linked.chances)
    }

    fn of(records: &'a Records, chances: &'a Chances) -> Self {
        let scorer = Scorer::new(records, chances);
        Self { records, chances, scorer }
    }

    /// The weight of a pair, as the linkage gives it. A record against itself has the weight that
    /// its values could reach at most.
    pub fn weigh(&self, left: u32, right: u32) -> f32 {
        self.scorer.join(left, right).pair.weight
    }

    /// The weight that counts when records are joined: kin, twins and namesakes count more.
    pub fn weigh_to_join(&self, left: u32, right: u32) -> f32 {
        self.scorer.join(left, right).cautious
    }

    /// The weight of a pair, part by part.
    pub fn explain(&self, left: u32, right: u32) -> PairParts {
        let pattern = self.records.pattern(left, right);
        let row = self.records.row(left);
        let mut sums = self.chances.share.map(|s| s.max(SHARE_MIN).log2());
        let prior = sums[SAME] - sums[CHANCE];
        let mut parts = Vec::new();
        for (f, (field, chances)) in
            self.records.fields.iter().zip(&self.chances.fields).enumerate()
        {
            let level = level_of(pattern, f);
            if level == MISSING {
                continue;
            }
            let step = step(level);
            let log = |class: usize| chances.of[class][step].max(CHANCE_MIN).log2();
            let frequency = f64::from(field.log2_frequency[row[f] as usize]);
            let is_exact = step == STEPS - 1;
            for (class, sum) in sums.iter_mut().enumerate() {
                let is_by_chance = is_exact && !chances.is_learnt(class);
                *sum += if is_by_chance { frequency } else { log(class) };
            }
            parts.push(FieldPart {
                field: f,
                property: field.property,
                level: level::name(level),
                evidence: log(SAME) - log(CHANCE),
                rarity: if is_exact { log(CHANCE) - frequency } else { 0.0 },
            });
        }
        let (all, others) = share_out(&sums);
        PairParts { prior, parts, otherwise: (sums[CHANCE] - all).min(0.0), others }
    }
}

/// log2 of the sum of all classes but that of one person, and the share of each.
fn share_out(sums: &[f64; CLASSES]) -> (f64, Vec<(&'static str, f64)>) {
    let others = || CLASS_NAMES.iter().filter(|(class, _)| *class != SAME);
    let most = others().map(|(class, _)| sums[*class]).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = others().map(|(class, _)| (sums[*class] - most).exp2()).sum();
    let shares = others().map(|(class, name)| (*name, (sums[*class] - most).exp2() / total));
    (most + total.log2(), shares.collect())
}

/// Pairs by property and level, counted while they are handed out.
#[derive(Clone, Debug)]
pub struct LevelCounts {
    counts: Vec<[LevelCount; STEPS]>,
}

/// Pairs of one level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LevelCount {
    /// Pairs.
    pub pairs: u64,
    /// Pairs of one person among them, expected: the sum of their probabilities.
    pub expected: f64,
}

impl LevelCounts {
    /// No pairs yet.
    pub fn new(records: &Records) -> Self {
        Self { counts: vec![[LevelCount::default(); STEPS]; records.fields.len()] }
    }

    /// Adds pairs.
    pub fn add(&mut self, records: &Records, pairs: &[ScoredPair]) {
        let parts: Vec<Self> = pairs
            .par_chunks(COUNTED_AT_ONCE)
            .map(|pairs| {
                let mut part = Self::new(records);
                for pair in pairs {
                    let pattern = records.pattern(pair.left, pair.right);
                    let probability = pair.probability();
                    for (f, counts) in part.counts.iter_mut().enumerate() {
                        let count = &mut counts[step(level_of(pattern, f))];
                        count.pairs += 1;
                        count.expected += probability;
                    }
                }
                part
            })
            .collect();
        // In the order of the pairs, so that sums do not depend on threads.
        for part in parts {
            for (all, part) in self.counts.iter_mut().flatten().zip(part.counts.iter().flatten()) {
                all.pairs += part.pairs;
                all.expected += part.expected;
            }
        }
    }

    /// Pairs of a level, by the number of the property and the name of the level.
    pub fn of(&self, field: usize, level: &str) -> LevelCount {
        let Some(counts) = self.counts.get(field) else { return LevelCount::default() };
        let named = (0_u8..).zip(counts).find(|(code, _)| level::name(*code) == level);
        named.map_or_else(LevelCount::default, |(_, count)| *count)
    }
}

/// The names of the levels, best first; `missing` is not among them.
pub fn levels() -> Vec<&'static str> {
    let steps = u8::try_from(STEPS).unwrap_or(0);
    let mut names: Vec<&'static str> = (1..steps).map(level::name).collect();
    names.rotate_right(1);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Known;
    use crate::tests::Failure;
    use crate::{ColumnBuilder, LinkOptions, link};

    /// Forty people of a few families and towns, some of them twice.
    fn records() -> Records {
        let given = ["Idris", "Samira", "Tavit", "Oleksa", "Marwen"];
        let family = ["Qandil", "Zarquni", "Okunev", "Tavrosh"];
        let mut columns = [
            Property::FirstName,
            Property::LastName,
            Property::BirthDate,
            Property::City,
            Property::Phone,
        ]
        .map(ColumnBuilder::new);
        let mut add = |row: [&str; 5]| {
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        };
        for i in 0..40_usize {
            let born = format!("{}-0{}-1{}", 1950 + i % 37, 1 + i % 9, i % 8);
            let phone = if i % 3 == 0 { String::new() } else { format!("79100{:04}", i / 2 * 77) };
            let city = ["Altgrad", "Basmira"][i % 2];
            add([given[i % 5], family[i / 5 % 4], &born, city, &phone]);
            if i % 4 == 0 {
                add([given[i % 5], &family[i / 5 % 4].replacen('a', "aa", 1), &born, "", &phone]);
            }
        }
        let columns: Vec<_> = columns.into_iter().map(ColumnBuilder::finish).collect();
        Records::new(columns, usize::MAX)
    }

    #[test]
    fn the_parts_of_every_pair_add_up_to_its_weight() {
        let records = records();
        let linked =
            link(&records, &LinkOptions::default(), &Known::default(), |_| Ok::<(), Failure>(()))
                .unwrap();
        let explainer = Explainer::new(&records, &linked);
        let count = u32::try_from(records.len()).unwrap();
        for left in 0..count {
            for right in 0..count {
                let parts = explainer.explain(left, right);
                let weight = f64::from(explainer.weigh(left, right));
                assert!((parts.weight() - weight).abs() < 1e-3, "{weight}: {parts:?}");
                assert!(parts.otherwise <= 0.0);
                let shares: f64 = parts.others.iter().map(|(_, share)| share).sum();
                assert!((shares - 1.0).abs() < 1e-9, "{parts:?}");
            }
        }
    }

    #[test]
    fn every_pair_is_counted_once_for_each_property() {
        let records = records();
        let (mut counts, mut pairs) = (LevelCounts::new(&records), 0);
        let take = |slice: &[ScoredPair]| {
            counts.add(&records, slice);
            pairs += slice.len() as u64;
            Ok::<(), Failure>(())
        };
        link(&records, &LinkOptions::default(), &Known::default(), take).unwrap();
        assert!(pairs > 0);
        for field in 0..records.properties().len() {
            let counted: u64 =
                levels().iter().chain(&["missing"]).map(|l| counts.of(field, l).pairs).sum();
            assert_eq!(counted, pairs);
        }
    }

    #[test]
    fn the_best_level_comes_first() {
        assert_eq!(levels().first(), Some(&"exact"));
        assert_eq!(levels().len(), STEPS - 1);
    }
}
