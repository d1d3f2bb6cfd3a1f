//! Taking up lists: entity by entity into records, columns and words.

use std::collections::BTreeSet;

use lists::About;
use model::schema::{PropertyType, Schema};
use model::value::{Country, fold_words};
use model::{Entity, EntityId};
use names::romanize;

use super::blocks::BlocksBuilder;
use super::terms::TermsBuilder;
use super::{Columns, Listed, ListedEntity, hash_of, is_risk};

/// Different words that are taken up of one entity's texts. The longest notes of public lists have some
/// hundreds; what is cut off cannot be searched, only seen.
const WORDS_MAX: usize = 5_000;
/// Bytes of a word that is taken up; longer ones are no words.
const WORD_BYTES_MAX: usize = 64;

/// Takes up the entities of lists.
#[derive(Debug, Default)]
pub struct ListedBuilder {
    records: BlocksBuilder,
    ids: Vec<(u64, u32)>,
    referents: Vec<(u64, u32)>,
    /// Who refers, and the hash of the id that is referred to.
    refers: Vec<(u32, u64)>,
    columns: Columns,
    names: TermsBuilder,
    texts: TermsBuilder,
}

impl ListedBuilder {
    /// Adds an entity of a list. `datasets` are those that the entity is to be found under.
    pub fn add(&mut self, entity: &Entity, about: Option<About>, datasets: Vec<String>) {
        let at = u32::try_from(self.columns.weights.len()).unwrap_or(u32::MAX);
        let mut properties = std::collections::BTreeMap::new();
        for (prop, statements) in &entity.properties {
            let mut values: Vec<String> = Vec::with_capacity(statements.len());
            for statement in statements {
                if !values.contains(&statement.value) {
                    values.push(statement.value.clone());
                }
            }
            properties.insert(prop.to_string(), values);
        }
        let about = about.unwrap_or_default();
        let caption =
            if about.caption.is_empty() { caption_of(entity).to_owned() } else { about.caption };
        let record = ListedEntity {
            id: entity.id.to_string(),
            caption,
            schema: entity.schema.to_string(),
            properties,
            datasets,
            referents: about.referents,
            first_seen: about.first_seen,
            last_seen: about.last_seen,
            last_change: about.last_change,
        };
        let list = entity.all().next().map_or("", |statement| statement.dataset.as_str());
        self.columns.lists.push([list]);
        self.take(&entity.id, &record, at);
    }

    fn take(&mut self, id: &EntityId, record: &ListedEntity, at: u32) {
        self.ids.push((hash_of(id.as_str()), at));
        self.referents.extend(record.referents.iter().map(|id| (hash_of(id), at)));
        let bytes = serde_json::to_vec(record);
        debug_assert!(bytes.is_ok(), "plain values are always written");
        self.records.push(&bytes.unwrap_or_default());
        let schema = Schema::find(&record.schema);
        let kind_of = |prop: &str| {
            let kind = schema.and_then(|schema| schema.property(prop)).map(|prop| prop.kind);
            kind.unwrap_or_default()
        };
        let (mut countries, mut topics, mut genders) = (Vec::new(), Vec::new(), Vec::new());
        let mut words = Words::default();
        let mut weight = 0u16;
        for (prop, values) in &record.properties {
            weight = weight.saturating_add(u16::try_from(values.len()).unwrap_or(u16::MAX));
            let kind = kind_of(prop);
            for value in values {
                match kind {
                    PropertyType::Country => {
                        countries.push(value.as_str());
                        let name = Country::from_code(value).map_or("", |country| country.name());
                        words.add_text(name);
                    }
                    PropertyType::Topic => topics.push(value.as_str()),
                    PropertyType::Gender => genders.push(value.as_str()),
                    PropertyType::Entity => self.refers.push((at, hash_of(value))),
                    PropertyType::Name => words.add_name(value),
                    PropertyType::Url | PropertyType::Json | PropertyType::Checksum => {}
                    _ => words.add_text(value),
                }
            }
        }
        words.add_text(&record.id);
        let columns = &mut self.columns;
        columns.datasets.push(record.datasets.iter().map(String::as_str));
        columns.schemata.push([record.schema.as_str()]);
        columns.targets.push(topics.iter().any(|topic| is_risk(topic)));
        columns.countries.push(countries);
        columns.topics.push(topics);
        columns.genders.push(genders);
        columns.first_seen.push(time_of(record.first_seen.as_deref()));
        columns.last_seen.push(time_of(record.last_seen.as_deref()));
        columns.last_change.push(time_of(record.last_change.as_deref()));
        columns.weights.push(weight);
        for word in words.names {
            self.names.add(&word, at);
        }
        for word in words.texts {
            self.texts.add(&word, at);
        }
    }

    /// All entities, ready to be asked.
    pub fn finish(mut self) -> Listed {
        self.ids.sort_unstable();
        self.referents.sort_unstable();
        let mut links: Vec<(u32, u32)> = self
            .refers
            .iter()
            .flat_map(|(by, hash)| super::positions(&self.ids, *hash).map(|to| (to, *by)))
            .collect();
        links.sort_unstable();
        links.dedup();
        Listed {
            records: self.records.finish(),
            ids: self.ids,
            referents: self.referents,
            links,
            columns: self.columns,
            names: self.names.finish(),
            texts: self.texts.finish(),
        }
    }
}

/// The first value of the properties that name an entity of its schema; the schema's own name where it
/// has none.
fn caption_of(entity: &Entity) -> &str {
    let schema = Schema::find(&entity.schema);
    let props = schema.map_or(&[][..], |schema| schema.caption.as_slice());
    let named = props.iter().find_map(|prop| entity.first(prop));
    named.unwrap_or_else(|| {
        let own = entity.caption();
        if own == entity.id.as_str() { &entity.schema } else { own }
    })
}

/// The words of one entity.
#[derive(Default)]
struct Words {
    names: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Words {
    /// Words of a name, as written and in Latin letters.
    fn add_name(&mut self, name: &str) {
        for word in fold_words(name).split(' ') {
            if word.is_empty() || word.len() > WORD_BYTES_MAX || self.names.len() >= WORDS_MAX {
                continue;
            }
            if !word.is_ascii() {
                let latin = romanize(word);
                if !latin.is_empty() {
                    self.names.insert(latin);
                }
            }
            self.names.insert(word.to_owned());
        }
    }

    fn add_text(&mut self, text: &str) {
        for word in fold_words(text).split(' ') {
            if !word.is_empty() && word.len() <= WORD_BYTES_MAX && self.texts.len() < WORDS_MAX {
                self.texts.insert(word.to_owned());
            }
        }
    }
}

/// A time as a number that sorts: its digits, filled up with zeros; 0 where there is none.
pub(super) fn time_of(text: Option<&str>) -> u64 {
    let digits = text.unwrap_or_default().bytes().filter(u8::is_ascii_digit).take(14);
    let (number, length) = digits
        .fold((0u64, 0u32), |(n, length), byte| (n * 10 + u64::from(byte - b'0'), length + 1));
    number * 10u64.pow(14 - length)
}
