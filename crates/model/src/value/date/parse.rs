//! From tokens to dates: which numbers are one date, which of them is the year, what joins two dates.

use super::calendar::{GREGORIAN_YEARS, Reading, read_parts};
use super::shape::{Shape, shape_at, split_glued};
use super::tokens::{Kind, Token, tokenize};
use super::words::Word;
use super::{Calendar, DateOrder, DateValue, Precision};

/// Days by which two calendars' dates of one day may differ, when a text gives both: the Hijri day
/// begins at sunset and sighting differs by country by up to two days.
const SAME_DAYS_MAX: u32 = 3;

/// Reads a date. Where the text holds several, the first is the reading and the others are its
/// alternatives. `None` where there is no year; a day without a year is no date.
///
/// ```
/// use model::value::{Calendar, DateOrder, Precision, parse_date};
/// let date = parse_date("٨/٦/١٩٩٧", DateOrder::DayFirst).unwrap();
/// assert_eq!(date.to_ftm(), "1997-06-08");
/// assert_eq!(date.alternatives.len(), 1); // 6 August
///
/// let date = parse_date("10 محرم 1435 هـ", DateOrder::DayFirst).unwrap();
/// assert_eq!((date.calendar, date.to_ftm().as_str()), (Calendar::Islamic, "2013-11-13"));
///
/// let date = parse_date("circa 1979 to 1982", DateOrder::DayFirst).unwrap();
/// assert_eq!((date.precision, date.circa, date.years()), (Precision::Range, true, (1979, 1982)));
///
/// let date = parse_date("31/02/1980", DateOrder::DayFirst).unwrap();
/// assert_eq!((date.to_ftm().as_str(), date.flawed), ("1980", true));
/// assert_eq!(parse_date("unknown", DateOrder::DayFirst), None);
/// ```
pub fn parse_date(text: &str, order: DateOrder) -> Option<DateValue> {
    let mut dates = parse_dates(text, order).into_iter();
    let mut first = dates.next()?;
    for other in dates {
        text.trim().clone_into(&mut first.raw);
        for reading in other.readings() {
            if reading != (first.from, first.to) && !first.alternatives.contains(&reading) {
                first.alternatives.push(reading);
            }
        }
    }
    Some(first)
}

/// Reads all dates of a text, in its order.
///
/// ```
/// use model::value::{DateOrder, parse_dates};
/// let ftm: Vec<String> = parse_dates("a) 1967 b) 12 May 1968", DateOrder::DayFirst)
///     .iter().map(|date| date.to_ftm()).collect();
/// assert_eq!(ftm, ["1967", "1968-05-12"]);
/// ```
pub fn parse_dates(text: &str, order: DateOrder) -> Vec<DateValue> {
    let tokens = split_glued(&tokenize(text));
    let solar_digits = text.chars().any(|c| ('\u{6f0}'..='\u{6f9}').contains(&c));
    let mut reader = Reader { found: Vec::new(), link: Link::default() };
    let mut at = 0;
    while at < tokens.len() {
        let shape = shape_at(&tokens, at, order);
        let found = shape.and_then(|shape| Found::new(&shape, &tokens[at..], solar_digits));
        if let Some((found, used)) = found {
            reader.push(found);
            at += used;
        } else {
            reader.link.see(&tokens[at]);
            at += 1;
        }
    }
    if reader.link.has(Word::Circa)
        && let Some(last) = reader.found.last_mut()
    {
        last.date.circa = true;
    }
    let single = reader.found.len() == 1;
    let raw = |found: &Found| match text.get(found.start..found.end) {
        Some(piece) if !single => piece.to_owned(),
        _ => text.trim().to_owned(),
    };
    let mut found = reader.found;
    for found in &mut found {
        found.date.raw = raw(found);
    }
    found.into_iter().map(|found| found.date).collect()
}

/// A date and the bytes it stands in.
struct Found {
    date: DateValue,
    start: usize,
    end: usize,
}

impl Found {
    /// Reads a shape at the beginning of some tokens; also the tokens used.
    fn new(shape: &Shape, tokens: &[Token], solar_digits: bool) -> Option<(Found, usize)> {
        let (mark, used) = match mark_after(&tokens[shape.used..]) {
            Some((mark, more)) => (Some(mark), shape.used + more),
            None => (None, shape.used),
        };
        let mut readings: Vec<Reading> = Vec::new();
        // Nobody writes the month first in these calendars.
        let day_first = matches!(mark, Some(Calendar::Islamic | Calendar::Persian));
        let guesses_max = if day_first { 1 } else { shape.guesses.len() };
        for guess in shape.guesses.iter().take(guesses_max) {
            for reading in guess.readings(mark, solar_digits) {
                if !readings.contains(&reading) {
                    readings.push(reading);
                }
            }
        }
        let sound = readings.iter().any(|reading| !reading.flawed);
        readings.retain(|reading| !(sound && reading.flawed));
        let (first, others) = readings.split_first()?;
        let mut date = DateValue {
            raw: String::new(),
            from: first.from,
            to: first.to,
            day: first.day,
            alternatives: others.iter().map(|reading| (reading.from, reading.to)).collect(),
            precision: first.precision,
            calendar: first.calendar,
            circa: shape.doubt,
            flawed: first.flawed,
        };
        if let Some(years) = shape.years_more {
            widen(&mut date, years, shape.decade)?;
        }
        Some((Found { date, start: tokens[0].start, end: tokens[used - 1].end }, used))
    }
}

/// Makes a span of a year: a decade, or `1979-82`.
fn widen(date: &mut DateValue, years_more: i16, decade: bool) -> Option<()> {
    let last = jiff::civil::Date::new(date.from.year().checked_add(years_more)?, 12, 31).ok()?;
    date.to = last;
    date.precision = if decade { Precision::Decade } else { Precision::Range };
    Some(())
}

/// A calendar named after a date, `1435 هـ` or `1435 (Hijri)`: the calendar, and the tokens used.
fn mark_after(tokens: &[Token]) -> Option<(Calendar, usize)> {
    let at = tokens.iter().take(4).position(|token| {
        !matches!(token.kind, Kind::Join(' ' | '.') | Kind::Break | Kind::Word(Word::Filler))
    })?;
    match tokens[at].kind {
        Kind::Word(Word::Mark(calendar)) => Some((calendar, at + 1)),
        _ => None,
    }
}

/// What stood between the last date and the next.
#[derive(Default)]
struct Link {
    words: Vec<Word>,
    sign: Option<char>,
    other: bool,
    month: Option<(Calendar, u32, usize)>,
}

impl Link {
    fn see(&mut self, token: &Token) {
        match token.kind {
            Kind::Tilde | Kind::Doubt => self.words.push(Word::Circa),
            Kind::Word(Word::Month(calendar, month)) => {
                self.month = Some((calendar, month, token.start));
            }
            Kind::Word(word) => self.words.push(word),
            Kind::Join(sign @ ('-' | '/')) => self.sign = Some(sign),
            Kind::Join(_) => {}
            Kind::Number(..) | Kind::Other | Kind::Break | Kind::Colon => self.other = true,
        }
    }

    fn has(&self, word: Word) -> bool {
        self.words.contains(&word)
    }

    /// True if the two dates beside it are the ends of a span.
    fn is_range(&self) -> bool {
        self.has(Word::To)
            || (self.has(Word::And) && self.has(Word::Between))
            || (self.sign.is_some() && !self.other && !self.has(Word::And))
    }
}

struct Reader {
    found: Vec<Found>,
    link: Link,
}

impl Reader {
    fn push(&mut self, mut found: Found) {
        let link = std::mem::take(&mut self.link);
        let range = link.is_range();
        if let Some((calendar, month, start)) = link.month.filter(|_| range)
            && let Some(first) = month_before(&found.date, calendar, month)
        {
            // `between Nov. and Dec. 1971`: the first month has no year of its own.
            span(&mut found.date, first);
            found.start = start;
        } else if let Some(last) = self.found.last_mut() {
            if link.has(Word::Same) || is_same_day(&last.date, &found.date) {
                join_same(&mut last.date, found.date);
                last.end = found.end;
                return;
            }
            if range && last.date.precision < Precision::Range {
                let alternatives: Vec<_> = (last.date.alternatives.iter())
                    .zip(&found.date.alternatives)
                    .map(|(left, right)| (left.0.min(right.0), left.1.max(right.1)))
                    .collect();
                let circa = last.date.circa;
                let first = std::mem::replace(&mut last.date, found.date);
                span(&mut last.date, (first.from, first.to));
                last.date.alternatives = alternatives;
                last.date.circa |= circa;
                last.date.flawed |= first.flawed;
                last.end = found.end;
                return;
            }
        }
        // `until 1980` with nothing before it is a bound like `before 1980`.
        let bound = link.has(Word::To) && self.found.is_empty();
        found.date.circa |= link.has(Word::Circa) || bound;
        if link.has(Word::Between) {
            self.link.words.push(Word::Between);
        }
        self.found.push(found);
    }
}

/// Makes a date the span that holds an earlier (or later) one as well.
fn span(date: &mut DateValue, other: (jiff::civil::Date, jiff::civil::Date)) {
    date.from = date.from.min(other.0);
    date.to = date.to.max(other.1);
    date.day = None;
    date.alternatives.clear();
    date.precision = Precision::Range;
}

/// The days of a month in the year of a later date.
fn month_before(
    date: &DateValue,
    calendar: Calendar,
    month: u32,
) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    if calendar != Calendar::Gregorian || date.calendar != Calendar::Gregorian {
        return None;
    }
    let year =
        u32::try_from(date.from.year()).ok().filter(|year| GREGORIAN_YEARS.contains(year))?;
    read_parts(calendar, year, Some(month), None).map(|reading| (reading.from, reading.to))
}

/// True if the one is the other in another calendar.
fn is_same_day(left: &DateValue, right: &DateValue) -> bool {
    left.calendar != right.calendar
        && left.precision == right.precision
        && left.days_apart_min(right) <= SAME_DAYS_MAX
}

/// Keeps the Gregorian of two dates that a text says are the same; the other stays an alternative
/// if it is elsewhere.
fn join_same(last: &mut DateValue, next: DateValue) {
    let close = last.days_apart_min(&next) <= SAME_DAYS_MAX;
    let other =
        if last.calendar == Calendar::Gregorian { next } else { std::mem::replace(last, next) };
    if !close {
        last.alternatives.extend(other.readings());
        last.flawed = true;
    }
}
