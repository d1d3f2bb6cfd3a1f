//! Owns the readings of Chinese characters, from the bundled table. Decides nothing about names.
//! Invariant: an unknown character reads as the empty text.

use std::io::Read;
use std::sync::OnceLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Readings and the characters that are read so; from pinyin-data (MIT), see its header.
const PACKED: &[u8] = include_bytes!("../data/pinyin.txt.gz");

static TABLE: OnceLock<FxHashMap<char, &'static str>> = OnceLock::new();

/// The most usual Mandarin reading of a character, without tone.
pub(crate) fn pinyin(c: char) -> &'static str {
    TABLE.get_or_init(table).get(&c).copied().unwrap_or("")
}

/// Whether `word` is one reading, or two joined as in most given names.
pub(crate) fn is_reading(word: &str) -> bool {
    static READINGS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    let readings = READINGS.get_or_init(|| TABLE.get_or_init(table).values().copied().collect());
    readings.contains(word)
        || (1..word.len())
            .filter_map(|at| word.split_at_checked(at))
            .any(|(first, second)| readings.contains(first) && readings.contains(second))
}

fn table() -> FxHashMap<char, &'static str> {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| {
        let mut text = String::new();
        let read = flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text);
        debug_assert!(read.is_ok(), "the bundled readings are a gzip file of text");
        text
    });
    let mut table = FxHashMap::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((reading, characters)) = line.split_once('\t') {
            table.extend(characters.chars().map(|c| (c, reading)));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::pinyin;

    #[test]
    fn usual_characters_have_readings() {
        assert_eq!([pinyin('林'), pinyin('明'), pinyin('x')], ["lin", "ming", ""]);
    }
}
