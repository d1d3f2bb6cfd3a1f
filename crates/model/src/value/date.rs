//! Dates as the sources write them: an interval with precision and calendar, never one silent guess.
//!
//! A [`DateValue`] holds the reading that the source most likely meant (`from..=to`) and every other
//! reading that the text allows (`alternatives`): `03/04/1980` in a day-first source is 3 April, and
//! 4 March is the alternative. Texts that say nothing of a part leave the interval wide; parts that
//! cannot be (31 February) are dropped and the value is marked [`flawed`](DateValue::flawed).
//!
//! Months, calendars and connecting words are known in Arabic (Egyptian, Levantine, Maghrebi,
//! Moroccan), Persian, English, French, Russian, Turkish and German.

mod calendar;
mod ftm;
mod parse;
mod shape;
mod tokens;
mod words;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use parse::{parse_date, parse_dates};

/// A date as written, and the days it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateValue {
    /// The text as written.
    pub raw: String,
    /// First day of the likeliest reading.
    pub from: Date,
    /// Last day of the likeliest reading.
    pub to: Date,
    /// The single best day, where the text says a day. For a Hijri day it is the day of the
    /// Umm al-Qura calendar, while `from..=to` spans the tabular calendar as well.
    pub day: Option<Date>,
    /// The other readings that the text allows (day and month exchanged, the other century of a
    /// two-digit year, the other calendar, the other dates of a list), first and last day each.
    pub alternatives: Vec<(Date, Date)>,
    /// How much the text says.
    pub precision: Precision,
    /// The calendar the text is in.
    pub calendar: Calendar,
    /// "circa", "approximately" or the like; also "before" and "after", where the other end is open.
    pub circa: bool,
    /// The text holds a part that cannot be (31 February, month 13); only the rest counts.
    pub flawed: bool,
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
    /// A decade, `1960s`.
    Decade,
    /// A span between two dates.
    Range,
}

/// The calendar of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Calendar {
    /// Gregorian.
    Gregorian,
    /// Hijri; the interval spans Umm al-Qura and the tabular calendar (type II, civil epoch).
    Islamic,
    /// Solar Hijri, as Iran and Afghanistan have it.
    Persian,
}

/// Which of two small numbers is the day, where both could be. Unambiguous texts ignore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DateOrder {
    /// `dd/mm/yyyy`: all our forms and lists but those from the United States.
    #[default]
    DayFirst,
    /// `mm/dd/yyyy`.
    MonthFirst,
}

impl DateValue {
    /// All readings, the likeliest first.
    pub fn readings(&self) -> impl Iterator<Item = (Date, Date)> {
        std::iter::once((self.from, self.to)).chain(self.alternatives.iter().copied())
    }

    /// True if the likeliest readings share a day.
    ///
    /// ```
    /// use model::value::{DateOrder, parse_date};
    /// let parse = |text| parse_date(text, DateOrder::DayFirst).unwrap();
    /// assert!(parse("1980").overlaps(&parse("3 Apr 1980")));
    /// assert!(!parse("1980").overlaps(&parse("1981")));
    /// ```
    pub fn overlaps(&self, other: &DateValue) -> bool {
        overlap((self.from, self.to), (other.from, other.to))
    }

    /// True if any reading of the one shares a day with any reading of the other.
    pub fn may_overlap(&self, other: &DateValue) -> bool {
        self.readings().any(|left| other.readings().any(|right| overlap(left, right)))
    }

    /// Days between the likeliest readings: 0 if they overlap, else the gap.
    ///
    /// ```
    /// use model::value::{DateOrder, parse_date};
    /// let parse = |text| parse_date(text, DateOrder::DayFirst).unwrap();
    /// assert_eq!(parse("3 Apr 1980").days_apart(&parse("5 Apr 1980")), 2);
    /// assert_eq!(parse("Dec 1980").days_apart(&parse("1981")), 1);
    /// ```
    pub fn days_apart(&self, other: &DateValue) -> u32 {
        gap((self.from, self.to), (other.from, other.to))
    }

    /// Fewest days between any reading of the one and any of the other.
    pub fn days_apart_min(&self, other: &DateValue) -> u32 {
        self.readings()
            .flat_map(|left| other.readings().map(move |right| gap(left, right)))
            .min()
            .unwrap_or(0)
    }

    /// True if both say a day, the days differ, and exchanging day and month makes them equal.
    ///
    /// ```
    /// use model::value::{DateOrder, parse_date};
    /// let parse = |text| parse_date(text, DateOrder::DayFirst).unwrap();
    /// assert!(parse("3 Apr 1980").is_swapped(&parse("4 Mar 1980")));
    /// ```
    pub fn is_swapped(&self, other: &DateValue) -> bool {
        let (Some(left), Some(right)) = (self.day, other.day) else { return false };
        left != right
            && left.year() == right.year()
            && left.month() == right.day()
            && left.day() == right.month()
    }

    /// The year, if the likeliest reading lies within one.
    pub fn year(&self) -> Option<i16> {
        (self.from.year() == self.to.year()).then(|| self.from.year())
    }

    /// First and last year of the likeliest reading.
    pub fn years(&self) -> (i16, i16) {
        (self.from.year(), self.to.year())
    }

    /// Day and month, if the text says a day.
    pub fn month_day(&self) -> Option<(i8, i8)> {
        self.day.map(|day| (day.month(), day.day()))
    }
}

fn overlap(left: (Date, Date), right: (Date, Date)) -> bool {
    left.0 <= right.1 && right.0 <= left.1
}

fn gap(left: (Date, Date), right: (Date, Date)) -> u32 {
    if overlap(left, right) {
        return 0;
    }
    let (earlier, later) = if left.1 < right.0 { (left.1, right.0) } else { (right.1, left.0) };
    calendar::days_between(earlier, later)
}
