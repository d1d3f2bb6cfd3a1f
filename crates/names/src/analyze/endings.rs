//! Owns the endings that give the role of a name away: patronymics and family names.
//! Does not know the other parts of the name. Invariant: works on folded words of any script.

/// East Slavic patronymics by their ending.
pub(super) fn is_patronymic(core: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ovich",
        "evich",
        "ovitch",
        "evitch",
        "ovych",
        "evych",
        "yovych",
        "ovna",
        "evna",
        "ivna",
        "ichna",
        "ович",
        "евич",
        "йович",
        "овна",
        "евна",
        "ична",
        "івна",
        "ївна",
        "авич",
        "авіч",
    ];
    core.chars().count() > 7 && ends_with_any(core, ENDINGS)
        || ["ilyich", "ilich", "ильич", "кузьмич", "лукич", "фомич", "kuzmich"].contains(&core)
}

/// Names of the father with the word for son or daughter fused to them: Turkic.
pub(super) fn is_fused_patronymic(core: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ogly", "ogli", "oghlu", "kyzy", "qizi", "gizi", "uulu", "оглы", "кызы", "огли", "кизи",
        "улы",
    ];
    core.chars().count() > 6 && ends_with_any(core, ENDINGS)
}

/// Names of origin, tribe or trade, of men and of women. They have an article as well.
pub(super) fn is_nisba(core: &str) -> bool {
    const ENDINGS: &[&str] = &["i", "y", "iya", "iyya", "iyah", "iyyah", "ي", "يه", "и"];
    ends_with_any(core, ENDINGS)
}

/// Family names by endings that no given name has.
pub(super) fn is_family(core: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "oglu",
        "zade",
        "zadeh",
        "zada",
        "ov",
        "ova",
        "ev",
        "eva",
        "off",
        "sky",
        "skiy",
        "skii",
        "skyi",
        "ski",
        "skaya",
        "skaia",
        "ska",
        "shvili",
        "dze",
        "pour",
        "nejad",
        "nezhad",
        "enko",
        "chuk",
        "poulos",
        "ов",
        "ова",
        "ев",
        "ева",
        "ский",
        "ская",
        "ський",
        "ська",
        "енко",
        "чук",
        "швили",
        "дзе",
        "заде",
        "moto",
        "mura",
        "yama",
        "kawa",
        "gawa",
        "zawa",
        "guchi",
        "hashi",
        "shita",
    ];
    core.chars().count() > 4 && ends_with_any(core, ENDINGS)
}

/// Family names by endings that given names have as well: they count for a long word, or where
/// another name has gone before.
pub(super) fn may_be_family(core: &str) -> bool {
    const ENDINGS: &[&str] = &["yan", "ian", "yants", "escu", "idis", "akis", "sson", "ян", "янц"];
    core.chars().count() > 5 && ends_with_any(core, ENDINGS)
}

/// Compares the last byte first: most endings are ruled out by it.
fn ends_with_any(word: &str, endings: &[&str]) -> bool {
    let last = word.as_bytes().last();
    endings.iter().any(|ending| ending.as_bytes().last() == last && word.ends_with(ending))
}
