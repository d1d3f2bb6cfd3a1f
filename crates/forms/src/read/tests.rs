#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]

use expect_test::{Expect, expect};
use model::{Cell, DatasetName, Line, Place, Span, Table};
use proptest::prelude::*;

use super::*;

fn span(text: &str) -> Span {
    Span::new(text, Place::Paragraph { index: 0 })
}

fn table(register: bool, rows: &[&[&str]]) -> Block {
    let cell = |text: &&str| match *text {
        "" => Cell::default(),
        text => Cell { spans: text.lines().map(span).collect() },
    };
    Block::Table(Table {
        register,
        rows: rows.iter().map(|r| r.iter().map(cell).collect()).collect(),
    })
}

fn lines(texts: &[&[&str]]) -> Vec<Block> {
    let line = |row: &&[&str]| Block::Line(Line { spans: row.iter().map(|t| span(t)).collect() });
    texts.iter().map(line).collect()
}

fn read_blocks(blocks: Vec<Block>) -> FormsRead {
    let layout = Layout { pages: Vec::new(), blocks };
    let document = DocumentId::new("0123456789abcdef0123456789abcdef");
    read("sample.docx", &document, &layout, &Options::default())
}

fn check(blocks: Vec<Block>, expected: &Expect) {
    let forms = read_blocks(blocks);
    let mut lines: Vec<String> = Vec::new();
    for record in &forms.records {
        lines.push(format!("{} {}", record.template, record.row));
        for (key, answer) in &record.fields {
            let written = answer.written.as_deref().unwrap_or_default();
            let value = answer.normalized.as_deref().unwrap_or("?");
            match answer.state {
                AnswerState::NotOnForm => {}
                AnswerState::Stated => lines.push(format!("  {key}: {written} = {value}")),
                state => lines.push(format!("  {key}: {}", state.as_str())),
            }
        }
        let others = record.others.iter();
        lines.extend(others.map(|other| format!("  ({}: {})", other.label, other.written)));
    }
    let out = lines.join("\n") + "\n";
    expected.assert_eq(&out);
}

#[test]
fn a_numbered_table_with_double_questions() {
    check(
        vec![table(
            false,
            &[
                &["1", "الاسم واللقب", "عينة بن مثال"],
                &["2", "الكنية", "أبو سمبل"],
                &["3", "تاريخ الولادة والجنسية", "١٩٩٢/٥/٣ - تونسي"],
                &["4", "الحالة الاجتماعية وعدد الأطفال", "متزوج - ٢"],
                &["5", "المنفذ الذي دخل منه والواسطة", "جرابلس عن طريق أبو مثال"],
                &["6", "تاريخ القتل والمكان", ""],
                &["7", "لون السيارة", "أزرق"],
            ],
        )],
        &expect![[r#"
            entry_form 0
              full_name: عينة بن مثال = عينة بن مثال
              kunya: أبو سمبل = أبو سمبل
              birth_date: ١٩٩٢/٥/٣ = 1992-05-03
              nationality: تونسي = TN
              marital_status: متزوج = married
              children: ٢ = 2
              entry_point: جرابلس = Jarabulus
              facilitator: أبو مثال = أبو مثال
              death_date: not_stated
              death_place: not_stated
              notes: أزرق = أزرق
        "#]],
    );
}

#[test]
fn labels_and_answers_in_pairs_of_columns_from_the_right() {
    check(
        vec![table(
            false,
            &[
                &["Sample Person", "Full name", "Abu Simbel", "Nom de guerre"],
                &["3 May 1992", "Born", "Tunisian", "Citizenship"],
                &["", "Blood group", "single", "Civil status"],
                &["Jarabulus", "Crossing", "14/9/2013", "Arrival date"],
            ],
        )],
        &expect![[r#"
            entry_form 0
              full_name: Sample Person = Sample Person
              kunya: Abu Simbel = Abu Simbel
              blood_type: not_stated
              birth_date: 3 May 1992 = 1992-05-03
              nationality: Tunisian = TN
              marital_status: single = single
              entry_point: Jarabulus = Jarabulus
              entry_date: 14/9/2013 = 2013-09-14
        "#]],
    );
}

/// A mail has lines with colons and asks nothing.
#[test]
fn a_page_of_no_known_layout_is_unknown_and_a_letter_is_not() {
    let kind = |texts: &[&str]| {
        read_blocks(lines(&texts.iter().map(std::slice::from_ref).collect::<Vec<_>>())).template
    };
    let page = ["Zorbitan: x", "Velk mun: y", "Drunosh: z", "Kaspel: w", "Hurra ni: v"];
    assert_eq!(kind(&page).as_deref(), Some(UNKNOWN));
    let letter = [
        "From: sample@example.org",
        "To: other@example.org",
        "Subject: a sample",
        "Date: 1 May 2014",
        "Hello",
        "the form is attached",
        "Greetings",
    ];
    assert_eq!(kind(&letter), None);
}

#[test]
fn free_lines_with_colons_and_two_to_a_line() {
    check(
        lines(&[
            &["Name: Sample Person   Kunya: Abu Simbel"],
            &["Date of birth: 1992"],
            &["Something of their own: kept"],
            &["Phone: +999 123 456 789"],
            &["Remarks:"],
        ]),
        &expect![[r#"
            entry_form 0
              full_name: Sample Person = Sample Person
              kunya: Abu Simbel = Abu Simbel
              birth_date: 1992 = 1992
              contact: +999 123 456 789 = +999123456789
              notes: not_stated
              (Something of their own: kept)
        "#]],
    );
}

#[test]
fn labels_above_their_answers() {
    check(
        vec![table(
            false,
            &[
                &["Имя и фамилия", "Кунья", "Группа крови"],
                &["Образец Примеров", "Абу Пример", "A+"],
                &["Гражданство", "Дата рождения", "Семейное положение"],
                &["тунисец", "1990", "холост"],
            ],
        )],
        &expect![[r#"
            entry_form 0
              full_name: Образец Примеров = Образец Примеров
              kunya: Абу Пример = Абу Пример
              blood_type: A+ = A+
              birth_date: 1990 = 1990
              nationality: тунисец = TN
              marital_status: холост = single
        "#]],
    );
}

#[test]
fn a_register_with_a_title_a_blank_row_and_lost_digits() {
    check(
        vec![table(
            true,
            &[
                &["Sample register"],
                &["No", "Name", "Kunya", "DOB", "Phone"],
                &["1", "Sample Person", "Abu Simbel", "1992", "+999 123 456 789"],
                &["", "", "", "", ""],
                &["2", "Sample Other", "Abu Mithal", "????/?/??", "+??? ??? ???"],
            ],
        )],
        &expect![[r#"
            register 0
              full_name: Sample Person = Sample Person
              kunya: Abu Simbel = Abu Simbel
              birth_date: 1992 = 1992
              contact: +999 123 456 789 = +999123456789
              (No: 1)
            register 1
              full_name: Sample Other = Sample Other
              kunya: Abu Mithal = Abu Mithal
              birth_date: unreadable
              contact: unreadable
              (No: 2)
        "#]],
    );
}

#[test]
fn several_forms_in_one_document() {
    let form = |name: &'static str| {
        lines(&[&["Name", name], &["Kunya", "Abu Simbel"], &["Blood type", "A+"], &["Notes"]])
    };
    let blocks = [form("Sample One"), form("Sample Two")].concat();
    let forms = read_blocks(blocks);
    let names: Vec<_> = forms.records.iter().map(|r| r.written(Key::FullName)).collect();
    assert_eq!(names, [Some("Sample One"), Some("Sample Two")]);
}

#[test]
fn text_that_is_no_form_gives_nothing() {
    let forms = read_blocks(lines(&[
        &["Dear sample, the name of the town was on the road sign."],
        &["Date: 3 May. We speak of a phone and of a country."],
    ]));
    assert_eq!((forms.template, forms.records), (None, Vec::new()));
}

#[test]
fn recognised_words_are_mended_and_words_that_nothing_resembles_are_not() {
    let read_as = |text: &str| Span { confidence: 0.7, ..span(text) };
    let line =
        |label: &str, text: &str| Block::Line(Line { spans: vec![read_as(label), read_as(text)] });
    check(
        vec![
            line("Full name", "Sampie Person"),
            line("Nationality", "Tunisiam"),
            line("Marital status", "sinqle"),
            line("Blood type", "8+"),
            line("الكنية", "أبو سمبل"),
            line("السفر السابق", "لايوجد"),
        ],
        &expect![[r#"
            entry_form 0
              full_name: Sampie Person = Sampie Person
              kunya: أبو سمبل = أبو سمبل
              blood_type: B+ = B+
              nationality: Tunisian = TN
              marital_status: single = single
              travelled: لا يوجد = none
        "#]],
    );
}

#[test]
fn a_name_is_mended_with_what_was_recognised_beside_it_and_a_sure_reading_never() {
    let claims = |confidence: f32| {
        let read_as = |text: &str| Span { confidence, ..span(text) };
        let line = |label: &str, text: &str| {
            Block::Line(Line { spans: vec![read_as(label), read_as(text)] })
        };
        let forms = read_blocks(vec![
            line("الاسم الكامل", "عتمان فانوس"),
            line("الجنسية", "تونسي"),
            line("الكنية", "أبو فانوس"),
        ]);
        let document = DocumentId::new("0123456789abcdef0123456789abcdef");
        let statements = forms.records[0].to_statements(&document, &DatasetName::new("stick"));
        let told = statements.iter().filter(|s| matches!(&*s.prop, "name" | "mended"));
        told.map(|s| format!("{} = {}", s.prop, s.value)).collect::<Vec<_>>()
    };
    assert_eq!(claims(0.9), ["name = عثمان فانوس", "mended = full_name: عتمان فانوس"]);
    assert_eq!(claims(0.96), ["name = عتمان فانوس"]);
}

#[test]
fn statements_stand_on_person_form_and_mentions() {
    let forms = read_blocks(lines(&[
        &["Full name", "Sample Person"],
        &["Nationality", "Tunisian"],
        &["Recommended by", "Abu Simbel"],
        &["Family phone", "+999 123 456 789"],
        &["Earlier travel", "Egypt, Libya"],
        &["Former job", "none"],
        &["Sex", "male"],
    ]));
    let document = DocumentId::new("0123456789abcdef0123456789abcdef");
    let dataset = DatasetName::new("stick");
    let statements = forms.records[0].to_statements(&document, &dataset);
    assert!(statements.iter().all(|s| s.citation.is_some()));
    let lines: Vec<String> = statements
        .iter()
        .map(|s| format!("{} {}.{} = {}", s.entity_id, s.schema, s.prop, s.value))
        .collect();
    expect![[r#"
        0123456789abcdef-0 Person.name = Sample Person
        0123456789abcdef-0 Person.nationality = tn
        0123456789abcdef-0 Person.gender = male
        0123456789abcdef-0.form Form.subject = 0123456789abcdef-0
        0123456789abcdef-0.form Form.template = entry_form
        0123456789abcdef-0.form Form.full_name = Sample Person
        0123456789abcdef-0.form Form.nationality = TN
        0123456789abcdef-0.form Form.occupation = none
        0123456789abcdef-0.form Form.travelled = EG
        0123456789abcdef-0.form Form.travelled = LY
        0123456789abcdef-0.form Form.recommender = Abu Simbel
        0123456789abcdef-0.form Form.contact = +999123456789
        0123456789abcdef-0.form Form.other = Sex: male
        0123456789abcdef-0.recommender Mention.name = Abu Simbel
        0123456789abcdef-0.recommender.link UnknownLink.subject = 0123456789abcdef-0
        0123456789abcdef-0.recommender.link UnknownLink.object = 0123456789abcdef-0.recommender
        0123456789abcdef-0.recommender.link UnknownLink.role = recommended by
        0123456789abcdef-0.contact Mention.contextPhone = +999123456789
        0123456789abcdef-0.contact.link UnknownLink.subject = 0123456789abcdef-0
        0123456789abcdef-0.contact.link UnknownLink.object = 0123456789abcdef-0.contact
        0123456789abcdef-0.contact.link UnknownLink.role = contact"#]]
    .assert_eq(&lines.join("\n"));
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let words = prop::sample::select(vec![
        "",
        "1",
        "Name:",
        "Kunya",
        "Date of birth and nationality",
        "1992 - Tunisian",
        "الكنية",
        "أبو سمبل",
        "A+",
        "?",
        "- :",
        "Name: Sample Kunya:",
        "Blood\ntype",
        "\u{202e}x",
        "٣",
        "5.",
    ]);
    let text = prop_oneof![words.prop_map(str::to_owned), "\\PC{0,24}"];
    let cell =
        text.prop_map(|t| Cell { spans: if t.is_empty() { Vec::new() } else { vec![span(&t)] } });
    let rows = prop::collection::vec(prop::collection::vec(cell, 0..5), 0..6);
    let block = (rows, 0..3).prop_map(|(rows, kind)| match kind {
        0 => Block::Table(Table { register: false, rows }),
        1 => Block::Table(Table { register: true, rows }),
        _ => {
            Block::Line(Line { spans: rows.into_iter().flatten().flat_map(|c| c.spans).collect() })
        }
    });
    prop::collection::vec(block, 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn reading_never_stops_and_is_the_same_twice(blocks in blocks()) {
        let first = read_blocks(blocks.clone());
        prop_assert!(first.problems.iter().all(|p| p.kind != "forms_stopped"));
        prop_assert_eq!(&first, &read_blocks(blocks));
        for record in &first.records {
            prop_assert_eq!(record.fields.len(), Key::ALL.len());
        }
    }
}

#[test]
fn labels_of_two_lines_have_their_answers_where_the_others_have_them() {
    check(
        vec![table(
            false,
            &[
                &["الاسم واللقب", "عينة بن مثال"],
                &["الكنية", "أبو سمبل"],
                &["اسم الأم", "عينة"],
                &["مكان العمل\nالحالي", "معسكر تجريبي"],
                &["الحالة الاجتماعية\nوعدد أفراد الأسرة", "متزوج - ٢"],
                &["فصيلة الدم", "O+"],
                &["المستوى\nالتعليمي", ""],
            ],
        )],
        &expect![[r#"
            entry_form 0
              full_name: عينة بن مثال = عينة بن مثال
              kunya: أبو سمبل = أبو سمبل
              mother_name: عينة = عينة
              blood_type: O+ = O+
              marital_status: متزوج = married
              children: ٢ = 2
              education: not_stated
              workplace: معسكر تجريبي = معسكر تجريبي
        "#]],
    );
}

#[test]
fn an_answer_that_is_a_label_itself_is_an_answer() {
    // A telephone was left in trust, and a telephone is asked for as well.
    let rows: &[&[&str]] = &[
        &["1", "Full name", "Amber Sample", ""],
        &["2", "Kunya", "Abu Sample", ""],
        &["3", "Nationality", "Tunisian", ""],
        &["4", "Deposits", "telephone", ""],
        &["5", "Contact number", "+999 100 200 300", ""],
    ];
    let of = |forms: &FormsRead, key| forms.records[0].written(key).map(str::to_owned);
    let told = |forms: &FormsRead| [of(forms, Key::Deposits), of(forms, Key::Contact)];
    let expected = [Some("telephone".to_owned()), Some("+999 100 200 300".to_owned())];
    assert_eq!(told(&read_blocks(vec![table(false, rows)])), expected, "beside");
    let stacked: &[&[&str]] = &[
        &["الاسم الثلاثي", "الكنية", "اسم الوالدة"],
        &["عينة بن مثال", "أبو سمبل", "مثال عينة"],
        &["التخصص", "الودائع", "درجة الطاعة"],
        &["سائق", "هاتف", "متوسط"],
        &["هاتف للاتصال"],
        &["+999 100 200 300"],
    ];
    let forms = read_blocks(vec![table(false, stacked)]);
    let expected = [Some("هاتف".to_owned()), Some("+999 100 200 300".to_owned())];
    assert_eq!(told(&forms), expected, "below, the last question in a row of its own");
}

#[test]
fn a_speck_that_was_read_as_a_colon_parts_no_label() {
    let rows: &[&[&str]] = &[
        &["الاسم الثلاثي", "عينة بن مثال"],
        &["الكنية", "أبو سمبل"],
        &["اسم الوالدة", "مثال عينة"],
        &["مكان العمل: الحالي", "ولاية حلب"],
        &["الجنسية: تونسي", ""],
    ];
    let forms = read_blocks(vec![table(false, rows)]);
    let written = |key| forms.records[0].written(key);
    assert_eq!(written(Key::Workplace), Some("ولاية حلب"));
    assert_eq!(written(Key::Nationality), Some("تونسي"), "an answer in the cell of its label");
}

#[test]
fn words_of_a_title_are_no_answer_where_a_table_asks() {
    let title = lines(&[&["ديوان شؤون الأفراد - نموذج تجريبي"]]);
    let rows: &[&[&str]] = &[
        &["الاسم الثلاثي", "عينة بن مثال"],
        &["الكنية", "أبو سمبل"],
        &["اسم الوالدة", "مثال عينة"],
        &["الجنسية", "تونسي"],
        &["الحهة التابع لها", "معسكر التدريب"],
    ];
    let blocks = title.into_iter().chain([table(false, rows)]).collect();
    assert_eq!(read_blocks(blocks).records[0].written(Key::Workplace), Some("معسكر التدريب"));
}
