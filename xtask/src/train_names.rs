//! Owns the training of the name model: aligned token pairs in, `crates/names/data/model.txt.gz` out.
//! Two steps for each script: a joint multigram model by EM, then its weights sharpened against the
//! most similar wrong tokens. Deterministic: a fixed generator, no order of hash maps in any result.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use names::model::{
    FLOOR, Grams, Inventory, LATIN_GRAM_MAX, Model, NATIVE_GRAM_MAX, NONE, PairModel, letters_of,
};
use names::rank::Pool;
use names::{Engine, Kind, Script};

use crate::multigram::{Corpus, Expectation, expect_alignments};
use crate::sharpen::{Example, Sharpener};

const SOURCES: [(&str, Script); 6] = [
    ("arabic", Script::Arabic),
    ("russian", Script::Cyrillic),
    ("hebrew", Script::Hebrew),
    ("katakana", Script::Kana),
    ("korean", Script::Hangul),
    ("chinese", Script::Han),
];
const CORPUS: &str = "corpus/names/train";
const MODEL: &str = "crates/names/data/model.txt.gz";
/// Latin runs of two and three letters kept, of all scripts together.
const LATIN_RUNS_MAX: usize = 900;
/// Native runs of two letters kept for each script.
const NATIVE_RUNS_MAX: usize = 400;
/// Expected count below which an alignment is noise.
const COUNT_MIN: f64 = 1.5;

/// Trains on the committed corpus. `--check` holds every twentieth native token out and prints how
/// often its Latin form comes first among ten thousand; nothing is written then.
pub(crate) fn run(options: &[&str]) -> Result<()> {
    let check = options.contains(&"--check");
    let mut sets: Vec<(Script, Corpus)> = Vec::new();
    let only = options.iter().find_map(|option| option.strip_prefix("--only="));
    for (file, script) in SOURCES.into_iter().filter(|(file, _)| only.is_none_or(|o| o == *file)) {
        sets.push((script, read_pairs(file, script)?));
    }
    let held: Vec<Corpus> = sets
        .iter_mut()
        .map(|(_, corpus)| if check { corpus.hold_out() } else { Corpus::default() })
        .collect();
    let mut expectations: Vec<(Script, Corpus, Expectation)> = Vec::new();
    for (script, mut corpus) in sets {
        let expectation = expect_alignments(&corpus);
        corpus.drop_misaligned(&expectation);
        say(&format!(
            "{}: {} pairs, {} alignments",
            script.as_str(),
            corpus.pairs.len(),
            expectation.counts.len()
        ));
        expectations.push((script, corpus, expectation));
    }
    let variants = variants(&expectations);
    let expectation = expect_alignments(&variants);
    expectations.push((Script::Latin, variants, expectation));
    let latin = latin_inventory(&expectations);
    let mut model = Model { latin, pairs: Vec::new() };
    for (at, (script, corpus, expectation)) in expectations.iter().enumerate() {
        let pair = train(*script, corpus, expectation, &model.latin);
        if let Some(held) = held.get(at).filter(|held| !held.pairs.is_empty()) {
            report(*script, &pair, &model.latin, corpus, held);
        }
        model.pairs.push((*script, pair));
    }
    if !check {
        write(&model)?;
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a chore tells its progress")]
fn say(line: &str) {
    eprintln!("{line}");
}

fn read_pairs(file: &str, script: Script) -> Result<Corpus> {
    let path = Path::new(CORPUS).join(format!("{file}.tsv.gz"));
    let packed = std::fs::File::open(&path).with_context(|| format!("open {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text)?;
    let mut corpus = Corpus::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [latin, native, count] = columns.as_slice() else { continue };
        let (Some(latin), Some(native)) = (word(latin, Script::Latin), word(native, script)) else {
            continue;
        };
        let count: f64 = count.parse().unwrap_or(1.0);
        corpus.push(letters_of(script, &native), letters_of(Script::Latin, &latin), count);
    }
    Ok(corpus)
}

/// The comparable core of a token, if it is one word of `script`.
fn word(token: &str, script: Script) -> Option<String> {
    let name = Engine::bundled().prepare(token, Kind::Person);
    let [part] = name.parts() else { return None };
    let core = part.spelled().to_owned();
    let fits = core.chars().all(|c| Script::of(c) == Some(script) || matches!(c, 'ー' | '׳'));
    (fits
        && core.chars().count()
            >= 2 - usize::from(script == Script::Han || script == Script::Hangul))
    .then_some(core)
}

/// Latin spellings of one name, by way of the Arabic and Russian tokens that they share.
fn variants(sets: &[(Script, Corpus, Expectation)]) -> Corpus {
    let mut corpus = Corpus::default();
    for (_, pairs, _) in
        sets.iter().filter(|(script, _, _)| matches!(script, Script::Arabic | Script::Cyrillic))
    {
        let mut groups: BTreeMap<&[char], Vec<&Vec<char>>> = BTreeMap::new();
        for pair in &pairs.pairs {
            groups.entry(&pair.native).or_default().push(&pair.latin);
        }
        for (nth, group) in groups.values().enumerate() {
            if nth % 4 == 0 {
                corpus.push(group[0].clone(), group[0].clone(), 1.0);
            }
            for (at, one) in group.iter().enumerate().take(5) {
                for other in group.iter().take(5).skip(at + 1) {
                    corpus.push((*one).clone(), (*other).clone(), 1.0);
                    corpus.push((*other).clone(), (*one).clone(), 1.0);
                }
            }
        }
    }
    corpus
}

fn latin_inventory(sets: &[(Script, Corpus, Expectation)]) -> Inventory {
    let mut singles: BTreeMap<String, f64> = BTreeMap::new();
    let mut runs: BTreeMap<String, f64> = BTreeMap::new();
    for (_, _, expectation) in sets {
        for ((_, latin), count) in &expectation.counts {
            let into = if latin.chars().count() > 1 { &mut runs } else { &mut singles };
            *into.entry(latin.clone()).or_default() += count;
        }
    }
    inventory(&singles, runs, LATIN_RUNS_MAX)
}

fn inventory(
    singles: &BTreeMap<String, f64>,
    runs: BTreeMap<String, f64>,
    runs_max: usize,
) -> Inventory {
    let mut inventory = Inventory::default();
    inventory.enter("");
    for gram in singles.keys() {
        inventory.enter(gram);
    }
    let mut runs: Vec<(String, f64)> = runs.into_iter().collect();
    runs.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (gram, _) in runs.iter().take(runs_max) {
        inventory.enter(gram);
    }
    inventory
}

fn train(
    script: Script,
    corpus: &Corpus,
    expectation: &Expectation,
    latin: &Inventory,
) -> PairModel {
    let mut singles = BTreeMap::new();
    let mut runs = BTreeMap::new();
    for ((native, _), count) in &expectation.counts {
        let into = if native.chars().count() > 1 { &mut runs } else { &mut singles };
        *into.entry(native.clone()).or_default() += count;
    }
    let mut pair = PairModel::new(inventory(&singles, runs, NATIVE_RUNS_MAX), latin);
    for ((native, latin_gram), count) in &expectation.counts {
        let (n, l) = (pair.native.id(native), latin.id(latin_gram));
        if n == NONE || l == NONE || *count < COUNT_MIN {
            continue;
        }
        let at = pair.at(n, l);
        pair.weights[at] = expectation.information(native, latin_gram, *count).clamp(FLOOR, 12.0);
    }
    let mut examples: Vec<Example> = corpus
        .pairs
        .iter()
        .map(|p| Example {
            native: pair.native.grams(&p.native, NATIVE_GRAM_MAX),
            latin: latin.grams(&p.latin, LATIN_GRAM_MAX),
            native_key: key(&p.native),
            latin_key: key(&p.latin),
            rivals: Vec::new(),
        })
        .collect();
    add_rivals(corpus, &mut examples);
    let mut sharpener = Sharpener::new(pair, &examples);
    for epoch in 0..EPOCHS {
        let loss = sharpener.epoch(epoch);
        say(&format!("{}: epoch {epoch}, loss {loss:.4}", script.as_str()));
    }
    sharpener.finish()
}

/// Finds for each native token the Latin tokens that an index would offer besides the right one.
fn add_rivals(corpus: &Corpus, examples: &mut [Example]) {
    let engine = Engine::bundled();
    let text = |letters: &[char]| -> String { letters[1..letters.len() - 1].iter().collect() };
    let latin: Vec<String> = corpus.pairs.iter().map(|p| text(&p.latin)).collect();
    // Every fourth suffices: near enough, and four times faster.
    let step = corpus.pairs.len() / 12_000 + 1;
    let pool = Pool::new(engine, latin.iter().step_by(step).map(String::as_str), Kind::Person);
    for (pair, example) in corpus.pairs.iter().zip(examples) {
        let query = engine.prepare(&text(&pair.native), Kind::Person);
        let found = pool.candidates(engine, &query);
        example.rivals =
            found.iter().take(RIVALS).filter_map(|at| u32::try_from(at * step).ok()).collect();
    }
}

/// Neighbours kept for each token.
const RIVALS: usize = 24;
const EPOCHS: usize = 5;

fn key(letters: &[char]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Right Latin form first among ten thousand others, for native tokens never seen in training.
fn report(script: Script, pair: &PairModel, latin: &Inventory, corpus: &Corpus, held: &Corpus) {
    let mut truth: BTreeMap<&[char], Vec<u64>> = BTreeMap::new();
    for p in &held.pairs {
        truth.entry(&p.native).or_default().push(key(&p.latin));
    }
    let grams = |letters: &[char]| -> Grams { latin.grams(letters, LATIN_GRAM_MAX) };
    let mut pool: BTreeMap<u64, Grams> = BTreeMap::new();
    for p in held.pairs.iter().chain(corpus.pairs.iter().step_by(corpus.pairs.len() / 9000 + 1)) {
        pool.entry(key(&p.latin)).or_insert_with(|| grams(&p.latin));
    }
    let (mut first, mut all) = (0.0, 0.0);
    for (native, right) in truth.iter().step_by(truth.len() / 400 + 1) {
        let native = pair.native.grams(native, NATIVE_GRAM_MAX);
        let best = pool
            .iter()
            .map(|(key, latin)| (pair.align(&native, latin), key))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        all += 1.0;
        first += f64::from(u8::from(best.is_some_and(|(_, key)| right.contains(key))));
    }
    say(&format!(
        "{}: held out, first of {}: {:.4} of {all}",
        script.as_str(),
        pool.len(),
        first / all
    ));
}

fn write(model: &Model) -> Result<()> {
    let out = std::fs::File::create(MODEL)?;
    let mut packer = flate2::GzBuilder::new().mtime(0).write(out, flate2::Compression::best());
    packer.write_all(HEADER.as_bytes())?;
    packer.write_all(model.to_text().as_bytes())?;
    packer.finish()?;
    Ok(())
}

const HEADER: &str = "# Weights of alignments between spellings, for the crate `names`. Made by `cargo xtask train-names`\n\
# from corpus/names/train (Wikidata labels, CC0). Same licence as the crate.\n";
