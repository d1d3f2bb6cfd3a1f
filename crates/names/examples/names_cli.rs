//! `names compare` and `names rank` on the command line, for measuring before the binary exists.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{Read, Write};

use names::{Engine, Kind, Rarity, rank};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut out = Vec::new();
    match words.as_slice() {
        ["names", "compare", rest @ ..] => compare(rest, &mut out)?,
        ["names", "rank", rest @ ..] => rank_all(rest, &mut out)?,
        _ => {
            return Err(
                "usage: names_cli names compare FILE | names rank --pool P --queries Q".into()
            );
        }
    }
    std::io::stdout().write_all(&out)?;
    Ok(())
}

fn read(path: &str) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    if path == "-" {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = fs::read_to_string(path)?;
    }
    Ok(text)
}

fn compare(rest: &[&str], out: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let explain = rest.contains(&"--explain");
    let (kind, rest) = match rest {
        ["--schema", "Organization", rest @ ..] => (Kind::Organization, rest),
        ["--schema", "Vessel", rest @ ..] => (Kind::Vessel, rest),
        ["--schema", "Person", rest @ ..] => (Kind::Person, rest),
        _ => (Kind::Person, rest),
    };
    let path = rest.iter().find(|word| !word.starts_with("--")).ok_or("no file")?;
    let engine = Engine::bundled();
    for line in read(path)?.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(left), Some(right)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let score = rank::compare_texts(engine, left, right, kind);
        writeln!(out, "{id}\t{score:.9}")?;
        if explain {
            let (left, right) = (engine.prepare(left, kind), engine.prepare(right, kind));
            let comparison = engine.compare(&left, &right, Rarity::bundled());
            for feature in comparison.features {
                writeln!(out, "    {feature:?}")?;
            }
        }
    }
    Ok(())
}

fn rank_all(rest: &[&str], out: &mut Vec<u8>) -> Result<(), Box<dyn Error>> {
    let options: HashMap<&str, &str> =
        rest.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    let top = options.get("--top").map_or(Ok(100), |top| top.parse())?;
    let engine = Engine::bundled();
    let pool_text = read(options.get("--pool").ok_or("no pool")?)?;
    let rows: Vec<(&str, &str)> = pool_text.lines().filter_map(two_columns).collect();
    let pool = rank::Pool::new(engine, rows.iter().map(|row| row.1), Kind::Person);
    let queries = read(options.get("--queries").ok_or("no queries")?)?;
    for (id, text) in queries.lines().filter_map(two_columns) {
        for one in pool.rank(engine, text, Kind::Person, top) {
            writeln!(out, "{id}\t{}\t{:.9}", rows[one.candidate].0, one.score)?;
        }
    }
    Ok(())
}

fn two_columns(line: &str) -> Option<(&str, &str)> {
    let mut columns = line.split('\t');
    Some((columns.next()?, columns.next()?))
}
