use proptest::prelude::*;

use super::*;

fn logical(visual: &str) -> String {
    let clusters: Vec<String> = visual.chars().map(String::from).collect();
    to_logical(&clusters, Direction::RightToLeft)
}

/// What a page shows, from left to right, and what was typed.
#[track_caller]
fn check(visual_reversed: &[&str], typed: &str) {
    // Pieces are given in visual order from left to right; Arabic pieces as typed, to keep the
    // test readable in an editor that reorders text itself.
    let visual: String = visual_reversed
        .iter()
        .map(|p| {
            let arabic = p.chars().any(|c| class(c) == Class::Arabic);
            if arabic { p.chars().rev().collect::<String>() } else { (*p).to_owned() }
        })
        .collect();
    assert_eq!(logical(&visual), typed);
}

#[test]
fn arabic_letters_are_reversed_and_numbers_are_not() {
    check(&["ليبي", " - ", "١٩٩٠/١٠/٧"], "١٩٩٠/١٠/٧ - ليبي");
    check(&["هـ", " ", "١٤٣٥", " ", "رجب", " ", "٢٥"], "٢٥ رجب ١٤٣٥ هـ");
}

#[test]
fn arabic_indic_groups_stand_from_right_to_left() {
    check(&["ليبي", " - ", "١٩٩١", "-", "٠٥", "-", "٢٦"], "٢٦-٠٥-١٩٩١ - ليبي");
    check(&["٣٠٠", " ", "٧١٨", " ", "٢١٢", " ", "٩٩٩", "+"], "+٩٩٩ ٢١٢ ٧١٨ ٣٠٠");
    check(&["+", "٨٦٦", " ", "٨٩٥", " ", "٠٢٠", " ", "٩٩٩"], "+٩٩٩ ٠٢٠ ٨٩٥ ٨٦٦");
}

#[test]
fn a_line_without_arabic_letters_stays_as_drawn() {
    check(&["+999 022 232 362"], "+999 022 232 362");
    check(&["6/6/1994"], "6/6/1994");
    check(&["B-"], "B-");
    check(&["SAMPLE (two)"], "SAMPLE (two)");
}

#[test]
fn a_sign_before_a_letter_was_typed_after_it() {
    check(&["+", "O"], "O+");
    check(&["-", "AB"], "AB-");
}

#[test]
fn latin_inside_arabic_keeps_its_order() {
    check(&["نهاية", " ", "Port Example", " ", "بداية"], "بداية Port Example نهاية");
}

#[test]
fn brackets_open_before_they_close() {
    let visual: String = "اسم (لقب)".chars().rev().collect();
    assert_eq!(logical(&visual), "اسم (لقب)");
    let mirrored_by_producer: String = "اسم )لقب(".chars().rev().collect();
    assert_eq!(logical(&mirrored_by_producer), "اسم (لقب)");
}

#[test]
fn presentation_forms_become_letters() {
    assert_eq!(fold_forms("\u{feef}\u{fef7}\u{fdf2}"), "ىلأالله");
    assert_eq!(fold_forms("a\u{200f}\u{a0}b"), "a b");
}

#[test]
fn backward_words_are_noticed_and_turned() {
    let backward = ["ةماعلا ةرادإلا", "ةداهشلا"];
    assert!(reads_backward(backward.into_iter()));
    assert!(!reads_backward(["الإدارة العامة", "الشهادة"].into_iter()));
    assert_eq!(flip_words("ةماعلا ةرادإلا"), "الإدارة العامة");
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_panics(text in "[ابتث٠١٢3-9a-z +/().-]{0,40}") {
        let mut before: Vec<char> = text.chars().map(|c| if mirrored(c) == c { c } else { '(' }).collect();
        let mut after: Vec<char> =
            logical(&text).chars().map(|c| if mirrored(c) == c { c } else { '(' }).collect();
        before.sort_unstable();
        after.sort_unstable();
        prop_assert_eq!(before, after);
    }
}
