//! `add`: a folder, archive or file into the case: walk, unpack, hash, read, keep.
//!
//! Files go through in batches, each one transaction: a kill leaves whole batches, and the next
//! `add` skips what is in the ledger. Within a batch the work is parallel and the outcome is
//! ordered, so two runs give the same store.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use intake::{Content, Found, ReadOptions, Readers, Unpacked};
use model::{Accounting, Dataset, DatasetKind, DatasetName, Document, DocumentId, DocumentState};
use rayon::prelude::*;
use store::{Arrival, Blobs, Store, StoredDataset};

use crate::custody::Acquisition;
use crate::list::dataset_name;
use crate::source::{self, Acquired, Arrived, Item, Taken, each_batch};
use crate::{Case, CaseError, Progress};

/// Version of intake; a content read by another version is read again.
pub(crate) const INTAKE_VERSION: &str = concat!("intake/", env!("CARGO_PKG_VERSION"));

/// How to add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddOptions {
    /// Name of the dataset; else that of the folder or file.
    pub name: Option<String>,
    /// How the files came to the desk.
    pub acquisition: Acquisition,
}

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
    /// Where files of this dataset were acquired before, if that was another path: they are one
    /// dataset now.
    pub joins: Option<String>,
}

impl Case {
    /// Adds all files below `path`. The source is only read. Killed, it leaves whole batches; called
    /// again, it goes on where it was.
    pub fn add(
        &mut self,
        path: &Path,
        options: &AddOptions,
        progress: &dyn Progress,
    ) -> Result<AddSummary, CaseError> {
        path.symlink_metadata()
            .map_err(|source| CaseError::Unreadable { path: path.to_owned(), source })?;
        self.unsealed(|case| case.add_files(path, options, progress))
    }

    fn add_files(
        &mut self,
        path: &Path,
        options: &AddOptions,
        progress: &dyn Progress,
    ) -> Result<AddSummary, CaseError> {
        let dataset = options.name.as_deref().map_or_else(|| dataset_name(path), DatasetName::from);
        let walk = intake::walk(path);
        let mut summary = AddSummary {
            dataset: dataset.clone(),
            accounting: Accounting::default(),
            added: 0,
            problems: walk.problems.len() as u64,
            joins: self.acquired_elsewhere(&dataset, path)?,
        };
        self.store.add_problems(&dataset, &walk.problems)?;
        self.store.blobs().tidy()?;
        self.keep_odd(&dataset, walk.odd, &mut summary)?;
        let Self { store, readers } = self;
        let mut ledger = Ledger { contents: store.contents()?, dataset: &dataset, readers };
        let blobs = store.blobs();
        // The ledger is asked from several threads and written from one.
        let store = Mutex::new(store);
        let acquire = |found: &Found| acquire(found, &dataset, &blobs, &store);
        each_batch(&walk.files, readers, progress, &acquire, &mut |batch| {
            let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
            ledger.add_batch(&mut store, batch, &mut summary)
        })?;
        self.put_cache_dataset(&dataset, path, &options.acquisition)?;
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
        keep(&mut self.store, dataset, &arrivals, summary)
    }

    fn put_cache_dataset(
        &mut self,
        name: &DatasetName,
        path: &Path,
        acquisition: &Acquisition,
    ) -> Result<(), CaseError> {
        let known = self.store.datasets()?.into_iter().find(|known| known.dataset.name == *name);
        let known = known.map(|known| known.info).unwrap_or_default();
        let info = acquisition.facts(&known, path);
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
        Ok(self.store.put_dataset(&StoredDataset { dataset, info })?)
    }
}

/// Hashes a file of the source and keeps its bytes. A file that the ledger has is hashed only.
fn acquire(
    found: &Found,
    dataset: &DatasetName,
    blobs: &Blobs,
    store: &Mutex<&mut Store>,
) -> Result<Taken, CaseError> {
    let mut file = match source::open(found) {
        Ok(file) => file,
        Err(error) => return Ok(Taken::Unreadable(error)),
    };
    let ledger = || store.lock().unwrap_or_else(PoisonError::into_inner);
    if ledger().has_path(dataset, &found.path)? {
        let id = match store::hash(&mut file) {
            Ok(id) => id,
            Err(error) => return Ok(Taken::Unreadable(error)),
        };
        if let Some(tree) = ledger().known_tree(dataset, &found.path, &id)? {
            return Ok(Taken::Known(tree));
        }
    }
    let id = match blobs.copy(&mut file)? {
        Ok(id) => id,
        Err(error) => return Ok(Taken::Unreadable(error)),
    };
    let content = Content::File(Arc::new(blobs.open(&id)?));
    Ok(Taken::File(Acquired { id, content }))
}

/// What is known of the contents so far, and who reads new ones.
struct Ledger<'a> {
    /// Every content seen in the case with its first path.
    contents: BTreeMap<DocumentId, String>,
    dataset: &'a DatasetName,
    readers: &'a Readers,
}

impl Ledger<'_> {
    fn add_batch(
        &mut self,
        store: &mut Store,
        batch: Vec<Item>,
        summary: &mut AddSummary,
    ) -> Result<(), CaseError> {
        let mut coming = Vec::new();
        for item in batch {
            match item {
                Item::Known(documents) => {
                    for document in documents {
                        summary.accounting.add(document.state);
                    }
                }
                Item::Arrived(arrived) => coming.push(self.receive(store, arrived)?),
            }
        }
        let blobs = store.blobs();
        let arrivals: Vec<Arrival> = coming
            .into_par_iter()
            .map(|coming| coming.into_arrival(&blobs, self.readers))
            .collect::<Result<_, CaseError>>()?;
        keep(store, self.dataset, &arrivals, summary)
    }

    /// Tells what has to be done with a file: nothing if the ledger has it, no reading if the
    /// content was seen before.
    fn receive(&mut self, store: &Store, arrived: Arrived) -> Result<Coming, CaseError> {
        let Arrived { mut file, content } = arrived;
        if let Some(document) = store.known_document(self.dataset, &file.path, &file.id)? {
            let problems = Vec::new();
            return Ok(Coming::Settled(Arrival { document, reading: None, problems }));
        }
        let counts = content.is_some() && file.size > 0;
        if let Some(first) = self.contents.get(&file.id).filter(|_| counts) {
            let reason = format!("same content as {first}");
            file.state = Some((DocumentState::Duplicate, Some(reason)));
            return Ok(Coming::Settled(settled(file)));
        }
        self.contents.insert(file.id.clone(), file.path.clone());
        Ok(match content {
            Some(content) => Coming::New(file, content),
            None => Coming::Settled(settled(file)),
        })
    }
}

fn keep(
    store: &mut Store,
    dataset: &DatasetName,
    arrivals: &[Arrival],
    summary: &mut AddSummary,
) -> Result<(), CaseError> {
    summary.added += store.add_arrivals(dataset, INTAKE_VERSION, arrivals)?;
    for arrival in arrivals {
        summary.accounting.add(arrival.document.state);
        summary.problems += arrival.problems.len() as u64;
    }
    Ok(())
}

/// A file on its way into the ledger.
enum Coming {
    Settled(Arrival),
    New(Unpacked, Content),
}

impl Coming {
    /// Stores the bytes of a new file and reads it.
    fn into_arrival(self, blobs: &Blobs, readers: &Readers) -> Result<Arrival, CaseError> {
        let (file, content) = match self {
            Self::Settled(arrival) => return Ok(arrival),
            Self::New(file, content) => (file, content),
        };
        if let Content::Bytes(bytes) = &content {
            blobs.write(&file.id, bytes)?;
        }
        if file.state.is_some() && !file.media.is_mail() {
            return Ok(settled(file));
        }
        let read = readers.read(&file.path, file.media, &content, &ReadOptions::default())?;
        let reading = (!read.layout.blocks.is_empty() || !read.metadata.is_empty())
            .then_some((read.layout, read.metadata));
        let mut arrival = settled(Unpacked {
            state: Some(file.state.unwrap_or((read.state, read.reason))),
            ..file
        });
        arrival.problems.extend(read.problems);
        arrival.reading = reading;
        Ok(arrival)
    }
}

/// The row of a file whose state is settled.
fn settled(file: Unpacked) -> Arrival {
    let (state, reason) = file.state.unwrap_or_else(|| {
        (DocumentState::Corrupt, Some("its content could not be had".to_owned()))
    });
    Arrival {
        document: Document {
            path: file.path,
            id: file.id,
            size: file.size,
            state,
            reason,
            media_type: file.media.as_str().to_owned(),
        },
        reading: None,
        problems: file.problems,
    }
}
