//! Laws of the engine, held against any text: symmetry, determinism, idempotent folding, one
//! score, explanations that add up. Fixtures are fictional.

use names::{Engine, Kind, Rarity, fold};
use proptest::prelude::*;

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
        engine.score(&name, &name, &Rarity::learn([&name]));
    }
}
