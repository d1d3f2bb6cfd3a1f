//! The schemata and properties of FtM, read from `data/schemata.json`, and our one extension.
//!
//! The file holds the facts of the standard (names, types, inheritance, edge ends); a test compares it
//! with the Python package. The schema `Form` is ours and is marked so: it carries what a border form
//! says, field by field, and is left out of every export to FtM ([`crate::ftm`]).
//!
//! The data is fixed at compile time; [`Schema::find`] answers `None` for a name that it lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// A kind of entity: `Person`, `Vessel`, `Family`.
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard, each on its own")]
#[derive(Debug)]
pub struct Schema {
    /// Name, for example `LegalEntity`.
    pub name: String,
    /// The schemata it inherits from directly.
    pub extends: Vec<String>,
    /// No entity is of this schema itself.
    pub is_abstract: bool,
    /// Entities of it may be compared with others.
    pub matchable: bool,
    /// Not offered in listings.
    pub hidden: bool,
    /// Made by programs rather than people.
    pub generated: bool,
    /// Ours, not of FtM.
    pub extension: bool,
    /// Properties that name an entity, the best first.
    pub caption: Vec<String>,
    /// Properties to show first.
    pub featured: Vec<String>,
    /// Properties that an entity should have.
    pub required: Vec<String>,
    /// The two ends, if an entity of it links two others.
    pub edge: Option<Edge>,
    /// Properties that say when it held.
    pub temporal: Option<TemporalExtent>,
    /// Itself and all it inherits from, in order of name.
    pub ancestors: BTreeSet<String>,
    /// All properties, inherited ones included, without the reverse ones.
    properties: BTreeMap<String, Property>,
}

/// The ends of an edge.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// Property that holds the one end.
    pub source: String,
    /// Property that holds the other end.
    pub target: String,
    /// Properties that say what the link is.
    pub caption: Vec<String>,
    /// It makes a difference which end is which.
    pub directed: bool,
}

/// Properties that bound an entity in time, the best first.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TemporalExtent {
    /// When it began.
    pub start: Vec<String>,
    /// When it ended.
    pub end: Vec<String>,
}

/// A property of a schema.
#[derive(Clone, Debug)]
pub struct Property {
    /// Name, for example `birthDate`.
    pub name: String,
    /// The schema that declares it.
    pub schema: String,
    /// Type of its values.
    pub kind: PropertyType,
    /// Schema of the entities it points to.
    pub range: Option<String>,
    /// What the link is called at the other end; [`Schema::reverse`] finds it.
    pub reverse: Option<String>,
    /// Format of an identifier, for example `imo`.
    pub format: Option<String>,
    /// Its values may be compared.
    pub matchable: bool,
    /// Longest value in characters.
    pub length_max: usize,
    /// Not offered in listings.
    pub hidden: bool,
    /// No longer in use.
    pub deprecated: bool,
}

/// Types of values.
#[expect(missing_docs, reason = "the names are FtM's and say what they are")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PropertyType {
    Address,
    Checksum,
    Country,
    Date,
    Email,
    Entity,
    Gender,
    Html,
    Identifier,
    Ip,
    Json,
    Language,
    Mimetype,
    Name,
    Number,
    Phone,
    #[default]
    String,
    Text,
    Topic,
    Url,
}

impl PropertyType {
    /// The name in FtM, as in the column `prop_type` of statements.
    pub fn as_str(self) -> &'static str {
        match self {
            PropertyType::Address => "address",
            PropertyType::Checksum => "checksum",
            PropertyType::Country => "country",
            PropertyType::Date => "date",
            PropertyType::Email => "email",
            PropertyType::Entity => "entity",
            PropertyType::Gender => "gender",
            PropertyType::Html => "html",
            PropertyType::Identifier => "identifier",
            PropertyType::Ip => "ip",
            PropertyType::Json => "json",
            PropertyType::Language => "language",
            PropertyType::Mimetype => "mimetype",
            PropertyType::Name => "name",
            PropertyType::Number => "number",
            PropertyType::Phone => "phone",
            PropertyType::String => "string",
            PropertyType::Text => "text",
            PropertyType::Topic => "topic",
            PropertyType::Url => "url",
        }
    }

    /// True if values of the type are in some human language; FtM keeps the language of these only.
    pub fn is_linguistic(self) -> bool {
        matches!(
            self,
            PropertyType::Address
                | PropertyType::Html
                | PropertyType::Identifier
                | PropertyType::Json
                | PropertyType::Name
                | PropertyType::Number
                | PropertyType::String
                | PropertyType::Text
        )
    }

    /// The group under which values of the type are indexed (`names`, `countries`), if any.
    pub fn group(self) -> Option<&'static str> {
        MODEL.types.get(&self)?.group.as_deref()
    }
}

/// Schemata that describe a subject further, or tie two subjects together: addresses, papers, sanctions,
/// kinship. All others are subjects themselves.
const ADJUNCTS: [&str; 24] = [
    "Address",
    "Associate",
    "BankAccount",
    "CryptoWallet",
    "Directorship",
    "Documentation",
    "Employment",
    "Event",
    "Family",
    "Identification",
    "Membership",
    "Mention",
    "Note",
    "Occupancy",
    "Ownership",
    "Page",
    "Passport",
    "Payment",
    "Position",
    "Representation",
    "Sanction",
    "Security",
    "Succession",
    "UnknownLink",
];

/// Whether what has this schema hangs on a subject or ties two together.
///
/// ```
/// assert!(model::schema::is_adjunct("Sanction"));
/// assert!(!model::schema::is_adjunct("Person"));
/// ```
pub fn is_adjunct(schema: &str) -> bool {
    ADJUNCTS.contains(&schema)
}

impl Schema {
    /// The schema of a name.
    ///
    /// ```
    /// use model::schema::Schema;
    /// let person = Schema::find("Person").unwrap();
    /// assert!(person.is_a("LegalEntity") && person.matchable);
    /// assert!(Schema::find("Sample").is_none());
    /// ```
    pub fn find(name: &str) -> Option<&'static Schema> {
        MODEL.schemata.get(name)
    }

    /// All schemata, in order of name.
    pub fn all() -> impl Iterator<Item = &'static Schema> {
        MODEL.schemata.values()
    }

    /// The narrower of two schemata, if one inherits from the other: what an entity is that one source
    /// calls the one and another the other.
    ///
    /// ```
    /// use model::schema::Schema;
    /// let narrower = |left, right| Schema::narrower(left, right).map(|s| s.name.as_str());
    /// assert_eq!(narrower("LegalEntity", "Person"), Some("Person"));
    /// assert_eq!(narrower("Vessel", "Person"), None);
    /// ```
    pub fn narrower(left: &str, right: &str) -> Option<&'static Schema> {
        let (left, right) = (Schema::find(left)?, Schema::find(right)?);
        if left.is_a(&right.name) { Some(left) } else { right.is_a(&left.name).then_some(right) }
    }

    /// True for the schema itself and all it inherits from.
    pub fn is_a(&self, name: &str) -> bool {
        self.ancestors.contains(name)
    }

    /// A property, own or inherited.
    ///
    /// ```
    /// use model::schema::{PropertyType, Schema};
    /// let name = Schema::find("Person").unwrap().property("name").unwrap();
    /// assert_eq!((name.schema.as_str(), name.kind), ("Thing", PropertyType::Name));
    /// ```
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.get(name)
    }

    /// All properties, inherited ones included, in order of name.
    pub fn properties(&self) -> impl Iterator<Item = &Property> {
        self.properties.values()
    }

    /// The properties of other schemata that point here under this reverse name; mostly one.
    ///
    /// ```
    /// use model::schema::Schema;
    /// let person = Schema::find("Person").unwrap();
    /// let forward = person.reverse("familyRelative").next().unwrap();
    /// assert_eq!((forward.schema.as_str(), forward.name.as_str()), ("Family", "relative"));
    /// ```
    pub fn reverse(&self, name: &str) -> impl Iterator<Item = &'static Property> {
        let forward = MODEL.reverse.get(name).into_iter().flatten().copied();
        forward.filter(|property| property.range.as_deref().is_some_and(|range| self.is_a(range)))
    }

    /// True if an entity of this schema may be the same as one of the other: both matchable, and one
    /// inherits from the other.
    ///
    /// ```
    /// use model::schema::Schema;
    /// let may = |left, right| Schema::find(left).unwrap().may_match(Schema::find(right).unwrap());
    /// assert!(may("Person", "LegalEntity"));
    /// assert!(!may("Person", "Company"));
    /// ```
    pub fn may_match(&self, other: &Schema) -> bool {
        self.matchable && other.matchable && (self.is_a(&other.name) || other.is_a(&self.name))
    }

    /// The name in words: `Legal entity`.
    ///
    /// ```
    /// use model::schema::Schema;
    /// assert_eq!(Schema::find("LegalEntity").unwrap().label(), "Legal entity");
    /// ```
    pub fn label(&self) -> String {
        words(&self.name)
    }
}

impl Property {
    /// The name with its schema: `Thing:name`.
    pub fn qualified(&self) -> String {
        format!("{}:{}", self.schema, self.name)
    }

    /// The name in words: `Birth date`.
    ///
    /// ```
    /// use model::schema::Schema;
    /// let person = Schema::find("Person").unwrap();
    /// assert_eq!(person.property("birthDate").unwrap().label(), "Birth date");
    /// ```
    pub fn label(&self) -> String {
        words(&self.name)
    }
}

/// Words of a name in camel or snake case, the first with a capital.
fn words(name: &str) -> String {
    let mut label = String::with_capacity(name.len() + 4);
    for (index, c) in name.char_indices() {
        match c {
            _ if index == 0 => label.extend(c.to_uppercase()),
            '_' => label.push(' '),
            c if c.is_uppercase() => {
                label.push(' ');
                label.extend(c.to_lowercase());
            }
            c => label.push(c),
        }
    }
    label
}

struct Model {
    schemata: BTreeMap<String, Schema>,
    types: BTreeMap<PropertyType, RawType>,
    /// By reverse name. Leaked once with the model, which lives as long as the program.
    reverse: BTreeMap<String, Vec<&'static Property>>,
}

static SCHEMATA: LazyLock<RawModel> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/schemata.json"))
        .expect("the data file is checked by a test")
});

/// The properties as declared, once each, so that reverse names can point at them.
static DECLARED: LazyLock<BTreeMap<String, BTreeMap<String, Property>>> = LazyLock::new(|| {
    let declare = |schema: &String, name: &String, raw: &RawProperty| {
        let kind = SCHEMATA.types.get(&raw.kind);
        Property {
            name: name.clone(),
            schema: schema.clone(),
            kind: raw.kind,
            range: raw.range.clone(),
            reverse: raw.reverse.clone(),
            format: raw.format.clone(),
            matchable: raw.matchable.unwrap_or_else(|| kind.is_some_and(|kind| kind.matchable)),
            length_max: raw.max_length.or_else(|| kind.map(|kind| kind.max_length)).unwrap_or(0),
            hidden: raw.hidden,
            deprecated: raw.deprecated,
        }
    };
    SCHEMATA
        .schemata
        .iter()
        .map(|(schema, raw)| {
            let properties = raw
                .properties
                .iter()
                .map(|(name, property)| (name.clone(), declare(schema, name, property)))
                .collect();
            (schema.clone(), properties)
        })
        .collect()
});

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let schemata =
        SCHEMATA.schemata.iter().map(|(name, raw)| (name.clone(), resolve(name, raw))).collect();
    let mut reverse: BTreeMap<String, Vec<&'static Property>> = BTreeMap::new();
    for property in DECLARED.values().flat_map(BTreeMap::values) {
        if let Some(name) = &property.reverse {
            reverse.entry(name.clone()).or_default().push(property);
        }
    }
    Model { schemata, types: SCHEMATA.types.clone(), reverse }
});

/// A schema with all it inherits.
fn resolve(name: &str, raw: &RawSchema) -> Schema {
    let mut ancestors = BTreeSet::new();
    let mut properties: BTreeMap<String, Property> = BTreeMap::new();
    let mut open = vec![name.to_owned()];
    // Nearest first, so that a schema's own declaration of a name wins over an inherited one.
    while let Some(next) = open.pop() {
        if !ancestors.insert(next.clone()) {
            continue;
        }
        for (name, property) in DECLARED.get(&next).into_iter().flatten() {
            properties.entry(name.clone()).or_insert_with(|| property.clone());
        }
        if let Some(parent) = SCHEMATA.schemata.get(&next) {
            open.extend(parent.extends.iter().rev().cloned());
        }
    }
    Schema {
        name: name.to_owned(),
        extends: raw.extends.clone(),
        is_abstract: raw.is_abstract,
        matchable: raw.matchable,
        hidden: raw.hidden,
        generated: raw.generated,
        extension: raw.extension,
        caption: raw.caption.clone(),
        featured: raw.featured.clone(),
        required: raw.required.clone(),
        edge: raw.edge.clone(),
        temporal: raw.temporal_extent.clone(),
        ancestors,
        properties,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModel {
    #[serde(rename = "origin")]
    _origin: String,
    types: BTreeMap<PropertyType, RawType>,
    schemata: BTreeMap<String, RawSchema>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RawType {
    max_length: usize,
    group: Option<String>,
    #[serde(default)]
    matchable: bool,
    #[serde(default, rename = "pivot")]
    _pivot: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "the flags of the standard, each on its own")]
struct RawSchema {
    extends: Vec<String>,
    #[serde(rename = "abstract")]
    is_abstract: bool,
    matchable: bool,
    hidden: bool,
    generated: bool,
    extension: bool,
    caption: Vec<String>,
    featured: Vec<String>,
    required: Vec<String>,
    edge: Option<Edge>,
    temporal_extent: Option<TemporalExtent>,
    properties: BTreeMap<String, RawProperty>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "camelCase")]
struct RawProperty {
    #[serde(rename = "type")]
    kind: PropertyType,
    range: Option<String>,
    reverse: Option<String>,
    format: Option<String>,
    matchable: Option<bool>,
    max_length: Option<usize>,
    hidden: bool,
    deprecated: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_is_whole() {
        let ours = Schema::all().filter(|schema| schema.extension).map(|s| s.name.as_str());
        assert_eq!(ours.collect::<Vec<_>>(), ["Form"]);
        let ftm: Vec<&Schema> = Schema::all().filter(|schema| !schema.extension).collect();
        assert_eq!(ftm.len(), 71);
        assert_eq!(ftm.iter().filter(|schema| schema.matchable).count(), 15);
        assert_eq!(ftm.iter().filter(|schema| schema.is_abstract).count(), 5);
    }

    #[test]
    fn every_name_in_the_file_leads_somewhere() {
        for schema in Schema::all() {
            for parent in &schema.extends {
                assert!(Schema::find(parent).is_some(), "{}: {parent}", schema.name);
            }
            let edge = schema.edge.iter().flat_map(|edge| [&edge.source, &edge.target]);
            let named = schema.caption.iter().chain(&schema.featured).chain(&schema.required);
            for property in named.chain(edge) {
                assert!(schema.property(property).is_some(), "{}: {property}", schema.name);
            }
            for property in schema.properties() {
                assert_eq!(property.kind == PropertyType::Entity, property.range.is_some());
                assert!(property.length_max > 0);
                if let (Some(range), Some(reverse)) = (&property.range, &property.reverse) {
                    let range = Schema::find(range).unwrap();
                    assert!(range.reverse(reverse).any(|found| found.name == property.name));
                }
            }
        }
    }

    #[test]
    fn what_we_rely_on() {
        let person = Schema::find("Person").unwrap();
        for (name, kind, matchable) in [
            ("name", PropertyType::Name, true),
            ("weakAlias", PropertyType::Name, false),
            ("motherName", PropertyType::String, false),
            ("birthDate", PropertyType::Date, true),
            ("nationality", PropertyType::Country, true),
            ("passportNumber", PropertyType::Identifier, true),
            ("address", PropertyType::Address, true),
            ("gender", PropertyType::Gender, false),
            ("notes", PropertyType::Text, false),
        ] {
            let property = person.property(name).unwrap();
            assert_eq!((property.kind, property.matchable), (kind, matchable), "{name}");
        }
        let link = Schema::find("UnknownLink").unwrap().edge.as_ref().unwrap();
        assert_eq!((link.source.as_str(), link.target.as_str()), ("subject", "object"));
        assert!(Schema::find("Passport").unwrap().is_a("Identification"));
        assert_eq!(PropertyType::Country.group(), Some("countries"));
    }

    #[test]
    fn the_form_has_every_key() {
        let form = Schema::find("Form").unwrap();
        assert!(form.extension && !form.matchable);
        assert_eq!(form.properties().count(), 44);
        assert!(form.properties().all(|property| !property.matchable));
        assert_eq!(Schema::find("Person").unwrap().reverse("forms").count(), 1);
    }
}
