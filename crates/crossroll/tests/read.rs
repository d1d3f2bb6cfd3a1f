//! What `read` says of a record, as a user or a program sees it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::io::{Cursor, Read as _, Write as _};

use serde_json::Value;
use support::{crossroll, sandbox};

/// Reads a text file of this content.
fn read(text: &str) -> (Vec<Value>, Vec<Value>) {
    let sandbox = sandbox();
    let page = sandbox.path().join("page.txt");
    let problems = sandbox.path().join("problems.jsonl");
    std::fs::write(&page, text).unwrap();
    let (page, log) = (page.to_str().unwrap(), problems.to_str().unwrap());
    let run = crossroll(&["read", page, "--problems", log]);
    let parse = |text: &str| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (parse(&run.stdout), parse(&std::fs::read_to_string(&problems).unwrap()))
}

#[test]
fn a_record_tells_what_its_values_leave_open() {
    let (records, problems) = read(
        "Name: Sample Person\nKunya: Abu Simbel\nDate of birth: 31/02/1990\nNationality: French\n\
         Date of entry: 10 محرم 1435 هـ\nContact number: 01 99 00 12 34\n",
    );
    let details = &records[0]["details"];
    assert_eq!(details["birth_date"]["flaws"], serde_json::json!(["impossible_date"]));
    assert_eq!(details["entry_date"]["calendar"], "hijri");
    assert_eq!(details["entry_date"]["interval"], "2013-11-13/2013-11-14");
    assert_eq!(details["contact"]["assumed_country"], "FR");
    assert_eq!(records[0]["fields"]["contact"], "01 99 00 12 34");
    assert_eq!(records[0]["normalized"]["contact"], "+33199001234");
    assert!(details.get("nationality").is_none(), "{details}");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0]["kind"], "impossible_date");
}

/// A text document that holds one picture and nothing else.
fn document_of(picture: &[u8]) -> Vec<u8> {
    let body = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:drawing><wp:inline><wp:extent cx="5943600" cy="8229600"/><a:blip r:embed="rId1"/></wp:inline></w:drawing></w:r></w:p></w:body></w:document>"#;
    let relationships = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.jpeg"/></Relationships>"#;
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("[Content_Types].xml", b"<Types/>".as_slice()),
        ("word/document.xml", body.as_bytes()),
        ("word/_rels/document.xml.rels", relationships.as_bytes()),
        ("word/media/image1.jpeg", picture),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn a_scan_that_was_pasted_into_a_text_document_is_a_form() {
    let demo = include_bytes!("../../../corpus/demo/demo.zip");
    let mut demo = zip::ZipArchive::new(Cursor::new(demo)).unwrap();
    let mut scan = Vec::new();
    demo.by_name("cache/scans/page 1.jpg").unwrap().read_to_end(&mut scan).unwrap();
    let sandbox = sandbox();
    let (alone, pasted) = (sandbox.path().join("a.jpg"), sandbox.path().join("b.docx"));
    std::fs::write(&pasted, document_of(&scan)).unwrap();
    std::fs::write(&alone, scan).unwrap();
    let log = sandbox.path().join("problems.jsonl");
    let folder = sandbox.path().to_str().unwrap();
    let run = crossroll(&["read", folder, "--problems", log.to_str().unwrap()]);
    if std::fs::read_to_string(&log).unwrap().contains("not_recognized") {
        println!("skipped: Tesseract is not installed");
        return;
    }
    let records: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [alone, pasted] = records.as_slice() else { panic!("two records expected: {records:?}") };
    assert_eq!(pasted["template"], "entry_form");
    assert_eq!(pasted["fields"], alone["fields"], "the same picture reads the same");
    assert!(pasted["fields"]["full_name"].is_string(), "{pasted}");
}
