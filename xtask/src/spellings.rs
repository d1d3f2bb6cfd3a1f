//! Owns the table of usual Latin spellings: token counts of the corpus in, `spellings.txt.gz` out.
//! Does not train. Invariant: the same corpus gives the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use names::{Engine, Kind, Rarity, fold, romanize};

use crate::train_names::{SOURCES, read_lines};

const TABLE: &str = "crates/names/data/spellings.txt.gz";
/// Labels in which two words stood at the same place, from which on one is a spelling of the other.
const COUNT_MIN: u64 = 3;
/// Likeness of the two words below which they stood at the same place by chance: a title, a
/// translation. Chosen by hand on the commonest words.
const LIKENESS_MIN: f32 = 0.6;

/// Writes for each folded native word the Latin spelling that most labels have, where a plain
/// romanization would not give the same.
pub(crate) fn run() -> Result<()> {
    let engine = Engine::bundled();
    let rarity = Rarity::bundled();
    let mut spellings: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (file, _) in SOURCES {
        for (latin, native, count) in read_lines(file)? {
            let (native, latin) = (fold(&native), fold(&latin));
            let is_word =
                |text: &str| text.chars().count() > 1 && text.chars().all(char::is_alphanumeric);
            if is_word(&native) && is_word(&latin) && latin.is_ascii() && !native.is_ascii() {
                *spellings.entry(native).or_default().entry(latin).or_default() += count;
            }
        }
    }
    let out = std::fs::File::create(TABLE)?;
    let mut packer = flate2::GzBuilder::new().mtime(0).write(out, flate2::Compression::best());
    packer.write_all(HEADER.as_bytes())?;
    for (native, latins) in &spellings {
        // Of equals the first in the alphabet, so that the table is the same each time.
        let best = latins.iter().rev().max_by_key(|(_, count)| **count);
        let Some((latin, _)) = best.filter(|(_, count)| **count >= COUNT_MIN) else { continue };
        let [left, right] = [native, latin].map(|word| engine.prepare(word, Kind::Person));
        let met = engine.agreement(&left, &right, rarity);
        // Names that met nothing share nothing that could be rare.
        if *latin != romanize(native) && met.surprise > 0.0 && met.least >= LIKENESS_MIN {
            writeln!(packer, "{native}\t{latin}")?;
        }
    }
    packer.finish()?;
    Ok(())
}

const HEADER: &str = "\
# The commonest Latin spelling of words of other scripts, where a romanization letter by letter would
# not give it. Made by `cargo xtask name-spellings` from corpus/names/train (Wikidata labels, CC0).
# Same licence as the crate.
";
