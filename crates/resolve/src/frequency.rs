//! How often values occur among the people at hand: the term-frequency side of every comparison.

use crate::Prepared;

/// Counts over a set of entities: a shared rare name says more than a shared common one.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    people: usize,
}

impl Frequencies {
    /// Counts over these entities.
    pub fn learn<'a>(entities: impl IntoIterator<Item = &'a Prepared>) -> Self {
        Self { people: entities.into_iter().count() }
    }

    /// The number of entities counted.
    pub fn people(&self) -> usize {
        self.people
    }
}
