//! Owns how common a name part is, by its key: from the bundled table and from names at hand.
//! Does not weigh. Invariant: a frequency is always in 1e-6..=0.5, so its logarithm is finite.

use std::io::Read;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::part::{Name, NamePart};
use crate::sounds::{skeleton, sounds};
use crate::unit::hash_text;

/// How rare name parts are: by [`NamePart::token_key`] what sharing the part is worth, the negative
/// natural logarithm of the share of people who have it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rarity {
    surprises: FxHashMap<u64, f32>,
    /// Of a part never counted.
    unseen: f32,
}

const FREQUENCY_MIN: f32 = 1e-6;
const FREQUENCY_MAX: f32 = 0.5;
/// People at hand are counted as if they were among so many at least: in a case or list of a few
/// thousand, ten who share a name may be one family. Chosen by hand.
const PEOPLE_MIN: f32 = 20_000.0;

impl Rarity {
    /// The table that comes with the engine: labels of people in Wikidata (CC0), counted by
    /// `cargo xtask name-frequencies`, and a few names of which it knows too little.
    pub fn bundled() -> &'static Rarity {
        static BUNDLED: OnceLock<Rarity> = OnceLock::new();
        BUNDLED.get_or_init(|| {
            let mut text = String::new();
            let read = flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text);
            debug_assert!(read.is_ok(), "the bundled table is a gzip file of text");
            let (mut counts, people) = parse(&text);
            for (names, in_ten_thousand) in COMMON {
                for name in names.split(' ') {
                    let own = counts.entry(hash_text(&Rarity::skeleton(name))).or_default();
                    *own = own.max(people * in_ten_thousand / 10_000.0);
                }
            }
            Rarity::of_counts(counts, people)
        })
    }

    /// The skeleton of consonants under which a name in plain Latin letters is counted.
    ///
    /// ```
    /// use names::Rarity;
    /// assert_eq!(Rarity::skeleton("qandil"), Rarity::skeleton("kandeel"));
    /// ```
    pub fn skeleton(latin: &str) -> String {
        skeleton(&sounds(latin))
    }

    /// Counts the parts of the names of people, each part once a person: the lists and cases at hand
    /// know best which names are common there. What is common in the bundled table stays so.
    ///
    /// ```
    /// use names::{Engine, Kind, Rarity};
    /// let engine = Engine::bundled();
    /// let people: Vec<_> = (0..1_000).map(|_| [engine.prepare("Samir Zarquni", Kind::Person)]).collect();
    /// let here = Rarity::learn(&people);
    /// let zarquni = people[0][0].parts()[1].token_key();
    /// assert!(here.frequency(zarquni) > Rarity::bundled().frequency(zarquni));
    /// ```
    pub fn learn<'a, Names>(people: impl IntoIterator<Item = Names>) -> Rarity
    where
        Names: IntoIterator<Item = &'a Name>,
    {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut total = 0;
        let mut keys: Vec<u64> = Vec::new();
        for names in people {
            total += 1;
            Rarity::part_keys(names, &mut keys);
            for key in keys.drain(..) {
                *counts.entry(key).or_default() += 1;
            }
        }
        Rarity::of_people(counts, total)
    }

    /// The keys of the parts of one person's names, sorted, each once.
    pub fn part_keys<'a>(names: impl IntoIterator<Item = &'a Name>, keys: &mut Vec<u64>) {
        keys.extend(names.into_iter().flat_map(|name| &name.parts).map(NamePart::token_key));
        keys.sort_unstable();
        keys.dedup();
    }

    /// As [`Rarity::learn`], from how many of so many people have each part ([`Rarity::part_keys`]).
    pub fn of_people(counts: impl IntoIterator<Item = (u64, u32)>, people: usize) -> Rarity {
        // The commoner of both: what is common anywhere is weak evidence.
        let bundled = Rarity::bundled();
        let counts = counts.into_iter().map(|(key, count)| (key, count as f32)).collect();
        let mut rarity = Rarity::of_counts(counts, f32::max(people as f32, PEOPLE_MIN));
        let keys: Vec<u64> = rarity.surprises.keys().copied().collect();
        for key in keys {
            let general = bundled.surprise(key);
            rarity.surprises.entry(key).and_modify(|own| *own = own.min(general));
        }
        rarity
    }

    /// The bundled table as it is shipped.
    pub(crate) fn packed() -> &'static [u8] {
        PACKED
    }

    fn of_counts(counts: FxHashMap<u64, f32>, people: f32) -> Rarity {
        let surprise = |count: f32| -(count / people).clamp(FREQUENCY_MIN, FREQUENCY_MAX).ln();
        let surprises = counts.into_iter().map(|(key, count)| (key, surprise(count))).collect();
        Rarity { surprises, unseen: surprise(0.5) }
    }

    /// The share of people who have the part with this key. A part never counted is as rare as half
    /// a person among those of the bundled table.
    pub fn frequency(&self, token_key: u64) -> f32 {
        (-self.surprise(token_key)).exp()
    }

    fn surprise(&self, token_key: u64) -> f32 {
        if let Some(surprise) = self.surprises.get(&token_key) {
            return *surprise;
        }
        if self.is_bundled() { self.unseen } else { Rarity::bundled().surprise(token_key) }
    }

    /// What sharing the part is worth by the bundled table.
    pub(crate) fn general_surprise(token_key: u64) -> f32 {
        Rarity::bundled().surprise(token_key)
    }

    /// What sharing this part is worth.
    pub(crate) fn surprise_of(&self, part: &NamePart) -> f32 {
        if self.is_bundled() {
            return part.surprise;
        }
        self.surprises.get(&part.unit.rarity_key).copied().unwrap_or(part.surprise)
    }

    /// Whether this is the bundled table itself, whose answers the parts of a name keep.
    fn is_bundled(&self) -> bool {
        std::ptr::eq(self, Rarity::bundled())
    }
}

/// Reads lines of skeleton and count; the line without a skeleton has the number of people.
fn parse(text: &str) -> (FxHashMap<u64, f32>, f32) {
    let mut counts = FxHashMap::default();
    let mut people = 1.0;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((skeleton, count)) = line.split_once('\t') else { continue };
        let count = count.parse().unwrap_or(0.0);
        if skeleton.is_empty() {
            people = count;
        } else {
            counts.insert(hash_text(skeleton), count);
        }
    }
    (counts, people)
}

/// The bundled table as it is shipped.
const PACKED: &[u8] = include_bytes!("../data/frequency.txt.gz");

/// People of ten thousand who have one of these names, where they are common: the labels of Wikidata
/// have few people of the Arab, Turkic, Persian and Chinese worlds. Estimated by hand for this
/// project from general knowledge; no table was copied.
const COMMON: [(&str, f32); 6] = [
    ("muhammad mohamed", 900.0),
    ("ahmad ali hasan husayn abdlah", 300.0),
    ("mahmud ibrahim omar khalid said yusuf mustafa saleh abdrahman hamid", 120.0),
    (
        "khalil jamal nasir karim samir tariq walid faisal salim sami amin rashid maria jose juan",
        60.0,
    ),
    (
        "ivan aleksandr sergey vladimir dmitry andrey olga natalia elena john david michael peter",
        50.0,
    ),
    ("wang li zhang liu chen kim lee park nguyen singh kumar khan silva garcia", 80.0),
];
