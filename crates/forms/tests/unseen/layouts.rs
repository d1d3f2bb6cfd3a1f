//! Arrangements of questions and answers, as offices make them. Each takes a language and a set of
//! wordings and gives a layout with what stands in it.

use std::collections::BTreeMap;

use forms::Key;
use model::{Block, Cell, Layout, Line, Place, Rect, Span, Table};

use super::sheet::{Pair, Sheet};

/// What should be found, one map a record.
pub(crate) type Expected = Vec<BTreeMap<Key, Pair>>;
type Build = fn(&Sheet, usize) -> (Layout, Expected);

/// All arrangements: name, set of wordings, builder.
pub(crate) const LAYOUTS: [(&str, usize, Build); 15] = [
    ("beside", 0, beside),
    ("beside held", 2, beside),
    ("above", 1, above),
    ("dots", 2, same_paragraph),
    ("pairs", 0, pairs),
    ("numbered", 1, numbered),
    ("bilingual", 2, bilingual),
    ("register", 1, register),
    ("register held", 2, register),
    ("boxes", 0, boxes),
    ("reversed", 2, reversed),
    ("lines", 1, lines),
    ("running", 0, running),
    ("double", 1, double),
    ("below", 2, below),
];

/// The keys in an order that no form of ours has, another for each step that does not divide 27.
fn shuffled(step: usize) -> Vec<Key> {
    (0..Key::ALL.len()).map(|i| Key::ALL[(i * step + 4) % Key::ALL.len()]).collect()
}

fn span(text: &str, index: u32) -> Span {
    Span::new(text, Place::Paragraph { index })
}

fn paragraphs(texts: &[String]) -> Vec<Block> {
    let span =
        |(i, text): (usize, &String)| Block::Paragraph(span(text, u32::try_from(i).unwrap()));
    texts.iter().enumerate().map(span).collect()
}

fn table(register: bool, rows: &[Vec<String>]) -> Block {
    let mut out = Table { register, rows: Vec::new() };
    for (row, cells) in (0..).zip(rows) {
        let mut made = Vec::new();
        for (column, text) in (0..).zip(cells) {
            let place = if register {
                Place::SheetCell { sheet: String::new(), row, column }
            } else {
                Place::TableCell { table: 0, row, column }
            };
            let spans = text.lines().filter(|l| !l.is_empty());
            made.push(Cell { spans: spans.map(|l| Span::new(l, place.clone())).collect() });
        }
        out.rows.push(made);
    }
    Block::Table(out)
}

fn layout(title: &str, blocks: Vec<Block>) -> Layout {
    let mut all = vec![Block::Paragraph(span(title, 0))];
    all.extend(blocks);
    Layout { pages: Vec::new(), blocks: all }
}

/// A table: question left, answer right.
fn beside(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let row =
        |key: &Key| vec![sheet.label(*key, set).to_owned(), sheet.written(*key, 0).to_owned()];
    let rows: Vec<_> = Key::ALL.iter().map(row).collect();
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(0)])
}

/// A row of three questions, the answers in the row below.
fn above(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let mut rows = Vec::new();
    for keys in shuffled(4).chunks(3) {
        rows.push(keys.iter().map(|k| sheet.label(*k, set).to_owned()).collect());
        rows.push(keys.iter().map(|k| sheet.written(*k, 0).to_owned()).collect::<Vec<_>>());
    }
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(0)])
}

/// Paragraphs: question and answer with a colon, dashes or dots between, in turn.
fn same_paragraph(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let line = |(i, key): (usize, &Key)| {
        let (label, answer) = (sheet.label(*key, set), sheet.written(*key, 1));
        match i % 4 {
            0 => format!("{label}: {answer}"),
            1 => format!("{label} - {answer}"),
            2 => format!("{label} ............ {answer}"),
            _ => format!("{label} : ______ {answer} ______"),
        }
    };
    let texts: Vec<_> = shuffled(10).iter().enumerate().map(line).collect();
    (layout(&sheet.titles[set], paragraphs(&texts)), vec![sheet.expected(1)])
}

/// A table of four columns: question, answer, question, answer.
fn pairs(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let row = |keys: &[Key]| {
        let cells = keys.iter().flat_map(|k| [sheet.label(*k, set), sheet.written(*k, 1)]);
        cells.map(str::to_owned).collect::<Vec<_>>()
    };
    let rows: Vec<_> = shuffled(7).chunks(2).map(row).collect();
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(1)])
}

/// A numbered list, the answer in the paragraph after each question.
fn numbered(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let mut texts = Vec::new();
    for (i, key) in Key::ALL.into_iter().enumerate() {
        texts.push(format!("{}) {}", i + 1, sheet.label(key, set)));
        texts.push(sheet.written(key, 0).to_owned());
    }
    (layout(&sheet.titles[set], paragraphs(&texts)), vec![sheet.expected(0)])
}

/// A table whose questions stand in two languages.
fn bilingual(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let other = if sheet.label(Key::Notes, 0).is_ascii() { "ar" } else { "en" };
    let other = Sheet::load(other);
    let row = |key: &Key| {
        let label = format!("{} / {}", sheet.label(*key, set), other.label(*key, 0));
        vec![label, sheet.written(*key, 1).to_owned()]
    };
    let rows: Vec<_> = shuffled(13).iter().map(row).collect();
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(1)])
}

/// A register of two people under a header, a running number first.
fn register(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let mut header = vec!["#".to_owned()];
    header.extend(Key::ALL.iter().map(|k| sheet.label(*k, set).to_owned()));
    let mut rows = vec![header];
    for person in 0..2 {
        let mut row = vec![(person + 1).to_string()];
        row.extend(Key::ALL.iter().map(|k| sheet.written(*k, person).to_owned()));
        rows.push(row);
    }
    let layout = Layout { pages: Vec::new(), blocks: vec![table(true, &rows)] };
    (layout, vec![sheet.expected(0), sheet.expected(1)])
}

/// Question and, where the words are given, boxes to tick.
fn boxes(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let mut expected = sheet.expected(0);
    let row = |key: &Key| {
        let answer = match sheet.ticked.get(key) {
            None => sheet.written(*key, 0).to_owned(),
            Some(words) => {
                let tick = |(i, word): (usize, &String)| {
                    format!("{} {word}", if i == 0 { '☒' } else { '☐' })
                };
                words.iter().enumerate().map(tick).collect::<Vec<_>>().join("  ")
            }
        };
        vec![sheet.label(*key, set).to_owned(), answer]
    };
    for (key, words) in &sheet.ticked {
        let value = expected[key].1.clone();
        expected.insert(*key, (words[0].clone(), value));
    }
    let rows: Vec<_> = shuffled(5).iter().map(row).collect();
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![expected])
}

/// A table: answer first, question second.
fn reversed(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let row =
        |key: &Key| vec![sheet.written(*key, 0).to_owned(), sheet.label(*key, set).to_owned()];
    let rows: Vec<_> = shuffled(11).iter().map(row).collect();
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(0)])
}

/// Visual lines of a page: two columns of question and answer.
fn lines(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let mut blocks = Vec::new();
    for (row, keys) in (0_u16..).zip(shuffled(8).chunks(2)) {
        let mut line = Line::default();
        let texts = keys.iter().flat_map(|k| [sheet.label(*k, set), sheet.written(*k, 1)]);
        for (column, text) in (0_u16..).zip(texts) {
            let area = Rect {
                x: 0.05 + 0.23 * f32::from(column),
                y: 0.1 + 0.05 * f32::from(row),
                width: 0.2,
                height: 0.015,
            };
            if !text.is_empty() {
                line.spans.push(Span::new(text, Place::Page { page: 0, area }));
            }
        }
        blocks.push(Block::Line(line));
    }
    let page = model::Page { width: 595.0, height: 842.0 };
    (Layout { pages: vec![page], blocks }, vec![sheet.expected(1)])
}

/// Running text: three questions with their answers in each paragraph.
fn running(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let text = |keys: &[Key]| {
        let part = |k: &Key| format!("{}: {}", sheet.label(*k, set), sheet.written(*k, 0));
        keys.iter().map(part).collect::<Vec<_>>().join("; ")
    };
    let texts: Vec<_> = Key::ALL.chunks(3).map(text).collect();
    (layout(&sheet.titles[set], paragraphs(&texts)), vec![sheet.expected(0)])
}

/// A table with questions about two things at once.
fn double(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let person = 0;
    let mut rows = Vec::new();
    for key in Key::ALL {
        if sheet.double.iter().any(|d| d.1 == key) {
            continue;
        }
        let (mut label, mut answer) =
            (sheet.label(key, set), sheet.written(key, person).to_owned());
        if let Some((_, second, wording, between)) = sheet.double.iter().find(|d| d.0 == key) {
            label = wording;
            answer = format!("{answer}{between}{}", sheet.written(*second, person));
        }
        rows.push(vec![label.to_owned(), answer]);
    }
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(person)])
}

/// Cells with the question in the first line and the answer in the second, two a row.
fn below(sheet: &Sheet, set: usize) -> (Layout, Expected) {
    let cell = |k: &Key| format!("{}\n{}", sheet.label(*k, set), sheet.written(*k, 0));
    let rows: Vec<Vec<String>> =
        Key::ALL.chunks(2).map(|keys| keys.iter().map(cell).collect()).collect();
    (layout(&sheet.titles[set], vec![table(false, &rows)]), vec![sheet.expected(0)])
}
