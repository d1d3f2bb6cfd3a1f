//! One printed character of a number: its fields, and the small net that tells it.
//!
//! The net has one hidden layer and is trained by `cargo xtask train-digits` on digits of free
//! fonts; the training tool includes this file, so that both see a character alike. Knows no lines
//! and no recognizer, and depends on nothing.

/// Fields across and down.
pub(crate) const WIDE: usize = 14;
pub(crate) const HIGH: usize = 18;
/// Rows of fields above and below the band of the number's characters.
const OUTSIDE: f32 = 3.0;
/// What the net sees: fields, width, top and bottom.
pub(crate) const INPUTS: usize = WIDE * HIGH + 3;
/// Units of the hidden layer.
pub(crate) const HIDDEN: usize = 56;
/// The characters, and last anything else.
pub(crate) const CHARACTERS: [char; 25] = [
    '٠', '١', '٢', '٣', '٤', '٥', '٦', '٧', '٨', '٩', '0', '1', '2', '3', '4', '5', '6', '7', '8',
    '9', '/', '-', '+', '.', '?',
];
/// The class of what is no character of a number.
pub(crate) const OTHER: usize = CHARACTERS.len() - 1;

/// A part of a picture: some columns, the band in which its line's characters stand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Own upper and lower edge.
    pub(crate) own: (f32, f32),
    /// Upper and lower edge of the band.
    pub(crate) band: (f32, f32),
}

/// The fields of a character. `ink` tells the ink of a pixel, 0 to 1.
pub(crate) fn fields(frame: &Frame, ink: impl Fn(i32, i32) -> f32) -> [f32; INPUTS] {
    let height = (frame.band.1 - frame.band.0).max(1.0);
    let scale = height / (HIGH as f32 - 2.0 * OUTSIDE);
    let middle = f32::midpoint(frame.left, frame.right);
    let mut out = [0.0_f32; INPUTS];
    for (i, field) in out.iter_mut().take(WIDE * HIGH).enumerate() {
        let (column, row) = ((i % WIDE) as f32, (i / WIDE) as f32);
        for sample in 0..9_u8 {
            let (dx, dy) = (f32::from(sample % 3), f32::from(sample / 3));
            let x = middle + (column + (dx + 0.5) / 3.0 - WIDE as f32 / 2.0) * scale;
            let y = frame.band.0 + (row + (dy + 0.5) / 3.0 - OUTSIDE) * scale;
            *field += between(x - 0.5, y - 0.5, &ink) / 9.0;
        }
    }
    let most = out.iter().copied().fold(0.05_f32, f32::max);
    for field in out.iter_mut().take(WIDE * HIGH) {
        *field /= most;
    }
    let share = |v: f32| (v / height).clamp(-1.0, 2.0);
    out[WIDE * HIGH] = share(frame.right - frame.left);
    out[WIDE * HIGH + 1] = share(frame.own.0 - frame.band.0);
    out[WIDE * HIGH + 2] = share(frame.own.1 - frame.band.0);
    out
}

/// The ink between four pixels.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a line, far below 2^24")]
fn between(x: f32, y: f32, ink: &impl Fn(i32, i32) -> f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let (x, y) = (left.clamp(-1e6, 1e6) as i32, top.clamp(-1e6, 1e6) as i32);
    let above = ink(x, y) * (1.0 - fx) + ink(x + 1, y) * fx;
    let below = ink(x, y + 1) * (1.0 - fx) + ink(x + 1, y + 1) * fx;
    above * (1.0 - fy) + below * fy
}

/// The net.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    /// By hidden unit: the weights of the inputs and at last the constant.
    pub(crate) first: Vec<f32>,
    /// By character: the weights of the hidden units and at last the constant.
    pub(crate) second: Vec<f32>,
}

const FIRST: usize = HIDDEN * (INPUTS + 1);
const SECOND: usize = CHARACTERS.len() * (HIDDEN + 1);

impl Net {
    /// From bytes: for each layer the scale as `f32`, then the weights as signed bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Net> {
        let (first, rest) = layer(bytes, FIRST)?;
        let (second, rest) = layer(rest, SECOND)?;
        rest.is_empty().then_some(Net { first, second })
    }

    /// The probability of each character.
    pub(crate) fn tell(&self, fields: &[f32; INPUTS]) -> [f32; CHARACTERS.len()] {
        let mut hidden = [0.0_f32; HIDDEN];
        for (unit, weights) in hidden.iter_mut().zip(self.first.chunks_exact(INPUTS + 1)) {
            let sum: f32 = weights.iter().zip(fields).map(|(w, f)| w * f).sum();
            *unit = (sum + weights[INPUTS]).max(0.0);
        }
        let mut out = [0.0_f32; CHARACTERS.len()];
        for (value, weights) in out.iter_mut().zip(self.second.chunks_exact(HIDDEN + 1)) {
            let sum: f32 = weights.iter().zip(&hidden).map(|(w, h)| w * h).sum();
            *value = sum + weights[HIDDEN];
        }
        let most = out.iter().copied().fold(f32::MIN, f32::max);
        let mut total = 0.0;
        for value in &mut out {
            *value = (*value - most).exp();
            total += *value;
        }
        out.map(|value| value / total)
    }
}

fn layer(bytes: &[u8], count: usize) -> Option<(Vec<f32>, &[u8])> {
    let (scale, rest) = bytes.split_first_chunk::<4>()?;
    let (weights, rest) = rest.split_at_checked(count)?;
    let scale = f32::from_le_bytes(*scale);
    Some((weights.iter().map(|w| f32::from(w.cast_signed()) * scale).collect(), rest))
}
