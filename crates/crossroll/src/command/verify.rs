//! `crossroll verify CASE`

use std::io::Write as _;

use case::Fault;
use serde_json::json;

use crate::args::CaseJsonArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &CaseJsonArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = super::open(&args.case, talk)?;
    let verified = case.verify(talk.progress())?;
    let mut out = Sink::open(None)?;
    for finding in &verified.findings {
        if args.json {
            let line = json!({"file": finding.file, "fault": finding.fault.as_str()});
            json_line(&mut out, &line)?;
        } else {
            writeln!(out, "{}\t{}", finding.fault.as_str(), finding.file)?;
        }
    }
    out.finish()?;
    let found = verified.findings.len();
    talk.say(&format!("{} files, {} bytes verified", verified.files, verified.bytes));
    if found == 0 {
        talk.say("nothing has changed since the case was sealed");
        return Ok(Outcome::Done);
    }
    talk.warn(&format!("{found} files are not as they were sealed"));
    if verified.findings.iter().any(|finding| finding.fault == Fault::Unsealed) {
        talk.hint(
            "unsealed: work on the case was interrupted or goes on; \
             repeat the interrupted command, it seals the case when it is done",
        );
    }
    if verified.findings.iter().any(|finding| finding.fault == Fault::Damaged) {
        talk.hint(
            "damaged: `crossroll repair CASE` salvages what can be had into a new database and \
             keeps the damaged one",
        );
    }
    Ok(Outcome::Problems)
}
