//! `crossroll run CASE`

use std::io::Write as _;

use serde_json::json;

use crate::args::RunArgs;
use crate::command::template::hint_unknown;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &RunArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut case = super::open(&args.case, talk)?;
    let summary = case.run(args.again, talk.progress())?;
    if !summary.changed {
        talk.say("nothing has changed since the last run");
    }
    if summary.listed == 0 {
        talk.warn("no list is loaded, so nobody can be found on one");
        talk.hint("load one with `crossroll lists add CASE PATH`");
    }
    hint_unknown(&summary.unknown, talk);
    let mut out = Sink::open(None)?;
    if args.json {
        let line = json!({
            "version": 1, "documents": summary.documents, "records": summary.records,
            "people": summary.people, "listed_entities": summary.listed,
            "changed": summary.changed, "unknown_layouts": summary.unknown.len(),
        });
        json_line(&mut out, &line)?;
    } else {
        writeln!(
            out,
            "{} documents read for forms, {} records, {} people, screened against {} entities",
            summary.documents, summary.records, summary.people, summary.listed
        )?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}
