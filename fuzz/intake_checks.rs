//! What must hold of every reader of foreign bytes, for any bytes. Shared by the fuzz targets and by
//! the test that runs over the seeds on a stable toolchain. Panics where a law is broken.
//!
//! Scans are decoded, never recognized: recognition is another program's.

use std::sync::Arc;

use intake::render::{page_count, render_page};
use intake::{Limits, MediaType, ReadOptions, read, sniff_named, unpack};
use model::{Block, DocumentState, Span};

/// Limits tight enough that meeting one is quick.
fn limits() -> Limits {
    Limits {
        member_bytes_max: 4 << 20,
        unpacked_bytes_max: 16 << 20,
        members_max: 200,
        ratio_free_bytes: 1 << 20,
        pixels_max: 1 << 20,
        pages_max: 8,
        pictures_max: 8,
        cells_max: 20_000,
        text_bytes_max: 1 << 20,
        xml_bytes_max: 4 << 20,
        ..Limits::default()
    }
}

/// The bytes as a document of this kind, whatever they are.
#[allow(dead_code, reason = "each target takes the check it needs")]
pub(crate) fn check_reader(media: MediaType, bytes: &[u8]) {
    let options = ReadOptions { limits: limits(), ocr: false, ..ReadOptions::default() };
    let first = read("fuzzed", media, bytes, &options);
    assert_eq!(first.reason.is_none(), first.state == DocumentState::Read, "{:?}", first.reason);
    // Workbooks, pages and pictures are parsed by crates that may give up by a panic, which is
    // caught; our own readers have no such excuse.
    let foreign = matches!(media, MediaType::Xls | MediaType::Xlsx | MediaType::Xlsb)
        || media == MediaType::Pdf
        || media.is_image();
    let panicked = first.problems.iter().any(|problem| problem.kind == "reader_panicked");
    assert!(foreign || !panicked, "the reader of {} panicked", media.as_str());
    for problem in &first.problems {
        assert_eq!(problem.path, "fuzzed");
    }
    for span in first.layout.blocks.iter().flat_map(spans) {
        assert!(!span.text.is_empty() && (0.0..=1.0).contains(&span.confidence), "{span:?}");
    }
    let again = read("fuzzed", media, bytes, &options);
    assert_eq!(first, again, "the same bytes are read the same");
}

/// The fuzzer takes any panic for a crash; those of the crates that parse and decode are caught, and the
/// checks say which may be. What nobody catches still ends the run.
#[allow(dead_code, clippy::print_stderr, reason = "for formats that other crates parse")]
pub(crate) fn allow_caught_panics() {
    std::panic::set_hook(Box::new(|panic| eprintln!("{panic}")));
}

fn spans(block: &Block) -> Vec<&Span> {
    match block {
        Block::Paragraph(span) => vec![span],
        Block::Line(line) => line.spans.iter().collect(),
        Block::Table(table) => table.rows.iter().flatten().flat_map(|cell| &cell.spans).collect(),
    }
}

/// The bytes as a file of a stick: told, unpacked over all levels.
#[allow(dead_code, reason = "each target takes the check it needs")]
pub(crate) fn check_container(bytes: &[u8]) {
    let limits = limits();
    let members = unpack("fuzzed", Arc::from(bytes), &limits);
    assert!(members.len() <= limits.members_max + 1);
    let mut paths: Vec<&str> = members.iter().map(|member| member.path.as_str()).collect();
    paths.sort_unstable();
    assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "no two paths are equal");
    let mut total = 0;
    for member in &members {
        let content = member.content.as_deref().unwrap_or_default();
        total += content.len() as u64;
        assert!(member.path == "fuzzed" || content.len() as u64 <= limits.member_bytes_max);
        assert!(member.problems.iter().all(|problem| problem.kind != "reader_panicked"));
        if let Some((state, reason)) = &member.state {
            assert_eq!(reason.is_none(), *state == DocumentState::Read, "{reason:?}");
        }
        if !content.is_empty() {
            assert_eq!(member.id, intake::unpack::hash(content), "the id is the content's hash");
            assert_eq!(sniff_named(content, &member.path), member.media);
        }
    }
    assert!(total <= limits.unpacked_bytes_max + bytes.len() as u64);
}

/// Width of the pages that are drawn, in pixels.
const WIDTH_PX: u32 = 64;
/// Pages of one file that are drawn.
const DRAWN_MAX: u32 = 2;

/// The bytes as a file whose pages are looked at.
#[allow(dead_code, reason = "each target takes the check it needs")]
pub(crate) fn check_pages(bytes: &[u8]) {
    let limits = limits();
    let media = sniff_named(bytes, "fuzzed");
    let count = page_count(media, bytes, &limits);
    assert!(count <= limits.pages_max);
    for page in 0..count.min(DRAWN_MAX) {
        let Ok(png) = render_page(media, bytes, page, WIDTH_PX, &limits) else { continue };
        // The head of a PNG tells its size (ISO 15948, 11.2.2).
        assert_eq!(png.get(1..4), Some(b"PNG".as_slice()));
        assert_eq!(png.get(16..20), Some(WIDTH_PX.to_be_bytes().as_slice()));
    }
    assert!(render_page(media, bytes, count.max(limits.pages_max), WIDTH_PX, &limits).is_err());
}
