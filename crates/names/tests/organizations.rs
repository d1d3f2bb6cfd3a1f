//! Laws of the comparison of organizations and vessels, and pairs whose truth is plain. All names
//! are fictional.

use names::{Engine, Kind, rank};
use proptest::prelude::*;

const KINDS: [Kind; 2] = [Kind::Organization, Kind::Vessel];

fn score(left: &str, right: &str, kind: Kind) -> f32 {
    rank::compare_texts(Engine::bundled(), left, right, kind)
}

fn check(pairs: &[(&str, &str)], kind: Kind, same: bool) {
    for (left, right) in pairs {
        let score = score(left, right, kind);
        assert!((score >= 0.5) == same, "{left} / {right}: {score}");
    }
}

#[test]
fn translations_of_class_words_are_one() {
    check(
        &[
            ("Qandil Insurance Company", "Qandil Versicherungsgesellschaft"),
            ("Qandil Insurance Company", "شركة قنديل للتأمين"),
            ("Qandil Insurance Company", "Страховая компания Кандиль"),
            ("Vetrolom Research Institute", "НИИ Ветролом"),
            ("Constructora Velorosa", "Velorosa Construction Company"),
            ("Sherkat-e Kashtirani Zarnab", "Zarnab Shipping Company"),
            ("Société de Transport Valdorine", "Valdorine Transport Co"),
            ("Stahlwerk Orvalde AG", "Orvalde Steel Works AG"),
            ("Vetrolom Logistics", "Vetrolom Logsitics"),
            ("Lunograd Neft Prom", "Lunogradneftprom"),
            ("Мордвальская верфь", "Mordvalsk Shipyard"),
        ],
        Kind::Organization,
        true,
    );
}

#[test]
fn other_kinds_of_organization_are_others() {
    check(
        &[
            ("Qandil Bank", "Qandil Insurance"),
            ("Dunford Hale Bank", "Dunford Hale Insurance"),
            ("Qandil Bank", "Qandil Bank Leasing"),
            ("Qandil Holding", "Qandil Shipping"),
            ("Central Bank of Iraq", "Commercial Bank of Iraq"),
            ("Central Bank of Iraq", "Central Bank of Iran"),
            ("Ministry of Finance", "Ministry of Defence"),
            ("Qandil Telecom", "Qandil Telecom Towers"),
            ("Hotel Zarnab Tocanal", "Hotel Zarnab Valdorine"),
        ],
        Kind::Organization,
        false,
    );
}

/// One side lists more trades, or says less of what it is.
#[test]
fn trades_that_are_listed_or_left_out_are_no_others() {
    check(
        &[
            ("Qandil Trading", "Qandil Trading and Contracting"),
            ("Qandil Shipping", "Qandil"),
            ("Qandil International", "Qandil"),
            ("Qandil Group", "Qandil Group of Companies"),
            ("Qandil Trading (Overseas)", "Qandil Trading"),
        ],
        Kind::Organization,
        true,
    );
}

#[test]
fn former_names_and_acronyms_are_names_too() {
    check(
        &[
            ("Zarnabad Cement (formerly Kohab Cement)", "Kohab Cement"),
            ("Zarnabad Petro Industries (ZPI)", "Zarnabad Petro Industries"),
            ("Zarnabad Petro Industries (ZPI)", "ZPI"),
        ],
        Kind::Organization,
        true,
    );
    check(
        &[
            ("ORVALDE QUEEN (EX SILVER GULL)", "SILVER GULL"),
            ("ORVALDE QUEEN ex SILVER GULL", "ORVALDE QUEEN"),
            ("EX-SILVER GULL", "SILVER GULL"),
        ],
        Kind::Vessel,
        true,
    );
    check(&[("ORVALDE QUEEN (EX SILVER GULL)", "BLUE SEAL")], Kind::Vessel, false);
}

#[test]
fn prefixes_and_numbers_of_vessels() {
    check(
        &[
            ("M/V ORVALDE", "ORVALDE"),
            ("MOTOR VESSEL ORVALDE", "MV ORVALDE"),
            ("سفينة قنديل", "QANDIL"),
            ("т/х Капитан Окунев", "KAPITAN OKUNEV"),
            ("ORVALDE THREE", "ORVALDE III"),
            ("ORVALDE 07", "ORVALDE No. 7"),
            ("ORVALDE7", "ORVALDE 7"),
        ],
        Kind::Vessel,
        true,
    );
    check(
        &[
            ("ORVALDE", "ORVALDE 2"),
            ("ORVALDE ONE", "ORVALDE TWO"),
            ("EASTERN ORVALDE", "WESTERN ORVALDE"),
            ("ORVALDE STAR", "ORVALDE STORM"),
        ],
        Kind::Vessel,
        false,
    );
}

/// A word of a name that is in no list.
fn word() -> impl Strategy<Value = String> {
    "[QZKV][aou][rlndm][qzvk][aou][rlnd][aou][qzvk]"
}

fn class() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("Trading"),
        Just("Bank"),
        Just("Shipping"),
        Just("Cement"),
        Just("Steel Works")
    ]
}

fn form() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("LLC"),
        Just("Ltd"),
        Just("GmbH"),
        Just("S.A."),
        Just("JSC"),
        Just("Limited Liability Company"),
        Just("Public Joint Stock Company"),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_legal_form_on_one_side_changes_nothing(
        left in word(), right in word(), class in class(), form in form(), same in any::<bool>(),
    ) {
        let right = if same { &left } else { &right };
        let (plain, other) = (format!("{left} {class}"), format!("{right} {class}"));
        let before = score(&plain, &other, Kind::Organization);
        let after = score(&format!("{plain} {form}"), &other, Kind::Organization);
        prop_assert!((before - after).abs() < 1e-4, "{before} {after}");
    }

    #[test]
    fn a_legal_form_may_stand_before_or_behind(name in word(), class in class()) {
        let name = format!("{name} {class}");
        for form in ["OOO", "PJSC", "JSC", "ЗАО"] {
            let score = score(&format!("{form} {name}"), &format!("{name} {form}"), Kind::Organization);
            prop_assert!(score > 0.5, "{form}: {score}");
        }
    }

    #[test]
    fn another_number_is_another_name(name in word(), a in 1_u32..3000, b in 1_u32..3000) {
        prop_assume!(a != b);
        for kind in KINDS {
            let score = score(&format!("{name} {a}"), &format!("{name} {b}"), kind);
            prop_assert!(score < 0.5, "{score}");
        }
    }

    #[test]
    fn zeros_before_a_number_change_nothing(name in word(), number in 1_u32..3000) {
        for kind in KINDS {
            let score = score(&format!("{name} {number}"), &format!("{name} 00{number}"), kind);
            prop_assert!(score > 0.5, "{score}");
        }
    }
}
