//! `add`: a folder, archive or file into the case: walk, unpack, hash, read, keep.
//!
//! Files go through in batches, each one transaction: a kill leaves whole batches, and the next
//! `add` skips what is in the ledger. Within a batch the work is parallel and the outcome is
//! ordered, so two runs give the same store.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use intake::{Found, Limits, ReadOptions, Unpacked};
use model::{
    Accounting, Dataset, DatasetKind, DatasetName, Document, DocumentId, DocumentState, Problem,
    Stage,
};
use rayon::prelude::*;
use store::{Arrival, StoredDataset};

use crate::list::dataset_name;
use crate::{Case, CaseError, Progress};

/// Version of intake; a content read by another version is read again.
pub(crate) const INTAKE_VERSION: &str = concat!("intake/", env!("CARGO_PKG_VERSION"));

/// Files of one batch: one transaction and a bounded loss at a kill. Chosen by hand.
const BATCH_FILES: usize = 64;

/// Bytes of one batch, so that large files do not add up in memory. Chosen by hand.
const BATCH_BYTES: u64 = 256 << 20;

/// What came of one `add`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddSummary {
    /// The dataset the files belong to.
    pub dataset: DatasetName,
    /// Every file and member that was found, by state.
    pub accounting: Accounting,
    /// Files and members that were new to the case's ledger.
    pub added: u64,
    /// Problems recorded.
    pub problems: u64,
}

impl Case {
    /// Adds all files below `path`. The source is only read.
    pub fn add(&mut self, path: &Path, progress: &dyn Progress) -> Result<AddSummary, CaseError> {
        path.symlink_metadata()
            .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
        let dataset = dataset_name(path);
        let walk = intake::walk(path);
        let mut summary = AddSummary {
            dataset: dataset.clone(),
            accounting: Accounting::default(),
            added: 0,
            problems: walk.problems.len() as u64,
        };
        self.store.add_problems(&dataset, &walk.problems)?;
        let mut contents = self.store.contents()?;
        self.keep_odd(&dataset, walk.odd, &mut summary)?;
        progress.begin("reading files", Some(walk.files.len() as u64));
        for batch in batches(&walk.files) {
            self.add_batch(&dataset, batch, &mut contents, &mut summary)?;
            progress.advance(batch.len() as u64);
        }
        progress.end();
        self.put_cache_dataset(&dataset, path)?;
        Ok(summary)
    }

    /// Ledger rows of what is no regular file.
    fn keep_odd(
        &mut self,
        dataset: &DatasetName,
        odd: Vec<Document>,
        summary: &mut AddSummary,
    ) -> Result<(), CaseError> {
        let arrivals: Vec<Arrival> = odd
            .into_iter()
            .map(|document| Arrival { document, reading: None, problems: Vec::new() })
            .collect();
        self.keep(dataset, &arrivals, summary)
    }

    fn add_batch(
        &mut self,
        dataset: &DatasetName,
        batch: &[Found],
        contents: &mut BTreeMap<DocumentId, String>,
        summary: &mut AddSummary,
    ) -> Result<(), CaseError> {
        let limits = Limits::default();
        let unpacked: Vec<Vec<Unpacked>> =
            batch.par_iter().map(|found| open(found, &limits)).collect();
        let mut items = Vec::new();
        for file in unpacked.into_iter().flatten() {
            items.push(self.receive(dataset, file, contents)?);
        }
        let blobs = self.store.blobs();
        let arrivals: Vec<Arrival> = items
            .into_par_iter()
            .map(|item| item.into_arrival(&blobs))
            .collect::<Result<_, CaseError>>()?;
        self.keep(dataset, &arrivals, summary)
    }

    /// Tells what has to be done with a file: nothing if the ledger has it, no reading if the
    /// content was seen before.
    fn receive(
        &self,
        dataset: &DatasetName,
        file: Unpacked,
        contents: &mut BTreeMap<DocumentId, String>,
    ) -> Result<Item, CaseError> {
        if let Some(known) = self.store.known_document(dataset, &file.path, &file.id)? {
            return Ok(Item::Settled(Arrival {
                document: known,
                reading: None,
                problems: Vec::new(),
            }));
        }
        let first = contents.get(&file.id).filter(|_| file.may_be_duplicate());
        if let Some(first) = first {
            let reason = format!("same content as {first}");
            return Ok(Item::Settled(settled(&file, DocumentState::Duplicate, Some(reason))));
        }
        contents.insert(file.id.clone(), file.path.clone());
        Ok(Item::New(file))
    }

    fn keep(
        &mut self,
        dataset: &DatasetName,
        arrivals: &[Arrival],
        summary: &mut AddSummary,
    ) -> Result<(), CaseError> {
        let added = self.store.add_arrivals(dataset, INTAKE_VERSION, arrivals)?;
        summary.added += added;
        for arrival in arrivals {
            summary.accounting.add(arrival.document.state);
            summary.problems += arrival.problems.len() as u64;
        }
        Ok(())
    }

    fn put_cache_dataset(&mut self, name: &DatasetName, path: &Path) -> Result<(), CaseError> {
        let documents = self.store.documents()?;
        let ledger: Vec<String> = documents
            .iter()
            .filter(|(dataset, _)| dataset == name)
            .map(|(_, d)| format!("{}  {}\n", d.id, d.path))
            .collect();
        let dataset = Dataset {
            name: name.clone(),
            kind: DatasetKind::Cache,
            title: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            date: None,
            sha256: intake::unpack::hash(ledger.concat().as_bytes()).to_string(),
            entities: ledger.len() as u64,
        };
        Ok(self.store.put_dataset(&StoredDataset { dataset, info: BTreeMap::new() })?)
    }
}

/// A file on its way into the ledger.
enum Item {
    Settled(Arrival),
    New(Unpacked),
}

impl Item {
    /// Reads a new file and stores its bytes.
    fn into_arrival(self, blobs: &store::Blobs) -> Result<Arrival, CaseError> {
        let file = match self {
            Item::Settled(arrival) => return Ok(arrival),
            Item::New(file) => file,
        };
        let Some(content) = &file.content else {
            return Ok(settled_as_unpacked(&file));
        };
        blobs.write(&file.id, content)?;
        let container = file.state.is_some();
        if container && file.media != intake::MediaType::Mail {
            return Ok(settled_as_unpacked(&file));
        }
        let read = intake::read(&file.path, file.media, content, &ReadOptions::default());
        let (state, reason) = file.state.clone().unwrap_or((read.state, read.reason));
        let mut arrival = settled(&file, state, reason);
        arrival.problems.extend(read.problems);
        if !read.layout.blocks.is_empty() || !read.metadata.is_empty() {
            arrival.reading = Some((read.layout, read.metadata));
        }
        Ok(arrival)
    }
}

fn settled_as_unpacked(file: &Unpacked) -> Arrival {
    let (state, reason) = file.state.clone().unwrap_or_else(|| {
        (DocumentState::Corrupt, Some("its content could not be had".to_owned()))
    });
    settled(file, state, reason)
}

fn settled(file: &Unpacked, state: DocumentState, reason: Option<String>) -> Arrival {
    Arrival {
        document: Document {
            path: file.path.clone(),
            id: file.id.clone(),
            size: file.size,
            state,
            reason,
            media_type: file.media.as_str().to_owned(),
        },
        reading: None,
        problems: file.problems.clone(),
    }
}

/// Opens one file of the source. One that is too large is hashed in a stream and refused; one
/// that cannot be read stands in the ledger as unsupported with its reason.
pub(crate) fn open(found: &Found, limits: &Limits) -> Vec<Unpacked> {
    if found.size > limits.file_bytes_max {
        return vec![intake::refuse_large(found)];
    }
    match std::fs::read(&found.source) {
        Ok(bytes) => intake::unpack(&found.path, Arc::from(bytes), limits),
        Err(error) => vec![unreadable(found, &error)],
    }
}

fn unreadable(found: &Found, error: &std::io::Error) -> Unpacked {
    let message = format!("cannot be read: {}", error.kind());
    Unpacked {
        path: found.path.clone(),
        id: intake::unpack::hash(found.path.as_bytes()),
        size: found.size,
        media: intake::MediaType::Unknown,
        content: None,
        state: Some((DocumentState::Unsupported, Some(message.clone()))),
        problems: vec![Problem::new(Stage::Intake, &found.path, "unreadable", message)],
    }
}

/// Cuts the files into batches by count and bytes; a file is never cut.
pub(crate) fn batches(files: &[Found]) -> impl Iterator<Item = &[Found]> {
    let mut rest = files;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut bytes = 0;
        let mut count = 0;
        while count < rest.len().min(BATCH_FILES) {
            bytes += rest[count].size;
            if count > 0 && bytes > BATCH_BYTES {
                break;
            }
            count += 1;
        }
        let (batch, after) = rest.split_at(count);
        rest = after;
        Some(batch)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_file_once_and_keep_to_their_bounds() {
        let found = |size| Found { path: "a".into(), source: "a".into(), size };
        let mut files: Vec<Found> = (0..130).map(|_| found(10)).collect();
        files.push(found(BATCH_BYTES + 1));
        files.push(found(1));
        let sizes: Vec<usize> = batches(&files).map(<[Found]>::len).collect();
        assert_eq!(sizes, [64, 64, 2, 1, 1]);
    }
}
