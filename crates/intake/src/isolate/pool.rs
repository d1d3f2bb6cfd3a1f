//! The reader processes as the program sees them: started when needed, kept for the next job,
//! ended and replaced after a fault.
//!
//! Knows how a job ends, not what it means. Invariants: a process that ended a job in any other
//! way than with its answer does no further job; every process is waited for.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rustix::fs::{MemfdFlags, memfd_create};
use rustix::pipe::{PipeFlags, pipe_with};
use rustix::process::Signal;

use super::protocol::{Job, Reply, receive, send_job};
use super::{Content, Fault, ReadersError};
use crate::limits::{READER_JOBS_MAX, READER_WALL_SECONDS};

/// The argument that makes the program a reader; see [`crate::Readers::processes`].
pub const ARGUMENT: &str = "reader-process";

/// What the environment may tell the recognizer; nothing else is handed on.
const ENVIRONMENT: [&str; 2] = ["TESSDATA_PREFIX", "LD_LIBRARY_PATH"];

/// What allocators write before they give up.
const OUT_OF_MEMORY: [&str; 2] = ["memory allocation of", "bad_alloc"];

/// The processes that wait for a job, and how to start more.
#[derive(Debug)]
pub(crate) struct Pool {
    program: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

/// How one job went.
pub(crate) enum End {
    /// The last answer was taken.
    Done,
    /// The caller wants no more answers.
    Stopped,
    /// The process gave up.
    Fault(Fault),
}

impl Pool {
    pub(crate) fn new(program: PathBuf) -> Self {
        Self { program, idle: Mutex::default() }
    }

    /// Starts a process and tells what the system does not bar it from.
    pub(crate) fn unprotected(&self) -> Result<Vec<String>, ReadersError> {
        let (worker, unprotected) = Worker::start(&self.program)?;
        self.put_back(worker);
        Ok(unprotected)
    }

    /// Does one job. `take` gets each answer with its body, of `body_max` bytes at most, and says
    /// whether it was the last ([`End::Done`]), whether to stop, or `None` to go on.
    pub(crate) fn run(
        &self,
        job: &Job,
        content: &Content,
        body_max: u64,
        take: &mut dyn FnMut(Reply, Option<Vec<u8>>) -> Option<End>,
    ) -> Result<End, ReadersError> {
        let memory;
        let content: BorrowedFd<'_> = match content {
            Content::File(file) => file.as_fd(),
            Content::Bytes(bytes) => {
                memory = in_memory(bytes).map_err(ReadersError::Content)?;
                memory.as_fd()
            }
        };
        let mut tries = 0;
        loop {
            tries += 1;
            let (end, answers) = self.attempt(job, content, body_max, take)?;
            // Somebody else ended the process before it said anything: not the file's doing.
            if tries == 1 && answers == 0 && matches!(end, End::Fault(Fault::Killed)) {
                continue;
            }
            return Ok(end);
        }
    }

    /// How a job ended after how many answers.
    fn attempt(
        &self,
        job: &Job,
        content: BorrowedFd<'_>,
        body_max: u64,
        take: &mut dyn FnMut(Reply, Option<Vec<u8>>) -> Option<End>,
    ) -> Result<(End, u64), ReadersError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => Worker::start(&self.program)?.0,
        };
        if send_job(&mut worker.socket, job, content).is_err() {
            // It was ended while it waited, by whom ever; the job has not begun.
            worker = Worker::start(&self.program)?.0;
            send_job(&mut worker.socket, job, content).map_err(ReadersError::Start)?;
        }
        let mut answers = 0;
        loop {
            let (reply, body) = match receive::<Reply>(&mut worker.socket, body_max) {
                Ok(Some(message)) => message,
                Ok(None) => return Ok((End::Fault(worker.fault()), answers)),
                Err(error) => return Ok((End::Fault(worker.fault_of(&error)), answers)),
            };
            answers += 1;
            match take(reply, body) {
                None => {}
                Some(End::Done) => {
                    worker.jobs += 1;
                    if worker.jobs < READER_JOBS_MAX {
                        self.put_back(worker);
                    }
                    return Ok((End::Done, answers));
                }
                Some(end) => return Ok((end, answers)),
            }
        }
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

/// A content that stands in no file, as a file descriptor.
fn in_memory(bytes: &[u8]) -> io::Result<OwnedFd> {
    let file = memfd_create("content", MemfdFlags::CLOEXEC)?;
    let mut file = File::from(file);
    file.write_all(bytes)?;
    Ok(file.into())
}

#[derive(Debug)]
struct Worker {
    child: Child,
    socket: UnixStream,
    /// What it complains of; read only to tell why it ended.
    complaints: File,
    jobs: u32,
}

impl Worker {
    fn start(program: &Path) -> Result<(Self, Vec<String>), ReadersError> {
        let (ours, theirs) = UnixStream::pair().map_err(ReadersError::Start)?;
        ours.set_read_timeout(Some(Duration::from_secs(READER_WALL_SECONDS)))
            .and_then(|()| ours.set_write_timeout(Some(Duration::from_secs(READER_WALL_SECONDS))))
            .map_err(ReadersError::Start)?;
        // A pipe that is full swallows nothing and blocks nobody.
        let flags = PipeFlags::NONBLOCK | PipeFlags::CLOEXEC;
        let (complaints, complain) = pipe_with(flags).map_err(|e| ReadersError::Start(e.into()))?;
        let given = ENVIRONMENT.iter().filter_map(|key| Some((key, std::env::var_os(key)?)));
        let child = Command::new(program)
            .arg(ARGUMENT)
            .env_clear()
            .envs(given)
            .env("OMP_THREAD_LIMIT", "1")
            .current_dir(OsStr::new("/"))
            .stdin(OwnedFd::from(theirs))
            .stdout(Stdio::null())
            .stderr(complain)
            .spawn()
            .map_err(ReadersError::Start)?;
        let mut worker = Self { child, socket: ours, complaints: complaints.into(), jobs: 0 };
        match receive::<Reply>(&mut worker.socket, 0) {
            Ok(Some((Reply::Ready { unprotected }, _))) => Ok((worker, unprotected)),
            Ok(_) => Err(ReadersError::NoReader(program.to_owned())),
            Err(error) => Err(ReadersError::Start(error)),
        }
    }

    /// How the process ended; it is made to if it does not by itself.
    fn end(&mut self) -> Option<ExitStatus> {
        for _ in 0..END_STEPS {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(END_STEP),
                ended => return ended.ok().flatten(),
            }
        }
        self.child.kill().and_then(|()| self.child.wait()).ok()
    }

    /// Tells what it means that an answer did not come whole.
    fn fault_of(self, error: &io::Error) -> Fault {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Fault::WallTime,
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => self.fault(),
            _ => Fault::Crash("its answer cannot be understood".to_owned()),
        }
    }

    /// Tells why the process gave up, which has closed its socket.
    fn fault(mut self) -> Fault {
        let Some(status) = self.end() else { return Fault::Crash("unknown end".to_owned()) };
        let mut complaints = Vec::new();
        // Whatever was read before the pipe was empty will do.
        let _ = (&self.complaints).read_to_end(&mut complaints);
        let complaints = String::from_utf8_lossy(&complaints);
        if status.signal() == Some(Signal::XCPU.as_raw()) {
            Fault::CpuTime
        } else if OUT_OF_MEMORY.iter().any(|words| complaints.contains(words)) {
            Fault::Memory
        } else if status.signal() == Some(Signal::KILL.as_raw()) {
            Fault::Killed
        } else {
            Fault::Crash(ending(status))
        }
    }
}

/// How often it is looked whether a process that closed its socket has ended, and how long. One
/// that a file has taken over need not end by itself.
const END_STEP: Duration = Duration::from_millis(5);
const END_STEPS: u32 = 400;

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended by itself; it is waited for in any case.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ending(status: ExitStatus) -> String {
    match (status.signal(), status.code()) {
        (Some(signal), _) => format!("ended by signal {signal}"),
        (_, Some(code)) => format!("ended with code {code}"),
        _ => "ended".to_owned(),
    }
}
