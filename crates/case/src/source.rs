//! From a folder to files and members in batches, their contents at hand and nothing read yet.
//!
//! Both ways into the program go through here: `add`, which keeps every content in the case, and
//! `read`, which keeps nothing. Members of archives are handed on while the archive is still being
//! unpacked; memory holds one batch, whatever the size of the source.
//! Invariant: the order is that of the walk, and of each container, whoever works when.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;

use intake::{Content, Found, Limits, Readers, Unpacked};
use model::{DocumentId, DocumentState, Problem, Stage};
use rayon::prelude::*;

use crate::progress::go_on;
use crate::{CaseError, Progress};

/// Files of one batch: one transaction and a bounded loss at a kill. Chosen by hand.
pub(crate) const BATCH_FILES: usize = 64;

/// Bytes of members of one batch, so that large ones do not add up in memory. Chosen by hand.
const BATCH_BYTES: u64 = 128 << 20;

/// A file or member with its content, if that could be had.
pub(crate) struct Arrived {
    pub(crate) file: Unpacked,
    pub(crate) content: Option<Content>,
}

/// A file of the source, hashed, before any reader saw it.
pub(crate) struct Acquired {
    pub(crate) id: DocumentId,
    pub(crate) content: Content,
}

/// What to do with a file of the source.
pub(crate) enum Taken {
    /// Read it.
    File(Acquired),
    /// It is in the ledger already, with its members.
    Known(Vec<model::Document>),
    /// The source cannot be read.
    Unreadable(io::Error),
}

/// What a batch is made of.
pub(crate) enum Item {
    Arrived(Arrived),
    Known(Vec<model::Document>),
}

/// Goes through the files of a source. `acquire` hashes one and says where its content is; it may
/// run in several threads. `flush` gets batch after batch.
pub(crate) fn each_batch<E: From<CaseError>>(
    files: &[Found],
    readers: &Readers,
    progress: &dyn Progress,
    acquire: &(dyn Fn(&Found) -> Result<Taken, CaseError> + Sync),
    flush: &mut dyn FnMut(Vec<Item>) -> Result<(), E>,
) -> Result<(), E> {
    let limits = Limits::default();
    progress.begin("reading files", Some(files.len() as u64));
    let mut batch = Batch { items: Vec::new(), bytes: 0, flush, progress };
    for some in files.chunks(BATCH_FILES) {
        go_on(progress)?;
        let looked: Vec<Looked> = some
            .par_iter()
            .map(|found| look(found, readers, &limits, acquire))
            .collect::<Result<_, CaseError>>()?;
        for looked in looked {
            let container = match looked {
                Looked::Item(item) => {
                    batch.push(item)?;
                    continue;
                }
                Looked::Container(container, content) => {
                    Arrived { file: container, content: Some(content) }
                }
            };
            members(container, readers, &limits, &mut batch)?;
        }
    }
    batch.flush()?;
    progress.end();
    Ok(())
}

enum Looked {
    Item(Item),
    Container(Unpacked, Content),
}

fn look(
    found: &Found,
    readers: &Readers,
    limits: &Limits,
    acquire: &(dyn Fn(&Found) -> Result<Taken, CaseError> + Sync),
) -> Result<Looked, CaseError> {
    let Acquired { id, content } = match acquire(found)? {
        Taken::File(acquired) => acquired,
        Taken::Known(documents) => return Ok(Looked::Item(Item::Known(documents))),
        Taken::Unreadable(error) => {
            let file = unreadable(found, &error);
            return Ok(Looked::Item(Item::Arrived(Arrived { file, content: None })));
        }
    };
    let file = readers.look(&found.path, &id, &content, limits)?;
    Ok(if file.state.is_none() && file.media.is_container() {
        Looked::Container(file, content)
    } else {
        Looked::Item(Item::Arrived(Arrived { file, content: Some(content) }))
    })
}

/// Unpacks a container into the batch; the container itself comes last, with its state.
fn members<E: From<CaseError>>(
    container: Arrived,
    readers: &Readers,
    limits: &Limits,
    batch: &mut Batch<'_, E>,
) -> Result<(), E> {
    let Arrived { file, content } = container;
    let Some(content) = content else { return Ok(()) };
    let mut failed = None;
    let unpacked = readers.unpack(&file.path, &file.id, &content, limits, &mut |mut member| {
        let content = if member.path == file.path {
            Some(content.clone())
        } else {
            batch.progress.found(1);
            member.content.take().map(Content::Bytes)
        };
        match batch.push(Item::Arrived(Arrived { file: member, content })) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    unpacked.map_err(CaseError::from)?;
    failed.map_or(Ok(()), Err)
}

struct Batch<'b, E> {
    items: Vec<Item>,
    bytes: u64,
    flush: &'b mut dyn FnMut(Vec<Item>) -> Result<(), E>,
    progress: &'b dyn Progress,
}

impl<E: From<CaseError>> Batch<'_, E> {
    fn push(&mut self, item: Item) -> Result<(), E> {
        if let Item::Arrived(Arrived { content: Some(Content::Bytes(bytes)), .. }) = &item {
            self.bytes += bytes.len() as u64;
        }
        self.items.push(item);
        if self.items.len() >= BATCH_FILES || self.bytes > BATCH_BYTES {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<(), E> {
        let items = std::mem::take(&mut self.items);
        self.bytes = 0;
        let count = items.len() as u64;
        (self.flush)(items)?;
        self.progress.advance(count);
        Ok(())
    }
}

/// Opens a file of the source for reading only.
pub(crate) fn open(found: &Found) -> io::Result<File> {
    File::options().read(true).open(&found.source)
}

fn unreadable(found: &Found, error: &io::Error) -> Unpacked {
    let message = intake::walk::not_read(error);
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
