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
    /// The hash of a record under this rule; 0 if a key is missing. Exchanged values of one lexicon
    /// give the same hash, for the keys are added up.
    pub(crate) fn hash(&self, row: &[u32]) -> u64 {
        let mut sum = 0_u64;
        for key in &self.keys {
            let h = key.of(row);
            if h == 0 {
                return 0;
            }
            sum = sum.wrapping_add(h);
        }
        mix(sum) | 1
    }

    /// True if the two records share all keys.
    pub(crate) fn finds(&self, records: &Records, left: u32, right: u32) -> bool {
        let hash = self.hash(records.row(left));
        hash != 0 && hash == self.hash(records.row(right))
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

    /// Records that share their hash with another, sorted by hash and id; of all hashes those that
    /// `keep` keeps.
    pub(crate) fn members(
        &self,
        records: &Records,
        keep: impl Fn(u64) -> bool + Sync,
    ) -> Vec<(u64, u32)> {
        let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let mut seen = Seen::new(records.len());
        let mut hashes = Vec::with_capacity(records.len());
        for record in 0..count {
            let hash = self.hash(records.row(record));
            if hash != 0 && keep(hash) {
                seen.add(hash);
                hashes.push((hash, record));
            }
        }
        hashes.retain(|(hash, _)| seen.is_shared(*hash));
        hashes.sort_unstable();
        hashes
    }
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
