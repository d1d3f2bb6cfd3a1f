//! Owns the reading of Parquet tables: flat columns of text, numbers, dates.
//!
//! Nested columns are not seen. Invariant: every column hands out one value a row.

use std::fs::File;
use std::path::{Path, PathBuf};

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, FixedLenByteArray};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use crate::exit::Mistake;

/// Values read at a time.
const BATCH: usize = 8192;

/// An open Parquet file.
pub(crate) struct ParquetTable {
    path: PathBuf,
    reader: SerializedFileReader<File>,
    /// Numbers of the flat columns.
    flat: Vec<usize>,
}

impl ParquetTable {
    pub(crate) fn open(path: &Path) -> anyhow::Result<Self> {
        let file = File::open(path)?;
        let reader = SerializedFileReader::new(file).map_err(|e| broken(path, &e))?;
        let schema = reader.metadata().file_metadata().schema_descr_ptr();
        let flat = (0..schema.num_columns())
            .filter(|c| {
                schema.column(*c).max_rep_level() == 0 && schema.column(*c).max_def_level() <= 1
            })
            .collect();
        Ok(Self { path: path.to_owned(), reader, flat })
    }

    pub(crate) fn columns(&self) -> Vec<String> {
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        self.flat.iter().map(|c| schema.column(*c).name().trim().to_owned()).collect()
    }

    pub(crate) fn read(
        &self,
        wanted: &[usize],
        take: &mut dyn FnMut(usize, &str),
    ) -> anyhow::Result<()> {
        let schema = self.reader.metadata().file_metadata().schema_descr_ptr();
        for group in 0..self.reader.num_row_groups() {
            let rows = self.reader.get_row_group(group).map_err(|e| broken(&self.path, &e))?;
            for (at, column) in wanted.iter().enumerate() {
                let number = self.flat[*column];
                let reader = rows.get_column_reader(number).map_err(|e| broken(&self.path, &e))?;
                let mut value = |text: &str| take(at, text);
                read_column(reader, &schema.column(number), &mut value)
                    .map_err(|e| broken(&self.path, &e))?;
            }
        }
        Ok(())
    }
}

type Read = Result<(), parquet::errors::ParquetError>;

fn read_column(
    reader: ColumnReader,
    column: &ColumnDescriptor,
    take: &mut dyn FnMut(&str),
) -> Read {
    let is_date = column.logical_type_ref() == Some(&LogicalType::Date)
        || column.converted_type() == ConvertedType::DATE;
    let per_day = ticks_per_day(column);
    match reader {
        ColumnReader::ByteArrayColumnReader(r) => each(r, take, |v: &ByteArray, take| {
            take(&String::from_utf8_lossy(v.data()));
        }),
        ColumnReader::FixedLenByteArrayColumnReader(r) => {
            each(r, take, |v: &FixedLenByteArray, take| take(&String::from_utf8_lossy(v.data())))
        }
        ColumnReader::Int32ColumnReader(r) => each(r, take, |v: &i32, take| {
            take(&if is_date { date(i64::from(*v)) } else { v.to_string() });
        }),
        ColumnReader::Int64ColumnReader(r) => each(r, take, |v: &i64, take| {
            take(&per_day.map_or_else(|| v.to_string(), |d| date(v.div_euclid(d))));
        }),
        ColumnReader::DoubleColumnReader(r) => each(r, take, |v: &f64, take| take(&v.to_string())),
        ColumnReader::FloatColumnReader(r) => each(r, take, |v: &f32, take| take(&v.to_string())),
        ColumnReader::BoolColumnReader(r) => each(r, take, |v: &bool, take| take(&v.to_string())),
        ColumnReader::Int96ColumnReader(r) => each(r, take, |_, take| take("")),
    }
}

/// Ticks of a timestamp in a day.
fn ticks_per_day(column: &ColumnDescriptor) -> Option<i64> {
    match column.logical_type_ref() {
        Some(LogicalType::Timestamp(t)) => Some(match t.unit {
            TimeUnit::MILLIS => 86_400_000,
            TimeUnit::MICROS => 86_400_000_000,
            TimeUnit::NANOS => 86_400_000_000_000,
        }),
        _ => match column.converted_type() {
            ConvertedType::TIMESTAMP_MILLIS => Some(86_400_000),
            ConvertedType::TIMESTAMP_MICROS => Some(86_400_000_000),
            _ => None,
        },
    }
}

/// Reads a column to its end; a null is an empty text.
fn each<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    take: &mut dyn FnMut(&str),
    text: impl Fn(&T::T, &mut dyn FnMut(&str)),
) -> Read {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    loop {
        levels.clear();
        values.clear();
        let (records, ..) = reader.read_records(BATCH, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Ok(());
        }
        let mut next = values.iter();
        if levels.is_empty() {
            next.by_ref().for_each(|v| text(v, take));
        }
        for level in &levels {
            match next.as_slice().first() {
                Some(value) if *level > 0 => {
                    text(value, take);
                    next.next();
                }
                _ => take(""),
            }
        }
    }
}

/// A day counted from 1970 as a date (Hinnant's `civil_from_days`).
fn date(days: i64) -> String {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

fn broken(path: &Path, error: &parquet::errors::ParquetError) -> Mistake {
    Mistake::new(
        format!("cannot read {}: {error}", path.display()),
        "is it a whole Parquet file? a CSV file should not end in .parquet",
    )
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(-1), "1969-12-31");
        assert_eq!(date(19_782), "2024-02-29");
    }
}
