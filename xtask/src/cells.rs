//! Owns the training of cells: sketches of all words of the corpus in, centres out (spherical
//! k-means, Dhillon and Modha 2001). Invariant: the same corpus and table give the same bytes.

use std::collections::BTreeSet;

use anyhow::Result;
use names::Script;
use names::cells::CELLS;
use names::sketch::{Sketch, WIDTH};
use rayon::prelude::*;

use crate::random::Random;
use crate::train_names::{SOURCES, read_pairs, say};

const FILE: &str = "crates/names/data/cells.bin";
const ROUNDS: usize = 12;

/// Finds the centres of the words of the corpus by the sketches that the crate has, and writes them.
pub(crate) fn run() -> Result<()> {
    let mut words: BTreeSet<(Script, String)> = BTreeSet::new();
    for (file, script) in SOURCES {
        for pair in read_pairs(file, script)?.pairs {
            words.insert((script, pair.native_word));
            words.insert((Script::Latin, pair.latin_word));
        }
    }
    let sketches: Vec<Sketch> =
        words.par_iter().map(|(script, word)| Sketch::new(*script, word)).collect();
    let mut random = Random::new(7);
    let mut centres: Vec<Sketch> =
        (0..CELLS).map(|_| sketches[random.below(sketches.len())]).collect();
    for round in 0..ROUNDS {
        let (cells, mean) = assign(&sketches, &centres);
        say(&format!("round {round}: mean cosine to the centre {mean:.4}"));
        move_centres(&sketches, &cells, &mut centres);
    }
    let bytes: Vec<u8> =
        centres.iter().flat_map(|centre| centre.numbers().map(i8::cast_unsigned)).collect();
    std::fs::write(FILE, bytes)?;
    Ok(())
}

/// The nearest centre of each sketch, and the mean cosine.
fn assign(sketches: &[Sketch], centres: &[Sketch]) -> (Vec<usize>, f32) {
    let nearest: Vec<(usize, f32)> = sketches
        .par_iter()
        .map(|sketch| {
            let cosines = centres.iter().map(|centre| sketch.likeness(centre)).enumerate();
            cosines.fold((0, f32::MIN), |best, one| if one.1 > best.1 { one } else { best })
        })
        .collect();
    let mean = nearest.iter().map(|(_, cosine)| cosine).sum::<f32>() / sketches.len() as f32;
    (nearest.into_iter().map(|(cell, _)| cell).collect(), mean)
}

/// Moves each centre to the mean of its sketches; one that has none stays.
fn move_centres(sketches: &[Sketch], cells: &[usize], centres: &mut [Sketch]) {
    let mut sums = vec![[0i32; WIDTH]; centres.len()];
    for (sketch, &cell) in sketches.iter().zip(cells) {
        for (sum, number) in sums[cell].iter_mut().zip(sketch.numbers()) {
            *sum += i32::from(number);
        }
    }
    for (centre, sum) in centres.iter_mut().zip(&sums) {
        if sum.iter().any(|&number| number != 0) {
            *centre = Sketch::of_sums(sum);
        }
    }
}
