//! Pages that look like forms of a layout nobody knows, and which of them share it.
//!
//! What is printed on every sheet of a layout is the same, what people write into it differs: so
//! pages with many short texts in common are sheets of one layout, and the common texts its labels.

use std::collections::{BTreeMap, BTreeSet};

use model::Layout;

use crate::fold::{fold, words};
use crate::grid::{grids, text_of};
use crate::inline;
use crate::lexicon::strip_number;

/// Short texts of a page that are looked at. Chosen by hand: the longest form we know has 60.
const TEXTS_MAX: usize = 240;
/// Words of a label, letters of one.
const WORDS_MAX: usize = 10;
const LETTERS_MIN: usize = 2;
/// Short texts from which a page may be a form. Chosen by hand.
const TEXTS_MIN: usize = 5;
/// Share of the texts of the smaller page that two sheets of one layout have in common, and how
/// many at least. Chosen by hand: of a form with as many answers as labels half is common.
const COMMON_SHARE: f32 = 0.35;
const COMMON_MIN: usize = 5;
/// Share of the pages of a group that must have a text for it to be a label.
const LABEL_SHARE: f32 = 0.6;
/// Pages from which a layout is offered: two may be copies of one sheet. Chosen by hand.
const PAGES_MIN: usize = 3;
/// Layouts that a page is compared with. Chosen by hand: each costs microseconds.
const GROUPS_MAX: usize = 2000;

/// Pages of one layout that no wording and no template tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLayout {
    /// The path of one of them, the first.
    pub example: String,
    /// How many there are.
    pub pages: usize,
    /// The paths of all.
    pub paths: Vec<String>,
    /// The texts that most of them have, as the example has them.
    pub labels: Vec<String>,
}

/// What stands before a colon in letters and mail, folded: it asks nobody for anything.
const LETTER_HEADS: [&str; 30] = [
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "sent",
    "attachments",
    "reply to",
    "re",
    "de",
    "a",
    "objet",
    "envoye",
    "от",
    "кому",
    "тема",
    "дата",
    "von",
    "an",
    "betreff",
    "gesendet",
    "kimden",
    "kime",
    "konu",
    "tarih",
    "من",
    "الي",
    "الموضوع",
    "التاريخ",
];

/// What a page shows of its layout.
#[derive(Debug, Default)]
pub(crate) struct Skeleton {
    /// The short texts in reading order: labels, and some of the answers. Empty for running text.
    pub(crate) texts: Vec<String>,
    /// Whether enough of them have a place for an answer beside or behind them, so that the page is
    /// a form whatever other pages show.
    pub(crate) is_form: bool,
}

/// The skeleton of a page.
pub(crate) fn skeleton(layout: &Layout) -> Skeleton {
    let mut out: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    let (mut short, mut long, mut placed) = (0, 0, 0);
    for grid in grids(layout) {
        for (row, cell) in grid.rows.iter().flat_map(|row| row.iter().map(move |cell| (row, cell)))
        {
            let text = text_of(cell);
            let whole = text.lines().next().unwrap_or_default();
            let head = inline::cut(whole).map_or(whole, |(head, _)| head);
            let label = strip_number(head).text;
            let folded = fold(&label);
            let count = words(&folded).count();
            if count == 0 || LETTER_HEADS.contains(&folded.as_str()) {
                continue;
            }
            long += usize::from(count > WORDS_MAX);
            let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
            if count > WORDS_MAX || letters < LETTERS_MIN || letters * 2 < folded.chars().count() {
                continue;
            }
            short += 1;
            placed += usize::from(row.len() > 1 || head.len() < whole.len());
            if out.len() < TEXTS_MAX && seen.insert(folded) {
                out.push(label);
            }
        }
    }
    if short < TEXTS_MIN || long * 2 > short {
        return Skeleton::default();
    }
    Skeleton { texts: out, is_form: placed >= TEXTS_MIN }
}

struct Group<'a> {
    texts: BTreeSet<String>,
    counts: BTreeMap<String, usize>,
    example: &'a [String],
    paths: Vec<String>,
}

/// Groups pages (path and [`crate::FormsRead::skeleton`]) by layout; the largest group first.
pub fn group_unknown(pages: &[(String, Vec<String>)]) -> Vec<UnknownLayout> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (path, texts) in pages {
        let own: BTreeSet<String> = texts.iter().map(|t| fold(t)).collect();
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for group in own.iter().filter_map(|text| by_text.get(text)).flatten() {
            *common.entry(*group).or_default() += 1;
        }
        let best = common
            .into_iter()
            .filter(|(group, n)| {
                let smaller = groups[*group].texts.len().min(own.len());
                *n >= COMMON_MIN && *n as f32 >= COMMON_SHARE * smaller as f32
            })
            .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((id, _)) = best {
            let group = &mut groups[id];
            group.paths.push(path.clone());
            for text in own {
                *group.counts.entry(text).or_default() += 1;
            }
        } else if own.len() >= TEXTS_MIN && groups.len() < GROUPS_MAX {
            for text in &own {
                by_text.entry(text.clone()).or_default().push(groups.len());
            }
            let counts = own.iter().map(|text| (text.clone(), 1)).collect();
            groups.push(Group { texts: own, counts, example: texts, paths: vec![path.clone()] });
        }
    }
    let mut out: Vec<UnknownLayout> =
        groups.into_iter().filter(|g| g.paths.len() >= PAGES_MIN).map(offer).collect();
    out.sort_by(|a, b| b.pages.cmp(&a.pages).then(a.example.cmp(&b.example)));
    out
}

fn offer(group: Group<'_>) -> UnknownLayout {
    let least = LABEL_SHARE * group.paths.len() as f32;
    let is_common =
        |text: &&String| group.counts.get(&fold(text)).is_some_and(|n| *n as f32 >= least);
    UnknownLayout {
        example: group.paths[0].clone(),
        pages: group.paths.len(),
        labels: group.example.iter().filter(is_common).cloned().collect(),
        paths: group.paths,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_one_layout_are_found_by_what_they_share() {
        let labels = ["Zorbitan", "Velk mun", "Drunosh", "Kaspel", "Hurra ni", "Tolv"];
        let page = |n: usize| {
            let answers = (0..6).map(|i| format!("answer {}", "abcdefgh".repeat(n * 7 + i)));
            (format!("{n}.docx"), labels.iter().map(ToString::to_string).chain(answers).collect())
        };
        let letter = |n: usize| {
            (
                format!("letter{n}.docx"),
                (0..9).map(|i| format!("line {}", "xyz".repeat(n * 9 + i))).collect(),
            )
        };
        let mut pages: Vec<(String, Vec<String>)> = (1..5).map(page).collect();
        pages.extend((1..5).map(letter));
        let found = group_unknown(&pages);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].pages, found[0].example.as_str()), (4, "1.docx"));
        assert_eq!(found[0].labels, labels);
    }
}
