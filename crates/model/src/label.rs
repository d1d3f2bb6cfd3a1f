//! What FtM calls its schemata, properties and topics for people: for programs that show them under FtM's
//! own words. Our pages use [`crate::schema::Schema::label`].

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a schema is called.
pub fn schema(name: &str) -> Option<&'static str> {
    LABELS.schemata.get(name).map(|(one, _)| *one)
}

/// What several entities of a schema are called.
///
/// ```
/// assert_eq!(model::label::schema_plural("Person"), Some("People"));
/// ```
pub fn schema_plural(name: &str) -> Option<&'static str> {
    LABELS.schemata.get(name).map(|(_, many)| *many)
}

/// What a property is called, by its name with the schema that declares it.
///
/// ```
/// assert_eq!(model::label::property("LegalEntity:mainCountry"), Some("Country of origin"));
/// ```
pub fn property(qualified: &str) -> Option<&'static str> {
    LABELS.properties.get(qualified).copied()
}

/// What a topic is called.
pub fn topic(name: &str) -> Option<&'static str> {
    LABELS.topics.get(name).copied()
}

#[derive(Default)]
struct Labels {
    schemata: BTreeMap<&'static str, (&'static str, &'static str)>,
    properties: BTreeMap<&'static str, &'static str>,
    topics: BTreeMap<&'static str, &'static str>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let mut labels = Labels::default();
    for line in include_str!("../data/labels.tsv").lines() {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            ["schema", name, one, many] => _ = labels.schemata.insert(name, (one, many)),
            ["property", name, label] => _ = labels.properties.insert(name, label),
            ["topic", name, label] => _ = labels.topics.insert(name, label),
            _ => {}
        }
    }
    labels
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    #[test]
    fn every_schema_and_property_of_ftm_has_a_label() {
        for known in Schema::all().filter(|known| !known.extension) {
            assert!(schema(&known.name).is_some_and(|label| !label.is_empty()), "{}", known.name);
            assert!(schema_plural(&known.name).is_some(), "{}", known.name);
            for own in known.properties() {
                assert!(property(&own.qualified()).is_some(), "{}", own.qualified());
            }
        }
        assert_eq!(topic("sanction"), Some("Sanctioned"));
    }
}
