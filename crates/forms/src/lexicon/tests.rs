use expect_test::{Expect, expect};

use super::*;

fn check(label: &str, expected: &Expect) {
    let label = strip_number(label);
    let matches = lexicon().matches(&label.text);
    let lines: Vec<String> =
        matches.iter().take(2).map(|m| format!("{:.2} {:?}", m.score, m.target)).collect();
    expected.assert_eq(&lines.join("; "));
}

fn best(label: &str) -> Option<Target> {
    let matches = lexicon().matches(&strip_number(label).text);
    matches.first().filter(|m| m.score >= 0.5).map(|m| m.target)
}

#[test]
fn every_head_of_the_data_names_a_target() {
    for line in LABELS.lines().filter(|l| l.starts_with('[')) {
        let head = line.trim_start_matches('[').trim_end_matches(']');
        assert!(parse_head(head, &mut Vec::new()).is_some(), "{line}");
    }
    for key in Key::ALL {
        assert!(lexicon().phrases.iter().any(|p| p.target == Target::One(key)), "{key}");
    }
}

#[test]
fn no_wording_stands_for_two_targets() {
    let twice: Vec<String> = lexicon()
        .phrases
        .iter()
        .filter_map(|p| {
            let text: String = p.compact.iter().collect();
            let first = lexicon().exact[&text];
            (first != p.target).then(|| format!("{text}: {first:?} and {:?}", p.target))
        })
        .collect();
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn numbers_come_off() {
    let strip = |text: &str| {
        let label = strip_number(text);
        (label.number, label.text)
    };
    assert_eq!(strip("5. Date of birth:"), (Some(5), "Date of birth".to_owned()));
    assert_eq!(strip("(٥) تاريخ الولادة"), (Some(5), "تاريخ الولادة".to_owned()));
    assert_eq!(strip("Question 12 – Crossing"), (Some(12), "Crossing".to_owned()));
    assert_eq!(strip("س3: اسم الأم"), (Some(3), "اسم الأم".to_owned()));
    assert_eq!(strip("الاسم .1"), (Some(1), "الاسم".to_owned()));
    assert_eq!(strip("Kunya"), (None, "Kunya".to_owned()));
    assert_eq!(strip("19/5/1992"), (None, "19/5/1992".to_owned()));
}

#[test]
fn wordings_that_are_not_in_the_data_are_told_by_their_words() {
    let mut wrong = Vec::new();
    for (label, key) in [
        ("7) Full name as it stands in the passport", Key::FullName),
        ("Q2: Kunya by which he is known", Key::Kunya),
        ("Name of the brother's mother", Key::MotherName),
        ("Blood group and Rh", Key::BloodType),
        ("ما هو تاريخ ميلاده", Key::BirthDate),
        ("كم عدد أولاده", Key::Children),
        ("المستوى الدراسي للأخ", Key::Education),
        ("Knowledge of religion (sharia)", Key::ShariaLevel),
        ("Job held before coming", Key::Occupation),
        ("Countries he has travelled through", Key::Travelled),
        ("Name of coordinator", Key::Facilitator),
        ("Who recommended him?", Key::Recommender),
        ("Date on which he arrived", Key::EntryDate),
        ("Предыдущий боевой опыт и где", Key::PriorJihad),
        ("Числится в подразделении", Key::Workplace),
        ("Things deposited for safekeeping", Key::Deposits),
        ("رقم هاتف أهل الأخ", Key::Contact),
        ("Lieu où il est mort", Key::DeathPlace),
        ("تاريخ وفاة الأخ", Key::DeathDate),
        ("Weitere Anmerkungen", Key::Notes),
    ] {
        if best(label) != Some(Target::One(key)) {
            wrong.push(format!("{label}: {:?}", lexicon().matches(&strip_number(label).text)));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn two_questions_in_one_label() {
    check(
        "14. Birth date / citizenship",
        &expect!["0.98 Two(BirthDate, Nationality); 0.97 One(BirthDate)"],
    );
    check(
        "Occupation and education",
        &expect!["0.98 Two(Education, Occupation); 0.89 One(Occupation)"],
    );
    check("المهنة والتعليم", &expect!["0.98 Two(Education, Occupation); 0.80 One(Occupation)"]);
    check("Name / الاسم", &expect!["0.97 One(FullName); 0.67 One(Kunya)"]);
}

#[test]
fn misread_labels_are_told_by_resemblance() {
    check("Bl00d typc", &expect!["0.47 One(BloodType); 0.39 One(Role)"]);
    check(
        "الحالة الاجتماعبة وعدد الاطفال",
        &expect!["0.96 Two(MaritalStatus, Children); 0.77 One(Children)"],
    );
    check("تاربخ الدحول", &expect!["0.80 One(EntryDate); 0.53 Else(8)"]);
    check("Dateofentry", &expect!["1.00 One(EntryDate)"]);
}

#[test]
fn words_of_no_question_match_nothing_well() {
    check("Something of their own", &expect!["0.57 One(Residence); 0.45 Else(1)"]);
    check("لون السيارة", &expect!["0.53 Else(7)"]);
}

#[test]
fn answers_are_no_labels() {
    for answer in ["أبو دجانة التونسي", "1992", "B+", "university", "نعم - ليبيا", "جرابلس"]
    {
        let found = lexicon().matches(answer);
        assert!(found.first().is_none_or(|m| m.score < 0.8), "{answer}: {found:?}");
    }
}

#[test]
fn a_speck_beside_a_label_is_no_label_of_its_own() {
    for label in ["ما هي مبنته قبل الجيء / م", "اسم الأم | ت", "Date of birth / n"]
    {
        assert!(matches!(best(label), Some(Target::One(_))), "{label}: {:?}", best(label));
    }
    assert!(matches!(best("م / no"), Some(Target::Else(_))));
}
