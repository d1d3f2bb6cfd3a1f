//! Microseconds a pair of names takes, on one core: `time_pairs < PAIRS.tsv`, lines
//! `id⇥kind⇥left⇥right`. Prints one JSON object; each figure is the sum of the fastest rounds
//! of all pairs, a few at a time.

use std::error::Error;
use std::hint::black_box;
use std::io::{Read, Write};
use std::time::Instant;

use names::{Engine, Kind, Name, Rarity};

/// Rounds of which the fastest counts: what else the machine did is not the engine's time.
const ROUNDS: usize = 60;
/// Pairs timed together: so few that a busy machine, too, leaves some round undisturbed.
const CHUNK: usize = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let pairs: Vec<(Kind, &str, &str)> = text.lines().filter_map(pair).collect();
    let (engine, rarity) = (Engine::bundled(), Rarity::bundled());
    let prepare = |(kind, left, right): &(Kind, &str, &str)| {
        (engine.prepare(left, *kind), engine.prepare(right, *kind))
    };
    let score = |(left, right): &(Name, Name)| engine.score(left, right, rarity);
    let names: Vec<(Name, Name)> = pairs.iter().map(prepare).collect();
    let prepared: f64 = names.chunks(CHUNK).map(|some| best(|| some.iter().map(score).sum())).sum();
    let cold: f64 = pairs
        .chunks(CHUNK)
        .map(|some| best(|| some.iter().map(|pair| score(&prepare(pair))).sum()))
        .sum();
    let share = |seconds: f64| seconds * 1e6 / pairs.len().max(1) as f64;
    writeln!(
        std::io::stdout(),
        "{{\"pairs\": {}, \"cold_us\": {:.3}, \"prepared_us\": {:.3}}}",
        pairs.len(),
        share(cold),
        share(prepared)
    )?;
    Ok(())
}

fn pair(line: &str) -> Option<(Kind, &str, &str)> {
    let mut columns = line.split('\t').skip(1);
    let kind = match columns.next()? {
        "person" => Kind::Person,
        "organization" => Kind::Organization,
        "vessel" => Kind::Vessel,
        _ => Kind::Other,
    };
    Some((kind, columns.next()?, columns.next()?))
}

/// Seconds of the fastest round.
fn best(mut round: impl FnMut() -> f32) -> f64 {
    (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(round());
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}
