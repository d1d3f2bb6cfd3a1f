use super::*;

fn birth(year: i16, month: i8, day: i8) -> Birth {
    let at = day_number(year, month, day);
    Birth {
        raw: format!("{year:04}-{month:02}-{day:02}"),
        year,
        month,
        day,
        from: at,
        to: at,
        year_to: year,
        precision: Precision::Day,
        is_islamic: false,
        is_circa: false,
    }
}

fn year(year: i16) -> Birth {
    Birth { precision: Precision::Year, to: day_number(year, 12, 31), ..birth(year, 1, 1) }
}

fn islamic(mut birth: Birth) -> Birth {
    birth.is_islamic = true;
    birth
}

fn circa(mut birth: Birth) -> Birth {
    birth.is_circa = true;
    birth
}

fn check(left: &Birth, right: &Birth, expected: Outcome) {
    assert_eq!(compare_births(left, right), expected);
    assert_eq!(compare_births(right, left), expected);
}

#[test]
fn day_numbers_count_from_1970() {
    assert_eq!(day_number(1970, 1, 1), 0);
    assert_eq!(day_number(2000, 3, 1), 11_017);
    assert_eq!(day_number(1969, 12, 31), -1);
}

#[test]
fn full_dates() {
    check(&birth(1986, 11, 19), &birth(1986, 11, 19), Outcome::BirthSameDay);
    check(&birth(1986, 11, 8), &birth(1986, 8, 11), Outcome::BirthSwapped);
    check(&birth(1986, 11, 19), &birth(1986, 11, 18), Outcome::BirthDigit);
    check(&birth(1986, 11, 19), &birth(1966, 11, 19), Outcome::BirthDigit);
    check(&birth(1986, 11, 19), &birth(1968, 11, 19), Outcome::BirthDigit);
    check(&birth(1986, 11, 19), &birth(1986, 2, 3), Outcome::BirthOtherDay);
    check(&birth(1986, 11, 19), &birth(1987, 2, 3), Outcome::BirthNear);
    check(&birth(1986, 11, 19), &birth(1983, 2, 3), Outcome::BirthConflict);
    check(&birth(1986, 11, 19), &birth(1979, 2, 3), Outcome::BirthConflictFar);
    check(&birth(1986, 11, 19), &birth(1971, 2, 3), Outcome::BirthConflictDecade);
}

#[test]
fn the_moon_may_be_seen_a_day_later() {
    check(&islamic(birth(1990, 9, 2)), &birth(1990, 9, 1), Outcome::BirthNearDay);
    check(&islamic(birth(1990, 9, 30)), &birth(1990, 10, 2), Outcome::BirthNearDay);
}

#[test]
fn a_year_meets_a_day() {
    check(&year(1990), &birth(1990, 6, 28), Outcome::BirthSameYear);
    check(&year(1990), &year(1990), Outcome::BirthSameYear);
    check(&year(1990), &birth(1991, 6, 28), Outcome::BirthNear);
    check(&circa(year(1990)), &birth(1991, 6, 28), Outcome::BirthOverlap);
    check(&circa(year(1990)), &birth(1996, 6, 28), Outcome::BirthConflict);
}

#[test]
fn the_first_of_january_says_no_more_than_a_year() {
    check(&birth(1990, 1, 1), &birth(1990, 1, 1), Outcome::BirthSameYear);
    check(&birth(1990, 1, 1), &birth(1990, 6, 28), Outcome::BirthSameYear);
}
