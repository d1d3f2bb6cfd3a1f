//! Tables in files: Parquet and CSV in, Parquet and CSV out.
//!
//! It knows columns of text and numbers, not what they mean. Which of the two a file is, its first
//! bytes say; what is written, the ending of the name.

mod csv_file;
mod parquet_file;
mod write;

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

pub(crate) use write::{Cell, TableWriter};

use crate::exit::Mistake;

/// The columns of a file, and a way to their values.
pub(crate) enum TableFile {
    Csv(PathBuf, Vec<String>),
    Parquet(Box<parquet_file::ParquetTable>),
}

impl TableFile {
    /// Opens a table and reads the names of its columns.
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let mut head = [0; 4];
        let mut file = File::open(path).map_err(|e| {
            Mistake::new(
                format!("cannot read {}: {e}", path.display()),
                "name a Parquet or CSV file",
            )
        })?;
        let filled = file.read(&mut head).unwrap_or(0);
        if filled == 0 {
            return Err(Mistake::new(
                format!("{} is empty", path.display()),
                "a table has a header and one row a record",
            )
            .into());
        }
        if head == *b"PAR1" || path.extension().is_some_and(|e| e == "parquet") {
            return Ok(Self::Parquet(Box::new(parquet_file::ParquetTable::open(path)?)));
        }
        Ok(Self::Csv(path.to_owned(), csv_file::header(path)?))
    }

    /// The names of its columns.
    pub(crate) fn columns(&self) -> Vec<String> {
        match self {
            Self::Csv(_, columns) => columns.clone(),
            Self::Parquet(table) => table.columns(),
        }
    }

    /// Calls `take` with the number of each wanted column among `wanted` and each value, in the
    /// order of the rows within a column; a missing value is an empty text.
    pub(crate) fn read(
        &self,
        wanted: &[usize],
        take: &mut dyn FnMut(usize, &str),
    ) -> anyhow::Result<()> {
        match self {
            Self::Csv(path, _) => csv_file::read(path, wanted, take),
            Self::Parquet(table) => table.read(wanted, take),
        }
    }
}
