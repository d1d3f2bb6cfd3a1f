//! Workbooks with sheets of Excel 4 macros, which the parsers take for damage. They are shown to them as
//! worksheets, so that the others are read and what their cells hold is seen; nothing is run.

use std::borrow::Cow;
use std::io::{Cursor, Read as _, Write as _};

use ::zip::write::SimpleFileOptions;
use ::zip::{ZipArchive, ZipWriter};

use crate::limits::Limits;

/// Where a part says what its sheets are (ECMA-376 part 2, and part 1 of its transitional kinds).
const RELATIONS: [&str; 2] = ["xl/_rels/workbook.xml.rels", "xl/_rels/workbook.bin.rels"];
const FOLDERS: [(&str, &str); 2] =
    [("macrosheets/", "worksheets/macro-"), ("intlmacrosheets/", "worksheets/macro-")];
const KINDS: [(&str, &str); 2] =
    [("/xlMacrosheet\"", "/worksheet\""), ("/xlIntlMacrosheet\"", "/worksheet\"")];

/// The workbook with its macro sheets as worksheets; as it is if it has none or cannot be opened, which
/// its parser will say better.
pub(super) fn as_worksheets<'c>(content: &'c [u8], limits: &Limits) -> Cow<'c, [u8]> {
    rewritten(content, limits).map_or(Cow::Borrowed(content), Cow::Owned)
}

fn rewritten(content: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    let mut book = ZipArchive::new(Cursor::new(content)).ok()?;
    let name = RELATIONS.into_iter().find(|name| book.index_for_name(name).is_some())?;
    let mut relations = String::new();
    book.by_name(name).ok()?.take(limits.xml_bytes_max).read_to_string(&mut relations).ok()?;
    if !KINDS.iter().any(|(kind, _)| relations.contains(kind)) {
        return None;
    }
    for (from, to) in KINDS.iter().chain(&FOLDERS) {
        relations = relations.replace(from, to);
    }
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(content.len())));
    for at in 0..book.len() {
        let part = book.by_index_raw(at).ok()?;
        let own = part.name().ok()?.into_owned();
        if own == name {
            continue;
        }
        let is_macro = FOLDERS.iter().find_map(|(from, to)| {
            own.strip_prefix("xl/")?.strip_prefix(from).map(|rest| format!("xl/{to}{rest}"))
        });
        copy.raw_copy_file_rename(part, is_macro.unwrap_or(own)).ok()?;
    }
    copy.start_file(name, SimpleFileOptions::default()).ok()?;
    copy.write_all(relations.as_bytes()).ok()?;
    Some(copy.finish().ok()?.into_inner())
}
