//! Fictional files, composed in memory for the tests of this crate.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use model::{Block, Cell};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::read::DocumentRead;

/// A ZIP archive of the members, deflated.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

/// A document part around the body.
pub(crate) fn document_xml(before: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>"#
    )
}

/// A text document with this body, and more parts.
pub(crate) fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = document_xml("", body);
    let mut members: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())];
    members.extend_from_slice(more);
    zip(&members)
}

/// A paragraph.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A workbook of one sheet with these rows, each as XML.
pub(crate) fn xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zip(&[
        ("[Content_Types].xml", br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sample" sheetId="1" r:id="r1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/styles.xml", br#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// State, problems and blocks as one text.
pub(crate) fn show(read: &DocumentRead) -> String {
    let mut out = format!("{}", read.state);
    if let Some(reason) = &read.reason {
        let _ = write!(out, ": {reason}");
    }
    for problem in &read.problems {
        let _ = write!(out, "\n! {}", problem.kind);
    }
    for block in &read.layout.blocks {
        match block {
            Block::Paragraph(span) => {
                let _ = write!(out, "\n{}: {}", span.place.describe(), span.text);
            }
            Block::Line(line) => {
                let _ = write!(out, "\nline: {}", line.text());
            }
            Block::Table(table) => {
                let _ = write!(out, "\ntable, register {}", table.register);
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(show_cell).collect();
                    let _ = write!(out, "\n  {}", cells.join(" | "));
                }
            }
        }
    }
    out
}

fn show_cell(cell: &Cell) -> String {
    let Some(first) = cell.spans.first() else { return "-".to_owned() };
    let texts: Vec<&str> = cell.spans.iter().map(|span| span.text.as_str()).collect();
    format!("{} ({})", texts.join(" / "), first.place.describe())
}
