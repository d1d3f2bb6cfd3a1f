//! Owns the clusters: records joined by likely pairs, best first, where the records of both sides
//! agree on the whole.
//!
//! A bridge of one likely pair between two groups whose other records speak against each other is
//! refused. Invariant: clusters are a partition, the same for any order of the pairs.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::score::ScoredPair;

/// Weights beyond this count as this: no single pair decides over a group.
const WEIGHT_BOUND: f32 = 12.0;
/// Mean weight that two groups need to be joined; chosen on planted families
/// and on `historical_50k`, see `docs/design/link.md`.
const MEAN_MIN: f32 = -4.0;
/// Records of a component that are compared all with all; bigger ones are thinned out first.
const WHOLE_MAX: usize = 400;

/// What became of the records.
#[derive(Debug)]
pub(crate) struct Clustering {
    /// By record the smallest record of its cluster.
    pub(crate) of: Vec<u32>,
    /// Joins that were refused.
    pub(crate) refused: u64,
    /// Pairs within components that no rule found, with their weight.
    pub(crate) more: Vec<ScoredPair>,
}

/// A pair that may join two records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Join {
    pub(crate) pair: ScoredPair,
    /// Its weight with caution: never more than as scored.
    pub(crate) cautious: f32,
}

/// How records are weighed, and what keeps them apart.
pub(crate) struct Weighing<'a> {
    /// Weighs any pair.
    pub(crate) weigh: &'a (dyn Fn(u32, u32) -> Join + Sync),
    /// True if the pair may be compared at all.
    pub(crate) may_pair: &'a (dyn Fn(u32, u32) -> bool + Sync),
    /// From this weight on a pair joins.
    pub(crate) threshold: f32,
    /// A cluster holds one record of each table at most.
    pub(crate) one_to_one: bool,
}

/// Clusters records by pairs of at least the threshold; other pairs are ignored.
pub(crate) fn cluster(records: usize, pairs: &[Join], by: &Weighing<'_>) -> Clustering {
    let count = u32::try_from(records).unwrap_or(u32::MAX);
    let mut of: Vec<u32> = (0..count).collect();
    let mut joining: Vec<ScoredPair> = pairs
        .iter()
        .filter(|j| j.cautious >= by.threshold)
        .map(|j| ScoredPair { weight: j.cautious, ..j.pair })
        .collect();
    for pair in &joining {
        union(&mut of, pair.left, pair.right);
    }
    for record in 0..count {
        let root = find(&mut of, record);
        of[record as usize] = root;
    }
    joining.sort_unstable_by_key(|p| (of[p.left as usize], p.left, p.right));
    let components: Vec<&[ScoredPair]> =
        joining.chunk_by(|a, b| of[a.left as usize] == of[b.left as usize]).collect();
    let split: Vec<Component> =
        components.into_par_iter().map(|edges| Component::of(edges, by)).collect();
    let (mut refused, mut more) = (0, Vec::new());
    for part in split {
        for (record, root) in part.members.iter().zip(&part.roots) {
            of[*record as usize] = *root;
        }
        refused += part.refused;
        more.extend(part.more);
    }
    Clustering { of, refused, more }
}

fn find(of: &mut [u32], mut record: u32) -> u32 {
    while of[record as usize] != record {
        let up = of[of[record as usize] as usize];
        of[record as usize] = up;
        record = up;
    }
    record
}

/// The root of the member at a place.
fn find_at(of: &mut [u32], at: usize) -> u32 {
    find(of, u32::try_from(at).unwrap_or(0))
}

/// Joins two sets; the smaller number stays the root.
fn union(of: &mut [u32], left: u32, right: u32) {
    let (l, r) = (find(of, left), find(of, right));
    of[l.max(r) as usize] = l.min(r);
}

/// A connected component, taken apart.
struct Component {
    members: Vec<u32>,
    roots: Vec<u32>,
    refused: u64,
    more: Vec<ScoredPair>,
}

/// Sum and number of weights between two groups.
#[derive(Clone, Copy, Default)]
struct Between {
    sum: f32,
    count: f32,
}

impl Between {
    /// True if the two groups may be one person: their pairs speak for it on the whole.
    fn allows(self) -> bool {
        self.sum >= MEAN_MIN * self.count
    }

    fn of(weight: f32) -> Self {
        Self { sum: weight.clamp(-WEIGHT_BOUND, WEIGHT_BOUND), count: 1.0 }
    }

    fn add(&mut self, other: Self) {
        self.sum += other.sum;
        self.count += other.count;
    }
}

impl Component {
    fn of(edges: &[ScoredPair], by: &Weighing<'_>) -> Self {
        let mut members: Vec<u32> = edges.iter().flat_map(|p| [p.left, p.right]).collect();
        members.sort_unstable();
        members.dedup();
        if let [left, right] = members.as_slice() {
            debug_assert!(left < right);
            let roots = vec![*left, *left];
            return Self { members, roots, refused: 0, more: Vec::new() };
        }
        if members.len() > WHOLE_MAX {
            return Self::of_too_many(edges, &members, by);
        }
        let mut known: FxHashMap<(u32, u32), f32> = FxHashMap::default();
        for pair in edges {
            known.insert((pair.left, pair.right), pair.weight);
        }
        let mut weights: Vec<(usize, usize, f32)> = Vec::new();
        let mut more = Vec::new();
        for (i, l) in members.iter().enumerate() {
            for (j, r) in members.iter().enumerate().skip(i + 1) {
                if let Some(weight) = known.get(&(*l, *r)) {
                    weights.push((i, j, *weight));
                    continue;
                }
                let join = (by.weigh)(*l, *r);
                weights.push((i, j, join.cautious));
                if (by.may_pair)(*l, *r) {
                    more.push(join.pair);
                }
            }
        }
        let (groups, refused) = join(members.len(), weights, by, &members);
        let roots = groups.iter().map(|g| members[*g]).collect();
        Self { members, roots, refused, more }
    }

    /// A component too big to compare whole: its weakest pairs are left out until the pieces are
    /// small enough.
    fn of_too_many(edges: &[ScoredPair], members: &[u32], by: &Weighing<'_>) -> Self {
        let mut weights: Vec<f32> = edges.iter().map(|p| p.weight).collect();
        weights.sort_unstable_by(f32::total_cmp);
        let bound = weights[weights.len() / 4];
        let strong: Vec<ScoredPair> = edges.iter().filter(|p| p.weight > bound).copied().collect();
        let at = |record: u32| members.binary_search(&record).unwrap_or(0);
        let mut of: Vec<u32> = (0..u32::try_from(members.len()).unwrap_or(u32::MAX)).collect();
        let number = |record: u32| u32::try_from(at(record)).unwrap_or(0);
        for pair in &strong {
            union(&mut of, number(pair.left), number(pair.right));
        }
        let roots: Vec<u32> = (0..of.len()).map(|i| find_at(&mut of, i)).collect();
        let mut sorted = strong;
        sorted.sort_unstable_by_key(|p| (roots[at(p.left)], p.left, p.right));
        let mut whole = Self {
            roots: members.to_vec(),
            refused: (edges.len() - sorted.len()) as u64,
            more: Vec::new(),
            members: members.to_vec(),
        };
        for piece in sorted.chunk_by(|a, b| roots[at(a.left)] == roots[at(b.left)]) {
            let part = Self::of(piece, by);
            for (record, root) in part.members.iter().zip(&part.roots) {
                let place = whole.members.binary_search(record).unwrap_or(0);
                whole.roots[place] = *root;
            }
            whole.refused += part.refused;
            whole.more.extend(part.more);
        }
        whole
    }
}

/// Joins groups, best pair first, where the mean of all weights between them allows it; gives the
/// first member of each one's group.
fn join(
    size: usize,
    mut weights: Vec<(usize, usize, f32)>,
    by: &Weighing<'_>,
    members: &[u32],
) -> (Vec<usize>, u64) {
    let mut groups: Vec<usize> = (0..size).collect();
    let mut inside: Vec<Vec<usize>> = (0..size).map(|i| vec![i]).collect();
    let mut between: Vec<FxHashMap<usize, Between>> = vec![FxHashMap::default(); size];
    for (i, j, weight) in &weights {
        let link = Between::of(*weight);
        between[*i].insert(*j, link);
        between[*j].insert(*i, link);
    }
    weights.retain(|w| w.2 >= by.threshold);
    weights.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut refused = 0;
    for (i, j, _) in weights {
        let (a, b) = (groups[i].min(groups[j]), groups[i].max(groups[j]));
        if a == b {
            continue;
        }
        let link = between[a].get(&b).copied().unwrap_or_default();
        let crowded = by.one_to_one
            && inside[a]
                .iter()
                .any(|x| inside[b].iter().any(|y| !(by.may_pair)(members[*x], members[*y])));
        if crowded || !link.allows() {
            refused += 1;
            continue;
        }
        let moved = std::mem::take(&mut inside[b]);
        for member in &moved {
            groups[*member] = a;
        }
        inside[a].extend(moved);
        let mut gone: Vec<(usize, Between)> = std::mem::take(&mut between[b]).into_iter().collect();
        gone.sort_unstable_by_key(|(other, _)| *other);
        between[a].remove(&b);
        for (other, add) in gone {
            between[other].remove(&b);
            if other == a {
                continue;
            }
            for (x, y) in [(a, other), (other, a)] {
                between[x].entry(y).or_default().add(add);
            }
        }
    }
    (groups, refused)
}
