//! Development aid: `screen` as the command line has it, for FtM JSON lines only, so that
//! `../shared/tools/eval_screening.py` measures this crate alone
//! (`CROSSROLL=target/release/examples/screen`).

use std::fmt::Write as _;
use std::time::Instant;

use model::{Entity, Statement};
use resolve::{Index, MatchModel, ScreenOptions};
use serde_json::{Value, json};

type Boxed<T> = Result<T, Box<dyn std::error::Error>>;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a development aid talks")]
fn main() -> Boxed<()> {
    let args: Vec<String> = std::env::args().collect();
    if args.iter().any(|a| a == "--help") {
        println!("screen --list FILE --queries FILE --top N --prior P --timings FILE --out FILE");
        return Ok(());
    }
    let option = |name: &str| {
        args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).map(String::as_str)
    };
    let start = Instant::now();
    let lists = args.windows(2).filter(|w| w[0] == "--list").map(|w| w[1].as_str());
    let mut listed = Vec::new();
    for path in lists {
        listed.extend(read_entities(path)?);
    }
    let model = match option("--model") {
        Some(path) => MatchModel::from_json(&std::fs::read_to_string(path)?)?,
        None => MatchModel::bundled().clone(),
    };
    let index = Index::build(&listed, &model);
    eprintln!("index of {} in {:?}", index.len(), start.elapsed());
    let options = ScreenOptions {
        top: option("--top").map_or(Ok(10), str::parse)?,
        share: option("--prior").map(str::parse).transpose()?,
        cutoff: 0.0,
    };
    let (mut out, mut timings) = (String::new(), String::new());
    let start = Instant::now();
    let queries = read_entities(option("--queries").unwrap_or("queries.jsonl"))?;
    for query in &queries {
        let start = Instant::now();
        let hits = index.screen(query, &options);
        writeln!(
            timings,
            "{}",
            json!({"id": query.id.as_str(), "micros": start.elapsed().as_micros()})
        )?;
        let results: Vec<Value> = hits
            .iter()
            .map(|hit| {
                json!({
                    "entity_id": hit.entity_id.as_str(), "dataset": hit.dataset.as_str(),
                    "caption": hit.caption, "score": hit.pair.score,
                    "probability": hit.pair.probability, "match": hit.pair.score >= 0.7,
                    "weight": hit.pair.weight, "weight0": hit.pair.weight - hit.pair.explanation.prior,
                    "parts": hit.pair.explanation.parts.iter().filter(|_| option("--explain").is_some()).map(|p| format!("{}={} {:+.1} {} | {} {:?}", p.comparison, p.outcome, p.weight, p.left.as_deref().unwrap_or("-"), p.right.as_deref().unwrap_or("-"), p.notes)).collect::<Vec<_>>(),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": query.id.as_str(), "results": results}))?;
    }
    eprintln!("{} queries in {:?}", queries.len(), start.elapsed());
    std::fs::write(option("--out").unwrap_or("/dev/stdout"), out)?;
    if let Some(path) = option("--timings") {
        std::fs::write(path, timings)?;
    }
    Ok(())
}

fn read_entities(path: &str) -> Boxed<Vec<Entity>> {
    let text = std::fs::read_to_string(path)?;
    let mut entities = Vec::new();
    for line in text.lines() {
        let value: Value = serde_json::from_str(line)?;
        let text = |key: &str| value[key].as_str().unwrap_or_default();
        let dataset = value["datasets"][0].as_str().unwrap_or("list");
        let mut entity = Entity::new(text("id").into(), text("schema"));
        for (prop, values) in value["properties"].as_object().into_iter().flatten() {
            for value in values.as_array().into_iter().flatten().filter_map(Value::as_str) {
                let id = entity.id.clone();
                entity.add(Statement::new(
                    id,
                    text("schema"),
                    prop.as_str(),
                    value,
                    dataset.into(),
                ));
            }
        }
        entities.push(entity);
    }
    Ok(entities)
}
