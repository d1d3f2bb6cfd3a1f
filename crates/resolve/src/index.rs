//! Screening: list entities built into segments once, asked many times.
//!
//! The index of names brings up candidates, and so do handles (kunyas, numbers, birth days) by
//! equality; the best of them are compared in full by the one comparison. Invariant: an index is a
//! pure function of the entities and the model, and an answer one of index, query and options.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use model::{DatasetName, Entity, EntityId, ScoredPair};
use names::Engine;
use names::index::Asked;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::compare::{explained, is_name_only, judged};
use crate::finding::{Finding, find_all};
use crate::frequency::Counts;
use crate::handle::handles_of;
use crate::{Frequencies, MatchModel, Prepared, Prior, Segment, SegmentBuilder};

/// Names compared with each name asked. 50 to 150 find the same within 0.003 (names left out of six
/// public lists, November 2026).
const FAST_MAX: usize = 50;
/// Times as many where only some entities are accepted: those that are not stand among them. Chosen by
/// hand.
const MORE_ASKED: usize = 4;
/// Candidates compared in full, at least; likewise for 12, 20 and 40.
const FULL_MIN: usize = 20;
/// Candidates compared in full beyond those asked for.
const MARGIN: usize = 5;
/// Names that stay prepared once they were asked for, about 3 KB each (62,500 names of six public lists
/// take 190 MB, November 2026). Those beyond are prepared
/// whenever they are met.
const NAMES_KEPT_MAX: usize = 150_000;

/// Segments of lists, ready to be asked together.
#[derive(Debug)]
pub struct Index {
    model: MatchModel,
    frequencies: Frequencies,
    segments: Vec<Slot>,
    entities: usize,
    /// Names that may still be kept prepared.
    room: AtomicUsize,
}

/// A segment, and those of its entities that are prepared.
#[derive(Debug)]
struct Slot {
    segment: Segment,
    prepared: Vec<OnceLock<Arc<Prepared>>>,
}

/// An entity: its segment and its position there.
type Position = (u32, u32);

/// How to screen.
#[derive(Clone, Debug)]
pub struct ScreenOptions {
    /// The best so many are given, whatever their score.
    pub top: usize,
    /// Share of queries whose entity is on the lists; the model's own where `None`.
    pub share: Option<f64>,
    /// Hits that score below are dropped.
    pub cutoff: f64,
    /// Whether the pairs carry their explanation; without it they have the same figures sooner.
    pub explain: bool,
}

impl Default for ScreenOptions {
    fn default() -> Self {
        Self { top: 10, share: None, cutoff: 0.0, explain: true }
    }
}

/// Says of an entity, by its list and id, whether it may be given.
pub type Accepts<'a> = &'a (dyn Fn(&DatasetName, &EntityId) -> bool + Sync);

/// Which entities may be given.
#[derive(Clone, Copy, Default)]
pub struct Scope<'a> {
    /// By segment, in the order in which they were opened, whether it is asked; all are where `None`.
    pub segments: Option<&'a [bool]>,
    /// Whether an entity may be given; all may where `None`.
    pub accepts: Option<Accepts<'a>>,
    /// No entity is given only to fill up the number.
    pub found_only: bool,
    /// Pairs beyond the first so many carry no explanation.
    pub explained: Option<usize>,
}

impl Scope<'_> {
    fn asks(&self, segment: u32) -> bool {
        self.segments.is_none_or(|asked| asked.get(segment as usize).copied().unwrap_or(false))
    }
}

/// A list entity that the query may be.
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenHit {
    /// The query (left) and the candidate (right), with the explanation.
    pub pair: ScoredPair,
    /// The list.
    pub dataset: DatasetName,
    /// The entity on it.
    pub entity_id: EntityId,
    /// What the list calls it.
    pub caption: String,
    /// Nothing but names speaks for it: whatever its figures, it is never more than possible.
    pub name_only: bool,
}

/// What a segment is called that is written to no file, so is never opened by another version.
const IN_MEMORY: &str = "in memory";

/// One segment, made in memory.
fn segments_of(entities: &[Entity]) -> Vec<Segment> {
    let mut builder = SegmentBuilder::default();
    for entity in entities {
        builder.add(entity);
    }
    let segment = Segment::open(builder.finish(IN_MEMORY), IN_MEMORY);
    debug_assert!(segment.is_ok(), "a segment just made is whole");
    segment.into_iter().collect()
}

impl Index {
    /// Builds one segment in memory and opens it.
    pub fn build(entities: &[Entity], model: &MatchModel) -> Self {
        Self::open(segments_of(entities), model)
    }

    /// Opens segments to be asked together. What they hold is prepared when first met.
    pub fn open(segments: Vec<Segment>, model: &MatchModel) -> Self {
        let frequencies = frequencies_of(&segments);
        Self::with(segments, frequencies, model)
    }

    /// The same, with rarity and prior as other segments have them: those of former versions of the
    /// lists. So a new version of a list moves no figure of an entry that it does not touch.
    pub fn open_against(segments: Vec<Segment>, reference: &[Segment], model: &MatchModel) -> Self {
        Self::with(segments, frequencies_of(reference), model)
    }

    /// An index of a few of the entries alone, by list and id, with the same rarity and prior: what
    /// it finds weighs what it weighs here. Entries that are not here are left out.
    #[must_use]
    pub fn part(&self, entries: &BTreeSet<(DatasetName, EntityId)>) -> Self {
        let mut segments = Vec::new();
        for slot in &self.segments {
            let mut builder = SegmentBuilder::default();
            let found = entries.iter().filter_map(|(list, id)| slot.segment.find(list, id));
            for facts in found.filter_map(|at| slot.segment.facts(at)) {
                builder.add_facts(facts);
            }
            segments.extend(Segment::open(builder.finish(IN_MEMORY), IN_MEMORY));
        }
        Self::with(segments, self.frequencies.clone(), &self.model)
    }

    /// An index of other entities with the rarity and prior of this one: what it finds weighs what it
    /// would weigh here.
    #[must_use]
    pub fn beside(&self, entities: &[Entity]) -> Self {
        Self::with(segments_of(entities), self.frequencies.clone(), &self.model)
    }

    fn with(segments: Vec<Segment>, frequencies: Frequencies, model: &MatchModel) -> Self {
        let slot = |segment: Segment| {
            let prepared = std::iter::repeat_with(OnceLock::new).take(segment.len()).collect();
            Slot { segment, prepared }
        };
        Self {
            model: model.clone(),
            frequencies,
            entities: segments.iter().map(Segment::len).sum(),
            segments: segments.into_iter().map(slot).collect(),
            room: AtomicUsize::new(NAMES_KEPT_MAX),
        }
    }

    /// The number of entities that can be found.
    pub fn len(&self) -> usize {
        self.entities
    }

    /// True if nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.entities == 0
    }

    /// The frequencies over the listed entities.
    pub fn frequencies(&self) -> &Frequencies {
        &self.frequencies
    }

    /// The best candidates for a query, best first; ties by list and id.
    pub fn screen(&self, query: &Entity, options: &ScreenOptions) -> Vec<ScreenHit> {
        self.screen_within(query, options, &Scope::default())
    }

    /// The same among some of the entities.
    pub fn screen_within(
        &self,
        query: &Entity,
        options: &ScreenOptions,
        scope: &Scope,
    ) -> Vec<ScreenHit> {
        let query = Prepared::new(query, &self.model);
        let share = options.share.unwrap_or(self.model.screening_share);
        let prior = Prior::of_screening(share, self.frequencies.people());
        let mut ranked: Vec<(f64, Position, Arc<Prepared>, Vec<Finding>)> = self
            .candidates(&query, options.top, scope)
            .into_iter()
            .map(|(at, candidate)| {
                let findings = find_all(&self.model, &self.frequencies, &query, &candidate);
                (findings.iter().map(|f| f.weight).sum(), at, candidate, findings)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked
            .into_iter()
            .take(options.top)
            .enumerate()
            .map(|(rank, (.., candidate, findings))| {
                let explain = options.explain && scope.explained.is_none_or(|most| rank < most);
                self.hit((&query, &candidate), &findings, prior, explain)
            })
            .filter(|hit| hit.pair.score >= options.cutoff)
            .collect()
    }

    /// Any two entities as screening compares them, with the same figures, whether or not one was
    /// brought up as a candidate of the other.
    pub fn compare(&self, query: &Entity, candidate: &Entity) -> ScoredPair {
        let prior = Prior::of_screening(self.model.screening_share, self.frequencies.people());
        self.scored(query, candidate, prior)
    }

    /// Two records of an index of records, as the search for duplicates compares them.
    pub fn compare_records(&self, left: &Entity, right: &Entity) -> ScoredPair {
        let prior = Prior::of_screening(self.model.duplicate_share, self.len());
        let (left, right) = if left.id <= right.id { (left, right) } else { (right, left) };
        self.scored(left, right, prior)
    }

    fn scored(&self, left: &Entity, right: &Entity, prior: Prior) -> ScoredPair {
        let left = Prepared::new(left, &self.model);
        let right = Prepared::new(right, &self.model);
        crate::compare(&self.model, &self.frequencies, &left, &right, prior)
    }

    /// The comparison with one entry, whether or not it would be found; `None` if no list has it.
    pub fn compare_with(&self, query: &Entity, entry: &EntityId) -> Option<ScreenHit> {
        let query = Prepared::new(query, &self.model);
        let prior = Prior::of_screening(self.model.screening_share, self.frequencies.people());
        let (segment, at) = (0u32..)
            .zip(&self.segments)
            .find_map(|(segment, slot)| Some((segment, slot.segment.find_id(entry)?)))?;
        let candidate = self.entity((segment, at))?;
        let findings = find_all(&self.model, &self.frequencies, &query, &candidate);
        Some(self.hit((&query, &candidate), &findings, prior, true))
    }

    fn hit(
        &self,
        (query, candidate): (&Prepared, &Prepared),
        findings: &[Finding],
        prior: Prior,
        explain: bool,
    ) -> ScreenHit {
        let pair = if explain {
            explained(&self.model, &self.frequencies, (query, candidate), findings, prior)
        } else {
            judged(&self.model, (query, candidate), findings, prior)
        };
        ScreenHit {
            pair,
            dataset: candidate.dataset().cloned().unwrap_or_else(|| "".into()),
            entity_id: candidate.id().clone(),
            caption: candidate.caption().to_owned(),
            name_only: is_name_only(findings),
        }
    }

    /// Prepares what there is room for, so that the first queries take no longer than later ones,
    /// on all cores. May run while queries are asked.
    pub fn warm(&self) {
        for (segment, slot) in (0..).zip(&self.segments) {
            let positions = (0..u32::MAX).into_par_iter().zip(&slot.prepared);
            let all = positions.try_for_each(|(at, kept)| {
                let is_sound = self.entity((segment, at)).is_some();
                // Nothing is kept any more once there is no room.
                if is_sound && kept.get().is_none() { None } else { Some(()) }
            });
            if all.is_none() {
                return;
            }
        }
    }

    /// An entity, prepared now or before. `None` if the segment is damaged there.
    fn entity(&self, (segment, at): Position) -> Option<Arc<Prepared>> {
        let slot = self.segments.get(segment as usize)?;
        let kept = slot.prepared.get(at as usize)?;
        if let Some(prepared) = kept.get() {
            return Some(prepared.clone());
        }
        let prepared = Arc::new(Prepared::of(&slot.segment.facts(at)?));
        let names = prepared.names.len().max(1);
        let takes = |room: usize| room.checked_sub(names);
        if self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, takes).is_ok() {
            return Some(kept.get_or_init(|| prepared).clone());
        }
        Some(prepared)
    }

    /// Entities worth a full comparison: those whose names look most alike, and in between those
    /// that share a handle; filled up to `top`.
    fn candidates(
        &self,
        query: &Prepared,
        top: usize,
        scope: &Scope,
    ) -> Vec<(Position, Arc<Prepared>)> {
        let mut scored: FxHashMap<Position, f64> = FxHashMap::default();
        let mut offer = |entity: Position, weight: f64| {
            let best = scored.entry(entity).or_insert(f64::MIN);
            *best = best.max(weight);
        };
        for name in &query.names {
            for (entity, weight) in self.alike(&name.name, scope) {
                offer(entity, weight);
            }
        }
        for handle in handles_of(query) {
            for (segment, slot) in self.asked(scope) {
                let members = slot.segment.equal(handle.key);
                let tie = 1e-3 / (members.len() as f64 + 1.0);
                for &at in handle.kind.worth_following(members) {
                    offer((segment, at), handle.kind.rank() + tie);
                }
            }
        }
        let mut found: Vec<(f64, Position)> = scored.into_iter().map(|(at, w)| (w, at)).collect();
        found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let most = FULL_MIN.max(top + MARGIN);
        let mut positions: Vec<Position> = found.into_iter().map(|(_, at)| at).collect();
        if !scope.found_only {
            positions.truncate(most);
            self.fill_up(&mut positions, top);
        }
        let candidates = positions.into_iter().filter_map(|at| Some((at, self.entity(at)?)));
        let accepted =
            candidates.filter(|(_, candidate)| match (scope.accepts, candidate.dataset()) {
                (Some(accepts), Some(dataset)) => accepts(dataset, candidate.id()),
                _ => true,
            });
        accepted.take(most).collect()
    }

    /// The segments in scope, with their numbers.
    fn asked<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = (u32, &'a Slot)> {
        (0u32..).zip(&self.segments).filter(|(segment, _)| scope.asks(*segment))
    }

    /// Adds any entities until there are so many.
    fn fill_up(&self, candidates: &mut Vec<Position>, top: usize) {
        let missing = top.saturating_sub(candidates.len());
        if missing == 0 {
            return;
        }
        let known = candidates.clone();
        let all = (0u32..).zip(&self.segments).flat_map(|(segment, slot)| {
            (0u32..).zip(&slot.prepared).map(move |(at, _)| (segment, at))
        });
        candidates.extend(all.filter(|at| !known.contains(at)).take(missing));
    }

    /// Entities with a name like this one, each with what the name alone would weigh.
    fn alike(&self, name: &names::Name, scope: &Scope) -> Vec<(Position, f64)> {
        let engine = Engine::bundled();
        let asked = Asked::new(engine, name);
        let fast_max = if scope.accepts.is_some() { FAST_MAX * MORE_ASKED } else { FAST_MAX };
        let mut found: Vec<(f32, u32, usize)> = Vec::new();
        for (segment, slot) in self.asked(scope) {
            let candidates = slot.segment.names().candidates(&asked, fast_max);
            found.extend(candidates.iter().map(|c| (c.weight, segment, c.position)));
        }
        let order = |a: &(f32, u32, usize), b: &(f32, u32, usize)| {
            b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2)))
        };
        if found.len() > fast_max {
            found.select_nth_unstable_by(fast_max, order);
            found.truncate(fast_max);
        }
        let mut alike = Vec::with_capacity(found.len());
        for (weight, segment, position) in found {
            let slot = &self.segments[segment as usize];
            let Some((at, nth)) = slot.segment.owner(position) else { continue };
            let Some(entity) = self.entity((segment, at)) else { continue };
            let Some(other) = entity.names.get(nth) else { continue };
            let agreement = engine.agreement(name, &other.name, self.frequencies.rarity());
            let own = self.model.name.likeness(&agreement) + f64::from(weight) / 1e4;
            alike.push(((segment, at), own));
        }
        alike
    }
}

fn frequencies_of(segments: &[Segment]) -> Frequencies {
    let mut counts = Counts::default();
    for segment in segments {
        segment.add_counts(&mut counts);
    }
    Frequencies::of(counts)
}
