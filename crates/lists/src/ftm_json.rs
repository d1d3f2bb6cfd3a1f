//! `FollowTheMoney` entities, one JSON object a line: OpenSanctions' `entities.ftm.json` and any
//! file of this shape. Entities that hold others (`targets.nested.json`) are read as well.
//!
//! Ids stay as they are. What the file does not target (`"target": false`: a listed person's
//! brother) is kept, but its statements are marked `external`, and it does not count as listed.

mod entity;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use crate::json::Objects;
use crate::{Head, ListError, Member, ReadContext};

/// Whether a file is of this format.
pub(crate) fn matches(head: &Head) -> bool {
    is_ftm(head) && !is_nested(head)
}

/// Reads the files.
pub(crate) fn read(members: &[Member], context: &mut ReadContext) -> Result<(), ListError> {
    for member in members {
        let unreadable = |source| member.unreadable(source);
        for item in Objects::new(member.open()?).map_err(unreadable)? {
            match item.map_err(unreadable)? {
                (line, Ok(object)) => entity::map(context, member, line, &object),
                (line, Err(reason)) => context.skipped(member, line, "not_json", reason),
            }
        }
    }
    Ok(())
}

/// Objects with an id, a schema and properties.
pub(crate) fn is_ftm(head: &Head) -> bool {
    if !matches!(head.first_char(), Some('{' | '[')) {
        return false;
    }
    match first_object(head) {
        Some(object) => object.contains_key("schema") && object.contains_key("properties"),
        None => {
            head.text.contains("\"schema\"")
                && head.text.contains("\"properties\"")
                && !head.text.contains("\"RECORD_ID\"")
        }
    }
}

/// Whether any entity of the head holds another one.
pub(crate) fn is_nested(head: &Head) -> bool {
    let whole = head.text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let holds = |object: &Value| {
        let properties = object.get("properties").and_then(Value::as_object);
        properties.is_some_and(|properties| {
            properties.values().any(|value| match value {
                Value::Array(values) => values.iter().any(Value::is_object),
                value => value.is_object(),
            })
        })
    };
    let mut any = false;
    for object in whole {
        any = true;
        if holds(&object) {
            return true;
        }
    }
    // A first line longer than the head.
    !any && ["[{\"", "[ {\"", ": {\"id\""].iter().any(|mark| {
        head.text.split_once("\"properties\"").is_some_and(|(_, rest)| rest.contains(mark))
    })
}

/// The first object, if the head holds it whole.
fn first_object(head: &Head) -> Option<Map<String, Value>> {
    let (_, first) = Objects::new(head.text.as_bytes()).ok()?.next()?.ok()?;
    first.ok()
}
