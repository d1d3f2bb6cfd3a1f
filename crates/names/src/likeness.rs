//! Owns how alike two words are: the learned alignment, the sketches and the sounds, blended into
//! log odds that both are spellings of one name. Knows nothing of tags or whole names.
//! Invariants: similarity is symmetric, in 0..=1, and 1 for equal words of one script.

use std::cell::RefCell;

use crate::Script;
use crate::model::{Measures, Model};
use crate::sounds::alike;
use crate::unit::{Learned, Unit};

/// Log odds against look-alikes at which a similarity is one half: words that are nothing alike
/// stand far below the look-alikes on which a blend was fitted. And the log odds that make one unit
/// of the logistic scale. Chosen by search, as `weigh` has it.
const MIDDLE: f32 = -7.0;
const SPREAD: f32 = 3.0;
/// The same for two Latin spellings, and the share that the sounds alone have in these: what the
/// blend was fitted on are romanizations, and lists also have slips of the pen.
const LATIN_MIDDLE: f32 = -5.4;
const LATIN_SPREAD: f32 = 1.4;
const LATIN_SOUNDS: f32 = 0.2;
/// The same for two words of which neither is read in Latin letters. Their blend was fitted on words
/// that share a romanization and has no alignment to go by. Chosen by hand on fictional caches.
const CROSS_MIDDLE: f32 = -0.5;
const CROSS_SPREAD: f32 = 1.0;
const CROSS_SOUNDS: f32 = 0.5;
/// Cosine of two sketches below which nothing else is looked at. Chosen by search.
const COSINE_MIN: f32 = 0.27;
/// Cosine and likeness of the sounds together, below which no alignment is looked for: short words
/// that are nothing alike can be aligned well by chance. Chosen on names whose truth is known.
const HEARD_MIN: f32 = 0.7;
const LATIN_HEARD_MIN: f32 = 1.0;
/// Letters of a word from which one slip leaves it the same name. Chosen by hand.
const SLIP_LETTERS_MIN: usize = 8;
/// Words less alike than this are not told apart: no part meets another from there on.
pub(crate) const HALF: f32 = 0.5;
/// Similarity of different spellings at most.
const CEILING: f32 = 0.99;

/// Similarity of two units in 0..=1; 0 if a quick look shows that they have too little in common.
pub(crate) fn similarity(model: &Model, left: &Unit, right: &Unit) -> f32 {
    if left.exact == right.exact {
        return 1.0;
    }
    let (l, r) = (left.learned(model), right.learned(model));
    let mut best = reading(model, (left, l), (right, r));
    // An article taken off on one side and fused on the other: the word without it decides.
    if let Some(bare) = r.bare.as_ref().filter(|_| left.article) {
        best = best.max(reading(model, (left, l), (bare, bare.learned(model))));
    }
    if let Some(bare) = l.bare.as_ref().filter(|_| right.article) {
        best = best.max(reading(model, (bare, bare.learned(model)), (right, r)));
    }
    best
}

fn reading(model: &Model, left: (&Unit, &Learned), right: (&Unit, &Learned)) -> f32 {
    let cosine = left.1.sketch.likeness(&right.1.sketch);
    if cosine < COSINE_MIN {
        return 0.0;
    }
    MEMORY.with_borrow_mut(|memory| {
        let slot = memory.slot(left.0.identity, right.0.identity);
        if slot.pair != (left.0.identity, right.0.identity) {
            let similarity = work_out(model, left, right, cosine);
            *slot = Remembered { pair: (left.0.identity, right.0.identity), similarity };
        }
        slot.similarity
    })
}

fn work_out(model: &Model, left: (&Unit, &Learned), right: (&Unit, &Learned), cosine: f32) -> f32 {
    let slip = slip(left.0, right.0);
    blended(model, left, right, cosine).max(slip)
}

/// Likeness of two long words of one script that one slip of the pen parts: a letter left out,
/// doubled, exchanged for another or for its neighbour. 0 for all others; in a short word one letter
/// makes another name.
fn slip(left: &Unit, right: &Unit) -> f32 {
    let (a, b) = (left.word().as_bytes(), right.word().as_bytes());
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if left.script != Script::Latin
        || right.script != Script::Latin
        || short.len() < SLIP_LETTERS_MIN
        || long.len() > short.len() + 1
    {
        return 0.0;
    }
    let head = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    let tail = long.iter().rev().zip(short.iter().rev()).take_while(|(x, y)| x == y).count();
    let is_slip = head + tail + 1 >= long.len()
        || long.len() == short.len()
            && head + tail + 2 == long.len()
            && (long[head], long[head + 1]) == (short[head + 1], short[head]);
    if is_slip { 1.0 - 1.0 / short.len() as f32 } else { 0.0 }
}

fn blended(model: &Model, left: (&Unit, &Learned), right: (&Unit, &Learned), cosine: f32) -> f32 {
    let (native, latin) = match (left.1.alphabet, right.1.alphabet) {
        (Script::Latin, Script::Latin) if left.0.exact <= right.0.exact => (left, right),
        (Script::Latin, _) => (right, left),
        _ => (left, right),
    };
    let abjad = left.0.script.is_abjad() || right.0.script.is_abjad();
    let sounds = alike(&left.0.sounds, &right.0.sounds, abjad);
    let pair = if latin.1.alphabet == Script::Latin { model.pair(native.1.alphabet) } else { None };
    let Some(pair) = pair else {
        let letters = (left.0.sounds.len() + right.0.sounds.len()) as f32 / 2.0;
        let log_odds = model.cross.log_odds(&Measures { alignment: 0.0, letters, cosine, sounds });
        let learned = logistic((log_odds - CROSS_MIDDLE) / CROSS_SPREAD);
        return CROSS_SOUNDS * sounds * CEILING + (1.0 - CROSS_SOUNDS) * learned;
    };
    let is_mirror = native.1.alphabet == Script::Latin;
    if cosine + sounds < if is_mirror { LATIN_HEARD_MIN } else { HEARD_MIN } {
        return 0.0;
    }
    let own = if is_mirror { &native.1.mirror } else { &native.1.grams };
    let letters = (own.len() + latin.1.grams.len()) as f32 / 2.0 - 2.0;
    let (middle, spread, share) =
        if is_mirror { (LATIN_MIDDLE, LATIN_SPREAD, LATIN_SOUNDS) } else { (MIDDLE, SPREAD, 0.0) };
    let weighed = |alignment: f32| {
        let log_odds = pair.blend.log_odds(&Measures { alignment, letters, cosine, sounds });
        share * sounds * CEILING + (1.0 - share) * logistic((log_odds - middle) / spread)
    };
    weighed(pair.align(own, &latin.1.grams))
}

/// Similarities that a thread has worked out, one for each slot: the names compared with one query
/// repeat their words. What is remembered is what would be worked out again.
struct Memory(Vec<Remembered>);

#[derive(Clone, Copy, Default)]
struct Remembered {
    pair: (u64, u64),
    similarity: f32,
}

/// Slots of a thread's memory, a power of two; 0.8 MB.
const SLOTS: usize = 1 << 15;

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::new(Memory(vec![Remembered::default(); SLOTS]));
}

impl Memory {
    fn slot(&mut self, left: u64, right: u64) -> &mut Remembered {
        let mixed = (left ^ right.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let at = usize::try_from(mixed >> 49).unwrap_or(0) % SLOTS;
        &mut self.0[at]
    }
}

fn logistic(x: f32) -> f32 {
    (1.0 / (1.0 + (-x).exp())).min(CEILING)
}
