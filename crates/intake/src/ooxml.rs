//! Office files of the ZIP and XML kind: text documents.
//!
//! Nothing outside the file is ever opened; what it refers to is noted.

mod chunks;
mod document;
pub(crate) mod package;
mod properties;
pub(crate) mod xml;

use model::{Block, DocumentState, Layout};

use crate::flow::add_new;
use crate::limits::Limits;
use crate::read::{DocumentRead, ReadOptions};
use document::Reader;
use package::{Package, Part};
use xml::{Outcome, Stop};

/// The layout of a text document: headers, body, then footers, notes and comments.
///
/// Paragraphs and tables are numbered over the body first, so that headers shift none of them.
pub(crate) fn read_docx(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let package = Package::open(content, &options.limits);
    let mut read = DocumentRead::read(Layout::default());
    if !package.is_whole() {
        read.note("archive_damaged", "the directory of the file is damaged or missing", None);
        read.lower("the file is damaged or cut short");
    }
    let mut reader = Reader::new(&options.limits);
    let main = package.main_part();
    let body = part(&package, &main, &mut reader, &mut read);
    if body.is_empty()
        && let Some(end) = no_body(&package, &main)
    {
        return DocumentRead { problems: read.problems, ..end };
    }
    let (headers, others) = side_parts(&package);
    for name in headers {
        let blocks = part(&package, &name, &mut reader, &mut read);
        add_new(&mut read.layout.blocks, blocks);
    }
    read.layout.blocks.extend(body);
    for name in others {
        let blocks = part(&package, &name, &mut reader, &mut read);
        add_new(&mut read.layout.blocks, blocks);
    }
    properties::read(&package, &mut read);
    note_macros(&package, &mut read);
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
    let relationships = format!("{folder}/_rels/{file}.rels");
    properties::note_references(&package, &relationships, &mut read);
    chunks::add(&package, folder, &relationships, options, &mut read);
    read.pictures =
        package.names().filter(|name| name.starts_with(&format!("{folder}/media/"))).count();
    nothing_left(read)
}

/// What an office file of any kind says of itself.
pub(crate) fn read_properties(content: &[u8], limits: &Limits, read: &mut DocumentRead) {
    let package = Package::open(content, limits);
    properties::read(&package, read);
    note_macros(&package, read);
}

/// Macros are told and never run.
fn note_macros(package: &Package<'_>, read: &mut DocumentRead) {
    let is_project = |name: &str| name.to_ascii_lowercase().ends_with("/vbaproject.bin");
    if package.names().any(is_project) {
        read.note("macros_not_run", "the document holds macros; they were not run", None);
    }
}

/// Why there is no document text to be had, if it is the part's fault.
fn no_body(package: &Package<'_>, main: &str) -> Option<DocumentRead> {
    match package.part(main) {
        Part::Missing => Some(DocumentRead::corrupt("it holds no document text")),
        Part::Refused(why) => Some(DocumentRead::refused(format!("its text {why}"))),
        Part::Encrypted => Some(DocumentRead::encrypted("its parts need a password")),
        Part::Had { .. } => None,
    }
}

/// Reads one part; what is wrong with it lowers the state.
fn part(
    package: &Package<'_>,
    name: &str,
    reader: &mut Reader<'_>,
    read: &mut DocumentRead,
) -> Vec<Block> {
    match package.part(name) {
        Part::Had { bytes, damage } => {
            if let Some(why) = damage {
                read.note("part_damaged", format!("{name}: {why}"), None);
                read.lower(format!("{name}: {why}"));
            }
            let outcome = reader.read_part(&bytes);
            judge(name, outcome, read);
        }
        Part::Refused(why) => {
            read.note("part_refused", format!("{name} {why}"), None);
            read.lower(format!("{name} {why}"));
        }
        Part::Missing | Part::Encrypted => read.lower(format!("{name} cannot be read")),
    }
    reader.take_blocks()
}

/// Notes what went wrong with a part and lowers the state accordingly.
pub(crate) fn judge(name: &str, outcome: Outcome, read: &mut DocumentRead) {
    if outcome.doctype {
        let message = format!("{name} has a document type definition, which was not followed");
        read.note("doctype_refused", message, None);
    }
    if outcome.entities > 0 {
        let message =
            format!("{name} refers to entities ({}); dropped, not expanded", outcome.entities);
        read.note("entity_dropped", message.clone(), None);
        read.lower(message);
    }
    match outcome.stop {
        None => {}
        Some(Stop::Damaged) => {
            read.note("xml_damaged", format!("{name} is damaged or cut short"), None);
            read.lower(format!("{name} is damaged or cut short"));
        }
        Some(Stop::Limit(why)) => {
            read.note("part_refused", format!("{name} {why}"), None);
            if read.state != DocumentState::RefusedByLimit {
                read.state = DocumentState::PartlyRead;
                read.reason = Some(format!("{name} {why}"));
            }
        }
    }
}

/// Headers; and footers, notes and comments; each sorted by name.
fn side_parts(package: &Package<'_>) -> (Vec<String>, Vec<String>) {
    let mut headers = Vec::new();
    let mut others = Vec::new();
    for name in package.names() {
        let Some(file) = name.strip_prefix("word/").and_then(|f| f.strip_suffix(".xml")) else {
            continue;
        };
        if file.strip_prefix("header").is_some_and(is_number) {
            headers.push(name.to_owned());
        } else if file.strip_prefix("footer").is_some_and(is_number)
            || matches!(file, "footnotes" | "endnotes" | "comments")
        {
            others.push(name.to_owned());
        }
    }
    headers.sort();
    others.sort();
    (headers, others)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A damaged document of which nothing is left is corrupt, or refused if a limit was the cause.
pub(crate) fn nothing_left(mut read: DocumentRead) -> DocumentRead {
    let refused = read.problems.iter().any(|problem| problem.kind == "part_refused");
    if read.state == DocumentState::PartlyRead && read.layout.blocks.is_empty() {
        read.state = if refused { DocumentState::RefusedByLimit } else { DocumentState::Corrupt };
    }
    read
}

#[cfg(test)]
mod tests;
