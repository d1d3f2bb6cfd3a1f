//! `crossroll link A [B]`: reads tables, links their records, writes pairs and clusters.

mod ids;
mod input;
mod report;

use std::time::Instant;

use ::link::{LinkOptions, Linked, Records, ScoredPair};
use serde_json::{Value, json};

use crate::args::LinkArgs;
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk, json_line};
use crate::table::{Cell, TableWriter};

use input::Input;
use report::Report;

pub(crate) fn run(args: &LinkArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let start = Instant::now();
    if !(0.0 < args.threshold && args.threshold < 1.0) {
        return Err(Mistake::new(
            format!("a threshold of {} joins all records or none", args.threshold),
            "give a probability between 0 and 1, for example 0.95",
        )
        .into());
    }
    let mut input = Input::read(args)?;
    for line in &input.columns {
        talk.say(line);
    }
    let records = Records::new(std::mem::take(&mut input.values), input.first);
    let read = start.elapsed().as_secs_f64();
    let options = LinkOptions {
        threshold: args.threshold,
        one_to_one: args.one_to_one,
        ..LinkOptions::default()
    };
    let mut pairs = args.pairs.as_deref().map(pairs_writer).transpose()?;
    let mut report = Report::begin(args, &input, &records)?;
    let linked = ::link::link(&records, &options, |slice: &[ScoredPair]| {
        if let Some(report) = &mut report {
            report.take(&records, slice);
        }
        let Some(writer) = &mut pairs else { return anyhow::Ok(()) };
        for pair in slice {
            let texts = [input.ids.text(pair.left), input.ids.text(pair.right)];
            writer.row(&texts, &[f64::from(pair.weight), pair.probability()])?;
        }
        Ok(())
    })?;
    pairs.map_or(Ok(()), TableWriter::finish)?;
    let clusters = write_clusters(args, &input.ids, &linked)?;
    if let Some(path) = &args.model {
        let mut out = Sink::open(Some(path))?;
        serde_json::to_writer_pretty(&mut out, &linked.model)?;
        out.finish()?;
    }
    if let Some(report) = report {
        report.finish(args, &input, &records, &linked)?;
    }
    if args.explain_blocking {
        explain(&linked, talk);
    }
    let summary = json!({
        "records": records.len(), "properties": names(&records), "compared": linked.compared,
        "scored": linked.scored, "matches": linked.matches, "clusters": clusters,
        "refused": linked.refused, "seconds_read": read,
        "seconds": start.elapsed().as_secs_f64(), "peak_bytes": peak_bytes(),
        "rules": linked.rules.iter().map(rule_json).collect::<Vec<_>>(),
    });
    tell(&summary, args.json, talk)?;
    Ok(Outcome::Done)
}

fn pairs_writer(path: &std::path::Path) -> anyhow::Result<TableWriter> {
    TableWriter::create(
        path,
        &[
            ("unique_id_l", Cell::Text),
            ("unique_id_r", Cell::Text),
            ("match_weight", Cell::Number),
            ("match_probability", Cell::Number),
        ],
    )
}

/// Writes the clusters, if they are wanted, and counts them.
fn write_clusters(args: &LinkArgs, ids: &ids::Ids, linked: &Linked) -> anyhow::Result<usize> {
    let clusters = (0_u32..).zip(&linked.cluster_of).filter(|(r, of)| r == *of).count();
    let Some(path) = &args.clusters else { return Ok(clusters) };
    let columns = [("unique_id", Cell::Text), ("cluster_id", Cell::Text)];
    let mut writer = TableWriter::create(path, &columns)?;
    for (record, of) in (0_u32..).zip(&linked.cluster_of) {
        writer.row(&[ids.text(record), ids.text(*of)], &[])?;
    }
    writer.finish()?;
    Ok(clusters)
}

fn names(records: &Records) -> Vec<&'static str> {
    records.properties().iter().map(|p| p.name()).collect()
}

fn rule_json(rule: &::link::RuleReport) -> Value {
    json!({
        "rule": rule.rule, "estimated": rule.estimated, "pairs": rule.pairs, "gain": rule.gain,
        "cut": rule.cut, "lost": rule.lost,
    })
}

fn explain(linked: &Linked, talk: &Talk) {
    for rule in &linked.rules {
        let lost = if rule.lost == 0 {
            String::new()
        } else {
            format!(", {} blocks cut up with {} pairs not compared", rule.cut, rule.lost)
        };
        talk.say(&format!(
            "{}: {} pairs ({:.0} expected), first to find {:.2} % of the likely ones{lost}",
            rule.rule,
            rule.pairs,
            rule.estimated,
            rule.gain * 100.0,
        ));
    }
}

fn tell(summary: &Value, as_json: bool, talk: &Talk) -> anyhow::Result<()> {
    if as_json {
        let mut out = Sink::open(None)?;
        json_line(&mut out, summary)?;
        return out.finish();
    }
    talk.say(&format!(
        "{} records, {} pairs compared, {} scored, {} matches, {} clusters; {} joins refused",
        summary["records"],
        summary["compared"],
        summary["scored"],
        summary["matches"],
        summary["clusters"],
        summary["refused"],
    ));
    let mebibytes = summary["peak_bytes"].as_f64().unwrap_or(0.0) / f64::from(1 << 20);
    talk.say(&format!(
        "{:.1} seconds, {mebibytes:.0} MiB at most",
        summary["seconds"].as_f64().unwrap_or(0.0),
    ));
    Ok(())
}

/// The most memory that the process held, where the system tells.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1024)
}
