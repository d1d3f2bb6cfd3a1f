//! Owns the learned likeness of two spellings: weighted alignments of short letter runs (grams) of
//! one script with grams of Latin, and of Latin with itself. Trained by `cargo xtask train-names`.
//! Does not know parts or names. Invariants: an alignment that the model does not know costs
//! `FLOOR` at most per letter, so every pair has a finite score.

use std::fmt::Write as _;
use std::io::Read;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

pub use crate::blend::{Blend, Measures};
use crate::fold::fold;
use crate::romanize::romanize;
use crate::sounds::{alike, sounds};
use crate::{Script, han};

/// Letters of one spelling that are aligned, its two boundary marks included.
pub const LETTERS_MAX: usize = 34;
/// Longest gram on the native side and on the Latin side.
pub const NATIVE_GRAM_MAX: usize = 2;
/// Longest gram on the Latin side.
pub const LATIN_GRAM_MAX: usize = 3;
/// Number of the empty gram.
pub const EMPTY: u16 = 0;
/// Number of the gram that stands for a letter never seen.
pub const UNKNOWN: u16 = 1;
/// Number of the gram that stands where a run of letters is no known gram.
pub const NEVER_RUN: u16 = 2;
/// Answer for a gram that is not in the inventory.
pub const NONE: u16 = u16::MAX;
/// Weight of an alignment that was not seen in training. Chosen by hand, about the weight of the
/// rarest alignments kept.
pub const FLOOR: f32 = -6.0;

/// Grams with reserved numbers.
const RESERVED: usize = 3;
/// Weight of an alignment of longer grams that was not seen.
const NEVER: f32 = -1e4;

/// The grams that start at each letter: of one, two and three letters.
pub type Grams = Vec<[u16; LATIN_GRAM_MAX]>;

/// The known grams of one alphabet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inventory {
    ids: FxHashMap<String, u16>,
    texts: Vec<String>,
}

impl Inventory {
    /// Number of the gram, entered if new. `NONE` once the inventory is full.
    pub fn enter(&mut self, gram: &str) -> u16 {
        if self.texts.is_empty() {
            // The three reserved numbers; blanks never stand in a word, so nothing else hits them.
            self.texts = ["", " ", "  "].map(str::to_owned).to_vec();
            self.ids = self.texts.iter().cloned().zip([EMPTY, UNKNOWN, NEVER_RUN]).collect();
        }
        if let Some(&id) = self.ids.get(gram) {
            return id;
        }
        let id = u16::try_from(self.texts.len()).unwrap_or(NONE);
        if id != NONE {
            self.ids.insert(gram.to_owned(), id);
            self.texts.push(gram.to_owned());
        }
        id
    }

    /// Number of a known gram, or `NONE`.
    pub fn id(&self, gram: &str) -> u16 {
        self.ids.get(gram).copied().unwrap_or(NONE)
    }

    /// Number of grams, the empty one included.
    pub fn size(&self) -> usize {
        self.texts.len()
    }

    /// Text of a gram.
    pub fn text(&self, id: u16) -> &str {
        self.texts.get(usize::from(id)).map_or("", String::as_str)
    }

    fn known(&self, letter: char) -> char {
        let mut buffer = [0; 4];
        if letter.is_ascii() || self.ids.contains_key(&*letter.encode_utf8(&mut buffer)) {
            return letter;
        }
        std::iter::once(letter).nfd().next().unwrap_or(letter)
    }

    /// The grams of `letters` (see [`letters_of`]) of up to `longest` letters.
    /// A letter never seen counts as its base letter.
    pub fn grams(&self, letters: &[char], longest: usize) -> Grams {
        let letters: Vec<char> = letters.iter().map(|&letter| self.known(letter)).collect();
        let mut buffer = String::new();
        let mut grams = Vec::with_capacity(letters.len());
        for at in 0..letters.len().min(LETTERS_MAX) {
            let mut here = [UNKNOWN, NEVER_RUN, NEVER_RUN];
            buffer.clear();
            for (length, slot) in here.iter_mut().enumerate().take(longest) {
                let Some(&letter) = letters.get(at + length).filter(|_| at + length < LETTERS_MAX)
                else {
                    break;
                };
                buffer.push(letter);
                *slot = self.ids.get(buffer.as_str()).copied().unwrap_or(*slot);
            }
            grams.push(here);
        }
        grams
    }
}

/// The letters of a folded word as the model sees them, between boundary marks.
pub fn letters_of(script: Script, word: &str) -> Vec<char> {
    let mut letters = vec!['^'];
    match script {
        Script::Hangul => letters.extend(word.nfd()),
        Script::Han => letters.extend(word.chars().flat_map(|c| han::pinyin(c).chars())),
        _ => letters.extend(word.chars()),
    }
    letters.truncate(LETTERS_MAX - 1);
    letters.push('$');
    letters
}

/// Weights of one script against Latin.
#[derive(Clone, Debug, PartialEq)]
pub struct PairModel {
    /// Grams of the native side.
    pub native: Inventory,
    /// Weights by native gram, then Latin gram; as wide as the Latin inventory.
    pub weights: Vec<f32>,
    /// Size of the Latin inventory.
    pub width: usize,
    /// What the alignment and the other measures together say.
    pub blend: Blend,
}

impl PairModel {
    /// An untrained model over the inventories: single letters may meet anything at `FLOOR`,
    /// longer grams nothing.
    pub fn new(native: Inventory, latin: &Inventory) -> PairModel {
        let width = latin.size();
        let mut weights = Vec::with_capacity(native.size() * width);
        for own in &native.texts {
            for other in &latin.texts {
                let single = own.chars().count() < 2 && other.chars().count() < 2;
                weights.push(if single { FLOOR } else { NEVER });
            }
        }
        PairModel { native, weights, width, blend: Blend::default() }
    }

    /// Position of a weight.
    pub fn at(&self, native: u16, latin: u16) -> usize {
        usize::from(native) * self.width + usize::from(latin)
    }

    /// Score of the best alignment.
    pub fn align(&self, native: &[[u16; 3]], latin: &[[u16; 3]]) -> f32 {
        let latin = &latin[..latin.len().min(LETTERS_MAX)];
        let native = &native[..native.len().min(LETTERS_MAX)];
        let empty = self.row(EMPTY);
        // Cell `j` of a row stands at `j + LATIN_GRAM_MAX`; what lies before can never be reached.
        let mut two = [UNREACHED; ROW];
        let mut one = [UNREACHED; ROW];
        let mut here = [UNREACHED; ROW];
        one[LATIN_GRAM_MAX] = 0.0;
        for (j, grams) in latin.iter().enumerate() {
            one[j + LATIN_GRAM_MAX + 1] = one[j + LATIN_GRAM_MAX] + empty[usize::from(grams[0])];
        }
        for i in 0..native.len() {
            let single = self.row(native[i][0]);
            here[LATIN_GRAM_MAX] = one[LATIN_GRAM_MAX] + single[0];
            let double = if i > 0 { native[i - 1][1] } else { NEVER_RUN };
            if double == NEVER_RUN {
                fill(&mut here, &one, single, empty, latin);
            } else {
                fill_double(&mut here, &one, &two, (single, self.row(double)), empty, latin);
            }
            std::mem::swap(&mut two, &mut one);
            std::mem::swap(&mut one, &mut here);
        }
        one[latin.len() + LATIN_GRAM_MAX]
    }

    fn row(&self, gram: u16) -> &[f32] {
        let from = usize::from(gram) * self.width;
        &self.weights[from..from + self.width]
    }
}

const ROW: usize = LETTERS_MAX + LATIN_GRAM_MAX + 1;
const UNREACHED: f32 = -1e6;

/// One row of the alignment for a native letter: it meets nothing, or one to three Latin letters,
/// or a Latin letter meets nothing.
fn fill(
    here: &mut [f32; ROW],
    one: &[f32; ROW],
    single: &[f32],
    empty: &[f32],
    latin: &[[u16; 3]],
) {
    const NOTHING: [u16; 3] = [NEVER_RUN; 3];
    let (mut before, mut before_that) = (&NOTHING, &NOTHING);
    let mut left = here[LATIN_GRAM_MAX];
    let drop = single[0];
    for (j, grams) in latin.iter().enumerate() {
        let alone = (one[j + 4] + drop).max(left + empty[usize::from(grams[0])]);
        let with_one = one[j + 3] + single[usize::from(grams[0])];
        let with_two = one[j + 2] + single[usize::from(before[1])];
        let with_three = one[j + 1] + single[usize::from(before_that[2])];
        left = alone.max(with_one).max(with_two.max(with_three));
        here[j + 4] = left;
        before_that = before;
        before = grams;
    }
}

/// As [`fill`], where the letter and the one before it may also be taken as one gram.
fn fill_double(
    here: &mut [f32; ROW],
    one: &[f32; ROW],
    two: &[f32; ROW],
    (single, double): (&[f32], &[f32]),
    empty: &[f32],
    latin: &[[u16; 3]],
) {
    const NOTHING: [u16; 3] = [NEVER_RUN; 3];
    let (mut before, mut before_that) = (&NOTHING, &NOTHING);
    let mut left = here[LATIN_GRAM_MAX];
    let drop = single[0];
    for (j, grams) in latin.iter().enumerate() {
        let (g1, g2, g3) =
            (usize::from(grams[0]), usize::from(before[1]), usize::from(before_that[2]));
        let alone = (one[j + 4] + drop).max(left + empty[g1]);
        let with_one = (one[j + 3] + single[g1]).max(two[j + 3] + double[g1]);
        let with_two = (one[j + 2] + single[g2]).max(two[j + 2] + double[g2]);
        let with_three = (one[j + 1] + single[g3]).max(two[j + 1] + double[g3]);
        left = alone.max(with_one).max(with_two.max(with_three));
        here[j + 4] = left;
        before_that = before;
        before = grams;
    }
}

/// All pair models and the Latin inventory that they share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Grams of the Latin side.
    pub latin: Inventory,
    /// Models by script; that of Latin compares Latin with Latin.
    pub pairs: Vec<(Script, PairModel)>,
    /// The blend for two scripts of which neither is Latin.
    pub cross: Blend,
}

impl Model {
    /// The model that compares `script` with Latin.
    pub fn pair(&self, script: Script) -> Option<&PairModel> {
        self.pairs.iter().find(|(own, _)| *own == script).map(|(_, pair)| pair)
    }

    /// Reads the text form of a model (see [`Model::to_text`]); what is not understood is skipped.
    pub fn parse(text: &str) -> Model {
        let mut model = Model::default();
        model.latin.enter(" ");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            match columns.as_slice() {
                ["latin", grams @ ..] => {
                    for gram in grams {
                        model.latin.enter(gram);
                    }
                }
                ["cross", blend] => model.cross = parse_blend(blend),
                ["script", script, blend, grams @ ..] => {
                    let Some(script) = Script::parse(script) else { continue };
                    let mut native = Inventory::default();
                    native.enter(" ");
                    for gram in grams {
                        native.enter(gram);
                    }
                    let mut pair = PairModel::new(native, &model.latin);
                    pair.blend = parse_blend(blend);
                    model.pairs.push((script, pair));
                }
                [native, cells @ ..] => model.parse_row(native, cells),
                [] => {}
            }
        }
        model
    }

    /// One native gram: pairs of Latin gram number and weight in hundredths, as `12:-345`.
    fn parse_row(&mut self, native: &str, cells: &[&str]) {
        let Some((_, pair)) = self.pairs.last_mut() else { return };
        let Ok(native) = native.parse::<u16>() else { return };
        for cell in cells {
            let Some((latin, weight)) = cell.split_once(':') else { continue };
            let (Ok(latin), Ok(weight)) = (latin.parse::<u16>(), weight.parse::<i16>()) else {
                continue;
            };
            let at = pair.at(native, latin);
            if let Some(slot) = pair.weights.get_mut(at) {
                *slot = f32::from(weight) / 100.0;
            }
        }
    }

    /// The text form of a model: the Latin grams, then for each script its grams and weights.
    pub fn to_text(&self) -> String {
        let mut out = String::from("latin");
        for gram in &self.latin.texts[RESERVED..] {
            out.push('\t');
            out.push_str(gram);
        }
        let _ = writeln!(out, "\ncross\t{}", blend_text(&self.cross));
        for (script, pair) in &self.pairs {
            let _ = write!(out, "script\t{}\t{}", script.as_str(), blend_text(&pair.blend));
            for gram in &pair.native.texts[RESERVED..] {
                out.push('\t');
                out.push_str(gram);
            }
            out.push('\n');
            for (native, row) in pair.weights.chunks(pair.width.max(1)).enumerate() {
                out.push_str(&native.to_string());
                for (latin, weight) in row.iter().enumerate().filter(|(_, w)| **w > FLOOR) {
                    let _ = write!(out, "\t{latin}:{:.0}", weight * 100.0);
                }
                out.push('\n');
            }
        }
        out
    }

    /// The bundled model as it is shipped.
    pub(crate) fn packed() -> &'static [u8] {
        PACKED
    }

    /// The model that comes with the crate.
    pub fn bundled() -> Model {
        let mut text = String::new();
        let read = flate2::read::GzDecoder::new(PACKED).read_to_string(&mut text);
        debug_assert!(read.is_ok(), "the bundled model is a gzip file of text");
        Model::parse(&text)
    }
}

/// The bundled model as it is shipped.
const PACKED: &[u8] = include_bytes!("../data/model.txt.gz");

fn parse_blend(text: &str) -> Blend {
    let mut blend = Blend::default();
    for (slot, number) in blend.0.iter_mut().zip(text.split(' ')) {
        *slot = number.parse().unwrap_or(0.0);
    }
    blend
}

fn blend_text(blend: &Blend) -> String {
    let numbers: Vec<String> = blend.0.iter().map(|weight| format!("{weight:.4}")).collect();
    numbers.join(" ")
}

/// Likeness of the sounds of two words, each in its script: one of the measures of a blend.
pub fn sounds_alike(left: (Script, &str), right: (Script, &str)) -> f32 {
    let heard = |(_, word): (Script, &str)| sounds(&romanize(&fold(word)));
    alike(&heard(left), &heard(right), left.0.is_abjad() || right.0.is_abjad())
}
