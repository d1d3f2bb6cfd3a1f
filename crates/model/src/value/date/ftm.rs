//! Dates to and from the form FtM has them in: ISO 8601, cut where the source says no more.

use jiff::civil::Date;

use super::{Calendar, DateValue, Precision};

/// Years of a range that are each written out; a longer one is given by its ends. Five covers all
/// ranges of birth years that a list means as "about then".
const YEARS_MAX: i16 = 5;

impl DateValue {
    /// The date as one ISO 8601 text: `1972-05-03`, `1972-05`, `1972`, and `1961/1963` where it spans
    /// years. Only the likeliest reading counts. A Hijri day is its Umm al-Qura day.
    ///
    /// An interval is not a date in FtM: for statements take [`DateValue::to_ftm_values`].
    ///
    /// ```
    /// use model::value::{DateOrder, parse_date};
    /// let ftm = |text| parse_date(text, DateOrder::DayFirst).map(|date| date.to_ftm());
    /// assert_eq!(ftm("17 Apr 1993").as_deref(), Some("1993-04-17"));
    /// assert_eq!(ftm("mai 1972").as_deref(), Some("1972-05"));
    /// assert_eq!(ftm("1961 to 1963").as_deref(), Some("1961/1963"));
    /// ```
    pub fn to_ftm(&self) -> String {
        let values = self.to_ftm_values();
        match (values.first(), values.last()) {
            (Some(first), Some(last)) if values.len() > 1 => format!("{first}/{last}"),
            (Some(first), _) => first.clone(),
            (None, _) => String::new(),
        }
    }

    /// The date as values of FtM's type `date`: one, or for a span each year of it up to five, or
    /// first and last year of a longer one.
    ///
    /// ```
    /// use model::value::{DateOrder, parse_date};
    /// let ftm = |text| parse_date(text, DateOrder::DayFirst).unwrap().to_ftm_values();
    /// assert_eq!(ftm("1961 to 1963"), ["1961", "1962", "1963"]);
    /// assert_eq!(ftm("1960s"), ["1960", "1969"]);
    /// ```
    pub fn to_ftm_values(&self) -> Vec<String> {
        if let (Precision::Day, Some(day)) = (self.precision, self.day) {
            return vec![format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())];
        }
        let (first, last) = self.years();
        if self.precision == Precision::Month && self.calendar == Calendar::Gregorian {
            return vec![format!("{first:04}-{:02}", self.from.month())];
        }
        let year = |year: i16| format!("{year:04}");
        match last - first {
            0 => vec![year(first)],
            years if years < YEARS_MAX => (first..=last).map(year).collect(),
            _ => vec![year(first), year(last)],
        }
    }

    /// Reads a date as FtM has it: `1972`, `1972-05`, `1972-05-03` (a time after it is ignored), and
    /// the interval `1961/1963` of [`DateValue::to_ftm`]. Always Gregorian.
    ///
    /// ```
    /// use model::value::{DateValue, Precision};
    /// let date = DateValue::from_ftm("1972-05").unwrap();
    /// assert_eq!(date.precision, Precision::Month);
    /// assert_eq!(DateValue::from_ftm("1972-13"), None);
    /// ```
    pub fn from_ftm(text: &str) -> Option<DateValue> {
        if let Some((first, last)) = text.split_once('/') {
            let (first, last) = (DateValue::from_ftm(first)?, DateValue::from_ftm(last)?);
            return (first.from <= last.to).then(|| DateValue {
                raw: text.to_owned(),
                day: None,
                to: last.to,
                precision: Precision::Range,
                ..first
            });
        }
        let date = text.split(['T', ' ']).next().unwrap_or(text);
        let mut parts = date.split('-');
        let year = number::<i16>(parts.next()?, 4)?;
        let month = parts.next().map(|part| number::<i8>(part, 2));
        let day = parts.next().map(|part| number::<i8>(part, 2));
        if parts.next().is_some() {
            return None;
        }
        let (from, to, precision) = match (month, day) {
            (None, _) => {
                (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?, Precision::Year)
            }
            (Some(month), None) => {
                let first = Date::new(year, month?, 1).ok()?;
                (first, first.last_of_month(), Precision::Month)
            }
            (Some(month), Some(day)) => {
                let date = Date::new(year, month?, day?).ok()?;
                (date, date, Precision::Day)
            }
        };
        Some(DateValue {
            raw: text.to_owned(),
            from,
            to,
            day: (precision == Precision::Day).then_some(from),
            alternatives: Vec::new(),
            precision,
            calendar: Calendar::Gregorian,
            circa: false,
            flawed: false,
        })
    }
}

fn number<T: std::str::FromStr>(text: &str, len: usize) -> Option<T> {
    let digits = text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}
