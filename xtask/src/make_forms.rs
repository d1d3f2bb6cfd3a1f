//! `make-forms N OUT [--seed S]`: born-digital forms to time the way from files to records with.
//!
//! Nobody in them exists: names are put together from words for plants, stones and weather, phones
//! are from +999, every form is marked as a sample. The same seed makes the same forms.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use rayon::prelude::*;

use crate::demo::{self, FontFile, Form, Language, MARK};
use crate::random::Random;

/// Forms in one register. Chosen by hand.
const REGISTER_ROWS: usize = 20;
/// Of a hundred forms so many are DOCX, PDF and RTF; the rest stands in registers.
const DOCX: usize = 60;
const PDF: usize = 20;
const RTF: usize = 10;
/// Files of one folder.
const FOLDER: usize = 1000;

const HEADINGS: [&str; 4] = [
    "نموذج تجريبي - الإدارة العامة للحدود",
    "Sample form - General Directorate of Borders",
    "Formulaire d'exemple - Direction générale des frontières",
    "Образец анкеты - Главное управление границ",
];

/// The questions in Arabic, English, French and Russian.
const LABELS: [[&str; 4]; 23] = [
    ["الاسم واللقب", "Name and surname", "Nom et prénom", "Имя и фамилия"],
    ["الكنية", "Kunya", "Kunya", "Кунья"],
    ["اسم الأم", "Mother's name", "Nom de la mère", "Имя матери"],
    ["فصيلة الدم", "Blood type", "Groupe sanguin", "Группа крови"],
    [
        "تاريخ الولادة والجنسية",
        "Date of birth and nationality",
        "Date de naissance et nationalité",
        "Дата рождения и гражданство",
    ],
    [
        "الحالة الاجتماعية وعدد الأطفال",
        "Marital status and number of children",
        "Situation familiale et nombre d'enfants",
        "Семейное положение и число детей",
    ],
    [
        "العنوان ومكان الإقامة",
        "Address and place of residence",
        "Adresse et lieu de résidence",
        "Адрес и место жительства",
    ],
    ["التحصيل الدراسي", "Education level", "Niveau d'études", "Образование"],
    ["المستوى الشرعي", "Sharia level", "Niveau religieux", "Уровень шариата"],
    ["المهنة", "Occupation before arrival", "Profession", "Профессия"],
    ["البلدان التي سافر إليها", "Countries travelled", "Pays visités", "Посещенные страны"],
    [
        "المنفذ والواسطة",
        "Point of entry and through whom",
        "Point d'entrée et par qui",
        "Место въезда и через кого",
    ],
    ["التزكية", "Recommended by", "Recommandé par", "Кто рекомендовал"],
    ["تاريخ الدخول", "Date of entry", "Date d'entrée", "Дата въезда"],
    ["الجهاد السابق", "Previous jihad and where", "Jihad antérieur et où", "Прежний джихад и где"],
    ["مقاتل أم استشهادي أم انغماسي", "Role chosen", "Rôle choisi", "Выбранная роль"],
    ["الاختصاص", "Speciality", "Spécialité", "Специальность"],
    ["مكان العمل الحالي", "Current place of work", "Lieu de travail actuel", "Место работы"],
    ["الأمانات التي تركها", "Belongings left in trust", "Objets déposés", "Сданные вещи"],
    ["مستوى السمع والطاعة", "Level of obedience", "Niveau d'obéissance", "Уровень послушания"],
    ["رقم للتواصل", "Contact number", "Numéro de contact", "Контактный номер"],
    [
        "تاريخ القتل ومكانه",
        "Date and place of death",
        "Date et lieu du décès",
        "Дата и место смерти",
    ],
    ["ملاحظات", "Remarks", "Remarques", "Примечания"],
];

/// Words that names are made of, in Arabic and Latin letters.
pub(crate) const WORDS: [[&str; 2]; 16] = [
    ["زنبق", "Zanbaq"],
    ["مرجان", "Marjan"],
    ["غدير", "Ghadir"],
    ["بلوط", "Ballut"],
    ["صنوبر", "Sanawbar"],
    ["فانوس", "Fanus"],
    ["ياقوت", "Yaqut"],
    ["سحاب", "Sahab"],
    ["رمال", "Rimal"],
    ["قنديل", "Qandil"],
    ["ريحان", "Rayhan"],
    ["عقيق", "Aqiq"],
    ["صفصاف", "Safsaf"],
    ["نسيم", "Nasim"],
    ["زيتون", "Zaytun"],
    ["برق", "Barq"],
];

/// Answers to choose from, in the four languages.
pub(crate) const NATIONS: [[&str; 4]; 6] = [
    ["تونسي", "Tunisian", "tunisienne", "тунисец"],
    ["مغربي", "Moroccan", "marocaine", "марокканец"],
    ["مصري", "Egyptian", "égyptienne", "египтянин"],
    ["أردني", "Jordanian", "jordanienne", "иорданец"],
    ["فرنسي", "French", "française", "француз"],
    ["روسي", "Russian", "russe", "россиянин"],
];
pub(crate) const MARRIED: [[&str; 4]; 2] =
    [["أعزب", "single", "célibataire", "холост"], ["متزوج", "married", "marié", "женат"]];
pub(crate) const EDUCATION: [[&str; 4]; 3] = [
    ["ابتدائي", "primary", "primaire", "начальное"],
    ["ثانوي", "secondary", "secondaire", "среднее"],
    ["جامعي", "university", "universitaire", "высшее"],
];
pub(crate) const LEVELS: [[&str; 4]; 2] =
    [["بسيط", "basic", "faible", "слабый"], ["متوسط", "average", "moyen", "средний"]];
pub(crate) const TRADES: [[&str; 4]; 3] = [
    ["نجار", "carpenter", "menuisier", "плотник"],
    ["طالب", "student", "étudiant", "студент"],
    ["سائق", "driver", "chauffeur", "водитель"],
];
pub(crate) const COUNTRIES: [[&str; 4]; 3] = [
    ["تركيا، مصر", "Turkey, Egypt", "Turquie, Égypte", "Турция, Египет"],
    ["ليبيا", "Libya", "Libye", "Ливия"],
    ["لا يوجد", "none", "aucun", "нет"],
];
pub(crate) const GATES: [[&str; 4]; 3] = [
    ["تل أبيض", "Tell Abyad", "Tell Abyad", "Телль-Абьяд"],
    ["جرابلس", "Jarabulus", "Jarablous", "Джараблус"],
    ["اعزاز", "Azaz", "Azaz", "Азаз"],
];
pub(crate) const ROLES: [[&str; 4]; 2] =
    [["مقاتل", "fighter", "combattant", "боец"], ["استشهادي", "suicide", "kamikaze", "смертник"]];
pub(crate) const GOODS: [[&str; 4]; 3] = [
    ["جواز سفر", "passport", "passeport", "паспорт"],
    ["هاتف", "telephone", "téléphone", "телефон"],
    ["لا شيء", "nothing", "rien", "ничего"],
];
const REMARKS: [[&str; 4]; 3] = [
    ["", "", "", ""],
    ["إصابة قديمة", "old injury", "ancienne blessure", "старая травма"],
    ["يتكلم لغتين", "speaks two languages", "parle deux langues", "знает два языка"],
];

/// Makes forms into a folder, which must not exist.
pub(crate) fn run(count: usize, out: &Path, seed: u64) -> anyhow::Result<()> {
    let font = demo::find_font().context("DejaVu Sans is not installed (fonts-dejavu-core)")?;
    fs::create_dir(out).with_context(|| format!("cannot make {}", out.display()))?;
    let blocks: Vec<usize> = (0..count.div_ceil(100)).collect();
    blocks.into_par_iter().try_for_each(|block| {
        let size = (count - block * 100).min(100);
        make_block(block, size, out, &font, seed)
    })
}

/// A hundred forms: files by kind, and registers of what is left.
fn make_block(
    block: usize,
    size: usize,
    out: &Path,
    font: &FontFile,
    seed: u64,
) -> anyhow::Result<()> {
    let mut random = Random::new(seed.wrapping_add(block as u64).wrapping_add(1));
    let folder = out.join(format!("batch{:03}", block * 100 / FOLDER));
    fs::create_dir_all(&folder)?;
    let mut rows: Vec<Form> = Vec::new();
    for i in 0..size {
        let language = [
            Language::Arabic,
            Language::Arabic,
            Language::English,
            Language::French,
            Language::Russian,
        ][random.below(5)];
        let number = block * 100 + i;
        let file = |ending: &str| folder.join(format!("form{number:05}.{ending}"));
        let place = i * 100 / size.max(1);
        if place < DOCX {
            fs::write(file("docx"), demo::write_docx(&form(&mut random, language))?)?;
        } else if place < DOCX + PDF {
            fs::write(file("pdf"), demo::write_pdf(&form(&mut random, language), font)?)?;
        } else if place < DOCX + PDF + RTF {
            fs::write(file("rtf"), rtf(&form(&mut random, language))?)?;
        } else {
            rows.push(form(&mut random, Language::Arabic));
        }
    }
    for (i, rows) in rows.chunks(REGISTER_ROWS).enumerate() {
        fs::write(folder.join(format!("register{block:04}-{i}.xlsx")), register(rows)?)?;
    }
    Ok(())
}

fn form(random: &mut Random, language: Language) -> Form {
    let lang = language as usize;
    let script = usize::from(language != Language::Arabic);
    let mut word = || WORDS[random.below(WORDS.len())][script].to_owned();
    let name = format!("{} {} {}", word(), word(), word());
    let mother = format!("{} {}", word(), word());
    let prefix = ["أبو", "Abu"][script];
    let kunya = format!("{prefix} {}", word());
    let (facilitator, recommender) =
        (format!("{prefix} {}", word()), format!("{prefix} {}", word()));
    let mut pick = |answers: &[[&'static str; 4]]| answers[random.below(answers.len())][lang];
    let (nation, married, education) = (pick(&NATIONS), pick(&MARRIED), pick(&EDUCATION));
    let (sharia, trade, travelled) = (pick(&LEVELS), pick(&TRADES), pick(&COUNTRIES));
    let (gate, role, goods) = (pick(&GATES), pick(&ROLES), pick(&GOODS));
    let (obedience, remarks, before) = (pick(&LEVELS), pick(&REMARKS), pick(&COUNTRIES));
    let mut date = |from: usize, years: usize| {
        let (d, m) = (1 + random.below(28), 1 + random.below(12));
        format!("{d:02}/{m:02}/{}", from + random.below(years))
    };
    let (birth, entry) = (date(1970, 25), date(2013, 2));
    let street = ["شارع تجريبي", "Sample Street", "rue Exemple", "ул. Пробная"][lang];
    let unit = ["معسكر تجريبي", "sample camp", "camp exemple", "учебный лагерь"][lang];
    let answers = [
        name,
        kunya,
        mother,
        ["A+", "B-", "O+", "AB+"][random.below(4)].to_owned(),
        format!("{birth} - {nation}"),
        format!("{married} - {}", random.below(5)),
        format!("{street} {}", 1 + random.below(90)),
        education.to_owned(),
        sharia.to_owned(),
        trade.to_owned(),
        travelled.to_owned(),
        format!("{gate} - {facilitator}"),
        recommender,
        entry,
        before.to_owned(),
        role.to_owned(),
        trade.to_owned(),
        unit.to_owned(),
        goods.to_owned(),
        obedience.to_owned(),
        format!("+999 {:03} {:03} {:03}", random.below(999), random.below(999), random.below(999)),
        String::new(),
        remarks.to_owned(),
    ];
    let labels = LABELS.iter().map(|label| label[lang].to_owned());
    Form { language, heading: HEADINGS[lang], rows: labels.zip(answers).collect() }
}

/// A table of label and answer in RTF.
fn rtf(form: &Form) -> anyhow::Result<String> {
    let mut out = String::from("{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0 Arial;}}\n");
    for text in [MARK, form.heading] {
        writeln!(out, "\\pard {}\\par", escape(text))?;
    }
    for (label, answer) in &form.rows {
        writeln!(
            out,
            "\\trowd\\cellx4000\\cellx9000\\pard\\intbl {}\\cell {}\\cell\\row",
            escape(label),
            escape(answer)
        )?;
    }
    out.push_str("\\pard\\par}\n");
    Ok(out)
}

fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str("\\u");
                out.push_str(&i16::from_ne_bytes(unit.to_ne_bytes()).to_string());
                out.push('?');
            }
        }
    }
    out
}

fn register(forms: &[Form]) -> anyhow::Result<Vec<u8>> {
    let heads = forms.iter().take(1).map(|form| form.rows.iter().map(|(label, _)| label.clone()));
    let rows =
        forms.iter().map(|form| form.rows.iter().map(|(_, answer)| answer.clone()).collect());
    let heads = heads.map(Iterator::collect);
    demo::write_sheet(&heads.chain(rows).collect::<Vec<Vec<String>>>())
}
