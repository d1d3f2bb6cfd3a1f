//! Which pictures are pages, in every kind of file that has them, and what they cite.

use std::fmt::Write as _;
use std::io::Cursor;

use ::image::{DynamicImage, GrayImage, ImageFormat};
use expect_test::{Expect, expect};

use super::*;
use crate::fixtures::{docx, paragraph, show, zip};
use crate::ocr;
use crate::read::read;
use crate::render;

const RELATIONSHIPS: &[u8] = br#"<Relationships>
    <Relationship Id="rId1" Type="x/image" Target="media/image1.png"/>
    <Relationship Id="rId2" Type="x/image" Target="/word/media/image2.png"/>
    <Relationship Id="rId3" Type="x/image" Target="http://sample.invalid/a.png" TargetMode="External"/>
    </Relationships>"#;

fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&DynamicImage::from(GrayImage::new(width, height)), ImageFormat::Png)
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A drawing of so many inches.
fn drawing(id: &str, width: u32, height: u32) -> String {
    let (cx, cy) = (width * 914_400, height * 914_400);
    format!(
        r#"<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><a:blip r:embed="{id}"/></wp:inline></w:drawing></w:r></w:p>"#
    )
}

fn word(body: &str, pictures: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = vec![("word/_rels/document.xml.rels", RELATIONSHIPS)];
    parts.extend_from_slice(pictures);
    docx(body, &parts)
}

fn without_recognition() -> ReadOptions {
    ReadOptions { ocr: false, ..ReadOptions::default() }
}

fn check(media: MediaType, content: &[u8], expect: &Expect) {
    let read = read("a", media, content, &without_recognition());
    let mut out = show(&read);
    for problem in read.problems.iter().filter(|problem| problem.kind != "external_reference") {
        let place = problem.place.as_ref().map(Place::describe).unwrap_or_default();
        let _ = write!(out, "\n{} {place}", problem.message);
    }
    expect.assert_eq(&out);
}

#[test]
fn any_picture_of_a_document_without_text_may_be_a_page() {
    let parts: [(&str, &[u8]); 2] =
        [("word/media/image1.png", &png(600, 800)), ("word/media/image2.png", &png(60, 80))];
    let body = drawing("rId2", 1, 1) + &drawing("rId1", 3, 4) + &drawing("rId1", 3, 4);
    check(
        MediaType::Docx,
        &word(&body, &parts),
        &expect![[r"
            partly_read: scanned pages were not recognized
            ! external_reference
            ! pictures_not_read
            ! not_recognized
            a picture in the document was not read 
            a scanned page; recognition is switched off picture 2"]],
    );
}

#[test]
fn beside_text_a_picture_is_a_page_if_it_is_shown_as_one() {
    let parts: [(&str, &[u8]); 2] =
        [("word/media/image1.png", &png(600, 800)), ("word/media/image2.png", &png(600, 800))];
    let text = paragraph(&"words of a letter ".repeat(20));
    let body = text + &drawing("rId1", 2, 2) + &drawing("rId2", 6, 8) + &drawing("rId3", 6, 8);
    let read = read("a", MediaType::Docx, &word(&body, &parts), &without_recognition());
    let places: Vec<String> = read
        .problems
        .iter()
        .filter_map(|problem| Some(problem.place.as_ref()?.describe()))
        .collect();
    assert_eq!(places, ["picture 2"]);
    assert_eq!(read.layout.pages.len(), 2, "what lies outside the file is none of its pictures");
}

#[test]
fn a_document_whose_pictures_are_small_is_read_whole() {
    let parts: [(&str, &[u8]); 1] = [("word/media/image1.png", &png(60, 80))];
    let body = paragraph("Sample") + &drawing("rId1", 1, 1);
    check(
        MediaType::Docx,
        &word(&body, &parts),
        &expect![[r"
            read
            ! external_reference
            ! pictures_not_read
            paragraph 1: Sample
            a picture in the document was not read "]],
    );
}

#[test]
fn open_documents_rich_text_and_workbooks_have_pictures_too() {
    let picture = png(900, 1200);
    let content = br#"<office:document-content><office:body><office:text><text:p>
        <draw:frame svg:width="17cm" svg:height="24cm"><draw:image xlink:href="Pictures/b.png"/></draw:frame>
        </text:p></office:text></office:body></office:document-content>"#;
    let odt = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
        ("Pictures/b.png", &picture),
    ]);
    let mut rtf = String::from(r"{\rtf1 Sample\par{\pict\picwgoal9000\pichgoal12000\pngblip ");
    for byte in &picture {
        let _ = write!(rtf, "{byte:02x}");
    }
    rtf.push_str("}}");
    let mut book = zip::ZipArchive::new(Cursor::new(crate::fixtures::xlsx(
        r#"<row r="1"><c r="A1"><v>7</v></c></row>"#,
    )))
    .unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = (0..book.len())
        .map(|at| {
            let mut member = book.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut member, &mut bytes).unwrap();
            (member.name().unwrap().into_owned(), bytes)
        })
        .collect();
    parts.push(("xl/media/image1.png".to_owned(), picture.clone()));
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    for (media, content) in
        [(MediaType::Odt, odt), (MediaType::Rtf, rtf.into_bytes()), (MediaType::Xlsx, zip(&parts))]
    {
        let read = read("a", media, &content, &without_recognition());
        let page = read.problems.iter().find(|problem| problem.kind == "not_recognized");
        let place = page.and_then(|problem| problem.place.as_ref());
        assert!(matches!(place, Some(Place::Picture { picture: 0, .. })), "{media:?}: {read:?}");
        assert_eq!(read.layout.pages, [Page { width: 900.0, height: 1200.0 }], "{media:?}");
        assert_eq!(render::page_count(media, &content, &Limits::default()), 1, "{media:?}");
        let drawn = render::render_page(media, &content, 0, 90, &Limits::default()).unwrap();
        assert_eq!(::image::load_from_memory(&drawn).unwrap().height(), 120, "{media:?}");
    }
}

#[test]
fn a_form_that_is_nothing_but_a_picture_is_read_and_cites_it() {
    if ocr::is_absent("eng") {
        println!("skipped: libtesseract.so.5 with `eng` is not installed");
        return;
    }
    let scan = encoded(&DynamicImage::from(ocr::tests::page()), ImageFormat::Png);
    let parts: [(&str, &[u8]); 2] =
        [("word/media/image1.png", &png(60, 80)), ("word/media/image2.png", &scan)];
    let content = word(&(drawing("rId1", 1, 1) + &drawing("rId2", 6, 4)), &parts);
    let options = ReadOptions { ocr_languages: "eng".to_owned(), ..ReadOptions::default() };
    let read = read("a", MediaType::Docx, &content, &options);
    assert_eq!(read.state, DocumentState::Read, "{:?}", read.reason);
    let [Block::Table(table)] = read.layout.blocks.as_slice() else {
        panic!("a table expected: {:?}", read.layout)
    };
    let texts: Vec<String> = table.rows[0].iter().map(model::Cell::text).collect();
    assert_eq!(texts, ["LATE", "HEALTH"]);
    let place = &table.rows[0][1].spans[0].place;
    assert_eq!(place.describe(), "picture 2");
    let (picture, area) = place.drawn().unwrap();
    assert!(picture == 1 && (area.x - 320.0 / 600.0).abs() < 0.02, "{area:?}");
}

#[test]
fn pictures_past_the_limit_are_left_and_said_to_be() {
    let parts: [(&str, &[u8]); 2] =
        [("word/media/image1.png", &png(600, 800)), ("word/media/image2.png", &png(600, 800))];
    let mut options = without_recognition();
    options.limits.pictures_max = 1;
    let content = word(&(drawing("rId1", 3, 4) + &drawing("rId2", 3, 4)), &parts);
    let read = read("a", MediaType::Docx, &content, &options);
    assert_eq!(read.state, DocumentState::PartlyRead);
    assert_eq!(read.reason.as_deref(), Some("pictures beyond the first 1 were not read"));
    assert_eq!(read.layout.pages.len(), 1);
}
