//! What an office file says of itself: author, software, times; and what it would fetch.

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

/// Reads the properties into the metadata and notes external references.
pub(crate) fn read(package: &Package<'_>, into: &mut DocumentRead) {
    for part in ["docProps/core.xml", "docProps/app.xml"] {
        if let Part::Had { bytes, .. } = package.part(part) {
            xml::collect_texts(&bytes, KEYS, None, &mut into.metadata);
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
