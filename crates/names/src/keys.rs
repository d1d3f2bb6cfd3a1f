//! Owns the keys under which an index finds a name again, in whatever script it is asked for.
//! Does not rank. Invariants: sorted, without doubles, the same on every machine.

use crate::part::Name;
use crate::sounds::{class_of, skeleton};
use crate::unit::{Unit, hash_text};

/// Longest consonant skeleton that yields keys with one consonant left out; longer ones are so
/// distinct that the deletions of the first ten suffice.
const DELETIONS_MAX: usize = 10;

pub(crate) fn keys(name: &Name) -> Vec<u64> {
    let mut keys = Vec::with_capacity(8 * name.content.len());
    for &at in &name.content {
        unit_keys(&name.parts[usize::from(at)].unit, &mut keys);
    }
    for span in name.spans.iter().filter(|span| span.count == 2) {
        keys.push(hash_text(&key_skeleton(&span.unit)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The consonants as an index sees them: labials as one, h left out, vowels left out.
fn key_skeleton(unit: &Unit) -> String {
    let mut out = String::with_capacity(unit.sounds.len());
    for &sound in &unit.sounds {
        match class_of(sound) {
            Some(9) | None => {}
            Some(10) => out.push(char::from(sound)),
            Some(class) => out.push(char::from(b'A' + if class == 1 { 0 } else { class })),
        }
    }
    if out.len() < 2 {
        out.push('_');
        out.push_str(&skeleton(&unit.sounds));
    }
    out
}

fn unit_keys(unit: &Unit, keys: &mut Vec<u64>) {
    let skeleton = key_skeleton(unit);
    keys.push(hash_text(&skeleton));
    if skeleton.starts_with('_') || skeleton.len() < 3 {
        return;
    }
    for at in 0..skeleton.len().min(DELETIONS_MAX) {
        let mut less = skeleton.clone();
        less.remove(at);
        keys.push(hash_text(&less));
    }
}
