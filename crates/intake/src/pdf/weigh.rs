//! What the streams of a page unpack to, before an interpreter unpacks them whole.
//!
//! Looks at the content and at the pictures and forms that the page names itself; deflate only, which
//! is what nearly all files use. What lies deeper is for the limits of the process that reads.

use std::io::Read;

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::page::Page;

use crate::limits::Limits;

/// What is wrong with the streams of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Unpacked they have more bytes than the limit.
    TooLarge,
    /// A stream does not tell its length: what was read of it may not be all.
    Length,
}

/// Looks at the streams of the page.
pub(super) fn fault(page: &Page<'_>, limits: &Limits) -> Option<Fault> {
    let raw = page.raw();
    let mut contents: Vec<Stream<'_>> = Vec::new();
    if let Some(stream) = raw.get::<Stream<'_>>("Contents") {
        contents.push(stream);
    } else if let Some(list) = raw.get::<Array<'_>>("Contents") {
        contents.extend(list.iter::<Stream<'_>>());
    }
    let damaged = contents.iter().any(|stream| {
        let dict = stream.dict();
        dict.contains_key("Length") && dict.get::<i64>("Length").is_none()
    });
    let objects = raw.get::<Dict<'_>>("Resources").and_then(|r| r.get::<Dict<'_>>("XObject"));
    let texts = contents.len();
    if let Some(objects) = objects {
        contents.extend(objects.keys().filter_map(|name| objects.get::<Stream<'_>>(&*name)));
    }
    // One byte a channel of the largest picture that is decoded.
    let mut left = limits.pixels_max.saturating_mul(3).max(limits.xml_bytes_max);
    for (number, stream) in contents.iter().enumerate() {
        let allowed = if number < texts { left.min(limits.xml_bytes_max) } else { left };
        match unpacked_size(stream, allowed) {
            Some(size) => left -= size,
            None => return Some(Fault::TooLarge),
        }
    }
    damaged.then_some(Fault::Length)
}

/// Bytes of the stream after its packing by deflate; `None` past what is allowed.
fn unpacked_size(stream: &Stream<'_>, allowed: u64) -> Option<u64> {
    let filters = stream.filters();
    let mut data = stream.raw_data().into_owned();
    for (number, filter) in filters.iter().enumerate() {
        if !matches!(filter, Filter::FlateDecode) {
            break;
        }
        // Only a chain of them needs the bytes; most streams are merely counted.
        let mut reader = flate2::bufread::ZlibDecoder::new(data.as_slice()).take(allowed + 1);
        if number + 1 == filters.len() {
            let mut sink = std::io::sink();
            let mut counted = Counted { inner: &mut reader, count: 0 };
            // Damage ends the stream; what stands before it is what will be unpacked.
            let _ = std::io::copy(&mut counted, &mut sink);
            return (counted.count <= allowed).then_some(counted.count);
        }
        let mut next = Vec::new();
        let _ = reader.read_to_end(&mut next);
        data = next;
    }
    let size = data.len() as u64;
    (size <= allowed).then_some(size)
}

struct Counted<'r, R> {
    inner: &'r mut R,
    count: u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}
