//! Entities and totals as yente's clients read them.

use std::collections::BTreeMap;

use case::listed::ListedEntity;
use serde::Serialize;

/// An entity of a list.
#[derive(Debug, Serialize)]
pub(crate) struct EntityAnswer {
    pub(crate) id: String,
    pub(crate) caption: String,
    pub(crate) schema: String,
    pub(crate) properties: BTreeMap<String, Vec<PropertyValue>>,
    pub(crate) datasets: Vec<String>,
    pub(crate) referents: Vec<String>,
    pub(crate) target: bool,
    pub(crate) first_seen: Option<String>,
    pub(crate) last_seen: Option<String>,
    pub(crate) last_change: Option<String>,
}

/// A value, or the entity that it names.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(crate) enum PropertyValue {
    Text(String),
    Entity(Box<EntityAnswer>),
}

/// How many there are in all.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Total {
    value: usize,
    relation: &'static str,
}

impl Total {
    pub(crate) fn of(value: usize) -> Self {
        Self { value, relation: "eq" }
    }

    pub(crate) fn is_zero(self) -> bool {
        self.value == 0
    }
}

impl From<ListedEntity> for EntityAnswer {
    fn from(entity: ListedEntity) -> Self {
        let target = entity.is_target();
        let texts = |values: Vec<String>| values.into_iter().map(PropertyValue::Text).collect();
        Self {
            id: entity.id,
            caption: entity.caption,
            schema: entity.schema,
            properties: entity
                .properties
                .into_iter()
                .map(|(p, values)| (p, texts(values)))
                .collect(),
            datasets: entity.datasets,
            referents: entity.referents,
            target,
            first_seen: entity.first_seen.as_deref().and_then(time),
            last_seen: entity.last_seen.as_deref().and_then(time),
            last_change: entity.last_change.as_deref().and_then(time),
        }
    }
}

/// A time to the second and without zone, whatever the list wrote: `2023-04-20T18:00:25`.
fn time(text: &str) -> Option<String> {
    const MIDNIGHT: &str = "0000-01-01T00:00:00";
    let text = text.trim();
    let end = text.char_indices().take(MIDNIGHT.len()).last().map(|(at, c)| at + c.len_utf8())?;
    let mut time = text[..end].replacen(' ', "T", 1);
    if !time.is_ascii() {
        return None;
    }
    time.push_str(MIDNIGHT.get(time.len()..)?);
    let fits = time.bytes().zip(MIDNIGHT.bytes()).all(|(own, shape)| {
        if shape.is_ascii_digit() { own.is_ascii_digit() } else { own == shape }
    });
    fits.then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_to_the_second_and_without_zone() {
        for (text, wire) in [
            ("2023-04-20T18:00:25", Some("2023-04-20T18:00:25")),
            ("2023-04-20T18:00:25.123Z", Some("2023-04-20T18:00:25")),
            ("2023-04-20 18:00:25+02:00", Some("2023-04-20T18:00:25")),
            ("2023-04-20", Some("2023-04-20T00:00:00")),
            ("2023", Some("2023-01-01T00:00:00")),
            ("", None),
            ("yesterday", None),
            ("٢٠٢٣-04-20", None),
        ] {
            assert_eq!(time(text).as_deref(), wire, "{text}");
        }
    }
}
