//! Owns dates as they stand in tables: parsing, and how two of them differ.
//!
//! It does not judge a date: a month of 21 is kept, for day and month may be swapped. Invariant: a
//! packed date is `year * 10_000 + month * 100 + day`, unknown parts 0.

/// A date, `yyyymmdd`; month and day may be 0.
pub(crate) fn parse(text: &str) -> Option<u32> {
    let groups: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let number = |g: &str| g.parse::<u32>().ok();
    match groups.as_slice() {
        [all] if all.len() == 8 => {
            let n = number(all)?;
            // `yyyymmdd`, else `ddmmyyyy`.
            if is_year(n / 10_000) {
                Some(n)
            } else {
                pack(n % 10_000, n / 10_000 % 100, n / 1_000_000)
            }
        }
        [year] if year.len() == 4 => pack(number(year)?, 0, 0),
        [year, month] if year.len() == 4 => pack(number(year)?, number(month)?, 0),
        [month, year] if year.len() == 4 => pack(number(year)?, number(month)?, 0),
        [year, month, day, ..] if year.len() == 4 => {
            pack(number(year)?, number(month)?, number(day)?)
        }
        [day, month, year, ..] if year.len() == 4 => {
            pack(number(year)?, number(month)?, number(day)?)
        }
        _ => None,
    }
}

fn is_year(year: u32) -> bool {
    (1000..=2200).contains(&year)
}

fn pack(year: u32, month: u32, day: u32) -> Option<u32> {
    (is_year(year) && month < 100 && day < 100).then_some(year * 10_000 + month * 100 + day)
}

/// How two dates differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Day and month are exchanged.
    Swapped,
    /// One digit differs, or two neighbours are exchanged.
    Digit,
    /// The year agrees, and one of the dates says no more or 1 January.
    YearOnly,
    /// The year agrees, the rest does not.
    SameYear,
    /// Day and month agree, the years are up to ten apart.
    SameDay,
    /// The years are one apart.
    NextYear,
    /// The years are up to ten apart.
    Decade,
    /// More.
    Far,
}

/// How two different dates differ.
pub(crate) fn gap(left: u32, right: u32) -> Gap {
    let (ly, lm, ld) = (left / 10_000, left / 100 % 100, left % 100);
    let (ry, rm, rd) = (right / 10_000, right / 100 % 100, right % 100);
    let years = ly.abs_diff(ry);
    if years == 0 {
        let vague = |m: u32, d: u32| m == 0 || (m == 1 && d == 1);
        return if lm == rd && ld == rm {
            Gap::Swapped
        } else if vague(lm, ld) || vague(rm, rd) {
            Gap::YearOnly
        } else if is_one_digit(left, right) {
            Gap::Digit
        } else {
            Gap::SameYear
        };
    }
    let same_day = lm == rm && ld == rd && lm != 0;
    if same_day && (is_one_digit(left, right) || years == 1) && !(lm == 1 && ld == 1) {
        Gap::Digit
    } else if same_day && years <= 10 && !(lm == 1 && ld == 1) {
        Gap::SameDay
    } else if years == 1 {
        Gap::NextYear
    } else if years <= 10 {
        Gap::Decade
    } else {
        Gap::Far
    }
}

fn is_one_digit(mut left: u32, mut right: u32) -> bool {
    let mut differing = 0;
    let mut pairs = [(0, 0); 8];
    for slot in &mut pairs {
        *slot = (left % 10, right % 10);
        differing += usize::from(slot.0 != slot.1);
        left /= 10;
        right /= 10;
    }
    differing == 1
        || differing == 2
            && pairs.windows(2).any(|w| w[0].0 != w[0].1 && w[0].0 == w[1].1 && w[0].1 == w[1].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_shapes_are_read() {
        for text in [
            "1984-03-09",
            "19840309",
            "09/03/1984",
            "09.03.1984",
            "09031984",
            "1984-03-09T00:00:00",
        ] {
            assert_eq!(parse(text), Some(19_840_309), "{text}");
        }
        assert_eq!(parse("1984"), Some(19_840_000));
        assert_eq!(parse("1845-21-01"), Some(18_452_101));
        assert_eq!(parse("unknown"), None);
        assert_eq!(parse("12"), None);
    }

    #[test]
    fn gaps_are_told_apart_and_symmetric() {
        for (left, right, expected) in [
            (19_840_309, 19_840_903, Gap::Swapped),
            (19_840_309, 19_840_308, Gap::Digit),
            (19_840_309, 19_480_309, Gap::Digit),
            (19_840_309, 19_840_101, Gap::YearOnly),
            (19_840_309, 19_841_120, Gap::SameYear),
            (19_840_309, 19_851_120, Gap::NextYear),
            (19_840_309, 19_891_120, Gap::Decade),
            (19_840_309, 19_501_120, Gap::Far),
        ] {
            assert_eq!(gap(left, right), expected);
            assert_eq!(gap(right, left), expected);
        }
    }
}
