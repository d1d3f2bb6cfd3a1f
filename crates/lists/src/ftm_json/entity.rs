//! One entity of FtM to statements.
//!
//! Values are taken as they stand where they are what FtM has: texts, dates in ISO 8601, countries
//! as codes. What others write in their place is read like that of any list.

use model::schema::{PropertyType, Schema};
use serde_json::{Map, Value};

use crate::json::{members, text_of};
use crate::values::{add_country, add_date};
use crate::{About, Entry, Member, ReadContext};

/// Entities inside entities. OpenSanctions nests four deep.
const DEPTH_MAX: u32 = 16;

/// Emits the entity of a line and those inside it.
pub(super) fn map(
    context: &mut ReadContext,
    member: &Member,
    line: u64,
    object: &Map<String, Value>,
) {
    let target = object.get("target").and_then(Value::as_bool).unwrap_or(true);
    emit(context, Position { member, line, target, depth: 0 }, object, None);
}

/// Where an entity stands and what it is part of.
#[derive(Clone, Copy)]
struct Position<'a> {
    member: &'a Member,
    line: u64,
    target: bool,
    depth: u32,
}

/// Emits an entity; gives its id. `back` is a property that points at the entity around it.
fn emit(
    context: &mut ReadContext,
    at: Position,
    object: &Map<String, Value>,
    back: Option<(&str, &str)>,
) -> Option<String> {
    let text = |name: &str| object.get(name).and_then(text_of).unwrap_or_default();
    let (id, name) = (text("id"), text("schema"));
    if id.trim().is_empty() || name.trim().is_empty() || at.depth > DEPTH_MAX {
        let message = "an entity without id or schema, or nested too deep";
        context.skipped(at.member, at.line, "no_id_or_schema", message);
        return None;
    }
    let schema = Schema::find(name.trim());
    if schema.is_none() {
        let message = format!("unknown schema {}", name.trim());
        context.problem(at.member, Some(at.line), "unknown_schema", message);
    }
    let mut entry = context.entry(at.member, at.line, id.as_str(), name.trim());
    if let Some(Value::Object(properties)) = object.get("properties") {
        for (prop, value) in members(properties) {
            add_property(context, at, &mut entry, schema, prop, value);
        }
    } else {
        let message = "an entity without properties";
        context.problem(at.member, Some(at.line), "no_properties", message);
    }
    if let Some((prop, around)) = back {
        entry.add(prop, around);
    }
    let caption = text("caption");
    // What may be screened against: people, organizations, vessels; not papers, edges, addresses.
    let subject = schema.is_none_or(|schema| schema.matchable && !schema.is_a("Address"));
    let named = ["name", "alias", "weakAlias"].iter().any(|prop| entry.has_any(prop));
    if subject && !named && caption != id {
        entry.add("name", &caption);
    }
    entry.seen(&text("first_seen"), &text("last_seen"));
    if !at.target && subject {
        entry.mark_external();
    }
    context.about(&entry, about(object, caption));
    context.emit(entry);
    Some(id)
}

/// What the line says beside properties.
fn about(object: &Map<String, Value>, caption: String) -> About {
    let texts = |name: &str| -> Vec<String> {
        let values = object.get(name).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
    };
    let time = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
    About {
        caption,
        datasets: texts("datasets"),
        referents: texts("referents"),
        first_seen: time("first_seen"),
        last_seen: time("last_seen"),
        last_change: time("last_change"),
    }
}

fn add_property(
    context: &mut ReadContext,
    at: Position,
    entry: &mut Entry,
    schema: Option<&'static Schema>,
    prop: &str,
    value: &Value,
) {
    let property = schema.and_then(|schema| schema.property(prop));
    let is_reverse = || schema.is_some_and(|schema| schema.reverse(prop).next().is_some());
    if schema.is_some() && property.is_none() && !is_reverse() {
        let message = format!("{} has no property {prop}", entry.schema());
        context.problem(at.member, Some(at.line), "unknown_property", message);
    }
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    for value in values {
        match value {
            Value::Null => {}
            Value::Object(nested) => add_nested(context, at, entry, schema, prop, nested),
            Value::Array(_) => {
                let message = format!("{prop}: a list within a list of values");
                context.problem(at.member, Some(at.line), "odd_value", message);
            }
            value => {
                let text = text_of(value).unwrap_or_default();
                match property.map(|property| property.kind) {
                    Some(PropertyType::Country) if !is_code(&text) => {
                        add_country(entry, prop, &text);
                    }
                    Some(PropertyType::Date) if !is_iso_date(&text) => add_date(entry, prop, &text),
                    _ => _ = entry.add(prop, &text),
                }
            }
        }
    }
}

/// An entity inside another: under a property of the other, or under the name that its own property
/// has at the far end (`sanctions` for `Sanction:entity`).
fn add_nested(
    context: &mut ReadContext,
    at: Position,
    entry: &mut Entry,
    schema: Option<&'static Schema>,
    prop: &str,
    nested: &Map<String, Value>,
) {
    let around = entry.id().clone();
    let inner = nested.get("schema").and_then(Value::as_str).and_then(Schema::find);
    let forward = schema
        .filter(|schema| schema.property(prop).is_none())
        .into_iter()
        .flat_map(|schema| schema.reverse(prop))
        .find(|forward| inner.is_none_or(|inner| inner.is_a(&forward.schema)));
    let back = forward.map(|forward| (forward.name.as_str(), around.as_str()));
    let below = Position { target: false, depth: at.depth + 1, ..at };
    let id = emit(context, below, nested, back);
    if let (Some(id), None) = (id, forward) {
        entry.add(prop, &id);
    }
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
