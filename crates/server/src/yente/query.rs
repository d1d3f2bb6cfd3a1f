//! Entities that a client describes, to be looked for: what they may hold, and how their values are
//! cleaned before they are compared and echoed.

use std::collections::BTreeSet;

use model::schema::{Property, PropertyType, Schema};
use model::value::{Country, DateOrder, fold_words, parse_country, parse_date, parse_gender};
use model::{DatasetName, Entity, EntityId, Statement};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::wire::PropertyValue;
use super::{ApiError, Problems};

/// The schema that stands for any.
pub(crate) const ANY_SCHEMA: &str = "Thing";
/// Different words that the names of a query may have, beside the query itself; yente's figure.
const CLAUSES_MAX: usize = 900;
/// Names that are compared; more say nothing new of one person (public lists have up to 130 for one).
const NAMES_MAX: usize = 64;
/// Values of any other property that are read. Chosen by hand.
const VALUES_MAX: usize = 256;

/// An entity as a client describes it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) id: Option<String>,
    pub(crate) schema: String,
    pub(crate) properties: Map<String, Value>,
}

/// An example as it was understood.
#[derive(Debug, Serialize)]
pub(crate) struct ExampleAnswer {
    id: Option<String>,
    schema: String,
    properties: std::collections::BTreeMap<String, Vec<PropertyValue>>,
}

impl Example {
    /// Reads an example, where it stands in a body.
    pub(crate) fn read(value: &Value, key: &str, problems: &mut Problems) -> Option<Self> {
        let at = ["body", "queries", key];
        let Some(object) = value.as_object() else {
            let msg = "Input should be a valid dictionary or object to extract fields from";
            problems.add("model_attributes_type", &at, msg, value.clone(), Value::Null);
            return None;
        };
        let place = |field| ["body", "queries", key, field];
        let mut needs = |field: &'static str| {
            if !object.contains_key(field) {
                let input = json!(object);
                problems.add("missing", &place(field), "Field required", input, Value::Null);
            }
            object.get(field)
        };
        let (schema, properties) = (needs("schema"), needs("properties"));
        let mut wrong = |field: &'static str, kind: &'static str, what: &str, value: &Value| {
            let msg = format!("Input should be a valid {what}");
            problems.add(kind, &place(field), msg, value.clone(), Value::Null);
        };
        let id = match object.get("id") {
            None | Some(Value::Null) => None,
            Some(Value::String(id)) => Some(id.clone()),
            Some(other) => {
                wrong("id", "string_type", "string", other);
                return None;
            }
        };
        let (schema, properties) = (schema?, properties?);
        let Some(schema) = schema.as_str() else {
            wrong("schema", "string_type", "string", schema);
            return None;
        };
        let Some(properties) = properties.as_object() else {
            wrong("properties", "dict_type", "dictionary", properties);
            return None;
        };
        let odd = properties.values().find(|value| !value.is_string() && !value.is_array());
        if let Some(odd) = odd {
            wrong("properties", "list_type", "list", odd);
            return None;
        }
        Some(Self { id, schema: schema.to_owned(), properties: properties.clone() })
    }

    /// The entity that is looked for.
    ///
    /// # Errors
    /// In yente's words, for a schema that is unknown or cannot be matched, and for too many names.
    pub(crate) fn to_entity(&self) -> Result<Entity, ApiError> {
        let bad = |cause: String| ApiError::Bad(format!("Cannot parse example entity: {cause}"));
        let schema = Schema::find(&self.schema).filter(|schema| !schema.extension);
        let schema = schema.ok_or_else(|| bad(format!("Unknown schema: '{}'", self.schema)))?;
        if schema.name != ANY_SCHEMA && !schema.matchable {
            return Err(bad(format!("Non-matchable schema for query: {}", schema.name)));
        }
        let mut entity = Entity::new(EntityId::from("query"), schema.name.as_str());
        let mut words = BTreeSet::new();
        for (prop, values) in &self.properties {
            let Some(property) = schema.property(prop) else { continue };
            let is_name = property.kind == PropertyType::Name;
            let values = match values {
                Value::Array(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            for (count, text) in values.iter().filter_map(text_of).enumerate() {
                if is_name && property.matchable {
                    words.extend(fold_words(&text).split(' ').map(str::to_owned));
                }
                if count < if is_name { NAMES_MAX } else { VALUES_MAX } {
                    add(&mut entity, property, &text);
                }
            }
        }
        let clauses = words.len() + 1;
        if clauses > CLAUSES_MAX {
            let cause = format!("name query requires {clauses} clauses; maximum is {CLAUSES_MAX}");
            return Err(bad(cause));
        }
        Ok(entity)
    }

    /// The example with the values as they were understood.
    pub(crate) fn answer(&self, entity: &Entity) -> ExampleAnswer {
        let values = |statements: &Vec<Statement>| {
            statements.iter().map(|s| PropertyValue::Text(s.value.clone())).collect()
        };
        let properties = entity.properties.iter();
        ExampleAnswer {
            id: self.id.clone(),
            schema: entity.schema.to_string(),
            properties: properties.map(|(prop, s)| (prop.to_string(), values(s))).collect(),
        }
    }
}

fn add(entity: &mut Entity, property: &Property, text: &str) {
    for value in clean_value(property, text) {
        let dataset = DatasetName::from("query");
        let schema = entity.schema.clone();
        let prop = property.name.as_str();
        entity.add(Statement::new(entity.id.clone(), schema, prop, value, dataset));
    }
}

/// A value as a text; objects and lists are none.
fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The values that a text means under a property; none where it means nothing there.
fn clean_value(property: &Property, text: &str) -> Vec<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > property.length_max {
        return Vec::new();
    }
    match property.kind {
        PropertyType::Country => {
            let code = Country::from_code(&text.to_ascii_lowercase());
            code.or_else(|| parse_country(text)).map(|c| c.to_ftm()).into_iter().collect()
        }
        PropertyType::Gender => {
            parse_gender(text).map(|gender| gender.as_ftm().to_owned()).into_iter().collect()
        }
        PropertyType::Date => {
            let dates = parse_date(text, DateOrder::DayFirst).map(|date| date.to_ftm_values());
            dates.filter(|dates| !dates.is_empty()).unwrap_or_else(|| vec![text.to_owned()])
        }
        _ => vec![text.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(schema: &str, properties: &Value) -> Example {
        let properties = properties.as_object().cloned().unwrap_or_default();
        Example { id: None, schema: schema.to_owned(), properties }
    }

    #[test]
    fn values_are_cleaned_and_what_a_schema_has_not_is_left_out() {
        let query = example(
            "Person",
            &json!({
                "name": "Maro Testan", "country": ["Russia", "Nowhere at all"], "birthDate": [1965, null],
                "gender": "F", "imoNumber": "1234567", "nationality": ["fr"],
            }),
        );
        let entity = query.to_entity().unwrap();
        let values = |prop: &str| entity.values(prop).collect::<Vec<_>>();
        assert_eq!(values("country"), ["ru"]);
        assert_eq!(values("nationality"), ["fr"]);
        assert_eq!(values("birthDate"), ["1965"]);
        assert_eq!(values("gender"), ["female"]);
        assert!(values("imoNumber").is_empty());
        let answer = serde_json::to_value(query.answer(&entity)).unwrap();
        assert_eq!(answer["properties"]["birthDate"], json!(["1965"]));
    }

    #[test]
    fn what_cannot_be_looked_for_is_told_so() {
        for (schema, cause) in [
            ("Banana", "Unknown schema"),
            ("Sanction", "Non-matchable schema"),
            ("Form", "Unknown"),
        ] {
            let error = example(schema, &json!({})).to_entity().unwrap_err();
            assert!(matches!(&error, ApiError::Bad(text) if text.contains(cause)), "{error:?}");
        }
        let names: Vec<String> = (0..900).map(|n| format!("token{n}")).collect();
        let error = example("Person", &json!({ "name": names })).to_entity().unwrap_err();
        assert!(
            matches!(&error, ApiError::Bad(text)
                if text.contains("requires 901 clauses; maximum is 900")),
            "{error:?}"
        );
    }
}
