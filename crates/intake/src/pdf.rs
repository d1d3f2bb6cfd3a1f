//! PDF files: text with places, and recognition of pages that are pictures.
//!
//! The order in which a file stores its text is not trusted; glyphs are read by where they stand.
//! Pages without text of their own are listed, and go through OCR as rendered. Rendering for the screen is
//! [`crate::render`]. Invariant: a damaged page costs that page, not the document.

mod fields;
mod ink;
mod weigh;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::kurbo::Rect;
use hayro_interpret::{
    Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page,
};
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::dict::keys::CONTENTS;
use hayro_syntax::page::Page as PdfPage;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use model::{Block, DocumentState, Layout, Line, Page, Place, Span};

use self::ink::Ink;
use crate::ocr;
use crate::page::arrange::arrange;
use crate::page::{Sheet, bidi};
use crate::read::{DocumentRead, ReadOptions, ScannedPage, WHOLE};
use crate::render;

/// A page with fewer letters and a picture over most of it is a scan. A stamp or a header set over
/// a scan has less, a form without answers more. Chosen by hand.
const SCAN_GLYPHS_MAX: usize = 60;
/// The share of the page that such a picture covers at least. Chosen by hand.
const SCAN_AREA_MIN: f64 = 0.4;

/// One instruction of a page that is PDF will do to call it understood; where so many are not, the
/// rest is no better. Chosen by hand.
const INSTRUCTIONS_ASKED: usize = 100;

/// Opens a PDF without a password.
pub(crate) fn open(content: &[u8]) -> Result<Pdf, Box<DocumentRead>> {
    let ended = |error| match error {
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            DocumentRead::encrypted("encrypted by a method that this build does not know")
        }
        LoadPdfError::Decryption(_) => DocumentRead::encrypted("needs a password"),
        LoadPdfError::Invalid => DocumentRead::corrupt(no_page(content)),
    };
    Pdf::new(content.to_vec()).map_err(|error| Box::new(ended(error)))
}

/// Recognizes a page that is a picture.
pub(crate) fn recognize(content: &[u8], number: u32, options: &ReadOptions) -> DocumentRead {
    let pdf = match open(content) {
        Ok(pdf) => pdf,
        Err(ended) => return *ended,
    };
    let index = usize::try_from(number).unwrap_or(usize::MAX);
    let Some(page) = pdf.pages().get(index) else {
        return DocumentRead::corrupt("the page is not there");
    };
    match render::pdf_page_gray(page, render::OCR_DPI, options.limits.pixels_max) {
        Ok((picture, dpi)) => {
            let mut read = DocumentRead::read(Layout::default());
            ocr::read_page(&picture, Some(dpi), dimensions(page), number, options, &mut read);
            read
        }
        Err(reason) => DocumentRead::corrupt(reason),
    }
}

/// The text of the document; pages that are pictures are listed.
pub(crate) fn parse(content: &[u8], options: &ReadOptions) -> DocumentRead {
    let pdf = match open(content) {
        Ok(pdf) => pdf,
        Err(ended) => return *ended,
    };
    let mut read = DocumentRead::read(Layout::default());
    note_metadata(&pdf, &mut read);
    let cache = InterpreterCache::new();
    let pages = pdf.pages();
    let (mut unread, mut refused) = (0_usize, 0_usize);
    for (number, page) in (0_u32..).zip(pages.iter()) {
        if number >= options.limits.pages_max {
            read.lower(format!("pages beyond the first {number} were not read"));
            read.note("pages_max", format!("{} pages, {number} read", pages.len()), None);
            break;
        }
        let weighed = catch_unwind(AssertUnwindSafe(|| weigh::fault(page, &options.limits)));
        if let Ok(Some(fault)) = weighed {
            note_fault(fault, number, &mut read);
            if fault == weigh::Fault::TooLarge {
                refused += 1;
                read.layout.pages.push(dimensions(page));
                continue;
            }
        }
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            let mut part = DocumentRead::read(Layout::default());
            read_page(&pdf, page, number, &cache, &mut part);
            part
        }));
        if let Ok(part) = attempt {
            absorb(&mut read, part);
        } else {
            unread += 1;
            read.layout.pages.push(dimensions(page));
            let place = whole_page(number);
            read.note("page_unread", "the page is damaged and was not read", Some(place));
            read.lower(format!("page {} could not be read", number + 1));
        }
    }
    if refused > 0 && refused == pages.len() {
        read.state = DocumentState::RefusedByLimit;
        return read;
    }
    conclude(content, pages.len(), unread, read)
}

fn note_fault(fault: weigh::Fault, number: u32, read: &mut DocumentRead) {
    let (kind, message) = match fault {
        weigh::Fault::TooLarge => ("page_refused", "unpacks to more than the limit"),
        weigh::Fault::Length => ("stream_damaged", "does not tell the length of its content"),
    };
    read.note(kind, format!("the page {message}"), Some(whole_page(number)));
    read.lower(format!("page {} {message}", number + 1));
}

fn conclude(content: &[u8], pages: usize, unread: usize, mut read: DocumentRead) -> DocumentRead {
    if pages == 0 {
        return DocumentRead::corrupt(no_page(content));
    }
    if is_cut_short(content) {
        read.note("cut_short", "the file ends before its end mark", None);
        if read.layout.blocks.is_empty() && read.scanned.is_empty() {
            read.state = DocumentState::Corrupt;
            read.reason = Some("the file is cut short and none of it could be read".to_owned());
        } else {
            read.lower("the file is cut short");
        }
    } else if unread == pages {
        read.state = DocumentState::Corrupt;
        read.reason = Some("no page could be read".to_owned());
    }
    read
}

/// Adds what was read of a page.
fn absorb(read: &mut DocumentRead, part: DocumentRead) {
    let before = read.layout.blocks.len();
    read.scanned.extend(
        part.scanned
            .into_iter()
            .map(|scan| ScannedPage { blocks_before: before + scan.blocks_before, ..scan }),
    );
    read.layout.pages.extend(part.layout.pages);
    read.layout.blocks.extend(part.layout.blocks);
    read.problems.extend(part.problems);
    if let Some(reason) = part.reason {
        read.lower(reason);
    }
}

fn read_page<'a>(
    pdf: &'a Pdf,
    page: &PdfPage<'a>,
    number: u32,
    cache: &InterpreterCache<'a>,
    read: &mut DocumentRead,
) {
    let size = dimensions(page);
    let mut ink = Ink::default();
    let area = Rect::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
    let transform = page.initial_transform(true).to_kurbo();
    let settings = InterpreterSettings::default();
    let mut context = Context::new(transform, area, cache, pdf.xref(), settings);
    interpret_page(page, &mut context, &mut ink);
    ink.glyphs.extend(fields::typed(page));

    let letters = ink.glyphs.iter().filter(|g| !g.text.trim().is_empty()).count();
    let pictured = ink.image_area > SCAN_AREA_MIN * area.area();
    let unreadable = ink.unknown > letters; // Drawn letters of which the file tells no character.
    if (letters < SCAN_GLYPHS_MAX && pictured) || unreadable {
        read.scanned(number, size);
    } else {
        read.layout.pages.push(size);
    }
    if ink.glyphs.is_empty() && ink.rules.is_empty() && !pictured && !is_understood(page) {
        read.note("page_unread", "nothing in the page's content is PDF", Some(whole_page(number)));
        read.lower(format!("page {} could not be read", number + 1));
    }
    if ink.cut {
        read.note("page_cut", "more on the page than is read", Some(whole_page(number)));
        read.lower(format!("page {} was read in part", number + 1));
    }
    let sheet = Sheet { page: number, width: size.width, height: size.height };
    read.layout.blocks.extend(arrange(ink.glyphs, &ink.rules, sheet));
    for (text, bounds) in ink.turned {
        let text = bidi::fold_forms(&text).trim().to_owned();
        if !text.is_empty() {
            let span = Span::new(text, sheet.place(bounds));
            read.layout.blocks.push(Block::Line(Line { spans: vec![span] }));
        }
    }
}

/// Whether a page that shows nothing says so: it has no content, or one that can be understood.
fn is_understood(page: &PdfPage<'_>) -> bool {
    if !page.raw().contains_key(CONTENTS) {
        return true;
    }
    let Some(content) = page.page_stream() else { return false };
    if content.iter().all(u8::is_ascii_whitespace) {
        return true;
    }
    let mut instructions = page.typed_operations();
    for _ in 0..INSTRUCTIONS_ASKED {
        match instructions.next() {
            Some(TypedInstruction::Fallback(_)) => {}
            known => return known.is_some(),
        }
    }
    false
}

fn no_page(content: &[u8]) -> &'static str {
    if is_cut_short(content) {
        "the file is cut short and holds no page"
    } else {
        "no page can be found in it"
    }
}

fn dimensions(page: &PdfPage<'_>) -> Page {
    let (width, height) = page.render_dimensions();
    Page { width, height }
}

fn whole_page(page: u32) -> Place {
    Place::Page { page, area: WHOLE }
}

/// A whole PDF has its end mark near the end; what a mail server or a copy cut off has not.
fn is_cut_short(content: &[u8]) -> bool {
    let tail = &content[content.len().saturating_sub(2048)..];
    !tail.windows(5).any(|w| w == b"%%EOF")
}

fn note_metadata(pdf: &Pdf, read: &mut DocumentRead) {
    let metadata = pdf.metadata();
    let texts = [
        ("title", &metadata.title),
        ("author", &metadata.author),
        ("subject", &metadata.subject),
        ("keywords", &metadata.keywords),
        ("application", &metadata.creator),
        ("producer", &metadata.producer),
    ];
    for (key, bytes) in texts {
        let text = bytes.as_deref().map(pdf_text).unwrap_or_default();
        if !text.is_empty() {
            read.metadata.insert(key.to_owned(), text);
        }
    }
    let dates = [("created", metadata.creation_date), ("modified", metadata.modification_date)];
    for (key, date) in dates {
        if let Some(d) = date {
            let zone = if d.utc_offset_hour == 0 && d.utc_offset_minute == 0 {
                "Z".to_owned()
            } else {
                format!("{:+03}:{:02}", d.utc_offset_hour, d.utc_offset_minute)
            };
            let text = format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
                d.year, d.month, d.day, d.hour, d.minute, d.second
            );
            read.metadata.insert(key.to_owned(), text);
        }
    }
}

/// A text string of PDF: UTF-16 or UTF-8 with a byte order mark, else as good as Latin-1.
fn pdf_text(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        bytes => bytes.iter().map(|b| char::from(*b)).collect::<String>().into(),
    };
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    text.chars()
        .map(blank)
        .filter(|c| !c.is_control())
        .take(1000)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
pub(crate) mod tests;
