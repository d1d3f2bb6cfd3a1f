//! Properties of paragraphs and characters, of which few matter: what is in a table, where rows
//! end, what was deleted, which symbol stands for a character.
//!
//! They lie in pages of 512 bytes, each a sorted list of ends and the properties up to there.

use std::ops::Range;

use super::fib::{self, Fib, Version};
use super::pieces::Pieces;
use crate::ole::{u16_at, u32_at};

const PAGE: usize = 512;

/// What is known of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the format")]
pub(super) struct Paragraph {
    pub(super) in_table: bool,
    /// It is the end of a row, no cell.
    pub(super) row_end: bool,
    /// Depth of tables that it lies in; 0 if the writer does not say.
    pub(super) depth: u32,
    pub(super) inner_cell: bool,
    pub(super) inner_row_end: bool,
    /// Cells of the row, by number, that continue the one at their left.
    pub(super) continued: Vec<usize>,
}

/// Paragraphs by their place in the stream.
#[derive(Debug)]
pub(super) struct Paragraphs(Vec<(Range<u32>, Paragraph)>);

impl Paragraphs {
    pub(super) fn read(main: &[u8], table: &[u8], data: &[u8], fib: &Fib) -> Self {
        let mut runs = Vec::new();
        // The properties of Word 6 are numbered otherwise; its tables are told by their marks.
        if fib.version == Version::Word97 {
            for page in pages(main, fib.table(table, fib::PARAGRAPHS)) {
                each_run(page, 13, |range, offset| {
                    let list = paragraph_list(page, offset).unwrap_or_default();
                    let mut paragraph = Paragraph::default();
                    apply(list, data, &mut paragraph, 0);
                    runs.push((range, paragraph));
                });
            }
        }
        runs.sort_by_key(|(range, _)| (range.start, range.end));
        Self(runs)
    }

    /// Whether nothing is known.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The paragraph that lies there, as its piece changes it.
    pub(super) fn at(&self, at: u32, change: u16, pieces: &Pieces) -> Paragraph {
        let mut paragraph = find(&self.0, at).cloned().unwrap_or_default();
        if let Some(list) = pieces.list(change) {
            apply(list, &[], &mut paragraph, 0);
        } else if change & 1 == 0 {
            // One property with its value, by a short number.
            match (change >> 1) & 0x7f {
                0x18 => paragraph.in_table = change >> 8 != 0,
                0x19 => paragraph.row_end = change >> 8 != 0,
                _ => {}
            }
        }
        paragraph
    }
}

/// What is known of a run of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Character {
    pub(super) deleted: bool,
    /// Number of the font and of the character in it.
    pub(super) symbol: Option<(u16, u16)>,
    /// Place of a picture or form field among the data.
    pub(super) data: Option<u32>,
}

/// Runs of characters that have something of interest.
#[derive(Debug)]
pub(super) struct Characters(Vec<(Range<u32>, Character)>);

impl Characters {
    pub(super) fn read(main: &[u8], table: &[u8], fib: &Fib) -> Self {
        let mut runs = Vec::new();
        if fib.version == Version::Word97 {
            for page in pages(main, fib.table(table, fib::CHARACTERS)) {
                each_run(page, 1, |range, offset| {
                    let list = character_list(page, offset).unwrap_or_default();
                    let mut character = Character::default();
                    each_property(list, |number, value| match number {
                        0x0800 => character.deleted = value.first() == Some(&1),
                        0x6a09 => character.symbol = u16_at(value, 0).zip(u16_at(value, 2)),
                        0x6a03 => character.data = u32_at(value, 0),
                        _ => {}
                    });
                    if character != Character::default() {
                        runs.push((range, character));
                    }
                });
            }
        }
        runs.sort_by_key(|(range, _)| (range.start, range.end));
        Self(runs)
    }

    /// What is known of the character that stands there.
    pub(super) fn at(&self, at: u32) -> Character {
        find(&self.0, at).copied().unwrap_or_default()
    }
}

fn find<T>(runs: &[(Range<u32>, T)], at: u32) -> Option<&T> {
    let after = runs.partition_point(|(range, _)| range.start <= at);
    let (range, found) = runs.get(after.checked_sub(1)?)?;
    range.contains(&at).then_some(found)
}

/// The pages that a table lists, each once.
fn pages<'m>(main: &'m [u8], table: &[u8]) -> Vec<&'m [u8]> {
    let count = table.len().saturating_sub(4) / 8;
    let numbers = (0..count).filter_map(|n| u32_at(table, (count + 1) * 4 + n * 4));
    let mut numbers: Vec<u32> = numbers.map(|number| number & 0x003f_ffff).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .filter_map(|number| {
            let start = usize::try_from(number).ok()?.checked_mul(PAGE)?;
            main.get(start..start.checked_add(PAGE)?)
        })
        .collect()
}

/// Calls with the range of each run of a page and the place of its properties in the page.
fn each_run(page: &[u8], width: usize, mut take: impl FnMut(Range<u32>, usize)) {
    let count = usize::from(page[PAGE - 1]);
    for number in 0..count {
        let range = u32_at(page, number * 4).zip(u32_at(page, number * 4 + 4));
        let offset = page[..PAGE - 1].get((count + 1) * 4 + number * width);
        let (Some((start, end)), Some(offset)) = (range, offset) else { return };
        take(start..end, usize::from(*offset) * 2);
    }
}

fn paragraph_list(page: &[u8], offset: usize) -> Option<&[u8]> {
    if offset == 0 {
        return None;
    }
    let half = usize::from(*page.get(offset)?);
    let (start, length) = if half == 0 {
        (offset + 2, usize::from(*page.get(offset + 1)?) * 2)
    } else {
        (offset + 1, half * 2 - 1)
    };
    // The list follows the number of the style.
    page.get(start + 2..(start + length).min(PAGE))
}

fn character_list(page: &[u8], offset: usize) -> Option<&[u8]> {
    if offset == 0 {
        return None;
    }
    let length = usize::from(*page.get(offset)?);
    page.get(offset + 1..(offset + 1 + length).min(PAGE))
}

fn apply(list: &[u8], data: &[u8], paragraph: &mut Paragraph, depth: usize) {
    each_property(list, |number, value| {
        let on = value.first().is_some_and(|byte| *byte != 0);
        match number {
            0x2416 => paragraph.in_table = on,
            0x2417 => paragraph.row_end = on,
            0x244b => paragraph.inner_cell = on,
            0x244c => paragraph.inner_row_end = on,
            0x6649 => paragraph.depth = u32_at(value, 0).unwrap_or_default(),
            0xd608 => paragraph.continued = continued(value),
            // Properties too long for a page lie among the data; once is enough.
            0x6645 | 0x6646 if depth == 0 => {
                let far = u32_at(value, 0).and_then(|at| usize::try_from(at).ok());
                let far = far.and_then(|at| {
                    let length = usize::from(u16_at(data, at)?);
                    data.get(at + 2..(at + 2 + length).min(data.len()))
                });
                apply(far.unwrap_or_default(), data, paragraph, depth + 1);
            }
            _ => {}
        }
    });
}

/// Cells of a row that are merged into the one at their left.
fn continued(definition: &[u8]) -> Vec<usize> {
    const CELL: usize = 20;
    const CONTINUES: u16 = 2;
    let count = usize::from(definition.first().copied().unwrap_or_default());
    let cells = 1 + (count + 1) * 2;
    (0..count)
        .filter(|n| u16_at(definition, cells + n * CELL).is_some_and(|f| f & 3 == CONTINUES))
        .collect()
}

/// Calls with the number and value of each property of a list.
fn each_property(list: &[u8], mut take: impl FnMut(u16, &[u8])) {
    const TABLE: u16 = 0xd608;
    const TABS: u16 = 0xc615;
    let mut at = 0;
    while let Some(number) = u16_at(list, at) {
        at += 2;
        let length = match number >> 13 {
            0 | 1 => 1,
            2 | 4 | 5 => 2,
            3 => 4,
            7 => 3,
            _ if number == TABLE => {
                let Some(length) = u16_at(list, at) else { return };
                at += 2;
                usize::from(length).saturating_sub(1)
            }
            _ => {
                let Some(length) = list.get(at) else { return };
                at += 1;
                // A list of tab stops of this length has another way to tell it; none is longer.
                if number == TABS && *length == u8::MAX {
                    return;
                }
                usize::from(*length)
            }
        };
        let end = at.saturating_add(length).min(list.len());
        take(number, &list[at..end]);
        at = end;
    }
}
