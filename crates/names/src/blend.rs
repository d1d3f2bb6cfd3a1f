//! Owns the blend: several measures of how alike two words are, as one log odds, by a logistic
//! regression fitted on words that no measure was trained on (`cargo xtask train-names`).
//! Does not measure. Invariant: finite measures give finite log odds.

/// Terms of the regression, the constant included.
pub const TERMS: usize = 8;

/// What was measured of two words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measures {
    /// Score of the best alignment, in nats against chance; 0 where no model knows both scripts.
    pub alignment: f32,
    /// Mean number of letters, boundary marks not counted.
    pub letters: f32,
    /// Cosine of the two sketches.
    pub cosine: f32,
    /// Likeness of the sounds, 0..=1.
    pub sounds: f32,
}

impl Measures {
    /// The terms of the regression.
    pub fn terms(&self) -> [f32; TERMS] {
        let Measures { alignment, letters, cosine, sounds } = *self;
        let letters = letters.max(1.0);
        [
            1.0,
            alignment / 10.0,
            alignment / letters,
            letters / 10.0,
            cosine,
            cosine * cosine,
            sounds,
            sounds * sounds,
        ]
    }
}

/// Weights of the terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blend(pub [f32; TERMS]);

impl Blend {
    /// Natural log odds that the words are spellings of one name, among look-alikes.
    pub fn log_odds(&self, measures: &Measures) -> f32 {
        self.0.iter().zip(measures.terms()).map(|(weight, term)| weight * term).sum()
    }
}

impl Default for Blend {
    /// By sounds alone, until a blend is fitted.
    fn default() -> Blend {
        Blend([-5.0, 0.0, 0.0, 0.0, 0.0, 0.0, 8.0, 0.0])
    }
}
