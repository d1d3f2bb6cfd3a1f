//! How alike two words look to the eye, and to a recognizer.
//!
//! Arabic letters are a few strokes told apart by dots, and dots are what scans lose first: `تونسي` is
//! read as `نوسي` far sooner than as `روسي`. So words are compared by their strokes: teeth, bowls and
//! bodies; a lost tooth costs little, another body much, other dots next to nothing. Words of other
//! scripts have a stroke a letter.

use crate::fold::{fold, likeness};

/// Share of the letters themselves in the likeness; the rest is of the strokes. Chosen by hand: it
/// only tells words of the same strokes apart.
const LETTERS_SHARE: f32 = 0.15;
/// What a tooth or a bowl costs that is lost or made. Chosen by hand.
const SMALL_COST: f32 = 0.5;
/// What an alif costs: rulings and stamps leave uprights. Chosen by hand.
const UPRIGHT_COST: f32 = 0.7;
/// What a stroke costs that stands for one that resembles it. Chosen by hand.
const LIKE_COST: f32 = 0.5;
/// Strokes of a word at most; longer text is no word of a list.
const STROKES_MAX: usize = 120;

/// How alike two words look, 0..=1.
pub(crate) fn resemblance(left: &str, right: &str) -> f32 {
    Strokes::of(left).likeness(&Strokes::of(right))
}

/// A word as the eye sees it, to be compared with many.
pub(crate) struct Strokes {
    parts: Vec<char>,
    letters: Vec<char>,
    length: f32,
}

impl Strokes {
    pub(crate) fn of(text: &str) -> Self {
        let parts = strokes(text);
        let letters = text.chars().filter(|c| *c != ' ').collect();
        let length = parts.iter().map(|c| cost(*c)).sum();
        Self { parts, letters, length }
    }

    /// The letters of the word.
    pub(crate) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Whether two words differ in their dots alone.
    pub(crate) fn differ_in_dots_alone(&self, other: &Self) -> bool {
        self.parts == other.parts
    }

    /// Whether two words have as many letters and differ in dots, in teeth and in what a small loop is:
    /// all that a recognizer takes one for another without making or losing a letter.
    pub(crate) fn are_of_one_outline(&self, other: &Self) -> bool {
        let outline = |parts: &[char]| -> Vec<char> {
            let bodies = parts.iter().filter(|part| !matches!(part, 'i' | 'u'));
            bodies.map(|part| if *part == 'e' { 'f' } else { *part }).collect()
        };
        self.letters.len() == other.letters.len() && outline(&self.parts) == outline(&other.parts)
    }

    /// How alike two words look, 0..=1.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        let longest = self.length.max(other.length);
        if self.parts.len().max(other.parts.len()) > STROKES_MAX || longest <= 0.0 {
            return 0.0;
        }
        let by_strokes = (1.0 - distance(&self.parts, &other.parts) / longest).max(0.0);
        let by_letters = likeness(&self.letters, &other.letters, 0.0);
        by_strokes * (1.0 - LETTERS_SHARE) + by_letters * LETTERS_SHARE
    }
}

/// The strokes of a text: small letters for those of Arabic, other characters for themselves.
fn strokes(text: &str) -> Vec<char> {
    let folded = fold(text);
    let mut out = Vec::new();
    for word in folded.split(' ') {
        let mut letters = word.chars().peekable();
        while let Some(letter) = letters.next() {
            out.extend(strokes_of(letter, letters.peek().is_none()).chars());
        }
    }
    out
}

/// Teeth are `i`, bowls `u`; a last letter has its bowl, one before others a tooth.
fn strokes_of(letter: char, is_last: bool) -> String {
    let of = |inside: &str, last: &str| if is_last { last } else { inside }.to_owned();
    match letter {
        'ب' | 'ت' | 'ث' | 'ن' => of("i", "u"),
        'ي' => of("i", "y"),
        'س' | 'ش' => of("iii", "iiiu"),
        'ص' | 'ض' => of("si", "su"),
        'ط' | 'ظ' => of("t", "t"),
        'ج' | 'ح' | 'خ' => of("j", "j"),
        'د' | 'ذ' => of("d", "d"),
        'ر' | 'ز' => of("r", "r"),
        'ع' | 'غ' => of("e", "e"),
        'ف' | 'ق' => of("f", "fu"),
        _ => letter.to_string(),
    }
}

fn distance(left: &[char], right: &[char]) -> f32 {
    let mut row: Vec<f32> = std::iter::once(0.0)
        .chain(right.iter().scan(0.0, |sum, c| {
            *sum += cost(*c);
            Some(*sum)
        }))
        .collect();
    for a in left {
        let mut diagonal = row[0];
        row[0] += cost(*a);
        for (j, b) in right.iter().enumerate() {
            let changed = diagonal + change(*a, *b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + cost(*a)).min(row[j] + cost(*b));
        }
    }
    row.last().copied().unwrap_or(0.0)
}

/// What a stroke costs that one of two words has alone.
fn cost(stroke: char) -> f32 {
    match stroke {
        'i' | 'u' => SMALL_COST,
        'ا' => UPRIGHT_COST,
        _ => 1.0,
    }
}

fn change(a: char, b: char) -> f32 {
    const ALIKE: [&str; 9] = ["rdو", "fوم", "اl", "مه", "ej", "ef", "fi", "uyi", "كل"];
    if a == b {
        0.0
    } else if ALIKE.iter().any(|set| set.contains(a) && set.contains(b)) {
        LIKE_COST
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_dots_and_teeth_are_nearer_than_other_letters() {
        for (read, meant, other) in [
            ("نوسي", "تونسي", "روسي"),
            ("بوينسي", "تونسي", "روسي"),
            ("سسط", "بسيط", "متوسط"),
            ("حيد", "جيد", "بسيط"),
            ("اجيد", "جيد", "متوسط"),
            ("ترك", "تركي", "كردي"),
        ] {
            let (near, far) = (resemblance(read, meant), resemblance(read, other));
            assert!(near > far + 0.04 && near > 0.7, "{read}: {meant} {near}, {other} {far}");
        }
    }

    #[test]
    fn other_scripts_are_compared_by_letters() {
        assert!((resemblance("single", "single") - 1.0).abs() < 1e-6);
        assert!(resemblance("sirgle", "single") > 0.8);
        assert!(resemblance("married", "single") < 0.4);
        assert!(resemblance("", "single") < 1e-6);
    }
}
