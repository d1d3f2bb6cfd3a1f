//! Watchlist bytes to statements. One folder per list: `reader.rs` (bytes to the list's own
//! records), `mapper.rs` (records to statements), `testdata/` (fictional files).
//!
//! No name logic: names stay as the list writes them (natural order apart); folding happens once,
//! in `resolve`. Nothing is opened here and nothing stored: the caller hands in files and a
//! [`Sink`].
//!
//! Invariants:
//! - Streaming: entities go to the sink one by one, so a file of any size needs little memory.
//! - A malformed row is skipped, counted and reported with file and line; nothing aborts a load.
//! - Ids are those of the publisher behind a short prefix (`ofac-`, `un-`, `eu-`, `uk-`, `au-`,
//!   `ch-`, `csl-`), so that two lists never share an id by chance; own CSV and FtM files keep
//!   their ids unchanged. Adjuncts hang below: `ofac-12300/passport/1`.
//! - Whether somebody is dead is never decided here: remarks become `notes`.

mod context;
mod encoding;
pub mod entry;
mod json;
mod kin;
mod languages;
mod load;
mod member;
mod ofac;
mod recognise;
mod rows;
pub mod source;
mod subject;
mod table;
#[cfg(test)]
mod testing;
mod values;
mod xml;

mod csl_csv;
mod dfat_xlsx;
mod eu_csv;
mod ofac_csv;
mod ofsi_csv;
mod own_csv;
mod targets_csv;
mod uk_csv;

mod eu_xml;
mod ftm_json;
mod nested_json;
mod ofac_advanced_xml;
mod ofac_enhanced_xml;
mod seco_xml;
mod senzing_json;
mod uk_xml;
mod un_xml;

pub use entry::Entry;
pub use load::{ListError, Options, hash_list, load};
pub use source::{About, Counts, ListInfo, ReadSeek, Sink, SourceFile};

pub(crate) use context::ReadContext;
pub(crate) use member::{Head, Member};
