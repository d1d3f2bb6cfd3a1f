//! `crossroll lists versions CASE` and `crossroll lists diff CASE LIST`

use std::io::{self, Write};

use model::{ChangeKind, DatasetName, ListChange};
use serde_json::json;

use crate::args::CaseJsonArgs;
use crate::args::lists::ListsDiffArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn versions(args: &CaseJsonArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = crate::command::open(&args.case, talk)?;
    let mut out = Sink::open(None)?;
    let versions = case.list_versions(None)?;
    for version in &versions {
        if args.json {
            json_line(&mut out, &serde_json::to_value(version)?)?;
            continue;
        }
        let changes = version.changes.map_or_else(|| "the first".to_owned(), |c| c.to_string());
        writeln!(
            out,
            "{}\t{}\tdate {}\tloaded {}\t{} entities\t{changes}\tSHA-256 {}",
            version.list,
            version.version,
            version.date.as_deref().unwrap_or("unknown"),
            version.added.as_deref().unwrap_or("by an earlier release"),
            version.entities,
            version.sha256
        )?;
    }
    out.finish()?;
    if versions.is_empty() {
        talk.hint("no list is loaded; load one with `crossroll lists add CASE PATH`");
    }
    Ok(Outcome::Done)
}

pub(crate) fn diff(args: &ListsDiffArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let case = crate::command::open(&args.case, talk)?;
    let mut out = Sink::open(None)?;
    let list = DatasetName::from(args.list.as_str());
    let mut failed = None;
    let diff = case.list_diff(&list, args.from, args.to, &mut |change| {
        if failed.is_none() {
            let written = if args.json {
                write_json(&mut out, change)
            } else {
                write_change(&mut out, change)
            };
            failed = written.err();
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    if args.json {
        json_line(&mut out, &json!({"from": diff.from, "to": diff.to, "counts": diff.counts}))?;
    }
    out.finish()?;
    let date = |date: &Option<String>| date.clone().unwrap_or_else(|| "undated".to_owned());
    talk.say(&format!(
        "{list}, version {} ({}) to version {} ({}): {}",
        diff.from.version,
        date(&diff.from.date),
        diff.to.version,
        date(&diff.to.date),
        diff.counts
    ));
    Ok(Outcome::Done)
}

fn write_json(out: &mut impl Write, change: &ListChange) -> anyhow::Result<()> {
    Ok(json_line(out, &serde_json::to_value(change)?)?)
}

/// One entity a line: what happened, the subject, what it is, and the values that went and came.
fn write_change(out: &mut impl Write, change: &ListChange) -> anyhow::Result<()> {
    let ListChange { entity_id, kind, schema, caption, .. } = change;
    write!(out, "{}\t{entity_id}\t{schema}\t{}", kind.as_str(), plain(caption))?;
    if *kind == ChangeKind::Changed {
        for property in &change.properties {
            write!(out, "\t{}:", property.prop)?;
            write_values(out, " -", &property.before)?;
            write_values(out, " +", &property.after)?;
        }
    }
    if let Some(words) = &change.delisted {
        write!(out, "\tdelisted: {}", plain(words))?;
    }
    if let Some(words) = &change.reported_dead {
        write!(out, "\treported dead: {}", plain(words))?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_values(out: &mut impl Write, sign: &str, values: &[String]) -> io::Result<()> {
    values.iter().try_for_each(|value| write!(out, "{sign}{}", plain(value)))
}

/// Text of a list on one line, in one column, without orders to the terminal.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
