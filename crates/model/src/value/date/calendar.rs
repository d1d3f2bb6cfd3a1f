//! Year, month and day of a calendar to the days they may mean.

use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::{TabularAlgorithmEpoch, TabularAlgorithmLeapYears};
use icu_calendar::types::Month;
use icu_calendar::{Calendar as IcuCalendar, Date as IcuDate, Gregorian, cal::Persian};
use jiff::civil::Date;

use super::{Calendar, Precision};

/// Hijri and solar Hijri years that occur in forms and lists: people born after 1882.
pub(super) const HIJRI_YEARS: std::ops::RangeInclusive<u32> = 1300..=1500;
/// Gregorian years read from free text; years before 1501 read as Hijri or not at all.
pub(super) const GREGORIAN_YEARS: std::ops::RangeInclusive<u32> = 1600..=2199;

/// One reading of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) day: Option<Date>,
    pub(super) precision: Precision,
    pub(super) calendar: Calendar,
    pub(super) flawed: bool,
}

/// The days that the parts may mean. A month without number, or a part that cannot be, leaves the
/// year; `None` if the year is none of the calendar.
pub(super) fn read_parts(
    calendar: Calendar,
    year: u32,
    month: Option<u32>,
    day: Option<u32>,
) -> Option<Reading> {
    let known = match calendar {
        Calendar::Gregorian => GREGORIAN_YEARS,
        Calendar::Islamic | Calendar::Persian => HIJRI_YEARS,
    };
    if !known.contains(&year) {
        return None;
    }
    let year = i16::try_from(year).ok()?;
    let small = |part: Option<u32>| part.and_then(|n| u8::try_from(n).ok());
    let day = day.filter(|_| month.is_some());
    let (month, day, mut flawed) =
        (small(month), small(day), month.is_some_and(|m| m > 12) || day.is_some_and(|d| d > 31));
    if let (Some(month), Some(day)) = (month, day) {
        if let Some(reading) = read_day(calendar, year, month, day) {
            return Some(reading);
        }
        flawed = true;
    } else if let Some(month) = month
        && !flawed
    {
        return read_month(calendar, year, month);
    }
    let (from, _) = spans(calendar, year, 1)?;
    let (_, to) = spans(calendar, year, 12)?;
    Some(Reading { from, to, day: None, precision: Precision::Year, calendar, flawed })
}

/// A day; of a Hijri day the hull of both calendars.
fn read_day(calendar: Calendar, year: i16, month: u8, day: u8) -> Option<Reading> {
    let days: Vec<Date> = match calendar {
        Calendar::Gregorian => {
            let month = i8::try_from(month).ok()?;
            vec![Date::new(year, month, i8::try_from(day).ok()?).ok()?]
        }
        Calendar::Islamic => [
            to_gregorian(year, month, day, Hijri::new_umm_al_qura()),
            to_gregorian(year, month, day, tabular()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Calendar::Persian => vec![to_gregorian(year, month, day, Persian)?],
    };
    Some(Reading {
        from: *days.iter().min()?,
        to: *days.iter().max()?,
        day: days.first().copied(),
        precision: Precision::Day,
        calendar,
        flawed: false,
    })
}

fn read_month(calendar: Calendar, year: i16, month: u8) -> Option<Reading> {
    let (from, to) = spans(calendar, year, month)?;
    Some(Reading { from, to, day: None, precision: Precision::Month, calendar, flawed: false })
}

/// First and last day of a month.
fn spans(calendar: Calendar, year: i16, month: u8) -> Option<(Date, Date)> {
    match calendar {
        Calendar::Gregorian => {
            let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        Calendar::Islamic => {
            let qura = month_of(year, month, Hijri::new_umm_al_qura())?;
            let tabular = month_of(year, month, tabular())?;
            Some((qura.0.min(tabular.0), qura.1.max(tabular.1)))
        }
        Calendar::Persian => month_of(year, month, Persian),
    }
}

/// The tabular calendar in its civil form: leap years of type II, epoch on the Friday.
fn tabular() -> Hijri<icu_calendar::cal::hijri::TabularAlgorithm> {
    Hijri::new_tabular(TabularAlgorithmLeapYears::TypeII, TabularAlgorithmEpoch::Friday)
}

fn month_of<C: IcuCalendar + Copy>(year: i16, month: u8, calendar: C) -> Option<(Date, Date)> {
    let first = to_gregorian(year, month, 1, calendar)?;
    let last = [31, 30, 29].into_iter().find_map(|day| to_gregorian(year, month, day, calendar))?;
    Some((first, last))
}

fn to_gregorian<C: IcuCalendar + Copy>(year: i16, month: u8, day: u8, calendar: C) -> Option<Date> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let date = IcuDate::try_new(i32::from(year).into(), Month::new(month), day, calendar).ok()?;
    let date = date.to_calendar(Gregorian);
    let year = i16::try_from(date.era_year().extended_year).ok()?;
    let month = i8::try_from(date.month().ordinal).ok()?;
    Date::new(year, month, i8::try_from(date.day_of_month().0).ok()?).ok()
}

/// Days from the earlier to the later date.
pub(super) fn days_between(earlier: Date, later: Date) -> u32 {
    (later - earlier).get_days().unsigned_abs()
}
