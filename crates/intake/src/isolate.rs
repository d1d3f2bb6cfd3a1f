//! Readers: every parser of foreign bytes, in processes of their own.
//!
//! The program that has the case opens no foreign byte itself: it hashes contents, hands them to
//! reader processes of the same program, and takes what comes back as data. A reader may crash,
//! hang or be taken over; what it can reach then is its socket (`sandbox`). Where there are no such
//! processes ([`Readers::here`]: tests, fuzzing, other systems than Linux), the same work is done in
//! the calling process, where panics are caught and nothing else.
//! Invariant: whatever happens to a reader, the file ends in a state with a reason.

#[cfg(target_os = "linux")]
mod pool;
#[cfg(target_os = "linux")]
mod protocol;
#[cfg(target_os = "linux")]
mod sandbox;
#[cfg(target_os = "linux")]
mod worker;

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read as _};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use model::{DocumentId, DocumentState, Problem, Stage};

#[cfg(target_os = "linux")]
use self::pool::{End, Pool};
#[cfg(target_os = "linux")]
use self::protocol::{Job, Reply};
use crate::limits::{Limits, READER_CPU_SECONDS, READER_MEMORY_BYTES, READER_WALL_SECONDS};
use crate::read::{DocumentRead, ReadOptions, join_pages, parse, recognize};
use crate::render;
use crate::sniff::{MediaType, sniff_named};
use crate::unpack::{Event, Unpacked, hash, unpack_each};

#[cfg(target_os = "linux")]
pub use self::pool::ARGUMENT;
#[cfg(target_os = "linux")]
pub use self::worker::work;

/// The bytes of a file or member.
#[derive(Clone, Debug)]
pub enum Content {
    /// In a file that does not change any more.
    File(Arc<File>),
    /// In memory.
    Bytes(Arc<[u8]>),
}

impl Content {
    /// All bytes, in memory.
    pub fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Self::File(file) => {
                let mut bytes = Vec::new();
                At { file, offset: 0 }.read_to_end(&mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }
}

/// A file read from its start by whoever reads, wherever others are.
struct At<'f> {
    file: &'f File,
    offset: u64,
}

impl io::Read for At<'_> {
    #[cfg(unix)]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use std::os::unix::fs::FileExt as _;
        let count = self.file.read_at(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }

    #[cfg(windows)]
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use std::os::windows::fs::FileExt as _;
        let count = self.file.seek_read(buffer, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}

/// The machine's fault, not the file's.
#[derive(Debug, thiserror::Error)]
pub enum ReadersError {
    /// No process can be started.
    #[error("a reader process cannot be started")]
    Start(#[source] io::Error),
    /// The program is none of ours.
    #[error("{} does not act as a reader process", .0.display())]
    NoReader(PathBuf),
    /// The content cannot be handed over.
    #[error("a file cannot be handed to its reader")]
    Content(#[source] io::Error),
}

/// How a reader ended that gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    CpuTime,
    WallTime,
    Memory,
    Killed,
    Crash(String),
}

impl Fault {
    fn state(&self) -> (DocumentState, String) {
        match self {
            Self::CpuTime => (
                DocumentState::RefusedByLimit,
                format!("its reader took more than {READER_CPU_SECONDS} s of processor time"),
            ),
            Self::WallTime => (
                DocumentState::RefusedByLimit,
                format!("its reader gave no answer for {READER_WALL_SECONDS} s"),
            ),
            Self::Memory => (
                DocumentState::RefusedByLimit,
                format!("its reader needed more than {} MiB of memory", READER_MEMORY_BYTES >> 20),
            ),
            Self::Killed => {
                (DocumentState::Corrupt, "its reader was ended by another program".to_owned())
            }
            Self::Crash(how) => (DocumentState::Corrupt, format!("its reader {how}")),
        }
    }

    fn problem(&self, path: &str) -> Problem {
        Problem::new(Stage::Intake, path, "reader_ended", self.state().1)
    }

    fn read(&self, path: &str) -> DocumentRead {
        let (state, reason) = self.state();
        let mut read = DocumentRead::ended(state, reason);
        read.problems.push(self.problem(path));
        read
    }
}

/// Whoever reads foreign bytes; may be used by several threads at once.
#[derive(Debug)]
pub struct Readers(Kind);

#[derive(Debug)]
enum Kind {
    Here,
    #[cfg(target_os = "linux")]
    Processes(Pool),
}

impl Readers {
    /// Reads in the calling process.
    pub fn here() -> Self {
        Self(Kind::Here)
    }

    /// Reads in processes of this program, which has to call [`work`] when its only argument is
    /// [`ARGUMENT`].
    #[cfg(target_os = "linux")]
    pub fn processes(program: PathBuf) -> Self {
        Self(Kind::Processes(Pool::new(program)))
    }

    /// What this system does not bar readers from, to be told to the user.
    pub fn unprotected(&self) -> Result<Vec<String>, ReadersError> {
        match &self.0 {
            Kind::Here => Ok(vec!["files are read without processes of their own".to_owned()]),
            #[cfg(target_os = "linux")]
            Kind::Processes(pool) => pool.unprotected(),
        }
    }

    /// Looks at one file: what it is, and its state if that is settled already. Whether it has
    /// members, [`MediaType::is_container`] tells; they are [`Readers::unpack`]'s.
    pub fn look(
        &self,
        path: &str,
        id: &DocumentId,
        content: &Content,
        limits: &Limits,
    ) -> Result<Unpacked, ReadersError> {
        let mut file = unopened(path, id, content)?;
        if file.size == 0 {
            file.media = MediaType::Empty;
            file.state = Some((DocumentState::Empty, Some("no bytes".to_owned())));
            return Ok(file);
        }
        if file.size > limits.file_bytes_max {
            let reason = "larger than the limit for one file".to_owned();
            file.state = Some((DocumentState::RefusedByLimit, Some(reason)));
            return Ok(file);
        }
        match &self.0 {
            Kind::Here => file.media = sniff_named(&bytes(content)?, path),
            #[cfg(target_os = "linux")]
            Kind::Processes(pool) => {
                let job = Job::Kind { path: path.to_owned() };
                let end = pool.run(&job, content, 0, &mut |reply, _| {
                    let Reply::Kind(media) = reply else { return Some(out_of_turn()) };
                    file.media = media;
                    Some(End::Done)
                })?;
                if let End::Fault(fault) = end {
                    let (state, reason) = fault.state();
                    file.state = Some((state, Some(reason)));
                    file.problems.push(fault.problem(path));
                }
            }
        }
        Ok(file)
    }

    /// Tells what a content is; `path` is a hint among kinds of text.
    pub fn kind(&self, path: &str, content: &Content) -> Result<MediaType, ReadersError> {
        Ok(self.look(path, &hash(&[]), content, &Limits::default())?.media)
    }

    /// Unpacks one file. `take` gets each member as soon as it is had, a container after its
    /// members, the file itself last and without its content, which the caller has.
    pub fn unpack(
        &self,
        path: &str,
        id: &DocumentId,
        content: &Content,
        limits: &Limits,
        take: &mut dyn FnMut(Unpacked) -> ControlFlow<()>,
    ) -> Result<(), ReadersError> {
        let mut open = Vec::new();
        let take: &mut dyn FnMut(Unpacked) -> ControlFlow<()> = &mut |mut file: Unpacked| {
            if file.path == path {
                file.id = id.clone();
            }
            take(file)
        };
        match &self.0 {
            Kind::Here => {
                let mut flow = ControlFlow::Continue(());
                unpack_each(path, &bytes(content)?, limits, &mut |event| {
                    if flow.is_continue() {
                        flow = met(event, &mut open, take);
                    }
                });
            }
            #[cfg(target_os = "linux")]
            Kind::Processes(pool) => {
                let job = Job::Unpack { path: path.to_owned(), limits: limits.clone() };
                let end =
                    pool.run(&job, content, limits.member_bytes_max, &mut |reply, body| {
                        let body = body.map(Arc::from);
                        let event = match reply {
                            Reply::Item(item) => Event::Item(with(item, body)),
                            Reply::Opened(container) => Event::Opened(with(container, body)),
                            Reply::Closed(closing) => Event::Closed(closing),
                            Reply::Unpacked => return Some(End::Done),
                            _ => {
                                return Some(End::Fault(Fault::Crash(
                                    "answered out of turn".into(),
                                )));
                            }
                        };
                        met(event, &mut open, take).is_break().then_some(End::Stopped)
                    })?;
                if let End::Fault(fault) = end {
                    if open.is_empty() {
                        open.push(Open { container: unopened(path, id, content)?, members: 0 });
                    }
                    give_up(&fault, open, take);
                }
            }
        }
        Ok(())
    }

    /// Reads one document, pictures of pages included, each page as a job of its own.
    pub fn read(
        &self,
        path: &str,
        media: MediaType,
        content: &Content,
        options: &ReadOptions,
    ) -> Result<DocumentRead, ReadersError> {
        let mut read = match &self.0 {
            Kind::Here => parse(path, media, &bytes(content)?, options),
            #[cfg(target_os = "linux")]
            Kind::Processes(pool) => {
                let (path, options) = (path.to_owned(), options.clone());
                read_by(pool, &Job::Parse { path, media, options }, content)?
            }
        };
        let scanned = if options.ocr { std::mem::take(&mut read.scanned) } else { Vec::new() };
        let pages = scanned
            .iter()
            .map(|scan| match &self.0 {
                Kind::Here => Ok(recognize(path, media, &bytes(content)?, scan.page, options)),
                #[cfg(target_os = "linux")]
                Kind::Processes(pool) => {
                    let (path, options) = (path.to_owned(), options.clone());
                    let job = Job::Recognize { path, media, page: scan.page, options };
                    read_by(pool, &job, content)
                }
            })
            .collect::<Result<Vec<_>, ReadersError>>()?;
        if options.ocr {
            read.scanned = scanned;
        }
        join_pages(&mut read, path, media, pages);
        Ok(read)
    }

    /// How many pages can be drawn; 0 for formats without pages and for damaged files.
    pub fn page_count(&self, media: MediaType, content: &Content) -> Result<u32, ReadersError> {
        match &self.0 {
            Kind::Here => Ok(render::page_count(media, &bytes(content)?, &Limits::default())),
            #[cfg(target_os = "linux")]
            Kind::Processes(pool) => {
                let mut pages = 0;
                pool.run(&Job::PageCount { media }, content, 0, &mut |reply, _| match reply {
                    Reply::PageCount(told) => {
                        pages = told;
                        Some(End::Done)
                    }
                    _ => Some(End::Stopped),
                })?;
                Ok(pages)
            }
        }
    }

    /// A page as PNG, scaled to the width; `None` if it cannot be drawn.
    pub fn render_page(
        &self,
        media: MediaType,
        content: &Content,
        page: u32,
        width_px: u32,
    ) -> Result<Option<Vec<u8>>, ReadersError> {
        match &self.0 {
            Kind::Here => {
                Ok(render::render_page(media, &bytes(content)?, page, width_px, &Limits::default())
                    .ok())
            }
            #[cfg(target_os = "linux")]
            Kind::Processes(pool) => {
                let job = Job::Render { media, page, width_px };
                let mut png = None;
                pool.run(&job, content, READER_MEMORY_BYTES, &mut |reply, body| match reply {
                    Reply::Rendered(_) => {
                        png = body;
                        Some(End::Done)
                    }
                    _ => Some(End::Stopped),
                })?;
                Ok(png)
            }
        }
    }
}

fn bytes(content: &Content) -> Result<Cow<'_, [u8]>, ReadersError> {
    content.bytes().map_err(ReadersError::Content)
}

#[cfg(target_os = "linux")]
fn with(mut item: Unpacked, content: Option<Arc<[u8]>>) -> Unpacked {
    // The hash is taken here: a reader is not to be believed what it hands over.
    if let Some(content) = &content {
        item.id = hash(content);
        item.size = content.len() as u64;
    }
    item.content = content;
    item
}

#[cfg(target_os = "linux")]
fn read_by(pool: &Pool, job: &Job, content: &Content) -> Result<DocumentRead, ReadersError> {
    let path = match job {
        Job::Parse { path, .. } | Job::Recognize { path, .. } => path.as_str(),
        _ => "",
    };
    let mut read = None;
    let end = pool.run(job, content, 0, &mut |reply, _| match reply {
        Reply::Read(told) => {
            read = Some(*told);
            Some(End::Done)
        }
        _ => Some(out_of_turn()),
    })?;
    let nothing = || DocumentRead::corrupt("its reader gave no answer");
    Ok(match end {
        End::Fault(fault) => fault.read(path),
        _ => read.unwrap_or_else(nothing),
    })
}

#[cfg(target_os = "linux")]
fn out_of_turn() -> End {
    End::Fault(Fault::Crash("answered out of turn".to_owned()))
}

/// A container whose members are being told.
struct Open {
    container: Unpacked,
    members: usize,
}

/// Hands on what is whole; keeps containers until they are closed.
fn met(
    event: Event,
    open: &mut Vec<Open>,
    take: &mut dyn FnMut(Unpacked) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let whole = match event {
        Event::Opened(container) => {
            open.push(Open { container, members: 0 });
            return ControlFlow::Continue(());
        }
        Event::Item(item) => item,
        Event::Closed(closing) => {
            let Some(mut closed) = open.pop() else { return ControlFlow::Continue(()) };
            closed.container.close(closing);
            closed.container
        }
    };
    if let Some(parent) = open.last_mut() {
        parent.members += 1;
    }
    take(whole)
}

/// A file of which nothing is known yet.
fn unopened(path: &str, id: &DocumentId, content: &Content) -> Result<Unpacked, ReadersError> {
    let size = match content {
        Content::Bytes(bytes) => bytes.len() as u64,
        Content::File(file) => file.metadata().map_err(ReadersError::Content)?.len(),
    };
    Ok(Unpacked {
        path: path.to_owned(),
        id: id.clone(),
        size,
        media: MediaType::Unknown,
        content: None,
        state: None,
        problems: Vec::new(),
    })
}

/// Settles the containers that a reader left open. The innermost is what it gave up on.
#[cfg(target_os = "linux")]
fn give_up(fault: &Fault, open: Vec<Open>, take: &mut dyn FnMut(Unpacked) -> ControlFlow<()>) {
    let (state, reason) = fault.state();
    let mut inner = false;
    for Open { mut container, members } in open.into_iter().rev() {
        let partly = inner || members > 0;
        let state = if partly { DocumentState::PartlyRead } else { state };
        container.problems.push(fault.problem(&container.path));
        container.state = Some((state, Some(reason.clone())));
        inner = true;
        if take(container).is_break() {
            return;
        }
    }
}
