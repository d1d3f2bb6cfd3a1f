//! Blocking: which records are compared at all, and what that leaves out.
//!
//! A record gets keys by several rules; records that share a key are a candidate pair. A key that
//! too many share is narrowed by birth year; what is still too common is not followed, and counted.
//! Invariant: the candidate pairs do not depend on the order of the records' keys.

use rustc_hash::{FxHashMap, FxHashSet};

use names::Name;

use crate::Prepared;
use crate::birth::Birth;

/// Records under one key, above which the key is narrowed. Chosen by hand: 300 records make
/// 45,000 pairs, some 0.1 s.
const BLOCK_MAX: usize = 300;
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

/// The candidate pairs, by position and in order, with what was left out.
pub(crate) fn candidate_pairs(records: &[Prepared]) -> (Vec<(u32, u32)>, Vec<BlockLoss>) {
    let mut blocks: FxHashMap<(Rule, u64), Vec<u32>> = FxHashMap::default();
    for (at, record) in (0u32..).zip(records) {
        let mut keys = keys_of(record);
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut blocks: Vec<_> = blocks.into_iter().filter(|(_, members)| members.len() > 1).collect();
    blocks.sort_unstable();
    let mut pairs: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut oversized = Vec::new();
    for ((rule, _), members) in blocks {
        if members.len() <= BLOCK_MAX {
            pair_up(&members, &mut pairs);
            continue;
        }
        for members in narrow(&members, records) {
            if members.len() <= BLOCK_MAX {
                pair_up(&members, &mut pairs);
            } else {
                oversized.push((rule, members));
            }
        }
    }
    let losses = count_losses(&oversized, &pairs);
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_unstable();
    (pairs, losses)
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

/// The members by birth year, neighbouring years together; those without one stay together.
fn narrow(members: &[u32], records: &[Prepared]) -> Vec<Vec<u32>> {
    let mut by_year: FxHashMap<i32, Vec<u32>> = FxHashMap::default();
    for &member in members {
        let births = records.get(member as usize).map_or(&[][..], |r| &r.births);
        let mut years: Vec<i32> = births
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
        for year in years {
            by_year.entry(year).or_default().push(member);
        }
    }
    let mut groups: Vec<_> = by_year.into_iter().collect();
    groups.sort_unstable();
    groups.into_iter().map(|(_, members)| members).filter(|m| m.len() > 1).collect()
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
