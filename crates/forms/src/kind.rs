//! What kind of sheet a form is: an entry form, an exit form, a death notice.
//!
//! Its title tells, the text above its first question; where that says nothing, what it asks does.

use std::sync::LazyLock;

use crate::Key;
use crate::fold::{fold, likeness, words};
use crate::lexicon::Target;

/// The kind of a sheet that nothing tells to be another.
pub(crate) const ENTRY_FORM: &str = "entry_form";
const EXIT_FORM: &str = "exit_form";
const DEATH_NOTICE: &str = "death_notice";

/// Questions about leaving, or about a death, that make a sheet without a title what it is. Chosen by
/// hand: an entry form has one of a death, which is left empty.
const OWN_LEAST: usize = 2;
/// Least likeness of a line of the title to one of ours: a letter in six may be misread. Chosen by
/// hand.
const TITLE_LEAST: f32 = 0.84;

/// Words of a row that is a title in the middle of a document. Chosen by hand: ours have up to four,
/// and a number or a date may follow.
const TITLE_WORDS_MAX: usize = 8;

/// Titles, written for this project.
const TITLES: [(&str, &[&str]); 2] = [
    (
        EXIT_FORM,
        &[
            "استمارة خروج",
            "استمارة الخروج",
            "نموذج خروج",
            "نموذج الخروج",
            "ورقة خروج",
            "اذن خروج",
            "تصريح خروج",
            "استمارة مغادرة",
            "طلب خروج",
            "طلب اجازة",
            "exit form",
            "exit permit",
            "exit card",
            "leave form",
            "leave request",
            "request for leave",
            "departure form",
            "departure card",
            "formulaire de sortie",
            "fiche de sortie",
            "autorisation de sortie",
            "permis de sortie",
            "анкета выезда",
            "бланк выезда",
            "анкета на выезд",
            "разрешение на выезд",
            "выездная анкета",
            "ausreiseformular",
            "ausreisekarte",
            "ausreiseerlaubnis",
            "cikis formu",
            "cikis belgesi",
            "cikis izni",
            "izin formu",
        ],
    ),
    (
        DEATH_NOTICE,
        &[
            "شهادة وفاة",
            "بيان وفاة",
            "اشعار وفاة",
            "اشعار بالوفاة",
            "اعلان وفاة",
            "بلاغ وفاة",
            "استمارة وفاة",
            "استمارة شهيد",
            "بيان استشهاد",
            "اشعار استشهاد",
            "نعي",
            "death notice",
            "notice of death",
            "death certificate",
            "death report",
            "report of death",
            "martyr notice",
            "martyrdom notice",
            "avis de deces",
            "acte de deces",
            "certificat de deces",
            "declaration de deces",
            "извещение о смерти",
            "извещение о гибели",
            "свидетельство о смерти",
            "сообщение о гибели",
            "sterbeurkunde",
            "todesanzeige",
            "todesmeldung",
            "olum belgesi",
            "olum bildirimi",
            "vefat bildirimi",
            "sehadet belgesi",
        ],
    ),
];

/// A title as it is compared: its kind, folded and with a blank at each end, and as characters.
struct Title {
    kind: &'static str,
    folded: String,
    chars: Vec<char>,
}

static FOLDED: LazyLock<Vec<Title>> = LazyLock::new(|| {
    let all = TITLES.iter().flat_map(|(kind, titles)| titles.iter().map(move |ours| (*kind, ours)));
    all.map(|(kind, ours)| {
        let folded = fold(ours);
        let chars = folded.chars().collect();
        Title { kind, folded: format!(" {folded} "), chars }
    })
    .collect()
});

/// The kind of sheet that the text above its first question names, if any.
pub(crate) fn kind_of_title(title: &str) -> Option<&'static str> {
    let folded = format!(" {} ", fold(&title.replace('\n', " ")));
    if let Some(found) = FOLDED.iter().find(|ours| folded.contains(&ours.folded)) {
        return Some(found.kind);
    }
    let lines: Vec<Vec<char>> = title.lines().map(|l| fold(l).chars().collect()).collect();
    let found = FOLDED.iter().find(|ours| {
        lines.iter().any(|line| likeness(line, &ours.chars, TITLE_LEAST) >= TITLE_LEAST)
    });
    found.map(|ours| ours.kind)
}

/// Whether a row is a title and nothing more.
pub(crate) fn is_title(row: &str) -> bool {
    words(row).take(TITLE_WORDS_MAX + 1).count() <= TITLE_WORDS_MAX && kind_of_title(row).is_some()
}

/// The kind of a sheet without a telling title, by what it asks.
pub(crate) fn kind_of_questions(targets: &[Option<Target>]) -> &'static str {
    let keys = |target: &Target| match *target {
        Target::One(key) => vec![key],
        Target::Two(first, second) => vec![first, second],
        _ => Vec::new(),
    };
    let all: Vec<Key> = targets.iter().flatten().flat_map(keys).collect();
    let of_entry = [Key::EntryDate, Key::EntryPoint, Key::Role, Key::Recommender, Key::Deposits];
    if all.iter().any(|key| of_entry.contains(key)) {
        return ENTRY_FORM;
    }
    let matters = || {
        targets.iter().flatten().filter_map(|target| match target {
            Target::Matter(matter) => Some(*matter),
            _ => None,
        })
    };
    let exit = matters().filter(|matter| matter.is_of_exit()).count();
    let deaths = all.iter().filter(|key| [Key::DeathDate, Key::DeathPlace].contains(key)).count();
    let death = deaths + matters().filter(|matter| !matter.is_of_exit()).count();
    match (exit, death) {
        (exit, death) if exit >= OWN_LEAST && exit > death => EXIT_FORM,
        (_, death) if death >= OWN_LEAST => DEATH_NOTICE,
        _ => ENTRY_FORM,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_tells_the_kind_also_with_a_letter_misread() {
        for (title, kind) in [
            ("إستمارة خروج", Some(EXIT_FORM)),
            ("General Directorate of Samples\nExit Form No. 4", Some(EXIT_FORM)),
            ("Exlt Form", Some(EXIT_FORM)),
            ("شهادة وفاة", Some(DEATH_NOTICE)),
            ("Извещение о смерти", Some(DEATH_NOTICE)),
            ("Entry form", None),
            ("استمارة دخول", None),
            ("", None),
        ] {
            assert_eq!(kind_of_title(title), kind, "{title}");
        }
    }
}
