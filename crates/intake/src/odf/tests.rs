//! Documents made by `testdata/make.py`, and composed ones.

use expect_test::{Expect, expect};

use super::*;
use crate::fixtures::{show, zip};
use crate::sniff::{MediaType, sniff};

const ARABIC: &[u8] = include_bytes!("../../testdata/arabic-form.odt");
const FREE: &[u8] = include_bytes!("../../testdata/free-layout.odt");
const NESTED: &[u8] = include_bytes!("../../testdata/nested-tables.odt");
const REGISTER: &[u8] = include_bytes!("../../testdata/register.ods");

fn check(content: &[u8], expect: &Expect) {
    let options = ReadOptions::default();
    let read = match sniff(content) {
        MediaType::Odt => read_text(content, &options),
        MediaType::Ods => read_sheets(content, &options),
        other => panic!("{other:?}"),
    };
    expect.assert_eq(&show(&read));
}

#[test]
fn a_form_is_a_table_between_header_and_footer() {
    check(
        ARABIC,
        &expect![[r"
        read
        paragraph 3: ترويسة الصفحة
        paragraph 1: الإدارة العامة للحدود - نموذج تجريبي
        table, register false
          1 (table 1, row 1, column 1) | الاسم واللقب (table 1, row 1, column 2) | سامر نموذج المثال (table 1, row 1, column 3)
          2 (table 1, row 2, column 1) | الكنية (table 1, row 2, column 2) | أبو نموذج الحمصي (table 1, row 2, column 3)
          3 (table 1, row 3, column 1) | تاريخ الولادة والجنسية (table 1, row 3, column 2) | ١٩٩٠/٠٥/١٢ / سوري (table 1, row 3, column 3)
          4 (table 1, row 4, column 1) | فصيلة الدم (table 1, row 4, column 2) | O+ (table 1, row 4, column 3)
          5 (table 1, row 5, column 1) | عنوان أو رقم للتواصل (table 1, row 5, column 2) | +999 555 0101 (table 1, row 5, column 3)
          6 (table 1, row 6, column 1) | ملاحظات (table 1, row 6, column 2) | -
        paragraph 2: SYNTHETIC SAMPLE
        paragraph 4: تذييل الصفحة"]],
    );
}

#[test]
fn free_layouts_keep_tabs_boxes_and_notes() {
    check(
        FREE,
        &expect![[r"
        read
        paragraph 1: General Directorate of Borders - sample form
        paragraph 2: Name and surname:	Sampleton Examplesson
        paragraph 3: Kunya:	Abu Sample
        al-Nowhere
        paragraph 4: Contact: office@example.invalid
        paragraph 5: Remarks: none so far
        paragraph 6: A note below the line
        paragraph 7: Place of entry: Nowhere Gate
        paragraph 8: Words in a box
        paragraph 9: Page 0"]],
    );
}

#[test]
fn tables_in_tables_follow_the_outer_one() {
    check(
        NESTED,
        &expect![[r"
        read
        paragraph 1: Before
        table, register false
          wide (table 1, row 1, column 1)
          tall (table 1, row 2, column 1) | label / below (table 1, row 2, column 2)
          - | last (table 1, row 3, column 2)
        table, register false
          inner one (table 2, row 1, column 1) | inner two (table 2, row 1, column 2)
          inner three (table 2, row 2, column 1) | inner four (table 2, row 2, column 2)
        paragraph 2: Between
        table, register false
          a (table 3, row 1, column 1) | b (table 3, row 1, column 2)
        paragraph 3: After"]],
    );
}

#[test]
fn sheets_are_registers_with_values_and_true_row_numbers() {
    check(
        REGISTER,
        &expect![[r"
        read
        table, register true
          الاسم (sheet سجل, row 1, column 1) | تاريخ الولادة (sheet سجل, row 1, column 2) | هاتف (sheet سجل, row 1, column 3) | العدد (sheet سجل, row 1, column 4)
          سامر نموذج (sheet سجل, row 2, column 1) | 1990-05-12 (sheet سجل, row 2, column 2) | +9995550103 (sheet سجل, row 2, column 3) | 3 (sheet سجل, row 2, column 4)
          ليلى نموذج (sheet سجل, row 6, column 1) | - | - | 1.5 (sheet سجل, row 6, column 4)"]],
    );
}

#[test]
fn what_it_says_of_itself_is_kept() {
    let read = read_text(ARABIC, &ReadOptions::default());
    expect![[r#"{"application": "LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2", "author": "Sample Clerk", "created": "2014-02-03T04:05:06", "last_modified_by": "Second Clerk", "modified": "2014-03-04T05:06:07", "subject": "SYNTHETIC SAMPLE", "title": "نموذج تجريبي"}"#]].assert_eq(&format!("{:?}", read.metadata));
}

fn flat(kind: &str, body: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:body>{body}</office:body></office:document>"#
    )
    .into_bytes()
}

#[test]
fn controls_show_their_answers_and_deletions_are_left_out() {
    let body = r#"<office:text><office:forms><form:checkbox form:id="c1" form:label="married" form:current-state="checked"/></office:forms><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>Status: <draw:control draw:control="c1"/></text:p><text:p>a<text:s text:c="3"/>b&amp;c<office:annotation><dc:creator>Clerk</dc:creator><text:p>said aside</text:p></office:annotation></text:p></office:text>"#;
    check(
        &flat("text", body),
        &expect![[r"
        read
        paragraph 1: Status: ☒ married
        paragraph 2: a   b&c
        paragraph 3: said aside"]],
    );
}

#[test]
fn repeated_cells_cost_no_more_than_the_limit() {
    let body = r#"<office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"#;
    let read = read_sheets(&flat("spreadsheet", body), &ReadOptions::default());
    assert_eq!(read.state, DocumentState::PartlyRead);
    let empty = r#"<office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="3"/><table:table-cell><text:p>far</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"#;
    check(
        &flat("spreadsheet", empty),
        &expect![[r"
        read
        table, register true
          - | - | - | far (sheet S, row 1048576, column 4)"]],
    );
}

#[test]
fn passwords_have_their_state() {
    let manifest = b"<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    let content = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", b"\x01\x02\x03"),
    ]);
    assert_eq!(sniff(&content), MediaType::Odt);
    assert_eq!(read_text(&content, &ReadOptions::default()).state, DocumentState::Encrypted);
}
