//! Owns the cells: neighbourhoods into which the sketches of all words fall, each with a centre.
//! An index keeps a word under its nearest cells and looks for it in those nearest to the query.
//! Trained by `cargo xtask name-cells`. Invariant: the cells of a sketch are a pure function of it.

use std::sync::OnceLock;

use crate::sketch::{Sketch, WIDTH};

/// Number of cells.
pub const CELLS: usize = 1024;

/// Centres, eight bits a number.
static CENTRES: &[u8] = include_bytes!("../data/cells.bin");

/// The numbers of the `COUNT` cells nearest to a sketch, nearest first. Only the regions nearest to it
/// are searched, so a far one of many may be missed.
pub(crate) fn nearest<const COUNT: usize>(sketch: &Sketch) -> [u16; COUNT] {
    let regions = regions();
    let mut order: [(f32, usize); REGIONS] =
        std::array::from_fn(|at| (sketch.likeness(&regions[at].middle), at));
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let mut best = [(f32::MIN, 0u16); COUNT];
    let mut searched = 0;
    for (_, region) in order {
        for (cell, centre) in &regions[region].cells {
            let cosine = sketch.likeness(centre);
            if cosine > best[COUNT - 1].0 {
                let at = best.partition_point(|(other, _)| *other >= cosine);
                best[at..].rotate_right(1);
                best[at] = (cosine, *cell);
            }
        }
        searched += regions[region].cells.len();
        if searched >= SEARCHED_MIN + SEARCHED_EACH * COUNT {
            break;
        }
    }
    best.map(|(_, cell)| cell)
}

/// The centres as they are shipped.
pub(crate) fn packed() -> &'static [u8] {
    CENTRES
}

/// Cells grouped by the nearest of a few among them, so that not all need be looked at.
struct Region {
    middle: Sketch,
    cells: Vec<(u16, Sketch)>,
}

const REGIONS: usize = 32;
/// Cells looked at, at least: so many, and so many for each one wanted. Chosen by hand; what they find
/// stands in docs/design/names.md.
const SEARCHED_MIN: usize = 160;
const SEARCHED_EACH: usize = 10;

fn regions() -> &'static [Region] {
    static DECODED: OnceLock<Vec<Region>> = OnceLock::new();
    DECODED.get_or_init(|| {
        let (rows, _) = CENTRES.as_chunks::<WIDTH>();
        let centre = |row: &[u8; WIDTH]| Sketch::from_numbers(row.map(u8::cast_signed));
        let mut regions: Vec<Region> = rows[..REGIONS.min(rows.len())]
            .iter()
            .map(|row| Region { middle: centre(row), cells: Vec::new() })
            .collect();
        for (cell, row) in (0u16..).zip(rows) {
            let own = centre(row);
            let nearest = regions
                .iter_mut()
                .max_by(|a, b| own.likeness(&a.middle).total_cmp(&own.likeness(&b.middle)));
            if let Some(region) = nearest {
                region.cells.push((cell, own));
            }
        }
        regions
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
