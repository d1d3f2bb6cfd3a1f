//! Owns the reading of delimited tables: comma, semicolon or tab, whichever the header holds most.
//!
//! Invariant: rows that are too short are filled with missing values; bytes that are no UTF-8
//! become replacement characters.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::Context as _;
use csv::{ByteRecord, ReaderBuilder};

use crate::exit::Mistake;

/// The names of the columns.
pub(crate) fn header(path: &Path) -> anyhow::Result<Vec<String>> {
    let mut reader = reader(path)?;
    let header = reader.byte_headers().map_err(|e| broken(path, &e))?;
    Ok(header
        .iter()
        .map(|c| String::from_utf8_lossy(c).trim().trim_start_matches('\u{feff}').to_owned())
        .collect())
}

/// Hands out the values of the wanted columns.
pub(crate) fn read(
    path: &Path,
    wanted: &[usize],
    take: &mut dyn FnMut(usize, &str),
) -> anyhow::Result<()> {
    let mut reader = reader(path)?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|e| broken(path, &e))? {
        for (at, column) in wanted.iter().enumerate() {
            let value = record.get(*column).unwrap_or_default();
            take(at, String::from_utf8_lossy(value).trim());
        }
    }
    Ok(())
}

fn reader(path: &Path) -> anyhow::Result<csv::Reader<BufReader<File>>> {
    let open = || File::open(path).with_context(|| format!("cannot read {}", path.display()));
    let mut first = Vec::new();
    BufReader::new(open()?).read_until(b'\n', &mut first)?;
    let text = String::from_utf8_lossy(&first);
    let count = |byte: u8| text.matches(char::from(byte)).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|d| count(*d)).unwrap_or(b',');
    Ok(ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(BufReader::new(open()?)))
}

fn broken(path: &Path, error: &csv::Error) -> Mistake {
    Mistake::new(format!("cannot read {}: {error}", path.display()), "is it a CSV file in UTF-8?")
}
