//! Dates as the sources write them: an interval with precision and calendar, never one silent guess.

use jiff::civil::Date;

/// A date as written, and the days it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateValue {
    /// The text as written.
    pub raw: String,
    /// First day it may mean.
    pub from: Date,
    /// Last day it may mean.
    pub to: Date,
    /// How much the text says.
    pub precision: Precision,
    /// The calendar the text is in.
    pub calendar: Calendar,
    /// "circa", "approximately" or the like.
    pub circa: bool,
}

/// How much of a date a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day (or, from the Hijri calendar, a few).
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
    /// A span of years.
    Range,
}

/// The calendar of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calendar {
    /// Gregorian.
    Gregorian,
    /// Hijri; the interval spans Umm al-Qura and the tabular calendar.
    Islamic,
}
