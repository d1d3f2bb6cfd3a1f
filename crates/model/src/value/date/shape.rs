//! The shapes of one date: which of up to three neighboring numbers and month names is the year, the
//! month, the day. Several guesses where the shape allows several.

use super::calendar::{GREGORIAN_YEARS, HIJRI_YEARS, Reading, read_parts};
use super::tokens::{Kind, Token};
use super::words::Word;
use super::{Calendar, DateOrder};

/// A date found at some token.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it may be, the likeliest first.
    pub(super) guesses: Vec<Guess>,
    /// Tokens used.
    pub(super) used: usize,
    /// Years that follow the year, in a decade or `1979-82`.
    pub(super) years_more: Option<i16>,
    /// It is a decade.
    pub(super) decade: bool,
    /// A question mark follows.
    pub(super) doubt: bool,
}

/// Year, month and day as numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess {
    year: u32,
    year_digits: usize,
    /// 0 where left open.
    month: u32,
    /// 0 where left open.
    day: u32,
    /// The calendar of the month's name.
    named: Option<Calendar>,
}

/// Two-digit years up to this one may be of this century or the last, the others are of the last:
/// the forms are of 2013 and after, the lists of today. Chosen by hand.
const CENTURY_PIVOT: u32 = 30;
/// Two-digit Hijri years up to this one are 14xx. Chosen by hand.
const HIJRI_PIVOT: u32 = 50;
/// Solar years of people alive; a number above is Hijri even in Persian digits.
const SOLAR_YEAR_MAX: u32 = 1420;
/// Gregorian years that a glued number is split at.
const GLUED_YEARS: std::ops::RangeInclusive<u32> = 1850..=2099;

impl Guess {
    /// The readings of the guess; `mark` is the calendar named after the date.
    pub(super) fn readings(&self, mark: Option<Calendar>, solar_digits: bool) -> Vec<Reading> {
        let mut readings = Vec::new();
        for calendar in self.calendars(mark, solar_digits) {
            let fits = self.named.is_none_or(|named| named == calendar);
            let part = |n: u32| Some(n).filter(|n| fits && *n != 0);
            let (month, day) = (part(self.month), part(self.day));
            for year in self.years(calendar) {
                if let Some(mut reading) = read_parts(calendar, year, month, day) {
                    reading.flawed |= !fits;
                    readings.push(reading);
                }
            }
        }
        readings
    }

    fn calendars(&self, mark: Option<Calendar>, solar_digits: bool) -> Vec<Calendar> {
        let hijri = HIJRI_YEARS.contains(&self.year);
        match (mark.or(self.named), hijri) {
            // A month of one calendar with a year of another: the year decides.
            (Some(Calendar::Islamic | Calendar::Persian), false) if self.year_digits == 4 => {
                vec![Calendar::Gregorian]
            }
            (Some(calendar), _) => vec![calendar],
            (None, true) if solar_digits && self.year <= SOLAR_YEAR_MAX => {
                vec![Calendar::Persian, Calendar::Islamic]
            }
            (None, true) => vec![Calendar::Islamic],
            (None, false) => vec![Calendar::Gregorian],
        }
    }

    /// The years that the digits may mean.
    fn years(&self, calendar: Calendar) -> Vec<u32> {
        let short = self.year;
        match (self.year_digits, calendar) {
            (2, Calendar::Gregorian) if short > CENTURY_PIVOT => vec![1900 + short],
            (2, Calendar::Gregorian) => vec![2000 + short, 1900 + short],
            (2, Calendar::Islamic) if short <= HIJRI_PIVOT => vec![1400 + short],
            (2, Calendar::Islamic | Calendar::Persian) => vec![1300 + short],
            _ => vec![self.year],
        }
    }
}

/// A part of a date.
#[derive(Clone, Copy, Debug)]
enum Field {
    Number(u32, usize),
    Unknown,
    Month(Calendar, u32),
}

impl Field {
    fn of(kind: Kind) -> Option<Field> {
        match kind {
            Kind::Number(value, digits) => Some(Field::Number(value, digits)),
            Kind::Word(Word::Unknown) => Some(Field::Unknown),
            Kind::Word(Word::Month(calendar, month)) => Some(Field::Month(calendar, month)),
            _ => None,
        }
    }

    fn is_year(self) -> bool {
        matches!(self, Field::Number(_, 4))
    }

    /// A day or month number, 0 for one left open (`00`, `xx`).
    fn small(self) -> Option<u32> {
        match self {
            Field::Unknown => Some(0),
            Field::Number(value, 1 | 2) => Some(value),
            _ => None,
        }
    }
}

/// A field, the sign before it, and the token after it.
struct Place {
    field: Field,
    sign: char,
    end: usize,
}

/// The date that begins at a token, if one does.
pub(super) fn shape_at(tokens: &[Token], at: usize, order: DateOrder) -> Option<Shape> {
    let places = fields_at(tokens, at);
    let shape = |guesses: Vec<Guess>, used: usize| {
        let doubt = tokens.get(at + used).is_some_and(|token| token.kind == Kind::Doubt);
        Shape { guesses, used, years_more: None, decade: false, doubt }
    };
    if let [first, second, third, ..] = places.as_slice() {
        let fields = [first.field, second.field, third.field];
        let guesses = three(fields, [second.sign, third.sign], order);
        if !guesses.is_empty() {
            return Some(shape(guesses, third.end - at));
        }
    }
    if let [first, second, ..] = places.as_slice() {
        if let Some(more) = short_range(first.field, second) {
            let mut shape = shape(vec![year_only(first.field)?], second.end - at);
            shape.years_more = Some(more);
            return Some(shape);
        }
        if let Some(guess) = two(first.field, second.field, second.sign) {
            return Some(shape(vec![guess], second.end - at));
        }
    }
    let first = places.first()?;
    if let Some((guess, used)) = decade(tokens, at) {
        let mut shape = shape(vec![guess], used);
        shape.years_more = Some(9);
        shape.decade = true;
        return Some(shape);
    }
    if let Field::Number(value, 8) = first.field {
        let guesses = compact(value, order);
        return (!guesses.is_empty()).then(|| shape(guesses, 1));
    }
    Some(shape(vec![year_only(first.field)?], 1))
}

/// Up to three fields in a row, with the signs between them.
fn fields_at(tokens: &[Token], at: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(3);
    let mut sign = ' ';
    for (index, token) in tokens.iter().enumerate().skip(at) {
        if let Some(field) = Field::of(token.kind) {
            places.push(Place { field, sign, end: index + 1 });
            sign = ' ';
            if places.len() == 3 {
                break;
            }
        } else {
            match token.kind {
                _ if places.is_empty() => break,
                Kind::Join(join) if sign == ' ' => sign = join,
                Kind::Join(_) | Kind::Word(Word::Filler | Word::Decade) => {}
                _ => break,
            }
        }
    }
    places
}

fn three(fields: [Field; 3], signs: [char; 2], order: DateOrder) -> Vec<Guess> {
    let guess = |year, month, day, named| match year {
        Field::Number(year, year_digits @ (2 | 4)) => {
            vec![Guess { year, year_digits, month, day, named }]
        }
        _ => Vec::new(),
    };
    match fields {
        [first, Field::Month(calendar, month), third] => match (first.small(), third.small()) {
            (Some(day), _) if !matches!(third, Field::Month(..)) => {
                guess(third, month, day, Some(calendar))
            }
            (None, Some(day)) if first.is_year() => guess(first, month, day, Some(calendar)),
            _ => Vec::new(),
        },
        [Field::Month(calendar, month), second, third] if third.is_year() => match second.small() {
            Some(day) => guess(third, month, day, Some(calendar)),
            None => Vec::new(),
        },
        [first, second, third] => numeric(first, second, third, signs, order),
    }
}

/// Three numbers. Blanks between them will do only where a four-digit year stands at an end.
fn numeric(
    first: Field,
    second: Field,
    third: Field,
    signs: [char; 2],
    order: DateOrder,
) -> Vec<Guess> {
    let signed = signs.iter().all(|sign| *sign != ' ');
    let blank = signs == [' ', ' '] || (signs[0] != ' ' && signs[1] == ' ' && third.is_year());
    if !signed && !blank {
        return Vec::new();
    }
    let make = |year: Field, month, day| match year {
        Field::Number(year, year_digits) => {
            Some(Guess { year, year_digits, month, day, named: None })
        }
        _ => None,
    };
    let year_first =
        first.is_year() || (signed && matches!(first, Field::Number(32.., 2)) && !third.is_year());
    if year_first {
        let (Some(month), Some(day)) = (second.small(), third.small()) else { return Vec::new() };
        // Year, day, month is written by nobody on purpose, but 1997/25/6 can be nothing else.
        let swap = month > 12 && day <= 12;
        let (month, day) = if swap { (day, month) } else { (month, day) };
        return make(first, month, day).into_iter().collect();
    }
    let year_last = third.is_year() || (signed && matches!(third, Field::Number(_, 2)));
    let (true, Some(left), Some(right)) = (year_last, first.small(), second.small()) else {
        return Vec::new();
    };
    let day_first = match (left, right) {
        (13.., _) => true,
        (_, 13..) => false,
        // Full stops are a habit of countries that write the day first.
        _ => order == DateOrder::DayFirst || signs[0] == '.',
    };
    let (day, month) = if day_first { (left, right) } else { (right, left) };
    let hijri = matches!(third, Field::Number(year, 4) if HIJRI_YEARS.contains(&year));
    let ambiguous = matches!((day, month), (1..=12, 1..=12)) && day != month;
    let mut guesses: Vec<Guess> = make(third, month, day).into_iter().collect();
    if ambiguous && signs[0] != '.' && !hijri {
        guesses.extend(make(third, day, month));
    }
    guesses
}

fn two(first: Field, second: Field, sign: char) -> Option<Guess> {
    let guess = |year, month, named| match year {
        Field::Number(year, year_digits) => Some(Guess { year, year_digits, month, day: 0, named }),
        _ => None,
    };
    match (first, second) {
        (Field::Month(calendar, month), year) if year.is_year() => {
            guess(year, month, Some(calendar))
        }
        // `Apr 93`; up to 31 the number may be a day.
        (Field::Month(calendar, month), year @ Field::Number(32.., 2)) => {
            guess(year, month, Some(calendar))
        }
        (year, Field::Month(calendar, month)) if year.is_year() => {
            guess(year, month, Some(calendar))
        }
        (month, year) if year.is_year() && sign != ' ' => guess(year, month.small()?, None),
        (year, month) if year.is_year() && sign != ' ' => guess(year, month.small()?, None),
        _ => None,
    }
}

fn year_only(field: Field) -> Option<Guess> {
    match field {
        Field::Number(year, 4)
            if HIJRI_YEARS.contains(&year) || GREGORIAN_YEARS.contains(&year) =>
        {
            Some(Guess { year, year_digits: 4, month: 0, day: 0, named: None })
        }
        _ => None,
    }
}

/// The years after the first of `1979-82`, `1979/82`.
fn short_range(first: Field, second: &Place) -> Option<i16> {
    let (Field::Number(year, 4), Field::Number(last, 2)) = (first, second.field) else {
        return None;
    };
    let years = last.checked_sub(year % 100)?;
    let range = last > 12 && years > 0 && matches!(second.sign, '-' | '/');
    if range { i16::try_from(years).ok() } else { None }
}

/// `1960s`, `196x`, `196?`: the first year of the decade, and the tokens used.
fn decade(tokens: &[Token], at: usize) -> Option<(Guess, usize)> {
    let next = tokens.get(at + 1).filter(|next| next.start == tokens[at].end)?;
    let open = matches!(next.kind, Kind::Word(Word::Unknown) | Kind::Doubt);
    let suffix = next.kind == Kind::Word(Word::Decade);
    let year = match tokens[at].kind {
        Kind::Number(value, 4) if suffix && value % 10 == 0 => value,
        Kind::Number(value, 3) if open => value * 10,
        _ => return None,
    };
    let guess = Guess { year, year_digits: 4, month: 0, day: 0, named: None };
    GREGORIAN_YEARS.contains(&year).then_some((guess, 2))
}

/// Eight digits in a row: `19930417`, else `17041993`.
fn compact(value: u32, order: DateOrder) -> Vec<Guess> {
    let parts = |year, month, day| Guess { year, year_digits: 4, month, day, named: None };
    let valid = |guess: &Guess| {
        guess.readings(None, false).iter().any(|reading| !reading.flawed && reading.day.is_some())
    };
    let iso = parts(value / 10_000, value / 100 % 100, value % 100);
    let (left, right, year) = (value / 1_000_000, value / 10_000 % 100, value % 10_000);
    let (day_first, month_first) = (parts(year, right, left), parts(year, left, right));
    let rest = match order {
        DateOrder::DayFirst => [day_first, month_first],
        DateOrder::MonthFirst => [month_first, day_first],
    };
    if valid(&iso) { vec![iso] } else { rest.into_iter().filter(valid).collect() }
}

/// Splits numbers in which the year of one date is glued to the day of the next (`1 Jan 19702 Feb
/// 1971`), or month and year to one another (`01/121970`).
pub(super) fn split_glued(tokens: &[Token]) -> Vec<Token> {
    let mut split: Vec<Token> = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let after = tokens[index + 1..].iter().find(|next| next.kind != Kind::Join(' '));
        let signed = |token: Option<&Token>| {
            token.is_some_and(|token| {
                matches!(token.kind, Kind::Join('/' | '-' | '.') | Kind::Word(Word::Month(..)))
            })
        };
        let with = |kind| Token { kind, ..*token };
        match token.kind {
            Kind::Number(value, digits @ (5 | 6)) if signed(after) => {
                let tail = digits - 4;
                let scale = if tail == 1 { 10 } else { 100 };
                if GLUED_YEARS.contains(&(value / scale)) {
                    split.push(with(Kind::Number(value / scale, 4)));
                    split.push(with(Kind::Join(' ')));
                    split.push(with(Kind::Number(value % scale, tail)));
                    continue;
                }
            }
            Kind::Number(value, 6) if signed(before) && GLUED_YEARS.contains(&(value % 10_000)) => {
                split.push(with(Kind::Number(value / 10_000, 2)));
                split.push(with(Kind::Join('/')));
                split.push(with(Kind::Number(value % 10_000, 4)));
                continue;
            }
            Kind::Number(value, 8)
                if GLUED_YEARS.contains(&(value / 10_000))
                    && GLUED_YEARS.contains(&(value % 10_000))
                    && (signed(before) || value / 100 % 100 > 12) =>
            {
                split.push(with(Kind::Number(value / 10_000, 4)));
                split.push(with(Kind::Break));
                split.push(with(Kind::Number(value % 10_000, 4)));
                continue;
            }
            _ => {}
        }
        split.push(*token);
    }
    split
}
