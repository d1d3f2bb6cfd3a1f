//! Owns the reading of labels: pairs and queries as JSON lines, each with what is true of it.
//!
//! A label that is wrong is the user's mistake, named by its line; nothing is guessed. Invariant: no
//! file without a label is measured.

use model::Entity;
use serde_json::{Map, Value};

use crate::exit::Mistake;

use super::origin;

/// The verdicts that a reviewer may give.
const VERDICTS: [&str; 3] = ["same", "different", "unsure"];
/// What to look at when a label is wrong.
const HINT: &str = "docs/design/measure.md has the layout of labelled data";

/// Where an origin comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) name: String,
    /// True if the label says it; else the program told it from the names.
    pub(crate) is_labelled: bool,
}

/// A labelled pair.
pub(crate) struct LabelledPair {
    pub(crate) id: String,
    pub(crate) left: Entity,
    pub(crate) right: Entity,
    pub(crate) same: bool,
    pub(crate) origin: Origin,
    /// What makes the pair hard, in the words of who labelled it.
    pub(crate) kind: String,
    /// What two reviewers said, each on his own.
    pub(crate) reviewers: Option<(String, String)>,
}

/// A labelled query.
pub(crate) struct LabelledQuery {
    pub(crate) entity: Entity,
    /// Ids of the list's entities that it is; none if it is not listed.
    pub(crate) right: Vec<String>,
    pub(crate) origin: Origin,
    pub(crate) kind: String,
}

/// Reads labelled pairs.
pub(crate) fn read_pairs(bytes: &[u8], file: &str) -> anyhow::Result<Vec<LabelledPair>> {
    let mut pairs = Vec::new();
    for (line, object) in objects(bytes, file)? {
        pairs.push(pair(&object).map_err(|what| wrong(file, line, &what))?);
    }
    Ok(pairs)
}

/// Reads labelled queries.
pub(crate) fn read_queries(bytes: &[u8], file: &str) -> anyhow::Result<Vec<LabelledQuery>> {
    let mut queries = Vec::new();
    for (line, object) in objects(bytes, file)? {
        queries.push(query(&object).map_err(|what| wrong(file, line, &what))?);
    }
    Ok(queries)
}

fn wrong(file: &str, line: usize, what: &str) -> anyhow::Error {
    Mistake::new(format!("{file}, line {line}: {what}"), HINT).into()
}

/// The objects of a file with their lines; none is a mistake.
fn objects(bytes: &[u8], file: &str) -> anyhow::Result<Vec<(usize, Map<String, Value>)>> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Mistake::new(format!("{file} is no text in UTF-8"), HINT))?;
    let mut objects = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let object = serde_json::from_str(line)
            .map_err(|e| wrong(file, at + 1, &format!("no JSON object: {e}")))?;
        objects.push((at + 1, object));
    }
    if objects.is_empty() {
        return Err(Mistake::new(format!("{file} holds no labels"), HINT).into());
    }
    Ok(objects)
}

fn pair(object: &Map<String, Value>) -> Result<LabelledPair, String> {
    let id = id_of(object)?;
    let side = |name: &str| {
        let side = object.get(name).and_then(Value::as_object);
        side.and_then(|side| case::query::entity_of(&format!("{id}-{name}"), side))
            .ok_or_else(|| format!("no entity `{name}` with `properties`"))
    };
    let (left, right) = (side("left")?, side("right")?);
    let same = match object.get("same") {
        Some(Value::Bool(same)) => *same,
        Some(other) => return Err(format!("unknown label `same`: {other}; it is true or false")),
        None => return Err("no label `same`".to_owned()),
    };
    Ok(LabelledPair {
        origin: origin_of(object, &[&left, &right])?,
        kind: text_of(object, "kind")?.unwrap_or_default(),
        reviewers: reviewers_of(object)?,
        id,
        left,
        right,
        same,
    })
}

fn query(object: &Map<String, Value>) -> Result<LabelledQuery, String> {
    let id = id_of(object)?;
    let entity = case::query::entity_of(&id, object).ok_or_else(|| "no `properties`".to_owned())?;
    let right = match object.get("match") {
        Some(Value::Array(ids)) => ids
            .iter()
            .map(|id| id.as_str().map(str::to_owned))
            .collect::<Option<Vec<String>>>()
            .ok_or_else(|| "unknown label `match`: the ids are texts".to_owned())?,
        Some(other) => return Err(format!("unknown label `match`: {other}; it is a list of ids")),
        None => return Err("no label `match`; it is [] for who is not listed".to_owned()),
    };
    Ok(LabelledQuery {
        origin: origin_of(object, &[&entity])?,
        kind: text_of(object, "kind")?.unwrap_or_default(),
        entity,
        right,
    })
}

fn id_of(object: &Map<String, Value>) -> Result<String, String> {
    match object.get("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id.clone()),
        Some(Value::Number(id)) => Ok(id.to_string()),
        _ => Err("no `id`".to_owned()),
    }
}

fn text_of(object: &Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!("`{key}` is no text: {other}")),
    }
}

fn origin_of(object: &Map<String, Value>, entities: &[&Entity]) -> Result<Origin, String> {
    Ok(match text_of(object, "origin")? {
        Some(name) => Origin { name, is_labelled: true },
        None => Origin { name: origin::tell(entities).to_owned(), is_labelled: false },
    })
}

fn reviewers_of(object: &Map<String, Value>) -> Result<Option<(String, String)>, String> {
    let Some(said) = object.get("reviewers") else { return Ok(None) };
    let said: Option<Vec<&str>> =
        said.as_array().and_then(|said| said.iter().map(Value::as_str).collect());
    match said.as_deref() {
        Some([first, second]) => {
            for verdict in [first, second] {
                if !VERDICTS.contains(verdict) {
                    let known = VERDICTS.join(", ");
                    return Err(format!("unknown verdict `{verdict}`; there are {known}"));
                }
            }
            Ok(Some(((*first).to_owned(), (*second).to_owned())))
        }
        _ => Err("`reviewers` are two verdicts, one of each reviewer".to_owned()),
    }
}
