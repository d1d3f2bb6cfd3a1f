//! `crossroll link A [B]`: reads tables, links their records, writes pairs and clusters.

mod earlier;
mod ids;
mod input;
mod judged;
mod report;

use std::path::Path;
use std::time::Instant;

use ::link::{
    Contradiction, Known, LinkModel, LinkOptions, Linked, MODEL_VERSION, ModelMismatch, Records,
    Refusal, ScoredPair, probability,
};
use anyhow::Context as _;
use serde_json::{Value, json};

use crate::args::LinkArgs;
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk, json_line};
use crate::table::{Cell, TableWriter};

use earlier::Earlier;
use ids::Ids;
use input::Input;
use judged::Judged;
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
    let ids = &input.ids;
    let earlier = args.against.as_deref().map(|path| Earlier::read(path, ids)).transpose()?;
    let judged = args.judgements.as_deref().map(|path| Judged::read(path, ids)).transpose()?;
    let known = known(args, earlier.as_ref(), judged.as_ref())?;
    let records = Records::new(std::mem::take(&mut input.values), input.first);
    let read = start.elapsed().as_secs_f64();
    let options = LinkOptions {
        threshold: args.threshold,
        one_to_one: args.one_to_one,
        refusals: args.refusals.is_some(),
        ..LinkOptions::default()
    };
    let mut pairs = args.pairs.as_deref().map(pairs_writer).transpose()?;
    let mut report = Report::begin(args, &input, &records)?;
    let linked = ::link::link(&records, &options, &known, |slice: &[ScoredPair]| {
        if let Some(report) = &mut report {
            report.take(&records, slice);
        }
        let Some(writer) = &mut pairs else { return anyhow::Ok(()) };
        for pair in slice {
            let texts = [ids.text(pair.left), ids.text(pair.right)];
            writer.row(&texts, &[f64::from(pair.weight), pair.probability()])?;
        }
        Ok(())
    })
    .map_err(|error| in_words(error, ids))?;
    pairs.map_or(Ok(()), TableWriter::finish)?;
    let clusters = write_clusters(args, ids, earlier.as_ref(), &linked)?;
    if let Some(path) = &args.model {
        let mut out = Sink::open(Some(path))?;
        serde_json::to_writer_pretty(&mut out, &linked.model)?;
        out.finish()?;
    }
    if let Some(path) = &args.refusals {
        write_refusals(path, ids, &linked)?;
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
        "against": earlier.as_ref().map(|e| against_json(e, &linked)),
        "judgements": judged.as_ref().map(|j| judged_json(j, &linked)),
        "rules": linked.rules.iter().map(rule_json).collect::<Vec<_>>(),
    });
    tell(&summary, args.json, talk)?;
    Ok(Outcome::Done)
}

/// What is known before anything is compared.
fn known(
    args: &LinkArgs,
    earlier: Option<&Earlier>,
    judged: Option<&Judged>,
) -> anyhow::Result<Known> {
    Ok(Known {
        same: judged.map_or_else(Vec::new, |j| j.same.clone()),
        different: judged.map_or_else(Vec::new, |j| j.different.clone()),
        earlier: earlier.map_or_else(Vec::new, |e| e.of.clone()),
        model: args.from_model.as_deref().map(read_model).transpose()?,
    })
}

/// Reads what an earlier run wrote with `--model`.
fn read_model(path: &Path) -> anyhow::Result<LinkModel> {
    let hint = "give a file that `crossroll link --model` wrote";
    let text = std::fs::read_to_string(path)
        .map_err(|e| Mistake::new(format!("cannot read {}: {e}", path.display()), hint))?;
    let broken =
        |e: &serde_json::Error| Mistake::new(format!("{} is no model: {e}", path.display()), hint);
    let value: Value = serde_json::from_str(&text).map_err(|e| broken(&e))?;
    let version = value.get("version").and_then(Value::as_u64);
    if version.is_some_and(|v| v != u64::from(MODEL_VERSION)) {
        let found = u32::try_from(version.unwrap_or(0)).unwrap_or(u32::MAX);
        return Err(mismatch(&ModelMismatch::Version { found }).into());
    }
    Ok(serde_json::from_value(value).map_err(|e| broken(&e))?)
}

fn mismatch(error: &ModelMismatch) -> Mistake {
    Mistake::new(
        error.to_string(),
        "learn anew without --from-model, on records with all these columns, and keep that with \
         --model",
    )
}

/// An error of the linkage, with the ids of the records.
fn in_words(error: anyhow::Error, ids: &Ids) -> anyhow::Error {
    if let Some(of) = error.downcast_ref::<Contradiction>() {
        let (left, right) = (ids.text(of.left), ids.text(of.right));
        return Mistake::new(
            format!("the judgements say that {left} and {right} are different, and that they are the same"),
            "a chain of `same` joins them: take one judgement back",
        )
        .into();
    }
    match error.downcast_ref::<ModelMismatch>() {
        Some(of) => mismatch(of).into(),
        None => error,
    }
}

fn against_json(earlier: &Earlier, linked: &Linked) -> Value {
    json!({
        "new": earlier.fresh(), "earlier": earlier.of.len() - earlier.fresh(),
        "absent": earlier.absent,
        "dissolved": linked.dissolved.iter().map(|c| earlier.name(*c)).collect::<Vec<_>>(),
    })
}

fn judged_json(judged: &Judged, linked: &Linked) -> Value {
    json!({
        "same": judged.same.len(), "different": judged.different.len(), "unsure": judged.unsure,
        "absent": judged.absent, "learnt_from": linked.model.judgements,
    })
}

/// Writes why likely pairs stand in two clusters, a line each.
fn write_refusals(path: &Path, ids: &Ids, linked: &Linked) -> anyhow::Result<()> {
    let mut out = Sink::open(Some(path))?;
    for refusal in &linked.refusals {
        json_line(&mut out, &refusal_json(refusal, ids)).context("cannot write the refusals")?;
    }
    out.finish()
}

fn refusal_json(refusal: &Refusal, ids: &Ids) -> Value {
    json!({
        "unique_id_l": ids.text(refusal.left), "unique_id_r": ids.text(refusal.right),
        "match_weight": refusal.weight, "match_probability": probability(refusal.weight),
        "reason": refusal.reason.name(),
        "conflicts": refusal.conflicts.iter().map(|p| p.name()).collect::<Vec<_>>(),
        "against": refusal.against.map(|(l, r)| [ids.text(l), ids.text(r)]),
    })
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
fn write_clusters(
    args: &LinkArgs,
    ids: &Ids,
    earlier: Option<&Earlier>,
    linked: &Linked,
) -> anyhow::Result<usize> {
    let clusters = (0_u32..).zip(&linked.cluster_of).filter(|(r, of)| r == *of).count();
    let Some(path) = &args.clusters else { return Ok(clusters) };
    let columns = [("unique_id", Cell::Text), ("cluster_id", Cell::Text)];
    let mut writer = TableWriter::create(path, &columns)?;
    let kept = earlier.map(|e| e.ids(&linked.cluster_of, ids));
    for (record, of) in (0_u32..).zip(&linked.cluster_of) {
        let id = kept.as_ref().map_or_else(|| ids.text(*of), |k| k[record as usize].as_str());
        writer.row(&[ids.text(record), id], &[])?;
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
    if let Some(against) = summary["against"].as_object() {
        talk.say(&format!(
            "{} new records, {} of the earlier run, {} of it absent; {} earlier clusters taken apart by judgements",
            against["new"],
            against["earlier"],
            against["absent"],
            against["dissolved"].as_array().map_or(0, Vec::len),
        ));
    }
    if let Some(judged) = summary["judgements"].as_object() {
        talk.say(&format!(
            "judgements: {} same, {} different, {} unsure, {} on records that are not there",
            judged["same"], judged["different"], judged["unsure"], judged["absent"],
        ));
    }
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
