//! Words of labels: how rare and how alike they are, and how a label falls into parts.

use crate::fold::likeness;

/// Least likeness of two words that count as variants of one. Chosen by hand: forgives one misread
/// letter in three, keeps `وفاه` (death) apart from `ولاده` (birth).
pub(super) const WORD_LEAST: f32 = 0.66;

/// How rare a word is among the targets, in (0, 1].
pub(super) fn rarity(targets: usize, with_word: usize) -> f32 {
    let targets = targets as f32;
    (1.0 + targets / with_word.max(1) as f32).ln() / (1.0 + targets).ln()
}

pub(super) fn word_likeness(left: &[char], right: &[char]) -> f32 {
    if left == right {
        return 1.0;
    }
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    if short.len() >= 3 && long.starts_with(short) {
        // An abbreviation, or another ending: the more is left out the less it says.
        return 0.72 + 0.25 * short.len() as f32 / long.len() as f32;
    }
    if short.len() < 3 { 0.0 } else { likeness(left, right, WORD_LEAST) }
}

/// Which characters a string has, folded into 64 bits: strings that differ in many bits differ in
/// many characters.
pub(super) fn mask(chars: &[char]) -> u64 {
    chars.iter().fold(0, |mask, c| mask | 1 << (u32::from(*c) % 61))
}

pub(super) fn compact(folded: &str) -> String {
    folded.chars().filter(|c| *c != ' ').collect()
}

pub(super) fn is_conjunction(word: &str) -> bool {
    ["and", "et", "и", "ve", "und", "و", "with", "avec"].contains(&word)
}

/// Parts of a label that may be labels of their own: what stands outside brackets, inside them,
/// between slashes, and the runs of one script.
pub(super) fn parts(label: &str) -> Vec<String> {
    let has = |c: char| label.contains(c);
    let pieces: Vec<String> = if has('/') || has('|') || has('\n') || has(',') || has('،') {
        label.split(['/', '|', '\n', ',', '،']).map(str::to_owned).collect()
    } else if has('(') {
        label.split(['(', ')']).map(str::to_owned).collect()
    } else {
        script_runs(label)
    };
    let pieces: Vec<String> =
        pieces.into_iter().map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
    if pieces.len() < 2 { Vec::new() } else { pieces }
}

fn script_runs(label: &str) -> Vec<String> {
    let script = |c: char| match c {
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fefc}' => Some(0),
        '\u{400}'..='\u{52f}' => Some(1),
        _ if c.is_alphabetic() => Some(2),
        _ => None,
    };
    let mut runs: Vec<(Option<u8>, String)> = Vec::new();
    for c in label.chars() {
        match runs.last_mut() {
            Some((own, text)) if script(c).is_none() || own.is_none() || *own == script(c) => {
                *own = own.or(script(c));
                text.push(c);
            }
            _ => runs.push((script(c), c.to_string())),
        }
    }
    runs.into_iter().map(|(_, text)| text).collect()
}
