//! `crossroll leads CASE`

use std::io::Write;

use case::LeadView;
use model::AuditAction;
use serde_json::{Value, json};

use crate::args::LeadsArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};
use crate::report;

pub(crate) fn run(args: &LeadsArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = super::open(&args.case, talk)?;
    let leaves = args.json || args.csv || args.html.is_some();
    let action = if leaves { AuditAction::Export } else { AuditAction::View };
    case.tell(&super::user(), action, vec!["leads".to_owned()], None)?;
    if let Some(file) = &args.html {
        let mut out = Sink::open(Some(file))?;
        let mut report = case.report()?;
        if !args.sensitive {
            report.leave_sensitive_out();
        }
        out.write_all(server::page::render_report(&report).as_bytes())?;
        out.finish()?;
        talk.say(&format!("wrote {}", file.display()));
        if !args.json && !args.csv {
            return Ok(Outcome::Done);
        }
    }
    let leads = case.leads()?;
    if leads.is_empty() {
        talk.hint("no leads yet; add files and run `crossroll run CASE`");
    }
    let mut out = Sink::open(None)?;
    if args.json {
        for view in &leads {
            json_line(&mut out, &to_json(view))?;
        }
    } else if args.csv {
        report::write_csv(&mut out, &leads)?;
    } else {
        report::write_table(&mut out, &leads)?;
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn to_json(view: &LeadView) -> Value {
    let lead = &view.lead;
    let records: Vec<Value> =
        view.records.iter().map(|r| json!({"path": r.path, "row": r.row})).collect();
    let matches: Vec<Value> = lead
        .matches
        .iter()
        .map(|m| {
            json!({
                "dataset": m.dataset, "entity_id": m.entity_id, "caption": m.caption,
                "score": m.score, "probability": m.probability, "proposes": m.proposes,
                "explanation": m.explanation,
            })
        })
        .collect();
    json!({
        "version": 1, "lead_id": lead.id, "status": lead.status, "life": lead.life,
        "records": records, "names": lead.names, "matches": matches, "rank": lead.rank,
        "points": lead.points, "reasons": lead.reasons, "claims": lead.claims,
    })
}
