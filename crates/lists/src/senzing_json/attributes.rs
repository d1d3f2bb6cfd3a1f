//! Attributes of a record in groups, whatever layout they come in.

use serde_json::{Map, Value};

use crate::json::{members, text_of};

/// Families of attributes that a prefix may stand before: `PRIMARY_NAME_LAST`, `HOME_ADDR_CITY`.
const FAMILIES: [&str; 4] = ["NAME_", "ADDR_", "PHONE_", "EMAIL_"];

/// Attributes that belong together: one name, one address, one document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// What the prefix says: `PRIMARY`, `HOME`; empty without one.
    pub(super) usage: String,
    /// Names and values.
    attributes: Vec<(String, String)>,
    /// Attributes that were asked for.
    taken: std::cell::RefCell<Vec<String>>,
}

impl Group {
    /// The value of an attribute; empty if it is not there.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        if found.is_some() {
            self.taken.borrow_mut().push(name.to_owned());
        }
        found.map_or("", |(_, value)| value.trim())
    }

    /// What nobody asked for.
    pub(super) fn rest(&self) -> Vec<(&str, &str)> {
        let taken = self.taken.borrow();
        self.attributes
            .iter()
            .filter(|(name, _)| !taken.contains(name))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }
}

/// The groups of a record: those of its lists, then those of its own attributes by prefix.
pub(super) fn group(record: &Map<String, Value>) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut own: Vec<Group> = Vec::new();
    for (name, value) in members(record) {
        match value {
            Value::Array(items) => {
                for item in items {
                    match item {
                        Value::Object(attributes) => groups.push(of_object(attributes)),
                        item => push_own(&mut own, name, text_of(item).unwrap_or_default()),
                    }
                }
            }
            Value::Object(attributes) => groups.push(of_object(attributes)),
            value => push_own(&mut own, name, text_of(value).unwrap_or_default()),
        }
    }
    groups.extend(own);
    groups
}

fn of_object(attributes: &Map<String, Value>) -> Group {
    let mut group = Group::default();
    for (name, value) in members(attributes) {
        let (usage, name) = split_usage(name);
        if !usage.is_empty() {
            usage.clone_into(&mut group.usage);
        }
        if let Some(value) = text_of(value) {
            group.attributes.push((name.to_owned(), value));
        }
    }
    group
}

/// An attribute at the top belongs with those of the same family and prefix.
fn push_own(own: &mut Vec<Group>, name: &str, value: String) {
    let (usage, name) = split_usage(name);
    let family = |name: &str| name.split('_').next().unwrap_or_default().to_owned();
    let fits = |group: &&mut Group| {
        group.usage == usage
            && group.attributes.iter().any(|(known, _)| family(known) == family(name))
            && !group.attributes.iter().any(|(known, _)| known == name)
    };
    let attribute = (name.to_owned(), value);
    match own.iter_mut().find(fits) {
        Some(group) => group.attributes.push(attribute),
        None => own.push(Group {
            usage: usage.to_owned(),
            attributes: vec![attribute],
            ..Group::default()
        }),
    }
}

/// Cuts the prefix off: `HOME_ADDR_CITY` is `ADDR_CITY` at `HOME`.
fn split_usage(name: &str) -> (&str, &str) {
    for family in FAMILIES {
        if let Some(at) = name.find(family)
            && at > 1
            && name.as_bytes()[at - 1] == b'_'
        {
            return (&name[..at - 1], &name[at..]);
        }
    }
    ("", name)
}
