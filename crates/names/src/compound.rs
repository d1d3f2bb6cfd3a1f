//! Owns names that are written together or apart: `Abd` + name, name + `Allah`, name + `al-Din`,
//! `Abu` + name, and the articles fused with a word.
//! Works on folded words of Arabic, Latin and Cyrillic letters. Invariant: the core of a core is
//! the core.

use crate::Script;

/// Core of one folded word: article off, fused compounds in the one form that `analyze` also
/// gives to those written apart.
pub(crate) fn core_of(word: &str) -> String {
    let core = match script_of(word) {
        Some(Script::Arabic) => arabic_compound(word),
        Some(Script::Latin) if word.is_ascii() => latin_abd(word).or_else(|| latin_compound(word)),
        Some(Script::Cyrillic) => cyrillic_compound(word),
        _ => None,
    };
    core.unwrap_or_else(|| strip_article(word).to_owned())
}

fn script_of(word: &str) -> Option<Script> {
    word.chars().next().and_then(Script::of)
}

/// Takes the Arabic article off a word, if a word is left.
pub(crate) fn strip_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(bare) if bare.chars().count() >= 3 && !is_bare_al(word) => bare,
        _ => word,
    }
}

/// Names that begin with alef and lam of their own: whole words, and the stems of foreign names.
fn is_bare_al(word: &str) -> bool {
    const STEMS: [&str; 11] = [
        "الياس",
        "الله",
        "البرت",
        "الكس",
        "السندر",
        "الفونس",
        "الفريد",
        "الين",
        "اليس",
        "اليز",
        "اليك",
    ];
    matches!(word, "الهام" | "الفت" | "الماس" | "الف" | "الما")
        || STEMS.iter().any(|stem| word.starts_with(stem))
}

fn arabic_compound(word: &str) -> Option<String> {
    if let Some(ruled) = word.strip_prefix("عبد") {
        let bare = ruled.strip_prefix("ال").unwrap_or(ruled);
        return Some(if bare.chars().count() >= 2 {
            format!("عبد{bare}")
        } else {
            word.to_owned()
        });
    }
    if let Some(owned) = word.strip_prefix("ذوال").filter(|owned| owned.chars().count() >= 3) {
        return Some(format!("ذو{owned}"));
    }
    let stem_before = |second: &str| {
        let stem = word.strip_suffix(second)?.strip_suffix("ال")?;
        (stem.chars().count() >= 2).then_some(stem)
    };
    if let Some(stem) = stem_before("له") {
        return Some(with_allah(strip_article(stem)));
    }
    let found = ["دين", "حق", "اسلام", "رحمن"].into_iter().find_map(|s| Some((stem_before(s)?, s)));
    found.map(|(stem, second)| format!("{stem}{second}"))
}

/// `Abdulghani`, `Abderrahmane`, `Abdirahman`: abd, a vowel, perhaps l, and the rest.
fn latin_abd(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let vowels = rest.bytes().take_while(|b| b"aeiou".contains(b)).count();
    if vowels == 0 || vowels > 2 {
        return (rest.len() > 3 && vowels == 0).then(|| word.to_owned());
    }
    let tail = &rest[vowels..];
    if matches!(tail, "la" | "lah" | "llah" | "lla" | "llahi" | "llo" | "lloh" | "laye" | "llai") {
        return Some("abdlah".to_owned());
    }
    if let Some(ruled) = tail.strip_prefix('l').filter(|ruled| ruled.len() >= 3) {
        return Some(format!("abd{ruled}"));
    }
    let doubled = tail.as_bytes().first() == tail.as_bytes().get(1);
    let ruled = if doubled { tail.get(1..)? } else { tail };
    (ruled.len() >= 4).then(|| format!("abd{ruled}"))
}

const DIN: [&str; 4] = ["din", "deen", "dine", "dien"];
const DIN_LINKS: [&str; 9] = ["oud", "ud", "ed", "ad", "od", "id", "al", "el", "ul"];
const SECOND_LINKS: [&str; 8] = ["oul", "our", "ul", "ur", "al", "ar", "el", "er"];

/// `Nasrallah`, `Hidayatullah`, `Nuruddin`, `Salaheddine`, `Nurettin`, `Habiburrahman`.
fn latin_compound(word: &str) -> Option<String> {
    // All endings below end so; most words do not.
    if !word.ends_with(['h', 'a', 'n', 'e', 'q', 'm']) || word.len() < 4 {
        return None;
    }
    // The doubled l shows the compound even after a short stem: `Atallah`.
    for ending in ["ullah", "allah", "ollah", "oullah", "ellah", "illah", "ulloh"] {
        if let Some(stem) = word.strip_suffix(ending) {
            let is_name = stem.len() >= 2 && stem.contains(['a', 'e', 'i', 'o', 'u']);
            if stem.len() >= 3 || is_name {
                return Some(with_allah(stem));
            }
        }
    }
    for ending in ["ulla", "alla", "olla"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 3) {
            return Some(with_allah(stem));
        }
    }
    let seconds: [(&[&str], &[&str], &str); 5] = [
        (&DIN, &DIN_LINKS, "din"),
        (&["tin"], &["et", "at", "it", "ut"], "din"),
        (&["haq", "haqq", "haque"], &SECOND_LINKS, "haq"),
        (&["islam"], &SECOND_LINKS, "islam"),
        (&["rahman", "rehman", "rahmane"], &SECOND_LINKS, "rahman"),
    ];
    for (endings, links, canonical) in seconds {
        for stem in endings.iter().filter_map(|ending| word.strip_suffix(ending)) {
            let stem = links.iter().find_map(|link| stem.strip_suffix(link));
            if let Some(stem) = stem.filter(|stem| stem.len() >= 3) {
                return Some(format!("{stem}{canonical}"));
            }
        }
    }
    None
}

/// `Абдулкарим`, `Абдуррахман`, `Насрулла`, `Нуруддин`, `Фахрутдин`.
fn cyrillic_compound(word: &str) -> Option<String> {
    const VOWELS: [char; 6] = ['у', 'е', 'а', 'о', 'э', 'и'];
    if let Some(tail) = word.strip_prefix("абд").and_then(|rest| rest.strip_prefix(VOWELS)) {
        if matches!(tail, "лла" | "ллах" | "ла" | "лах" | "лло") {
            return Some("абдлах".to_owned());
        }
        let ruled = tail.strip_prefix("ль").or_else(|| tail.strip_prefix('л'));
        if let Some(ruled) = ruled.filter(|ruled| ruled.chars().count() >= 3) {
            return Some(format!("абд{ruled}"));
        }
        let mut letters = tail.chars();
        let doubled = letters.next() == letters.clone().next();
        let ruled = if doubled { letters.as_str() } else { tail };
        return (ruled.chars().count() >= 4).then(|| format!("абд{ruled}"));
    }
    let long = |stem: &&str| stem.chars().count() >= 3;
    for ending in ["улла", "уллах", "алла", "аллах", "олла", "оллах"] {
        if let Some(stem) = word.strip_suffix(ending).filter(long) {
            return Some(with_allah(stem));
        }
    }
    let stem = word.strip_suffix("дин")?;
    let links = ["уд", "ед", "ад", "ид", "эд", "ут", "ет", "ат"];
    let stem = links.iter().find_map(|link| stem.strip_suffix(link)).filter(long)?;
    Some(format!("{stem}дин"))
}

/// The name after a kunya head that is fused with it: `ابوحامد`, `Abuhamid`, `Abulhasan`.
pub(crate) fn fused_kunya(word: &str) -> Option<String> {
    if let Some(named) = word.strip_prefix("ابو") {
        let bare = strip_article(named);
        return (bare.chars().count() >= 3).then(|| core_of(bare));
    }
    let (heads, with_article): (&[&str], &[&str]) = match script_of(word)? {
        Script::Latin if word.is_ascii() => {
            (&["abou", "abu"], &["aboul", "abul", "abol", "abual", "abuel"])
        }
        Script::Cyrillic => (&["абу"], &["абуль", "абул"]),
        _ => return None,
    };
    let named = with_article
        .iter()
        .filter_map(|head| word.strip_prefix(head))
        .find(|named| !named.starts_with(is_vowel) && begins_as_name(named))
        .or_else(|| {
            let named = heads.iter().find_map(|head| word.strip_prefix(head))?;
            begins_as_name(named).then_some(named)
        })?;
    Some(core_of(named))
}

/// `Abu Bakr` fused is a given name, borne by people who are no fathers.
pub(crate) fn is_bakr(named: &str) -> bool {
    let mut letters = named.chars().filter(|c| !is_vowel(*c));
    let skeleton = [letters.next(), letters.next(), letters.next()];
    letters.next().is_none()
        && matches!(
            skeleton,
            [Some('b'), Some('k' | 'c'), Some('r')]
                | [Some('ب'), Some('ك'), Some('ر')]
                | [Some('б'), Some('к'), Some('р')]
        )
}

/// One consonant and a vowel, as Arabic syllables begin; `sh`, `kh` and the like count as one.
fn begins_as_name(word: &str) -> bool {
    let mut letters = word.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return false };
    let digraph = second == 'h' && letters.next().is_some_and(is_vowel);
    word.chars().count() >= 4 && !is_vowel(first) && (is_vowel(second) || digraph)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

/// A name in the construct state before Allah: a ta marbuta is read and often written as t, and
/// a long a that runs into the article is written once (`عطالله`, `Atallah` for Ata Allah).
pub(crate) fn with_allah(stem: &str) -> String {
    let lah = lah_like(stem);
    match stem {
        "عط" | "ثن" | "ضي" | "رج" | "رض" | "هد" => format!("{stem}ا{lah}"),
        "at" => format!("{stem}a{lah}"),
        _ => match stem.strip_suffix('ه') {
            Some(bare) if stem != "وجه" && bare.chars().nth(1).is_some() => {
                format!("{bare}ت{lah}")
            }
            _ => format!("{stem}{lah}"),
        },
    }
}

/// `Allah` after `abd`, in the form of the fused word.
pub(crate) fn allah_core(ruled: &str) -> &str {
    match ruled {
        "allah" | "ullah" | "ollah" | "alla" | "llah" | "lah" | "illah" | "ellah" | "oullah"
        | "elah" | "allahi" => "lah",
        "الله" | "لله" | "اللاه" | "للاه" => "له",
        "аллах" | "улла" | "уллах" | "алла" => "лах",
        ruled => ruled,
    }
}

/// `abd` in the script of `word`.
pub(crate) fn abd_of(word: &str) -> &'static str {
    if word.is_ascii() {
        "abd"
    } else if word.starts_with('а') {
        "абд"
    } else {
        "عبد"
    }
}

/// Second element `Allah` in the script of the first.
fn lah_like(stem: &str) -> &'static str {
    second_like(stem, ["lah", "лах", "له"])
}

/// Second element `al-Din` or `al-Islam`, given in Latin, in the script of the first.
pub(crate) fn second_of(stem: &str, canonical: &str) -> &'static str {
    match canonical {
        "islam" => second_like(stem, ["islam", "ислам", "اسلام"]),
        _ => second_like(stem, ["din", "дин", "دين"]),
    }
}

fn second_like(stem: &str, [latin, cyrillic, arabic]: [&'static str; 3]) -> &'static str {
    match script_of(stem) {
        Some(Script::Arabic) => arabic,
        Some(Script::Cyrillic) => cyrillic,
        _ => latin,
    }
}

/// Whether a word is Arabic by its letters or by the beginning or end of a compound.
pub(crate) fn looks_arabic(word: &str) -> bool {
    const ENDS: [&str; 9] =
        ["ullah", "allah", "ollah", "uddin", "eddin", "addin", "eddine", "улла", "уддин"];
    match script_of(word) {
        Some(Script::Arabic) => true,
        Some(Script::Latin) if word.starts_with("abd") && word.len() > 4 => true,
        Some(Script::Latin | Script::Cyrillic) => ENDS.iter().any(|end| word.ends_with(end)),
        _ => false,
    }
}

/// Whether a folded word is one of the compounds by itself.
pub(crate) fn is_compound(word: &str) -> bool {
    match script_of(word) {
        Some(Script::Arabic) => true,
        Some(Script::Latin) if word.is_ascii() => {
            latin_abd(word).or_else(|| latin_compound(word)).is_some()
        }
        Some(Script::Cyrillic) => cyrillic_compound(word).is_some(),
        _ => false,
    }
}
