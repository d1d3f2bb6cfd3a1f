//! Documents made by `testdata/make.py`, and changed copies of them.

use expect_test::{Expect, expect};

use super::*;
use crate::fixtures::show;
use crate::sniff::{MediaType, sniff};

const ARABIC: &[u8] = include_bytes!("../../testdata/arabic-form.doc");
const FREE: &[u8] = include_bytes!("../../testdata/free-layout.doc");
const NESTED: &[u8] = include_bytes!("../../testdata/nested-tables.doc");
const LATIN: &[u8] = include_bytes!("../../testdata/latin-form.doc");
const RUSSIAN: &[u8] = include_bytes!("../../testdata/russian-form.doc");

fn check(content: &[u8], expect: &Expect) {
    assert_eq!(sniff(content), MediaType::Doc);
    expect.assert_eq(&show(&read(content, &ReadOptions::default())));
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
        paragraph 7: تذييل الصفحة"]],
    );
}

#[test]
fn free_layouts_keep_tabs_boxes_notes_and_results_of_fields() {
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
        paragraph 6: Place of entry: Nowhere Gate
        paragraph 7: Page 1
        paragraph 8: Words in a box
        paragraph 11: A note below the line"]],
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
fn one_byte_texts_have_a_code_page() {
    check(
        LATIN,
        &expect![[r"
        read
        paragraph 1: Direction générale des frontières – formulaire d’exemple
        table, register false
          Nom et prénom (table 1, row 1, column 1) | Hélène Modèle (table 1, row 1, column 2)
          Né à (table 1, row 2, column 1) | Orléans, 1988 (table 1, row 2, column 2)
          Téléphone (table 1, row 3, column 1) | +999 555 0102 (table 1, row 3, column 2)"]],
    );
}

#[test]
fn long_documents_are_read_to_the_end() {
    let read = read(RUSSIAN, &ReadOptions::default());
    let text = read.layout.text();
    assert!(text.contains("Имя и фамилия\tОбразец Примеров\n"), "{text}");
    assert!(text.trim_end().ends_with("несколько блоков."), "{text}");
    assert_eq!(text.lines().count(), 64);
}

#[test]
fn what_it_says_of_itself_is_kept() {
    let read = read(ARABIC, &ReadOptions::default());
    expect![[r#"{"author": "Sample Clerk", "created": "2014-02-03T04:05:06Z", "last_modified_by": "Second Clerk", "modified": "2014-03-04T05:06:07Z", "revision": "0", "subject": "SYNTHETIC SAMPLE", "title": "نموذج تجريبي"}"#]].assert_eq(&format!("{:?}", read.metadata));
}

/// The container with some of its streams changed.
fn rebuilt(content: &[u8], change: impl Fn(&str, &mut Vec<u8>)) -> Vec<u8> {
    let ole = Ole::open(content).unwrap();
    let members = ole.members(ole::ROOT).into_iter().filter_map(|(name, member)| {
        let ole::Member::Stream(at) = member else { return None };
        let mut bytes = ole.stream_at(at).unwrap();
        change(name, &mut bytes);
        Some(ole::write::Node::Stream(name.to_owned(), bytes))
    });
    ole::write::container(members.collect()).unwrap()
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

fn put(bytes: &mut [u8], at: usize, word: u32) {
    bytes[at..at + 4].copy_from_slice(&word.to_le_bytes());
}

#[test]
fn a_fast_save_appends_and_pieces_put_it_in_order() {
    // The first ten characters are kept twice: the old ones are blotted out where they stood.
    let ole = Ole::open(ARABIC).unwrap();
    let main = ole.stream("WordDocument").unwrap();
    let fib = Fib::read(&main).unwrap();
    let table = ole.stream(fib.table_stream).unwrap();
    let clx = fib.table(&table, fib::PIECES);
    let start = u32_at(clx, 5 + 8 + 2).unwrap();
    let last = u32_at(clx, 5 + 4).unwrap();
    let from = start as usize;
    let moved = rebuilt(ARABIC, |name, bytes| match name {
        "WordDocument" => {
            let words = bytes[from..from + 20].to_vec();
            bytes[from..from + 20].fill(b'x');
            bytes.extend(words);
            put(bytes, 154 + fib::PIECES * 8, length(&table));
            put(bytes, 154 + fib::PIECES * 8 + 4, 5 + 12 + 16);
        }
        name if name == fib.table_stream => {
            bytes.push(2);
            for word in [28, 0, 10, last] {
                bytes.extend(u32::to_le_bytes(word));
            }
            for place in [length(&main), start + 20] {
                bytes.extend([0, 0]);
                bytes.extend(place.to_le_bytes());
                bytes.extend([0, 0]);
            }
        }
        _ => {}
    });
    let options = ReadOptions::default();
    assert_eq!(show(&read(&moved, &options)), show(&read(ARABIC, &options)));
}

#[test]
fn without_properties_tables_are_told_by_their_marks() {
    let bare = rebuilt(ARABIC, |name, bytes| {
        if name == "WordDocument" {
            put(bytes, 154 + fib::PARAGRAPHS * 8 + 4, 0);
        }
    });
    let text = read(&bare, &ReadOptions::default()).layout.text();
    assert!(text.contains("2\tالكنية\tأبو نموذج الحمصي\n"), "{text}");
}

#[test]
fn passwords_and_damage_have_their_states() {
    let state = |content: &[u8]| read(content, &ReadOptions::default()).state;
    let locked = rebuilt(ARABIC, |name, bytes| {
        if name == "WordDocument" {
            bytes[11] |= 1;
        }
    });
    assert_eq!(state(&locked), DocumentState::Encrypted);
    assert_eq!(state(&ARABIC[..600]), DocumentState::Corrupt);
    let no_pieces = rebuilt(ARABIC, |name, bytes| {
        if name.ends_with("Table") {
            bytes.clear();
        }
    });
    let read = read(&no_pieces, &ReadOptions::default());
    assert_eq!(read.state, DocumentState::PartlyRead);
    assert!(read.layout.text().contains("أبو نموذج الحمصي"));
}

#[test]
fn word_6_has_one_byte_a_letter_in_the_page_of_its_language() {
    let (text, ..) = encoding_rs::WINDOWS_1256
        .encode("نموذج\rالاسم\u{7}سامر نموذج\u{7}\u{7}الكنية\u{7}أبو نموذج\u{7}\u{7}نهاية\r");
    let mut main = vec![0_u8; 0x300];
    main[..8].copy_from_slice(&[0xdc, 0xa5, 0x68, 0, 0, 0, 1, 4]);
    put(&mut main, 24, 0x300);
    put(&mut main, 28, 0x300 + length(&text));
    put(&mut main, 52, length(&text));
    main.extend_from_slice(&text);
    let node = ole::write::Node::Stream("WordDocument".to_owned(), main);
    let content = ole::write::container(vec![node]).unwrap();
    check(
        &content,
        &expect![[r"
        read
        paragraph 1: نموذج
        table, register false
          الاسم (table 1, row 1, column 1) | سامر نموذج (table 1, row 1, column 2)
          الكنية (table 1, row 2, column 1) | أبو نموذج (table 1, row 2, column 2)
        paragraph 2: نهاية"]],
    );
}
