//! A file as a reader sees it: containers opened, its head at hand, readable again and again.
//!
//! Gzip and zip are told by content. Members stream; only an archive inside an archive is held in
//! memory. XLSX is a zip too, but it is handed on whole.

use std::fmt;
use std::io::{self, Cursor, Read, Seek, SeekFrom};

use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use model::DocumentId;
use zip::{CompressionMethod, ZipArchive};

use crate::encoding::encoding_of;
use crate::{ListError, SourceFile};

/// Bytes of a file that recognition may look at. An OFAC Advanced XML begins with 40 KB of
/// reference values, and nothing needed to recognise it stands behind them.
const HEAD_BYTES: u64 = 64 * 1024;
/// Archives inside archives that are followed. A gzip inside a zip is two.
const DEPTH_MAX: u32 = 4;
/// Members of one archive that are looked at; a list has at most a handful.
const MEMBERS_MAX: usize = 1_000;
/// Bytes that are held in memory at once, for archives inside archives and workbooks.
const MEMORY_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// Bytes that one member may unpack to: a hundred times the largest list known (120 MB).
const UNPACKED_BYTES_MAX: u64 = 12 * 1024 * 1024 * 1024;

/// One file of a list after unpacking.
pub(crate) struct Member {
    /// Name for problems: `lists.zip!/sdn.csv`.
    pub(crate) name: String,
    /// Name for citations; empty if the list is this one file.
    pub(crate) file: String,
    /// The file as handed in (the archive, if it came in one).
    pub(crate) document: DocumentId,
    /// Its first bytes.
    pub(crate) head: Head,
    source: SourceFile,
    layers: Vec<Layer>,
}

/// What stands between the bytes as handed in and those of a member.
#[derive(Clone, Copy)]
enum Layer {
    Gzip,
    Deflate,
    Slice { start: u64, size: u64 },
}

/// The first bytes of a file, for recognition.
pub(crate) struct Head {
    /// At most 64 KiB as they stand.
    pub(crate) bytes: Vec<u8>,
    /// The encoding they seem to be in.
    pub(crate) encoding: &'static Encoding,
    /// The same as text without a byte order mark.
    pub(crate) text: String,
}

impl Head {
    /// A head of these bytes.
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let encoding = encoding_of(&bytes);
        let text = encoding.decode_with_bom_removal(&bytes).0.into_owned();
        Self { bytes, encoding, text }
    }

    /// The name of the XML root element without its prefix, if this is XML.
    pub(crate) fn xml_root(&self) -> Option<&str> {
        let mut rest = self.text.trim_start();
        loop {
            if !rest.starts_with('<') {
                return None;
            }
            let end = match rest.as_bytes().get(1)? {
                b'?' => rest.find("?>")? + 2,
                b'!' if rest.starts_with("<!--") => rest.find("-->")? + 3,
                b'!' => rest.find('>')? + 1,
                _ => break,
            };
            rest = rest[end..].trim_start();
        }
        let name = rest[1..].split([' ', '\t', '\r', '\n', '>', '/']).next()?;
        Some(name.rsplit(':').next().unwrap_or(name))
    }

    /// The first character that is not blank: `{` or `[` for JSON, `<` for XML.
    pub(crate) fn first_char(&self) -> Option<char> {
        self.text.chars().find(|c| !c.is_whitespace())
    }

    /// True for an Office Open XML workbook.
    pub(crate) fn is_workbook(&self) -> bool {
        self.bytes.starts_with(b"PK\x03\x04")
    }
}

impl Member {
    /// Opens it at its first byte, unpacked.
    pub(crate) fn open(&self) -> Result<Box<dyn Read>, ListError> {
        open_layers(&self.source, &self.layers).map_err(|source| self.unreadable(source))
    }

    /// All its bytes, unpacked; refused above 256 MiB.
    pub(crate) fn read_all(&self) -> Result<Vec<u8>, ListError> {
        read_limited(self.open()?).map_err(|source| self.unreadable(source))
    }

    /// The error of a read that failed.
    pub(crate) fn unreadable(&self, source: io::Error) -> ListError {
        ListError::Unreadable { file: self.name.clone(), source }
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Opens the containers of a file down to its members. An archive that cannot be opened is an
/// error; the other files of the list may still be read.
pub(crate) fn unpack(
    source: &SourceFile,
    document: &DocumentId,
    members: &mut Vec<Member>,
) -> Result<(), ListError> {
    let mut member = Member {
        name: source.name.clone(),
        file: String::new(),
        document: document.clone(),
        head: Head::new(Vec::new()),
        source: source.clone(),
        layers: Vec::new(),
    };
    member.head = Head::new(read_head(&member)?);
    unpack_member(member, 0, members)
}

fn unpack_member(
    mut member: Member,
    depth: u32,
    members: &mut Vec<Member>,
) -> Result<(), ListError> {
    if depth >= DEPTH_MAX {
        let reason = "archives are nested too deeply".to_owned();
        return Err(ListError::Archive { file: member.name, reason });
    }
    if member.head.bytes.starts_with(&[0x1F, 0x8B]) {
        member.layers.push(Layer::Gzip);
        member.head = Head::new(read_head(&member)?);
        return unpack_member(member, depth + 1, members);
    }
    if member.head.bytes.starts_with(b"PK\x03\x04") {
        return unpack_zip(member, depth, members);
    }
    members.push(member);
    Ok(())
}

fn unpack_zip(mut zip: Member, depth: u32, members: &mut Vec<Member>) -> Result<(), ListError> {
    if !zip.layers.is_empty() {
        let bytes = zip.read_all()?;
        zip.source = SourceFile::from_bytes(zip.name.clone(), bytes);
        zip.layers.clear();
    }
    let damaged = |reason: String| ListError::Archive { file: zip.name.clone(), reason };
    let reader = zip.source.open().map_err(|source| zip.unreadable(source))?;
    let mut archive = ZipArchive::new(reader).map_err(|error| damaged(error.to_string()))?;
    if archive.file_names().any(|name| name.is_ok_and(|n| &*n == "xl/workbook.xml")) {
        members.push(zip);
        return Ok(());
    }
    if archive.len() > MEMBERS_MAX {
        return Err(damaged(format!("more than {MEMBERS_MAX} members")));
    }
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|error| damaged(error.to_string()))?;
        if file.is_dir() {
            continue;
        }
        let inner = String::from_utf8_lossy(file.name_raw()).into_owned();
        let Some(layers) = layers_of(&file) else {
            return Err(damaged(format!(
                "member {inner} is encrypted or packed by an unknown method"
            )));
        };
        let mut member = Member {
            name: format!("{}!/{inner}", zip.name),
            file: if zip.file.is_empty() { inner } else { format!("{}!/{inner}", zip.file) },
            document: zip.document.clone(),
            head: Head::new(Vec::new()),
            source: zip.source.clone(),
            layers,
        };
        drop(file);
        member.head = Head::new(read_head(&member)?);
        unpack_member(member, depth + 1, members)?;
    }
    Ok(())
}

fn layers_of<R: Read + Seek>(file: &zip::read::ZipFile<'_, R>) -> Option<Vec<Layer>> {
    let slice = Layer::Slice { start: file.data_start()?, size: file.compressed_size() };
    match file.compression() {
        _ if file.encrypted() => None,
        CompressionMethod::Stored => Some(vec![slice]),
        CompressionMethod::Deflated => Some(vec![slice, Layer::Deflate]),
        _ => None,
    }
}

fn open_layers(source: &SourceFile, layers: &[Layer]) -> io::Result<Box<dyn Read>> {
    let mut base = source.open()?;
    let mut layers = layers.iter();
    let mut reader: Box<dyn Read> = match layers.clone().next() {
        Some(Layer::Slice { start, size }) => {
            layers.next();
            base.seek(SeekFrom::Start(*start))?;
            Box::new(base.take(*size))
        }
        _ => Box::new(base),
    };
    for layer in layers {
        reader = match layer {
            Layer::Gzip => Box::new(MultiGzDecoder::new(reader).take(UNPACKED_BYTES_MAX)),
            Layer::Deflate => Box::new(DeflateDecoder::new(reader).take(UNPACKED_BYTES_MAX)),
            Layer::Slice { .. } => unreachable!("a slice is always the first layer"),
        };
    }
    Ok(reader)
}

fn read_head(member: &Member) -> Result<Vec<u8>, ListError> {
    let mut bytes = Vec::new();
    let end = member.open()?.take(HEAD_BYTES).read_to_end(&mut bytes);
    match end {
        Err(source) if bytes.is_empty() => Err(member.unreadable(source)),
        _ => Ok(bytes),
    }
}

fn read_limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let size = io::copy(&mut reader.take(MEMORY_BYTES_MAX + 1), &mut bytes)?;
    if size > MEMORY_BYTES_MAX {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "more than 256 MiB unpacked"));
    }
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Head {
        Head::new(text.as_bytes().to_vec())
    }

    #[test]
    fn the_root_element_is_found_behind_prologue_and_comments() {
        let xml = "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- a <b> -->\n<x:List date='1'>";
        assert_eq!(head(xml).xml_root(), Some("List"));
        assert_eq!(head("<List>").xml_root(), Some("List"));
        assert_eq!(head("a,b").xml_root(), None);
    }
}
