//! Owns how a word sounds: Latin letters to sounds, coarse classes and skeletons of consonants, and
//! the weighted alignment of two sound sequences. Knows no scripts, no model and no names.
//! Invariants: likeness is symmetric, in 0..=1, and 1 for equal sounds.
#![expect(clippy::unnested_or_patterns, reason = "pairs of sounds read better one by one")]

use std::sync::OnceLock;

/// Sounds kept of one word. Words of more are cut: the longest single name of the training data
/// (Wikidata, 288,519 tokens) has 25 letters.
pub(crate) const SOUNDS_MAX: usize = 32;

/// Likeness of two sound sequences; in an abjad vowels are mostly not written, so they cost little.
pub(crate) fn alike(left: &[u8], right: &[u8], abjad: bool) -> f32 {
    // One order for both directions, so that rounding cannot break the symmetry.
    let (left, right) = if left <= right { (left, right) } else { (right, left) };
    let costs = costs();
    let drop = &costs.drop[usize::from(abjad)];
    let cost = align(left, right, costs, drop);
    let norm = 0.5 * (weight_of(left, drop) + weight_of(right, drop));
    (1.0 - cost / norm.max(0.5)).clamp(0.0, 1.0)
}

/// Latin letters to sounds: digraphs become one sound, doubles one, silent endings go.
/// Capitals are the second row: `S` sh, `C` ch, `X` kh, `G` gh, `T` th, `D` dh, `Z` zh, `c` ts.
pub(crate) fn sounds(latin: &str) -> Vec<u8> {
    let text = latin.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() && out.len() < SOUNDS_MAX {
        let (sound, taken) = next_sound(&text[at..]);
        for &s in sound {
            let doubled = out.last() == Some(&s);
            if !doubled || s.is_ascii_digit() {
                out.push(s);
            }
        }
        at += taken;
    }
    out.truncate(SOUNDS_MAX);
    // Final h after a vowel is mute in most spellings: Fatimah, Abdallah.
    if out.len() > 2 && out[out.len() - 1] == b'h' && is_vowel(out[out.len() - 2]) {
        out.pop();
    }
    out
}

/// The sound that `text` starts with, and the number of letters that write it.
fn next_sound(text: &[u8]) -> (&'static [u8], usize) {
    const SINGLE: &[u8; 36] = b"abkdefghijklmnopkrstuvwSyz0123456789";
    match text {
        [b't', b's', b'c', b'h', ..] => (b"C", 4),
        [b's', b'h', b'c', b'h', ..] => (b"S", 4),
        [b't', b'c', b'h', ..] => (b"C", 3),
        [b's', b'c', b'h', ..] => (b"S", 3),
        [b'd', b'z', b'h', ..] => (b"j", 3),
        [b's', b'h', ..] => (b"S", 2),
        [b'c', b'h', ..] => (b"C", 2),
        [b'k', b'h', ..] => (b"X", 2),
        [b'g', b'h', ..] => (b"G", 2),
        [b't', b'h', ..] => (b"T", 2),
        [b'd', b'h', ..] => (b"D", 2),
        [b'p', b'h', ..] => (b"f", 2),
        [b'z', b'h', ..] => (b"Z", 2),
        [b'd', b'j', ..] => (b"j", 2),
        [b't', b'z' | b's', ..] => (b"c", 2),
        [b'o', b'u' | b'o', ..] => (b"u", 2),
        [b'e', b'e', ..] => (b"i", 2),
        [b'c', b'k', ..] | [b'q', b'u', ..] => (b"k", 2),
        [b'c', b'e', ..] => (b"se", 2),
        [b'c', b'i', ..] => (b"si", 2),
        [b'x', ..] => (b"ks", 1),
        // `q` keeps its own sound; `c` alone is k.
        [b'q', ..] => (b"q", 1),
        [c @ b'a'..=b'z', ..] => (&SINGLE[usize::from(c - b'a')..][..1], 1),
        [c @ b'0'..=b'9', ..] => (&SINGLE[usize::from(c - b'0') + 26..][..1], 1),
        _ => (&[], 1),
    }
}

fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Coarse consonant class, for skeletons and signatures; `None` for vowels and weak letters.
pub(crate) fn class_of(sound: u8) -> Option<u8> {
    Some(match sound {
        b'b' | b'p' => 0,
        b'f' | b'v' => 1,
        b't' | b'd' | b'T' | b'D' => 2,
        b's' | b'z' | b'S' | b'Z' | b'C' | b'j' | b'c' => 3,
        b'k' | b'g' | b'q' | b'X' | b'G' => 4,
        b'm' => 5,
        b'n' => 6,
        b'l' => 7,
        b'r' => 8,
        b'h' => 9,
        b'0'..=b'9' => 10,
        _ => return None,
    })
}

/// The consonants of a name by coarse class, with its first sound if that is a vowel.
pub(crate) fn skeleton(sounds: &[u8]) -> String {
    let mut out = String::with_capacity(sounds.len());
    if sounds.first().is_some_and(|&s| is_vowel(s)) {
        out.push('a');
    }
    for &sound in sounds {
        if let Some(class) = class_of(sound) {
            out.push(if class == 10 { char::from(sound) } else { char::from(b'A' + class) });
        }
    }
    if out.len() < 2 {
        out.extend(sounds.iter().map(|&s| char::from(s)));
    }
    out
}

/// What leaving a sound out costs. Chosen by hand: vowels carry little, h and y less than others.
fn drop_cost(sound: u8, abjad: bool) -> f32 {
    match sound {
        b'a' | b'e' | b'i' | b'o' | b'u' if abjad => 0.07,
        b'a' | b'e' | b'i' | b'o' | b'u' => 0.28,
        b'y' | b'w' => 0.45,
        b'h' => 0.5,
        b'0'..=b'9' => 2.0,
        _ => 1.0,
    }
}

/// What writing one sound for the other costs. Chosen by hand, from how names are respelled.
fn swap_cost(left: u8, right: u8) -> f32 {
    if left == right {
        return 0.0;
    }
    let (a, b) = if left < right { (left, right) } else { (right, left) };
    match (is_vowel(a), is_vowel(b)) {
        (true, true) => match (a, b) {
            (b'a', b'e') | (b'e', b'i') | (b'o', b'u') => 0.12,
            _ => 0.25,
        },
        (true, false) | (false, true) => match (a, b) {
            (b'i' | b'e', b'y') | (b'o' | b'u', b'w') => 0.08,
            (b'a', b'y') | (b'v' | b'a', b'w') | (b'u', b'v') => 0.4,
            _ => 1.1,
        },
        (false, false) => swap_consonants(a, b),
    }
}

fn swap_consonants(a: u8, b: u8) -> f32 {
    match (a, b) {
        // Pairs are in byte order: capitals (the second row) come first.
        (b'X', b'h' | b'k') | (b'G', b'g' | b'q') | (b'T', b't') | (b'D', b'd' | b'z') => 0.15,
        (b'k', b'q') | (b'C', b'S') | (b'g', b'j' | b'q') | (b'f', b'v') | (b'Z', b'j') => 0.2,
        (b'v', b'w') | (b's', b'z') | (b'b', b'p') | (b'C', b'j' | b'c') | (b'D', b'T') => 0.3,
        (b'd', b't') | (b'g', b'k') | (b'T', b's') | (b'j', b'y') | (b'G', b'X') => 0.35,
        (b'S', b's') | (b'Z', b'z' | b's') | (b'c', b's' | b'z') | (b'j', b'z') => 0.4,
        (b'C', b'k') | (b'G', b'k' | b'r' | b'h') | (b'c', b'k') | (b'b', b'v') => 0.45,
        (b'l', b'r') | (b'm', b'n') | (b'f', b'p') | (b'g', b'h') | (b'X', b'g' | b'q') => 0.6,
        _ => 1.2,
    }
}

/// The costs by sound, worked out once: comparisons look them up.
struct Costs {
    swap: Vec<[f32; 128]>,
    drop: [[f32; 128]; 2],
}

fn costs() -> &'static Costs {
    static COSTS: OnceLock<Costs> = OnceLock::new();
    COSTS.get_or_init(|| {
        let mut costs = Costs { swap: vec![[0.0; 128]; 128], drop: [[0.0; 128]; 2] };
        for a in 0..128u8 {
            costs.drop[0][usize::from(a)] = drop_cost(a, false);
            costs.drop[1][usize::from(a)] = drop_cost(a, true);
            for b in 0..128u8 {
                costs.swap[usize::from(a)][usize::from(b)] = swap_cost(a, b);
            }
        }
        costs
    })
}

fn weight_of(sounds: &[u8], drop: &[f32; 128]) -> f32 {
    sounds.iter().map(|&s| drop[usize::from(s & 127)]).sum()
}

fn align(left: &[u8], right: &[u8], costs: &Costs, drop: &[f32; 128]) -> f32 {
    let mut row = [0f32; SOUNDS_MAX + 1];
    for (j, &sound) in right.iter().enumerate() {
        row[j + 1] = row[j] + drop[usize::from(sound & 127)];
    }
    let mut start = 0.0;
    for &sound in left {
        let swap = &costs.swap[usize::from(sound & 127)];
        let drop_own = drop[usize::from(sound & 127)];
        start += drop_own;
        let mut diagonal = row[0];
        row[0] = start;
        let mut before = start;
        for (slot, &other) in row[1..].iter_mut().zip(right) {
            let other = usize::from(other & 127);
            let swapped = diagonal + swap[other];
            diagonal = *slot;
            before = swapped.min(diagonal + drop_own).min(before + drop[other]);
            *slot = before;
        }
    }
    row[right.len()]
}
