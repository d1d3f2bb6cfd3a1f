//! Printed numbers, Arabic-Indic above all, told by their shapes.
//!
//! The recognizer's Arabic model reads letters well and Arabic-Indic digits badly, so lines that
//! hold numbers are cut into words by their gaps, and words made of digits and signs alone are
//! read here: every way to part a word's spots into characters is weighed by a small net
//! (`digits.net`, trained by `cargo xtask train-digits`). Letters are left to the recognizer.
//! Invariant: a word is a number only if every spot of it is likely a digit or a sign.

use std::sync::OnceLock;

use super::glyph::{CHARACTERS, Frame, Net, OTHER, fields};
use super::prepare::{INK, index};
use super::spots::{Labeled, Spot, label};

/// Spots nearer than this share of the digits' height are of one word: letters of a word stand
/// closer, words wider apart. Chosen by hand.
const LETTER_GAP: f32 = 0.28;
/// Digits have one advance, so narrow ones leave wide gaps; their middles tell more: some 0.8
/// heights within a number, some 1.2 over a blank (`DejaVu`, Noto, Amiri).
const MIDDLES: f32 = 1.0;
/// The advance of digits over their height where a number is too short to tell.
const ADVANCE: f32 = 0.8;
/// Middles of digits farther apart than this many advances have a blank between them, if their edges
/// are apart as well: narrow digits stand off center. Blanks are half as wide as digits and more.
const BLANK: f32 = 1.24;
/// Least gap between the edges of two digits with a blank between them, in heights.
const BLANK_GAP: f32 = 0.4;
/// A gap beside a sign is a blank from this share of the height.
const SIGN_BLANK: f32 = 0.5;
/// Every character is at least so likely, and on the whole. Chosen by hand.
const LIKELY_EACH: f32 = 0.3;
const LIKELY_ALL: f32 = 0.62;
/// Spots that may make up one character: broken strokes.
const PIECES_MAX: usize = 3;
/// Spots of one number; more is a line of text.
const SPOTS_MAX: usize = 40;
/// Ink of the column in which two digits touch, over their height.
const TOUCH: f32 = 0.5;
/// Wider than this many heights is no digit but two that touch.
const WIDE: f32 = 0.95;

/// A part of a line, from the left.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A number: its characters from the left, blanks among them, how sure they are, and its
    /// columns.
    Number { characters: Vec<char>, confidence: f32, from: u32, to: u32 },
    /// Columns of the picture, from and to, that hold something else.
    Other { from: u32, to: u32 },
}

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

/// Cuts a line into numbers and the rest; `None` if it holds no number.
pub(super) fn find_numbers(pixels: &[u8], width: u32, height: u32) -> Option<Vec<Part>> {
    let line = Line { ink: label(pixels, index(width), INK), pixels, width: index(width) };
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
    let parts = without_stray_strokes(parts);
    parts.iter().any(|part| part.digits() > 0).then_some(parts)
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

/// A spot, or a part of one between two columns.
#[derive(Clone, Copy)]
struct Unit {
    spot: usize,
    x0: u32,
    x1: u32,
}

/// A character as told.
#[derive(Clone, Copy)]
struct Told {
    character: char,
    /// How likely it is.
    likely: f32,
    x0: u32,
    x1: u32,
}

impl Told {
    fn middle(self) -> f32 {
        f32::midpoint(self.x0 as f32, self.x1 as f32)
    }
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

    /// The characters of a word, if all of it are digits and signs of one script.
    fn read_number(&self, word: &[usize]) -> Option<Read> {
        if let [only] = word
            && self.spot(*only).is_bar()
        {
            return Some((vec!['-'], 0.9)); // A dash between two answers.
        }
        if word.len() > SPOTS_MAX {
            return None;
        }
        let band = self.band(word)?;
        let units = self.units(word, band.1 - band.0)?;
        let chances = self.chances(&units, band);
        let told = [true, false]
            .into_iter()
            .filter_map(|arabic| part_units(&units, &chances, arabic))
            .reduce(|a, b| if b.0 > a.0 { b } else { a })?
            .1;
        let digits = told.iter().filter(|t| t.character.is_numeric()).count();
        let signed = told.iter().any(|t| matches!(t.character, '+' | '-'));
        // A single digit and a sign is a blood group: O and A look like five and eight.
        let sign_alone = digits == 0 && !(told.len() == 1 && signed && told[0].likely > 0.8);
        let all: f32 = told.iter().map(|t| t.likely).sum::<f32>() / told.len() as f32;
        let each = told.iter().all(|t| t.likely >= LIKELY_EACH);
        if (digits == 1 && signed) || sign_alone || !each || all < LIKELY_ALL {
            return None;
        }
        Some((with_blanks(&told, band.1 - band.0), all.min(0.97)))
    }

    /// Where most characters of a word stand: slashes are higher, dots lower.
    fn band(&self, word: &[usize]) -> Option<(f32, f32)> {
        // Pieces of a broken stroke stand over each other and make one character.
        let mut columns: Vec<[u32; 4]> = Vec::new();
        let mut sorted: Vec<&Spot> = word.iter().map(|i| self.spot(*i)).collect();
        sorted.sort_by_key(|s| (s.x0, s.x1));
        for spot in sorted {
            match columns.last_mut() {
                Some([_, x1, y0, y1]) if spot.x0 < *x1 && spot.x0 + spot.x1 <= 2 * *x1 => {
                    (*x1, *y0, *y1) = (spot.x1.max(*x1), spot.y0.min(*y0), spot.y1.max(*y1));
                }
                _ => columns.push([spot.x0, spot.x1, spot.y0, spot.y1]),
            }
        }
        let tallest = columns.iter().map(|[_, _, y0, y1]| y1 - y0 + 1).max()?;
        let tall = columns.iter().filter(|[_, _, y0, y1]| (y1 - y0 + 1) * 2 >= tallest);
        let (mut tops, mut bottoms): (Vec<u32>, Vec<u32>) =
            tall.map(|[_, _, y0, y1]| (*y0, y1 + 1)).unzip();
        tops.sort_unstable();
        bottoms.sort_unstable();
        let middle = |edges: &[u32]| edges.get(edges.len() / 2).map(|e| *e as f32);
        Some((middle(&tops)?, middle(&bottoms)?)).filter(|(top, bottom)| bottom - top >= 4.0)
    }

    /// A speck beside or within a character: a dot that is a nought or a full stop is larger or
    /// has its columns for itself.
    fn is_speck(&self, i: usize, word: &[usize], height: f32) -> bool {
        let spot = self.spot(i);
        let area = spot.area as f32 / (height * height);
        let over = |other: &usize| {
            let other = self.spot(*other);
            other.area > 3 * spot.area && spot.x0 + 1 >= other.x0 && spot.x1 <= other.x1 + 1
        };
        area < 0.012 || (area < 0.04 && word.iter().any(over))
    }

    /// The units of a word from the left; touching digits are cut where the ink is thinnest.
    fn units(&self, word: &[usize], height: f32) -> Option<Vec<Unit>> {
        let mut units = Vec::new();
        for i in word {
            let spot = self.spot(*i);
            if spot.width() as f32 > height * 3.2 {
                return None;
            }
            if self.is_speck(*i, word, height) {
                continue;
            }
            let unit = Unit { spot: *i, x0: spot.x0, x1: spot.x1 };
            if spot.height() as f32 > 0.5 * height {
                self.cut(unit, height, &mut units);
            } else {
                units.push(unit);
            }
        }
        units.sort_by_key(|u| u.x0 + u.x1);
        (units.len() <= SPOTS_MAX).then_some(units)
    }

    fn cut(&self, unit: Unit, height: f32, units: &mut Vec<Unit>) {
        let width = unit.x1 - unit.x0 + 1;
        if width as f32 <= height * WIDE || width < 8 {
            units.push(unit);
            return;
        }
        let own = |x: u32| {
            let column = self.ink.labels.iter().skip(index(x)).step_by(self.width);
            column.filter(|l| index(**l) == unit.spot + 1).count()
        };
        let quarter = width / 4;
        let thinnest = (unit.x0 + quarter..unit.x1 - quarter).min_by_key(|x| own(*x));
        // Digits touch by an edge; a block is no two of them.
        let Some(at) = thinnest.filter(|x| own(*x) as f32 <= height * TOUCH) else {
            units.push(unit);
            return;
        };
        self.cut(Unit { x1: at, ..unit }, height, units);
        self.cut(Unit { x0: at + 1, ..unit }, height, units);
    }

    /// What each run of up to [`PIECES_MAX`] units may be, by its first unit.
    fn chances(&self, units: &[Unit], band: (f32, f32)) -> Vec<Vec<[f32; CHARACTERS.len()]>> {
        let most = (band.1 - band.0) * 1.4;
        (0..units.len())
            .map(|first| {
                let mut out = Vec::new();
                for count in 1..=PIECES_MAX.min(units.len() - first) {
                    let run = &units[first..first + count];
                    let left = run.iter().map(|u| u.x0).min().unwrap_or_default();
                    let right = run.iter().map(|u| u.x1 + 1).max().unwrap_or_default();
                    if count > 1 && (right - left) as f32 > most {
                        break;
                    }
                    out.push(self.chance(run, (left as f32, right as f32), band));
                }
                out
            })
            .collect()
    }

    fn chance(&self, run: &[Unit], sides: (f32, f32), band: (f32, f32)) -> [f32; CHARACTERS.len()] {
        let spots = || run.iter().map(|u| self.spot(u.spot));
        let top = spots().map(|s| s.y0).min().unwrap_or_default() as f32;
        let bottom = spots().map(|s| s.y1 + 1).max().unwrap_or_default() as f32;
        let frame = Frame { left: sides.0, right: sides.1, own: (top, bottom), band };
        let ink = |x: i32, y: i32| {
            let (Ok(x), Ok(y)) = (u32::try_from(x), usize::try_from(y)) else { return 0.0 };
            let at = y * self.width + index(x);
            if index(x) >= self.width || at >= self.pixels.len() {
                return 0.0;
            }
            let of = index(self.ink.labels[at]);
            // The soft edge of a part of a spot ends at the cut.
            let own = run.iter().any(|u| of == u.spot + 1 && x + 1 >= u.x0 && x <= u.x1 + 1);
            if own { f32::from(255 - self.pixels[at]) / 255.0 } else { 0.0 }
        };
        net().map_or([0.0; CHARACTERS.len()], |net| net.tell(&fields(&frame, ink)))
    }
}

/// The likeliest way to part units into characters of a script, and how likely it is.
fn part_units(
    units: &[Unit],
    chances: &[Vec<[f32; CHARACTERS.len()]>],
    arabic: bool,
) -> Option<(f32, Vec<Told>)> {
    let mut best: Vec<Option<(f32, Vec<Told>)>> = vec![None; units.len() + 1];
    best[0] = Some((0.0, Vec::new()));
    for first in 0..units.len() {
        let Some((worth, told)) = best[first].clone() else { continue };
        for (i, chance) in chances[first].iter().enumerate() {
            let run = &units[first..=first + i];
            let (class, likely) = likeliest(chance, arabic);
            // Every unit pays, so that joining units is no gain of its own.
            let worth = worth + likely.max(1e-6).ln() * run.len() as f32;
            let next = &mut best[first + run.len()];
            if next.as_ref().is_none_or(|(other, _)| worth > *other) {
                let mut told = told.clone();
                told.push(Told {
                    character: CHARACTERS[class],
                    likely: likely + twin(class).map_or(0.0, |twin| chance[twin]),
                    x0: run.iter().map(|u| u.x0).min().unwrap_or_default(),
                    x1: run.iter().map(|u| u.x1).max().unwrap_or_default(),
                });
                *next = Some((worth, told));
            }
        }
    }
    best.pop().flatten().filter(|(_, told)| !told.is_empty())
}

fn likeliest(chance: &[f32; CHARACTERS.len()], arabic: bool) -> (usize, f32) {
    let of_script = |class: usize| class >= 20 || (class < 10) == arabic;
    (0..OTHER)
        .filter(|class| of_script(*class))
        .map(|class| (class, chance[class]))
        .fold((0, -1.0), |best, new| if new.1 > best.1 { new } else { best })
}

/// The character of the other script that looks the same; the net cannot tell those apart.
fn twin(class: usize) -> Option<usize> {
    // One, nine, five and nought, nought and full stop.
    [(1, 11), (9, 19), (5, 10), (0, 23)].into_iter().find_map(|(a, b)| match class {
        c if c == a => Some(b),
        c if c == b => Some(a),
        _ => None,
    })
}

/// The characters with the blanks between them.
fn with_blanks(told: &[Told], height: f32) -> Vec<char> {
    let is_digit = |t: &Told| t.character.is_numeric();
    let mut advances: Vec<f32> = told
        .windows(2)
        .filter(|pair| pair.iter().all(is_digit))
        .map(|pair| pair[1].middle() - pair[0].middle())
        .collect();
    advances.sort_by(f32::total_cmp);
    let advance = match advances.len() {
        0..=2 => height * ADVANCE,
        count => advances[(count - 1) / 2],
    };
    let mut out = Vec::new();
    for (i, one) in told.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).map(|b| told[b]) {
            let slash = before.character == '/' || one.character == '/';
            let blank = if slash {
                false // Blanks around them are of no meaning, false ones part a date.
            } else if is_digit(&before) && is_digit(one) {
                let gap = one.x0 as f32 - before.x1 as f32;
                one.middle() - before.middle() > advance * BLANK && gap > height * BLANK_GAP
            } else {
                one.x0 as f32 - before.x1 as f32 > height * SIGN_BLANK
            };
            if blank {
                out.push(' ');
            }
        }
        out.push(one.character);
    }
    out
}

fn net() -> Option<&'static Net> {
    static NET: OnceLock<Option<Net>> = OnceLock::new();
    NET.get_or_init(|| Net::from_bytes(include_bytes!("digits.net"))).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_net_is_whole() {
        assert!(net().is_some());
    }

    /// Digits of twelve by eight dots, each dot a square.
    fn set(text: &str) -> (Vec<u8>, u32, u32) {
        let shapes: [(char, [&str; 12]); 6] = [
            ('-', ["", "", "", "", "", "", "  ####  ", "  ####  ", "", "", "", ""]),
            (
                'ش',
                [
                    "   ##   ", "   ##   ", "", "## ## ##", "## ## ##", "## ## ##", "########",
                    "########", "#       ", "#      #", "##    ##", " ###### ",
                ],
            ),
            (
                '1',
                [
                    "   ##   ", "  ###   ", " ####   ", "   ##   ", "   ##   ", "   ##   ",
                    "   ##   ", "   ##   ", "   ##   ", "   ##   ", " ###### ", " ###### ",
                ],
            ),
            (
                '4',
                [
                    "     ## ", "    ### ", "    ### ", "   # ## ", "  ## ## ", "  #  ## ",
                    " ##  ## ", " #   ## ", "########", "########", "     ## ", "     ## ",
                ],
            ),
            (
                '7',
                [
                    "########", "########", "      ##", "     ## ", "     ## ", "    ##  ",
                    "    ##  ", "   ##   ", "   ##   ", "  ##    ", "  ##    ", " ##     ",
                ],
            ),
            (
                '٧',
                [
                    "##    ##", "##    ##", "##    ##", " ##  ## ", " ##  ## ", " ##  ## ",
                    " ##  ## ", "  ####  ", "  ####  ", "  ####  ", "   ##   ", "   ##   ",
                ],
            ),
        ];
        let (width, height) = (20 + 30 * text.chars().count(), 44);
        let mut pixels = vec![255_u8; width * height];
        for (i, c) in text.chars().enumerate() {
            let rows = shapes.iter().find(|(of, _)| *of == c).map(|(_, rows)| rows);
            for (y, row) in rows.into_iter().flatten().enumerate() {
                for (x, _) in row.bytes().enumerate().filter(|(_, b)| *b == b'#') {
                    for dot in 0..4 {
                        let (dx, dy) = (dot % 2, dot / 2);
                        pixels[(10 + y * 2 + dy) * width + 10 + i * 20 + x * 2 + dx] = 0;
                    }
                }
            }
        }
        (pixels, u32::try_from(width).unwrap(), u32::try_from(height).unwrap())
    }

    #[test]
    fn digits_of_either_script_are_told_and_parted_at_gaps() {
        for text in ["174 471", "٧٧٧"] {
            let (pixels, width, height) = set(text);
            let parts = find_numbers(&pixels, width, height).unwrap();
            let read: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Part::Number { characters, .. } => characters.iter().collect(),
                    Part::Other { .. } => "…".to_owned(),
                })
                .collect();
            assert_eq!(read, [text]);
        }
    }

    #[test]
    fn a_dash_does_not_tie_a_number_to_letters() {
        let (pixels, width, height) = set("ش-174");
        let parts = find_numbers(&pixels, width, height).unwrap();
        assert!(matches!(parts[0], Part::Other { .. }), "{parts:?}");
        let last: String = match parts.last() {
            Some(Part::Number { characters, .. }) => characters.iter().collect(),
            _ => String::new(),
        };
        assert!(last.ends_with("174"), "{parts:?}");
    }

    #[test]
    fn a_speck_far_from_a_number_is_none_of_it() {
        let (pixels, width, height) = set("174");
        let far = 120;
        let wide = (width + far) as usize;
        let mut with_speck = vec![255_u8; wide * height as usize];
        for (to, from) in with_speck.chunks_mut(wide).zip(pixels.chunks(width as usize)) {
            to[far as usize..].copy_from_slice(from);
        }
        for y in 30..34 {
            with_speck[y * wide + 8..y * wide + 12].fill(0);
        }
        let parts = find_numbers(&with_speck, width + far, height).unwrap();
        assert!(matches!(parts.as_slice(), [only] if only.digits() == 3), "{parts:?}");
    }

    #[test]
    fn a_filled_block_is_no_number() {
        assert_eq!(find_numbers(&[0; 400], 20, 20), None);
        assert_eq!(find_numbers(&[255; 400], 20, 20), None);
    }
}
