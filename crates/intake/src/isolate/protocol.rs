//! What a reader process is asked and answers, and how that goes over its socket.
//!
//! A message is a head in JSON and, for some, a body of plain bytes; both lengths stand before it.
//! A job brings the content as a file descriptor, so that no content is copied to a reader.
//! Invariant: what comes from a reader is as little trusted as the file: lengths are checked
//! before anything is allocated.

use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

use rustix::io::retry_on_intr;
use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::read::{DocumentRead, ReadOptions};
use crate::sniff::MediaType;
use crate::unpack::{Closing, Unpacked};

/// Bytes of the head of a message at most: the layout of the largest sheet within the limits.
const HEAD_BYTES_MAX: u32 = 512 << 20;

/// Work for a reader; the content comes with it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Job {
    /// Tell what it is.
    Kind { path: String },
    /// Tell its members.
    Unpack { path: String, limits: Limits },
    /// Read its text.
    Parse { path: String, media: MediaType, options: ReadOptions },
    /// Recognize a page.
    Recognize { path: String, media: MediaType, page: u32, options: ReadOptions },
    /// Count its pages.
    PageCount { media: MediaType },
    /// Draw a page.
    Render { media: MediaType, page: u32, width_px: u32 },
}

/// An answer of a reader.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Reply {
    /// It is ready; what the system could not bar it from.
    Ready { unprotected: Vec<String> },
    /// What the content is.
    Kind(MediaType),
    /// [`crate::unpack::Event::Item`], its content as the body.
    Item(Unpacked),
    /// [`crate::unpack::Event::Opened`], its content as the body.
    Opened(Unpacked),
    /// [`crate::unpack::Event::Closed`].
    Closed(Closing),
    /// All members were told.
    Unpacked,
    /// The text of the document or of a page.
    Read(Box<DocumentRead>),
    /// How many pages there are.
    PageCount(u32),
    /// The page as PNG in the body, or why there is none.
    Rendered(Option<String>),
}

/// Where the length of the body stands if there is no body.
const NO_BODY: u64 = u64::MAX;

/// Sends one message.
pub(crate) fn send(
    socket: &mut UnixStream,
    head: &impl Serialize,
    body: Option<&[u8]>,
) -> io::Result<()> {
    let head = serde_json::to_vec(head)?;
    let head_bytes = u32::try_from(head.len()).ok().filter(|bytes| *bytes <= HEAD_BYTES_MAX);
    let head_bytes = head_bytes.ok_or_else(|| io::Error::other("the message is too large"))?;
    let body_bytes = body.map_or(NO_BODY, |body| body.len() as u64);
    let mut start = head_bytes.to_le_bytes().to_vec();
    start.extend(body_bytes.to_le_bytes());
    start.extend(head);
    socket.write_all(&start)?;
    socket.write_all(body.unwrap_or_default())
}

/// Receives one message; its body may have `body_max` bytes at most. `None` where the other side
/// has closed.
pub(crate) fn receive<T: DeserializeOwned>(
    socket: &mut UnixStream,
    body_max: u64,
) -> io::Result<Option<(T, Option<Vec<u8>>)>> {
    let mut start = [0; 12];
    // Reads that an interruption (the program was stopped and goes on) broke off begin again.
    match socket.read_exact(&mut start[..1]) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    socket.read_exact(&mut start[1..])?;
    let [h0, h1, h2, h3, rest @ ..] = start;
    let head_bytes = u32::from_le_bytes([h0, h1, h2, h3]);
    let body_bytes = u64::from_le_bytes(rest);
    let too_large = || io::Error::new(io::ErrorKind::InvalidData, "a message past the limit");
    if head_bytes > HEAD_BYTES_MAX || (body_bytes != NO_BODY && body_bytes > body_max) {
        return Err(too_large());
    }
    let head = take(socket, u64::from(head_bytes))?;
    let body = if body_bytes == NO_BODY { None } else { Some(take(socket, body_bytes)?) };
    Ok(Some((serde_json::from_slice(&head)?, body)))
}

/// Reads so many bytes; memory grows with what has come, not with what was announced.
fn take(socket: &mut UnixStream, bytes: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    socket.take(bytes).read_to_end(&mut out)?;
    if out.len() as u64 == bytes { Ok(out) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Sends a job with its content.
pub(crate) fn send_job(
    socket: &mut UnixStream,
    job: &Job,
    content: BorrowedFd<'_>,
) -> io::Result<()> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    let contents = [content];
    control.push(SendAncillaryMessage::ScmRights(&contents));
    // The descriptor rides on one byte of its own; the message follows.
    let byte = [IoSlice::new(&[0])];
    let sent = retry_on_intr(|| sendmsg(socket.as_fd(), &byte, &mut control, SendFlags::empty()))?;
    debug_assert_eq!(sent, 1);
    send(socket, job, None)
}

/// Receives a job with its content; `None` where the other side has closed.
pub(crate) fn receive_job(socket: &mut UnixStream) -> io::Result<Option<(Job, OwnedFd)>> {
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = RecvAncillaryBuffer::new(&mut space);
    let mut byte = [0];
    let flags = RecvFlags::CMSG_CLOEXEC;
    let mut room = [IoSliceMut::new(&mut byte)];
    let got = retry_on_intr(|| recvmsg(socket.as_fd(), &mut room, &mut control, flags))?;
    if got.bytes == 0 {
        return Ok(None);
    }
    let content = control.drain().find_map(|message| match message {
        RecvAncillaryMessage::ScmRights(mut contents) => contents.next(),
        _ => None,
    });
    let content = content.ok_or_else(|| io::Error::other("a job without its content"))?;
    Ok(receive(socket, 0)?.map(|(job, _)| (job, content)))
}
