//! Handles: what an entity is found by other than its names, by equality.
//!
//! Invariants: a handle depends on the entity alone, so that the list and the query make the same;
//! handles of different kinds never meet.

use crate::Prepared;
use crate::birth::Birth;
use crate::block::{hash, hash_text};

/// A handle: what kind of value it is, and its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Handle {
    pub(crate) kind: HandleKind,
    pub(crate) key: u64,
}

/// What values make handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HandleKind {
    /// A number of a document or a register.
    Number,
    /// An e-mail address.
    Email,
    /// The person's own phone.
    Phone,
    /// A kunya, whole or without its nisba.
    Kunya,
    /// The day of birth and a country.
    DayAndCountry,
    /// The day of birth.
    Day,
}

impl HandleKind {
    /// Rank among candidates that names brought up, as a likeness of names in nats: about what the
    /// value weighs beside names that are unlike. Chosen by hand.
    pub(crate) fn rank(self) -> f64 {
        match self {
            Self::Number => 14.0,
            Self::Email => 9.0,
            Self::Phone => 6.0,
            Self::DayAndCountry => 5.5,
            Self::Kunya | Self::Day => 5.0,
        }
    }

    /// Those of a list with the handle who are candidates. Of a day that many share none is, for it
    /// says too little; there are some sixty of each day in a list of a million, but one or two of
    /// a day and a country. Of other values many share, the first are. Chosen by hand.
    pub(crate) fn worth_following(self, members: &[u32]) -> &[u32] {
        match self {
            Self::Day | Self::DayAndCountry if members.len() > DAY_MEMBERS_MAX => &[],
            _ => &members[..members.len().min(MEMBERS_MAX)],
        }
    }
}

/// More of one birth day are not followed.
const DAY_MEMBERS_MAX: usize = 24;
/// Followed of any other handle, at most.
const MEMBERS_MAX: usize = 80;

/// All handles of an entity, each once, in order.
pub(crate) fn handles_of(entity: &Prepared) -> Vec<Handle> {
    let mut handles: Vec<Handle> = Vec::new();
    let mut add = |kind: HandleKind, value: u64| {
        let key = hash(&[kind as i64, value.cast_signed()]);
        handles.push(Handle { kind, key });
    };
    for kunya in &entity.kunyas {
        add(HandleKind::Kunya, kunya.teknonym_key);
        add(HandleKind::Kunya, kunya.key);
    }
    entity.numbers.iter().for_each(|n| add(HandleKind::Number, hash_text(&n.folded)));
    entity.emails.iter().for_each(|e| add(HandleKind::Email, hash_text(&e.folded)));
    entity.phones.iter().for_each(|p| add(HandleKind::Phone, hash_text(p)));
    for (from, to) in entity.births.iter().filter_map(Birth::days) {
        for day in from..=to {
            add(HandleKind::Day, hash(&[i64::from(day)]));
            let countries = entity.countries.nationalities.iter().chain(&entity.countries.others);
            for country in countries {
                let code = hash_text(country.code());
                add(HandleKind::DayAndCountry, hash(&[i64::from(day), code.cast_signed()]));
            }
        }
    }
    handles.sort_unstable();
    handles.dedup();
    handles
}

#[cfg(test)]
mod tests {
    use model::{Entity, Statement};

    use super::*;
    use crate::MatchModel;

    fn handles(values: &[(&str, &str)]) -> Vec<Handle> {
        let mut entity = Entity::new("p-1".into(), "Person");
        for (prop, value) in values {
            entity.add(Statement::new("p-1".into(), "Person", *prop, *value, "sample".into()));
        }
        handles_of(&Prepared::new(&entity, MatchModel::bundled()))
    }

    fn kinds(values: &[(&str, &str)]) -> Vec<HandleKind> {
        handles(values).into_iter().map(|handle| handle.kind).collect()
    }

    #[test]
    fn a_day_is_a_handle_and_a_year_is_none() {
        let day = [("birthDate", "1980-03-14"), ("nationality", "tn")];
        assert_eq!(kinds(&day), [HandleKind::DayAndCountry, HandleKind::Day]);
        assert_eq!(kinds(&[("birthDate", "1980"), ("nationality", "tn")]), []);
        assert_eq!(kinds(&[("birthDate", "1980-01-01")]), [], "it stands for an unknown day");
    }

    #[test]
    fn equal_texts_of_two_kinds_do_not_meet() {
        let phone = handles(&[("phone", "+21612345678")]);
        let number = handles(&[("idNumber", "+21612345678")]);
        assert_eq!((phone.len(), number.len()), (1, 1));
        assert_ne!(phone[0].key, number[0].key);
    }
}
