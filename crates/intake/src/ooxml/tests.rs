//! Text documents: what is kept, what is left out, and how damage and bombs end.

use expect_test::{Expect, expect};

use crate::fixtures::{document_xml, docx, paragraph, show, zip};
use crate::read::ReadOptions;

use super::read_docx;

fn check(content: &[u8], expect: &Expect) {
    expect.assert_eq(&show(&read_docx(content, &ReadOptions::default())));
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text))
}

#[test]
fn paragraphs_and_cells_carry_their_places() {
    let rows = format!(
        "<w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}</w:tr>",
        cell("", "Name"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "Sample Person"),
        cell(r#"<w:vMerge w:val="restart"/>"#, "Born"),
        cell("", "1990"),
        cell("", "Nowhere"),
        cell("<w:vMerge/>", ""),
        cell("", "unsure"),
    );
    let body = format!(
        "{}<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr>{rows}</w:tbl><w:p/>{}",
        paragraph("Title"),
        paragraph("After"),
    );
    check(
        &docx(&body, &[]),
        &expect![[r"
            read
            paragraph 1: Title
            table, register false
              Name (table 1, row 1, column 1) | Sample Person (table 1, row 1, column 2)
              Born (table 1, row 2, column 1) | 1990 (table 1, row 2, column 2) | Nowhere (table 1, row 2, column 3)
              - | unsure (table 1, row 3, column 2)
            paragraph 3: After"]],
    );
}

#[test]
fn tables_in_tables_follow_the_outer_one() {
    let inner =
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", "Kunya"), cell("", "Abu Sample"));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{inner}<w:p/></w:tc>{}</w:tr></w:tbl>",
        paragraph("Frame"),
        cell("", "Beside"),
    );
    check(
        &docx(&body, &[]),
        &expect![[r"
            read
            table, register false
              Frame (table 1, row 1, column 1) | Beside (table 1, row 1, column 2)
            table, register false
              Kunya (table 2, row 1, column 1) | Abu Sample (table 2, row 1, column 2)"]],
    );
}

#[test]
fn insertions_stay_and_codes_prompts_and_deletions_go() {
    let body = r#"<w:p>
        <w:ins><w:r><w:t>kept</w:t></w:r></w:ins>
        <w:del><w:r><w:delText>gone</w:delText></w:r></w:del>
        <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>
        <w:r><w:tab/><w:instrText>DATE</w:instrText><w:t>a &lt; b &#1605;</w:t><w:br/><w:t>next</w:t></w:r>
        <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>
        <w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> answer</w:t></w:r></w:sdtContent></w:sdt>
        <w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>
        <w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r></w:p>
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></mc:Choice>
        <mc:Fallback><w:p><w:r><w:t>In a box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:t>Anchor</w:t></w:r></w:p>"#;
    check(
        &docx(body, &[]),
        &expect![[r"
            read
            paragraph 1: kept	a < b م
            next answer☒☐
            paragraph 2: Anchor
            paragraph 3: In a box"]],
    );
}

#[test]
fn headers_stand_first_and_number_last() {
    let header = br#"<w:hdr xmlns:w="x"><w:p><w:r><w:t>Sample form</w:t></w:r></w:p></w:hdr>"#;
    let note = br#"<w:footnotes xmlns:w="x"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnotes>"#;
    let file = docx(
        &paragraph("Body"),
        &[
            ("word/header1.xml", header),
            ("word/header2.xml", header),
            ("word/footnotes.xml", note),
            ("word/_rels/document.xml.rels", br#"<Relationships><Relationship Type="x/attachedTemplate" Target="http://example.invalid/t" TargetMode="External"/></Relationships>"#),
        ],
    );
    check(
        &file,
        &expect![[r"
            read
            ! external_reference
            paragraph 2: Sample form
            paragraph 1: Body
            paragraph 4: A note"]],
    );
}

#[test]
fn properties_become_metadata() {
    let core = br#"<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:creator>Sample Clerk</dc:creator><dcterms:created>2013-11-05T00:00:00Z</dcterms:created><dc:subject/></cp:coreProperties>"#;
    let file = docx(&paragraph("x"), &[("docProps/core.xml", core)]);
    let read = read_docx(&file, &ReadOptions::default());
    expect![[r#"{"author": "Sample Clerk", "created": "2013-11-05T00:00:00Z"}"#]]
        .assert_eq(&format!("{:?}", read.metadata));
}

#[test]
fn entities_are_dropped_and_told() {
    let doctype = r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa">]>"#;
    let document = document_xml(doctype, &paragraph("&e;shown&a;"));
    let file =
        zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())]);
    check(
        &file,
        &expect![[r"
            partly_read: word/document.xml refers to entities (2); dropped, not expanded
            ! doctype_refused
            ! entity_dropped
            paragraph 1: shown"]],
    );
}

#[test]
fn a_file_cut_short_keeps_what_it_has() {
    let body: String =
        (0..2000).map(|n| paragraph(&format!("Sample {}", n * 7919 % 1000))).collect();
    let file = docx(&body, &[]);
    let read = read_docx(&file[..file.len() / 2], &ReadOptions::default());
    assert_eq!(read.state, model::DocumentState::PartlyRead);
    assert!(read.layout.blocks.len() > 300, "{}", read.layout.blocks.len());
    check(&file[..40], &expect!["corrupt: it holds no document text\n! archive_damaged"]);
}

#[test]
fn bombs_are_refused() {
    let mut options = ReadOptions::default();
    options.limits.xml_bytes_max = 10_000;
    let read = read_docx(&docx(&paragraph(&"a".repeat(20_000)), &[]), &options);
    assert_eq!(read.state, model::DocumentState::RefusedByLimit);
    let deep = format!("{}{}", "<w:p>".repeat(5000), "</w:p>".repeat(5000));
    check(
        &docx(&deep, &[]),
        &expect![[r"
            refused_by_limit: word/document.xml nests its elements deeper than the limit
            ! part_refused"]],
    );
}

#[test]
fn macros_are_told_and_unusual_folders_found() {
    let read =
        read_docx(&docx(&paragraph("x"), &[("word/vbaProject.bin", b"")]), &ReadOptions::default());
    expect!["read\n! macros_not_run\nparagraph 1: x"].assert_eq(&crate::fixtures::show(&read));
    let document = crate::fixtures::document_xml("", &paragraph("x"));
    let types = br#"<Types><Override PartName="/content/main.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;
    let relations = br#"<Relationships><Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/content/main.xml"/></Relationships>"#;
    let content = crate::fixtures::zip(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations),
        ("content/main.xml", document.as_bytes()),
    ]);
    assert_eq!(crate::sniff(&content), crate::MediaType::Docx);
    let read = read_docx(&content, &ReadOptions::default());
    assert_eq!(crate::fixtures::show(&read), "read\nparagraph 1: x");
}

/// A document whose text is a chunk of another format.
fn with_chunk(name: &str, chunk: &[u8]) -> Vec<u8> {
    let relationships = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"c1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk\" Target=\"{name}\"/>\
         </Relationships>"
    );
    let body = format!("{}<w:altChunk r:id=\"c1\"/>", paragraph("Form"));
    let rels = ("word/_rels/document.xml.rels", relationships.as_bytes());
    docx(&body, &[rels, (&format!("word/{name}"), chunk)])
}

#[test]
fn files_of_other_formats_that_a_document_takes_in_are_read() {
    let page = b"<html><body><p>Full name: Amber Sample</p><table><tr><td>Kunya</td><td>Abu Sample</td></tr></table></body></html>";
    check(
        &with_chunk("chunk.htm", page),
        &expect![[r"
            read
            paragraph 1: Form
            paragraph 2: Full name: Amber Sample
            table, register false
              Kunya (table 1, row 1, column 1) | Abu Sample (table 1, row 1, column 2)"]],
    );
    let inner = with_chunk("chunk.htm", page);
    let nested = read_docx(&with_chunk("chunk.docx", &inner), &ReadOptions::default());
    assert_eq!(nested.state, model::DocumentState::Read, "{:?}", nested.reason);
    assert_eq!(nested.layout.blocks.len(), 4, "{:?}", nested.layout.blocks);
    let missing = read_docx(&with_chunk("chunk.bin", b"\x00\x01"), &ReadOptions::default());
    assert_eq!(missing.state, model::DocumentState::PartlyRead, "never silently left out");
    let mut deep = with_chunk("chunk.htm", page);
    for _ in 0..10 {
        deep = with_chunk("chunk.docx", &deep);
    }
    let deep = read_docx(&deep, &ReadOptions::default());
    assert_eq!(deep.state, model::DocumentState::PartlyRead);
    assert!(deep.problems.iter().any(|p| p.message.contains("past the limit")));
}
