//! The questions of the sample form in four languages, and a person's answers to them.

use super::people::Person;

/// Language of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Arabic,
    English,
    French,
    Russian,
}

/// A form ready to be set: heading, and label and answer of each question.
pub(crate) struct Form {
    pub(crate) language: Language,
    pub(crate) heading: &'static str,
    pub(crate) rows: Vec<(String, String)>,
}

/// The mark on every form.
pub(crate) const MARK: &str = "SYNTHETIC SAMPLE";

/// Country of the demo: Arabic demonym, English, French and Russian words, capital in Arabic and
/// Latin letters.
pub(crate) const COUNTRIES: [[&str; 6]; 7] = [
    ["تونسي", "Tunisian", "tunisienne", "тунисец", "تونس", "Tunis"],
    ["مغربي", "Moroccan", "marocaine", "марокканец", "الرباط", "Rabat"],
    ["مصري", "Egyptian", "égyptienne", "египтянин", "القاهرة", "Cairo"],
    ["سوري", "Syrian", "syrienne", "сириец", "حمص", "Homs"],
    ["أردني", "Jordanian", "jordanienne", "иорданец", "عمان", "Amman"],
    ["فرنسي", "French", "française", "француз", "ليون", "Lyon"],
    ["روسي", "Russian", "russe", "россиянин", "قازان", "Kazan"],
];

/// Roles in the four languages.
pub(crate) const ROLES: [[&str; 4]; 4] = [
    ["مقاتل", "fighter", "combattant", "боец"],
    ["استشهادي", "suicide", "kamikaze", "смертник"],
    ["انغماسي", "inghimasi", "inghimasi", "ингимаси"],
    ["إداري", "other", "autre", "другое"],
];

const HEADINGS: [&str; 4] = [
    "الإدارة العامة للحدود - نموذج تجريبي",
    "General Directorate of Borders - sample form",
    "Direction générale des frontières - formulaire d'exemple",
    "Главное управление границ - образец анкеты",
];

const LABELS: [[&str; 4]; 14] = [
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
        "العنوان ومكان الإقامة",
        "Address and place of residence",
        "Adresse et lieu de résidence",
        "Адрес и место жительства",
    ],
    ["التحصيل الدراسي", "Education level", "Niveau d'études", "Образование"],
    [
        "من أي منفذ دخلت وعن طريق من",
        "Point of entry and through whom",
        "Point d'entrée et par qui",
        "Пункт въезда и через кого",
    ],
    ["من قام بالتزكية", "Recommended by", "Recommandé par", "Кто рекомендовал"],
    ["تاريخ الدخول", "Date of entry", "Date d'entrée", "Дата въезда"],
    ["مقاتل أم استشهادي أم انغماسي", "Role chosen", "Rôle choisi", "Выбранная роль"],
    ["رقم للتواصل", "Contact number", "Numéro de contact", "Контактный номер"],
    [
        "تاريخ القتل ومكانه",
        "Date and place of death",
        "Date et lieu du décès",
        "Дата и место смерти",
    ],
    ["ملاحظات", "Remarks", "Remarques", "Примечания"],
];

/// The words of this language, out of four.
pub(crate) fn label(question: usize, language: Language) -> &'static str {
    LABELS[question][language as usize]
}

/// A person's form in a language. Names are in Arabic or Latin letters.
pub(crate) fn fill(person: &Person, language: Language) -> Form {
    let script = usize::from(language != Language::Arabic);
    let country = COUNTRIES[person.country];
    let demonym = country[language as usize];
    let home = if script == 0 { country[4] } else { country[5] };
    let words = |texts: [&'static str; 4]| texts[language as usize].to_owned();
    let death = match person.death {
        None => String::new(),
        Some(death) => format!(
            "{} - {}",
            date(death, language),
            words(["معركة تجريبية", "Sample battle", "bataille exemple", "учебный бой"])
        ),
    };
    let answers = [
        person.name[script].to_owned(),
        person.kunya[script].to_owned(),
        person.mother[script].to_owned(),
        "O+".to_owned(),
        format!("{} - {demonym}", date(person.birth, language)),
        home.to_owned(),
        words(["ثانوي", "secondary", "secondaire", "среднее"]),
        format!(
            "{} - {}",
            words(["تل أبيض", "Tell Abyad", "Tell Abyad", "Телль-Абьяд"]),
            ["أبو دليل التجريبي", "Abu Dalil al-Tajribi"][script]
        ),
        person.recommender[script].to_owned(),
        date(person.entry, language),
        words(ROLES[person.role]),
        person.phone.to_owned(),
        death,
        words(["نموذج غير حقيقي", "not a real form", "formulaire fictif", "не настоящая анкета"]),
    ];
    let rows = (0..LABELS.len()).map(|q| label(q, language).to_owned()).zip(answers).collect();
    Form { language, heading: HEADINGS[language as usize], rows }
}

/// A date as people of the language write it; Arabic forms have Arabic digits.
pub(crate) fn date((day, month, year): (u8, u8, u16), language: Language) -> String {
    match language {
        Language::Arabic => format!("{year}/{month}/{day}")
            .chars()
            .map(|c| match c.to_digit(10) {
                Some(digit) => char::from_u32(0x660 + digit).unwrap_or(c),
                None => c,
            })
            .collect(),
        _ => format!("{day:02}.{month:02}.{year}"),
    }
}
