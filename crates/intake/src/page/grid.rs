//! Ruled tables: from ruling lines to cells.
//!
//! Lines of one direction that stand at the same place are one; lines that cross belong to one
//! table; its elementary cells are joined where no line parts them, and a region that is open to
//! the outside is no cell. Knows nothing of text.
//! Invariant: cells of one grid do not overlap, except where a joined region is not a rectangle.

use super::{Bounds, Rule};

/// The cells of one ruled table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grid {
    /// The whole.
    pub(crate) bounds: Bounds,
    /// The cells, by rows from the top, each row from the left.
    pub(crate) rows: Vec<Vec<Bounds>>,
}

/// How the ruling lines were come by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tolerance {
    /// Lines of one direction nearer than this are one; ends may fall short by this.
    pub(crate) near: f32,
    /// Cells narrower or lower than this are the two edges of a thick line.
    pub(crate) cell_min: f32,
    /// Share of a cell's edge that must be ruled.
    pub(crate) covered_min: f32,
}

/// Rules of one table at most; a drawing with more is no form. Chosen by hand.
const RULES_MAX: usize = 4_000;
/// Elementary cells of one table at most: a register page has some 50 x 20.
const CELLS_MAX: usize = 20_000;

/// Finds the ruled tables of a page, from the top.
pub(crate) fn find_grids(rules: &[Rule], tolerance: Tolerance) -> Vec<Grid> {
    let rules = merge(rules, tolerance.near);
    if rules.len() > RULES_MAX {
        return Vec::new();
    }
    let mut grids: Vec<Grid> = components(&rules, tolerance.near)
        .iter()
        .filter_map(|part| build(part, tolerance))
        .collect();
    grids.sort_by(|a, b| {
        a.bounds.y0.total_cmp(&b.bounds.y0).then(a.bounds.x0.total_cmp(&b.bounds.x0))
    });
    grids
}

/// Joins lines of one direction that continue or double each other.
fn merge(rules: &[Rule], near: f32) -> Vec<Rule> {
    let mut sorted: Vec<Rule> = rules.to_vec();
    sorted.sort_by(|a, b| {
        a.horizontal.cmp(&b.horizontal).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from))
    });
    let mut merged: Vec<Rule> = Vec::new();
    for rule in sorted {
        let met = merged
            .iter_mut()
            .rev()
            .take_while(|m| m.horizontal == rule.horizontal && rule.at - m.at <= near);
        let met = met.into_iter().find(|m| rule.from <= m.to + near && rule.to >= m.from - near);
        match met {
            Some(m) => {
                m.from = m.from.min(rule.from);
                m.to = m.to.max(rule.to);
            }
            None => merged.push(rule),
        }
    }
    merged
}

/// Groups of lines that hang together by crossings.
fn components(rules: &[Rule], near: f32) -> Vec<Vec<Rule>> {
    let mut group: Vec<usize> = (0..rules.len()).collect();
    for (i, a) in rules.iter().enumerate() {
        for (j, b) in rules.iter().enumerate().skip(i + 1) {
            if a.horizontal != b.horizontal && crosses(*a, *b, near) {
                let (x, y) = (root(&mut group, i), root(&mut group, j));
                group[x.max(y)] = x.min(y);
            }
        }
    }
    let mut parts: Vec<(usize, Vec<Rule>)> = Vec::new();
    for (i, rule) in rules.iter().enumerate() {
        let root = root(&mut group, i);
        match parts.iter_mut().find(|(r, _)| *r == root) {
            Some((_, part)) => part.push(*rule),
            None => parts.push((root, vec![*rule])),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

fn crosses(a: Rule, b: Rule, near: f32) -> bool {
    let within = |at: f32, r: Rule| at >= r.from - near && at <= r.to + near;
    within(a.at, b) && within(b.at, a)
}

fn root(group: &mut [usize], mut i: usize) -> usize {
    while group[i] != i {
        group[i] = group[group[i]];
        i = group[i];
    }
    i
}

fn build(part: &[Rule], tolerance: Tolerance) -> Option<Grid> {
    let xs = stops(part, false, tolerance.cell_min);
    let ys = stops(part, true, tolerance.cell_min);
    if xs.len() < 2 || ys.len() < 2 || xs.len() * ys.len() > CELLS_MAX {
        return None;
    }
    let regions = regions(part, &xs, &ys, tolerance);
    if regions.len() < 2 {
        return None; // A frame around a page or a paragraph is no table.
    }
    let bounds = regions.iter().copied().reduce(Bounds::union)?;
    Some(Grid { bounds, rows: by_rows(regions, tolerance) })
}

/// The distinct places of the lines of one direction.
fn stops(part: &[Rule], horizontal: bool, cell_min: f32) -> Vec<f32> {
    let mut places: Vec<f32> =
        part.iter().filter(|r| r.horizontal == horizontal).map(|r| r.at).collect();
    places.sort_by(f32::total_cmp);
    let mut stops: Vec<f32> = Vec::new();
    for place in places {
        match stops.last() {
            Some(last) if place - last < cell_min => {}
            _ => stops.push(place),
        }
    }
    stops
}

/// Elementary cells joined through unruled edges; what leaks to the outside is dropped.
fn regions(part: &[Rule], xs: &[f32], ys: &[f32], tolerance: Tolerance) -> Vec<Bounds> {
    let (columns, rows) = (xs.len() - 1, ys.len() - 1);
    let outside = columns * rows;
    let mut group: Vec<usize> = (0..=outside).collect();
    let mut join = |a: usize, b: usize| {
        let (x, y) = (root(&mut group, a), root(&mut group, b));
        group[x.min(y)] = x.max(y); // The outside has the highest number and stays a root.
    };
    for row in 0..rows {
        for column in 0..columns {
            let cell = row * columns + column;
            let (x0, x1, y0, y1) = (xs[column], xs[column + 1], ys[row], ys[row + 1]);
            let ruled =
                |horizontal, at, from, to| covered(part, horizontal, at, from, to, tolerance);
            if !ruled(true, y0, x0, x1) {
                join(cell, if row == 0 { outside } else { cell - columns });
            }
            if !ruled(false, x0, y0, y1) {
                join(cell, if column == 0 { outside } else { cell - 1 });
            }
            if row + 1 == rows && !ruled(true, y1, x0, x1) {
                join(cell, outside);
            }
            if column + 1 == columns && !ruled(false, x1, y0, y1) {
                join(cell, outside);
            }
        }
    }
    let mut regions: Vec<(usize, Bounds)> = Vec::new();
    let out = root(&mut group, outside);
    for cell in 0..outside {
        let root = root(&mut group, cell);
        if root == out {
            continue;
        }
        let (row, column) = (cell / columns, cell % columns);
        let bounds = Bounds { x0: xs[column], x1: xs[column + 1], y0: ys[row], y1: ys[row + 1] };
        match regions.iter_mut().find(|(r, _)| *r == root) {
            Some((_, whole)) => *whole = whole.union(bounds),
            None => regions.push((root, bounds)),
        }
    }
    regions.into_iter().map(|(_, bounds)| bounds).collect()
}

/// True if lines cover enough of the stretch.
fn covered(part: &[Rule], horizontal: bool, at: f32, from: f32, to: f32, t: Tolerance) -> bool {
    let mut pieces: Vec<(f32, f32)> = part
        .iter()
        .filter(|r| r.horizontal == horizontal && (r.at - at).abs() <= t.near.max(t.cell_min))
        .map(|r| (r.from.max(from), r.to.min(to)))
        .filter(|(a, b)| b > a)
        .collect();
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut reach, mut length) = (from, 0.0_f32);
    for (a, b) in pieces {
        let a = a.max(reach);
        if b > a {
            length += b - a;
            reach = b;
        }
    }
    length >= (to - from) * t.covered_min
}

/// Cells whose tops stand level make a row.
fn by_rows(mut cells: Vec<Bounds>, tolerance: Tolerance) -> Vec<Vec<Bounds>> {
    cells.sort_by(|a, b| a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Vec<Bounds>> = Vec::new();
    for cell in cells {
        match rows.last_mut() {
            Some(row) if cell.y0 - row[0].y0 < tolerance.cell_min => row.push(cell),
            _ => rows.push(vec![cell]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const POINTS: Tolerance = Tolerance { near: 2.0, cell_min: 4.0, covered_min: 0.8 };

    fn h(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: true, at, from, to }
    }

    fn v(at: f32, from: f32, to: f32) -> Rule {
        Rule { horizontal: false, at, from, to }
    }

    fn shape(rules: &[Rule]) -> Vec<Vec<usize>> {
        find_grids(rules, POINTS).iter().map(|g| g.rows.iter().map(Vec::len).collect()).collect()
    }

    #[test]
    fn a_plain_grid_has_all_its_cells() {
        let rules = [
            h(0.0, 0.0, 100.0),
            h(20.0, 0.0, 100.0),
            h(40.0, 0.0, 100.0),
            v(0.0, 0.0, 40.0),
            v(50.0, 0.0, 40.0),
            v(100.0, 0.0, 40.0),
        ];
        assert_eq!(shape(&rules), [[2, 2]]);
    }

    #[test]
    fn a_missing_edge_joins_two_cells_and_a_leak_drops_one() {
        let joined = [
            h(0.0, 0.0, 100.0),
            h(20.0, 0.0, 100.0),
            h(40.0, 0.0, 100.0),
            v(0.0, 0.0, 40.0),
            v(50.0, 20.0, 40.0),
            v(100.0, 0.0, 40.0),
        ];
        assert_eq!(shape(&joined), [[1, 2]]);
        let short_last_row = [
            h(0.0, 0.0, 100.0),
            h(20.0, 0.0, 100.0),
            h(40.0, 0.0, 50.0),
            v(0.0, 0.0, 40.0),
            v(50.0, 0.0, 40.0),
            v(100.0, 0.0, 20.0),
        ];
        assert_eq!(shape(&short_last_row), [[2, 1]]);
    }

    #[test]
    fn a_frame_is_no_table_and_doubled_lines_are_one() {
        let frame =
            [h(0.0, 0.0, 100.0), h(90.0, 0.0, 100.0), v(0.0, 0.0, 90.0), v(100.0, 0.0, 90.0)];
        assert!(shape(&frame).is_empty());
        let doubled = [
            h(0.0, 0.0, 50.0),
            h(0.5, 50.0, 100.0),
            h(20.0, 0.0, 100.0),
            h(20.6, 0.0, 100.0),
            v(0.0, 0.0, 20.0),
            v(50.0, 0.0, 20.0),
            v(50.7, 0.0, 20.0),
            v(100.0, 0.0, 20.0),
        ];
        assert_eq!(shape(&doubled), [[2]]);
    }

    proptest! {
        #[test]
        fn any_lines_are_survived(lines in proptest::collection::vec((any::<bool>(), -10.0f32..100.0, -10.0f32..100.0, -10.0f32..100.0), 0..40)) {
            let rules: Vec<Rule> =
                lines.into_iter().map(|(horizontal, at, from, to)| Rule { horizontal, at, from, to }).collect();
            for grid in find_grids(&rules, POINTS) {
                prop_assert!(grid.rows.iter().all(|r| !r.is_empty()));
            }
        }
    }
}
