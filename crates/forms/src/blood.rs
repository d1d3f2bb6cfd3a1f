//! Blood types: group and sign, however written.

/// Reads a blood type: `AB+`, `O neg`, `B موجب`, `О(I) Rh-`. The sign may be missing.
/// `lenient` takes digits that OCR reads for letters.
pub(crate) fn parse_blood(text: &str, lenient: bool) -> Option<String> {
    let text = crate::fold::ascii_digits(text).to_uppercase();
    let mut group = String::new();
    let mut sign = None;
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        match c {
            '+' | '＋' => sign = Some('+'),
            '-' | '–' | '—' | '−' | '‐' => sign = sign.or(Some('-')),
            _ if c.is_alphanumeric() => {
                word.push(c);
                continue;
            }
            '\u{64b}'..='\u{65f}' => continue,
            _ => {}
        }
        if lenient && word.len() > 1 && word.ends_with(['T', '†']) {
            // A plus sign that was read as a letter.
            word.pop();
            sign = Some('+');
        }
        match read_word(&word, lenient)? {
            Piece::Group(letters) if group.is_empty() => group = letters,
            Piece::Group(letters) if group == "A" && letters == "B" => "AB".clone_into(&mut group),
            Piece::Group(_) => return None,
            Piece::Sign(c) => sign = Some(c),
            Piece::Nothing => {}
        }
        word.clear();
    }
    if group.is_empty() {
        return None;
    }
    group.extend(sign);
    Some(group)
}

/// Groups in words; Russian counts them, Arabic spells the Latin letters.
const GROUPS: [(&str, &[&str]); 4] = [
    ("O", &["NULL", "ZERO", "НОЛЬ", "SIFIR", "ZÉRO", "ПЕРВАЯ", "او", "أو"]),
    ("A", &["ВТОРАЯ", "ايه", "إيه", "اي"]),
    ("B", &["ТРЕТЬЯ", "بي"]),
    ("AB", &["ЧЕТВЕРТАЯ", "ЧЕТВЁРТАЯ"]),
];

enum Piece {
    Group(String),
    Sign(char),
    Nothing,
}

fn read_word(word: &str, lenient: bool) -> Option<Piece> {
    const PLUS: [&str; 10] = [
        "POS",
        "POSITIVE",
        "POSITIF",
        "VE",
        "POZITIF",
        "POZİTİF",
        "موجب",
        "إيجابي",
        "ايجابي",
        "ПОЛОЖ",
    ];
    const MINUS: [&str; 8] =
        ["NEG", "NEGATIVE", "NÉGATIF", "NEGATIF", "NEGATIV", "NEGATİF", "سالب", "سلبي"];
    const NOTHING: [&str; 15] = [
        "",
        "RH",
        "RHESUS",
        "РЕЗУС",
        "I",
        "II",
        "III",
        "IV",
        "1",
        "2",
        "3",
        "4",
        "GROUP",
        "GROUPE",
        "RHD",
    ];
    if PLUS.contains(&word) || word.starts_with("ПОЛОЖ") || word.starts_with("POSIT") {
        return Some(Piece::Sign('+'));
    }
    if MINUS.contains(&word) || word.starts_with("ОТРИЦ") || word.starts_with("NEGAT") {
        return Some(Piece::Sign('-'));
    }
    if NOTHING.contains(&word) {
        return Some(Piece::Nothing);
    }
    if let Some((group, _)) = GROUPS.iter().find(|(_, words)| words.contains(&word)) {
        return Some(Piece::Group((*group).to_owned()));
    }
    let letters: Option<String> = word.chars().map(|c| letter(c, lenient)).collect();
    let letters = letters?;
    ["A", "B", "AB", "O"].contains(&letters.as_str()).then_some(Piece::Group(letters))
}

fn letter(c: char, lenient: bool) -> Option<char> {
    Some(match c {
        'A' | 'А' | 'Α' | 'أ' => 'A',
        'B' | 'В' | 'Β' | 'ب' => 'B',
        'O' | 'О' | 'Ο' | '0' | 'و' => 'O',
        '8' | 'ß' if lenient => 'B',
        '4' if lenient => 'A',
        'Q' | 'D' | 'C' | 'Ö' if lenient => 'O',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_and_sign_are_told_however_written() {
        for (text, expected) in [
            ("AB+", Some("AB+")),
            ("+O", Some("O+")),
            ("b neg.", Some("B-")),
            ("О(I) Rh-", Some("O-")),
            ("A +ve", Some("A+")),
            ("0 –", Some("O-")),
            ("B موجب", Some("B+")),
            ("A", Some("A")),
            ("married", None),
            ("1992", None),
            ("", None),
            ("AAB", None),
        ] {
            assert_eq!(parse_blood(text, false).as_deref(), expected, "{text}");
        }
        assert_eq!(parse_blood("8+", true).as_deref(), Some("B+"));
        assert_eq!(parse_blood("At", true).as_deref(), Some("A+"));
        assert_eq!(parse_blood("8+", false), None);
    }
}
