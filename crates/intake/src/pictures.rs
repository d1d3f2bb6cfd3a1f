//! Pictures inside office files: which of them are pages, and how those are read.
//!
//! A form is often scanned, pasted into a text document and sent on. A picture that is shown over much
//! of a page, or that stands in a document of hardly any text, is a page of that document: it is
//! recognized like one, and its text cites the picture. Others (logos, portraits) are counted.
//! Invariants: pictures are numbered in the order of the document, each once, read or not; nothing
//! outside the file is ever opened; one picture at a time is unpacked.

mod blips;
mod drawn;
mod rich;

use std::borrow::Cow;
use std::ops::Range;

use ::image::DynamicImage;
use model::{Block, DocumentState, Page, Place};

use crate::image::{self, DecodeFailure};
use crate::limits::Limits;
use crate::ole::Ole;
use crate::ooxml::package::{Package, Part};
use crate::read::{DocumentRead, ReadOptions};
use crate::sniff::{MediaType, sniff};

/// Letters of a document's own text below which it holds no form itself: the labels alone of the
/// shortest form known have some 250, "here are the papers" less than 100. Chosen by hand.
const BARE_LETTERS: usize = 200;
/// Inches of paper that a picture covers to be a page beside text: two fifths of A4, as for scans in a
/// PDF. A page pasted between margins covers three fifths, a portrait or a logo a tenth.
const SHOWN_MIN: f32 = 0.4 * 8.27 * 11.69;
/// Pixels of the shorter side below which no form can be read: a page at 50 dpi.
const SIDE_MIN: f32 = 400.0;
/// Where a file does not tell how large a picture is shown, one of so many pixels and of the
/// proportions of paper is a page: A4 and Letter at 100 dpi. Sides of A4 are as 1.41, of Letter as 1.29.
const PAPER_SIDE_MIN: f32 = 800.0;
const PAPER_SIDES: Range<f32> = 1.2..1.6;
/// Bytes of all pictures of a document that are unpacked to see what they are. A scanned register of a
/// year has some 100 MB.
const UNPACKED_MAX: u64 = 512 << 20;

/// The pictures of one file.
pub(crate) struct Pictures<'c> {
    content: &'c [u8],
    package: Option<Package<'c>>,
    streams: Vec<Vec<u8>>,
    held: Vec<Held>,
    /// More than the limit.
    more: bool,
}

/// One picture: where its bytes are, and how large it is shown.
struct Held {
    at: At,
    /// Width and height in inches.
    shown: Option<(f32, f32)>,
}

/// Where the bytes of a picture are.
enum At {
    /// A part of a package.
    Part(String),
    /// Bytes of the file.
    Bytes(Range<usize>),
    /// Hexadecimal digits of the file.
    Hex(Range<usize>),
    /// Bytes of a stream, by its number.
    Stream(usize, Range<usize>),
}

/// Streams of an old Word document that hold pictures.
const STREAMS: [&str; 2] = ["Data", "WordDocument"];

impl<'c> Pictures<'c> {
    /// Lists the pictures of a file; empty for formats without.
    pub(crate) fn of(media: MediaType, content: &'c [u8], limits: &Limits) -> Self {
        let mut pictures =
            Self { content, package: None, streams: Vec::new(), held: Vec::new(), more: false };
        pictures.held = match media {
            MediaType::Docx
            | MediaType::Xlsx
            | MediaType::Xlsb
            | MediaType::Odt
            | MediaType::Ods
                if content.starts_with(b"PK") =>
            {
                let package = Package::open(content, limits);
                let held = packed(&package, media);
                pictures.package = Some(package);
                held
            }
            MediaType::Rtf => rich::pictures(content),
            MediaType::Doc => match Ole::open(content) {
                Some(ole) => {
                    let streams = STREAMS.iter().map(|name| ole.stream(name).unwrap_or_default());
                    pictures.streams = streams.collect();
                    blips::pictures(&pictures.streams)
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        };
        pictures.more = pictures.held.len() > limits.pictures_max;
        pictures.held.truncate(limits.pictures_max);
        pictures
    }

    /// How many there are, within the limit.
    pub(crate) fn count(&self) -> usize {
        self.held.len()
    }

    /// The bytes of a picture.
    fn bytes(&self, held: &Held) -> Option<Cow<'_, [u8]>> {
        match &held.at {
            At::Part(name) => match self.package.as_ref()?.part(name) {
                Part::Had { bytes, .. } => Some(Cow::Owned(bytes)),
                _ => None,
            },
            At::Bytes(range) => Some(Cow::Borrowed(self.content.get(range.clone())?)),
            At::Hex(range) => Some(Cow::Owned(rich::unhex(self.content.get(range.clone())?))),
            At::Stream(stream, range) => {
                Some(Cow::Borrowed(self.streams.get(*stream)?.get(range.clone())?))
            }
        }
    }

    /// The bytes of a picture by its number, if it is of a kind that is decoded.
    fn decodable(&self, number: u32) -> Option<Cow<'_, [u8]>> {
        let held = usize::try_from(number).ok().and_then(|number| self.held.get(number))?;
        self.bytes(held).filter(|bytes| sniff(bytes).is_image())
    }

    /// A picture, decoded; `None` past the last.
    pub(crate) fn decode(
        &self,
        number: u32,
        limits: &Limits,
    ) -> Result<Option<DynamicImage>, DecodeFailure> {
        let known = usize::try_from(number).is_ok_and(|number| number < self.held.len());
        if !known {
            return Ok(None);
        }
        let bytes = self.decodable(number).ok_or_else(|| {
            DecodeFailure::Damaged("the picture is damaged or of a kind that is not read".into())
        })?;
        image::decode_page(&bytes, 0, limits)
    }
}

/// Lists the pictures of a document that was read: those that are pages are to be recognized, the
/// others are noted.
pub(crate) fn add(
    media: MediaType,
    content: &[u8],
    options: &ReadOptions,
    read: &mut DocumentRead,
) {
    if matches!(read.state, DocumentState::Encrypted | DocumentState::RefusedByLimit) {
        return;
    }
    let pictures = Pictures::of(media, content, &options.limits);
    let total = pictures.count().max(std::mem::take(&mut read.pictures));
    let bare = letters(&read.layout.blocks) < BARE_LETTERS;
    let (mut pages, mut unpacked) = (0_usize, 0_u64);
    for (number, held) in (0_u32..).zip(&pictures.held) {
        let bytes = if unpacked < UNPACKED_MAX { pictures.bytes(held) } else { None };
        let bytes = bytes.filter(|bytes| {
            unpacked += bytes.len() as u64;
            sniff(bytes).is_image()
        });
        let size = bytes.and_then(|bytes| image::first_size(&bytes, &options.limits).ok());
        match size {
            Some(size) if is_page(held.shown, size, bare) => {
                pages += 1;
                read.scanned(number, size);
            }
            size => read.layout.pages.push(size.unwrap_or(Page { width: 1.0, height: 1.0 })),
        }
    }
    if pictures.more {
        let message = format!("pictures beyond the first {} were not read", pictures.count());
        read.note("pictures_max", message.clone(), None);
        read.lower(message);
    }
    let without_text = read.layout.blocks.is_empty();
    if total > pages {
        let message = match total - pages {
            1 => "a picture in the document was not read".to_owned(),
            left => format!("{left} pictures in the document were not read"),
        };
        read.note("pictures_not_read", message.clone(), None);
        if without_text && pages == 0 {
            read.lower(message);
        }
    }
    // What is damaged but for its pictures is not lost.
    if read.state == DocumentState::Corrupt && without_text && total > 0 {
        read.state = DocumentState::PartlyRead;
    }
}

/// Recognizes one picture. Its places name it.
pub(crate) fn recognize(
    media: MediaType,
    content: &[u8],
    number: u32,
    options: &ReadOptions,
) -> DocumentRead {
    let pictures = Pictures::of(media, content, &options.limits);
    let Some(bytes) = pictures.decodable(number) else {
        return DocumentRead::corrupt("the picture is not there");
    };
    let mut read = image::recognize(&bytes, 0, options);
    let problems = read.problems.iter_mut().filter_map(|problem| problem.place.as_mut());
    let spans = read.layout.blocks.iter_mut().flat_map(spans_mut);
    for place in problems.chain(spans.map(|span| &mut span.place)) {
        if let Place::Page { area, .. } = *place {
            *place = Place::Picture { picture: number, area };
        }
    }
    read
}

/// Whether pages of such files are pictures in them.
pub(crate) fn are_pages_of(media: MediaType) -> bool {
    matches!(
        media,
        MediaType::Docx
            | MediaType::Doc
            | MediaType::Rtf
            | MediaType::Odt
            | MediaType::Ods
            | MediaType::Xlsx
            | MediaType::Xlsb
    )
}

fn is_page(shown: Option<(f32, f32)>, size: Page, bare: bool) -> bool {
    let (short, long) = (size.width.min(size.height), size.width.max(size.height));
    if short < SIDE_MIN {
        return false;
    }
    bare || match shown {
        Some((width, height)) => width * height >= SHOWN_MIN,
        None => short >= PAPER_SIDE_MIN && PAPER_SIDES.contains(&(long / short)),
    }
}

/// Pictures of a package: of texts in the order of the document, then what nothing in it shows.
fn packed(package: &Package<'_>, media: MediaType) -> Vec<Held> {
    let (folder, references) = match media {
        MediaType::Docx => {
            let main = package.main_part();
            let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
            (format!("{folder}/media/"), drawn::of_word(package, &main))
        }
        MediaType::Odt => ("Pictures/".to_owned(), drawn::of_open_document(package)),
        MediaType::Ods => ("Pictures/".to_owned(), Vec::new()),
        _ => ("xl/media/".to_owned(), Vec::new()),
    };
    let mut parts: Vec<&str> =
        package.names().filter(|name| name.starts_with(&folder) && !name.ends_with('/')).collect();
    // Writers number them without leading noughts.
    parts.sort_by_key(|name| (name.len(), *name));
    parts.dedup();
    if parts.is_empty() {
        return Vec::new();
    }
    let mut held: Vec<Held> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let shown = references.into_iter().map(|reference| (reference.target, reference.shown));
    for (name, shown) in shown.chain(parts.into_iter().map(|name| (name.to_owned(), None))) {
        if seen.insert(name.to_ascii_lowercase()) {
            held.push(Held { at: At::Part(name), shown });
        }
    }
    held
}

/// Letters and digits of a text.
fn letters(blocks: &[Block]) -> usize {
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let of_block = |block: &Block| match block {
        Block::Paragraph(span) => count(&span.text),
        Block::Line(line) => line.spans.iter().map(|span| count(&span.text)).sum(),
        Block::Table(table) => {
            let spans = table.rows.iter().flatten().flat_map(|cell| &cell.spans);
            spans.map(|span| count(&span.text)).sum()
        }
    };
    blocks.iter().map(of_block).sum()
}

fn spans_mut(block: &mut Block) -> Vec<&mut model::Span> {
    match block {
        Block::Paragraph(span) => vec![span],
        Block::Line(line) => line.spans.iter_mut().collect(),
        Block::Table(table) => {
            table.rows.iter_mut().flatten().flat_map(|cell| &mut cell.spans).collect()
        }
    }
}

#[cfg(test)]
mod tests;
