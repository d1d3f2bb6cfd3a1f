//! `crossroll audit verify|show`

use std::io::Write as _;
use std::path::Path;

use case::{AuditLog, CaseError};
use serde_json::json;

use crate::args::users::{AuditCommand, AuditShowArgs, AuditVerifyArgs};
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(command: &AuditCommand, talk: &Talk) -> anyhow::Result<Outcome> {
    match command {
        AuditCommand::Verify(args) => verify(args, talk),
        AuditCommand::Show(args) => show(args),
    }
}

fn verify(args: &AuditVerifyArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let verified = case::verify_audit(&args.case, args.head.as_ref())?;
    let mut out = Sink::open(None)?;
    for finding in &verified.findings {
        if args.json {
            let line = json!({"line": finding.line, "fault": finding.fault.as_str(),
                              "what": finding.fault.describe()});
            json_line(&mut out, &line)?;
        } else {
            let fault = finding.fault;
            writeln!(out, "{}\tline {} {}", fault.as_str(), finding.line, fault.describe())?;
        }
    }
    out.finish()?;
    if !verified.findings.is_empty() {
        talk.warn(&format!(
            "the audit log is not as it was written: {} findings in {} entries",
            verified.findings.len(),
            verified.entries
        ));
        return Ok(Outcome::Problems);
    }
    talk.say(&format!("{} entries, each as it was written", verified.entries));
    if let Some(head) = verified.head {
        talk.say(&format!("it ends with {}:{}", head.count, head.hash));
        talk.hint(
            "note that line outside of the folder; `audit verify --head` finds a log that was \
             rewritten as a whole",
        );
    }
    Ok(Outcome::Done)
}

fn show(args: &AuditShowArgs) -> anyhow::Result<Outcome> {
    let log = of_folder(&args.case)?;
    let mut out = Sink::open(None)?;
    for entry in log.entries().map_err(CaseError::from)? {
        if args.json {
            json_line(&mut out, &serde_json::to_value(&entry)?)?;
            continue;
        }
        let more = [
            entry.of.map(|of| format!("end of {of}")),
            entry.outcome.clone(),
            entry.why.as_ref().map(|why| format!("because: {why}")),
        ];
        let more: Vec<String> = more.into_iter().flatten().collect();
        writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}",
            entry.seq,
            entry.time,
            entry.user,
            entry.action.as_str(),
            entry.subjects.join(" "),
            more.join("; ")
        )?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn of_folder(folder: &Path) -> anyhow::Result<AuditLog> {
    let log = AuditLog::of(folder);
    let is_one = log.path().is_file() || folder.join("case.sqlite").is_file();
    if !is_one {
        return Err(Mistake::new(
            format!("{} has no audit log", folder.display()),
            "name a case folder, or the folder of cases that `serve --cases` was given",
        )
        .into());
    }
    Ok(log)
}
