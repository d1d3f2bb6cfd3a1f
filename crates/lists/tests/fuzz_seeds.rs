//! The checks of the fuzz target of watchlists hold for the samples of every format, cut, with bits
//! turned and with bytes exchanged, on any toolchain. All people in the samples are fictional.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

#[path = "../../../fuzz/changes.rs"]
mod changes;
#[path = "../../../fuzz/list_checks.rs"]
mod checks;

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use changes::{Numbers, changed};

/// Changed copies of each sample, or as many as `FUZZ_CHANGES` says.
const CHANGES: usize = 60;

/// The formats; each must be told from a sample.
const FORMATS: [&str; 17] = [
    "csl_csv",
    "dfat_xlsx",
    "eu_csv",
    "eu_xml",
    "ftm_json",
    "nested_json",
    "ofac_advanced_xml",
    "ofac_csv",
    "ofac_enhanced_xml",
    "ofsi_csv",
    "own_csv",
    "seco_xml",
    "senzing_json",
    "targets_csv",
    "uk_csv",
    "uk_xml",
    "un_xml",
];

/// The bytes of each sample, by name.
fn samples() -> Vec<(String, Vec<u8>)> {
    let mut samples = vec![("workbook".to_owned(), workbook())];
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for folder in fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path().join("testdata"))
    {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let ours = path.extension().is_some_and(|ext| ext == "golden" || ext == "txt");
            if !ours {
                samples.push((path.display().to_string(), fs::read(path).unwrap()));
            }
        }
    }
    samples.sort();
    samples
}

/// The Australian list with one fictional person: the smallest workbook.
fn workbook() -> Vec<u8> {
    let header =
        ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth"];
    let person = ["1", "Amber Sample", "Individual", "Primary Name", "1/1/1970"];
    let row = |(r, cells): (usize, [&str; 5])| {
        let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        format!("<row r=\"{}\">{}</row>", r + 1, cells.map(cell).concat())
    };
    let rows: String = [header, person].into_iter().enumerate().map(row).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{relations}\"><Relationship Id=\"r1\" Type=\"{of}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // Stored, so that changed bytes reach the reader of XML.
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        zip.start_file(name, stored).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_checks_of_lists_hold_for_the_samples() {
    let changes = std::env::var("FUZZ_CHANGES").map_or(CHANGES, |count| count.parse().unwrap());
    let mut told = BTreeSet::new();
    for (_, sample) in samples() {
        let format = checks::check_list(&sample);
        told.extend(
            format
                .into_iter()
                .flat_map(|all| all.split(", ").map(str::to_owned).collect::<Vec<_>>()),
        );
        let mut numbers = Numbers(sample.len() as u64);
        for _ in 0..changes {
            checks::check_list(&changed(&sample, &mut numbers));
        }
    }
    let missing: Vec<&str> = FORMATS.into_iter().filter(|name| !told.contains(*name)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "formats without a sample");
    let unlisted: Vec<&String> =
        told.iter().filter(|name| !FORMATS.contains(&name.as_str())).collect();
    assert_eq!(unlisted, Vec::<&String>::new(), "told, and not in the list of this test");
}
