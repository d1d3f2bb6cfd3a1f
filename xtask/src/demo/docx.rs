//! A form as a Word document: heading, mark, one table of number, question and answer.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::form::{Form, Language, MARK};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// The document's bytes.
pub(crate) fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/document.xml", document(form)?),
    ];
    super::pack(&BTreeMap::from(parts.map(|(path, xml)| (path.to_owned(), xml.into_bytes()))))
}

fn document(form: &Form) -> anyhow::Result<String> {
    let bidi = form.language == Language::Arabic;
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
    );
    for text in [MARK, form.heading] {
        xml += &paragraph(text, bidi);
    }
    xml += "<w:tbl><w:tblPr>";
    if bidi {
        xml += "<w:bidiVisual/>";
    }
    xml += "</w:tblPr>";
    for (number, (label, answer)) in (1..).zip(&form.rows) {
        xml += "<w:tr>";
        for text in [number.to_string().as_str(), label, answer] {
            write!(xml, "<w:tc>{}</w:tc>", paragraph(text, bidi))?;
        }
        xml += "</w:tr>";
    }
    xml += "</w:tbl><w:p/></w:body></w:document>";
    Ok(xml)
}

fn paragraph(text: &str, bidi: bool) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let direction = if bidi { "<w:pPr><w:bidi/></w:pPr>" } else { "" };
    format!(r#"<w:p>{direction}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}
