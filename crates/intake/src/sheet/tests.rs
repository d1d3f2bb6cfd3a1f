//! Workbooks: values, dates, far corners, damage.

use expect_test::{Expect, expect};

use crate::fixtures::{show, xlsx};
use crate::read::ReadOptions;

use super::*;

fn check(rows: &str, expect: &Expect) {
    expect.assert_eq(&show(&read_xlsx(&xlsx(rows), &ReadOptions::default())));
}

#[test]
fn values_come_out_as_text_with_their_cells() {
    check(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="C1" t="inlineStr"><is><t>Born</t></is></c></row>
           <row r="5"><c r="A5" t="inlineStr"><is><t> Sample </t></is></c><c r="B5"><v>999541092759</v></c><c r="C5" s="1"><v>33000</v></c><c r="D5" s="1"><v>33000.5</v></c><c r="E5" t="b"><v>1</v></c></row>"#,
        &expect![[r"
            read
            table, register true
              Name (sheet Sample, row 1, column 1) | - | Born (sheet Sample, row 1, column 3)
              Sample (sheet Sample, row 5, column 1) | 999541092759 (sheet Sample, row 5, column 2) | 1990-05-07 (sheet Sample, row 5, column 3) | 1990-05-07T12:00:00 (sheet Sample, row 5, column 4) | TRUE (sheet Sample, row 5, column 5)"]],
    );
}

#[test]
fn far_corners_cost_nothing() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let read = read_xlsx(&xlsx(rows), &ReadOptions::default());
    let [Block::Table(table)] = &*read.layout.blocks else { panic!("one table") };
    assert_eq!(table.rows.len(), 2);
    assert_eq!(table.rows[1].len(), 16_384);
    let mut options = ReadOptions::default();
    options.limits.cells_max = 1000;
    let read = read_xlsx(&xlsx(rows), &options);
    assert_eq!(read.state, model::DocumentState::PartlyRead);
}

#[test]
fn cells_out_of_range_are_told_and_damage_is_corrupt() {
    check(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZZZZZ4294967295"><v>2</v></c></row>"#,
        &expect![[r"
            partly_read: some cells lie beyond the last column
            ! cell_out_of_range
            table, register true
              1 (sheet Sample, row 1, column 1)"]],
    );
    let book = xlsx(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#);
    let read = read_xlsx(&book[..book.len() / 2], &ReadOptions::default());
    assert_eq!(read.state, model::DocumentState::Corrupt);
}

#[test]
fn claims_without_cells_cost_nothing() {
    // Found by changed copies of a seed: the parser would ask for memory that no machine has.
    let sst = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="40000000000"><si><t>x</t></si></sst>"#;
    let book = crate::fixtures::zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", sst.as_bytes()),
    ]);
    let read = read_xlsx(&book, &ReadOptions::default());
    assert_eq!(read.state, model::DocumentState::Corrupt);
    let mut old = include_bytes!("../../testdata/register.xls").to_vec();
    let at = memchr::memmem::find(&old, &[0, 2, 14, 0]).unwrap();
    old[at + 4..at + 18].fill(0xff);
    let whole = read_xls(include_bytes!("../../testdata/register.xls"), &ReadOptions::default());
    assert_eq!(read_xls(&old, &ReadOptions::default()), whole);
}

/// The lowest seven bits.
fn low(number: usize) -> u8 {
    u8::try_from(number & 0x7f).unwrap()
}

/// A record of a binary workbook.
fn record(number: u16, data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if number < 0x80 {
        out.push(low(usize::from(number)));
    } else {
        out.extend([low(usize::from(number)) | 0x80, low(usize::from(number >> 7))]);
    }
    let mut length = data.len();
    while length >= 0x80 {
        out.push(low(length) | 0x80);
        length >>= 7;
    }
    out.push(low(length));
    out.extend_from_slice(data);
    out
}

fn wide_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// A binary workbook of one sheet that claims this last row and has these records of cells.
fn xlsb(last_row: u32, cells: &[Vec<u8>]) -> Vec<u8> {
    let name = [vec![0; 4], vec![1, 0, 0, 0], wide_text("r1"), wide_text("Sample")].concat();
    let book =
        [record(0x83, &[]), record(0x9c, &name), record(0x90, &[]), record(0x84, &[])].concat();
    let corner = [0, last_row, 0, 3].map(u32::to_le_bytes).concat();
    let sheet = [
        record(0x81, &[]),
        record(0x94, &corner),
        record(0x91, &[]),
        cells.concat(),
        record(0x92, &[]),
        record(0x82, &[]),
    ];
    crate::fixtures::zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book),
        ("xl/_rels/workbook.bin.rels", br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.bin"/></Relationships>"#),
        ("xl/worksheets/sheet1.bin", &sheet.concat()),
    ])
}

fn row(number: u32) -> Vec<u8> {
    record(0, &[number.to_le_bytes().to_vec(), vec![0; 13]].concat())
}

fn text_cell(column: u32, text: &str) -> Vec<u8> {
    record(6, &[column.to_le_bytes().to_vec(), vec![0; 4], wide_text(text)].concat())
}

fn number_cell(column: u32, number: f64) -> Vec<u8> {
    record(5, &[column.to_le_bytes().to_vec(), vec![0; 4], number.to_le_bytes().to_vec()].concat())
}

#[test]
fn binary_workbooks_are_read_cell_by_cell() {
    let cells = [
        row(0),
        text_cell(0, "الاسم"),
        text_cell(2, "هاتف"),
        row(9),
        text_cell(0, "سامر"),
        number_cell(2, 9_995_550_101.0),
    ];
    let content = xlsb(u32::MAX - 1, &cells);
    assert_eq!(crate::sniff(&content), crate::MediaType::Xlsb);
    expect![[r"
        read
        table, register true
          الاسم (sheet Sample, row 1, column 1) | - | هاتف (sheet Sample, row 1, column 3)
          سامر (sheet Sample, row 10, column 1) | - | 9995550101 (sheet Sample, row 10, column 3)"]]
    .assert_eq(&show(&read_xlsb(&content, &ReadOptions::default())));
}

#[test]
fn records_longer_than_their_part_are_damage() {
    let long = [6, 0xff, 0xff, 0xff, 0x7f].to_vec();
    let read = read_xlsb(&xlsb(1, &[row(0), long]), &ReadOptions::default());
    assert_eq!(read.state, model::DocumentState::Corrupt);
}

#[test]
fn old_workbooks_say_who_wrote_them() {
    let read = read_xls(include_bytes!("../../testdata/register.xls"), &ReadOptions::default());
    expect![[r#"
        {"author": "Sample Clerk", "created": "2014-02-03T04:05:06Z", "last_modified_by": "Second Clerk", "modified": "2014-03-04T05:06:07Z", "revision": "0", "subject": "SYNTHETIC SAMPLE", "title": "سجل تجريبي"}
        read
        table, register true
          الاسم (sheet سجل, row 1, column 1) | تاريخ الولادة (sheet سجل, row 1, column 2) | هاتف (sheet سجل, row 1, column 3) | العدد (sheet سجل, row 1, column 4)
          سامر نموذج (sheet سجل, row 2, column 1) | 1990-05-12 (sheet سجل, row 2, column 2) | +9995550103 (sheet سجل, row 2, column 3) | 3 (sheet سجل, row 2, column 4)
          ليلى نموذج (sheet سجل, row 6, column 1) | - | - | 1.5 (sheet سجل, row 6, column 4)"#]].assert_eq(&format!("{:?}\n{}", read.metadata, show(&read)));
}

/// Found by fuzzing: the parser of packed workbooks looks for an OLE container first, and follows its
/// chains without an end until there is no memory.
#[test]
fn a_container_whose_chain_has_no_end_is_no_packed_workbook() {
    let mut content = include_bytes!("../../testdata/register.xls").to_vec();
    let at = |content: &[u8], at: usize| {
        usize::try_from(crate::ole::u32_at(content, at).unwrap()).unwrap()
    };
    let (table, directory) = (at(&content, 76), at(&content, 48));
    let entry = (table + 1) * 512 + directory * 4;
    let itself = u32::try_from(directory).unwrap().to_le_bytes();
    content[entry..entry + 4].copy_from_slice(&itself);
    for read in [read_xlsx, read_xlsb] {
        let read = read(&content, &ReadOptions::default());
        assert_eq!(read.state, model::DocumentState::Corrupt);
        assert_eq!(read.reason.as_deref(), Some("it is no package of parts"));
    }
}

/// One byte each at which the parser of workbooks gives up by a panic (calamine), in fixtures that are
/// sound otherwise: a length, a count, a name of the directory.
const PANICS: [(&str, crate::MediaType, usize, u8); 9] = [
    ("register.xls", crate::MediaType::Xls, 2050, 0),
    ("register.xls", crate::MediaType::Xls, 2202, 0),
    ("register.xls", crate::MediaType::Xls, 2276, 0),
    ("register.xls", crate::MediaType::Xls, 3129, 0),
    ("register.xls", crate::MediaType::Xls, 3132, 0xff),
    ("register.xlsx", crate::MediaType::Xlsx, 2245, 5),
    ("register.xlsx", crate::MediaType::Xlsx, 2246, 0),
    ("register.xlsb", crate::MediaType::Xlsb, 107, 0),
    ("register.xlsb", crate::MediaType::Xlsb, 116, 0),
];

#[test]
fn a_parser_that_panics_costs_its_own_file() {
    for (name, media, at, value) in PANICS {
        let path = format!("{}/testdata/{name}", env!("CARGO_MANIFEST_DIR"));
        let sound = std::fs::read(path).unwrap();
        let mut damaged = sound.clone();
        damaged[at] = value;
        let read = crate::read(name, media, &damaged, &ReadOptions::default());
        let state = read.state;
        assert_eq!(state, model::DocumentState::Corrupt, "{name} at {at}");
        assert!(read.reason.is_some(), "{name} at {at}");
        let kinds: Vec<&str> = read.problems.iter().map(|problem| problem.kind.as_str()).collect();
        // The day the parser mends one of these, another is to be found.
        assert_eq!(kinds, ["reader_panicked"], "{name} at {at}");
        let again = crate::read(name, media, &sound, &ReadOptions::default());
        assert_eq!(again.state, model::DocumentState::Read, "{name} as it is");
    }
}

/// Excel 4 macros in a sheet of their own: an old way in for what should not be run.
#[test]
fn a_sheet_of_macros_costs_no_other_sheet() {
    let relation = |id: u8, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let wrapped = |inside: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    };
    let package = wrapped(&relation(1, &format!("{of}/officeDocument"), "xl/workbook.xml"));
    let relations = wrapped(&format!(
        "{}{}",
        relation(
            1,
            "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
            "macrosheets/sheet1.xml"
        ),
        relation(2, &format!("{of}/worksheet"), "worksheets/sheet2.xml"),
    ));
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let cell = |text: &str| {
        format!(
            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row></sheetData>"
        )
    };
    let macros = format!(
        "<xm:macrosheet xmlns=\"{main}\" xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\">{}</xm:macrosheet>",
        cell("=HALT()")
    );
    let sheet = format!("<worksheet xmlns=\"{main}\">{}</worksheet>", cell("Sample Person"));
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{of}\"><sheets><sheet name=\"M\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"S\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
    );
    let file = crate::fixtures::zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", package.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/macrosheets/sheet1.xml", macros.as_bytes()),
        ("xl/worksheets/sheet2.xml", sheet.as_bytes()),
    ]);
    let read = read_xlsx(&file, &ReadOptions::default());
    let shown = crate::fixtures::show(&read);
    assert!(shown.contains("Sample Person"), "{shown}");
    assert_eq!(read.state, model::DocumentState::Read, "{shown}");
}
