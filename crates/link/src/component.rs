//! Owns the joining of records that hang together: best pair first, where the records of both sides
//! agree on the whole; then groups that no single pair joins, by all that their records show.
//!
//! A bridge of one likely pair between two groups whose other records speak against each other is
//! not taken. Invariant: bases are never taken apart, and no group holds two records that were
//! judged different, or two earlier clusters.

use rustc_hash::FxHashMap;

use crate::cluster::Weighing;
use crate::known::Sets;
use crate::score::{Join, ScoredPair};

/// Weights beyond this count as this: no single pair decides over a group.
const WEIGHT_BOUND: f32 = 12.0;
/// Mean weight that two groups need to be joined; chosen on planted families
/// and on `historical_50k`, see `docs/design/link.md`.
const MEAN_MIN: f32 = -4.0;
/// Bits below the threshold at which all that two groups show together still joins them: their
/// records bear each other out; chosen on generated people and families (two seeds) and
/// `historical_50k`, November 2026, where 0, 3, 4, 5 and 6 were tried.
const PROFILE_SLACK: f32 = 3.0;
/// Records of a component that are compared all with all; bigger ones are thinned out first.
const WHOLE_MAX: usize = 400;

/// Records that hang together, with what became of them.
pub(crate) struct Component {
    pub(crate) members: Vec<u32>,
    /// By member the smallest record of its cluster.
    pub(crate) roots: Vec<u32>,
    /// Pairs that were weighed here for the first time.
    pub(crate) more: Vec<ScoredPair>,
}

impl Component {
    /// Joins sorted members by their likely pairs.
    pub(crate) fn of(edges: &[Join], members: Vec<u32>, by: &Weighing<'_>) -> Self {
        if let ([left, right], [edge]) = (members.as_slice(), edges) {
            let joins = edge.cautious >= by.threshold || by.bases.of(*left) == by.bases.of(*right);
            if !by.bases.are_given() && !by.bases.is_judged(*left) {
                let roots = vec![*left, if joins { *left } else { *right }];
                return Self { members, roots, more: Vec::new() };
            }
        }
        if members.len() > WHOLE_MAX {
            return Self::of_too_many(edges, members, by);
        }
        let known: FxHashMap<(u32, u32), &Join> =
            edges.iter().map(|e| ((e.pair.left, e.pair.right), e)).collect();
        let mut groups = Groups::new(&members, by);
        let mut more = Vec::new();
        for (i, l) in members.iter().enumerate() {
            for (j, r) in members.iter().enumerate().skip(i + 1) {
                if groups.of[i] == groups.of[j] {
                    continue;
                }
                if let Some(join) = known.get(&(*l, *r)) {
                    groups.add(i, j, join);
                    continue;
                }
                let join = by.scorer.join(*l, *r);
                groups.add(i, j, &join);
                if (by.may_pair)(*l, *r) {
                    more.push(join.pair);
                }
            }
        }
        let mut order: Vec<&Join> = edges.iter().collect();
        order.sort_unstable_by(|a, b| {
            let pair = |j: &Join| (j.pair.left, j.pair.right);
            b.cautious.total_cmp(&a.cautious).then(pair(a).cmp(&pair(b)))
        });
        let place = |record: u32| members.binary_search(&record).unwrap_or(0);
        for edge in &order {
            if edge.cautious >= by.threshold {
                groups.join(place(edge.pair.left), place(edge.pair.right), Groups::agree);
            }
        }
        for edge in &order {
            groups.join(place(edge.pair.left), place(edge.pair.right), |g, a, b| {
                g.agree(a, b) && g.match_as_profiles(a, b)
            });
        }
        let roots = groups.of.iter().map(|g| members[*g]).collect();
        Self { members, roots, more }
    }

    /// A component too big to compare whole: its weakest pairs are left out until the pieces are
    /// small enough.
    fn of_too_many(edges: &[Join], members: Vec<u32>, by: &Weighing<'_>) -> Self {
        let at = |record: u32| members.binary_search(&record).unwrap_or(0);
        let number = |record: u32| u32::try_from(at(record)).unwrap_or(0);
        let mut sets = Sets::new(members.len());
        for record in &members {
            sets.union(number(*record), number(by.bases.of(*record)));
        }
        let mut whole = Self {
            roots: members.iter().map(|r| by.bases.of(*r)).collect(),
            more: Vec::new(),
            members: Vec::new(),
        };
        let mut weights: Vec<f32> = edges.iter().map(|e| e.cautious).collect();
        weights.sort_unstable_by(f32::total_cmp);
        // Pairs that do not join by themselves go first.
        let quarter = weights.get(weights.len() / 4).copied().unwrap_or(f32::INFINITY);
        let is_strong = |e: &&Join| e.cautious > quarter && e.cautious >= by.threshold;
        let strong: Vec<Join> = edges.iter().filter(is_strong).copied().collect();
        for edge in &strong {
            sets.union(number(edge.pair.left), number(edge.pair.right));
        }
        let roots = sets.roots();
        let mut sorted: Vec<(u32, Join)> =
            strong.into_iter().map(|e| (roots[at(e.pair.left)], e)).collect();
        sorted.sort_unstable_by_key(|(root, e)| (*root, e.pair.left, e.pair.right));
        for piece in sorted.chunk_by(|a, b| a.0 == b.0) {
            let inside: Vec<u32> = members
                .iter()
                .zip(&roots)
                .filter(|(_, root)| **root == piece[0].0)
                .map(|(record, _)| *record)
                .collect();
            let edges: Vec<Join> = piece.iter().map(|e| e.1).collect();
            let part = Self::of(&edges, inside, by);
            for (record, root) in part.members.iter().zip(&part.roots) {
                whole.roots[at(*record)] = *root;
            }
            whole.more.extend(part.more);
        }
        whole.members = members;
        whole
    }
}

/// Groups of members in the making.
struct Groups<'a> {
    by: &'a Weighing<'a>,
    members: &'a [u32],
    /// By member the first member of its group.
    of: Vec<usize>,
    /// By first member the members of its group, in order.
    inside: Vec<Vec<usize>>,
    /// Sum and number of the bounded weights between two groups, both ways.
    between: Vec<(f32, f32)>,
    /// Patterns between two members, the smaller first.
    patterns: Vec<u64>,
}

impl<'a> Groups<'a> {
    /// Bases, each a group.
    fn new(members: &'a [u32], by: &'a Weighing<'a>) -> Self {
        let size = members.len();
        let place = |record: u32| members.binary_search(&record).unwrap_or(0);
        let of: Vec<usize> = members.iter().map(|r| place(by.bases.of(*r))).collect();
        let mut inside: Vec<Vec<usize>> = vec![Vec::new(); size];
        for (member, group) in of.iter().enumerate() {
            inside[*group].push(member);
        }
        let between = vec![(0.0, 0.0); size * size];
        Self { by, members, of, inside, between, patterns: vec![0; size * size] }
    }

    /// Counts a pair of members of two bases.
    fn add(&mut self, i: usize, j: usize, join: &Join) {
        let size = self.members.len();
        self.patterns[i * size + j] = join.pattern;
        let weight = join.cautious.clamp(-WEIGHT_BOUND, WEIGHT_BOUND);
        for (x, y) in [(self.of[i], self.of[j]), (self.of[j], self.of[i])] {
            let sum = &mut self.between[x * size + y];
            *sum = (sum.0 + weight, sum.1 + 1.0);
        }
    }

    /// Joins the groups of two members if nothing keeps them apart and `may` has no objection.
    fn join(&mut self, i: usize, j: usize, may: impl Fn(&Self, usize, usize) -> bool) {
        let (a, b) = (self.of[i].min(self.of[j]), self.of[i].max(self.of[j]));
        if a == b || self.are_apart(a, b) || !may(self, a, b) {
            return;
        }
        let moved = std::mem::take(&mut self.inside[b]);
        for member in &moved {
            self.of[*member] = a;
        }
        self.inside[a].extend(moved);
        self.inside[a].sort_unstable();
        let size = self.members.len();
        for other in 0..size {
            let add = self.between[b * size + other];
            if other != a && add.1 > 0.0 {
                for at in [a * size + other, other * size + a] {
                    let sum = &mut self.between[at];
                    *sum = (sum.0 + add.0, sum.1 + add.1);
                }
            }
        }
    }

    /// True if the records of two groups speak for one person on the whole.
    fn agree(&self, a: usize, b: usize) -> bool {
        let (sum, count) = self.between[a * self.members.len() + b];
        sum >= MEAN_MIN * count
    }

    /// True if all that the records of two groups show together speaks for one person.
    fn match_as_profiles(&self, a: usize, b: usize) -> bool {
        let (left, right) = (&self.inside[a], &self.inside[b]);
        let size = self.members.len();
        if left.len() + right.len() < 3 {
            return false;
        }
        let records = |of: &[usize]| of.iter().map(|m| self.members[*m]).collect::<Vec<u32>>();
        let pattern = |i: usize, j: usize| {
            let (i, j) = (left[i].min(right[j]), left[i].max(right[j]));
            self.patterns[i * size + j]
        };
        let weight = self.by.scorer.profile(&records(left), &records(right), pattern);
        weight >= self.by.threshold - PROFILE_SLACK
    }

    /// True if a judgement, an earlier result or the tables keep two groups apart.
    fn are_apart(&self, a: usize, b: usize) -> bool {
        let (by, bases) = (self.by, self.by.bases);
        let pairs =
            || self.inside[a].iter().flat_map(|i| self.inside[b].iter().map(move |j| (*i, *j)));
        let records = |(i, j): (usize, usize)| (self.members[i], self.members[j]);
        let judged = self.inside[a].iter().any(|i| bases.is_judged(self.members[*i]));
        judged && pairs().map(records).any(|(l, r)| bases.are_judged_apart(l, r))
            || bases.are_given() && pairs().map(records).any(|(l, r)| bases.is_bridge(l, r))
            || by.one_to_one && pairs().map(records).any(|(l, r)| !by.records.may_pair(l, r))
    }
}
