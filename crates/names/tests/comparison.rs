//! What comparison makes of pairs of names whose truth is plain. All names are fictional.

use names::{Engine, FeatureKind, Kind, Rarity};

fn score(left: &str, right: &str) -> f32 {
    let engine = Engine::bundled();
    let (left, right) = (engine.prepare(left, Kind::Person), engine.prepare(right, Kind::Person));
    engine.score(&left, &right, Rarity::bundled())
}

#[test]
fn spellings_of_one_name_meet_across_scripts() {
    for (left, right) in [
        ("Samir Qandil", "سمير قنديل"),
        ("Samir Qandil", "Самир Кандиль"),
        ("Самир Кандиль", "سمير قنديل"),
        ("Ruslan Okunev", "Руслан Окунев"),
        ("Hamid al-Zarquni", "حامد الزرقوني"),
        ("Hamid Elzarqouni", "حامد الزرقوني"),
        ("Noureddine Qandil", "نور الدين قنديل"),
        ("Mohamed Zarquni", "Muhammad Zarqouni"),
    ] {
        assert!(score(left, right) > 0.5, "{left} / {right}: {}", score(left, right));
    }
}

#[test]
fn other_names_do_not_meet() {
    for (left, right) in [
        ("Samir Qandil", "رسلان اوكونيف"),
        ("مروان قنديل", "مروان حمزة الزرقوني"),
        ("مروان قنديل", "Marwan Hamza al-Zarquni"),
        ("Samir Qandil", "Samir Zarquni"),
        ("سمير قنديل", "سمير زرقوني"),
        ("Руслан Окунев", "Руслан Ветролом"),
    ] {
        assert!(score(left, right) < 0.5, "{left} / {right}: {}", score(left, right));
    }
}

/// However many names of a chain two people share, another given name tells brothers apart; a
/// shorter name spelled otherwise stays nearer.
#[test]
fn brothers_stand_farther_apart_than_spellings() {
    let brothers =
        score("Samir Hamid Tawfiq Habil al-Zarquni", "Rashid Hamid Tawfiq Habil al-Zarquni");
    let spellings = score("Mohamed Qandil", "Muhammad Qandeel");
    assert!(brothers < spellings, "{brothers} {spellings}");
}

/// A shared kunya does not make one man of two nisbas.
#[test]
fn one_kunya_with_two_nisbas_is_less_than_with_one() {
    let same = score("Abu Hamid al-Zarquni", "أبو حامد الزرقوني");
    let other = score("Abu Hamid al-Zarquni", "أبو حامد القنديلي");
    assert!(same > 0.5 && other < 0.5, "{same} {other}");
}

/// The explanation says how many share what met: of a common and a rare name.
#[test]
fn features_say_how_rare_what_met_is() {
    let engine = Engine::bundled();
    let name = |text| engine.prepare(text, Kind::Person);
    let compared =
        engine.compare(&name("Mohamed Zarquni"), &name("محمد الزرقوني"), Rarity::bundled());
    let shares: Vec<f32> = compared
        .features
        .iter()
        .filter(|f| f.kind == FeatureKind::Part)
        .map(|f| f.frequency)
        .collect();
    assert_eq!(shares.len(), 2);
    let (common, rare) = (shares[0].max(shares[1]), shares[0].min(shares[1]));
    assert!(common > 0.01 && rare < 0.001, "{shares:?}");
}
