//! Dates: what the texts of lists and forms read as, and the laws that hold for any text.

use proptest::prelude::*;

use super::*;

/// `text => FtM form | first..last day | precision, calendar and flags | alternatives`.
fn check(text: &str, expected: &str) {
    let dates: Vec<String> = parse_dates(text, DateOrder::DayFirst).iter().map(show).collect();
    assert_eq!(dates.join("; "), expected, "for {text:?}");
}

fn show(date: &DateValue) -> String {
    let span = |from, to| if from == to { format!("{from}") } else { format!("{from}..{to}") };
    let mut shown = vec![match date.precision {
        Precision::Range => span(date.from, date.to),
        _ => date.to_ftm(),
    }];
    if date.precision == Precision::Day && date.from != date.to {
        shown.push(format!("in {}", span(date.from, date.to)));
    }
    let calendar = match date.calendar {
        Calendar::Gregorian => "",
        Calendar::Islamic => "islamic",
        Calendar::Persian => "persian",
    };
    for (holds, word) in [
        (date.precision == Precision::Decade, "decade"),
        (true, calendar),
        (date.circa, "circa"),
        (date.flawed, "flawed"),
    ] {
        if holds && !word.is_empty() {
            shown.push(word.to_owned());
        }
    }
    shown.extend(date.alternatives.iter().map(|(from, to)| format!("or {}", span(*from, *to))));
    shown.join(" ")
}

#[test]
fn forms_of_the_lists() {
    check("17 Apr 1993", "1993-04-17");
    check("17-Apr-1993", "1993-04-17");
    check("17Apr1993", "1993-04-17");
    check("Apr 1993", "1993-04");
    check("Nov. 1973", "1973-11");
    check("1993", "1993");
    check("circa 1970", "1970 circa");
    check("c. 1970", "1970 circa");
    check("Approximately 1970", "1970 circa");
    check("1961 to 1963", "1961-01-01..1963-12-31");
    check("circa 1979 to 1982", "1979-01-01..1982-12-31 circa");
    check("between 1956 and 1958", "1956-01-01..1958-12-31");
    check("Between Nov. and Dec. 1971", "1971-11-01..1971-12-31");
    check("12 Mar 1960 to 15 Mar 1961", "1960-03-12..1961-03-15");
    check("1956-1958", "1956-01-01..1958-12-31");
    check("1979-82", "1979-01-01..1982-12-31");
    check("1972-05", "1972-05");
    check("1972-05-03", "1972-05-03");
    check("1972-05-03T00:00:00", "1972-05-03");
    check("1972-05-03 00:00:00.000", "1972-05-03");
    check("00/00/1969", "1969");
    check("00/05/1969", "1969-05");
    check("dd/mm/1969", "1969");
    check("05/1969", "1969-05");
    check("a) 1967 b) 1968", "1967; 1968");
    check("a) 1967 b) 1968 c) 3 May 1969", "1967; 1968; 1969-05-03");
    check("(a) 17 Apr 1967, (b) 1968", "1967-04-17; 1968");
    check("25/01/1969\u{a0}", "1969-01-25");
    check("25\u{a0}Jan\u{a0}1969", "1969-01-25");
    check("25/01/1969 26/02/1970", "1969-01-25; 1970-02-26");
    check("25/01/196926/02/1970", "1969-01-25; 1970-02-26");
    check("25 Jan 196926 Feb 1970", "1969-01-25; 1970-02-26");
    check("19671968", "1967; 1968");
    check("1960s", "1960/1969 decade");
    check("1960's", "1960/1969 decade");
    check("196x", "1960/1969 decade");
    check("19930417", "1993-04-17");
    check("10/10/1434 (Hijri Calendar)", "2013-08-17 islamic");
}

#[test]
fn forms_of_the_forms() {
    check("1997/6/8", "1997-06-08");
    check("٢٥/٦/١٩٩٧", "1997-06-25");
    check("٠٩-١١-١٩٩٦", "1996-11-09 or 1996-09-11");
    check("25.6.1997", "1997-06-25");
    check("5.6.1997", "1997-06-05");
    check("25 6 1997", "1997-06-25");
    check("25 / 6 / 1997 م", "1997-06-25");
    check("1997/25/6", "1997-06-25");
    check("6/25/1997", "1997-06-25");
    check("25/6/97", "1997-06-25");
    check("25/6/12", "2012-06-25 or 1912-06-25");
    check("1990?", "1990 circa");
    check("1972 سوري", "1972");
    check("5/1990 - حلب", "1990-05");
}

#[test]
fn month_names() {
    check("5 يناير 1990", "1990-01-05");
    check("٥ جانفي ١٩٩٠", "1990-01-05");
    check("5 كانون الثاني 1990", "1990-01-05");
    check("5 كانون الأول 1990", "1990-12-05");
    check("١٢ آب ١٩٨٥", "1985-08-12");
    check("12 غشت 1985", "1985-08-12");
    check("تشرين الثاني 1985", "1985-11");
    check("1er février 1990", "1990-02-01");
    check("12 août 1985", "1985-08-12");
    check("12 августа 1985 г.", "1985-08-12");
    check("май 1985", "1985-05");
    check("12 Ağustos 1985", "1985-08-12");
    check("3. März 1980", "1980-03-03");
    check("April 17, 1993", "1993-04-17");
    check("the 2nd of June 1993", "1993-06-02");
    check("1993 Apr 17", "1993-04-17");
    check("17-Apr-93", "1993-04-17");
}

#[test]
fn hijri_dates_span_two_calendars() {
    check("10 محرم 1435 هـ", "2013-11-13 in 2013-11-13..2013-11-14 islamic");
    check("٢/٣/١٤٣٥ هـ", "2014-01-03 in 2014-01-03..2014-01-04 islamic");
    check("1435/3/2", "2014-01-03 in 2014-01-03..2014-01-04 islamic");
    check("1 Ramadan 1400 AH", "1980-07-14 islamic");
    check("12 ربيع الأول 1410", "1989-10-13 islamic");
    check("3 Rabi' al-Thani 1410", "1989-11-02 in 1989-11-02..1989-11-03 islamic");
    check("5 ذي الحجة 1399", "1979-10-26 in 1979-10-26..1979-10-27 islamic");
    check("1400", "1979/1980 islamic");
    check("2/3/35 هـ", "2014-01-03 in 2014-01-03..2014-01-04 islamic");
}

#[test]
fn two_calendars_of_one_day_are_one_date() {
    check("10 محرم 1435 هـ الموافق 13/11/2013 م", "2013-11-13");
    check("1 Ramadan 1400 (14 July 1980)", "1980-07-14");
    let dates = parse_dates("10 محرم 1435 الموافق 1 يناير 1999", DateOrder::DayFirst);
    assert_eq!(dates.len(), 1);
    assert!(dates[0].flawed && dates[0].alternatives.len() == 1);
}

#[test]
fn solar_dates() {
    check("12 مهر 1372", "1993-10-04 persian");
    check("۱۳۷۲/۷/۱۲", "1993-10-04 persian or 1953-03-28");
    check("1372 هـ.ش", "1993/1994 persian");
}

#[test]
fn impossible_dates_keep_what_is_possible() {
    check("31/02/1980", "1980 flawed");
    check("13/13/1980", "1980 flawed");
    check("1980-13-40", "1980 flawed");
    check("15/1980", "1980 flawed");
    check("10 محرم 2013", "2013 flawed");
    check("31/12", "");
    check("0000", "");
    check("لا يوجد", "");
    check("+999 174 848 790", "");
    check("35-40 years old", "");
}

#[test]
fn order_matters_only_where_ambiguous() {
    let ftm = |text, order| parse_date(text, order).map(|date| date.to_ftm());
    assert_eq!(ftm("3/4/1980", DateOrder::MonthFirst).as_deref(), Some("1980-03-04"));
    assert_eq!(ftm("3/4/1980", DateOrder::DayFirst).as_deref(), Some("1980-04-03"));
    assert_eq!(ftm("13/4/1980", DateOrder::MonthFirst).as_deref(), Some("1980-04-13"));
    assert_eq!(ftm("1980-04-03", DateOrder::MonthFirst).as_deref(), Some("1980-04-03"));
}

#[test]
fn open_ends_and_bounds_are_circa() {
    check("before 1980", "1980 circa");
    check("حوالي 1980", "1980 circa");
    check("1980 تقريباً", "1980 circa");
    check("~1980", "1980 circa");
    check("vers 1980", "1980 circa");
}

#[test]
fn raw_is_the_text_of_each_date() {
    let raws = |text| -> Vec<String> {
        parse_dates(text, DateOrder::DayFirst).into_iter().map(|date| date.raw).collect()
    };
    assert_eq!(raws("a) 1967 b) May 1968"), ["1967", "May 1968"]);
    assert_eq!(raws(" born 1967 "), ["born 1967"]);
    let whole = parse_date("a) 1967 b) 1968", DateOrder::DayFirst).map(|date| date.raw);
    assert_eq!(whole.as_deref(), Some("a) 1967 b) 1968"));
}

#[test]
fn several_dates_are_alternatives_of_the_first() {
    let date = parse_date("a) 1967 b) 1968", DateOrder::DayFirst).unwrap();
    let other = parse_date("1 May 1968", DateOrder::DayFirst).unwrap();
    assert!(!date.overlaps(&other));
    assert!(date.may_overlap(&other));
    assert_eq!(date.days_apart_min(&other), 0);
}

/// Dates of the synthetic caches, where they are at hand: one day of tolerance for Hijri.
#[test]
fn dates_of_the_caches() {
    for cache in ["cache-a", "cache-b"] {
        let root = std::env::var("SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
        let Ok(text) =
            std::fs::read_to_string(format!("{root}/data/{cache}/truth/documents.jsonl"))
        else {
            println!("{cache} is not at hand: nothing checked");
            continue;
        };
        let mut wrong = Vec::new();
        let mut checked = 0;
        for line in text.lines() {
            let document: serde_json::Value = serde_json::from_str(line).unwrap();
            for record in document["records"].as_array().into_iter().flatten() {
                for key in ["birth_date", "entry_date", "death_date"] {
                    let field = &record["fields"][key];
                    let (Some(written), Some(norm)) =
                        (field["written"].as_str(), field["norm"].as_str())
                    else {
                        continue;
                    };
                    checked += 1;
                    let truth = DateValue::from_ftm(norm).unwrap();
                    let date = parse_date(written, DateOrder::DayFirst);
                    let right = date.as_ref().is_some_and(|date| {
                        date.precision == truth.precision && date.days_apart(&truth) <= 1
                    });
                    if !right {
                        wrong.push(format!("{written} is {norm}, read {date:?}"));
                    }
                }
            }
        }
        assert!(checked > 0);
        assert!(
            wrong.is_empty(),
            "{} of {checked}: {:#?}",
            wrong.len(),
            &wrong[..wrong.len().min(9)]
        );
    }
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,60}") {
        parse_dates(&text, DateOrder::DayFirst);
    }

    #[test]
    fn dates_are_well_formed(text in "(a\\) |between |c\\. )?[0-9٠-٩]{1,4}[-/. ]([0-9]{1,2}|Apr|محرم)[-/. ][0-9]{1,6}( to | and |-|هـ|s)?[0-9/]{0,8}") {
        for date in parse_dates(&text, DateOrder::DayFirst) {
            prop_assert!(date.from <= date.to);
            prop_assert_eq!(date.precision == Precision::Day, date.day.is_some());
            prop_assert!(date.day.is_none_or(|day| date.from <= day && day <= date.to));
            prop_assert!(!date.to_ftm_values().is_empty());
        }
    }

    #[test]
    fn the_ftm_form_is_stable(text in "([0-9]{1,2}[-/ ])?([0-9]{1,2}|May|رجب)[-/ ](19|20|14)[0-9]{2}( to (19|20)[0-9]{2})?") {
        for date in parse_dates(&text, DateOrder::DayFirst) {
            let ftm = date.to_ftm();
            let again = DateValue::from_ftm(&ftm);
            prop_assert_eq!(again.map(|date| date.to_ftm()), Some(ftm.clone()));
            let again = parse_date(&ftm, DateOrder::MonthFirst);
            prop_assert_eq!(again.map(|date| date.to_ftm()), Some(ftm));
        }
    }

    #[test]
    fn comparison_is_symmetric(left in "[0-9]{1,2}/[0-9]{1,2}/19[0-9]{2}", right in "[0-9]{1,2}/[0-9]{1,2}/19[0-9]{2}") {
        let (Some(left), Some(right)) = (
            parse_date(&left, DateOrder::DayFirst),
            parse_date(&right, DateOrder::DayFirst),
        ) else { return Ok(()) };
        prop_assert_eq!(left.days_apart(&right), right.days_apart(&left));
        prop_assert_eq!(left.is_swapped(&right), right.is_swapped(&left));
        prop_assert_eq!(left.overlaps(&right), left.days_apart(&right) == 0);
        prop_assert!(left.days_apart_min(&right) <= left.days_apart(&right));
    }
}
