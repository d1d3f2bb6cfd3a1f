//! `crossroll backup CASE TARGET`

use std::io::Write as _;

use case::BackupOptions;
use serde_json::json;

use crate::args::care::BackupArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &BackupArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = super::open_case(&args.case, talk)?;
    let options = BackupOptions { incremental: args.incremental, link: args.link };
    let report = case.backup(&args.target, options, talk.progress())?;
    for name in &report.damaged {
        talk.warn(&format!("{name} is damaged and not in the backup"));
    }
    if !report.damaged.is_empty() {
        talk.hint("`crossroll verify CASE` tells what else is not as it was sealed");
    }
    if !report.gone.is_empty() {
        talk.warn(&format!(
            "{} contents of the backup are not in the case any more; they were left where they are",
            report.gone.len()
        ));
    }
    let mut out = Sink::open(None)?;
    if args.json {
        let line = json!({
            "version": 1, "copied": report.copied, "bytes": report.bytes,
            "present": report.present, "damaged": report.damaged, "gone": report.gone,
        });
        json_line(&mut out, &line)?;
    } else {
        writeln!(
            out,
            "{}: {} contents copied ({} bytes), {} were there",
            args.target.display(),
            report.copied,
            report.bytes,
            report.present
        )?;
    }
    out.finish()?;
    talk.hint("the backup is a case: `crossroll verify TARGET` checks it, any command opens it");
    Ok(Outcome::of_problems(report.damaged.len() as u64))
}
