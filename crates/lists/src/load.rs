//! From files to statements: unpack, hash, recognise, read.
//!
//! A list is one or more files that belong together. Files of several formats in one load are read
//! one format after the other into the same dataset; files that no reader takes are reported.
//! A panic in a reader (or in a library below it) is caught here and becomes a problem.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use model::{DatasetName, DocumentId};
use sha2::{Digest, Sha256};

use crate::recognise::{Format, recognise};
use crate::{ListInfo, Member, ReadContext, Sink, SourceFile, member};

/// What the user says about a list.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Own CSV only: `(column, property)`; a file with a map is read as own CSV whatever it
    /// looks like.
    pub map: Vec<(String, String)>,
}

/// Why a list could not be loaded at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// The bytes cannot be had.
    #[error("{file} cannot be read")]
    Unreadable {
        /// The file or member.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A container that cannot be opened.
    #[error("{file} is an archive that cannot be opened: {reason}")]
    Archive {
        /// The file or member.
        file: String,
        /// Why.
        reason: String,
    },
    /// The content is not what its format demands.
    #[error("{file} is damaged: {reason}")]
    Damaged {
        /// The file or member.
        file: String,
        /// What is wrong, with the place.
        reason: String,
    },
    /// No reader knows any of the files.
    #[error("no known list format in {}", files.join(", "))]
    NotRecognised {
        /// Their names.
        files: Vec<String>,
    },
    /// A reader failed on this input before its first entity: a mistake of this program.
    #[error("the reader of {format} failed on this input")]
    ReaderFailed {
        /// The format.
        format: String,
    },
}

impl ListError {
    /// Short stable word to count by.
    fn kind(&self) -> &'static str {
        match self {
            ListError::Unreadable { .. } => "unreadable",
            ListError::Archive { .. } => "archive_damaged",
            ListError::Damaged { .. } => "damaged",
            ListError::NotRecognised { .. } => "not_recognised",
            ListError::ReaderFailed { .. } => "reader_failed",
        }
    }

    /// The message with its causes.
    fn describe(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            write!(text, ": {error}").expect("a string takes all text");
            cause = error.source();
        }
        text
    }
}

/// Loads a list into the sink.
///
/// What cannot be read is reported to the sink as problems. An error is returned only if nothing
/// was loaded; what the sink got before an error late in a file is sound.
///
/// ```
/// use lists::{Options, Sink, SourceFile, load};
///
/// struct Names(Vec<String>);
/// impl Sink for Names {
///     fn entity(&mut self, statements: Vec<model::Statement>) {
///         self.0.extend(statements.into_iter().filter(|s| &*s.prop == "name").map(|s| s.value));
///     }
///     fn problem(&mut self, _: model::Problem) {}
/// }
///
/// let csv = "id,name,nationality\nX-1,Sample Person,FR\n";
/// let files = [SourceFile::from_bytes("own.csv", csv.into())];
/// let mut names = Names(Vec::new());
/// let info = load(&files, &"own".into(), &Options::default(), &mut names)?;
/// assert_eq!((info.format.as_str(), info.counts.persons), ("own_csv", 1));
/// assert_eq!(names.0, ["Sample Person"]);
/// # Ok::<(), lists::ListError>(())
/// ```
pub fn load(
    files: &[SourceFile],
    dataset: &DatasetName,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<ListInfo, ListError> {
    let hashes = hash_files(files)?;
    let mut context = ReadContext::new(dataset, options, sink);
    let members = unpack_files(files, &hashes, &mut context)?;
    let groups = group_by_format(members, options, &mut context)?;
    for (format, members) in groups {
        context.start(format.name);
        let result = catch_unwind(AssertUnwindSafe(|| (format.read)(&members, &mut context)))
            .unwrap_or_else(|_| Err(ListError::ReaderFailed { format: format.name.to_owned() }));
        if let Err(error) = result {
            if context.entities() == 0 {
                return Err(error);
            }
            context.file_problem(&members[0].name, error.kind(), error.describe());
        }
    }
    let mut info = context.finish();
    info.sha256 = hash_of_list(files, &hashes);
    Ok(info)
}

/// SHA-256 of every file as handed in.
fn hash_files(files: &[SourceFile]) -> Result<Vec<DocumentId>, ListError> {
    files
        .iter()
        .map(|file| {
            hash_file(file)
                .map_err(|source| ListError::Unreadable { file: file.name.clone(), source })
        })
        .collect()
}

fn hash_file(file: &SourceFile) -> io::Result<DocumentId> {
    let mut reader = file.open()?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(to_hex(&hasher.finalize()).into()),
            count => hasher.update(&buffer[..count]),
        }
    }
}

fn hash_of_list(files: &[SourceFile], hashes: &[DocumentId]) -> String {
    let files: Vec<(&str, &DocumentId)> =
        files.iter().zip(hashes).map(|(file, hash)| (&*file.name, hash)).collect();
    hash_list(&files)
}

/// The SHA-256 that a list of these files has: that of one file; of several, that of the lines
/// `sha256  name\n` in order of name.
pub fn hash_list(files: &[(&str, &DocumentId)]) -> String {
    if let [(_, only)] = files {
        return only.to_string();
    }
    let mut lines = files.to_vec();
    lines.sort();
    let mut hasher = Sha256::new();
    for (name, hash) in lines {
        hasher.update(format!("{hash}  {name}\n").as_bytes());
    }
    to_hex(&hasher.finalize())
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes all text");
        hex
    })
}

fn unpack_files(
    files: &[SourceFile],
    hashes: &[DocumentId],
    context: &mut ReadContext,
) -> Result<Vec<Member>, ListError> {
    let mut members = Vec::new();
    let mut failed = None;
    for (file, hash) in files.iter().zip(hashes) {
        let first = members.len();
        let result = catch_unwind(AssertUnwindSafe(|| member::unpack(file, hash, &mut members)))
            .unwrap_or_else(|_| Err(ListError::ReaderFailed { format: "archive".to_owned() }));
        if let Err(error) = result {
            context.file_problem(&file.name, error.kind(), error.describe());
            failed.get_or_insert(error);
        }
        if files.len() > 1 {
            for member in &mut members[first..] {
                member.file.clone_from(&member.name);
            }
        }
    }
    match failed {
        Some(error) if members.is_empty() => Err(error),
        _ => Ok(members),
    }
}

/// The files of each format, in the order of the formats.
fn group_by_format(
    members: Vec<Member>,
    options: &Options,
    context: &mut ReadContext,
) -> Result<Vec<(&'static Format, Vec<Member>)>, ListError> {
    let mut groups: Vec<(&'static Format, Vec<Member>)> = Vec::new();
    let mut unknown = Vec::new();
    for member in members {
        match recognise(&member.head, options) {
            None => unknown.push(member.name),
            Some(format) => match groups.iter_mut().find(|(f, _)| f.name == format.name) {
                Some((_, group)) => group.push(member),
                None => groups.push((format, vec![member])),
            },
        }
    }
    if groups.is_empty() {
        return Err(ListError::NotRecognised { files: unknown });
    }
    for name in &unknown {
        context.file_problem(name, "not_recognised", "no known list format");
    }
    groups.sort_by_key(|(format, _)| format.name);
    for (_, group) in &mut groups {
        group.sort_by(|left, right| left.name.cmp(&right.name));
    }
    Ok(groups)
}
