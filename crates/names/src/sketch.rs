//! Owns the sketch of a word: a short vector, learned so that spellings of one name in any script
//! point the same way. It finds candidates and lets a comparison pass by words that are nothing
//! alike; it decides nothing alone. Trained by `cargo xtask train-names`.
//! Invariants: a sketch is a pure function of the letters; the likeness of two is symmetric.

use unicode_normalization::UnicodeNormalization;

use crate::Script;
use crate::model::letters_of;

/// Numbers in a sketch.
pub const WIDTH: usize = 64;
/// Rows of the table of Latin, and of each other script. Runs of letters share rows by hash.
pub const LATIN_ROWS: usize = 16_384;
/// See [`LATIN_ROWS`].
pub const NATIVE_ROWS: usize = 8_192;
/// Scripts that have a table of their own, in the order of the file; others go by their
/// romanization.
pub const SCRIPTS: [Script; 7] = [
    Script::Latin,
    Script::Arabic,
    Script::Cyrillic,
    Script::Hebrew,
    Script::Kana,
    Script::Hangul,
    Script::Han,
];

/// Letters of a word that are looked at.
const LETTERS_MAX: usize = 24;
/// Length of a sketch: its numbers are scaled so that the sum of their squares is about this squared.
const LENGTH: f32 = 120.0;

/// Rows of all tables, eight bits a number.
static TABLE: &[u8] = include_bytes!("../data/sketch.bin");

/// The sketch of one word: numbers of eight bits, kept in sixteen, which is what the processor
/// multiplies fastest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sketch([i16; WIDTH]);

impl Sketch {
    /// Sketch of a word, less folded (see [`crate::spell`]); of a script without a table of its own
    /// give the romanization.
    pub fn new(script: Script, word: &str) -> Sketch {
        Sketch::by(TABLE, script, word)
    }

    /// As [`Sketch::new`], by another table of [`rows`] rows.
    pub fn by(table: &[u8], script: Script, word: &str) -> Sketch {
        let mut sums = [0i32; WIDTH];
        if let Some(first) = first_row(script) {
            each_row(script, word, |row| {
                let from = (first + row) * WIDTH;
                if let Some(numbers) = table.get(from..from + WIDTH) {
                    for (sum, &number) in sums.iter_mut().zip(numbers) {
                        *sum += i32::from(number.cast_signed());
                    }
                }
            });
        }
        Sketch::of_sums(&sums)
    }

    /// The sketch that points in the direction of the sums.
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of a byte")]
    pub fn of_sums(sums: &[i32; WIDTH]) -> Sketch {
        let squares: f32 = sums.iter().map(|&sum| (sum as f32) * (sum as f32)).sum();
        let scale = LENGTH / squares.sqrt().max(1.0);
        Sketch(sums.map(|sum| (sum as f32 * scale).round().clamp(-127.0, 127.0) as i16))
    }

    /// A sketch by its numbers.
    pub fn from_numbers(numbers: [i8; WIDTH]) -> Sketch {
        Sketch(numbers.map(i16::from))
    }

    /// The numbers of the sketch.
    #[expect(clippy::cast_possible_truncation, reason = "made of eight bits")]
    pub fn numbers(&self) -> [i8; WIDTH] {
        self.0.map(|number| number as i8)
    }

    /// The numbers of the sketch, as they are multiplied.
    pub(crate) fn wide(&self) -> &[i16; WIDTH] {
        &self.0
    }

    /// Cosine of the angle between two sketches, about -1..=1.
    pub fn likeness(&self, other: &Sketch) -> f32 {
        self.likeness_to(&other.0)
    }

    /// As [`Sketch::likeness`], to the numbers of the other.
    pub(crate) fn likeness_to(&self, other: &[i16; WIDTH]) -> f32 {
        // Sums of eight at a time: the shape that becomes the processor's own multiply-and-add.
        let (left, _) = self.0.as_chunks::<8>();
        let (right, _) = other.as_chunks::<8>();
        let mut sum = 0i32;
        for (a, b) in left.iter().zip(right) {
            let mut eight = 0i32;
            for (x, y) in a.iter().zip(b) {
                eight += i32::from(*x) * i32::from(*y);
            }
            sum += eight;
        }
        sum as f32 / (LENGTH * LENGTH)
    }
}

/// The table as it is shipped.
pub(crate) fn packed() -> &'static [u8] {
    TABLE
}

/// First row of a script's table.
pub fn first_row(script: Script) -> Option<usize> {
    let at = SCRIPTS.iter().position(|own| *own == script)?;
    Some(if at == 0 { 0 } else { LATIN_ROWS + (at - 1) * NATIVE_ROWS })
}

/// Number of rows of all tables.
pub fn rows() -> usize {
    LATIN_ROWS + (SCRIPTS.len() - 1) * NATIVE_ROWS
}

/// Calls `visit` with the row, within the script's table, of each feature of the word: the runs of
/// its base letters, of its letters with accents, of its consonants; of Chinese characters their
/// readings and themselves.
pub fn each_row(script: Script, word: &str, mut visit: impl FnMut(usize)) {
    let (longest, rows) = if script == Script::Latin { (4, LATIN_ROWS) } else { (3, NATIVE_ROWS) };
    let mut visit = |hash: usize| visit(hash % rows);
    let letters = letters_of(script, word);
    let letters = &letters[..letters.len().min(LETTERS_MAX)];
    let mut written = [0u32; LETTERS_MAX];
    let mut base = [0u32; LETTERS_MAX];
    let mut consonants = [0u32; LETTERS_MAX];
    let mut count = 0;
    for (at, &letter) in letters.iter().enumerate() {
        let plain = base_of(letter);
        written[at] = u32::from(letter);
        base[at] = u32::from(plain);
        if !is_weak(plain) {
            consonants[count] = u32::from(plain);
            count += 1;
        }
    }
    let (written, base) = (&written[..letters.len()], &base[..letters.len()]);
    each_run(base, 1..=longest, 0x9E37, &mut visit);
    if written != base {
        each_run(written, 1..=longest - 1, 0x9E37, &mut visit);
    }
    match script {
        Script::Kana => {}
        Script::Han => {
            let mut characters = [0u32; LETTERS_MAX];
            let mut count = 0;
            for (slot, c) in characters.iter_mut().zip(word.chars()) {
                *slot = u32::from(c);
                count += 1;
            }
            each_run(&characters[..count], 1..=2, 0xC2B2, &mut visit);
        }
        _ => each_run(&consonants[..count], 2..=3, 0x85EB, &mut visit),
    }
}

/// The letter without what spellings leave out: accents, hamza, the dots of ta marbuta.
fn base_of(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        '\u{80}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' if letter != 'й' => {
            std::iter::once(letter).nfd().next().unwrap_or(letter)
        }
        _ => letter,
    }
}

fn each_run(
    codes: &[u32],
    lengths: std::ops::RangeInclusive<usize>,
    salt: u32,
    visit: &mut impl FnMut(usize),
) {
    let (shortest, longest) = lengths.into_inner();
    for from in 0..codes.len() {
        let mut hash = salt;
        for (length, code) in (1..=longest).zip(&codes[from..]) {
            hash = (hash ^ code).wrapping_mul(0x0100_0193).rotate_left(13);
            if length >= shortest {
                let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
                visit((mixed >> 8) as usize);
            }
        }
    }
}

/// Vowels, and the letters that abjads write for long vowels.
fn is_weak(letter: char) -> bool {
    matches!(
        letter,
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ا' | 'و' | 'ي' | 'ع' | 'א' | 'ו' | 'י' | 'ע'
    ) || matches!(letter, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'й')
        || matches!(letter, '\u{1161}'..='\u{1175}')
}
