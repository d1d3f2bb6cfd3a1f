//! Teaching a layout, as a user does: learn from one page, read the others, keep it in a case.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use std::path::Path;

use support::{crossroll, sandbox};

const LABELS: [&str; 6] = ["Zorbitan", "Velk mun", "Drunosh", "Kaspel", "Hurra ni", "Tolv"];

/// Pages of a layout in no language, one person each.
fn write_pages(folder: &Path) {
    let people = [
        ["Quillon Testerby", "Abu Sample al-Masri", "12.03.1991", "baker", "Nowhere 4", "a watch"],
        ["Idris Placeholder", "Abu Proba al-Libi", "27.11.1988", "smith", "Empty St 2", "two bags"],
        ["Jonas Niemand", "Abu Misal al-Iraqi", "01.02.1993", "tailor", "Void Rd 9", "a phone"],
        ["Sami Nowhere", "Abu Muster al-Urduni", "05.06.1990", "cook", "Blank Sq 1", "a ring"],
    ];
    for (n, person) in people.iter().enumerate() {
        let rows: Vec<String> =
            LABELS.iter().zip(person).map(|(l, a)| format!("{l}: {a}\n")).collect();
        std::fs::write(folder.join(format!("page{n}.txt")), rows.concat()).unwrap();
    }
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_layout_is_offered_taught_and_read() {
    let sandbox = sandbox();
    let pages = sandbox.path().join("pages");
    std::fs::create_dir(&pages).unwrap();
    write_pages(&pages);
    let pages = pages.to_str().unwrap();

    let unknown = crossroll(&["template", "unknown", pages]);
    assert_eq!(unknown.stdout, "4\tpage0.txt\tZorbitan | Velk mun | Drunosh | Kaspel …\n");
    let read = crossroll(&["read", pages]);
    // Each is told to be of no known layout, with nothing read of it.
    let unknown: Vec<serde_json::Value> =
        read.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(unknown.len(), 4);
    assert_eq!(unknown[0]["template"], "unknown");
    assert!(unknown[0]["fields"].as_object().unwrap().values().all(serde_json::Value::is_null));
    assert!(read.stderr.contains("0 records; 4 pages of unknown layout"), "{}", read.stderr);
    assert!(read.stderr.contains("of a layout that nothing tells"), "{}", read.stderr);
    assert!(read.stderr.contains("hint: 4 pages share a layout that no template knows"));

    let example = format!("{pages}/page0.txt");
    let marks = path(sandbox.path(), "marks.csv");
    std::fs::write(&marks, "key,text\nkunya,Abu Sample al-Masri\nbirth_date,12.03.1991\n").unwrap();
    let out = path(sandbox.path(), "zorb.toml");
    let mark = "full_name=Quillon Testerby";
    let learnt = crossroll(&[
        "template", "learn", &example, "--mark", mark, "--marks", &marks, "--name", "zorb",
        "--out", &out,
    ]);
    assert_eq!(learnt.code, 0, "{}", learnt.stderr);
    assert!(learnt.stderr.contains("zorb: 6 labels, 3 of them with a key; answers stand same"));

    let read = crossroll(&["read", pages, "--template", &out]);
    let records: Vec<serde_json::Value> =
        read.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), 4);
    assert_eq!(records[1]["template"], "zorb");
    assert_eq!(records[1]["fields"]["full_name"], "Idris Placeholder");
    assert_eq!(records[1]["normalized"]["birth_date"], "1988-11-27");
    assert_eq!(records[1]["states"]["birth_date"], "stated");
    assert_eq!(records[1]["states"]["blood_type"], "not_on_form");
}

#[test]
fn a_case_keeps_templates_and_reads_again_with_a_new_one() {
    let sandbox = sandbox();
    let pages = sandbox.path().join("pages");
    std::fs::create_dir(&pages).unwrap();
    write_pages(&pages);
    let case = path(sandbox.path(), "case");
    crossroll(&["new", &case]);
    crossroll(&["add", &case, pages.to_str().unwrap()]);
    let run = crossroll(&["run", &case]);
    assert!(run.stdout.contains("4 documents read for forms, 0 records"), "{}", run.stdout);
    assert!(run.stderr.contains("4 pages share a layout"), "{}", run.stderr);
    let documents = || crossroll(&["documents", &case, "--json"]).stdout;
    assert_eq!(documents().matches(r#""template":"unknown""#).count(), 4, "{}", documents());
    let unknown = crossroll(&["template", "unknown", &case]);
    assert!(unknown.stdout.starts_with("4\tpage0.txt\t"), "{}", unknown.stdout);

    let out = path(sandbox.path(), "zorb.toml");
    let example = format!("{}/page1.txt", pages.to_str().unwrap());
    let mark = "full_name=Idris Placeholder";
    crossroll(&["template", "learn", &example, "--mark", mark, "--name", "zorb", "--out", &out]);
    let added = crossroll(&["template", "add", &case, &out]);
    assert_eq!(added.code, 0, "{}", added.stderr);
    let listed = crossroll(&["template", "list", &case]);
    assert!(listed.stdout.starts_with("zorb: 6 labels, 1 of them with a key"), "{}", listed.stdout);
    let shown = crossroll(&["template", "show", &case, "zorb"]);
    assert_eq!(shown.stdout, std::fs::read_to_string(&out).unwrap());
    let run = crossroll(&["run", &case]);
    assert!(run.stdout.contains("4 documents read for forms, 4 records"), "{}", run.stdout);
    let again = crossroll(&["run", &case]);
    assert!(again.stdout.contains("0 documents read for forms, 4 records"), "{}", again.stdout);
    assert_eq!(crossroll(&["template", "unknown", &case]).stdout, "");
}

#[test]
fn mistakes_say_what_is_wrong() {
    let sandbox = sandbox();
    write_pages(sandbox.path());
    let example = path(sandbox.path(), "page0.txt");
    let learn = |mark: &str| crossroll(&["template", "learn", &example, "--mark", mark]);
    let unknown_key = learn("shoe_size=44");
    assert_eq!(unknown_key.code, 1);
    assert!(unknown_key.stderr.contains("no key is called"), "{}", unknown_key.stderr);
    let nowhere = learn("full_name=Someone Else");
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.stderr.contains("stands nowhere in the example"), "{}", nowhere.stderr);
    let broken = path(sandbox.path(), "broken.toml");
    std::fs::write(&broken, "version = 1").unwrap();
    let read = crossroll(&["read", &example, "--template", &broken]);
    assert_eq!(read.code, 1);
    assert!(read.stderr.contains("hint: mend the file"), "{}", read.stderr);
}
