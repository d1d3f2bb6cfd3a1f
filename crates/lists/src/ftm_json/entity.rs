//! One entity of FtM to statements.
//!
//! Values are taken as they stand where they are what FtM has: texts, dates in ISO 8601, countries
//! as codes. What others write in their place is read like that of any list.

use serde_json::{Map, Value};

use crate::json::{members, text_of};
use crate::values::{add_country, add_date};
use crate::{Entry, Member, ReadContext};

/// Entities inside entities. OpenSanctions nests four deep.
const DEPTH_MAX: u32 = 16;

/// Properties of the type `country`.
const COUNTRIES: [&str; 12] = [
    "birthCountry",
    "citizenship",
    "contextCountry",
    "country",
    "countryBroad",
    "flag",
    "flagState",
    "jurisdiction",
    "mainCountry",
    "nationality",
    "pastFlags",
    "taxResidence",
];

/// Emits the entity of a line and those inside it.
pub(super) fn map(
    context: &mut ReadContext,
    member: &Member,
    line: u64,
    object: &Map<String, Value>,
) {
    let target = object.get("target").and_then(Value::as_bool).unwrap_or(true);
    emit(context, member, line, object, target, 0);
}

/// Emits an entity; gives its id.
fn emit(
    context: &mut ReadContext,
    member: &Member,
    line: u64,
    object: &Map<String, Value>,
    target: bool,
    depth: u32,
) -> Option<String> {
    let text = |name: &str| object.get(name).and_then(text_of).unwrap_or_default();
    let (id, schema) = (text("id"), text("schema"));
    if id.trim().is_empty() || schema.trim().is_empty() || depth > DEPTH_MAX {
        let message = "an entity without id or schema, or nested too deep";
        context.skipped(member, line, "no_id_or_schema", message);
        return None;
    }
    let mut entry = context.entry(member, line, id.as_str(), schema.trim());
    match object.get("properties") {
        Some(Value::Object(properties)) => {
            for (prop, value) in members(properties) {
                let values = match value {
                    Value::Array(values) => values.as_slice(),
                    value => std::slice::from_ref(value),
                };
                for value in values {
                    add_value(context, member, line, &mut entry, prop, value, depth);
                }
            }
        }
        _ => context.problem(member, Some(line), "no_properties", "an entity without properties"),
    }
    let caption = text("caption");
    let named = ["name", "alias", "weakAlias"].iter().any(|prop| entry.has_any(prop));
    if depth == 0 && !named && caption != id && is_thing(&schema) {
        entry.add("name", &caption);
    }
    entry.seen(&text("first_seen"), &text("last_seen"));
    if !target && is_thing(&schema) {
        entry.mark_external();
    }
    context.emit(entry);
    Some(id)
}

fn add_value(
    context: &mut ReadContext,
    member: &Member,
    line: u64,
    entry: &mut Entry,
    prop: &str,
    value: &Value,
    depth: u32,
) {
    match value {
        Value::Null => {}
        Value::Object(nested) => {
            let points_back = points_at(nested, entry.id().as_str());
            let id = emit(context, member, line, nested, false, depth + 1);
            // `"sanctions": [{…, "entity": [this one]}]` is the far end of a property of the other.
            if let Some(id) = id.filter(|_| !points_back) {
                entry.add(prop, &id);
            }
        }
        Value::Array(_) => {
            let message = format!("{prop}: a list within a list of values");
            context.problem(member, Some(line), "odd_value", message);
        }
        value => {
            let Some(text) = text_of(value) else { return };
            if COUNTRIES.contains(&prop) && !is_code(&text) {
                add_country(entry, prop, &text);
            } else if prop.ends_with("Date") && !is_iso_date(&text) {
                add_date(entry, prop, &text);
            } else {
                entry.add(prop, &text);
            }
        }
    }
}

/// Whether any property of an entity names this id.
fn points_at(object: &Map<String, Value>, id: &str) -> bool {
    let properties = object.get("properties").and_then(Value::as_object);
    properties.is_some_and(|properties| {
        properties.values().any(|value| match value {
            Value::Array(values) => values.iter().any(|value| value.as_str() == Some(id)),
            value => value.as_str() == Some(id),
        })
    })
}

/// Codes have two letters, or more for what is no country today: `suhh`, `ge-ab`.
fn is_code(text: &str) -> bool {
    let (code, part) = text.split_once('-').unwrap_or((text, ""));
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    matches!(code.len(), 2 | 4) && letters(code) && letters(part)
}

/// `1972`, `1972-05`, `1972-05-03`, with or without a time.
fn is_iso_date(text: &str) -> bool {
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Things have names; edges and papers have none.
fn is_thing(schema: &str) -> bool {
    [
        "Airplane",
        "Company",
        "LegalEntity",
        "Organization",
        "Person",
        "PublicBody",
        "Thing",
        "Vehicle",
        "Vessel",
    ]
    .contains(&schema)
}
