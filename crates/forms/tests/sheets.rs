//! Exit forms and death notices, as tables and as lines, in Arabic and in English; what they ask
//! besides the keys stands in brackets. All people and units are made up.

#![expect(clippy::needless_raw_string_hashes, reason = "expect-test writes them so")]

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use forms::{AnswerState, Options, read};
use model::{Block, Cell, DatasetName, DocumentId, Layout, Line, Place, Span, Table};

fn span(text: &str) -> Span {
    Span::new(text, Place::Paragraph { index: 0 })
}

fn line(text: &str) -> Block {
    Block::Line(Line { spans: vec![span(text)] })
}

fn table(rows: &[[&str; 2]]) -> Block {
    let cell =
        |text: &&str| Cell { spans: (!text.is_empty()).then(|| span(text)).into_iter().collect() };
    let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    Block::Table(Table { register: false, rows })
}

fn document() -> DocumentId {
    DocumentId::new("0123456789abcdef0123456789abcdef")
}

fn read_blocks(blocks: Vec<Block>) -> forms::FormsRead {
    let layout = Layout { pages: Vec::new(), blocks };
    read("sample.docx", &document(), &layout, &Options::default())
}

fn check(blocks: Vec<Block>, expected: &Expect) {
    let mut out = String::new();
    for record in &read_blocks(blocks).records {
        let _ = writeln!(out, "{} {}", record.template, record.row);
        for (key, answer) in &record.fields {
            let written = answer.written.as_deref().unwrap_or_default();
            let value = answer.normalized.as_deref().unwrap_or("?");
            let _ = match answer.state {
                AnswerState::NotOnForm => Ok(()),
                AnswerState::Stated if written == value => writeln!(out, "  {key}: {written}"),
                AnswerState::Stated => writeln!(out, "  {key}: {written} = {value}"),
                state => writeln!(out, "  {key}: {}", state.as_str()),
            };
        }
        for other in &record.others {
            let kind = other.kind.as_deref().unwrap_or("?");
            let value = other.normalized.as_deref().unwrap_or("-");
            let _ = writeln!(out, "  ({kind}: {} = {value})", other.written);
        }
    }
    expected.assert_eq(&out);
}

const EXIT_AR: [[&str; 2]; 10] = [
    ["الاسم واللقب", "عينة بن مثال"],
    ["الكنية", "أبو سمبل"],
    ["الجنسية", "تونسي"],
    ["تاريخ الولادة", "١٩٩٢/٥/٣"],
    ["تاريخ الخروج", "٢٠١٤/٣/١"],
    ["منفذ الخروج", "تل أبيض"],
    ["الوجهة", "تركيا"],
    ["سبب الخروج", "علاج الأسنان"],
    ["تاريخ العودة", "٢٠١٤/٤/١"],
    ["ملاحظات", ""],
];

const EXIT_EN: [[&str; 2]; 10] = [
    ["Name and surname", "Sample Person"],
    ["Kunya", "Abu Simbel"],
    ["Nationality", "Tunisian"],
    ["Date of birth", "3 May 1992"],
    ["Date of exit", "1/3/2014"],
    ["Point of exit", "Tal Abyad"],
    ["Destination", "Turkey"],
    ["Reason for leaving", "dental treatment"],
    ["Expected date of return", "1/4/2014"],
    ["Remarks", ""],
];

const DEATH_AR: [[&str; 2]; 7] = [
    ["اسم الأخ", "عينة بن مثال"],
    ["الكنية", "أبو سمبل"],
    ["الجنسية", "تونسي"],
    ["تاريخ الوفاة", "١٢ رجب ١٤٣٥ هـ"],
    ["مكان الوفاة", "تلة النموذج"],
    ["ظروف الوفاة", "سقوط جدار"],
    ["رقم هاتف الأهل", "+٩٩٩ ١٧٤ ٨٤٨ ٧٩٠"],
];

const DEATH_EN: [[&str; 2]; 7] = [
    ["Name of the brother", "Sample Person"],
    ["Kunya", "Abu Simbel"],
    ["Nationality", "Tunisian"],
    ["Date of death", "11 May 2014"],
    ["Place of death", "Sample Hill"],
    ["Circumstances of death", "a wall fell"],
    ["Family phone", "+999 174 848 790"],
];

fn lines(title: &str, rows: &[[&str; 2]]) -> Vec<Block> {
    let rows = rows.iter().map(|[label, answer]| line(&format!("{label}: {answer}")));
    std::iter::once(line(title)).chain(rows).collect()
}

#[test]
fn an_exit_form_in_arabic() {
    let expected = expect![[r#"
        exit_form 0
          full_name: عينة بن مثال
          kunya: أبو سمبل
          birth_date: ١٩٩٢/٥/٣ = 1992-05-03
          nationality: تونسي = TN
          notes: not_stated
          (exit_date: ٢٠١٤/٣/١ = 2014-03-01)
          (exit_point: تل أبيض = Tal Abyad)
          (destination: تركيا = تركيا)
          (exit_reason: علاج الأسنان = علاج الأسنان)
          (return_date: ٢٠١٤/٤/١ = 2014-04-01)
    "#]];
    check(vec![line("استمارة خروج"), table(&EXIT_AR)], &expected);
    check(lines("استمارة خروج", &EXIT_AR), &expected);
}

#[test]
fn an_exit_form_in_english() {
    let expected = expect![[r#"
        exit_form 0
          full_name: Sample Person
          kunya: Abu Simbel
          birth_date: 3 May 1992 = 1992-05-03
          nationality: Tunisian = TN
          notes: not_stated
          (exit_date: 1/3/2014 = 2014-03-01)
          (exit_point: Tal Abyad = Tal Abyad)
          (destination: Turkey = Turkey)
          (exit_reason: dental treatment = dental treatment)
          (return_date: 1/4/2014 = 2014-04-01)
    "#]];
    check(vec![line("EXIT FORM"), table(&EXIT_EN)], &expected);
    check(lines("Exit form", &EXIT_EN), &expected);
}

#[test]
fn a_death_notice_in_arabic() {
    let expected = expect![[r#"
        death_notice 0
          full_name: عينة بن مثال
          kunya: أبو سمبل
          nationality: تونسي = TN
          contact: +٩٩٩ ١٧٤ ٨٤٨ ٧٩٠ = +999174848790
          death_date: ١٢ رجب ١٤٣٥ هـ = 2014-05-11
          death_place: تلة النموذج
          (death_cause: سقوط جدار = سقوط جدار)
    "#]];
    check(vec![line("بيان وفاة"), table(&DEATH_AR)], &expected);
    check(lines("بيان وفاة", &DEATH_AR), &expected);
}

#[test]
fn a_death_notice_in_english() {
    let expected = expect![[r#"
        death_notice 0
          full_name: Sample Person
          kunya: Abu Simbel
          nationality: Tunisian = TN
          contact: +999 174 848 790 = +999174848790
          death_date: 11 May 2014 = 2014-05-11
          death_place: Sample Hill
          (death_cause: a wall fell = a wall fell)
    "#]];
    check(vec![line("Death notice"), table(&DEATH_EN)], &expected);
    check(lines("Death notice", &DEATH_EN), &expected);
}

/// The title in a cell of the table, another word for it, and none at all.
#[test]
fn a_sheet_is_told_by_its_title_or_by_what_it_asks() {
    let kind = |blocks| read_blocks(blocks).template.unwrap_or_default();
    let titled = |title: &'static str, rows: &[[&'static str; 2]]| {
        let rows: Vec<[&str; 2]> = std::iter::once([title, ""]).chain(rows.to_vec()).collect();
        vec![table(&rows)]
    };
    assert_eq!(kind(titled("استمارة خروج", &EXIT_AR)), "exit_form");
    assert_eq!(kind(titled("DEATH CERTIFICATE", &DEATH_EN)), "death_notice");
    let short = [["Exit form", "No. 12"], ["Name", "Sample Person"], ["Kunya", "Abu Simbel"]];
    let rest = [["Nationality", "Tunisian"], ["Blood type", "A+"]];
    assert_eq!(kind(vec![table(&[&short[..], &rest].concat())]), "exit_form");
    for (rows, expected) in [
        (&EXIT_AR[..], "exit_form"),
        (&EXIT_EN[..], "exit_form"),
        (&DEATH_AR[..], "death_notice"),
        (&DEATH_EN[..], "death_notice"),
    ] {
        assert_eq!(kind(vec![table(rows)]), expected);
        assert_eq!(kind(lines("", rows)), expected);
    }
    // A remark about another sheet makes no other sheet.
    let entry = [
        ["Name", "Sample Person"],
        ["Kunya", "Abu Simbel"],
        ["Date of entry", "1/3/2014"],
        ["Date of death", ""],
        ["Place of death", ""],
        ["Remarks", "has an exit form"],
    ];
    assert_eq!(kind(lines("Entry form", &entry)), "entry_form");
}

/// Two sheets of one person in one document, each of its own kind.
#[test]
fn sheets_that_follow_each_other_keep_their_kinds() {
    let mut blocks = lines("Exit form", &EXIT_EN);
    blocks.extend(lines("Death notice", &DEATH_EN));
    let read = read_blocks(blocks);
    let kinds: Vec<&str> = read.records.iter().map(|r| r.template.as_str()).collect();
    assert_eq!(kinds, ["exit_form", "death_notice"]);
}

#[test]
fn what_a_sheet_asks_besides_stands_on_its_entity() {
    let read = read_blocks(vec![line("Exit form"), table(&EXIT_EN)]);
    let statements = read.records[0].to_statements(&document(), &DatasetName::from("stick"));
    let value = |prop: &str| {
        let mut found = statements.iter().filter(|s| &*s.schema == "Form" && &*s.prop == prop);
        found.next().map(|s| (s.value.as_str(), s.citation.is_some()))
    };
    assert_eq!(value("exit_date"), Some(("2014-03-01", true)));
    assert_eq!(value("return_date"), Some(("2014-04-01", true)));
    assert_eq!(value("destination"), Some(("Turkey", true)));
    assert_eq!(value("exit_reason"), Some(("dental treatment", true)));
    assert_eq!(value("exit_point"), Some(("Tal Abyad", true)));
}
