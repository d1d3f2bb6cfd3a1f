//! `read`: files to records without a case; nothing is stored.

use std::path::Path;
use std::sync::Arc;

use forms::{Detail, FilledForm, FormsRead, Key, Other, Template, UnknownLayout};
use intake::{Content, Found, ReadOptions, Readers};
use model::{Accounting, DocumentId, DocumentState, Layout, Problem};
use rayon::prelude::*;

use crate::source::{self, Acquired, Arrived, Item, Taken, each_batch};
use crate::{CaseError, Progress};

/// One record as `read` gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadRecord {
    /// Path of the document, relative to what was named.
    pub path: String,
    /// Which record of the document, from 0.
    pub row: u32,
    /// What kind of sheet it is.
    pub template: String,
    /// The text as written by key, in the order of the questions; `None` where nothing is written.
    pub fields: Vec<(&'static str, Option<String>)>,
    /// The same keys normalised.
    pub normalized: Vec<(&'static str, Option<String>)>,
    /// The state of each answer: stated, not stated, unreadable, not on this form.
    pub states: Vec<(&'static str, &'static str)>,
    /// What the normalised values leave open, and how they were read, where there is something to say.
    pub details: Vec<(&'static str, Detail, Vec<String>)>,
    /// Labelled text that belongs to no key: what exit forms and death notices ask besides, and what
    /// we know nothing of.
    pub others: Vec<Other>,
}

/// What came of reading a path.
#[derive(Clone, Debug, Default)]
pub struct ReadSummary {
    /// Every file and member, by state.
    pub accounting: Accounting,
    /// Records given.
    pub records: u64,
    /// Problems given.
    pub problems: u64,
    /// Files that look like forms of a layout that nothing tells; each is given as a record
    /// without a single answer, of the template `unknown`.
    pub pages_unknown: u64,
    /// Layouts that several files share and nothing tells.
    pub unknown: Vec<UnknownLayout>,
}

/// Reads everything below a path, with taught layouts; records and problems go out in order of
/// path.
pub fn read_path<E: From<CaseError>>(
    path: &Path,
    readers: &Readers,
    templates: Vec<Template>,
    progress: &dyn Progress,
    mut on_record: impl FnMut(ReadRecord) -> Result<(), E>,
    mut on_problem: impl FnMut(Problem) -> Result<(), E>,
) -> Result<ReadSummary, E> {
    path.symlink_metadata()
        .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
    let walk = intake::walk(path);
    let mut options = forms::Options::default();
    options.templates = templates;
    let mut pages = Vec::new();
    let mut summary = ReadSummary::default();
    for document in &walk.odd {
        summary.accounting.add(document.state);
    }
    for problem in walk.problems {
        summary.problems += 1;
        on_problem(problem)?;
    }
    each_batch::<E>(&walk.files, readers, progress, &|found| Ok(acquire(found)), &mut |batch| {
        let read: Vec<FileRead> = batch
            .into_par_iter()
            .map(|item| read_item(item, readers, &options))
            .collect::<Result<_, CaseError>>()?;
        for file in read {
            summary.accounting.add(file.state);
            if !file.skeleton.is_empty() {
                pages.push((file.path.clone(), file.skeleton));
            }
            for problem in file.problems {
                summary.problems += 1;
                on_problem(problem)?;
            }
            if file.is_unknown {
                summary.pages_unknown += 1;
                on_record(to_record(&file.path, &FilledForm::new(0, forms::UNKNOWN)))?;
            }
            for record in file.records {
                summary.records += 1;
                on_record(to_record(&file.path, &record))?;
            }
        }
        Ok(())
    })?;
    summary.unknown = forms::group_unknown(&pages);
    Ok(summary)
}

struct FileRead {
    path: String,
    state: DocumentState,
    records: Vec<FilledForm>,
    /// Whether it looks like a form of a layout that nothing tells.
    is_unknown: bool,
    skeleton: Vec<String>,
    problems: Vec<Problem>,
}

/// Hashes a file of the source; its bytes stay where they are.
fn acquire(found: &Found) -> Taken {
    let hashed = source::open(found).and_then(|mut file| {
        let id = store::hash(&mut file)?;
        Ok(Acquired { id, content: Content::File(Arc::new(file)) })
    });
    hashed.map_or_else(Taken::Unreadable, Taken::File)
}

fn read_item(
    item: Item,
    readers: &Readers,
    options: &forms::Options,
) -> Result<FileRead, CaseError> {
    let Item::Arrived(Arrived { file, content }) = item else {
        unreachable!("without a case nothing is known");
    };
    let (path, media, mut problems) = (file.path, file.media, file.problems);
    let is_read = file.state.is_none() || media.is_mail();
    let Some(content) = content.filter(|_| is_read) else {
        let (state, reason) = file.state.unwrap_or((DocumentState::Corrupt, None));
        problems.extend(state_problem(&path, state, reason));
        let (records, skeleton) = (Vec::new(), Vec::new());
        return Ok(FileRead { path, state, records, is_unknown: false, skeleton, problems });
    };
    let read = readers.read(&path, media, &content, &ReadOptions::default())?;
    let mut form = forms::read(&path, &file.id, &read.layout, options);
    let (state, reason) = file.state.unwrap_or((read.state, read.reason));
    problems.extend(read.problems);
    problems.append(&mut form.problems);
    problems.extend(state_problem(&path, state, reason));
    let is_unknown = form.template.as_deref() == Some(forms::UNKNOWN);
    let FormsRead { records, skeleton, .. } = form;
    Ok(FileRead { path, state, records, is_unknown, skeleton, problems })
}

/// The first document below a path that holds text, with its path and id.
pub(crate) fn first_layout(
    path: &Path,
    readers: &Readers,
    progress: &dyn Progress,
) -> Result<Option<(String, DocumentId, Layout)>, CaseError> {
    let mut first = None;
    let files = intake::walk(path).files;
    each_batch::<CaseError>(
        &files,
        readers,
        progress,
        &|found| Ok(acquire(found)),
        &mut |batch| {
            for item in batch {
                let Item::Arrived(Arrived { file, content: Some(content) }) = item else {
                    continue;
                };
                if first.is_some() {
                    continue;
                }
                let read =
                    readers.read(&file.path, file.media, &content, &ReadOptions::default())?;
                if !read.layout.blocks.is_empty() {
                    first = Some((file.path, file.id, read.layout));
                }
            }
            Ok(())
        },
    )?;
    Ok(first)
}

/// A file that was not read whole is a problem of its own, so that none is lost silently.
fn state_problem(path: &str, state: DocumentState, reason: Option<String>) -> Option<Problem> {
    let silent = matches!(state, DocumentState::Read | DocumentState::Duplicate);
    let message = reason.unwrap_or_else(|| state.to_string());
    (!silent).then(|| Problem::new(model::Stage::Intake, path, state.as_str(), message))
}

fn to_record(path: &str, form: &FilledForm) -> ReadRecord {
    let by_key = |value: fn(&FilledForm, Key) -> Option<&str>| {
        Key::ALL.into_iter().map(|k| (k.as_str(), value(form, k).map(str::to_owned))).collect()
    };
    ReadRecord {
        path: path.to_owned(),
        row: form.row,
        template: form.template.clone(),
        fields: by_key(FilledForm::written),
        normalized: by_key(FilledForm::normalized),
        states: form.fields.iter().map(|(k, a)| (k.as_str(), a.state.as_str())).collect(),
        details: (form.fields.iter())
            .filter(|(_, a)| !a.detail.is_empty() || !a.notes.is_empty())
            .map(|(k, a)| (k.as_str(), a.detail.clone(), a.notes.clone()))
            .collect(),
        others: form.others.clone(),
    }
}
