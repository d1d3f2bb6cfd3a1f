//! Numbers drawn dot by dot, and what is beside them.

use super::told::net;
use super::*;

#[test]
fn the_net_is_whole() {
    assert!(net().is_some());
}

/// Digits of twelve by eight dots, each dot a square.
fn set(text: &str) -> (Vec<u8>, u32, u32) {
    let shapes: [(char, [&str; 12]); 6] = [
        ('-', ["", "", "", "", "", "", "  ####  ", "  ####  ", "", "", "", ""]),
        (
            'ش',
            [
                "   ##   ", "   ##   ", "", "## ## ##", "## ## ##", "## ## ##", "########",
                "########", "#       ", "#      #", "##    ##", " ###### ",
            ],
        ),
        (
            '1',
            [
                "   ##   ", "  ###   ", " ####   ", "   ##   ", "   ##   ", "   ##   ", "   ##   ",
                "   ##   ", "   ##   ", "   ##   ", " ###### ", " ###### ",
            ],
        ),
        (
            '4',
            [
                "     ## ", "    ### ", "    ### ", "   # ## ", "  ## ## ", "  #  ## ", " ##  ## ",
                " #   ## ", "########", "########", "     ## ", "     ## ",
            ],
        ),
        (
            '7',
            [
                "########", "########", "      ##", "     ## ", "     ## ", "    ##  ", "    ##  ",
                "   ##   ", "   ##   ", "  ##    ", "  ##    ", " ##     ",
            ],
        ),
        (
            '٧',
            [
                "##    ##", "##    ##", "##    ##", " ##  ## ", " ##  ## ", " ##  ## ", " ##  ## ",
                "  ####  ", "  ####  ", "  ####  ", "   ##   ", "   ##   ",
            ],
        ),
    ];
    let (width, height) = (20 + 30 * text.chars().count(), 44);
    let mut pixels = vec![255_u8; width * height];
    for (i, c) in text.chars().enumerate() {
        let rows = shapes.iter().find(|(of, _)| *of == c).map(|(_, rows)| rows);
        for (y, row) in rows.into_iter().flatten().enumerate() {
            for (x, _) in row.bytes().enumerate().filter(|(_, b)| *b == b'#') {
                for dot in 0..4 {
                    let (dx, dy) = (dot % 2, dot / 2);
                    pixels[(10 + y * 2 + dy) * width + 10 + i * 20 + x * 2 + dx] = 0;
                }
            }
        }
    }
    (pixels, u32::try_from(width).unwrap(), u32::try_from(height).unwrap())
}

#[test]
fn digits_of_either_script_are_told_and_parted_at_gaps() {
    for text in ["174 471", "٧٧٧"] {
        let (pixels, width, height) = set(text);
        let parts = find_numbers(&pixels, width, height).unwrap();
        let read: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Part::Number { characters, .. } => characters.iter().collect(),
                Part::Other { .. } => "…".to_owned(),
            })
            .collect();
        assert_eq!(read, [text]);
    }
}

#[test]
fn a_dash_does_not_tie_a_number_to_letters() {
    let (pixels, width, height) = set("ش-174");
    let parts = find_numbers(&pixels, width, height).unwrap();
    assert!(matches!(parts[0], Part::Other { .. }), "{parts:?}");
    let last: String = match parts.last() {
        Some(Part::Number { characters, .. }) => characters.iter().collect(),
        _ => String::new(),
    };
    assert!(last.ends_with("174"), "{parts:?}");
}

#[test]
fn a_speck_far_from_a_number_is_none_of_it() {
    let (pixels, width, height) = set("174");
    let far = 120;
    let wide = (width + far) as usize;
    let mut with_speck = vec![255_u8; wide * height as usize];
    for (to, from) in with_speck.chunks_mut(wide).zip(pixels.chunks(width as usize)) {
        to[far as usize..].copy_from_slice(from);
    }
    for y in 30..34 {
        with_speck[y * wide + 8..y * wide + 12].fill(0);
    }
    let parts = find_numbers(&with_speck, width + far, height).unwrap();
    assert!(matches!(parts.as_slice(), [only] if only.digits() == 3), "{parts:?}");
}

#[test]
fn a_filled_block_is_no_number() {
    assert_eq!(find_numbers(&[0; 400], 20, 20), None);
    assert_eq!(find_numbers(&[255; 400], 20, 20), None);
}

#[test]
fn the_dash_at_the_right_of_a_phone_is_a_plus() {
    let number = |text: &str| Part::Number {
        characters: text.chars().collect(),
        confidence: 0.9,
        from: 0,
        to: 9,
    };
    let told = |parts: Vec<Part>| {
        let text = |part: Part| match part {
            Part::Number { characters, .. } => characters.into_iter().collect::<String>(),
            Part::Other { .. } => "…".to_owned(),
        };
        with_plus(parts).into_iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(told(vec![number("300 200 100 999-")]), ["300 200 100 999+"]);
    assert_eq!(told(vec![number("300 200 100 999"), number("-")]), ["300 200 100 999+"]);
    assert_eq!(told(vec![number("4/27/2014"), number("-")]), ["4/27/2014", "-"], "of a date");
    assert_eq!(told(vec![number("-"), number("7")]), ["-", "7"]);
    assert_eq!(told(Vec::new()), Vec::<String>::new());
}

/// Draws in a paler gray what is to be.
fn set_with_pale(text: &str, pale: char) -> (Vec<u8>, u32, u32) {
    let (mut pixels, width, height) = set(text);
    let (from, to) = (10_usize, index(width));
    for (i, _) in text.chars().enumerate().filter(|(_, c)| *c == pale) {
        let columns = (from + i * 20)..(from + (i + 1) * 20).min(to);
        for at in columns.flat_map(|x| (0..index(height)).map(move |y| y * to + x)) {
            if pixels[at] < 255 {
                pixels[at] = 170;
            }
        }
    }
    (pixels, width, height)
}

#[test]
fn a_digit_paler_than_ink_is_not_lost_from_its_number() {
    let (pixels, width, height) = set_with_pale("1174171", '4');
    let parts = find_numbers(&pixels, width, height).unwrap();
    let [Part::Number { characters, .. }] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!(characters.iter().collect::<String>(), "1174171");
}
