//! A layout whose labels nobody knows is taught from one marked example and then read.

use forms::{AnswerPlace, FilledForm, Key, LearnOptions, Mark, Options, Template, learn, read};
use model::{Block, Cell, DocumentId, Layout, Place, Span, Table};

type Build = fn(usize) -> Layout;

/// Labels in no language, and the answers of two people.
const ROWS: [(&str, Key, [&str; 2]); 7] = [
    ("Zorbitan", Key::FullName, ["Quillon Testerby", "Idris Placeholder"]),
    ("Velk mun", Key::Kunya, ["Abu Sample al-Masri", "Abu Proba al-Libi"]),
    ("Drunosh?", Key::BirthDate, ["12 March 1991", "27.11.1988"]),
    ("Kaspel", Key::Occupation, ["baker", "driver of lorries"]),
    ("Hurra ni", Key::Residence, ["Nowhere Lane 4", "Empty Street 12"]),
    ("Tolv", Key::Deposits, ["a watch", "two bags"]),
    ("Snurb", Key::Notes, ["limps", "sings"]),
];

fn table(register: bool, rows: Vec<Vec<String>>) -> Layout {
    let mut out = Table { register, rows: Vec::new() };
    for (row, cells) in (0..).zip(rows) {
        let cell = |(column, text): (u32, String)| {
            let place = if register {
                Place::SheetCell { sheet: String::new(), row, column }
            } else {
                Place::TableCell { table: 0, row, column }
            };
            Cell { spans: text.lines().map(|line| Span::new(line, place.clone())).collect() }
        };
        out.rows.push((0..).zip(cells).map(cell).collect());
    }
    Layout { pages: Vec::new(), blocks: vec![Block::Table(out)] }
}

fn beside(person: usize) -> Layout {
    table(false, ROWS.iter().map(|(l, _, a)| vec![(*l).into(), a[person].into()]).collect())
}

fn reversed(person: usize) -> Layout {
    table(false, ROWS.iter().map(|(l, _, a)| vec![a[person].into(), (*l).into()]).collect())
}

fn above(person: usize) -> Layout {
    let mut rows = Vec::new();
    for chunk in ROWS.chunks(3) {
        rows.push(chunk.iter().map(|r| r.0.to_owned()).collect());
        rows.push(chunk.iter().map(|r| r.2[person].to_owned()).collect());
    }
    table(false, rows)
}

fn same(person: usize) -> Layout {
    let line = |(i, row): (u32, &(&str, Key, [&str; 2]))| {
        let place = Place::Paragraph { index: i };
        Block::Paragraph(Span::new(format!("{}: {}", row.0, row.2[person]), place))
    };
    Layout { pages: Vec::new(), blocks: (0..).zip(&ROWS).map(line).collect() }
}

fn register(_: usize) -> Layout {
    let mut rows = vec![ROWS.iter().map(|r| r.0.to_owned()).collect::<Vec<_>>()];
    for person in 0..2 {
        rows.push(ROWS.iter().map(|r| r.2[person].to_owned()).collect());
    }
    table(true, rows)
}

fn read_with(layout: &Layout, templates: Vec<Template>) -> Vec<FilledForm> {
    let mut options = Options::default();
    options.templates = templates;
    let document = DocumentId::new("0123456789abcdef0123456789abcdef");
    read("sample.docx", &document, layout, &options).records
}

#[test]
fn one_marked_example_teaches_a_layout() {
    let layouts: [(AnswerPlace, Build); 5] = [
        (AnswerPlace::After, beside),
        (AnswerPlace::Before, reversed),
        (AnswerPlace::Below, above),
        (AnswerPlace::Same, same),
        (AnswerPlace::Column, register),
    ];
    for (place, layout) in layouts {
        let marks: Vec<Mark> =
            ROWS.iter().map(|(_, key, a)| Mark { key: *key, text: a[0].to_owned() }).collect();
        let options = LearnOptions { name: "zorb".to_owned(), ..LearnOptions::default() };
        let taught = learn(&layout(0), &marks, &options).unwrap();
        assert_eq!(taught.file().answers, place);
        let taught = Template::parse(&taught.to_text().unwrap()).unwrap();
        let records = read_with(&layout(1), vec![taught]);
        let record = records.last().unwrap();
        assert_eq!(record.template, "zorb", "{place:?}");
        for (_, key, answers) in &ROWS {
            assert_eq!(record.written(*key), Some(answers[1]), "{place:?} {key}");
        }
        assert_eq!(record.normalized(Key::BirthDate), Some("1988-11-27"));
    }
}

/// Each label has its own place: most beside, one above its answer, one below it, one in its cell.
#[test]
fn the_places_of_answers_may_differ_by_label() {
    let row = |i: usize, person: usize| (ROWS[i].0.to_owned(), ROWS[i].2[person].to_owned());
    let mixed = |person: usize| {
        let beside = |i| {
            let (label, answer) = row(i, person);
            vec![label, answer]
        };
        let mut rows = vec![beside(0), beside(1), beside(2), beside(3)];
        let (label, answer) = row(4, person);
        rows.extend([vec![label, String::new()], vec![answer, String::new()]]);
        let (label, answer) = row(5, person);
        rows.extend([vec![answer, String::new()], vec![label, String::new()]]);
        let (label, answer) = row(6, person);
        rows.push(vec![format!("{label}: {answer}"), String::new()]);
        table(false, rows)
    };
    let marks: Vec<Mark> =
        ROWS.iter().map(|(_, key, a)| Mark { key: *key, text: a[0].to_owned() }).collect();
    let options = LearnOptions { name: "mixed".to_owned(), ..LearnOptions::default() };
    let taught = learn(&mixed(0), &marks, &options).unwrap();
    assert_eq!(taught.file().answers, AnswerPlace::After);
    let own: Vec<(&str, Option<AnswerPlace>)> =
        taught.file().labels.iter().map(|label| (label.text.as_str(), label.answers)).collect();
    assert_eq!(own[..4].iter().filter(|(_, own)| own.is_some()).count(), 0, "{own:?}");
    assert_eq!(
        own[4..],
        [
            ("Hurra ni", Some(AnswerPlace::Below)),
            ("Tolv", Some(AnswerPlace::Above)),
            ("Snurb", Some(AnswerPlace::Same)),
        ]
    );
    let text = taught.to_text().unwrap();
    let taught = Template::parse(&text).unwrap();
    let records = read_with(&mixed(1), vec![taught]);
    for (_, key, answers) in &ROWS {
        assert_eq!(records[0].written(*key), Some(answers[1]), "{key}\n{text}");
    }
}

/// Two questions in one line are two labels.
#[test]
fn two_questions_in_one_line_are_learnt_apart() {
    let page = |person: usize| {
        let pair = |i: usize| format!("{}: {}", ROWS[i].0, ROWS[i].2[person]);
        let line = |(index, text): (u32, String)| {
            Block::Paragraph(Span::new(text, Place::Paragraph { index }))
        };
        let texts = [format!("{}; {}", pair(0), pair(1)), pair(3), pair(4), pair(5)];
        Layout { pages: Vec::new(), blocks: (0..).zip(texts).map(line).collect() }
    };
    let marks: Vec<Mark> = [0, 1, 3, 4, 5]
        .map(|i: usize| Mark { key: ROWS[i].1, text: ROWS[i].2[0].to_owned() })
        .to_vec();
    let options = LearnOptions { name: "line".to_owned(), ..LearnOptions::default() };
    let taught = learn(&page(0), &marks, &options).unwrap();
    let records = read_with(&page(1), vec![taught]);
    for i in [0, 1, 3, 4, 5] {
        assert_eq!(records[0].written(ROWS[i].1), Some(ROWS[i].2[1]));
    }
}

#[test]
fn marks_may_name_places_and_one_label_may_ask_for_two_keys() {
    let mark = |key, text: &str| Mark { key, text: text.to_owned() };
    let marks = [
        mark(Key::FullName, "table 1, row 1, column 2"),
        mark(Key::BirthDate, "12 March 1991"),
        mark(Key::Nationality, "French"),
    ];
    let form = |answer: &str, birth: &str| {
        table(
            false,
            vec![vec!["Zorbitan".into(), answer.into()], vec!["Drunosh".into(), birth.into()]],
        )
    };
    let options = LearnOptions { name: "two".to_owned(), ..LearnOptions::default() };
    let taught = learn(&form("Quillon Testerby", "12 March 1991, French"), &marks, &options);
    let records = read_with(&form("Idris Placeholder", "1988 - Dutch"), vec![taught.unwrap()]);
    assert_eq!(records[0].written(Key::FullName), Some("Idris Placeholder"));
    assert_eq!(records[0].normalized(Key::Nationality), Some("NL"));
    assert_eq!(records[0].normalized(Key::BirthDate), Some("1988"));
}

#[test]
fn a_template_leaves_other_documents_alone() {
    let mark = Mark { key: Key::Notes, text: "limps".to_owned() };
    let options = LearnOptions { name: "zorb".to_owned(), ..LearnOptions::default() };
    let taught = learn(&beside(0), &[mark], &options).unwrap();
    let labels = ["Full name", "Kunya", "Date of birth", "Nationality", "Blood type"];
    let answers = ["Idris Placeholder", "Abu Proba", "1988", "French", "A+"];
    let rows = labels.iter().zip(answers).map(|(l, a)| vec![(*l).into(), a.into()]).collect();
    let records = read_with(&table(false, rows), vec![taught]);
    assert_eq!(records[0].template, "entry_form");
    assert_eq!(records[0].written(Key::FullName), Some("Idris Placeholder"));
}

#[test]
fn what_cannot_be_learnt_says_why() {
    let learn_one = |key, text: &str, name: &str| {
        let mark = Mark { key, text: text.to_owned() };
        let options = LearnOptions { name: name.to_owned(), ..LearnOptions::default() };
        learn(&beside(0), &[mark], &options).unwrap_err().to_string()
    };
    assert!(learn_one(Key::Notes, "dances", "x").contains("stands nowhere"));
    assert!(learn_one(Key::Notes, "limps", "../x").contains("cannot be a template's name"));
    assert!(Template::parse("version = 2").is_err());
    assert!(Template::parse("version = 1\nname = \"x\"\nanswers = \"after\"\nlabel = []").is_err());
}
