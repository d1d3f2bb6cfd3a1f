//! `crossroll read PATH`

use serde_json::{Map, Value, json};

use crate::args::ReadArgs;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &ReadArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut out = Sink::open(args.out.as_deref())?;
    let mut problems = args.problems.as_deref().map(|p| Sink::open(Some(p))).transpose()?;
    let summary = case::read_path(
        &args.path,
        &super::readers(talk)?,
        talk.progress(),
        |record| -> anyhow::Result<()> {
            let line = json!({
                "path": record.path, "row": record.row, "template": record.template,
                "fields": to_map(record.fields), "normalized": to_map(record.normalized),
            });
            Ok(json_line(&mut out, &line)?)
        },
        |problem| {
            let Some(out) = &mut problems else {
                talk.warn(&problem.to_string());
                return Ok(());
            };
            Ok(json_line(out, &serde_json::to_value(&problem)?)?)
        },
    )?;
    out.finish()?;
    problems.map_or(Ok(()), Sink::finish)?;
    talk.say(&format!("{} records; {}", summary.records, summary.accounting));
    Ok(Outcome::of_problems(summary.problems))
}

fn to_map(pairs: Vec<(&'static str, Option<String>)>) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect()
}
