//! Owns the records in the form they are compared in: per record a row of value ids, per field
//! the frequency of its values.
//!
//! It compares two records to a pattern of levels; it weighs nothing. Invariant: rows are
//! `fields.len()` long, a value id is valid in the lexicon of its field, `pattern(l, r)` equals
//! `pattern(r, l)`.

use crate::column::Column;
use crate::level::{
    self, BITS, CLOSE, DIFFERENT, FIELDS_MAX, LOOSE, Level, MISSING, PARTIAL, SWAPPED,
};
use crate::lexicon::Lexicon;
use crate::property::{Kind, Property};
use crate::score::narrow;
use crate::whole_name;

/// A property that is compared.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) property: Property,
    /// Its lexicon.
    pub(crate) lexicon: usize,
    /// Binary logarithm of the share of records with each value, by value id.
    pub(crate) log2_frequency: Vec<f32>,
    /// Level of an exact agreement on each value.
    exact: Vec<Level>,
    /// Ids of the values that occur.
    used: Vec<u32>,
    /// Records with a value.
    pub(crate) filled: usize,
}

/// All records of one or two tables.
#[derive(Debug)]
pub struct Records {
    pub(crate) fields: Vec<Field>,
    pub(crate) lexicons: Vec<Lexicon>,
    /// Value ids, record by record.
    rows: Vec<u32>,
    /// Records of the first table; equal to `len` if there is one only.
    pub(crate) first: usize,
    len: usize,
    /// Pairs of fields whose values people exchange.
    exchanged: Vec<(usize, usize)>,
    /// First name and middle name, where both are there.
    cross: Option<(usize, usize)>,
}

impl Records {
    /// Prepares columns of equal length; the records from `first` on are those of a second table.
    pub fn new(columns: Vec<Column>, first: usize) -> Self {
        let len = columns.first().map_or(0, |c| c.values.len());
        debug_assert!(columns.iter().all(|c| c.values.len() == len));
        let mut lexicons: Vec<Lexicon> = Vec::new();
        let mut made: Vec<(Property, usize, Vec<u32>)> = Vec::new();
        let (whole, parts): (Vec<Column>, Vec<Column>) =
            columns.into_iter().partition(|c| c.property == Property::Name);
        for column in parts {
            let lexicon = lexicon_of(&mut lexicons, column.property);
            let is_phone = column.property == Property::Phone;
            let ids: Vec<u32> =
                column.distinct.iter().map(|t| lexicons[lexicon].intern(t, is_phone)).collect();
            let values = column.values.iter().map(|v| ids[*v as usize]).collect();
            made.push((column.property, lexicon, values));
        }
        if let Some(whole) = whole.first() {
            let lexicon = lexicon_of(&mut lexicons, Property::Name);
            whole_name::split(whole, lexicon, &mut lexicons[lexicon], &mut made);
        }
        made.retain(|(.., values)| values.iter().any(|v| *v != 0));
        made.sort_by_key(|(property, ..)| *property);
        made.truncate(FIELDS_MAX);
        for lexicon in &mut lexicons {
            lexicon.close();
        }
        Self::assemble(lexicons, &made, first, len)
    }

    fn assemble(
        lexicons: Vec<Lexicon>,
        made: &[(Property, usize, Vec<u32>)],
        first: usize,
        len: usize,
    ) -> Self {
        let width = made.len();
        let mut rows = vec![0; len * width];
        for (f, (.., values)) in made.iter().enumerate() {
            for (record, value) in values.iter().enumerate() {
                rows[record * width + f] = *value;
            }
        }
        let fields: Vec<Field> = made
            .iter()
            .map(|(property, lexicon, values)| {
                Field::new(*property, *lexicon, lexicons[*lexicon].len(), values)
            })
            .collect();
        let exchanged = exchanged(&fields);
        let place = |p| fields.iter().position(|f| f.property == p);
        let cross = place(Property::FirstName).zip(place(Property::MiddleName));
        Self { fields, lexicons, rows, first, len, exchanged, cross }
    }

    /// Records of both tables.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// True if records of one table are compared with those of another only.
    pub fn is_link(&self) -> bool {
        self.first < self.len
    }

    /// The properties that are compared, in order.
    pub fn properties(&self) -> Vec<Property> {
        self.fields.iter().map(|f| f.property).collect()
    }

    /// Pairs there are.
    pub(crate) fn pairs(&self) -> f64 {
        let (n, a) = (self.len as f64, self.first as f64);
        if self.is_link() { a * (n - a) } else { n * (n - 1.0) / 2.0 }
    }

    /// True if the two records may be one person: of two tables, one of each.
    pub(crate) fn may_pair(&self, left: u32, right: u32) -> bool {
        let in_first = |r: u32| (r as usize) < self.first;
        left != right && (!self.is_link() || in_first(left) != in_first(right))
    }

    /// The value ids of a record.
    pub(crate) fn row(&self, record: u32) -> &[u32] {
        let width = self.fields.len();
        &self.rows[record as usize * width..][..width]
    }

    /// The levels of two records, packed with the first field lowest.
    pub(crate) fn pattern(&self, left: u32, right: u32) -> u64 {
        let (l, r) = (self.row(left), self.row(right));
        let mut levels: [Level; FIELDS_MAX] = [MISSING; FIELDS_MAX];
        for (f, field) in self.fields.iter().enumerate() {
            let (a, b) = (l[f], r[f]);
            levels[f] = if a == 0 || b == 0 {
                MISSING
            } else if a == b {
                field.exact[a as usize]
            } else {
                self.lexicons[field.lexicon].compare(a, b)
            };
        }
        for &(f, g) in &self.exchanged {
            if is_apart(levels[f]) && is_apart(levels[g]) && self.are_exchanged(l, r, f, g) {
                // One event counts once, in the later field.
                levels[f] = MISSING;
                levels[g] = SWAPPED;
            }
        }
        if let Some((first, middle)) = self.cross
            && (is_apart(levels[first]) || levels[first] == PARTIAL)
            && (self.agree(first, l[first], r[middle]) || self.agree(first, l[middle], r[first]))
        {
            levels[first] = SWAPPED;
        }
        levels.iter().take(self.fields.len()).rev().fold(0, |p, v| p << BITS | u64::from(*v))
    }

    /// True if each of two values stands in the other's place, one of them letter by letter.
    fn are_exchanged(&self, l: &[u32], r: &[u32], f: usize, g: usize) -> bool {
        (l[f] == r[g] || l[g] == r[f]) && self.agree(f, l[f], r[g]) && self.agree(f, l[g], r[f])
    }

    fn agree(&self, field: usize, a: u32, b: u32) -> bool {
        let lexicon = &self.lexicons[self.fields[field].lexicon];
        a != 0 && b != 0 && (a == b || lexicon.compare(a, b) == CLOSE)
    }
}

fn is_apart(level: Level) -> bool {
    level == DIFFERENT || level == LOOSE
}

/// The lexicon of a property: names of persons share one, so do places and streets.
fn lexicon_of(lexicons: &mut Vec<Lexicon>, property: Property) -> usize {
    let kind = property.kind();
    let shared = matches!(kind, Kind::Person | Kind::Place | Kind::Words | Kind::Date);
    if shared && let Some(found) = lexicons.iter().position(|l| l.kind() == kind) {
        return found;
    }
    lexicons.push(Lexicon::new(kind));
    lexicons.len() - 1
}

/// Fields of one lexicon whose values people exchange: a person's own names, two lines of an address.
fn exchanged(fields: &[Field]) -> Vec<(usize, usize)> {
    let may = |p: Property| p.is_name() && p != Property::MiddleName || p == Property::Street;
    let mut pairs = Vec::new();
    for (f, a) in fields.iter().enumerate() {
        for (g, b) in fields.iter().enumerate().skip(f + 1) {
            if a.lexicon == b.lexicon && may(a.property) && may(b.property) {
                pairs.push((f, g));
            }
        }
    }
    pairs
}

impl Field {
    fn new(property: Property, lexicon: usize, distinct: usize, values: &[u32]) -> Self {
        let mut counts = vec![0_u32; distinct];
        for value in values {
            counts[*value as usize] += 1;
        }
        let filled = values.len() - counts.first().map_or(0, |c| *c as usize);
        counts[0] = 0;
        let used = (0_u32..).zip(&counts).filter(|(_, c)| **c > 0).map(|(id, _)| id).collect();
        let log2_frequency: Vec<f32> = counts
            .iter()
            .map(|c| narrow((f64::from((*c).max(1)) / filled.max(1) as f64).log2()))
            .collect();
        let exact = log2_frequency.iter().map(|f| level::exact(*f)).collect();
        Self { property, lexicon, log2_frequency, exact, used, filled }
    }

    /// The values that occur, with the binary logarithm of their frequency.
    pub(crate) fn used(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.used.iter().map(|id| (*id, self.log2_frequency[*id as usize]))
    }
}
