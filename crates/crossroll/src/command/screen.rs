//! `crossroll screen --list FILE... --queries FILE`, or `--case CASE` for the lists of a case

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Instant;

use case::{Case, CaseError, ScreenRequest, Session};
use model::Entity;
use rayon::prelude::*;
use resolve::ScreenHit;
use serde_json::{Value, json};

use crate::args::ScreenArgs;
use crate::command::lists::{describe, tell_problems};
use crate::exit::Outcome;
use crate::output::{Sink, Talk, json_line};

/// Queries answered between two writes, so that memory stays flat for any number of them.
const BATCH: usize = 4096;

pub(crate) fn run(args: &ScreenArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let queries = case::query::read_queries(open(&args.queries)?)?;
    let session = open_session(args, talk)?;
    let mut problems = 0;
    for summary in &session.lists {
        tell_problems(summary, talk);
        talk.say(&describe(summary));
        problems += summary.problems.len() as u64;
    }
    let request = ScreenRequest {
        top: args.top,
        share: args.prior,
        cutoff: args.cutoff,
        explain: args.explain,
    };
    let mut out = Sink::open(args.out.as_deref())?;
    let mut timings = args.timings.as_deref().map(|p| Sink::open(Some(p))).transpose()?;
    for batch in queries.chunks(BATCH) {
        let answers: Vec<(Value, u64)> =
            batch.par_iter().map(|query| answer(query, &session, &request, args)).collect();
        for (query, (line, micros)) in batch.iter().zip(answers) {
            json_line(&mut out, &line)?;
            if let Some(timings) = &mut timings {
                json_line(timings, &json!({"id": query.id, "micros": micros}))?;
            }
        }
    }
    out.finish()?;
    timings.map_or(Ok(()), Sink::finish)?;
    Ok(Outcome::of_problems(problems))
}

fn open_session(args: &ScreenArgs, talk: &Talk) -> Result<Session, CaseError> {
    if let Some(folder) = &args.case {
        let session = Session::of_case(&Case::open(folder)?, talk.progress())?;
        talk.say(&format!("{} entities on the lists of the case", session.len()));
        return Ok(session);
    }
    let paths: Vec<(Option<String>, &Path)> =
        args.list.iter().map(|path| (None, path.as_path())).collect();
    Session::open(&paths, &args.map, talk.progress())
}

fn open(path: &Path) -> Result<Box<dyn Read>, CaseError> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path)
        .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
    Ok(Box::new(file))
}

/// The line of one query, and the microseconds it took.
fn answer(
    query: &Entity,
    session: &Session,
    request: &ScreenRequest,
    args: &ScreenArgs,
) -> (Value, u64) {
    let start = Instant::now();
    let hits = session.screen(query, request);
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    let results: Vec<Value> = hits.iter().map(|hit| to_json(hit, args)).collect();
    (json!({"id": query.id, "results": results}), micros)
}

fn to_json(hit: &ScreenHit, args: &ScreenArgs) -> Value {
    let mut line = json!({
        "entity_id": hit.entity_id, "dataset": hit.dataset, "caption": hit.caption,
        "score": hit.pair.score, "probability": hit.pair.probability,
        "match": hit.pair.score >= args.threshold, "name_only": hit.name_only,
    });
    if args.explain {
        line["weight"] = json!(hit.pair.weight);
        line["explanation"] = json!(hit.pair.explanation);
    }
    line
}
