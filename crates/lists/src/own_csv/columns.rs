//! Headings of columns, in the languages and spellings users write them, and what they stand for.
//!
//! A target is an FtM property of a person, or one of the words below. `--map COLUMN=TARGET` takes
//! the same words, so whatever a heading is guessed to be can be said by hand.
//!
//! | target | meaning |
//! |---|---|
//! | `id`, `schema` | the id of the row; `Person` or another kind |
//! | `name:ara`, `alias:rus`, … | a name in a language (ISO 639-3) |
//! | `status` | the list's own status (`active`, `deceased`): never a verdict here |
//! | `program`, `reason`, `listingDate`, `authority` | properties of the sanction |
//! | `ignore` | the column is left out |

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// An FtM property, or one of the words of the table above.
    pub(super) prop: String,
    /// ISO 639-3 code of the language, if the heading names one.
    pub(super) lang: Option<String>,
}

/// Headings by target, folded as by [`fold`]. From lists and registers in these languages as they
/// are commonly headed; chosen by hand.
const HEADINGS: [(&str, &[&str]); 36] = [
    (
        "id",
        &[
            "id",
            "uid",
            "unique id",
            "entity id",
            "record id",
            "ref",
            "reference",
            "no",
            "nr",
            "number",
            "reference number",
            "№",
            "n°",
            "номер",
            "ид",
            "идентификатор",
            "identifiant",
            "numéro",
            "identificador",
            "الرقم",
            "رقم",
            "المعرف",
            "معرف",
            "sira no",
            "kennung",
        ],
    ),
    (
        "name",
        &[
            "name",
            "full name",
            "fullname",
            "names",
            "person",
            "person name",
            "whole name",
            "primary name",
            "name original script",
            "original script",
            "name non latin script",
            "имя",
            "фио",
            "ф и о",
            "полное имя",
            "имя и фамилия",
            "фамилия имя отчество",
            "nom",
            "nom complet",
            "nom et prénom",
            "nom et prénoms",
            "nombre",
            "nombre completo",
            "isim",
            "ad soyad",
            "vollständiger name",
            "الاسم",
            "اسم",
            "الاسم الكامل",
            "الاسم الثلاثي",
            "الاسم الرباعي",
            "نام",
            "نام کامل",
        ],
    ),
    (
        "alias",
        &[
            "alias",
            "aliases",
            "aka",
            "a k a",
            "also known as",
            "other names",
            "other name",
            "alternative names",
            "alternative name",
            "alt names",
            "known as",
            "псевдоним",
            "псевдонимы",
            "другие имена",
            "также известен как",
            "autres noms",
            "autre nom",
            "alias connus",
            "otros nombres",
            "الأسماء المستعارة",
            "الاسم المستعار",
            "أسماء أخرى",
            "الاسماء الاخرى",
            "نام مستعار",
        ],
    ),
    (
        "weakAlias",
        &[
            "weakalias",
            "weak alias",
            "weak aliases",
            "kunya",
            "kunyah",
            "kunia",
            "nickname",
            "nicknames",
            "nom de guerre",
            "laqab",
            "кунья",
            "прозвище",
            "surnom",
            "kounya",
            "apodo",
            "الكنية",
            "كنية",
            "لقب حربي",
        ],
    ),
    (
        "previousName",
        &[
            "previousname",
            "previous name",
            "former name",
            "fka",
            "f k a",
            "прежнее имя",
            "ancien nom",
        ],
    ),
    (
        "firstName",
        &[
            "firstname",
            "first name",
            "given name",
            "given names",
            "forename",
            "forenames",
            "prénom",
            "prénoms",
            "الاسم الأول",
            "имя личное",
            "vorname",
        ],
    ),
    ("secondName", &["secondname", "middle name", "middle names", "second name", "الاسم الثاني"]),
    (
        "lastName",
        &[
            "lastname",
            "last name",
            "surname",
            "family name",
            "фамилия",
            "nom de famille",
            "apellido",
            "apellidos",
            "nachname",
            "soyad",
            "اسم العائلة",
            "العائلة",
            "اللقب",
        ],
    ),
    (
        "fatherName",
        &[
            "fathername",
            "father name",
            "father's name",
            "fathers name",
            "father",
            "отчество",
            "имя отца",
            "nom du père",
            "اسم الأب",
            "اسم الاب",
        ],
    ),
    (
        "motherName",
        &[
            "mothername",
            "mother name",
            "mother's name",
            "mothers name",
            "mother",
            "имя матери",
            "nom de la mère",
            "اسم الأم",
            "اسم الام",
        ],
    ),
    (
        "birthDate",
        &[
            "birthdate",
            "birth date",
            "dob",
            "d o b",
            "date of birth",
            "dates of birth",
            "birth dates",
            "born",
            "year of birth",
            "birth year",
            "yob",
            "дата рождения",
            "год рождения",
            "д р",
            "date de naissance",
            "né le",
            "née le",
            "né(e) le",
            "année de naissance",
            "fecha de nacimiento",
            "geburtsdatum",
            "doğum tarihi",
            "تاريخ الميلاد",
            "تاريخ الولادة",
            "المواليد",
            "سنة الميلاد",
            "تاريخ تولد",
        ],
    ),
    (
        "birthPlace",
        &[
            "birthplace",
            "birth place",
            "pob",
            "place of birth",
            "место рождения",
            "lieu de naissance",
            "lugar de nacimiento",
            "مكان الولادة",
            "مكان الميلاد",
            "محل الولادة",
        ],
    ),
    (
        "deathDate",
        &[
            "deathdate",
            "death date",
            "date of death",
            "дата смерти",
            "date de décès",
            "تاريخ الوفاة",
        ],
    ),
    (
        "nationality",
        &[
            "nationality",
            "nationalities",
            "национальность",
            "nationalité",
            "nacionalidad",
            "nationalität",
            "الجنسية",
            "جنسية",
            "تابعیت",
            "uyruk",
        ],
    ),
    ("citizenship", &["citizenship", "citizenships", "гражданство", "citoyenneté"]),
    ("country", &["country", "countries", "страна", "pays", "país", "land", "البلد", "الدولة"]),
    ("gender", &["gender", "sex", "пол", "sexe", "genre", "sexo", "الجنس", "النوع الاجتماعي"]),
    ("ethnicity", &["ethnicity"]),
    ("title", &["title", "titles", "титул", "titre"]),
    (
        "position",
        &[
            "position",
            "positions",
            "job title",
            "designation",
            "function",
            "должность",
            "fonction",
            "cargo",
            "المنصب",
            "الوظيفة",
        ],
    ),
    ("profession", &["occupation", "profession", "профессия", "المهنة"]),
    (
        "address",
        &[
            "address",
            "addresses",
            "residence",
            "адрес",
            "adresse",
            "dirección",
            "العنوان",
            "عنوان",
            "مكان الإقامة",
        ],
    ),
    (
        "passportNumber",
        &[
            "passportnumber",
            "passport",
            "passports",
            "passport no",
            "passport number",
            "паспорт",
            "номер паспорта",
            "passeport",
            "numéro de passeport",
            "pasaporte",
            "رقم الجواز",
            "رقم جواز السفر",
            "جواز السفر",
        ],
    ),
    (
        "idNumber",
        &[
            "idnumber",
            "id number",
            "id no",
            "national id",
            "national id no",
            "national number",
            "identity number",
            "identifiers",
            "numéro d'identité",
            "номер документа",
            "رقم الهوية",
            "الرقم الوطني",
        ],
    ),
    ("taxNumber", &["taxnumber", "tax number", "tax id", "инн"]),
    ("registrationNumber", &["registrationnumber", "registration number", "огрн"]),
    (
        "phone",
        &[
            "phone",
            "phones",
            "telephone",
            "phone number",
            "телефон",
            "téléphone",
            "الهاتف",
            "رقم الهاتف",
        ],
    ),
    ("email", &["email", "emails", "e mail", "البريد الإلكتروني"]),
    ("website", &["website", "web site"]),
    ("sourceUrl", &["sourceurl", "source url", "url", "link"]),
    ("topics", &["topics"]),
    (
        "program",
        &[
            "program",
            "programme",
            "programs",
            "list",
            "list name",
            "sanctions list",
            "regime",
            "programkey",
            "список",
            "liste",
            "lista",
            "القائمة",
            "قائمة",
        ],
    ),
    (
        "listingDate",
        &[
            "listingdate",
            "listed on",
            "listing date",
            "date listed",
            "designation date",
            "startdate",
            "дата включения",
            "date d'inscription",
            "تاريخ الإدراج",
        ],
    ),
    ("reason", &["reason", "reasons", "statement of reasons", "основание", "motif", "السبب"]),
    ("status", &["status", "life status", "статус", "statut", "estado", "الحالة"]),
    (
        "notes",
        &[
            "notes",
            "note",
            "remarks",
            "remark",
            "comments",
            "comment",
            "other information",
            "additional information",
            "info",
            "description",
            "примечание",
            "примечания",
            "комментарий",
            "remarques",
            "observations",
            "notas",
            "bemerkung",
            "ملاحظات",
            "ملاحظة",
            "معلومات إضافية",
        ],
    ),
];

/// Headings of the kind of subject; `type` alone would be too common a word to count as a target
/// of the table above in recognition.
const SCHEMA_HEADINGS: [&str; 8] =
    ["schema", "type", "entity type", "subject type", "kind", "тип", "النوع", "type d'entité"];

/// Properties of FtM that tables in its terms have as headings, letter by letter.
const PROPERTIES: [&str; 22] = [
    "abbreviation",
    "appearance",
    "birthCountry",
    "callSign",
    "education",
    "flag",
    "imoNumber",
    "incorporationDate",
    "innCode",
    "jurisdiction",
    "kppCode",
    "legalForm",
    "leiCode",
    "mmsi",
    "ogrnCode",
    "okpoCode",
    "political",
    "religion",
    "sector",
    "spokenLanguage",
    "swiftBic",
    "wikidataId",
];

/// Languages as headings name them, with ISO 639-3 codes.
const LANGUAGES: [(&str, &[&str]); 13] = [
    ("ara", &["ar", "ara", "arabic", "арабский", "arabe", "بالعربية", "عربي", "العربية"]),
    ("rus", &["ru", "rus", "russian", "русский", "russe", "по русски", "بالروسية"]),
    (
        "eng",
        &["en", "eng", "english", "английский", "anglais", "بالإنجليزية", "بالانجليزية", "latin"],
    ),
    ("fra", &["fr", "fra", "fre", "french", "français", "بالفرنسية"]),
    ("fas", &["fa", "fas", "per", "persian", "farsi", "فارسی"]),
    ("urd", &["ur", "urd", "urdu"]),
    ("tur", &["tr", "tur", "turkish", "türkçe"]),
    ("ukr", &["uk", "ukr", "ukrainian"]),
    ("heb", &["he", "heb", "hebrew"]),
    ("zho", &["zh", "zho", "chinese"]),
    ("deu", &["de", "deu", "german", "deutsch"]),
    ("spa", &["es", "spa", "spanish", "español"]),
    ("kur", &["ku", "kur", "kurdish"]),
];

/// What a heading stands for, if it is known.
pub(super) fn target_of(heading: &str) -> Option<Target> {
    let folded = fold(heading);
    let property = PROPERTIES.iter().find(|property| **property == heading.trim());
    if let Some(prop) = known(&folded).or(property.copied()) {
        return Some(Target { prop: prop.to_owned(), lang: None });
    }
    // A heading in one language may hold names in another: `name_ar`, `Arabic name`.
    for (code, words) in LANGUAGES {
        for word in words {
            let rest = folded
                .strip_suffix(word)
                .and_then(|rest| rest.strip_suffix(' '))
                .or_else(|| folded.strip_prefix(word)?.strip_prefix(' '));
            if let Some(prop @ ("name" | "alias" | "weakAlias")) = rest.and_then(known) {
                return Some(Target { prop: prop.to_owned(), lang: Some(code.to_owned()) });
            }
        }
    }
    None
}

/// The target a user gave by hand: a word of the table, a property, either with `:lang`.
pub(super) fn parse_target(text: &str) -> Target {
    let (prop, lang) = match text.trim().split_once(':') {
        Some((prop, lang)) => (prop, Some(lang.trim().to_owned())),
        None => (text.trim(), None),
    };
    Target { prop: prop.trim().to_owned(), lang }
}

fn known(folded: &str) -> Option<&'static str> {
    if SCHEMA_HEADINGS.contains(&folded) {
        return Some("schema");
    }
    HEADINGS.iter().find(|(_, headings)| headings.contains(&folded)).map(|(prop, _)| *prop)
}

/// A heading without the accidents of writing: case, underscores, dots, brackets, blanks.
pub(super) fn fold(heading: &str) -> String {
    let spaced: String = heading
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '\u{2019}' => '\'',
            '_' | '-' | '.' | ':' | '(' | ')' | '/' | '*' | '"' | '\u{FEFF}' => ' ',
            c => c,
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(heading: &str, expected: Option<&str>) {
        let found = target_of(heading).map(|t| match t.lang {
            Some(lang) => format!("{}:{lang}", t.prop),
            None => t.prop,
        });
        assert_eq!(found.as_deref(), expected, "{heading}");
    }

    #[test]
    fn headings_are_known_in_several_languages_and_spellings() {
        check("Date of Birth", Some("birthDate"));
        check("birthDate", Some("birthDate"));
        check("D.O.B.", Some("birthDate"));
        check("ФИО", Some("name"));
        check("Nom et prénom", Some("name"));
        check("الاسم الكامل", Some("name"));
        check("name_ar", Some("name:ara"));
        check("Arabic name", Some("name:ara"));
        check("Name (Russian)", Some("name:rus"));
        check("الاسم بالعربية", Some("name:ara"));
        check("Type", Some("schema"));
        check("shoe size", None);
    }

    #[test]
    fn no_heading_stands_for_two_things() {
        let mut all: Vec<&str> =
            HEADINGS.iter().flat_map(|(_, h)| h.iter().copied()).chain(SCHEMA_HEADINGS).collect();
        assert!(all.iter().all(|heading| fold(heading) == *heading || heading.contains('(')));
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
