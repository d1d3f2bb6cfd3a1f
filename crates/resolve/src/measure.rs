//! Owns the measures of quality: what labels say of scores, probabilities, ranks and clusters.
//!
//! Numbers in, numbers out: it compares nothing and reads nothing, so that the judgements measured
//! are those of [`crate::compare`] and [`crate::Index::screen`] and no others.
//! `docs/design/measure.md` tells which figure is used for what. Invariant: no figure depends on the
//! order of the input; ties count as their expectation over all orders.

mod agreement;
mod calibration;
mod partition;
mod rank;
mod rates;

pub use agreement::{Agreement, agreement};
pub use calibration::{Bin, Calibration, calibration};
pub use partition::{PartitionFigures, compare_partitions};
pub use rank::{Placed, Ranking, ranking};
pub use rates::{
    Counts, Labelled, Rate, at_threshold, average_precision, best_threshold, roc_area,
};
