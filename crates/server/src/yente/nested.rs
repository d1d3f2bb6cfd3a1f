//! An entity with those around it, as yente nests them: those it names, those that name it, and what
//! lies beyond a link (the other end of an ownership), no further.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use case::Catalog;
use case::listed::{ListedEntity, Sort, sort_entities};
use model::schema::{Property, PropertyType, Schema};

use super::wire::{EntityAnswer, PropertyValue};

/// Entities around one that are looked at; yente's figure.
const AROUND_MAX: usize = 9_999;

/// Entities told in one answer, each wherever it stands: a list may be made so that all name all.
const NESTED_MAX: usize = 20_000;

/// A way from an entity to others.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    /// Its own property names them.
    Out(&'static Property),
    /// Their property names it; the way is called by the property's reverse name.
    In(&'static Property),
}

/// The way of a property, own or reverse, if it leads to entities.
pub(crate) fn way(schema: &'static Schema, name: &str) -> Option<Way> {
    match schema.property(name) {
        Some(property) => (property.kind == PropertyType::Entity).then_some(Way::Out(property)),
        None => schema.reverse(name).next().map(Way::In),
    }
}

/// The names of all ways from an entity of a schema.
pub(crate) fn ways(schema: &'static Schema) -> BTreeSet<&'static str> {
    let own = schema.properties().filter(|property| property.kind == PropertyType::Entity);
    let mut names: BTreeSet<&str> = own.map(|property| property.name.as_str()).collect();
    for other in Schema::all() {
        for property in other.properties() {
            if let (Some(reverse), Some(range)) = (&property.reverse, &property.range)
                && schema.is_a(range)
            {
                names.insert(reverse);
            }
        }
    }
    names
}

/// The entity with all around it.
pub(crate) fn nest_all(catalog: &Catalog, position: u32, root: ListedEntity) -> EntityAnswer {
    let mut around = referring(catalog, position);
    around.extend(named_by(catalog, &root, None));
    Neighbours::of(catalog, root, around).nest_root()
}

/// A page of those on one way, each with what lies beyond it, and how many there are.
pub(crate) fn page(
    catalog: &Catalog,
    (position, root): (u32, &ListedEntity),
    (name, way): (&str, Way),
    (limit, offset): (usize, usize),
    sorts: &[Sort],
) -> (Vec<EntityAnswer>, usize) {
    let mut found: Vec<(u32, ListedEntity)> = match way {
        Way::Out(property) => named_by(catalog, root, Some(&property.name)),
        Way::In(property) => {
            let mut found = referring(catalog, position);
            found.retain(|(_, other)| {
                Schema::find(&other.schema).is_some_and(|schema| schema.is_a(&property.schema))
                    && other.values(&property.name).contains(&root.id)
            });
            found
        }
    };
    found.sort_by_key(|(at, _)| *at);
    let total = found.len();
    let mut found: Vec<ListedEntity> = found.into_iter().map(|(_, entity)| entity).collect();
    sort_entities(&mut found, sorts);
    let page: Vec<ListedEntity> = found.into_iter().skip(offset).take(limit).collect();
    let ids: Vec<String> = page.iter().map(|entity| entity.id.clone()).collect();
    let around = page.into_iter().map(|entity| (u32::MAX, entity)).collect();
    let mut nested = Neighbours::of(catalog, root.clone(), around).nest_root();
    let mut by_id: BTreeMap<String, EntityAnswer> = BTreeMap::new();
    for value in nested.properties.remove(name).unwrap_or_default() {
        if let PropertyValue::Entity(entity) = value {
            by_id.insert(entity.id.clone(), *entity);
        }
    }
    (ids.iter().filter_map(|id| by_id.remove(id)).collect(), total)
}

fn referring(catalog: &Catalog, position: u32) -> Vec<(u32, ListedEntity)> {
    catalog.listed().referring(position, AROUND_MAX)
}

/// The entities that one names, by one property or by any.
fn named_by(
    catalog: &Catalog,
    entity: &ListedEntity,
    property: Option<&str>,
) -> Vec<(u32, ListedEntity)> {
    let mut seen = BTreeSet::new();
    links_of(entity)
        .filter(|(own, _)| property.is_none_or(|name| own.name == name))
        .filter(|(_, id)| seen.insert(*id))
        .take(AROUND_MAX)
        .filter_map(|(_, id)| catalog.listed().find(id))
        .collect()
}

/// Ids that an entity names, with the property.
fn links_of(entity: &ListedEntity) -> impl Iterator<Item = (&'static Property, &str)> {
    let schema = Schema::find(&entity.schema);
    entity.properties.iter().flat_map(move |(name, values)| {
        let property = schema.and_then(|schema| schema.property(name));
        let property = property.filter(|property| property.kind == PropertyType::Entity);
        property
            .into_iter()
            .flat_map(move |property| values.iter().map(move |id| (property, id.as_str())))
    })
}

/// An entity and those around it.
struct Neighbours {
    root: ListedEntity,
    by_id: HashMap<String, ListedEntity>,
    /// Of an id, who names it: the reverse name of the property, and who.
    named_by: HashMap<String, BTreeSet<(String, String)>>,
    /// Entities that may still be told.
    room: Cell<usize>,
}

impl Neighbours {
    /// Adds what lies beyond the links among those around.
    fn of(catalog: &Catalog, root: ListedEntity, around: Vec<(u32, ListedEntity)>) -> Self {
        let mut this = Self {
            root,
            by_id: HashMap::new(),
            named_by: HashMap::new(),
            room: Cell::new(NESTED_MAX),
        };
        let mut beyond = BTreeSet::new();
        for (_, entity) in around {
            let is_link = Schema::find(&entity.schema).is_some_and(|schema| schema.edge.is_some());
            for (property, id) in links_of(&entity) {
                if is_link && id != this.root.id {
                    beyond.insert(id.to_owned());
                }
                this.note(property, id, &entity.id);
            }
            this.by_id.insert(entity.id.clone(), entity);
        }
        for id in beyond.into_iter().take(AROUND_MAX) {
            if !this.by_id.contains_key(&id)
                && let Some((_, entity)) = catalog.listed().find(&id)
            {
                for (property, named) in links_of(&entity) {
                    this.note(property, named, &entity.id);
                }
                this.by_id.insert(id, entity);
            }
        }
        this
    }

    fn note(&mut self, property: &Property, named: &str, by: &str) {
        if let Some(reverse) = &property.reverse {
            let entry = self.named_by.entry(named.to_owned()).or_default();
            entry.insert((reverse.clone(), by.to_owned()));
        }
    }

    fn nest_root(&self) -> EntityAnswer {
        self.nest(&self.root, &[])
    }

    /// One of those around, while there is room.
    fn take(&self, id: &str) -> Option<&ListedEntity> {
        let room = self.room.get().checked_sub(1)?;
        let entity = self.by_id.get(id)?;
        self.room.set(room);
        Some(entity)
    }

    /// `path` are the entities around this one; none of them is told again inside it.
    fn nest(&self, entity: &ListedEntity, path: &[&str]) -> EntityAnswer {
        let next: Vec<&str> = path.iter().copied().chain([entity.id.as_str()]).collect();
        let mut nested: BTreeMap<String, Vec<PropertyValue>> = BTreeMap::new();
        // Whoever names an entity is told on the first two levels.
        if path.len() < 2 {
            for (reverse, by) in self.named_by.get(&entity.id).into_iter().flatten() {
                if path.contains(&by.as_str()) || *by == entity.id {
                    continue;
                }
                if let Some(other) = self.take(by) {
                    let inner = Box::new(self.nest(other, &next));
                    nested.entry(reverse.clone()).or_default().push(PropertyValue::Entity(inner));
                }
            }
        }
        // A link is followed to its end, but a path has no more than root, link and end.
        if path.len() < 3 {
            let mut own: BTreeMap<String, Vec<PropertyValue>> = BTreeMap::new();
            for (property, id) in links_of(entity) {
                if path.contains(&id) || id == entity.id {
                    continue;
                }
                if let Some(other) = self.take(id) {
                    let inner = Box::new(self.nest(other, &next));
                    let values = own.entry(property.name.clone()).or_default();
                    values.push(PropertyValue::Entity(inner));
                }
            }
            nested.append(&mut own);
        }
        let mut answer = EntityAnswer::from(entity.clone());
        answer.properties.append(&mut nested);
        answer
    }
}
