//! XML parts to events: decoding, character references, attributes.
//!
//! Entities are never expanded and nothing external is ever opened: a reference that is not one
//! of XML's own five or a character number is dropped and counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

/// How the reading of one part ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Why the reading stopped before the end.
    pub(crate) stop: Option<Stop>,
    /// References to entities that were dropped.
    pub(crate) entities: usize,
    /// A document type definition was met and skipped.
    pub(crate) doctype: bool,
}

/// Why the reading stopped before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The XML is damaged or cut short.
    Damaged,
    /// A limit was met.
    Limit(&'static str),
}

/// The text of a part, by its mark or declaration; UTF-8 otherwise.
pub(crate) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    // The declaration in UTF-16 without a mark: `<?` with zeros between.
    match bytes {
        [b'<', 0, b'?', 0, ..] => return UTF_16LE.decode(bytes).0,
        [0, b'<', 0, b'?', ..] => return UTF_16BE.decode(bytes).0,
        _ => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => declared(bytes).unwrap_or(UTF_8).decode(bytes).0,
    }
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(200)];
    let declaration = &head[..memchr::memmem::find(head, b"?>")?];
    let at = memchr::memmem::find(declaration, b"encoding=")? + 9;
    let quote = *declaration.get(at)?;
    let label = declaration[at + 1..].split(|byte| *byte == quote).next()?;
    Encoding::for_label(label)
}

/// A reader with the settings that all parts share.
pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    reader
}

/// The character that a reference stands for; `None` for entities.
pub(crate) fn character(reference: &BytesRef<'_>) -> Option<char> {
    match &**reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

/// The value of an attribute by its name without prefix.
pub(crate) fn attribute(start: &BytesStart<'_>, local: &str) -> Option<String> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|a| a.key.local_name().into_inner() == local)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.into_owned(), Cow::into_owned))
}

/// An on/off attribute `val`: present and neither off, false nor zero, or left out.
pub(crate) fn is_on(start: &BytesStart<'_>) -> bool {
    !matches!(attribute(start, "val").as_deref(), Some("0" | "false" | "off"))
}

/// Longer values are no properties but a payload.
const VALUE_BYTES_MAX: usize = 4096;

/// Collects the texts of elements that describe a file: `keys` has an element, with its prefix or
/// without, and what it is called. `end` is the element behind which nothing is of interest.
pub(crate) fn collect_texts(
    bytes: &[u8],
    keys: &[(&str, &'static str)],
    end: Option<&str>,
    into: &mut BTreeMap<String, String>,
) {
    let text = decode(bytes);
    let mut reader = reader(&text);
    let mut key: Option<&'static str> = None;
    let mut value = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                let (name, local) = (start.name().into_inner(), start.local_name().into_inner());
                let is =
                    |element: &str| element == if element.contains(':') { name } else { local };
                key = keys.iter().find(|(element, _)| is(element)).map(|(_, key)| *key);
                value.clear();
            }
            Event::Text(text) if key.is_some() => value.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if key.is_some() => value.extend(character(&reference)),
            Event::End(tag) if end == Some(tag.name().into_inner()) => break,
            Event::End(_) => {
                let trimmed = value.trim();
                if let Some(key) = key.take().filter(|_| !trimmed.is_empty())
                    && trimmed.len() <= VALUE_BYTES_MAX
                {
                    into.insert(key.to_owned(), trimmed.to_owned());
                }
                value.clear();
            }
            _ => {}
        }
    }
}
