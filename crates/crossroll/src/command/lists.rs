//! `crossroll lists`: loading, showing, versions, fetching.

mod fetch;
mod versions;

use std::io::Write as _;

use case::{ListOptions, ListSummary};
use model::DatasetKind;
use serde_json::json;

use crate::args::CaseJsonArgs;
use crate::args::lists::ListsAddArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) use fetch::{fetch, sources};
pub(crate) use versions::{diff, versions};

/// Problems printed one by one; the rest is counted.
const PROBLEMS_SHOWN: usize = 10;

pub(crate) fn add(args: &ListsAddArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut case = super::open_case_to_change(&args.case, "lists/add", talk)?;
    let options = ListOptions { name: args.name.clone(), map: args.map.clone(), again: args.again };
    let summary = case.add_list(&args.path, &options, talk.progress())?;
    tell_problems(&summary, talk);
    tell_version(&summary, talk);
    let mut out = Sink::open(None)?;
    let ListSummary { dataset, info, problems, version, is_known } = &summary;
    if args.json {
        let counts = info.counts;
        let line = json!({
            "version": 1, "name": dataset.name, "title": dataset.title, "date": dataset.date,
            "sha256": dataset.sha256, "format": info.format, "entities": counts.entities,
            "persons": counts.persons, "aliases": counts.aliases,
            "weak_aliases": counts.weak_aliases, "skipped": counts.skipped,
            "problems": problems.len(), "list_version": version.as_ref().map(|v| v.version),
            "is_known": is_known, "changes": version.as_ref().and_then(|v| v.changes),
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

/// Which version of the list it is, and what it changed.
fn tell_version(summary: &ListSummary, talk: &Talk) {
    let Some(version) = &summary.version else { return };
    let (list, number) = (&version.list, version.version);
    if summary.is_known {
        talk.say(&format!("version {number} of {list} is loaded already; nothing was done"));
        talk.hint("`--again` reads it anew");
    } else if let Some(changes) = version.changes {
        talk.say(&format!("version {number} of {list}: {changes}"));
        talk.hint(&format!(
            "`crossroll lists diff CASE {list}` tells each; `crossroll run CASE` brings the leads \
             up to date"
        ));
    }
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
    let case = super::open(&args.case, talk)?;
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
