//! Which list a file is, told by its first bytes and never by its name.
//!
//! Every reader says itself whether a file is its own; the order below settles nothing but ties:
//! what has marks of its own comes first, own CSV (any table with a name column) last.

use std::panic::catch_unwind;

use crate::{
    Head, ListError, Member, Options, ReadContext, csl_csv, dfat_xlsx, eu_csv, eu_xml, ftm_json,
    nested_json, ofac_advanced_xml, ofac_csv, ofac_enhanced_xml, ofsi_csv, own_csv, seco_xml,
    senzing_json, targets_csv, uk_csv, uk_xml, un_xml,
};

/// A format and its reader.
pub(crate) struct Format {
    /// The word for it in summaries and in the origin of statements.
    pub(crate) name: &'static str,
    /// Whether a file looks like it.
    matches: fn(&Head) -> bool,
    /// Reads all files of it that were handed in.
    pub(crate) read: fn(&[Member], &mut ReadContext) -> Result<(), ListError>,
}

macro_rules! formats {
    ($($name:ident),* $(,)?) => {
        [$(Format { name: stringify!($name), matches: $name::matches, read: $name::read }),*]
    };
}

static FORMATS: [Format; 17] = formats![
    un_xml,
    ofac_enhanced_xml,
    ofac_advanced_xml,
    eu_xml,
    uk_xml,
    seco_xml,
    ftm_json,
    nested_json,
    senzing_json,
    dfat_xlsx,
    eu_csv,
    uk_csv,
    ofsi_csv,
    csl_csv,
    targets_csv,
    ofac_csv,
    own_csv,
];

/// The format of a file that begins so.
pub(crate) fn recognise(head: &Head, options: &Options) -> Option<&'static Format> {
    if !options.map.is_empty() {
        return FORMATS.iter().find(|format| format.name == "own_csv");
    }
    FORMATS.iter().find(|format| catch_unwind(|| (format.matches)(head)).unwrap_or(false))
}
