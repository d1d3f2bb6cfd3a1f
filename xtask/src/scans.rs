//! `make-scans N OUT [--seed S]`: scanned forms of layouts that nothing else here knows, to measure
//! reading with, and `truth.jsonl` beside them in the form of the evaluation tools.
//!
//! Nobody in them exists: names are put together from words for plants, stones and weather, phones
//! are from +999, every form is marked as a sample. The same seed and fonts make the same forms.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::demo::{self, FontFile, MARK, Pen};
use crate::make_forms::{
    COUNTRIES, EDUCATION, GATES, GOODS, LEVELS, MARRIED, NATIONS, ROLES, TRADES, WORDS,
};
use crate::random::Random;

/// Fonts of the distribution with Arabic and Latin letters; those that are installed take turns.
const FONTS: [&str; 3] = [
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
    "/usr/share/fonts/truetype/scheherazade/Scheherazade-Regular.ttf",
];

/// Keys and their labels in Arabic and English, in wordings of their own.
const LABELS: [(&str, [&str; 2]); 22] = [
    ("full_name", ["الاسم الثلاثي", "Complete name"]),
    ("kunya", ["الاسم الحركي", "Nom de guerre"]),
    ("mother_name", ["اسم الوالدة", "Name of mother"]),
    ("birth_date", ["تاريخ الميلاد", "Born on"]),
    ("nationality", ["الجنسية", "Citizenship"]),
    ("blood_type", ["زمرة الدم", "Blood group"]),
    ("marital_status", ["الوضع العائلي", "Family status"]),
    ("children", ["عدد الأولاد", "No. of children"]),
    ("residence", ["محل السكن", "Home address"]),
    ("education", ["المؤهل العلمي", "Schooling"]),
    ("sharia_level", ["المستوى الشرعي", "Religious level"]),
    ("occupation", ["العمل السابق", "Former job"]),
    ("travelled", ["الدول التي زارها", "Countries visited"]),
    ("entry_point", ["معبر الدخول", "Border crossing"]),
    ("facilitator", ["عن طريق", "Through whom"]),
    ("recommender", ["المزكي", "Vouched for by"]),
    ("entry_date", ["تاريخ الدخول", "Entered on"]),
    ("role", ["نوع المهمة", "Chosen task"]),
    ("speciality", ["التخصص", "Special skill"]),
    ("deposits", ["الودائع", "Items left"]),
    ("obedience", ["درجة الطاعة", "Degree of obedience"]),
    ("contact", ["هاتف للاتصال", "Telephone"]),
];

/// How questions and answers stand on the sheet.
#[derive(Clone, Copy, Debug)]
enum Layout {
    /// Ruled; two questions with their answers in a row.
    Pairs,
    /// Ruled; a row of questions and under it the row of their answers.
    Stacked,
    /// Ruled; number, question, answer, and a wide empty column for the office.
    Office,
    /// No rulings; a question, a colon, the answer, two to a line.
    Lines,
}

const LAYOUTS: [Layout; 4] = [Layout::Pairs, Layout::Stacked, Layout::Office, Layout::Lines];

/// Points between the edges of the sheet's text.
const WIDTH: f32 = 515.0;

/// One filled form.
struct Filled {
    arabic: bool,
    layout: Layout,
    answers: Vec<(&'static str, String)>,
}

/// Makes scans into a folder, which must not exist.
pub(crate) fn run(count: usize, out: &Path, seed: u64) -> anyhow::Result<()> {
    let fonts: Vec<FontFile> =
        FONTS.iter().filter_map(|path| demo::font_at(Path::new(path))).collect();
    fs::create_dir(out).with_context(|| format!("cannot make {}", out.display()))?;
    let lines: Vec<String> = (0..count)
        .into_par_iter()
        .map(|number| {
            let mut random = Random::new(seed.wrapping_mul(1000).wrapping_add(number as u64 + 1));
            let form = fill(&mut random, LAYOUTS[number % LAYOUTS.len()]);
            let font = fonts.get(random.below(fonts.len()));
            let font = font.context("no font of the list is installed")?;
            let degrees = random.unit() * 3.0 - 1.5;
            let name = format!("scan{number:04}.jpg");
            fs::write(out.join(&name), demo::scan(&sheet(&form, font)?, degrees)?)?;
            Ok(truth(&name, &form).to_string())
        })
        .collect::<anyhow::Result<_>>()?;
    fs::write(out.join("truth.jsonl"), lines.join("\n") + "\n")?;
    Ok(())
}

fn fill(random: &mut Random, layout: Layout) -> Filled {
    let arabic = random.below(4) > 0;
    let lang = usize::from(!arabic);
    let mut word = || WORDS[random.below(WORDS.len())][lang].to_owned();
    let kunya = |word: String| format!("{} {word}", ["أبو", "Abu"][lang]);
    let name = format!("{} {} {}", word(), word(), word());
    let mother = format!("{} {}", word(), word());
    let (own, facilitator, recommender) = (kunya(word()), kunya(word()), kunya(word()));
    let mut pick = |answers: &[[&'static str; 4]]| answers[random.below(answers.len())][lang];
    let picked = [
        pick(&NATIONS),
        pick(&MARRIED),
        pick(&EDUCATION),
        pick(&LEVELS),
        pick(&TRADES),
        pick(&COUNTRIES),
        pick(&GATES),
        pick(&ROLES),
        pick(&TRADES),
        pick(&GOODS),
        pick(&LEVELS),
    ];
    let [nation, married, school, sharia, trade, travelled, gate, role, skill, goods, obedience] =
        picked.map(str::to_owned);
    let digits = arabic && random.below(2) == 0;
    let written = |text: String| if digits { arabic_digits(&text) } else { text };
    let mut date = |from: usize, years: usize| {
        let (day, month) = (1 + random.below(28), 1 + random.below(12));
        written(format!("{day:02}/{month:02}/{}", from + random.below(years)))
    };
    let (birth, entry) = (date(1970, 25), date(2013, 2));
    let phone =
        format!("+999 {:03} {:03} {:03}", random.below(999), random.below(999), random.below(999));
    let children = written(random.below(6).to_string());
    let street = ["شارع تجريبي", "Sample Street"][lang];
    let home = written(format!("{street} {}", 1 + random.below(90)));
    let answers = [
        name,
        own,
        mother,
        birth,
        nation,
        ["A+", "B-", "O+", "AB+"][random.below(4)].to_owned(),
        married,
        children,
        home,
        school,
        sharia,
        trade,
        travelled,
        gate,
        facilitator,
        recommender,
        entry,
        role,
        skill,
        goods,
        obedience,
        phone,
    ];
    let answers = LABELS.iter().map(|(key, _)| *key).zip(answers).collect();
    Filled { arabic, layout, answers }
}

fn arabic_digits(text: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit));
    text.chars().map(|c| digit(c).unwrap_or(c)).collect()
}

/// The sheet as a PDF.
fn sheet(form: &Filled, font: &FontFile) -> anyhow::Result<Vec<u8>> {
    let lang = usize::from(!form.arabic);
    let labels = LABELS.iter().map(|(_, label)| label[lang]);
    let answers = form.answers.iter().map(|(_, answer)| answer.as_str());
    let rows: Vec<(&str, &str)> = labels.zip(answers).collect();
    let height = match form.layout {
        Layout::Stacked => 26.0,
        _ => 30.0,
    };
    demo::draw(font, form.arabic, height, |pen| {
        pen.text(MARK, 0.0, 50.0, WIDTH);
        pen.text(["استمارة تجريبية", "Sample form of entry"][lang], 180.0, 75.0, WIDTH);
        match form.layout {
            Layout::Pairs => pairs(pen, &rows, height),
            Layout::Stacked => stacked(pen, &rows, height),
            Layout::Office => office(pen, &rows, height),
            Layout::Lines => {
                lines(pen, &rows);
                Ok(())
            }
        }
    })
}

const TOP: f32 = 100.0;

fn pairs(pen: &mut Pen<'_, '_>, rows: &[(&str, &str)], height: f32) -> anyhow::Result<()> {
    let mut y = TOP;
    for pair in rows.chunks(2) {
        let mut x = 0.0;
        for (label, answer) in pair {
            pen.cell(label, x, y, WIDTH * 0.22)?;
            pen.cell(answer, x + WIDTH * 0.22, y, WIDTH * 0.28)?;
            x += WIDTH / 2.0;
        }
        y += height;
    }
    Ok(())
}

fn stacked(pen: &mut Pen<'_, '_>, rows: &[(&str, &str)], height: f32) -> anyhow::Result<()> {
    let mut y = TOP;
    for group in rows.chunks(3) {
        for (x, (label, answer)) in (0_u8..).zip(group) {
            let x = f32::from(x) * WIDTH / 3.0;
            pen.cell(label, x, y, WIDTH / 3.0)?;
            pen.cell(answer, x, y + height, WIDTH / 3.0)?;
        }
        y += 2.0 * height;
    }
    Ok(())
}

fn office(pen: &mut Pen<'_, '_>, rows: &[(&str, &str)], height: f32) -> anyhow::Result<()> {
    let mut y = TOP;
    for (number, (label, answer)) in (1..).zip(rows) {
        let mut text = String::new();
        write!(text, "{number}")?;
        pen.cell(&text, 0.0, y, 30.0)?;
        pen.cell(label, 30.0, y, 150.0)?;
        pen.cell(answer, 180.0, y, 180.0)?;
        pen.cell("", 360.0, y, 155.0)?;
        y += height;
    }
    Ok(())
}

fn lines(pen: &mut Pen<'_, '_>, rows: &[(&str, &str)]) {
    let mut y = TOP + 20.0;
    for pair in rows.chunks(2) {
        for (x, (label, answer)) in (0_u8..).zip(pair) {
            let x = f32::from(x) * (WIDTH / 2.0 + 10.0);
            pen.text(&format!("{label}: {answer}"), x, y, WIDTH / 2.0 - 10.0);
        }
        y += 34.0;
    }
}

fn truth(name: &str, form: &Filled) -> Value {
    let fields: Map<String, Value> = form
        .answers
        .iter()
        .map(|(key, answer)| ((*key).to_owned(), json!({"written": answer, "norm": answer})))
        .collect();
    json!({
        "doc_id": name, "path": name, "kind": "scan", "expected": "ok",
        "layout": format!("{:?}", form.layout), "lang": if form.arabic { "ar" } else { "en" },
        "records": [{"row": 0, "fields": fields}],
    })
}
