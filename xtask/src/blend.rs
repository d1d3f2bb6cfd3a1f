//! Owns the fitting of blends: right pairs of words that no measure was trained on, each among the
//! wrong words whose sketches lie nearest, by logistic regression (Newton's method with a small
//! ridge). Invariant: sums in a fixed order, so the same rows give the same blend.

use std::collections::{BTreeMap, BTreeSet};

use names::blend::{Blend, Measures, TERMS};
use names::model::{LATIN_GRAM_MAX, Model, NATIVE_GRAM_MAX, PairModel, letters_of, sounds_alike};
use names::sketch::Sketch;
use names::{Script, model::Grams};
use rayon::prelude::*;

use crate::multigram::Corpus;

/// Wrong words that enter with each native word.
const RIVALS: usize = 12;
/// Words looked at for the report, by their sketch.
const REPORTED: usize = 200;
/// Native words fitted on, for each script.
const WORDS_MAX: usize = 2500;
const ROUNDS: usize = 30;
const RIDGE: f64 = 0.5;

/// One row of the regression.
struct Row {
    terms: [f32; TERMS],
    right: bool,
    weight: f64,
}

/// A Latin word of the pool.
struct Entry<'a> {
    word: &'a str,
    grams: Grams,
    sketch: Sketch,
}

/// Words of one script: some of them, and all by their Latin forms.
type Natives<'a> = (Script, Vec<&'a str>, BTreeMap<&'a str, Vec<&'a str>>);

/// Right Latin words of each native word.
type Truth<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

fn truth(corpus: &Corpus) -> Truth<'_> {
    let mut truth: Truth = BTreeMap::new();
    for pair in &corpus.pairs {
        truth.entry(&pair.native_word).or_default().insert(&pair.latin_word);
    }
    truth
}

/// How often the right word came first, in the first ten, in the first hundred; by sketch and by
/// the blend.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) words: usize,
    pub(crate) pool: usize,
    pub(crate) by_sketch: [usize; 3],
    pub(crate) by_alignment: [usize; 3],
    pub(crate) by_blend: [usize; 3],
}

/// Fits the blend of one script with Latin, and tells how well it ranks the words held out among
/// all Latin words of the corpus.
pub(crate) fn fit(
    script: Script,
    model: &Model,
    pair: &PairModel,
    table: &[u8],
    (corpus, held): (&Corpus, &Corpus),
) -> (Blend, Report) {
    let truth = truth(held);
    let words: BTreeSet<&str> =
        corpus.pairs.iter().chain(&held.pairs).map(|pair| pair.latin_word.as_str()).collect();
    let pool: Vec<Entry> = words
        .par_iter()
        .map(|&word| Entry {
            word,
            grams: model.latin.grams(&letters_of(Script::Latin, word), LATIN_GRAM_MAX),
            sketch: Sketch::by(table, Script::Latin, word),
        })
        .collect();
    let step = truth.len() / WORDS_MAX + 1;
    let chosen: Vec<(&str, &BTreeSet<&str>)> =
        truth.iter().map(|(word, right)| (*word, right)).step_by(step).collect();
    let lists: Vec<Vec<Candidate>> = chosen
        .par_iter()
        .map(|(word, right)| candidates(script, pair, table, &pool, word, right))
        .collect();
    let rows: Vec<Row> = lists.iter().flat_map(|list| rows(list)).collect();
    let blend = logistic(&rows);
    let mut report = Report {
        words: lists.len(),
        pool: pool.len(),
        by_sketch: [0; 3],
        by_alignment: [0; 3],
        by_blend: [0; 3],
    };
    for list in &lists {
        count(list, |m| m.cosine, &mut report.by_sketch);
        count(list, |m| m.alignment, &mut report.by_alignment);
        count(list, |m| blend.log_odds(m), &mut report.by_blend);
    }
    (blend, report)
}

struct Candidate {
    measures: Measures,
    right: bool,
}

/// The right words and those with the nearest sketches, nearest first.
fn candidates(
    script: Script,
    pair: &PairModel,
    table: &[u8],
    pool: &[Entry],
    word: &str,
    right: &BTreeSet<&str>,
) -> Vec<Candidate> {
    let grams = pair.native.grams(&letters_of(script, word), NATIVE_GRAM_MAX);
    let sketch = Sketch::by(table, script, word);
    let mut order: Vec<(f32, usize)> =
        pool.iter().enumerate().map(|(at, e)| (sketch.likeness(&e.sketch), at)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    order
        .into_iter()
        .enumerate()
        .filter(|(nth, (_, at))| *nth < REPORTED || right.contains(pool[*at].word))
        .map(|(_, (cosine, at))| {
            let entry = &pool[at];
            let measures = Measures {
                alignment: pair.align(&grams, &entry.grams),
                letters: (grams.len() + entry.grams.len()) as f32 / 2.0 - 2.0,
                cosine,
                sounds: sounds_alike((script, word), (Script::Latin, entry.word)),
            };
            Candidate { measures, right: right.contains(entry.word) }
        })
        .collect()
}

fn rows(list: &[Candidate]) -> Vec<Row> {
    // Misaligned pairs of the corpus: the words stand in one label and are not one name.
    let right: Vec<&Candidate> =
        list.iter().filter(|c| c.right && c.measures.alignment > 0.0).collect();
    if right.is_empty() {
        return Vec::new();
    }
    let weight = 1.0 / right.len() as f64;
    let wrong = list.iter().filter(|c| !c.right).take(RIVALS);
    right
        .iter()
        .map(|c| Row { terms: c.measures.terms(), right: true, weight })
        .chain(wrong.map(|c| Row { terms: c.measures.terms(), right: false, weight: 0.25 }))
        .collect()
}

fn count(list: &[Candidate], score: impl Fn(&Measures) -> f32, into: &mut [usize; 3]) {
    let best = list
        .iter()
        .filter(|c| c.right)
        .map(|c| score(&c.measures))
        .fold(f32::NEG_INFINITY, f32::max);
    let above = list.iter().filter(|c| !c.right && score(&c.measures) >= best).count();
    for (slot, within) in into.iter_mut().zip([1, 10, 100]) {
        *slot += usize::from(above < within);
    }
}

/// Fits the blend of two scripts of which neither is Latin: words held out of one, and words of the
/// other that share a Latin form.
pub(crate) fn fit_cross(
    table: &[u8],
    sets: &[(Script, &Corpus)],
    held: &[(Script, &Corpus)],
) -> Blend {
    let natives: Vec<Natives> = sets
        .iter()
        .map(|(script, corpus)| {
            let mut by_latin: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            let mut words: BTreeSet<&str> = BTreeSet::new();
            for pair in &corpus.pairs {
                words.insert(&pair.native_word);
                by_latin.entry(&pair.latin_word).or_default().push(&pair.native_word);
            }
            let step = words.len() / 4000 + 1;
            (*script, words.into_iter().step_by(step).collect(), by_latin)
        })
        .collect();
    let mut rows = Vec::new();
    for (script, corpus) in held {
        let truth = truth(corpus);
        let step = truth.len() / 400 + 1;
        let chosen: Vec<_> = truth.iter().step_by(step).collect();
        for (other, words, by_latin) in &natives {
            let found: Vec<Vec<Row>> = chosen
                .par_iter()
                .map(|(word, latin)| {
                    let right: BTreeSet<&str> = latin
                        .iter()
                        .filter_map(|latin| by_latin.get(latin))
                        .flat_map(|words| words.iter().copied())
                        .filter(|right| right != *word)
                        .collect();
                    cross_rows(table, (*script, word), *other, &right, words)
                })
                .collect();
            rows.extend(found.into_iter().flatten());
        }
    }
    logistic(&rows)
}

fn cross_rows(
    table: &[u8],
    (script, word): (Script, &str),
    other: Script,
    right: &BTreeSet<&str>,
    words: &[&str],
) -> Vec<Row> {
    if right.is_empty() {
        return Vec::new();
    }
    let sketch = Sketch::by(table, script, word);
    let measure = |native: &str| {
        let sounds = sounds_alike((script, word), (other, native));
        let letters = (word.chars().count() + native.chars().count()) as f32 / 2.0;
        let cosine = sketch.likeness(&Sketch::by(table, other, native));
        Measures { alignment: 0.0, letters, cosine, sounds }
    };
    let mut wrong: Vec<Measures> = words
        .iter()
        .filter(|native| !right.contains(*native) && **native != word)
        .map(|native| measure(native))
        .collect();
    wrong.sort_by(|a, b| b.cosine.total_cmp(&a.cosine));
    let weight = 1.0 / right.len() as f64;
    right
        .iter()
        .map(|native| Row { terms: measure(native).terms(), right: true, weight })
        .chain(wrong.into_iter().take(RIVALS).map(|measures| Row {
            terms: measures.terms(),
            right: false,
            weight: 0.25,
        }))
        .collect()
}

/// Logistic regression by Newton's method.
fn logistic(rows: &[Row]) -> Blend {
    let mut weights = [0.0f64; TERMS];
    for _ in 0..ROUNDS {
        let mut gradient = weights.map(|w| -RIDGE * w);
        let mut curvature = [[0.0f64; TERMS]; TERMS];
        for (at, row) in curvature.iter_mut().enumerate() {
            row[at] = RIDGE;
        }
        for row in rows {
            let terms = row.terms.map(f64::from);
            let sum: f64 = terms.iter().zip(&weights).map(|(t, w)| t * w).sum();
            let share = 1.0 / (1.0 + (-sum).exp());
            let error = row.weight * (f64::from(u8::from(row.right)) - share);
            let bend = row.weight * (share * (1.0 - share)).max(1e-6);
            for i in 0..TERMS {
                gradient[i] += error * terms[i];
                for j in 0..TERMS {
                    curvature[i][j] += bend * terms[i] * terms[j];
                }
            }
        }
        let step = solve(curvature, gradient);
        for (weight, step) in weights.iter_mut().zip(step) {
            *weight += step;
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "weights are single precision")]
    Blend(weights.map(|weight| weight as f32))
}

/// Gaussian elimination; the matrix is positive definite by its ridge, so no pivoting is needed.
fn solve(mut matrix: [[f64; TERMS]; TERMS], mut right: [f64; TERMS]) -> [f64; TERMS] {
    for i in 0..TERMS {
        for k in i + 1..TERMS {
            let factor = matrix[k][i] / matrix[i][i];
            let pivot = matrix[i];
            for (cell, upper) in matrix[k].iter_mut().zip(pivot).skip(i) {
                *cell -= factor * upper;
            }
            right[k] -= factor * right[i];
        }
    }
    for i in (0..TERMS).rev() {
        for k in i + 1..TERMS {
            right[i] -= matrix[i][k] * right[k];
        }
        right[i] /= matrix[i][i];
    }
    right
}
