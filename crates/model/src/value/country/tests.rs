//! Countries: words in six languages, lists, misread letters, and the data file itself.

use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: &str) {
    let codes: Vec<String> = find_countries(text).iter().map(Country::to_string).collect();
    assert_eq!(codes.join(" "), expected, "for {text:?}");
}

#[test]
fn demonyms_in_six_languages() {
    for text in [
        "سعودي",
        "سعودية",
        "السعودية",
        "السعوديه",
        "saoudienne",
        "Saudi",
        "саудовец",
        "Suudi",
        "سعودي الجنسية",
    ] {
        assert_eq!(parse_country(text).map(|c| c.to_string()).as_deref(), Some("SA"), "{text}");
    }
    for text in
        ["россиянин", "российская", "روسي", "Russin", "russe", "Rus", "РФ", "شيشاني", "داغستاني"]
    {
        assert_eq!(parse_country(text).map(|c| c.to_string()).as_deref(), Some("RU"), "{text}");
    }
}

#[test]
fn lists_and_running_text() {
    check("مصر، فرنسا", "EG FR");
    check("ليبيا و تركيا", "LY TR");
    check("تركيا وفرنسا", "TR FR");
    check("Libya, then Turkey (2 months)", "LY TR");
    check("Russia, Germany", "RU DE");
    check("TN; FR", "TN FR");
    check("Saudi Arabia - Riyadh", "SA");
    check("السعودية - الرياض", "SA");
    check("yes - Libya", "LY");
    check("none", "");
    check("NO", "");
    check("no", "");
    check("non", "");
    check("لا يوجد", "");
    check("", "");
}

#[test]
fn former_countries_and_other_codes() {
    for (text, code, ftm) in [
        ("USSR", "SU", "suhh"),
        ("يوغوسلافيا", "YU", "yucs"),
        ("Serbia and Montenegro", "CS", "csxx"),
        ("Palestinian", "PS", "ps"),
        ("Kosovo", "XK", "xk"),
        ("Чехословакия", "XC", "cshh"),
    ] {
        let country = parse_country(text).unwrap();
        assert_eq!((country.code(), country.to_ftm().as_str()), (code, ftm), "{text}");
        assert_eq!(Country::from_code(ftm), Some(country));
    }
}

#[test]
fn misread_letters() {
    for (text, code) in [("Germanv", "DE"), ("نونسي", "TN"), ("مغريي", "MA"), ("Uzbekistam", "UZ")]
    {
        let found = parse_country_fuzzy(text).map(|(country, _)| country.to_string());
        assert_eq!(found.as_deref(), Some(code), "{text}");
    }
    // Equally near to Iran and Iraq.
    assert_eq!(parse_country_fuzzy("Irax"), None);
}

#[test]
fn the_data_file_is_sound() {
    let mut owners: BTreeMap<String, &str> = BTreeMap::new();
    let mut codes = Vec::new();
    for line in DATA[0].lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        assert_eq!(columns.len(), 8, "{line}");
        codes.push(columns[0]);
        for (column, language) in columns[2..].iter().zip(Language::ALL) {
            for word in column.split('|').filter(|word| !word.is_empty()) {
                let bare = word.trim_start_matches('!');
                let mut forms = vec![drop_articles(&fold_words(bare)), fold_words(bare)];
                if bare.len() == word.len() {
                    forms.extend(language.forms(&fold_words(bare)));
                    forms.extend(language.demonyms(&fold_words(bare)));
                }
                for form in forms {
                    let owner = owners.entry(form.clone()).or_insert(columns[0]);
                    assert_eq!(*owner, columns[0], "{form} ({word}) has two countries");
                }
            }
        }
    }
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted, "lines in order of code, each once");
}

/// Nationalities of the synthetic caches, where they are at hand.
#[test]
fn nationalities_of_the_caches() {
    for cache in ["cache-a", "cache-b"] {
        let root = std::env::var("SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
        let Ok(text) =
            std::fs::read_to_string(format!("{root}/data/{cache}/truth/documents.jsonl"))
        else {
            println!("{cache} is not at hand: nothing checked");
            continue;
        };
        let mut wrong = std::collections::BTreeSet::new();
        for line in text.lines() {
            let document: serde_json::Value = serde_json::from_str(line).unwrap();
            for record in document["records"].as_array().into_iter().flatten() {
                for key in ["nationality", "travelled", "residence"] {
                    let field = &record["fields"][key];
                    let (Some(written), Some(norm)) =
                        (field["written"].as_str(), field["norm"].as_str())
                    else {
                        continue;
                    };
                    let found: Vec<String> =
                        find_countries(written).iter().map(Country::to_string).collect();
                    let right = match key {
                        "residence" => found.len() == 1,
                        _ => found.join(";") == norm || (norm == "none" && found.is_empty()),
                    };
                    if !right {
                        wrong.insert(format!("{key}: {written} is {norm}, read {found:?}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,60}") {
        parse_country(&text);
        find_countries(&text);
        parse_country_fuzzy(&text);
    }
}

/// Every country of ISO 3166-1 by every name that CLDR gives it in each of the six languages.
#[test]
fn every_name_of_cldr_reads_as_its_country() {
    let mut wrong = Vec::new();
    let lines = DATA[1].lines().filter(|line| !line.starts_with('#'));
    for columns in lines.map(|line| line.split('\t').collect::<Vec<_>>()) {
        for name in columns[2..].iter().flat_map(|column| column.split('|')) {
            let read = parse_country(name).map(|country| country.to_string());
            if read.as_deref() != Some(columns[0]) {
                wrong.push(format!("{name} is {}, read {read:?}", columns[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Antarctica and the islands without people are among them; former countries are not.
    let former = ["SU", "YU", "CS", "DD", "XC"];
    let current = |code: &&&str| code.len() == 2 && !former.contains(code);
    assert_eq!(TABLE.codes.keys().filter(current).count(), 250, "249 of ISO 3166-1, and Kosovo");
}

#[test]
fn demonyms_follow_from_names_where_a_language_is_regular() {
    for (text, code) in [
        ("غاني", "GH"),
        ("سلوفينية", "SI"),
        ("تشادي", "TD"),
        ("بالاوي", "PW"),
        ("Ganalı", "GH"),
        ("Çadlı", "TD"),
        ("Kosta Rikalı", "CR"),
        ("Perulu", "PE"),
        ("Liechtensteinlı", "LI"),
    ] {
        let read = parse_country(text).map(|c| c.to_string());
        assert_eq!(read.as_deref(), Some(code), "{text}");
    }
}

#[test]
fn every_code_and_name_reads_back() {
    for (code, country) in &TABLE.codes {
        assert_eq!(parse_country(code), Some(*country), "{code}");
        assert_eq!(parse_country(country.name()), Some(*country), "{}", country.name());
        assert_eq!(Country::from_code(&country.to_ftm()), Some(*country));
    }
}
