//! Entities, one JSON object per line, as `ftm` and OpenSanctions write them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::schema::Schema;
use crate::{DatasetName, Entity, EntityId, Statement};

use super::{FtmError, LINE_BYTES_MAX, Line, Read, next_line, problem_at};

/// One line of an `.ftm.json` file. Keys that we do not know are kept in `rest`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntityLine {
    /// Id of the entity, canonical where the file is of resolved entities.
    pub id: EntityId,
    /// What the publisher calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Schema, for example `Person`.
    pub schema: String,
    /// Values by property.
    #[serde(default)]
    pub properties: BTreeMap<String, Vec<String>>,
    /// Datasets that speak of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<DatasetName>,
    /// Ids of the entities merged into it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referents: Vec<EntityId>,
    /// First time any of its statements was seen, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// Last time any of its statements was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<String>,
    /// Last time it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
    /// True if the dataset targets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<bool>,
    /// All other keys of the line.
    #[serde(flatten)]
    pub rest: BTreeMap<String, Value>,
}

impl EntityLine {
    /// The line of an entity; `None` for an entity of an extension schema, which FtM does not know.
    /// Statements made under an extension schema are left out as well.
    ///
    /// ```
    /// use model::{Entity, ftm::EntityLine};
    /// assert!(EntityLine::from_entity(&Entity::new("a".into(), "Person")).is_some());
    /// assert!(EntityLine::from_entity(&Entity::new("a/form".into(), "Form")).is_none());
    /// ```
    pub fn from_entity(entity: &Entity) -> Option<EntityLine> {
        if is_extension(&entity.schema) {
            return None;
        }
        let statements: Vec<&Statement> =
            entity.all().filter(|statement| !is_extension(&statement.schema)).collect();
        let mut properties: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for statement in &statements {
            let values = properties.entry(statement.prop.to_string()).or_default();
            if !values.contains(&statement.value) {
                values.push(statement.value.clone());
            }
        }
        let datasets: BTreeSet<&DatasetName> = statements.iter().map(|s| &s.dataset).collect();
        let seen = |time: fn(&Statement) -> Option<&String>| {
            statements.iter().filter_map(move |statement| time(statement))
        };
        Some(EntityLine {
            id: entity.id.clone(),
            caption: Some(entity.caption().to_owned()),
            schema: entity.schema.to_string(),
            properties,
            datasets: datasets.into_iter().cloned().collect(),
            referents: entity.referents.iter().cloned().collect(),
            first_seen: seen(|statement| statement.first_seen.as_ref()).min().cloned(),
            last_seen: seen(|statement| statement.last_seen.as_ref()).max().cloned(),
            last_change: None,
            target: Some(entity.target),
            rest: BTreeMap::new(),
        })
    }

    /// The line as an entity of one dataset: every value becomes a statement of it, with the times
    /// of the line. Which of the line's own datasets said which value, the format does not tell.
    ///
    /// ```
    /// use model::ftm::EntityReader;
    /// use model::ftm::Read;
    /// let line = r#"{"id": "x-1", "schema": "Person", "properties": {"name": ["Sample One"]}}"#;
    /// let Some(Ok(Read::Value(1, line))) = EntityReader::new(line.as_bytes(), "x.json").next()
    /// else { panic!("one entity") };
    /// let entity = line.into_entity(&"sample-list".into());
    /// assert_eq!(entity.first("name"), Some("Sample One"));
    /// ```
    pub fn into_entity(self, dataset: &DatasetName) -> Entity {
        let mut entity = Entity::new(self.id, self.schema);
        entity.target = self.target.unwrap_or(false);
        entity.referents = self.referents.into_iter().filter(|id| *id != entity.id).collect();
        for (prop, values) in self.properties {
            let prop: std::sync::Arc<str> = prop.into();
            for value in values {
                let mut statement = Statement::new(
                    entity.id.clone(),
                    entity.schema.clone(),
                    prop.clone(),
                    value,
                    dataset.clone(),
                );
                statement.first_seen.clone_from(&self.first_seen);
                statement.last_seen.clone_from(&self.last_seen);
                entity.add(statement);
            }
        }
        entity
    }
}

/// True for a schema of ours that FtM does not know.
pub(super) fn is_extension(schema: &str) -> bool {
    Schema::find(schema).is_some_and(|schema| schema.extension)
}

/// Writes an entity as one line; `false` if it is of an extension schema and was left out.
///
/// ```
/// use model::{Entity, ftm::write_entity};
/// let mut out = Vec::new();
/// assert!(write_entity(&mut out, &Entity::new("a".into(), "Person")).unwrap());
/// assert!(out.ends_with(b"\n"));
/// ```
pub fn write_entity(writer: &mut impl Write, entity: &Entity) -> Result<bool, FtmError> {
    match EntityLine::from_entity(entity) {
        Some(line) => line.write(writer).map(|()| true),
        None => Ok(false),
    }
}

impl EntityLine {
    /// Writes the line with its end.
    pub fn write(&self, writer: &mut impl Write) -> Result<(), FtmError> {
        let mut json = serde_json::to_vec(self).map_err(|error| FtmError::Write(error.into()))?;
        json.push(b'\n');
        writer.write_all(&json).map_err(FtmError::Write)
    }
}

/// Reads entities line by line.
pub struct EntityReader<R> {
    reader: R,
    path: String,
    line: u64,
    waiting: VecDeque<Read<EntityLine>>,
    done: bool,
}

impl<R: BufRead> EntityReader<R> {
    /// A reader; `path` is the name that problems carry.
    pub fn new(reader: R, path: impl Into<String>) -> Self {
        Self { reader, path: path.into(), line: 0, waiting: VecDeque::new(), done: false }
    }

    fn problem(&self, kind: &str, message: impl Into<String>) -> Read<EntityLine> {
        Read::Problem(problem_at(&self.path, self.line, kind, message))
    }

    fn read_line(&mut self, line: &[u8]) {
        let Ok(text) = std::str::from_utf8(line) else {
            self.waiting.push_back(self.problem("line_not_utf8", "the line is not UTF-8"));
            return;
        };
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return;
        }
        // The strict shape first: nearly all lines have it.
        if let Ok(entity) = serde_json::from_str(text) {
            self.waiting.push_back(Read::Value(self.line, entity));
            return;
        }
        let (entity, kinds) = read_loosely(text);
        for (kind, message) in kinds {
            self.waiting.push_back(self.problem(kind, message));
        }
        if let Some(entity) = entity {
            self.waiting.push_back(Read::Value(self.line, entity));
        }
    }
}

impl<R: BufRead> Iterator for EntityReader<R> {
    type Item = Result<Read<EntityLine>, FtmError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(read) = self.waiting.pop_front() {
                return Some(Ok(read));
            }
            if self.done {
                return None;
            }
            match next_line(&mut self.reader, LINE_BYTES_MAX) {
                Ok(Some(line)) => {
                    self.line += 1;
                    match line {
                        Line::Whole(line) => self.read_line(&line),
                        Line::TooLong => {
                            return Some(Ok(
                                self.problem("line_too_long", "the line is over 50 MB")
                            ));
                        }
                    }
                }
                Ok(None) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(Err(FtmError::Read(error)));
                }
            }
        }
    }
}

type Faults = Vec<(&'static str, String)>;

/// Reads a line that is not of the strict shape: single values without a list, numbers and truth
/// values as text. What is neither is left out and named.
fn read_loosely(text: &str) -> (Option<EntityLine>, Faults) {
    let mut faults = Faults::new();
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            faults.push(("line_not_json", format!("the line is not JSON: {error}")));
            return (None, faults);
        }
    };
    let Value::Object(mut object) = value else {
        faults.push(("line_not_entity", "the line is no JSON object".to_owned()));
        return (None, faults);
    };
    for key in ["id", "schema"] {
        if object.get(key).and_then(as_text).is_none_or(|text| text.is_empty()) {
            faults.push(("line_not_entity", format!("the entity has no {key}")));
            return (None, faults);
        }
    }
    let mut properties = BTreeMap::new();
    if let Some(Value::Object(raw)) = object.remove("properties") {
        for (prop, values) in raw {
            let values = match values {
                Value::Array(values) => values,
                Value::Null => continue,
                single => vec![single],
            };
            let texts: Vec<String> = values.iter().filter_map(as_text).collect();
            if texts.len() < values.len() {
                let lost = values.len() - texts.len();
                faults.push(("value_not_text", format!("{lost} values of {prop} are no text")));
            }
            properties.insert(prop, texts);
        }
    }
    let text_of = |object: &mut serde_json::Map<String, Value>, key: &str| {
        object.remove(key).as_ref().and_then(as_text)
    };
    let list_of = |object: &mut serde_json::Map<String, Value>, key: &str| -> Vec<String> {
        match object.remove(key) {
            Some(Value::Array(values)) => values.iter().filter_map(as_text).collect(),
            Some(value) => as_text(&value).into_iter().collect(),
            None => Vec::new(),
        }
    };
    let entity = EntityLine {
        id: text_of(&mut object, "id").unwrap_or_default().into(),
        caption: text_of(&mut object, "caption"),
        schema: text_of(&mut object, "schema").unwrap_or_default(),
        properties,
        datasets: list_of(&mut object, "datasets").into_iter().map(Into::into).collect(),
        referents: list_of(&mut object, "referents").into_iter().map(Into::into).collect(),
        first_seen: text_of(&mut object, "first_seen"),
        last_seen: text_of(&mut object, "last_seen"),
        last_change: text_of(&mut object, "last_change"),
        target: object.remove("target").and_then(|value| value.as_bool()),
        rest: object.into_iter().collect(),
    };
    (Some(entity), faults)
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
