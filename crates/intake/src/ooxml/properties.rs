//! What an office file says of itself: author, software, times; and what it would fetch.

use quick_xml::events::Event;

use super::package::{Package, Part};
use super::xml;
use crate::read::DocumentRead;

/// Element of `docProps` and the key it is kept under.
const KEYS: &[(&str, &str)] = &[
    ("creator", "author"),
    ("lastModifiedBy", "last_modified_by"),
    ("created", "created"),
    ("modified", "modified"),
    ("lastPrinted", "last_printed"),
    ("revision", "revision"),
    ("title", "title"),
    ("subject", "subject"),
    ("description", "description"),
    ("keywords", "keywords"),
    ("language", "language"),
    ("Application", "application"),
    ("AppVersion", "application_version"),
    ("Company", "company"),
    ("Manager", "manager"),
    ("Template", "template"),
];

/// Longer values are no properties but a payload.
const VALUE_BYTES_MAX: usize = 4096;

/// Reads the properties into the metadata and notes external references.
pub(crate) fn read(package: &Package<'_>, into: &mut DocumentRead) {
    for part in ["docProps/core.xml", "docProps/app.xml"] {
        if let Part::Had { bytes, .. } = package.part(part) {
            collect(&bytes, into);
        }
    }
}

/// Notes what a viewer would fetch when the file is opened; hyperlinks wait for a click.
pub(crate) fn note_references(package: &Package<'_>, part: &str, into: &mut DocumentRead) {
    for reference in package.relationships(part) {
        if reference.external && !reference.kind.ends_with("/hyperlink") {
            let kind = reference.kind.rsplit('/').next().unwrap_or_default();
            let message = format!("it refers to something outside itself ({kind}); not fetched");
            into.note("external_reference", message, None);
        }
    }
}

fn collect(bytes: &[u8], into: &mut DocumentRead) {
    let text = xml::decode(bytes);
    let mut reader = xml::reader(&text);
    let mut key: Option<&'static str> = None;
    let mut value = String::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Eof => break,
            Event::Start(start) => {
                let name = start.local_name().into_inner();
                key = KEYS.iter().find(|(element, _)| *element == name).map(|(_, key)| *key);
                value.clear();
            }
            Event::Text(text) if key.is_some() => value.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) if key.is_some() => {
                value.extend(xml::character(&reference));
            }
            Event::End(_) => {
                let trimmed = value.trim();
                if let Some(key) = key.take().filter(|_| !trimmed.is_empty())
                    && trimmed.len() <= VALUE_BYTES_MAX
                {
                    into.metadata.insert(key.to_owned(), trimmed.to_owned());
                }
                value.clear();
            }
            _ => {}
        }
    }
}
