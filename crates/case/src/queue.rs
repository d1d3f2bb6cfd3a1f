//! The queue: leads filtered, counted by facet, sorted, in pages.
//!
//! A facet's own filter does not narrow its counts, so that a screen can offer its other values.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::view::facets::Column;
use crate::view::people::sound_of;
use crate::{CaseView, Facet, NotDone};

/// Which leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// Values by facet, one of which must hold; the empty value stands for none at all.
    pub facets: BTreeMap<Facet, Vec<String>>,
    /// Words that must stand in a name, in its script or in Latin letters, or in the id.
    pub text: Option<String>,
    /// Only these, by id.
    pub ids: Option<Vec<String>>,
    /// Not these, by id: they are counted nowhere.
    pub without: Arc<BTreeSet<String>>,
}

/// In which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LeadOrder {
    /// By rank.
    #[default]
    Rank,
    /// By the score of the best list entry, highest first.
    Score,
    /// By name.
    Name,
    /// By the last entry of the journal about it, latest first.
    Touched,
    /// By the day it is due, those without a day last.
    Due,
    /// Those that a rule of rank gave points first, most points first.
    Rule(String),
}

impl LeadOrder {
    /// The order named by a word: `rank`, `score`, `name`, `touched`, `due`, `rule:NAME`.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "rank" => Self::Rank,
            "score" => Self::Score,
            "name" => Self::Name,
            "touched" => Self::Touched,
            "due" => Self::Due,
            _ => Self::Rule(word.strip_prefix("rule:")?.to_owned()),
        })
    }
}

/// How often each value of a facet occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// Values with their leads, most first.
    pub values: Vec<(String, usize)>,
    /// Values that occur, also those cut off.
    pub distinct: usize,
    /// Leads that have none.
    pub missing: usize,
}

/// Values of a facet that are given; beyond, the rarest are cut off. A screen shows some tens.
pub const FACET_VALUES_MAX: usize = 300;

/// The leads that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Their places, in order.
    pub places: Vec<usize>,
    /// Counts by facet, empty if not asked for.
    pub facets: Vec<FacetCounts>,
}

impl CaseView {
    /// The leads that match, in order, with counts by facet if asked for.
    ///
    /// # Errors
    /// [`NotDone::TooMany`] for more values or ids than a person could have chosen.
    pub fn leads(
        &self,
        filter: &LeadFilter,
        order: &LeadOrder,
        count: bool,
    ) -> Result<Found, NotDone> {
        let tests = Tests::of(self, filter)?;
        let mut places = Vec::new();
        let mut tallies: Vec<Tally> = if count { Tests::tallies(self) } else { Vec::new() };
        for (place, row) in self.people.rows.iter().enumerate() {
            if filter.without.contains(row.id.as_str()) {
                continue;
            }
            let Some(failed) = tests.failed(self, place) else { continue };
            if failed.is_none() {
                places.push(place);
            }
            for tally in &mut tallies {
                if failed.is_none_or(|facet| facet == tally.facet) {
                    tally.add(place);
                }
            }
        }
        self.sort(&mut places, order);
        Ok(Found { places, facets: tallies.into_iter().map(Tally::finish).collect() })
    }

    /// The values of a facet at a lead.
    pub fn facet_values(&self, facet: Facet, place: usize) -> impl Iterator<Item = &str> {
        self.column(facet).into_iter().flat_map(move |column| column.of(place))
    }

    fn column(&self, facet: Facet) -> Option<&Column> {
        self.people.column(facet).or_else(|| self.journal.column(facet))
    }

    fn sort(&self, places: &mut [usize], order: &LeadOrder) {
        let row = |place: usize| &self.people.rows[place];
        let state = |place: usize| self.journal.state(place);
        // Rows stand by rank already, and the sort is stable.
        match order {
            LeadOrder::Rank => {}
            LeadOrder::Score => {
                let score = |place| row(place).best.as_ref().map_or(-1.0, |best| best.score);
                places.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
            }
            LeadOrder::Name => {
                places.sort_by(|a, b| row(*a).names.first().cmp(&row(*b).names.first()));
            }
            LeadOrder::Touched => places.sort_by_key(|p| std::cmp::Reverse(state(*p).touched)),
            LeadOrder::Due => {
                places.sort_by(|a, b| match (state(*a).due.as_deref(), state(*b).due.as_deref()) {
                    (Some(a), Some(b)) => a.cmp(b),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                });
            }
            LeadOrder::Rule(name) => {
                let points = |place| row(place).rules.iter().find(|(n, _)| n == name);
                places.sort_by(|a, b| match (points(*a), points(*b)) {
                    (Some((_, a)), Some((_, b))) => b.total_cmp(a),
                    (Some(_), None) => Ordering::Less,
                    (None, Some(_)) => Ordering::Greater,
                    (None, None) => Ordering::Equal,
                });
            }
        }
    }
}

/// Values of all facets and ids of one filter.
const CHOSEN_MAX: usize = 20_000;

/// A filter made ready.
struct Tests<'a> {
    facets: Vec<(Facet, Option<&'a Column>, Vec<u32>, bool)>,
    /// Each with its sound, by which it is found too.
    words: Vec<(String, Option<String>)>,
    ids: Option<Vec<usize>>,
}

impl<'a> Tests<'a> {
    fn of(view: &'a CaseView, filter: &LeadFilter) -> Result<Self, NotDone> {
        let chosen = filter.facets.values().map(Vec::len).sum::<usize>()
            + filter.ids.as_ref().map_or(0, Vec::len);
        if chosen > CHOSEN_MAX {
            return Err(NotDone::TooMany { most: CHOSEN_MAX });
        }
        let facets = filter.facets.iter().filter(|(_, values)| !values.is_empty());
        let facets = facets.map(|(facet, values)| {
            let column = view.column(*facet);
            let numbers = values.iter().filter_map(|value| column?.find(value)).collect();
            (*facet, column, numbers, values.iter().any(String::is_empty))
        });
        let text = filter.text.as_deref().map(names::fold).unwrap_or_default();
        let ids = filter.ids.as_ref().map(|ids| {
            let mut places: Vec<usize> =
                ids.iter().filter_map(|id| view.people.place_of(id)).collect();
            places.sort_unstable();
            places
        });
        Ok(Self {
            facets: facets.collect(),
            words: text
                .split(' ')
                .filter(|w| !w.is_empty())
                .map(|word| (word.to_owned(), sound_of(word)))
                .collect(),
            ids,
        })
    }

    /// `None` if the lead is out whatever the facets say or fails two of them; else the one facet
    /// whose filter it fails, if any.
    #[expect(clippy::option_option, reason = "out, in, and out by one facet alone are three cases")]
    fn failed(&self, view: &CaseView, place: usize) -> Option<Option<Facet>> {
        if self.ids.as_ref().is_some_and(|ids| ids.binary_search(&place).is_err()) {
            return None;
        }
        let haystack = &view.people.rows[place].haystack;
        let stands = |(word, sound): &(String, Option<String>)| {
            haystack.contains(word.as_str())
                || sound.as_ref().is_some_and(|sound| haystack.contains(sound.as_str()))
        };
        if !self.words.iter().all(stands) {
            return None;
        }
        let mut failed = None;
        for (facet, column, numbers, or_none) in &self.facets {
            let cell = column.and_then(|c| c.cells.get(place)).map_or(&[][..], |cell| cell);
            let holds = cell.iter().any(|n| numbers.contains(n)) || (*or_none && cell.is_empty());
            if !holds && failed.replace(*facet).is_some() {
                return None;
            }
        }
        Some(failed)
    }

    fn tallies(view: &'a CaseView) -> Vec<Tally<'a>> {
        let with_column = |facet| Some((facet, view.column(facet)?));
        Facet::all()
            .filter_map(with_column)
            .map(|(facet, column)| Tally {
                facet,
                column,
                counts: vec![0; column.values.len()],
                missing: 0,
            })
            .collect()
    }
}

/// Counts of one facet.
struct Tally<'a> {
    facet: Facet,
    column: &'a Column,
    counts: Vec<usize>,
    missing: usize,
}

impl Tally<'_> {
    fn add(&mut self, place: usize) {
        let cell = self.column.cells.get(place).map_or(&[][..], |cell| cell);
        if cell.is_empty() {
            self.missing += 1;
        }
        for number in cell {
            if let Some(count) = self.counts.get_mut(*number as usize) {
                *count += 1;
            }
        }
    }

    fn finish(self) -> FacetCounts {
        let counted = self.column.values.iter().cloned().zip(self.counts);
        let mut values: Vec<(String, usize)> = counted.filter(|(_, count)| *count > 0).collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let distinct = values.len();
        values.truncate(FACET_VALUES_MAX);
        FacetCounts { facet: self.facet, values, distinct, missing: self.missing }
    }
}
