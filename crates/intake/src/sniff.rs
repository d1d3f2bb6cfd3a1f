//! What a content is, told by its bytes and never by its name.
//!
//! The name is a hint in one place only: which of the kinds of plain text a text is.
//! Nothing is parsed here beyond signatures and the names in a ZIP directory.

mod media;
mod plain;

pub use self::media::MediaType;
use self::plain::text_kind;
use crate::ole::{self, Ole};

/// Tells what the content is.
pub fn sniff(content: &[u8]) -> MediaType {
    sniff_named(content, "")
}

/// Tells what the content is; among plain texts the name may decide.
pub fn sniff_named(content: &[u8], name: &str) -> MediaType {
    if content.is_empty() {
        return MediaType::Empty;
    }
    signature(content).unwrap_or_else(|| text_kind(content, name))
}

/// Signatures at the start, in no order of weight: no two of them overlap.
const SIGNATURES: &[(&[u8], MediaType)] = &[
    (b"{\\rtf", MediaType::Rtf),
    (b"\x89PNG\r\n\x1a\n", MediaType::Png),
    (b"\xff\xd8\xff", MediaType::Jpeg),
    (b"II*\0", MediaType::Tiff),
    (b"MM\0*", MediaType::Tiff),
    (b"II+\0", MediaType::Tiff),
    (b"MM\0+", MediaType::Tiff),
    (b"GIF87a", MediaType::Gif),
    (b"GIF89a", MediaType::Gif),
    (b"\x1f\x8b", MediaType::Gzip),
    (b"Rar!\x1a\x07", MediaType::Rar),
    (b"7z\xbc\xaf\x27\x1c", MediaType::SevenZip),
    (b"\xfd7zXZ\0", MediaType::Xz),
    (b"\x28\xb5\x2f\xfd", MediaType::Zstd),
    (b"\x7fELF", MediaType::Executable),
];

/// What follows the head of a bzip2 file: a block, or the end of an empty one.
const BZIP2_BLOCK: &[u8] = b"\x31\x41\x59\x26\x53\x59";
const BZIP2_END: &[u8] = b"\x17\x72\x45\x38\x50\x90";

/// PDF readers accept the header within the first kilobyte.
const PDF_HEADER_WITHIN: usize = 1024;

fn signature(content: &[u8]) -> Option<MediaType> {
    for (start, media) in SIGNATURES {
        if content.starts_with(start) {
            return Some(*media);
        }
    }
    if content.starts_with(b"PK\x03\x04") || content.starts_with(b"PK\x05\x06") {
        return Some(zip_kind(content));
    }
    if content.starts_with(ole::SIGNATURE) {
        return Some(ole_kind(content));
    }
    if content.starts_with(b"BZh") && matches!(content.get(4..10), Some(BZIP2_BLOCK | BZIP2_END)) {
        return Some(MediaType::Bzip2);
    }
    if content.get(4..8) == Some(b"ftyp") {
        return heif_kind(content);
    }
    if content.starts_with(b"RIFF") && content.get(8..12) == Some(b"WEBP") {
        return Some(MediaType::Webp);
    }
    if content.starts_with(b"BM") && content.get(6..10) == Some(&[0; 4]) {
        return Some(MediaType::Bmp);
    }
    if content.get(257..262) == Some(b"ustar") || crate::archive::tar::is_old(content) {
        return Some(MediaType::Tar);
    }
    if find(&content[..content.len().min(PDF_HEADER_WITHIN)], b"%PDF-").is_some() {
        return Some(MediaType::Pdf);
    }
    // Two bytes of signature only: a text may begin with them, a program's header holds zeros.
    if content.starts_with(b"MZ") && (content.len() < 4 || content.contains(&0)) {
        return Some(MediaType::Executable);
    }
    None
}

/// Position of the first occurrence.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(haystack, needle)
}

fn zip_kind(content: &[u8]) -> MediaType {
    /// An office file tells its kind within its first members; a long archive need not be
    /// looked at whole.
    const MEMBERS_MAX: usize = 4096;
    let directory = crate::archive::zip::directory(content, MEMBERS_MAX);
    let names: Vec<String> = directory
        .entries
        .iter()
        .map(|entry| String::from_utf8_lossy(&entry.name).replace('\\', "/").to_ascii_lowercase())
        .collect();
    kind_of_names(&names)
        .or_else(|| {
            crate::archive::zip::small_member(content, &directory, b"mimetype").and_then(odf_kind)
        })
        .or_else(|| {
            let types =
                crate::archive::zip::small_member(content, &directory, b"[Content_Types].xml");
            types.and_then(|types| office_kind(&types))
        })
        .unwrap_or(MediaType::Zip)
}

/// The kind that the names of the members tell.
fn kind_of_names(names: &[String]) -> Option<MediaType> {
    let has = |name: &str| names.iter().any(|n| n.trim_start_matches('/') == name);
    let within = |folder: &str| names.iter().any(|n| n.trim_start_matches('/').starts_with(folder));
    if !has("[content_types].xml") && !has("_rels/.rels") {
        None
    } else if within("word/") {
        Some(MediaType::Docx)
    } else if has("xl/workbook.bin") {
        Some(MediaType::Xlsb)
    } else if within("xl/") {
        Some(MediaType::Xlsx)
    } else if within("ppt/") {
        Some(MediaType::Pptx)
    } else {
        None
    }
}

/// Office files whose parts lie in unusual folders say what they are in their list of types.
fn office_kind(types: &[u8]) -> Option<MediaType> {
    let has = |word: &[u8]| find(types, word).is_some();
    if has(b"wordprocessingml.") || has(b"ms-word.") {
        Some(MediaType::Docx)
    } else if has(b"ms-excel.sheet.binary.") {
        Some(MediaType::Xlsb)
    } else if has(b"spreadsheetml.") || has(b"ms-excel.sheet.macro") {
        Some(MediaType::Xlsx)
    } else if has(b"presentationml.") {
        Some(MediaType::Pptx)
    } else {
        None
    }
}

/// The kind that an `OpenDocument` file says it is of; templates are read as what they make.
fn odf_kind(mimetype: impl AsRef<[u8]>) -> Option<MediaType> {
    const PREFIX: &str = "application/vnd.oasis.opendocument.";
    let text = String::from_utf8_lossy(mimetype.as_ref()).trim().to_owned();
    let kind =
        text.strip_prefix(PREFIX).or_else(|| text.strip_prefix("application/vnd.sun.xml."))?;
    Some(match kind {
        "text" | "text-template" | "text-master" | "text-web" | "writer" => MediaType::Odt,
        "spreadsheet" | "spreadsheet-template" | "calc" => MediaType::Ods,
        _ => MediaType::Odf,
    })
}

/// The brand of a file of the ISO base media format, if it is a picture.
fn heif_kind(content: &[u8]) -> Option<MediaType> {
    let size = content.get(..4).and_then(|size| size.try_into().ok()).map(u32::from_be_bytes)?;
    let end = usize::try_from(size).ok()?.min(content.len()).min(256);
    let brands = content.get(8..end)?;
    let has = |names: &[&[u8; 4]]| brands.chunks_exact(4).any(|b| names.iter().any(|n| b == *n));
    if has(&[b"avif", b"avis"]) {
        Some(MediaType::Avif)
    } else if has(&[b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]) {
        Some(MediaType::Heic)
    } else {
        None
    }
}

fn ole_kind(content: &[u8]) -> MediaType {
    let Some(ole) = Ole::open(content) else { return damaged_ole_kind(content) };
    if ole.has("EncryptedPackage") || ole.has("EncryptionInfo") {
        MediaType::OfficeEncrypted
    } else if ole.has("WordDocument") {
        MediaType::Doc
    } else if ole.has("Workbook") || ole.has("Book") {
        MediaType::Xls
    } else if ole.has("__properties_version1.0") {
        MediaType::Msg
    } else {
        MediaType::Ole
    }
}

/// Names of streams stand in UTF-16 in the directory, wherever what is left of it lies.
fn damaged_ole_kind(content: &[u8]) -> MediaType {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(content, &wide).is_some()
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        MediaType::OfficeEncrypted
    } else if has("WordDocument") {
        MediaType::Doc
    } else if has("Workbook") {
        MediaType::Xls
    } else if has("__properties_version1.0") {
        MediaType::Msg
    } else {
        MediaType::Ole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{docx, xlsx, zip};

    #[test]
    fn content_decides_and_the_name_only_among_texts() {
        let form = docx("", &[]);
        let mail = b"From: a@example.invalid\nDate: today\n\ntext";
        let cases: [(&[u8], &str, MediaType); 26] = [
            (&form, "form.pdf", MediaType::Docx),
            (&form[..form.len() / 2], "form.zip", MediaType::Docx),
            (&xlsx(""), "x", MediaType::Xlsx),
            (&zip(&[("inner.docx", &form)]), "a.docx", MediaType::Zip),
            (b"%PDF-1.4", "scan.jpg", MediaType::Pdf),
            (b"\xff\xd8\xff\xe0", "scan.pdf", MediaType::Jpeg),
            (b"{\\rtf1 x}", "form.doc", MediaType::Rtf),
            (b"MZ\x90\0", "form.docx", MediaType::Executable),
            (b"P", "form.docx", MediaType::Unknown),
            (b"P", "note.txt", MediaType::Text),
            (b"7z\xbc\xaf\x27", "cut.7z", MediaType::Unknown),
            (b"7z", "room.txt", MediaType::Text),
            (b"Name: P", "", MediaType::Text),
            (mail, "x", MediaType::Mail),
            (b"a,b,c\n1,2,3\n4,5,6\n", "", MediaType::Delimited),
            (b"a,b\n\0\0,\0\n", "nul.csv", MediaType::Delimited),
            (b"\x01\x02\x03", "form.docx", MediaType::Unknown),
            (b"", "form.docx", MediaType::Empty),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo.jpg", MediaType::Heic),
            (b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf", "photo.jpg", MediaType::Avif),
            (b"\0\0\0\x18ftypisom\0\0\0\0mp41isom", "film.jpg", MediaType::Unknown),
            (b"\xfd7zXZ\0\0\x04", "x", MediaType::Xz),
            (b"BZh91AY&SY\0", "x", MediaType::Bzip2),
            (b"BZhorizon is a word", "x", MediaType::Text),
            (b"<!-- saved -->\n<TABLE><tr><td>x", "x", MediaType::Html),
            (b"<?xml version='1.0'?><office:document office:mimetype='application/vnd.oasis.opendocument.text'>", "x", MediaType::Odt),
        ];
        for (content, name, media) in cases {
            assert_eq!(sniff_named(content, name), media, "{name}: {:?}", content.get(..8));
        }
    }
}
