//! What a content is, told by its bytes and never by its name.
//!
//! The name is a hint in one place only: which of the kinds of plain text a text is.
//! Nothing is parsed here beyond signatures and the names in a ZIP directory.

use serde::{Deserialize, Serialize};

use crate::ole::Ole;
use crate::{delimited, text};

/// The kinds of content that intake tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaType {
    /// Word, XML kind.
    Docx,
    /// Excel, XML kind.
    Xlsx,
    /// Excel, binary sheets in a ZIP.
    Xlsb,
    /// `PowerPoint`, XML kind.
    Pptx,
    /// `OpenDocument` text.
    Odt,
    /// `OpenDocument` sheet.
    Ods,
    /// Another `OpenDocument` file: drawing, presentation, formula.
    Odf,
    /// Word 97–2003.
    Doc,
    /// Excel 97–2003.
    Xls,
    /// An office file behind a password (OLE container with `EncryptedPackage`).
    OfficeEncrypted,
    /// A mail or other item of Outlook.
    Msg,
    /// Another OLE container.
    Ole,
    /// Rich Text Format.
    Rtf,
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// TIFF.
    Tiff,
    /// GIF.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// WebP.
    Webp,
    /// HEIF with HEVC, as phones take photographs.
    Heic,
    /// HEIF with AV1.
    Avif,
    /// ZIP archive that is no office file.
    Zip,
    /// Gzip.
    Gzip,
    /// One content packed by bzip2.
    Bzip2,
    /// One content packed by xz.
    Xz,
    /// One content packed by Zstandard.
    Zstd,
    /// Tar archive.
    Tar,
    /// RAR archive.
    Rar,
    /// 7z archive.
    SevenZip,
    /// One mail.
    Mail,
    /// A mailbox of many mails (mbox).
    Mailbox,
    /// Text whose lines are records with a delimiter.
    Delimited,
    /// HTML.
    Html,
    /// Any other XML.
    Xml,
    /// Plain text.
    Text,
    /// A program.
    Executable,
    /// No bytes.
    Empty,
    /// None of these.
    Unknown,
}

impl MediaType {
    /// The media type as the ledger writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xlsb => "application/vnd.ms-excel.sheet.binary.macroenabled.12",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odf => "application/vnd.oasis.opendocument",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::OfficeEncrypted => "application/x-ole-encrypted-office",
            Self::Msg => "application/vnd.ms-outlook",
            Self::Ole => "application/x-ole-storage",
            Self::Rtf => "application/rtf",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Tiff => "image/tiff",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Zip => "application/zip",
            Self::Gzip => "application/gzip",
            Self::Bzip2 => "application/x-bzip2",
            Self::Xz => "application/x-xz",
            Self::Zstd => "application/zstd",
            Self::Tar => "application/x-tar",
            Self::Rar => "application/vnd.rar",
            Self::SevenZip => "application/x-7z-compressed",
            Self::Mail => "message/rfc822",
            Self::Mailbox => "application/mbox",
            Self::Delimited => "text/csv",
            Self::Html => "text/html",
            Self::Xml => "application/xml",
            Self::Text => "text/plain",
            Self::Executable => "application/x-executable",
            Self::Empty => "inode/x-empty",
            Self::Unknown => "application/octet-stream",
        }
    }

    /// Whether it is a picture that is read.
    pub fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Tiff | Self::Gif | Self::Bmp | Self::Webp)
    }

    /// Whether [`crate::unpack()`] looks for members in it. Office files are no containers.
    pub fn is_container(self) -> bool {
        self.is_mail()
            || matches!(self, Self::Zip | Self::Gzip | Self::Bzip2 | Self::Xz | Self::Zstd)
            || matches!(self, Self::Tar | Self::SevenZip | Self::Mailbox)
    }

    /// Whether it is read as a text beside having members.
    pub fn is_mail(self) -> bool {
        matches!(self, Self::Mail | Self::Msg)
    }
}

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
    if content.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
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

/// How much of a text is looked at to tell its kind.
const TEXT_SAMPLE_BYTES: usize = 64 << 10;

/// Names that promise a binary format: a few characters of text under one are a stump of it.
const BINARY_NAMES: &[&str] =
    &["docx", "xlsx", "xls", "pptx", "pdf", "png", "jpg", "jpeg", "tif", "tiff", "zip", "gz"];

/// Shorter texts under the name of a binary format are stumps.
const STUMP_BYTES: usize = 16;

fn text_kind(content: &[u8], name: &str) -> MediaType {
    let name = name.rsplit("!/").next().unwrap_or(name);
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    let named_text = matches!(extension.as_str(), "csv" | "tsv" | "tab" | "txt");
    let sample = &content[..content.len().min(TEXT_SAMPLE_BYTES)];
    let Some(text) = text::decode_sample(sample, named_text) else {
        return MediaType::Unknown;
    };
    if content.len() < STUMP_BYTES && BINARY_NAMES.contains(&extension.as_str()) {
        return MediaType::Unknown;
    }
    let start = text.trim_start();
    if let Some(kind) = markup_kind(start) {
        return kind;
    }
    if start.starts_with("From ") && text.lines().nth(1).is_some_and(is_header_line) {
        return MediaType::Mailbox;
    }
    if is_mail(start) {
        return MediaType::Mail;
    }
    match extension.as_str() {
        "csv" | "tsv" | "tab" => MediaType::Delimited,
        "txt" => MediaType::Text,
        _ if delimited::delimiter(&text).is_some() => MediaType::Delimited,
        _ => MediaType::Text,
    }
}

/// Elements that only HTML begins with, comments aside.
const HTML_STARTS: &[&str] = &[
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<table",
    "<meta",
    "<title",
    "<div",
    "<p>",
    "<center",
    "<font",
    "<style",
    "<h1",
    "<br",
];

fn markup_kind(start: &str) -> Option<MediaType> {
    let head: String = start.chars().take(8192).collect::<String>().to_ascii_lowercase();
    let mut head = head.as_str();
    let xml = head.starts_with("<?xml");
    while let Some(comment) = head.strip_prefix("<!--") {
        head = comment.split_once("-->")?.1.trim_start();
    }
    if HTML_STARTS.iter().any(|start| head.starts_with(start)) {
        Some(MediaType::Html)
    } else if xml && head.contains("office:mimetype=") {
        let kind = head.split("office:mimetype=").nth(1)?.split(['"', '\'']).nth(1)?;
        odf_kind(kind).or(Some(MediaType::Xml))
    } else if xml {
        Some(if head.contains("<html") { MediaType::Html } else { MediaType::Xml })
    } else {
        None
    }
}

/// Headers that only mail has.
const MAIL_ONLY: &[&str] =
    &["received", "message-id", "mime-version", "content-type", "return-path", "delivered-to"];

fn is_header_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

fn is_mail(start: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    for line in start.lines().take(100) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        if !is_header_line(line) {
            return false;
        }
        let name = line.split(':').next().unwrap_or_default();
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    MAIL_ONLY.iter().any(|name| has(name)) || (has("from") && (has("to") || has("date")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{docx, xlsx, zip};

    #[test]
    fn content_decides_and_the_name_only_among_texts() {
        let form = docx("", &[]);
        let mail = b"From: a@example.invalid\nDate: today\n\ntext";
        let cases: [(&[u8], &str, MediaType); 24] = [
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
