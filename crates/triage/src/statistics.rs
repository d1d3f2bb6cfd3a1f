//! Counts over leads: per status, per nationality, over persons and never over forms.

use std::collections::BTreeMap;

use model::{Lead, Status};

/// Counts with their denominators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Persons.
    pub people: usize,
    /// Records (forms and register rows) behind them.
    pub records: usize,
    /// Persons by proposed status, in the order of [`Status::ALL`].
    pub by_status: Vec<(Status, usize)>,
    /// Persons by stated nationality, most first; a person with two is counted under both.
    pub by_nationality: Vec<(String, usize)>,
    /// Persons with no stated nationality.
    pub without_nationality: usize,
}

impl Statistics {
    /// Counts the leads; `nationalities` gives the stated nationalities of a lead.
    pub fn count<'a>(
        leads: &'a [Lead],
        nationalities: impl Fn(&'a Lead) -> Vec<String>,
    ) -> Statistics {
        let mut countries: BTreeMap<String, usize> = BTreeMap::new();
        let mut without = 0;
        for lead in leads {
            let mut stated = nationalities(lead);
            stated.sort();
            stated.dedup();
            if stated.is_empty() {
                without += 1;
            }
            for country in stated {
                *countries.entry(country).or_default() += 1;
            }
        }
        let mut by_nationality: Vec<_> = countries.into_iter().collect();
        by_nationality.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Statistics {
            people: leads.len(),
            records: leads.iter().map(|l| l.members.len()).sum(),
            by_status: Status::ALL
                .into_iter()
                .map(|status| (status, leads.iter().filter(|l| l.status == status).count()))
                .collect(),
            by_nationality,
            without_nationality: without,
        }
    }
}
