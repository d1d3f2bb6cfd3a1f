//! Walking the tree of a table to its rows, past whatever is damaged on the way.

use std::collections::BTreeSet;
use std::io;

use super::pages::{Pages, u32_at};
use super::record::{INTERIOR, LEAF, Row, cells, header_of, read_row, varint};

/// What was met on the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Damage {
    /// Pages that are none of a table.
    pub(super) pages: u64,
    /// Cells that hold no row.
    pub(super) cells: u64,
}

impl Damage {
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// Calls `take` with the rows below a page. Pages that were seen are noted and not walked twice.
/// Where a page is damaged, `suspect` says whether a row found by trying every byte of it is one.
pub(super) fn walk<E: From<io::Error>>(
    pages: &mut Pages,
    root: u32,
    seen: &mut BTreeSet<u32>,
    suspect: &dyn Fn(&Row) -> bool,
    take: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<Damage, E> {
    let mut damage = Damage::default();
    let mut open = vec![root];
    while let Some(number) = open.pop() {
        if number == 0 || number > pages.count || !seen.insert(number) {
            damage.pages += 1;
            continue;
        }
        let page = pages.read(number)?;
        let header = header_of(number);
        match page[header] {
            LEAF => damage.cells += leaf(pages, &page, header, suspect, take)?,
            INTERIOR => {
                // Backwards, so that the first child is walked first.
                open.push(u32_at(&page, header + 8));
                let children = cells(&page, header).into_iter().rev();
                open.extend(children.map(|at| u32_at(&page, at)));
            }
            _ => {
                damage.pages += 1;
                search(pages, &page, suspect, take)?;
            }
        }
    }
    Ok(damage)
}

/// The rows of a leaf; gives the number of cells that hold none.
pub(super) fn leaf<E: From<io::Error>>(
    pages: &mut Pages,
    page: &[u8],
    header: usize,
    suspect: &dyn Fn(&Row) -> bool,
    take: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<u64, E> {
    let mut broken = 0;
    let mut last = None;
    for at in cells(page, header) {
        match read_row(pages, page, at)? {
            // The cells of a page are in order: one that is not was reached by a damaged pointer.
            Some(row) if last.is_none_or(|last| last < row.number) => {
                last = Some(row.number);
                take(row)?;
            }
            _ => broken += 1,
        }
    }
    // A count of cells that is too small shows in bytes that no cell accounts for.
    if broken > 0 || has_more(page, header) {
        broken = broken.max(1);
        search(pages, page, suspect, take)?;
    }
    Ok(broken)
}

/// True if the content of a leaf begins before its first cell, so that a cell is not pointed to.
fn has_more(page: &[u8], header: usize) -> bool {
    let content = usize::from(super::pages::u16_at(page, header + 5));
    let first = cells(page, header).into_iter().min();
    let free = usize::from(super::pages::u16_at(page, header + 1));
    // Freed blocks may lie before the first cell, in a page that nothing is wrong with.
    free == 0 && first.is_some_and(|first| content != 0 && content < first)
}

/// Tries every byte of a page as the beginning of a row.
fn search<E: From<io::Error>>(
    pages: &mut Pages,
    page: &[u8],
    suspect: &dyn Fn(&Row) -> bool,
    take: &mut dyn FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    for at in 8..page.len() {
        // Two numbers come first; one of a row of ours is never negative.
        let plausible = varint(page, at).is_some_and(|(length, _)| length > 4);
        if !plausible {
            continue;
        }
        if let Some(row) = read_row(pages, page, at)?.filter(|row| suspect(row)) {
            take(row)?;
        }
    }
    Ok(())
}
