//! Owns how common a name part is: counts by token key, from the bundled table or from names at
//! hand. Does not weigh. Invariant: a frequency is always in 1e-6..=0.5, so its logarithm is finite.

use std::io::Read;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::part::{Name, NamePart};
use crate::sounds::{skeleton, sounds};
use crate::unit::hash_text;

/// How many people have a name part: counts by [`NamePart::token_key`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rarity {
    counts: FxHashMap<u64, f32>,
    total: f32,
}

const FREQUENCY_MIN: f32 = 1e-6;
const FREQUENCY_MAX: f32 = 0.5;

impl Rarity {
    /// The table that comes with the engine: labels of people in Wikidata (CC0), counted by
    /// `cargo xtask name-frequencies`, and a few names of which it knows too little.
    pub fn bundled() -> &'static Rarity {
        static BUNDLED: OnceLock<Rarity> = OnceLock::new();
        BUNDLED.get_or_init(|| {
            const PACKED: &[u8] = include_bytes!("../data/frequency.txt.gz");
            let mut text = String::new();
            let read = flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text);
            debug_assert!(read.is_ok(), "the bundled table is a gzip file of text");
            let mut rarity = Rarity::parse(&text);
            for (names, in_ten_thousand) in COMMON {
                let count = rarity.total * in_ten_thousand / 10_000.0;
                for name in names.split(' ') {
                    let own = rarity.counts.entry(hash_text(&Rarity::skeleton(name))).or_default();
                    *own = own.max(count);
                }
            }
            rarity
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

    /// Reads lines of skeleton and count; the line without a skeleton has the number of people.
    fn parse(text: &str) -> Rarity {
        let mut rarity = Rarity::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((skeleton, count)) = line.split_once('\t') else { continue };
            let count = count.parse().unwrap_or(0.0);
            if skeleton.is_empty() {
                rarity.total = count;
            } else {
                rarity.counts.insert(hash_text(skeleton), count);
            }
        }
        rarity
    }

    /// Counts the parts of `names`, each name once: the lists and cases at hand know best which
    /// names are common there.
    pub fn learn<'a>(names: impl IntoIterator<Item = &'a Name>) -> Rarity {
        let mut rarity = Rarity::default();
        for name in names {
            rarity.total += 1.0;
            let mut keys: Vec<u64> = name.parts.iter().map(NamePart::token_key).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *rarity.counts.entry(key).or_insert(0.0) += 1.0;
            }
        }
        rarity
    }

    /// The share of people who have the part with this key. A part never counted is as rare as
    /// half a person among those counted, but no rarer than the larger table can tell.
    pub fn frequency(&self, token_key: u64) -> f32 {
        let own = self.share(token_key);
        let bundled = Rarity::bundled();
        if std::ptr::eq(self, bundled) || self.total < 1.0 {
            return bundled.share(token_key).unwrap_or(bundled.unseen());
        }
        let general = bundled.share(token_key);
        // The commoner of both: what is common anywhere is weak evidence.
        let share = match (own, general) {
            (Some(own), Some(general)) => own.max(general),
            (Some(share), None) | (None, Some(share)) => share,
            (None, None) => self.unseen().min(bundled.unseen()),
        };
        share.clamp(FREQUENCY_MIN, FREQUENCY_MAX)
    }

    fn share(&self, token_key: u64) -> Option<f32> {
        let count = self.counts.get(&token_key)?;
        Some((count / self.total).clamp(FREQUENCY_MIN, FREQUENCY_MAX))
    }

    fn unseen(&self) -> f32 {
        (0.5 / self.total.max(1.0)).clamp(FREQUENCY_MIN, FREQUENCY_MAX)
    }
}

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
