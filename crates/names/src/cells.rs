//! Owns the cells: neighbourhoods into which the sketches of all words fall, each with a centre.
//! An index keeps a word under its nearest cells and looks for it in those nearest to the query.
//! Trained by `cargo xtask name-cells`. Invariant: the cells of a sketch are a pure function of it.

use std::sync::OnceLock;

use crate::sketch::{Sketch, WIDTH};

/// Number of cells.
pub const CELLS: usize = 1024;

/// Centres, eight bits a number.
static CENTRES: &[u8] = include_bytes!("../data/cells.bin");

/// The numbers of the `COUNT` cells nearest to a sketch, nearest first.
pub(crate) fn nearest<const COUNT: usize>(sketch: &Sketch) -> [u16; COUNT] {
    let mut best = [(f32::MIN, 0u16); COUNT];
    for (cell, centre) in (0u16..).zip(centres()) {
        let cosine = sketch.likeness(centre);
        if cosine > best[COUNT - 1].0 {
            let at = best.partition_point(|(other, _)| *other >= cosine);
            best[at..].rotate_right(1);
            best[at] = (cosine, cell);
        }
    }
    best.map(|(_, cell)| cell)
}

fn centres() -> &'static [Sketch] {
    static DECODED: OnceLock<Vec<Sketch>> = OnceLock::new();
    DECODED.get_or_init(|| {
        let (rows, _) = CENTRES.as_chunks::<WIDTH>();
        rows.iter().map(|row| Sketch::from_numbers(row.map(u8::cast_signed))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Script;

    #[test]
    fn spellings_share_cells_and_other_names_do_not() {
        let cells = |script, word| nearest::<8>(&Sketch::new(script, word));
        let shared = |a: &[u16], b: &[u16]| a.iter().filter(|cell| b.contains(cell)).count();
        let latin = cells(Script::Latin, "zarquni");
        assert!(shared(&latin, &cells(Script::Latin, "zarqouni")) >= 3);
        assert!(shared(&latin, &cells(Script::Arabic, "زرقوني")) >= 2);
        assert_eq!(shared(&latin, &cells(Script::Latin, "habil")), 0);
    }

    #[test]
    fn every_cell_has_a_centre() {
        assert_eq!(CENTRES.len(), CELLS * WIDTH);
    }
}
