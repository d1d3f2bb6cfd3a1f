//! Owns the table of name frequencies: token counts of the corpus in, `frequency.txt.gz` out.
//! Does not train. Invariant: the same corpus gives the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use names::{Rarity, fold, romanize};

use crate::train_names::{SOURCES, read_lines};

const TABLE: &str = "crates/names/data/frequency.txt.gz";
/// Rarer skeletons are left out: the table says of them all that they are rare.
const COUNT_MIN: u64 = 3;
/// Tokens of a label, about: given and family name.
const TOKENS_A_LABEL: u64 = 2;

/// Counts the labels that have a name and writes the table: for each skeleton of consonants the
/// commonest of the names that share it, for most of these are rare.
pub(crate) fn run() -> Result<()> {
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut tokens = 0;
    for (file, _) in SOURCES {
        for (latin, _, count) in read_lines(file)? {
            let word = romanize(&fold(&latin));
            if word.len() < 2 || latin.contains('.') {
                continue;
            }
            *counts.entry((Rarity::skeleton(&word), without_vowel_quality(&word))).or_default() +=
                count;
            tokens += count;
        }
    }
    let mut commonest: BTreeMap<&str, u64> = BTreeMap::new();
    for ((skeleton, _), &count) in &counts {
        let own = commonest.entry(skeleton).or_default();
        *own = count.max(*own);
    }
    let out = std::fs::File::create(TABLE)?;
    let mut packer = flate2::GzBuilder::new().mtime(0).write(out, flate2::Compression::best());
    packer.write_all(HEADER.as_bytes())?;
    writeln!(packer, "\t{}", tokens / TOKENS_A_LABEL)?;
    for (skeleton, count) in commonest.iter().filter(|(_, count)| **count >= COUNT_MIN) {
        writeln!(packer, "{skeleton}\t{count}")?;
    }
    packer.finish()?;
    Ok(())
}

/// Spellings that differ in their vowels only are one name; where there is none is another.
fn without_vowel_quality(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        let c = if matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') { 'a' } else { c };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

const HEADER: &str = "# Labels of people that have a name, the commonest of each skeleton of consonants; the first row\n\
# has no skeleton and holds the number of labels. Made by `cargo xtask name-frequencies` from\n\
# corpus/names/train (Wikidata labels, CC0). Same licence as the crate.\n";
