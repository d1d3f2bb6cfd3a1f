//! Laws of the engine, held against any text: symmetry, determinism, idempotent folding, one
//! score, explanations that add up. Fixtures are fictional.

use names::{Engine, Kind, Name, Rarity, fold};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Texts that look like names in many scripts, and texts that look like nothing.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-zA-Zéöšñ']{1,12}",
        "[ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةءئؤپچگڤ]{1,9}",
        "[а-яА-ЯёЁй]{1,10}",
        "[א-ת]{1,8}",
        "[ァ-ン]{1,6}",
        "[가-힣]{1,3}",
        "[α-ω]{1,8}",
        "[क-ह]{1,5}",
        Just("abd al-".to_owned()),
        Just("عبد ال".to_owned()),
        Just("abu".to_owned()),
        Just("bin".to_owned()),
        Just("Dr.".to_owned()),
        Just("Allah".to_owned()),
        Just("al-din".to_owned()),
        Just("7".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec((word, prop_oneof![Just(" "), Just("-"), Just(", ")]), 0..7).prop_map(
        |words| words.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect(),
    )
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Person), Just(Kind::Organization), Just(Kind::Vessel), Just(Kind::Other)]
}

/// Texts of letters that have one way to be written in capitals.
fn cased() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,9}",
        "[а-я]{2,9}",
        Just("abd al-".to_owned()),
        Just("abu".to_owned()),
        Just("bin".to_owned()),
        Just("van der".to_owned()),
        Just("haji".to_owned()),
    ];
    proptest::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

fn arabic() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآىةئؤ]{2,8}",
        "ال[بتجحدرسعفقكلمن]{3,6}ي",
        Just("عبد الله".to_owned()),
        Just("عبد".to_owned()),
        Just("أبو".to_owned()),
        Just("بن".to_owned()),
        Just("الشيخ".to_owned()),
        "[0-9]{1,3}",
    ];
    proptest::collection::vec(word, 1..6).prop_map(|words| words.join(" "))
}

/// A name as Arabic builds them, in Latin letters.
fn stem() -> impl Strategy<Value = String> {
    "[qzmtkb][aiu][qzmtkb][aiu][qzmtkb]"
}

fn cores(name: &Name) -> Vec<&str> {
    name.parts().iter().map(names::NamePart::folded).collect()
}

fn core_of(text: &str) -> String {
    let name = Engine::bundled().prepare(text, Kind::Person);
    cores(&name).join(" ")
}

/// The form of `letter` in which old code pages give it by itself.
fn presentation_form(letter: char) -> char {
    ('\u{FE80}'..='\u{FEFC}').find(|form| form.nfkc().eq([letter])).unwrap_or(letter)
}

fn eastern_digit(c: char) -> char {
    c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c)
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

proptest! {
    #[test]
    fn comparison_is_symmetric_and_adds_up(a in text(), b in text(), kind in kind()) {
        let engine = Engine::bundled();
        let rarity = Rarity::bundled();
        let (left, right) = (engine.prepare(&a, kind), engine.prepare(&b, kind));
        let forth = engine.compare(&left, &right, rarity);
        let back = engine.compare(&right, &left, rarity);
        prop_assert_eq!(forth.score.to_bits(), back.score.to_bits());
        prop_assert_eq!(forth.score.to_bits(), engine.score(&left, &right, rarity).to_bits());
        prop_assert_eq!(&forth.left_unmatched, &back.right_unmatched);
        prop_assert!((0.0..=1.0).contains(&forth.score));
        let sum: f32 = forth.features.iter().map(|feature| feature.weight).sum();
        prop_assert!((sum - forth.log_odds).abs() < 1e-3, "{} {}", sum, forth.log_odds);
    }

    #[test]
    fn folding_is_idempotent(a in text()) {
        let once = fold(&a);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn keys_are_sorted_and_the_same_again(a in text(), kind in kind()) {
        let engine = Engine::bundled();
        let keys = engine.keys(&engine.prepare(&a, kind));
        prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(engine.keys(&engine.prepare(&a, kind)), keys);
    }

    #[test]
    fn a_name_is_most_like_itself(a in text(), b in text()) {
        let engine = Engine::bundled();
        let (left, right) = (engine.prepare(&a, Kind::Person), engine.prepare(&b, Kind::Person));
        let rarity = Rarity::bundled();
        prop_assert!(engine.score(&left, &left, rarity) >= engine.score(&left, &right, rarity) - 1e-6);
    }

    #[test]
    fn any_text_is_taken(a in any::<String>(), kind in kind()) {
        let engine = Engine::bundled();
        let name = engine.prepare(&a, kind);
        engine.score(&name, &name, &Rarity::learn([[&name]]));
    }

    #[test]
    fn arabic_orthography_does_not_change_cores(
        text in arabic(),
        ornament in prop::sample::select(vec!['ـ', '\u{64E}', '\u{651}', '\u{652}', '\u{670}', '\u{200F}', '\u{200B}']),
        every in 1usize..4,
    ) {
        let engine = Engine::bundled();
        for kind in [Kind::Person, Kind::Organization] {
            let plain = engine.prepare(&text, kind);
            let mut adorned = String::new();
            for (at, c) in text.chars().enumerate() {
                adorned.push(c);
                if c.is_alphabetic() && at % every == 0 {
                    adorned.push(ornament);
                }
            }
            let presented: String = text.chars().map(presentation_form).collect();
            let eastern: String = text.chars().map(eastern_digit).collect();
            for other in [adorned, presented, eastern, format!("\u{202B}{text}\u{202C}")] {
                let other = engine.prepare(&other, kind);
                prop_assert_eq!(cores(&plain), cores(&other), "{:?}", other.raw());
            }
        }
    }

    #[test]
    fn case_does_not_change_cores_of_persons(text in cased()) {
        let lower = core_of(&text);
        prop_assert_eq!(&core_of(&text.to_uppercase()), &lower);
        let mut begins = true;
        let title: String = text.chars().flat_map(|c| {
            let upper: Vec<char> = if begins { c.to_uppercase().collect() } else { vec![c] };
            begins = c == ' ' || c == '-';
            upper
        }).collect();
        prop_assert_eq!(&core_of(&title), &lower);
    }

    #[test]
    fn names_joined_and_apart_have_one_core(name in stem()) {
        for spellings in [
            vec![format!("abd al-{name}"), format!("abdul {name}"), format!("abdul{name}"), format!("abdel-{name}"), format!("abd el {name}")],
            vec![format!("{name} allah"), format!("{name}allah"), format!("{name}ullah"), format!("{name} ullah"), format!("{name}-ollah")],
            vec![format!("{name} al-din"), format!("{name}uddin"), format!("{name} eddine"), format!("{name}eddine"), format!("{name} ud din"), format!("{name}ettin")],
            vec![format!("abu {name}"), format!("abu{name}"), format!("abou-{name}"), format!("abu al-{name}"), format!("abul{name}")],
        ] {
            for other in &spellings[1..] {
                prop_assert_eq!(core_of(&spellings[0]), core_of(other), "{} {}", spellings[0], other);
            }
        }
    }

    #[test]
    fn arabic_names_joined_and_apart_have_one_core(name in "[بتجحدرسفقكمن]{3,5}") {
        // The links "mint" and "bint".
        prop_assume!(name != "منت" && name != "بنت");
        for (apart, joined) in [
            (format!("عبد ال{name}"), format!("عبدال{name}")),
            (format!("{name} الله"), format!("{name}الله")),
            (format!("{name} الدين"), format!("{name}الدين")),
            (format!("ابو {name}"), format!("ابو{name}")),
            (format!("ابو ال{name}"), format!("ابوال{name}")),
        ] {
            prop_assert_eq!(core_of(&apart), core_of(&joined), "{} {}", apart, joined);
        }
    }

    #[test]
    fn parts_cover_the_text_in_its_order(text in prop_oneof![cased(), arabic()], kind in kind()) {
        let name = Engine::bundled().prepare(&text, kind);
        let parts: String = name.parts().iter().map(|part| letters(part.text())).collect();
        prop_assert_eq!(parts, letters(&text));
    }

    #[test]
    fn every_part_has_a_reason(text in text(), kind in kind()) {
        let name = Engine::bundled().prepare(&text, kind);
        for part in name.parts() {
            prop_assert!(!part.reason().is_empty(), "{:?}", part);
            prop_assert!(!part.folded().is_empty(), "{:?}", part);
        }
    }
}
