//! Facets: by what leads are counted and filtered. A column for each, its values numbered.

use std::collections::BTreeMap;

/// By what leads are counted and filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Proposed status.
    Status,
    /// Reported life status.
    Life,
    /// Stated nationality.
    Country,
    /// Point of entry.
    EntryPoint,
    /// Month of entry.
    Month,
    /// Age at entry, in bands.
    Age,
    /// Role chosen.
    Role,
    /// List with an entry that is not ruled out.
    List,
    /// Grade of a claim of death.
    Grade,
    /// A field that no record states.
    Missing,
    /// A rule of rank that gave points.
    Rule,
    /// Kind of sheet.
    Sheet,
    /// Decided or open.
    Decided,
    /// Who has to look at it.
    Assignee,
    /// A tag.
    Tag,
}

impl Facet {
    /// Those that the results give, in the order of screens.
    pub(crate) const OF_RESULTS: [Facet; 12] = [
        Facet::Status,
        Facet::Life,
        Facet::Country,
        Facet::EntryPoint,
        Facet::Month,
        Facet::Age,
        Facet::Role,
        Facet::List,
        Facet::Grade,
        Facet::Missing,
        Facet::Rule,
        Facet::Sheet,
    ];
    /// Those that the journal gives.
    pub(crate) const OF_JOURNAL: [Facet; 3] = [Facet::Decided, Facet::Assignee, Facet::Tag];

    /// All of them.
    pub fn all() -> impl Iterator<Item = Facet> {
        Self::OF_RESULTS.into_iter().chain(Self::OF_JOURNAL)
    }

    /// The word on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Facet::Status => "status",
            Facet::Life => "life",
            Facet::Country => "country",
            Facet::EntryPoint => "entry_point",
            Facet::Month => "month",
            Facet::Age => "age",
            Facet::Role => "role",
            Facet::List => "list",
            Facet::Grade => "grade",
            Facet::Missing => "missing",
            Facet::Rule => "rule",
            Facet::Sheet => "sheet",
            Facet::Decided => "decided",
            Facet::Assignee => "assignee",
            Facet::Tag => "tag",
        }
    }

    /// The facet named by the word.
    pub fn parse(word: &str) -> Option<Facet> {
        Self::all().find(|facet| facet.as_str() == word)
    }
}

/// One facet over all leads.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    /// The values, in the order they were first met.
    pub(crate) values: Vec<String>,
    numbers: BTreeMap<String, u32>,
    /// The values of each lead, by number; empty where it has none.
    pub(crate) cells: Vec<Box<[u32]>>,
}

impl Column {
    /// Adds the next lead.
    pub(crate) fn push<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) {
        let cell = self.cell(values);
        self.cells.push(cell);
    }

    /// Gives a lead other values.
    pub(crate) fn put<'a>(&mut self, place: usize, values: impl IntoIterator<Item = &'a str>) {
        let cell = self.cell(values);
        if let Some(old) = self.cells.get_mut(place) {
            *old = cell;
        }
    }

    fn cell<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) -> Box<[u32]> {
        let mut cell: Vec<u32> = values.into_iter().map(|value| self.number(value)).collect();
        cell.sort_unstable();
        cell.dedup();
        cell.into()
    }

    fn number(&mut self, value: &str) -> u32 {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }

    /// The number of a value that some lead has.
    pub(crate) fn find(&self, value: &str) -> Option<u32> {
        self.numbers.get(value).copied()
    }

    /// The values of a lead.
    pub(crate) fn of(&self, place: usize) -> impl Iterator<Item = &str> {
        let cell = self.cells.get(place).map_or(&[][..], |cell| cell);
        cell.iter().filter_map(|number| self.values.get(*number as usize)).map(String::as_str)
    }
}
