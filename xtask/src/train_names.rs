//! Owns the training of the name model: aligned token pairs in, `crates/names/data/model.txt.gz` out.
//! Two steps for each script: a joint multigram model by EM, then its weights sharpened against the
//! most similar wrong tokens. Deterministic: a fixed generator, no order of hash maps in any result.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use names::model::{
    Blend, FLOOR, Inventory, LATIN_GRAM_MAX, Model, NATIVE_GRAM_MAX, NONE, PairModel,
};
use names::sketch::Sketch;
use names::{Engine, Kind, Script};

use rayon::prelude::*;

use crate::blend;
use crate::multigram::{Corpus, Expectation, Pair, expect_alignments};
use crate::sharpen::{Example, Sharpener};
use crate::sketch::{Spellings, Table, rows_of};

pub(crate) const SOURCES: [(&str, Script); 6] = [
    ("arabic", Script::Arabic),
    ("russian", Script::Cyrillic),
    ("hebrew", Script::Hebrew),
    ("katakana", Script::Kana),
    ("korean", Script::Hangul),
    ("chinese", Script::Han),
];
const CORPUS: &str = "corpus/names/train";
const SKETCHES: &str = "crates/names/data/sketch.bin";
const MODEL: &str = "crates/names/data/model.txt.gz";
/// Latin runs of two and three letters kept, of all scripts together.
const LATIN_RUNS_MAX: usize = 900;
/// Native runs of two letters kept for each script.
const NATIVE_RUNS_MAX: usize = 400;
/// Expected count below which an alignment is noise.
const COUNT_MIN: f64 = 1.5;

/// Trains on the committed corpus. Every twentieth native token is held out: the blends are fitted
/// on these, and what is told of them is how words never seen would fare. `--check` writes nothing.
pub(crate) fn run(options: &[&str]) -> Result<()> {
    let mut sets: Vec<(Script, Corpus)> = Vec::new();
    for (file, script) in SOURCES {
        sets.push((script, read_pairs(file, script)?));
    }
    let (table, model) = train_all(sets);
    if !options.contains(&"--check") {
        std::fs::write(SKETCHES, table)?;
        write(&model)?;
    }
    Ok(())
}

/// Table of sketches and model of alignments: a pure function of the corpus.
fn train_all(mut sets: Vec<(Script, Corpus)>) -> (Vec<u8>, Model) {
    let mut held: Vec<Corpus> = sets.iter_mut().map(|(_, corpus)| corpus.hold_out()).collect();
    let scripts: Vec<Script> = sets.iter().map(|(script, _)| *script).collect();
    held.push(variants(scripts.into_iter().zip(&held)));
    let mut expectations: Vec<(Script, Corpus, Expectation)> = Vec::new();
    for (script, mut corpus) in sets {
        let expectation = expect_alignments(&corpus);
        corpus.drop_misaligned(&expectation);
        say(&format!("{}: {} pairs", script.as_str(), corpus.pairs.len()));
        expectations.push((script, corpus, expectation));
    }
    let variants = variants(expectations.iter().map(|(script, corpus, _)| (*script, corpus)));
    let expectation = expect_alignments(&variants);
    expectations.push((Script::Latin, variants, expectation));
    let table = train_sketches(&expectations).to_bytes();
    let mut model = Model { latin: latin_inventory(&expectations), ..Model::default() };
    for ((script, corpus, expectation), held) in expectations.iter().zip(&held) {
        let mut pair = train(*script, corpus, expectation, &model.latin, &table);
        pair.blend = fit_blend(*script, &model, &pair, &table, (corpus, held));
        model.pairs.push((*script, pair));
    }
    let natives = expectations.iter().filter(|(script, ..)| *script != Script::Latin);
    let (kept, held): (Vec<_>, Vec<_>) = natives
        .zip(&held)
        .map(|((script, corpus, _), held)| ((*script, corpus), (*script, held)))
        .unzip();
    model.cross = blend::fit_cross(&table, &kept, &held);
    say(&format!("across: {:?}", model.cross));
    (table, model)
}

/// Fits the blend on the words held out and tells how these fare.
fn fit_blend(
    script: Script,
    model: &Model,
    pair: &PairModel,
    table: &[u8],
    corpora: (&Corpus, &Corpus),
) -> Blend {
    let (blend, report) = blend::fit(script, model, pair, table, corpora);
    say(&format!(
        "{}: of {} words held out, among {}, the right one first, in ten, in a hundred: by sketch \
         {:?}, by alignment {:?}, by both {:?}",
        script.as_str(),
        report.words,
        report.pool,
        report.by_sketch,
        report.by_alignment,
        report.by_blend
    ));
    blend
}

/// Sketches of all scripts, from the pairs of each with Latin, and of Latin spellings with each other.
fn train_sketches(sets: &[(Script, Corpus, Expectation)]) -> Table {
    let spellings: Vec<Vec<Spellings>> = sets
        .iter()
        .map(|(script, corpus, _)| {
            let pair = |p: &Pair| Spellings {
                left: rows_of(*script, &p.native_word),
                right: rows_of(Script::Latin, &p.latin_word),
                left_key: key(&p.native),
                right_key: key(&p.latin),
            };
            corpus.pairs.iter().map(pair).collect()
        })
        .collect();
    let mut table = Table::new();
    table.train(&spellings, say);
    table
}

#[expect(clippy::print_stderr, reason = "a chore tells its progress")]
pub(crate) fn say(line: &str) {
    eprintln!("{line}");
}

pub(crate) fn read_pairs(file: &str, script: Script) -> Result<Corpus> {
    let mut corpus = Corpus::default();
    for (latin, native, count) in read_lines(file)? {
        let (Some(latin), Some(native)) = (word(&latin, Script::Latin), word(&native, script))
        else {
            continue;
        };
        corpus.push(script, &native, &latin, count as f64);
    }
    Ok(corpus)
}

/// Latin token, native token and count of each line of one file of the corpus.
pub(crate) fn read_lines(file: &str) -> Result<Vec<(String, String, u64)>> {
    let path = Path::new(CORPUS).join(format!("{file}.tsv.gz"));
    let packed = std::fs::File::open(&path).with_context(|| format!("open {}", path.display()))?;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text)?;
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [latin, native, count] = columns.as_slice() else { continue };
        lines.push(((*latin).to_owned(), (*native).to_owned(), count.parse().unwrap_or(1)));
    }
    Ok(lines)
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
fn variants<'a>(sets: impl Iterator<Item = (Script, &'a Corpus)>) -> Corpus {
    let mut corpus = Corpus::default();
    for (_, pairs) in sets.filter(|(script, _)| matches!(script, Script::Arabic | Script::Cyrillic))
    {
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for pair in &pairs.pairs {
            groups.entry(&pair.native_word).or_default().push(&pair.latin_word);
        }
        for (nth, group) in groups.values().enumerate() {
            if nth % 4 == 0 {
                corpus.push(Script::Latin, group[0], group[0], 1.0);
            }
            for (at, one) in group.iter().enumerate().take(5) {
                for other in group.iter().take(5).skip(at + 1) {
                    corpus.push(Script::Latin, one, other, 1.0);
                    corpus.push(Script::Latin, other, one, 1.0);
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
    table: &[u8],
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
    add_rivals(script, corpus, &mut examples, table);
    let mut sharpener = Sharpener::new(pair, &examples);
    for epoch in 0..EPOCHS {
        let loss = sharpener.epoch(epoch);
        say(&format!("{}: epoch {epoch}, loss {loss:.4}", script.as_str()));
    }
    sharpener.finish()
}

/// Finds for each native token the Latin tokens with the nearest sketches, right ones included.
fn add_rivals(script: Script, corpus: &Corpus, examples: &mut [Example], table: &[u8]) {
    // A part of the pool suffices: near enough, and several times faster.
    let step = corpus.pairs.len() / RIVAL_POOL + 1;
    let pool: Vec<(u32, Sketch)> = (0u32..)
        .zip(&corpus.pairs)
        .step_by(step)
        .map(|(at, pair)| (at, Sketch::by(table, Script::Latin, &pair.latin_word)))
        .collect();
    examples.par_iter_mut().zip(&corpus.pairs).for_each(|(example, pair)| {
        let own = Sketch::by(table, script, &pair.native_word);
        let mut found: Vec<(f32, u32)> =
            pool.iter().map(|(at, sketch)| (own.likeness(sketch), *at)).collect();
        let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if found.len() > RIVALS {
            found.select_nth_unstable_by(RIVALS, order);
            found.truncate(RIVALS);
        }
        found.sort_unstable_by(order);
        example.rivals = found.into_iter().map(|(_, at)| at).collect();
    });
}

/// Latin tokens among which rivals are looked for.
const RIVAL_POOL: usize = 16_000;
/// Neighbours kept for each token.
const RIVALS: usize = 24;
const EPOCHS: usize = 5;

fn key(letters: &[char]) -> u64 {
    letters.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &c| {
        (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Made-up words of three syllables, and how the two scripts write these.
    fn corpus(script: Script, native: [&str; 6], latin: [&str; 6]) -> (Script, Corpus) {
        let mut corpus = Corpus::default();
        for at in 0..216 {
            let syllables = [at % 6, at / 6 % 6, at / 36];
            let word = |of: [&str; 6]| syllables.map(|s| of[s]).concat();
            corpus.push(script, &word(native), &word(latin), 1.0 + (at % 3) as f64);
        }
        (script, corpus)
    }

    fn train_with(threads: usize) -> (Vec<u8>, String) {
        let sets = vec![
            corpus(
                Script::Arabic,
                ["قن", "ديل", "زر", "حا", "مي", "طو"],
                ["qan", "dil", "zar", "ha", "mi", "tu"],
            ),
            corpus(
                Script::Cyrillic,
                ["ок", "ун", "ев", "ру", "ла", "жи"],
                ["ok", "un", "ev", "ru", "la", "zhi"],
            ),
        ];
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (table, model) = pool.install(|| train_all(sets));
        (table, model.to_text())
    }

    #[test]
    fn the_same_corpus_gives_the_same_bytes_with_any_number_of_threads() {
        let (table, model) = train_with(1);
        let (table_again, model_again) = train_with(2);
        assert!(table == table_again && model == model_again);
        assert!(model.lines().any(|line| line.starts_with("script\tcyrillic")));
        assert!(table.iter().any(|byte| *byte != 0));
    }
}
