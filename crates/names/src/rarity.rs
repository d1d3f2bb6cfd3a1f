//! Owns how common a name part is: counts by token key, from the bundled table or from names at
//! hand. Does not weigh. Invariant: a frequency is always in 1e-6..=0.5, so its logarithm is finite.

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
    /// The table that comes with the engine.
    pub fn bundled() -> &'static Rarity {
        static BUNDLED: OnceLock<Rarity> = OnceLock::new();
        BUNDLED.get_or_init(|| {
            let mut rarity = Rarity { counts: FxHashMap::default(), total: 10_000.0 };
            for (names, share) in COMMON {
                for name in names.split(' ') {
                    let key = hash_text(&skeleton(&sounds(name)));
                    let count = rarity.counts.entry(key).or_insert(0.0);
                    *count = count.max(share);
                }
            }
            rarity
        })
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

/// People of ten thousand who have one of these names. Estimated by hand for this project from
/// general knowledge; no table was copied.
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
