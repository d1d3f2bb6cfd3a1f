use std::fmt::Write;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;

fn read(content: &[u8], options: &ReadOptions) -> DocumentRead {
    crate::read("sample.pdf", crate::MediaType::Pdf, content, options)
}

/// A PDF of one page written by hand, in the built-in font Helvetica.
pub(crate) fn pdf_of(content: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>".to_owned(),
        {
            let map = "/CIDInit /ProcSet findresource begin begincmap \
                1 begincodespacerange <00> <FF> endcodespacerange \
                6 beginbfchar <41> <FE8D> <42> <FEB3> <43> <FEE2> <44> <0665> <45> <0660> <46> <FEFB> endbfchar \
                endcmap end";
            format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len())
        },
        "<< /Title (Sample form) /Author <FEFF0646> /CreationDate (D:20140102030405Z) >>"
            .to_owned(),
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for offset in offsets {
        file.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R /Info 8 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.extend(trailer.bytes());
    file
}

fn show(read: &DocumentRead) -> String {
    let mut out = format!("{}", read.state);
    if let Some(reason) = &read.reason {
        write!(out, ": {reason}").unwrap();
    }
    out.push('\n');
    for block in &read.layout.blocks {
        match block {
            Block::Table(table) => {
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(model::Cell::text).collect();
                    writeln!(out, "row: {}", cells.join(" | ")).unwrap();
                }
            }
            Block::Line(line) => {
                writeln!(out, "line: {}", line.text().replace('\t', " | ")).unwrap();
            }
            Block::Paragraph(span) => writeln!(out, "paragraph: {}", span.text).unwrap(),
        }
    }
    out
}

fn check(file: &[u8], expected: &Expect) {
    expected.assert_eq(&show(&read(file, &ReadOptions::default())));
}

#[test]
fn lines_and_ruled_tables_are_read() {
    let file = pdf_of(
        "BT /F1 10 Tf 20 180 Td (Entry form) Tj ET \
         BT /F1 10 Tf 20 145 Td (Name) Tj 80 0 Td (Sample Person) Tj ET \
         BT /F1 10 Tf 20 125 Td (Town) Tj 80 0 Td (Exampleville) Tj ET \
         0.5 w 10 120 180 20 re S 10 140 180 20 re S 90 120 m 90 160 l S",
    );
    check(
        &file,
        &expect![[r"
        read
        line: Entry form
        row: Name | Sample Person
        row: Town | Exampleville
    "]],
    );
}

#[test]
fn visual_order_and_presentation_forms_are_turned() {
    // The page shows, from the left: final mim, initial sin, alif; then digits; then lam-alif.
    let file = pdf_of(
        "BT /F2 10 Tf 150 180 Td (CBA) Tj ET BT /F2 10 Tf 20 160 Td (F) Tj 60 0 Td (CBA DE) Tj ET",
    );
    check(
        &file,
        &expect![[r"
        read
        line: اسم
        line: ٥٠ اسم | لا
    "]],
    );
}

#[test]
fn turned_text_stays_out_of_the_lines() {
    let file = pdf_of(
        "BT /F1 10 Tf 20 100 Td (Name: Sample) Tj ET \
         BT /F1 20 Tf 0.7 0.7 -0.7 0.7 30 60 Tm (WATERMARK) Tj ET",
    );
    check(
        &file,
        &expect![[r"
        read
        line: Name: Sample
        line: WATERMARK
    "]],
    );
}

#[test]
fn metadata_is_decoded() {
    let read = read(&pdf_of(""), &ReadOptions::default());
    let shown: Vec<String> = read.metadata.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(shown, ["author=ن", "created=2014-01-02T03:04:05Z", "title=Sample form"]);
}

#[test]
fn a_file_cut_short_says_so() {
    let file = pdf_of("BT /F1 10 Tf 20 180 Td (Entry form) Tj ET");
    let cut = &file[..file.len() - 60];
    check(
        cut,
        &expect![[r"
        partly_read: the file is cut short
        line: Entry form
    "]],
    );
    check(
        &file[..120],
        &expect![[r"
        corrupt: the file is cut short and holds no page
    "]],
    );
    check(
        b"%PDF-1.4 no more %%EOF",
        &expect![[r"
        corrupt: no page can be found in it
    "]],
    );
}

#[test]
fn pages_beyond_the_limit_are_counted() {
    let mut options = ReadOptions::default();
    options.limits.pages_max = 0;
    let read = read(&pdf_of(""), &options);
    assert_eq!(read.state, DocumentState::PartlyRead);
}

#[test]
fn a_page_without_a_word_of_pdf_is_not_read_and_an_empty_one_is() {
    let state = |content: &str| read(&pdf_of(content), &ReadOptions::default()).state;
    assert_eq!(state("x y z"), DocumentState::PartlyRead);
    assert_eq!(state("BT ET"), DocumentState::Read);
    assert_eq!(state(" "), DocumentState::Read);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn cut_and_altered_files_never_panic(cut in 0_usize..2000, at in 0_usize..2000, byte: u8) {
        let mut file = pdf_of("BT /F1 10 Tf 20 180 Td (Entry form) Tj ET 10 120 180 20 re S");
        let length = file.len();
        file[at % length] = byte;
        file.truncate(length - cut % length);
        read(&file, &ReadOptions { ocr: false, ..ReadOptions::default() });
    }
}

#[test]
fn pages_past_the_limit_are_refused_and_streams_without_a_length_told() {
    let text = format!("BT /F1 12 Tf 20 100 Td (Sample) Tj ET{}", " ".repeat(12_000));
    let mut options = ReadOptions::default();
    let mut file = pdf_of(&text);
    options.limits.xml_bytes_max = 1000;
    options.limits.pixels_max = 1000;
    assert_eq!(super::parse(&file, &options).state, DocumentState::RefusedByLimit);
    let at = memchr::memmem::find(&file, b"/Length 12").unwrap();
    file[at..at + 13].copy_from_slice(b"/Length 4 0 R");
    let read = super::parse(&file, &ReadOptions::default());
    assert_eq!(read.state, DocumentState::PartlyRead);
    assert!(read.layout.text().contains("Sample"));
}

#[test]
fn answers_typed_into_fields_that_nothing_draws_are_read() {
    let field = |rect: &str, rest: &str| {
        format!("<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [{rect}] {rest} >>")
    };
    let fields = [
        field("100 145 190 165", "/V (Amber Sample)"),
        field("100 115 190 135", "/V <FEFF06390646>"),
        field("100 85 190 105", "/Parent << /V (of the field above) >>"),
        field("100 55 190 75", "/V /Off"),
        field("100 25 190 45", ""),
    ]
    .concat();
    let plain =
        pdf_of("BT /F1 10 Tf 1 0 0 1 10 150 Tm (Full name:) Tj 1 0 0 1 10 120 Tm (Letters:) Tj ET");
    let text = String::from_utf8(plain).unwrap();
    // Longer than its table says; the reader finds its objects all the same.
    let file = text.replace("/MediaBox", &format!("/Annots [{fields}] /MediaBox"));
    let read = read(file.as_bytes(), &ReadOptions::default());
    let lines: Vec<Vec<String>> = (read.layout.blocks.iter())
        .filter_map(|block| match block {
            Block::Line(line) => Some(line.spans.iter().map(|s| s.text.clone()).collect()),
            _ => None,
        })
        .collect();
    let expected: [&[&str]; 3] =
        [&["Full name:", "Amber Sample"], &["Letters:", "عن"], &["of the field above"]];
    assert_eq!(lines, expected);
}
