//! Owns the keys under which an index finds a word again, in whatever script it is asked for.
//! Does not rank. Invariants: sorted, without doubles, the same on every machine; what is asked
//! under includes what is kept under, so a word always finds itself.

use crate::cells;
use crate::model::Model;
use crate::part::Name;
use crate::sounds::class_of;
use crate::unit::{Unit, hash_text};

/// Cells under which a word is kept, and in which it is looked for. Chosen by hand; what they find
/// stands in docs/design/names.md.
pub(crate) const KEPT: usize = 2;
/// See [`KEPT`].
pub(crate) const ASKED: usize = 24;

/// Keys under which the words of a name are kept.
pub(crate) fn kept(model: &Model, name: &Name) -> Vec<u64> {
    collect(name, |unit, keys| keys.extend(kept_of(model, unit)))
}

/// Keys under which the words of a name are looked for: those of [`kept`] and their neighbours.
pub(crate) fn asked(model: &Model, name: &Name) -> Vec<u64> {
    collect(name, |unit, keys| keys.extend(asked_of(model, unit)))
}

fn collect(name: &Name, add: impl Fn(&Unit, &mut Vec<u64>)) -> Vec<u64> {
    let mut keys = Vec::new();
    for unit in units(name) {
        add(unit, &mut keys);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The words of a name that an index keeps: its parts, and neighbours that others join.
pub(crate) fn units(name: &Name) -> impl Iterator<Item = &Unit> {
    parts(name).chain(joined(name))
}

/// The parts of a name.
pub(crate) fn parts(name: &Name) -> impl Iterator<Item = &Unit> {
    name.content.iter().map(|&at| &name.parts[usize::from(at)].unit)
}

/// Neighbouring parts of a name taken as one word.
pub(crate) fn joined(name: &Name) -> impl Iterator<Item = &Unit> {
    name.spans
        .iter()
        .filter(|span| span.count == 2 && span.written.is_none())
        .map(|span| name.span_unit(span))
}

/// The cells nearest to a word, nearest first.
pub(crate) fn cells_of<const COUNT: usize>(model: &Model, unit: &Unit) -> [u16; COUNT] {
    cells::nearest(&unit.learned(model).sketch)
}

fn kept_of(model: &Model, unit: &Unit) -> impl Iterator<Item = u64> {
    let cells = cells_of::<KEPT>(model, unit);
    cells.into_iter().map(u64::from).chain([skeleton_key(unit)])
}

fn asked_of(model: &Model, unit: &Unit) -> impl Iterator<Item = u64> {
    let cells = cells_of::<ASKED>(model, unit);
    let kept = kept_of(model, unit).filter(move |key| !cells.iter().any(|c| u64::from(*c) == *key));
    cells.into_iter().map(u64::from).chain(kept)
}

/// The consonants as an index sees them: by class, labials as one, h and vowels left out. A word of
/// fewer than two consonants is kept under its sounds.
pub(crate) fn skeleton_key(unit: &Unit) -> u64 {
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
        out.extend(unit.sounds.iter().map(|&sound| char::from(sound)));
    }
    // Never the number of a cell.
    hash_text(&out) | 1 << 63
}
