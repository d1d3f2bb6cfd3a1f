//! stdout is data, stderr is talk. The only module that prints.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::args::Global;
use crate::exit::Mistake;
use crate::progress::Bars;

/// What is said to the person at the terminal.
pub(crate) struct Talk {
    quiet: bool,
    color: bool,
    bars: Bars,
}

impl Talk {
    /// As the arguments and the environment (`NO_COLOR`) say.
    pub(crate) fn new(global: &Global) -> Self {
        let terminal = io::stderr().is_terminal();
        Self {
            quiet: global.quiet,
            color: terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
            bars: Bars::new(terminal && !global.no_progress && !global.quiet),
        }
    }

    /// The progress bars.
    pub(crate) fn progress(&self) -> &Bars {
        &self.bars
    }

    /// A line of news.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            line(text);
        }
    }

    /// Something that went wrong and was recorded.
    pub(crate) fn warn(&self, text: &str) {
        line(&format!("{} {text}", self.paint("33", "warning:")));
    }

    /// The next step.
    pub(crate) fn hint(&self, text: &str) {
        if !self.quiet {
            line(&format!("{} {text}", self.paint("36", "hint:")));
        }
    }

    /// An error with its causes.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        line(&format!("{} {error}", self.paint("31", "error:")));
        for cause in error.chain().skip(1) {
            line(&format!("  because: {cause}"));
        }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Nothing can be done if stderr is gone.
fn line(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Where data goes: stdout, a device, or a file that appears whole or not at all.
pub(crate) enum Sink {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A device or pipe, which must not be replaced by a file.
    Stream {
        /// The open device.
        out: BufWriter<File>,
        /// Its name.
        path: PathBuf,
    },
    /// A file under a temporary name, renamed when it is finished.
    File {
        /// The open file.
        file: BufWriter<File>,
        /// Its name until it is finished.
        unfinished: PathBuf,
        /// Its name then.
        path: PathBuf,
    },
}

impl Sink {
    /// Opens the file, or stdout where none is named.
    pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        // A link keeps pointing at its file, also when the file is new.
        let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if path.metadata().is_ok_and(|m| !m.is_file() && !m.is_dir()) {
            let out = File::options()
                .write(true)
                .open(path)
                .with_context(|| format!("cannot write {}", path.display()))?;
            return Ok(Self::Stream { out: BufWriter::new(out), path: path.clone() });
        }
        let mut name = path
            .file_name()
            .ok_or_else(|| {
                Mistake::new(format!("{} names no file", path.display()), "name a file to write")
            })?
            .to_owned();
        name.push(".unfinished");
        let unfinished = path.with_file_name(name);
        let file = File::create(&unfinished)
            .with_context(|| format!("cannot write {}", unfinished.display()))?;
        Ok(Self::File { file: BufWriter::new(file), unfinished, path: path.to_owned() })
    }

    /// Writes out what is buffered and gives the file its name.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stdout(mut out) => Ok(out.flush()?),
            Self::Stream { mut out, path } => {
                out.flush().with_context(|| format!("cannot write {}", path.display()))
            }
            Self::File { mut file, unfinished, path } => {
                file.flush().with_context(|| format!("cannot write {}", unfinished.display()))?;
                std::fs::rename(&unfinished, &path)
                    .with_context(|| format!("cannot write {}", path.display()))
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Stream { out, .. } => out.write(bytes),
            Self::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Stream { out, .. } => out.flush(),
            Self::File { file, .. } => file.flush(),
        }
    }
}

/// Writes a value as one line of JSON.
pub(crate) fn json_line(out: &mut impl Write, value: &serde_json::Value) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}
