//! Blocking: which records are compared at all, and what that leaves out.
//!
//! A record gets keys by several rules; records that share a key are a candidate pair. A key that
//! too many share is narrowed by birth year; what is still too common is not followed, and counted.
//! Invariants: the candidate pairs do not depend on the order of the records' keys; [`Blocks`] gives
//! the same after any changes of single records as when it is made anew.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use names::Name;

use crate::Prepared;
use crate::birth::Birth;

/// Records under one key, above which the key is narrowed. Chosen by hand: 300 records make
/// 45,000 pairs, some 0.1 s.
pub(crate) const BLOCK_MAX: usize = 300;
/// A birth date that may mean more years than this gives no key by year.
const YEARS_MAX: i32 = 4;

/// Parts of one name that give keys; longer names are whole genealogies.
const NAME_PARTS_MAX: usize = 8;

/// Why two records were compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rule {
    Document,
    Phone,
    Email,
    TwoNameParts,
    NamePartAndYear,
    BirthDay,
    KunyaAndYear,
    MotherAndYear,
    KunyaAndNationality,
}

impl Rule {
    const ALL: [Rule; 9] = [
        Rule::Document,
        Rule::Phone,
        Rule::Email,
        Rule::TwoNameParts,
        Rule::NamePartAndYear,
        Rule::BirthDay,
        Rule::KunyaAndYear,
        Rule::MotherAndYear,
        Rule::KunyaAndNationality,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Rule::Document => "document number",
            Rule::Phone => "phone",
            Rule::Email => "e-mail",
            Rule::TwoNameParts => "two parts of the name",
            Rule::NamePartAndYear => "part of the name and birth year",
            Rule::BirthDay => "birth day",
            Rule::KunyaAndYear => "kunya and birth year",
            Rule::MotherAndYear => "mother's name and birth year",
            Rule::KunyaAndNationality => "kunya and nationality",
        }
    }
}

/// Pairs that share a blocking key so common that they were not compared for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockLoss {
    /// The blocking rule.
    pub rule: &'static str,
    /// Keys over the cap.
    pub keys: usize,
    /// Pairs under those keys that no other key brought up; counted once per key.
    pub pairs: u64,
}

/// A blocking key with the rule that gave it.
type Key = (Rule, u64);

/// Which records share which keys. Kept up to date as single records change, with the same candidate
/// pairs as if it were made anew.
#[derive(Debug)]
pub(crate) struct Blocks {
    /// Records under one key above which it is narrowed.
    cap: usize,
    /// The records under each key, in order.
    members: FxHashMap<Key, Vec<u32>>,
    /// The keys of each record, in order.
    keys: Vec<Box<[Key]>>,
    /// The years that each record is narrowed by, in order.
    years: Vec<Box<[i32]>>,
}

/// What the change of one record does to pairs of other records, where a block passes the cap.
#[derive(Debug, Default)]
pub(crate) struct Shift {
    /// Records that are compared with each other from now on.
    pub(crate) gained: Vec<Vec<u32>>,
    /// Records that no longer are for this key; another may still bring them together.
    pub(crate) lost: Vec<Vec<u32>>,
}

impl Blocks {
    pub(crate) fn new(records: &[Prepared], cap: usize) -> Self {
        let (members, keys, years) = (FxHashMap::default(), Vec::new(), Vec::new());
        let mut blocks = Self { cap, members, keys, years };
        for (at, record) in (0u32..).zip(records) {
            let keys = sorted_keys(record);
            for key in &keys {
                blocks.members.entry(*key).or_default().push(at);
            }
            blocks.keys.push(keys);
            blocks.years.push(narrowing_years(record));
        }
        blocks
    }

    /// The candidate pairs, in order, with what was left out.
    pub(crate) fn pairs(&self) -> (Vec<(u32, u32)>, Vec<BlockLoss>) {
        let mut blocks: Vec<(&Key, &Vec<u32>)> =
            self.members.iter().filter(|(_, members)| members.len() > 1).collect();
        blocks.sort_unstable();
        let mut pairs: FxHashSet<(u32, u32)> = FxHashSet::default();
        let mut oversized = Vec::new();
        for ((rule, _), members) in blocks {
            if members.len() <= self.cap {
                pair_up(members, &mut pairs);
                continue;
            }
            for members in self.narrow(members) {
                if members.len() <= self.cap {
                    pair_up(&members, &mut pairs);
                } else {
                    oversized.push((*rule, members));
                }
            }
        }
        let losses = count_losses(&oversized, &pairs);
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        (pairs, losses)
    }

    /// The records that this one is compared with, in order.
    pub(crate) fn partners(&self, at: u32) -> Vec<u32> {
        let mut partners = Vec::new();
        for key in self.keys_at(at) {
            let members = self.members_of(*key);
            if members.len() <= self.cap {
                partners.extend_from_slice(members);
                continue;
            }
            for year in self.years_at(at) {
                let group = self.of_year(members, *year);
                if group.len() <= self.cap {
                    partners.extend(group);
                }
            }
        }
        partners.sort_unstable();
        partners.dedup();
        partners.retain(|other| *other != at);
        partners
    }

    /// Whether the two are a candidate pair.
    pub(crate) fn holds(&self, left: u32, right: u32) -> bool {
        let theirs = self.keys_at(right);
        self.keys_at(left).iter().filter(|key| theirs.binary_search(key).is_ok()).any(|key| {
            let members = self.members_of(*key);
            members.len() <= self.cap
                || self.years_at(left).iter().any(|year| {
                    self.years_at(right).binary_search(year).is_ok()
                        && self.of_year(members, *year).len() <= self.cap
                })
        })
    }

    /// Puts a changed record in the place of the former one.
    pub(crate) fn replace(&mut self, at: u32, record: &Prepared) -> Shift {
        let (keys, years) = (sorted_keys(record), narrowing_years(record));
        let mut touched: Vec<Key> = self.keys_at(at).iter().chain(&keys).copied().collect();
        touched.sort_unstable();
        touched.dedup();
        let mut shift = Shift::default();
        for key in touched {
            let stays = keys.binary_search(&key).is_ok();
            self.shift_block(at, key, stays.then_some(&*years), &mut shift);
        }
        if let (Some(own), Some(own_years)) =
            (self.keys.get_mut(at as usize), self.years.get_mut(at as usize))
        {
            (*own, *own_years) = (keys, years);
        }
        shift
    }

    /// Moves a record into a block, out of it, or within it; `years` are its years if it is in the
    /// block after.
    fn shift_block(&mut self, at: u32, key: Key, years: Option<&[i32]>, shift: &mut Shift) {
        let mut others = self.members.remove(&key).unwrap_or_default();
        let place = others.binary_search(&at);
        if let Ok(place) = place {
            others.remove(place);
        }
        let count = |is_in: bool| others.len() + usize::from(is_in);
        let (before, after) = (count(place.is_ok()), count(years.is_some()));
        match (before <= self.cap, after <= self.cap) {
            (true, true) => {}
            (true, false) => shift.lost.push(others.clone()),
            (false, true) => shift.gained.push(others.clone()),
            (false, false) => {
                let former = if place.is_ok() { self.years_at(at) } else { &[] };
                let latter = years.unwrap_or_default();
                for year in former.iter().filter(|year| !latter.contains(year)) {
                    let group = self.of_year(&others, *year);
                    if group.len() == self.cap {
                        shift.gained.push(group);
                    }
                }
                for year in latter.iter().filter(|year| !former.contains(year)) {
                    let group = self.of_year(&others, *year);
                    if group.len() == self.cap {
                        shift.lost.push(group);
                    }
                }
            }
        }
        if years.is_some() {
            let place = others.partition_point(|other| *other < at);
            others.insert(place, at);
        }
        if !others.is_empty() {
            self.members.insert(key, others);
        }
    }

    /// The members by birth year, neighbouring years together; those without one stay together.
    fn narrow(&self, members: &[u32]) -> Vec<Vec<u32>> {
        let mut by_year: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
        for &member in members {
            for year in self.years_at(member) {
                by_year.entry(*year).or_default().push(member);
            }
        }
        by_year.into_values().filter(|members| members.len() > 1).collect()
    }

    fn of_year(&self, members: &[u32], year: i32) -> Vec<u32> {
        let has = |member: &&u32| self.years_at(**member).binary_search(&year).is_ok();
        members.iter().filter(has).copied().collect()
    }

    fn members_of(&self, key: Key) -> &[u32] {
        self.members.get(&key).map_or(&[], Vec::as_slice)
    }

    fn keys_at(&self, at: u32) -> &[Key] {
        self.keys.get(at as usize).map_or(&[], |keys| keys)
    }

    fn years_at(&self, at: u32) -> &[i32] {
        self.years.get(at as usize).map_or(&[], |years| years)
    }
}

fn sorted_keys(record: &Prepared) -> Box<[Key]> {
    let mut keys = keys_of(record);
    keys.sort_unstable();
    keys.dedup();
    keys.into_boxed_slice()
}

/// The years under which a record stands in a block that is narrowed; one without a birth year
/// stands under a year of its own.
fn narrowing_years(record: &Prepared) -> Box<[i32]> {
    let mut years: Vec<i32> = record
        .births
        .iter()
        .map(Birth::years)
        .filter(|(from, to)| to - from <= YEARS_MAX)
        .flat_map(|(from, to)| from - 1..=to)
        .collect();
    if years.is_empty() {
        years.push(i32::MIN);
    }
    years.sort_unstable();
    years.dedup();
    years.into_boxed_slice()
}

fn keys_of(record: &Prepared) -> Vec<(Rule, u64)> {
    let mut keys = Vec::new();
    let years: Vec<i32> = record
        .births
        .iter()
        .map(Birth::years)
        .filter(|(from, to)| to - from <= YEARS_MAX)
        .flat_map(|(from, to)| from..=to)
        .collect();
    for civil in &record.names {
        keys.extend(keys_of_name(&civil.name, &years));
    }
    for birth in &record.births {
        if let Some((from, to)) = birth.days() {
            keys.extend((from..=to).map(|day| (Rule::BirthDay, hash(&[i64::from(day)]))));
        }
    }
    for kunya in &record.kunyas {
        let key = kunya.teknonym_key.cast_signed();
        keys.extend(years.iter().map(|&year| (Rule::KunyaAndYear, hash(&[key, i64::from(year)]))));
        for country in &record.countries.nationalities {
            let code = i64::from(u16::from_be_bytes(country.0));
            let key = kunya.key.cast_signed();
            keys.push((Rule::KunyaAndNationality, hash(&[key, code])));
        }
    }
    for mother in record.mothers.iter().flat_map(Name::parts).filter(|p| p.tag().is_content()) {
        let key = mother.token_key().cast_signed();
        keys.extend(years.iter().map(|&year| (Rule::MotherAndYear, hash(&[key, i64::from(year)]))));
    }
    keys.extend(record.numbers.iter().map(|n| (Rule::Document, hash_text(&n.folded))));
    keys.extend(record.phones.iter().map(|p| (Rule::Phone, hash_text(p))));
    keys.extend(record.emails.iter().map(|e| (Rule::Email, hash_text(&e.folded))));
    keys
}

/// Any two parts of a name, in any order; any one part with the birth year.
fn keys_of_name(name: &Name, years: &[i32]) -> Vec<(Rule, u64)> {
    let mut parts: Vec<i64> = name
        .parts()
        .iter()
        .filter(|p| p.tag().is_content())
        .map(|p| p.token_key().cast_signed())
        .take(NAME_PARTS_MAX)
        .collect();
    parts.sort_unstable();
    parts.dedup();
    let mut keys = Vec::new();
    for (at, &left) in parts.iter().enumerate() {
        let pairs = parts[at + 1..].iter().map(|&right| hash(&[left, right]));
        keys.extend(pairs.map(|key| (Rule::TwoNameParts, key)));
        let dated = years.iter().map(|&year| hash(&[left, i64::from(year)]));
        keys.extend(dated.map(|key| (Rule::NamePartAndYear, key)));
    }
    if let [only] = parts[..] {
        keys.push((Rule::TwoNameParts, hash(&[only])));
    }
    keys
}

pub(crate) fn hash(values: &[i64]) -> u64 {
    values.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, value| {
        (hash.rotate_left(23) ^ value.cast_unsigned()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

pub(crate) fn hash_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn pair_up(members: &[u32], pairs: &mut FxHashSet<(u32, u32)>) {
    for (at, &left) in members.iter().enumerate() {
        pairs.extend(members[at + 1..].iter().map(|&right| (left.min(right), left.max(right))));
    }
}

fn count_losses(oversized: &[(Rule, Vec<u32>)], pairs: &FxHashSet<(u32, u32)>) -> Vec<BlockLoss> {
    Rule::ALL
        .into_iter()
        .filter_map(|rule| {
            let blocks: Vec<_> = oversized.iter().filter(|(r, _)| *r == rule).collect();
            let lost: u64 = blocks.iter().map(|(_, members)| pairs_lost(members, pairs)).sum();
            (lost > 0).then_some(BlockLoss { rule: rule.as_str(), keys: blocks.len(), pairs: lost })
        })
        .collect()
}

fn pairs_lost(members: &[u32], pairs: &FxHashSet<(u32, u32)>) -> u64 {
    let mut lost = 0;
    for (at, &left) in members.iter().enumerate() {
        for &right in &members[at + 1..] {
            lost += u64::from(!pairs.contains(&(left.min(right), left.max(right))));
        }
    }
    lost
}
