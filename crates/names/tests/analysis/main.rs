//! What analysis makes of names, part by part, by families of names. All names are fictional.

mod arabic;
mod asia;
mod europe;
mod joined;
mod organizations;
mod titles;
mod writing;

use expect_test::{Expect, expect};
use names::{Engine, Kind, Rarity};

#[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
fn check(text: &str, kind: Kind, expected: Expect) {
    let name = Engine::bundled().prepare(text, kind);
    let lines: Vec<String> = name
        .parts()
        .iter()
        .map(|p| format!("{} [{}] {}: {}\n", p.text(), p.latin(), p.tag().as_str(), p.reason()))
        .collect();
    expected.assert_eq(&lines.concat());
}

/// One line for each name: the parts as written, their cores where these differ, and their tags.
#[expect(clippy::needless_pass_by_value, reason = "expectations are written at the call")]
fn check_tags(kind: Kind, texts: &[&str], expected: Expect) {
    let lines: Vec<String> = texts.iter().map(|text| tags(text, kind)).collect();
    expected.assert_eq(&lines.concat());
}

fn tags(text: &str, kind: Kind) -> String {
    let name = Engine::bundled().prepare(text, kind);
    let parts: Vec<String> = name
        .parts()
        .iter()
        .map(|part| {
            let core = part.folded();
            let core = if core == part.text() { String::new() } else { format!(" ({core})") };
            format!("{}{core}: {}", part.text(), part.tag().as_str())
        })
        .collect();
    format!("{}\n", parts.join(" | "))
}

#[test]
fn latin_spelling_of_an_arabic_name() {
    check(
        "Sheikh Abu Hamid Abd al-Rahman bin Samir AL-ZARQUNI",
        Kind::Person,
        expect![[r"
        Sheikh [sheikh] honorific: title or form of address
        Abu Hamid [hamid] kunya: abu or umm before a name
        Abd al-Rahman [abdrahman] given: first of the names
        bin [bin] particle: links a name to that of the father
        Samir [samir] patronymic: after bin or ibn
        AL-ZARQUNI [zarquni] nisba: article before and final i: origin, tribe or trade
    "]],
    );
}

#[test]
fn arabic_script() {
    check(
        "الشيخ أبو حامد عبدالرحمن بن سمير الزرقوني",
        Kind::Person,
        expect![[r"
        الشيخ [alshykh] honorific: title or form of address
        أبو حامد [hamd] kunya: abu or umm before a name
        عبدالرحمن [abdrhmn] given: first of the names
        بن [bn] particle: links a name to that of the father
        سمير [smyr] patronymic: after bin or ibn
        الزرقوني [zrqwni] nisba: article before and final i: origin, tribe or trade
    "]],
    );
}

#[test]
fn comma_and_initial() {
    check(
        "Qandilov, Ruslan M. Jr.",
        Kind::Person,
        expect![[r"
        Qandilov [qandilov] family: stands before the comma
        Ruslan [ruslan] given: first of the names
        M [m] initial: a single letter
        Jr [jr] suffix: suffix of generation or degree
    "]],
    );
}

#[test]
fn company() {
    check(
        "Qandil Trading Co. Ltd No. 7",
        Kind::Organization,
        expect![[r"
            Qandil [qandil] unknown: word of the name
            Trading [trading] class word: kind of organization
            Co [company] class word: kind of organization
            Ltd [ltd] legal form: legal form
            No [no] particle: before a number
            7 [7] number: digits
        "]],
    );
}

fn score(left: &str, right: &str) -> f32 {
    let engine = Engine::bundled();
    let (left, right) = (engine.prepare(left, Kind::Person), engine.prepare(right, Kind::Person));
    engine.score(&left, &right, Rarity::bundled())
}

#[test]
fn spellings_of_one_name_score_above_other_names() {
    for (left, right, other) in [
        ("Abd al-Karim Qandil", "عبدالكريم قنديل", "عبدالرحيم قنديل"),
        ("Abdelkarim Kandil", "Abd al-Karim Qandil", "Abdelaziz Mandil"),
        ("Nur al-Din Samarin", "Nooruddin Samareen", "Badr al-Din Samarin"),
        ("Ruslan Okunevsky", "Руслан Окуневский", "Руслан Окулов"),
        ("Abu Tariq al-Zarquni", "أبو طارق الزرقوني", "أبو طارق البصروني"),
        ("Samir Qandil Mansur", "Mansur, Samir Qandil", "Samir Tandil Nassur"),
    ] {
        let (same, different) = (score(left, right), score(left, other));
        assert!(same > different, "{left} / {right}: {same}, {other}: {different}");
        assert!(same > 0.7, "{left} / {right}: {same}");
    }
}

#[test]
fn the_same_kunya_with_another_nisba_is_another_name() {
    let other = score("Abu Tariq al-Zarquni", "Abu Tariq al-Basruni");
    assert!(other < 0.5, "{other}");
}
