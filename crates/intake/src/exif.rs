//! What a photograph says of itself: camera, software, times, and whether it tells its place.
//!
//! The place itself is personal and no evidence of a form, so only that it is there is kept.

use std::collections::BTreeMap;
use std::io::Cursor;

use exif::{Exif, In, Reader, Tag, Value};

/// Fields and the keys they are kept under.
const KEYS: &[(Tag, &str)] = &[
    (Tag::Make, "camera_make"),
    (Tag::Model, "camera_model"),
    (Tag::Software, "application"),
    (Tag::Artist, "author"),
    (Tag::ImageDescription, "description"),
    (Tag::DateTimeOriginal, "created"),
    (Tag::DateTime, "modified"),
    (Tag::DateTimeDigitized, "digitized"),
    (Tag::OffsetTimeOriginal, "created_offset"),
    (Tag::BodySerialNumber, "camera_serial"),
    (Tag::LensModel, "lens"),
];

/// Longer values are no properties but a payload.
const VALUE_BYTES_MAX: usize = 1024;

/// Reads the fields into the metadata; a picture without any gives none.
pub(crate) fn read(content: &[u8], into: &mut BTreeMap<String, String>) {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let read = reader.read_from_container(&mut Cursor::new(content));
    let read = read.or_else(|error| error.distill_partial_result(|_| ()));
    let Ok(fields) = read else { return };
    for (tag, key) in KEYS {
        if let Some(text) = text(&fields, *tag) {
            into.insert((*key).to_owned(), text);
        }
    }
    let place = [Tag::GPSLatitude, Tag::GPSLongitude, Tag::GPSDestLatitude];
    if place.iter().any(|tag| fields.get_field(*tag, In::PRIMARY).is_some()) {
        into.insert("gps".to_owned(), "present".to_owned());
    }
}

fn text(fields: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(parts) = &fields.get_field(tag, In::PRIMARY)?.value else { return None };
    let bytes = parts.concat();
    let text = crate::text::decode(&bytes).text.into_owned();
    let text = text.trim_matches(['\0', ' ', '\n']);
    let date = matches!(tag, Tag::DateTime | Tag::DateTimeOriginal | Tag::DateTimeDigitized);
    // A camera whose clock was never set writes zeros or blanks.
    let empty = text.is_empty() || (date && !text.bytes().any(|b| matches!(b, b'1'..=b'9')));
    if empty || text.len() > VALUE_BYTES_MAX {
        return None;
    }
    Some(if date { iso(text) } else { text.to_owned() })
}

/// `YYYY:MM:DD hh:mm:ss` as `YYYY-MM-DDThh:mm:ss`.
fn iso(text: &str) -> String {
    match text.split_once(' ') {
        Some((date, clock)) if date.len() == 10 => format!("{}T{clock}", date.replace(':', "-")),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(number: usize) -> [u8; 4] {
        u32::try_from(number).unwrap().to_le_bytes()
    }

    /// A TIFF with fields of text in its first directory, and in the one that holds the place.
    fn tiff(fields: &[(u16, &str)], place: bool) -> Vec<u8> {
        let mut out = b"II*\0\x08\0\0\0".to_vec();
        let count = fields.len() + usize::from(place);
        let mut far = 8 + 2 + count * 12 + 4;
        out.extend(u16::try_from(count).unwrap().to_le_bytes());
        let mut texts = Vec::new();
        for (tag, text) in fields {
            let text = format!("{text}\0\0\0\0");
            out.extend(tag.to_le_bytes());
            out.extend(2_u16.to_le_bytes());
            out.extend(long(text.len()));
            out.extend(long(far + texts.len()));
            texts.extend(text.bytes());
        }
        far += texts.len();
        if place {
            out.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0]);
            out.extend(long(far));
        }
        out.extend([0; 4]);
        out.extend(texts);
        if place {
            out.extend([1, 0, 2, 0, 5, 0, 3, 0, 0, 0]);
            out.extend(long(far + 18));
            out.extend([0; 4]);
            out.extend([0; 24]);
        }
        out
    }

    #[test]
    fn camera_software_and_times_are_kept_and_the_place_only_told() {
        let fields = [
            (0x010f, "Sample"),
            (0x0110, "Example 1"),
            (0x0131, "Editor"),
            (0x0132, "2014:02:03 04:05:06"),
        ];
        let mut metadata = BTreeMap::new();
        read(&tiff(&fields, true), &mut metadata);
        let shown = format!("{metadata:?}");
        assert_eq!(
            shown,
            r#"{"application": "Editor", "camera_make": "Sample", "camera_model": "Example 1", "gps": "present", "modified": "2014-02-03T04:05:06"}"#
        );
    }

    #[test]
    fn unset_clocks_and_other_files_give_nothing() {
        let mut metadata = BTreeMap::new();
        read(&tiff(&[(0x0132, "0000:00:00 00:00:00")], false), &mut metadata);
        read(b"no picture", &mut metadata);
        assert!(metadata.is_empty());
    }
}
