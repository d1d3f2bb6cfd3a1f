//! Duplicates as they stand while people work: records, candidate pairs and scores are kept, and a
//! changed record or another judgement costs what it touches.
//!
//! It keeps no explanations: they are made again for the pairs that are asked for. Invariants: after
//! any changes the answers are those of a resolver made anew from the same records; frequencies are
//! those of the records as they were read, so that a correction moves no other pair's weight.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::{Cluster, Entity, EntityId, Explanation, Judgement, Level, ScoredPair, Verdict};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::block::{BlockLoss, Blocks, Shift};
use crate::cluster::{Edge, PairVerdict, Refusal, Rulings, cluster, contradiction};
use crate::compare::{explained, judged};
use crate::finding::find_all;
use crate::prepared::Family;
use crate::{DedupeOptions, Frequencies, MatchModel, Prepared, Prior};

/// Two records by position, the smaller first.
type Key = (u32, u32);

/// Records made ready, their candidate pairs, and what comparing them said.
pub struct Resolver {
    model: MatchModel,
    options: DedupeOptions,
    frequencies: Frequencies,
    prior: Prior,
    ids: Vec<EntityId>,
    records: Vec<Prepared>,
    blocks: Blocks,
    losses: Vec<BlockLoss>,
    /// The pairs at or above the least weight.
    found: FxHashMap<Key, Found>,
    /// The other side of each pair found, in order.
    partners: Vec<Vec<u32>>,
    /// Pairs that clustering asked for and that are not among those found.
    asked: FxHashMap<Key, Found>,
    /// Pairs found, changed or gone since they were last taken.
    changed: BTreeSet<Key>,
}

/// What clustering needs of a pair.
#[derive(Clone, Debug)]
struct Found {
    verdict: PairVerdict,
    /// Whether it may join two records.
    joins: bool,
}

/// The people that records make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Every person, those with one record included; ordered by id.
    pub clusters: Vec<Cluster>,
    /// Pairs that scored high enough and were kept apart, with the reason.
    pub refused: Vec<Refusal>,
}

/// A pair that was found, scored anew, or is found no longer.
#[derive(Clone, Debug, PartialEq)]
pub struct PairChange {
    /// The smaller id.
    pub left: EntityId,
    /// The larger id.
    pub right: EntityId,
    /// The pair as it is now; `None` if it is found no longer.
    pub pair: Option<ScoredPair>,
}

/// What changes would do, before they are made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// The people that would be no longer what they are.
    pub before: Vec<Cluster>,
    /// What their records would make.
    pub after: Vec<Cluster>,
    /// Pairs of a changed record or judgement, as they would be scored.
    pub pairs: Vec<ScoredPair>,
    /// What speaks against it: contradictions between records that a judgement would bring
    /// together, and records that would be kept apart.
    pub warnings: Vec<Refusal>,
}

impl Resolver {
    /// Takes up records as they were read, and those that people corrected. Entities that are no
    /// subjects (mentions, links, forms) are left out.
    pub fn new(
        as_read: &[&Entity],
        corrected: &BTreeMap<EntityId, Entity>,
        model: &MatchModel,
        options: &DedupeOptions,
    ) -> Self {
        let mut resolver = Self::without_pairs(as_read, corrected, model, options);
        let (candidates, losses) = resolver.blocks.pairs();
        resolver.losses = losses;
        resolver.take_all(candidates);
        resolver
    }

    /// As [`Resolver::new`], where the pairs that it would find are known already: only these are
    /// compared, a few in a hundred of all candidates. What blocking left out is not told.
    pub fn of_pairs(
        as_read: &[&Entity],
        corrected: &BTreeMap<EntityId, Entity>,
        model: &MatchModel,
        options: &DedupeOptions,
        pairs: &[(EntityId, EntityId)],
    ) -> Self {
        let mut resolver = Self::without_pairs(as_read, corrected, model, options);
        let at = |id| resolver.at(id);
        let known = pairs.iter().filter_map(|(l, r)| Some(ordered(at(l)?, at(r)?))).collect();
        resolver.take_all(known);
        resolver
    }

    fn without_pairs(
        as_read: &[&Entity],
        corrected: &BTreeMap<EntityId, Entity>,
        model: &MatchModel,
        options: &DedupeOptions,
    ) -> Self {
        let mut subjects: Vec<&Entity> =
            as_read.iter().copied().filter(|e| is_subject(e)).collect();
        subjects.sort_by(|a, b| a.id.cmp(&b.id));
        subjects.dedup_by(|a, b| a.id == b.id);
        let mut records: Vec<Prepared> =
            subjects.par_iter().map(|entity| Prepared::new(entity, model)).collect();
        let frequencies = Frequencies::learn(&records);
        for (record, subject) in records.iter_mut().zip(subjects) {
            if let Some(entity) = corrected.get(&subject.id) {
                *record = Prepared::new(entity, model);
            }
        }
        let blocks = Blocks::new(&records, options.block_max);
        Self {
            model: model.clone(),
            options: options.clone(),
            frequencies,
            prior: Prior::of_screening(model.duplicate_share, records.len()),
            ids: records.iter().map(|r| r.id().clone()).collect(),
            partners: vec![Vec::new(); records.len()],
            records,
            blocks,
            losses: Vec::new(),
            found: FxHashMap::default(),
            asked: FxHashMap::default(),
            changed: BTreeSet::new(),
        }
    }

    fn take_all(&mut self, candidates: Vec<Key>) {
        self.compare_all(candidates);
        for partners in &mut self.partners {
            partners.sort_unstable();
        }
    }

    /// The records, in order.
    pub fn ids(&self) -> &[EntityId] {
        &self.ids
    }

    /// The number of pairs at or above the least weight.
    pub fn pairs_len(&self) -> usize {
        self.found.len()
    }

    /// What blocking did not look at, when the records were taken up.
    pub fn losses(&self) -> &[BlockLoss] {
        &self.losses
    }

    /// Puts a corrected record in the place of the former one. False if there is no such record.
    pub fn replace(&mut self, entity: &Entity) -> bool {
        let prepared = Prepared::new(entity, &self.model);
        self.replace_prepared(prepared).is_some()
    }

    /// The people that the records make under these judgements, oldest first.
    pub fn resolve(&mut self, judgements: &[Judgement]) -> Resolved {
        let mut edges: Vec<Edge> = Vec::new();
        for (left, partners) in (0u32..).zip(&self.partners) {
            for &right in partners.iter().filter(|right| **right > left) {
                if let Some(found) = self.found.get(&(left, right)).filter(|f| f.joins) {
                    let weight = found.verdict.weight;
                    edges.push(Edge { left: left as usize, right: right as usize, weight });
                }
            }
        }
        let mut asked = std::mem::take(&mut self.asked);
        let verdict_on = |l: usize, r: usize| {
            let key = ordered(position(l), position(r));
            if let Some(found) = self.found.get(&key) {
                return found.verdict.clone();
            }
            asked.entry(key).or_insert_with(|| self.compare(key)).verdict.clone()
        };
        let outcome = cluster(&self.ids, edges, &Rulings::read(judgements), verdict_on);
        self.asked = asked;
        let members = |group: Vec<usize>| group.into_iter().map(|i| self.ids[i].clone()).collect();
        Resolved {
            clusters: outcome.groups.into_iter().filter_map(|g| Cluster::new(members(g))).collect(),
            refused: outcome.refused,
        }
    }

    /// All pairs at or above the least weight, explained, best first.
    pub fn pairs(&self) -> Vec<ScoredPair> {
        let mut keys: Vec<(Key, f64)> = Vec::with_capacity(self.found.len());
        for (left, partners) in (0u32..).zip(&self.partners) {
            for &right in partners.iter().filter(|right| **right > left) {
                if let Some(found) = self.found.get(&(left, right)) {
                    keys.push(((left, right), found.verdict.weight));
                }
            }
        }
        keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        keys.into_par_iter().map(|(key, _)| self.explain(key)).collect()
    }

    /// Two records compared, explained; `None` if one of them is not here.
    pub fn pair(&self, left: &EntityId, right: &EntityId) -> Option<ScoredPair> {
        let (left, right) = (self.at(left)?, self.at(right)?);
        (left != right).then(|| self.explain(ordered(left, right)))
    }

    /// Two records that contradict each other, in words.
    pub fn contradiction(&self, left: &EntityId, right: &EntityId) -> Option<String> {
        let key = ordered(self.at(left)?, self.at(right)?);
        self.compare(key).verdict.contradiction.map(|words| words.to_string())
    }

    /// The pairs that changed since this was last asked, in order of ids.
    pub fn take_changes(&mut self) -> Vec<PairChange> {
        let keys: Vec<Key> = std::mem::take(&mut self.changed).into_iter().collect();
        keys.into_par_iter()
            .map(|key| PairChange {
                left: self.ids[key.0 as usize].clone(),
                right: self.ids[key.1 as usize].clone(),
                pair: self.found.contains_key(&key).then(|| self.explain(key)),
            })
            .collect()
    }

    /// What would become of people if these records were as given and these judgements stood, in
    /// place of `standing`. Nothing is kept of it.
    pub fn preview(
        &mut self,
        records: &[Entity],
        standing: &[Judgement],
        judgements: &[Judgement],
    ) -> Preview {
        let now = self.resolve(standing);
        let changed = self.changed.clone();
        let mut former = Vec::new();
        for entity in records {
            let prepared = Prepared::new(entity, &self.model);
            former.extend(self.replace_prepared(prepared));
        }
        let then = self.resolve(judgements);
        let mut preview = difference(&now, then);
        let news: Vec<&Judgement> = judgements.iter().filter(|j| !standing.contains(j)).collect();
        for judgement in &news {
            preview.pairs.extend(self.pair(&judgement.left, &judgement.right));
        }
        for at in records.iter().filter_map(|entity| self.at(&entity.id)) {
            let partners = self.partners[at as usize].iter().map(|&other| ordered(at, other));
            preview.pairs.extend(partners.map(|key| self.explain(key)));
        }
        let forced = news.iter().filter(|j| j.verdict == Verdict::Same);
        let forced: BTreeSet<&EntityId> = forced.map(|j| &j.left).collect();
        for cluster in preview.after.iter().filter(|c| c.members.iter().any(|m| forced.contains(m)))
        {
            preview.warnings.extend(self.contradictions_within(cluster));
        }
        preview.warnings.sort();
        preview.warnings.dedup();
        for prepared in former.into_iter().rev() {
            self.replace_prepared(prepared);
        }
        self.changed = changed;
        preview
    }

    /// Pairs of one person that contradict each other.
    pub fn contradictions_within(&self, cluster: &Cluster) -> Vec<Refusal> {
        let mut found = Vec::new();
        let members = &cluster.members[..cluster.members.len().min(MEMBERS_LOOKED_AT_MAX)];
        for (at, left) in members.iter().enumerate() {
            for right in &members[at + 1..] {
                if let Some(reason) = self.contradiction(left, right) {
                    found.push(Refusal { left: left.clone(), right: right.clone(), reason });
                }
            }
        }
        found
    }

    /// The former record, if there is one in this place.
    fn replace_prepared(&mut self, prepared: Prepared) -> Option<Prepared> {
        let at = self.at(prepared.id())?;
        let former = std::mem::replace(self.records.get_mut(at as usize)?, prepared);
        let Shift { gained, lost } = self.blocks.replace(at, &self.records[at as usize]);
        for partner in self.partners[at as usize].clone() {
            self.forget(ordered(at, partner));
        }
        self.asked.retain(|key, _| key.0 != at && key.1 != at);
        for group in lost {
            for key in pairs_of(&group) {
                if self.found.contains_key(&key) && !self.blocks.holds(key.0, key.1) {
                    self.forget(key);
                }
            }
        }
        let mut candidates: Vec<Key> = gained.iter().flat_map(|group| pairs_of(group)).collect();
        candidates.extend(self.blocks.partners(at).into_iter().map(|other| ordered(at, other)));
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|key| !self.found.contains_key(key));
        for key in self.compare_all(candidates) {
            self.partners[key.0 as usize].sort_unstable();
            self.partners[key.1 as usize].sort_unstable();
            self.changed.insert(key);
        }
        Some(former)
    }

    fn forget(&mut self, key: Key) {
        self.found.remove(&key);
        for (own, other) in [key, (key.1, key.0)] {
            self.partners[own as usize].retain(|partner| *partner != other);
        }
        self.changed.insert(key);
    }

    /// Compares candidates, keeps those at or above the least weight, and tells which.
    fn compare_all(&mut self, candidates: Vec<Key>) -> Vec<Key> {
        let found: Vec<(Key, Found)> =
            candidates.into_par_iter().filter_map(|key| Some((key, self.find(key)?))).collect();
        let mut keys = Vec::with_capacity(found.len());
        for (key, found) in found {
            self.found.insert(key, found);
            self.partners[key.0 as usize].push(key.1);
            self.partners[key.1 as usize].push(key.0);
            keys.push(key);
        }
        keys
    }

    /// A candidate pair, if it weighs enough.
    fn find(&self, key: Key) -> Option<Found> {
        let (left, right) = self.sides(key);
        let findings = find_all(&self.model, &self.frequencies, left, right);
        let pair = judged(&self.model, (left, right), &findings, self.prior);
        (pair.weight >= self.options.weight_min).then(|| self.found_of(key, &pair, &findings))
    }

    fn compare(&self, key: Key) -> Found {
        let (left, right) = self.sides(key);
        let findings = find_all(&self.model, &self.frequencies, left, right);
        let pair = judged(&self.model, (left, right), &findings, self.prior);
        self.found_of(key, &pair, &findings)
    }

    fn found_of(&self, key: Key, pair: &ScoredPair, findings: &[crate::finding::Finding]) -> Found {
        let (left, right) = self.sides(key);
        let parts = findings.iter().map(|finding| finding.outline(left, right)).collect();
        let outline = Explanation { prior: self.prior.weight(), parts };
        let verdict = PairVerdict {
            weight: pair.weight,
            contradiction: contradiction(&outline).map(Arc::from),
        };
        let joins = pair.probability >= self.options.probability_min && may_join(&outline);
        Found { verdict, joins }
    }

    fn explain(&self, key: Key) -> ScoredPair {
        let (left, right) = self.sides(key);
        let findings = find_all(&self.model, &self.frequencies, left, right);
        explained(&self.model, &self.frequencies, (left, right), &findings, self.prior)
    }

    fn sides(&self, key: Key) -> (&Prepared, &Prepared) {
        (&self.records[key.0 as usize], &self.records[key.1 as usize])
    }

    fn at(&self, id: &EntityId) -> Option<u32> {
        self.ids.binary_search(id).ok().map(position)
    }
}

/// Members of a person that are compared all with all for a preview: beyond so many nobody reads the
/// warnings.
const MEMBERS_LOOKED_AT_MAX: usize = 60;

/// Whether a pair may join clusters by itself. Nothing but names never may; nor may other fields
/// where the civil names differ, save a document's number: comrades share kunya, year and country.
fn may_join(explanation: &Explanation) -> bool {
    let level = |comparison| explanation.level(comparison);
    let is_other_name = level("name") == Level::Conflict && level("document") < Level::Near;
    !is_other_name && !explanation.is_name_only()
}

/// Persons and bodies; a mention is never a subject.
fn is_subject(entity: &Entity) -> bool {
    &*entity.schema != "Mention" && Family::of(&entity.schema) != Family::Thing
}

/// The clusters that differ, and what would newly be kept apart.
fn difference(now: &Resolved, then: Resolved) -> Preview {
    let differ = |of: &[Cluster], from: &[Cluster]| -> Vec<Cluster> {
        // Both are in order of their smallest member.
        let same = |c: &&Cluster| {
            from.binary_search_by(|other| other.id.cmp(&c.id)).is_ok_and(|at| from[at] == **c)
        };
        of.iter().filter(|c| !same(c)).cloned().collect()
    };
    let before = differ(&now.clusters, &then.clusters);
    let after = differ(&then.clusters, &now.clusters);
    let warnings = then.refused.into_iter().filter(|r| !now.refused.contains(r)).collect();
    Preview { before, after, pairs: Vec::new(), warnings }
}

fn pairs_of(group: &[u32]) -> impl Iterator<Item = Key> + '_ {
    group
        .iter()
        .enumerate()
        .flat_map(|(at, &left)| group[at + 1..].iter().map(move |&right| ordered(left, right)))
}

fn ordered(left: u32, right: u32) -> Key {
    (left.min(right), left.max(right))
}

/// Positions are numbered as the blocks number them; there are never more than fit.
fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
