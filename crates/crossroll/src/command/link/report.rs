//! Owns the report of a linkage: gathers while pairs stream by, chooses what to show, writes one
//! self-contained page.
//!
//! It knows no clock, and of paths only the names of files. Invariant: the same tables and the same
//! options give the same bytes.

mod choose;
mod collect;
mod groups;
mod html;
mod page;
mod pairs;
mod rules;
mod scores;
mod svg;
mod values;
mod weights;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use ::link::{Explainer, Linked, Records, ScoredPair};
use rayon::prelude::*;

use crate::args::LinkArgs;
use crate::exit::Mistake;
use crate::output::Sink;

use super::ids::Ids;
use super::input::Input;
use choose::{Clusters, Shown};
use collect::Collected;
use values::Values;

/// A report in the making.
pub(crate) struct Report<'a> {
    path: &'a Path,
    collected: Collected,
}

/// All that the page is made of.
pub(crate) struct Facts<'a> {
    pub(crate) args: &'a LinkArgs,
    pub(crate) input: &'a Input,
    pub(crate) records: &'a Records,
    pub(crate) linked: &'a Linked,
    pub(crate) collected: &'a Collected,
    pub(crate) explainer: &'a Explainer<'a>,
    pub(crate) clusters: &'a Clusters,
    pub(crate) shown: &'a [Shown],
    pub(crate) values: &'a Values<'a>,
    /// Weight of each record against itself, smallest first.
    pub(crate) alone: &'a [f32],
}

impl<'a> Report<'a> {
    /// Begins the report that is asked for, if any; a pair that is not there is the user's mistake.
    pub(crate) fn begin(
        args: &'a LinkArgs,
        input: &Input,
        records: &Records,
    ) -> anyhow::Result<Option<Self>> {
        let Some(path) = args.report.as_deref() else { return Ok(None) };
        let mut asked = BTreeSet::new();
        for (left, right) in &args.report_pair {
            asked.insert(asked_pair(input, left, right)?);
        }
        let collected = Collected::new(records, args.threshold, &asked);
        Ok(Some(Self { path, collected }))
    }

    /// Takes the next pairs.
    pub(crate) fn take(&mut self, records: &Records, pairs: &[ScoredPair]) {
        self.collected.take(records, pairs);
    }

    /// Writes the page.
    pub(crate) fn finish(
        self,
        args: &LinkArgs,
        input: &Input,
        records: &Records,
        linked: &Linked,
    ) -> anyhow::Result<()> {
        let explainer = Explainer::new(records, linked);
        let clusters = choose::clusters(linked, &explainer, &self.collected);
        let shown = choose::pairs(&self.collected, &clusters);
        let wanted = wanted(&clusters, &shown);
        let facts = Facts {
            args,
            input,
            records,
            linked,
            collected: &self.collected,
            explainer: &explainer,
            clusters: &clusters,
            shown: &shown,
            values: &Values::read(&input.tables, &input.ids, &wanted)?,
            alone: &against_themselves(records, &explainer),
        };
        let mut out = Sink::open(Some(self.path))?;
        out.write_all(page::render(&facts).as_bytes())?;
        out.finish()
    }
}

/// The records of a pair by their ids, the smaller first.
fn asked_pair(input: &Input, left: &str, right: &str) -> anyhow::Result<(u32, u32)> {
    let first = input.first;
    let pair = if first < input.ids.len() {
        // Of two tables, the left id is one of the first; who turns them round is understood.
        let turned =
            || Some((find(&input.ids, right, true, first)?, find(&input.ids, left, false, first)?));
        find(&input.ids, left, true, first)
            .zip(find(&input.ids, right, false, first))
            .or_else(turned)
    } else {
        find(&input.ids, left, true, first).zip(find(&input.ids, right, true, first))
    };
    match pair {
        Some((l, r)) if l != r => Ok((l.min(r), l.max(r))),
        _ => Err(Mistake::new(
            format!("no pair of records has the ids {left} and {right}"),
            "--report-pair takes the ids of two records; of two tables, one of each",
        )
        .into()),
    }
}

/// The record with an id, in the first table or the second.
fn find(ids: &Ids, id: &str, in_first: bool, first: usize) -> Option<u32> {
    let split = u32::try_from(first).ok()?;
    let end = u32::try_from(ids.len()).ok()?;
    let mut range = if in_first { 0..split.min(end) } else { split.min(end)..end };
    range.find(|record| ids.text(*record) == id)
}

/// The records whose values are shown.
fn wanted(clusters: &Clusters, shown: &[Shown]) -> BTreeSet<u32> {
    let of_clusters = clusters
        .largest
        .iter()
        .chain(&clusters.doubtful)
        .flat_map(|c| c.members.iter().copied().take(choose::RECORDS_SHOWN));
    of_clusters.chain(shown.iter().flat_map(|s| [s.left, s.right])).collect()
}

/// The properties that are compared by name; the second of a property with its number.
pub(crate) fn field_names(records: &Records) -> Vec<String> {
    let properties = records.properties();
    let name = |(field, property): (usize, &::link::Property)| match properties[..field]
        .iter()
        .filter(|p| *p == property)
        .count()
    {
        0 => property.name().to_owned(),
        before => format!("{property} ({})", before + 1),
    };
    properties.iter().enumerate().map(name).collect()
}

/// What each record could weigh at most: its weight against itself.
fn against_themselves(records: &Records, explainer: &Explainer<'_>) -> Vec<f32> {
    let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
    let mut alone: Vec<f32> = (0..count).into_par_iter().map(|r| explainer.weigh(r, r)).collect();
    alone.sort_unstable_by(f32::total_cmp);
    alone
}
