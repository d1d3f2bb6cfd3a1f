//! Owns which keys two records share, as bits, so that many rules are tried on one pair at once.
//!
//! Invariant: what a mask says of a pair is what the hash of its rule says, except that three keys
//! of one lexicon are not exchanged in a ring.

use std::sync::Arc;

use crate::key::Key;
use crate::records::Records;

/// Two keys that may be exchanged: bits of a word.
const EXCHANGES_MAX: usize = 128;

/// Tells which keys two records share.
pub(crate) struct Agreements<'a> {
    records: &'a Records,
    keys: &'a [Key],
    /// Keys of different fields that are made alike, two by two.
    exchanges: Vec<(usize, usize)>,
}

/// The keys that two records share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Agreement {
    keys: u64,
    exchanged: u128,
}

/// The keys that a rule asks for.
#[derive(Clone, Debug)]
pub(crate) struct Mask {
    keys: u64,
    /// Exchanges that stand for two of the keys, with the keys that are left.
    exchanges: Vec<(u128, u64)>,
}

impl<'a> Agreements<'a> {
    pub(crate) fn new(records: &'a Records, keys: &'a [Key]) -> Self {
        debug_assert!(keys.len() <= 64);
        let mut exchanges = Vec::new();
        for (i, a) in keys.iter().enumerate() {
            for (j, b) in keys.iter().enumerate().skip(i + 1) {
                if a.is_alike(b) && exchanges.len() < EXCHANGES_MAX {
                    exchanges.push((i, j));
                }
            }
        }
        Self { records, keys, exchanges }
    }

    /// The mask of a set of keys.
    pub(crate) fn mask(&self, keys: &[usize]) -> Mask {
        let all: u64 = keys.iter().fold(0, |m, k| m | 1 << k);
        let exchanges = (0..)
            .zip(&self.exchanges)
            .filter(|(_, (i, j))| keys.contains(i) && keys.contains(j))
            .map(|(bit, (i, j))| (1 << bit, all & !(1 << i) & !(1 << j)))
            .collect();
        Mask { keys: all, exchanges }
    }

    /// What two records share.
    pub(crate) fn of(&self, left: u32, right: u32) -> Agreement {
        let (l, r) = (self.records.row(left), self.records.row(right));
        let mut keys = 0;
        let mut hashes = [(0, 0); 64];
        for (k, (key, slot)) in self.keys.iter().zip(&mut hashes).enumerate() {
            *slot = (key.of(l), key.of(r));
            keys |= u64::from(slot.0 == slot.1 && slot.0 != 0) << k;
        }
        let mut exchanged = 0;
        for (bit, (i, j)) in self.exchanges.iter().enumerate() {
            let (a, b) = (hashes[*i], hashes[*j]);
            let is = a.0 == b.1 && a.1 == b.0 && a.0 != 0 && a.1 != 0;
            exchanged |= u128::from(is) << bit;
        }
        Agreement { keys, exchanged }
    }
}

impl Mask {
    /// True if a rule with these keys finds the pair.
    pub(crate) fn is_met(&self, by: Agreement) -> bool {
        by.keys & self.keys == self.keys
            || by.exchanged != 0
                && self
                    .exchanges
                    .iter()
                    .any(|(bit, rest)| by.exchanged & bit != 0 && by.keys & rest == *rest)
    }
}

impl Key {
    /// True if the two keys are made alike of different fields.
    fn is_alike(&self, other: &Self) -> bool {
        self.field != other.field && Arc::ptr_eq(self.hashes(), other.hashes())
    }
}
