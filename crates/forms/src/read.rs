//! The way from a layout to filled forms.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::value::DateOrder;
use model::{Block, DocumentId, Layout, Problem, Stage};

use crate::Key;
use crate::assign::{Assignment, assign, join_name, part_forms};
use crate::fold::{fold, words};
use crate::form::{Answer, AnswerState, FilledForm, Flaw};
use crate::grid::{grids, table_rows};
use crate::kind::{is_title, kind_of_questions, kind_of_title};
use crate::labels::Labels;
use crate::lexicon::Target;
use crate::question::{Question, find_questions};
use crate::reading::Context;
use crate::record::{asked, fill, stated};
use crate::register::find_register;
use crate::skeleton::{Skeleton, skeleton};
use crate::template::{self, Template};

/// Labels that make text a form, told by their wording. Chosen by hand: letters and articles have
/// one or two words before a colon that happen to be labels.
const LABELS_MIN: usize = 4;
/// The same if a name or a kunya is among them.
const LABELS_MIN_WITH_NAME: usize = 3;

/// Kind of a page that may be a form, of a layout that nothing tells.
pub const UNKNOWN: &str = "unknown";

/// Kind of the problem that such a page is.
pub const UNKNOWN_LAYOUT: &str = "unknown_layout";

/// Words of running text from which it must mostly be questions and answers to be a form, and the
/// share of it that must be. Chosen by hand: technical prose with colons reached a fifth, forms with
/// explanations between the questions keep above a half.
const PROSE_WORDS: usize = 80;
const COVERED_SHARE: f32 = 0.35;
/// Words of an answer that count as one; what is longer runs on into prose.
const ANSWER_WORDS: usize = 20;

/// What may be set about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether `3/4/1990` is the third of April; the forms' languages all put the day first.
    pub day_first: bool,
    /// Taught layouts; the one whose labels a document has goes before the lexicon.
    pub templates: Vec<Template>,
}

impl Default for Options {
    fn default() -> Self {
        Self { day_first: true, templates: Vec::new() }
    }
}

/// What a document's layout holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormsRead {
    /// What kind of sheet it is, for example `entry_form` or `register`; `None` if no form.
    pub template: Option<String>,
    /// The records, by row.
    pub records: Vec<FilledForm>,
    /// Of a page that may be a form but of no layout that is known: its short texts, for
    /// [`crate::group_unknown`].
    pub skeleton: Vec<String>,
    /// What could not be read. `path` is the one given.
    pub problems: Vec<Problem>,
}

/// Reads all forms and register rows of a document. Text that is no form gives no records.
///
/// Never panics, whatever the layout holds.
pub fn read(path: &str, document: &DocumentId, layout: &Layout, options: &Options) -> FormsRead {
    catch_unwind(AssertUnwindSafe(|| read_layout(path, document, layout, options))).unwrap_or_else(
        |_| {
            let message = "the reader of forms stopped on this document";
            let problem = Problem::new(Stage::Forms, path, "forms_stopped", message);
            FormsRead { problems: vec![problem], ..FormsRead::default() }
        },
    )
}

fn read_layout(path: &str, document: &DocumentId, layout: &Layout, options: &Options) -> FormsRead {
    let order = if options.day_first { DateOrder::DayFirst } else { DateOrder::MonthFirst };
    let mut out = FormsRead::default();
    let taught = template::choose(&options.templates, layout);
    let labels = Labels::new(taught);
    let ctx = Context { document, order, is_register: true };
    for block in &layout.blocks {
        if let Block::Table(table) = block
            && table.register
        {
            let rows = table_rows(table);
            match find_register(&rows, true, &labels) {
                Some(register) => {
                    let first = row_number(out.records.len());
                    let template = match taught {
                        Some(taught) => taught.file().name.clone(),
                        None => kind_of_title(&register.title()).unwrap_or("register").to_owned(),
                    };
                    let mut records = register.records(first, &ctx);
                    for record in &mut records {
                        record.template.clone_from(&template);
                    }
                    out.records.extend(records);
                }
                None if rows.iter().flatten().flatten().next().is_some() => {
                    let message = "no row of this table names the columns of a register";
                    out.problems.push(Problem::new(Stage::Forms, path, "no_header", message));
                }
                None => {}
            }
        }
    }
    let ctx = Context { document, order, is_register: false };
    read_forms(layout, &ctx, taught, &labels, &mut out);
    out.template = out.records.first().map(|record| record.template.clone());
    let skeleton = if out.records.is_empty() { skeleton(layout) } else { Skeleton::default() };
    out.skeleton = skeleton.texts;
    if skeleton.is_form {
        out.template = Some(UNKNOWN.to_owned());
        let message = "looks like a form of a layout that nothing tells; its text is kept";
        out.problems.push(Problem::new(Stage::Forms, path, UNKNOWN_LAYOUT, message));
    }
    report(path, &mut out);
    out
}

/// Reads what is no register: forms, and tables of records inside documents.
fn read_forms(
    layout: &Layout,
    ctx: &Context<'_>,
    taught: Option<&Template>,
    labels: &Labels<'_>,
    out: &mut FormsRead,
) {
    let mut questions: Vec<Question> = Vec::new();
    let mut lines: Vec<usize> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for grid in grids(layout) {
        if grid.is_table
            && let Some(register) = find_register(&grid.rows, false, labels)
        {
            let records = register.records(row_number(out.records.len()), ctx);
            out.records.extend(records);
            continue;
        }
        let first = lines.len();
        // Tables are forms by their shape; only running text may be prose.
        let words = |row: &Vec<Vec<model::Span>>| {
            row.iter().flatten().map(|span| words(&fold(&span.text)).count()).sum()
        };
        lines.extend(grid.rows.iter().map(|row| if grid.is_table { 0 } else { words(row) }));
        texts.extend(grid.rows.iter().map(|row| text_of_row(row)));
        questions.extend(find_questions(&grid, labels).into_iter().map(|mut question| {
            question.row += first;
            question
        }));
    }
    let mut above = 0;
    let asked: BTreeSet<usize> = questions.iter().map(|question| question.row).collect();
    let is_title = |row: &usize| !asked.contains(row) && is_title(&texts[*row]);
    let titles: Vec<usize> = match taught {
        Some(_) => Vec::new(),
        None => (0..texts.len()).filter(is_title).collect(),
    };
    for form in part_forms(questions, &titles) {
        let rows = || form.iter().map(|question| question.row);
        let (Some(first), Some(last)) = (rows().min(), rows().max()) else { continue };
        // The title may stand in the row of the first question.
        let title = texts.get(above.min(first)..=first).unwrap_or_default().join("\n");
        above = last + 1;
        let assignment = assign(&form);
        if !is_form(&form, &assignment, taught.is_some()) || is_prose(&form, &lines) {
            continue;
        }
        let template = match taught {
            Some(taught) => taught.file().name.as_str(),
            None => kind_of_title(&title).unwrap_or_else(|| kind_of_questions(&assignment.targets)),
        };
        let mut record = FilledForm::new(row_number(out.records.len()), template);
        let joined = join_name(&form, &assignment.targets);
        fill(&mut record, &form, &assignment.targets, joined, ctx);
        for i in &assignment.inferred {
            note_inferred(&mut record, assignment.targets[*i]);
        }
        out.records.push(record);
    }
}

/// The text of a row, one cell to a line.
fn text_of_row(row: &[Vec<model::Span>]) -> String {
    let texts = row.iter().flatten().map(|span| span.text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

fn note_inferred(record: &mut FilledForm, target: Option<Target>) {
    let keys = match target {
        Some(Target::One(key)) => vec![key],
        Some(Target::Two(first, second)) => vec![first, second],
        _ => Vec::new(),
    };
    for key in keys {
        if let Some(answer) = record.fields.get_mut(&key) {
            answer.notes.push("question told by its place".to_owned());
        }
    }
}

fn is_form(questions: &[Question], assignment: &Assignment, is_taught: bool) -> bool {
    if is_taught {
        return assignment.sure > 0;
    }
    let named = assignment.targets.iter().zip(questions).any(|(target, question)| {
        matches!(target, Some(Target::One(Key::FullName | Key::Kunya)))
            && !question.answer.is_empty()
    });
    assignment.sure >= if named { LABELS_MIN_WITH_NAME } else { LABELS_MIN }
}

/// Whether the questions stand scattered in running text that is about something else.
fn is_prose(questions: &[Question], lines: &[usize]) -> bool {
    let rows = || questions.iter().map(|question| question.row);
    let (Some(first), Some(last)) = (rows().min(), rows().max()) else { return false };
    let all: usize = lines[first..=last.min(lines.len().saturating_sub(1))].iter().sum();
    let in_text = questions.iter().filter(|q| lines.get(q.row).is_some_and(|n| *n > 0));
    let covered: usize = in_text
        .map(|question| {
            let answer = words(&fold(&question.answer_text())).count();
            words(&fold(&question.label)).count() + answer.min(ANSWER_WORDS)
        })
        .sum();
    all >= PROSE_WORDS && (covered as f32) < COVERED_SHARE * all as f32
}

/// Problems of what was read: answers that stand there and could not be understood.
fn report(path: &str, out: &mut FormsRead) {
    for record in &out.records {
        for (key, answer) in &record.fields {
            let place = answer.citation.as_ref().map(|c| &c.place);
            for (kind, message) in problems_of(*key, answer) {
                let mut problem = Problem::new(Stage::Forms, path, kind, message);
                problem.place = place.cloned();
                out.problems.push(problem);
            }
        }
        if stated(record) == 0 && asked(record) > 0 {
            let message = "a form without a single answer";
            out.problems.push(Problem::new(Stage::Forms, path, "blank_form", message));
        }
    }
}

/// Kind and words of what is wrong with an answer. The text as written stays in each case.
fn problems_of(key: Key, answer: &Answer) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    match answer.state {
        AnswerState::Unreadable => {
            out.push(("unreadable_answer", format!("{key} holds text that was lost")));
        }
        AnswerState::Stated if answer.normalized.is_none() => {
            out.push(("not_understood", format!("{key} was not understood; the text is kept")));
        }
        _ => {}
    }
    let written = answer.written.as_deref().unwrap_or_default();
    let value = answer.normalized.as_deref().unwrap_or_default();
    out.extend(answer.detail.flaws.iter().map(|flaw| {
        let message = match flaw {
            Flaw::Impossible => format!("{key} cannot be: {written}; of it {value} is taken"),
            Flaw::After(later) => format!("{key} {value} is after {later}"),
        };
        (flaw.as_str(), message)
    }));
    out
}

fn row_number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
