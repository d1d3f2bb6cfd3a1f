//! The words of dates: month names, calendar marks, connectors. Written as [`fold_char`] leaves
//! them (no case, no accents, Arabic orthography folded), words of several parts without blanks.
//!
//! [`fold_char`]: crate::value::fold::fold_char

use super::Calendar;

/// What a word means in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A month of a calendar, from 1.
    Month(Calendar, u32),
    /// The calendar is named.
    Mark(Calendar),
    /// `circa`, `before`, `after`.
    Circa,
    /// `to`, `until`.
    To,
    /// `and`.
    And,
    /// `between`, `from`.
    Between,
    /// "corresponding to": the same day in another calendar.
    Same,
    /// A part left open: `dd`, `xx`.
    Unknown,
    /// Makes a decade of a year (`1960s`); after a day (`1er`) without meaning.
    Decade,
    /// Stands inside a date without meaning: ordinal endings, `of`, `year`.
    Filler,
}

/// Most parts of one entry (`rabi al awwal` has three, `jumada al ula` too).
pub(super) const PARTS_MAX: usize = 4;

/// Looks up a word (or several, joined without blanks).
pub(super) fn look_up(word: &str) -> Option<Word> {
    let months = |table: &[&[&str]], calendar| {
        let index = table.iter().position(|names| names.contains(&word))?;
        Some(Word::Month(calendar, u32::try_from(index % 12).ok()? + 1))
    };
    months(GREGORIAN, Calendar::Gregorian)
        .or_else(|| months(ISLAMIC, Calendar::Islamic))
        .or_else(|| months(PERSIAN, Calendar::Persian))
        .or_else(|| WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind))
}

#[rustfmt::skip]
const GREGORIAN: &[&[&str]] = &[
    // English, French, Turkish, German.
    &["jan", "january", "janvier", "janv", "ocak", "januar", "janner"],
    &["feb", "february", "fevrier", "fevr", "fev", "subat", "februar"],
    &["mar", "march", "mars", "mart", "marz", "maerz"],
    &["apr", "april", "avril", "avr", "nisan"],
    &["may", "mai", "mayis"],
    &["jun", "june", "juin", "haziran", "juni"],
    &["jul", "july", "juillet", "juil", "temmuz", "juli"],
    &["aug", "august", "aout", "agustos"],
    &["sep", "sept", "september", "septembre", "eylul"],
    &["oct", "october", "octobre", "ekim", "okt", "oktober"],
    &["nov", "november", "novembre", "kasim"],
    &["dec", "december", "decembre", "aralik", "dez", "dezember"],
    // Russian, nominative, genitive and short; й is folded to и.
    &["январь", "января", "янв"],
    &["февраль", "февраля", "фев", "февр"],
    &["март", "марта", "мар"],
    &["апрель", "апреля", "апр"],
    &["маи", "мая"],
    &["июнь", "июня", "июн"],
    &["июль", "июля", "июл"],
    &["август", "августа", "авг"],
    &["сентябрь", "сентября", "сен", "сент"],
    &["октябрь", "октября", "окт"],
    &["ноябрь", "ноября", "ноя", "нояб"],
    &["декабрь", "декабря", "дек"],
    // Arabic: Egypt and the Gulf, then Syria and Iraq, then Tunisia, Algeria, Morocco.
    &["يناير", "كانونالثاني", "كانونثاني", "كانونثان", "جانفي", "ينير"],
    &["فبراير", "شباط", "فيفري", "فيفريه"],
    &["مارس", "اذار", "مارش"],
    &["ابريل", "نيسان", "افريل"],
    &["مايو", "ايار", "ماي", "مايه"],
    &["يونيو", "يونيه", "حزيران", "جوان"],
    &["يوليو", "يوليه", "تموز", "جويليه", "يوليوز"],
    &["اغسطس", "اب", "اوت", "غشت", "اغشت"],
    &["سبتمبر", "ايلول", "شتنبر"],
    &["اكتوبر", "تشرينالاول", "تشريناول"],
    &["نوفمبر", "تشرينالثاني", "تشرينثاني", "نونبر", "نوفبر"],
    &["ديسمبر", "كانونالاول", "كانوناول", "دجنبر", "ديسامبر", "دسمبر"],
    // Persian names of the Gregorian months.
    &["ژانويه"], &["فوريه"], &[], &["اوريل"], &["مه"], &["ژوين"],
    &["ژوييه"], &[], &["سپتامبر"], &["اكتبر"], &["نوامبر"], &["دسامبر"],
];

#[rustfmt::skip]
const ISLAMIC: &[&[&str]] = &[
    &["محرم", "المحرم", "محرمالحرام", "muharram", "muharrem", "mouharram", "moharram", "мухаррам"],
    &["صفر", "safar", "safer", "сафар"],
    &["ربيعالاول", "ربيعاول", "rabialawwal", "rabialawal", "rabiawwal", "rabii", "rabiulawwal",
      "rabiulawal", "rabiialawwal", "rabialaoual", "rebiulevvel"],
    &["ربيعالثاني", "ربيعالاخر", "ربيعثاني", "ربيعاخر", "ربيعالثان", "rabialthani", "rabialakhir",
      "rabiaththani", "rabithani", "rabiii", "rabiulakhir", "rabiuththani", "rebiulahir"],
    &["جماديالاولي", "جماديالاول", "جمادالاول", "جماداول", "جماديالاوله", "جماديالاولا", "جمادياول",
      "jumadaalula", "jumadaalawwal", "jumadaawwal", "jumadai", "jumadialawwal",
      "joumadaaloula", "cemaziyelevvel"],
    &["جماديالثانيه", "جماديالاخره", "جماديالثاني", "جمادالثاني", "جماديالاخر", "جمادثاني", "جماديثاني",
      "جماديالاخري", "jumadaalthani", "jumadaalthaniyah", "jumadaalthaniya", "jumadaalakhirah",
      "jumadaalakhira", "jumadaaththaniyah", "jumadaii", "jumadaalakhir", "cemaziyelahir"],
    &["رجب", "rajab", "recep", "receb", "раджаб"],
    &["شعبان", "shaban", "shaaban", "chaabane", "chaaban", "saban", "шаабан"],
    &["رمضان", "ramadan", "ramadhan", "ramazan", "рамадан"],
    &["شوال", "shawwal", "shawal", "chawwal", "sevval", "шавваль"],
    &["ذوالقعده", "ذيالقعده", "ذالقعده", "ذوقعده", "ذيقعده", "ذوالقعد", "dhualqadah", "dhualqidah",
      "dhualqada", "dhulqadah", "dhulqada", "dhulqidah", "zulqadah", "zilkade", "zulkade"],
    &["ذوالحجه", "ذيالحجه", "ذالحجه", "ذوحجه", "ذيحجه", "dhualhijjah", "dhualhijja", "dhulhijjah",
      "dhulhijja", "zulhijjah", "zilhicce", "dhoualhijja"],
];

#[rustfmt::skip]
const PERSIAN: &[&[&str]] = &[
    &["فروردين", "حمل", "farvardin"],
    &["ارديبهشت", "ثور", "ordibehesht"],
    &["خرداد", "جوزا", "khordad"],
    &["تير", "سرطان"],
    &["مرداد", "امرداد", "اسد", "mordad"],
    &["شهريور", "سنبله", "shahrivar"],
    &["مهر", "ميزان", "mehr"],
    &["ابان", "عقرب", "aban"],
    &["اذر", "قوس", "azar"],
    &["دي", "جدي"],
    &["بهمن", "دلو", "bahman"],
    &["اسفند", "حوت", "esfand"],
];

#[rustfmt::skip]
const WORDS: &[(Word, &[&str])] = &[
    (Word::Mark(Calendar::Islamic), &[
        "ه", "هج", "هجري", "هجريه", "للهجره", "الهجري", "هق", "قمري", "هجريقمري", "هجريقمريه", "ah",
        "hijri", "hijriyah", "hijra", "hejri", "hegira", "hegire", "hicri", "hidschri", "хиджры", "islamic",
    ]),
    (Word::Mark(Calendar::Persian), &[
        "هش", "شمسي", "هجريشمسي", "هجريشمسيه", "خورشيدي", "solar", "shamsi", "jalali",
    ]),
    (Word::Mark(Calendar::Gregorian), &[
        "م", "ميلادي", "ميلاديه", "الميلادي", "للميلاد", "ad", "ce", "gregorian", "miladi", "нэ",
    ]),
    (Word::Circa, &[
        "c", "ca", "circa", "circ", "approx", "approximate", "approximately", "about", "around", "abt",
        "est", "estimated", "early", "late", "mid", "before", "after", "prior", "since", "bef", "aft",
        "vers", "environ", "approximativement", "avant", "apres", "debut", "fin",
        "около", "примерно", "приблизительно", "ок", "после",
        "yaklasik", "civari", "civarinda", "takriben", "once", "sonra",
        "etwa", "um", "ungefahr", "zirka", "vor", "nach", "gegen",
        "حوالي", "تقريبا", "تقريبي", "نحو", "قرابه", "حدود", "بحدود", "قبل", "بعد", "اوايل", "اواخر", "حدودا",
    ]),
    (Word::To, &[
        "to", "until", "till", "through", "thru", "a", "au", "jusque", "по", "bis", "ile",
        "الي", "حتي", "لغايه", "تا", "до",
    ]),
    (Word::And, &["and", "et", "и", "ve", "und", "و"]),
    (Word::Between, &["between", "btw", "entre", "между", "zwischen", "arasinda", "بين", "مابين", "from", "von", "с"]),
    (Word::Same, &["الموافق", "موافق", "مطابق", "corresponding", "correspondant",
        "correspondingto", "correspondanta"]),
    (Word::Unknown, &[
        "dd", "mm", "yyyy", "yy", "jj", "aaaa", "tt", "jjjj", "xx", "x", "xxxx", "nn", "гггг", "дд", "мм",
    ]),
    (Word::Decade, &["s", "er", "е", "х", "ые", "ler", "lar"]),
    (Word::Filler, &[
        "st", "nd", "rd", "th", "eme", "of", "de", "du", "le", "la", "the", "d", "den", "der", "im",
        "го", "ое", "ого", "г", "гг", "год", "года", "году", "yil", "yili", "yilinda", "year",
        "annee", "an", "jahr", "jahre", "в", "in", "en", "من", "في", "شهر", "سنه", "عام", "لعام", "لسنه",
        "سنت", "يوم", "month", "day", "mois", "ماه", "سال", "روز", "ayi", "nci", "inci",
    ]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::fold::fold_words;

    #[test]
    fn entries_are_folded_and_stand_once() {
        let months = [GREGORIAN, ISLAMIC, PERSIAN].into_iter().flatten().flat_map(|n| n.iter());
        let words = WORDS.iter().flat_map(|(_, words)| words.iter());
        let mut all: Vec<&str> = months.chain(words).copied().collect();
        for word in &all {
            assert_eq!(fold_words(word).replace(' ', ""), *word);
        }
        all.sort_unstable();
        let twice: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
