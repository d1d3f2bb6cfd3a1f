//! What follows from a correction, and what does not.

use std::collections::BTreeMap;

use forms::{FilledForm, Options, correct, read};
use model::{Block, Cell, Layout, Method, Place, Span, Statement, Table};

const FORM: [(&str, &str); 12] = [
    ("Full name", "Maro Testan"),
    ("Kunya", "Abu Sample"),
    ("Date of birth", "03/04/1400 H"),
    ("Nationality", "Tunisian"),
    ("Place of residence", "Sample Street 1"),
    ("Recommended by", "Fictus Nemo"),
    ("Date of entry", "01/02/2014"),
    ("Contact number", "20 123 456"),
    ("Date of death", ""),
    ("Place of death", ""),
    ("Education", "secondary"),
    ("Shoe size", "44"),
];

fn form(rows: &[(&str, &str)]) -> FilledForm {
    let cell = |text: &str| Cell {
        spans: (!text.is_empty())
            .then(|| Span::new(text, Place::Paragraph { index: 0 }))
            .into_iter()
            .collect(),
    };
    let rows = rows.iter().map(|(label, text)| vec![cell(label), cell(text)]).collect();
    let blocks = vec![Block::Table(Table { register: false, rows })];
    let layout = Layout { pages: Vec::new(), blocks };
    read("sample.docx", &document(), &layout, &Options::default()).records.remove(0)
}

fn document() -> model::DocumentId {
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff".into()
}

fn statements(rows: &[(&str, &str)]) -> Vec<Statement> {
    form(rows).to_statements(&document(), &"stick".into())
}

fn corrected(key: &str, written: Option<&str>) -> Vec<Statement> {
    let corrections = BTreeMap::from([(key.to_owned(), written.map(str::to_owned))]);
    correct(statements(&FORM), &corrections)
}

/// `entity property value`, without the record's id.
fn lines(statements: &[Statement]) -> Vec<String> {
    let mut lines: Vec<String> = statements
        .iter()
        .map(|s| {
            let part = s.entity_id.as_str().split_once('.').map_or("", |(_, part)| part);
            format!("{part} {} {} | {}", s.prop, s.value, s.written())
        })
        .collect();
    lines.sort();
    lines
}

/// What a correction takes out (`-`) and puts in (`+`).
fn difference(key: &str, written: Option<&str>) -> Vec<String> {
    let (before, after) = (lines(&statements(&FORM)), lines(&corrected(key, written)));
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let made = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(made).collect()
}

/// As if the form had said so, but for the word of who says it.
#[test]
fn a_corrected_form_says_what_a_form_with_that_answer_says() {
    for (key, label, written) in [
        ("full_name", "Full name", "Maro Zarquni"),
        ("kunya", "Kunya", "Abu Other"),
        ("birth_date", "Date of birth", "05/06/1987"),
        ("birth_date", "Date of birth", "05/06/2020"),
        ("nationality", "Nationality", "French"),
        ("nationality", "Nationality", "Tunisian, French"),
        ("residence", "Place of residence", "Lyon, France"),
        ("recommender", "Recommended by", "none"),
        ("recommender", "Recommended by", "Nemo Fictus"),
        ("contact", "Contact number", "+999174848790"),
        ("contact", "Contact number", "sample@example.org"),
        ("death_date", "Date of death", "07/08/2015"),
        ("death_date", "Date of death", "07/08/1975"),
        ("death_place", "Place of death", "Sample Hill"),
        ("education", "Education", "university"),
        ("education", "Education", ""),
        ("entry_date", "Date of entry", ""),
    ] {
        let mut rows = FORM;
        for row in rows.iter_mut().filter(|row| row.0 == label) {
            row.1 = written;
        }
        let written = Some(written).filter(|w| !w.is_empty());
        assert_eq!(lines(&corrected(key, written)), lines(&statements(&rows)), "{key} {written:?}");
    }
}

#[test]
fn what_follows_from_a_correction_is_cited_as_typed() {
    let after = corrected("birth_date", Some("05/06/1987"));
    let birth = after.iter().find(|s| &*s.prop == "birthDate").expect("it is stated");
    assert_eq!((birth.value.as_str(), birth.written()), ("1987-06-05", "05/06/1987"));
    let citation = birth.citation.as_ref().expect("every value has its source");
    assert_eq!(citation.method, Method::Typed);
    assert_eq!(citation.place, Place::Paragraph { index: 0 }, "where the answer stands");
    assert_eq!(birth.origin.as_deref(), Some(forms::CORRECTION));
    let name = after.iter().find(|s| &*s.prop == "name").expect("it is stated");
    assert_eq!(name.citation.as_ref().map(|c| c.method), Some(Method::Text));
}

#[test]
fn only_what_hangs_on_the_answer_changes() {
    let person = "Maro Zarquni";
    assert_eq!(
        difference("full_name", Some(person)),
        [
            "-  name Maro Testan | Maro Testan",
            "- form full_name Maro Testan | Maro Testan",
            "+  name Maro Zarquni | Maro Zarquni",
            "+ form full_name Maro Zarquni | Maro Zarquni",
        ]
    );
    assert!(difference("shoe_size", Some("45")).is_empty(), "no question that we know");
}

#[test]
fn a_question_the_form_does_not_ask_can_be_answered() {
    let after = corrected("mother_name", Some("Mater Ficta"));
    let mother = after.iter().find(|s| &*s.prop == "motherName").expect("it is stated");
    assert_eq!(mother.citation.as_ref().map(|c| &c.place), Some(&Place::Whole));
    let after = corrected("death_cause", Some("shelling"));
    assert!(after.iter().any(|s| &*s.prop == "death_cause" && s.value == "shelling"));
}

#[test]
fn without_corrections_nothing_changes() {
    let before = statements(&FORM);
    assert_eq!(correct(before.clone(), &BTreeMap::new()), before);
    let odd = vec![Statement::new("x".into(), "Person", "name", "Nemo", "stick".into())];
    let corrections = BTreeMap::from([("full_name".to_owned(), None)]);
    assert_eq!(correct(odd.clone(), &corrections), odd);
}
