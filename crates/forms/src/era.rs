//! The sign of the Hijri era behind a recognised date.
//!
//! `هـ` is one or two strokes, and recognizers read any character for it. A year of the fourteenth or
//! fifteenth century of the Hijra says what it was.

use crate::fold::ascii_digits;

/// Years of the Hijra that a person may be born or act in.
const YEARS: std::ops::RangeInclusive<u16> = 1300..=1499;
/// Characters of what is taken for the sign, at most.
const SIGN_MAX: usize = 2;

/// The date with the sign of its era, if one or two other characters stand in its place.
pub(crate) fn mend_era(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let year = words.iter().position(|word| has_hijri_year(word))?;
    let is_sign = |word: &&str| word.chars().count() <= SIGN_MAX;
    // A date of numbers alone is one word; what stands before it stood to its left.
    let whole = words[year].split(['/', '-', '.']).count() == 3;
    let (date, sign) = match (&words[..year], &words[year + 1..]) {
        (before, [sign]) if is_sign(sign) => ([before, &[words[year]]].concat(), *sign),
        ([sign], []) if whole && is_sign(sign) => (vec![words[year]], *sign),
        _ => return None,
    };
    let sign: String = sign.chars().filter(|c| c.is_alphanumeric()).collect();
    (!sign.is_empty() && sign != "ه").then(|| format!("{} هـ", date.join(" ")))
}

fn has_hijri_year(word: &str) -> bool {
    let ascii = ascii_digits(word);
    let year = |part: &str| part.len() == 4 && part.parse().is_ok_and(|y| YEARS.contains(&y));
    ascii.split(['/', '-', '.']).any(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_place_of_the_sign_becomes_it() {
        for (text, expected) in [
            ("28 ذو القعدة 1434 2", Some("28 ذو القعدة 1434 هـ")),
            ("٢٩ ذو الحجة ١٤٣٤ هم", Some("٢٩ ذو الحجة ١٤٣٤ هـ")),
            ("2 27/9/1434", Some("27/9/1434 هـ")),
            ("١٥/٢/١٤٣٥ 1", Some("١٥/٢/١٤٣٥ هـ")),
            ("15/2/1435 ه", None),
            ("15/2/1435", None),
            ("2 صفر 1435", None),
            ("11/3/1991 5", None),
        ] {
            assert_eq!(mend_era(text).as_deref(), expected, "{text}");
        }
    }
}
