//! The life of a reader process: enter the sandbox, do one job after the other, end with the
//! socket.
//!
//! Standard input is the socket. Nothing is kept from one job to the next but the engines of the
//! recognizer.

#![expect(unsafe_code, reason = "a content is mapped; ARCHITECTURE.md lists this")]

use std::fs::File;
use std::io;
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::net::UnixStream;

use memmap2::Mmap;

use super::protocol::{Job, Reply, receive_job, send};
use super::sandbox;
use crate::limits::Limits;
use crate::limits::READER_BYTES_A_SECOND;
use crate::unpack::{Event, unpack_each};
use crate::{read, render, sniff_named};

/// Does jobs until the other side closes.
///
/// # Errors
/// If standard input is not the socket of [`crate::Readers`], or it breaks.
pub fn work() -> io::Result<()> {
    let mut socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
    let unprotected = sandbox::enter();
    send(&mut socket, &Reply::Ready { unprotected }, None)?;
    while let Some((job, content)) = receive_job(&mut socket)? {
        let content = Content::map(content)?;
        answer(&job, content.bytes(), &mut socket)?;
    }
    Ok(())
}

/// A content in memory as the file it is.
struct Content(Option<Mmap>);

impl Content {
    fn map(file: OwnedFd) -> io::Result<Self> {
        let file = File::from(file);
        if file.metadata()?.len() == 0 {
            return Ok(Self(None));
        }
        // SAFETY: the mapping is read only. Should somebody cut the file meanwhile, reading it
        // ends this process, which is what this process is for.
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Self(Some(map)))
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_deref().unwrap_or_default()
    }
}

fn answer(job: &Job, content: &[u8], socket: &mut UnixStream) -> io::Result<()> {
    let large = matches!(job, Job::Unpack { .. });
    let more = if large { content.len() as u64 / READER_BYTES_A_SECOND } else { 0 };
    sandbox::allow_seconds(more)?;
    match job {
        Job::Kind { path } => send(socket, &Reply::Kind(sniff_named(content, path)), None),
        Job::Unpack { path, limits } => {
            let mut sent = Ok(());
            unpack_each(path, content, limits, &mut |event| {
                if sent.is_ok() {
                    sent = tell(event, socket);
                }
            });
            sent?;
            send(socket, &Reply::Unpacked, None)
        }
        Job::Parse { path, media, options } => {
            let read = read::parse(path, *media, content, options);
            send(socket, &Reply::Read(Box::new(read)), None)
        }
        Job::Recognize { path, media, page, options } => {
            let read = read::recognize(path, *media, content, *page, options);
            send(socket, &Reply::Read(Box::new(read)), None)
        }
        Job::PageCount { media } => send(
            socket,
            &Reply::PageCount(render::page_count(*media, content, &Limits::default())),
            None,
        ),
        Job::Render { media, page, width_px } => {
            match render::render_page(*media, content, *page, *width_px, &Limits::default()) {
                Ok(png) => send(socket, &Reply::Rendered(None), Some(&png)),
                Err(error) => send(socket, &Reply::Rendered(Some(error.to_string())), None),
            }
        }
    }
}

fn tell(event: Event, socket: &mut UnixStream) -> io::Result<()> {
    match event {
        Event::Item(item) => {
            let content = item.content.clone();
            send(socket, &Reply::Item(item), content.as_deref())
        }
        Event::Opened(container) => {
            let content = container.content.clone();
            send(socket, &Reply::Opened(container), content.as_deref())
        }
        Event::Closed(closing) => send(socket, &Reply::Closed(closing), None),
    }
}
