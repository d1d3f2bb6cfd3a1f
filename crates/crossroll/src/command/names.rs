//! `crossroll names compare` and `crossroll names rank`

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;

use case::CaseError;
use names::rank::Pool;
use names::{Engine, Kind, Rarity};
use rayon::prelude::*;
use serde_json::{Value, json};

use crate::args::{NamesCompareArgs, NamesRankArgs};
use crate::exit::{Mistake, Outcome};
use crate::output::{Sink, Talk};

/// Lines worked on at once; keeps memory flat for any input.
const BATCH: usize = 65_536;

/// Lines that hold too few columns are told one by one up to this many.
const SHORT_LINES_TOLD: u64 = 5;

pub(crate) fn compare(args: &NamesCompareArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let kind = kind_of(&args.schema)?;
    let mut lines = open(&args.pairs)?.lines();
    let mut out = Sink::open(None)?;
    let mut short = 0;
    let mut number = 0;
    loop {
        let batch: Vec<String> = lines.by_ref().take(BATCH).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            break;
        }
        let answers: Vec<Option<String>> =
            batch.par_iter().map(|line| compare_line(line, kind, args.explain)).collect();
        for (line, answer) in batch.iter().zip(answers) {
            number += 1;
            match answer {
                Some(answer) => out.write_all(answer.as_bytes())?,
                None if line.trim().is_empty() => {}
                None => tell_short(&mut short, number, talk),
            }
        }
    }
    out.finish()?;
    Ok(Outcome::of_problems(short))
}

fn compare_line(line: &str, kind: Kind, explain: bool) -> Option<String> {
    let mut columns = line.split('\t');
    let (id, left, right) = (columns.next()?, columns.next()?, columns.next()?);
    let engine = Engine::bundled();
    let (left, right) = (engine.prepare(left, kind), engine.prepare(right, kind));
    if !explain {
        let score = engine.score(&left, &right, Rarity::bundled());
        return Some(format!("{id}\t{score:.9}\n"));
    }
    let comparison = engine.compare(&left, &right, Rarity::bundled());
    let features: Vec<Value> = comparison
        .features
        .iter()
        .map(|f| {
            json!({
                "kind": format!("{:?}", f.kind), "left": f.left, "right": f.right,
                "similarity": f.similarity, "frequency": f.frequency, "weight": f.weight,
                "note": f.note,
            })
        })
        .collect();
    let line = json!({
        "version": 1, "id": id, "score": comparison.score, "log_odds": comparison.log_odds,
        "features": features,
    });
    Some(format!("{line}\n"))
}

pub(crate) fn rank(args: &NamesRankArgs, talk: &Talk) -> anyhow::Result<Outcome> {
    let kind = kind_of(&args.schema)?;
    let engine = Engine::bundled();
    let mut short = 0;
    let pool_rows = read_names(&args.pool, &mut short, talk)?;
    let queries = read_names(&args.queries, &mut short, talk)?;
    talk.say(&format!("{} names in the pool, {} queries", pool_rows.len(), queries.len()));
    let pool = Pool::new(engine, pool_rows.iter().map(|(_, name)| name.as_str()), kind);
    let mut out = Sink::open(None)?;
    for batch in queries.chunks(BATCH) {
        let answers: Vec<String> = batch
            .par_iter()
            .map(|(id, name)| {
                let mut text = String::new();
                for ranked in pool.rank(engine, name, kind, args.top) {
                    let candidate = &pool_rows[ranked.candidate].0;
                    // Writing to a string cannot fail.
                    let _ = writeln!(text, "{id}\t{candidate}\t{:.9}", ranked.score);
                }
                text
            })
            .collect();
        for answer in answers {
            out.write_all(answer.as_bytes())?;
        }
    }
    out.finish()?;
    Ok(Outcome::of_problems(short))
}

/// Lines `id TAB name`, further columns ignored.
fn read_names(path: &Path, short: &mut u64, talk: &Talk) -> anyhow::Result<Vec<(String, String)>> {
    let mut rows = Vec::new();
    for (line, number) in open(path)?.lines().zip(1..) {
        let line = line?;
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some(id), Some(name)) => rows.push((id.to_owned(), name.to_owned())),
            _ if line.trim().is_empty() => {}
            _ => tell_short(short, number, talk),
        }
    }
    Ok(rows)
}

fn tell_short(short: &mut u64, number: u64, talk: &Talk) {
    *short += 1;
    if *short <= SHORT_LINES_TOLD {
        talk.warn(&format!("line {number} has too few columns (they are parted by tabs)"));
    }
}

fn open(path: &Path) -> Result<BufReader<Box<dyn Read>>, CaseError> {
    if path.as_os_str() == "-" {
        return Ok(BufReader::new(Box::new(io::stdin())));
    }
    let file = File::open(path)
        .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
    Ok(BufReader::new(Box::new(file)))
}

fn kind_of(schema: &str) -> anyhow::Result<Kind> {
    Ok(match schema {
        "Person" | "LegalEntity" => Kind::Person,
        "Organization" | "Company" | "PublicBody" => Kind::Organization,
        "Vessel" | "Airplane" | "Vehicle" => Kind::Vessel,
        "Thing" => Kind::Other,
        other => {
            return Err(Mistake::new(
                format!("there are no names of the schema {other}"),
                "use Person, Organization, Company, Vessel, Airplane or Thing",
            )
            .into());
        }
    })
}
