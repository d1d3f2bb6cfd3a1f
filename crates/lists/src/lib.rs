//! Watchlist bytes to statements. One folder per list: `reader.rs` (bytes to the list's own
//! records), `mapper.rs` (records to statements), `testdata/` (fictional files).
//!
//! No name logic: names stay as the list writes them; folding happens once, in `resolve`.
//! Streaming: entities go to a [`Sink`] one by one, so a file of any size needs little memory.
//! Malformed rows are skipped, counted and reported with file and line; nothing aborts a load.

pub mod entry;
pub mod source;

pub use entry::Entry;
pub use source::{Counts, ListInfo, Sink, SourceFile};
