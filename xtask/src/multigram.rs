//! Owns the joint multigram model: expected counts of aligned letter runs, by EM over all
//! alignments of each pair. Does not sharpen or store. Invariant: the same corpus gives the same counts.

use std::collections::{BTreeMap, HashMap};

use names::Script;
use names::model::{LATIN_GRAM_MAX, NATIVE_GRAM_MAX, letters_of};

/// Longest spelling trained on; longer tokens are mostly errors of tokenization.
const LETTERS_MAX: usize = 20;
const ROUNDS: usize = 8;

/// Spellings that belong together.
#[derive(Default)]
pub(crate) struct Corpus {
    pub(crate) pairs: Vec<Pair>,
}

/// Two spellings between boundary marks, and how much the pair counts.
pub(crate) struct Pair {
    pub(crate) native: Vec<char>,
    pub(crate) latin: Vec<char>,
    pub(crate) native_word: String,
    pub(crate) latin_word: String,
    pub(crate) weight: f64,
}

/// Expected counts of aligned runs, and letter frequencies of both sides.
pub(crate) struct Expectation {
    pub(crate) counts: BTreeMap<(String, String), f64>,
    total: f64,
    native_letters: BTreeMap<char, f64>,
    latin_letters: BTreeMap<char, f64>,
    quality: Vec<f64>,
}

impl Corpus {
    pub(crate) fn push(&mut self, script: Script, native: &str, latin: &str, count: f64) {
        let (native_word, latin_word) = (native.to_owned(), latin.to_owned());
        let (native, latin) = (letters_of(script, native), letters_of(Script::Latin, latin));
        if native.len() <= LETTERS_MAX && latin.len() <= LETTERS_MAX {
            // A pair seen often is surer, but common names must not own the model.
            let weight = 1.0 + count.ln().min(2.0);
            self.pairs.push(Pair { native, latin, native_word, latin_word, weight });
        }
    }

    /// Takes every twentieth native token out.
    pub(crate) fn hold_out(&mut self) -> Corpus {
        let (mut held, mut kept) = (Vec::new(), Vec::new());
        for pair in self.pairs.drain(..) {
            let hash = pair
                .native
                .iter()
                .fold(7u32, |h, &c| h.wrapping_mul(31).wrapping_add(u32::from(c)));
            if hash % 20 == 0 { held.push(pair) } else { kept.push(pair) }
        }
        self.pairs = kept;
        Corpus { pairs: held }
    }

    /// Drops pairs whose best explanation is chance: tokens aligned with the wrong word.
    pub(crate) fn drop_misaligned(&mut self, expectation: &Expectation) {
        let mut quality = expectation.quality.iter();
        self.pairs.retain(|_| quality.next().is_some_and(|q| *q > 0.35));
    }
}

impl Expectation {
    /// How much more often the runs stand together than by chance, in nats.
    #[expect(clippy::cast_possible_truncation, reason = "weights are single precision")]
    pub(crate) fn information(&self, native: &str, latin: &str, count: f64) -> f32 {
        let chance = |letters: &BTreeMap<char, f64>, run: &str| -> f64 {
            run.chars().map(|c| letters.get(&c).copied().unwrap_or(1e-6).ln()).sum()
        };
        let joint = (count / self.total).ln();
        (joint - chance(&self.native_letters, native) - chance(&self.latin_letters, latin)) as f32
    }
}

/// One possible alignment step of a pair: ends after `i` native and `j` Latin letters.
struct Step {
    op: u32,
    native: u8,
    latin: u8,
    i: u8,
    j: u8,
}

/// Runs EM and gives the expected counts of the last round.
pub(crate) fn expect_alignments(corpus: &Corpus) -> Expectation {
    let mut ops: HashMap<(String, String), u32> = HashMap::new();
    let mut names: Vec<(String, String)> = Vec::new();
    let lattices: Vec<Vec<Step>> =
        corpus.pairs.iter().map(|pair| lattice(pair, &mut ops, &mut names)).collect();
    // Short runs are likelier before anything is known.
    let mut probability: Vec<f64> = names
        .iter()
        .map(|(n, l)| (-1.5 * (n.chars().count() + l.chars().count()) as f64).exp())
        .collect();
    let mut counts = vec![0.0; names.len()];
    let mut quality = vec![0.0; corpus.pairs.len()];
    let native_letters = letters(corpus.pairs.iter().map(|p| (&p.native, p.weight)));
    let latin_letters = letters(corpus.pairs.iter().map(|p| (&p.latin, p.weight)));
    for _ in 0..ROUNDS {
        counts.fill(0.0);
        for (at, pair) in corpus.pairs.iter().enumerate() {
            let likelihood = accumulate(pair, &lattices[at], &probability, &mut counts);
            let chance: f64 = pair.native.iter().map(|c| native_letters[c].ln()).sum::<f64>()
                + pair.latin.iter().map(|c| latin_letters[c].ln()).sum::<f64>();
            quality[at] =
                (likelihood.ln() - chance) / (pair.native.len() + pair.latin.len()) as f64;
        }
        let total: f64 = counts.iter().sum();
        for (p, count) in probability.iter_mut().zip(&counts) {
            *p = (count - 0.3).max(1e-9) / total;
        }
    }
    let total = counts.iter().sum();
    let counts = names.into_iter().zip(counts).filter(|(_, count)| *count > 0.5).collect();
    Expectation { counts, total, native_letters, latin_letters, quality }
}

fn letters<'a>(spellings: impl Iterator<Item = (&'a Vec<char>, f64)>) -> BTreeMap<char, f64> {
    let mut counts: BTreeMap<char, f64> = BTreeMap::new();
    for (spelling, weight) in spellings {
        for &c in spelling {
            *counts.entry(c).or_default() += weight;
        }
    }
    let total: f64 = counts.values().sum();
    for count in counts.values_mut() {
        *count /= total;
    }
    counts
}

fn lattice(
    pair: &Pair,
    ops: &mut HashMap<(String, String), u32>,
    names: &mut Vec<(String, String)>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for i in 0..=pair.native.len() {
        for j in 0..=pair.latin.len() {
            for a in 0..=NATIVE_GRAM_MAX.min(i) {
                for b in 0..=LATIN_GRAM_MAX.min(j) {
                    if a + b == 0 || (a == 0 && b > 1) || (b == 0 && a > 1) {
                        continue;
                    }
                    let native: String = pair.native[i - a..i].iter().collect();
                    let latin: String = pair.latin[j - b..j].iter().collect();
                    let fresh = u32::try_from(names.len()).unwrap_or(u32::MAX);
                    let op = *ops.entry((native, latin)).or_insert_with_key(|key| {
                        names.push(key.clone());
                        fresh
                    });
                    let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
                    steps.push(Step {
                        op,
                        native: small(a),
                        latin: small(b),
                        i: small(i),
                        j: small(j),
                    });
                }
            }
        }
    }
    steps
}

/// Forward and backward over one pair; adds expected counts, gives the likelihood.
fn accumulate(pair: &Pair, steps: &[Step], probability: &[f64], counts: &mut [f64]) -> f64 {
    let width = pair.latin.len() + 1;
    let size = (pair.native.len() + 1) * width;
    let cell = |i: u8, j: u8| usize::from(i) * width + usize::from(j);
    let mut forward = vec![0.0f64; size];
    forward[0] = 1.0;
    for step in steps {
        let from = cell(step.i - step.native, step.j - step.latin);
        forward[cell(step.i, step.j)] += forward[from] * probability[step.op as usize];
    }
    let likelihood = forward[size - 1];
    if likelihood <= 0.0 {
        return f64::MIN_POSITIVE;
    }
    let mut backward = vec![0.0f64; size];
    backward[size - 1] = 1.0;
    for step in steps.iter().rev() {
        let (from, to) = (cell(step.i - step.native, step.j - step.latin), cell(step.i, step.j));
        let p = probability[step.op as usize];
        counts[step.op as usize] += pair.weight * forward[from] * p * backward[to] / likelihood;
        backward[from] += p * backward[to];
    }
    likelihood
}
