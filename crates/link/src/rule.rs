//! Owns blocking rules: up to three keys that two records must share, the blocks a rule makes, and
//! the pairs of a block.
//!
//! Which rules are used is decided elsewhere. Invariant: the pairs of a rule depend on the records
//! as a set, not on their order, except for ids.

use crate::key::{Key, mix};
use crate::records::Records;

/// Keys that two records share if they are to be compared.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) keys: Vec<Key>,
}

impl Rule {
    /// The hash of a record under this rule; 0 if a key is missing.
    pub(crate) fn hash(&self, row: &[u32]) -> u64 {
        sum_of(self.keys.iter().map(|key| key.of(row))).map_or(0, hash_of)
    }

    /// What it asks for, in words.
    pub(crate) fn describe(&self, records: &Records) -> String {
        let words: Vec<String> = self
            .keys
            .iter()
            .map(|k| format!("{} ({})", records.fields[k.field].property, k.part.name()))
            .collect();
        words.join(" + ")
    }

    /// Records that share their hash with another, sorted by hash and id.
    pub(crate) fn members(&self, records: &Records) -> Vec<(u64, u32)> {
        let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let mut seen = Seen::new(records.len());
        let hashes: Vec<u64> = (0..count)
            .map(|record| {
                let hash = self.hash(records.row(record));
                if hash != 0 {
                    seen.add(hash);
                }
                hash
            })
            .collect();
        let mut members: Vec<(u64, u32)> = hashes
            .into_iter()
            .zip(0..count)
            .filter(|(hash, _)| *hash != 0 && seen.is_shared(*hash))
            .collect();
        members.sort_unstable();
        members
    }
}

/// Tells whether any of many rules finds a pair; each key of a record is looked up once.
pub(crate) struct Finders {
    keys: Vec<Key>,
    /// Per rule the numbers of its keys.
    rules: Vec<Vec<usize>>,
}

impl Finders {
    pub(crate) fn new<'a>(rules: impl Iterator<Item = &'a Rule>) -> Self {
        let mut keys: Vec<Key> = Vec::new();
        let rules = rules
            .map(|rule| {
                let number = |key: &Key| {
                    let known = |k: &Key| (k.field, k.part) == (key.field, key.part);
                    keys.iter().position(known).unwrap_or_else(|| {
                        keys.push(key.clone());
                        keys.len() - 1
                    })
                };
                rule.keys.iter().map(number).collect()
            })
            .collect();
        Self { keys, rules }
    }

    /// True if a rule finds the pair.
    pub(crate) fn find(&self, records: &Records, left: u32, right: u32) -> bool {
        let (l, r) = (records.row(left), records.row(right));
        let hashes: Vec<(u64, u64)> = self.keys.iter().map(|k| (k.of(l), k.of(r))).collect();
        self.rules.iter().any(|rule| {
            let sum = sum_of(rule.iter().map(|k| hashes[*k].0));
            sum.is_some() && sum == sum_of(rule.iter().map(|k| hashes[*k].1))
        })
    }
}

/// The sum of the keys of a record, `None` if one is missing: exchanged values of one lexicon give
/// the same sum.
pub(crate) fn sum_of(mut keys: impl Iterator<Item = u64>) -> Option<u64> {
    keys.try_fold(0_u64, |sum, key| (key != 0).then(|| sum.wrapping_add(key)))
}

/// The hash of a sum of keys, never 0.
pub(crate) fn hash_of(sum: u64) -> u64 {
    mix(sum) | 1
}

/// Which hashes occur twice, with few false answers of yes.
struct Seen {
    bits: Vec<u64>,
    shift: u32,
}

impl Seen {
    fn new(len: usize) -> Self {
        let slots = (len * 8).next_power_of_two().max(64);
        Self { bits: vec![0; slots / 32], shift: 64 - slots.trailing_zeros() }
    }

    fn slot(&self, hash: u64) -> (usize, u32) {
        let slot = hash >> self.shift;
        (usize::try_from(slot / 32).unwrap_or(0), u32::try_from(slot % 32).unwrap_or(0) * 2)
    }

    fn add(&mut self, hash: u64) {
        let (word, bit) = self.slot(hash);
        let was = self.bits[word] >> bit & 1;
        self.bits[word] |= (1 | was << 1) << bit;
    }

    fn is_shared(&self, hash: u64) -> bool {
        let (word, bit) = self.slot(hash);
        self.bits[word] >> (bit + 1) & 1 == 1
    }
}

/// Calls `take` with each block: the records that share a hash.
pub(crate) fn for_each_block(members: &[(u64, u32)], mut take: impl FnMut(&[(u64, u32)])) {
    for block in members.chunk_by(|a, b| a.0 == b.0) {
        if block.len() > 1 {
            take(block);
        }
    }
}

/// Pairs of a block of sorted members that may be compared.
pub(crate) fn pairs_in(records: &Records, block: &[(u64, u32)]) -> u64 {
    let n = block.len() as u64;
    if records.is_link() {
        let a = block.partition_point(|m| (m.1 as usize) < records.first) as u64;
        a * (n - a)
    } else {
        n * (n - 1) / 2
    }
}

/// Calls `take` with each pair of a block that may be compared, the smaller id first.
pub(crate) fn for_each_pair(
    records: &Records,
    block: &[(u64, u32)],
    mut take: impl FnMut(u32, u32),
) {
    if records.is_link() {
        let a = block.partition_point(|m| (m.1 as usize) < records.first);
        for l in &block[..a] {
            for r in &block[a..] {
                take(l.1, r.1);
            }
        }
    } else {
        for (i, l) in block.iter().enumerate() {
            for r in &block[i + 1..] {
                take(l.1, r.1);
            }
        }
    }
}
