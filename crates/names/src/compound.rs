//! Owns names that are written together or apart: `Abd` + name, name + `Allah`, name + `al-Din`,
//! and the articles fused with a word; and the endings that give a name's role away.
//! Works on folded words. Invariant: the core of a core is the core.

/// Core of one folded word: article off, fused compounds in the one form that `analyze` also
/// gives to those written apart.
pub(crate) fn core_of(word: &str) -> String {
    if let Some(ruled) = word.strip_prefix("عبد") {
        let bare = ruled.strip_prefix("ال").unwrap_or(ruled);
        if bare.chars().count() >= 2 {
            return format!("عبد{bare}");
        }
        return word.to_owned();
    }
    if let Some(core) = arabic_compound(word) {
        return core;
    }
    if word.is_ascii() {
        if let Some(core) = latin_abd(word) {
            return core;
        }
        if let Some(core) = latin_compound(word) {
            return core;
        }
    }
    strip_article(word).to_owned()
}

/// Takes the Arabic article off a word, if a word is left.
pub(crate) fn strip_article(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(bare) if bare.chars().count() >= 3 && !is_bare_al(word) => bare,
        _ => word,
    }
}

/// Names that begin with alef and lam of their own.
fn is_bare_al(word: &str) -> bool {
    ["الياس", "الهام", "الفت", "البرت", "الكس", "اليس", "الين", "الله", "الف", "الما", "السندر"]
        .iter()
        .any(|own| word.starts_with(own))
}

fn arabic_compound(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("الله").filter(|stem| stem.chars().count() >= 2) {
        return Some(format!("{}له", strip_article(stem)));
    }
    let stem = word.strip_suffix("الدين").filter(|stem| stem.chars().count() >= 2)?;
    Some(format!("{stem}دين"))
}

/// `Abdulghani`, `Abderrahmane`, `Abdi-aziz`: abd, a vowel, perhaps l, and the rest.
fn latin_abd(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let vowels = rest.bytes().take_while(|b| b"aeiou".contains(b)).count();
    if vowels == 0 || vowels > 2 {
        return (rest.len() > 3 && vowels == 0).then(|| word.to_owned());
    }
    let tail = &rest[vowels..];
    if matches!(tail, "la" | "lah" | "llah" | "lla" | "llahi") {
        return Some("abdlah".to_owned());
    }
    if let Some(ruled) = tail.strip_prefix('l').filter(|ruled| ruled.len() >= 3) {
        return Some(format!("abd{ruled}"));
    }
    let doubled = tail.as_bytes().first() == tail.as_bytes().get(1);
    let ruled = if doubled { tail.get(1..)? } else { tail };
    (ruled.len() >= 4).then(|| format!("abd{ruled}"))
}

/// `Nasrallah`, `Hidayatullah`, `Nuruddin`, `Salaheddine`.
fn latin_compound(word: &str) -> Option<String> {
    for ending in ["ullah", "allah", "ollah", "oullah", "ulla", "alla", "olla", "ellah", "illah"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 3) {
            return Some(format!("{stem}lah"));
        }
    }
    for din in ["din", "deen", "dine", "dien"] {
        let Some(stem) = word.strip_suffix(din) else { continue };
        for link in ["ud", "ed", "ad", "od", "id", "al", "el", "ul", "oud"] {
            if let Some(stem) = stem.strip_suffix(link).filter(|stem| stem.len() >= 3) {
                return Some(format!("{stem}din"));
            }
        }
    }
    None
}

/// `Allah` after `abd`, in the form of the fused word.
pub(crate) fn allah_core(ruled: &str) -> &str {
    match ruled {
        "allah" | "ullah" | "ollah" | "alla" | "llah" | "lah" | "illah" | "ellah" => "lah",
        "الله" | "لله" => "له",
        ruled => ruled,
    }
}

/// `abd` in the script of `word`.
pub(crate) fn abd_of(word: &str) -> &'static str {
    if word.starts_with('а') { "абд" } else { "عبد" }
}

/// Second element `Allah` in the script of the first.
pub(crate) fn lah_like(stem: &str) -> &'static str {
    if stem.is_ascii() {
        "lah"
    } else if stem.starts_with(is_cyrillic) {
        "лах"
    } else {
        "له"
    }
}

/// Second element `al-Din` in the script of the first.
pub(crate) fn din_like(stem: &str) -> &'static str {
    if stem.is_ascii() {
        "din"
    } else if stem.starts_with(is_cyrillic) {
        "дин"
    } else {
        "دين"
    }
}

fn is_cyrillic(c: char) -> bool {
    crate::Script::of(c) == Some(crate::Script::Cyrillic)
}

/// East Slavic patronymics by their ending.
pub(crate) fn is_patronymic(core: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "ovich", "evich", "ovitch", "evitch", "ovna", "evna", "yevich", "ович", "евич", "овна",
        "евна", "ична",
    ];
    core.len() > 7 && ENDINGS.iter().any(|ending| core.ends_with(ending))
}

/// Compounds with Allah or al-Din, in the form of `core_of`.
pub(crate) fn is_laqab(core: &str) -> bool {
    !core.starts_with("abd")
        && !core.starts_with("عبد")
        && ["lah", "din", "له", "دين"].iter().any(|e| core.ends_with(e))
}

/// Family names by endings of their language.
pub(crate) fn is_family(core: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "oglu", "zade", "zadeh", "zada", "ov", "ova", "ev", "eva", "sky", "skiy", "ski", "shvili",
        "dze", "yan", "ian", "pour", "nejad", "ов", "ова", "ев", "ева", "ский",
    ];
    core.chars().count() > 5 && ENDINGS.iter().any(|ending| core.ends_with(ending))
}
