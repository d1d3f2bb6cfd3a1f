//! Facts: of an entity and its papers, the values that comparisons read, plain enough to be stored
//! and read back. Does not parse them: `prepared` does.
//!
//! Invariant: [`Prepared`](crate::Prepared) is a pure function of the facts, so an entity read back
//! from an index compares as the entity itself.

use model::{DatasetName, Entity, EntityId, Statement};
use serde::{Deserialize, Serialize};

/// Properties that comparisons read. The position of one is how it is stored: append, never reorder.
const PROPERTIES: [&str; 40] = [
    "name",
    "alias",
    "previousName",
    "abbreviation",
    "weakAlias",
    "firstName",
    "secondName",
    "middleName",
    "fatherName",
    "lastName",
    "motherName",
    "birthDate",
    "incorporationDate",
    "buildDate",
    "nationality",
    "citizenship",
    "country",
    "birthCountry",
    "flag",
    "jurisdiction",
    "birthPlace",
    "address",
    "full",
    "city",
    "gender",
    "phone",
    "passportNumber",
    "idNumber",
    "socialSecurityNumber",
    "taxNumber",
    "innCode",
    "registrationNumber",
    "leiCode",
    "swiftBic",
    "imoNumber",
    "mmsi",
    HELD_PASSPORT,
    HELD_PAPER,
    "email",
    "ogrnCode",
];

/// The number of a passport that is an entity of its own.
pub(crate) const HELD_PASSPORT: &str = "held:passport";
/// The number of any other paper that is an entity of its own: it may be of any register.
pub(crate) const HELD_PAPER: &str = "held:paper";

/// What comparisons read of one entity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Facts {
    #[serde(rename = "i")]
    pub(crate) id: EntityId,
    #[serde(rename = "d")]
    pub(crate) dataset: Option<DatasetName>,
    #[serde(rename = "c")]
    pub(crate) caption: String,
    #[serde(rename = "s")]
    pub(crate) schema: String,
    /// Property, value, and the text as written where it differs.
    #[serde(rename = "v")]
    values: Vec<(u8, String, Option<String>)>,
}

impl Facts {
    /// The facts of an entity.
    pub(crate) fn of(entity: &Entity) -> Self {
        let mut values = Vec::new();
        for (at, prop) in (0u8..).zip(PROPERTIES) {
            for Statement { value, original_value, .. } in entity.statements(prop) {
                values.push((at, value.clone(), original_value.clone()));
            }
        }
        Self {
            id: entity.id.clone(),
            dataset: entity.datasets().into_iter().next().cloned(),
            caption: entity.caption().to_owned(),
            schema: entity.schema.to_string(),
            values,
        }
    }

    /// Adds the number of a passport or card, or the text of an address, that this entity holds.
    pub(crate) fn add_paper(&mut self, paper: &Entity) {
        let (props, to): (&[&str], _) = match &*paper.schema {
            "Passport" => (&["number", "passportNumber"], HELD_PASSPORT),
            "Identification" => (&["number"], HELD_PAPER),
            "Address" => (&["address", "full", "city"], "address"),
            _ => return,
        };
        let Some(to) = position(to) else { return };
        for value in props.iter().flat_map(|prop| paper.values(prop)) {
            self.values.push((to, value.to_owned(), None));
        }
    }

    /// Adds what other facts of the same entity say.
    pub(crate) fn absorb(&mut self, other: Facts) {
        let values = other.values.into_iter();
        self.values.extend(values);
        let mut known = std::collections::BTreeSet::new();
        self.values.retain(|(prop, value, _)| known.insert((*prop, value.clone())));
    }

    /// Values of a property with the text as written, in order.
    pub(crate) fn written(&self, prop: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
        let at = position(prop);
        debug_assert!(at.is_some(), "a property that is read is kept: {prop}");
        self.values
            .iter()
            .filter(move |(own, ..)| Some(*own) == at)
            .map(|(_, value, written)| (value.as_str(), written.as_deref()))
    }

    /// Values of a property, in order.
    pub(crate) fn values(&self, prop: &str) -> impl Iterator<Item = &str> {
        self.written(prop).map(|(value, _)| value)
    }

    /// The first value of a property.
    pub(crate) fn first(&self, prop: &str) -> Option<&str> {
        self.values(prop).next()
    }
}

fn position(prop: &str) -> Option<u8> {
    PROPERTIES.iter().position(|own| *own == prop).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(schema: &str, values: &[(&str, &str)]) -> Entity {
        let mut entity = Entity::new("x-1".into(), schema);
        for (prop, value) in values {
            entity.add(Statement::new("x-1".into(), schema, *prop, *value, "sample".into()));
        }
        entity
    }

    #[test]
    fn facts_survive_being_stored() {
        let mut facts = Facts::of(&entity(
            "Person",
            &[("name", "Maro Testan"), ("birthDate", "1980"), ("notes", "left out")],
        ));
        facts.add_paper(&entity("Passport", &[("number", "ZZ000123")]));
        let stored = serde_json::to_vec(&facts).unwrap();
        assert_eq!(serde_json::from_slice::<Facts>(&stored).unwrap(), facts);
        assert_eq!(facts.values(HELD_PASSPORT).collect::<Vec<_>>(), ["ZZ000123"]);
        assert!(!String::from_utf8(stored).unwrap().contains("left out"));
    }

    #[test]
    fn parts_of_one_entity_add_up() {
        let mut facts = Facts::of(&entity("Person", &[("name", "Maro Testan")]));
        facts.absorb(Facts::of(&entity("Person", &[("name", "Maro Testan"), ("alias", "Mari")])));
        assert_eq!(facts.values("name").collect::<Vec<_>>(), ["Maro Testan"]);
        assert_eq!(facts.first("alias"), Some("Mari"));
    }
}
