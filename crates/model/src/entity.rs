//! Statements folded by entity id: a view, made when needed and never stored.
//!
//! Values keep their statements, so provenance is carried along and never looked up.
//! Contradictions stay: two birth dates are two statements of one entity.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::{DatasetName, EntityId, Statement};

/// One thing as its sources describe it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Id in its dataset.
    pub id: EntityId,
    /// FtM schema, for example `Person`.
    pub schema: Arc<str>,
    /// Statements by property, in the order they came.
    pub properties: BTreeMap<Arc<str>, Vec<Statement>>,
    /// Ids of the entities merged into this one, itself excluded.
    pub referents: BTreeSet<EntityId>,
    /// True if the dataset targets it (a listed person rather than a listed person's brother).
    pub target: bool,
}

impl Entity {
    /// An entity without properties.
    pub fn new(id: EntityId, schema: impl Into<Arc<str>>) -> Self {
        Self {
            id,
            schema: schema.into(),
            properties: BTreeMap::new(),
            referents: BTreeSet::new(),
            target: false,
        }
    }

    /// Folds statements into entities, ordered by id. Statements of one id need not be adjacent.
    pub fn fold(statements: impl IntoIterator<Item = Statement>) -> Vec<Entity> {
        let mut entities: BTreeMap<EntityId, Entity> = BTreeMap::new();
        for statement in statements {
            entities
                .entry(statement.entity_id.clone())
                .or_insert_with(|| {
                    Entity::new(statement.entity_id.clone(), statement.schema.clone())
                })
                .add(statement);
        }
        entities.into_values().collect()
    }

    /// Adds a statement, unless the same value of the same property is there from the same
    /// dataset.
    pub fn add(&mut self, statement: Statement) {
        // Most properties have one value; a growing vector would hold room for four.
        let values =
            self.properties.entry(statement.prop.clone()).or_insert_with(|| Vec::with_capacity(1));
        let known =
            values.iter().any(|s| s.value == statement.value && s.dataset == statement.dataset);
        if !known {
            values.push(statement);
        }
    }

    /// The values of a property, in order.
    pub fn values(&self, prop: &str) -> impl Iterator<Item = &str> {
        self.statements(prop).iter().map(|s| s.value.as_str())
    }

    /// The first value of a property.
    pub fn first(&self, prop: &str) -> Option<&str> {
        self.values(prop).next()
    }

    /// The statements of a property, in order.
    pub fn statements(&self, prop: &str) -> &[Statement] {
        self.properties.get(prop).map_or(&[], Vec::as_slice)
    }

    /// All statements, by property.
    pub fn all(&self) -> impl Iterator<Item = &Statement> {
        self.properties.values().flatten()
    }

    /// The datasets that speak of it, in order of name.
    pub fn datasets(&self) -> BTreeSet<&DatasetName> {
        self.all().map(|s| &s.dataset).collect()
    }

    /// What to call it: first of name, alias, weak alias; its id where it has none.
    pub fn caption(&self) -> &str {
        ["name", "alias", "weakAlias"]
            .into_iter()
            .find_map(|prop| self.first(prop))
            .unwrap_or(self.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(id: &str, prop: &str, value: &str) -> Statement {
        Statement::new(id.into(), "Person", prop, value, "sample".into())
    }

    #[test]
    fn folding_keeps_contradictions_and_drops_repeats() {
        let entities = Entity::fold([
            statement("b", "name", "Sample Two"),
            statement("a", "birthDate", "1980"),
            statement("a", "name", "Sample One"),
            statement("a", "birthDate", "1981"),
            statement("a", "birthDate", "1980"),
        ]);
        assert_eq!(entities.len(), 2);
        assert_eq!(entities[0].values("birthDate").collect::<Vec<_>>(), ["1980", "1981"]);
        assert_eq!(entities[0].caption(), "Sample One");
    }

    #[test]
    fn an_entity_without_a_name_is_called_by_its_id() {
        let entities = Entity::fold([statement("a", "birthDate", "1980")]);
        assert_eq!(entities[0].caption(), "a");
    }
}
