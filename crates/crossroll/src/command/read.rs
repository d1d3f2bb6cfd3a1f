//! `crossroll read PATH`

use case::{Detail, Other};
use serde_json::{Map, Value, json};

use crate::args::ReadArgs;
use crate::command::template::hint_unknown;
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

pub(crate) fn run(args: &ReadArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let mut out = Sink::open(args.out.as_deref())?;
    let mut problems = args.problems.as_deref().map(|p| Sink::open(Some(p))).transpose()?;
    let templates = args.template.iter().map(|path| case::load_template(path));
    let templates = templates.collect::<Result<Vec<_>, _>>()?;
    let summary = case::read_path(
        &args.path,
        &super::readers(talk)?,
        templates,
        talk.progress(),
        |record| -> anyhow::Result<()> {
            let line = json!({
                "path": record.path, "row": record.row, "template": record.template,
                "fields": to_map(record.fields), "normalized": to_map(record.normalized),
                "states": to_states(record.states), "details": to_details(record.details),
                "others": to_others(record.others),
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
    let unknown = match summary.pages_unknown {
        0 => String::new(),
        n => format!("; {n} pages of unknown layout"),
    };
    talk.say(&format!("{} records{unknown}; {}", summary.records, summary.accounting));
    hint_unknown(&summary.unknown, talk);
    Ok(Outcome::of_problems(summary.problems))
}

fn to_states(pairs: Vec<(&'static str, &'static str)>) -> Map<String, Value> {
    pairs.into_iter().map(|(key, state)| (key.to_owned(), json!(state))).collect()
}

/// Only what there is: most answers have no details, and no form has them all.
fn to_details(list: Vec<(&'static str, Detail, Vec<String>)>) -> Map<String, Value> {
    let to_object = |detail: Detail, notes: Vec<String>| {
        let flaws: Vec<&str> = detail.flaws.iter().map(|flaw| flaw.as_str()).collect();
        let parts = [
            ("calendar", json!(detail.calendar)),
            ("interval", json!(detail.interval)),
            ("readings", json!(detail.readings)),
            ("assumed_country", json!(detail.assumed)),
            ("country", json!(detail.country)),
            ("flaws", json!(flaws)),
            ("mended_from", json!(detail.mended)),
            ("notes", json!(notes)),
        ];
        let told = parts.into_iter().filter(|(_, value)| !(value.is_null() || *value == json!([])));
        told.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>()
    };
    let objects = list.into_iter().map(|(key, detail, notes)| (key, to_object(detail, notes)));
    objects.map(|(key, object)| (key.to_owned(), Value::Object(object))).collect()
}

fn to_others(list: Vec<Other>) -> Vec<Value> {
    let to_object = |other: Other| {
        json!({
            "kind": other.kind, "label": other.label, "text": other.written,
            "normalized": other.normalized,
        })
    };
    list.into_iter().map(to_object).collect()
}

fn to_map(pairs: Vec<(&'static str, Option<String>)>) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), json!(value))).collect()
}
