//! Owns the levels: how far two values of one property agree, as a code of four bits.
//!
//! What a level weighs is learnt elsewhere. Invariant: `MISSING` is 0, an exact agreement of any
//! rarity is 8 or more, so that a pattern of levels packs into one word.

/// A level of one comparison.
pub(crate) type Level = u8;

/// A value is missing on one side or both: no evidence.
pub(crate) const MISSING: Level = 0;
/// One slip, or another spelling of the same sounds.
pub(crate) const CLOSE: Level = 1;
/// Alike.
pub(crate) const NEAR: Level = 2;
/// One holds a part of the other: an initial, a word, the beginning, the year.
pub(crate) const PARTIAL: Level = 3;
/// Faintly alike.
pub(crate) const LOOSE: Level = 4;
/// Each stands in the other's place: two names exchanged.
pub(crate) const SWAPPED: Level = 5;
/// Nothing alike.
pub(crate) const DIFFERENT: Level = 6;
/// Further apart than chance: years.
pub(crate) const FAR: Level = 7;
/// The same value, in the most frequent band; rarer bands follow.
pub(crate) const EXACT: Level = 8;

/// Bits of a code.
pub(crate) const BITS: u32 = 4;
/// Fields that fit one pattern.
pub(crate) const FIELDS_MAX: usize = 16;
/// Bands of rarity of an exact agreement.
pub(crate) const BANDS: usize = 8;
/// Binary logarithms of frequency that one band spans: 2^-16 and rarer is the last.
const BAND_WIDTH: f32 = 2.0;

/// The level of an exact agreement on a value of this frequency.
pub(crate) fn exact(log2_frequency: f32) -> Level {
    let mut band = 0_u8;
    while band < 7 && -log2_frequency >= BAND_WIDTH * f32::from(band + 1) {
        band += 1;
    }
    EXACT + band
}

/// The name of a level in model files and explanations.
pub(crate) fn name(level: Level) -> &'static str {
    match level {
        MISSING => "missing",
        CLOSE => "close",
        NEAR => "near",
        PARTIAL => "partial",
        LOOSE => "loose",
        SWAPPED => "swapped",
        DIFFERENT => "different",
        FAR => "far",
        _ => "exact",
    }
}
