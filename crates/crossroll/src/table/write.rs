//! Owns the writing of tables: Parquet, or CSV where the name ends so. A file appears whole or not
//! at all.
//!
//! Invariant: every row has one cell for each column.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use parquet::basic::{Compression, Encoding};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::output::Sink;

/// Rows of a row group.
const GROUP_ROWS: usize = 1 << 19;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text,
    Number,
}

/// The values of one column that wait to be written.
enum Waiting {
    Text(Vec<ByteArray>),
    Number(Vec<f64>),
}

/// Writes one table row by row.
pub(crate) struct TableWriter {
    names: Vec<&'static str>,
    waiting: Vec<Waiting>,
    rows: usize,
    to: To,
}

enum To {
    Csv(Box<csv::Writer<Sink>>),
    Parquet(Box<SerializedFileWriter<Sink>>),
}

impl TableWriter {
    /// Opens a file.
    pub(crate) fn create(path: &Path, columns: &[(&'static str, Cell)]) -> anyhow::Result<Self> {
        let names: Vec<&'static str> = columns.iter().map(|c| c.0).collect();
        let sink = Sink::open(Some(path))?;
        let to = if path.extension().is_some_and(|e| e == "csv") {
            let mut writer = csv::Writer::from_writer(sink);
            writer.write_record(&names)?;
            To::Csv(Box::new(writer))
        } else {
            let fields: String = columns
                .iter()
                .map(|(name, cell)| match cell {
                    Cell::Text => format!("required byte_array {name} (utf8); "),
                    Cell::Number => format!("required double {name}; "),
                })
                .collect();
            let schema = Arc::new(parse_message_type(&format!("message schema {{ {fields} }}"))?);
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_dictionary_enabled(false)
                .set_statistics_enabled(parquet::file::properties::EnabledStatistics::None)
                .set_encoding(Encoding::PLAIN)
                .build();
            To::Parquet(Box::new(SerializedFileWriter::new(sink, schema, Arc::new(properties))?))
        };
        let waiting = columns
            .iter()
            .map(|(_, cell)| match cell {
                Cell::Text => Waiting::Text(Vec::new()),
                Cell::Number => Waiting::Number(Vec::new()),
            })
            .collect();
        Ok(Self { names, waiting, rows: 0, to })
    }

    /// Adds a row: its texts, then its numbers, each in the order of their columns.
    pub(crate) fn row(&mut self, texts: &[&str], numbers: &[f64]) -> anyhow::Result<()> {
        debug_assert_eq!(texts.len() + numbers.len(), self.names.len());
        if let To::Csv(writer) = &mut self.to {
            for text in texts {
                writer.write_field(text)?;
            }
            for number in numbers {
                writer.write_field(number.to_string())?;
            }
            return Ok(writer.write_record(None::<&[u8]>)?);
        }
        let (mut texts, mut numbers) = (texts.iter(), numbers.iter());
        for column in &mut self.waiting {
            match column {
                Waiting::Text(values) => {
                    values.push(ByteArray::from(texts.next().copied().unwrap_or_default()));
                }
                Waiting::Number(values) => values.push(numbers.next().copied().unwrap_or_default()),
            }
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS { self.flush() } else { Ok(()) }
    }

    /// Writes what waits as one row group.
    fn flush(&mut self) -> anyhow::Result<()> {
        let To::Parquet(writer) = &mut self.to else { return Ok(()) };
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = writer.next_row_group()?;
        for column in &mut self.waiting {
            let mut out = group.next_column()?.context("a column is missing in the schema")?;
            match (out.untyped(), column) {
                (ColumnWriter::ByteArrayColumnWriter(w), Waiting::Text(values)) => {
                    w.write_batch(values.as_slice(), None, None)?;
                    values.clear();
                }
                (ColumnWriter::DoubleColumnWriter(w), Waiting::Number(values)) => {
                    w.write_batch(values.as_slice(), None, None)?;
                    values.clear();
                }
                _ => anyhow::bail!("a column has another type than its values"),
            }
            out.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Writes the rest and gives the file its name.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        self.flush()?;
        match self.to {
            To::Csv(writer) => match writer.into_inner() {
                Ok(sink) => sink.finish(),
                Err(error) => Err(error.into_error().into()),
            },
            To::Parquet(writer) => writer.into_inner()?.finish(),
        }
    }
}
