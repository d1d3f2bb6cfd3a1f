//! `crossroll documents CASE`

use std::collections::BTreeMap;
use std::io::Write as _;

use model::{Accounting, AuditAction};
use serde_json::json;

use crate::args::DocumentsArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &DocumentsArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = super::open(&args.case, talk)?;
    case.tell(&super::user(), AuditAction::View, vec!["documents".to_owned()], None)?;
    let documents = case.documents()?;
    let sheets = if args.json { case.sheets()? } else { BTreeMap::default() };
    let mut out = Sink::open(None)?;
    for (dataset, document) in &documents {
        if args.json {
            let line = json!({
                "path": document.path, "sha256": document.id, "size": document.size,
                "state": document.state, "reason": document.reason,
                "media_type": document.media_type, "dataset": dataset,
                "template": sheets.get(&document.id),
            });
            json_line(&mut out, &line)?;
        } else {
            let reason = document.reason.as_deref().unwrap_or("");
            writeln!(out, "{}\t{}\t{reason}", document.state, document.path)?;
        }
    }
    out.finish()?;
    let by_dataset = case.accounting()?;
    if by_dataset.len() > 1 {
        for (dataset, accounting) in &by_dataset {
            talk.say(&format!("{dataset}: {accounting}"));
        }
    }
    talk.say(&by_dataset.values().sum::<Accounting>().to_string());
    Ok(Outcome::Done)
}
