//! The piece table: which bytes of the stream are which characters of the text.
//!
//! Word saves fast by appending: pieces stand in the order of the text, their bytes anywhere.
//! A piece has two bytes a character, or one of a Windows code page.

use std::ops::Range;

use encoding_rs::{
    Encoding, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
    WINDOWS_1256,
};

use super::fib::{self, Fib, Version};
use crate::ole::{u16_at, u32_at};
use crate::text;

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Its characters.
    characters: Range<u32>,
    /// Where its bytes begin.
    start: u32,
    /// Two bytes a character.
    wide: bool,
    /// Changes of properties that a fast save left here.
    change: u16,
}

/// All pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    list: Vec<Piece>,
    /// Lists of properties that changes refer to.
    lists: Vec<Range<usize>>,
    clx: Vec<u8>,
    /// Characters of the one-byte pieces.
    page: Vec<u16>,
    damage: Option<&'static str>,
}

/// A character with where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// One unit of UTF-16.
    pub(super) code: u16,
    /// Its place in the stream.
    pub(super) at: u32,
    /// The change of properties of its piece.
    pub(super) change: u16,
}

const CUT: &str = "its text reaches past the end of the file";

impl Pieces {
    /// Reads the table; a file without one has its text in one piece.
    pub(super) fn read(main: &[u8], table: &[u8], fib: &Fib, bytes_max: u64) -> Self {
        let clx = fib.table(table, fib::PIECES);
        let mut all = Self {
            list: Vec::new(),
            lists: Vec::new(),
            clx: clx.to_vec(),
            page: Vec::new(),
            damage: None,
        };
        if all.read_table(clx).is_none() || all.list.is_empty() {
            all.one_piece(main, fib);
        }
        all.clip(main, bytes_max);
        all.page = one_byte_page(main, &all.list, fib);
        all
    }

    /// What is wrong with the table, if anything.
    pub(super) fn damage(&self) -> Option<&'static str> {
        self.damage
    }

    fn read_table(&mut self, clx: &[u8]) -> Option<()> {
        let mut at = 0;
        while clx.get(at)? == &1 {
            let length = usize::from(u16_at(clx, at + 1)?);
            self.lists.push(at + 3..at + 3 + length);
            at += 3 + length;
        }
        if clx.get(at)? != &2 {
            return None;
        }
        let length = usize::try_from(u32_at(clx, at + 1)?).ok()?;
        let plc = clx.get(at + 5..)?;
        let count = length.min(plc.len()).checked_sub(4)? / 12;
        for number in 0..count {
            let characters = u32_at(plc, number * 4)?..u32_at(plc, number * 4 + 4)?;
            let descriptor = (count + 1) * 4 + number * 8;
            let place = u32_at(plc, descriptor + 2)?;
            let wide = place & 0x4000_0000 == 0;
            let start = if wide { place } else { (place & 0x3fff_ffff) / 2 };
            let change = u16_at(plc, descriptor + 6)?;
            let ordered = self.list.last().is_none_or(|p| p.characters.end <= characters.start);
            if characters.start < characters.end && ordered {
                self.list.push(Piece { characters, start, wide, change });
            } else if characters.start != characters.end {
                self.damage = Some("its table of pieces is damaged");
            }
        }
        Some(())
    }

    /// The whole text from the place that the head names.
    fn one_piece(&mut self, main: &[u8], fib: &Fib) {
        self.list.clear();
        let range = fib.text.clone();
        let length = range.end.saturating_sub(range.start);
        let wide = fib.version == Version::Word97 && {
            let bytes = usize::try_from(range.start).ok().and_then(|start| main.get(start..));
            let look = bytes.unwrap_or_default();
            look.iter().take(512).filter(|byte| matches!(byte, 0 | 4 | 6)).count() * 4
                > look.len().min(512)
        };
        let count = if wide { length / 2 } else { length };
        let count = if fib.characters() > 0 { count.min(fib.characters()) } else { count };
        self.list.push(Piece { characters: 0..count, start: range.start, wide, change: 0 });
        if fib.version == Version::Word97 {
            self.damage = Some("its table of pieces is damaged or missing");
        }
    }

    /// Cuts pieces at the end of the stream, and the text where it has more characters than the
    /// stream has bytes, as only overlapping pieces can have.
    fn clip(&mut self, main: &[u8], bytes_max: u64) {
        let end = u32::try_from(main.len()).unwrap_or(u32::MAX);
        let mut left = u32::try_from(bytes_max.min(u64::from(end))).unwrap_or(end);
        for piece in &mut self.list {
            let bytes = end.saturating_sub(piece.start);
            let room = if piece.wide { bytes / 2 } else { bytes };
            let length = piece.characters.end - piece.characters.start;
            let kept = length.min(room).min(left);
            if kept < length {
                self.damage = Some(CUT);
            }
            piece.characters.end = piece.characters.start + kept;
            left -= kept;
        }
    }

    /// Calls with each character of the range.
    pub(super) fn each(&self, main: &[u8], range: &Range<u32>, mut take: impl FnMut(Unit)) {
        for piece in &self.list {
            let from = piece.characters.start.max(range.start);
            let to = piece.characters.end.min(range.end);
            for character in from..to {
                let width = if piece.wide { 2 } else { 1 };
                let at = piece.start + (character - piece.characters.start) * width;
                let Ok(place) = usize::try_from(at) else { return };
                let code = if piece.wide {
                    u16_at(main, place)
                } else {
                    main.get(place).and_then(|byte| self.page.get(usize::from(*byte))).copied()
                };
                if let Some(code) = code {
                    take(Unit { code, at, change: piece.change });
                }
            }
        }
    }

    /// The list of properties that a change of a piece refers to.
    pub(super) fn list(&self, change: u16) -> Option<&[u8]> {
        let number = (change & 1 != 0).then_some(usize::from(change >> 1))?;
        self.clx.get(self.lists.get(number)?.clone())
    }
}

/// The characters that the 256 bytes of one-byte pieces stand for.
fn one_byte_page(main: &[u8], pieces: &[Piece], fib: &Fib) -> Vec<u16> {
    /// Enough letters to tell a code page.
    const LOOK_BYTES: usize = 64 << 10;
    let mut look = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.wide) {
        let start = usize::try_from(piece.start).unwrap_or(usize::MAX);
        let length = usize::try_from(piece.characters.end - piece.characters.start).unwrap_or(0);
        let bytes = main.get(start..start.saturating_add(length)).unwrap_or_default();
        look.extend_from_slice(&bytes[..bytes.len().min(LOOK_BYTES - look.len())]);
    }
    let told = of_language(fib.language);
    let seen = text::eight_bit(&look);
    let page = match fib.version {
        // By the book it is Western always; other writers take the page of the language.
        Version::Word97 if seen == told => told,
        Version::Word97 => WINDOWS_1252,
        Version::Word6 if told == WINDOWS_1252 && !look.is_ascii() => seen,
        Version::Word6 => told,
    };
    (0..=u8::MAX)
        .map(|byte| {
            let letter = [byte];
            let text = page.decode_without_bom_handling(&letter).0;
            text.encode_utf16().next().unwrap_or(u16::from(byte))
        })
        .collect()
}

/// The code page of a language, by its primary number.
fn of_language(language: u16) -> &'static Encoding {
    match language & 0x3ff {
        0x01 | 0x20 | 0x29 => WINDOWS_1256,
        0x02 | 0x19 | 0x22 | 0x23 | 0x2f => WINDOWS_1251,
        0x05 | 0x0e | 0x15 | 0x18 | 0x1a | 0x1b | 0x1c | 0x24 => WINDOWS_1250,
        0x08 => WINDOWS_1253,
        0x0d => WINDOWS_1255,
        0x1f => WINDOWS_1254,
        _ => WINDOWS_1252,
    }
}
