//! Printed numbers, Arabic-Indic above all, told by their shapes.
//!
//! The recognizer's Arabic model reads letters well and Arabic-Indic digits badly, so lines that
//! hold numbers are cut into words by their gaps, and words made of digits and signs alone are
//! read here: every way to part a word's spots into characters is weighed by a small net
//! (`digits.net`, trained by `cargo xtask train-digits`). Letters are left to the recognizer.
//! Invariant: a word is a number only if every spot of it is likely a digit or a sign.

mod told;
mod word;

use super::prepare::{INK, index};
use super::spots::{Labeled, Spot, label};

/// Spots nearer than this share of the digits' height are of one word: letters of a word stand
/// closer, words wider apart. Chosen by hand.
const LETTER_GAP: f32 = 0.28;
/// Digits have one advance, so narrow ones leave wide gaps; their middles tell more: some 0.8
/// heights within a number, some 1.2 over a blank (`DejaVu`, Noto, Amiri).
const MIDDLES: f32 = 1.0;
/// Least gap between the edges of two digits with a blank between them, in heights.
const BLANK_GAP: f32 = 0.4;

/// A part of a line, from the left.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A number: its characters from the left, blanks among them, how sure they are, and its
    /// columns.
    Number { characters: Vec<char>, confidence: f32, from: u32, to: u32 },
    /// Columns of the picture, from and to, that hold something else.
    Other { from: u32, to: u32 },
}

/// Single characters no farther apart than this many heights may be of one number: digits of fonts
/// whose letters are large beside them stand so wide. Chosen by hand (Amiri: some 1.1 from an Arabic
/// nought to the next digit).
const RUN_GAP: f32 = 1.3;
/// Words tried as one number; dates and phones have fewer characters.
const RUN_MAX: usize = 16;

/// The characters of a number and how sure they are.
type Read = (Vec<char>, f32);

/// Spots between gaps, and the number they are if they are one.
struct Word {
    read: Option<Read>,
    spots: Vec<usize>,
}

impl Part {
    /// How many digits it has.
    pub(super) fn digits(&self) -> usize {
        match self {
            Part::Number { characters, .. } => characters.iter().filter(|c| c.is_numeric()).count(),
            Part::Other { .. } => 0,
        }
    }
}

/// Gray below this is a pale stroke, such as the slash between the parts of a date and the upright of
/// a plus. Chosen by hand: paper is 255, [`INK`] 150.
const PALE: u8 = 190;
/// Digits from which a number is a telephone's, which no dash ends.
const PHONE_DIGITS: usize = 9;

/// Cuts a line into numbers and the rest; `None` if it holds no number.
pub(super) fn find_numbers(pixels: &[u8], width: u32, height: u32) -> Option<Vec<Part>> {
    let parts = find_in_ink(pixels, width, height, INK);
    let breaks = parts.as_deref().map_or(usize::MAX, breaks);
    if breaks == 0 {
        return parts;
    }
    // Where a thin stroke is too pale to be ink, a number falls apart.
    let digits = |parts: &[Part]| parts.iter().map(Part::digits).sum::<usize>();
    let least = parts.as_deref().map_or(LEAST_PALE, digits);
    let pale = find_in_ink(pixels, width, height, PALE)
        .filter(|pale| digits(pale) >= least && self::breaks(pale) < breaks);
    pale.or(parts)
}

/// Digits that must be there to be looked for among pale strokes alone. Chosen by hand: a date has six.
const LEAST_PALE: usize = 6;

/// Places where the numbers of a line are broken off: blanks in them, and other parts.
fn breaks(parts: &[Part]) -> usize {
    let blanks = |part: &Part| match part {
        Part::Number { characters, .. } => characters.iter().filter(|c| **c == ' ').count(),
        Part::Other { .. } => 1,
    };
    parts.len() - 1 + parts.iter().map(blanks).sum::<usize>()
}

fn find_in_ink(pixels: &[u8], width: u32, height: u32, ink: u8) -> Option<Vec<Part>> {
    let line = Line { ink: label(pixels, index(width), ink), pixels, width: index(width) };
    let high = index(height);
    // Specks are smaller than the dot that is the Arabic zero.
    let mut found: Vec<usize> = (0..line.ink.spots.len())
        .filter(|i| line.ink.spots[*i].area * 160 >= high * high / 8)
        .collect();
    found.sort_by_key(|i| (line.ink.spots[*i].x0, line.ink.spots[*i].y0));
    line.drop_far_specks(&mut found);
    let mut tall: Vec<u32> = found.iter().map(|i| line.ink.spots[*i].height()).collect();
    tall.sort_unstable();
    let digit_height = f32::from(u16::try_from(*tall.get(tall.len() * 2 / 3)?).ok()?);
    let words = line.by_gaps(&found, digit_height, MIDDLES);
    let words = words.into_iter().flat_map(|word| line.read_word(word, digit_height)).collect();
    let words = line.gathered(words, digit_height);
    let mut parts: Vec<Part> = Vec::new();
    for Word { read, spots } in line.joined(words, digit_height) {
        let (from, to) = line.columns(&spots);
        match (read, parts.last_mut()) {
            (Some((characters, confidence)), _) => {
                parts.push(Part::Number { characters, confidence, from, to });
            }
            (None, Some(Part::Other { to: end, .. })) => *end = to.max(*end),
            (None, _) => parts.push(Part::Other { from, to }),
        }
    }
    let parts = with_plus(without_stray_strokes(parts));
    parts.iter().any(|part| part.digits() > 0).then_some(parts)
}

/// The dash at the right of a telephone number is a plus, whose upright is the paler stroke.
fn with_plus(mut parts: Vec<Part>) -> Vec<Part> {
    let is_phone = |part: &Part| part.digits() >= PHONE_DIGITS;
    if let [.., before, Part::Number { characters: dash, to: end, .. }] = parts.as_mut_slice()
        && dash[..] == ['-']
        && is_phone(before)
        && let Part::Number { characters, to, .. } = before
    {
        characters.push('+');
        *to = *end;
        parts.pop();
    } else if let Some(last) = parts.last_mut().filter(|part| is_phone(part))
        && let Part::Number { characters, .. } = last
        && let Some(sign) = characters.last_mut().filter(|sign| **sign == '-')
    {
        *sign = '+';
    }
    parts
}

/// A lone upright stroke or ring beside words is a letter: alif and heh look like one and five. So
/// is a lone character at the end of a line in which letters follow a number: the sign of an era.
fn without_stray_strokes(parts: Vec<Part>) -> Vec<Part> {
    if !parts.iter().any(|p| matches!(p, Part::Other { .. })) {
        return parts;
    }
    let dash = |p: &Part| matches!(p, Part::Number { characters, .. } if characters[..] == ['-']);
    let era = parts.len() > 2 && !parts.iter().any(dash);
    let mut kept: Vec<Part> = Vec::new();
    for (i, part) in parts.into_iter().enumerate() {
        let other = match &part {
            Part::Number { characters, from, to, .. }
                if era && i == 0 && matches!(characters[..], [c] if c.is_numeric()) =>
            {
                Some((*from, *to))
            }
            Part::Number { characters, from, to, .. }
                if matches!(characters[..], ['١' | '٥' | '1' | '0']) =>
            {
                Some((*from, *to))
            }
            Part::Number { .. } => None,
            Part::Other { from, to } => Some((*from, *to)),
        };
        match (other, kept.last_mut()) {
            (Some((_, to)), Some(Part::Other { to: end, .. })) => *end = to,
            (Some((from, to)), _) => kept.push(Part::Other { from, to }),
            (None, _) => kept.push(part),
        }
    }
    kept
}

/// The ink of a line.
struct Line<'a> {
    ink: Labeled,
    pixels: &'a [u8],
    width: usize,
}

impl Line<'_> {
    fn spot(&self, i: usize) -> &Spot {
        &self.ink.spots[i]
    }

    fn columns(&self, word: &[usize]) -> (u32, u32) {
        let from = word.iter().map(|i| self.spot(*i).x0).min().unwrap_or_default();
        (from, word.iter().map(|i| self.spot(*i).x1).max().unwrap_or_default())
    }

    /// A word as a number, or where it is none its pieces between gaps: a dash after a number is no
    /// farther from the dots of the next letter than digits from each other.
    fn read_word(&self, spots: Vec<usize>, height: f32) -> Vec<Word> {
        let read = self.read_number(&spots);
        let pieces = self.by_gaps(&spots, height, 0.0);
        if read.is_some() || pieces.len() < 2 {
            return vec![Word { read, spots }];
        }
        let read = |spots: Vec<usize>| Word { read: self.read_number(&spots), spots };
        pieces.into_iter().map(read).collect()
    }

    /// Spots from the left in words; middles nearer than so many heights are of one.
    fn by_gaps(&self, found: &[usize], height: f32, middles: f32) -> Vec<Vec<usize>> {
        let mut words: Vec<Vec<usize>> = Vec::new();
        let mut edge = 0_u32;
        let mut middle = f32::MIN;
        for i in found {
            let spot = self.spot(*i);
            let here = f32::midpoint(spot.x0 as f32, spot.x1 as f32);
            let close = (spot.x0 as f32) < edge as f32 + height * LETTER_GAP;
            let advance = here - middle < height * middles && (spot.width() as f32) < height;
            match words.last_mut() {
                Some(word) if close || advance => word.push(*i),
                _ => words.push(vec![*i]),
            }
            edge = edge.max(spot.x1);
            middle = here;
        }
        words
    }

    /// Characters that stand each for itself are read again as one number: noughts and slashes are told
    /// by those around them alone.
    fn gathered(&self, words: Vec<Word>, height: f32) -> Vec<Word> {
        let single = |word: &Word| {
            let (from, to) = self.columns(&word.spots);
            word.spots.len() <= 2 && ((to - from) as f32) < height
        };
        let mut out: Vec<Word> = Vec::new();
        let mut rest = words.into_iter().peekable();
        while rest.peek().is_some() {
            let mut run: Vec<Word> = Vec::new();
            while let Some(word) = rest.peek()
                && run.len() < RUN_MAX
                && single(word)
                && run.last().is_none_or(|before| {
                    let gap =
                        self.columns(&word.spots).0 as f32 - self.columns(&before.spots).1 as f32;
                    gap < height * RUN_GAP
                })
            {
                run.extend(rest.next());
            }
            let spots: Vec<usize> =
                run.iter().flat_map(|word| word.spots.iter().copied()).collect();
            let numbers = run.iter().filter(|word| word.read.is_some()).count();
            let read = if numbers > 0 && run.len() > 1 { self.read_number(&spots) } else { None };
            match read {
                Some(read) => out.push(Word { read: Some(read), spots }),
                None if run.is_empty() => out.extend(rest.next()),
                None => out.extend(run),
            }
        }
        out
    }

    /// Numbers side by side are read again as one: their heights and gaps tell more together. So is
    /// a number and what stands as near to it as its next digit would.
    fn joined(&self, words: Vec<Word>, height: f32) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::new();
        for word in words {
            if let Some(before) = out.last_mut() {
                let gap = self.columns(&word.spots).0 as f32 - self.columns(&before.spots).1 as f32;
                let numbers = usize::from(word.read.is_some()) + usize::from(before.read.is_some());
                if numbers == 2 || (numbers == 1 && gap < height * BLANK_GAP) {
                    let spots: Vec<usize> =
                        before.spots.iter().chain(&word.spots).copied().collect();
                    if let Some(read) = self.read_number(&spots) {
                        *before = Word { read: Some(read), spots };
                        continue;
                    }
                }
            }
            out.push(word);
        }
        out
    }

    /// Drops small spots with nothing near: what is left of stamps and rulings.
    fn drop_far_specks(&self, found: &mut Vec<usize>) {
        let tallest = found.iter().map(|i| self.spot(*i).height()).max().unwrap_or(0);
        let small = |i: usize| self.spot(i).width().max(self.spot(i).height()) * 3 < tallest;
        let large: Vec<(u32, u32)> = found
            .iter()
            .filter(|i| !small(**i))
            .map(|i| (self.spot(*i).x0, self.spot(*i).x1))
            .collect();
        let near = |i: usize| {
            let spot = self.spot(i);
            large.iter().any(|(x0, x1)| *x0 <= spot.x1 + tallest && spot.x0 <= *x1 + tallest)
        };
        if !large.is_empty() {
            found.retain(|i| !small(*i) || near(*i));
        }
    }
}

#[cfg(test)]
mod tests;
