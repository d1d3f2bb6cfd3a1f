//! An entity made ready for comparison: names parsed, dates as intervals, numbers folded. Made
//! once, compared many times.
//!
//! What cannot be parsed is missing, never an error. Values keep their text as written.

use model::value::{
    Calendar, Country, DateOrder, Gender, Precision, parse_country, parse_date, parse_gender,
};
use model::{DatasetName, Entity, EntityId};
use names::{Engine, Kind, Name};

use crate::MatchModel;
use crate::birth::Birth;
use crate::country::Countries;
use crate::document::{NUMBER_PROPERTIES, Number};
use crate::email::Email;
use crate::facts::Facts;
use crate::kunya::{Kunya, turned_back};
use crate::place::Place;

/// An entity ready for comparison.
#[derive(Clone, Debug)]
pub struct Prepared {
    id: EntityId,
    dataset: Option<DatasetName>,
    caption: String,
    pub(crate) family: Family,
    pub(crate) names: Vec<CivilName>,
    pub(crate) kunyas: Vec<Kunya>,
    pub(crate) mothers: Vec<Name>,
    pub(crate) fathers: Vec<Name>,
    pub(crate) births: Vec<Birth>,
    pub(crate) countries: Countries,
    pub(crate) birth_places: Vec<Place>,
    pub(crate) addresses: Vec<Place>,
    pub(crate) gender: Option<StatedGender>,
    pub(crate) numbers: Vec<Number>,
    pub(crate) phones: Vec<String>,
    pub(crate) emails: Vec<Email>,
}

/// A name that is no kunya.
#[derive(Clone, Debug)]
pub(crate) struct CivilName {
    pub(crate) name: Name,
    /// The source calls it a weak alias.
    pub(crate) is_weak: bool,
}

/// Gender, and whether it is said or follows from a kunya.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatedGender {
    pub(crate) gender: Gender,
    pub(crate) is_implied: bool,
}

/// What kind of thing an entity is; things of different kinds never match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// A natural person.
    Person,
    /// A company, organization or public body.
    Body,
    /// A person or a body; the source does not say which.
    LegalEntity,
    /// A vessel, an aircraft.
    Craft,
    /// Any other thing with a name.
    Thing,
}

impl Family {
    pub(crate) fn of(schema: &str) -> Self {
        match schema {
            "Person" | "Mention" => Self::Person,
            "Company" | "Organization" | "PublicBody" => Self::Body,
            "LegalEntity" => Self::LegalEntity,
            "Vessel" | "Airplane" | "Vehicle" => Self::Craft,
            _ => Self::Thing,
        }
    }

    fn kind(self) -> Kind {
        match self {
            Self::Person => Kind::Person,
            Self::Body => Kind::Organization,
            Self::Craft => Kind::Vessel,
            Self::LegalEntity | Self::Thing => Kind::Other,
        }
    }

    /// True if one thing can be of both kinds.
    pub(crate) fn may_be(self, other: Self) -> bool {
        let is_legal = |f| matches!(f, Self::Person | Self::Body | Self::LegalEntity);
        self == other
            || (self == Self::LegalEntity && is_legal(other))
            || (other == Self::LegalEntity && is_legal(self))
    }
}

/// No entity has more names than this many compared; lists hold up to some 130 for one. The pairs
/// of names tried stay bounded.
const NAMES_MAX: usize = 160;
/// Values of any other property.
const VALUES_MAX: usize = 32;

impl Prepared {
    /// Parses what the comparisons need.
    pub fn new(entity: &Entity, _model: &MatchModel) -> Self {
        Self::of(&Facts::of(entity))
    }

    /// Parses the facts of an entity.
    pub(crate) fn of(facts: &Facts) -> Self {
        let family = Family::of(&facts.schema);
        let (names, kunyas) = read_names(facts, family);
        let gender = read_gender(facts, &kunyas);
        Self {
            id: facts.id.clone(),
            dataset: facts.dataset.clone(),
            caption: facts.caption.clone(),
            family,
            names,
            kunyas,
            mothers: read_relatives(facts, "motherName"),
            fathers: read_relatives(facts, "fatherName"),
            births: read_births(facts, family),
            countries: read_countries(facts, family),
            birth_places: read_places(facts, &["birthPlace"]),
            addresses: read_places(facts, &["address", "full", "city"]),
            gender,
            numbers: read_numbers(facts),
            phones: read_phones(facts),
            emails: facts.values("email").take(VALUES_MAX).filter_map(Email::new).collect(),
        }
    }

    /// Id of the entity.
    pub fn id(&self) -> &EntityId {
        &self.id
    }

    /// The first dataset that speaks of it, by name.
    pub fn dataset(&self) -> Option<&DatasetName> {
        self.dataset.as_ref()
    }

    /// What to call it.
    pub fn caption(&self) -> &str {
        &self.caption
    }
}

/// Civil names and kunyas. A kunya is one wherever it stands: lists hold them among plain aliases.
fn read_names(facts: &Facts, family: Family) -> (Vec<CivilName>, Vec<Kunya>) {
    let engine = Engine::bundled();
    let mut names: Vec<CivilName> = Vec::new();
    let mut kunyas: Vec<Kunya> = Vec::new();
    let sources = [
        ("name", false),
        ("alias", false),
        ("previousName", false),
        ("abbreviation", true),
        ("weakAlias", true),
    ];
    let texts = sources
        .into_iter()
        .flat_map(|(prop, is_weak)| facts.values(prop).map(move |v| (v.to_owned(), is_weak)))
        .chain(joined_name(facts).map(|text| (text, false)));
    for (text, is_weak) in texts.take(NAMES_MAX) {
        let turned = if family == Family::Person { turned_back(&text) } else { None };
        let name = engine.prepare(turned.as_deref().unwrap_or(&text), family.kind());
        if name.is_empty() {
            continue;
        }
        let kunya = if family == Family::Person { Kunya::read(&name) } else { None };
        match kunya {
            Some(kunya) if kunyas.iter().all(|k| k.raw != kunya.raw) => kunyas.push(kunya),
            Some(_) => {}
            None if names.iter().any(|n| n.name.folded() == name.folded()) => {}
            None => names.push(CivilName { name, is_weak }),
        }
    }
    (names, kunyas)
}

/// A name made of its parts, where the source gives only parts.
fn joined_name(facts: &Facts) -> Option<String> {
    if facts.first("name").is_some() {
        return None;
    }
    let parts: Vec<&str> = ["firstName", "secondName", "middleName", "fatherName", "lastName"]
        .into_iter()
        .filter_map(|prop| facts.first(prop))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn read_relatives(facts: &Facts, prop: &str) -> Vec<Name> {
    let engine = Engine::bundled();
    facts
        .values(prop)
        .take(VALUES_MAX)
        .map(|text| engine.prepare(text, Kind::Person))
        .filter(|name| !name.is_empty())
        .collect()
}

fn read_births(facts: &Facts, family: Family) -> Vec<Birth> {
    let props: &[&str] = match family {
        Family::Person => &["birthDate"],
        _ => &["birthDate", "incorporationDate", "buildDate"],
    };
    props
        .iter()
        .flat_map(|prop| facts.written(prop))
        .take(VALUES_MAX)
        .filter_map(|(value, written)| read_birth(value, written))
        .collect()
}

/// The value, or the text as written where that says more of the same time: circa, a span, the
/// days of another calendar.
fn read_birth(value: &str, written: Option<&str>) -> Option<Birth> {
    let value = parse_date(value, DateOrder::DayFirst);
    let written = written
        .and_then(|text| parse_date(text, DateOrder::DayFirst))
        .filter(|w| w.circa || w.calendar != Calendar::Gregorian || w.precision == Precision::Range)
        .filter(|w| value.as_ref().is_none_or(|v| v.overlaps(w)));
    written.or(value).map(|date| Birth::new(&date))
}

fn read_countries(facts: &Facts, family: Family) -> Countries {
    let read = |props: &[&str]| {
        let mut codes: Vec<Country> = props
            .iter()
            .flat_map(|prop| facts.values(prop))
            .take(VALUES_MAX)
            .filter_map(|text| Country::from_code(text).or_else(|| parse_country(text)))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    match family {
        Family::Person => Countries {
            nationalities: read(&["nationality", "citizenship"]),
            others: read(&["country", "birthCountry"]),
        },
        Family::Craft => Countries { nationalities: read(&["flag"]), others: read(&["country"]) },
        _ => Countries { nationalities: Vec::new(), others: read(&["jurisdiction", "country"]) },
    }
}

fn read_places(facts: &Facts, props: &[&str]) -> Vec<Place> {
    props
        .iter()
        .flat_map(|prop| facts.values(prop))
        .take(VALUES_MAX)
        .filter_map(Place::new)
        .collect()
}

fn read_gender(facts: &Facts, kunyas: &[Kunya]) -> Option<StatedGender> {
    let stated = facts.first("gender").and_then(parse_gender);
    let implied = kunyas.first().and_then(|first| {
        let is_clear = kunyas.iter().all(|k| k.is_female == first.is_female);
        is_clear.then_some(if first.is_female { Gender::Female } else { Gender::Male })
    });
    stated
        .map(|gender| StatedGender { gender, is_implied: false })
        .or(implied.map(|gender| StatedGender { gender, is_implied: true }))
}

fn read_numbers(facts: &Facts) -> Vec<Number> {
    let all = NUMBER_PROPERTIES
        .into_iter()
        .flat_map(|(prop, kind)| facts.values(prop).filter_map(move |raw| Number::new(raw, kind)));
    let mut numbers: Vec<Number> = Vec::new();
    for number in all.take(VALUES_MAX) {
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}

/// Digits of the person's own phones, national part: country codes are often left out.
fn read_phones(facts: &Facts) -> Vec<String> {
    const NATIONAL_DIGITS: usize = 9;
    facts
        .values("phone")
        .take(VALUES_MAX)
        .map(|text| {
            let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
            digits[digits.len().saturating_sub(NATIONAL_DIGITS)..].iter().collect::<String>()
        })
        .filter(|digits| digits.len() >= 7)
        .collect()
}
