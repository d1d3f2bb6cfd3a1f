//! `crossroll lists add` and `crossroll lists show`

use std::io::Write as _;

use case::{Case, ListSummary};
use model::DatasetKind;
use serde_json::json;

use crate::args::{CaseJsonArgs, ListsAddArgs};
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

/// Problems printed one by one; the rest is counted.
const PROBLEMS_SHOWN: usize = 10;

pub(crate) fn add(args: &ListsAddArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut case = super::open_case_to_change(&args.case, "lists/add", talk)?;
    let summary = case.add_list(&args.path, args.name.as_deref(), &args.map, talk.progress())?;
    tell_problems(&summary, talk);
    let mut out = Sink::open(None)?;
    let ListSummary { dataset, info, problems } = &summary;
    if args.json {
        let counts = info.counts;
        let line = json!({
            "version": 1, "name": dataset.name, "title": dataset.title, "date": dataset.date,
            "sha256": dataset.sha256, "format": info.format, "entities": counts.entities,
            "persons": counts.persons, "aliases": counts.aliases,
            "weak_aliases": counts.weak_aliases, "skipped": counts.skipped,
            "problems": problems.len(),
        });
        json_line(&mut out, &line)?;
    } else {
        writeln!(out, "{}", describe(&summary))?;
    }
    out.finish()?;
    Ok(Outcome::of_problems(problems.len() as u64))
}

/// The line that is printed for a list on load, here and for `screen`.
pub(crate) fn describe(summary: &ListSummary) -> String {
    let ListSummary { dataset, info, .. } = summary;
    let counts = info.counts;
    format!(
        "{}: {} entities, {} persons, {} aliases, {} weak aliases, {} skipped; format {}, \
         date {}, SHA-256 {}",
        dataset.name,
        counts.entities,
        counts.persons,
        counts.aliases,
        counts.weak_aliases,
        counts.skipped,
        info.format,
        dataset.date.as_deref().unwrap_or("unknown"),
        dataset.sha256
    )
}

/// The first problems of a list, and how many there are.
pub(crate) fn tell_problems(summary: &ListSummary, talk: &Talk) {
    let problems = &summary.problems;
    for problem in problems.iter().take(PROBLEMS_SHOWN) {
        talk.warn(&problem.to_string());
    }
    if problems.len() > PROBLEMS_SHOWN {
        talk.warn(&format!("and {} more problems", problems.len() - PROBLEMS_SHOWN));
    }
}

pub(crate) fn show(args: &CaseJsonArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = Case::open(&args.case)?;
    let mut out = Sink::open(None)?;
    let mut lists = 0;
    for stored in case.datasets()? {
        let dataset = &stored.dataset;
        if dataset.kind != DatasetKind::List {
            continue;
        }
        lists += 1;
        if args.json {
            let line = json!({
                "version": 1, "name": dataset.name, "title": dataset.title, "date": dataset.date,
                "sha256": dataset.sha256, "entities": dataset.entities, "facts": stored.info,
            });
            json_line(&mut out, &line)?;
        } else {
            let date = dataset.date.as_deref().unwrap_or("undated");
            let facts: Vec<String> =
                stored.info.iter().map(|(key, value)| format!("{key} {value}")).collect();
            writeln!(
                out,
                "{}\t{date}\t{} entities\t{}\tSHA-256 {}",
                dataset.name,
                dataset.entities,
                facts.join(", "),
                dataset.sha256
            )?;
        }
    }
    out.finish()?;
    if lists == 0 {
        talk.hint("no list is loaded; load one with `crossroll lists add CASE PATH`");
    }
    Ok(Outcome::Done)
}
