//! Owns the keys that records are blocked by: per field a few, from the whole value to its
//! beginning.
//!
//! Invariant: a key is a hash of the lexicon, the kind of key and its text, never 0; 0 says that
//! the record has none. Keys of two fields of one lexicon are equal for equal texts, so a rule on
//! two such fields finds exchanged values too.

use std::sync::Arc;

use crate::lexicon::Lexicon;
use crate::property::Kind;
use crate::records::Records;

/// What a key takes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// The whole value.
    Whole,
    /// The skeleton of its sounds.
    Sounds,
    /// The first sounds.
    FirstSounds,
    /// The first letters.
    Beginning,
    /// The last letters.
    End,
    /// The year of a date.
    Year,
    /// Day and month of a date, in either order.
    Day,
    /// The beginning of a postal code.
    Region,
}

impl Part {
    /// Its name in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Sounds => "sounds",
            Self::FirstSounds => "first sounds",
            Self::Beginning => "beginning",
            Self::End => "end",
            Self::Year => "year",
            Self::Day => "day and month",
            Self::Region => "region",
        }
    }
}

/// One key of one field.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) field: usize,
    pub(crate) part: Part,
    /// Hash by value id.
    hashes: Arc<[u64]>,
}

/// Mixes the bits of a word (the finalizer of `SplitMix64`).
pub(crate) fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Letters of a beginning or an end.
const BEGINNING: usize = 4;
/// Digits of the end of a code that count as a key.
const END: usize = 6;
/// Sounds of a beginning.
const FIRST_SOUNDS: usize = 2;

impl Key {
    /// The key of a row of value ids; 0 if there is none.
    pub(crate) fn of(&self, row: &[u32]) -> u64 {
        self.hashes[row[self.field] as usize]
    }

    /// The hashes, shared by keys that are made alike.
    pub(crate) fn hashes(&self) -> &Arc<[u64]> {
        &self.hashes
    }

    /// Distinct values that it is made of.
    pub(crate) fn distinct(&self) -> usize {
        self.hashes.len()
    }

    /// The key of a value of its field; 0 if there is none.
    pub(crate) fn of_value(&self, id: u32) -> u64 {
        self.hashes[id as usize]
    }
}

/// All keys of the fields.
pub(crate) fn keys_of(records: &Records) -> Vec<Key> {
    let mut made: Vec<(usize, Part, Arc<[u64]>)> = Vec::new();
    let mut keys = Vec::new();
    for (field, of) in records.fields.iter().enumerate() {
        let lexicon = &records.lexicons[of.lexicon];
        for &part in parts(lexicon.kind()) {
            let known = made.iter().find(|(l, p, _)| *l == of.lexicon && *p == part);
            let hashes = if let Some((.., hashes)) = known {
                Arc::clone(hashes)
            } else {
                let hashes: Arc<[u64]> = hashes(lexicon, of.lexicon, part).into();
                made.push((of.lexicon, part, Arc::clone(&hashes)));
                hashes
            };
            keys.push(Key { field, part, hashes });
        }
    }
    keys
}

/// The keys of a kind, the most telling first.
fn parts(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::Person => &[Part::Whole, Part::Sounds, Part::Beginning, Part::FirstSounds],
        Kind::Place | Kind::Words => &[Part::Sounds],
        Kind::Date => &[Part::Whole, Part::Day, Part::Year],
        Kind::Code => &[Part::Whole, Part::End],
        Kind::Postcode => &[Part::Whole, Part::Region],
        Kind::Category => &[Part::Whole],
    }
}

fn hashes(lexicon: &Lexicon, number: usize, part: Part) -> Vec<u64> {
    let seed = mix(number as u64 * 64 + part as u64);
    let count = u32::try_from(lexicon.len()).unwrap_or(u32::MAX);
    (0..count).map(|id| if id == 0 { 0 } else { hash(lexicon, id, part, seed) }).collect()
}

fn hash(lexicon: &Lexicon, id: u32, part: Part, seed: u64) -> u64 {
    let number = |n: u32| if n == 0 { 0 } else { mix(seed ^ u64::from(n)) | 1 };
    let letters = lexicon.letters(id);
    match part {
        Part::Whole => number(id),
        Part::Year => number(lexicon.date(id) / 10_000),
        Part::Day => {
            let (month, day) = (lexicon.date(id) / 100 % 100, lexicon.date(id) % 100);
            // The first of January often stands for an unknown day.
            if month == 0 || (month == 1 && day == 1) {
                0
            } else {
                number(month * day * 1000 + month + day)
            }
        }
        Part::Sounds => text(seed, lexicon.skeleton(id), 1),
        Part::FirstSounds => text(seed, cut(lexicon.skeleton(id), FIRST_SOUNDS), FIRST_SOUNDS),
        Part::Beginning => text(seed, cut(letters, BEGINNING), 3),
        Part::End if letters.len() > END => text(seed, &letters[letters.len() - END..], END),
        Part::End => 0,
        Part::Region => text(seed, lexicon.region(id), 2),
    }
}

fn cut(letters: &[u16], length: usize) -> &[u16] {
    &letters[..letters.len().min(length)]
}

/// Hash of letters; 0 if there are fewer than a key needs.
fn text(seed: u64, letters: &[u16], length_min: usize) -> u64 {
    if letters.len() < length_min {
        return 0;
    }
    letters.iter().fold(seed, |h, u| mix(h ^ u64::from(*u))) | 1
}
