//! Owns the plain romanization of every script: one Latin text per folded word, by table or rule.
//! Learned spellings are not here (see `model`). Invariant: Latin input comes back unchanged, and
//! the output holds ASCII letters, digits and nothing else but what the input had of these.
#![expect(clippy::match_same_arms, reason = "one arm per letter keeps a table readable")]

use crate::Script;

/// Romanizes one folded word. Abjads keep their missing vowels missing.
///
/// ```
/// use names::romanize;
/// assert_eq!(romanize("سمير"), "smyr");
/// assert_eq!(romanize("щукин"), "shchukin");
/// assert_eq!(romanize("김민준"), "gimminjun");
/// assert_eq!(romanize("キャット"), "kyatto");
/// ```
pub fn romanize(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    if word.is_ascii() {
        out.extend(word.chars().filter(char::is_ascii_alphanumeric));
        return out;
    }
    let chars: Vec<char> = word.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied();
        match Script::of(c) {
            Some(Script::Arabic) => push_arabic(&chars, at, &mut out),
            Some(Script::Kana) => push_kana(c, next, &mut out),
            Some(Script::Hangul) => push_hangul(c, &mut out),
            Some(Script::Devanagari) => push_devanagari(c, next, &mut out),
            Some(Script::Greek) => push_greek(c, next, &mut out),
            Some(_) => out.push_str(letter(c)),
            None => {}
        }
        if c.is_ascii_alphanumeric() {
            out.push(c);
        }
    }
    out
}

fn letter(c: char) -> &'static str {
    match Script::of(c) {
        Some(Script::Cyrillic) => cyrillic(c),
        Some(Script::Hebrew) => hebrew(c),
        Some(Script::Armenian) => armenian(c),
        Some(Script::Georgian) => georgian(c),
        Some(Script::Han) => crate::han::pinyin(c),
        _ => "",
    }
}

fn push_arabic(chars: &[char], at: usize, out: &mut String) {
    let last = at + 1 == chars.len();
    out.push_str(match chars[at] {
        'ا' => "a",
        'ب' => "b",
        'پ' => "p",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'چ' => "ch",
        'ح' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'ژ' => "zh",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'ع' => "a",
        'غ' => "gh",
        'ف' => "f",
        'ق' => "q",
        'ك' => "k",
        'گ' => "g",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'ه' if last && at > 0 => "a",
        'ه' => "h",
        'و' => "w",
        'ي' if last => "i",
        'ي' => "y",
        _ => "",
    });
}

fn cyrillic(c: char) -> &'static str {
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ѓ' => "g",
        'ғ' => "gh",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' => "zh",
        'җ' | 'ҷ' | 'џ' | 'ӌ' => "j",
        'з' | 'ҙ' => "z",
        'и' | 'і' | 'ї' | 'ӣ' => "i",
        'й' | 'ј' => "y",
        'к' | 'ќ' => "k",
        'қ' => "q",
        'л' => "l",
        'љ' => "lj",
        'м' => "m",
        'н' => "n",
        'њ' => "nj",
        'ң' | 'ҥ' => "ng",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' | 'ҫ' => "s",
        'т' => "t",
        'у' | 'ү' | 'ұ' | 'ӯ' => "u",
        'ў' => "w",
        'ф' => "f",
        'х' => "kh",
        'ҳ' | 'һ' => "h",
        'ц' => "ts",
        'ч' | 'ћ' | 'ҹ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ә' => "a",
        'ђ' => "dj",
        'ѕ' => "dz",
        _ => "",
    }
}

fn push_greek(c: char, next: Option<char>, out: &mut String) {
    out.push_str(match c {
        'α' => "a",
        'β' => "v",
        'γ' if matches!(next, Some('γ' | 'κ' | 'χ' | 'ξ')) => "n",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' if next == Some('υ') => "o",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' => "s",
        'τ' => "t",
        'υ' if out.ends_with('o') => "u",
        'υ' if out.ends_with(['a', 'e']) => "v",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    });
}

fn hebrew(c: char) -> &'static str {
    match c {
        'א' | 'ע' => "a",
        'ב' => "b",
        'ג' => "g",
        'ד' => "d",
        'ה' => "h",
        'ו' => "w",
        'ז' => "z",
        'ח' => "h",
        'ט' | 'ת' => "t",
        'י' => "y",
        'כ' => "k",
        'ל' => "l",
        'מ' => "m",
        'נ' => "n",
        'ס' => "s",
        'פ' => "p",
        'צ' => "ts",
        'ק' => "k",
        'ר' => "r",
        'ש' => "sh",
        _ => "",
    }
}

fn armenian(c: char) -> &'static str {
    const ROMAN: [&str; 39] = [
        "a", "b", "g", "d", "e", "z", "e", "y", "t", "zh", "i", "l", "kh", "ts", "k", "h", "dz",
        "gh", "ch", "m", "y", "n", "sh", "o", "ch", "p", "j", "r", "s", "v", "t", "r", "ts", "u",
        "p", "k", "o", "f", "ev",
    ];
    u32::from(c)
        .checked_sub(0x561)
        .and_then(|at| usize::try_from(at).ok())
        .and_then(|at| ROMAN.get(at))
        .copied()
        .unwrap_or("")
}

fn georgian(c: char) -> &'static str {
    const ROMAN: [&str; 33] = [
        "a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s",
        "t", "u", "p", "k", "gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h",
    ];
    let code = u32::from(c);
    // Mtavruli and the old capitals lie at other places in the same order.
    let base = match code {
        0x10D0..=0x10F0 => 0x10D0,
        0x1C90..=0x1CB0 => 0x1C90,
        0x10A0..=0x10C0 => 0x10A0,
        0x2D00..=0x2D20 => 0x2D00,
        _ => return "",
    };
    usize::try_from(code - base).ok().and_then(|at| ROMAN.get(at)).copied().unwrap_or("")
}

/// Hepburn, kana by kana: a small y-kana replaces the vowel before it, a small tsu doubles.
fn push_kana(c: char, next: Option<char>, out: &mut String) {
    let small = match c {
        'ャ' => Some(("ya", "a")),
        'ュ' => Some(("yu", "u")),
        'ョ' => Some(("yo", "o")),
        'ァ' => Some(("a", "a")),
        'ィ' => Some(("i", "i")),
        'ゥ' => Some(("u", "u")),
        'ェ' => Some(("e", "e")),
        'ォ' => Some(("o", "o")),
        _ => None,
    };
    if let Some((after_consonant, after_palatal)) = small {
        let palatal = out.ends_with("shi") || out.ends_with("chi") || out.ends_with("ji");
        if out.ends_with(['i', 'u', 'e', 'o']) && !out.ends_with("yu") {
            let vowel = out.pop();
            if vowel == Some('u') && !palatal && out.is_empty() {
                out.push('w');
            }
        }
        out.push_str(if palatal { after_palatal } else { after_consonant });
        return;
    }
    match c {
        'ッ' => {
            let doubled =
                next.and_then(|c| kana(c).chars().next()).filter(|c| !"aiueon".contains(*c));
            out.extend(doubled);
        }
        'ー' => {}
        _ => out.push_str(kana(c)),
    }
}

fn kana(c: char) -> &'static str {
    const ROWS: [(&str, [&str; 5]); 14] = [
        ("アイウエオ", ["a", "i", "u", "e", "o"]),
        ("カキクケコ", ["ka", "ki", "ku", "ke", "ko"]),
        ("ガギグゲゴ", ["ga", "gi", "gu", "ge", "go"]),
        ("サシスセソ", ["sa", "shi", "su", "se", "so"]),
        ("ザジズゼゾ", ["za", "ji", "zu", "ze", "zo"]),
        ("タチツテト", ["ta", "chi", "tsu", "te", "to"]),
        ("ダヂヅデド", ["da", "ji", "zu", "de", "do"]),
        ("ナニヌネノ", ["na", "ni", "nu", "ne", "no"]),
        ("ハヒフヘホ", ["ha", "hi", "fu", "he", "ho"]),
        ("バビブベボ", ["ba", "bi", "bu", "be", "bo"]),
        ("パピプペポ", ["pa", "pi", "pu", "pe", "po"]),
        ("マミムメモ", ["ma", "mi", "mu", "me", "mo"]),
        ("ラリルレロ", ["ra", "ri", "ru", "re", "ro"]),
        ("ワヰヴヱヲ", ["wa", "i", "vu", "e", "o"]),
    ];
    match c {
        'ヤ' => return "ya",
        'ユ' => return "yu",
        'ヨ' => return "yo",
        'ン' => return "n",
        _ => {}
    }
    for (row, sounds) in ROWS {
        if let Some(at) = row.chars().position(|k| k == c) {
            return sounds[at];
        }
    }
    ""
}

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const MEDIALS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// Revised Romanization, syllable by syllable, by the arithmetic of the code points.
fn push_hangul(c: char, out: &mut String) {
    let Some((initial, medial, last)) = hangul_jamo(c) else { return };
    out.push_str(INITIALS[initial]);
    out.push_str(MEDIALS[medial]);
    out.push_str(FINALS[last]);
}

/// Positions of initial, medial and final in a Korean syllable.
pub(crate) fn hangul_jamo(c: char) -> Option<(usize, usize, usize)> {
    let at = u32::from(c).checked_sub(0xAC00).filter(|at| *at < 11_172)?;
    let at = usize::try_from(at).ok()?;
    Some((at / 588, at % 588 / 28, at % 28))
}

fn push_devanagari(c: char, next: Option<char>, out: &mut String) {
    let code = u32::from(c);
    if let Some(sound) = devanagari_consonant(code) {
        out.push_str(sound);
        // The inherent vowel falls before a vowel sign or virama, and is silent at the end.
        let follows = next.map(u32::from);
        let silent = match follows {
            None => true,
            Some(next) => (0x93E..=0x94D).contains(&next) || next == 0x93C,
        };
        if !silent {
            out.push('a');
        }
        return;
    }
    out.push_str(match code {
        0x905 | 0x906 | 0x93E | 0x972 => "a",
        0x907 | 0x908 | 0x93F | 0x940 => "i",
        0x909 | 0x90A | 0x941 | 0x942 => "u",
        0x90B | 0x943 => "ri",
        0x90D..=0x90F | 0x945..=0x947 => "e",
        0x910 | 0x948 => "ai",
        0x911..=0x913 | 0x949..=0x94B => "o",
        0x914 | 0x94C => "au",
        0x901 | 0x902 => "n",
        0x903 => "h",
        0x93C if !matches!(next.map(u32::from), None | Some(0x93E..=0x94D)) => "a",
        _ => "",
    });
}

fn devanagari_consonant(code: u32) -> Option<&'static str> {
    const SOUNDS: [&str; 37] = [
        "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n", "t",
        "th", "d", "dh", "n", "n", "p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "l", "v",
        "sh", "sh", "s", "h",
    ];
    if (0x958..=0x95F).contains(&code) {
        return Some(
            ["q", "kh", "gh", "z", "r", "rh", "f", "y"][usize::try_from(code - 0x958).ok()?],
        );
    }
    SOUNDS.get(usize::try_from(code.checked_sub(0x915)?).ok()?).copied()
}
