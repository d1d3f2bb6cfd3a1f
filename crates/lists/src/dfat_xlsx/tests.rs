//! The Australian list from bytes to statements. The workbook is made here, so that its cells can
//! be read in the test.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use expect_test::expect;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::testing::check;

const HEADER: [&str; 15] = [
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Alias Strength",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "IMO Number",
    "Committees",
    "Control Date",
    "Travel Ban",
];

/// A workbook with one sheet; cells that begin with `#` are dates by number.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut sheet = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <dimension ref=\"A1:XFD1048576\"/><sheetData>",
    );
    for (r, row) in rows.iter().enumerate() {
        write!(sheet, "<row r=\"{}\">", r + 1).unwrap();
        for (c, text) in row.iter().enumerate() {
            let column = char::from(b'A' + u8::try_from(c).unwrap());
            let cell = match text.strip_prefix('#') {
                Some(number) => format!("<c r=\"{column}{}\" s=\"1\"><v>{number}</v></c>", r + 1),
                None => {
                    format!("<c r=\"{column}{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", r + 1)
                }
            };
            sheet.push_str(&cell);
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"List\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{relations}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn rows_of_one_reference_are_one_entity() {
    let person = "SMi.001 Mother's name: Sample Mother. Reported deceased in 2015.";
    let bytes = workbook(&[
        &HEADER,
        &[
            "101",
            "Specimen Exemplar",
            "Individual",
            "Primary Name",
            "",
            "a) 01/02/1960 b) 1961",
            "Sampleville, France",
            "France",
            "1 Sample Street",
            person,
            "Listed on 1 January 2001",
            "",
            "1988 (Sample)",
            "#36526",
            "Yes",
        ],
        &["102", "SAMPLE STAR", "Vessel", "Primary Name", "", "", "", "", "", "", "", "9999999"],
        &["101a", "Sampel Exemplar", "Individual", "Alias", "Strong", "#22000"],
        &["101b", "Abu Exemplar", "Individual", "Alias", "Weak"],
        &["101c", "عينة نموذج", "Individual", "Original Script", ""],
        &["", "Nobody", "Individual", "Primary Name"],
    ]);
    check(
        &[("list.xlsx", &bytes)],
        &expect![[r#"
            dfat_xlsx "DFAT Consolidated List" "2000-01-01": 2 entities, 1 persons, 1 aliases, 1 weak, 1 skipped
            ! no_id list.xlsx, record 7: the row has no reference
            au-101 Person @2
              topics: sanction
              name: Specimen Exemplar
              birthDate: 1960-02-01 <- 01/02/1960
              birthDate: 1961
              birthPlace: Sampleville, France
              birthCountry: fr <- Sampleville, France
              citizenship: fr <- France
              address: 1 Sample Street
              notes: SMi.001 Mother's name: Sample Mother. Reported deceased in 2015.
              motherName: Sample Mother <- Mother's name: Sample Mother
              alias: Sampel Exemplar
              birthDate: 1960-03-25
              weakAlias: Abu Exemplar
              name: عينة نموذج
            au-101/sanction Sanction @2
              entity: au-101
              unscId: SMi.001
              authority: Department of Foreign Affairs and Trade
              country: au
              authorityId: 101
              program: 1988 (Sample)
              summary: Listed on 1 January 2001
              listingDate: 2000-01-01
              provisions: travel ban
            au-102 Vessel @3
              topics: sanction
              name: SAMPLE STAR
              imoNumber: IMO9999999 <- 9999999
            au-102/sanction Sanction @3
              entity: au-102
              authority: Department of Foreign Affairs and Trade
              country: au
              authorityId: 102
        "#]],
    );
}
