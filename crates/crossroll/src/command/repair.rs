//! `crossroll repair CASE`

use std::io::Write;

use case::{Case, RepairReport, TableReport};
use serde_json::json;

use crate::args::CaseJsonArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

/// Lost things that are named one by one; the rest is counted. `--json` names all.
const SHOWN: usize = 20;

pub(crate) fn run(args: &CaseJsonArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let report = Case::repair(&args.case, super::readers(talk)?, talk.progress())?;
    let mut out = Sink::open(None)?;
    if args.json {
        json_line(&mut out, &to_json(&report))?;
    } else {
        write_report(&mut out, &report)?;
    }
    out.finish()?;
    match &report.kept_in {
        Some(folder) => {
            talk.say(&format!("the damaged database is kept in {}", folder.display()));
        }
        None => talk.say("the database is sound"),
    }
    if report.is_lossy() {
        talk.warn("not all of the case could be had back");
        talk.hint("a backup may have what is lost; it opens as any case does");
        return Ok(Outcome::Problems);
    }
    talk.say("nothing is lost");
    Ok(Outcome::Done)
}

fn write_report(out: &mut impl Write, report: &RepairReport) -> anyhow::Result<()> {
    for table in &report.tables {
        writeln!(out, "{}", describe(table))?;
    }
    writeln!(
        out,
        "ledger rows taken from the notes of acquisition: {}",
        report.ledger_rows_restored
    )?;
    writeln!(out, "contents read again: {}", report.readings_restored)?;
    for list in &report.lists_restored {
        writeln!(out, "list loaded again from its kept files: {list}")?;
    }
    for list in &report.lists_doubtful {
        writeln!(out, "list of which not all may be left, load it again: {list}")?;
    }
    for (id, path) in report.contents_lost.iter().take(SHOWN) {
        writeln!(out, "content lost: {id}\t{}", path.escape_debug())?;
    }
    for id in report.contents_unnamed.iter().take(SHOWN) {
        writeln!(out, "content that no ledger row names: {id}")?;
    }
    for (count, what) in [
        (report.contents_lost.len(), "contents lost"),
        (report.contents_unnamed.len(), "contents that no ledger row names"),
    ] {
        if count > SHOWN {
            writeln!(out, "{what}: {count} in all")?;
        }
    }
    Ok(())
}

/// What was had of a table, in a line.
fn describe(table: &TableReport) -> String {
    let mut parts = vec![format!("{}: {} rows", table.table, table.rows)];
    if table.is_whole() {
        parts.push("nothing missing".to_owned());
    }
    if table.damaged_pages > 0 {
        parts.push(format!("{} damaged pages", table.damaged_pages));
    }
    if table.damaged_rows > 0 {
        parts.push(format!("{} places with no readable row", table.damaged_rows));
    }
    if table.refused > 0 {
        parts.push(format!("{} rows that do not fit", table.refused));
    }
    let ranges: Vec<String> = table
        .missing
        .iter()
        .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") })
        .collect();
    if !ranges.is_empty() {
        parts.push(format!("missing by number: {}", ranges.join(", ")));
    }
    parts.join(", ")
}

fn to_json(report: &RepairReport) -> serde_json::Value {
    let table = |t: &TableReport| {
        json!({
            "table": t.table, "rows": t.rows, "damaged_pages": t.damaged_pages,
            "damaged_rows": t.damaged_rows, "refused": t.refused, "missing": t.missing,
        })
    };
    json!({
        "version": 1,
        "tables": report.tables.iter().map(table).collect::<Vec<_>>(),
        "kept_in": report.kept_in,
        "ledger_rows_restored": report.ledger_rows_restored,
        "readings_restored": report.readings_restored,
        "lists_restored": report.lists_restored,
        "lists_doubtful": report.lists_doubtful,
        "contents_lost": report.contents_lost,
        "contents_unnamed": report.contents_unnamed,
        "lossy": report.is_lossy(),
    })
}
