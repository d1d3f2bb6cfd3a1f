//! `crossroll eval`: measures the shipped model on labelled data, by default on the built-in set.
//!
//! What is measured is made by the one comparison: pairs by `resolve::compare`, queries by the index
//! that `screen` asks. The figures are `resolve::measure`'s; `docs/design/measure.md` has the layout
//! of the labels and the formulas.

mod labels;
mod links;
mod origin;
mod pairs;
mod queries;
mod show;
mod write;

use std::path::Path;

use case::Session;
use resolve::MatchModel;
use serde_json::{Value, json};

use crate::args::EvalArgs;
use crate::command::lists::tell_problems;
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk};

/// The built-in set: fictional people, firms and ships, labelled by hand; see `corpus/eval`.
const PAIRS: &str = include_str!("../../../../corpus/eval/pairs.jsonl");
const LIST: &str = include_str!("../../../../corpus/eval/list.jsonl");
const QUERIES: &str = include_str!("../../../../corpus/eval/queries.jsonl");

/// What was measured; a part that was not asked for is nothing.
pub(crate) struct Measured {
    /// True if the built-in set was measured.
    pub(crate) is_built_in: bool,
    pub(crate) threshold: f64,
    pub(crate) pairs: Option<pairs::PairFigures>,
    pub(crate) queries: Option<queries::QueryFigures>,
    pub(crate) links: Option<links::LinkFigures>,
}

pub(crate) fn run(args: &EvalArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let is_built_in = args.pairs.is_none() && args.queries.is_none() && args.links.is_none();
    let mut problems = 0;
    let measured = if is_built_in {
        let session = Session::of_bytes("list.jsonl", LIST.as_bytes().to_vec(), talk.progress())?;
        let pairs = labels::read_pairs(PAIRS.as_bytes(), "the built-in pairs")?;
        let queries = labels::read_queries(QUERIES.as_bytes(), "the built-in queries")?;
        Measured {
            is_built_in,
            threshold: args.threshold,
            pairs: Some(pairs::measure(&pairs, args.threshold, args.prior)),
            queries: Some(queries::measure(&queries, &session, args.threshold, args.prior)),
            links: None,
        }
    } else {
        Measured {
            is_built_in,
            threshold: args.threshold,
            pairs: args.pairs.as_deref().map(|path| of_pairs(path, args)).transpose()?,
            queries: args
                .queries
                .as_deref()
                .map(|path| of_queries(path, args, talk, &mut problems))
                .transpose()?,
            links: args
                .links
                .as_deref()
                .zip(args.truth.as_deref())
                .map(|(links, truth)| links::measure(links, truth))
                .transpose()?,
        }
    };
    let mut out = Sink::open(args.out.as_deref())?;
    if args.json {
        write::write(&measured, &mut out)?;
    } else {
        show::show(&measured, &mut out)?;
    }
    out.finish()?;
    Ok(Outcome::of_problems(problems))
}

fn of_pairs(path: &Path, args: &EvalArgs) -> anyhow::Result<pairs::PairFigures> {
    let pairs = labels::read_pairs(&read(path)?, &path.display().to_string())?;
    Ok(pairs::measure(&pairs, args.threshold, args.prior))
}

fn of_queries(
    path: &Path,
    args: &EvalArgs,
    talk: &Talk,
    problems: &mut u64,
) -> anyhow::Result<queries::QueryFigures> {
    let queries = labels::read_queries(&read(path)?, &path.display().to_string())?;
    let paths: Vec<(Option<String>, &Path)> =
        args.list.iter().map(|path| (None, path.as_path())).collect();
    let session = Session::open(&paths, &args.map, talk.progress())?;
    for summary in &session.lists {
        tell_problems(summary, talk);
        *problems += summary.problems.len() as u64;
    }
    Ok(queries::measure(&queries, &session, args.threshold, args.prior))
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    Ok(std::fs::read(path).map_err(|e| {
        Mistake::new(format!("cannot read {}: {e}", path.display()), "name a file of labels")
    })?)
}

/// The model that every figure belongs to.
pub(crate) fn model_identity() -> Value {
    let model = MatchModel::bundled();
    json!({
        "version": model.version, "date": model.date, "origin": model.origin,
        "program": env!("CARGO_PKG_VERSION"),
    })
}
