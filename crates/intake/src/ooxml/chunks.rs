//! Files of another format that a text document takes in as they are (`altChunk`): programs that make
//! documents of web pages, of rich text, or of several documents put them there and leave the rest to Word.
//!
//! Their text stands after that of the document. Paragraphs and tables are numbered on.
//! Invariant: chunks within chunks end at the limit of depth.

use model::{Block, DocumentState, Place, Span};

use super::package::{Package, Part};
use crate::read::{DocumentRead, ReadOptions, parse};
use crate::sniff::{MediaType, sniff_named};

/// Chunks of a document that are read. Chosen by hand: one a page of a bound register.
const CHUNKS_MAX: usize = 2_000;

/// Adds the text of all chunks that a part of relationships names.
pub(super) fn add(
    package: &Package<'_>,
    folder: &str,
    relationships: &str,
    options: &ReadOptions,
    read: &mut DocumentRead,
) {
    let mut options = options.clone();
    options.limits.depth_max = options.limits.depth_max.saturating_sub(1);
    let all = package.relationships(relationships).into_iter();
    let chunks = all.filter(|r| !r.external && r.kind.to_ascii_lowercase().ends_with("/afchunk"));
    for (i, chunk) in chunks.enumerate() {
        let name = match chunk.target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => format!("{folder}/{}", chunk.target),
        };
        let unread = |read: &mut DocumentRead, why: &str| {
            read.note("chunk_unread", format!("{name} {why}"), None);
            read.lower(format!("{name}, which belongs to its text, {why}"));
        };
        if i >= CHUNKS_MAX || options.limits.depth_max == 0 {
            unread(read, "is past the limit");
            return;
        }
        let bytes = match package.part(&name) {
            Part::Had { bytes, damage: None } => bytes,
            Part::Had { .. } | Part::Missing | Part::Encrypted => {
                unread(read, "cannot be read");
                continue;
            }
            Part::Refused(why) => {
                unread(read, why);
                continue;
            }
        };
        let media = sniff_named(&bytes, &name);
        if !is_text(media) {
            unread(read, "is of a kind that is not read there");
            continue;
        }
        let part = parse("", media, &bytes, &options);
        if part.state != DocumentState::Read {
            unread(read, part.reason.as_deref().unwrap_or("was read in part"));
        }
        read.problems.extend(part.problems);
        let (paragraphs, tables) = numbered(&read.layout.blocks);
        let mut blocks = part.layout.blocks;
        for span in spans(&mut blocks) {
            match &mut span.place {
                Place::Paragraph { index } => *index = index.saturating_add(paragraphs),
                Place::TableCell { table, .. } => *table = table.saturating_add(tables),
                _ => {}
            }
        }
        read.layout.blocks.extend(blocks);
    }
}

fn is_text(media: MediaType) -> bool {
    matches!(
        media,
        MediaType::Docx | MediaType::Html | MediaType::Rtf | MediaType::Text | MediaType::Mail
    )
}

/// The numbers of the next paragraph and of the next table.
fn numbered(blocks: &[Block]) -> (u32, u32) {
    let (mut paragraphs, mut tables) = (0, 0);
    let mut blocks = blocks.to_vec();
    for span in spans(&mut blocks) {
        match span.place {
            Place::Paragraph { index } => paragraphs = paragraphs.max(index.saturating_add(1)),
            Place::TableCell { table, .. } => tables = tables.max(table.saturating_add(1)),
            _ => {}
        }
    }
    (paragraphs, tables)
}

fn spans(blocks: &mut [Block]) -> impl Iterator<Item = &mut Span> {
    blocks.iter_mut().flat_map(|block| -> Box<dyn Iterator<Item = &mut Span>> {
        match block {
            Block::Paragraph(span) => Box::new(std::iter::once(span)),
            Block::Line(line) => Box::new(line.spans.iter_mut()),
            Block::Table(table) => {
                Box::new(table.rows.iter_mut().flatten().flat_map(|cell| cell.spans.iter_mut()))
            }
        }
    })
}
