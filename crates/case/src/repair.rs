//! `repair`: a damaged case made whole as far as it can be, and what is lost told exactly.
//!
//! What people did (the journal) and what was acquired (the ledger) is salvaged from the damaged
//! database; ledger rows that it has no more are taken from the notes of acquisition, which are text.
//! Everything that steps made out of the contents is made again: readings, statements, the lists from
//! their kept files, the leads, the index. The damaged files stay.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use intake::{Content, Limits, ReadOptions, Readers};
use model::{Dataset, DatasetKind, DatasetName, Document, DocumentId, DocumentState, ListVersion};
use rayon::prelude::*;
use store::{Arrival, Repaired, Store, StoreError, StoredDataset, TableReport};

use crate::add::INTAKE_VERSION;
use crate::custody::note_name;
use crate::source::BATCH_FILES;
use crate::{Case, CaseError, Progress};

/// Folder of the notes of acquisition, as the store writes them.
const NOTES: &str = "acquisitions";

/// What a repair found and did.
#[derive(Clone, Debug, Default)]
pub struct RepairReport {
    /// What was had of each table of the damaged database; none if the database was sound.
    pub tables: Vec<TableReport>,
    /// Where the damaged files are now.
    pub kept_in: Option<PathBuf>,
    /// Ledger rows that were taken from the notes of acquisition.
    pub ledger_rows_restored: u64,
    /// Contents that were read again.
    pub readings_restored: u64,
    /// Lists that were loaded again from their kept files.
    pub lists_restored: Vec<DatasetName>,
    /// Lists whose files were not kept: what is left of them may not be all.
    pub lists_doubtful: Vec<DatasetName>,
    /// Contents that the ledger names and that are not there or not what they were.
    pub contents_lost: Vec<(DocumentId, String)>,
    /// Contents that are there and that no ledger row and no list names.
    pub contents_unnamed: Vec<DocumentId>,
}

impl RepairReport {
    /// True if something is lost for good.
    pub fn is_lossy(&self) -> bool {
        // What steps made is made again, whatever became of its rows.
        let of_people =
            |t: &&TableReport| !["statement", "problem", "reading"].contains(&&*t.table);
        self.tables.iter().filter(of_people).any(|t| !t.is_whole())
            || !self.contents_lost.is_empty()
            || !self.contents_unnamed.is_empty()
            || !self.lists_doubtful.is_empty()
    }
}

impl Case {
    /// Repairs the case of a folder. Nobody else may have it open. `readers` read contents again.
    ///
    /// # Errors
    /// If the disk is full or the folder cannot be written; the case is as it was, then, or the
    /// repair can be given again.
    pub fn repair(
        folder: &Path,
        readers: Readers,
        progress: &dyn Progress,
    ) -> Result<RepairReport, CaseError> {
        let mut report = RepairReport::default();
        progress.begin("checking the database", None);
        if !folder.is_dir() {
            return Err(StoreError::NotACase { folder: folder.to_owned() }.into());
        }
        let is_sound = Store::is_sound(folder)
            && match Case::open(folder) {
                Ok(case) => case.reads().is_ok(),
                Err(CaseError::Store(e)) if e.is_corrupt() || e.is_not_a_case() => false,
                Err(error) => return Err(error),
            };
        progress.end();
        if !is_sound {
            progress.begin("salvaging the database", None);
            let Repaired { tables, kept_in } = Repaired::make(folder)?;
            report.tables = tables;
            report.kept_in = Some(kept_in);
            progress.end();
        }
        let mut case = Case::open(folder)?.with_readers(readers);
        case.store.unseal()?;
        case.restore_ledger(&mut report)?;
        case.restore_readings(&mut report, progress)?;
        if report.kept_in.is_some() {
            case.restore_lists(&mut report, progress)?;
            case.store.forget_made()?;
        }
        case.check_contents(&mut report)?;
        case.run(false, progress)?;
        Ok(report)
    }

    /// Reads what people did and what was acquired, to see whether each row is what it should be.
    fn reads(&self) -> Result<(), CaseError> {
        self.journal()?;
        self.documents()?;
        self.datasets()?;
        self.list_versions(None)?;
        Ok(())
    }

    /// Takes ledger rows that the database lacks from the notes of acquisition.
    fn restore_ledger(&mut self, report: &mut RepairReport) -> Result<(), CaseError> {
        let datasets = self.store.datasets()?;
        let caches: Vec<&StoredDataset> =
            datasets.iter().filter(|d| d.dataset.kind == DatasetKind::Cache).collect();
        let known: BTreeSet<(DatasetName, String, DocumentId)> =
            self.documents()?.into_iter().map(|(d, row)| (d, row.path, row.id)).collect();
        for (file, text) in self.ledger_notes() {
            let named = (1..).zip(&caches).find(|(n, d)| file == note_name(*n, &d.dataset.name));
            let name = match named {
                Some((_, stored)) => stored.dataset.name.clone(),
                None => self.restore_dataset(&file, &text)?,
            };
            let rows = text.lines().skip(1).filter_map(parse_row);
            let lost = rows
                .filter(|row| !known.contains(&(name.clone(), row.path.clone(), row.id.clone())));
            let arrivals: Vec<Arrival> = lost
                .map(|document| Arrival { document, reading: None, problems: Vec::new() })
                .collect();
            report.ledger_rows_restored +=
                self.store.add_arrivals(&name, INTAKE_VERSION, &arrivals)?;
        }
        Ok(())
    }

    /// The ledgers among the notes of acquisition, by the name of the note.
    fn ledger_notes(&self) -> Vec<(String, String)> {
        let Ok(entries) = fs::read_dir(self.folder().join(NOTES)) else { return Vec::new() };
        let mut notes: Vec<(String, String)> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let name = path.file_name()?.to_str()?.strip_suffix(".tsv")?.to_owned();
                Some((name, fs::read_to_string(&path).ok()?))
            })
            .collect();
        notes.sort();
        notes
    }

    /// A dataset of which only the note is left.
    fn restore_dataset(&mut self, file: &str, text: &str) -> Result<DatasetName, CaseError> {
        let name = DatasetName::from(file.split_once('-').map_or(file, |(_, name)| name));
        let dataset = Dataset {
            name: name.clone(),
            kind: DatasetKind::Cache,
            title: name.to_string(),
            date: None,
            sha256: intake::unpack::hash(text.as_bytes()).to_string(),
            entities: text.lines().skip(1).count() as u64,
        };
        let info = [("acquired_note".to_owned(), format!("see {NOTES}/{file}.txt"))].into();
        self.store.put_dataset(&StoredDataset { dataset, info })?;
        Ok(name)
    }

    /// Reads contents again whose reading is gone or damaged.
    fn restore_readings(
        &mut self,
        report: &mut RepairReport,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let blobs = self.store.blobs();
        let mut lost: Vec<(DatasetName, Document)> = Vec::new();
        let mut seen = BTreeSet::new();
        for (dataset, document) in self.documents()? {
            let is_read = matches!(document.state, DocumentState::Read | DocumentState::PartlyRead);
            let is_lost = match self.store.reading(&document.id) {
                Ok(found) => found.is_none(),
                Err(error) if error.is_corrupt() => true,
                Err(error) => return Err(error.into()),
            };
            let is_there = blobs.has(&document.id) && document.size > 0;
            if is_read && is_lost && is_there && seen.insert(document.id.clone()) {
                lost.push((dataset, document));
            }
        }
        progress.begin("reading contents again", Some(lost.len() as u64));
        for some in lost.chunks(BATCH_FILES) {
            let read: Vec<(DocumentId, Option<store::Reading>)> = some
                .par_iter()
                .map(|(_, document)| {
                    let content = Content::File(Arc::new(blobs.open(&document.id)?));
                    let (path, options) = (&document.path, ReadOptions::default());
                    let limits = Limits::default();
                    let looked = self.readers.look(path, &document.id, &content, &limits)?;
                    let is_container = looked.media.is_container() && !looked.media.is_mail();
                    if is_container {
                        // Its members were kept, each as a content of its own.
                        return Ok((document.id.clone(), None));
                    }
                    let read = self.readers.read(path, looked.media, &content, &options)?;
                    let holds = !read.layout.blocks.is_empty() || !read.metadata.is_empty();
                    progress.advance(1);
                    Ok((document.id.clone(), holds.then_some((read.layout, read.metadata))))
                })
                .collect::<Result<_, CaseError>>()?;
            report.readings_restored += self.store.put_readings(INTAKE_VERSION, &read)?;
        }
        progress.end();
        Ok(())
    }

    /// Loads the lists again from their kept files, without a new version.
    fn restore_lists(
        &mut self,
        report: &mut RepairReport,
        progress: &dyn Progress,
    ) -> Result<(), CaseError> {
        let mut last: Vec<ListVersion> = Vec::new();
        for version in self.store.list_versions(None)? {
            last.retain(|other| other.list != version.list);
            last.push(version);
        }
        let blobs = self.store.blobs();
        for version in last {
            let is_kept = !version.files.is_empty()
                && version.files.iter().all(|file| blobs.has(&file.sha256));
            if is_kept && self.restore_list(&version, progress).is_ok() {
                report.lists_restored.push(version.list);
            } else {
                report.lists_doubtful.push(version.list);
            }
        }
        Ok(())
    }

    /// Compares the ledger with the contents that are there.
    fn check_contents(&self, report: &mut RepairReport) -> Result<(), CaseError> {
        let blobs = self.store.blobs();
        let mut named: BTreeSet<DocumentId> = BTreeSet::new();
        for (_, document) in self.documents()? {
            // Of what had no content only the path was hashed.
            let is_kept = document.size > 0 && document.state != DocumentState::Unsupported;
            if is_kept && !blobs.has(&document.id) && !named.contains(&document.id) {
                report.contents_lost.push((document.id.clone(), document.path));
            }
            named.insert(document.id);
        }
        for version in self.store.list_versions(None)? {
            named.extend(version.files.into_iter().map(|file| file.sha256));
        }
        report.contents_unnamed = self.store.contents_without(&named)?;
        Ok(())
    }
}

/// A row of the ledger as it stands in a note of acquisition.
fn parse_row(line: &str) -> Option<Document> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [sha256, size, state, media_type, path, reason] = cells.as_slice() else { return None };
    Some(Document {
        path: plain(path),
        id: DocumentId::from(*sha256),
        size: size.parse().ok()?,
        state: DocumentState::parse(state)?,
        reason: Some(plain(reason)).filter(|reason| !reason.is_empty()),
        media_type: (*media_type).to_owned(),
    })
}

/// A cell of a note as it was before it became one cell of one line.
fn plain(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match characters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_note_comes_back() {
        let line = "ab\t5\tpartly_read\ttext/plain\ta\\tb\\\\n.txt\tnot all\\nof it";
        let document = parse_row(line).unwrap();
        assert_eq!(document.path, "a\tb\\n.txt");
        assert_eq!(document.reason.as_deref(), Some("not all\nof it"));
        assert_eq!(document.state, DocumentState::PartlyRead);
        assert_eq!(parse_row("ab\t5\tno_such_state\tx\ty\t"), None);
    }
}
