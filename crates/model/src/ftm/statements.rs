//! Statements as CSV, as `ftm statements -f csv` writes them, and their ids.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{Read as IoRead, Write};

use csv::{ByteRecord, QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};
use sha1::{Digest, Sha1};

use crate::schema::Schema;
use crate::{DatasetName, Entity, EntityId, Statement};

use super::entities::is_extension;
use super::{FtmError, Read, problem_at};

/// The columns, in order.
pub const COLUMNS: [&str; 14] = [
    "canonical_id",
    "entity_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "origin",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "last_seen",
    "id",
];

/// The pseudo-property under which an entity's checksum stands.
const CHECKSUM_PROP: &str = "id";
/// Columns without which a row says nothing.
const REQUIRED: [&str; 5] = ["entity_id", "prop", "schema", "value", "dataset"];

/// One row of a statement file.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementRow {
    /// A statement.
    Statement(Box<Statement>),
    /// The checksum of an entity, under the pseudo-property `id`.
    Checksum(Checksum),
}

/// A checksum over the statements of an entity; says whether it changed between two exports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// The entity.
    pub entity_id: EntityId,
    /// Its schema.
    pub schema: String,
    /// SHA-1 of schema and statement ids.
    pub value: String,
    /// The dataset it is of.
    pub dataset: DatasetName,
    /// Time of the last change.
    pub first_seen: Option<String>,
    /// Time it was last seen.
    pub last_seen: Option<String>,
}

/// The id of a statement as followthemoney 4 makes it: SHA-1 over dataset, entity, property, value,
/// language and the external flag.
///
/// ```
/// use model::{Statement, ftm::statement_id};
/// let statement = Statement::new("x-1".into(), "Person", "name", "Sample One", "sample".into());
/// assert_eq!(statement_id(&statement), "569fa10f7d61ba1b94dcaa53d9153f5359c3a022");
/// ```
pub fn statement_id(statement: &Statement) -> String {
    let Statement { dataset, entity_id, prop, value, .. } = statement;
    let mut key = format!("{dataset}.{entity_id}.{prop}.{value}");
    if let Some(lang) = lang_kept(statement) {
        key.push('@');
        key.push_str(lang);
    }
    if statement.external {
        key.push_str(".ext");
    }
    hex(Sha1::digest(key.as_bytes()).as_slice())
}

/// The checksum of an entity of a schema with statements of these ids.
pub fn entity_checksum(schema: &str, statement_ids: &[String]) -> String {
    let mut ids: Vec<&String> = statement_ids.iter().collect();
    ids.sort_unstable();
    let mut digest = Sha1::new();
    digest.update(schema.as_bytes());
    for id in ids {
        digest.update(id.as_bytes());
    }
    hex(digest.finalize().as_slice())
}

/// The language, where FtM keeps one: of values that are language.
fn lang_kept(statement: &Statement) -> Option<&str> {
    let property = Schema::find(&statement.schema)?.property(&statement.prop)?;
    statement.lang.as_deref().filter(|_| property.kind.is_linguistic())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

/// Reads statement CSV row by row. Columns may stand in any order; unknown ones are ignored.
pub struct StatementReader<R> {
    csv: csv::Reader<R>,
    path: String,
    columns: Option<Vec<Option<usize>>>,
    waiting: VecDeque<Read<StatementRow>>,
    done: bool,
}

impl<R: IoRead> StatementReader<R> {
    /// A reader; `path` is the name that problems carry.
    pub fn new(reader: R, path: impl Into<String>) -> Self {
        let csv = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(reader);
        Self { csv, path: path.into(), columns: None, waiting: VecDeque::new(), done: false }
    }

    fn problem(&mut self, line: u64, kind: &str, message: String) {
        self.waiting.push_back(Read::Problem(problem_at(&self.path, line, kind, message)));
    }

    fn read_header(&mut self, record: &ByteRecord) {
        let name = |field: &[u8]| {
            String::from_utf8_lossy(field).trim_start_matches('\u{feff}').trim().to_owned()
        };
        let header: Vec<String> = record.iter().map(name).collect();
        let places: Vec<Option<usize>> =
            COLUMNS.iter().map(|column| header.iter().position(|name| name == column)).collect();
        let missing: Vec<&str> = REQUIRED
            .into_iter()
            .filter(|column| !header.iter().any(|name| name == column))
            .collect();
        if missing.is_empty() {
            self.columns = Some(places);
        } else {
            self.done = true;
            let message = format!("no statement CSV: the header lacks {}", missing.join(", "));
            self.problem(1, "not_statement_csv", message);
        }
    }

    fn read_row(&mut self, record: &ByteRecord, line: u64) {
        let Some(columns) = &self.columns else { return };
        let mut fields: [&str; COLUMNS.len()] = [""; COLUMNS.len()];
        let mut sound = true;
        for (field, place) in fields.iter_mut().zip(columns) {
            let bytes = place.and_then(|place| record.get(place)).unwrap_or_default();
            match std::str::from_utf8(bytes) {
                Ok(text) => *field = text,
                Err(_) => sound = false,
            }
        }
        let short = columns.iter().flatten().max().is_some_and(|last| *last >= record.len());
        if !sound {
            self.problem(line, "row_not_utf8", "the row is not UTF-8".to_owned());
        } else if let Some(row) = row_of(&fields) {
            self.waiting.push_back(Read::Value(line, row));
            if short {
                self.problem(line, "row_cut_short", "the row has too few fields".to_owned());
            }
        } else {
            self.problem(line, "row_not_statement", "entity, property or schema is empty".into());
        }
    }
}

/// The row of the fields in the order of [`COLUMNS`].
fn row_of(fields: &[&str; COLUMNS.len()]) -> Option<StatementRow> {
    let [
        canonical_id,
        entity_id,
        prop,
        _,
        schema,
        value,
        dataset,
        origin,
        lang,
        original_value,
        external,
        first_seen,
        last_seen,
        _,
    ] = *fields;
    if entity_id.is_empty() || prop.is_empty() || schema.is_empty() {
        return None;
    }
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    if prop == CHECKSUM_PROP {
        return Some(StatementRow::Checksum(Checksum {
            entity_id: entity_id.into(),
            schema: schema.to_owned(),
            value: value.to_owned(),
            dataset: dataset.into(),
            first_seen: optional(first_seen),
            last_seen: optional(last_seen),
        }));
    }
    let mut statement = Statement::new(entity_id.into(), schema, prop, value, dataset.into());
    statement.canonical_id = optional(canonical_id).filter(|id| id != entity_id).map(Into::into);
    statement.origin = optional(origin);
    statement.lang = optional(lang);
    statement.original_value = optional(original_value).filter(|original| original != value);
    // As followthemoney reads truth values: t, true, yes, 1.
    statement.external = external.to_ascii_lowercase().starts_with(['t', 'y', '1']);
    statement.last_seen = optional(last_seen).or_else(|| optional(first_seen));
    statement.first_seen = optional(first_seen);
    Some(StatementRow::Statement(Box::new(statement)))
}

impl<R: IoRead> Iterator for StatementReader<R> {
    type Item = Result<Read<StatementRow>, FtmError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut record = ByteRecord::new();
        loop {
            if let Some(read) = self.waiting.pop_front() {
                return Some(Ok(read));
            }
            if self.done {
                return None;
            }
            match self.csv.read_byte_record(&mut record) {
                Ok(true) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    if self.columns.is_none() {
                        self.read_header(&record);
                    } else {
                        self.read_row(&record, line);
                    }
                }
                Ok(false) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(Err(FtmError::Read(error.into())));
                }
            }
        }
    }
}

/// Writes statement CSV: all fields quoted, lines ended by a line feed, a header first.
pub struct StatementWriter<W: Write> {
    csv: csv::Writer<W>,
    skipped: u64,
}

impl<W: Write> StatementWriter<W> {
    /// A writer that has written the header.
    pub fn new(writer: W) -> Result<Self, FtmError> {
        let mut csv = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .terminator(Terminator::Any(b'\n'))
            .from_writer(writer);
        csv.write_record(COLUMNS).map_err(|error| FtmError::Write(error.into()))?;
        Ok(Self { csv, skipped: 0 })
    }

    /// Writes a statement and gives its id; `None` if it was left out: its schema is an extension,
    /// or FtM knows no such property (followthemoney stops at a row that it does not know).
    pub fn write(&mut self, statement: &Statement) -> Result<Option<String>, FtmError> {
        let property =
            Schema::find(&statement.schema).and_then(|schema| schema.property(&statement.prop));
        let Some(property) = property.filter(|_| !is_extension(&statement.schema)) else {
            self.skipped += 1;
            return Ok(None);
        };
        let canonical =
            statement.canonical_id.as_ref().map_or(statement.entity_id.as_str(), |id| id.as_str());
        let original =
            statement.original_value.as_deref().filter(|original| *original != statement.value);
        let id = statement_id(statement);
        self.row([
            canonical,
            statement.entity_id.as_str(),
            &statement.prop,
            property.kind.as_str(),
            &statement.schema,
            &statement.value,
            statement.dataset.as_str(),
            statement.origin.as_deref().unwrap_or_default(),
            lang_kept(statement).unwrap_or_default(),
            original.unwrap_or_default(),
            if statement.external { "t" } else { "f" },
            statement.first_seen.as_deref().unwrap_or_default(),
            statement.last_seen.as_deref().unwrap_or_default(),
            &id,
        ])?;
        Ok(Some(id))
    }

    /// Writes the statements of an entity and its checksum; nothing for an extension schema.
    pub fn write_entity(&mut self, entity: &Entity) -> Result<(), FtmError> {
        if is_extension(&entity.schema) {
            self.skipped += u64::try_from(entity.all().count()).unwrap_or(u64::MAX);
            return Ok(());
        }
        let mut ids = Vec::new();
        for statement in entity.all() {
            ids.extend(self.write(statement)?);
        }
        let Some(dataset) = entity.datasets().into_iter().next().cloned() else { return Ok(()) };
        let seen = |time: fn(&Statement) -> Option<&String>| entity.all().filter_map(time);
        let checksum = Checksum {
            entity_id: entity.id.clone(),
            schema: entity.schema.to_string(),
            value: entity_checksum(&entity.schema, &ids),
            dataset,
            first_seen: seen(|statement| statement.first_seen.as_ref()).min().cloned(),
            last_seen: seen(|statement| statement.last_seen.as_ref()).max().cloned(),
        };
        self.write_checksum(&checksum)
    }

    /// Writes the checksum row of an entity.
    pub fn write_checksum(&mut self, checksum: &Checksum) -> Result<(), FtmError> {
        let Checksum { entity_id, schema, value, dataset, first_seen, last_seen } = checksum;
        let key = format!("{dataset}.{entity_id}.{CHECKSUM_PROP}.{value}");
        let id = hex(Sha1::digest(key.as_bytes()).as_slice());
        let first = first_seen.as_deref().unwrap_or_default();
        self.row([
            entity_id.as_str(),
            entity_id.as_str(),
            CHECKSUM_PROP,
            CHECKSUM_PROP,
            schema,
            value,
            dataset.as_str(),
            "",
            "",
            "",
            "f",
            first,
            last_seen.as_deref().unwrap_or(first),
            &id,
        ])
    }

    /// Writes out what is buffered; gives the statements that were left out.
    pub fn finish(mut self) -> Result<u64, FtmError> {
        self.csv.flush().map_err(FtmError::Write)?;
        Ok(self.skipped)
    }

    fn row(&mut self, fields: [&str; COLUMNS.len()]) -> Result<(), FtmError> {
        self.csv.write_record(fields).map_err(|error| FtmError::Write(error.into()))
    }
}
