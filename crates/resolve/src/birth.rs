//! Birth dates compared as intervals: the same day, a swapped day and month, a typing error, a
//! year only, years apart.
//!
//! Invariant: comparing is symmetric.

use model::value::{Calendar, DateValue, Precision};

use crate::outcome::Outcome;

/// A birth date, ready for comparison.
#[derive(Clone, Debug)]
pub(crate) struct Birth {
    pub(crate) raw: String,
    year: i16,
    month: i8,
    day: i8,
    from: i32,
    to: i32,
    year_to: i16,
    precision: Precision,
    is_islamic: bool,
    is_circa: bool,
}

/// Years on either side that "circa" allows. Chosen by hand.
const CIRCA_YEARS: i32 = 2;
/// Days by which Islamic calendars differ among themselves (sighting of the moon).
const ISLAMIC_DAYS: i32 = 2;
/// Years apart from which a difference is far. Chosen by hand: no typing error of one digit in
/// the units, no uncertain age.
const FAR_YEARS: i32 = 5;

/// Years apart from which hardly any source errs.
const DECADE_YEARS: i32 = 10;

impl Birth {
    pub(crate) fn new(value: &DateValue) -> Self {
        Self {
            raw: value.raw.clone(),
            year: value.from.year(),
            month: value.from.month(),
            day: value.from.day(),
            from: day_number(value.from.year(), value.from.month(), value.from.day()),
            to: day_number(value.to.year(), value.to.month(), value.to.day()),
            year_to: value.to.year(),
            precision: value.precision,
            is_islamic: value.calendar != Calendar::Gregorian,
            is_circa: value.circa,
        }
    }

    /// First and last year it may mean, circa included.
    pub(crate) fn years(&self) -> (i32, i32) {
        let slack = if self.is_circa { CIRCA_YEARS } else { 0 };
        (i32::from(self.year) - slack, i32::from(self.year_to) + slack)
    }

    /// The days it may mean, where it says a day.
    pub(crate) fn days(&self) -> Option<(i32, i32)> {
        (self.is_full_day() && self.to - self.from <= 2 * ISLAMIC_DAYS)
            .then_some((self.from, self.to))
    }

    /// A day is said, and not one that stands for an unknown day.
    fn is_full_day(&self) -> bool {
        self.precision == Precision::Day && !self.is_circa && !self.is_new_year()
    }

    /// 1 January: in many registers it stands for an unknown day of the year.
    pub(crate) fn is_new_year(&self) -> bool {
        self.precision == Precision::Day && self.day == 1 && self.month == 1 && !self.is_islamic
    }

    /// It may mean several years.
    fn is_span(&self) -> bool {
        self.is_circa || matches!(self.precision, Precision::Decade | Precision::Range)
    }

    fn is_year_only(&self) -> bool {
        matches!(self.precision, Precision::Year) || self.is_span() || self.is_new_year()
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
fn day_number(year: i16, month: i8, day: i8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = i32::from(year) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// How two birth dates agree.
pub(crate) fn compare_births(left: &Birth, right: &Birth) -> Outcome {
    let (left_years, right_years) = (left.years(), right.years());
    let apart = (left_years.0 - right_years.1).max(right_years.0 - left_years.1).max(0);
    if left.is_full_day() && right.is_full_day() {
        return compare_days(left, right, apart);
    }
    if apart == 0 {
        return compare_within_year(left, right);
    }
    by_distance(apart)
}

/// Two dates of which at least one does not say a day, whose years overlap.
fn compare_within_year(left: &Birth, right: &Birth) -> Outcome {
    if left.is_span() || right.is_span() {
        return Outcome::BirthOverlap;
    }
    if left.is_year_only() || right.is_year_only() {
        return Outcome::BirthSameYear;
    }
    if left.from <= right.to && right.from <= left.to {
        Outcome::BirthSameMonth
    } else {
        Outcome::BirthOtherDay
    }
}

fn compare_days(left: &Birth, right: &Birth, years_apart: i32) -> Outcome {
    let gap = (left.from - right.to).max(right.from - left.to);
    let slack = if left.is_islamic || right.is_islamic { ISLAMIC_DAYS } else { 1 };
    if gap <= 0 {
        return Outcome::BirthSameDay;
    }
    let is_islamic = left.is_islamic || right.is_islamic;
    if gap <= slack && is_islamic {
        return Outcome::BirthNearDay;
    }
    if left.year == right.year && left.month == right.day && left.day == right.month {
        return Outcome::BirthSwapped;
    }
    if digits_apart(left, right) == 1 {
        return Outcome::BirthDigit;
    }
    if years_apart == 0 { Outcome::BirthOtherDay } else { by_distance(years_apart) }
}

fn by_distance(years: i32) -> Outcome {
    match years {
        0 | 1 => Outcome::BirthNear,
        y if y < FAR_YEARS => Outcome::BirthConflict,
        y if y < DECADE_YEARS => Outcome::BirthConflictFar,
        _ => Outcome::BirthConflictDecade,
    }
}

/// Digits that differ when both dates are written out; two neighbours swapped count as one.
fn digits_apart(left: &Birth, right: &Birth) -> usize {
    let digits = |b: &Birth| format!("{:04}{:02}{:02}", b.year, b.month, b.day).into_bytes();
    let (left, right) = (digits(left), digits(right));
    if left.len() != right.len() {
        return usize::MAX;
    }
    let differing: Vec<usize> = (0..left.len()).filter(|&i| left[i] != right[i]).collect();
    match differing[..] {
        [i, j] if j == i + 1 && left[i] == right[j] && left[j] == right[i] => 1,
        _ => differing.len(),
    }
}

#[cfg(test)]
mod tests;
