//! The rules of normalisation, one after another: what is written, and what it is taken to mean.
//!
//! Each answer stands on a form of its own, under the question as an English form words it.

#![expect(clippy::unwrap_used, reason = "a test that cannot build its own form has failed")]

use forms::{Answer, FilledForm, FormsRead, Key, Options, read};
use model::{Block, Cell, DatasetName, DocumentId, Layout, Place, Span, Table};

/// A label for every key, which the lexicon has.
const LABELS: [(Key, &str); 27] = [
    (Key::FullName, "Full name"),
    (Key::Kunya, "Kunya"),
    (Key::MotherName, "Mother's name"),
    (Key::BloodType, "Blood type"),
    (Key::BirthDate, "Date of birth"),
    (Key::Nationality, "Nationality"),
    (Key::MaritalStatus, "Marital status"),
    (Key::Children, "Number of children"),
    (Key::Residence, "Place of residence"),
    (Key::Education, "Education"),
    (Key::ShariaLevel, "Sharia level"),
    (Key::Occupation, "Occupation"),
    (Key::Travelled, "Countries travelled"),
    (Key::EntryPoint, "Point of entry"),
    (Key::Facilitator, "Facilitator"),
    (Key::Recommender, "Recommended by"),
    (Key::EntryDate, "Date of entry"),
    (Key::PriorJihad, "Previous jihad"),
    (Key::Role, "Role"),
    (Key::Speciality, "Speciality"),
    (Key::Workplace, "Current place of work"),
    (Key::Deposits, "Deposits"),
    (Key::Obedience, "Level of obedience"),
    (Key::Contact, "Contact number"),
    (Key::DeathDate, "Date of death"),
    (Key::DeathPlace, "Place of death"),
    (Key::Notes, "Notes"),
];

fn span(text: &str) -> Span {
    Span::new(text, Place::Paragraph { index: 0 })
}

/// Reads a form with the answers given; the other questions have none.
fn fill(answers: &[(Key, &str)]) -> FormsRead {
    let answer = |key| answers.iter().find(|(k, _)| *k == key).map_or("", |(_, text)| *text);
    let row = |(key, label): &(Key, &str)| {
        let cells = [*label, answer(*key)];
        cells.map(|text| Cell {
            spans: (!text.is_empty()).then(|| span(text)).into_iter().collect(),
        })
    };
    let rows = LABELS.iter().map(|pair| row(pair).to_vec()).collect();
    let blocks = vec![Block::Table(Table { register: false, rows })];
    let layout = Layout { pages: Vec::new(), blocks };
    read("sample.docx", &document(), &layout, &Options::default())
}

fn document() -> DocumentId {
    DocumentId::new("0123456789abcdef0123456789abcdef")
}

fn form(answers: &[(Key, &str)]) -> FilledForm {
    fill(answers).records.into_iter().next().unwrap()
}

fn answer(key: Key, written: &str) -> Answer {
    form(&[(key, written)]).fields[&key].clone()
}

/// Checks what texts are normalised to; `""` for what is not understood.
fn check(key: Key, table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (written, expected) in table {
        let answer = answer(key, written);
        let stays = answer.written.unwrap_or_default();
        let found = answer.normalized.unwrap_or_default();
        if found != *expected || stays != *written {
            wrong.push(format!("{key}: {written} is {expected}, read {stays} as {found}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn problems(read: &FormsRead) -> Vec<&str> {
    read.problems.iter().map(|problem| problem.kind.as_str()).collect()
}

#[test]
fn the_text_of_names_stays_in_its_script() {
    for key in [Key::FullName, Key::MotherName] {
        check(key, &[("عينة بن مثال", "عينة بن مثال"), ("Sample Person", "Sample Person")]);
    }
    check(Key::Kunya, &[("أبو سمبل التونسي", "أبو سمبل التونسي"), ("Abu Simbel", "Abu Simbel")]);
}

/// A nisba is weak evidence of an origin and never a nationality.
#[test]
fn a_kunya_gives_no_nationality() {
    let form = form(&[(Key::FullName, "Sample Person"), (Key::Kunya, "أبو سمبل التونسي")]);
    assert_eq!(form.normalized(Key::Nationality), None);
    let statements = form.to_statements(&document(), &DatasetName::from("stick"));
    assert!(statements.iter().all(|s| !["nationality", "country"].contains(&&*s.prop)));
}

#[test]
fn blood_types_have_a_group_and_a_sign() {
    check(
        Key::BloodType,
        &[
            ("AB+", "AB+"),
            ("+O", "O+"),
            ("B neg.", "B-"),
            ("O Rh+", "O+"),
            ("О(I) Rh-", "O-"),
            ("A positive", "A+"),
            ("A positif", "A+"),
            ("A négatif", "A-"),
            ("0 Rh pozitif", "O+"),
            ("0 Rh negatif", "O-"),
            ("вторая положительная", "A+"),
            ("A(II) отрицательная", "A-"),
            ("B موجب", "B+"),
            ("أ سالب", "A-"),
            ("او +", "O+"),
            ("A", "A"),
            ("AB Rhesus negativ", "AB-"),
            ("unknown", ""),
        ],
    );
}

#[test]
fn dates_are_as_precise_as_the_text() {
    check(
        Key::BirthDate,
        &[
            ("٨/٦/١٩٩٧", "1997-06-08"),
            ("1997-06-08", "1997-06-08"),
            ("8 juin 1997", "1997-06-08"),
            ("8 июня 1997 г.", "1997-06-08"),
            ("8 Haziran 1997", "1997-06-08"),
            ("8. Juni 1997", "1997-06-08"),
            ("٨ حزيران ١٩٩٧", "1997-06-08"),
            ("8 يونيو 1997", "1997-06-08"),
            ("6/1997", "1997-06"),
            ("juin 1997", "1997-06"),
            ("1988", "1988"),
            ("00/00/1988", "1988"),
            ("مواليد ١٩٨٨ م", "1988"),
            ("1988 or 1989", "1988"),
            ("between 1988 and 1990", "1988/1990"),
            ("sample", ""),
        ],
    );
}

#[test]
fn a_date_that_may_be_two_keeps_both() {
    let date = answer(Key::BirthDate, "3/4/1990");
    assert_eq!(date.normalized.as_deref(), Some("1990-04-03"));
    assert_eq!(date.detail.readings, ["1990-03-04"]);
    let date = answer(Key::BirthDate, "30/4/1990");
    assert!(date.detail.is_empty(), "{:?}", date.detail);
}

#[test]
fn a_hijri_date_keeps_the_interval_of_both_calendars() {
    for (written, value, interval) in [
        ("10 محرم 1435 هـ", "2013-11-13", "2013-11-13/2013-11-14"),
        ("١٦/٨/١٤٣٥ هـ", "2014-06-14", "2014-06-14/2014-06-15"),
        ("1/9/1435", "2014-06-28", "2014-06-28/2014-06-29"),
        ("رمضان 1435", "2014", "2014-06-28/2014-07-28"),
        ("1408 هـ", "1987/1988", "1987-08-26/1988-08-13"),
    ] {
        let date = answer(Key::EntryDate, written);
        assert_eq!(date.normalized.as_deref(), Some(value), "{written}");
        assert_eq!(date.detail.calendar, Some("hijri"), "{written}");
        assert_eq!(date.detail.interval.as_deref(), Some(interval), "{written}");
        assert_eq!(date.written.as_deref(), Some(written));
    }
}

#[test]
fn an_impossible_date_is_a_problem_and_its_text_stays() {
    for (written, value) in [
        ("31/02/1990", "1990"),
        ("13/13/1990", "1990"),
        ("1990-13-40", "1990"),
        ("٣١/٠٢/١٩٩٠", "1990"),
        ("31 avril 1990", "1990"),
        ("31/2/1435 هـ", "2013/2014"),
    ] {
        let read = fill(&[(Key::FullName, "Sample Person"), (Key::BirthDate, written)]);
        let date = &read.records[0].fields[&Key::BirthDate];
        assert_eq!(date.written.as_deref(), Some(written));
        assert_eq!(date.normalized.as_deref(), Some(value), "{written}");
        assert_eq!(problems(&read), ["impossible_date"], "{written}");
        assert!(read.problems[0].message.contains(written), "{}", read.problems[0]);
        assert!(read.problems[0].place.is_some());
    }
    let read = fill(&[(Key::FullName, "Sample Person"), (Key::BirthDate, "31/31")]);
    assert_eq!(problems(&read), ["not_understood"]);
}

#[test]
fn dates_out_of_their_order_are_a_problem_and_both_stay() {
    let dates = |birth, entry, death| {
        fill(&[
            (Key::FullName, "Sample Person"),
            (Key::BirthDate, birth),
            (Key::EntryDate, entry),
            (Key::DeathDate, death),
        ])
    };
    let read = dates("20/5/2015", "14/9/2013", "");
    assert_eq!(problems(&read), ["dates_disagree"]);
    assert_eq!(read.problems[0].message, "birth_date 2015-05-20 is after entry_date");
    assert_eq!(read.records[0].normalized(Key::BirthDate), Some("2015-05-20"));
    assert_eq!(problems(&dates("1990", "14/9/2013", "13/9/2013")), ["dates_disagree"]);
    assert_eq!(problems(&dates("2014", "", "2013")), ["dates_disagree"]);
    // What is not sure to be wrong is no problem: years that hold both days, another order of day
    // and month, a Hijri day that may be the one before.
    for (birth, entry, death) in [
        ("1990", "14/9/2013", "14/9/2013"),
        ("", "2013", "3/2013"),
        ("", "5/4/2013", "4/5/2013"),
        ("", "6/4/2013", "5/5/2013"),
        ("", "١٦/٨/١٤٣٥ هـ", "2014-06-15"),
    ] {
        assert_eq!(problems(&dates(birth, entry, death)), Vec::<&str>::new(), "{entry} {death}");
    }
}

#[test]
fn nationalities_are_countries() {
    check(
        Key::Nationality,
        &[
            ("تونسي", "TN"),
            ("السعودية", "SA"),
            ("Tunisienne", "TN"),
            ("тунисец", "TN"),
            ("Fransız", "FR"),
            ("Belgier", "BE"),
            ("Dual: French", "FR"),
            ("sample", ""),
        ],
    );
}

/// Two nationalities are both the person's; none is chosen silently.
#[test]
fn two_nationalities_are_two() {
    check(Key::Nationality, &[("French / Tunisian", "FR;TN"), ("تونسي وفرنسي", "TN;FR")]);
    let form = form(&[(Key::FullName, "Sample Person"), (Key::Nationality, "French / Tunisian")]);
    let statements = form.to_statements(&document(), &DatasetName::from("stick"));
    let person = statements.iter().filter(|s| &*s.schema == "Person" && &*s.prop == "nationality");
    assert_eq!(person.map(|s| s.value.as_str()).collect::<Vec<_>>(), ["fr", "tn"]);
}

#[test]
fn marital_status_and_children() {
    check(
        Key::MaritalStatus,
        &[
            ("أعزب", "single"),
            ("عزباء", "single"),
            ("متزوجة", "married"),
            ("مطلق", "divorced"),
            ("أرمل", "widowed"),
            ("not married", "single"),
            ("divorcé", "divorced"),
            ("вдовец", "widowed"),
            ("evli", "married"),
            ("ledig", "single"),
        ],
    );
    check(
        Key::Children,
        &[
            ("3", "3"),
            ("٣", "3"),
            ("ولدان", "2"),
            ("three", "3"),
            ("3 enfants", "3"),
            ("двое", "2"),
            ("لا يوجد", "0"),
            ("2 boys, 1 girl", "3"),
        ],
    );
}

#[test]
fn a_residence_names_its_country_where_it_is_clear() {
    for (written, country) in [
        ("تونس - القيروان", Some("TN")),
        ("Tunisia, Bizerte", Some("TN")),
        ("Sample Street 5", None),
        ("Turkey, then Syria", None),
    ] {
        let residence = answer(Key::Residence, written);
        assert_eq!(residence.normalized.as_deref(), Some(written));
        assert_eq!(residence.detail.country.as_deref(), country, "{written}");
    }
}

#[test]
fn levels_and_roles_are_of_closed_lists() {
    check(
        Key::Education,
        &[
            ("أمي", "none"),
            ("ابتدائي", "primary"),
            ("إعدادي", "intermediate"),
            ("lycée", "secondary"),
            ("техникум", "diploma"),
            ("Universität", "university"),
            ("yüksek lisans", "postgraduate"),
            ("ثالث ثانوي", "secondary"),
        ],
    );
    check(
        Key::ShariaLevel,
        &[
            ("بسيط", "basic"),
            ("متوسط", "intermediate"),
            ("طالب علم", "advanced"),
            ("orta", "intermediate"),
        ],
    );
    check(
        Key::Role,
        &[
            ("مقاتل", "fighter"),
            ("combattant", "fighter"),
            ("استشهادي", "suicide"),
            ("смертник", "suicide"),
            ("انغماسي", "inghimasi"),
            ("Inghimasi", "inghimasi"),
            ("طباخ", "other"),
            ("cook", "other"),
        ],
    );
}

#[test]
fn countries_travelled_are_a_list_without_their_stays() {
    check(
        Key::Travelled,
        &[
            ("مصر، فرنسا", "EG;FR"),
            ("Libya (2 months), then Turkey", "LY;TR"),
            ("تركيا ٣ أشهر ثم العراق", "TR;IQ"),
            ("Egypt, Egypt", "EG"),
            ("لا يوجد", "none"),
            ("sample", ""),
        ],
    );
}

/// However a place is spelled, and whatever word for a crossing stands beside it, it is one place.
#[test]
fn spellings_of_an_entry_point_meet_one_place() {
    for (place, spellings) in [
        (
            "Jarabulus",
            "جرابلس|جرابلوس|معبر جرابلس|Jarablus|Jarabulus crossing|Jarābulus|Djarabulus|Джараблус|из Джараблуса|Grenzübergang Jarabulus",
        ),
        (
            "Tal Abyad",
            "تل أبيض|تل ابيض|تل الأبيض|منفذ تل أبيض|Tell Abiad|Tal-Abyad|Tall Abyad|Tel Abyad sınır kapısı|Тель-Абьяд|via Tal Abyad",
        ),
        ("Azaz", "اعزاز|إعزاز|عزاز|A'zāz|Azaz gate|Ezaz|Азаз"),
        (
            "Bab al-Salama",
            "باب السلامة|معبر باب السلامه|Bab al-Salameh|Bab as-Salam|Öncüpınar|Баб эс-Салама",
        ),
        ("Bab al-Hawa", "باب الهوى|باب الهوا|Bab el Hawa|Bab al-Hawa border crossing|Cilvegözü"),
        ("al-Rai", "الراعي|قرية الراعي|Al-Ra'i|Çobanbey"),
        ("Atma", "أطمة|اطمه|Atmeh|قرية أطمة"),
        ("al-Bukamal", "البوكمال|Abu Kamal|Al-Bukamal"),
        ("Qamishli", "القامشلي|Kamishli|al-Qamishli|قامشلو"),
        ("Akçakale", "Akcakale|أقجة قلعة|Акчакале"),
    ] {
        let spellings: Vec<&str> = spellings.split('|').collect();
        check(Key::EntryPoint, &spellings.iter().map(|s| (*s, place)).collect::<Vec<_>>());
    }
    check(Key::EntryPoint, &[("Sample Hill", "Sample Hill")]);
}

#[test]
fn the_word_none_is_an_answer() {
    for key in [Key::Recommender, Key::Facilitator, Key::PriorJihad, Key::Deposits, Key::Contact] {
        check(key, &[("لا يوجد", "none"), ("none", "none"), ("néant", "none"), ("нет", "none")]);
    }
}

#[test]
fn a_phone_is_international_as_written_or_as_assumed() {
    check(
        Key::Contact,
        &[
            ("+٩٩٩ ١٧٤ ٨٤٨ ٧٩٠", "+999174848790"),
            ("00999174848790", "+999174848790"),
            ("mother +999 174 848 790 / +999 411 159 687", "+999174848790;+999411159687"),
            ("01 99 00 12 34", "0199001234"),
            ("sample@example.org", "sample@example.org"),
            ("Sample Street 5", "Sample Street 5"),
        ],
    );
    for (key, written) in [
        (Key::Residence, "France, Sample"),
        (Key::Nationality, "French"),
        (Key::Nationality, "فرنسي"),
    ] {
        let form = form(&[
            (Key::FullName, "Sample Person"),
            (key, written),
            (Key::Contact, "01 99 00 12 34"),
        ]);
        let contact = &form.fields[&Key::Contact];
        assert_eq!(contact.written.as_deref(), Some("01 99 00 12 34"));
        assert_eq!(contact.normalized.as_deref(), Some("+33199001234"), "{written}");
        assert_eq!(contact.detail.assumed.as_deref(), Some("FR"), "{written}");
    }
    // The place where the phone is goes before the passport, and a number of no plan stays as it is.
    let both = |residence, phone| {
        form(&[
            (Key::FullName, "Sample Person"),
            (Key::Nationality, "Tunisian"),
            (Key::Residence, residence),
            (Key::Contact, phone),
        ])
    };
    let form = both("France, Sample", "01 99 00 12 34");
    assert_eq!(form.normalized(Key::Contact), Some("+33199001234"));
    let form = both("France, Sample", "0000000");
    assert_eq!(form.normalized(Key::Contact), Some("0000000"));
    assert_eq!(form.fields[&Key::Contact].detail.assumed, None);
}

/// What a value leaves open stands on the form's entity, so that a case shows it.
#[test]
fn what_is_open_is_stated_of_the_form() {
    let form = form(&[
        (Key::FullName, "Sample Person"),
        (Key::BirthDate, "31/02/1990"),
        (Key::Nationality, "French"),
        (Key::EntryDate, "10 محرم 1435 هـ"),
        (Key::DeathDate, "3/4/2014"),
        (Key::Contact, "01 99 00 12 34"),
    ]);
    let statements = form.to_statements(&document(), &DatasetName::from("stick"));
    let told: Vec<String> = statements
        .iter()
        .filter(|s| ["interval", "reading", "assumed", "flaw"].contains(&&*s.prop))
        .map(|s| format!("{} {} = {}", s.schema, s.prop, s.value))
        .collect();
    assert_eq!(
        told,
        [
            "Form flaw = birth_date: impossible_date",
            "Form interval = entry_date: 2013-11-13/2013-11-14",
            "Form assumed = contact: FR",
            "Form reading = death_date: 2014-03-04",
        ]
    );
}
