//! `crossroll add CASE PATH...`

use std::io::Write as _;

use case::{Acquisition, AddOptions};
use model::{Accounting, DocumentState};
use serde_json::json;

use crate::args::AddArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &AddArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut case = super::open_case_to_change(&args.case, "add", talk)?;
    let mut out = Sink::open(None)?;
    let options = AddOptions {
        name: args.name.clone(),
        acquisition: Acquisition {
            by: args.by.clone().or_else(|| std::env::var("USER").ok()),
            from: args.from.clone(),
            device: args.device.clone(),
            note: args.note.clone(),
        },
    };
    let mut total = Accounting::default();
    let mut problems = 0;
    for path in &args.paths {
        let summary = case.add(path, &options, talk.progress())?;
        if let Some(before) = &summary.joins {
            talk.warn(&format!(
                "{} is the name of what was acquired from {before}; these files join it",
                summary.dataset
            ));
            talk.hint("`--name NAME` keeps another stick apart, with a note of its own");
        }
        talk.say(&format!(
            "{}: {} files and members, {} of them new to the case",
            summary.dataset,
            summary.accounting.total(),
            summary.added
        ));
        total += summary.accounting;
        problems += summary.problems;
    }
    let whole = total.count(DocumentState::Read) + total.count(DocumentState::Duplicate);
    let not_whole = total.total() - whole;
    if problems + not_whole > 0 {
        talk.warn(&format!(
            "{not_whole} files were not read whole, {problems} problems recorded; \
             `crossroll documents CASE` tells which and why"
        ));
    }
    if args.json {
        let states: serde_json::Map<_, _> = DocumentState::ALL
            .into_iter()
            .map(|s| (s.as_str().to_owned(), json!(total.count(s))))
            .collect();
        let line = json!({"version": 1, "files": total.total(), "states": states,
                          "problems": problems});
        json_line(&mut out, &line)?;
    } else {
        writeln!(out, "{total}")?;
    }
    out.finish()?;
    Ok(Outcome::of_problems(problems + not_whole))
}
