//! Learning a template from one example: which answers stand under which keys tells which labels
//! ask for them, and where answers stand in this layout.

use std::collections::{BTreeMap, BTreeSet};

use model::{Layout, Span};

use crate::fit::is_kunya;
use crate::fold::{fold, words};
use crate::grid::{Grid, all_grids, text_of};
use crate::lexicon::{lexicon, strip_number};
use crate::question::LABEL_WORDS_MAX;
use crate::template::{
    AnswerPlace, LABELS_MAX, Template, TemplateError, TemplateFile, TemplateLabel, compact,
};
use crate::{Key, inline, vocabulary};

/// What a label counts that looks like an answer, of 1. Chosen by hand.
const ANSWER_LIKE: f32 = 0.3;
/// Where answers may stand, in the order in which equals are preferred.
const PLACES: [AnswerPlace; 6] = [
    AnswerPlace::Column,
    AnswerPlace::Same,
    AnswerPlace::After,
    AnswerPlace::Below,
    AnswerPlace::Before,
    AnswerPlace::Above,
];
/// What a label of the lexicon counts more. Chosen by hand.
const KNOWN_BONUS: f32 = 0.5;

/// An answer of the example and the key that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The key.
    pub key: Key,
    /// The answer as written, or its place in words as records have it: `table 1, row 3, column 2`.
    pub text: String,
}

/// What a template is called, and what its file says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LearnOptions {
    /// Its name.
    pub name: String,
    /// The language of its labels; told by their letters where empty.
    pub language: String,
    /// What it was learnt from.
    pub origin: String,
    /// Where answers stand, if that need not be found out.
    pub answers: Option<AnswerPlace>,
}

/// Why nothing could be learnt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// No mark was given.
    #[error("nothing is marked")]
    NoMarks,
    /// The text stands nowhere in the example.
    #[error("{text:?} (marked as {key}) stands nowhere in the example")]
    NotFound {
        /// The key.
        key: Key,
        /// The marked text.
        text: String,
    },
    /// No label was found for a mark.
    #[error("no label stands where that of {key} should: answers were taken to stand {answers:?}")]
    NoLabel {
        /// The key.
        key: Key,
        /// Where answers were taken to stand.
        answers: AnswerPlace,
    },
    /// One label was marked with more than two keys.
    #[error("{label:?} is marked with more than two keys")]
    ManyKeys {
        /// The label.
        label: String,
    },
    /// What was learnt makes no template.
    #[error(transparent)]
    Template(#[from] TemplateError),
}

/// A cell of a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    grid: usize,
    row: usize,
    column: usize,
}

/// Learns a template from an example and its marks.
///
/// # Errors
/// Where a mark stands nowhere, or no label can be found for it.
pub fn learn(
    layout: &Layout,
    marks: &[Mark],
    options: &LearnOptions,
) -> Result<Template, LearnError> {
    if marks.is_empty() {
        return Err(LearnError::NoMarks);
    }
    let example = Example { grids: all_grids(layout), answers: answers_of(marks) };
    let mut spots: Vec<(&Mark, Vec<Spot>)> = Vec::new();
    for mark in marks {
        let found = example.find(&mark.text);
        if found.is_empty() {
            return Err(LearnError::NotFound { key: mark.key, text: mark.text.clone() });
        }
        spots.push((mark, found));
    }
    let answers = options.answers.unwrap_or_else(|| example.vote(&spots));
    let mut keys: Keys = BTreeMap::new();
    // Labels where most stand are taken first, so that none of them serves an answer elsewhere.
    let place = |(mark, found): &(&Mark, Vec<Spot>)| example.place(mark, found, answers);
    let (usual, odd): (Vec<_>, Vec<_>) = spots.iter().partition(|spot| place(spot).is_some());
    for (mark, found) in usual.into_iter().chain(odd) {
        let usual = example.place(mark, found, answers).map(|label| (label, None));
        let label = match options.answers {
            None => usual.or_else(|| example.elsewhere(mark, found, &keys)),
            Some(_) => usual,
        };
        let Some((label, own)) = label else {
            return Err(LearnError::NoLabel { key: mark.key, answers });
        };
        keys.entry(label).or_insert((own, Vec::new())).1.push(mark.key);
    }
    let labels = example.labels(&keys, answers)?;
    let language = match options.language.as_str() {
        "" => language_of(&labels),
        given => given.to_owned(),
    };
    Ok(Template::of_file(TemplateFile {
        version: 1,
        name: options.name.clone(),
        language,
        origin: options.origin.clone(),
        answers,
        labels,
    })?)
}

/// Labels by cell and text: the place of the answer if an odd one, and the keys.
type Keys = BTreeMap<(Spot, String), (Option<AnswerPlace>, Vec<Key>)>;

fn answers_of(marks: &[Mark]) -> BTreeSet<String> {
    marks.iter().map(|mark| fold(&mark.text)).collect()
}

struct Example {
    grids: Vec<Grid>,
    /// The marked answers, folded: none of them is a label.
    answers: BTreeSet<String>,
}

impl Example {
    fn cell(&self, spot: Spot) -> Option<&Vec<Span>> {
        self.grids.get(spot.grid)?.rows.get(spot.row)?.get(spot.column)
    }

    fn text(&self, spot: Spot) -> String {
        self.cell(spot).map(|spans| text_of(spans)).unwrap_or_default()
    }

    /// Cells that are the text or at the place; where there are none, cells that hold the text.
    fn find(&self, text: &str) -> Vec<Spot> {
        let wanted = fold(text);
        let place = text.trim().to_lowercase();
        let mut whole = Vec::new();
        let mut within = Vec::new();
        for (grid, g) in self.grids.iter().enumerate() {
            for (row, cells) in g.rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let spot = Spot { grid, row, column };
                    let own = fold(&text_of(cell));
                    let here = cell.iter().any(|s| s.place.describe().to_lowercase() == place);
                    if here || !wanted.is_empty() && own == wanted {
                        whole.push(spot);
                    } else if !wanted.is_empty()
                        && format!(" {own} ").contains(&format!(" {wanted} "))
                    {
                        within.push(spot);
                    }
                }
            }
        }
        if whole.is_empty() { within } else { whole }
    }

    /// Where answers stand: the place at which most marks have a label that looks like one.
    fn vote(&self, spots: &[(&Mark, Vec<Spot>)]) -> AnswerPlace {
        let mut best = (0.0, AnswerPlace::After);
        for answers in PLACES {
            let mut seen = BTreeSet::new();
            let mut sum = 0.0;
            for (mark, found) in spots {
                let label = found.iter().find_map(|spot| self.label(*spot, mark, answers));
                let Some((spot, text)) = label else { continue };
                let again = !seen.insert((spot, compact(&text)));
                sum += worth(&text) * if again { 0.5 } else { 1.0 };
            }
            if sum > best.0 + 1e-3 {
                best = (sum, answers);
            }
        }
        best.1
    }

    /// The label of a marked answer, if it stands there.
    fn place(&self, mark: &Mark, found: &[Spot], answers: AnswerPlace) -> Option<(Spot, String)> {
        found.iter().find_map(|spot| self.label(*spot, mark, answers))
    }

    /// The label of an answer that stands elsewhere than most; no label serves twice so.
    fn elsewhere(
        &self,
        mark: &Mark,
        found: &[Spot],
        taken: &Keys,
    ) -> Option<((Spot, String), Option<AnswerPlace>)> {
        let mut best: Option<(f32, _)> = None;
        for answers in PLACES {
            let Some(label) = self.place(mark, found, answers) else { continue };
            let worth = worth(&label.1);
            if !taken.contains_key(&label) && best.as_ref().is_none_or(|(known, _)| worth > *known)
            {
                best = Some((worth, (label, Some(answers))));
            }
        }
        best.map(|(_, found)| found)
    }

    /// The label of the answer in a cell, with its own cell.
    fn label(&self, spot: Spot, mark: &Mark, answers: AnswerPlace) -> Option<(Spot, String)> {
        let grid = &self.grids[spot.grid];
        if answers == AnswerPlace::Same {
            return self.label_before(spot, &mark.text).map(|text| (spot, text));
        }
        let row = &grid.rows[spot.row];
        let at = |row: usize, column: usize| Spot { row, column, ..spot };
        let label = match answers {
            AnswerPlace::After => {
                (0..spot.column).rev().map(|c| at(spot.row, c)).find(|s| self.is_filled(*s))?
            }
            AnswerPlace::Before => (spot.column + 1..row.len())
                .map(|c| at(spot.row, c))
                .find(|s| self.is_filled(*s))?,
            AnswerPlace::Below => at(spot.row.checked_sub(1)?, spot.column),
            AnswerPlace::Above => at(spot.row + 1, spot.column),
            AnswerPlace::Column if grid.is_register => {
                let filled =
                    |r: usize| (0..row.len()).filter(|c| self.is_filled(at(r, *c))).count();
                // The fullest row above, the first of equals, is the header.
                let header = (0..spot.row.min(30)).max_by_key(|r| (filled(*r), spot.row - r))?;
                at(header, spot.column)
            }
            AnswerPlace::Column | AnswerPlace::Same => return None,
        };
        if grid.is_register != (answers == AnswerPlace::Column) {
            return None;
        }
        let text = self.text(label).replace('\n', " ");
        self.is_label(&text).then_some((label, text))
    }

    /// What stands in the same cell before the answer.
    fn label_before(&self, spot: Spot, answer: &str) -> Option<String> {
        let text = self.text(spot);
        let at = text.find(answer.trim())?;
        let head = text[..at].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        // Further questions may stand before it in the same line.
        let head = head.rsplit(['\n', ';', '؛', '|']).next()?.trim();
        self.is_label(head).then(|| head.to_owned())
    }

    fn is_filled(&self, spot: Spot) -> bool {
        let label = strip_number(&self.text(spot));
        label.text.contains(char::is_alphabetic)
    }

    fn is_label(&self, text: &str) -> bool {
        let folded = fold(text);
        let count = words(&folded).count();
        (1..=LABEL_WORDS_MAX).contains(&count)
            && text.contains(char::is_alphabetic)
            && !self.answers.contains(&folded)
    }

    /// The labels with their keys, and the others that stand where labels stand.
    fn labels(&self, keys: &Keys, answers: AnswerPlace) -> Result<Vec<TemplateLabel>, LearnError> {
        let mut all = self.others(keys, answers);
        all.extend(keys.keys().cloned());
        let mut seen = BTreeSet::new();
        let mut out = Vec::new();
        for label in all {
            let (answers, keys) = keys.get(&label).map_or((None, &[][..]), |(own, k)| (*own, k));
            let text = label.1;
            let key = match keys {
                [] => None,
                [one] => Some(one.to_string()),
                [first, second] => Some(format!("{} + {}", first.min(second), first.max(second))),
                _ => return Err(LearnError::ManyKeys { label: text }),
            };
            let text = strip_number(&text).text;
            if seen.insert((compact(&text), key.is_some())) && out.len() < LABELS_MAX {
                out.push(TemplateLabel { text, key, answers });
            }
        }
        // A wording that is marked once is not also an unmarked label.
        let marked: BTreeSet<String> =
            out.iter().filter(|l| l.key.is_some()).map(|l| compact(&l.text)).collect();
        out.retain(|label| label.key.is_some() || !marked.contains(&compact(&label.text)));
        Ok(out)
    }

    fn others(&self, keys: &Keys, answers: AnswerPlace) -> BTreeSet<(Spot, String)> {
        let grids: BTreeSet<usize> = keys.keys().map(|(spot, _)| spot.grid).collect();
        let usual = || keys.iter().filter(|(_, (own, _))| own.is_none()).map(|((spot, _), _)| spot);
        let columns: BTreeSet<(usize, usize)> =
            usual().map(|spot| (spot.grid, spot.column)).collect();
        let rows: BTreeSet<(usize, usize)> = usual().map(|spot| (spot.grid, spot.row)).collect();
        let odd: BTreeSet<Spot> = (keys.iter())
            .filter(|(_, (own, _))| *own == Some(AnswerPlace::Same))
            .map(|((spot, _), _)| *spot)
            .collect();
        let mut out = BTreeSet::new();
        for grid in grids {
            for (row, cells) in self.grids[grid].rows.iter().enumerate() {
                for column in 0..cells.len() {
                    let spot = Spot { grid, row, column };
                    let text = self.text(spot);
                    let placed = match answers {
                        AnswerPlace::After | AnswerPlace::Before => {
                            cells.len() > 1 && columns.contains(&(grid, column))
                        }
                        AnswerPlace::Below | AnswerPlace::Above | AnswerPlace::Column => {
                            rows.contains(&(grid, row))
                        }
                        AnswerPlace::Same => true,
                    };
                    let label = match answers {
                        AnswerPlace::Same => inline::cut(&text).map(|(head, _)| head.to_owned()),
                        _ => Some(text.replace('\n', " ")),
                    };
                    if let Some(label) =
                        label.filter(|l| placed && !odd.contains(&spot) && self.is_label(l))
                        && worth(&label) >= 1.0
                    {
                        out.insert((spot, label));
                    }
                }
            }
        }
        out
    }
}

/// How much a text looks like a label.
fn worth(text: &str) -> f32 {
    let folded = fold(text);
    let digits = folded.chars().filter(char::is_ascii_digit).count();
    let best = lexicon().matches(&strip_number(text).text).first().map_or(0.0, |m| m.score);
    if best >= 0.6 {
        1.0 + KNOWN_BONUS
    } else if digits > 2 || is_kunya(&folded) || vocabulary::is_answer_word(text) {
        ANSWER_LIKE
    } else {
        1.0
    }
}

/// The language of labels as far as their letters tell.
fn language_of(labels: &[TemplateLabel]) -> String {
    let count = |own: fn(char) -> bool| {
        labels.iter().flat_map(|label| label.text.chars()).filter(|c| own(*c)).count()
    };
    let arabic = count(|c| ('\u{600}'..='\u{6ff}').contains(&c));
    let cyrillic = count(|c| ('\u{400}'..='\u{4ff}').contains(&c));
    let all = count(char::is_alphabetic);
    if arabic * 2 > all {
        "ar".to_owned()
    } else if cyrillic * 2 > all {
        "ru".to_owned()
    } else {
        String::new()
    }
}
